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
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
#[allow(clippy::large_enum_variant, reason = "there are few events at a time")]
pub mod pallet {
	use super::*;
	use aitbc_audit::{Commitment, Node, Record, RecordId, ENGINE_ID};
	use aitbc_core::{Balance, BlockNumber};
	use codec::Encode;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible::Mutate, UnixTime},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::DigestItem;

	/// The version of the storage that this code reads and writes.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The chain's money.
		type Currency: Mutate<Self::AccountId, Balance = Balance>;

		/// What time it is.
		type Time: UnixTime;

		/// What a byte of a record costs whoever causes it, in plancks.
		type FeePerByte: Get<Balance>;

		/// Who gets the fees: the treasury.
		type FeeReceiver: Get<Self::AccountId>;

		/// How long the bodies of records are kept, in blocks. What proves them is kept for good.
		type KeptBlocks: Get<BlockNumber>;

		/// Weights of what this pallet does.
		type WeightInfo: WeightInfo;
	}

	/// What commits to the whole log.
	#[pallet::type_value]
	pub fn NoRecords() -> Commitment {
		Commitment::empty()
	}

	/// How many records there are, and the root of all of them. Only grows.
	#[pallet::storage]
	pub type Committed<T: Config> = StorageValue<_, Commitment, ValueQuery, NoRecords>;

	/// Position -> node of the Merkle mountain range over all records.
	///
	/// Written with each record, two on average; never changed and never removed.
	#[pallet::storage]
	pub type Nodes<T: Config> = StorageMap<_, Twox64Concat, u64, Node, OptionQuery>;

	/// Record id -> record. The last ones: from [`OldestKept`] to the end of the log.
	///
	/// Written once; removed [`Config::KeptBlocks`] later.
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Twox64Concat, RecordId, Record, OptionQuery>;

	/// The first record whose body is kept, or would be if there were one.
	#[pallet::storage]
	pub type OldestKept<T: Config> = StorageValue<_, RecordId, ValueQuery>;

	/// Topic -> which places of its list are filled. Removed with the list's last record.
	#[pallet::storage]
	pub type Lists<T: Config> = StorageMap<_, Blake2_128Concat, Topic, Span, ValueQuery>;

	/// Topic, place -> a record about it. Higher places are later records.
	///
	/// Written and removed together with [`Records`].
	#[pallet::storage]
	pub type Listed<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, Topic, Twox64Concat, u64, RecordId, OptionQuery>;

	#[pallet::error]
	pub enum Error<T> {
		/// The log has as many records as it can: 2^62.
		#[codec(index = 0)]
		Full,
		/// A node of the log is missing. This can't happen; restore the chain's state.
		#[codec(index = 1)]
		Broken,
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Something was written down. The record is all of it, for whoever keeps what the chain forgets.
		#[codec(index = 0)]
		Recorded {
			/// What was written.
			record: Record,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Puts into the block's digest what commits to the log as its parent left it.
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			let committed = Committed::<T>::get().encode();
			frame_system::Pallet::<T>::deposit_log(DigestItem::Consensus(ENGINE_ID, committed));
			T::WeightInfo::commit()
		}

		/// Forgets bodies that were kept for long enough, as many as there is room for.
		fn on_idle(_: BlockNumberFor<T>, room: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(room);
			Self::forget_old(&mut meter);
			meter.consumed()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
