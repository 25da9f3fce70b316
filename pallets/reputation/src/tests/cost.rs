//! Tests of what reading costs, measured in the trie nodes that a read touches: a node that proves a
//! key that is read, or that is walked over, is in the proof of the read and is counted.

use crate::{mock::*, *};
use aitbc_core::{ContractId, WorkId};
use aitbc_traits::ReputationInspect;
use frame_support::assert_ok;
use sp_io::TestExternalities;

/// How many trie nodes `read` touches.
fn nodes_read(ext: &mut TestExternalities, read: impl FnOnce()) -> usize {
	let ((), proof) = ext.execute_and_prove(read);
	proof.into_iter_nodes().count()
}

/// A chain on which [`AGENT`] has feedback of so many authors, with all that belongs to it.
fn with_feedback(count: u64) -> TestExternalities {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		give_feedback(CLIENT, rating());
		let settled = SettledWork::<Test>::get(WorkId::Contract(ContractId(0)));
		let settled = settled.expect("the work counted");
		let template = FeedbackEntry { deposit: 0, ..entry(CLIENT, FIRST) };
		for number in 1..count {
			let work = WorkId::Contract(ContractId(number));
			let author = 1_000 + number;
			let entry = FeedbackEntry { work, ..template.clone() };
			Reputation::change_evidence(AGENT, &entry, impls::Change::Add);
			Feedback::<Test>::insert((AGENT, author, FIRST), entry);
			LastFeedbackIndex::<Test>::insert(AGENT, author, FIRST);
			SettledWork::<Test>::insert(work, Settled { client: author, ..settled.clone() });
		}
		assert_eq!(Feedback::<Test>::iter_keys().count() as u64, count);
		assert_eq!(Reputation::summary(AGENT, ACCURACY, None).count, count);
		assert_ok!(Reputation::do_try_state());
		wait(100);
	});
	ext.commit_all().expect("no transaction is open");
	ext
}

#[test]
fn reads_should_cost_the_same_when_there_are_a_hundred_thousand_entries() {
	let costs = [1, 100_000].map(|count| {
		let ext = &mut with_feedback(count);
		let constant = [
			nodes_read(ext, || assert!(Reputation::lower_bound(AGENT) > Default::default())),
			nodes_read(ext, || assert!(Reputation::score(AGENT).mean.is_some())),
			nodes_read(ext, || {
				assert_eq!(Reputation::summary(AGENT, ACCURACY, None).count, count);
			}),
			nodes_read(ext, || {
				assert_eq!(Reputation::summary(AGENT, ACCURACY, Some(TRANSLATION)).count, count);
			}),
		];
		let entry = nodes_read(ext, || {
			assert!(Reputation::feedback_entry(AGENT, CLIENT, FIRST).is_some());
		});
		(constant, entry)
	});
	let [(constant, entry), (constant_with_many, entry_with_many)] = costs;
	assert!(constant.iter().all(|nodes| *nodes > 0), "nothing was counted: {costs:?}");
	assert_eq!(constant, constant_with_many);
	assert!(entry_with_many < entry + 12, "only the trie is deeper: {costs:?}");
}

/// The control of the test above: what does walk over the entries is seen to.
#[test]
fn measure_should_tell_a_walk_over_the_entries_from_a_read() {
	let costs = [1, 1_000].map(|count| {
		nodes_read(&mut with_feedback(count), || {
			assert_eq!(Feedback::<Test>::iter_prefix((AGENT,)).count() as u64, count);
		})
	});
	assert!(costs[1] > costs[0] + 1_000, "{costs:?}");
}
