//! An agent of Charlie's that works under Dave's account, and Bob's contract with it.

use crate::network::submit;
use aitbc_core::{
	money::AIT, AgentId, AgentKind, Agreement, Balance, Bonds, CardHash, ContractId, EvidenceHash,
	MilestoneIndex, MilestoneTerms, PaymentTerms, TermsHash,
};
use aitbc_runtime::{AccountId, ActiveClock, Balances, RuntimeCall, RuntimeHoldReason};
use frame_support::{assert_ok, traits::fungible::InspectHold};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave};
use sp_runtime::DispatchError;

pub const AGENT: AgentId = AgentId(0);
pub const CONTRACT: ContractId = ContractId(0);
pub const FIRST: MilestoneIndex = MilestoneIndex(0);

/// The review period that contracts of these tests have, the shortest on a development network.
pub const REVIEW: u32 = 20;

/// Applies `call` of `signer` and expects it to succeed.
pub fn done(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) {
	assert_ok!(submit(signer, call).expect("the transaction is valid"));
}

/// Applies `call` of `signer` and gives why it failed in dispatch.
pub fn refused(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchError {
	submit(signer, call).expect("the transaction is valid").expect_err("the call fails")
}

/// What is held on `account` for `reason`.
pub fn held(account: Sr25519Keyring, reason: impl Into<RuntimeHoldReason>) -> u128 {
	Balances::balance_on_hold(&reason.into(), &account.to_account_id())
}

/// Registers an agent of Charlie's that works under Dave's account, and activates it.
pub fn an_active_agent() {
	done(
		Charlie,
		pallet_agents::Call::register {
			kind: AgentKind::Provider,
			uri: b"https://agents.example/charlie.json".to_vec(),
			hash: CardHash(H256::repeat_byte(1)),
		},
	);
	let wallet = Dave.to_account_id();
	done(Charlie, pallet_agents::Call::set_wallet { agent: AGENT, wallet, proof: None });
	done(Dave, pallet_agents::Call::accept_wallet { agent: AGENT });
	done(Charlie, pallet_agents::Call::activate { agent: AGENT });
}

/// An agreement without approvers and bonds that pays `amount` for one milestone, due in 30 blocks.
pub fn agreement(amount: Balance) -> Agreement<AccountId> {
	let due = ActiveClock::now() + 30;
	Agreement {
		terms: TermsHash(H256::repeat_byte(2)),
		payment: PaymentTerms::Milestones(vec![MilestoneTerms { amount, due }]),
		review_period: REVIEW,
		approvers: None,
		bonds: Bonds::default(),
	}
}

/// Opens and funds the contract numbered `contract` between `client` and the agent's wallet.
pub fn a_funded_contract_of(client: Sr25519Keyring, contract: ContractId, amount: Balance) {
	let provider = Dave.to_account_id();
	done(client, pallet_escrow::Call::open { provider, agreement: agreement(amount) });
	done(client, pallet_escrow::Call::fund { contract, expected: amount });
}

/// Opens and funds Bob's contract with the agent's wallet: 40 AIT due in 30 blocks.
pub fn a_funded_contract() {
	a_funded_contract_of(Bob, CONTRACT, 40 * AIT);
}

pub fn submitted() -> RuntimeCall {
	pallet_escrow::Call::submit {
		contract: CONTRACT,
		milestone: FIRST,
		evidence: EvidenceHash(H256::repeat_byte(3)),
	}
	.into()
}
