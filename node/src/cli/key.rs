//! The sub-command `key`: the SDK's, with stricter checks and errors that name files.

use super::Cli;
use crate::{
	error::explain,
	file::{naming, FileError},
	service::keys::{scheme_name, SessionKey, SESSION_KEYS},
};
use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use sc_cli::{
	utils, with_crypto_scheme, CryptoScheme, Error as CliError, InsertKeyCmd, KeySubcommand,
	SubstrateCli,
};
use sc_service::BasePath;
use sp_core::crypto::Ss58Codec;
use std::path::{Path, PathBuf};

/// What to do with keys.
#[derive(Debug)]
pub struct KeyCommand {
	/// The SDK's command.
	sdk: KeySubcommand,
	/// Its arguments, some of which the SDK keeps to itself.
	given: ArgMatches,
}

/// Why a key is refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
	/// The runtime knows no such session key.
	#[error("`{0}` is no session key of this chain: pass --key-type with {known}", known = all_key_types())]
	UnknownKeyType(String),
	/// The runtime's session key of this type signs with another scheme.
	#[error(
		"`{key}` keys sign with {right}, and one of {given} would be of no use: pass --scheme {right}",
		right = scheme_name(key.scheme),
		given = scheme_name(*given)
	)]
	WrongScheme {
		/// What was to be inserted.
		key: &'static SessionKey,
		/// The scheme that was named.
		given: CryptoScheme,
	},
	/// It is neither a secret nor an address.
	#[error(
		"this is neither a secret URI nor an address of the scheme {}: pass a secret phrase, a \
		 seed (0x…), a derivation (//Alice), an address, or, with --public, a public key (0x…)",
		scheme_name(*.0)
	)]
	NoKey(CryptoScheme),
}

impl From<Error> for CliError {
	fn from(error: Error) -> Self {
		Self::Application(Box::new(error))
	}
}

impl FromArgMatches for KeyCommand {
	fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
		let given = matches.subcommand().map(|(_, given)| given.clone()).unwrap_or_default();
		Ok(Self { sdk: KeySubcommand::from_arg_matches(matches)?, given })
	}

	fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
		*self = Self::from_arg_matches(matches)?;
		Ok(())
	}
}

impl Subcommand for KeyCommand {
	fn augment_subcommands(command: Command) -> Command {
		KeySubcommand::augment_subcommands(command)
	}

	fn augment_subcommands_for_update(command: Command) -> Command {
		KeySubcommand::augment_subcommands_for_update(command)
	}

	fn has_subcommand(name: &str) -> bool {
		KeySubcommand::has_subcommand(name)
	}
}

impl KeyCommand {
	/// Does it.
	pub fn run(&self, cli: &Cli) -> Result<(), CliError> {
		match &self.sdk {
			KeySubcommand::Generate(_) => self.sdk.run(cli),
			KeySubcommand::Inspect(command) => {
				self.check_is_key(command.crypto_scheme.scheme)?;
				self.sdk.run(cli)
			},
			KeySubcommand::Insert(command) => self.insert(command, cli),
			KeySubcommand::GenerateNodeKey(_) => self.sdk.run(cli).map_err(naming(
				"write a network key to",
				self.network_key_place().as_deref(),
				"pass a --file or a --base-path where you may write",
			)),
			KeySubcommand::InspectNodeKey(_) => {
				self.sdk.run(cli).map_err(|error| self.about_network_key(error))
			},
		}
	}

	/// Fails when what is to be inspected is no key: the SDK says so, but calls it a success.
	///
	/// What is typed at the SDK's prompt stays unchecked.
	fn check_is_key(&self, scheme: CryptoScheme) -> Result<(), CliError> {
		let Some(given) = self.text("uri") else { return Ok(()) };
		if self.given.get_flag("public") {
			return Ok(());
		}
		let uri = read_uri(given)?;
		if with_crypto_scheme!(scheme, is_key(&uri)) {
			return Ok(());
		}
		Err(Error::NoKey(scheme).into())
	}

	/// Inserts a key, unless the runtime could do nothing with it.
	fn insert(&self, command: &InsertKeyCmd, cli: &Cli) -> Result<(), CliError> {
		check_scheme(self.text("key_type").unwrap_or_default(), command.scheme)?;
		if let Some(given) = self.text("suri") {
			read_uri(given)?;
		}
		let keystore = keystore_of(command, cli)?;
		self.sdk.run(cli).map_err(|error| match error {
			CliError::KeyStorage(_) | CliError::KeystoreOperation => FileError {
				action: "write to the keystore",
				path: keystore,
				cause: explain(&error),
				remedy: "pass the --chain and --base-path of the node, as somebody who may write \
				         there",
			}
			.into(),
			error => error,
		})
	}

	/// Where a network key is written to, unless it is printed.
	fn network_key_place(&self) -> Option<PathBuf> {
		if self.given.get_flag("default_base_path") {
			return Some(default_base_path().path().into());
		}
		self.path("file").or_else(|| self.path("base_path")).map(Path::to_path_buf)
	}

	/// Names the file in an error about a network key that was read.
	fn about_network_key(&self, error: CliError) -> CliError {
		let Some(path) = self.path("file") else { return error };
		FileError {
			action: "read a network key from",
			path: path.into(),
			cause: explain(&error),
			remedy: "check --file; with --bin, it holds 32 bytes, and else 64 hexadecimal digits",
		}
		.into()
	}

	fn text(&self, id: &str) -> Option<&str> {
		self.given.get_one::<String>(id).map(String::as_str)
	}

	fn path(&self, id: &str) -> Option<&Path> {
		self.given.get_one::<PathBuf>(id).map(PathBuf::as_path)
	}
}

