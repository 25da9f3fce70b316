//! What the pallet stores, what its calls take, and what readers get.

use crate::Config;
use aitbc_core::{
	AgentId, Balance, BlockNumber, Decimal, DocumentHash, FeedbackIndex, TagId, WorkId,
};
use aitbc_reputation::{Aggregate, Component, Entry, Level, Outcome, Standing};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// After so many quarterings an aggregate no longer changes: its weight is below 2^90 plancks, its
/// sum below 2^120, and each takes two bits away.
const QUARTERINGS_THAT_TELL: u32 = 64;

/// How often an agent changed its owner.
///
/// What was earned under an earlier one counts a quarter for each change since.
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
pub struct Generation(pub u32);

impl Generation {
	/// The generation after this one. The last one stays: what is from 2^32 owners ago counts
	/// nothing in any case.
	pub fn next(self) -> Self {
		Self(self.0.saturating_add(1))
	}

	/// How many changes of owner lie between `earlier` and this one.
	pub fn since(self, earlier: Self) -> u32 {
		self.0.saturating_sub(earlier.0)
	}
}

/// What an agent has done for pay so far, undecayed and over all owners: contracts that counted as
/// evidence only, because others cost nothing.
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
pub struct Counters {
	/// Contracts that paid it in full.
	pub completed: u32,
	/// Contracts that paid it for a part, the client got back the other.
	pub partial: u32,
	/// What clients paid out in all of them, fees included, in plancks.
	pub released: Balance,
	/// What went back to clients in the partial ones, in plancks.
	pub refunded: Balance,
}

impl Counters {
	/// Counts one contract more.
	pub(crate) fn count(&mut self, outcome: &Outcome) {
		// Each contract costs a fee and its money is bounded by the supply: nothing saturates.
		if outcome.refunded == 0 {
			self.completed = self.completed.saturating_add(1);
		} else {
			self.partial = self.partial.saturating_add(1);
		}
		self.released = self.released.saturating_add(outcome.released);
		self.refunded = self.refunded.saturating_add(outcome.refunded);
	}
}

/// What the chain thinks of an agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct AgentRecord {
	/// The evidence on each component of its score.
	pub standing: Standing,
	/// What it has done so far.
	pub counters: Counters,
	/// Under which owner it is.
	pub generation: Generation,
}

/// The ratings of an agent with one tag, or with one tag about one capability.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Summary {
	/// Where they lie on the tag's scale.
	pub aggregate: Aggregate,
	/// Up to which change of owner the aggregate is quartered.
	pub generation: Generation,
}

impl Summary {
	/// Quarters the aggregate for every change of owner up to `generation`.
	pub(crate) fn catch_up(
		&mut self,
		generation: Generation,
		now: BlockNumber,
		half_life: BlockNumber,
	) {
		for _ in 0..generation.since(self.generation).min(QUARTERINGS_THAT_TELL) {
			self.aggregate.quarter(now, half_life);
		}
		self.generation = generation;
	}
}

/// An agent as it was under one of its owners.
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
pub struct AgentAt {
	/// The agent.
	pub agent: AgentId,
	/// Under which owner it was.
	pub generation: Generation,
}

/// A side of settled work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
	/// Who paid.
	Client,
	/// Who worked.
	Provider,
}

/// Work that was settled for a fee that counts.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Settled<AccountId> {
	/// Who paid. May rate the provider's agent.
	pub client: AccountId,
	/// The agent whose wallet the client's account was, if it was one. The provider may rate it.
	pub client_agent: Option<AgentAt>,
	/// Who worked and was paid.
	pub provider: AccountId,
	/// The agent whose wallet the provider's account was.
	pub provider_agent: AgentAt,
	/// What the work counts for, in plancks: never zero, at most the fee that it paid.
	pub weight: Balance,
	/// When it was settled, in active blocks. The weight decays from here.
	pub at: BlockNumber,
	/// Whether the client has rated the provider's agent.
	pub rated_by_client: bool,
	/// Whether the provider has rated the client's agent.
	pub rated_by_provider: bool,
}

impl<AccountId: PartialEq> Settled<AccountId> {
	/// On which side `account` was, if on any.
	pub(crate) fn side_of(&self, account: &AccountId) -> Option<Side> {
		if *account == self.client {
			Some(Side::Client)
		} else {
			(*account == self.provider).then_some(Side::Provider)
		}
	}

	/// The agent that `side` may rate, if the other side is one.
	pub(crate) fn rated_by(&self, side: Side) -> Option<AgentAt> {
		match side {
			Side::Client => Some(self.provider_agent),
			Side::Provider => self.client_agent,
		}
	}

	/// Whether `side` has rated the other one.
	pub(crate) fn has_rated(&mut self, side: Side) -> &mut bool {
		match side {
			Side::Client => &mut self.rated_by_client,
			Side::Provider => &mut self.rated_by_provider,
		}
	}
}

