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

pub use aitbc_core::{MilestoneIndex, MilestoneTerms};
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::{
	Approvals, ApproverSet, Claim, ClaimKind, Commitment, Contract, ContractInfo, ContractPage,
	ContractState, Dispute, Funded, Meter, MeterInfo, MeterPhase, Milestone, MilestoneState,
	OpenBusiness, Party, Payment, PaymentInfo, Progress, RefundCause, ReleaseCause, SplitOffer,
	Stream, StreamInfo,
};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// Under which target this pallet logs.
const LOG_TARGET: &str = "runtime::escrow";

#[import_section(events::events)]
#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use aitbc_core::{
		AgentId, Agreement, Balance, BlockNumber, Bonds, CaseId, ClosedContract, ContractId,
		EvidenceHash, JobId, PaymentTerms, Subject, Tenths, Voucher,
	};
	use aitbc_traits::{AgentInspect, Arbitration, DeadlineClock, OnContractClosed, RebateInspect};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible::MutateHold, Footprint},
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{
		traits::{Convert, IdentifyAccount, SaturatedConversion, Verify},
		Perbill,
	};

	/// The version of the storage that this code reads and writes.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

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

		/// The clock on which dues, streams and review periods count.
		type Clock: DeadlineClock;

		/// Tells which agent works under a provider's account.
		type Agents: AgentInspect<Self::AccountId>;

		/// Who decides where the parties of a contract can't agree.
		type Arbitration: Arbitration<Self::AccountId>;

		/// Tells how much of the fee a provider is spared.
		type Rebate: RebateInspect<Self::AccountId>;

		/// Hears of every contract that closes.
		type OnContractClosed: OnContractClosed<Self::AccountId, Balance>;

		/// How vouchers are signed.
		type Signature: Parameter + Verify<Signer: IdentifyAccount<AccountId = Self::AccountId>>;

		/// Who gets the fees and a part of what is slashed: the treasury. Should own at least the
		/// existential deposit, else what is below it is waived.
		type FeeReceiver: Get<Self::AccountId>;

		/// The protocol's share of what is released. Applies to contracts opened from now on.
		type FeeRate: Get<Perbill>;

		/// How much of the provider's bond is slashed when all milestones are missed. A missed one
		/// costs its share of it.
		type MissedSlash: Get<Perbill>;

		/// How much of what is slashed goes to the other party. The rest goes to the treasury.
		type SlashToOtherParty: Get<Perbill>;

		/// The shortest review period that a contract may have, in active blocks. Not zero: with
		/// none, a provider could settle in the block in which it submits.
		type MinReviewPeriod: Get<BlockNumber>;

		/// The longest review period that a contract may have, in active blocks.
		type MaxReviewPeriod: Get<BlockNumber>;

		/// How far ahead a contract may end, in active blocks, so that a silent provider can't lock
		/// a client's money for ever.
		type MaxDuration: Get<BlockNumber>;

		/// The most milestones that a contract may have. Reducing it makes larger contracts in
		/// storage undecodable.
		#[pallet::constant]
		type MaxMilestones: Get<u32>;

		/// The most approvers that a contract may have, 32 at most. Reducing it makes larger
		/// contracts in storage undecodable.
		#[pallet::constant]
		type MaxApprovers: Get<u32>;

		/// The deposit for what a contract occupies in storage, in plancks.
		type StorageDeposit: Convert<Footprint, Balance>;

		/// Weights of this pallet's calls.
		type WeightInfo: WeightInfo;

		/// Gives benchmarks agents.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// Why money is held on an account.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The storage deposit of a client's contracts, and of closed ones to which it could not be
		/// returned.
		#[codec(index = 0)]
		Deposit,
		/// What is outstanding of a client's contracts, and the claims on it.
		#[codec(index = 1)]
		Escrow,
		/// What a client or a provider has at risk in its contracts, and the claims on it.
		#[codec(index = 2)]
		Bond,
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

	/// Agent -> how many funded contracts it answers for that are not closed. An absent entry is zero.
	///
	/// Counted up by [`Pallet::fund`], down when the contract closes, removed at zero.
	#[pallet::storage]
	pub type OpenWork<T: Config> = StorageMap<_, Twox64Concat, AgentId, u32, ValueQuery>;

	/// Provider, client -> what is open between them of funded contracts that the provider accepted
	/// or started: both have consented to these.
	///
	/// Counted up by [`Pallet::fund`] where the provider had accepted, else by its start, whatever
	/// starts the contract; down when the contract closes, removed at zero.
	#[pallet::storage]
	pub type Business<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		T::AccountId,
		OpenBusiness,
		OptionQuery,
	>;

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
		/// block has passed, and stop once the time of a stream or a meter is over.
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
		/// A milestone, a stream or a top-up is of nothing. Give it an amount, or leave it out.
		#[codec(index = 10)]
		AmountZero,
		/// A milestone less its fee, or all of a stream or a meter less its fee, is below the
		/// existential deposit, so an empty account could not take it. Raise the amount. When
		/// funding, the existential deposit rose since the contract opened: cancel and open anew.
		#[codec(index = 11)]
		AmountTooSmall,
		/// A milestone is due, or a stream or a meter ends, now or earlier. Name a later active
		/// block.
		#[codec(index = 12)]
		DueNotInFuture,
		/// A milestone is due, or a stream or a meter ends, later than `MaxDuration` from now. Name
		/// an earlier active block.
		#[codec(index = 13)]
		DueTooFar,
		/// The review period is shorter than `MinReviewPeriod`. Name a longer one.
		#[codec(index = 14)]
		ReviewPeriodTooShort,
		/// The review period is longer than `MaxReviewPeriod`. Name a shorter one.
		#[codec(index = 15)]
		ReviewPeriodTooLong,
		/// The contract is funded: it can be neither accepted nor funded again. Go on with the work.
		#[codec(index = 16)]
		AlreadyFunded,
		/// The contract holds no money yet, so nothing moves. Its client may fund it.
		#[codec(index = 17)]
		NotFunded,
		/// What the contract takes to fund is not what the caller expects, so this is not the
		/// contract it means. Look at the contract again.
		#[codec(index = 18)]
		TotalMismatch,
		/// A milestone's due block, or the end of the stream or the meter, passed before the contract
		/// was funded. Cancel, and open anew.
		#[codec(index = 19)]
		MilestoneOverdue,
		/// The due block has passed, or the time of the stream or the meter is over. The money goes
		/// back to the client, unless the client releases it nevertheless.
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
		/// The milestone was released, refunded or divided before; its money is gone for good.
		#[codec(index = 25)]
		MilestoneConcluded,
		/// The payee's account would stay below the existential deposit, so it can't take the claim.
		/// Send it the existential deposit first.
		#[codec(index = 26)]
		PayeeNotCreditable,
		/// The contract asks for a provider's bond, which the provider has not put up. Wait until
		/// it accepts.
		#[codec(index = 27)]
		NotAccepted,
		/// The provider accepted before. There is nothing to do.
		#[codec(index = 28)]
		AlreadyAccepted,
		/// The bonds are not what the caller expects, so this is not the contract it means. Look at
		/// the contract again.
		#[codec(index = 29)]
		BondsMismatch,
		/// The provider started before, so it can neither start again nor cancel. Refund the
		/// milestones, or stop the stream or the meter.
		#[codec(index = 30)]
		AlreadyStarted,
		/// The provider has not started, so nothing is earned and nothing can be disputed.
		#[codec(index = 31)]
		NotStarted,
		/// The contract belongs to a job, whose work begins and ends through the market. Use the
		/// market's call.
		#[codec(index = 32)]
		Controlled,
		/// The contract does not belong to the job for which the controller acts. Only a controller
		/// can meet this.
		#[codec(index = 33)]
		NotOfJob,
		/// Submitted work awaits the client's review, or a dispute its ruling, so the controller
		/// can't end the contract. Wait, then settle.
		#[codec(index = 34)]
		UnderReview,
		/// The money waits for a ruling, and nothing else can move it. Wait for the ruling.
		#[codec(index = 35)]
		UnderDispute,
		/// The contract pays by milestones. Name one.
		#[codec(index = 36)]
		PaidByMilestones,
		/// The contract pays for time or for units, so it has no milestones. Use the calls for
		/// streams or meters.
		#[codec(index = 37)]
		NotPaidByMilestones,
		/// The contract does not pay for time. Use the calls for milestones or meters.
		#[codec(index = 38)]
		NotStream,
		/// The contract does not pay for units. Use the calls for milestones or streams.
		#[codec(index = 39)]
		NotMetered,
		/// The stream costs nothing. Name a rate.
		#[codec(index = 40)]
		RateZero,
		/// A unit costs nothing. Name a price.
		#[codec(index = 41)]
		UnitPriceZero,
		/// The meter has no units. Name how many may be billed.
		#[codec(index = 42)]
		UnitsZero,
		/// The list of approvers is empty. Name one, or do without approvers.
		#[codec(index = 43)]
		NoApprovers,
		/// There are more approvers than `MaxApprovers`. Name fewer.
		#[codec(index = 44)]
		TooManyApprovers,
		/// It would take no approver at all, or more than there are. Name one at least, all at
		/// most.
		#[codec(index = 45)]
		ThresholdInvalid,
		/// An account is among the approvers twice. Name each once.
		#[codec(index = 46)]
		DuplicateApprover,
		/// An approver is the client or the provider. The client releases by itself; name others.
		#[codec(index = 47)]
		ApproverIsParty,
		/// Approvers release milestones, and the contract has none. Do without approvers.
		#[codec(index = 48)]
		ApproversNotUsable,
		/// The caller is not among the contract's approvers. Send it from an approver's account.
		#[codec(index = 49)]
		NotApprover,
		/// The caller approved this milestone before. Wait for the other approvers.
		#[codec(index = 50)]
		AlreadyApproved,
		/// Nothing has been earned since the last time. Wait, or top the stream up if it is paused.
		#[codec(index = 51)]
		NothingEarned,
		/// The stream can't use so much up to its end. Put in less, or open another contract.
		#[codec(index = 52)]
		TopUpUnusable,
		/// The client gave notice, and the provider still has time to bring in a last voucher. Wait
		/// until the notice is over.
		#[codec(index = 53)]
		NoticeNotElapsed,
		/// The voucher is for another contract. Bring one for this contract.
		#[codec(index = 54)]
		ForeignVoucher,
		/// The voucher's sequence is not greater than that of the last one taken: it was used
		/// before, or a later one was. Bring the latest. Sequences count from one.
		#[codec(index = 55)]
		VoucherOutdated,
		/// The voucher is for fewer units than were billed before. Let the client sign for all
		/// units since the start.
		#[codec(index = 56)]
		UnitsDecreased,
		/// The voucher is for more units than the contract can bill. Let the client sign for the
		/// cap, and open another contract.
		#[codec(index = 57)]
		UnitsAboveCap,
		/// The signature is not by the account that signs this contract's vouchers, or is over
		/// something else. Let the client sign the bytes that `voucher_payload` gives.
		#[codec(index = 58)]
		VoucherInvalid,
		/// The time for vouchers is over. What is held goes back to the client.
		#[codec(index = 59)]
		VoucherTooLate,
		/// No offer to divide the milestone stands: there was none, it was withdrawn, or the state
		/// of the milestone has changed. Make one.
		#[codec(index = 60)]
		SplitNotFound,
		/// The caller made this offer itself. Only the other party can accept it.
		#[codec(index = 61)]
		OwnSplit,
		/// The offer is not what the caller expects: it was replaced. Look at it again.
		#[codec(index = 62)]
		SplitMismatch,
		/// The provider's share is more than the milestone's amount. Offer less.
		#[codec(index = 63)]
		ShareTooLarge,
		/// The time for a dispute is over. Submitted work can be disputed in its review period, a
		/// stream or a meter up to one review period after its end.
		#[codec(index = 64)]
		DisputeTooLate,
		/// Nothing is held that could be disputed.
		#[codec(index = 65)]
		NothingHeld,
		/// The agent that was to answer for the contract no longer works under the provider's
		/// account. Cancel, and open anew.
		#[codec(index = 66)]
		AgentChanged,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxMilestones::get() > 0, "a contract needs a milestone");
			assert!(
				T::MaxApprovers::get() <= u32::BITS,
				"each approver needs a bit of its own in `Approvals`"
			);
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
		/// For how many funded contracts that are not closed yet `agent` answers.
		pub fn open_work(agent: AgentId) -> u32 {
			Self::open_work_of(agent)
		}

		/// The deposit that opening a contract with this agreement takes, in plancks.
		pub fn deposit_for(agreement: Agreement<T::AccountId>) -> Balance {
			Self::storage_deposit(&agreement)
		}
	}
}
