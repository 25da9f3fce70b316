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
pub mod offence;
pub mod runtime_api;
pub mod sdk;
#[cfg(test)]
mod tests;
pub mod traits;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use impls::{ClosesEra, NamesOffences, RecordsOffences};
pub use pallet::*;
pub use traits::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::offence::Silence;
	use aitbc_core::Balance;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use sp_consensus_babe::Slot;
	use sp_runtime::{traits::Convert, Perbill};
	use sp_staking::{
		offence::{Kind, ReportOffence},
		EraIndex,
	};

	/// The version of the storage that this code reads and writes.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Knows who makes which block.
		type Slots: SlotInspect<Self::AccountId>;

		/// Knows who validates, and in which era.
		type Validators: ValidatorInspect<Self::AccountId>;

		/// Takes silent validators off the candidates.
		type Chill: Chill<Self::AccountId>;

		/// Keeps the points by which an era's reward is divided.
		type Points: EraPoints<Self::AccountId>;

		/// Keeps the slashes that wait.
		type Slashes: Slashes<Self::AccountId>;

		/// What a validator is called in a report.
		type Offender: Clone;

		/// Finds it.
		type OffenderOf: Convert<Self::AccountId, Self::Offender>;

		/// Hears of the silence of many. Goes through [`NamesOffences`], as every other report.
		type ReportSilence: ReportOffence<Self::AccountId, Self::Offender, Silence<Self::Offender>>;

		/// Who may cancel a slash, and as what that is remembered.
		type SlashCancelOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = CancelledBy>;

		/// From how many slots on a validator that filled none is silent. Zero counts as one.
		type MinSlots: Get<u32>;

		/// The share of a validator's slots that it may miss and is paid for, rounded down to whole slots.
		type Grace: Get<Perbill>;

		/// How many slots between two blocks are looked at. Of more, nobody missed any: the network stood still.
		#[pallet::constant]
		type MaxSkipped: Get<u32>;

		/// How many ended eras are kept, the last one included. At least one.
		#[pallet::constant]
		type HistoryDepth: Get<u32>;

		/// The most validators that an era can have.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// How many offences of a validator are kept. Reducing it makes longer histories undecodable.
		#[pallet::constant]
		type MaxSlashes: Get<u32>;

		/// Sets up what benchmarks need of the neighbours.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;

		/// Weights of what this pallet does.
		type WeightInfo: WeightInfo;
	}

	/// The slot of the last block. Written by each block that has one; never removed.
	#[pallet::storage]
	pub type LastSlot<T: Config> = StorageValue<_, Slot, OptionQuery>;

	/// Validator -> its slots since the present era began. Only of those that had any.
	///
	/// Written by blocks, removed when the era is closed.
	#[pallet::storage]
	pub type Counts<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, SlotCount, OptionQuery>;

	/// The last era that was closed.
	#[pallet::storage]
	pub type LastClosed<T: Config> = StorageValue<_, EraIndex, OptionQuery>;

	/// Era, validator -> how it did. Of each that validated when the era ended, or had a slot in it.
	///
	/// Written when the era is closed, removed when it is [`Config::HistoryDepth`] eras old.
	#[pallet::storage]
	pub type Performances<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		EraIndex,
		Blake2_128Concat,
		T::AccountId,
		Performance,
		OptionQuery,
	>;

	/// Validator -> its offences, the oldest first.
	///
	/// Written when one is reported, and when its slash is applied or cancelled. Of more than fit in, the oldest one
	/// goes whose slash does not wait. It stays when the validator leaves: who was slashed should not get rid of that.
	#[pallet::storage]
	pub type SlashHistory<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		BoundedVec<SlashRecord<T::AccountId>, T::MaxSlashes>,
		ValueQuery,
	>;

	/// Era, validator -> nothing: whose slashes wait for the beginning of an era.
	///
	/// Written with the record in [`SlashHistory`], removed when the era before is closed.
	#[pallet::storage]
	pub type DueSlashes<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		EraIndex,
		Blake2_128Concat,
		T::AccountId,
		(),
		OptionQuery,
	>;

	/// The kind of the offence that is being reported. Only there while [`NamesOffences`] reports it.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type Reporting<T: Config> = StorageValue<_, Kind, OptionQuery>;

	#[pallet::error]
	pub enum Error<T> {
		/// No slash of this validator waits for an offence of this era. It was applied, or cancelled before.
		#[codec(index = 0)]
		SlashNotFound,
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An era ended, and rewards are settled.
		#[codec(index = 0)]
		EraClosed {
			/// Which.
			era: EraIndex,
			/// How many validated when it ended.
			validators: u32,
			/// How many slots they had, that are known of.
			assigned: u32,
			/// How many of these nobody filled.
			missed: u32,
			/// How many validators were silent.
			silent: u32,
		},
		/// A validator filled no slot, and loses the era's reward.
		#[codec(index = 1)]
		Silent {
			/// Which.
			validator: T::AccountId,
			/// The era at whose end that was seen.
			era: EraIndex,
			/// How many slots it missed, those that were carried over included.
			missed: u32,
			/// Whether it was taken off the candidates for it.
			chilled: bool,
		},
		/// So many validators were silent in one era that it was reported as an offence.
		#[codec(index = 2)]
		SilenceReported {
			/// The era.
			era: EraIndex,
			/// How many were silent.
			silent: u32,
			/// Of how many.
			validators: u32,
			/// What each is slashed with.
			fraction: Perbill,
		},
		/// An offence was reported.
		#[codec(index = 3)]
		OffenceRecorded {
			/// Whose.
			validator: T::AccountId,
			/// What it is.
			offence: OffenceKind,
			/// In which era it was done.
			era: EraIndex,
			/// The share of all stake that it is slashed with.
			fraction: Perbill,
			/// What the slash will take.
			amount: SlashAmount,
			/// The era at whose beginning it will. `None` if it takes nothing.
			until: Option<EraIndex>,
		},
		/// A slash was applied.
		#[codec(index = 4)]
		SlashApplied {
			/// Whose.
			validator: T::AccountId,
			/// The era of the offence.
			era: EraIndex,
			/// What the validator had bonded before, in plancks.
			before: Balance,
			/// What it has now, in plancks.
			after: Balance,
		},
		/// A slash was cancelled.
		#[codec(index = 5)]
		SlashCancelled {
			/// Whose.
			validator: T::AccountId,
			/// The era of the offence.
			era: EraIndex,
			/// What it would have taken.
			amount: SlashAmount,
			/// Who cancelled it.
			by: CancelledBy,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Counts the slots since the parent. Safe mode does not stop it: validators go on making blocks.
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			let skipped = Self::count_slots();
			T::WeightInfo::count_block().saturating_add(T::WeightInfo::count_skipped(skipped))
		}

		fn integrity_test() {
			assert!(T::HistoryDepth::get() > 0, "slots could not be carried over");
			assert!(T::MaxSlashes::get() > 0, "no offence could be remembered");
			assert!(T::MaxValidators::get() > 0, "nobody could be counted");
			let closing = T::WeightInfo::close_era(T::MaxValidators::get());
			let block = T::BlockWeights::get().max_block;
			assert!(closing.all_lte(block), "an era must be closed in one block");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Cancels the slashes of `validator` that wait for offences of `era`.
		///
		/// Origin: [`Config::SlashCancelOrigin`], which the history remembers. Emits `SlashCancelled` for each. Fails
		/// with `SlashNotFound`. O(slashes that wait for the same era).
		///
		/// Staking remembers the highest fraction of an era even so: another report of the same fraction takes nothing.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::cancel_slash())]
		pub fn cancel_slash(
			origin: OriginFor<T>,
			validator: T::AccountId,
			era: EraIndex,
		) -> DispatchResult {
			let by = T::SlashCancelOrigin::ensure_origin(origin)?;
			Self::do_cancel_slash(validator, era, by)
		}
	}
}
