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

pub use pallet::*;
pub use types::{
	Claim, ClaimKind, Contract, ContractInfo, ContractPage, ContractState, Milestone,
	MilestoneIndex, MilestoneState, MilestoneTerms, RefundCause, ReleaseCause,
};
pub use weights::WeightInfo;

/// Under which target this pallet logs.
const LOG_TARGET: &str = "runtime::escrow";

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use aitbc_core::{Balance, BlockNumber, ClosedContract, ContractId, EvidenceHash, TermsHash};
	use aitbc_traits::{DeadlineClock, OnContractClosed};
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
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

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

		/// The clock on which dues and review periods count.
		type Clock: DeadlineClock;

		/// Hears of every contract that closes.
		type OnContractClosed: OnContractClosed<Self::AccountId, Balance>;

		/// Who gets the fees: the treasury. Should own at least the existential deposit, else fees
		/// below it are waived.
		type FeeReceiver: Get<Self::AccountId>;

		/// The protocol's share of what is released. Applies to contracts opened from now on.
		type FeeRate: Get<Perbill>;

		/// The shortest review period that a contract may have, in active blocks. Not zero: with
		/// none, a provider could settle in the block in which it submits.
		type MinReviewPeriod: Get<BlockNumber>;

		/// The longest review period that a contract may have, in active blocks.
		type MaxReviewPeriod: Get<BlockNumber>;

		/// How far ahead a milestone may be due, in active blocks, so that a silent provider can't
		/// lock a client's money for ever.
		type MaxDuration: Get<BlockNumber>;

		/// The most milestones that a contract may have. Reducing it makes larger contracts in
		/// storage undecodable.
		#[pallet::constant]
		type MaxMilestones: Get<u32>;

		/// The deposit for what a contract occupies in storage, in plancks.
		type StorageDeposit: Convert<Footprint, Balance>;

		/// Weights of this pallet's calls.
		type WeightInfo: WeightInfo;
	}

	/// Why money is held on a client.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The storage deposit of its contracts, and of closed ones to which it could not be
		/// returned.
		#[codec(index = 0)]
		Deposit,
		/// The outstanding milestones of its contracts, and the claims on it.
		#[codec(index = 1)]
		Escrow,
	}

	/// The id that the next contract gets. Written by [`Pallet::open`], never goes back.
	#[pallet::storage]
	pub type NextContractId<T: Config> = StorageValue<_, ContractId, ValueQuery>;

	/// Contract id -> contract, for each that is open or funded.
	///
	/// Written by [`Pallet::open`] and every call that moves the contract; removed when it closes.
	#[pallet::storage]
	pub type Contracts<T: Config> =
		StorageMap<_, Twox64Concat, ContractId, Contract<T>, OptionQuery>;

	/// Account, contract id -> nothing: the contracts in which an account is client or provider.
	///
	/// Written and removed together with [`Contracts`]: two entries for each contract.
	#[pallet::storage]
	pub type ContractsByParty<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		ContractId,
		(),
		OptionQuery,
	>;

	/// Provider -> how many funded contracts it has that are not closed. An absent entry is zero.
	///
	/// Counted up by [`Pallet::fund`], down when the contract closes, removed at zero.
	#[pallet::storage]
	pub type OpenWork<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Contract id, kind -> what is owed for good but could not be credited to the payee's account.
	///
	/// Written by every way out that meets such an account, also after the contract closed; removed
	/// by [`Pallet::collect`]. The money stays held on the payer for [`ClaimKind::hold_reason`].
	#[pallet::storage]
	pub type Claims<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		ContractId,
		Twox64Concat,
		ClaimKind,
		Claim<T::AccountId>,
		OptionQuery,
	>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A client offers a contract; no money but the deposit is held yet.
		#[codec(index = 0)]
		ContractOpened {
			/// The new contract.
			contract: ContractId,
			/// Who will pay.
			client: T::AccountId,
			/// Who shall work.
			provider: T::AccountId,
			/// What the two agreed on.
			terms: TermsHash,
			/// What is to be paid for, and until when.
			milestones: BoundedVec<MilestoneTerms, T::MaxMilestones>,
			/// How long the client may look at submitted work, in active blocks.
			review_period: BlockNumber,
			/// The protocol's share of what will be released.
			fee_rate: Perbill,
			/// The storage deposit held on the client, in plancks.
			deposit: Balance,
		},
		/// All of a contract's money is held on the client: the provider may start.
		#[codec(index = 1)]
		ContractFunded {
			/// The funded contract.
			contract: ContractId,
			/// How much is held: the sum of its milestones, in plancks.
			amount: Balance,
			/// When it was funded, in active blocks.
			since: BlockNumber,
		},
		/// The provider says that a milestone's work is done.
		#[codec(index = 2)]
		MilestoneSubmitted {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
			/// When, in active blocks. The review period counts from here.
			at: BlockNumber,
			/// What the provider shows for it.
			evidence: EvidenceHash,
		},
		/// A milestone's money went to the provider, less the fee. A [`Event::ClaimOpened`] before
		/// this event says that the provider's account could not take it yet.
		#[codec(index = 3)]
		MilestoneReleased {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
			/// Who was paid.
			provider: T::AccountId,
			/// What the client paid, the fee included, in plancks.
			amount: Balance,
			/// What the protocol really took, in plancks.
			fee: Balance,
			/// What let the money go.
			cause: ReleaseCause,
			/// Whether the work was in by its due block.
			on_time: bool,
		},
		/// A milestone's money went back to the client. A [`Event::ClaimOpened`] before this event
		/// says that the client's account could not take it yet.
		#[codec(index = 4)]
		MilestoneRefunded {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
			/// Who got the money back.
			client: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
			/// What let the money go.
			cause: RefundCause,
			/// Whether the due block had passed without a submission.
			missed: bool,
		},
		/// A contract left storage, its deposit went back to the client.
		#[codec(index = 5)]
		ContractClosed {
			/// The contract's balance sheet.
			closed: ClosedContract<T::AccountId, Balance>,
		},
		/// Money is owed that the payee's account can't take; it stays held on the payer.
		#[codec(index = 6)]
		ClaimOpened {
			/// The contract that owes it.
			contract: ContractId,
			/// For what.
			kind: ClaimKind,
			/// On whom it is held.
			payer: T::AccountId,
			/// Whose it is.
			payee: T::AccountId,
			/// By how much the claim of this kind grew, in plancks.
			amount: Balance,
		},
		/// A claim was paid in full.
		#[codec(index = 7)]
		ClaimCollected {
			/// The contract that owed it.
			contract: ContractId,
			/// For what.
			kind: ClaimKind,
			/// Who was paid.
			payee: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No contract has this id: it closed, or was never opened. Look the id up in
		/// `ContractOpened`.
		#[codec(index = 0)]
		ContractNotFound,
		/// The contract has fewer milestones. They count from zero.
		#[codec(index = 1)]
		MilestoneNotFound,
		/// The contract has no claim of this kind: there was none, or it is collected.
		#[codec(index = 2)]
		ClaimNotFound,
		/// Only the contract's client may do this. Send it from the client's account.
		#[codec(index = 3)]
		NotClient,
		/// Only the contract's provider may do this. Send it from the provider's account.
		#[codec(index = 4)]
		NotProvider,
		/// The caller is neither client nor provider. Anybody else may cancel once the earliest due
		/// block has passed.
		#[codec(index = 5)]
		NotParty,
		/// Nobody can hire itself. Name another provider.
		#[codec(index = 6)]
		ProviderIsClient,
		/// The provider's account does not exist, so it might never be paid. Send it the
		/// existential deposit first.
		#[codec(index = 7)]
		ProviderNotFound,
		/// A contract needs a milestone. Name at least one.
		#[codec(index = 8)]
		NoMilestones,
		/// There are more milestones than `MaxMilestones`. Merge some, or open another contract.
		#[codec(index = 9)]
		TooManyMilestones,
		/// A milestone pays nothing. Give it an amount, or leave it out.
		#[codec(index = 10)]
		AmountZero,
		/// A milestone less its fee is below the existential deposit, so an empty account could not
		/// take it. Raise its amount. When funding, the existential deposit rose since the contract
		/// opened: cancel and open anew.
		#[codec(index = 11)]
		AmountTooSmall,
		/// A milestone is due now or earlier. Name a later active block.
		#[codec(index = 12)]
		DueNotInFuture,
		/// A milestone is due later than `MaxDuration` from now. Name an earlier active block.
		#[codec(index = 13)]
		DueTooFar,
		/// The review period is shorter than `MinReviewPeriod`. Name a longer one.
		#[codec(index = 14)]
		ReviewPeriodTooShort,
		/// The review period is longer than `MaxReviewPeriod`. Name a shorter one.
		#[codec(index = 15)]
		ReviewPeriodTooLong,
		/// The contract is funded: it can be neither funded again nor cancelled. Release or refund
		/// its milestones.
		#[codec(index = 16)]
		AlreadyFunded,
		/// The contract holds no money yet, so nothing moves. Its client may fund it.
		#[codec(index = 17)]
		NotFunded,
		/// The milestones' sum is not what the caller expects, so this is not the contract it means.
		/// Look at the contract again.
		#[codec(index = 18)]
		TotalMismatch,
		/// A milestone's due block passed before the contract was funded. Cancel, and open anew.
		#[codec(index = 19)]
		MilestoneOverdue,
		/// The milestone's due block has passed. Its money goes back to the client, unless the
		/// client releases it nevertheless.
		#[codec(index = 20)]
		DuePassed,
		/// The milestone's due block has not passed. Wait, or let the provider refund.
		#[codec(index = 21)]
		DueNotPassed,
		/// The milestone was submitted before. Wait for the client, then settle.
		#[codec(index = 22)]
		AlreadySubmitted,
		/// The provider has not submitted the milestone, so silence can't release it.
		#[codec(index = 23)]
		NotSubmitted,
		/// The client still has time to review. Settle after `review_period` active blocks.
		#[codec(index = 24)]
		ReviewPeriodNotElapsed,
		/// The milestone was released or refunded before; its money is gone for good.
		#[codec(index = 25)]
		MilestoneConcluded,
		/// The payee's account would stay below the existential deposit, so it can't take the claim.
		/// Send it the existential deposit first.
		#[codec(index = 26)]
		PayeeNotCreditable,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxMilestones::get() > 0, "a contract needs a milestone");
			assert!(T::MaxDuration::get() > 0, "a milestone must be due in the future");
			assert!(T::MinReviewPeriod::get() > 0, "the client needs time to review");
			assert!(
				T::MinReviewPeriod::get() <= T::MaxReviewPeriod::get(),
				"no review period would be allowed"
			);
			assert!(T::FeeRate::get() < Perbill::one(), "nothing would be left for the provider");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// How many funded contracts of `provider` are not closed yet.
		pub fn open_work(provider: T::AccountId) -> u32 {
			Self::open_work_of(&provider)
		}

		/// The deposit that opening a contract with this many milestones takes, in plancks.
		pub fn deposit_for(milestones: u32) -> Balance {
			Self::storage_deposit(milestones.saturated_into())
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Opens a contract with `provider`, and holds the storage deposit on the caller.
		///
		/// The caller is the client. The contract takes effect when it is [funded](Pallet::fund);
		/// until then either party may [cancel](Pallet::cancel) it, and the deposit returns.
		/// `terms` is the hash of what the parties agreed on; each milestone has an amount, fee
		/// included, and the last active block at which it may be submitted; `review_period` is how
		/// many active blocks the client has to look at submitted work. The fee rate is fixed now.
		///
		/// Origin: signed. Emits [`Event::ContractOpened`].
		///
		/// Fails with [`Error::ProviderIsClient`], [`Error::ProviderNotFound`],
		/// [`Error::ReviewPeriodTooShort`], [`Error::ReviewPeriodTooLong`],
		/// [`Error::NoMilestones`], [`Error::TooManyMilestones`], [`Error::AmountZero`],
		/// [`Error::AmountTooSmall`], [`Error::DueNotInFuture`], [`Error::DueTooFar`], with an
		/// arithmetic overflow when the sum is no balance, or when the deposit can't be held.
		///
		/// Complexity: linear in the number of milestones.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::open(milestones.len().saturated_into()))]
		pub fn open(
			origin: OriginFor<T>,
			provider: T::AccountId,
			terms: TermsHash,
			milestones: Vec<MilestoneTerms>,
			review_period: BlockNumber,
		) -> DispatchResult {
			let client = ensure_signed(origin)?;
			Self::do_open(client, provider, terms, milestones, review_period)
		}

		/// Holds the whole sum of a contract's milestones on the client: the provider may start.
		///
		/// `expected` must be that sum, so that a contract which is not the one the client saw (its
		/// id may name another after a fork) takes no money. From here on the client alone can't
		/// get the money back: it goes to the provider, or returns when the provider is late or
		/// gives up.
		///
		/// Origin: signed by the client. Emits [`Event::ContractFunded`].
		///
		/// Fails with [`Error::ContractNotFound`], [`Error::NotClient`], [`Error::AlreadyFunded`],
		/// [`Error::TotalMismatch`], [`Error::MilestoneOverdue`], [`Error::AmountTooSmall`], or when
		/// the sum can't be held.
		///
		/// Complexity: linear in the number of milestones, which is bounded.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::fund())]
		pub fn fund(
			origin: OriginFor<T>,
			contract: ContractId,
			expected: Balance,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_fund(caller, contract, expected)
		}

		/// Closes a contract that is not funded, and returns its deposit.
		///
		/// Origin: signed by client or provider at any time, by anybody once the earliest due block
		/// has passed, since the contract can't be funded any more. Emits
		/// [`Event::ContractClosed`].
		///
		/// Fails with [`Error::ContractNotFound`], [`Error::AlreadyFunded`], [`Error::NotParty`].
		///
		/// Complexity: linear in the number of milestones, which is bounded.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::cancel().saturating_add(T::OnContractClosed::weight()))]
		pub fn cancel(origin: OriginFor<T>, contract: ContractId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_cancel(caller, contract)
		}

		/// Says that a milestone's work is done, and starts the client's review period.
		///
		/// `evidence` is the hash of what the provider shows for it. **In this version there is no
		/// dispute**: a client that objects can't stop [`Pallet::settle`], so it must agree with the
		/// provider before the review period elapses, or lose the money.
		///
		/// Origin: signed by the provider. Emits [`Event::MilestoneSubmitted`].
		///
		/// Fails with [`Error::ContractNotFound`], [`Error::NotProvider`], [`Error::NotFunded`],
		/// [`Error::MilestoneNotFound`], [`Error::MilestoneConcluded`],
		/// [`Error::AlreadySubmitted`], [`Error::DuePassed`].
		///
		/// Complexity: linear in the number of milestones, which is bounded.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::submit())]
		pub fn submit(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
			evidence: EvidenceHash,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_submit(caller, contract, milestone, evidence)
		}

		/// Pays a milestone to the provider, submitted or not, also after its due block.
		///
		/// The fee goes to the treasury. What the provider's account can't take becomes a claim; a
		/// fee that the treasury's account can't take is waived. The last outstanding milestone
		/// closes the contract.
		///
		/// Origin: signed by the client. Emits [`Event::MilestoneReleased`]; also
		/// [`Event::ContractClosed`] for the last milestone, and [`Event::ClaimOpened`] for each
		/// new claim.
		///
		/// Fails with [`Error::ContractNotFound`], [`Error::NotClient`], [`Error::NotFunded`],
		/// [`Error::MilestoneNotFound`], [`Error::MilestoneConcluded`].
		///
		/// Complexity: linear in the number of milestones, which is bounded.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::release().saturating_add(T::OnContractClosed::weight()))]
		pub fn release(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_release(caller, contract, milestone)
		}

		/// Pays a submitted milestone to the provider once the client's review period has elapsed.
		///
		/// The client's silence pays the provider. **In this version there is no dispute**: the
		/// client can't object to the submission. Money moves as in [`Pallet::release`].
		///
		/// Origin: signed by anybody. Emits [`Event::MilestoneReleased`]; also
		/// [`Event::ContractClosed`] for the last milestone, and [`Event::ClaimOpened`] for each
		/// new claim.
		///
		/// Fails with [`Error::ContractNotFound`], [`Error::NotFunded`],
		/// [`Error::MilestoneNotFound`], [`Error::MilestoneConcluded`], [`Error::NotSubmitted`],
		/// [`Error::ReviewPeriodNotElapsed`].
		///
		/// Complexity: linear in the number of milestones, which is bounded.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::settle().saturating_add(T::OnContractClosed::weight()))]
		pub fn settle(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle(contract, milestone)
		}

		/// Returns a milestone's money to the client. No fee is taken.
		///
		/// The last outstanding milestone closes the contract.
		///
		/// Origin: signed by the provider at any time, by anybody when the due block has passed
		/// without a submission. Emits [`Event::MilestoneRefunded`]; also
		/// [`Event::ContractClosed`] for the last milestone, and [`Event::ClaimOpened`] for what
		/// the client's account can't take.
		///
		/// Fails with [`Error::ContractNotFound`], [`Error::NotFunded`],
		/// [`Error::MilestoneNotFound`], [`Error::MilestoneConcluded`], [`Error::NotProvider`] for
		/// submitted work, [`Error::DueNotPassed`].
		///
		/// Complexity: linear in the number of milestones, which is bounded.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::refund().saturating_add(T::OnContractClosed::weight()))]
		pub fn refund(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_refund(caller, contract, milestone)
		}

		/// Pays a claim in full, once the payee's account can take it.
		///
		/// Origin: signed by anybody. Emits [`Event::ClaimCollected`].
		///
		/// Fails with [`Error::ClaimNotFound`], [`Error::PayeeNotCreditable`].
		///
		/// Complexity: constant.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::collect())]
		pub fn collect(
			origin: OriginFor<T>,
			contract: ContractId,
			kind: ClaimKind,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_collect(contract, kind)
		}
	}
}
