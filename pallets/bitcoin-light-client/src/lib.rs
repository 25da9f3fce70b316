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
pub mod pallet {
	use super::*;
	use aitbc_bitcoin::{BlockHash, ChainedHeader, Header, HeaderError};
	use frame_support::{
		dispatch::{Pays, PostDispatchInfo, WithPostDispatchInfo},
		pallet_prelude::*,
		traits::UnixTime,
	};
	use frame_system::pallet_prelude::*;

	/// The version of the storage that this code reads and writes.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// What time it is.
		type Time: UnixTime;

		/// Whether genesis may follow another network than mainnet. On those a chain of headers proves nothing by
		/// itself: on regtest it costs no work, on signet blocks are signed elsewhere, and on testnet4 easy blocks
		/// overtake a light client that was not told of a day's blocks. Only networks that are thrown away may.
		type AllowsTestNetworks: Get<bool>;

		/// How many headers of the best chain are kept. More than [`Config::MaxReorganization`] are, in any case.
		type KeptHeaders: Get<u32>;

		/// How many blocks a reorganization may displace, and how many headers a stale chain may have. One block
		/// more is irreversible.
		#[pallet::constant]
		type MaxReorganization: Get<u32>;

		/// How many stale headers are kept at a height. Reducing it makes longer lists in storage undecodable.
		#[pallet::constant]
		type MaxStale: Get<u32>;

		/// How many headers a batch may have.
		#[pallet::constant]
		type MaxBatch: Get<u32>;

