//! How people name an account: by address, by key, or by development key.

use super::{Error, KeyFolder, PasswordArgs, Secret, SecretScalar};
use crate::terminal;
use serde::{Serialize, Serializer};
use sp_core::{
	crypto::{Pair, Ss58AddressFormat, Ss58Codec},
	sr25519,
};
use std::{fmt, str::FromStr};
use subxt::utils::AccountId32;
use subxt_signer::{sr25519::Keypair, SecretUri};

/// The SS58 prefix of every AITBC network: the runtime's constant `SS58Prefix`.
const SS58_PREFIX: u16 = 42;

/// The most characters of a key's name: fewer than any address has, so that none is taken for one.
const MAX_NAME_LENGTH: usize = 32;

/// The development accounts that every tool knows, and that development networks endow.
const WELL_KNOWN: [&str; 6] = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie"];

/// The name of a key in the key folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName(String);

/// Why a text cannot name a key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseKeyNameError {
	/// It is empty, too long, or has other characters.
	#[error("`{0}` is no name for a key: use 1 to {MAX_NAME_LENGTH} letters, digits, `-` and `_`")]
	Malformed(String),
	/// It could be taken for bytes.
	#[error(
		"`{0}` is no name for a key: it reads as hexadecimal bytes; begin it with something else \
		 than `0x`"
	)]
	Hexadecimal(String),
}

/// An account, by whatever name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountName {
	/// An address of this chain.
	Address(AccountId32),
	/// A public development key such as `//Alice`.
	Development(String),
	/// A key of the key folder, or a mistyped address. Which of them the folder will tell.
	Key {
		/// The name.
		name: String,
		/// Why it is no address.
		reason: String,
	},
}

/// A key that can sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignerName {
	/// A public development key such as `//Alice`.
	Development(String),
	/// A key of the key folder.
	Key(KeyName),
}

/// Who sends: a key that can sign, or an account whose key is on another machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SenderName {
	/// A key that can sign.
	Signer(SignerName),
	/// An account, for which nothing can be signed here.
	Address(AccountId32),
}

/// Why a text names no key that can sign.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseSignerError {
	/// It is an address.
	#[error("`{0}` is an address, which cannot sign: name a key of the key folder, or `//Alice`")]
	Address(String),
	/// It is no name.
	#[error(transparent)]
	Name(#[from] ParseKeyNameError),
}

impl FromStr for KeyName {
	type Err = ParseKeyNameError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
		let is_name = (1..=MAX_NAME_LENGTH).contains(&text.len())
			&& !text.starts_with('-')
			&& text.chars().all(is_allowed);
		if !is_name {
			return Err(ParseKeyNameError::Malformed(text.to_owned()));
		}
		if is_hexadecimal(text) {
			return Err(ParseKeyNameError::Hexadecimal(text.to_owned()));
		}
		Ok(Self(text.to_owned()))
	}
}

impl fmt::Display for KeyName {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(&self.0)
	}
}

impl Serialize for KeyName {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl FromStr for AccountName {
	type Err = std::convert::Infallible;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		if text.starts_with("//") {
			return Ok(Self::Development(text.to_owned()));
		}
		Ok(match parse_address(text) {
			Ok(account) => Self::Address(account),
			Err(reason) => Self::Key { name: text.to_owned(), reason },
		})
	}
}

impl FromStr for SignerName {
	type Err = ParseSignerError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		if text.starts_with("//") {
			return Ok(Self::Development(text.to_owned()));
		}
		if parse_address(text).is_ok() {
			return Err(ParseSignerError::Address(text.to_owned()));
		}
		Ok(Self::Key(text.parse()?))
	}
}

impl FromStr for SenderName {
	type Err = ParseKeyNameError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text.parse() {
			Ok(signer) => Ok(Self::Signer(signer)),
			Err(ParseSignerError::Name(error)) => Err(error),
			Err(ParseSignerError::Address(_)) => {
				let account = parse_address(text);
				account.map(Self::Address).map_err(|_| ParseKeyNameError::Malformed(text.into()))
			},
		}
	}
}

impl fmt::Display for SignerName {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Development(uri) => f.pad(uri),
			Self::Key(name) => name.fmt(f),
		}
	}
}

impl AccountName {
	/// The account that is meant, for which the key folder may be read. Warns of a name that is
	/// probably mistyped.
	pub fn resolve(&self, folder: &KeyFolder) -> Result<AccountId32, Error> {
		if let Self::Development(uri) = self {
			warn_unless_well_known(uri);
		}
		self.account(folder)
	}

	/// The same without warnings, for whoever has given them already.
	pub fn account(&self, folder: &KeyFolder) -> Result<AccountId32, Error> {
		match self {
			Self::Address(account) => Ok(*account),
			Self::Development(uri) => Ok(development_key(uri)?.public_key().to_account_id()),
			Self::Key { name, reason } => folder.account(name, reason),
		}
	}
}

