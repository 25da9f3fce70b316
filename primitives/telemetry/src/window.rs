//! Windows: the samples of one, their digest, and the commitment to it.

use crate::{fixed, sample::Sample, series::Series};
use aitbc_anomaly::Value;
use alloc::vec::Vec;
use blake2::{
	digest::{consts::U32, Digest as _},
	Blake2b,
};
use codec::{Decode, DecodeWithMemTracking, Encode, Error, Input, MaxEncodedLen};
use scale_info::TypeInfo;

/// The most samples that a window has: one for each block of 51 minutes.
pub const MAX_SAMPLES: u32 = 1_024;

/// What a commitment's preimage begins with, so that it is never one of something else.
const COMMITMENT_DOMAIN: [u8; 28] = *b"aitbc/telemetry/commitment/1";

/// Blake2b with 32 bytes (RFC 7693), without a key.
fn blake2b_256(parts: &[&[u8]]) -> [u8; 32] {
	let mut hasher = Blake2b::<U32>::new();
	for part in parts {
		hasher.update(part);
	}
	hasher.finalize().into()
}

/// The samples of a window, which stay with whoever took them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, TypeInfo)]
pub struct Recording {
	window: u32,
	samples: Vec<Sample>,
}

impl Recording {
	/// An empty one of this window.
	pub fn new(window: u32) -> Self {
		Self { window, samples: Vec::new() }
	}

	/// The window's number.
	pub fn window(&self) -> u32 {
		self.window
	}

	/// The samples, in the order in which they were taken.
	pub fn samples(&self) -> &[Sample] {
		&self.samples
	}

	/// Takes a sample in, and says whether it did: when there are [`MAX_SAMPLES`], others are left out
	/// of everything. A window of blocks never gets as far.
	pub fn push(&mut self, sample: Sample) -> bool {
		let has_room = u32::try_from(self.samples.len()).is_ok_and(|taken| taken < MAX_SAMPLES);
		if has_room {
			self.samples.push(sample);
		}
		has_room
	}

	/// Blake2b-256 of the SCALE encoding: the window, and its samples.
	pub fn raw_hash(&self) -> [u8; 32] {
		blake2b_256(&[&self.encode()])
	}

	/// The summary of this window.
	pub fn digest(&self) -> Digest {
		let stats =
			|series| Stats::of(self.samples.iter().filter_map(|sample| sample.value(series)));
		Digest { window: self.window, raw: self.raw_hash(), series: Series::ALL.map(stats) }
	}
}

impl Decode for Recording {
	/// Refuses one of more than [`MAX_SAMPLES`], so that what is decoded is what was encoded.
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		let (window, samples) = <(u32, Vec<Sample>)>::decode(input)?;
		if u32::try_from(samples.len()).is_ok_and(|taken| taken <= MAX_SAMPLES) {
			Ok(Self { window, samples })
		} else {
			Err("a recording of more samples than a window has".into())
		}
	}
}

/// The summary of a series in one window.
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
pub struct Stats {
	/// How many samples had a value.
	pub count: u32,
	/// The least one.
	pub min: Value,
	/// The greatest one.
	pub max: Value,
	/// Their mean, to the nearest millionth, halves away from zero.
	pub mean: Value,
	/// The last one.
	pub last: Value,
}

impl Stats {
	/// The summary of `values`. Nothing if there are none.
	pub fn of(values: impl IntoIterator<Item = Value>) -> Option<Self> {
		let mut values = values.into_iter().map(|value| Value::from_millionths(value.millionths()));
		let first = values.next()?;
		let begin = Self { count: 1, min: first, max: first, mean: first, last: first };
		let sum = i128::from(first.millionths());
		let (stats, sum) = values.fold((begin, sum), |(stats, sum), value| {
			let stats = Self {
				count: stats.count.saturating_add(1),
				min: stats.min.min(value),
				max: stats.max.max(value),
				last: value,
				..stats
			};
			(stats, sum.saturating_add(value.millionths().into()))
		});
		let mean = fixed::value(fixed::rounded(sum, stats.count.into())?);
		Some(Self { mean, ..stats })
	}

