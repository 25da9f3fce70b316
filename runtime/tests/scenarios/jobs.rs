//! A paid job from registration to payment, and what happens when somebody falls silent.

use crate::{
	network::{as_root, events, free, on_development_network, pass_blocks},
	work::{
		a_funded_contract, agreement, an_active_agent, done, held, refused, submitted, AGENT,
		CONTRACT, FIRST, REVIEW,
	},
};
use aitbc_core::{money::AIT, ContractOutcome};
use aitbc_runtime::{
	configs::money::TreasuryAccount, ActiveClock, Agents, Balances, Escrow, Reputation,
	RuntimeCall, RuntimeEvent,
};
use aitbc_traits::{AgentInspect, AgentStatus};
use frame_support::traits::fungible::Inspect;
use sp_keyring::Sr25519Keyring::{Bob, Charlie, Dave, Eve};

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
fn agent_should_stay_while_its_work_is_open_when_its_wallet_is_gone() {
	on_development_network(|| {
		an_active_agent();
		a_funded_contract();
		done(Charlie, pallet_agents::Call::remove_wallet { agent: AGENT });
		let leave = pallet_agents::Call::deregister { agent: AGENT };
		let open = pallet_agents::Error::<aitbc_runtime::Runtime>::WorkOpen;
		assert_eq!(refused(Charlie, leave.clone()), open.into());
		assert_eq!(Escrow::open_work_of(AGENT), 1);

		// Who was paid under it still is, and the agent has done it.
		done(Dave, submitted());
		let open = pallet_agents::Error::<aitbc_runtime::Runtime>::WorkOpen;
		assert_eq!(refused(Charlie, leave.clone()), open.into());
		done(Bob, pallet_escrow::Call::release { contract: CONTRACT, milestone: FIRST });
		assert_eq!(Reputation::score(AGENT).counters.completed, 1);
		done(Charlie, leave);
	});
}

#[test]
fn contract_should_not_be_funded_when_its_agent_is_gone() {
	on_development_network(|| {
		an_active_agent();
		let (provider, agreement) = (Dave.to_account_id(), agreement(40 * AIT));
		done(Bob, pallet_escrow::Call::open { provider, agreement });
		assert_eq!(Escrow::contract(CONTRACT).and_then(|info| info.agent), Some(AGENT));
		done(Charlie, pallet_agents::Call::deregister { agent: AGENT });

		let fund = pallet_escrow::Call::fund { contract: CONTRACT, expected: 40 * AIT };
		let changed = pallet_escrow::Error::<aitbc_runtime::Runtime>::AgentChanged;
		assert_eq!(refused(Bob, fund), changed.into());
		done(Bob, pallet_escrow::Call::cancel { contract: CONTRACT });
		assert_eq!(held(Bob, pallet_escrow::HoldReason::Deposit), 0);
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
