//! What jurors weigh, and when that changes.

use crate::{
	tree::{Node, NodeStore, SumTree},
	*,
};
use aitbc_core::Balance;
use aitbc_traits::{AgentInspect, ReputationInspect};
use core::marker::PhantomData;
use frame_support::{defensive, ensure, traits::Get};
use sp_runtime::{DispatchResult, Perbill};

/// The weight of a bond without reputation, as a share of the bond.
const BASE: Perbill = Perbill::from_percent(50);

/// The nodes in [`Nodes`].
pub(crate) struct StoredNodes<T>(PhantomData<T>);

impl<T: Config> NodeStore for StoredNodes<T> {
	fn node(&self, level: u8, index: u32) -> Node {
		Nodes::<T>::get(level, index)
	}

	fn set_node(&mut self, level: u8, index: u32, node: Node) {
		if node.is_empty() {
			Nodes::<T>::remove(level, index);
		} else {
			Nodes::<T>::insert(level, index, node);
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The tree of weights.
	pub(crate) fn tree() -> SumTree<StoredNodes<T>> {
		SumTree(StoredNodes(PhantomData))
	}

	/// The present epoch.
	pub(crate) fn epoch() -> Epoch {
		Epoch(T::Epoch::get())
	}

	/// Puts a change of the weight of `juror`, which is `account`, into the queue if its weight is
	/// not what it should be, and will not be when what waits is applied. The caller stores `juror`.
	pub(crate) fn reweigh(account: &T::AccountId, juror: &mut Juror) {
		let weight = Self::proper_weight(account, juror);
		if weight != Self::latest_weight(juror) {
			Self::queue_change(account, juror, weight);
		}
	}

	/// What the weight of `juror`, which is `account`, should be: its free bond times one half and
	/// the lower bound of the reputation of the agent that works under it. Nothing if it has less
	/// bonded than a juror must have.
	pub(crate) fn proper_weight(account: &T::AccountId, juror: &Juror) -> Balance {
		if juror.staying() < T::MinBond::get() {
			return 0;
		}
		let free = juror.free();
		let agent = T::Agents::agent_of_wallet(account);
		let reputation = agent.map_or(Perbill::zero(), T::Reputation::lower_bound);
		// More than there is money comes to can't be bonded, so this saturates never.
		BASE.mul_floor(free).saturating_add(reputation.mul_floor(free))
	}

	/// What the weight of `juror` is when all that waits is applied.
	pub(crate) fn latest_weight(juror: &Juror) -> Balance {
		Self::last_change(juror).map_or(juror.weight, |change| change.weight)
	}

	/// The last change of the weight of `juror` that waits.
	pub(crate) fn last_change(juror: &Juror) -> Option<Change<T::AccountId>> {
		juror.change.and_then(ChangeQueue::<T>::get)
	}

	/// Lets the weight of `juror`, which is `account`, be `weight` from [`DELAY`] epochs on.
	///
	/// A change that was asked for in an earlier epoch stays: who could call it off could choose
	/// between two weights when it knows which of them suits the draw.
	pub(crate) fn queue_change(account: &T::AccountId, juror: &mut Juror, weight: Balance) {
		let due = Self::epoch().due();
		let change = Change { juror: account.clone(), weight, due };
		let last = Self::last_change(juror).filter(|last| last.due == due);
		let position = match last.and(juror.change) {
			Some(position) => position,
			None => {
				let Some(position) = ChangeQueueEnds::<T>::mutate(QueueEnds::push) else {
					defensive!("2^64 changes of weight were never asked for");
					return;
				};
				position
			},
		};
		ChangeQueue::<T>::insert(position, change);
		juror.change = Some(position);
		Self::deposit_event(Event::WeightQueued { juror: account.clone(), weight, due });
	}

	/// Applies the change at `position`.
	pub(crate) fn apply_change(position: QueuePosition, change: Change<T::AccountId>) {
		let Change { juror: account, weight, .. } = change;
		let Some(mut juror) = Jurors::<T>::get(&account) else {
			defensive!("a juror is there as long as its weight is to change");
			return;
		};
		Self::tree().set(juror.slot, weight);
		juror.weight = weight;
		juror.change = juror.change.filter(|last| *last != position);
		Jurors::<T>::insert(&account, juror);
		Self::deposit_event(Event::WeightChanged { juror: account, weight });
	}

	/// See [`Pallet::refresh`].
	pub(crate) fn do_refresh(account: T::AccountId) -> DispatchResult {
		let mut juror = Self::juror_of(&account)?;
		let weight = Self::proper_weight(&account, &juror);
		ensure!(weight != Self::latest_weight(&juror), Error::<T>::WeightUnchanged);

		Self::queue_change(&account, &mut juror, weight);
		Jurors::<T>::insert(&account, juror);
		Ok(())
	}
}