	/// Whether it can be the summary of a window.
	pub fn is_sound(&self) -> bool {
		let Self { count, min, max, mean, last } = *self;
		let is_bounded = |value: Value| value == Value::from_millionths(value.millionths());
		(1..=MAX_SAMPLES).contains(&count)
			&& [min, max, mean, last].into_iter().all(is_bounded)
			&& (min..=max).contains(&mean)
			&& (min..=max).contains(&last)
	}
}

/// The summary of a window, which goes on chain.
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
pub struct Digest {
	/// The window's number.
	pub window: u32,
	/// [`Recording::raw_hash`] of what it is the summary of.
	pub raw: [u8; 32],
	/// By [`Series::index`]. Nothing where no sample had a value.
	pub series: [Option<Stats>; Series::COUNT],
}

impl Digest {
	/// The summary of this series.
	pub fn stats(&self, series: Series) -> Option<Stats> {
		self.series.get(series.index()).copied().flatten()
	}

	/// What it says of [`Series::SHARED`], in their order: the last height, and the means of finality lag
	/// and block time.
	pub fn shared(&self) -> [Option<Value>; Series::SHARED.len()] {
		Series::SHARED.map(|series| {
			let stats = self.stats(series)?;
			Some(if series == Series::Height { stats.last } else { stats.mean })
		})
	}

	/// Whether it can be the summary of a window: each series' least value is at most its mean and its
	/// last, and those at most its greatest; each has from 1 to [`MAX_SAMPLES`] values, within the
	/// bounds of a [`Value`].
	pub fn is_sound(&self) -> bool {
		self.series.iter().flatten().all(Stats::is_sound)
	}
}

/// The commitment of `reporter` to `digest` on the chain of this `genesis`.
///
/// Blake2b-256 of, one after the other: the 28 bytes `aitbc/telemetry/commitment/1`, the genesis hash,
/// the reporter's account, the salt, and the digest's SCALE encoding. All but the last have a fixed
/// length, so no two of them make the same preimage. The reporter is in it, so a commitment that is
/// copied can't be revealed by another; the salt is, so a digest can't be guessed.
pub fn commitment(
	digest: &Digest,
	genesis: [u8; 32],
	reporter: &[u8; 32],
	salt: &[u8; 32],
) -> [u8; 32] {
	blake2b_256(&[&COMMITMENT_DOMAIN, &genesis, reporter, salt, &digest.encode()])
}

#[cfg(test)]
mod tests {
	use super::*;

	fn value(millionths: i64) -> Value {
		Value::from_millionths(millionths)
	}

	fn sample(at: u64, height: i64) -> Sample {
		let mut values = [None; Series::COUNT];
		values[Series::Height.index()] = Some(Value::from_integer(height));
		Sample { at, values }
	}

	#[test]
	fn stats_should_be_exact_when_values_are_extreme() {
		let (least, most) = (value(i64::MIN), value(i64::MAX));
		let stats = Stats::of(vec![most; 1_024]).unwrap();
		assert_eq!(stats, Stats { count: 1_024, min: most, max: most, mean: most, last: most });
		let stats = Stats::of([most, least]).unwrap();
		assert_eq!(stats, Stats { count: 2, min: least, max: most, mean: value(0), last: least });
	}

	#[test]
	fn mean_should_be_the_nearest_millionth_and_halves_away_from_zero() {
		for (values, mean) in [
			(vec![1, 2], 2),
			(vec![-1, -2], -2),
			(vec![1, 1, 2], 1),
			(vec![-1, 1], 0),
			(vec![7], 7),
		] {
			let stats = Stats::of(values.iter().copied().map(value)).unwrap();
			assert_eq!(stats.mean, value(mean), "{values:?}");
		}
	}

