//! Which chain is the best, and what becomes of the others.

use super::submitting::{Branch, Step};
use crate::*;
use aitbc_bitcoin::{BlockHash, ChainedHeader, Work};
use frame_support::{ensure, traits::Get};
use sp_runtime::{traits::SaturatedConversion, DispatchError};

impl<T: Config> Pallet<T> {
	/// Makes a branch with more work than the best chain the best.
	pub(crate) fn make_best(tip: ChainedHeader, last: ChainedHeader, branch: Branch) -> Submitted {
		let (fork, added) = (branch.fork, branch.added());
		let displaced = tip.height().saturating_sub(fork);
		for block in &branch.known {
			Self::unlist(block);
		}
		for Step { header, is_new } in &branch.steps {
			match is_new {
				true => Headers::<T>::insert(header.chained.hash(), header),
				false => Self::unlist(&header.chained),
			}
		}
		for height in fork.saturating_add(1)..=tip.height() {
			Self::displace(height);
		}
		let known = branch.known.iter().copied();
		for block in known.chain(branch.steps.iter().map(|step| step.header.chained)) {
			Best::<T>::insert(block.height(), block.hash());
		}
		Tip::<T>::put(last);
		Self::forget_old(&tip, &last);

		let (tip, height, old_tip) = (last.hash(), last.height(), tip.hash());
		Self::deposit_event(match displaced {
			0 => Event::Extended { tip, height, added },
			_ => Event::Reorganized { tip, height, added, fork, old_tip },
		});
		let known = branch.known.len().saturated_into();
		Submitted { added, displaced, known, is_best: true }
	}

	/// Keeps a branch that has no more work than the best chain.
	pub(crate) fn keep_stale(
		last: ChainedHeader,
		branch: Branch,
	) -> Result<Submitted, DispatchError> {
		let length = branch.known.len().saturating_add(branch.steps.len());
		let most = T::MaxReorganization::get().saturated_into();
		ensure!(length <= most, Error::<T>::ForkTooLong);
		let added = branch.added();
		for Step { header, .. } in branch.steps.iter().filter(|step| step.is_new) {
			ensure!(Self::list(&header.chained), Error::<T>::TooManyForks);
			Headers::<T>::insert(header.chained.hash(), header);
		}
		Self::deposit_event(Event::Forked { last: last.hash(), height: last.height(), added });
		let known = branch.known.len().saturated_into();
		Ok(Submitted { added, displaced: 0, known, is_best: false })
	}

	/// Takes the block at `height` out of the best chain. It stays as a stale one, if it has enough work.
	fn displace(height: u32) {
		let Some(hash) = Best::<T>::take(height) else { return };
		let is_listed = Headers::<T>::get(hash).is_some_and(|header| Self::list(&header.chained));
		if !is_listed {
			Headers::<T>::remove(hash);
		}
	}

	/// Lists a stale header. Where there are as many as there may be, the one with the least work is forgotten: of
	/// several, the last that came. Gives false if that is this one.
	fn list(block: &ChainedHeader) -> bool {
		Stale::<T>::mutate(block.height(), |stale| {
			if stale.try_push(block.hash()).is_ok() {
				return true;
			}
			let work = |hash: &BlockHash| {
				Headers::<T>::get(hash).map_or(Work::default(), |header| header.chained.work())
			};
			let weakest = stale.iter_mut().rev().min_by_key(|hash| work(hash));
			let Some(weakest) = weakest.filter(|hash| work(hash) < block.work()) else {
				return false;
			};
			Headers::<T>::remove(*weakest);
			*weakest = block.hash();
			true
		})
	}

	/// Takes a header from those that are stale.
	fn unlist(block: &ChainedHeader) {
		Stale::<T>::mutate_exists(block.height(), |stale| {
			if let Some(list) = stale {
				list.retain(|hash| *hash != block.hash());
				if list.is_empty() {
					*stale = None;
				}
			}
		});
	}
}
