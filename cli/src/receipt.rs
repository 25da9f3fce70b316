//! Receipts as files: what a provider says that it did, in canonical bytes, and its signature.

use crate::{
	amount::Amount,
	chain::market::Unit,
	digest::{Hash, HashOrFile},
	voucher::Signature,
};
use aitbc_core::{
	receipt::{Attestation, AttestationKind, ReceiptError},
	DocumentHash, Receipt, ReceiptV1,
};
use serde::{Deserialize, Serialize};
use std::{
	fmt, fs, io,
	path::{Path, PathBuf},
	str::FromStr,
};
use subxt::utils::AccountId32;
use subxt_signer::sr25519::{self, Keypair};

/// A receipt with the signature of the wallet that did the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedReceipt {
	/// What is signed.
	pub receipt: ReceiptV1,
	/// The signature.
	pub signature: Signature,
}

/// The form of a receipt's file: only the canonical bytes count, so that nothing beside them can say
/// something else.
#[derive(Serialize, Deserialize)]
struct File {
	receipt: String,
	signature: Signature,
}

/// Why a file is no receipt.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// It cannot be read.
	#[error("cannot read `{path}`: {source}; name the receipt's file", path = path.display())]
	Unreadable {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// It cannot be written.
	#[error(
		"cannot write `{path}`: {source}; name another file with `--receipt`",
		path = path.display()
	)]
	Unwritable {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// It has something else in it.
	#[error(
		"`{path}` is no receipt: {reason}; ask the provider for the one that it filed with `aitbc job \
		 submit`",
		path = path.display()
	)]
	Malformed {
		/// Its path.
		path: PathBuf,
		/// What is wrong with it.
		reason: String,
	},
	/// It does not say what the chain knows.
	#[error(
		"`{path}` does not say what was filed: {reason}; write it with `aitbc job receipt list JOB \
		 --output json`",
		path = path.display()
	)]
	NoRecord {
		/// Its path.
		path: PathBuf,
		/// What is wrong with it.
		reason: String,
	},
	/// What it is to say makes no receipt.
	#[error("this makes no receipt: {0}")]
	Nonsense(&'static str),
}

impl SignedReceipt {
	/// Reads a receipt's file.
	pub fn read_file(path: &Path) -> Result<Self, Error> {
		let text = fs::read_to_string(path)
			.map_err(|source| Error::Unreadable { path: path.to_owned(), source })?;
		Self::parse(&text).map_err(|reason| Error::Malformed { path: path.to_owned(), reason })
	}

	/// Writes it as a file, over no other.
	pub fn write_file(&self, path: &Path) -> Result<(), Error> {
		let unwritable = |source| Error::Unwritable { path: path.to_owned(), source };
		let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
		let folder = folder.unwrap_or_else(|| Path::new("."));
		let file = tempfile::NamedTempFile::new_in(folder).map_err(unwritable)?;
		fs::write(file.path(), self.to_json() + "\n").map_err(unwritable)?;
		file.persist_noclobber(path).map_err(|error| unwritable(error.error))?;
		Ok(())
	}

	fn parse(text: &str) -> Result<Self, String> {
		let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
		let digits = file.receipt.strip_prefix("0x").ok_or("its bytes do not begin with `0x`")?;
		let bytes = hex::decode(digits).map_err(|_| "its bytes are no hexadecimal digits")?;
		let Receipt::V1(receipt) = Receipt::from_bytes(&bytes).map_err(meaning)?;
		Ok(Self { receipt, signature: file.signature })
	}

	/// The receipt as a file.
	pub fn to_json(&self) -> String {
		let receipt = format!("0x{}", hex::encode(encode(&self.receipt)));
		let file = File { receipt, signature: self.signature };
		serde_json::to_string_pretty(&file).unwrap_or_default()
	}

	/// What the chain has the hash of.
	pub fn document(&self) -> Vec<u8> {
		encode(&self.receipt)
	}

	/// The hash that the chain has of it.
	pub fn evidence(&self) -> Hash {
		evidence(&self.receipt)
	}

	/// Whether the wallet that the receipt names signed it.
	pub fn is_signed(&self) -> bool {
		let payload = Receipt::V1(self.receipt.clone()).payload();
		let key = sr25519::PublicKey(wallet(&self.receipt).0);
		sr25519::verify(&sr25519::Signature(self.signature.0), payload, &key)
	}
}

/// Checks what a receipt is to say.
pub fn check(receipt: &ReceiptV1) -> Result<(), Error> {
	Receipt::V1(receipt.clone()).check().map_err(|error| Error::Nonsense(meaning(error)))
}

