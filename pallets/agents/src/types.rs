//! What the registry stores, what a wallet signs, and what readers get.

use crate::Config;
use aitbc_core::{AgentId, Balance, BlockNumber, CardHash};
use aitbc_traits::AgentStatus;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;
use sp_runtime::traits::SaturatedConversion;

/// What an agent does for a living. It is fixed at registration.
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
pub enum AgentKind {
	/// Answers by running a model.
	#[codec(index = 0)]
	AiModel,
	/// Sells data.
	#[codec(index = 1)]
	DataProvider,
	/// Checks the work of others.
	#[codec(index = 2)]
	Validator,
	/// Quotes prices on both sides.
	#[codec(index = 3)]
	MarketMaker,
	/// Brings clients and providers together.
	#[codec(index = 4)]
	Broker,
	/// Brings facts from outside onto the chain.
	#[codec(index = 5)]
	Oracle,
	/// Rents out compute.
	#[codec(index = 6)]
	Provider,
	/// Carries out operations on infrastructure.
	#[codec(index = 7)]
	Executor,
}

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
}

impl From<Lifecycle> for AgentStatus {
	fn from(lifecycle: Lifecycle) -> Self {
		match lifecycle {
			Lifecycle::Registered => Self::Registered,
			Lifecycle::Active => Self::Active,
			Lifecycle::Inactive => Self::Inactive,
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
	/// What is held for storage, at the price of the last registration or update, in plancks.
	pub deposit: Balance,
	/// What is held at risk, as asked at registration, in plancks.
	pub bond: Balance,
	/// What the next proof by a wallet must carry.
	pub wallet_nonce: WalletNonce,
	/// The chain's block in which it was registered; this is not the active clock's time.
	pub registered_at: BlockNumber,
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
	/// What is held for storage, in plancks.
	pub deposit: Balance,
	/// What is held at risk, in plancks.
	pub bond: Balance,
	/// The chain's block in which it was registered; this is not the active clock's time.
	pub registered_at: BlockNumber,
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
