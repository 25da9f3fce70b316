//! Checking headers, and where they branch off.

use crate::*;
use aitbc_bitcoin::{ChainedHeader, Header};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{Get, UnixTime},
	weights::Weight,
};
use sp_runtime::{traits::SaturatedConversion, DispatchError};

/// A header of a batch, from the first new one on.
pub(crate) struct Step {
	/// The header.
	pub header: StoredHeader,
	/// Whether it is new. One that is not was stale, and its parent had been pushed out.
	pub is_new: bool,
}

/// What a batch brings: headers whose rules hold.
pub(crate) struct Batch {
	/// The last block of the best chain.
	pub tip: ChainedHeader,
	/// The header before the first new one.
	pub parent: StoredHeader,
	/// The headers from the first new one on.
	pub steps: Vec<Step>,
}

/// A chain of headers that branches off from the best one, or goes on from its tip.
pub(crate) struct Branch {
	/// The height of the last block that it shares with the best chain.
	pub fork: u32,
	/// What it has before the batch: stale headers, the newest first.
	pub known: Vec<ChainedHeader>,
	/// What the batch adds, the oldest first.
	pub steps: Vec<Step>,
}

impl Branch {
	/// How many headers of it are new.
	pub fn added(&self) -> u32 {
		self.steps.iter().filter(|step| step.is_new).count().saturated_into()
	}
}

impl<T: Config> Pallet<T> {
	/// The most that a batch of so many headers can weigh.
	pub(crate) fn submit_weight(headers: u32) -> Weight {
		let moved = T::MaxReorganization::get().saturating_mul(2);
		T::WeightInfo::submit(headers).saturating_add(T::WeightInfo::reorganize(moved))
	}

	/// Whether this is the first batch of this block whose fee returns. Writes down that there was one.
	pub(crate) fn take_free_batch() -> bool {
		let now = frame_system::Pallet::<T>::block_number();
		LastFree::<T>::mutate(|last| last.replace(now) != Some(now))
	}

	/// Keeps what a batch brought. The caller undoes what is written if it fails.
	pub(crate) fn do_submit(batch: Batch) -> Result<Submitted, DispatchError> {
		let Batch { tip, parent, steps } = batch;
		let last = steps.last().ok_or(Error::<T>::NothingNew)?.header.chained;
		let branch = Self::branch(parent, steps)?;
		match last.work() > tip.work() {
			true => Ok(Self::make_best(tip, last, branch)),
			false => Self::keep_stale(last, branch),
		}
	}

	/// Checks headers one after another.
	pub(crate) fn check(headers: &[Header]) -> Result<Batch, DispatchError> {
		let tip = Tip::<T>::get().ok_or(Error::<T>::NotFollowing)?;
		let now = T::Time::now().as_secs().saturated_into();
		let mut parent: Option<StoredHeader> = None;
		let mut before = None;
		let mut steps = Vec::new();
		for header in headers {
			let connects = parent.is_none_or(|parent| header.previous == parent.chained.hash());
			ensure!(connects, Error::<T>::NotConnected);
			let known = Headers::<T>::get(header.hash());
			let is_new = known.is_none();
			let stored = match known {
				Some(stored) => stored,
				None => {
					let parent = parent.or_else(|| Headers::<T>::get(header.previous));
					let parent = parent.ok_or(Error::<T>::UnknownParent)?;
					before.get_or_insert(parent);
					let chained = parent.chained.next(header, parent.times.median(), now);
					parent.followed_by(chained.map_err(Error::<T>::from)?, header)
				},
			};
			if before.is_some() {
				steps.push(Step { header: stored, is_new });
			}
			parent = Some(stored);
		}
		Ok(Batch { tip, parent: before.ok_or(Error::<T>::NothingNew)?, steps })
	}

	/// Goes back from new headers to the best chain.
	fn branch(parent: StoredHeader, steps: Vec<Step>) -> Result<Branch, DispatchError> {
		let mut known = Vec::new();
		let mut block = parent;
		while Best::<T>::get(block.chained.height()) != Some(block.chained.hash()) {
			let most = T::MaxReorganization::get().saturated_into();
			ensure!(known.len() < most, Error::<T>::ForkTooLong);
			known.push(block.chained);
			block = Headers::<T>::get(block.previous).ok_or(Error::<T>::ForkTooDeep)?;
		}
		let fork = block.chained.height();
		ensure!(fork >= Floor::<T>::get(), Error::<T>::ForkTooDeep);
		Ok(Branch { fork, known, steps })
	}
}