impl SignerName {
	/// The account that the key signs for, for which the key folder may be read. Warns of a name
	/// that is probably mistyped, and of a key file that others can read.
	pub fn resolve(&self, folder: &KeyFolder) -> Result<AccountId32, Error> {
		match self {
			Self::Development(uri) => warn_unless_well_known(uri),
			Self::Key(name) => folder.warn_if_exposed(name),
		}
		self.account(folder)
	}

	/// The same without warnings, for whoever has given them already.
	pub fn account(&self, folder: &KeyFolder) -> Result<AccountId32, Error> {
		match self {
			Self::Development(uri) => Ok(development_key(uri)?.public_key().to_account_id()),
			Self::Key(name) => Ok(folder.load(name)?.address()),
		}
	}

	/// The key itself, for which its password is read or asked.
	pub fn unlock(&self, folder: &KeyFolder, password: &PasswordArgs) -> Result<Keypair, Error> {
		match self {
			Self::Development(uri) => development_key(uri),
			Self::Key(name) => {
				let (key, path) = (folder.load(name)?, folder.path_of(name));
				key.decrypt(&path, &password.read(name)?)
			},
		}
	}

	/// The key, and its secret, for which its password is read or asked once.
	pub fn unlock_secret(
		&self,
		folder: &KeyFolder,
		password: &PasswordArgs,
	) -> Result<(Keypair, SecretScalar), Error> {
		match self {
			Self::Development(uri) => {
				let key = development_key(uri)?;
				let pair = sr25519::Pair::from_string(uri, None).map_err(|reason| {
					let reason = reason.to_string().to_lowercase();
					Error::Development { uri: uri.clone(), reason }
				})?;
				Ok((key, Secret::from_pair(&pair).scalar()))
			},
			Self::Key(name) => {
				let (key, path) = (folder.load(name)?, folder.path_of(name));
				let password = password.read(name)?;
				let secret = key.decrypt_secret(&path, &password)?.scalar();
				Ok((key.decrypt(&path, &password)?, secret))
			},
		}
	}
}

impl SenderName {
	/// The account that sends, as [`SignerName::resolve`] finds it.
	pub fn resolve(&self, folder: &KeyFolder) -> Result<AccountId32, Error> {
		match self {
			Self::Signer(signer) => signer.resolve(folder),
			Self::Address(account) => Ok(*account),
		}
	}

	/// The same without warnings, for whoever has given them already.
	pub fn account(&self, folder: &KeyFolder) -> Result<AccountId32, Error> {
		match self {
			Self::Signer(signer) => signer.account(folder),
			Self::Address(account) => Ok(*account),
		}
	}

	/// The key that signs, if it is here.
	pub fn signer(&self) -> Result<&SignerName, Error> {
		match self {
			Self::Signer(signer) => Ok(signer),
			Self::Address(account) => Err(Error::CannotSign(*account)),
		}
	}
}

/// Derives a public development key from its name.
pub fn development_key(uri: &str) -> Result<Keypair, Error> {
	let error = |reason: String| Error::Development { uri: uri.to_owned(), reason };
	let uri: SecretUri = uri.parse().map_err(|_| error("a malformed path".into()))?;
	Keypair::from_uri(&uri).map_err(|reason| error(reason.to_string().to_lowercase()))
}

/// The development account that somebody probably means who writes `name`.
pub fn development_account(name: &str) -> Option<String> {
	let meant = WELL_KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(name));
	meant.map(|known| format!("//{known}"))
}

/// Whether a development key's name begins with a well-known account's, whatever is derived from
/// that.
fn is_well_known(uri: &str) -> bool {
	let first = uri.trim_start_matches('/').split('/').next().unwrap_or_default();
	WELL_KNOWN.contains(&first)
}

/// Every path can be derived, so that a mistyped one is an account too, if one that nobody uses.
fn warn_unless_well_known(uri: &str) {
	if !is_well_known(uri) {
		let known = WELL_KNOWN.map(|name| format!("//{name}")).join(", ");
		terminal::warn(format!(
			"`{uri}` is none of the well-known development accounts, {known}: if you meant one of \
			 them, stop here"
		));
	}
}

fn is_hexadecimal(text: &str) -> bool {
	text.starts_with("0x") || text.starts_with("0X")
}

/// Reads an address of this chain.
fn parse_address(text: &str) -> Result<AccountId32, String> {
	if is_hexadecimal(text) {
		return Err("it is hexadecimal, and addresses are in SS58, as in `5Grwva...`".to_owned());
	}
	let (account, format) = sp_core::crypto::AccountId32::from_ss58check_with_version(text)
		.map_err(|reason| reason.to_string().to_lowercase())?;
	if format != Ss58AddressFormat::custom(SS58_PREFIX) {
		let prefix = u16::from(format);
		return Err(format!("it is for another network, with prefix {prefix}, not {SS58_PREFIX}"));
	}
	Ok(AccountId32(account.into()))
}

