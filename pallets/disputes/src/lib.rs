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
mod events;
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

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// Under which target this pallet logs.
const LOG_TARGET: &str = "runtime::disputes";

#[import_section(events::events)]
#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use aitbc_core::{
		AgentId, Balance, BlockNumber, CaseId, Choice, DocumentHash, Party, Round, Ruling, Salt,
		Sides, Subject, Tenths,
	};
	use aitbc_traits::{
		AgentBondSlash, CaseFacts, ConflictInspect, DeadlineClock, JurorPool, OnRuling,
	};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible::MutateHold, Footprint},
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
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
	pub trait Config: frame_system::Config<Hash = aitbc_core::Hash> {
		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// The chain's money.
		type Currency: MutateHold<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// The clock on which all periods count.
		type Clock: DeadlineClock;

		/// Draws juries and holds what jurors have at stake.
		type Jurors: JurorPool<Self::AccountId>;

		/// Knows what the chain itself can say about a subject.
		type Facts: CaseFacts;

		/// Tells who is too close to a party to judge.
		type Conflicts: ConflictInspect<Self::AccountId>;

		/// Executes rulings.
		type OnRuling: OnRuling;

		/// Takes from the bond of an agent that lost.
		type AgentBonds: AgentBondSlash;

		/// Who may rule when the last jury has: governance.
		type ForceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who gets filing fees and what nobody else has a right to: the treasury. Should own at
		/// least the existential deposit, else what is below it stays where it is.
		type FeeReceiver: Get<Self::AccountId>;

		/// What the opener pays, unless the parties settle, in plancks. Applies to cases opened from
		/// now on.
		type FilingFee: Get<Balance>;

		/// What each seat of a jury costs, in plancks. Not zero. Applies to cases opened from now on.
		type SeatFee: Get<Balance>;

		/// What each seat of a jury puts at risk, in plancks. Not zero. Applies to cases opened from
		/// now on.
		type SeatStake: Get<Balance>;

		/// The most that the first jury may cost, as a share of the value. A case of less value has
		/// no court.
		type MaxCost: Get<Perbill>;

		/// How much of its contract's bond a side loses whose claim is wholly wrong.
		type LoserSlash: Get<Perbill>;

		/// How much of its agent's bond a provider loses whose claim is wholly wrong.
		type AgentSlash: Get<Perbill>;

		/// How much of its stake a seat loses that is not coherent. Applies to rounds paid from now on.
		type IncoherentSlash: Get<Perbill>;

		/// How much of its stake a seat loses that reveals nothing. Less than
		/// [`Config::IncoherentSlash`] counts as that. Applies to rounds paid from now on.
		type SilenceSlash: Get<Perbill>;

		/// How much of what a denounced seat loses goes to who denounced it. It gets no more than
		/// what silence costs beyond a wrong vote, so that nobody can cheapen its own silence by
		/// denouncing itself.
		type DenounceReward: Get<Perbill>;

		/// How long the parties may settle, in active blocks.
		type SettlementPeriod: Get<BlockNumber>;

		/// How long a round takes evidence, in active blocks.
		type EvidencePeriod: Get<BlockNumber>;

		/// How long jurors may commit, in active blocks.
		type CommitPeriod: Get<BlockNumber>;

		/// How long jurors may reveal, in active blocks.
		type RevealPeriod: Get<BlockNumber>;

		/// How long sides may stake for an appeal, in active blocks: two at least. The side that lost
		/// has the first half.
		type AppealPeriod: Get<BlockNumber>;

		/// How long governance may rule after the last instance, in active blocks.
		type OversightPeriod: Get<BlockNumber>;

		/// The deposit for what is stored, in plancks. It should not fall as the footprint grows.
		type StorageDeposit: Convert<Footprint, Balance>;

		/// How many seats the first jury has. Each further one has one more than twice as many.
		#[pallet::constant]
		type Seats: Get<u32>;

		/// How many appeals there may be.
		#[pallet::constant]
		type MaxAppeals: Get<u8>;

		/// The most seats of a jury: those of the last. Reducing it makes larger juries in storage
		/// undecodable.
		#[pallet::constant]
		type MaxSeats: Get<u32>;

		/// The most pieces of evidence that each party may file.
		#[pallet::constant]
		type MaxEvidence: Get<u32>;

		/// The most bytes of a URI of evidence. Reducing it makes longer ones undecodable.
		#[pallet::constant]
		type MaxUriLength: Get<u32>;

		/// The most bytes of a document that is shown as a fact.
		#[pallet::constant]
		type MaxDocumentLength: Get<u32>;

		/// Weights of this pallet's calls.
		type WeightInfo: WeightInfo;
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The storage deposits of an opener's cases, of rounds that an account appealed to, and of a
		/// party's evidence, and the filing fees of cases that are not ruled.
		#[codec(index = 0)]
		Deposit,
		/// What an account staked for a side.
		#[codec(index = 1)]
		Stake,
	}

	/// The id that the next case gets. Written by `open_case`, never goes back.
	#[pallet::storage]
	pub type NextCaseId<T: Config> = StorageValue<_, CaseId, ValueQuery>;

	/// Case id -> case, for each that is open or not yet paid.
	///
	/// Written by `open_case` and every call that moves the case; removed by the last
	/// [`Pallet::progress`], or, when no jury was asked for, by the call that rules.
	#[pallet::storage]
	pub type Cases<T: Config> = StorageMap<_, Twox64Concat, CaseId, CaseOf<T>, OptionQuery>;

	/// Case id, round -> round.
	///
	/// Round 0 is written when a case that has a court opens, each further one by the first
	/// [`Pallet::appeal`]; removed when it is paid.
	#[pallet::storage]
	pub type Rounds<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, Round, RoundOf<T>, OptionQuery>;

	/// Case id, number -> evidence, numbered from zero in the order in which it was filed.
	///
	/// Written by [`Pallet::submit_evidence`], removed with the case.
	#[pallet::storage]
	pub type Evidence<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, u32, EvidenceOf<T>, OptionQuery>;

	/// Account, case id -> in how many ways an account is in a case: as a party, and as a juror of
	/// each round that is not paid.
	///
	/// Written when a case opens and when a jury is drawn; counted down as rounds are paid, and
	/// removed at zero.
	#[pallet::storage]
	pub type CasesByAccount<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, CaseId, u32, ValueQuery>;

	/// Agent -> how many cases that are not ruled it answers for. An absent entry is zero.
	///
	/// Counted up by `open_case`, down when the case is ruled, removed at zero.
	#[pallet::storage]
	pub type CasesByAgent<T: Config> = StorageMap<_, Twox64Concat, AgentId, u32, ValueQuery>;

	#[pallet::error]
	pub enum Error<T> {
		/// No case has this id: it is over and paid, or was never opened. Look the id up in
		/// `CaseOpened`.
		#[codec(index = 0)]
		CaseNotFound,
		/// Only a party of the case may do this. Send it from the client's or the provider's account.
		#[codec(index = 1)]
		NotParty,
		/// Only the party that did not open the case may do this.
		#[codec(index = 2)]
		NotRespondent,
		/// The case is decided. Look at its ruling.
		#[codec(index = 3)]
		AlreadyRuled,
		/// The time to settle is over. Go on with the case: file evidence, or `progress` it.
		#[codec(index = 4)]
		SettlementOver,
		/// The respondent filed its claim before. It can't be changed.
		#[codec(index = 5)]
		AlreadyDefended,
		/// No offer to settle stands. Make one.
		#[codec(index = 6)]
		OfferNotFound,
		/// The caller made this offer itself. Only the other party can accept it.
		#[codec(index = 7)]
		OwnOffer,
		/// The offer is not what the caller expects: it was replaced. Look at it again.
		#[codec(index = 8)]
		OfferMismatch,
		/// Evidence is closed. If there is an appeal, it opens again.
		#[codec(index = 9)]
		EvidenceClosed,
		/// The caller filed `MaxEvidence` pieces before, in all rounds together. Nothing can be added:
		/// let a document that is filed name the rest from the start.
		#[codec(index = 10)]
		TooMuchEvidence,
		/// The URI is longer than `MaxUriLength` bytes. Give a shorter one.
		#[codec(index = 11)]
		UriTooLong,
		/// The URI is not of the form `scheme:rest`, in the characters of RFC 3986.
		#[codec(index = 12)]
		UriMalformed,
		/// The document is longer than `MaxDocumentLength` bytes, which no fact takes.
		#[codec(index = 13)]
		DocumentTooLong,
		/// The chain knows nothing that decides the case, with this document or without. Settle, or
		/// leave it to the court.
		#[codec(index = 14)]
		NoFact,
		/// No jury sits. Look at the case's state.
		#[codec(index = 15)]
		NotVoting,
		/// Evidence is not closed yet, so votes would be blind. Wait.
		#[codec(index = 16)]
		VotingNotBegun,
		/// The caller is not a member of this jury.
		#[codec(index = 17)]
		NotJuror,
		/// The juror committed before. Reveal when it is time.
		#[codec(index = 18)]
		AlreadyCommitted,
		/// The time to commit is over.
		#[codec(index = 19)]
		CommitOver,
		/// The juror has not committed, or has nothing left to reveal.
		#[codec(index = 20)]
		NotCommitted,
		/// Votes are still secret: not all jurors committed, and the time to commit is not over. A vote
		/// that gets known now can be denounced.
		#[codec(index = 21)]
		RevealNotBegun,
		/// The time to reveal is over.
		#[codec(index = 22)]
		RevealOver,
		/// The vote is not what was committed to. Check case, round, choice and salt.
		#[codec(index = 23)]
		CommitmentMismatch,
		/// Votes are no secret any more.
		#[codec(index = 24)]
		NoLongerSecret,
		/// A juror can't denounce itself. It loses by silence as much as it would.
		#[codec(index = 25)]
		OwnVote,
		/// There is no outcome that could be appealed.
		#[codec(index = 26)]
		NotAppealable,
		/// This was the last instance. Only governance can still rule otherwise.
		#[codec(index = 27)]
		LastInstance,
		/// The side won, so only the other one can appeal. Once that has, stake for this one.
		#[codec(index = 28)]
		NotLoser,
		/// The time to appeal, or to stake against an appeal, is over.
		#[codec(index = 29)]
		AppealOver,
		/// Somebody staked for this side before.
		#[codec(index = 30)]
		AlreadyStaked,
		/// Governance rules only after the last instance.
		#[codec(index = 31)]
		NotLastInstance,
		/// Nothing is due: the case waits for somebody's word, or for the jury to be drawn.
		#[codec(index = 32)]
		NothingDue,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::Seats::get() > 0, "a jury needs a juror");
			assert!(
				Pallet::<T>::seats_of(Round(T::MaxAppeals::get())) <= T::MaxSeats::get(),
				"the last jury must fit its record"
			);
			assert!(T::SeatFee::get() > 0, "jurors must be paid");
			assert!(T::SeatStake::get() > 0, "jurors must have something to lose");
			assert!(
				T::SilenceSlash::get() > T::IncoherentSlash::get(),
				"silence must cost more than a wrong vote"
			);
			for (name, period) in [
				("settle", T::SettlementPeriod::get()),
				("file evidence", T::EvidencePeriod::get()),
				("commit", T::CommitPeriod::get()),
				("reveal", T::RevealPeriod::get()),
				("appeal", T::AppealPeriod::get() / 2),
				("oversee", T::OversightPeriod::get()),
			] {
				assert!(period > 0, "there must be time to {name}");
			}
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What the first jury of a case costs, in plancks. A case must be worth `1 / MaxCost` times
		/// as much to have one.
		pub fn court_fee() -> Balance {
			Self::fee_of(Round(0), T::SeatFee::get())
		}
	}
}
