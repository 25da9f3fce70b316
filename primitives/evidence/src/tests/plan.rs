//! Makes bundles: of a small chain of ours, and of one of Bitcoin's regtest that is mined on the way.

use super::NOW;
use crate::*;
use ::codec::Encode;
use aitbc_audit::{Actor, Entry, Event, Log, Node, Nodes, Record, RecordId, Subject};
use aitbc_bitcoin::{
	Amount, Bits, ChainedHeader, Checkpoint, Commitment, InclusionProof, Input, InternalKey,
	MerkleNode, MerkleProof, Network, OutPoint, Output, Payload, RecentTimes, Transaction, Txid,
};
use aitbc_core::{BlockNumber, Hash};
use finality_grandpa::{Commit, Message, Precommit, SignedPrecommit};
use hex_literal::hex;
use sp_consensus_grandpa::{
	localized_payload, AuthorityId, AuthorityList, ConsensusLog, ScheduledChange, SetId,
	GRANDPA_ENGINE_ID,
};
use sp_core::{ed25519, Blake2Hasher, Pair};
use sp_io::hashing;
use sp_runtime::{traits::Header as _, Digest, DigestItem};
use sp_trie::{trie_types::TrieDBMutBuilderV1, MemoryDB, TrieMut};
use std::collections::BTreeMap;

/// A key whose value has a node of its own.
pub const LONG: &[u8] = b"long value";

/// A key whose value is in its leaf.
pub const SHORT: &[u8] = b"short value";

/// A key that the state has nothing under.
pub const ABSENT: &[u8] = b"longer than all others";

/// How many records the audit log has.
pub const RECORDS: u64 = 5;

/// The round that all votes are of.
pub const ROUND: u64 = 3;

/// The internal key of BIP 341's first test vector.
pub const INTERNAL_KEY: InternalKey =
	InternalKey(hex!("d6889cb081036e0faefa3a35157ad71086b123b2b144b649798b494c300a961d"));

/// What a bundle claims.
#[derive(Clone, Copy)]
pub enum Wanted {
	Block,
	Record(u64),
	Storage(&'static [u8]),
}

/// What a bundle is made of.
#[derive(Clone, Copy)]
pub struct Plan {
	/// The number of the set to begin with, if it is a trusted one.
	pub trusted: Option<SetId>,
	/// How often the authorities change.
	pub changes: u8,
	/// How many blocks after the anchored one the voters sign.
	pub later: u32,
	/// Whether one of them signs the block after that.
	pub votes_ahead: bool,
	/// The height of the checkpoint.
	pub checkpoint: u32,
	/// How the transaction commits.
	pub commitment: Commitment,
	/// What is claimed.
	pub wanted: Wanted,
}

impl Default for Plan {
	fn default() -> Self {
		Self {
			trusted: None,
			changes: 1,
			later: 2,
			votes_ahead: false,
			checkpoint: 20,
			commitment: Commitment::OpReturn,
			wanted: Wanted::Record(3),
		}
	}
}

impl Plan {
	/// The number of the set that finalizes the anchored block.
	pub fn last_set(&self) -> SetId {
		self.trusted.unwrap_or(0) + SetId::from(self.changes)
	}

	/// The bundle. Nothing of it is random.
	pub fn bundle(&self) -> Bundle {
		let first = self.trusted.unwrap_or(0);
		let start = match self.trusted {
			Some(id) => Start::Trusted(set(id, 0)),
			None => Start::Genesis {
				header: header(0, Hash::zero(), vec![]),
				authorities: state_proof(&AUTHORITIES_KEY),
			},
		};
		let changes = (0..self.changes).map(|generation| {
			let number = BlockNumber::from(generation + 1) * 10;
			let header =
				header(number, Hash::repeat_byte(generation), vec![change(generation + 1)]);
			let justification =
				justify(first + SetId::from(generation), &voters(generation), &header, &[]);
			SetChange { header, justification }
		});
		let headers = chain(BlockNumber::from(self.changes + 1) * 10, self.later);
		let target = headers.last().expect("there is one");
		let voters = voters(self.changes);
		let justification = match self.votes_ahead {
			true => {
				let next = header(target.number() + 1, target.hash(), vec![]);
				let ahead = [(voters[2], next)];
				justify(self.last_set(), &voters[..2], target, &ahead)
			},
			false => justify(self.last_set(), &voters, target, &[]),
		};
		let (bitcoin, anchor) = self.anchor(&headers[0]);
		Bundle {
			start,
			changes: changes.collect(),
			finality: Finality { headers, justification },
			bitcoin,
			anchor,
			claim: self.claim(),
		}
	}

