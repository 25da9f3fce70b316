//! The key that anchors are paid with: one of P2WPKH, in a file of its own.
//!
//! Never in the node's keystore: a runtime can sign with what is there.

use crate::{
	coin::Coin,
	file::{self, FileError},
	transaction,
};
use aitbc_bitcoin::Network;
use bitcoin::{
	secp256k1::{All, Message, Secp256k1, SecretKey},
	sighash::SighashCache,
	Address, Amount, CompressedPublicKey, EcdsaSighashType, NetworkKind, PrivateKey, ScriptBuf,
	Transaction, Witness,
};
use std::{
	fmt,
	path::{Path, PathBuf},
};
use zeroize::{Zeroize, Zeroizing};

/// How many bytes the file may have. It has about 120.
const LIMIT: u64 = 1024;

/// What the line with the address begins with.
const COMMENT: &str = "# ";

/// How often bytes are drawn for a key. Fewer than one of 2^127 are none.
const DRAWS: usize = 3;

/// A key, and what it can sign.
pub struct Wallet {
	secp: Secp256k1<All>,
	secret: SecretKey,
	public: CompressedPublicKey,
	address: Address,
}

impl Drop for Wallet {
	fn drop(&mut self) {
		self.secret.non_secure_erase();
	}
}

impl fmt::Debug for Wallet {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Wallet").field("address", &self.address).finish_non_exhaustive()
	}
}

impl Wallet {
	/// Opens the wallet in the file `path`, or creates it with a new key if there is none.
	pub fn open_or_create(path: &Path, network: Network) -> Result<Self, WalletError> {
		match Self::open(path, network) {
			Err(WalletError::File(error)) if error.is_missing() => Self::create(path, network),
			other => other,
		}
	}

	/// Opens the wallet in the file `path`. Nobody but its owner may be able to use that.
	pub fn open(path: &Path, network: Network) -> Result<Self, WalletError> {
		let bytes = file::read_private(path, LIMIT)?;
		let malformed = || WalletError::Malformed { path: path.into() };
		let text = std::str::from_utf8(&bytes).map_err(|_| malformed())?;
		let mut lines = text.lines();
		let first = lines.next().ok_or_else(malformed)?;
		let (comment, wif) = match first.strip_prefix(COMMENT) {
			Some(comment) => (Some(comment), lines.next().ok_or_else(malformed)?),
			None => (None, first),
		};
		let mut key = PrivateKey::from_wif(wif).map_err(|_| malformed())?;
		let secret = key.inner;
		key.inner.non_secure_erase();
		if lines.next().is_some() || !key.compressed {
			return Err(malformed());
		}
		let wallet = Self::of(secret, network)?;
		// A key in this form tells mainnet from the others only; the address tells regtest from the rest.
		let is_same_address = comment.is_none_or(|address| address == wallet.address());
		if key.network != NetworkKind::from(transaction::network(network)) || !is_same_address {
			return Err(WalletError::WrongNetwork { path: path.into(), network });
		}
		Ok(wallet)
	}

	/// Creates a wallet with a new key, which is on the disk when this returns.
	fn create(path: &Path, network: Network) -> Result<Self, WalletError> {
		let wallet = Self::of(draw()?, network)?;
		let mut key = PrivateKey::new(wallet.secret, transaction::network(network));
		let wif = Zeroizing::new(key.to_wif());
		key.inner.non_secure_erase();
		let text = Zeroizing::new(format!("{COMMENT}{}\n{}\n", wallet.address, *wif));
		match file::create(path, text.as_bytes()) {
			// Somebody else has created one in the meantime.
			Err(error) if error.is_taken() => Self::open(path, network),
			Err(error) => Err(error.into()),
			Ok(()) => Ok(wallet),
		}
	}

	/// The wallet of a key.
	pub(crate) fn of(secret: SecretKey, network: Network) -> Result<Self, WalletError> {
		let mut secp = Secp256k1::new();
		let mut seed = Zeroizing::new([0; 32]);
		getrandom::fill(seed.as_mut()).map_err(WalletError::NoRandomness)?;
		// Blinds what signing shows by its time.
		secp.seeded_randomize(&seed);
		let public = CompressedPublicKey(secret.public_key(&secp));
		let address = Address::p2wpkh(&public, transaction::network(network));
		Ok(Self { secp, secret, public, address })
	}

	/// The address that anchors are funded at.
	pub fn address(&self) -> String {
		self.address.to_string()
	}

	/// The script of that address: 0, and a push of [`Self::key_hash`].
	pub fn script(&self) -> Vec<u8> {
		self.address.script_pubkey().into_bytes()
	}

