//! Measures what proofs of the audit log take: `cargo run --release -p aitbc-audit --example proofs`.
//!
//! For logs of 1, 1,000 and 1,000,000 records it proves the first, the last and some between, and prints how
//! many bytes a proof has and how long it takes to check. The log is in memory; what a node takes to read its
//! state is not in it.

use aitbc_audit::{
	Actor, Commitment, Entry, Event, Log, Node, Nodes, Proof, Record, RecordId, Subject,
};
use codec::Encode;
use std::{hint::black_box, time::Instant};

/// How many records each log has.
const COUNTS: [u64; 3] = [1, 1_000, 1_000_000];

/// How many records of a log are proven.
const PROVEN: u64 = 1_000;

/// How often each proof is checked.
const CHECKS: u32 = 10;

/// A log in memory. Its nodes are written in their order.
#[derive(Default)]
struct Memory(Vec<Node>);

impl Nodes for Memory {
	fn node(&self, position: u64) -> Option<Node> {
		self.0.get(usize::try_from(position).ok()?).copied()
	}

	fn keep(&mut self, _: u64, node: Node) {
		self.0.push(node);
	}
}

/// A record as an action has them: with three subjects and a hash.
fn record(id: u64) -> Record {
	let subjects = [Subject::Action(id), Subject::Validator([1; 32]), Subject::ActionKind(2)];
	let entry = Entry::new(Event::ActionSucceeded, Actor::Account([3; 32]), &subjects);
	Record {
		id: RecordId(id),
		block: 7,
		time: 1_795_000_000_000,
		entry: entry.with_hashes(&[[4; 32]]),
	}
}

fn main() {
	println!(
		"records  proof, bytes at most  on average  record, bytes  check, µs on average  nodes"
	);
	for count in COUNTS {
		let mut nodes = Memory::default();
		let mut committed = Commitment::empty();
		for id in 0..count {
			let appended = Log::new(&mut nodes, id).append(&record(id).encode());
			committed = appended.expect("the log is not full");
		}
		let step = (count / PROVEN).max(1);
		let ids =
			(0..count).step_by(usize::try_from(step).expect("it is small")).chain([count - 1]);
		let proofs: Vec<(Vec<u8>, Proof)> = ids
			.map(|id| {
				let proof = Log::new(&mut nodes, count).prove(RecordId(id));
				(record(id).encode(), proof.expect("the log has it"))
			})
			.collect();
		let sizes: Vec<usize> = proofs.iter().map(|(_, proof)| proof.encoded_size()).collect();
		let began = Instant::now();
		for (bytes, proof) in &proofs {
			for _ in 0..CHECKS {
				let checked = black_box(proof).verify(black_box(bytes), &committed.root);
				black_box(checked).expect("the proof holds");
			}
		}
		let checks = u32::try_from(proofs.len()).expect("there are few") * CHECKS;
		let micros = began.elapsed().as_secs_f64() * 1e6 / f64::from(checks);
		println!(
			"{count:>7}  {:>20}  {:>10}  {:>13}  {micros:>20.1}  {:>5}",
			sizes.iter().max().expect("one is proven"),
			sizes.iter().sum::<usize>() / sizes.len(),
			proofs[0].0.len(),
			nodes.0.len(),
		);
	}
}