	/// What the anchor of `header` says.
	pub fn payload(&self, header: &Header) -> Payload {
		let root = digest::audit_log(header).expect("it can be read").map(|log| log.root);
		Payload::new(
			Network::Regtest,
			self.last_set(),
			*header.number(),
			header.hash().0,
			root.unwrap_or_default(),
		)
		.expect("the set's number has room")
	}

	/// Six blocks of Bitcoin after the checkpoint, of which the second has the anchor of `header`.
	pub fn anchor(&self, header: &Header) -> (BitcoinChain, Anchor) {
		let script = self.commitment.script(&self.payload(header)).expect("the key is one");
		let block = Block::with_output(script);
		let mut chain = Mined::new();
		(0..self.checkpoint).for_each(|_| chain.mine(MerkleNode([7; 32])));
		let checkpoint = chain.checkpoint();
		chain.mine(MerkleNode([8; 32]));
		chain.mine(block.root);
		(0..4).for_each(|_| chain.mine(MerkleNode([9; 32])));
		let headers = chain.headers.split_off(self.checkpoint as usize + 1);
		let anchor = Anchor {
			height: self.checkpoint + 2,
			inclusion: block.inclusion(3),
			commitment: self.commitment,
			output: 1,
		};
		(BitcoinChain { checkpoint, headers }, anchor)
	}

	fn claim(&self) -> Claim {
		match self.wanted {
			Wanted::Block => Claim::Block,
			Wanted::Record(id) => {
				let proof = Log::new(&mut log().0, RECORDS).prove(RecordId(id)).expect("it has it");
				Claim::Record { record: record(id).encode(), proof }
			},
			Wanted::Storage(key) => Claim::Storage { key: key.into(), proof: state_proof(key) },
		}
	}
}

/// The key pair of an authority.
pub fn pair(generation: u8, index: u8) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[10 * generation + index + 1; 32])
}

/// The four authorities of a generation, of which three are enough.
pub fn authorities(generation: u8) -> AuthorityList {
	(0..4).map(|index| (AuthorityId::from(pair(generation, index).public()), 1)).collect()
}

/// The set of a generation.
pub fn set(id: SetId, generation: u8) -> AuthoritySet {
	AuthoritySet { id, authorities: authorities(generation) }
}

/// Enough authorities of a generation.
pub fn voters(generation: u8) -> Vec<ed25519::Pair> {
	(0..3).map(|index| pair(generation, index)).collect()
}

/// What announces a generation to GRANDPA.
pub fn change(generation: u8) -> DigestItem {
	let next_authorities = authorities(generation);
	grandpa(ConsensusLog::ScheduledChange(ScheduledChange { next_authorities, delay: 0 }))
}

/// A message to GRANDPA.
pub fn grandpa(log: ConsensusLog<BlockNumber>) -> DigestItem {
	DigestItem::Consensus(GRANDPA_ENGINE_ID, log.encode())
}

/// A header of our chain, with these items in its digest beside those that all have.
pub fn header(number: BlockNumber, parent_hash: Hash, mut items: Vec<DigestItem>) -> Header {
	let mut logs = vec![];
	if number > 0 {
		logs.push(DigestItem::PreRuntime(*b"BABE", vec![1, 2, 3]));
		logs.push(DigestItem::Consensus(aitbc_audit::ENGINE_ID, log().1.encode()));
		logs.append(&mut items);
		logs.push(DigestItem::Seal(*b"BABE", vec![4; 64]));
	}
	Header {
		parent_hash,
		number,
		state_root: state().1,
		extrinsics_root: Hash::repeat_byte(0xee),
		digest: Digest { logs },
	}
}

