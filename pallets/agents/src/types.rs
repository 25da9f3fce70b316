//! What the registry stores, what a wallet signs, and what readers get.

use crate::Config;
use aitbc_core::{
	AgentId, AgentKind, Balance, BlockNumber, CardHash, Decimal, Hash, ParametersHash, TagId,
	TagRule, TagUse,
};
use aitbc_traits::AgentStatus;
use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::{traits::SaturatedConversion, Perbill};

/// Where a registered agent stands in its life.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Lifecycle {
	/// Registered and never yet active.
	#[codec(index = 0)]
	Registered,
	/// Takes work, under the wallet that it has.
	#[codec(index = 1)]
	Active,
	/// Takes no work for now.
	#[codec(index = 2)]
	Inactive,
	/// Governance or a ruling took it out of business for now.
	#[codec(index = 3)]
	Suspended,
}

impl From<Lifecycle> for AgentStatus {
	fn from(lifecycle: Lifecycle) -> Self {
		match lifecycle {
			Lifecycle::Registered => Self::Registered,
			Lifecycle::Active => Self::Active,
			Lifecycle::Inactive => Self::Inactive,
			Lifecycle::Suspended => Self::Suspended,
		}
	}
}

/// Where an agent's card can be read and what it must hash to there.
#[derive(
	CloneNoBound,
	DebugNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxUriLength))]
#[codec(mel_bound())]
pub struct AgentCard<MaxUriLength: Get<u32>> {
	/// An absolute URI in the characters of RFC 3986.
	pub uri: BoundedVec<u8, MaxUriLength>,
	/// The card's hash, so that the card cannot change behind its URI.
	pub hash: CardHash,
}

impl<MaxUriLength: Get<u32>> AgentCard<MaxUriLength> {
	/// How many bytes its URI has.
	pub fn uri_length(&self) -> u32 {
		self.uri.len().saturated_into()
	}
}

/// The [`AgentCard`] of a runtime.
pub type AgentCardOf<T> = AgentCard<<T as Config>::MaxUriLength>;

/// How often an agent got a wallet, or had its wallet or a proposal removed.
///
/// It is part of what a wallet signs, so each such change voids every proof signed before it.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct WalletNonce(pub u32);

impl WalletNonce {
	/// The nonce after this one, or `None` when all 2^32 are used up.
	pub fn next(self) -> Option<Self> {
		self.0.checked_add(1).map(Self)
	}
}

/// A registered agent, as stored.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Agent<T: Config> {
	/// Who registered it, decides about it, and has deposit and bond on hold.
	pub owner: T::AccountId,
	/// What it does for a living.
	pub kind: AgentKind,
	/// Where its card can be read and what the card must hash to.
	pub card: AgentCardOf<T>,
	/// Where it stands in its life.
	pub status: Lifecycle,
	/// What is held for this record, at the price of the last registration or update, in plancks.
	pub deposit: Balance,
	/// What is held at risk, as asked at registration, in plancks.
	pub bond: Balance,
	/// What the next proof by a wallet must carry.
	pub wallet_nonce: WalletNonce,
	/// The chain's block in which it was registered; this is not the active clock's time.
	pub registered_at: BlockNumber,
	/// What is held for its capabilities, its metadata and its card keys together, in plancks.
	pub attachments: Balance,
	/// How many capabilities it has.
	pub capabilities: u32,
	/// How many metadata entries it has.
	pub metadata_entries: u32,
	/// What its rows say about it, if it is active.
	pub standing: Standing,
}

/// What all rows of an active agent say, whatever the capability.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Standing {
	/// The last active block in which it is live without another heartbeat.
	pub live_until: BlockNumber,
	/// Its reputation's lower bound at its last activation, heartbeat or refresh.
	pub lower_bound: Perbill,
}

/// An agent that left the registry, whose bond is still at risk.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LeavingAgent<AccountId> {
	/// Who owned it and gets the bond back.
	pub owner: AccountId,
	/// What is held at risk, in plancks.
	pub bond: Balance,
	/// When the bond may be released, in active blocks.
	pub until: BlockNumber,
}