#[cfg(test)]
mod tests {
	use super::*;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	/// Alice's address on Polkadot, whose prefix is 0.
	const ALICE_ON_POLKADOT: &str = "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5";

	fn account(text: &str) -> AccountName {
		text.parse().expect("infallible")
	}

	#[test]
	fn accounts_should_be_named_by_address_or_key() {
		let alice: AccountId32 = ALICE.parse().expect("it is an address");
		assert_eq!(account(ALICE), AccountName::Address(alice));
		assert_eq!(account("//Alice"), AccountName::Development("//Alice".into()));
		assert!(matches!(account("alice"), AccountName::Key { name, .. } if name == "alice"));
		let key = development_key("//Alice").expect("it is a development key");
		assert_eq!(key.public_key().to_account_id(), alice);
	}

	#[test]
	fn addresses_should_be_refused_when_they_are_of_another_network() {
		let AccountName::Key { reason, .. } = account(ALICE_ON_POLKADOT) else {
			panic!("it is no address of this network");
		};
		assert!(reason.contains("prefix 0"), "{reason}");
	}

	#[test]
	fn addresses_should_be_refused_when_mistyped() {
		let mistyped = ALICE.replace("Qp", "Pp");
		assert!(matches!(account(&mistyped), AccountName::Key { .. }));
	}

	#[test]
	fn signers_should_be_keys_and_no_addresses() {
		assert_eq!("//Bob".parse(), Ok(SignerName::Development("//Bob".into())));
		assert!(matches!("bob".parse(), Ok(SignerName::Key(_))));
		assert_eq!(ALICE.parse::<SignerName>(), Err(ParseSignerError::Address(ALICE.into())));
		assert!(matches!("a/b".parse::<SignerName>(), Err(ParseSignerError::Name(_))));
	}

	#[test]
	fn senders_should_be_keys_or_addresses() {
		let alice: AccountId32 = ALICE.parse().expect("it is an address");
		assert_eq!("bob".parse::<SenderName>().map(|one| one.signer().is_ok()), Ok(true));
		let cold: SenderName = ALICE.parse().expect("it is an address");
		assert_eq!(cold, SenderName::Address(alice));
		let error = cold.signer().expect_err("its key is not here").to_string();
		assert!(error.contains("cannot sign") && error.contains("--offline"), "{error}");
		assert!("a/b".parse::<SenderName>().is_err());
	}

	#[test]
	fn key_names_should_stay_within_the_folder_and_apart_from_addresses() {
		for name in ["a", "agent-7", "Node_1", &"x".repeat(32)] {
			assert!(name.parse::<KeyName>().is_ok(), "{name}");
		}
		for name in ["", "..", "a/b", "a.json", "-a", "a b", "ü", &"x".repeat(33), ALICE] {
			assert!(name.parse::<KeyName>().is_err(), "{name}");
		}
	}

	#[test]
	fn key_names_should_be_refused_when_they_read_as_bytes() {
		for name in ["0xdead", "0x", "0Xworker"] {
			let error = name.parse::<KeyName>().expect_err("it reads as bytes");
			assert_eq!(error, ParseKeyNameError::Hexadecimal(name.into()));
		}
		assert!("0dead".parse::<KeyName>().is_ok());
		let key = format!("0x{}", "ab".repeat(32));
		let AccountName::Key { reason, .. } = account(&key) else { panic!("it is no address") };
		assert!(reason.contains("hexadecimal"), "{reason}");
	}

	#[test]
	fn development_accounts_should_be_told_from_mistyped_ones() {
		for uri in ["//Alice", "//Ferdie", "//Bob//stash", "//Bob/soft"] {
			assert!(is_well_known(uri), "{uri}");
		}
		for uri in ["//Alcie", "//alice", "//", "//Alice2", "//stash//Alice"] {
			assert!(!is_well_known(uri), "{uri}");
		}
		assert_eq!(development_account("alice"), Some("//Alice".into()));
		assert_eq!(development_account("worker"), None);
	}

	#[test]
	fn secrets_should_be_those_of_the_keys_that_sign() {
		let folder = KeyFolder::new(Some("/nowhere".into())).expect("it has a path");
		let password = PasswordArgs { password_file: None };
		let signer = SignerName::Development("//Alice".into());
		let (key, secret) = signer.unlock_secret(&folder, &password).expect("it is a key");
		assert_eq!(key.public_key().to_account_id(), ALICE.parse().expect("it is an address"));
		assert_eq!(hex::encode(&secret.expose()[..4]), "98319d4f");
	}

	#[test]
	fn development_keys_should_be_refused_when_malformed() {
		assert!(matches!(development_key("nonsense//Alice"), Err(Error::Development { .. })));
	}
}