/// A header and `later` more that follow it.
pub fn chain(number: BlockNumber, later: u32) -> Vec<Header> {
	let mut headers = vec![header(number, Hash::repeat_byte(0xaa), vec![])];
	for number in number + 1..=number + later {
		let parent = headers[headers.len() - 1].hash();
		headers.push(header(number, parent, vec![]));
	}
	headers
}

/// A voter's signed vote for a block.
pub fn vote(
	set: SetId,
	voter: &ed25519::Pair,
	block: &Header,
) -> SignedPrecommit<Hash, BlockNumber, sp_consensus_grandpa::AuthoritySignature, AuthorityId> {
	let precommit = Precommit { target_hash: block.hash(), target_number: *block.number() };
	let message = localized_payload(ROUND, set, &Message::Precommit(precommit.clone()));
	SignedPrecommit { precommit, signature: voter.sign(&message).into(), id: voter.public().into() }
}

/// What finalizes `target`: votes for it by `voters`, and votes for its children.
pub fn justify(
	set: SetId,
	voters: &[ed25519::Pair],
	target: &Header,
	ahead: &[(ed25519::Pair, Header)],
) -> Justification {
	let votes = voters.iter().map(|voter| vote(set, voter, target));
	let later = ahead.iter().map(|(voter, block)| vote(set, voter, block));
	Justification {
		round: ROUND,
		commit: Commit {
			target_hash: target.hash(),
			target_number: *target.number(),
			precommits: votes.chain(later).collect(),
		},
		votes_ancestries: ahead.iter().map(|(_, block)| block.clone()).collect(),
	}
}

/// The nodes of the state's trie, and its root.
pub fn state() -> (Vec<Vec<u8>>, Hash) {
	let mut entries: BTreeMap<Vec<u8>, Vec<u8>> = (0..40u8)
		.map(|index| (hashing::blake2_128(&[index]).into(), vec![index; 3 * usize::from(index)]))
		.collect();
	entries.insert(AUTHORITIES_KEY.into(), authorities(0).encode());
	entries.insert(LONG.into(), vec![0x11; 40]);
	entries.insert(SHORT.into(), vec![0x22; 8]);
	let (mut nodes, mut root) = (MemoryDB::<Blake2Hasher>::default(), Hash::zero());
	let mut trie = TrieDBMutBuilderV1::new(&mut nodes, &mut root).build();
	entries.iter().for_each(|(key, value)| {
		trie.insert(key, value).expect("nodes are in memory");
	});
	drop(trie);
	(nodes.drain().into_values().map(|(node, _)| node).collect(), root)
}

/// The way to a key.
pub fn state_proof(key: &[u8]) -> StateProof {
	let (nodes, root) = state();
	StateProof::new(&root, key, nodes).expect("all nodes are there")
}

/// Nodes of the audit log.
#[derive(Default)]
pub struct Memory(BTreeMap<u64, Node>);

impl Nodes for Memory {
	fn node(&self, position: u64) -> Option<Node> {
		self.0.get(&position).copied()
	}

	fn keep(&mut self, position: u64, node: Node) {
		self.0.insert(position, node);
	}
}

/// A record of the audit log.
pub fn record(id: u64) -> Record {
	let subjects = [Subject::Action(id), Subject::Validator([5; 32]), Subject::ActionKind(2)];
	let entry = Entry::new(Event::ActionSucceeded, Actor::Account([7; 32]), &subjects);
	let time = 1_795_000_000_000 + id * 3_000;
	Record { id: RecordId(id), block: 4, time, entry: entry.with_hashes(&[[9; 32]]) }
}

