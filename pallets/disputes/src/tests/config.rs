//! Tests of `integrity_test`, origins, weights and indices.

use crate::{mock::*, *};
use aitbc_core::Party;
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	traits::{GetCallIndex, GetCallName, Hooks},
	weights::Weight,
};
use sp_runtime::{traits::Dispatchable, DispatchError, Perbill};

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(Disputes::integrity_test);
}

/// Checks that `integrity_test` fails after `spoil`.
fn integrity_test_after(spoil: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		spoil();
		Disputes::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a jury needs a juror")]
fn integrity_test_should_fail_when_a_jury_has_no_seat() {
	integrity_test_after(|| Seats::set(&0));
}

#[test]
#[should_panic(expected = "the last jury must fit its record")]
fn integrity_test_should_fail_when_the_last_jury_is_too_large() {
	integrity_test_after(|| MaxAppeals::set(&3));
}

#[test]
#[should_panic(expected = "jurors must be paid")]
fn integrity_test_should_fail_when_a_seat_earns_nothing() {
	integrity_test_after(|| SeatFee::set(&0));
}

#[test]
#[should_panic(expected = "jurors must have something to lose")]
fn integrity_test_should_fail_when_a_seat_risks_nothing() {
	integrity_test_after(|| SeatStake::set(&0));
}

#[test]
#[should_panic(expected = "silence must cost more than a wrong vote")]
fn integrity_test_should_fail_when_silence_is_cheap() {
	integrity_test_after(|| SilenceSlash::set(&IncoherentSlash::get()));
}

#[test]
#[should_panic(expected = "there must be time to settle")]
fn integrity_test_should_fail_when_there_is_no_time_to_settle() {
	integrity_test_after(|| SettlementPeriod::set(&0));
}

#[test]
#[should_panic(expected = "there must be time to file evidence")]
fn integrity_test_should_fail_when_there_is_no_time_for_evidence() {
	integrity_test_after(|| EvidencePeriod::set(&0));
}

#[test]
#[should_panic(expected = "there must be time to commit")]
fn integrity_test_should_fail_when_there_is_no_time_to_commit() {
	integrity_test_after(|| CommitPeriod::set(&0));
}

#[test]
#[should_panic(expected = "there must be time to reveal")]
fn integrity_test_should_fail_when_there_is_no_time_to_reveal() {
	integrity_test_after(|| RevealPeriod::set(&0));
}

#[test]
#[should_panic(expected = "there must be time to appeal")]
fn integrity_test_should_fail_when_the_loser_has_no_time_to_appeal() {
	integrity_test_after(|| AppealPeriod::set(&1));
}

/// Every call, in the order of its index.
fn calls() -> Vec<Call<Test>> {
	let (case, client_share) = (FIRST, Perbill::zero());
	let (choice, salt) = (share(0), salt(ANN));
	vec![
		Call::offer { case, client_share },
		Call::accept { case, client_share },
		Call::defend { case, claim: tenths(0) },
		Call::submit_evidence {
			case,
			kind: EvidenceKind::Terms,
			uri: URI.to_vec(),
			hash: document(),
		},
		Call::rule_by_facts { case, document: vec![0; 40] },
		Call::commit { case, commitment: Default::default() },
		Call::reveal { case, choice, salt },
		Call::denounce { case, juror: ANN, choice, salt },
		Call::appeal { case, side: Party::Client },
		Call::progress { case },
		Call::force_rule { case, client_share },
	]
}

#[test]
fn calls_should_fail_when_the_origin_is_wrong() {
	build_and_execute(|| {
		for call in calls() {
			let wrong = match call {
				Call::force_rule { .. } => signed(CLIENT),
				_ => RuntimeOrigin::root(),
			};
			for origin in [wrong, RuntimeOrigin::none()] {
				let call = RuntimeCall::from(call.clone());
				assert_noop!(
					call.dispatch(origin).map_err(|failure| failure.error),
					DispatchError::BadOrigin
				);
			}
		}
	});
}

#[test]
fn calls_should_keep_their_indices() {
	let names: Vec<_> = calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(
		names,
		[
			"offer",
			"accept",
			"defend",
			"submit_evidence",
			"rule_by_facts",
			"commit",
			"reveal",
			"denounce",
			"appeal",
			"progress",
			"force_rule",
		]
	);
	let indices: Vec<_> = calls().iter().map(GetCallIndex::get_call_index).collect();
	assert!(indices.into_iter().eq(0..11));
}

#[test]
fn hold_reasons_should_keep_their_indices() {
	assert_eq!(HoldReason::Deposit.encode(), [0]);
	assert_eq!(HoldReason::Stake.encode(), [1]);
}

/// What those weigh who are told of a ruling.
const RULING: Weight = RULING_WEIGHT.saturating_add(SLASH_WEIGHT);

#[test]
fn calls_should_weigh_whom_they_ask_and_tell() {
	type W = <Test as Config>::WeightInfo;
	let facts = FACTS_WEIGHT.saturating_add(Weight::from_parts(40, 0));
	let unheard = W::rule().saturating_add(W::close(2 * MAX_EVIDENCE)).saturating_add(RULING);
	let drawing = REQUEST_WEIGHT.saturating_add(W::rule()).saturating_add(RULING);
	let expected = || {
		[
			W::offer(),
			W::accept().saturating_add(unheard),
			W::defend().saturating_add(unheard),
			W::submit_evidence(),
			facts.saturating_add(unheard),
			W::commit(),
			W::reveal(),
			W::denounce().saturating_add(FORFEIT_WEIGHT),
			W::appeal().saturating_add(drawing),
			Disputes::progress_weight(),
			W::force_rule().saturating_add(RULING),
		]
	};
	new_test_ext().execute_with(|| {
		let weights: Vec<_> =
			calls().iter().map(|call| call.get_dispatch_info().call_weight).collect();
		assert_eq!(weights, expected());
	});
}

#[test]
fn progress_should_weigh_as_its_dearest_step() {
	type W = <Test as Config>::WeightInfo;
	let (most, members) = (MAX_SEATS, u64::from(MAX_SEATS));
	let unlocks = UNLOCK_WEIGHT.saturating_mul(members);
	let drawing = REQUEST_WEIGHT.saturating_add(W::rule()).saturating_add(RULING);
	let closing = W::close(2 * MAX_EVIDENCE);
	let steps = [
		W::end_settlement().saturating_add(drawing),
		W::rule().saturating_add(closing).saturating_add(RULING),
		W::judge(),
		W::dismiss(most)
			.saturating_add(FORFEIT_WEIGHT.saturating_mul(members + 1))
			.saturating_add(unlocks)
			.saturating_add(drawing),
		W::end_appeal().saturating_add(RULING),
		W::pay(most)
			.saturating_add(FORFEIT_WEIGHT.saturating_mul(members + 3))
			.saturating_add(unlocks)
			.saturating_add(closing),
	];
	let weight = new_test_ext().execute_with(Disputes::progress_weight);
	assert!(steps.iter().all(|step| step.all_lte(weight)));
	assert!(steps.iter().any(|step| step.ref_time() == weight.ref_time()));
}
