//! A tree of sums, in which a point between zero and the total finds the slot that it falls into.
//!
//! The slots' weights lie end to end in the order of the slots, each as long as the weight is. A
//! point on that line belongs to the slot that covers it, so a slot is as likely to be hit as its
//! weight is large. Setting a weight and finding a slot each touch one node of each level, whatever
//! the number of slots in use.

use crate::types::SlotIndex;
use aitbc_core::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::traits::SaturatedConversion;

/// How many levels of nodes the tree has, its root's level, zero, included.
pub const LEVELS: u8 = 4;

/// How many children a node has.
pub const FANOUT: u32 = 16;

/// How many slots the tree has: [`FANOUT`] to the power of [`LEVELS`].
pub const CAPACITY: u32 = 65_536;

/// The sum of the weights below each child of a node. At the last level the children are slots.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Node(pub [Balance; 16]);

impl Node {
	/// The sum of all weights below the node.
	pub fn total(&self) -> Balance {
		// The weights are shares of money that exists, at most one and a half times as much, and
		// that is far below 2^128.
		self.0.iter().fold(0, |total, sum| total.saturating_add(*sum))
	}

	/// Whether there is no weight below the node.
	pub fn is_empty(&self) -> bool {
		self.0.iter().all(|sum| *sum == 0)
	}

	/// Sets the sum below `child`.
	fn set(&mut self, child: u32, sum: Balance) {
		let place: usize = child.saturated_into();
		if let Some(place) = self.0.get_mut(place) {
			*place = sum;
		}
	}

	/// The child that `point` falls into, and what is left of the point there. `None` if the point
	/// lies beyond the total.
	fn find(&self, point: Balance) -> Option<(u32, Balance)> {
		let mut rest = point;
		for (child, sum) in (0..FANOUT).zip(self.0) {
			match rest.checked_sub(sum) {
				Some(beyond) => rest = beyond,
				None => return Some((child, rest)),
			}
		}
		None
	}
}

/// Keeps the nodes of a tree. A node that was never set is empty.
pub trait NodeStore {
	/// The node with this index among those of its level.
	fn node(&self, level: u8, index: u32) -> Node;

	/// Keeps `node`.
	fn set_node(&mut self, level: u8, index: u32, node: Node);
}

/// A tree whose nodes `S` keeps.
pub struct SumTree<S>(pub S);

impl<S: NodeStore> SumTree<S> {
	/// The sum of all weights. Reads one node.
	pub fn total(&self) -> Balance {
		self.0.node(0, 0).total()
	}

	/// Gives `slot`, which must be below [`CAPACITY`], this weight. Reads and writes [`LEVELS`]
	/// nodes.
	pub fn set(&mut self, slot: SlotIndex, weight: Balance) {
		let (mut index, mut sum) = (slot.0, weight);
		for level in (0..LEVELS).rev() {
			let (parent, child) = (index / FANOUT, index % FANOUT);
			let mut node = self.0.node(level, parent);
			node.set(child, sum);
			self.0.set_node(level, parent, node);
			(index, sum) = (parent, node.total());
		}
	}

	/// The slot that `point` falls into, which has a weight; `None` if the point is not below the
	/// total. Reads [`LEVELS`] nodes at most.
	pub fn find(&self, point: Balance) -> Option<SlotIndex> {
		let (mut index, mut rest) = (0u32, point);
		for level in 0..LEVELS {
			let (child, beyond) = self.0.node(level, index).find(rest)?;
			// Below `CAPACITY`, since each child is below `FANOUT`.
			index = index.saturating_mul(FANOUT).saturating_add(child);
			rest = beyond;
		}
		Some(SlotIndex(index))
	}
}
