//! Session keys: those that validators sign blocks and votes with.

use super::{
	runtime,
	runtime::runtime_types::{
		aitbc_runtime::{RuntimeCall, SessionKeys as GeneratedKeys},
		pallet_session::pallet::Call as Session,
		sp_authority_discovery, sp_consensus_babe, sp_consensus_grandpa,
	},
	Block, Chain, ChainCall, Error,
};
use serde::{Deserialize, Serialize, Serializer};
use subxt::utils::AccountId32;

/// The public keys of a validator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
	grandpa: [u8; 32],
	babe: [u8; 32],
	authority_discovery: [u8; 32],
}

impl Keys {
	/// The keys that encode so.
	fn read(bytes: &[u8]) -> Option<Self> {
		let [grandpa, babe, authority_discovery]: [[u8; 32]; 3] = bytes
			.chunks(32)
			.map(|key| key.try_into().ok())
			.collect::<Option<Vec<_>>>()?
			.try_into()
			.ok()?;
		Some(Self { grandpa, babe, authority_discovery })
	}

	/// As `0x` and hexadecimal digits, as nodes take and give them.
	pub fn digits(&self) -> String {
		let keys = [self.grandpa, self.babe, self.authority_discovery];
		format!("0x{}", hex::encode(keys.concat()))
	}
}

impl Serialize for Keys {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(&self.digits())
	}
}

impl From<&GeneratedKeys> for Keys {
	fn from(keys: &GeneratedKeys) -> Self {
		let GeneratedKeys { grandpa, babe, authority_discovery } = keys;
		Self { grandpa: grandpa.0, babe: babe.0, authority_discovery: authority_discovery.0 }
	}
}

impl From<Keys> for GeneratedKeys {
	fn from(keys: Keys) -> Self {
		Self {
			grandpa: sp_consensus_grandpa::app::Public(keys.grandpa),
			babe: sp_consensus_babe::app::Public(keys.babe),
			authority_discovery: sp_authority_discovery::app::Public(keys.authority_discovery),
		}
	}
}

/// Keys that a node has just made, and the proof that it has them.
pub struct NewKeys {
	/// The keys.
	pub keys: Keys,
	/// What the keys signed.
	proof: Vec<u8>,
}

/// As `author_rotateKeysWithOwner` answers.
#[derive(Deserialize)]
struct Answer {
	keys: String,
	proof: Option<String>,
}

/// Reads the keys that `validator` has set, which count two sessions later.
pub async fn next_keys(block: &Block, validator: AccountId32) -> Result<Option<Keys>, Error> {
	let keys = block.option(runtime::storage().session().next_keys(), (validator,)).await?;
	Ok(keys.as_ref().map(Keys::from))
}

/// Reads the keys that `validator` has in the next session, if it validates then.
pub async fn queued_keys(block: &Block, validator: AccountId32) -> Result<Option<Keys>, Error> {
	let queued = block.value(runtime::storage().session().queued_keys(), ()).await?;
	let own = queued.iter().find(|(one, _)| *one == validator);
	Ok(own.map(|(_, keys)| Keys::from(keys)))
}

/// Whether validators sign with `keys` in this session.
pub async fn are_used(block: &Block, keys: &Keys) -> Result<bool, Error> {
	let authorities = block.value(runtime::storage().babe().authorities(), ()).await?;
	Ok(authorities.0.iter().any(|(key, _)| key.0 == keys.babe))
}

/// Whether `validator` validates in this session.
pub async fn is_active(block: &Block, validator: AccountId32) -> Result<bool, Error> {
	Ok(super::network::validators(block).await?.contains(&validator))
}

/// Whether the node has the secrets of all `keys`. Only its operator may ask.
pub async fn node_has(node: &Chain, keys: &Keys) -> Result<bool, Error> {
	node.request_with("author_hasSessionKeys", keys.digits()).await
}

/// Has the node make new keys, and prove to `owner` that it has them. Only its operator may ask.
pub async fn make(node: &Chain, owner: AccountId32) -> Result<NewKeys, Error> {
	let owner = format!("0x{}", hex::encode(owner.0));
	let answer: Answer = node.request_with("author_rotateKeysWithOwner", owner).await?;
	let senseless = || Error::Refused {
		url: node.url().to_owned(),
		reason: "it made keys that are no bytes, or no proof for them".to_owned(),
	};
	let bytes = |digits: &str| hex::decode(digits.strip_prefix("0x")?).ok();
	let keys = bytes(&answer.keys).and_then(|keys| Keys::read(&keys)).ok_or_else(senseless)?;
	let proof = answer.proof.as_deref().and_then(bytes).ok_or_else(senseless)?;
	Ok(NewKeys { keys, proof })
}

/// Has the sender validate with `new` keys from the session after the next on.
pub fn set_keys(new: NewKeys) -> ChainCall {
	let NewKeys { keys, proof } = new;
	RuntimeCall::Session(Session::set_keys { keys: keys.into(), proof }).into()
}

/// Forgets the sender's keys, whose deposit returns.
pub fn purge_keys() -> ChainCall {
	RuntimeCall::Session(Session::purge_keys).into()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn keys_should_be_read_as_the_chain_encodes_them() {
		let bytes = [[1; 32], [2; 32], [3; 32]].concat();
		let keys = Keys::read(&bytes).expect("they are three keys");
		assert_eq!((keys.grandpa, keys.babe), ([1; 32], [2; 32]));
		assert_eq!(keys.digits(), format!("0x{}", hex::encode(&bytes)));
		for bytes in [&bytes[..95], &bytes[..64], &[]] {
			assert_eq!(Keys::read(bytes), None);
		}
	}
}
