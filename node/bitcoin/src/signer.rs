//! Who signs: this node, with a key of its own, or somebody else, who is given a file.

use crate::{
	coin::Coin,
	file::{self, FileError},
	transaction::{self, ScriptKind},
	wallet::{Wallet, WalletError},
};
use aitbc_bitcoin::Network;
use base64::{engine::general_purpose::STANDARD, Engine};
use bitcoin::{Amount, Psbt, ScriptBuf, Transaction, TxOut};
use std::path::{Path, PathBuf};

/// How many bytes a PSBT of ours may have.
const LIMIT: u64 = 1 << 20;

/// Who signs anchors.
#[derive(Debug)]
pub enum Signer {
	/// This node.
	Wallet(Wallet),
	/// Somebody else.
	External(External),
}

/// A signer outside of this node, who signs a file and broadcasts the result.
///
/// What is signed has the id of what is in the file, because its inputs have witnesses only.
#[derive(Debug)]
pub struct External {
	address: String,
	script: Vec<u8>,
	kind: ScriptKind,
	path: PathBuf,
}

impl External {
	/// A signer whose coins are at `address`, of a key's hash or a Taproot key. What is to be signed is in the file
	/// `path`: a PSBT of BIP 174, as text in base64.
	pub fn new(address: &str, network: Network, path: &Path) -> Result<Self, SignerError> {
		let unusable = || SignerError::BadAddress { address: address.into(), network };
		let parsed: bitcoin::Address<_> = address.parse().map_err(|_| unusable())?;
		let checked =
			parsed.require_network(transaction::network(network)).map_err(|_| unusable())?;
		let script = checked.script_pubkey().into_bytes();
		let kind = ScriptKind::of(&script).ok_or_else(unusable)?;
		Ok(Self { address: address.into(), script, kind, path: path.into() })
	}

	/// The file of what is to be signed.
	pub fn path(&self) -> &Path {
		&self.path
	}

	/// Sees that the file has this transaction, and nothing else. Says whether it had not.
	pub fn offer(&self, unsigned: Transaction, coins: &[Coin]) -> Result<bool, SignerError> {
		let mut psbt = Psbt::from_unsigned_tx(unsigned).map_err(|_| SignerError::NotUnsigned)?;
		for (input, coin) in psbt.inputs.iter_mut().zip(coins) {
			input.witness_utxo = Some(TxOut {
				value: Amount::from_sat(coin.value.0),
				script_pubkey: ScriptBuf::from_bytes(self.script.clone()),
			});
		}
		let text = format!("{}\n", STANDARD.encode(psbt.serialize()));
		let present = file::read(&self.path, LIMIT);
		if present.is_ok_and(|present| present.as_slice() == text.as_bytes()) {
			return Ok(false);
		}
		file::replace(&self.path, text.as_bytes())?;
		Ok(true)
	}

	/// Removes the file: there is nothing to sign.
	pub fn withdraw(&self) -> Result<(), SignerError> {
		file::remove(&self.path).map_err(Into::into)
	}
}

impl Signer {
	/// The address that anchors are funded at.
	pub fn address(&self) -> String {
		match self {
			Self::Wallet(wallet) => wallet.address(),
			Self::External(external) => external.address.clone(),
		}
	}

	/// The script of that address.
	pub fn script(&self) -> Vec<u8> {
		match self {
			Self::Wallet(wallet) => wallet.script(),
			Self::External(external) => external.script.clone(),
		}
	}

	/// What that script is.
	pub const fn kind(&self) -> ScriptKind {
		match self {
			Self::Wallet(_) => ScriptKind::P2wpkh,
			Self::External(external) => external.kind,
		}
	}

	/// Signs, if this node does.
	pub(crate) fn sign(
		&self,
		unsigned: Transaction,
		coins: &[Coin],
	) -> Result<Transaction, SignerError> {
		match self {
			Self::Wallet(wallet) => Ok(wallet.sign(unsigned, coins)?),
			Self::External(_) => Ok(unsigned),
		}
	}
}

/// Why nothing can be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignerError {
	/// The wallet can't sign.
	#[error(transparent)]
	Wallet(#[from] WalletError),
	/// The file can't be written.
	#[error(transparent)]
	File(#[from] FileError),
	/// The address is none whose coins an anchor can spend.
	#[error("{address} is no address of the network {network} of a key's hash or a Taproot key")]
	BadAddress {
		/// What was given.
		address: String,
		/// The network that it should be of.
		network: Network,
	},
	/// The journal has a signature where none should be.
	#[error("the anchor to be signed has signatures already; was the journal made by a wallet?")]
	NotUnsigned,
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::coin::Satoshi;
	use aitbc_bitcoin::{Payload, Txid};

	/// Of BIP 173 and BIP 350.
	const P2WPKH: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
	const P2WSH: &str = "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3";
	const P2TR: &str = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";

	#[test]
	fn address_should_be_refused_when_its_coins_cannot_be_spent() {
		let new = |address, network| External::new(address, network, Path::new("/psbt"));
		assert_eq!(new(P2WPKH, Network::Mainnet).unwrap().kind, ScriptKind::P2wpkh);
		assert_eq!(new(P2TR, Network::Mainnet).unwrap().kind, ScriptKind::P2trKey);
		assert!(new(P2WSH, Network::Mainnet).is_err());
		assert!(new(P2WPKH, Network::Regtest).is_err());
		assert!(new("hunter2", Network::Mainnet).is_err());
	}

	#[test]
	fn file_should_have_the_last_offer_only_when_it_changes() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("anchor.psbt");
		let external = External::new(P2TR, Network::Mainnet, &path).unwrap();
		let payload = Payload {
			network: Network::Mainnet,
			set_id: 0,
			height: 1,
			block_hash: [1; 32],
			audit_root: [0; 32],
		};
		let coins = [Coin { txid: Txid([9; 32]), index: 0, value: Satoshi(5_000) }];
		let make =
			|change| transaction::unsigned(&coins, &payload, &external.script, Satoshi(change));

		assert!(external.offer(make(4_000), &coins).unwrap());
		assert!(!external.offer(make(4_000), &coins).unwrap());
		assert!(external.offer(make(3_000), &coins).unwrap());

		let text = std::fs::read_to_string(&path).unwrap();
		let psbt = Psbt::deserialize(&STANDARD.decode(text.trim_end()).unwrap()).unwrap();
		assert_eq!(psbt.fee().unwrap(), Amount::from_sat(2_000));
		assert_eq!(psbt.unsigned_tx, make(3_000));
		external.withdraw().unwrap();
		external.withdraw().unwrap();
		assert!(!path.exists());
	}
}
