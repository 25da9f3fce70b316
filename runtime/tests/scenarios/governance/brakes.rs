//! Governance goes on in safe mode, and carries nothing past the brakes.

use super::{approve, decided, enacted, inline, propose};
use crate::{
	network::{as_root, events, free, on_development_network, pass_blocks, submit},
	work::{an_active_agent, done, refused, AGENT},
};
use aitbc_core::money::AIT;
use aitbc_runtime::{
	adapters::is_way_out_by_name,
	configs::{brakes::NeverPaused, governance::tracks::OPERATIONS},
	governance_origins::Origin,
	OriginCaller, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, SafeMode, Scheduler,
};
use frame_support::{
	assert_ok,
	traits::{Contains, GetCallMetadata},
};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Ferdie};
use sp_runtime::{traits::Dispatchable, DispatchError};

fn enter_safe_mode() {
	as_root(pallet_safe_mode::Call::force_enter {});
}

fn filtered() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

fn transfer() -> RuntimeCall {
	pallet_balances::Call::transfer_keep_alive { dest: Charlie.to_account_id().into(), value: AIT }
		.into()
}

fn suspend() -> RuntimeCall {
	pallet_agents::Call::suspend { agent: AGENT }.into()
}

#[test]
fn safe_mode_should_be_left_by_a_referendum_that_runs_in_it() {
	on_development_network(|| {
		enter_safe_mode();
		assert_ok!(decided(Origin::Operations, pallet_safe_mode::Call::force_exit {}));
		assert!(!SafeMode::is_entered());

		enter_safe_mode();
		done(Ferdie, pallet_referenda::Call::refund_decision_deposit { index: 0 });
		done(Ferdie, pallet_referenda::Call::refund_submission_deposit { index: 0 });
		let remove = pallet_conviction_voting::Call::<Runtime>::remove_vote {
			class: Some(OPERATIONS),
			index: 0,
		};
		done(Dave, remove);
	});
}

#[test]
fn track_should_be_stopped_by_safe_mode_and_root_not() {
	on_development_network(|| {
		an_active_agent();
		let index = propose(Origin::Oversight, inline(suspend()));
		approve(index);
		enter_safe_mode();
		assert_eq!(enacted(index), Err(filtered()), "what is scheduled is filtered too");

		as_root(suspend());
	});
}

#[test]
fn track_should_be_stopped_when_its_call_is_paused() {
	on_development_network(|| {
		an_active_agent();
		let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
		as_root(pallet_tx_pause::Call::pause { full_name: (name("Agents"), name("suspend")) });
		assert_eq!(decided(Origin::Oversight, suspend()), Err(filtered()));
	});
}

#[test]
fn calls_that_carry_calls_should_carry_none_past_safe_mode() {
	on_development_network(|| {
		let any = pallet_proxy::Call::add_proxy {
			delegate: Alice.to_account_id().into(),
			proxy_type: Default::default(),
			delay: 0,
		};
		done(Bob, any);
		enter_safe_mode();
		let (bob, charlie) = (free(Bob), free(Charlie));

		let calls = vec![transfer()];
		done(Bob, pallet_utility::Call::batch { calls: calls.clone() });
		assert_eq!(
			refused(Bob, pallet_utility::Call::batch_all { calls: calls.clone() }),
			filtered()
		);
		done(Bob, pallet_utility::Call::force_batch { calls });
		let derived = pallet_utility::Call::as_derivative { index: 0, call: Box::new(transfer()) };
		assert_eq!(refused(Bob, derived), filtered());

		let real = Bob.to_account_id().into();
		let call = Box::new(transfer());
		done(Alice, pallet_proxy::Call::proxy { real, force_proxy_type: None, call });
		let proxied = events().into_iter().rev().find_map(|event| match event {
			RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
			_ => None,
		});
		assert_eq!(proxied, Some(Err(filtered())));

		let other_signatories = vec![Dave.to_account_id()];
		let call = Box::new(transfer());
		let alone = pallet_multisig::Call::as_multi_threshold_1 { other_signatories, call };
		assert_eq!(refused(Bob, alone), filtered());

		let call = Box::new(transfer());
		let later = pallet_scheduler::Call::schedule_after {
			after: 1,
			maybe_periodic: None,
			priority: 0,
			call,
		};
		assert_eq!(refused(Bob, later), DispatchError::BadOrigin);

		let proposal = Box::new(transfer());
		done(Alice, committee_executes(proposal));
		let executed = events().into_iter().rev().find_map(|event| match event {
			RuntimeEvent::TechnicalCommittee(pallet_collective::Event::MemberExecuted {
				result,
				..
			}) => Some(result),
			_ => None,
		});
		assert_eq!(executed, Some(Err(filtered())));

		pass_blocks(2);
		assert!(SafeMode::is_entered());
		assert!(free(Bob) <= bob && free(Charlie) == charlie, "nothing was transferred");
	});
}

