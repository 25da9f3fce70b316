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

#[import_section(events::events)]
#[frame_support::pallet]
#[allow(clippy::large_enum_variant, reason = "there are few events at a time")]
pub mod pallet {
	use super::{Task, *};
	use aitbc_audit::RecordId;
	use aitbc_bitcoin::{BlockHash, Commitment, InclusionProof, Payload};
	use aitbc_core::{Balance, BlockNumber};
	use aitbc_traits::{AuditLog, BitcoinHeaderChain, DeadlineClock};
	use alloc::boxed::Box;
	use frame_support::{
		dispatch::Pays,
		pallet_prelude::*,
		traits::fungible::{Inspect, Mutate, MutateHold},
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::SaturatedConversion;

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
		type Currency: MutateHold<Self::AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>
			+ Mutate<Self::AccountId, Balance = Balance>;

		/// Follows Bitcoin.
		type Bitcoin: BitcoinHeaderChain;

		/// Writes down what is final.
		type Audit: AuditLog<Self::AccountId>;

		/// The clock that timeouts count on.
		type Clock: DeadlineClock;

		/// The number of the GRANDPA set that finalizes what follows on the present state.
		type SetId: Get<u64>;

		/// How far apart blocks with a task are, in blocks. Less than [`MIN_PERIOD`] counts as that.
		type Period: Get<BlockNumber>;

		/// How long a task may be due, in active blocks.
		type Timeout: Get<BlockNumber>;

		/// From how many confirmations on a task is confirmed.
		type Confirmations: Get<u32>;

		/// From how many confirmations on a task is final. Fewer than can be undone count as those.
		type FinalConfirmations: Get<u32>;

		/// What a script holds on its account, in plancks. At least the existential deposit.
		type Deposit: Get<Balance>;

		/// What a final task is worth, in plancks.
		type Reward: Get<Balance>;

		/// Who pays rewards: the treasury.
		type RewardSource: Get<Self::AccountId>;

		/// The most tasks that are open. Reducing it makes a longer list in storage undecodable.
		#[pallet::constant]
		type MaxOpen: Get<u32>;

		/// The most tasks that are kept, open ones included. Reducing it makes a longer list in storage
		/// undecodable.
		#[pallet::constant]
		type MaxKept: Get<u32>;

		/// How many bytes a proof may have in all, and a funding transaction.
		#[pallet::constant]
		type MaxProofBytes: Get<u32>;

		/// Weights of this pallet's calls and hooks.
		type WeightInfo: WeightInfo;
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// On an anchorer: what its script takes up here.
		#[codec(index = 0)]
		Deposit,
	}

	/// Height -> task.
	///
	/// Written by the hooks, [`Pallet::prove`] and [`Pallet::claim`]; removed when [`Config::MaxKept`] newer ones
	/// were made.
	#[pallet::storage]
	pub type Tasks<T: Config> = StorageMap<_, Twox64Concat, BlockNumber, Task, OptionQuery>;

	/// The heights of all tasks, the oldest first. Written and removed together with [`Tasks`].
	#[pallet::storage]
	pub type Heights<T: Config> = StorageValue<_, BoundedVec<BlockNumber, T::MaxKept>, ValueQuery>;

	/// The heights of open tasks, the oldest first. Written by the hooks.
	#[pallet::storage]
	pub type Open<T: Config> = StorageValue<_, BoundedVec<BlockNumber, T::MaxOpen>, ValueQuery>;

	/// The newest block that is on Bitcoin for good. Never goes back, also when its task is forgotten.
	#[pallet::storage]
	pub type LatestFinal<T: Config> = StorageValue<_, BlockNumber, OptionQuery>;

	/// The tip of Bitcoin when open tasks were looked at. None if they are to be looked at in any case.
	///
	/// Written by the hook; removed by [`Pallet::prove`].
	#[pallet::storage]
	pub type LookedAt<T: Config> = StorageValue<_, BlockHash, OptionQuery>;

	/// What is known so far of the next block that will have a task.
	///
	/// Written at the end of the block before it and at its own; removed in the block after it.
	#[pallet::storage]
	pub type Prepared<T: Config> = StorageValue<_, Preparation, OptionQuery>;

