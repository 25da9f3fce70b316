//! Keys whose secrets everybody knows.

use sp_core::{
	crypto::{DeriveJunction, DEV_PHRASE},
	ecdsa, ed25519, sr25519, Pair,
};
use sp_io::hashing::blake2_256;
use std::collections::BTreeMap;

/// Who is named after the development phrase: the SDK's keyring, and those that tools add to it.
const NAMES: [&str; 15] = [
	"Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie", "Grace", "Heidi", "Ivan", "Judy", "One",
	"Two", "Sudo", "Faucet", "Treasury",
];

/// What tools derive of each name.
const ROLES: [&str; 8] =
	["stash", "controller", "babe", "grandpa", "gran", "audi", "authority_discovery", "faucet"];

/// How many numbered keys (`//0`, `//1`) are known.
const NUMBERS: u64 = 100;

/// With how many secrets of one number, or of one byte again and again, manuals show how to start a node.
const SIMPLE_SECRETS: u8 = u8::MAX;

/// Who pays on a network for tests whoever asks: `//Faucet` of the development phrase.
pub const FAUCET: &str = "Faucet";

/// The keys of the development phrase, in all schemes, and those of the simplest secrets, as they stand in accounts,
/// session keys and the identities of nodes.
pub struct WellKnown(BTreeMap<[u8; 32], String>);

impl WellKnown {
	/// Derives them all.
	pub fn new() -> Self {
		let mut known = BTreeMap::new();
		add::<sr25519::Pair>(&mut known, "sr25519", |key| key.0);
		add::<ed25519::Pair>(&mut known, "ed25519", |key| key.0);
		add::<ecdsa::Pair>(&mut known, "ecdsa", |key| blake2_256(&key.0));
		for number in 0..=SIMPLE_SECRETS {
			let mut small = [0; 32];
			small[31] = number;
			for secret in [small, [number; 32]] {
				let name = format!("a simple key (0x{})", hex::encode(secret));
				known.insert(sr25519::Pair::from_seed(&secret).public().0, name.clone());
				known.insert(ed25519::Pair::from_seed(&secret).public().0, name);
			}
		}
		Self(known)
	}

	/// Which of them `key` is.
	pub fn name_of(&self, key: &[u8; 32]) -> Option<String> {
		let [first, ..] = key;
		if key.iter().all(|byte| byte == first) {
			return Some("32 equal bytes".into());
		}
		self.0.get(key).cloned()
	}
}

/// The account that pays whoever asks.
pub fn faucet() -> Option<[u8; 32]> {
	let root = sr25519::Pair::from_phrase(DEV_PHRASE, None).ok()?;
	derived(&root, &[DeriveJunction::hard(FAUCET)]).map(|key| key.0)
}

/// Adds the keys of one scheme to `known`, as `account` gives them.
fn add<P: Pair>(
	known: &mut BTreeMap<[u8; 32], String>,
	scheme: &str,
	account: fn(P::Public) -> [u8; 32],
) {
	// From a phrase to its key it takes thousands of hashes, so that is done once.
	let Ok(root) = P::from_phrase(DEV_PHRASE, None) else { return };
	for (path, uri) in paths() {
		if let Some(key) = derived(&root, &path) {
			known.insert(account(key), format!("{uri} ({scheme})"));
		}
	}
}

/// The public key at `path` under `root`, which is a pair and its seed.
fn derived<P: Pair>(root: &(P, P::Seed), path: &[DeriveJunction]) -> Option<P::Public> {
	let (pair, seed) = root;
	let (pair, _) = pair.derive(path.iter().copied(), Some(seed.clone())).ok()?;
	Some(pair.public())
}

/// What is derived, and how it is written.
fn paths() -> Vec<(Vec<DeriveJunction>, String)> {
	let mut paths = vec![(Vec::new(), "the development phrase itself".to_owned())];
	let names = NAMES.iter().flat_map(|name| [(*name).to_owned(), name.to_lowercase()]);
	for name in names {
		paths.push((vec![DeriveJunction::hard(&name)], format!("//{name}")));
		// Only sr25519 has those.
		paths.push((vec![DeriveJunction::soft(&name)], format!("/{name}")));
		for role in ROLES {
			let path = vec![DeriveJunction::hard(&name), DeriveJunction::hard(role)];
			paths.push((path, format!("//{name}//{role}")));
		}
	}
	// Numbers in a path are encoded as such, and not as their digits.
	let numbers = 0..NUMBERS;
	paths.extend(numbers.map(|number| (vec![DeriveJunction::hard(number)], format!("//{number}"))));
	paths
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

	#[test]
	fn well_known_should_be_every_key_of_the_keyring() {
		let known = WellKnown::new();
		for key in Sr25519Keyring::iter() {
			let name = known.name_of(&key.to_raw_public());
			assert!(name.is_some_and(|name| name.contains("sr25519")), "{key}");
		}
		for key in Ed25519Keyring::iter() {
			let name = known.name_of(&key.to_raw_public());
			assert!(name.is_some_and(|name| name.contains("ed25519")), "{key}");
		}
	}

	#[test]
	fn well_known_should_be_what_a_secret_uri_gives() {
		let known = WellKnown::new();
		for uri in
			["", "//Alice", "//alice", "//Bob//babe", "//Dave//stash", "//0", "//99", "//Faucet"]
		{
			let uri = format!("{DEV_PHRASE}{uri}");
			let sr25519 = sr25519::Pair::from_string(&uri, None).expect("it is a secret").public();
			let ed25519 = ed25519::Pair::from_string(&uri, None).expect("it is a secret").public();
			let ecdsa = ecdsa::Pair::from_string(&uri, None).expect("it is a secret").public();
			for key in [sr25519.0, ed25519.0, blake2_256(&ecdsa.0)] {
				assert!(known.name_of(&key).is_some(), "{uri}");
			}
		}
	}

	#[test]
	fn well_known_should_be_what_a_soft_path_or_a_simple_secret_gives() {
		let known = WellKnown::new();
		let soft = format!("{DEV_PHRASE}/Alice");
		let soft = sr25519::Pair::from_string(&soft, None).expect("it is a secret").public();
		assert_eq!(known.name_of(&soft.0), Some("/Alice (sr25519)".into()));
		let mut one = [0; 32];
		one[31] = 1;
		for secret in [one, [7; 32]] {
			for key in [
				sr25519::Pair::from_seed(&secret).public().0,
				ed25519::Pair::from_seed(&secret).public().0,
			] {
				let name = known.name_of(&key).expect("everybody tries it");
				assert!(name.contains(&hex::encode(secret)), "{name}");
			}
		}
	}

	#[test]
	fn well_known_should_not_be_a_key_of_ones_own() {
		let own = sr25519::Pair::from_seed(&blake2_256(b"my own")).public();
		assert_eq!(WellKnown::new().name_of(&own.0), None);
	}

	#[test]
	fn well_known_should_be_equal_bytes() {
		assert!(WellKnown::new().name_of(&[0; 32]).is_some());
	}
}
