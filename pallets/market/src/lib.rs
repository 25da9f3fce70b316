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
mod calls;
mod impls;
#[cfg(test)]
mod mock;
pub mod ranking;
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
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// Under which target this pallet logs.
const LOG_TARGET: &str = "runtime::market";

#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use aitbc_core::{
		AgentId, Balance, BlockNumber, ContractId, EvidenceHash, JobId, OfferId, TagId,
	};
	use aitbc_traits::{
		AgentInspect, DeadlineClock, Escrow, OnJobSettled, ReputationInspect, TagInspect,
	};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible::MutateHold, Footprint},
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{
		traits::{Convert, SaturatedConversion},
		Perbill,
	};

	/// The version of the storage that this code reads and writes.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// The chain's money.
		type Currency: MutateHold<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// The clock on which everything with a deadline counts.
		type Clock: DeadlineClock;

		/// Knows who providers are.
		type Agents: AgentInspect<Self::AccountId>;

		/// Knows which tags there are.
		type Tags: TagInspect;

		/// Knows what providers' reputation is at least.
		type Reputation: ReputationInspect;

		/// Holds the money of jobs that are assigned.
		type Escrow: Escrow<Self::AccountId>;

		/// Hears of every contract of a job that closes.
		type OnJobSettled: OnJobSettled<Self::AccountId, Balance>;

		/// The era that things are counted in.
		type Era: Get<u32>;

		/// What a bidder has at risk at least, of what the job costs by its bid. Applies to bids and
		/// direct jobs from now on.
		type BondRate: Get<Perbill>;

		/// What a bidder has at risk at least, whatever it asks, in plancks. At least the existential
		/// deposit. Applies as [`Config::BondRate`].
		type MinBond: Get<Balance>;

		/// How far ahead the last block lies at which a job can be assigned, in active blocks, so
		/// that no bidder waits for ever.
		type MaxBiddingPeriod: Get<BlockNumber>;

		/// How far ahead the last due block of a job lies when it is assigned, in active blocks: what
		/// the escrow allows.
		type MaxDuration: Get<BlockNumber>;

		/// The shortest review period of a job, in active blocks: what the escrow allows.
		type MinReviewPeriod: Get<BlockNumber>;

		/// The longest review period of a job, in active blocks: what the escrow allows.
		type MaxReviewPeriod: Get<BlockNumber>;

		/// How long what is kept of a settled job stays at least, in active blocks.
		type RetentionPeriod: Get<BlockNumber>;

		/// The deposit for what something occupies in storage, in plancks. It should not fall as the
		/// footprint grows.
		type StorageDeposit: Convert<Footprint, Balance>;

		/// The most bytes of a specification's URI. Reducing it makes jobs with longer ones
		/// undecodable.
		#[pallet::constant]
		type MaxUriLength: Get<u32>;

		/// Of how many eras the counters are kept. Not zero. A change needs a migration.
		#[pallet::constant]
		type EraHistory: Get<u32>;

		/// Makes agents for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;

		/// Weights of this pallet's calls.
		type WeightInfo: WeightInfo;
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The storage deposits of a provider's offers and of a client's jobs, and what could not be
		/// returned of them.
		#[codec(index = 0)]
		Deposit,
		/// What a provider has at risk for its bids, and what could not be returned of it.
		#[codec(index = 1)]
		Bond,
	}

	/// The id that the next offer gets. Written by [`Pallet::create_offer`], never goes back.
	#[pallet::storage]
	pub type NextOfferId<T: Config> = StorageValue<_, OfferId, ValueQuery>;

	/// The id that the next job gets. Written by [`Pallet::post`] and [`Pallet::hire`], never goes
	/// back.
	#[pallet::storage]
	pub type NextJobId<T: Config> = StorageValue<_, JobId, ValueQuery>;

	/// Offer id -> offer.
	///
	/// Written by [`Pallet::create_offer`], by the calls that pause and resume, and whenever a lease
	/// by it begins or ends; removed by [`Pallet::withdraw_offer`].
	#[pallet::storage]
	pub type Offers<T: Config> = StorageMap<_, Twox64Concat, OfferId, OfferOf<T>, OptionQuery>;

	/// Agent, offer id -> nothing: the offers of an agent.
	///
	/// Written and removed together with [`Offers`]: one entry for each offer.
	#[pallet::storage]
	pub type OffersByAgent<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AgentId, Twox64Concat, OfferId, (), OptionQuery>;

	/// Tag, offer id -> nothing: the offers of a capability.
	///
	/// Written and removed together with [`Offers`]: one entry for each offer.
	#[pallet::storage]
	pub type OffersByTag<T: Config> =
		StorageDoubleMap<_, Twox64Concat, TagId, Twox64Concat, OfferId, (), OptionQuery>;

	/// Job id -> job, for each that has not ended.
	///
	/// Written by [`Pallet::post`], [`Pallet::hire`] and every call that moves the job; removed when
	/// it ends.
	#[pallet::storage]
	pub type Jobs<T: Config> = StorageMap<_, Twox64Concat, JobId, JobOf<T>, OptionQuery>;

	/// Job id -> its bids; once it is assigned, its backups in the order of their turns. Absent when
	/// there are none. Each agent and each account has one at most.
	///
	/// Written by [`Pallet::bid`] and whatever takes bids away; removed with the last one.
	#[pallet::storage]
	pub type Bids<T: Config> = StorageMap<_, Twox64Concat, JobId, BidsOf<T>, ValueQuery>;

	/// Account -> how many bids it has, backups included. An absent entry is zero.
	///
	/// Moves together with [`Bids`].
	#[pallet::storage]
	pub type OpenBids<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Account, job id -> nothing: the jobs of which an account is the client, or that went to it.
	///
	/// Written when the job is posted and whenever it is assigned; removed when it ends without ever
	/// having been, or when it is forgotten.
	#[pallet::storage]
	pub type JobsByParty<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, JobId, (), OptionQuery>;

	/// Tag, job id -> nothing: the jobs that wait for bids.
	///
	/// Written by [`Pallet::post`], removed when the job is assigned or ends.
	#[pallet::storage]
	pub type OpenJobs<T: Config> =
		StorageDoubleMap<_, Twox64Concat, TagId, Twox64Concat, JobId, (), OptionQuery>;

	/// Job id -> what is kept of a job that somebody had got and that ended.
	///
	/// Written when the job ends; removed by [`Pallet::forget`].
	#[pallet::storage]
	pub type SettledJobs<T: Config> =
		StorageMap<_, Twox64Concat, JobId, SettledJobOf<T>, OptionQuery>;

	/// Account, kind -> its own money that should be free and can't be yet, in plancks.
	///
	/// Written by every way out that would have turned money to dust; removed by [`Pallet::collect`].
	/// The money stays held for [`ClaimKind::hold_reason`].
	#[pallet::storage]
	pub type Claims<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		ClaimKind,
		Balance,
		OptionQuery,
	>;

	/// An era modulo [`Config::EraHistory`] -> what happened in the latest era of which anything was
	/// counted there.
	///
	/// Written whenever something is counted; what an era before counted in the same place goes then.
	#[pallet::storage]
	pub type CountersByEra<T: Config> = StorageMap<_, Twox64Concat, u32, EraCounters, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A provider made an offer, which is open.
		#[codec(index = 0)]
		OfferCreated {
			/// The new offer.
			offer: OfferId,
			/// Whose it is.
			agent: AgentId,
			/// The wallet that made it, and has the deposit on hold.
			account: T::AccountId,
			/// What is offered.
			terms: OfferTerms,
			/// What is held for storage, in plancks.
			deposit: Balance,
		},
		/// An offer takes no new work for now.
		#[codec(index = 1)]
		OfferPaused {
			/// The offer.
			offer: OfferId,
		},
		/// An offer takes new work again.
		#[codec(index = 2)]
		OfferResumed {
			/// The offer.
			offer: OfferId,
		},
		/// An offer is gone.
		#[codec(index = 3)]
		OfferWithdrawn {
			/// The offer.
			offer: OfferId,
			/// Who has the deposit back.
			account: T::AccountId,
			/// How much, in plancks.
			deposit: Balance,
		},
		/// A client wants something done.
		#[codec(index = 4)]
		JobPosted {
			/// The new job.
			job: JobId,
			/// Who will pay, and has the deposits on hold.
			client: T::AccountId,
			/// What is to be done.
			work: WorkTerms<T::AccountId, UriOf<T>>,
			/// Whom the client looks for.
			demand: Demand,
			/// How long bids are taken; `None` for a direct job, which is assigned at once.
			bidding: Option<BiddingWindow>,
			/// What is held for storage.
			deposits: JobDeposits,
		},
		/// A provider bid for a job.
		#[codec(index = 5)]
		BidPlaced {
			/// The job.
			job: JobId,
			/// The bid, whose bond is held.
			bid: BidOf<T>,
		},
		/// A bid left its job's list. Its bond is free, unless [`Event::ClaimOpened`] said just before
		/// that it can't be yet.
		#[codec(index = 6)]
		BidReleased {
			/// The job.
			job: JobId,
			/// The agent that bid.
			agent: AgentId,
			/// Who has the bond back.
			account: T::AccountId,
			/// How much, in plancks.
			bond: Balance,
			/// Why.
			cause: BidEnd,
		},
		/// A provider has the job: contract, bond and money are on the escrow. Its bid is no longer
		/// on the list, and its bond no longer held here.
		#[codec(index = 7)]
		JobAssigned {
			/// The job.
			job: JobId,
			/// Who does it, and for how much.
			lease: LeaseOf<T>,
			/// What the provider has at risk, in plancks.
			bond: Balance,
			/// How long the provider may take to start, in active blocks.
			start_by: BlockNumber,
		},
		/// The provider started.
		#[codec(index = 8)]
		JobStarted {
			/// The job.
			job: JobId,
			/// The contract under which it works.
			contract: ContractId,
		},
		/// The provider filed a receipt for its work. Of a stream or a meter it replaces the one
		/// before.
		#[codec(index = 9)]
		ReceiptFiled {
			/// The job.
			job: JobId,
			/// The receipt.
			receipt: WorkReceipt,
		},
		/// A lease ended.
		#[codec(index = 10)]
		LeaseEnded {
			/// The job.
			job: JobId,
			/// The lease, and how its contract ended.
			lease: PastLease<T::AccountId>,
			/// Why.
			cause: LeaseEnd,
		},
		/// A job ended that somebody had got.
		#[codec(index = 11)]
		JobSettled {
			/// The job.
			job: JobId,
			/// Who paid, and has the job's deposit back.
			client: T::AccountId,
			/// How it ended.
			outcome: JobOutcome,
			/// What the client paid in all, fees included, in plancks.
			paid: Balance,
			/// When, in active blocks.
			at: BlockNumber,
		},
		/// A job ended that nobody got in time. The client has its deposits back.
		#[codec(index = 12)]
		JobExpired {
			/// The job.
			job: JobId,
		},
		/// A client took a job back before anybody got it, and has its deposits back.
		#[codec(index = 13)]
		JobCancelled {
			/// The job.
			job: JobId,
		},
		/// Nothing is kept of a settled job any more.
		#[codec(index = 14)]
		JobForgotten {
			/// The job.
			job: JobId,
			/// Who has the deposit back.
			client: T::AccountId,
			/// How much, in plancks.
			deposit: Balance,
		},
		/// Money that should be free can't be yet, and stays held. The event that tells why it should
		/// be free follows.
		#[codec(index = 15)]
		ClaimOpened {
			/// Whose it is.
			account: T::AccountId,
			/// Why it waits.
			kind: ClaimKind,
			/// How much more waits now, in plancks.
			amount: Balance,
		},
		/// Money that waited is free.
		#[codec(index = 16)]
		ClaimCollected {
			/// Whose it is.
			account: T::AccountId,
			/// Why it waited.
			kind: ClaimKind,
			/// How much, in plancks.
			amount: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No offer has this id: it was never made, or it is withdrawn. Look the id up in
		/// `OfferCreated`.
		#[codec(index = 0)]
		OfferNotFound,
		/// No job has this id: it was never posted, it ended, or it is forgotten. Look the id up in
		/// `JobPosted`.
		#[codec(index = 1)]
		JobNotFound,
		/// The caller is the wallet of no agent. Register one and set its wallet, or send it from
		/// the wallet.
		#[codec(index = 2)]
		NotAgentWallet,
		/// The agent takes no work now. Activate it, or take another.
		#[codec(index = 3)]
		AgentNotActive,
		/// The agent works under another wallet by now, or under none. Take another bid or offer.
		#[codec(index = 4)]
		WalletChanged,
		/// The offer is not one of the caller's agent under this wallet. Send it from the account
		/// that made it.
		#[codec(index = 5)]
		NotOfferAccount,
		/// The offer is paused. Resume it, or take another.
		#[codec(index = 6)]
		OfferNotOpen,
		/// The offer is not paused. There is nothing to resume.
		#[codec(index = 7)]
		OfferNotPaused,
		/// Somebody works by the offer. Pause it, and withdraw it when the work is done.
		#[codec(index = 8)]
		OfferInUse,
		/// There is no such tag. Look up its id in the tag registry.
		#[codec(index = 9)]
		TagNotFound,
		/// Governance retired the tag. Use another.
		#[codec(index = 10)]
		TagRetired,
		/// The tag is not one for capabilities. Use another.
		#[codec(index = 11)]
		NotACapability,
		/// A name of a GPU, a model or a region is empty where there must be one, or is not printable
		/// ASCII. Spell it otherwise.
		#[codec(index = 12)]
		NameMalformed,
		/// There is to be a GPU, but the number of them is zero. Say how many, or leave it out.
		#[codec(index = 13)]
		NoGpus,
		/// The price is zero. Ask or offer something.
		#[codec(index = 14)]
		PriceZero,
		/// The number of units is zero. Say how many.
		#[codec(index = 15)]
		UnitsZero,
		/// The fewest units of a job are more than the most, or those are more than the capacity. Put
		/// them in order.
		#[codec(index = 16)]
		UnitsOutOfOrder,
		/// The URI is empty. Publish the specification and give its address.
		#[codec(index = 17)]
		UriEmpty,
		/// The URI is longer than `MaxUriLength`. Publish the specification at a shorter address.
		#[codec(index = 18)]
		UriTooLong,
		/// The URI is not absolute (`scheme:rest`), or has a character that RFC 3986 does not allow,
		/// such as a space or a letter outside ASCII. Percent-encode what needs it.
		#[codec(index = 19)]
		UriMalformed,
		/// The payment plan has no milestone. Plan one at least.
		#[codec(index = 20)]
		NoMilestones,
		/// A milestone's share is zero. Leave the milestone out.
		#[codec(index = 21)]
		ShareZero,
		/// The shares of the milestones do not sum to exactly one. Correct them.
		#[codec(index = 22)]
		SharesNotWhole,
		/// A stream or a meter is to last no time, or a provider is to have none to start. Give it
		/// some.
		#[codec(index = 23)]
		DurationZero,
		/// The time to start and the work together take longer than `MaxDuration`. Shorten them.
		#[codec(index = 24)]
		DurationTooLong,
		/// The review period is shorter than `MinReviewPeriod`. Lengthen it.
		#[codec(index = 25)]
		ReviewPeriodTooShort,
		/// The review period is longer than `MaxReviewPeriod`. Shorten it.
		#[codec(index = 26)]
		ReviewPeriodTooLong,
		/// There are to be more backups than a job may have. Ask for fewer.
		#[codec(index = 27)]
		TooManyBackups,
		/// At this price a milestone, or all of a stream or a meter, pays less than the existential
		/// deposit, so an account might not take it. Raise the price.
		#[codec(index = 28)]
		PriceTooLow,
		/// Bidding ends now or earlier. Name a later active block.
		#[codec(index = 29)]
		BiddingEndNotInFuture,
		/// The job is to be assigned before bidding ends. Name a later active block.
		#[codec(index = 30)]
		AssignmentBeforeBiddingEnd,
		/// The job is to be assigned later than `MaxBiddingPeriod` from now. Name an earlier active
		/// block.
		#[codec(index = 31)]
		AssignmentTooLate,
		/// Somebody has the job. It can't be bid for, assigned, cancelled or left to expire any more.
		#[codec(index = 32)]
		AlreadyAssigned,
		/// The last active block at which bids were taken has passed. Look for another job.
		#[codec(index = 33)]
		BiddingEnded,
		/// The offer is of another capability than the job asks for. Bid by another offer.
		#[codec(index = 34)]
		CapabilityMismatch,
		/// The offer counts in another unit than the job. Bid by another offer.
		#[codec(index = 35)]
		UnitMismatch,
		/// The offer's resource or SLA does not meet what the job requires. Bid by another offer.
		#[codec(index = 36)]
		RequirementsNotMet,
		/// The lower bound of the agent's reputation is below what the job requires. Earn more first.
		#[codec(index = 37)]
		ReputationTooLow,
		/// The job has fewer or more units than the offer takes at a time. Use another offer.
		#[codec(index = 38)]
		UnitsOutOfRange,
		/// The offer's capacity is in use. Wait until work by it is done, or use another offer.
		#[codec(index = 39)]
		OfferExhausted,
		/// The price is above the job's limit. Ask for less.
		#[codec(index = 40)]
		PriceAboveLimit,
		/// The bond is less than a bid of this price must have. Ask `bid_bond` for how much.
		#[codec(index = 41)]
		BondTooSmall,
		/// The client is the agent's wallet or owner: nobody works for itself.
		#[codec(index = 42)]
		OwnJob,
		/// The list of bids is full, and this one would be the weakest. Raise the bond, or lower the
		/// price.
		#[codec(index = 43)]
		BidTooWeak,
		/// There is no such bid: it was never made, it was withdrawn, or a stronger one took its
		/// place.
		#[codec(index = 44)]
		BidNotFound,
		/// The bid is not the one that the client decided on: the agent changed offer, price or bond
		/// since. Look at it again.
		#[codec(index = 45)]
		BidChanged,
		/// The caller is not the job's client. Send it from that account.
		#[codec(index = 46)]
		NotClient,
		/// The last active block at which the job could be assigned has passed. Let it expire, and
		/// post another.
		#[codec(index = 47)]
		AssignmentEnded,
		/// The offer's price for this work is not the one that the client decided on. Ask
		/// `quote` again.
		#[codec(index = 48)]
		PriceChanged,
		/// Nobody has the job. Wait until it is assigned.
		#[codec(index = 49)]
		NotAssigned,
		/// The caller is not the account that does the job. Send it from that account.
		#[codec(index = 50)]
		NotProvider,
		/// The lease does not cover this milestone: there is none in the plan, or an earlier lease
		/// concluded it. A stream and a meter have none, and a job with milestones always has one.
		#[codec(index = 51)]
		MilestoneNotFound,
		/// The provider has not started. Start first.
		#[codec(index = 52)]
		NotStarted,
		/// Submitted work awaits the client's review, or a dispute its ruling. Settle it on the
		/// escrow when the review period has elapsed.
		#[codec(index = 53)]
		UnderReview,
		/// Neither the start nor a due block was missed. A stream or a meter that has started is
		/// ended on the escrow.
		#[codec(index = 54)]
		NotOverdue,
		/// The client may still assign the job. Wait until its `assign_by` has passed.
		#[codec(index = 55)]
		AssignmentNotEnded,
		/// What is kept of the job must stay for longer. Wait until `RetentionPeriod` has elapsed.
		#[codec(index = 56)]
		RetentionPeriodNotElapsed,
		/// Nothing of this kind waits for this account.
		#[codec(index = 57)]
		ClaimNotFound,
		/// The account would lose money as dust if its own were released now. Send it the existential
		/// deposit first.
		#[codec(index = 58)]
		PayeeNotCreditable,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			use frame_support::traits::fungible::Inspect;
			assert!(T::MaxUriLength::get() > 0, "MaxUriLength must leave room for a URI");
			assert!(T::EraHistory::get() > 0, "counters must have a place");
			assert!(T::MaxBiddingPeriod::get() > 0, "bidding must end in the future");
			assert!(T::MaxDuration::get() > 0, "work must be due in the future");
			assert!(
				T::MinReviewPeriod::get() <= T::MaxReviewPeriod::get(),
				"some review period must be allowed"
			);
			assert!(
				T::MinBond::get() >= T::Currency::minimum_balance(),
				"a bond must be worth something, and creditable"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The storage deposit of an offer, in plancks.
		pub fn deposit_for_offer() -> Balance {
			Self::offer_deposit()
		}

		/// How many bids `account` has, backups included.
		pub fn open_bids(account: T::AccountId) -> u32 {
			Self::open_bids_of(&account)
		}
	}
}
