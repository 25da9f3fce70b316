//! A funded contract: who is committed to what, and how far the work has come.

use super::{Meter, Milestone, Payment, Stream};
use crate::{Config, Error};
use aitbc_core::{Balance, BlockNumber, Bonds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use scale_info::TypeInfo;

/// How far the provider has committed itself. Anybody can open and fund a contract with a provider
/// that knows nothing of it.
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
pub enum Commitment {
	/// It has not been heard of.
	#[codec(index = 0)]
	None,
	/// It accepted the contract.
	#[codec(index = 1)]
	Accepted,
	/// It started: it has seen the money, and answers for due blocks from here on.
	#[codec(index = 2)]
	Started {
		/// When, in active blocks.
		at: BlockNumber,
	},
}

/// What is paid for, and how far it has come.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound(T: Config))]
#[scale_info(skip_type_params(T))]
pub enum Progress<T: Config> {
	/// Parts of the work. At least one is outstanding, else the contract would be closed.
	#[codec(index = 0)]
	Milestones(BoundedVec<Milestone, T::MaxMilestones>),
	/// Time.
	#[codec(index = 1)]
	Stream(Stream),
	/// Units that the client has signed for.
	#[codec(index = 2)]
	Metered(Meter<T::AccountId>),
}

impl<T: Config> Progress<T> {
	/// What is held on the client for it, in plancks.
	pub fn outstanding(&self) -> Balance {
		match self {
			Self::Milestones(milestones) => milestones
				.iter()
				.filter(|one| one.state.is_outstanding())
				.fold(0, |sum: Balance, one| sum.saturating_add(one.amount)),
			Self::Stream(stream) => stream.held,
			Self::Metered(meter) => meter.held(),
		}
	}
}

impl<T: Config> From<&Payment<T>> for Progress<T> {
	fn from(payment: &Payment<T>) -> Self {
		match payment {
			// The bound is the same on both sides, so nothing is cut off.
			Payment::Milestones(milestones) => Self::Milestones(BoundedVec::truncate_from(
				milestones.iter().map(Milestone::from).collect(),
			)),
			Payment::Stream(terms) => Self::Stream(Stream::from(terms)),
			Payment::Metered(terms) => Self::Metered(Meter::from(terms)),
		}
	}
}

/// A contract whose money is held on the client.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound(T: Config))]
#[scale_info(skip_type_params(T))]
pub struct Funded<T: Config> {
	/// When it was funded, in active blocks.
	pub since: BlockNumber,
	/// How far the provider has committed itself.
	pub commitment: Commitment,
	/// What is still held of the bonds that were agreed on, in plancks.
	pub bonds: Bonds,
	/// What is paid for, and how far it has come.
	pub progress: Progress<T>,
}

impl<T: Config> Funded<T> {
	/// When the provider started, in active blocks, if it did.
	pub fn started(&self) -> Option<BlockNumber> {
		match self.commitment {
			Commitment::Started { at } => Some(at),
			Commitment::None | Commitment::Accepted => None,
		}
	}

	/// The provider starts at `now`, unless it did before. Time costs from here on.
	pub(crate) fn start(&mut self, now: BlockNumber) {
		if self.started().is_none() {
			self.commitment = Commitment::Started { at: now };
			if let Progress::Stream(stream) = &mut self.progress {
				stream.settled_at = Some(now);
			}
		}
	}

	/// The milestones, if these are what is paid for.
	pub(crate) fn milestones_mut(
		&mut self,
	) -> Result<&mut BoundedVec<Milestone, T::MaxMilestones>, Error<T>> {
		match &mut self.progress {
			Progress::Milestones(milestones) => Ok(milestones),
			_ => Err(Error::<T>::NotPaidByMilestones),
		}
	}

	/// The stream, if time is what is paid for.
	pub(crate) fn stream_mut(&mut self) -> Result<&mut Stream, Error<T>> {
		match &mut self.progress {
			Progress::Stream(stream) => Ok(stream),
			_ => Err(Error::<T>::NotStream),
		}
	}

	/// The meter, if units are what is paid for.
	pub(crate) fn meter_mut(&mut self) -> Result<&mut Meter<T::AccountId>, Error<T>> {
		match &mut self.progress {
			Progress::Metered(meter) => Ok(meter),
			_ => Err(Error::<T>::NotMetered),
		}
	}
}
