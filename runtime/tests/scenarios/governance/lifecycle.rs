//! A referendum's states, its deposits, and the locks of those who voted.

use super::{
	approve, aye, enacted, enactment, inline, propose, reserved, submit_proposal, VOTE, VOTERS,
};
use crate::{
	network::{events, on_development_network, pass_blocks},
	parameters::set_registration_fee,
	work::{done, held, refused},
};
use aitbc_core::money::{storage_deposit, AIT};
use aitbc_runtime::{
	configs::governance::tracks::{OVERSIGHT, PARAMETERS},
	governance::{standing, Stage},
	governance_origins::Origin,
	Agents, Runtime, RuntimeCall, RuntimeEvent, System,
};
use codec::Encode;
use frame_support::{assert_ok, traits::Bounded};
use pallet_referenda::{Call, DecidingCount, Error, Event, ReferendumInfo, ReferendumInfoFor};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Ferdie};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	Perbill,
};

/// The fee that an agent's registration costs now.
fn registration_fee() -> u128 {
	Agents::registration_cost(10).fee
}

/// A call of the oversight track that does nothing wrong.
fn create_tag() -> RuntimeCall {
	use aitbc_core::{Decimal, TagUse};
	pallet_agents::Call::create_tag {
		name: b"governed".to_vec(),
		unit: b"percent".to_vec(),
		purpose: TagUse::Feedback,
		min: Decimal::whole(0),
		max: Decimal::whole(100),
	}
	.into()
}

#[test]
fn parameter_should_change_when_its_track_approves() {
	on_development_network(|| {
		let index = submit_proposal(Origin::Parameters, inline(set_registration_fee(7 * AIT)));
		assert_eq!(reserved(Alice), 10 * AIT);
		let stage = || standing(index).expect("it goes on").stage;
		// Fourteen days, in blocks of a development network.
		assert_eq!(stage(), Stage::NeedsDeposit { until: 1 + 280 });

		done(Bob, Call::place_decision_deposit { index });
		assert_eq!(reserved(Bob), 5_000 * AIT);
		assert_eq!(stage(), Stage::Preparing { until: 2 });

		pass_blocks(1);
		assert_eq!(stage(), Stage::Deciding { until: 2 + 280 });
		let before = standing(index).expect("it goes on");
		assert_eq!(before.track, PARAMETERS);
		assert_eq!((before.ayes, before.nays), (0, 0));
		assert_eq!((before.approval.has, before.approval.needs), (Perbill::zero(), percent(80)));
		// Curves round up, by parts of 10^9.
		let needed = before.support.needs;
		assert!(needed >= percent(25) && needed < percent(26), "{needed:?}");

		approve(index);
		pass_blocks(1);
		assert_eq!(stage(), Stage::Confirming { until: 3 + 10 });
		let passing = standing(index).expect("it goes on");
		assert_eq!(passing.approval.has, Perbill::one());
		assert_eq!(passing.ayes, 7 * VOTE);
		assert!(passing.support.has >= percent(52) && passing.support.needs < percent(25));

		pass_blocks(10);
		assert_eq!(standing(index), None);
		let info = ReferendumInfoFor::<Runtime>::get(index);
		assert!(matches!(info, Some(ReferendumInfo::Approved(13, Some(_), Some(_)))));
		let scheduled = pallet_scheduler::Lookup::<Runtime>::get(enactment(index));
		assert_eq!(scheduled.map(|(when, _)| when), Some(13 + 10));

		pass_blocks(9);
		assert_eq!(registration_fee(), 5 * AIT);
		assert_eq!(DecidingCount::<Runtime>::get(PARAMETERS), 0);
		pass_blocks(1);
		assert_eq!(registration_fee(), 7 * AIT);
	});
}

fn percent(share: u32) -> Perbill {
	Perbill::from_percent(share)
}

#[test]
fn deposits_should_return_to_who_paid_them_when_a_referendum_is_approved() {
	on_development_network(|| {
		let index = propose(Origin::Oversight, inline(create_tag()));
		let unfinished = Error::<Runtime>::Unfinished.into();
		assert_eq!(refused(Bob, Call::refund_decision_deposit { index }), unfinished);

		approve(index);
		assert_ok!(enacted(index));
		done(Ferdie, Call::refund_decision_deposit { index });
		done(Ferdie, Call::refund_submission_deposit { index });
		assert_eq!((reserved(Alice), reserved(Bob)), (0, 0));
	});
}

