//! What people get to read of a verdict.

use crate::verdict::{
	Anchored, AnchoredBlock, Finalized, Proven, Trust, TrustedCheckpoint, TrustedStart, Verdict,
};
use aitbc_audit::{Actor, Record, Subject};
use aitbc_bitcoin::Commitment;
use std::fmt;

/// Who did it.
fn name(actor: Actor) -> String {
	match actor {
		Actor::Chain => "the chain".into(),
		Actor::Governance => "those who govern".into(),
		Actor::Account(account) => format!("account 0x{}", hex::encode(account)),
	}
}

/// What it is about.
fn subject(subject: Subject) -> String {
	match subject {
		Subject::Network => "the network".into(),
		Subject::Validator(account) => format!("validator 0x{}", hex::encode(account)),
		Subject::Agent(agent) => format!("agent {agent}"),
		Subject::Action(action) => format!("action {action}"),
		Subject::ActionKind(kind) => format!("kind of action {kind}"),
		Subject::Case(case) => format!("case {case}"),
		Subject::Anchor(anchor) => format!("anchor {anchor}"),
	}
}

/// What a record says, each part on its own.
fn parts(record: &Record) -> Vec<String> {
	let Record { block, time, entry, .. } = record;
	let mut parts = vec![
		format!("event: {}", entry.event),
		format!("actor: {}", name(entry.actor)),
		format!("block: {block}"),
		format!("time: {time} ms since 1970"),
	];
	parts.extend(entry.about().map(|about| format!("subject: {}", subject(about))));
	parts
		.extend(entry.hashes.iter().flatten().map(|hash| format!("hash: 0x{}", hex::encode(hash))));
	parts
}

impl fmt::Display for Proven {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Block => f.write_str("it is a block of this chain"),
			Self::Record { record, count } => {
				let (id, event) = (record.id, record.entry.event);
				write!(f, "the audit log of {count} records has record {id}: {event}")
			},
			Self::Storage { key, value: Some(value) } => {
				write!(f, "its state has 0x{} under 0x{}", hex::encode(value), hex::encode(key))
			},
			Self::Storage { key, value: None } => {
				write!(f, "its state has nothing under 0x{}", hex::encode(key))
			},
		}
	}
}

impl Verdict {
	/// What holds, step by step, each a sentence.
	pub fn steps(&self) -> [String; 6] {
		let Self { claim, block, finality, anchor, bitcoin, .. } = self;
		let (votes, target) = (finality.votes, finality.target);
		let (AnchoredBlock { block, .. }, Finalized { changes, set_id, .. }) = (block, finality);
		let Anchored { commitment, txid, output, block: mined, time, confirmations, .. } = anchor;
		let way = match commitment {
			Commitment::OpReturn => "carries",
			Commitment::Taproot { .. } => "commits by Taproot to",
		};
		[
			format!("authorities: set {set_id}; changes since the start: {changes}"),
			format!(
				"finality: {target} is signed by {} of {} voters; their weight is {} of {}, and {} would do",
				votes.voters, votes.of, votes.weight, votes.total, votes.threshold
			),
			match *block == target {
				true => format!("chain: {block} is that one"),
				false => {
					format!("chain: {block} comes before it, and no authorities change between")
				},
			},
			format!(
				"Bitcoin: the headers lead to {} with the work {}, of which {} is checked",
				bitcoin.tip, bitcoin.work, bitcoin.work_since_checkpoint
			),
			format!(
				"anchor: output {output} of {txid} in {mined} of the time {time} {way} the block's hash; \
				 confirmations: {confirmations}"
			),
			format!("claim: {claim}"),
		]
	}

	/// What is trusted, each a sentence.
	pub fn assumptions(&self) -> Vec<String> {
		let (Trust { start, checkpoint }, bitcoin) = (&self.trust, &self.bitcoin);
		let TrustedCheckpoint { network, block, period_start, work } = checkpoint;
		let mut assumptions = vec![
			match start {
				TrustedStart::Genesis { hash } => {
					format!("the chain is the one whose genesis block is {hash:?}")
				},
				TrustedStart::Set { set_id, hash } => {
					format!("the authorities of set {set_id} were those whose hash is {hash:?}")
				},
			},
			"in each set of authorities less than a third of the weight is dishonest".into(),
			format!(
				"{block} is in the best chain of {network}, its period begins with {period_start}, \
				 and the work up to it is {work}"
			),
			format!(
				"so are the headers after it, up to {}: to forge them takes the work {}, and the best \
				 chain has no more than {}",
				bitcoin.tip, bitcoin.work_since_checkpoint, bitcoin.work
			),
		];
		if network.is_trusted_relayer() {
			assumptions.push(format!(
				"whoever gave the headers: on {network} work alone makes no chain, so they prove nothing"
			));
		}
		assumptions
	}
}

impl fmt::Display for Verdict {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		writeln!(f, "The evidence holds: of {}, {}.", self.block.block, self.claim)?;
		if let Proven::Record { record, .. } = &self.claim {
			writeln!(f, "\nThe record:")?;
			parts(record).iter().try_for_each(|part| writeln!(f, "  {part}"))?;
		}
		writeln!(f, "\nChecked:")?;
		for (step, number) in self.steps().iter().zip(1..) {
			writeln!(f, "  {number}. {step}")?;
		}
		writeln!(f, "\nTrusted, so compare it with what you know:")?;
		self.assumptions().iter().try_for_each(|trusted| writeln!(f, "  - {trusted}"))
	}
}
