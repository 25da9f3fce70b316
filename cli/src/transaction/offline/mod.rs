//! Transactions as files: written where there is a node, signed where the key is, and handed in where
//! there is a node again.
//!
//! What is signed are the call's bytes, the terms and the network. What the file says in words is compared
//! with the bytes wherever it is read, so that nobody signs something else than what is shown.

mod error;
mod submitting;

pub use error::Error;
pub use submitting::{submit, Submission};

use crate::{
	amount::Amount,
	chain::{
		offline::{Network, SignedOffline, Terms},
		EncodedCall, Value,
	},
	output::{self, SCHEMA},
	voucher::Signature,
};
use serde::{de::DeserializeOwned, Deserialize, Serialize};
use serde_json::Value as Json;
use std::{fs, io::Write, path::Path};
use subxt::{config::substrate::H256, utils::AccountId32};

/// A transaction that nobody has signed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsigned {
	/// The network that it is for.
	pub network: Network,
	/// Who is to sign.
	pub from: AccountId32,
	/// The pallet and its call, for people.
	pub call: String,
	/// The call's arguments, for people.
	pub arguments: Json,
	/// The call's bytes, which count.
	pub call_data: String,
	/// What it would have cost when it was written, for people.
	pub fee: Amount,
	/// When it counts.
	pub terms: Terms,
}

/// A transaction that is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
	/// What was signed.
	pub unsigned: Unsigned,
	/// The signature.
	pub signature: Signature,
	/// The transaction's bytes, as `author_submitExtrinsic` takes them.
	pub transaction: String,
	/// Its hash, by which it is found in its block.
	pub hash: H256,
}

/// A file with a transaction.
pub trait Paper: Serialize + DeserializeOwned {
	/// What the file is.
	const KIND: &'static str;
	/// Which command writes such files.
	const MADE_BY: &'static str;

	/// Reads the file at `path`.
	fn read(path: &Path) -> Result<Self, Error> {
		let text = fs::read_to_string(path).map_err(Error::unreadable(path))?;
		parse(&text).map_err(|reason| Error::Malformed {
			path: path.to_owned(),
			what: Self::KIND,
			reason,
			advice: Self::MADE_BY,
		})
	}

	/// Writes the file, completely or not at all, and over nothing.
	fn write(&self, path: &Path) -> Result<(), Error> {
		let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
		let folder = folder.unwrap_or_else(|| Path::new("."));
		let text = output::json(Self::KIND, None, self).map_err(Error::unwritable(path))?;
		let mut file = tempfile::NamedTempFile::new_in(folder).map_err(Error::unwritable(path))?;
		writeln!(file, "{text}").map_err(Error::unwritable(path))?;
		file.as_file().sync_all().map_err(Error::unwritable(path))?;
		file.persist_noclobber(path).map_err(|error| Error::unwritable(path)(error.error))?;
		Ok(())
	}
}

impl Paper for Unsigned {
	const KIND: &'static str = "transaction.unsigned";
	const MADE_BY: &'static str = "the command that would send it writes one with `--offline FILE`";
}

impl Paper for Signed {
	const KIND: &'static str = "transaction.signed";
	const MADE_BY: &'static str = "`aitbc transaction sign` writes one";
}

/// What is around a transaction in its file.
#[derive(Deserialize)]
struct Envelope {
	schema: String,
	kind: String,
	data: Json,
}

fn parse<P: Paper>(text: &str) -> Result<P, String> {
	let Envelope { schema, kind, data } =
		serde_json::from_str(text).map_err(|error| error.to_string())?;
	if (schema.as_str(), kind.as_str()) != (SCHEMA, P::KIND) {
		return Err(format!("it has `{kind}` of `{schema}`"));
	}
	serde_json::from_value(data).map_err(|error| error.to_string())
}

impl Unsigned {
	/// The bytes of the call.
	pub fn call_bytes(&self) -> Option<Vec<u8>> {
		hex::decode(self.call_data.strip_prefix("0x")?).ok()
	}