/// What somebody says about an agent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Rating {
	/// What is measured: a tag for quality or feedback.
	pub tag: TagId,
	/// With which of the agent's capabilities, if it matters.
	pub about: Option<TagId>,
	/// The value, on the tag's scale.
	pub value: Decimal,
	/// Where the agent was reached, or nothing. The chain does not look into it.
	pub endpoint: Vec<u8>,
	/// Where a document says more: an absolute URI, or nothing.
	pub uri: Vec<u8>,
	/// What that document must hash to; zeros if there is none.
	pub hash: DocumentHash,
}

/// Feedback as stored: a rating, and what the chain knows about it.
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
pub struct FeedbackEntry<MaxUriLength: Get<u32>> {
	/// The settled work that entitles to it.
	pub work: WorkId,
	/// What is measured.
	pub tag: TagId,
	/// With which capability of the agent, if it matters.
	pub about: Option<TagId>,
	/// The value, as given.
	pub value: Decimal,
	/// Where the value lay on the tag's scale, from 0 at its least value to 1 at its greatest.
	pub share: Perbill,
	/// To which part of the agent's score it counts.
	pub component: Component,
	/// Where the agent was reached, or nothing.
	pub endpoint: BoundedVec<u8, MaxUriLength>,
	/// Where a document says more, or nothing.
	pub uri: BoundedVec<u8, MaxUriLength>,
	/// What that document must hash to.
	pub hash: DocumentHash,
	/// What the work counted for when it was settled, in plancks.
	pub weight: Balance,
	/// When the work was settled, in active blocks. The weight decays from here.
	pub settled_at: BlockNumber,
	/// Under which owner the agent was then.
	pub generation: Generation,
	/// When the feedback was given, in active blocks.
	pub given_at: BlockNumber,
	/// Whether the author took it back: it can be read, but it counts no more.
	pub is_revoked: bool,
	/// What is held for storage on its author, in plancks.
	pub deposit: Balance,
}

impl<MaxUriLength: Get<u32>> FeedbackEntry<MaxUriLength> {
	/// The evidence that it is once the agent is of `generation`.
	pub(crate) fn evidence(&self, generation: Generation) -> Entry {
		let entry = Entry { value: self.share, weight: self.weight, since: self.settled_at };
		entry.quartered(generation.since(self.generation))
	}

	/// Under which tags it is summed up.
	pub(crate) fn topics(&self) -> impl Iterator<Item = Topic> {
		let tag = self.tag;
		let about = self.about.map(|about| Topic { tag, about: Some(about) });
		core::iter::once(Topic { tag, about: None }).chain(about)
	}
}

/// The [`FeedbackEntry`] of a runtime.
pub type FeedbackEntryOf<T> = FeedbackEntry<<T as Config>::MaxUriLength>;

/// What ratings are summed up under.
#[derive(
	Clone,
	Copy,
	Debug,
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
pub struct Topic {
	/// What is measured.
	pub tag: TagId,
	/// With which capability; `None` for all of them.
	pub about: Option<TagId>,
}

/// What the rated agent answered.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Response<T: Config> {
	/// Who answered for the agent: its owner or its wallet at that time.
	pub responder: T::AccountId,
	/// Where the answer stands.
	pub uri: BoundedVec<u8, T::MaxUriLength>,
	/// What it must hash to.
	pub hash: DocumentHash,
	/// When it was given, in active blocks.
	pub at: BlockNumber,
	/// What is held for storage on the responder, in plancks.
	pub deposit: Balance,
}

/// An agent's score, as readers get it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ScoreInfo {
	/// The score without regard to how much evidence there is; `None` when there is none. Never
	/// give an advantage by it.
	pub mean: Option<Perbill>,
	/// What the score is at least, with some confidence: 0 without evidence.
	pub lower_bound: Perbill,
	/// How much evidence there is: protocol fees paid, decayed, in plancks.
	pub evidence: Balance,
	/// The level that the lower bound reaches.
	pub level: Level,
	/// What it is made of, in the order of the components' indices.
	pub components: Vec<ComponentInfo>,
	/// What the agent has done so far.
	pub counters: Counters,
	/// Under which owner it is.
	pub generation: Generation,
}

/// One component of a score.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ComponentInfo {
	/// Which one.
	pub component: Component,
	/// Its mean, or `None` without evidence.
	pub mean: Option<Perbill>,
	/// How much evidence there is on it, decayed, in plancks.
	pub evidence: Balance,
	/// How much it counts among the others.
	pub weight: Perbill,
}

/// The ratings of an agent under one topic, as readers get them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct SummaryInfo {
	/// How many there are that are neither revoked nor erased.
	pub count: u64,
	/// Their mean by evidence, on the tag's scale; `None` when there are none.
	pub mean: Option<Decimal>,
	/// How much evidence there is, decayed, in plancks.
	pub evidence: Balance,
}

