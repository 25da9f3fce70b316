//! What must hold of the storage between any two calls, one function for each invariant.

use crate::{
	impls::{nodes::StoredNodes, writing::topics},
	*,
};
use aitbc_audit::{leaf, Commitment, Log, Nodes as _, RecordId};
use alloc::collections::BTreeMap;
use codec::Encode;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_nodes_whole()?;
		Self::try_records_kept()?;
		Self::try_records_proven()?;
		Self::try_records_listed()
	}

	/// There is each node of the log, and no other; and what commits to the log is made of them.
	fn try_nodes_whole() -> Result<(), TryRuntimeError> {
		let committed = Committed::<T>::get();
		let all = Commitment::nodes(committed.count);
		let found = Nodes::<T>::iter_keys().count();
		ensure!(u64::try_from(found) == Ok(all), "the log has too many nodes or too few");
		let root = Log::new(&mut StoredNodes::<T>::new(), committed.count).commitment();
		ensure!(root == Ok(committed), "the root is not that of the nodes");
		Ok(())
	}

	/// The bodies that are kept are those of the last records, each under its own id.
	fn try_records_kept() -> Result<(), TryRuntimeError> {
		let (first, next) = (OldestKept::<T>::get().0, Committed::<T>::get().count);
		ensure!(first <= next, "records are forgotten that were never written");
		for id in (first..next).map(RecordId) {
			let record = Records::<T>::get(id).ok_or("a record is missing")?;
			ensure!(record.id == id, "a record is at another one's place");
		}
		let found = Records::<T>::iter_keys().count();
		ensure!(u64::try_from(found) == Ok(next.saturating_sub(first)), "a record is left over");
		Ok(())
	}

	/// Each record is the one that its leaf was made of.
	fn try_records_proven() -> Result<(), TryRuntimeError> {
		for (id, record) in Records::<T>::iter() {
			let node = StoredNodes::<T>::new().node(Commitment::position(id));
			ensure!(node == Some(leaf(&record.encode())), "a record was changed");
		}
		Ok(())
	}

	/// The lists have each record once for each of its topics, in their order, and nothing else.
	fn try_records_listed() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<_, alloc::vec::Vec<_>>::new();
		let next = Committed::<T>::get().count;
		for record in
			(OldestKept::<T>::get().0..next).filter_map(|id| Records::<T>::get(RecordId(id)))
		{
			for topic in topics(&record.entry) {
				expected.entry(topic).or_default().push(record.id);
			}
		}
		let mut entries = 0usize;
		for (topic, span) in Lists::<T>::iter() {
			let listed: Option<alloc::vec::Vec<_>> =
				(span.first..span.next).map(|place| Listed::<T>::get(topic, place)).collect();
			let is_whole = listed.is_some() && listed.as_ref() == expected.get(&topic);
			ensure!(is_whole, "a list differs from the records of its topic");
			entries = entries.saturating_add(listed.map_or(0, |listed| listed.len()));
		}
		ensure!(Lists::<T>::iter_keys().count() == expected.len(), "a topic has no list");
		ensure!(Listed::<T>::iter_keys().count() == entries, "an entry is in no list");
		Ok(())
	}
}