/// Signs a receipt with the key of its wallet.
pub fn sign(receipt: ReceiptV1, key: &Keypair) -> SignedReceipt {
	let signature = Signature(key.sign(&Receipt::V1(receipt.clone()).payload()).0);
	SignedReceipt { receipt, signature }
}

/// The hash with which a receipt is filed.
pub fn evidence(receipt: &ReceiptV1) -> Hash {
	Hash(Receipt::V1(receipt.clone()).evidence().0 .0)
}

/// Whose signature makes the receipt.
pub fn wallet(receipt: &ReceiptV1) -> AccountId32 {
	AccountId32(receipt.wallet.clone().into())
}

/// Who asked for the work.
pub fn client(receipt: &ReceiptV1) -> AccountId32 {
	AccountId32(receipt.client.clone().into())
}

/// A receipt's canonical bytes.
fn encode(receipt: &ReceiptV1) -> Vec<u8> {
	// The payload is the context, which has a fixed length, and the bytes.
	let payload = Receipt::V1(receipt.clone()).payload();
	payload[aitbc_core::receipt::RECEIPT_CONTEXT.len()..].to_vec()
}

fn meaning(error: ReceiptError) -> &'static str {
	match error {
		ReceiptError::Malformed => "its bytes are no receipt in canonical form",
		ReceiptError::TooManyAttestations => "it has more than 16 attestations",
		ReceiptError::FinishedBeforeStarted => "the work ended before it began",
	}
}

/// A receipt's content for people and programs.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
	/// The chain's first block.
	pub genesis: Hash,
	/// The job.
	pub job: u64,
	/// The contract under which it was done.
	pub contract: u64,
	/// Which milestone of the contract.
	pub milestone: Option<u32>,
	/// The agent that did the work.
	pub agent: u64,
	/// Its wallet.
	pub wallet: AccountId32,
	/// Who asked for it.
	pub client: AccountId32,
	/// What was counted.
	pub unit: Unit,
	/// How many of it.
	pub units: u64,
	/// What one costs.
	pub unit_price: Amount,
	/// What is asked for all of it.
	pub price: Amount,
	/// The hash of the result.
	pub result: Hash,
	/// When the work began, in active blocks.
	pub started: u32,
	/// When it ended, in active blocks.
	pub finished: u32,
	/// What backs it.
	pub attestations: Vec<AttestationContent>,
}

/// A document that backs a receipt.
#[derive(Clone, Debug, Serialize)]
pub struct AttestationContent {
	/// What kind of document it is.
	pub kind: Kind,
	/// Its hash.
	pub hash: Hash,
}

/// A kind of attestation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
	/// An enclave's quote.
	Enclave,
	/// A log of what was measured.
	Measurement,
	/// A validation on this chain.
	Validation,
	/// Anything else.
	Other,
}

/// Every kind, as it is written.
const KINDS: [(&str, Kind); 4] = [
	("enclave", Kind::Enclave),
	("measurement", Kind::Measurement),
	("validation", Kind::Validation),
	("other", Kind::Other),
];

impl fmt::Display for Kind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let name = KINDS.iter().find(|(_, kind)| kind == self).map_or("", |(name, _)| name);
		f.pad(name)
	}
}

impl From<&ReceiptV1> for Content {
	fn from(receipt: &ReceiptV1) -> Self {
		let attestations = receipt.attestations.iter().map(|one| AttestationContent {
			kind: match one.kind {
				AttestationKind::Enclave => Kind::Enclave,
				AttestationKind::Measurement => Kind::Measurement,
				AttestationKind::Validation => Kind::Validation,
				AttestationKind::Other => Kind::Other,
			},
			hash: Hash(one.hash.0 .0),
		});
		Self {
			genesis: Hash(receipt.genesis.0),
			job: receipt.job.0,
			contract: receipt.contract.0,
			milestone: receipt.milestone.map(|milestone| milestone.0),
			agent: receipt.provider.0,
			wallet: wallet(receipt),
			client: client(receipt),
			unit: receipt.unit.into(),
			units: receipt.units,
			unit_price: Amount(receipt.unit_price),
			price: Amount(receipt.price),
			result: Hash(receipt.result.0 .0),
			started: receipt.started,
			finished: receipt.finished,
			attestations: attestations.collect(),
		}
	}
}

/// An attestation as it is given: its kind, and its hash or the file to hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestationArg {
	kind: Kind,
	document: HashOrFile,
}

