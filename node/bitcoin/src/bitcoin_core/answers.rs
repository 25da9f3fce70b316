//! The forms of Core's answers, as far as they are read.

use crate::{coin::Satoshi, fees::FeeRate};
use aitbc_bitcoin::{BlockHash, MerkleNode, Txid};
use serde::{de::Error, Deserialize, Deserializer};
use std::{fmt::Display, str::FromStr};

/// Something that JSON has as text, such as a hash.
pub(super) struct Text<T>(pub T);

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Text<T> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		String::deserialize(deserializer)?.parse().map(Self).map_err(D::Error::custom)
	}
}

/// Bytes that JSON has as hexadecimal digits.
pub(super) struct Bytes(pub Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = String::deserialize(deserializer)?;
		hex::decode(text).map(Self).map_err(D::Error::custom)
	}
}

/// An amount, which JSON has in bitcoin with eight decimals. All that there can be are exact in 53 bits.
fn satoshi<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Satoshi, D::Error> {
	let bitcoin = f64::deserialize(deserializer)?;
	let amount = bitcoin::Amount::from_btc(bitcoin).map_err(D::Error::custom)?;
	Ok(Satoshi(amount.to_sat()))
}

/// A rate, which JSON has in bitcoin for 1,000 virtual bytes.
fn rate<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FeeRate, D::Error> {
	satoshi(deserializer).map(|satoshi| FeeRate(satoshi.0))
}

#[derive(Deserialize)]
pub(super) struct ChainInfo {
	pub chain: String,
	pub blocks: u32,
	pub headers: u32,
	pub bestblockhash: Text<BlockHash>,
	pub initialblockdownload: bool,
	/// The lowest block that is whole, if Core does not keep all.
	pub pruneheight: Option<u32>,
}

#[derive(Deserialize)]
pub(super) struct HeaderInfo {
	pub confirmations: i64,
	pub height: u32,
	pub version: i32,
	pub merkleroot: Text<MerkleNode>,
	pub time: u32,
	pub nonce: u32,
	pub bits: String,
	/// 64 hexadecimal digits, the highest first.
	pub chainwork: Bytes,
	/// The genesis block has none.
	pub previousblockhash: Option<Text<BlockHash>>,
}

#[derive(Deserialize)]
pub(super) struct BlockInfo {
	pub previousblockhash: Option<Text<BlockHash>>,
	pub tx: Vec<Text<Txid>>,
}

#[derive(Deserialize)]
pub(super) struct Script {
	pub hex: Bytes,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OutputInfo {
	#[serde(rename = "bestblock")]
	pub best_block: Text<BlockHash>,
	pub confirmations: u32,
	#[serde(deserialize_with = "satoshi")]
	pub value: Satoshi,
	pub script_pub_key: Script,
}

#[derive(Deserialize)]
pub(super) struct EntryFees {
	#[serde(deserialize_with = "satoshi")]
	pub base: Satoshi,
}

#[derive(Deserialize)]
pub(super) struct EntryInfo {
	pub vsize: u64,
	pub fees: EntryFees,
}

#[derive(Deserialize)]
pub(super) struct Acceptance {
	pub allowed: bool,
	#[serde(rename = "reject-reason")]
	pub reason: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Estimate {
	#[serde(default, deserialize_with = "some_rate")]
	pub feerate: Option<FeeRate>,
}

fn some_rate<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<FeeRate>, D::Error> {
	rate(deserializer).map(Some)
}

#[derive(Deserialize)]
pub(super) struct MempoolInfo {
	#[serde(deserialize_with = "rate")]
	pub mempoolminfee: FeeRate,
	#[serde(deserialize_with = "rate")]
	pub minrelaytxfee: FeeRate,
	#[serde(deserialize_with = "rate")]
	pub incrementalrelayfee: FeeRate,
}

#[derive(Deserialize)]
pub(super) struct ScanInfo {
	pub success: bool,
	pub height: u32,
	pub bestblock: Text<BlockHash>,
	pub unspents: Vec<UnspentInfo>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UnspentInfo {
	pub txid: Text<Txid>,
	pub vout: u32,
	pub script_pub_key: Bytes,
	#[serde(deserialize_with = "satoshi")]
	pub amount: Satoshi,
	#[serde(default)]
	pub coinbase: bool,
	pub height: u32,
}
