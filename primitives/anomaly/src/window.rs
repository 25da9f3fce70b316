//! The last values of a series.

use crate::fixed;
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many values a [`Window`] holds.
const CAPACITY: usize = 48;

/// The last 48 values, in millionths.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Window {
	values: [i64; CAPACITY],
	/// Where the next one goes.
	next: u8,
	len: u8,
}

impl Default for Window {
	fn default() -> Self {
		Self { values: [0; CAPACITY], next: 0, len: 0 }
	}
}

impl Window {
	/// How many values it holds, at most.
	pub const CAPACITY: usize = CAPACITY;

	/// Takes `value` in, and lets the oldest go when it is full.
	pub(crate) fn push(&mut self, value: i64) {
		let place = usize::from(self.next).checked_rem(CAPACITY).unwrap_or_default();
		if let Some(slot) = self.values.get_mut(place) {
			*slot = value;
		}
		let next = place.saturating_add(1).checked_rem(CAPACITY).unwrap_or_default();
		self.next = u8::try_from(next).unwrap_or_default();
		self.len = self.len.saturating_add(1).min(u8::try_from(CAPACITY).unwrap_or(u8::MAX));
	}

	/// How many values it holds.
	pub fn len(&self) -> usize {
		usize::from(self.len).min(CAPACITY)
	}

	/// Whether it holds none.
	pub fn is_empty(&self) -> bool {
		self.len == 0
	}

	/// The last `count` values, or as many as there are, newest first.
	pub fn newest(&self, count: usize) -> impl Iterator<Item = i64> + '_ {
		let end = usize::from(self.next).min(CAPACITY);
		let (before, after) = self.values.split_at_checked(end).unwrap_or((&self.values, &[]));
		before.iter().rev().chain(after.iter().rev()).copied().take(count.min(self.len()))
	}

	/// The mean of the last `count` values, or of as many as there are.
	pub fn mean(&self, count: usize) -> i64 {
		let sum = self.newest(count).map(i128::from).fold(0, i128::saturating_add);
		fixed::mean(sum, count.min(self.len()))
	}

	/// The mean distance of the last `count` values from their mean.
	pub fn spread(&self, count: usize) -> i64 {
		let mean = self.mean(count);
		let distances = self.newest(count).map(|value| i128::from(value.abs_diff(mean)));
		fixed::mean(distances.fold(0, i128::saturating_add), count.min(self.len()))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn window(values: impl IntoIterator<Item = i64>) -> Window {
		let mut window = Window::default();
		values.into_iter().for_each(|value| window.push(value));
		window
	}

	#[test]
	fn window_should_keep_the_newest_when_it_is_full() {
		let window = window(0..100);
		assert_eq!(window.newest(3).collect::<Vec<_>>(), [99, 98, 97]);
		assert_eq!(window.newest(1_000).last(), Some(52));
		assert_eq!(window.len(), Window::CAPACITY);
	}

	#[test]
	fn window_should_use_what_is_there_when_it_is_not_full() {
		assert_eq!(Window::default().mean(6), 0);
		let window = window([10, 20]);
		assert_eq!(window.mean(6), 15);
		assert_eq!(window.spread(6), 5);
		assert_eq!(window.newest(6).collect::<Vec<_>>(), [20, 10]);
	}

	#[test]
	fn mean_should_not_overflow_when_values_are_extreme() {
		assert_eq!(window([i64::MAX; 48]).mean(48), i64::MAX);
		assert_eq!(window([i64::MIN; 48]).mean(48), i64::MIN);
		assert_eq!(window([i64::MIN, i64::MAX]).spread(2), i64::MAX);
	}
}