/// Whether `uri` is a secret or an address of the scheme `P`.
fn is_key<P: sp_core::Pair>(uri: &str) -> bool {
	P::from_string_with_seed(uri, None).is_ok() || P::Public::from_string_with_version(uri).is_ok()
}

fn check_scheme(key_type: &str, given: CryptoScheme) -> Result<(), Error> {
	let key =
		SessionKey::named(key_type).ok_or_else(|| Error::UnknownKeyType(key_type.to_owned()))?;
	if key.scheme == given {
		return Ok(());
	}
	Err(Error::WrongScheme { key, given })
}

/// The names of all session keys, for a message.
fn all_key_types() -> String {
	SESSION_KEYS.each_ref().map(|key| format!("`{key}`")).join(" or ")
}

/// The folder of the keystore that the SDK will insert into.
fn keystore_of(command: &InsertKeyCmd, cli: &Cli) -> Result<PathBuf, CliError> {
	if let Some(path) = &command.keystore_params.keystore_path {
		return Ok(path.clone());
	}
	let shared = &command.shared_params;
	let chain = cli.load_spec(&shared.chain_id(shared.is_dev()))?;
	let base = shared.base_path()?.unwrap_or_else(default_base_path);
	Ok(base.config_dir(chain.id()).join("keystore"))
}

/// Where the SDK keeps data without a `--base-path`.
fn default_base_path() -> BasePath {
	BasePath::from_project("", "", &Cli::executable_name())
}

/// Reads what the SDK takes for a URI: the text itself, or the content of the file of that name.
fn read_uri(given: &str) -> Result<String, CliError> {
	utils::read_uri(Some(&given.to_owned())).map_err(naming(
		"read the secret in",
		Some(Path::new(given)),
		"pass a readable file or the secret itself",
	))
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_node_wasm::WASM_BINARY;
	use clap::Parser;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	/// Runs `aitbc-node key` with `arguments`.
	fn run(arguments: &[&str]) -> Result<(), CliError> {
		let line = ["aitbc-node", "key"].iter().chain(arguments);
		let cli = Cli::parse_from(line);
		let Some(crate::cli::Subcommand::Key(command)) = &cli.subcommand else {
			panic!("`key` is a sub-command");
		};
		command.run(&cli)
	}

	fn error_of(arguments: &[&str]) -> String {
		explain(&run(arguments).expect_err("this is refused"))
	}

	/// Inserts Alice's key as the one for authoring blocks, of the chain `dev`.
	fn insert_babe(base: &Path, scheme: &str) -> String {
		let base = base.to_string_lossy();
		let place = ["insert", "--chain", "dev", "--base-path", &base];
		let key = ["--suri", "//Alice", "--key-type", "babe", "--scheme", scheme];
		error_of(&[&place[..], &key].concat())
	}

	#[test]
	fn check_scheme_should_accept_each_session_key_with_its_own_scheme_only() {
		use CryptoScheme::{Ecdsa, Ed25519, Sr25519};
		for (key_type, right) in [("gran", Ed25519), ("babe", Sr25519), ("audi", Sr25519)] {
			for given in [Ed25519, Sr25519, Ecdsa] {
				assert_eq!(check_scheme(key_type, given).is_ok(), given == right, "{key_type}");
			}
		}
	}

	#[test]
	fn insert_should_name_the_right_scheme_when_the_wrong_one_is_given() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");

		let error = insert_babe(folder.path(), "ed25519");

		assert!(error.contains("pass --scheme sr25519"), "{error}");
		assert_eq!(folder.path().read_dir().expect("it is there").count(), 0);
	}

	#[test]
	fn insert_should_name_the_session_keys_when_the_type_is_unknown() {
		let error = check_scheme("imon", CryptoScheme::Sr25519).expect_err("there is none");

		assert!(error.to_string().contains("`gran` or `babe` or `audi`"), "{error}");
	}

	#[test]
	fn inspect_should_fail_when_it_is_given_no_key() {
		let error = error_of(&["inspect", "nonsense"]);

		assert!(error.contains("neither a secret URI nor an address"), "{error}");
		assert!(error.contains("sr25519"), "{error}");
	}

	#[test]
	fn inspect_should_take_secrets_addresses_and_public_keys() {
		let phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
		let seed = format!("0x{}", "07".repeat(32));
		for key in [phrase, &format!("{phrase}//Alice///password"), &seed, "//Alice", ALICE] {
			assert!(run(&["inspect", key]).is_ok(), "{key}");
		}
		assert!(run(&["inspect", "--public", &seed]).is_ok());
	}

	#[test]
	fn node_key_commands_should_name_the_file_when_it_is_of_no_use() {
		if WASM_BINARY.is_none() {
			return;
		}
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let malformed = folder.path().join("key");
		std::fs::write(&malformed, "no key").expect("the folder is writable");
		let malformed = malformed.to_string_lossy();
		let inside_a_file = format!("{malformed}/key");
		for (arguments, path) in [
			(vec!["inspect-node-key", "--file", &malformed], &*malformed),
			(vec!["inspect-node-key", "--file", &inside_a_file], &*inside_a_file),
			(
				vec!["generate-node-key", "--chain", "dev", "--file", &inside_a_file],
				&*inside_a_file,
			),
			(
				vec!["generate-node-key", "--chain", "dev", "--base-path", &inside_a_file],
				&*inside_a_file,
			),
		] {
			let error = error_of(&arguments);
			assert!(error.contains(path), "{arguments:?}: {error}");
		}
	}

	#[test]
	fn insert_should_name_the_keystore_when_it_cannot_be_written() {
		if WASM_BINARY.is_none() {
			return;
		}
		let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");

		let error = insert_babe(file.path(), "sr25519");

		let keystore = file.path().join("chains/dev/keystore");
		assert!(error.contains(&*keystore.to_string_lossy()), "{error}");
	}
}
