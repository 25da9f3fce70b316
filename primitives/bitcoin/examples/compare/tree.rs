//! Headers as this crate sees them.

use crate::{
	core::{Core, UNKNOWN_PARENT},
	report::{Report, ACCEPTED},
};
use aitbc_bitcoin::{
	Bits, BlockHash, ChainedHeader, Header, HeaderError, MerkleNode, Network, RecentTimes,
};
use std::collections::BTreeMap;

/// The bits of every block of regtest.
pub const REGTEST_BITS: Bits = Bits(0x207f_ffff);

/// Headers whose rules hold, each with the times that the next median is of.
pub struct Tree(BTreeMap<BlockHash, (ChainedHeader, RecentTimes)>);

impl Tree {
	/// One with the first block of a network.
	pub fn genesis(network: Network) -> Self {
		let genesis = ChainedHeader::genesis(network);
		Self([(genesis.hash(), (genesis, RecentTimes::new(genesis.time())))].into())
	}

	/// A header that is there, with the times that the next median is of.
	pub fn get(&self, hash: BlockHash) -> (ChainedHeader, RecentTimes) {
		*self.0.get(&hash).expect("this crate takes the header: see above")
	}

	/// Says of a header what Core would, in its words, and keeps it if its rules hold.
	pub fn judge(&mut self, header: &Header, now: u32) -> String {
		let Some((parent, mut times)) = self.0.get(&header.previous).copied() else {
			return UNKNOWN_PARENT.to_owned();
		};
		let verdict = parent.next(header, times.median(), now);
		if let Ok(chained) = verdict {
			times.push(header.time);
			self.0.insert(chained.hash(), (chained, times));
		}
		word(&verdict)
	}

	/// Compares height, work and median time of every header with what Core has found out about it.
	pub fn compare(&self, report: &mut Report, case: &str, core: &Core) {
		let facts = self.0.values().map(|(chained, times)| {
			let (height, work) = (chained.height(), chained.work().0);
			let ours = format!("{height} {work:064x} {}", times.median());
			(chained.hash().to_string(), core.about(chained.hash()), ours)
		});
		report.compare_all(case, facts);
	}
}

/// What Core says where this crate says that, in a word: `src/pow.cpp`, `src/validation.cpp`.
pub fn word(verdict: &Result<ChainedHeader, HeaderError>) -> String {
	match verdict {
		Ok(_) => ACCEPTED.into(),
		Err(HeaderError::ProofOfWork(_)) => "high-hash".into(),
		Err(HeaderError::WrongParent { .. }) => UNKNOWN_PARENT.into(),
		Err(HeaderError::WrongBits { .. }) => "bad-diffbits".into(),
		Err(HeaderError::TimeTooOld { .. }) => "time-too-old".into(),
		Err(HeaderError::TimeWarp { .. }) => "time-timewarp-attack".into(),
		Err(HeaderError::TimeTooNew { .. }) => "time-too-new".into(),
		Err(HeaderError::VersionTooOld { found, .. }) => format!("bad-version(0x{found:08x})"),
		Err(error @ HeaderError::Exhausted { .. }) => error.to_string(),
	}
}

/// A header of regtest without a proof of work. Its root is of no transactions.
pub fn child(previous: BlockHash, time: u32) -> Header {
	let merkle_root = MerkleNode([7; 32]);
	Header { version: 4, previous, merkle_root, time, bits: REGTEST_BITS, nonce: 0 }
}

/// The same header with a proof of work for its own bits, if they are a target that regtest's limit allows and
/// that is quickly met; otherwise as it is.
pub fn mined(mut header: Header) -> Header {
	for _ in 0..100_000 {
		if header.bits.check(header.hash(), Network::Regtest.limit()).is_ok() {
			return header;
		}
		header.nonce = header.nonce.wrapping_add(1);
	}
	header
}
