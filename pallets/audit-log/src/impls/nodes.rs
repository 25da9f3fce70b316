//! The nodes of the log, in storage.

use crate::*;
use aitbc_audit::Node;
use core::marker::PhantomData;

/// [`Nodes`], as the log wants them.
pub(crate) struct StoredNodes<T>(PhantomData<T>);

impl<T> StoredNodes<T> {
	pub(crate) fn new() -> Self {
		Self(PhantomData)
	}
}

impl<T: Config> aitbc_audit::Nodes for StoredNodes<T> {
	fn node(&self, position: u64) -> Option<Node> {
		Nodes::<T>::get(position)
	}

	fn keep(&mut self, position: u64, node: Node) {
		Nodes::<T>::insert(position, node);
	}
}
