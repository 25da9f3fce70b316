//! What must hold of a header after the one before it.

use crate::{
	hash::BlockHash,
	header::Header,
	network::{Network, PERIOD, PERIOD_SECONDS, SPACING_SECONDS},
	target::{Bits, ProofOfWorkError, Target, Work},
	time::MedianTime,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// How far a header may be ahead of the clock, in seconds: `MAX_FUTURE_BLOCK_TIME` in Core `src/chain.h`.
pub const FUTURE_SECONDS: u32 = 2 * 60 * 60;

/// How much earlier than the block before the first block of a period may be with BIP 94, in seconds:
/// `MAX_TIMEWARP` in Core `src/consensus/consensus.h`.
pub const TIME_WARP_SECONDS: u32 = 600;

/// How much later than the block before a block must be to be allowed to be easy, in seconds. Exactly as much
/// is not enough.
pub const EASY_AFTER_SECONDS: u32 = 2 * SPACING_SECONDS;

/// What all targets of a period, and of the next one, follow from: its first block.
///
/// Bitcoin takes the next target from the period's last block, except with BIP 94. Here the first one serves for
/// both. Where no block may be easy they have the same bits, and where some may, BIP 94 holds, or all are.
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
pub struct Period {
	/// The time of the period's first block, in seconds since 1970.
	pub time: u32,
	/// Its bits: those of every block of the period that is not an easy one.
	pub bits: Bits,
}

impl Period {
	/// The period that this header is the first of.
	pub const fn of(header: &Header) -> Self {
		Self { time: header.time, bits: header.bits }
	}
}

/// A header whose rules hold, as far as those after it need it.
///
/// The next one is checked with this and the median time alone, without a look at others.
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
pub struct ChainedHeader {
	/// The network whose rules hold.
	pub(crate) network: Network,
	/// How many blocks are before it.
	pub(crate) height: u32,
	/// The block's hash.
	pub(crate) hash: BlockHash,
	/// The header's time, in seconds since 1970.
	pub(crate) time: u32,
	/// The work of it and of all before.
	pub(crate) work: Work,
	/// The period that it is in.
	pub(crate) period: Period,
}

impl ChainedHeader {
	/// The first block of a network.
	pub fn genesis(network: Network) -> Self {
		let header = network.genesis();
		let work = header.bits.target().map(Target::work).unwrap_or_default();
		Self {
			network,
			height: 0,
			hash: header.hash(),
			time: header.time,
			work,
			period: Period::of(&header),
		}
	}

	/// The network whose rules hold.
	pub const fn network(&self) -> Network {
		self.network
	}

	/// How many blocks are before it.
	pub const fn height(&self) -> u32 {
		self.height
	}

	/// The block's hash.
	pub const fn hash(&self) -> BlockHash {
		self.hash
	}

	/// The header's time, in seconds since 1970.
	pub const fn time(&self) -> u32 {
		self.time
	}

	/// The work of it and of all before. Of two chains, the one with more is Bitcoin's.
	pub const fn work(&self) -> Work {
		self.work
	}

	/// The period that it is in.
	pub const fn period(&self) -> Period {
		self.period
	}

	/// Goes on to `header`, if all rules of headers hold for it: Core `src/validation.cpp` `CheckBlockHeader`
	/// and `ContextualCheckBlockHeader`, in their order.
	///
	/// `median` is that of this block and of the ten before; `now` is the chain's own time, in seconds since
	/// 1970. A header that is too new for `now` may be right later.
	pub fn next(&self, header: &Header, median: MedianTime, now: u32) -> Result<Self, HeaderError> {
		let hash = header.hash();
		let target = header.bits.check(hash, self.network.limit())?;
		self.extend(header, hash, target, median, now)
	}

	/// Checks what depends on the blocks before and on the clock, and goes on: all of [`Self::next`] but the
	/// proof of work.
	pub(crate) fn extend(
		&self,
		header: &Header,
		hash: BlockHash,
		target: Target,
		median: MedianTime,
		now: u32,
	) -> Result<Self, HeaderError> {
		let found = header.time;
		if header.previous != self.hash {
			return Err(HeaderError::WrongParent { expected: self.hash, found: header.previous });
		}
		let expected = self.next_bits(found);
		if header.bits != expected {
			return Err(HeaderError::WrongBits { expected, found: header.bits });
		}
		if found <= median.seconds() {
			return Err(HeaderError::TimeTooOld { median, found });
		}
		let earliest = self.time.saturating_sub(TIME_WARP_SECONDS);
		if self.network.has_bip94() && self.ends_period() && found < earliest {
			return Err(HeaderError::TimeWarp { earliest, found });
		}
		let latest = now.saturating_add(FUTURE_SECONDS);
		if found > latest {
			return Err(HeaderError::TimeTooNew { latest, found });
		}
		let exhausted = HeaderError::Exhausted { height: self.height };
		let height = self.height.checked_add(1).ok_or(exhausted)?;
		let least = self.network.least_version(height);
		if header.version < least {
			return Err(HeaderError::VersionTooOld { least, found: header.version });
		}
		let work = self.work.checked_add(target.work()).ok_or(exhausted)?;
		let period = match height.is_multiple_of(PERIOD) {
			true => Period::of(header),
			false => self.period,
		};
		Ok(Self { network: self.network, height, hash, time: header.time, work, period })
	}

	/// Whether the next block is the first of a period.
	fn ends_period(&self) -> bool {
		self.height.saturating_add(1).is_multiple_of(PERIOD)
	}

	/// The bits that the next block must have if its time is `time`, in seconds since 1970: Core `src/pow.cpp`
	/// `GetNextWorkRequired`.
	pub fn next_bits(&self, time: u32) -> Bits {
		if self.ends_period() {
			return self.retarget();
		}
		// Core adds with more bits than a time has: a sum that saturates is later than no time.
		let is_late = time > self.time.saturating_add(EASY_AFTER_SECONDS);
		match self.network.allows_easy_blocks() && is_late {
			true => self.network.limit().to_bits(),
			// Core goes back to the last block that is not easy, or to the period's first.
			false => self.period.bits,
		}
	}

	/// The bits of the next period, if this block is the last of one: Core `src/pow.cpp`
	/// `CalculateNextWorkRequired`.
	fn retarget(&self) -> Bits {
		let Ok(target) = self.period.bits.target() else { return self.period.bits };
		if !self.network.retargets() {
			return self.period.bits;
		}
		// From the first block to the last are 2015 steps, and not 2016: Bitcoin has it so. A last block that is
		// earlier than the first counts as no time.
		let elapsed = self.time.saturating_sub(self.period.time);
		let least = PERIOD_SECONDS.saturating_div(4);
		let elapsed = elapsed.clamp(least, PERIOD_SECONDS.saturating_mul(4));
		target.scale(elapsed, PERIOD_SECONDS, self.network.limit()).to_bits()
	}
}

/// Why a header can't follow another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderError {
	/// It has no proof of work.
	ProofOfWork(ProofOfWorkError),
	/// It follows another block.
	WrongParent {
		/// The block that it should follow.
		expected: BlockHash,
		/// The block that it names.
		found: BlockHash,
	},
	/// Its target is another than the rules give.
	WrongBits {
		/// What the rules give.
		expected: Bits,
		/// The header's.
		found: Bits,
	},
	/// It is not later than the median of the last 11 blocks.
	TimeTooOld {
		/// The median, in seconds since 1970.
		median: MedianTime,
		/// The header's time, in seconds since 1970.
		found: u32,
	},
	/// It is the first of a period, and too long before the last of the period before (BIP 94).
	TimeWarp {
		/// The earliest that it may be, in seconds since 1970.
		earliest: u32,
		/// The header's time, in seconds since 1970.
		found: u32,
	},
	/// It is more than two hours ahead of the clock. It may be submitted again later.
	TimeTooNew {
		/// The latest that it may be, in seconds since 1970.
		latest: u32,
		/// The header's time, in seconds since 1970.
		found: u32,
	},
	/// Its version may not be used any more at its height.
	VersionTooOld {
		/// The least that it may be.
		least: i32,
		/// The header's.
		found: i32,
	},
	/// Its height or its work has no room. No chain with work gets there.
	Exhausted {
		/// The height of the block before.
		height: u32,
	},
}

impl From<ProofOfWorkError> for HeaderError {
	fn from(error: ProofOfWorkError) -> Self {
		Self::ProofOfWork(error)
	}
}

impl fmt::Display for HeaderError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::ProofOfWork(error) => write!(f, "no proof of work: {error}"),
			Self::WrongParent { expected, found } => {
				write!(f, "the header follows {found} and should follow {expected}")
			},
			Self::WrongBits { expected, found } => {
				write!(f, "the header has the bits {found} and should have {expected}")
			},
			Self::TimeTooOld { median, found } => {
				write!(f, "the time {found} is not later than the median {median}")
			},
			Self::TimeWarp { earliest, found } => {
				write!(f, "the time {found} of a period's first block is before {earliest}")
			},
			Self::TimeTooNew { latest, found } => {
				write!(f, "the time {found} is after {latest}, too far in the future")
			},
			Self::VersionTooOld { least, found } => {
				write!(f, "the version {found} is below {least}")
			},
			Self::Exhausted { height } => {
				write!(f, "the chain can't go on after height {height}")
			},
		}
	}
}

impl core::error::Error for HeaderError {}