/// Why a text is no attestation.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
	"`{0}` is no attestation: write its kind (enclave, measurement, validation, other) and its hash \
	 or file, as `measurement=log.txt`"
)]
pub struct ParseAttestationError(String);

impl FromStr for AttestationArg {
	type Err = ParseAttestationError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let malformed = || ParseAttestationError(text.to_owned());
		let (kind, document) = text.split_once('=').ok_or_else(malformed)?;
		let (_, kind) = KINDS.iter().find(|(name, _)| *name == kind).ok_or_else(malformed)?;
		let document = document.parse().map_err(|_| malformed())?;
		Ok(Self { kind: *kind, document })
	}
}

impl AttestationArg {
	/// The attestation, for which a file may be read.
	pub fn read(self) -> Result<Attestation, crate::digest::FileError> {
		let kind = match self.kind {
			Kind::Enclave => AttestationKind::Enclave,
			Kind::Measurement => AttestationKind::Measurement,
			Kind::Validation => AttestationKind::Validation,
			Kind::Other => AttestationKind::Other,
		};
		Ok(Attestation { kind, hash: DocumentHash(self.document.hash()?.0.into()) })
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::development_key;
	use aitbc_core::{AgentId, ContractId, JobId, MilestoneIndex, WorkHash};
	use sp_core::H256;

	fn signed() -> SignedReceipt {
		let key = development_key("//Dave").expect("it is one");
		let receipt = ReceiptV1 {
			genesis: H256::repeat_byte(1),
			job: JobId(2),
			contract: ContractId(3),
			milestone: Some(MilestoneIndex(4)),
			provider: AgentId(5),
			wallet: key.public_key().0.into(),
			client: [7; 32].into(),
			unit: aitbc_core::Unit::Token,
			units: 8,
			unit_price: 9,
			price: 72,
			result: WorkHash(H256::repeat_byte(10)),
			started: 11,
			finished: 12,
			attestations: Vec::new(),
		};
		sign(receipt, &key)
	}

	#[test]
	fn receipts_should_survive_being_written_and_read() {
		let signed = signed();
		assert!(signed.is_signed());
		assert_eq!(SignedReceipt::parse(&signed.to_json()), Ok(signed));
	}

	#[test]
	fn receipts_should_be_written_over_no_other() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("receipt.json");
		let own = signed();
		own.write_file(&path).expect("it is writable");
		let error = signed().write_file(&path).expect_err("it is there").to_string();
		assert!(error.contains("receipt.json") && error.contains("--receipt"), "{error}");
		assert_eq!(SignedReceipt::read_file(&path).ok(), Some(own));
	}

	#[test]
	fn receipts_should_not_count_as_signed_when_something_differs() {
		let own = signed();
		let forged = ReceiptV1 { price: 73, ..own.receipt.clone() };
		assert!(!SignedReceipt { receipt: forged, ..own.clone() }.is_signed());
		let other = ReceiptV1 { wallet: [6; 32].into(), ..own.receipt.clone() };
		assert!(!SignedReceipt { receipt: other, ..own.clone() }.is_signed());
		assert!(!SignedReceipt { signature: Signature([0; 64]), ..own }.is_signed());
	}

	#[test]
	fn receipts_should_be_refused_when_their_bytes_are_not_canonical() {
		let signed = signed();
		let bytes = hex::encode(encode(&signed.receipt));
		let file = |bytes: String| {
			let file = File { receipt: bytes, signature: signed.signature };
			SignedReceipt::parse(&serde_json::to_string(&file).expect("it is JSON"))
		};
		assert!(file(format!("0x{bytes}")).is_ok());
		for bytes in [
			bytes.clone(),
			format!("0x{bytes}00"),
			format!("0x{}", &bytes[..bytes.len() - 2]),
			format!("0x02{}", &bytes[2..]),
			"0xnonsense".into(),
		] {
			assert!(file(bytes.clone()).is_err(), "{bytes}");
		}
	}

	#[test]
	fn attestations_should_be_a_kind_and_a_document() {
		let hash = format!("0x{}", "04".repeat(32));
		let attestation: AttestationArg =
			format!("validation={hash}").parse().expect("it is well formed");
		let attestation = attestation.read().expect("no file is read");
		assert_eq!(attestation.kind, AttestationKind::Validation);
		assert_eq!(attestation.hash.0, H256::repeat_byte(4));
		for text in ["", "log.txt", "notary=log.txt", "=log.txt"] {
			assert_eq!(text.parse::<AttestationArg>(), Err(ParseAttestationError(text.into())));
		}
	}
}
