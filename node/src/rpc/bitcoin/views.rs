//! What clients get to see: the runtime's answers as JSON.
//!
//! A view names everything that the runtime's type holds. Hashes and work are written as Bitcoin Core prints
//! them.

use pallet_bitcoin_light_client::types as chain;
use serde::Serialize;

/// Which network is followed, and how far.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LightClient {
	/// `main`, `testnet4`, `signet` or `regtest`.
	network: String,
	tip: Header,
	/// The height of the oldest header of the best chain that is kept.
	oldest: u32,
	kept: u32,
	/// How many blocks a reorganization may displace.
	max_reorganization: u32,
	/// How many headers a transaction may submit.
	max_batch: u32,
}

impl From<chain::LightClientInfo> for LightClient {
	fn from(info: chain::LightClientInfo) -> Self {
		let chain::LightClientInfo { network, tip, oldest, kept, max_reorganization, max_batch } =
			info;
		Self {
			network: network.to_string(),
			tip: tip.into(),
			oldest,
			kept,
			max_reorganization,
			max_batch,
		}
	}
}

/// A header of Bitcoin.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
	hash: String,
	height: u32,
	previous: String,
	merkle_root: String,
	/// In seconds since the Unix epoch, as its miner says.
	time: u32,
	/// The work of it and of all before, as 64 hexadecimal digits.
	chainwork: String,
	/// Of the best chain, itself counted; null if it is not in that.
	confirmations: Option<u32>,
}

impl From<chain::HeaderInfo> for Header {
	fn from(info: chain::HeaderInfo) -> Self {
		let chain::HeaderInfo { hash, height, previous, merkle_root, time, work, confirmations } =
			info;
		Self {
			hash: hash.to_string(),
			height,
			previous: previous.to_string(),
			merkle_root: merkle_root.to_string(),
			time,
			chainwork: hex::encode(work.0.to_big_endian()),
			confirmations,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_bitcoin::{ChainedHeader, Network};
	use serde_json::{json, to_value};

	#[test]
	fn light_client_should_show_all_of_it() {
		let genesis = Network::Mainnet.genesis();
		let tip = chain::HeaderInfo {
			hash: genesis.hash(),
			height: 0,
			previous: genesis.previous,
			merkle_root: genesis.merkle_root,
			time: genesis.time,
			work: ChainedHeader::genesis(Network::Mainnet).work(),
			confirmations: Some(1),
		};
		let info = chain::LightClientInfo {
			network: Network::Mainnet,
			tip,
			oldest: 0,
			kept: 2_016,
			max_reorganization: 99,
			max_batch: 500,
		};
		let expected = json!({
			"network": "main",
			"tip": {
				"hash": "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
				"height": 0,
				"previous": "0".repeat(64),
				"merkleRoot": "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
				"time": 1_231_006_505,
				"chainwork": format!("{}100010001", "0".repeat(55)),
				"confirmations": 1,
			},
			"oldest": 0,
			"kept": 2_016,
			"maxReorganization": 99,
			"maxBatch": 500,
		});
		assert_eq!(to_value(LightClient::from(info)).expect("it is JSON"), expected);
	}
}
