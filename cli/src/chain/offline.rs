//! What it takes to sign a transaction without a node.

use super::{
	calls::explained, governance::blake2_256, Block, Call, Chain, Config, EncodedCall, Error, Value,
};
use crate::{amount::Amount, digest::Hash};
use serde::{Deserialize, Serialize};
use serde_json::json;
use subxt::{
	client::{OfflineClient, OfflineClientAtBlock},
	config::{
		substrate::{SpecVersionForRange, H256},
		DefaultExtrinsicParamsBuilder, ParamsFor,
	},
	ext::codec::Decode,
	utils::MultiSignature,
	Metadata, SubstrateConfig,
};
use subxt_signer::sr25519::Keypair;

/// The metadata that this program was built for.
const METADATA: &[u8] = include_bytes!("../../artifacts/metadata.scale");

/// The version of the metadata's form, in SCALE encoding.
const METADATA_VERSION: &str = "0x10000000";

/// For how many blocks at most a transaction can be included: the chain knows the hashes of so many
/// (`BlockHashCount` in runtime/src/configs/system.rs).
pub const LONGEST_LIFETIME: u32 = 4_096;

/// The block from which on a transaction counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Birth {
	/// Its number.
	pub number: u64,
	/// Its hash, which is signed.
	pub hash: H256,
}

/// On what terms a transaction counts, beside its call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
	/// How many transactions of the account come before it.
	pub nonce: u64,
	/// What the block's author gets beside the fee.
	pub tip: Amount,
	/// From which block on it counts.
	pub birth: Birth,
	/// For how many blocks, that one included: a power of two.
	pub lifetime: u32,
}

impl Terms {
	/// The last block that can have the transaction.
	pub fn last_block(&self) -> u64 {
		self.birth.number.saturating_add(self.lifetime.into()).saturating_sub(1)
	}

	/// Whether transactions can have this lifetime.
	pub fn is_sound(&self) -> bool {
		is_lifetime(self.lifetime)
	}

	/// The same for subxt.
	pub(super) fn params(&self) -> ParamsFor<Config> {
		let Birth { number, hash } = self.birth;
		DefaultExtrinsicParamsBuilder::<Config>::new()
			.nonce(self.nonce)
			.tip(self.tip.0)
			.mortal_from_unchecked(self.lifetime.into(), number, hash)
			.build()
	}
}

/// Whether a transaction can be included for so many blocks. From 4 on, each power of two can be
/// encoded, and up to 4096 so that every block may be the first (`Era::mortal` in sp-runtime).
pub fn is_lifetime(blocks: u32) -> bool {
	blocks.is_power_of_two() && (4..=LONGEST_LIFETIME).contains(&blocks)
}

/// A chain, and the version of its runtime, as far as they are signed with each transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
	/// What the chain calls itself. It is not signed.
	pub chain: String,
	/// The hash of its first block.
	pub genesis: H256,
	/// The version of its runtime.
	pub spec_version: u32,
	/// The version of how transactions are encoded.
	pub transaction_version: u32,
	/// The Blake2b-256 hash of the runtime's metadata in version 16. It is not signed.
	pub metadata: Hash,
}

impl Chain {
	/// The network as it is at `block`.
	pub async fn network_at(&self, block: &Block) -> Result<Network, Error> {
		let places =
			[json!("Metadata_metadata_at_version"), json!(METADATA_VERSION), json!(block.id.hash)];
		let answer: String = self.request_by_place("state_call", places).await?;
		let bytes = hex::decode(answer.trim_start_matches("0x")).ok();
		let metadata = bytes.and_then(|bytes| Option::<Vec<u8>>::decode(&mut &*bytes).ok()?);
		let metadata = metadata.ok_or_else(|| Error::Refused {
			url: self.url().to_owned(),
			reason: "it has no metadata in version 16".to_owned(),
		})?;
		Ok(Network {
			chain: super::node::chain_name(self).await?,
			genesis: self.genesis_hash(),
			spec_version: block.at.spec_version(),
			transaction_version: block.at.transaction_version(),
			metadata: Hash(blake2_256(&metadata)),
		})
	}
}

/// A transaction that was signed.
pub struct SignedOffline {
	/// The signature, of sr25519.
	pub signature: [u8; 64],
	/// The whole transaction, as a node's pool takes it.
	pub bytes: Vec<u8>,
	/// Its hash, by which it is found in its block.
	pub hash: H256,
}

/// The runtime that this program was built for.
pub struct OwnRuntime {
	metadata: Metadata,
	/// The version of the runtime.
	pub spec_version: u32,
	transaction_version: u32,
}

impl OwnRuntime {
	/// Reads the metadata that is part of this program.
	pub fn read() -> Result<Self, String> {
		let metadata = Metadata::decode(&mut &*METADATA).map_err(|error| error.to_string())?;
		let system = metadata.pallet_by_name("System").ok_or("it has no system")?;
		let version = system.constant_by_name("Version").ok_or("it has no version")?;
		let version = Version::decode(&mut version.value()).map_err(|error| error.to_string())?;
		let (_, _, _, spec_version, _, _, transaction_version) = version;
		Ok(Self { metadata, spec_version, transaction_version })
	}