		/// Weights of what this pallet does.
		type WeightInfo: WeightInfo;
	}

	/// The last block of the best chain. None if the chain follows no Bitcoin.
	///
	/// Written by genesis and with each header of more work; never removed.
	#[pallet::storage]
	pub type Tip<T: Config> = StorageValue<_, ChainedHeader, OptionQuery>;

	/// Hash -> header, of the best chain and stale ones.
	///
	/// Written once; removed when it is old, or pushed out by a stale header with more work.
	#[pallet::storage]
	pub type Headers<T: Config> =
		StorageMap<_, Blake2_128Concat, BlockHash, StoredHeader, OptionQuery>;

	/// Height -> the header of the best chain. From [`Oldest`] to the height of [`Tip`], without a gap.
	#[pallet::storage]
	pub type Best<T: Config> = StorageMap<_, Twox64Concat, u32, BlockHash, OptionQuery>;

	/// Height -> stale headers. Only where there are any.
	#[pallet::storage]
	pub type Stale<T: Config> =
		StorageMap<_, Twox64Concat, u32, BoundedVec<BlockHash, T::MaxStale>, ValueQuery>;

	/// The height of the oldest header of the best chain that is kept. Only grows.
	#[pallet::storage]
	pub type Oldest<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The lowest block that a chain may branch off from: as many below the highest tip that there was as a
	/// reorganization may displace. Only grows, so what is below never leaves the best chain.
	#[pallet::storage]
	pub type Floor<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The last block in which a fee was returned.
	#[pallet::storage]
	pub type LastFree<T: Config> = StorageValue<_, BlockNumberFor<T>, OptionQuery>;

	/// What genesis may configure.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Where to begin, and on which network. Without one the chain follows no Bitcoin, for good.
		pub checkpoint: Option<StatedCheckpoint>,
		#[serde(skip)]
		#[allow(missing_docs)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		#[allow(clippy::panic, reason = "no chain may start from an invalid genesis")]
		fn build(&self) {
			let Some(checkpoint) = &self.checkpoint else { return };
			if let Err(reason) = Pallet::<T>::start(checkpoint) {
				panic!("invalid Bitcoin checkpoint in genesis: {reason}");
			}
		}
	}

	#[pallet::error]
	pub enum Error<T> {
		/// This chain follows no Bitcoin: its genesis has no checkpoint.
		#[codec(index = 0)]
		NotFollowing,
		/// All headers are here already. Begin with the one after the tip.
		#[codec(index = 1)]
		NothingNew,
		/// The block before the first header is not here: never was, or is too old. Begin with an earlier header.
		#[codec(index = 2)]
		UnknownParent,
		/// A header does not follow the one before it in the batch.
		#[codec(index = 3)]
		NotConnected,
		/// A header's bits are no target of its network, or its hash is above the target. Of another network's
		/// headers most are refused so.
		#[codec(index = 4)]
		NoProofOfWork,
		/// A header has another target than the rules give.
		#[codec(index = 5)]
		WrongBits,
		/// A header is not later than the median of the 11 before.
		#[codec(index = 6)]
		TimeTooOld,
		/// A header is the first of a period, and too much earlier than the one before (BIP 94).
		#[codec(index = 7)]
		TimeWarp,
		/// A header is more than two hours ahead of this chain's time. Submit it again later.
		#[codec(index = 8)]
		TimeTooNew,
		/// A header's version may not be used any more.
		#[codec(index = 9)]
		VersionTooOld,
		/// Heights or work have no room. This can't happen on a chain with work.
		#[codec(index = 10)]
		Exhausted,
		/// The headers branch off from a block that is too deep for a reorganization, or from a stale one whose
		/// earlier ones are gone. In the second case submit these too, in the same batch.
		#[codec(index = 11)]
		ForkTooDeep,
		/// The stale chain would be too long to be kept. Submit it when it has more work than the best chain.
		#[codec(index = 12)]
		ForkTooLong,
		/// There are as many stale headers at this height as there may be, none with less work. Submit the chain
		/// when it has more work than the best one.
		#[codec(index = 13)]
		TooManyForks,
		/// The block is not in the best chain, or so old that it was forgotten.
		#[codec(index = 14)]
		NotInBestChain,
		/// The proof does not show that the block has the transaction.
		#[codec(index = 15)]
		NotIncluded,
	}

	impl<T: Config> From<HeaderError> for Error<T> {
		fn from(error: HeaderError) -> Self {
			match error {
				HeaderError::ProofOfWork(_) => Self::NoProofOfWork,
				HeaderError::WrongParent { .. } => Self::NotConnected,
				HeaderError::WrongBits { .. } => Self::WrongBits,
				HeaderError::TimeTooOld { .. } => Self::TimeTooOld,
				HeaderError::TimeWarp { .. } => Self::TimeWarp,
				HeaderError::TimeTooNew { .. } => Self::TimeTooNew,
				HeaderError::VersionTooOld { .. } => Self::VersionTooOld,
				HeaderError::Exhausted { .. } => Self::Exhausted,
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The best chain got longer.
		#[codec(index = 0)]
		Extended {
			/// The hash of its last block.
			tip: BlockHash,
			/// The height of that.
			height: u32,
			/// How many headers are new.
			added: u32,
		},
		/// Another chain is the best now.
		#[codec(index = 1)]
		Reorganized {
			/// The hash of its last block.
			tip: BlockHash,
			/// The height of that.
			height: u32,
			/// How many headers are new.
			added: u32,
			/// The height of the last block that both chains have.
			fork: u32,
			/// The last block of the chain that was the best before.
			old_tip: BlockHash,
		},
		/// There are new headers whose chain has no more work than the best one.
		#[codec(index = 2)]
		Forked {
			/// The hash of the last of them.
			last: BlockHash,
			/// The height of that.
			height: u32,
			/// How many headers are new.
			added: u32,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			let (batch, stale) = (T::MaxBatch::get(), T::MaxStale::get());
			assert!(batch > 0, "no header could be submitted");
			assert!(stale > 0, "no displaced header could be kept");
			assert!(T::MaxReorganization::get() > 0, "no reorganization would be followed");
			let most = Self::submit_weight(batch);
			let limit = T::BlockWeights::get().get(DispatchClass::Normal).max_extrinsic;
			assert!(limit.is_none_or(|limit| most.all_lte(limit)), "a batch must fit into a block");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Submits headers, the oldest first, each following the one before.
		///
		/// Origin: signed. The fee returns if the best chain has more work than before, for the first such batch of a
		/// block, unless another call wraps this one. What is known already may precede what is new.
		///
		/// Emits `Extended`, `Reorganized` or `Forked`. Fails, and keeps none of them, if a rule of Bitcoin does not
		/// hold for one, with `UnknownParent`, or with `NothingNew`. O(headers), and for a fork O(its length).
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::submit_weight(headers.len().try_into().unwrap_or(u32::MAX)))]
		pub fn submit(
			origin: OriginFor<T>,
			headers: BoundedVec<Header, T::MaxBatch>,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let count = headers.len().try_into().unwrap_or(u32::MAX);
			let checked = T::WeightInfo::submit(count);
			let batch = Self::check(&headers).map_err(|error| error.with_weight(checked))?;
			let submitted = Self::do_submit(batch)?;
			let pays = match submitted.is_best && Self::take_free_batch() {
				true => Pays::No,
				false => Pays::Yes,
			};
			let moved = submitted.displaced.saturating_add(submitted.known);
			let weight = checked.saturating_add(T::WeightInfo::reorganize(moved));
			Ok(PostDispatchInfo { actual_weight: Some(weight), pays_fee: pays })
		}
	}
}
