//! An agent of Charlie's that works under Dave's account, and Bob's contract with it.

use crate::network::submit;
use aitbc_core::{money::AIT, AgentId, AgentKind, CardHash, ContractId, EvidenceHash, TermsHash};
use aitbc_runtime::{ActiveClock, Balances, RuntimeCall, RuntimeHoldReason};
use frame_support::{assert_ok, traits::fungible::InspectHold};
use pallet_escrow::{MilestoneIndex, MilestoneTerms};
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

/// Opens and funds Bob's contract with the agent's wallet: 40 AIT due in 30 blocks.
pub fn a_funded_contract() {
	let due = ActiveClock::now() + 30;
	done(
		Bob,
		pallet_escrow::Call::open {
			provider: Dave.to_account_id(),
			terms: TermsHash(H256::repeat_byte(2)),
			milestones: vec![MilestoneTerms { amount: 40 * AIT, due }],
			review_period: REVIEW,
		},
	);
	done(Bob, pallet_escrow::Call::fund { contract: CONTRACT, expected: 40 * AIT });
}

pub fn submitted() -> RuntimeCall {
	pallet_escrow::Call::submit {
		contract: CONTRACT,
		milestone: FIRST,
		evidence: EvidenceHash(H256::repeat_byte(3)),
	}
	.into()
}