#[test]
fn referendum_should_be_rejected_when_nobody_votes() {
	on_development_network(|| {
		let index = propose(Origin::Oversight, inline(create_tag()));
		// Prepared in one block, decided in a hundred.
		pass_blocks(1 + 100);
		let info = ReferendumInfoFor::<Runtime>::get(index);
		assert!(matches!(info, Some(ReferendumInfo::Rejected(102, Some(_), Some(_)))));
		assert!(events().iter().any(|event| matches!(
			event,
			RuntimeEvent::Referenda(Event::Rejected { index: 0, .. })
		)));

		done(Bob, Call::refund_decision_deposit { index });
		assert_eq!(reserved(Bob), 0);
		// It pays for the record, which stays.
		let kept = Error::<Runtime>::BadStatus.into();
		assert_eq!(refused(Alice, Call::refund_submission_deposit { index }), kept);
		assert_eq!(reserved(Alice), 10 * AIT);
		pass_blocks(1);
		assert_eq!(DecidingCount::<Runtime>::get(OVERSIGHT), 0);
	});
}

#[test]
fn value_outside_its_bounds_should_change_nothing_when_a_track_approves_it() {
	on_development_network(|| {
		let greatest = 1_000_000 * AIT;
		let inside = set_registration_fee(greatest).encode();
		let head = inside.strip_suffix(greatest.encode().as_slice()).expect("it ends so");
		let outside = [head, &(greatest + 1).encode()].concat();
		let index =
			propose(Origin::Parameters, Bounded::Inline(outside.try_into().expect("it is short")));
		approve(index);

		// Prepared in one block, confirmed in ten, enacted after ten.
		pass_blocks(1 + 10 + 10);
		let unavailable = events().into_iter().any(|event| {
			matches!(
				event,
				RuntimeEvent::Scheduler(pallet_scheduler::Event::CallUnavailable { id: Some(id), .. })
					if id == enactment(index)
			)
		});
		assert!(unavailable, "what does not decode can't be dispatched");
		assert_eq!(registration_fee(), 5 * AIT);
	});
}

#[test]
fn long_proposal_should_be_enacted_from_its_preimage() {
	on_development_network(|| {
		let calls = (1..=10).map(|fee| set_registration_fee(fee * AIT)).collect();
		let call = RuntimeCall::from(pallet_utility::Call::batch_all { calls }).encode();
		let len = u32::try_from(call.len()).expect("it is short");
		assert!(len > 128);
		let hash = BlakeTwo256::hash(&call);
		done(Alice, pallet_preimage::Call::note_preimage { bytes: call });
		let reason = pallet_preimage::HoldReason::Preimage;
		assert_eq!(held(Alice, reason), storage_deposit(1, len));

		let index = propose(Origin::Parameters, Bounded::Lookup { hash, len });
		approve(index);
		assert_ok!(enacted(index));
		assert_eq!(registration_fee(), 10 * AIT);

		done(Alice, pallet_preimage::Call::unnote_preimage { hash });
		assert_eq!(held(Alice, reason), 0);
	});
}

#[test]
fn vote_should_be_locked_until_its_period_is_over_when_it_won() {
	on_development_network(|| {
		let [voter, ..] = VOTERS;
		let is_locked =
			|| !pallet_balances::Locks::<Runtime>::get(voter.to_account_id()).is_empty();
		let index = propose(Origin::Oversight, inline(create_tag()));
		approve(index);
		assert!(is_locked());
		assert_ok!(enacted(index));
		let Some(ReferendumInfo::Approved(end, ..)) = ReferendumInfoFor::<Runtime>::get(index)
		else {
			panic!("it was approved")
		};

		let unlock = || pallet_conviction_voting::Call::<Runtime>::unlock {
			class: OVERSIGHT,
			target: voter.to_account_id().into(),
		};
		let remove = pallet_conviction_voting::Call::<Runtime>::remove_vote {
			class: Some(OVERSIGHT),
			index,
		};
		done(voter, remove);
		// Seven days, in blocks of a development network.
		pass_blocks(end + 140 - System::block_number() - 1);
		done(Ferdie, unlock());
		assert!(is_locked());
		pass_blocks(1);
		done(Ferdie, unlock());
		assert!(!is_locked());
	});
}

#[test]
fn vote_should_be_refused_when_the_account_does_not_have_so_much() {
	on_development_network(|| {
		let poll_index = propose(Origin::Oversight, inline(create_tag()));
		let vote = pallet_conviction_voting::Call::vote { poll_index, vote: aye(1_000_001 * AIT) };
		let error = pallet_conviction_voting::Error::<Runtime>::InsufficientFunds.into();
		assert_eq!(refused(Charlie, vote), error);
	});
}
