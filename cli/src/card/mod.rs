//! Agent cards: their hash, their signatures, and whether a card is the one that is registered.
//!
//! The hash is the SHA-256 of the card's canonical JSON (RFC 8785) without `signatures`. Nothing
//! here asks a chain.

mod canonical;
mod check;
mod json;
mod key;
mod signature;
mod signing;

pub use check::{check, Registered, Step};
pub use key::CardKey;
pub use signing::{SignedCard, Signer, SigningError};

use crate::digest::Hash;
use json::Json;
use std::{fs, io, path::Path};

/// The member of a card that its hash does not cover, so that signing does not change the hash.
const SIGNATURES: &str = "signatures";

/// Why a file is no card.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The file could not be read.
	#[error("cannot read the agent card `{path}`: {source}; give a readable file")]
	Read {
		/// The path of the file.
		path: String,
		/// What the system says.
		source: io::Error,
	},
	/// The file is no card.
	#[error("the agent card `{path}` is wrong: {source}")]
	Malformed {
		/// The path of the file.
		path: String,
		/// What is wrong, where, and what to do.
		source: ParseError,
	},
}

/// Why a text is no card.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
	/// It is no JSON with one meaning.
	#[error(transparent)]
	Json(#[from] json::Error),
	/// It is JSON of another kind.
	#[error("it is JSON but no object; a card starts with `{{`")]
	NoObject,
}

/// An agent card.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
	/// Everything but the signatures.
	content: Json,
	/// What the card has as its signatures.
	signatures: Option<Json>,
}

impl Card {
	/// Reads a card.
	pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
		let Json::Object(members) = Json::parse(bytes)? else {
			return Err(ParseError::NoObject);
		};
		let (signatures, content) =
			members.into_iter().partition::<Vec<_>, _>(|(name, _)| name == SIGNATURES);
		let signatures = signatures.into_iter().map(|(_, value)| value).next();
		Ok(Self { content: Json::Object(content), signatures })
	}

	/// Its hash, as the chain keeps it.
	pub fn hash(&self) -> Hash {
		Hash::of(self.payload().as_bytes())
	}

	/// What its hash and its signatures cover: the canonical form without `signatures`.
	fn payload(&self) -> String {
		self.content.canonical()
	}

	/// The same without members and items that hold nothing.
	///
	/// A2A's libraries sign and check this form, and its specification keeps some of them (section
	/// 8.4.1, disputed in its issue 2122). A card without such members has one form only.
	fn payload_without_empty(&self) -> String {
		self.content.without_empty().unwrap_or(Json::Object(Vec::new())).canonical()
	}
}

/// Reads the file at `path`.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
	fs::read(path).map_err(|source| Error::Read { path: path.display().to_string(), source })
}

/// Reads the card in the file at `path`.
pub fn read(path: &Path) -> Result<Card, Error> {
	Card::parse(&read_file(path)?)
		.map_err(|source| Error::Malformed { path: path.display().to_string(), source })
}

/// The hash of the card in the file at `path`.
pub fn hash_file(path: &Path) -> Result<Hash, Error> {
	Ok(read(path)?.hash())
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io::Write;

	fn hash(json: &str) -> Hash {
		Card::parse(json.as_bytes()).expect("it is a card").hash()
	}

	#[test]
	fn card_hash_should_not_depend_on_layout_or_signatures() {
		let plain = r#"{"name":"a","skills":[{"id":1.0}]}"#;
		let signed =
			"{ \"skills\": [ { \"id\": 1 } ],\n \"signatures\": [{}],\n \"name\": \"\\u0061\" }";
		let other = r#"{"name":"b","skills":[{"id":1}]}"#;

		assert_eq!(hash(plain), Hash::of(br#"{"name":"a","skills":[{"id":1}]}"#));
		assert_eq!(hash(plain), hash(signed));
		assert_ne!(hash(plain), hash(other));
	}

	#[test]
	fn card_hash_should_cover_signatures_that_are_not_the_cards_own() {
		assert_ne!(hash(r#"{"a":{"signatures":[1]}}"#), hash(r#"{"a":{"signatures":[2]}}"#));
	}

	#[test]
	fn card_hash_should_tell_an_object_from_the_number_that_serde_json_takes_it_for() {
		let name = "$serde_json::private::Number";
		assert_ne!(hash(&format!(r#"{{"a":{{"{name}":"1"}}}}"#)), hash(r#"{"a":1}"#));
	}

	#[test]
	fn cards_should_be_refused_when_they_are_none() {
		let error = Card::parse(br#"{"a":1,"a":1}"#).expect_err("which of them counts?");
		assert!(matches!(&error, ParseError::Json(json::Error::Duplicate { .. })), "{error}");
		assert_eq!(Card::parse(b"[]"), Err(ParseError::NoObject));
		assert!(matches!(hash_file(Path::new("/nowhere")), Err(Error::Read { .. })));

		let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		file.write_all(b"{").expect("a temporary file can be written");
		let error = hash_file(file.path()).expect_err("it is no card").to_string();
		assert!(error.contains(&file.path().display().to_string()), "{error}");
		assert!(error.contains("line 1, column 2"), "{error}");
	}

	/// A2A specification 1.0, section 8.4.1: its example, as its libraries canonicalize it. They
	/// leave out the required members as well, which the section keeps.
	#[test]
	fn empty_members_should_be_left_out_as_the_libraries_of_a2a_do() {
		let card = Card::parse(
			br#"{ "name": "Example Agent", "description": "",
				"capabilities": { "streaming": false, "pushNotifications": false, "extensions": [] },
				"skills": [], "icons": [{}, ["", null]], "zero": 0 }"#,
		)
		.expect("it is a card");
		assert_eq!(
			card.payload_without_empty(),
			concat!(
				r#"{"capabilities":{"pushNotifications":false,"streaming":false},"#,
				r#""name":"Example Agent","zero":0}"#
			)
		);
		let empty = Card::parse(b"{}").expect("it is a card");
		assert_eq!(empty.payload_without_empty(), empty.payload());
	}
}