	/// Script -> its anchorer.
	///
	/// Written by [`Pallet::register`], removed by [`Pallet::deregister`].
	#[pallet::storage]
	pub type Anchorers<T: Config> =
		StorageMap<_, Blake2_128Concat, PubkeyHash, Anchorer<T::AccountId>, OptionQuery>;

	#[pallet::error]
	pub enum Error<T> {
		/// No task has this height: it was never made, or it was forgotten.
		#[codec(index = 0)]
		TaskNotFound,
		/// An inclusion of the task's anchor was proven before. Nothing is to be done.
		#[codec(index = 1)]
		AlreadyIncluded,
		/// The task is final. Nothing is to be done.
		#[codec(index = 2)]
		AlreadyFinal,
		/// A newer task is final, which covers this one. Anchor what is due.
		#[codec(index = 3)]
		TaskCovered,
		/// The task was due for too long. Anchor what is due.
		#[codec(index = 4)]
		TaskMissed,
		/// The proof has more bytes than it may. Anchor with a smaller transaction.
		#[codec(index = 5)]
		ProofTooLarge,
		/// The commitment's internal key is no point of the curve. Name the one that the output was made with.
		#[codec(index = 6)]
		InvalidInternalKey,
		/// No output of the transaction has the script that the commitment makes of the task's payload. Name how the
		/// transaction commits to it.
		#[codec(index = 7)]
		NotCommitted,
		/// The transaction has a payload for another Bitcoin network.
		#[codec(index = 8)]
		ForeignNetwork,
		/// The transaction has a payload of another height. Name that.
		#[codec(index = 9)]
		OtherHeight,
		/// The transaction has a payload of this height with another hash, set or root: it was forged, or is of
		/// a block that this chain does not have.
		#[codec(index = 10)]
		ForgedPayload,
		/// The script has an anchorer. If it is yours, deregister it there first.
		#[codec(index = 11)]
		AlreadyRegistered,
		/// The signature is not the key's, or is over something else. Sign what `BitcoinAnchorApi` gives for this
		/// account on this chain.
		#[codec(index = 12)]
		InvalidSignature,
		/// The script has no anchorer. Register it first.
		#[codec(index = 13)]
		AnchorerNotFound,
		/// The script is another account's.
		#[codec(index = 14)]
		NotOwner,
		/// The account would stay below the existential deposit, so it can't take the money. Nothing changed; send
		/// it the existential deposit first.
		#[codec(index = 15)]
		PayeeNotCreditable,
		/// The task is not final: not yet, or it never will be.
		#[codec(index = 16)]
		NotFinal,
		/// The task's reward was paid before.
		#[codec(index = 17)]
		AlreadyPaid,
		/// The bytes are no transaction without witnesses.
		#[codec(index = 18)]
		InvalidFunding,
		/// The transaction is not the one whose output the anchor's first input spends.
		#[codec(index = 19)]
		WrongFunding,
		/// The script that funded the anchor is not P2WPKH, so it can have no anchorer.
		#[codec(index = 20)]
		UnpayableScript,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Lets open tasks move with Bitcoin's chain, and makes the task of the block before.
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			Self::advance(now.saturated_into())
		}

		/// Remembers what no later block can read.
		fn on_finalize(now: BlockNumberFor<T>) {
			Self::prepare(now.saturated_into());
		}

