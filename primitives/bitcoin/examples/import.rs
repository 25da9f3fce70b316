//! Measures how long a period of headers takes: `cargo run --release -p aitbc-bitcoin --example import`.
//!
//! The headers are those of BIP 54, with the rules of mainnet and real proofs of work. They are in memory; what
//! a node takes to read and write its state is not in it.

use aitbc_bitcoin::{ChainedHeader, Header, MerkleNode, MerkleProof, Network, RecentTimes, Txid};
use std::{collections::BTreeMap, hint::black_box, time::Instant};

/// How many headers are imported.
const COUNT: usize = 2_016;

/// How often they are.
const ROUNDS: u32 = 20;

/// The first headers of a chain whose every header is checked.
fn chain() -> Vec<[u8; 80]> {
	let bytes = include_bytes!("../vectors/bip54-timestamps.bin");
	let raw = bytes.as_chunks::<80>().0;
	let by_hash: BTreeMap<_, _> =
		raw.iter().map(|raw| (Header::from_bytes(raw).hash(), raw)).collect();
	// The last header of the file ends one of its longest chains.
	let mut hash = raw.last().map(Header::from_bytes).expect("there are some").hash();
	let mut chain = Vec::new();
	while let Some(raw) = by_hash.get(&hash) {
		chain.push(**raw);
		hash = Header::from_bytes(raw).previous;
	}
	chain.reverse();
	chain
}

/// Imports headers after mainnet's first. Gives the last.
fn import(headers: &[[u8; 80]]) -> ChainedHeader {
	let mut chained = ChainedHeader::genesis(Network::Mainnet);
	let mut times = RecentTimes::new(chained.time());
	for raw in headers {
		let header = Header::from_bytes(raw);
		chained = chained.next(&header, times.median(), u32::MAX).expect("its rules hold");
		times.push(header.time);
	}
	chained
}

fn main() {
	let chain = chain();
	let headers = &chain[1..=COUNT];
	let began = Instant::now();
	for _ in 0..ROUNDS {
		black_box(import(black_box(headers)));
	}
	let micros = began.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
	let last = import(headers);
	println!("{COUNT} headers up to height {} take {:.2} ms", last.height(), micros / 1e3);
	println!("a header takes {:.2} µs", micros / 2_016.0);

	let txids: Vec<_> = (0..16_666u32)
		.map(|salt| {
			let mut txid = [2; 32];
			txid[..4].copy_from_slice(&salt.to_le_bytes());
			Txid(txid)
		})
		.collect();
	let proof = MerkleProof::new(&txids, 9_999).expect("it is in the block");
	let began = Instant::now();
	for _ in 0..10_000 {
		let checked = black_box(&proof).verify(txids[9_999], MerkleNode::default());
		black_box(checked).expect_err("the root is another");
	}
	let micros = began.elapsed().as_secs_f64() * 1e6 / 10_000.0;
	println!("a Merkle proof of the most nodes takes {micros:.2} µs");
}
