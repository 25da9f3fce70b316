#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod impls;
#[cfg(test)]
mod mock;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::{
	AgentAt, AgentRecord, ClientPage, ComponentInfo, Counters, FeedbackCursor, FeedbackEntry,
	FeedbackEntryOf, FeedbackFilter, FeedbackInfo, FeedbackPage, Generation, Rating, Response,
	ResponseInfo, ScoreInfo, Settled, Side, Summary, SummaryInfo, Topic,
};
pub use weights::WeightInfo;

/// After how many half-lives feedback may be erased by whoever paid for it, and settled work pruned.
/// No more than a 4,096th of its evidence is left then.
pub const RETENTION_HALF_LIVES: aitbc_core::BlockNumber = 12;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use aitbc_core::{AgentId, Balance, BlockNumber, DocumentHash, FeedbackIndex, TagId, WorkId};
	use aitbc_reputation::{ComponentWeights, Outcome, PairEvidence};
	use aitbc_traits::{AgentInspect, DeadlineClock, TagInspect};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible::MutateHold, Footprint},
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::{Convert, SaturatedConversion};

	/// The version of the storage that this code reads and writes.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The runtime's reasons to hold money, this pallet's among them.
		type RuntimeHoldReason: From<HoldReason>;

		/// Holds deposits.
		type Currency: MutateHold<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// Tells who owns an agent, and who works under which wallet.
		type Agents: AgentInspect<Self::AccountId>;

		/// Tells what a tag measures.
		type Tags: TagInspect;

		/// The clock on which evidence decays.
		type Clock: DeadlineClock;

		/// In how many active blocks evidence halves. See [`aitbc_reputation::Rules::half_life`] for
		/// what a change does.
		type HalfLife: Get<BlockNumber>;

		/// How much evidence counts as one observation in the lower bound, in plancks.
		type EvidenceUnit: Get<Balance>;

		/// What all that one owner pays another's agents can count for at most, in plancks.
		type PairCap: Get<Balance>;

		/// The least fee of work that counts, in plancks. It is what a stored piece of settled work
		/// has cost at least, so it bounds what the pallet stores without a deposit.
		type MinFee: Get<Balance>;

		/// How much each component counts in a score.
		type ComponentWeights: Get<ComponentWeights>;

		/// The deposit for what feedback or a response occupies in storage, in plancks. It should not
		/// fall as the footprint grows.
		type StorageDeposit: Convert<Footprint, Balance>;

		/// The most bytes of a URI, and of an endpoint. Reducing it makes longer ones in storage
		/// undecodable.
		#[pallet::constant]
		type MaxUriLength: Get<u32>;

		/// What each call weighs.
		type WeightInfo: WeightInfo;

		/// Makes what a benchmark needs and no trait above can make.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Pays for the storage of an author's feedback and of a responder's responses.
		#[codec(index = 0)]
		Deposit,
	}

	/// Agent -> what the chain thinks of it.
	///
	/// Written when work of the agent counts, when it is rated or a rating of it is revoked or
	/// erased, and when it changes its owner. Stays when the agent is gone; ids are not given out
	/// twice.
	#[pallet::storage]
	pub type Standings<T: Config> = StorageMap<_, Twox64Concat, AgentId, AgentRecord, OptionQuery>;

	/// Agent, (tag, capability) -> its ratings with that tag: about that capability, or all of them
	/// where there is none.
	///
	/// Written by `rate`, `revoke` and `erase`; removed with the last rating under it. Has as many
	/// ratings as [`Feedback`] that is not revoked.
	#[pallet::storage]
	pub type Summaries<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AgentId, Twox64Concat, Topic, Summary, OptionQuery>;

	/// Client's owner, agent's owner -> how much of what the one paid for the other's work counts.
	///
	/// Written when work counts. The client's owner is the owner of the agent whose wallet paid, or
	/// else the account that paid. Never removed; each entry has cost the least fee.
	#[pallet::storage]
	pub type Pairs<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		T::AccountId,
		PairEvidence,
		ValueQuery,
	>;

	/// Work -> who may rate whom for it, and what a rating weighs.
	///
	/// Written when work counts, so each entry has cost the least fee; marked by `rate`, removed by
	/// `prune`.
	#[pallet::storage]
	pub type SettledWork<T: Config> =
		StorageMap<_, Twox64Concat, WorkId, Settled<T::AccountId>, OptionQuery>;

	/// Rated agent, author, index -> feedback.
	///
	/// Written by `rate`, changed by `revoke`, removed by `erase`. Its `deposit` is on hold on the
	/// author.
	#[pallet::storage]
	pub type Feedback<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, AgentId>,
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, FeedbackIndex>,
		),
		FeedbackEntryOf<T>,
		OptionQuery,
	>;

	/// Rated agent, author -> the index of the last feedback that the author gave. Zero is before the
	/// first.
	///
	/// Written by `rate`; never goes back, so no index is given out twice.
	#[pallet::storage]
	pub type LastFeedbackIndex<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AgentId,
		Blake2_128Concat,
		T::AccountId,
		FeedbackIndex,
		ValueQuery,
	>;

	/// Rated agent, author, index -> what the agent answered to that feedback.
	///
	/// Written by `respond`, removed by `erase`. Its `deposit` is on hold on the responder.
	#[pallet::storage]
	pub type Responses<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, AgentId>,
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, FeedbackIndex>,
		),
		Response<T>,
		OptionQuery,
	>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Settled work became evidence. Each side may rate the other one's agent for it.
		#[codec(index = 0)]
		WorkCounted {
			/// The work.
			work: WorkId,
			/// Who paid.
			client: T::AccountId,
			/// The agent whose wallet that was, if it was one.
			client_agent: Option<AgentAt>,
			/// Who owned that agent, or else who paid.
			client_owner: T::AccountId,
			/// Who worked and was paid.
			provider: T::AccountId,
			/// The agent that answered for it, and whose standing changed.
			provider_agent: AgentAt,
			/// Who owned it.
			provider_owner: T::AccountId,
			/// How the work went.
			outcome: Outcome,
			/// What it counts for, in plancks.
			weight: Balance,
			/// When, in active blocks.
			at: BlockNumber,
		},
		/// Somebody rated an agent.
		#[codec(index = 1)]
		FeedbackGiven {
			/// The rated agent.
			agent: AgentId,
			/// Who rated it, and has the deposit on hold.
			author: T::AccountId,
			/// The number of this among what that author said about the agent.
			index: FeedbackIndex,
			/// What is stored.
			entry: FeedbackEntryOf<T>,
		},
		/// An author took feedback back. It can be read, but it counts no more.
		#[codec(index = 2)]
		FeedbackRevoked {
			/// The rated agent.
			agent: AgentId,
			/// Who had rated it.
			author: T::AccountId,
			/// Which of that author's feedback.
			index: FeedbackIndex,
		},
		/// A rated agent answered.
		#[codec(index = 3)]
		ResponseGiven {
			/// The rated agent.
			agent: AgentId,
			/// Who had rated it.
			author: T::AccountId,
			/// Which of that author's feedback.
			index: FeedbackIndex,
			/// Who answered for the agent, and has the deposit on hold.
			responder: T::AccountId,
			/// Where the answer stands.
			uri: BoundedVec<u8, T::MaxUriLength>,
			/// What it must hash to.
			hash: DocumentHash,
			/// When, in active blocks.
			at: BlockNumber,
			/// What is held for storage, in plancks.
			deposit: Balance,
		},
		/// Feedback left storage, and with it the response. Both deposits went back.
		#[codec(index = 4)]
		FeedbackErased {
			/// The rated agent.
			agent: AgentId,
			/// Who had rated it.
			author: T::AccountId,
			/// Which of that author's feedback.
			index: FeedbackIndex,
			/// What is no longer held on the author, in plancks.
			deposit: Balance,
			/// Who had answered, and what is no longer held on that account, in plancks.
			response: Option<(T::AccountId, Balance)>,
		},
		/// Settled work left storage: nobody can rate anybody for it any more.
		#[codec(index = 5)]
		WorkPruned {
			/// The work.
			work: WorkId,
		},
		/// An agent changed its owner, and all evidence on it counts a quarter from now on.
		#[codec(index = 6)]
		EvidenceQuartered {
			/// The agent.
			agent: AgentId,
			/// Under which owner it is now.
			generation: Generation,
		},
	}

	/// Why a call was refused. Nothing changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// No settled work with this id entitles to a rating: it was never settled, its provider was
		/// no agent or never accepted it, its fee was below the least fee, both sides have one
		/// owner, or it was pruned. Look the id up in `WorkCounted`.
		#[codec(index = 0)]
		WorkNotFound,
		/// The caller was on neither side of the work. Send the call from the account that paid or
		/// was paid.
		#[codec(index = 1)]
		NotParty,
		/// The other side of the work was not this agent. Look the agent up in `WorkCounted`.
		#[codec(index = 2)]
		WrongAgent,
		/// This side has rated the other one for this work before. Each work entitles to one rating
		/// per side, revoked or not.
		#[codec(index = 3)]
		AlreadyRated,
		/// The agent is gone. There is nobody to rate.
		#[codec(index = 4)]
		AgentNotFound,
		/// The caller owns the agent, is its wallet, or works for another agent of its owner: nobody
		/// can rate itself.
		#[codec(index = 5)]
		SelfRating,
		/// There is no such tag. Look the tag up in the tag registry.
		#[codec(index = 6)]
		UnknownTag,
		/// The tag names a capability, which measures nothing. Use a tag for quality or feedback, and
		/// give the capability as `about`.
		#[codec(index = 7)]
		TagNotForRating,
		/// The tag, or the capability that the rating is about, was retired: nothing new gets it. Use
		/// another one.
		#[codec(index = 8)]
		TagRetired,
		/// The rating is about a tag that names no capability. Name a capability, or nothing.
		#[codec(index = 9)]
		AboutNotCapability,
		/// The value is not on the tag's scale, or has more than 18 decimals. Look at the tag's
		/// scale.
		#[codec(index = 10)]
		ValueOutOfRange,
		/// The URI is longer than `MaxUriLength`. Publish the document at a shorter address.
		#[codec(index = 11)]
		UriTooLong,
		/// The URI is not absolute (`scheme:rest`), or has a character that RFC 3986 does not allow.
		/// Percent-encode what needs it.
		#[codec(index = 12)]
		UriMalformed,
		/// A response needs a document. Publish it and give its URI.
		#[codec(index = 13)]
		UriEmpty,
		/// The endpoint is longer than `MaxUriLength`. Give a shorter form of it, or nothing.
		#[codec(index = 14)]
		EndpointTooLong,
		/// There is no feedback with this index by this author on this agent: there never was, or it
		/// was erased. An author revokes its own feedback only.
		#[codec(index = 15)]
		FeedbackNotFound,
		/// The feedback is revoked already. There is nothing to do.
		#[codec(index = 16)]
		AlreadyRevoked,
		/// The caller neither owns the rated agent nor is its wallet. Send the call from one of the
		/// two.
		#[codec(index = 17)]
		NotRatedAgent,
		/// The agent has answered this feedback, and it may do so once.
		#[codec(index = 18)]
		AlreadyResponded,
		/// The caller has no deposit in this feedback: it neither wrote it nor answered it.
		#[codec(index = 19)]
		NotAuthorNorResponder,
		/// It is too early: 12 half-lives must pass first. An author may revoke its feedback and
		/// erase it then.
		#[codec(index = 20)]
		RetentionNotElapsed,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxUriLength::get() > 0, "MaxUriLength must leave room for a URI");
			assert!(T::HalfLife::get() > 0, "evidence must last for some time");
			assert!(T::MinFee::get() > 0, "evidence, and its storage, must cost something");
			let longest = T::MaxUriLength::get();
			assert!(
				Self::feedback_deposit(0, 0) <= Self::feedback_deposit(longest, longest),
				"StorageDeposit must not fall as the footprint grows"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An agent's score as of now, and what it is made of. One read besides the parameters.
		pub fn score(agent: AgentId) -> ScoreInfo {
			Self::score_of(agent)
		}

		/// The ratings of an agent with a tag, about a capability or all of them. Three reads besides
		/// the parameters.
		pub fn summary(agent: AgentId, tag: TagId, about: Option<TagId>) -> SummaryInfo {
			Self::summary_of(agent, Topic { tag, about })
		}

		/// The deposit that feedback takes, in plancks. A length beyond the bound is priced as the
		/// bound.
		pub fn feedback_deposit(endpoint_length: u32, uri_length: u32) -> Balance {
			Self::deposit_for_feedback(endpoint_length, uri_length)
		}

		/// The deposit that a response takes, in plancks. A length beyond the bound is priced as the
		/// bound.
		pub fn response_deposit(uri_length: u32) -> Balance {
			Self::deposit_for_response(uri_length)
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Rates `agent`, with which the caller did `work`, and holds the storage deposit on the
		/// caller.
		///
		/// The client's account may rate the provider's agent; the provider's account may rate the
		/// client's agent, if the client's account was an agent's wallet when the work was settled.
		/// Each may do so once. The rating weighs what the work counted for, decayed since it was
		/// settled and quartered for each change of the agent's owner since then. It counts in the
		/// summaries of its tag and, with a tag for quality or feedback, in that component of the
		/// agent's score.
		///
		/// - Origin: signed by a party of the work.
		/// - Event: [`Event::FeedbackGiven`].
		/// - Errors: [`Error::WorkNotFound`], [`Error::NotParty`], [`Error::WrongAgent`],
		///   [`Error::AlreadyRated`], [`Error::AgentNotFound`], [`Error::SelfRating`],
		///   [`Error::UnknownTag`], [`Error::TagNotForRating`], [`Error::TagRetired`],
		///   [`Error::AboutNotCapability`], [`Error::ValueOutOfRange`],
		///   [`Error::EndpointTooLong`], [`Error::UriTooLong`], [`Error::UriMalformed`], and the
		///   currency's own when the free balance does not cover the deposit.
		/// - Complexity: O(length of endpoint and URI), whatever the number of ratings.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::rate(
			rating.endpoint.len().saturating_add(rating.uri.len()).saturated_into()
		))]
		pub fn rate(
			origin: OriginFor<T>,
			agent: AgentId,
			work: WorkId,
			rating: Rating,
		) -> DispatchResult {
			let author = ensure_signed(origin)?;
			Self::do_rate(author, agent, work, rating)
		}

		/// Takes back what the caller said about `agent` under `index`.
		///
		/// It stays readable, flagged as revoked, and what is left of its evidence leaves the
		/// summaries and the agent's score. The work can't be rated again. The deposit stays held
		/// until the caller [erases](Pallet::erase) it.
		///
		/// - Origin: signed by the author.
		/// - Event: [`Event::FeedbackRevoked`].
		/// - Errors: [`Error::FeedbackNotFound`], [`Error::AlreadyRevoked`].
		/// - Complexity: O(1).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::revoke())]
		pub fn revoke(
			origin: OriginFor<T>,
			agent: AgentId,
			index: FeedbackIndex,
		) -> DispatchResult {
			let author = ensure_signed(origin)?;
			Self::do_revoke(author, agent, index)
		}

		/// Answers feedback on an agent with a document at `uri` that hashes to `hash`, and holds the
		/// storage deposit on the caller.
		///
		/// Revoked feedback can be answered too, because it can be read.
		///
		/// - Origin: signed by the agent's present owner or wallet.
		/// - Event: [`Event::ResponseGiven`].
		/// - Errors: [`Error::FeedbackNotFound`], [`Error::NotRatedAgent`],
		///   [`Error::AlreadyResponded`], [`Error::UriEmpty`], [`Error::UriTooLong`],
		///   [`Error::UriMalformed`], and the currency's own when the free balance does not cover
		///   the deposit.
		/// - Complexity: O(length of `uri`).
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::respond(uri.len().saturated_into()))]
		pub fn respond(
			origin: OriginFor<T>,
			agent: AgentId,
			author: T::AccountId,
			index: FeedbackIndex,
			uri: Vec<u8>,
			hash: DocumentHash,
		) -> DispatchResult {
			let responder = ensure_signed(origin)?;
			Self::do_respond(responder, agent, author, index, uri, hash)
		}

		/// Removes feedback and the response to it from storage, and gives both deposits back to who
		/// paid them.
		///
		/// Possible once the feedback is revoked, or 12 half-lives old, or its agent is gone.
		/// Feedback that was not revoked leaves the summaries and the score with the little evidence
		/// that time has left of it.
		///
		/// - Origin: signed by the author or the responder, who each have a deposit in it.
		/// - Event: [`Event::FeedbackErased`].
		/// - Errors: [`Error::FeedbackNotFound`], [`Error::NotAuthorNorResponder`],
		///   [`Error::RetentionNotElapsed`].
		/// - Complexity: O(1).
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::erase())]
		pub fn erase(
			origin: OriginFor<T>,
			agent: AgentId,
			author: T::AccountId,
			index: FeedbackIndex,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_erase(caller, agent, author, index)
		}

		/// Removes settled work from storage, 12 half-lives after it was settled: a rating for it
		/// would weigh next to nothing.
		///
		/// Costs no fee when it succeeds.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::WorkPruned`].
		/// - Errors: [`Error::WorkNotFound`], [`Error::RetentionNotElapsed`].
		/// - Complexity: O(1).
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::prune())]
		pub fn prune(origin: OriginFor<T>, work: WorkId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_prune(work)?;
			Ok(Pays::No.into())
		}
	}
}
