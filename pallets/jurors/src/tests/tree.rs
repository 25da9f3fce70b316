//! Tests of the tree of weights against a plain list of them.

use crate::{tree::*, types::SlotIndex};
use aitbc_core::Balance;
use proptest::prelude::*;
use std::{cell::Cell, collections::BTreeMap};

/// Nodes in memory, and how many of them were read.
#[derive(Default)]
struct Memory {
	nodes: BTreeMap<(u8, u32), Node>,
	reads: Cell<u32>,
}

impl NodeStore for Memory {
	fn node(&self, level: u8, index: u32) -> Node {
		self.reads.set(self.reads.get() + 1);
		self.nodes.get(&(level, index)).copied().unwrap_or_default()
	}

	fn set_node(&mut self, level: u8, index: u32, node: Node) {
		self.nodes.insert((level, index), node);
	}
}

/// A tree with these weights in the slots from zero on.
fn tree(weights: impl IntoIterator<Item = Balance>) -> SumTree<Memory> {
	let mut tree = SumTree(Memory::default());
	for (slot, weight) in (0..).zip(weights) {
		tree.set(SlotIndex(slot), weight);
	}
	tree
}

#[test]
fn tree_should_have_as_many_slots_as_its_levels_make() {
	assert_eq!(CAPACITY, FANOUT.pow(LEVELS.into()));
	assert_eq!(Node::default().0.len(), FANOUT as usize);
}

#[test]
fn tree_should_find_nothing_when_it_is_empty() {
	let tree = tree([]);
	assert_eq!(tree.total(), 0);
	assert_eq!(tree.find(0), None);
	assert_eq!(tree.find(Balance::MAX), None);
}

#[test]
fn tree_should_find_the_slot_that_covers_the_point() {
	let tree = tree([2, 0, 1, 3]);
	assert_eq!(tree.total(), 6);
	let found = (0..7).map(|point| tree.find(point).map(|slot| slot.0)).collect::<Vec<_>>();
	assert_eq!(found, [Some(0), Some(0), Some(2), Some(3), Some(3), Some(3), None]);
}

#[test]
fn tree_should_reach_its_first_and_its_last_slot() {
	let mut tree = tree([]);
	tree.set(SlotIndex(0), 1);
	tree.set(SlotIndex(CAPACITY - 1), 1);
	assert_eq!(tree.find(0), Some(SlotIndex(0)));
	assert_eq!(tree.find(1), Some(SlotIndex(CAPACITY - 1)));
}

#[test]
fn tree_should_forget_a_weight_when_it_is_set_to_zero() {
	let mut tree = tree([2, 3]);
	tree.set(SlotIndex(0), 0);
	assert_eq!(tree.total(), 3);
	assert_eq!(tree.find(0), Some(SlotIndex(1)));
	tree.set(SlotIndex(1), 0);
	assert!(tree.0.nodes.values().all(Node::is_empty));
}

#[test]
fn tree_should_read_four_nodes_whatever_the_number_of_slots_in_use() {
	for slots in [1, 100, 10_000, CAPACITY] {
		let mut tree = tree((0..slots).map(|_| 1));
		for point in [0, slots / 2, slots - 1] {
			tree.0.reads.set(0);
			assert_eq!(tree.find(point.into()), Some(SlotIndex(point)));
			assert_eq!(tree.0.reads.get(), 4);
		}
		tree.0.reads.set(0);
		tree.set(SlotIndex(slots / 2), 9);
		assert_eq!(tree.0.reads.get(), 4);
	}
}

#[test]
fn tree_should_carry_all_the_money_there_is() {
	let most = Balance::MAX / 16;
	let tree = tree([most; 16]);
	assert_eq!(tree.total(), 16 * most);
	assert_eq!(tree.find(16 * most - 1), Some(SlotIndex(15)));
	assert_eq!(tree.find(16 * most), None);
}

proptest! {
	#[test]
	fn tree_should_agree_with_a_plain_list_whatever_is_set(
		sets in prop::collection::vec((0..CAPACITY, prop_oneof![Just(0), 1..1_000u128]), 1..200),
		near in prop::collection::vec((0..64u32, prop_oneof![Just(0), 1..1_000u128]), 1..200),
		share in 0.0..1.0f64,
	) {
		let mut tree = tree([]);
		let mut list = vec![0; CAPACITY as usize];
		for (slot, weight) in sets.into_iter().chain(near) {
			tree.set(SlotIndex(slot), weight);
			list[slot as usize] = weight;
		}
		let total: Balance = list.iter().sum();
		prop_assert_eq!(tree.total(), total);
		prop_assert_eq!(tree.find(total), None);
		for point in [0, (total as f64 * share) as Balance, total.saturating_sub(1)] {
			let mut before = 0;
			let covers = |weight: &Balance| {
				before += weight;
				point < before
			};
			let expected = list.iter().position(covers).map(|slot| SlotIndex(slot as u32));
			prop_assert_eq!(tree.find(point), expected);
		}
	}
}