fn committee_executes(
	proposal: Box<RuntimeCall>,
) -> pallet_collective::Call<Runtime, pallet_collective::Instance1> {
	pallet_collective::Call::execute { proposal, length_bound: 100 }
}

#[test]
fn signed_call_that_root_scheduled_should_be_filtered_when_it_is_due() {
	use frame_support::traits::schedule::{v3::Anon, DispatchTime};
	use frame_system::RawOrigin;
	on_development_network(|| {
		enter_safe_mode();
		let bob = OriginCaller::system(RawOrigin::Signed(Bob.to_account_id()));
		let next = DispatchTime::After(0);
		let scheduled =
			<Scheduler as Anon<_, _, _>>::schedule(next, None, 0, bob, inline(transfer()));
		assert_ok!(scheduled);
		pass_blocks(1);
		assert!(events().iter().any(|event| matches!(
			event,
			RuntimeEvent::Scheduler(pallet_scheduler::Event::Dispatched { result: Err(error), .. })
				if *error == filtered()
		)));
	});
}

#[test]
fn governance_should_never_be_paused() {
	let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
	for pallet in [
		"Preimage",
		"Scheduler",
		"Treasury",
		"Referenda",
		"ConvictionVoting",
		"Whitelist",
		"TechnicalCommittee",
		"TechnicalMembership",
	] {
		let calls = RuntimeCall::get_call_names(pallet);
		assert!(!calls.is_empty(), "{pallet}");
		for call in calls {
			assert!(NeverPaused::contains(&(name(pallet), name(call))), "{pallet}.{call}");
		}
	}
	on_development_network(|| {
		let full_name = (name("ConvictionVoting"), name("vote"));
		let pause = RuntimeCall::from(pallet_tx_pause::Call::pause { full_name });
		assert_eq!(
			pause.dispatch(RuntimeOrigin::root()).map_err(|failure| failure.error).map(|_| ()),
			Err(pallet_tx_pause::Error::<Runtime>::Unpausable.into())
		);
	});
}

#[test]
fn ways_out_of_governance_should_be_calls_that_exist() {
	let ways_out = |pallet: &str| -> Vec<&str> {
		let calls = RuntimeCall::get_call_names(pallet).iter().copied();
		calls.filter(|call| is_way_out_by_name(pallet.as_bytes(), call.as_bytes())).collect()
	};
	assert_eq!(ways_out("Preimage"), ["unnote_preimage"]);
	assert_eq!(ways_out("Treasury"), ["payout"]);
	assert_eq!(ways_out("Referenda"), ["refund_decision_deposit", "refund_submission_deposit"]);
	assert_eq!(
		ways_out("ConvictionVoting"),
		["undelegate", "unlock", "remove_vote", "remove_other_vote"]
	);
}

#[test]
fn a_voter_should_vote_and_transfer_again_when_safe_mode_ends() {
	on_development_network(|| {
		enter_safe_mode();
		let index = propose(Origin::Operations, inline(pallet_safe_mode::Call::force_exit {}));
		assert_eq!(submit(Dave, transfer()).expect("valid"), Err(filtered()));
		approve(index);
		assert_ok!(enacted(index));
		assert_ok!(submit(Dave, transfer()).expect("valid"));
	});
}
