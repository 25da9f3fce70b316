//! Tests of what a draw reads, measured in the trie nodes that it touches: a node that proves a key
//! that is read is in the proof of the read and is counted.

use crate::{
	mock::{Jurors, *},
	*,
};
use codec::Encode;
use frame_support::{assert_ok, weights::Weight};
use sp_io::TestExternalities;

/// How many trie nodes `read` touches, and how many bytes they have.
fn nodes_read(ext: &mut TestExternalities, read: impl FnOnce()) -> (usize, usize) {
	let ((), proof) = ext.execute_and_prove(read);
	let bytes = proof.encoded_size();
	(proof.into_iter_nodes().count(), bytes)
}

/// A chain with so many jurors whose weights count, and a jury that is due.
fn with_jurors(count: u64) -> TestExternalities {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		ServiceWeight::set(&Weight::MAX);
		let pool: Vec<_> = (1_000..1_000 + count).map(|who| (who, BOND)).collect();
		jurors(&pool);
		assert_eq!(u64::from(Jurors::juror_count()), count);
		assert_eq!(Jurors::total_weight(), u128::from(count) * BOND / 2);
		assert_ok!(request(CASE, FIRST, 3, STAKE));
		for _ in 0..DELAY {
			begin_epoch();
		}
		System::reset_events();
	});
	ext.commit_all().expect("no transaction is open");
	ext
}

#[test]
fn draws_should_cost_the_same_when_there_are_ten_thousand_jurors() {
	let costs = [100, 10_000].map(|count| {
		let ext = &mut with_jurors(count);
		let one = nodes_read(ext, || {
			let point = u128::from(count) * BOND / 4;
			assert!(Jurors::tree().find(point).is_some());
		});
		let jury = nodes_read(ext, || {
			poll();
			let jury = Heard::get().pop().expect("the jury is drawn").2;
			assert_eq!(jury.iter().map(|(_, seats)| seats).sum::<u32>(), 3);
		});
		println!(
			"{count} jurors: (trie nodes, bytes) of one walk {one:?}, of a jury of 3 {jury:?}"
		);
		(one, jury)
	});
	let [(one, jury), (one_of_many, jury_of_many)] = costs;
	assert!(one.0 > 0 && jury.0 > one.0, "nothing was counted: {costs:?}");
	// A walk reads four nodes of the tree, a seat the slot and the juror besides. With a hundred times
	// as many jurors each of these is at most two levels deeper in the trie.
	assert!(one_of_many.0 <= one.0 + 4 * 2, "only the trie is deeper: {costs:?}");
	assert!(jury_of_many.0 <= jury.0 + 3 * 6 * 2, "only the trie is deeper: {costs:?}");
}

/// The control of the test above: what does walk over the jurors is seen to.
#[test]
fn measure_should_tell_a_walk_over_the_jurors_from_a_draw() {
	let costs = [100, 1_000].map(|count| {
		nodes_read(&mut with_jurors(count), || {
			assert_eq!(crate::Jurors::<Test>::iter().count() as u64, count);
		})
	});
	assert!(costs[1].0 > costs[0].0 + 900, "{costs:?}");
}
