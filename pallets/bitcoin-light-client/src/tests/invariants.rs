//! Whatever is submitted, in whatever order, the invariants hold, and the tip is what a plain model says.

use crate::{mock::*, *};
use aitbc_bitcoin::{Header, Network};
use frame_support::assert_ok;
use proptest::prelude::*;

/// A step: where a batch branches off, counted back from some header that was made; how many headers it has; and
/// how many before them are submitted again.
#[derive(Clone, Debug)]
struct Batch {
	from: prop::sample::Index,
	length: u32,
	again: usize,
	tag: u8,
}

fn batch() -> impl Strategy<Value = Batch> {
	(any::<prop::sample::Index>(), 1..5u32, 0..3usize, 0..4u8)
		.prop_map(|(from, length, again, tag)| Batch { from, length, again, tag })
}

/// The headers before `header`, and itself, as many as asked for, the oldest first.
fn lineage(made: &[Header], header: Header, count: usize) -> Vec<Header> {
	let mut line = vec![header];
	while line.len() <= count {
		let Some(parent) = made.iter().find(|made| made.hash() == line[0].previous) else { break };
		line.insert(0, *parent);
	}
	line
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(
		std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
	))]

	#[test]
	fn invariants_should_hold_whatever_is_submitted(
		batches in prop::collection::vec(batch(), 1..60)
	) {
		new_test_ext().execute_with(|| {
			let mut made = vec![genesis()];
			for batch in batches {
				// Mostly from what is new, so that chains grow.
				let near = made.len().min(12);
				let parent = made[made.len() - 1 - batch.from.index(near)];
				let new = chain(&parent, batch.tag, batch.length);
				let mut all = lineage(&made, parent, batch.again);
				all.extend(new.iter().copied());
				let before = Tip::<Test>::get().expect("it follows");
				let storage = sp_io::storage::root(sp_runtime::StateVersion::V1);

				let submitted = submit(&all);

				let after = Tip::<Test>::get().expect("it follows");
				assert_ok!(LightClient::do_try_state());
				match submitted {
					Ok(_) => {
						assert!(after.work() >= before.work());
						assert!(new.iter().all(|header| Headers::<Test>::contains_key(header.hash())
							|| after.height() >= KEPT));
						assert_eq!(after.hash() != before.hash(), after.work() > before.work());
						// On regtest all headers have the same work, so the best chain is the longest.
						assert_eq!(after.work().0, (2 * (u64::from(after.height()) + 1)).into());
					},
					Err(_) => assert_eq!(
						storage,
						sp_io::storage::root(sp_runtime::StateVersion::V1),
						"a refusal changes nothing"
					),
				}
				for header in new {
					if made.iter().all(|made| made.hash() != header.hash()) {
						made.push(header);
					}
				}
			}
			assert_eq!(Tip::<Test>::get().map(|tip| tip.network()), Some(Network::Regtest));
		});
	}
}