/// A wallet's consent to work for an agent, signed off chain.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct WalletProof<Signature> {
	/// The wallet's signature over the encoded [`WalletPayload`].
	pub signature: Signature,
	/// The last active block in which the proof can be used.
	pub deadline: BlockNumber,
}

/// What the encoded [`WalletPayload`] starts with, so that no signature made for another purpose
/// passes for one.
pub const WALLET_DOMAIN: [u8; 21] = *b"aitbc/agents/wallet/1";

/// What a wallet signs, in SCALE encoding, to work for an agent.
///
/// It names the chain, the agent, both accounts and the nonce, so that it serves one purpose once.
#[derive(Clone, Debug, PartialEq, Eq, Encode)]
pub struct WalletPayload<AccountId, Hash> {
	/// Always [`WALLET_DOMAIN`].
	pub domain: [u8; 21],
	/// The hash of the chain's first block.
	pub genesis_hash: Hash,
	/// The agent that the wallet is to work for.
	pub agent: AgentId,
	/// The agent's owner.
	pub owner: AccountId,
	/// The account that signs.
	pub wallet: AccountId,
	/// The agent's present [`Agent::wallet_nonce`].
	pub nonce: WalletNonce,
	/// The last active block in which the proof can be used.
	pub deadline: BlockNumber,
}

/// A registered agent, as readers get it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AgentInfo<AccountId> {
	/// Its id, which is never given to another.
	pub agent: AgentId,
	/// Who registered it, decides about it, and has deposit and bond on hold.
	pub owner: AccountId,
	/// What it does for a living.
	pub kind: AgentKind,
	/// Where its card can be read.
	pub card_uri: Vec<u8>,
	/// What the card must hash to.
	pub card_hash: CardHash,
	/// Where it stands in its life.
	pub status: Lifecycle,
	/// The account that works and is paid for it, if it has one.
	pub wallet: Option<AccountId>,
	/// The account that its owner proposed as wallet and that has not accepted yet.
	pub proposed_wallet: Option<AccountId>,
	/// What the next proof by a wallet must carry.
	pub wallet_nonce: WalletNonce,
	/// What is held for its record, in plancks.
	pub deposit: Balance,
	/// What is held at risk, in plancks.
	pub bond: Balance,
	/// The chain's block in which it was registered; this is not the active clock's time.
	pub registered_at: BlockNumber,
	/// What is held for its capabilities, its metadata and its card keys together, in plancks.
	pub attachments: Balance,
	/// How many capabilities it has.
	pub capabilities: u32,
	/// How many metadata entries it has.
	pub metadata_entries: u32,
	/// The keys that sign its card, in the order in which they were added.
	pub card_keys: Vec<CardKey>,
	/// Whether it is active and its last heartbeat has not run out.
	pub is_live: bool,
	/// The last active block in which it is live without another heartbeat, if it is active.
	pub live_until: BlockNumber,
	/// Its reputation's lower bound as its rows have it, if it is active.
	pub lower_bound: Perbill,
	/// Who may take it over, if its owner offered it to somebody.
	pub offered_to: Option<AccountId>,
}

/// One page of a list of agents.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AgentPage<AccountId> {
	/// The agents; fewer than asked for, or none, does not mean that the list ends here.
	pub agents: Vec<AgentInfo<AccountId>>,
	/// What to ask for as `after` to get the next page, or `None` at the end of the list.
	pub next: Option<AgentId>,
}

/// What registering takes from the owner's free balance, in plancks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct RegistrationCost {
	/// What does not come back.
	pub fee: Balance,
	/// What is at risk, and comes back some time after the agent left.
	pub bond: Balance,
	/// What pays for storage, and comes back when the agent leaves.
	pub deposit: Balance,
}

/// A tag's name.
pub type TagNameOf<T> = BoundedVec<u8, <T as Config>::MaxTagNameLength>;

/// What a tag's values count.
pub type UnitOf<T> = BoundedVec<u8, <T as Config>::MaxUnitLength>;

