//! The median time of the last blocks, which a block must be later than.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// Of how many blocks the median is: `nMedianTimeSpan` in Core `src/chain.h`.
pub const MEDIAN_BLOCKS: usize = 11;

/// The median of the times of a block and of the ten before, in seconds since 1970. Only [`RecentTimes`] makes
/// one, so it is never mistaken for another time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MedianTime(u32);

impl MedianTime {
	/// It in seconds since 1970.
	pub const fn seconds(self) -> u32 {
		self.0
	}
}

impl fmt::Display for MedianTime {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.fmt(f)
	}
}

/// The times of a block and of up to ten before it, in seconds since 1970.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct RecentTimes {
	/// The oldest first. Where a chain has fewer blocks the first ones are 0, which is no block's time: Bitcoin
	/// began in 2009.
	times: [u32; MEDIAN_BLOCKS],
}

impl RecentTimes {
	/// The times of the block at the start of a chain.
	pub fn new(time: u32) -> Self {
		let mut recent = Self { times: [0; MEDIAN_BLOCKS] };
		recent.push(time);
		recent
	}

	/// The last of these times, of which the oldest is first. `None` if there are none.
	///
	/// The median is Bitcoin's only if there are 11, or all since the genesis block.
	pub fn of(times: impl IntoIterator<Item = u32>) -> Option<Self> {
		let mut times = times.into_iter();
		let mut recent = Self::new(times.next()?);
		times.for_each(|time| recent.push(time));
		Some(recent)
	}

	/// Goes on to the next block.
	pub fn push(&mut self, time: u32) {
		self.times.rotate_left(1);
		if let Some(last) = self.times.last_mut() {
			*last = time;
		}
	}

	/// Their median, the later one of two: Core `src/chain.h` `CBlockIndex::GetMedianTimePast`.
	pub fn median(&self) -> MedianTime {
		let mut sorted = self.times;
		sorted.sort_unstable();
		// What is no time is in front now.
		let unused = sorted.iter().take_while(|time| **time == 0).count();
		let count = MEDIAN_BLOCKS.saturating_sub(unused);
		let middle = unused.saturating_add(count.saturating_div(2));
		MedianTime(sorted.get(middle).copied().unwrap_or_default())
	}
}