	/// The public key, compressed.
	pub fn public_key(&self) -> [u8; 33] {
		self.public.to_bytes()
	}

	/// RIPEMD-160 of SHA-256 of the public key, by which the chain knows an anchorer.
	pub fn key_hash(&self) -> [u8; 20] {
		*AsRef::<[u8; 20]>::as_ref(&self.public.wpubkey_hash())
	}

	/// Signs a hash, so that the key can be recovered: `r`, `s` and the recovery id, 0 to 3, as sp-io's
	/// `secp256k1_ecdsa_recover_compressed` reads them.
	///
	/// `hash` must be that of something this node means to say, and never of a Bitcoin transaction.
	pub fn sign_message(&self, hash: &[u8; 32]) -> [u8; 65] {
		let message = Message::from_digest(*hash);
		let signature = self.secp.sign_ecdsa_recoverable(&message, &self.secret);
		let (id, bytes) = signature.serialize_compact();
		let id = u8::try_from(id.to_i32()).unwrap_or_default();
		let mut result = [0; 65];
		result.iter_mut().zip(bytes.into_iter().chain([id])).for_each(|(to, byte)| *to = byte);
		result
	}

	/// Signs a transaction whose inputs spend these coins of the wallet, in their order. The same transaction has the
	/// same signatures: RFC 6979.
	pub fn sign(&self, unsigned: Transaction, coins: &[Coin]) -> Result<Transaction, WalletError> {
		let script = ScriptBuf::from_bytes(self.script());
		let kind = EcdsaSighashType::All;
		let mut cache = SighashCache::new(unsigned);
		for (index, coin) in coins.iter().enumerate() {
			let value = Amount::from_sat(coin.value.0);
			let hash = cache
				.p2wpkh_signature_hash(index, &script, value, kind)
				.map_err(|_| WalletError::NoSuchInput { index })?;
			let signature = self.secp.sign_ecdsa_low_r(&Message::from(hash), &self.secret);
			let signature = bitcoin::ecdsa::Signature { signature, sighash_type: kind };
			let witness = cache.witness_mut(index).ok_or(WalletError::NoSuchInput { index })?;
			*witness = Witness::p2wpkh(&signature, &self.public.0);
		}
		Ok(cache.into_transaction())
	}
}

/// Draws a key.
fn draw() -> Result<SecretKey, WalletError> {
	let mut bytes = [0; 32];
	for _ in 0..DRAWS {
		getrandom::fill(&mut bytes).map_err(WalletError::NoRandomness)?;
		let key = SecretKey::from_slice(&bytes);
		bytes.zeroize();
		if let Ok(key) = key {
			return Ok(key);
		}
	}
	Err(WalletError::NoRandomness(getrandom::Error::UNEXPECTED))
}