	#[test]
	fn stats_should_be_nothing_when_there_are_no_values() {
		assert_eq!(Stats::of([]), None);
	}

	#[test]
	fn recording_should_leave_samples_out_when_it_is_full() {
		let mut recording = Recording::new(5);
		assert!((0..1_024).all(|i| recording.push(sample(i, 1))));
		let full = recording.clone();
		assert!(!recording.push(sample(2_000, 2)));
		assert_eq!(recording, full);
		assert_eq!(Recording::decode(&mut &*recording.encode()), Ok(recording));
	}

	#[test]
	fn recording_should_be_refused_when_it_has_more_samples_than_a_window() {
		let encoded = (5u32, vec![sample(1, 1); 1_025]).encode();
		assert!(Recording::decode(&mut &*encoded).is_err());
	}

	#[test]
	fn digest_should_be_that_of_the_samples() {
		let mut recording = Recording::new(5);
		for (at, height) in [(1, 10), (2, 11), (3, 13)] {
			recording.push(sample(at, height));
		}
		let digest = recording.digest();
		assert_eq!((digest.window, digest.raw), (5, recording.raw_hash()));
		let integer = Value::from_integer;
		let height = Stats {
			count: 3,
			min: integer(10),
			max: integer(13),
			mean: value(11_333_333),
			last: integer(13),
		};
		assert_eq!(digest.stats(Series::Height), Some(height));
		assert_eq!(digest.series.iter().flatten().count(), 1);
		assert!(digest.is_sound());
	}

	#[test]
	fn shared_should_be_the_last_height_and_the_means_of_the_others() {
		let stats = |mean, last| {
			Some(Stats {
				count: 2,
				min: value(0),
				max: value(9),
				mean: value(mean),
				last: value(last),
			})
		};
		let mut digest = Recording::new(1).digest();
		digest.series[..4].copy_from_slice(&[stats(1, 2), stats(3, 4), stats(5, 6), stats(7, 8)]);
		assert_eq!(digest.shared(), [Some(value(2)), Some(value(3)), Some(value(5))]);
		assert_eq!(Recording::new(1).digest().shared(), [None; 3]);
	}

	#[test]
	fn digest_should_be_unsound_when_its_numbers_contradict_each_other() {
		let sound =
			Stats { count: 3, min: value(1), max: value(5), mean: value(2), last: value(4) };
		let is_sound = |stats| {
			let mut digest = Recording::new(1).digest();
			digest.series[4] = Some(stats);
			digest.is_sound()
		};
		assert!(is_sound(sound));
		assert!(is_sound(Stats { count: MAX_SAMPLES, ..sound }));
		let unbounded = Value::decode(&mut &*i64::MAX.encode()).unwrap();
		for unsound in [
			Stats { count: 0, ..sound },
			Stats { count: MAX_SAMPLES + 1, ..sound },
			Stats { min: value(3), ..sound },
			Stats { max: value(3), ..sound },
			Stats { mean: value(6), ..sound },
			Stats { mean: value(0), ..sound },
			Stats { last: value(6), ..sound },
			Stats { last: value(0), ..sound },
			Stats { max: unbounded, ..sound },
		] {
			assert!(!is_sound(unsound), "{unsound:?}");
		}
	}

	#[test]
	fn hash_should_be_blake2b_of_32_bytes() {
		// The digest of `abc`, as `b2sum -l 256` and Python's hashlib give it.
		let expected = [
			0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72, 0x31, 0x71, 0xef, 0x3f, 0xee, 0x98,
			0x57, 0x9b, 0x94, 0x96, 0x4e, 0x3b, 0xb1, 0xcb, 0x3e, 0x42, 0x72, 0x62, 0xc8, 0xc0,
			0x68, 0xd5, 0x23, 0x19,
		];
		assert_eq!(blake2b_256(&[b"abc"]), expected);
		assert_eq!(blake2b_256(&[b"a", b"", b"bc"]), expected);
	}
}
