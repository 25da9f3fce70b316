//! A paid job from registration to payment, and what happens when somebody falls silent.

use crate::network::{as_root, events, free, on_development_network, pass_blocks, submit};
use aitbc_core::{
	money::AIT, AgentId, CardHash, ContractId, ContractOutcome, EvidenceHash, TermsHash,
};
use aitbc_runtime::{
	configs::money::TreasuryAccount, ActiveClock, Agents, Balances, Escrow, RuntimeCall,
	RuntimeEvent, RuntimeHoldReason,
};
use aitbc_traits::{AgentInspect, AgentStatus};
use frame_support::{
	assert_ok,
	traits::fungible::{Inspect, InspectHold},
};
use pallet_agents::AgentKind;
use pallet_escrow::{MilestoneIndex, MilestoneTerms};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave, Eve};
use sp_runtime::DispatchError;

const AGENT: AgentId = AgentId(0);
const CONTRACT: ContractId = ContractId(0);
const FIRST: MilestoneIndex = MilestoneIndex(0);

/// The review period that contracts of these tests have, the shortest on a development network.
const REVIEW: u32 = 20;

/// Applies `call` of `signer` and expects it to succeed.
fn done(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) {
	assert_ok!(submit(signer, call).expect("the transaction is valid"));
}

/// Applies `call` of `signer` and gives why it failed in dispatch.
fn refused(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchError {
	submit(signer, call).expect("the transaction is valid").expect_err("the call fails")
}

/// What is held on `account` for `reason`.
fn held(account: Sr25519Keyring, reason: impl Into<RuntimeHoldReason>) -> u128 {
	Balances::balance_on_hold(&reason.into(), &account.to_account_id())
}

/// Registers an agent of Charlie's that works under Dave's account, and activates it.
fn an_active_agent() {
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
fn a_funded_contract() {
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

fn submitted() -> RuntimeCall {
	pallet_escrow::Call::submit {
		contract: CONTRACT,
		milestone: FIRST,
		evidence: EvidenceHash(H256::repeat_byte(3)),
	}
	.into()
}

/// The outcome that the last closing of this block told.
fn outcome() -> Option<ContractOutcome> {
	events().into_iter().rev().find_map(|event| match event {
		RuntimeEvent::Escrow(pallet_escrow::Event::ContractClosed { closed }) => {
			Some(closed.outcome)
		},
		_ => None,
	})
}

#[test]
fn job_should_pay_the_agent_and_the_treasury_when_the_client_releases() {
	on_development_network(|| {
		an_active_agent();
		assert_eq!(Agents::status(AGENT), Some(AgentStatus::Active));
		assert_eq!(held(Charlie, pallet_agents::HoldReason::Bond), 100 * AIT);
		let issuance = Balances::total_issuance();

		a_funded_contract();
		assert_eq!(held(Bob, pallet_escrow::HoldReason::Escrow), 40 * AIT);
		done(Dave, submitted());
		let wallet = free(Dave);
		done(Bob, pallet_escrow::Call::release { contract: CONTRACT, milestone: FIRST });

		assert_eq!(free(Dave), wallet + 39 * AIT);
		assert_eq!(outcome(), Some(ContractOutcome::Completed));
		assert_eq!(held(Bob, pallet_escrow::HoldReason::Escrow), 0);
		assert_eq!(held(Bob, pallet_escrow::HoldReason::Deposit), 0);
		assert_eq!(Balances::total_issuance(), issuance);
		assert!(Balances::balance(&TreasuryAccount::get()) > 6 * AIT, "both fees went there");
	});
}

#[test]
fn job_should_pay_the_agent_when_the_client_falls_silent() {
	on_development_network(|| {
		an_active_agent();
		a_funded_contract();
		done(Dave, submitted());
		let settle = pallet_escrow::Call::settle { contract: CONTRACT, milestone: FIRST };
		pass_blocks(REVIEW - 1);
		assert_eq!(
			refused(Eve, settle.clone()),
			pallet_escrow::Error::<aitbc_runtime::Runtime>::ReviewPeriodNotElapsed.into()
		);
		pass_blocks(2);

		let wallet = free(Dave);
		done(Eve, settle);

		assert_eq!(free(Dave), wallet + 39 * AIT);
		assert_eq!(outcome(), Some(ContractOutcome::Completed));
	});
}

#[test]
fn job_should_return_the_money_when_the_agent_falls_silent() {
	on_development_network(|| {
		an_active_agent();
		a_funded_contract();
		pass_blocks(31);

		let client = Balances::total_balance(&Bob.to_account_id());
		done(Eve, pallet_escrow::Call::refund { contract: CONTRACT, milestone: FIRST });

		assert_eq!(Balances::total_balance(&Bob.to_account_id()), client, "no fee is taken");
		assert_eq!(held(Bob, pallet_escrow::HoldReason::Escrow), 0);
		assert_eq!(outcome(), Some(ContractOutcome::Refunded));
	});
}

#[test]
fn agent_should_stay_while_it_has_open_work_and_leave_afterwards() {
	on_development_network(|| {
		an_active_agent();
		a_funded_contract();
		let leave = pallet_agents::Call::deregister { agent: AGENT };
		assert_eq!(
			refused(Charlie, leave.clone()),
			pallet_agents::Error::<aitbc_runtime::Runtime>::WorkOpen.into()
		);

		// The provider can always give up, so nobody can keep an agent by paying it.
		done(Dave, pallet_escrow::Call::refund { contract: CONTRACT, milestone: FIRST });
		done(Charlie, leave);
		let bond_until = ActiveClock::now() + 600;
		assert_eq!(Agents::status(AGENT), Some(AgentStatus::Deregistering { bond_until }));
		assert_eq!(held(Charlie, pallet_agents::HoldReason::Deposit), 0);

		let release = pallet_agents::Call::release_bond { agent: AGENT };
		assert_eq!(
			refused(Eve, release.clone()),
			pallet_agents::Error::<aitbc_runtime::Runtime>::BondReleaseDelayNotElapsed.into()
		);
		pass_blocks(601);
		done(Eve, release);
		assert_eq!(held(Charlie, pallet_agents::HoldReason::Bond), 0);
		assert_eq!(Agents::status(AGENT), None);
	});
}

#[test]
fn deadlines_should_wait_while_the_chain_is_paused() {
	on_development_network(|| {
		an_active_agent();
		a_funded_contract();
		pass_blocks(10);
		as_root(pallet_safe_mode::Call::force_enter {});
		pass_blocks(20);
		// Forty blocks after funding, thirty of them active at most: submitting is still in time,
		// and as a way out it works in safe mode.
		assert_eq!(
			refused(Eve, pallet_escrow::Call::refund { contract: CONTRACT, milestone: FIRST }),
			pallet_escrow::Error::<aitbc_runtime::Runtime>::DueNotPassed.into()
		);
		done(Dave, submitted());
		assert!(Escrow::contract(CONTRACT).is_some());
	});
}

#[test]
fn pausing_a_call_that_meets_a_deadline_should_stop_the_clock() {
	on_development_network(|| {
		let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
		as_root(pallet_tx_pause::Call::pause { full_name: (name("Escrow"), name("fund")) });
		let before = ActiveClock::now();
		pass_blocks(3);
		assert_eq!(ActiveClock::now(), before);
		as_root(pallet_tx_pause::Call::unpause { ident: (name("Escrow"), name("fund")) });
		pass_blocks(1);
		assert_eq!(ActiveClock::now(), before + 1);
	});
}

#[test]
fn ways_out_should_never_be_paused() {
	on_development_network(|| {
		let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
		for call in ["submit", "release", "settle", "refund", "collect", "cancel"] {
			let call = pallet_tx_pause::Call::pause { full_name: (name("Escrow"), name(call)) };
			let result = sp_runtime::traits::Dispatchable::dispatch(
				RuntimeCall::from(call),
				frame_system::RawOrigin::Root.into(),
			);
			assert_eq!(
				result.map(|_| ()).map_err(|failure| failure.error),
				Err(pallet_tx_pause::Error::<aitbc_runtime::Runtime>::Unpausable.into())
			);
		}
	});
}
