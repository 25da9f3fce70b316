mod golden;
mod proofs;

use crate::{log::Nodes, *};
use std::collections::BTreeMap;

/// Nodes in memory.
#[derive(Clone, Default)]
pub struct Memory(pub BTreeMap<u64, Node>);

impl Nodes for Memory {
	fn node(&self, position: u64) -> Option<Node> {
		self.0.get(&position).copied()
	}

	fn keep(&mut self, position: u64, node: Node) {
		assert_eq!(self.0.insert(position, node), None, "each position is written once");
	}
}

/// A record of a node that was restarted.
pub fn record(index: u64) -> Record {
	let subjects = [Subject::Action(index), Subject::Validator([5; 32])];
	let entry = Entry::new(Event::ActionSucceeded, Actor::Account([7; 32]), &subjects);
	let time = 1_795_000_000_000 + index * 3_000;
	Record {
		id: RecordId(index),
		block: index as u32 + 10,
		time,
		entry: entry.with_hashes(&[[9; 32]]),
	}
}

/// A log of `count` records: its nodes, and what commits to it.
pub fn log(count: u64) -> (Memory, Commitment) {
	let mut nodes = Memory::default();
	let mut commitment = Commitment::empty();
	for index in 0..count {
		commitment = Log::new(&mut nodes, index).append(&record(index).encode()).unwrap();
	}
	(nodes, commitment)
}

use codec::Encode;
