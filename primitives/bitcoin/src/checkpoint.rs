//! Where a light client begins: a block that whoever starts it vouches for.

use crate::{
	chain::{ChainedHeader, Period},
	header::Header,
	network::{Network, PERIOD},
	target::{Bits, ProofOfWorkError, Work},
	time::{RecentTimes, MEDIAN_BLOCKS},
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;

/// A block to begin at, with what the rules of the next one need. That it is Bitcoin's, and its work, is
/// trusted; that its parts fit together is checked.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Checkpoint {
	/// The network.
	pub network: Network,
	/// The height of the last of the headers.
	pub height: u32,
	/// The work of the last of the headers and of all before it.
	pub work: Work,
	/// The first header of the period that the last of the headers is in.
	pub period_start: Header,
	/// The last 11 headers, or all if there are fewer, the oldest first.
	pub headers: Vec<Header>,
}

impl ChainedHeader {
	/// Begins at a checkpoint. Gives also the times that the next median is of.
	///
	/// Checks that there are as many headers as there must be, that they follow each other, each with its proof
	/// of work, that their bits are the period's, that the chain's first block is the network's, and that the
	/// work is not less than theirs.
	pub fn from_checkpoint(
		checkpoint: &Checkpoint,
	) -> Result<(Self, RecentTimes), CheckpointError> {
		let Checkpoint { network, height, work, period_start, headers } = checkpoint;
		let blocks = usize::try_from(*height).unwrap_or(usize::MAX).saturating_add(1);
		let expected = blocks.min(MEDIAN_BLOCKS);
		let (Some(last), true) = (headers.last(), headers.len() == expected) else {
			return Err(CheckpointError::WrongCount { expected, found: headers.len() });
		};
		period_start.bits.check(period_start.hash(), network.limit())?;
		let in_period = height.checked_rem(PERIOD).unwrap_or_default();
		let start = height.saturating_sub(in_period);
		if start == 0 && *period_start != network.genesis() {
			return Err(CheckpointError::WrongGenesis { network: *network });
		}
		let mut known = Work::default();
		let mut previous = None;
		for (header, behind) in headers.iter().zip((0..expected).rev()) {
			let behind = u32::try_from(behind).unwrap_or(u32::MAX);
			let height = height.saturating_sub(behind);
			let target = header.bits.check(header.hash(), network.limit())?;
			known = known.checked_add(target.work()).ok_or(CheckpointError::WrongWork)?;
			if previous.is_some_and(|hash| hash != header.previous) {
				return Err(CheckpointError::NotConnected { height });
			}
			let is_easy = network.allows_easy_blocks() && header.bits == network.limit().to_bits();
			if height == start && header != period_start {
				return Err(CheckpointError::WrongPeriodStart { height });
			}
			if height >= start && header.bits != period_start.bits && !is_easy {
				let expected = period_start.bits;
				return Err(CheckpointError::WrongBits { height, expected, found: header.bits });
			}
			previous = Some(header.hash());
		}
		// Of a chain of up to 11 blocks all are there, so its work is known exactly.
		if *work < known || (blocks == expected && *work != known) {
			return Err(CheckpointError::WrongWork);
		}
		let times = RecentTimes::of(headers.iter().map(|header| header.time));
		let chained = Self {
			network: *network,
			height: *height,
			hash: last.hash(),
			time: last.time,
			work: *work,
			period: Period::of(period_start),
		};
		Ok((chained, times.unwrap_or(RecentTimes::new(last.time))))
	}
}

/// Why a checkpoint does not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointError {
	/// There are more or fewer headers than the median time and the height ask for.
	WrongCount {
		/// How many there should be.
		expected: usize,
		/// How many there are.
		found: usize,
	},
	/// A header has no proof of work.
	ProofOfWork(ProofOfWorkError),
	/// A header does not follow the one before.
	NotConnected {
		/// The height of the header.
		height: u32,
	},
	/// The chain begins with another block than the network's first.
	WrongGenesis {
		/// The network.
		network: Network,
	},
	/// The period's first header is another than the one among the headers.
	WrongPeriodStart {
		/// The height of the header.
		height: u32,
	},
	/// A header has another target than the first of its period.
	WrongBits {
		/// The height of the header.
		height: u32,
		/// The bits of the period's first header.
		expected: Bits,
		/// The header's bits.
		found: Bits,
	},
	/// The work is less than that of the headers, or more while there are no others.
	WrongWork,
}

impl From<ProofOfWorkError> for CheckpointError {
	fn from(error: ProofOfWorkError) -> Self {
		Self::ProofOfWork(error)
	}
}

impl fmt::Display for CheckpointError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::WrongCount { expected, found } => {
				write!(f, "there should be {expected} headers and not {found}")
			},
			Self::ProofOfWork(error) => write!(f, "no proof of work: {error}"),
			Self::NotConnected { height } => {
				write!(f, "the header at height {height} does not follow the one before")
			},
			Self::WrongGenesis { network } => {
				write!(f, "the first block is not that of the network {network}")
			},
			Self::WrongPeriodStart { height } => {
				write!(
					f,
					"the header at height {height} is not the one given as the period's first"
				)
			},
			Self::WrongBits { height, expected, found } => {
				write!(
					f,
					"the header at height {height} has the bits {found} and should have {expected}"
				)
			},
			Self::WrongWork => f.write_str("the work is not that of the headers and those before"),
		}
	}
}

impl core::error::Error for CheckpointError {}
