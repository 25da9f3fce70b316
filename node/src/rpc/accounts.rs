//! How accounts are written: in SS58, with the chain's prefix.

use super::error::Error;
use aitbc_runtime::{AccountId, Runtime};
use sc_service::ChainSpec;
use serde::{Deserialize, Serialize};
use sp_core::crypto::{Ss58AddressFormat, Ss58Codec};

/// An account as clients send it: SS58 with the chain's prefix, or `0x` and 64 hexadecimal digits.
/// They get it in SS58.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Address(String);

/// Reads and writes the accounts of one chain.
#[derive(Clone, Copy, Debug)]
pub struct Accounts {
	format: Ss58AddressFormat,
}

impl Accounts {
	/// Takes the prefix that `spec` tells wallets, or the runtime's if it tells none.
	pub fn of(spec: &dyn ChainSpec) -> Self {
		let told = spec.properties().get("ss58Format").and_then(|format| format.as_u64());
		let told = told.and_then(|format| u16::try_from(format).ok());
		let prefix = told.unwrap_or_else(<Runtime as frame_system::Config>::SS58Prefix::get);
		Self { format: Ss58AddressFormat::custom(prefix) }
	}

	/// Writes `account`.
	pub fn show(&self, account: &AccountId) -> String {
		account.to_ss58check_with_version(self.format)
	}

	/// Writes `account` where clients may send one as well.
	pub fn address(&self, account: &AccountId) -> Address {
		Address(self.show(account))
	}

	/// Reads an account.
	pub fn read(&self, Address(text): &Address) -> Result<AccountId, Error> {
		if let Some(digits) = text.strip_prefix("0x") {
			let mut key = [0; 32];
			hex::decode_to_slice(digits, &mut key).map_err(|_| {
				Error::BadAccount("after 0x, 64 hexadecimal digits are expected".into())
			})?;
			return Ok(key.into());
		}
		let (account, format) = AccountId::from_ss58check_with_version(text).map_err(|_| {
			Error::BadAccount("an SS58 address is expected, or 0x and 64 digits; check it".into())
		})?;
		if format != self.format {
			return Err(Error::BadAccount(format!(
				"the address is for a network with prefix {}, this one has {}",
				u16::from(format),
				u16::from(self.format)
			)));
		}
		Ok(account)
	}
}

#[cfg(test)]
impl Accounts {
	/// The accounts of a chain with this prefix.
	pub fn with_prefix(prefix: u16) -> Self {
		Self { format: Ss58AddressFormat::custom(prefix) }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keyring::Sr25519Keyring;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const ALICE_ON_POLKADOT: &str = "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5";
	const ALICE_KEY: &str = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

	fn read(text: &str) -> Result<AccountId, Error> {
		Accounts::with_prefix(42).read(&Address(text.into()))
	}

	#[test]
	fn show_should_use_the_chains_prefix() {
		let alice = Sr25519Keyring::Alice.to_account_id();

		assert_eq!(Accounts::with_prefix(42).show(&alice), ALICE);
		assert_eq!(Accounts::with_prefix(0).show(&alice), ALICE_ON_POLKADOT);
	}

	#[test]
	fn read_should_take_an_address_or_a_key() {
		for text in [ALICE, ALICE_KEY] {
			let account = read(text).expect("the text is an account");
			assert_eq!(account, Sr25519Keyring::Alice.to_account_id(), "{text}");
		}
	}

	#[test]
	fn read_should_name_both_prefixes_when_the_address_is_for_another_network() {
		let error = read(ALICE_ON_POLKADOT).expect_err("the prefix is another").to_string();

		assert!(error.contains("prefix 0") && error.contains("42"), "{error}");
	}

	#[test]
	fn read_should_fail_when_the_text_is_no_account() {
		let misspelt = ALICE.replace('G', "H");
		for text in ["", "0x", "0xü", "//Alice", "ü", &misspelt, &ALICE_KEY[..64]] {
			assert!(matches!(read(text), Err(Error::BadAccount(_))), "{text}");
		}
	}
}