	/// Whether calls and transactions are encoded on `network` as this program knows it.
	pub fn is_that_of(&self, network: &Network) -> bool {
		let versions = (network.spec_version, network.transaction_version);
		versions == (self.spec_version, self.transaction_version)
			&& network.metadata == Hash(blake2_256(METADATA))
	}

	/// The call with these bytes and what it means, if they are one and nothing else.
	pub fn explained_call(&self, bytes: Vec<u8>) -> Option<(EncodedCall, Value)> {
		explained(&self.metadata, bytes)
	}

	/// Signs `call` with `key`, for the network with the first block `genesis`; the error is in words.
	pub fn sign(
		self,
		genesis: H256,
		call: &impl Call,
		terms: &Terms,
		key: &Keypair,
	) -> Result<SignedOffline, String> {
		let at = self.at(genesis, terms.birth.number)?;
		let signable = at.transactions().create_signable_offline(call, terms.params());
		let mut signable = signable.map_err(|error| error.to_string())?;
		let payload = signable.signer_payload().map_err(|error| error.to_string())?;
		let signature = key.sign(&payload).0;
		let signed = signable.sign_with_account_and_signature(
			&key.public_key().to_account_id(),
			&MultiSignature::Sr25519(signature),
		);
		let signed = signed.map_err(|error| error.to_string())?;
		let hash = signed.hash();
		Ok(SignedOffline { signature, bytes: signed.into_encoded(), hash })
	}

	/// The runtime as subxt takes it, at one block.
	fn at(self, genesis: H256, block: u64) -> Result<OfflineClientAtBlock<Config>, String> {
		let Self { metadata, spec_version, transaction_version } = self;
		let block_range = block..block.saturating_add(1);
		let versions = SpecVersionForRange { block_range, spec_version, transaction_version };
		let config = SubstrateConfig::builder()
			.set_genesis_hash(genesis)
			.set_spec_version_for_block_ranges([versions])
			.set_metadata_for_spec_versions([(spec_version, metadata.arc())])
			.build();
		let client = OfflineClient::new_with_config(config);
		client.at_block(block).map_err(|error| error.to_string())
	}
}

/// A runtime's version up to what is needed, as `RuntimeVersion` in sp-version has it: names of
/// specification and implementation, versions of authoring, specification and implementation, APIs, and
/// the version of how transactions are encoded.
type Version = (String, String, u32, u32, u32, Vec<([u8; 8], u32)>, u32);

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::development_key;
	use subxt_signer::sr25519;

	fn terms(lifetime: u32) -> Terms {
		let birth = Birth { number: 1_000, hash: H256::repeat_byte(7) };
		Terms { nonce: 3, tip: Amount(0), birth, lifetime }
	}

	#[test]
	fn runtime_should_be_the_one_that_the_program_was_built_for() {
		let own = OwnRuntime::read().expect("the committed metadata decodes");
		let network = Network {
			chain: "any".into(),
			genesis: H256::zero(),
			spec_version: own.spec_version,
			transaction_version: own.transaction_version,
			metadata: Hash(blake2_256(METADATA)),
		};
		assert!(own.is_that_of(&network));
		let later = Network { spec_version: own.spec_version + 1, ..network.clone() };
		assert!(!own.is_that_of(&later));
		assert!(!own.is_that_of(&Network { metadata: Hash([0; 32]), ..network }));
	}

	#[test]
	fn lifetimes_should_be_what_the_chain_can_encode_and_remember() {
		for (lifetime, is_sound) in
			[(0, false), (2, false), (4, true), (100, false), (4_096, true), (8_192, false)]
		{
			assert_eq!(terms(lifetime).is_sound(), is_sound, "{lifetime}");
		}
		assert_eq!(terms(256).last_block(), 1_255);
	}

	#[test]
	fn signature_should_be_over_the_network_and_the_terms() {
		let key = development_key("//Alice").expect("it is a key");
		let sign = |genesis: u8, lifetime| {
			let own = OwnRuntime::read().expect("the committed metadata decodes");
			// System.remark with one byte.
			let (call, _) = own.explained_call(vec![0, 0, 4, 1]).expect("it is a call");
			own.sign(H256::repeat_byte(genesis), &call, &terms(lifetime), &key).expect("it signs")
		};
		let signed = sign(1, 64);
		assert!(signed.bytes.ends_with(&[0, 0, 4, 1]));
		assert_eq!(signed.hash, H256(blake2_256(&signed.bytes)));
		let own = OwnRuntime::read().expect("the committed metadata decodes");
		let (call, _) = own.explained_call(vec![0, 0, 4, 1]).expect("it is a call");
		for (genesis, lifetime, is_same) in [(1, 64, true), (2, 64, false), (1, 128, false)] {
			let own = OwnRuntime::read().expect("the committed metadata decodes");
			let at = own.at(H256::repeat_byte(genesis), 1_000).expect("it has the block");
			let params = terms(lifetime).params();
			let signable = at.transactions().create_signable_offline(&call, params);
			let payload = signable.expect("it can be signed").signer_payload().expect("it encodes");
			let signature = sr25519::Signature(signed.signature);
			let is_valid = sr25519::verify(&signature, payload, &key.public_key());
			assert_eq!(is_valid, is_same, "{genesis} {lifetime}");
		}
	}
}
