//! Vouchers: a client's signed word on how many units its provider has delivered, as a file.

use crate::{chain::contracts::Voucher, digest::Hash};
use aitbc_core::ContractId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fs, io, path::Path, path::PathBuf};
use subxt::utils::AccountId32;
use subxt_signer::sr25519::{self, Keypair};

/// What browser extensions put around bytes that they sign: `u8aWrapBytes` in
/// packages/util/src/u8a/wrap.ts of polkadot-js/common.
const WRAP: [&[u8]; 2] = [b"<Bytes>", b"</Bytes>"];

/// A voucher with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedVoucher {
	/// The hash of the first block of the network that it counts on.
	pub genesis: Hash,
	/// The metered contract.
	pub contract: u64,
	/// All units since the start.
	pub units: u64,
	/// Greater than that of every voucher before.
	pub sequence: u64,
	/// Who signed it.
	pub signer: AccountId32,
	/// The signature.
	pub signature: Signature,
}

/// A signature of sr25519, in hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

/// Why a file is no voucher.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// It cannot be read.
	#[error("cannot read `{path}`: {source}; name the voucher's file", path = path.display())]
	Unreadable {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// It has something else in it.
	#[error(
		"`{path}` is no voucher: {source}; `aitbc contract voucher sign` writes one",
		path = path.display()
	)]
	Malformed {
		/// Its path.
		path: PathBuf,
		/// What is wrong with it.
		source: serde_json::Error,
	},
}

/// What `--output json` puts around a voucher.
#[derive(Deserialize)]
struct Envelope {
	data: SignedVoucher,
}

impl SignedVoucher {
	/// Signs `voucher` for the network with this first block.
	pub fn sign(voucher: Voucher, genesis: Hash, key: &Keypair) -> Self {
		let Voucher { contract, units, sequence } = voucher;
		let signature = Signature(key.sign(&payload(voucher, genesis)).0);
		let signer = key.public_key().to_account_id();
		Self { genesis, contract, units, sequence, signer, signature }
	}

	/// Reads a voucher's file, with or without what `--output json` puts around it.
	pub fn read_file(path: &Path) -> Result<Self, Error> {
		let text = fs::read_to_string(path)
			.map_err(|source| Error::Unreadable { path: path.to_owned(), source })?;
		Self::parse(&text).map_err(|source| Error::Malformed { path: path.to_owned(), source })
	}

	fn parse(text: &str) -> Result<Self, serde_json::Error> {
		match serde_json::from_str(text) {
			Ok(Envelope { data }) => Ok(data),
			Err(_) => serde_json::from_str(text),
		}
	}

	/// What was signed.
	pub fn voucher(&self) -> Voucher {
		Voucher { contract: self.contract, units: self.units, sequence: self.sequence }
	}

	/// Whether the signer signed it, as it is or as browser extensions do.
	pub fn is_signed(&self) -> bool {
		let payload = payload(self.voucher(), self.genesis);
		let wrapped = [WRAP[0], &payload, WRAP[1]].concat();
		let key = sr25519::PublicKey(self.signer.0);
		let signature = sr25519::Signature(self.signature.0);
		[payload, wrapped].iter().any(|bytes| sr25519::verify(&signature, bytes, &key))
	}

	/// The voucher as a file.
	pub fn to_json(&self) -> String {
		serde_json::to_string_pretty(self).unwrap_or_default()
	}
}

/// What the signer signs.
fn payload(voucher: Voucher, genesis: Hash) -> Vec<u8> {
	let Voucher { contract, units, sequence } = voucher;
	let voucher = aitbc_core::Voucher { contract: ContractId(contract), units, sequence };
	voucher.payload(genesis.0.into())
}

impl Serialize for Signature {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(&format_args!("0x{}", hex::encode(self.0)))
	}
}

impl<'de> Deserialize<'de> for Signature {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = String::deserialize(deserializer)?;
		let malformed =
			|| serde::de::Error::custom("a signature is `0x` and 128 hexadecimal digits");
		let mut bytes = [0; 64];
		let digits = text.strip_prefix("0x").ok_or_else(malformed)?;
		hex::decode_to_slice(digits, &mut bytes).map_err(|_| malformed())?;
		Ok(Self(bytes))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::development_key;

	fn signed() -> SignedVoucher {
		let key = development_key("//Alice").expect("it is one");
		let voucher = Voucher { contract: 7, units: 258, sequence: 3 };
		SignedVoucher::sign(voucher, Hash([9; 32]), &key)
	}

	#[test]
	fn vouchers_should_survive_being_written_and_read() {
		let signed = signed();
		assert!(signed.is_signed());
		let json = signed.to_json();
		assert_eq!(SignedVoucher::parse(&json).ok(), Some(signed.clone()));
		let enveloped = format!(r#"{{ "schema": "aitbc/v1", "data": {json} }}"#);
		assert_eq!(SignedVoucher::parse(&enveloped).ok(), Some(signed));
	}

	#[test]
	fn vouchers_should_not_count_as_signed_when_a_field_differs() {
		let own = signed();
		let other = AccountId32([1; 32]);
		for changed in [
			SignedVoucher { genesis: Hash([8; 32]), ..own.clone() },
			SignedVoucher { contract: 8, ..own.clone() },
			SignedVoucher { units: 259, ..own.clone() },
			SignedVoucher { sequence: 4, ..own.clone() },
			SignedVoucher { signer: other, ..own.clone() },
		] {
			assert!(!changed.is_signed(), "{changed:?}");
		}
	}

	#[test]
	fn vouchers_should_count_as_signed_when_an_extension_wrapped_them() {
		let key = development_key("//Alice").expect("it is one");
		let own = signed();
		let wrapped = [WRAP[0], &payload(own.voucher(), own.genesis), WRAP[1]].concat();
		let signature = Signature(key.sign(&wrapped).0);
		assert!(SignedVoucher { signature, ..own }.is_signed());
	}

	#[test]
	fn files_should_be_named_when_they_are_no_vouchers() {
		let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		let error = SignedVoucher::read_file(file.path()).expect_err("it is empty").to_string();
		assert!(error.contains(&file.path().display().to_string()), "{error}");
		let error = SignedVoucher::read_file(Path::new("/nowhere")).expect_err("there is none");
		assert!(error.to_string().contains("`/nowhere`"), "{error}");
	}
}