/// Feedback, as readers get it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FeedbackInfo<AccountId> {
	/// Who gave it and has the deposit on hold.
	pub author: AccountId,
	/// The number of it among what that author said about the agent, from one.
	pub index: FeedbackIndex,
	/// The settled work that entitles to it. It may be pruned by now.
	pub work: WorkId,
	/// What is measured.
	pub tag: TagId,
	/// With which capability of the agent, if it matters.
	pub about: Option<TagId>,
	/// The value, as given.
	pub value: Decimal,
	/// To which part of the agent's score it counts.
	pub component: Component,
	/// Where the agent was reached, or nothing.
	pub endpoint: Vec<u8>,
	/// Where a document says more, or nothing.
	pub uri: Vec<u8>,
	/// What that document must hash to.
	pub hash: DocumentHash,
	/// What the work counted for when it was settled, in plancks.
	pub weight: Balance,
	/// When the work was settled, in active blocks.
	pub settled_at: BlockNumber,
	/// Under which owner the agent was then.
	pub generation: Generation,
	/// When the feedback was given, in active blocks.
	pub given_at: BlockNumber,
	/// Whether the author took it back.
	pub is_revoked: bool,
	/// What is held for storage on the author, in plancks.
	pub deposit: Balance,
	/// What the agent answered.
	pub response: Option<ResponseInfo<AccountId>>,
}

/// A response, as readers get it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ResponseInfo<AccountId> {
	/// Who answered for the agent.
	pub responder: AccountId,
	/// Where the answer stands.
	pub uri: Vec<u8>,
	/// What it must hash to.
	pub hash: DocumentHash,
	/// When it was given, in active blocks.
	pub at: BlockNumber,
	/// What is held for storage on the responder, in plancks.
	pub deposit: Balance,
}

impl<AccountId> FeedbackInfo<AccountId> {
	/// Shows `entry` and what was answered.
	pub(crate) fn new<T>(
		author: AccountId,
		index: FeedbackIndex,
		entry: FeedbackEntryOf<T>,
		response: Option<Response<T>>,
	) -> Self
	where
		T: Config + frame_system::Config<AccountId = AccountId>,
	{
		Self {
			author,
			index,
			work: entry.work,
			tag: entry.tag,
			about: entry.about,
			value: entry.value,
			component: entry.component,
			endpoint: entry.endpoint.into_inner(),
			uri: entry.uri.into_inner(),
			hash: entry.hash,
			weight: entry.weight,
			settled_at: entry.settled_at,
			generation: entry.generation,
			given_at: entry.given_at,
			is_revoked: entry.is_revoked,
			deposit: entry.deposit,
			response: response.map(|response| ResponseInfo {
				responder: response.responder,
				uri: response.uri.into_inner(),
				hash: response.hash,
				at: response.at,
				deposit: response.deposit,
			}),
		}
	}
}

/// Which of an agent's feedback a reader wants.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FeedbackFilter<AccountId> {
	/// By this author only.
	pub author: Option<AccountId>,
	/// With this tag only.
	pub tag: Option<TagId>,
	/// About this capability only.
	pub about: Option<TagId>,
	/// Also what was revoked.
	pub include_revoked: bool,
}

impl<AccountId> Default for FeedbackFilter<AccountId> {
	fn default() -> Self {
		Self { author: None, tag: None, about: None, include_revoked: false }
	}
}

impl<AccountId> FeedbackFilter<AccountId> {
	/// Whether `entry`, by whomever, is wanted.
	pub(crate) fn takes<MaxUriLength: Get<u32>>(
		&self,
		entry: &FeedbackEntry<MaxUriLength>,
	) -> bool {
		(self.include_revoked || !entry.is_revoked)
			&& self.tag.is_none_or(|tag| entry.tag == tag)
			&& self.about.is_none_or(|about| entry.about == Some(about))
	}
}

/// A place in the list of an agent's feedback.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FeedbackCursor<AccountId> {
	/// By whom.
	pub author: AccountId,
	/// Which of that author's.
	pub index: FeedbackIndex,
}

/// Some of an agent's feedback.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FeedbackPage<AccountId> {
	/// The feedback; less than asked for, or none, does not mean that the list ends here.
	pub feedback: Vec<FeedbackInfo<AccountId>>,
	/// What to ask for as `after` to get the next page, or `None` at the end of the list.
	pub next: Option<FeedbackCursor<AccountId>>,
}

/// Some of those who gave an agent feedback.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ClientPage<AccountId> {
	/// The accounts, in an order of the chain's own.
	pub clients: Vec<AccountId>,
	/// What to ask for as `after` to get the next page, or `None` at the end of the list.
	pub next: Option<AccountId>,
}