	/// Checks that what the file at `path` says in words is what its bytes mean to whom `read` reads them.
	pub fn check_words(
		&self,
		path: &Path,
		read: impl FnOnce(Vec<u8>) -> Option<(EncodedCall, Value)>,
	) -> Result<(EncodedCall, Value), Error> {
		let altered = |reason: String| Error::Altered { path: path.to_owned(), reason };
		if !self.terms.is_sound() {
			let lifetime = self.terms.lifetime;
			return Err(altered(format!("nothing can count for {lifetime} blocks")));
		}
		let (call, value) = self
			.call_bytes()
			.and_then(read)
			.ok_or_else(|| altered("its bytes are no call of the runtime".to_owned()))?;
		let (name, arguments) = named(value);
		let said = serde_json::to_value(&arguments).ok();
		if name != self.call || said.as_ref() != Some(&self.arguments) {
			let said = &self.call;
			return Err(altered(format!(
				"it says {said} {}, and its bytes are {name} {arguments}",
				self.arguments
			)));
		}
		Ok((call, arguments))
	}

	/// The same with its signature.
	pub fn signed(self, signed: SignedOffline) -> Signed {
		let SignedOffline { signature, bytes, hash } = signed;
		let transaction = format!("0x{}", hex::encode(bytes));
		Signed { unsigned: self, signature: Signature(signature), transaction, hash }
	}
}

/// A call's name, `Escrow.fund`, and its arguments.
pub fn named(call: Value) -> (String, Value) {
	let (pallet, value) = call.into_variant();
	let (function, arguments) = value.into_variant();
	(format!("{pallet}.{function}"), arguments)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::offline::{Birth, OwnRuntime},
		digest::Hash,
		keys::development_key,
	};
	use serde_json::json;

	/// System.remark of one byte.
	fn unsigned() -> Unsigned {
		let key = development_key("//Alice").expect("it is a key");
		Unsigned {
			network: Network {
				chain: "test".into(),
				genesis: H256::repeat_byte(1),
				spec_version: 1,
				transaction_version: 1,
				metadata: Hash([2; 32]),
			},
			from: key.public_key().to_account_id(),
			call: "System.remark".into(),
			arguments: json!({ "remark": "a" }),
			call_data: "0x00000461".into(),
			fee: Amount(5),
			terms: Terms {
				nonce: 3,
				tip: Amount(0),
				birth: Birth { number: 10, hash: H256::repeat_byte(3) },
				lifetime: 64,
			},
		}
	}

	fn check(unsigned: &Unsigned) -> Result<(EncodedCall, Value), Error> {
		let own = OwnRuntime::read().expect("the committed metadata decodes");
		unsigned.check_words(Path::new("file"), |bytes| own.explained_call(bytes))
	}

	#[test]
	fn files_should_be_read_as_they_were_written_and_never_overwritten() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("unsigned.json");
		unsigned().write(&path).expect("the folder is writable");
		assert_eq!(Unsigned::read(&path).expect("it was written"), unsigned());
		let error = unsigned().write(&path).expect_err("it is there").to_string();
		assert!(error.contains("unsigned.json"), "{error}");
		let error = Signed::read(&path).expect_err("it is not signed").to_string();
		assert!(error.contains("aitbc transaction sign"), "{error}");
	}

	#[test]
	fn files_should_be_refused_when_they_have_more_or_less() {
		let text = output::json(Unsigned::KIND, None, &unsigned()).expect("it is JSON");
		assert!(parse::<Unsigned>(&text).is_ok());
		for (old, new) in [
			("\"from\"", "\"tips\": 1, \"from\""),
			("\"fee\": \"5\",", ""),
			("aitbc/v1", "aitbc/v2"),
			("transaction.unsigned", "dry-run"),
		] {
			let changed = text.replacen(old, new, 1);
			assert!(parse::<Unsigned>(&changed).is_err(), "{changed}");
		}
	}

	#[test]
	fn words_should_be_those_of_the_bytes() {
		let (call, arguments) = check(&unsigned()).expect("it says what it is");
		assert_eq!(call.full_name(), "System.remark");
		assert_eq!(arguments.to_string(), "remark: a");
	}

	#[test]
	fn files_should_be_refused_when_they_were_altered() {
		let changes: [fn(&mut Unsigned); 6] = [
			|file| file.call = "System.remark_with_event".into(),
			|file| file.arguments = json!({ "remark": "b" }),
			|file| file.call_data = "0x00000462".into(),
			|file| file.call_data = "0x0000046100".into(),
			|file| file.call_data = "0xff".into(),
			|file| file.terms.lifetime = 100,
		];
		for change in changes {
			let mut file = unsigned();
			change(&mut file);
			let refused = check(&file);
			assert!(matches!(refused, Err(Error::Altered { .. })), "{refused:?}");
		}
	}
}