/// A tag of the tag registry, as stored.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Tag<T: Config> {
	/// What people call it: lower-case ASCII letters, digits, `.`, `-` and `_`, a letter first.
	pub name: TagNameOf<T>,
	/// What its values count, in printable ASCII; empty when they are bare numbers.
	pub unit: UnitOf<T>,
	/// What it is for, and what its values lie on.
	pub rule: TagRule,
}

/// A tag that a chain starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisTag {
	/// What people call it.
	pub name: String,
	/// What its values count.
	pub unit: String,
	/// What it is for.
	pub purpose: TagUse,
	/// The least value.
	pub min: Decimal,
	/// The greatest value.
	pub max: Decimal,
}

/// A tag, as readers get it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TagInfo {
	/// Its id.
	pub tag: TagId,
	/// What people call it.
	pub name: Vec<u8>,
	/// What its values count.
	pub unit: Vec<u8>,
	/// What it is for, and what its values lie on.
	pub rule: TagRule,
	/// How many active agents offer it.
	pub rows: u32,
}

/// One page of the tag registry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TagPage {
	/// The tags, in the order of their ids.
	pub tags: Vec<TagInfo>,
	/// What to ask for as `after` to get the next page, or `None` at the end.
	pub next: Option<TagId>,
}

/// The version of a capability. A new major version may break who relies on the old one.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct CapabilityVersion {
	/// Goes up with changes that break.
	pub major: u16,
	/// Goes up with changes that do not.
	pub minor: u16,
}

/// On what terms an agent offers a capability.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct CapabilityTerms {
	/// Which version.
	pub version: CapabilityVersion,
	/// How well, on the tag's scale.
	pub performance: Decimal,
	/// The price of one unit of the tag, in plancks.
	pub price: Balance,
	/// How many units of the tag it can take at once, not zero.
	pub capacity: u32,
	/// What the parameters hash to under which it is offered.
	pub parameters: ParametersHash,
}

/// A capability of an agent, as stored.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Capability {
	/// On what terms it is offered.
	pub terms: CapabilityTerms,
	/// Where on the tag's scale its performance lies.
	pub performance: Perbill,
	/// What is held for it and its row, in plancks.
	pub deposit: Balance,
	/// Where its row stands: `Some` exactly if the agent is active.
	pub row: Option<RowPlace>,
}

impl Capability {
	/// The row of `agent` for this capability.
	pub(crate) fn row_of(&self, agent: AgentId, standing: Standing) -> CapabilityRow {
		let CapabilityTerms { version, price, capacity, parameters, .. } = self.terms;
		let performance = self.performance;
		CapabilityRow { agent, version, performance, price, capacity, parameters, standing }
	}
}

/// A capability of an agent, as readers get it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct CapabilityInfo {
	/// What is offered.
	pub tag: TagId,
	/// On what terms.
	pub terms: CapabilityTerms,
	/// What is held for it, in plancks.
	pub deposit: Balance,
}

/// How many rows stand before a row in its tag's pages.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct RowPlace(pub u32);

/// How many pages stand before a page of the same tag.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct PageIndex(pub u32);

/// What the index of capabilities says about an active agent's capability.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct CapabilityRow {
	/// Who offers it.
	pub agent: AgentId,
	/// Which version.
	pub version: CapabilityVersion,
	/// Where on the tag's scale the performance lies.
	pub performance: Perbill,
	/// The price of one unit of the tag, in plancks.
	pub price: Balance,
	/// How many units of the tag the agent can take at once.
	pub capacity: u32,
	/// What the parameters hash to under which it is offered.
	pub parameters: ParametersHash,
	/// Until when the agent is live, and what its reputation is at least.
	pub standing: Standing,
}

/// A page of the index of capabilities, as stored.
pub type RowsOf<T> = BoundedVec<CapabilityRow, <T as Config>::RowsPerPage>;

/// One page of the rows of a tag.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct RowPage {
	/// The rows, agents that are not live included.
	pub rows: Vec<CapabilityRow>,
	/// What to ask for as `from` to get the next page, or `None` at the end.
	pub next: Option<RowPlace>,
}

