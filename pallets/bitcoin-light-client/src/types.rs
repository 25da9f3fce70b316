//! What the pallet stores, and what genesis says.

use aitbc_bitcoin::{
	BlockHash, ChainedHeader, Checkpoint, Header, MerkleNode, Network, RecentTimes, Work,
};
use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::U256;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A header whose rules hold, with what the next one's check and proofs of inclusion need.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct StoredHeader {
	/// Its place in its chain.
	pub chained: ChainedHeader,
	/// Its time and those of up to ten before it.
	pub times: RecentTimes,
	/// The hash of the block before.
	pub previous: BlockHash,
	/// The root of the tree over its transactions.
	pub merkle_root: MerkleNode,
}

impl StoredHeader {
	/// A header after this one.
	pub(crate) fn followed_by(&self, chained: ChainedHeader, header: &Header) -> Self {
		let mut times = self.times;
		times.push(header.time);
		Self { chained, times, previous: header.previous, merkle_root: header.merkle_root }
	}
}

/// What a batch of headers did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted {
	/// How many of its headers were new.
	pub added: u32,
	/// How many headers of the best chain it displaced.
	pub displaced: u32,
	/// How many headers of its branch were here before, and stale.
	pub known: u32,
	/// Whether it has a new tip.
	pub is_best: bool,
}

/// A header, as clients are told of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct HeaderInfo {
	/// Its hash.
	pub hash: BlockHash,
	/// Its height.
	pub height: u32,
	/// The hash of the block before.
	pub previous: BlockHash,
	/// The root of the tree over its transactions.
	pub merkle_root: MerkleNode,
	/// When its miner says that it was mined, in seconds since 1970.
	pub time: u32,
	/// The work of it and of all before.
	pub work: Work,
	/// How many blocks of the best chain there are from it on; none if it is stale.
	pub confirmations: Option<u32>,
}

/// Where the light client stands, and its limits.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct LightClientInfo {
	/// The network that it follows.
	pub network: Network,
	/// The last block of the best chain.
	pub tip: HeaderInfo,
	/// The height of the oldest header of the best chain that is kept.
	pub oldest: u32,
	/// How many headers of the best chain are kept.
	pub kept: u32,
	/// How many blocks a reorganization may displace.
	pub max_reorganization: u32,
	/// How many headers a batch may have.
	pub max_batch: u32,
}

/// A [`Checkpoint`] for people to read: names, numbers and hex as Bitcoin Core prints them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatedCheckpoint {
	/// The network: `main`, `testnet4`, `signet` or `regtest`, as `getblockchaininfo` has in `chain`.
	pub network: String,
	/// The height of the last of the headers.
	pub height: u32,
	/// The work of it and of all before: `chainwork` of `getblockheader HASH`.
	pub chainwork: String,
	/// The first header of its period: `getblockheader HASH false` of the height that 2,016 divides.
	pub period_start: String,
	/// The last 11 headers, or all if there are fewer, the oldest first.
	pub headers: Vec<String>,
}

impl StatedCheckpoint {
	/// A network's first block. For networks that are thrown away: of others there is too much to catch up.
	pub fn genesis(network: Network) -> Self {
		let header = network.genesis();
		let work = ChainedHeader::genesis(network).work();
		Self::from(&Checkpoint {
			network,
			height: 0,
			work,
			period_start: header,
			headers: alloc::vec![header],
		})
	}

	/// Reads it. Whether its parts fit together is not checked here.
	pub fn read(&self) -> Result<Checkpoint, String> {
		let network = Network::ALL.into_iter().find(|network| network.to_string() == self.network);
		let headers: Result<_, String> =
			self.headers.iter().map(|text| read_header(text)).collect();
		let work = read_hex::<32>("chainwork", &self.chainwork)?;
		Ok(Checkpoint {
			network: network.ok_or_else(|| format!("there is no network {:?}", self.network))?,
			height: self.height,
			work: Work(U256::from_big_endian(&work)),
			period_start: read_header(&self.period_start)?,
			headers: headers?,
		})
	}
}

impl From<&Checkpoint> for StatedCheckpoint {
	fn from(checkpoint: &Checkpoint) -> Self {
		let text = |header: &Header| hex::encode(header.to_bytes());
		Self {
			network: checkpoint.network.to_string(),
			height: checkpoint.height,
			chainwork: hex::encode(checkpoint.work.0.to_big_endian()),
			period_start: text(&checkpoint.period_start),
			headers: checkpoint.headers.iter().map(text).collect(),
		}
	}
}

fn read_header(text: &str) -> Result<Header, String> {
	read_hex::<80>("a header", text).map(|bytes| Header::from_bytes(&bytes))
}

/// Reads the hex digits of exactly `N` bytes.
fn read_hex<const N: usize>(what: &str, text: &str) -> Result<[u8; N], String> {
	let mut bytes = [0; N];
	hex::decode_to_slice(text, &mut bytes)
		.map_err(|error| format!("{what} has {N} bytes in hex: {error}"))?;
	Ok(bytes)
}
