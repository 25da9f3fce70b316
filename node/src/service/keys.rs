//! Tells an operator whose validator has no keys.

use sc_service::config::KeystoreConfig;
use sp_core::crypto::key_types;
use sp_keystore::{Keystore, KeystorePtr};

/// Warns that a validator could not author a single block, if its keystore has no key for it.
pub fn warn_if_missing(keystore: &KeystorePtr, place: &KeystoreConfig) {
	if has_babe_key(keystore) {
		return;
	}
	let place = match place.path() {
		Some(path) => path.display().to_string(),
		None => "in memory".into(),
	};
	log::warn!(
		"🔑 This node runs as a validator, but its keystore ({place}) holds no BABE key: it will \
		 author no block and finalize none.\n\
		 New keys: call the RPC `author_rotateKeysWithOwner` on this machine with your stash \
		 account's public key, then send `session.setKeys` from that account.\n\
		 Existing keys: `aitbc-node key insert --key-type babe --scheme sr25519` with the same \
		 --chain and --base-path; likewise `gran` with ed25519 and `audi` with sr25519."
	);
}

fn has_babe_key(keystore: &KeystorePtr) -> bool {
	!keystore.sr25519_public_keys(key_types::BABE).is_empty()
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keystore::testing::MemoryKeystore;
	use std::sync::Arc;

	#[test]
	fn babe_key_should_be_found_when_it_is_among_others() {
		let keystore: KeystorePtr = Arc::new(MemoryKeystore::new());
		assert!(!has_babe_key(&keystore));

		keystore
			.sr25519_generate_new(key_types::AUTHORITY_DISCOVERY, None)
			.expect("memory takes keys");
		assert!(!has_babe_key(&keystore));

		keystore.sr25519_generate_new(key_types::BABE, None).expect("memory takes keys");
		assert!(has_babe_key(&keystore));
	}
}