/// Why a wallet can't be opened, or can't sign. Never has what is in its file.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
	/// The file can't be read or created.
	#[error(transparent)]
	File(#[from] FileError),
	/// The file is none of a wallet.
	#[error("{path} is no wallet: it has one private key in WIF; restore it from a backup")]
	Malformed {
		/// The file.
		path: PathBuf,
	},
	/// The key is for another network, or the address in the file is not its own.
	#[error("the wallet {path} is not for the network {network}; choose another file")]
	WrongNetwork {
		/// The file.
		path: PathBuf,
		/// The network that it should be for.
		network: Network,
	},
	/// The operating system has no random bytes.
	#[error("no random bytes for a key: {0}")]
	NoRandomness(getrandom::Error),
	/// The transaction has fewer inputs than there are coins.
	#[error("the transaction to sign has no input {index}")]
	NoSuchInput {
		/// Which.
		index: usize,
	},
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::coin::Satoshi;
	use aitbc_bitcoin::{Payload, Txid};
	use bitcoin::secp256k1::ecdsa::{RecoverableSignature, RecoveryId};
	use std::{fs, os::unix::fs::PermissionsExt};

	/// The key and the address of BIP 173's and BIP 143's examples: the generator of the curve.
	const ONE: &str = "KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn";
	const ADDRESS: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

	/// What comes of opening a file with this text.
	fn open(text: &str, network: Network) -> Result<Wallet, WalletError> {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("wallet");
		file::create(&path, text.as_bytes()).unwrap();
		Wallet::open(&path, network)
	}

	#[test]
	fn wallet_should_have_the_address_of_bip173_when_its_key_is_one() {
		for text in [format!("{ONE}\n"), ONE.into(), format!("# {ADDRESS}\n{ONE}\n")] {
			let wallet = open(&text, Network::Mainnet).unwrap();
			assert_eq!(wallet.address(), ADDRESS);
			assert_eq!(wallet.script()[2..], wallet.key_hash());
		}
	}

	#[test]
	fn wallet_should_be_refused_when_its_file_has_something_else() {
		for text in [
			String::new(),
			"\n".into(),
			format!("{ONE}\n{ONE}\n"),
			format!("# {ADDRESS}\n"),
			format!("{ONE} \n"),
			ONE[1..].into(),
			// The same key, uncompressed.
			"5HpHagT65TZzG1PH3CSu63k8DbpvD8s5ip4nEB3kEsreAnchuDf".into(),
		] {
			let error = open(&text, Network::Mainnet).unwrap_err();
			assert!(matches!(error, WalletError::Malformed { .. }), "{text:?}: {error}");
			assert!(!format!("{error}{error:?}").contains(&ONE[2..]));
		}
	}

	#[test]
	fn wallet_should_be_refused_when_it_is_for_another_network() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("wallet");
		Wallet::open_or_create(&path, Network::Regtest).unwrap();
		for network in [Network::Mainnet, Network::Testnet4, Network::Signet] {
			let error = Wallet::open(&path, network).unwrap_err();
			assert!(matches!(error, WalletError::WrongNetwork { .. }), "{network}: {error}");
		}
		assert!(open(ONE, Network::Regtest).is_err());
	}

	#[test]
	fn wallet_should_be_the_same_when_it_is_opened_again() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("wallet");

		let first = Wallet::open_or_create(&path, Network::Signet).unwrap();
		let second = Wallet::open_or_create(&path, Network::Signet).unwrap();
		let other = Wallet::open_or_create(&path.with_extension("2"), Network::Signet).unwrap();

		assert_eq!(first.address(), second.address());
		assert_ne!(first.address(), other.address());
		assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
		let text = fs::read_to_string(&path).unwrap();
		let [comment, key] = text.lines().collect::<Vec<_>>()[..] else { panic!("{text}") };
		assert_eq!(comment, format!("# {}", first.address()));
		assert!(!format!("{first:?}").contains(key));
	}

	#[test]
	fn wallet_should_be_refused_when_others_may_read_it() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("wallet");
		Wallet::open_or_create(&path, Network::Signet).unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
		let error = Wallet::open_or_create(&path, Network::Signet).unwrap_err();
		assert!(matches!(error, WalletError::File(FileError::Exposed { .. })), "{error}");
	}

	#[test]
	fn key_should_be_recovered_when_a_message_was_signed() {
		let wallet = open(ONE, Network::Mainnet).unwrap();
		for byte in 0..32 {
			let signature = wallet.sign_message(&[byte; 32]);
			let id = RecoveryId::from_i32(signature[64].into()).unwrap();
			let read = RecoverableSignature::from_compact(&signature[..64], id).unwrap();
			let key = wallet.secp.recover_ecdsa(&Message::from_digest([byte; 32]), &read).unwrap();
			assert_eq!(key.serialize(), wallet.public_key());
		}
	}

	#[test]
	fn transaction_should_be_signed_the_same_way_when_it_is_signed_twice() {
		let wallet = open(ONE, Network::Mainnet).unwrap();
		let coin = |index| Coin { txid: Txid([9; 32]), index, value: Satoshi(5_000) };
		let payload = Payload {
			network: Network::Mainnet,
			set_id: 0,
			height: 1,
			block_hash: [1; 32],
			audit_root: [0; 32],
		};
		let coins = [coin(0), coin(1)];
		let unsigned = transaction::unsigned(&coins, &payload, &wallet.script(), Satoshi(9_000));

		let signed = wallet.sign(unsigned.clone(), &coins).unwrap();

		assert_eq!(wallet.sign(unsigned.clone(), &coins).unwrap(), signed);
		assert_eq!(signed.compute_txid(), unsigned.compute_txid());
		let most = transaction::ScriptKind::P2wpkh.vsize(2);
		let size = u64::try_from(signed.vsize()).unwrap();
		assert!(size <= most && size + 2 >= most, "{size} of {most}");
		for (index, input) in signed.input.iter().enumerate() {
			let (signature, key) = (&input.witness[0], &input.witness[1]);
			assert_eq!(key, wallet.public_key());
			let script = ScriptBuf::from_bytes(wallet.script());
			let hash = SighashCache::new(&unsigned)
				.p2wpkh_signature_hash(
					index,
					&script,
					Amount::from_sat(5_000),
					EcdsaSighashType::All,
				)
				.unwrap();
			let signature = bitcoin::ecdsa::Signature::from_slice(signature).unwrap().signature;
			wallet.secp.verify_ecdsa(&hash.into(), &signature, &wallet.public.0).unwrap();
		}
		assert!(wallet.sign(unsigned, &[coin(0), coin(1), coin(2)]).is_err());
	}
}
