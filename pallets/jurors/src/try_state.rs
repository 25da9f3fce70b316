//! What must hold of the storage between any two calls, one function for each invariant.

use crate::{
	tree::{NodeStore, SumTree, CAPACITY},
	*,
};
use aitbc_core::Balance;
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::{ArithmeticError, TryRuntimeError};

/// Level, index -> node.
type NodeMap = BTreeMap<(u8, u32), tree::Node>;

/// The nodes of a tree that is built anew.
#[derive(Default)]
struct NewNodes(NodeMap);

impl NodeStore for NewNodes {
	fn node(&self, level: u8, index: u32) -> tree::Node {
		self.0.get(&(level, index)).copied().unwrap_or_default()
	}

	fn set_node(&mut self, level: u8, index: u32, node: tree::Node) {
		self.0.insert((level, index), node);
	}
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_jurors_well_formed()?;
		Self::try_bonds_held()?;
		Self::try_slots_complete()?;
		Self::try_vacant_slots_listed()?;
		Self::try_tree_sums()?;
		Self::try_weights_backed()?;
		Self::try_draws_queued()?;
		Self::try_changes_queued()?;
		Self::try_last_changes_known()
	}

	/// No juror has more at stake, or takes out more, than its bond.
	fn try_jurors_well_formed() -> Result<(), TryRuntimeError> {
		let tail = ChangeQueueEnds::<T>::get().tail;
		for juror in Jurors::<T>::iter_values() {
			ensure!(juror.locked <= juror.bond, "a juror has more at stake than its bond");
			let Some(leaving) = juror.leaving else { continue };
			ensure!(leaving.amount > 0, "nothing is leaving");
			ensure!(leaving.amount <= juror.bond, "a juror takes out more than its bond");
			ensure!(
				leaving.behind.is_none_or(|change| change < tail),
				"a juror waits for a change that was never asked for"
			);
		}
		Ok(())
	}

	/// What is held on each account is its bond.
	fn try_bonds_held() -> Result<(), TryRuntimeError> {
		let reason = HoldReason::Bond.into();
		for who in frame_system::Account::<T>::iter_keys() {
			let bond = Jurors::<T>::get(&who).map_or(0, |juror| juror.bond);
			ensure!(
				T::Currency::balance_on_hold(&reason, &who) == bond,
				"what is held differs from the bond"
			);
		}
		for (who, juror) in Jurors::<T>::iter() {
			ensure!(
				T::Currency::balance_on_hold(&reason, &who) == juror.bond,
				"what is held differs from the bond"
			);
		}
		Ok(())
	}

	/// Each juror has the slot that names it, and each taken slot names a juror.
	fn try_slots_complete() -> Result<(), TryRuntimeError> {
		for (who, juror) in Jurors::<T>::iter() {
			ensure!(
				Slots::<T>::get(juror.slot) == Some(Slot::Taken(who)),
				"a juror's slot does not name it"
			);
		}
		let taken = Slots::<T>::iter_values().filter(|slot| matches!(slot, Slot::Taken(_))).count();
		ensure!(taken == Jurors::<T>::iter_keys().count(), "a slot names who is no juror");
		Ok(())
	}

	/// The table counts the slots that were given out, and the vacant ones hang together.
	fn try_vacant_slots_listed() -> Result<(), TryRuntimeError> {
		let table = SlotUse::<T>::get();
		ensure!(table.used <= CAPACITY, "there are more slots than the tree has");
		let given_out: BTreeSet<_> = Slots::<T>::iter_keys().collect();
		ensure!(
			given_out == (0..table.used).map(SlotIndex).collect(),
			"the slots are not those that were given out"
		);
		let mut listed = BTreeSet::new();
		let mut next = table.next_vacant;
		while let Some(slot) = next {
			ensure!(listed.insert(slot), "the vacant slots go round in a circle");
			let Some(Slot::Vacant { next: further }) = Slots::<T>::get(slot) else {
				return Err("the list of vacant slots has one that is not".into());
			};
			next = further;
		}
		let is_vacant = |slot: &Slot<_>| matches!(slot, Slot::Vacant { .. });
		let vacant = Slots::<T>::iter_values().filter(is_vacant).count();
		ensure!(listed.len() == vacant, "a vacant slot is not in the list");
		ensure!(u32::try_from(vacant) == Ok(table.vacant), "vacant slots are not counted right");
		Ok(())
	}

	/// The tree is what the jurors' weights make of it, at every level.
	fn try_tree_sums() -> Result<(), TryRuntimeError> {
		let mut expected = SumTree(NewNodes::default());
		for juror in Jurors::<T>::iter_values() {
			if juror.weight > 0 {
				expected.set(juror.slot, juror.weight);
			}
		}
		let mut stored = NodeMap::new();
		for (level, index, node) in Nodes::<T>::iter() {
			stored.insert((level, index), node);
		}
		ensure!(stored == expected.0 .0, "the tree differs from the jurors' weights");
		let mut total: Balance = 0;
		for juror in Jurors::<T>::iter_values() {
			total = total.checked_add(juror.weight).ok_or(ArithmeticError::Overflow)?;
		}
		ensure!(Self::tree().total() == total, "the tree's total is not that of the weights");
		Ok(())
	}

	/// When all that waits is applied, no weight is more than a perfect reputation makes of the free
	/// bond.
	fn try_weights_backed() -> Result<(), TryRuntimeError> {
		for juror in Jurors::<T>::iter_values() {
			let free = juror.free();
			let most = free.checked_add(free / 2).ok_or(ArithmeticError::Overflow)?;
			ensure!(Self::latest_weight(&juror) <= most, "a weight is not backed by a bond");
		}
		Ok(())
	}

	/// The queue of juries has no gap and nothing beside it, is in the order of its epochs, and each
	/// jury in it is found by its case.
	fn try_draws_queued() -> Result<(), TryRuntimeError> {
		let ends = DrawQueueEnds::<T>::get();
		let queue: BTreeMap<_, _> = DrawQueue::<T>::iter().collect();
		let latest = Self::epoch().due();
		ensure!(is_range(queue.keys(), ends), "the queue of juries differs from its ends");
		let dues: Vec<_> = queue.values().map(|request| request.due).collect();
		ensure!(dues.is_sorted(), "a jury is due before one that was asked for earlier");
		ensure!(dues.iter().all(|due| *due <= latest), "a jury is due too late");
		for request in queue.values() {
			ensure!(request.seats > 0, "a jury has no seats");
			ensure!(
				Requests::<T>::contains_key(request.case, request.round),
				"a jury that waits is not found by its case"
			);
		}
		ensure!(Requests::<T>::iter_keys().count() == queue.len(), "a case waits for no jury");
		Ok(())
	}

	/// The queue of changes has no gap and nothing beside it, is in the order of its epochs, and
	/// each change in it is that of a juror, who has one for an epoch.
	fn try_changes_queued() -> Result<(), TryRuntimeError> {
		let ends = ChangeQueueEnds::<T>::get();
		let queue: BTreeMap<_, _> = ChangeQueue::<T>::iter().collect();
		let latest = Self::epoch().due();
		ensure!(is_range(queue.keys(), ends), "the queue of changes differs from its ends");
		let dues: Vec<_> = queue.values().map(|change| change.due).collect();
		ensure!(dues.is_sorted(), "a change is due before one that was asked for earlier");
		ensure!(dues.iter().all(|due| *due <= latest), "a change is due too late");
		let mut seen = BTreeSet::new();
		for change in queue.into_values() {
			ensure!(Jurors::<T>::contains_key(&change.juror), "the weight of nobody is to change");
			ensure!(
				seen.insert((change.juror, change.due)),
				"a juror has two changes for one epoch"
			);
		}
		Ok(())
	}

	/// Each juror knows the last of its changes that wait.
	fn try_last_changes_known() -> Result<(), TryRuntimeError> {
		let mut last = BTreeMap::<T::AccountId, QueuePosition>::new();
		let queue: BTreeMap<_, _> = ChangeQueue::<T>::iter().collect();
		for (position, change) in queue {
			last.insert(change.juror, position);
		}
		for (who, juror) in Jurors::<T>::iter() {
			ensure!(
				juror.change == last.get(&who).copied(),
				"a juror does not know its last change"
			);
		}
		Ok(())
	}
}

/// Whether `positions`, in order, are all from the head up to the tail.
fn is_range<'a>(positions: impl Iterator<Item = &'a QueuePosition>, ends: QueueEnds) -> bool {
	let expected = (ends.head.0..ends.tail.0).map(QueuePosition);
	ends.head <= ends.tail && positions.copied().eq(expected)
}
