//! The genesis of a test's network: the `local` preset with other validators and eras.

use crate::program;
use serde_json::{json, Value};
use std::{
	fs,
	path::{Path, PathBuf},
};

/// The validators' names. The first four are those of the preset.
const NAMES: [&str; 10] =
	["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie", "Grace", "Heidi", "Ivan", "Judy"];

/// What a stash owns and what it has bonded of that, in plancks: as the preset has it.
const ENDOWMENT: u64 = 1_000_000_000_000_000_000;
const BOND: u64 = 100_000_000_000_000_000;

/// How long a network's eras are, and how long a slash waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eras {
	/// Slots in an epoch, three seconds each.
	pub slots_per_epoch: u32,
	/// Epochs in an era.
	pub epochs: u32,
}

impl Eras {
	/// Half an hour, which no fault outlasts: nobody is chilled or leaves the set in between.
	pub const LONG: Self = Self { slots_per_epoch: 20, epochs: 30 };

	/// A minute, for what happens at an era's end.
	pub const SHORT: Self = Self { slots_per_epoch: 10, epochs: 2 };
}

/// What a validator signs with: all keys come from one development secret.
#[derive(Clone, Debug)]
pub struct Keys {
	/// The validator's name in lower case, for logs.
	pub name: String,
	secret: String,
	stash: Public,
	sr25519: Public,
	ed25519: Public,
}

/// A public key.
#[derive(Clone, Debug)]
struct Public {
	/// In hexadecimal digits.
	digits: String,
	address: String,
}

impl Public {
	/// The key of `secret` under `scheme`.
	fn of(secret: &str, scheme: &str) -> Self {
		let arguments = ["key", "inspect", "--output-type", "json", "--scheme", scheme, secret];
		let key = program::run_json(&arguments);
		let text = |field: &str| key[field].as_str().expect("a key has this field").to_owned();
		let digits = text("publicKey").trim_start_matches("0x").to_owned();
		Self { digits, address: text("ss58Address") }
	}
}

impl Keys {
	/// Those of the validator with this place in the genesis, or of a candidate after these.
	pub fn of(place: usize) -> Self {
		let name = NAMES.get(place).expect("no network has so many validators");
		let secret = format!("//{name}");
		Self {
			name: name.to_lowercase(),
			stash: Public::of(&format!("{secret}//stash"), "sr25519"),
			sr25519: Public::of(&secret, "sr25519"),
			ed25519: Public::of(&secret, "ed25519"),
			secret,
		}
	}

	/// The secret that the stash is derived from.
	pub fn stash_secret(&self) -> String {
		format!("{}//stash", self.secret)
	}

	/// The stash's public key, in hexadecimal digits.
	pub fn stash_digits(&self) -> &str {
		&self.stash.digits
	}

	/// The stash's address.
	pub fn stash_address(&self) -> &str {
		&self.stash.address
	}

	/// Writes the session keys into the folder of a keystore.
	pub fn store(&self, keystore: &Path) {
		fs::create_dir_all(keystore).expect("the temporary folder is writable");
		let secret = Value::from(self.secret.as_str()).to_string();
		for (kind, key) in
			[("babe", &self.sr25519), ("gran", &self.ed25519), ("audi", &self.sr25519)]
		{
			let file = keystore.join(hex::encode(kind) + &key.digits);
			fs::write(file, &secret).expect("the temporary folder is writable");
		}
	}

	fn session(&self) -> Value {
		json!([self.stash.address, self.stash.address, {
			"authority_discovery": self.sr25519.address,
			"babe": self.sr25519.address,
			"grandpa": self.ed25519.address,
		}])
	}

	fn staker(&self) -> Value {
		json!([self.stash.address, self.stash.address, BOND, "Validator"])
	}
}

/// Writes the raw chain specification of a network into `folder`.
///
/// Its first `validators` of `everybody` validate. The others have money to begin with it later; then
/// `wanted` says how many the elections are for.
pub fn write_spec(folder: &Path, everybody: &[Keys], validators: usize, eras: Eras) -> PathBuf {
	let mut spec = program::run_json(&["export-chain-spec", "--chain", "local"]);
	spec["id"] = "network_test".into();
	let patch = &mut spec["genesis"]["runtimeGenesis"]["patch"];
	let constants = &mut patch["networkParameters"]["constants"];
	constants["epochLength"] = eras.slots_per_epoch.into();
	constants["sessionsPerEra"] = eras.epochs.into();
	let first = everybody.iter().take(validators);
	patch["session"]["keys"] = first.clone().map(Keys::session).collect();
	patch["staking"]["stakers"] = first.map(Keys::staker).collect();
	patch["staking"]["validatorCount"] = everybody.len().into();
	let balances =
		patch["balances"]["balances"].as_array_mut().expect("the preset endows accounts");
	for keys in everybody {
		let stash = Value::from(keys.stash.address.as_str());
		if balances.iter().all(|entry| entry[0] != stash) {
			balances.push(json!([stash, ENDOWMENT]));
		}
	}
	let (plain, raw) = (folder.join("plain.json"), folder.join("raw.json"));
	fs::write(&plain, spec.to_string()).expect("the temporary folder is writable");
	let plain = plain.to_str().expect("temporary folders have plain names");
	let exported = program::run(&["export-chain-spec", "--raw", "--chain", plain]);
	fs::write(&raw, exported).expect("the temporary folder is writable");
	raw
}

/// The folder that a node on such a network keeps things of the chain in, under its own.
pub(crate) const CHAIN_FOLDER: &str = "chains/network_test";
