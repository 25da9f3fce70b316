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
pub mod worker;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// Where the pallet logs.
const LOG_TARGET: &str = "runtime::telemetry";

/// What a confirmed report earns, in points. A digest in the band earns one.
pub const CONFIRMED_POINTS: u32 = 10;

/// How many reports of the past leave storage in one block, at most.
pub const MAX_FORGOTTEN: u32 = 16;

use frame_support::pallet_macros::import_section;

#[import_section(events::events)]
#[import_section(calls::calls)]
#[frame_support::pallet]
#[allow(clippy::large_enum_variant, reason = "there are few calls and events at a time")]
pub mod pallet {
	use super::*;
	use aitbc_core::{Balance, BlockNumber};
	use aitbc_telemetry::{Alarm, Digest, Series};
	use aitbc_traits::{OnAnomaly, ReporterInspect};
	use frame_support::{
		pallet_prelude::*,
		traits::fungible::{Mutate, MutateHold},
		PalletId,
	};
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};

	/// The version of the storage that this code reads and writes.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeCall: From<Call<Self>>>
		+ CreateAuthorizedTransaction<Call<Self>>
	{
		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// The chain's money.
		type Currency: MutateHold<Self::AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>
			+ Mutate<Self::AccountId, Balance = Balance>;

		/// Knows who validates now, with how much stake, and which era it is.
		type Reporters: ReporterInspect<Self::AccountId>;

		/// Hears of reports.
		type OnAnomaly: OnAnomaly<Self::AccountId>;

		/// Who may confirm and dismiss reports.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who gets penalties: the treasury.
		type PenaltyReceiver: Get<Self::AccountId>;

		/// How long a window is, in blocks. It must never change while the chain runs: windows are
		/// numbered by it.
		type WindowLength: Get<BlockNumber>;

		/// What a worker key holds on its stash, in plancks. At least each of the penalties, and the
		/// existential deposit.
		type Deposit: Get<Balance>;

		/// What a digest costs that was committed to and not revealed, in plancks.
		type MissPenalty: Get<Balance>;

		/// What a report costs that governance dismisses, in plancks.
		type SpamPenalty: Get<Balance>;

		/// The most that an era's points share, in plancks.
		type EraPot: Get<Balance>;

		/// Which account the pot is.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// Fewer digests than that earn no points: there is nothing to compare them with.
		#[pallet::constant]
		type MinReporters: Get<u32>;

		/// The most reporters that commit in a window: of validators.
		#[pallet::constant]
		type MaxReporters: Get<u32>;

		/// The most reports that a reporter can make in a window.
		#[pallet::constant]
		type MaxReports: Get<u32>;

		/// How many feeds are kept, in windows.
		#[pallet::constant]
		type KeptFeeds: Get<u32>;

		/// How long reports are kept, in windows. More than three.
		#[pallet::constant]
		type KeptReports: Get<u32>;

		/// How many eras a share can be claimed after its own.
		#[pallet::constant]
		type ClaimEras: Get<u32>;

		/// Sets up what benchmarks need of the neighbours.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;

		/// Weights of this pallet's calls and hook.
		type WeightInfo: WeightInfo;
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// On a validator: what its worker has at risk.
		#[codec(index = 0)]
		Deposit,
	}

	/// Validator -> its worker.
	///
	/// Written by [`Pallet::set_worker_key`], by penalties and by reports; removed by
	/// [`Pallet::remove_worker_key`].
	#[pallet::storage]
	pub type Workers<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Worker, OptionQuery>;

	/// Worker key -> whose it is. Written and removed together with [`Workers`].
	#[pallet::storage]
	pub type KeyOwners<T: Config> =
		StorageMap<_, Blake2_128Concat, WorkerKey, T::AccountId, OptionQuery>;

	/// Window, reporter -> the commitment to its digest.
	///
	/// Written by [`Pallet::commit`] in the window after; removed when the window is settled.
	#[pallet::storage]
	pub type Commitments<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		Window,
		Blake2_128Concat,
		T::AccountId,
		Commitment,
		OptionQuery,
	>;

	/// How many have committed in the present window. Gone when another begins.
	#[pallet::storage]
	pub type CommitmentCount<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Window, reporter -> the shared values of its digest. The rest is in the event.
	///
	/// Written by [`Pallet::reveal`]; removed when the window is settled.
	#[pallet::storage]
	pub type Revealed<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		Window,
		Blake2_128Concat,
		T::AccountId,
		SharedValues,
		OptionQuery,
	>;

	/// Window -> what its reporters saw. None if nobody revealed.
	///
	/// Written when the window is settled; removed [`Config::KeptFeeds`] windows later.
	#[pallet::storage]
	pub type Feeds<T: Config> = StorageMap<_, Twox64Concat, Window, Feed, OptionQuery>;

	/// The next window to be settled. None before the first one is.
	#[pallet::storage]
	pub type NextToSettle<T: Config> = StorageValue<_, Window, OptionQuery>;

	/// Validator -> how well it measures. Never removed, so that nobody sheds its past.
	#[pallet::storage]
	pub type Records<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, ReporterRecord, ValueQuery>;

	/// Era, reporter -> its points that are not paid.
	///
	/// Written when windows are settled and reports confirmed; removed by [`Pallet::claim`], and when
	/// the era expires.
	#[pallet::storage]
	pub type Points<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		EraIndex,
		Blake2_128Concat,
		T::AccountId,
		u32,
		ValueQuery,
	>;

	/// Era -> what its points come to, and what they share.
	///
	/// Written with the first point; removed when the era expires.
	#[pallet::storage]
	pub type Eras<T: Config> = StorageMap<_, Twox64Concat, EraIndex, EraPay, OptionQuery>;

	/// The era that points are counted in, and the oldest that is not expired.
	#[pallet::storage]
	pub type EraSpan<T: Config> = StorageValue<_, Span, OptionQuery>;

	/// What closed eras have not paid, in plancks. It is the pot's, and no other era's.
	#[pallet::storage]
	pub type SetAside<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// Report id -> report. Removed [`Config::KeptReports`] windows after its own.
	#[pallet::storage]
	pub type Reports<T: Config> = StorageMap<_, Twox64Concat, ReportId, ReportOf<T>, OptionQuery>;

	/// The ids of reports that are kept: from the first, up to but without the next.
	#[pallet::storage]
	pub type ReportIds<T: Config> = StorageValue<_, ReportSpan, ValueQuery>;

	/// Window, series, reporter -> its report.
	///
	/// Written by [`Pallet::report`]; removed when the window is settled. A reporter has one of each
	/// series in a window.
	#[pallet::storage]
	pub type Alarms<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, Window>,
			NMapKey<Twox64Concat, Series>,
			NMapKey<Blake2_128Concat, T::AccountId>,
		),
		ReportId,
		OptionQuery,
	>;

	#[pallet::error]
	pub enum Error<T> {
		/// The caller does not validate in this era. Set the key when the stash is active.
		#[codec(index = 0)]
		NotActive,
		/// Another validator has this worker key. Make one on your own node.
		#[codec(index = 1)]
		KeyTaken,
		/// The signature is not the worker key's, or is over something else. Sign what
		/// `TelemetryApi` or `aitbc telemetry key` gives for this stash on this chain.
		#[codec(index = 2)]
		InvalidSignature,
		/// The account has no worker key. Set one first.
		#[codec(index = 3)]
		NoWorkerKey,
		/// A digest is committed to and not settled, or a report is open. Wait until it is, and keep
		/// the worker running.
		#[codec(index = 4)]
		StillReporting,
		/// Nobody has this worker key. Name it with `set_worker_key`, signed by the stash.
		#[codec(index = 5)]
		UnknownKey,
		/// The stash of this worker key does not validate in this era.
		#[codec(index = 6)]
		ReporterNotActive,
		/// What is left of the deposit does not cover the next penalty. Set the worker key again from
		/// the stash, which tops it up.
		#[codec(index = 7)]
		DepositTooLow,
		/// It is not the window for this: digests are committed to one window after their own, and
		/// revealed two windows after.
		#[codec(index = 8)]
		WrongWindow,
		/// The reporter has committed to a digest of this window before.
		#[codec(index = 9)]
		AlreadyCommitted,
		/// As many reporters as can be have committed to digests of this window.
		#[codec(index = 10)]
		TooManyReporters,
		/// The reporter has not committed to a digest of this window.
		#[codec(index = 11)]
		NotCommitted,
		/// The digest with this salt is not what the reporter committed to.
		#[codec(index = 12)]
		CommitmentMismatch,
		/// The reporter has revealed its digest of this window before.
		#[codec(index = 13)]
		AlreadyRevealed,
		/// A mean or a last value lies outside least and greatest, or a count is zero.
		#[codec(index = 14)]
		UnsoundDigest,
		/// The reporter has reported this series in this window before.
		#[codec(index = 15)]
		AlreadyReported,
		/// The reporter has made as many reports in this window as it may. Wait for the next one.
		#[codec(index = 16)]
		TooManyReports,
		/// No report has this id: it was never made, or it is not kept any more.
		#[codec(index = 17)]
		ReportNotFound,
		/// The report was confirmed or dismissed before.
		#[codec(index = 18)]
		AlreadyJudged,
		/// The era is not over. Claim when it is.
		#[codec(index = 19)]
		EraNotOver,
		/// The era had no points, or expired.
		#[codec(index = 20)]
		EraNotFound,
		/// The account has no points in this era that are not paid.
		#[codec(index = 21)]
		NothingToClaim,
		/// The account would stay below the existential deposit, so it can't take the money. Nothing
		/// changed; send it the existential deposit first.
		#[codec(index = 22)]
		PayeeNotCreditable,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::settle_due()
		}

		fn offchain_worker(_: BlockNumberFor<T>) {
			worker::run::<T>();
		}

		fn integrity_test() {
			use frame_support::traits::fungible::Inspect;
			assert!(T::WindowLength::get() > 0, "a window must have a block");
			let deposit = T::Deposit::get();
			assert!(
				deposit >= T::MissPenalty::get() && deposit >= T::SpamPenalty::get(),
				"a deposit must cover a penalty"
			);
			assert!(deposit >= T::Currency::minimum_balance(), "a deposit must be creditable");
			assert!(T::MaxReporters::get() > 0, "nobody could report");
			assert!(T::KeptReports::get() > 3, "a report must be there when its window is settled");
			assert!(T::ClaimEras::get() > 0, "nobody could claim");
			let most = T::WeightInfo::settle(T::MaxReporters::get(), Self::most_alarms());
			let block = T::BlockWeights::get().max_block;
			assert!(
				most.all_lte(block.saturating_div(4)),
				"settling a window must leave three quarters of a block: {most:?}"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