/// The audit log: its nodes, and what commits to it.
pub fn log() -> (Memory, aitbc_audit::Commitment) {
	let mut nodes = Memory::default();
	let mut commitment = aitbc_audit::Commitment::empty();
	for id in 0..RECORDS {
		commitment = Log::new(&mut nodes, id).append(&record(id).encode()).expect("there is room");
	}
	(nodes, commitment)
}

/// A chain of regtest.
pub struct Mined {
	pub tip: ChainedHeader,
	pub times: RecentTimes,
	pub headers: Vec<aitbc_bitcoin::Header>,
}

impl Mined {
	pub fn new() -> Self {
		let tip = ChainedHeader::genesis(Network::Regtest);
		let times = RecentTimes::new(tip.time());
		Self { tip, times, headers: vec![Network::Regtest.genesis()] }
	}

	/// Mines the next block, which takes a few attempts.
	pub fn mine(&mut self, merkle_root: MerkleNode) {
		let mut header = aitbc_bitcoin::Header {
			version: 4,
			previous: self.tip.hash(),
			merkle_root,
			time: self.tip.time() + 600,
			bits: Bits(0x207f_ffff),
			nonce: 0,
		};
		mine(&mut header);
		self.tip = self.tip.next(&header, self.times.median(), NOW).expect("it is right");
		self.times.push(header.time);
		self.headers.push(header);
	}

	/// The tip as a checkpoint.
	pub fn checkpoint(&self) -> Checkpoint {
		Checkpoint {
			network: Network::Regtest,
			height: self.tip.height(),
			work: self.tip.work(),
			period_start: Network::Regtest.genesis(),
			headers: self.headers[self.headers.len().saturating_sub(11)..].to_vec(),
		}
	}
}

/// Finds a nonce.
pub fn mine(header: &mut aitbc_bitcoin::Header) {
	while header.bits.check(header.hash(), Network::Regtest.limit()).is_err() {
		header.nonce += 1;
	}
}

/// A block of Bitcoin.
pub struct Block {
	transactions: Vec<Transaction>,
	txids: Vec<Txid>,
	pub root: MerkleNode,
}

impl Block {
	/// A block of five transactions, of which the fourth has this script in its second output.
	pub fn with_output(script: Vec<u8>) -> Self {
		let mut transactions: Vec<_> = (0..5).map(spend).collect();
		transactions[0].inputs[0].previous = OutPoint::NULL;
		transactions[0].inputs[0].script_sig = vec![1, 7];
		transactions[3].outputs.push(Output { value: Amount(0), script });
		let txids: Vec<_> = transactions.iter().map(Transaction::txid).collect();
		let mut level: Vec<[u8; 32]> = txids.iter().map(|txid| txid.0).collect();
		while level.len() > 1 {
			let parent = |pair: &[[u8; 32]]| {
				let both = [pair[0], pair[pair.len() - 1]].concat();
				hashing::sha2_256(&hashing::sha2_256(&both))
			};
			level = level.chunks(2).map(parent).collect();
		}
		Self { root: MerkleNode(level[0]), transactions, txids }
	}

	/// The proof that it has its transaction at `index`.
	pub fn inclusion(&self, index: u32) -> InclusionProof {
		InclusionProof {
			transaction: self.transactions[index as usize].to_bytes(),
			proof: MerkleProof::new(&self.txids, index).expect("it is in the block"),
			coinbase: self.transactions[0].to_bytes(),
			coinbase_path: MerkleProof::new(&self.txids, 0).expect("it is in the block").path,
		}
	}
}

/// A transaction that spends something.
fn spend(salt: u8) -> Transaction {
	let previous = OutPoint { txid: Txid([salt + 1; 32]), index: 0 };
	Transaction {
		version: 2,
		inputs: vec![Input { previous, script_sig: vec![], sequence: u32::MAX }],
		outputs: vec![Output { value: Amount(1_000), script: vec![0x51] }],
		lock_time: 0,
	}
}