/// A key that signs agent cards: those that the signatures of an A2A card are made with.
///
/// Compressed keys are in the form of SEC 1, section 2.3.3.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum CardKey {
	/// For EdDSA (RFC 8037).
	#[codec(index = 0)]
	Ed25519([u8; 32]),
	/// For ES256 (RFC 7518), compressed.
	#[codec(index = 1)]
	P256([u8; 33]),
	/// For ES256K (RFC 8812), compressed.
	#[codec(index = 2)]
	Secp256k1([u8; 33]),
}

impl CardKey {
	/// Whether a compressed key begins as one must. That it lies on the curve is not checked.
	pub fn is_well_formed(&self) -> bool {
		match self {
			Self::Ed25519(_) => true,
			Self::P256([prefix, ..]) | Self::Secp256k1([prefix, ..]) => matches!(prefix, 2 | 3),
		}
	}
}

/// A card key of an agent, as stored.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct EnrolledKey {
	/// The key.
	pub key: CardKey,
	/// What is held for it, in plancks.
	pub deposit: Balance,
}

/// The metadata key that nobody can set: ERC-8004 keeps it for the wallet, which has calls of its
/// own.
pub const RESERVED_METADATA_KEY: &[u8] = b"agentWallet";

/// The key of a metadata entry.
pub type MetadataKeyOf<T> = BoundedVec<u8, <T as Config>::MaxMetadataKeyLength>;

/// The value of a metadata entry.
pub type MetadataValueOf<T> = BoundedVec<u8, <T as Config>::MaxMetadataValueLength>;

/// A metadata entry of an agent, as stored.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct MetadataEntry<T: Config> {
	/// Whatever its owner says.
	pub value: MetadataValueOf<T>,
	/// What is held for it, in plancks.
	pub deposit: Balance,
}

/// What somebody looks for in an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Requirements {
	/// What the agent must offer.
	pub tag: TagId,
	/// The least version. A newer minor version serves as well, a newer major one half.
	pub version: CapabilityVersion,
	/// The parameters that are preferred, if any.
	pub parameters: Option<ParametersHash>,
	/// The least performance, on the tag's scale, if it matters.
	pub performance: Option<Decimal>,
	/// The most that a unit of the tag may cost, in plancks.
	pub max_price: Balance,
	/// How many units of the tag it must take at once.
	pub capacity: u32,
	/// The hash of the job: says where the search starts, and who goes first of equals.
	pub seed: Hash,
	/// The page to start on in place of the seed's, to search on after an earlier search.
	pub start: Option<PageIndex>,
}

/// How well a candidate fits, from 0 to 1 in each respect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Fit {
	/// 1 for the major version asked for, a half for a newer one.
	pub version: Perbill,
	/// 1 for the parameters preferred, or when none are; else 0.
	pub parameters: Perbill,
	/// How far from the least performance asked for to the top of the scale; from the bottom of the
	/// scale when none is.
	pub performance: Perbill,
	/// Which share of the highest price is saved.
	pub cost: Perbill,
	/// 1 while at least half of the heartbeat period is left, falling to 0 at its end.
	pub availability: Perbill,
}

/// An agent that meets the requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AgentMatch {
	/// The mean of its fit, times 0.7 + 0.3 x its reputation's lower bound.
	pub score: Perbill,
	/// How well it fits.
	pub fit: Fit,
	/// Which agent, and what it offers.
	pub row: CapabilityRow,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct MatchPage {
	/// The best, best first.
	pub matches: Vec<AgentMatch>,
	/// How many agents met the requirements on the pages read.
	pub candidates: u32,
	/// How many pages were read.
	pub pages_read: u32,
	/// How many pages the tag has.
	pub pages: u32,
	/// The `start` of a search of the pages not read, or `None` when all were. Pages follow each
	/// other round, so a series of searches is complete when it has read `pages` in all.
	pub next: Option<PageIndex>,
}

/// Why a search was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum MatchError {
	/// There is no such tag. Look the id up in the tag registry.
	#[codec(index = 0)]
	TagNotFound,
	/// The least performance is not on the tag's scale, or has more than 18 decimals.
	#[codec(index = 1)]
	PerformanceOffScale,
}
