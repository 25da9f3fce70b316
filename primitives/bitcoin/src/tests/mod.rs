mod anchor;
mod bip94;
mod checkpoint;
mod golden;
mod headers;
mod inclusion;
mod invariants;
mod oracle;
mod rules;
mod transaction;

use crate::*;
use std::collections::BTreeMap;

/// A clock that no header is ahead of.
pub const LATE: u32 = u32::MAX;

/// The headers of a file, 80 bytes each.
pub fn headers(bytes: &[u8]) -> Vec<Header> {
	let (headers, rest) = bytes.as_chunks::<80>();
	assert!(rest.is_empty());
	headers.iter().map(Header::from_bytes).collect()
}

/// The bytes of hexadecimal digits.
pub fn bytes(digits: &str) -> Vec<u8> {
	hex::decode(digits).expect("they are digits")
}

/// A header with its proof of work, which takes a few attempts on regtest.
pub fn mined(mut header: Header) -> Header {
	while header.bits.check(header.hash(), Network::Regtest.limit()).is_err() {
		header.nonce += 1;
	}
	header
}

/// A header that follows `chained` on regtest.
pub fn child(chained: &ChainedHeader, time: u32) -> Header {
	Header {
		version: 4,
		previous: chained.hash(),
		merkle_root: MerkleNode([7; 32]),
		time,
		bits: Bits(0x207f_ffff),
		nonce: 0,
	}
}

/// Headers whose rules hold, by their hashes, with the times that the next median is of.
#[derive(Default)]
pub struct Tree(pub BTreeMap<BlockHash, (ChainedHeader, RecentTimes)>);

impl Tree {
	/// One with the first block of a network.
	pub fn genesis(network: Network) -> Self {
		let genesis = ChainedHeader::genesis(network);
		let times = RecentTimes::new(genesis.time());
		Self([(genesis.hash(), (genesis, times))].into())
	}

	/// Adds a header whose parent is there.
	pub fn add(&mut self, header: &Header) -> Result<ChainedHeader, HeaderError> {
		let (parent, mut times) = self.0[&header.previous];
		let chained = parent.next(header, times.median(), LATE)?;
		times.push(header.time);
		self.0.insert(chained.hash(), (chained, times));
		Ok(chained)
	}
}

/// A chain that is checked by all rules but the proof of work, which is too hard to make in a test.
#[derive(Clone)]
pub struct Unmined {
	pub tip: ChainedHeader,
	pub times: RecentTimes,
	pub headers: Vec<Header>,
}

impl Unmined {
	pub fn genesis(network: Network) -> Self {
		let tip = ChainedHeader::genesis(network);
		let times = RecentTimes::new(tip.time());
		Self { tip, times, headers: vec![network.genesis()] }
	}

	/// The next header, with this time and these bits.
	pub fn header(&self, time: u32, bits: Bits) -> Header {
		Header { time, bits, ..child(&self.tip, time) }
	}

	/// Checks this header, and goes on to it.
	pub fn push(&mut self, header: Header) -> Result<(), HeaderError> {
		let target = header.bits.target().expect("it is one");
		self.tip = self.tip.extend(&header, header.hash(), target, self.times.median(), LATE)?;
		self.times.push(header.time);
		self.headers.push(header);
		Ok(())
	}

	/// Goes on by one block after `seconds`, with the bits that it must have.
	pub fn after(&mut self, seconds: u32) {
		let time = self.tip.time() + seconds;
		self.push(self.header(time, self.tip.next_bits(time))).expect("it is right");
	}
}

/// A transaction that spends something, of about 61 bytes.
pub fn spend(salt: u32) -> Transaction {
	let mut txid = [1; 32];
	txid[..4].copy_from_slice(&salt.to_le_bytes());
	let previous = OutPoint { txid: Txid(txid), index: 0 };
	Transaction {
		version: 2,
		inputs: vec![Input { previous, script_sig: vec![], sequence: u32::MAX }],
		outputs: vec![Output { value: Amount(1_000), script: vec![0x51] }],
		lock_time: 0,
	}
}

/// A coinbase.
pub fn coinbase() -> Transaction {
	let input = Input { previous: OutPoint::NULL, script_sig: vec![1, 7], sequence: u32::MAX };
	Transaction { inputs: vec![input], ..spend(0) }
}

/// A block's transactions, of which the first is the coinbase, their ids, and the root of their tree.
pub fn block(count: u32) -> (Vec<Transaction>, Vec<Txid>, MerkleNode) {
	let transactions: Vec<_> = core::iter::once(coinbase()).chain((1..count).map(spend)).collect();
	let txids: Vec<_> = transactions.iter().map(Transaction::txid).collect();
	let root = root(&txids);
	(transactions, txids, root)
}

/// The root of a tree, by the oracle.
pub fn root(txids: &[Txid]) -> MerkleNode {
	use bitcoin::hashes::{sha256d, Hash};
	let nodes = txids.iter().map(|txid| sha256d::Hash::from_byte_array(txid.0));
	MerkleNode(bitcoin::merkle_tree::calculate_root(nodes).expect("there is one").to_byte_array())
}

/// The proof that a block has its transaction at `index`.
pub fn inclusion(transactions: &[Transaction], txids: &[Txid], index: u32) -> InclusionProof {
	InclusionProof {
		transaction: transactions[index as usize].to_bytes(),
		proof: MerkleProof::new(txids, index).expect("it is in the block"),
		coinbase: transactions[0].to_bytes(),
		coinbase_path: MerkleProof::new(txids, 0).expect("it is in the block").path,
	}
}

/// A payload with a different byte in each place that one can have.
pub fn payload() -> Payload {
	let block_hash = core::array::from_fn(|index| 0x40 + index as u8);
	let audit_root = core::array::from_fn(|index| 0x80 + index as u8);
	Payload::new(Network::Signet, 0x0102_0304, 0x0506_0708, block_hash, audit_root)
		.expect("the set's number has room")
}

/// An internal key: that of BIP 341's first test vector.
pub fn internal_key() -> InternalKey {
	InternalKey(hex_literal::hex!(
		"d6889cb081036e0faefa3a35157ad71086b123b2b144b649798b494c300a961d"
	))
}
