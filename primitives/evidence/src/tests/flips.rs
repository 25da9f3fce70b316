//! What changes in a bundle changes what it shows, or makes it fail, and nothing panics.

use super::*;
use proptest::prelude::*;
use std::thread;

/// What bytes show, if they show something.
fn judge(bytes: &[u8]) -> Option<Verdict> {
	Bundle::from_bytes(bytes).ok()?.verify(NOW).ok()
}

/// Flips each bit of a bundle on its own. Gives how many bundles then could not be read, did not hold, and showed
/// something else.
fn flip(name: &str, mut bytes: Vec<u8>) -> (usize, usize, usize) {
	let verdict = judge(&bytes).expect("it holds");
	let (mut unreadable, mut refused, mut other) = (0, 0, 0);
	for bit in 0..bytes.len() * 8 {
		bytes[bit / 8] ^= 1 << (bit % 8);
		match Bundle::from_bytes(&bytes).map(|bundle| bundle.verify(NOW)) {
			Err(_) => unreadable += 1,
			Ok(Err(_)) => refused += 1,
			Ok(Ok(found)) => {
				assert_ne!(found, verdict, "{name}, bit {bit}");
				other += 1;
			},
		}
		bytes[bit / 8] ^= 1 << (bit % 8);
	}
	(unreadable, refused, other)
}

#[test]
fn verdict_should_be_another_when_any_bit_is_flipped() {
	thread::scope(|scope| {
		for (name, plan) in golden::PLANS {
			scope.spawn(move || {
				let (unreadable, refused, other) = flip(name, plan.bundle().to_bytes());
				let bits = unreadable + refused + other;
				println!(
					"{name}: {bits} bits flipped: {unreadable} unreadable, {refused} refused, \
					 {other} show something else"
				);
			});
		}
	});
}

/// How many bundles a test tries.
const CASES: u32 = 512;

fn any_golden() -> impl Strategy<Value = Vec<u8>> {
	(0..golden::PLANS.len()).prop_map(|index| golden::PLANS[index].1.bundle().to_bytes())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(CASES))]

	#[test]
	fn verification_should_not_panic_when_bytes_are_others(
		mut bytes in any_golden(),
		changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
	) {
		let before = bytes.clone();
		let verdict = judge(&bytes);
		for (index, byte) in changes {
			*index.get_mut(&mut bytes) = byte;
		}
		prop_assert!(bytes == before || judge(&bytes) != verdict);
	}

	#[test]
	fn verification_should_not_panic_when_bytes_are_moved(
		bytes in any_golden(),
		from in any::<prop::sample::Index>(),
		to in any::<prop::sample::Index>(),
		length in 0usize..200,
	) {
		let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
		let part = bytes[from..(from + length).min(bytes.len())].to_vec();
		let mut moved = bytes.clone();
		moved.splice(to..(to + length / 2).min(bytes.len()), part);
		prop_assert!(moved == bytes || judge(&moved) != judge(&bytes));
	}

	#[test]
	fn bytes_should_be_refused_when_they_are_random(
		mut bytes in prop::collection::vec(any::<u8>(), 0..2_000),
	) {
		prop_assert!(Bundle::from_bytes(&bytes).is_err());
		bytes.splice(0..0, *b"AITBCEVD\x01");
		prop_assert_eq!(judge(&bytes), None);
	}
}
