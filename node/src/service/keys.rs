//! The keys that a validator signs with, and what to say when some are missing.

use crate::file::{make_folder, FileError};
use sc_cli::CryptoScheme;
use sc_service::config::KeystoreConfig;
use sp_core::crypto::{key_types, KeyTypeId};
use sp_keystore::{Keystore, KeystorePtr};
use std::fmt;

/// A kind of session key.
#[derive(Debug, PartialEq, Eq)]
pub struct SessionKey {
	/// What the keystore files it under.
	pub key_type: KeyTypeId,
	/// How it signs.
	pub scheme: CryptoScheme,
	/// What a validator cannot do without it.
	purpose: &'static str,
}

/// The runtime's session keys, in the order of its `SessionKeys`.
pub const SESSION_KEYS: [SessionKey; 3] = [
	SessionKey {
		key_type: key_types::GRANDPA,
		scheme: CryptoScheme::Ed25519,
		purpose: "finalize blocks",
	},
	SessionKey {
		key_type: key_types::BABE,
		scheme: CryptoScheme::Sr25519,
		purpose: "author blocks",
	},
	SessionKey {
		key_type: key_types::AUTHORITY_DISCOVERY,
		scheme: CryptoScheme::Sr25519,
		purpose: "be found by the other validators",
	},
];

impl SessionKey {
	/// The kind of session key with this name, such as `babe`.
	pub fn named(name: &str) -> Option<&'static Self> {
		SESSION_KEYS.iter().find(|key| key.key_type.0 == name.as_bytes())
	}

	fn is_in(&self, keystore: &KeystorePtr) -> bool {
		match self.scheme {
			CryptoScheme::Ed25519 => !keystore.ed25519_public_keys(self.key_type).is_empty(),
			CryptoScheme::Sr25519 => !keystore.sr25519_public_keys(self.key_type).is_empty(),
			CryptoScheme::Ecdsa => !keystore.ecdsa_public_keys(self.key_type).is_empty(),
		}
	}
}

impl fmt::Display for SessionKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&String::from_utf8_lossy(&self.key_type.0))
	}
}

/// The name of `scheme` on the command line.
pub const fn scheme_name(scheme: CryptoScheme) -> &'static str {
	match scheme {
		CryptoScheme::Ed25519 => "ed25519",
		CryptoScheme::Sr25519 => "sr25519",
		CryptoScheme::Ecdsa => "ecdsa",
	}
}

/// Makes the keystore's folder, if there is none.
pub fn ensure_place(place: &KeystoreConfig) -> Result<(), FileError> {
	match place.path() {
		Some(path) => make_folder(path, "pass a --keystore-path where you may write"),
		None => Ok(()),
	}
}

/// Warns that a validator cannot do its work, if its keystore lacks some of its keys.
pub fn warn_if_missing(keystore: &KeystorePtr, place: &KeystoreConfig) {
	let missing = missing(keystore);
	if missing.is_empty() {
		return;
	}
	let place = match place.path() {
		Some(path) => path.display().to_string(),
		None => "in memory".into(),
	};
	log::warn!("🔑 {}", warning(&missing, &place));
}

fn missing(keystore: &KeystorePtr) -> Vec<&'static SessionKey> {
	SESSION_KEYS.iter().filter(|key| !key.is_in(keystore)).collect()
}

fn warning(missing: &[&SessionKey], place: &str) -> String {
	let mut warning = format!(
		"This node runs as a validator, but its keystore ({place}) lacks session keys. It cannot:"
	);
	for key in missing {
		warning.push_str(&format!("\n  {}: no `{key}` key", key.purpose));
	}
	warning.push_str(
		"\nNew keys: call the RPC `author_rotateKeysWithOwner` on this machine with your stash \
		 account's public key, then send `session.setKeys` from that account.\n\
		 Existing keys, with the same --chain and --base-path:",
	);
	for key in missing {
		let scheme = scheme_name(key.scheme);
		warning.push_str(&format!("\n  aitbc-node key insert --key-type {key} --scheme {scheme}"));
	}
	warning
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_runtime::SessionKeys;
	use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
	use sp_runtime::traits::OpaqueKeys;
	use std::sync::Arc;

	#[test]
	fn session_keys_should_be_those_of_the_runtime() {
		let keystore: KeystorePtr = Arc::new(MemoryKeystore::new());
		let mut externalities = sp_io::TestExternalities::default();
		externalities.register_extension(KeystoreExt(keystore.clone()));

		externalities.execute_with(|| SessionKeys::generate(b"owner", None));

		let key_types: Vec<_> = SESSION_KEYS.iter().map(|key| key.key_type).collect();
		assert_eq!(key_types, SessionKeys::key_ids());
		assert_eq!(missing(&keystore), Vec::<&SessionKey>::new());
	}

	#[test]
	fn missing_should_be_every_key_that_is_not_there() {
		let keystore: KeystorePtr = Arc::new(MemoryKeystore::new());
		assert_eq!(missing(&keystore).len(), SESSION_KEYS.len());

		keystore.sr25519_generate_new(key_types::BABE, None).expect("memory takes keys");

		let missing: Vec<_> = missing(&keystore).iter().map(ToString::to_string).collect();
		assert_eq!(missing, ["gran", "audi"]);
	}

	#[test]
	fn warning_should_give_the_command_for_each_missing_key() {
		let missing: Vec<_> =
			["gran", "audi"].iter().filter_map(|n| SessionKey::named(n)).collect();

		let warning = warning(&missing, "/data/keystore");

		assert!(warning.contains("/data/keystore"), "{warning}");
		assert!(warning.contains("key insert --key-type gran --scheme ed25519"), "{warning}");
		assert!(warning.contains("key insert --key-type audi --scheme sr25519"), "{warning}");
		assert!(!warning.contains("babe"), "{warning}");
	}
}