		fn integrity_test() {
			assert!(T::MaxOpen::get() > 0, "no task could be open");
			assert!(T::MaxKept::get() > T::MaxOpen::get(), "open tasks must be kept");
			assert!(T::Timeout::get() > 0, "nobody could prove in time");
			let (least, most) = (T::Confirmations::get(), T::FinalConfirmations::get());
			assert!(0 < least && least < most, "a task must be confirmed before it is final");
			assert!(most >= T::Bitcoin::irreversible(), "what is final must be irreversible");
			assert!(
				T::Deposit::get() >= T::Currency::minimum_balance(),
				"a deposit must be creditable"
			);
			let weights = T::BlockWeights::get();
			let hooks = Self::most_hook_weight();
			assert!(
				hooks.all_lte(weights.max_block.saturating_div(4)),
				"the hooks must leave three quarters of a block: {hooks:?}"
			);
			let limit = weights.get(DispatchClass::Normal).max_extrinsic;
			for call in
				[Self::prove_weight(u32::MAX), T::WeightInfo::claim(T::MaxProofBytes::get())]
			{
				assert!(
					limit.is_none_or(|limit| call.all_lte(limit)),
					"the largest proof must fit into a block: {call:?}"
				);
			}
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Shows that `block` of Bitcoin has a transaction that commits to the payload of the task `height`.
		///
		/// Who shows it does not matter: the reward is whose script funded the transaction.
		///
		/// - Origin: signed by anybody. The fee returns if the proof holds.
		/// - Event: [`Event::AnchorIncluded`].
		/// - Errors: [`Error::ProofTooLarge`]; [`Error::TaskNotFound`], [`Error::AlreadyIncluded`],
		///   [`Error::AlreadyFinal`], [`Error::TaskCovered`], [`Error::TaskMissed`];
		///   [`Error::InvalidInternalKey`], [`Error::NotCommitted`], [`Error::ForeignNetwork`],
		///   [`Error::OtherHeight`], [`Error::ForgedPayload`]; and the light client's when the block is not in the
		///   best chain or has no such transaction.
		/// - Complexity: O(bytes of the proof).
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::prove_weight(Pallet::<T>::proof_bytes(proof)))]
		pub fn prove(
			origin: OriginFor<T>,
			height: BlockNumber,
			block: BlockHash,
			proof: Box<InclusionProof>,
			commitment: Commitment,
		) -> DispatchResultWithPostInfo {
			let prover = ensure_signed(origin)?;
			Self::do_prove(prover, height, block, &proof, commitment)?;
			Ok(Pays::No.into())
		}

		/// Pays the reward of the task `height` to the anchorer whose script funded its anchor.
		///
		/// `funding` is the transaction whose output the anchor's first input spends, without its witnesses.
		///
		/// - Origin: signed by anybody. The fee returns if the reward is paid.
		/// - Event: [`Event::RewardPaid`].
		/// - Errors: [`Error::TaskNotFound`], [`Error::NotFinal`], [`Error::AlreadyPaid`];
		///   [`Error::InvalidFunding`], [`Error::WrongFunding`], [`Error::UnpayableScript`],
		///   [`Error::AnchorerNotFound`]; and the currency's when the reward can't be moved.
		/// - Complexity: O(bytes of the transaction).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::claim(funding.len().saturated_into()))]
		pub fn claim(
			origin: OriginFor<T>,
			height: BlockNumber,
			funding: BoundedVec<u8, T::MaxProofBytes>,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_claim(height, &funding)?;
			Ok(Pays::No.into())
		}

		/// Makes the caller the anchorer whose P2WPKH script has `key_hash`, and holds [`Config::Deposit`].
		///
		/// `signature` is the key's over [`Pallet::registration_message`] of the caller. An account may have
		/// several scripts.
		///
		/// - Origin: signed by whoever has the key.
		/// - Event: [`Event::AnchorerRegistered`].
		/// - Errors: [`Error::AlreadyRegistered`], [`Error::InvalidSignature`], and the currency's when the
		///   deposit can't be held.
		/// - Complexity: O(1).
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::register())]
		pub fn register(
			origin: OriginFor<T>,
			key_hash: PubkeyHash,
			signature: KeySignature,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_register(caller, key_hash, signature)
		}

		/// Takes the script of the caller back, and returns its deposit. Rewards that were not claimed can be when
		/// the script is registered again.
		///
		/// - Origin: signed by the anchorer.
		/// - Event: [`Event::AnchorerDeregistered`].
		/// - Errors: [`Error::AnchorerNotFound`], [`Error::NotOwner`], [`Error::PayeeNotCreditable`].
		/// - Complexity: O(1).
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::deregister())]
		pub fn deregister(origin: OriginFor<T>, key_hash: PubkeyHash) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_deregister(caller, key_hash)
		}
	}
}
