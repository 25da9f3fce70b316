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
pub mod tree;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// Where the pallet logs.
const LOG_TARGET: &str = "runtime::jurors";

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::tree::Node;
	use aitbc_core::{Balance, CaseId, Round};
	use aitbc_traits::{AgentInspect, OnJuryDrawn, ReputationInspect, Seated};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible::MutateHold, Randomness},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;

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

		/// Knows which agent works under a juror's account.
		type Agents: AgentInspect<Self::AccountId>;

		/// Knows how good that agent is.
		type Reputation: ReputationInspect;

		/// Who asks for juries: says who may not judge, and is told who does.
		type OnJuryDrawn: OnJuryDrawn<Self::AccountId>;

		/// The randomness that juries are drawn with: the same in all blocks of an epoch, and made
		/// of what nobody but its author knew before the last epoch but one began, as BABE's of two
		/// epochs ago is.
		type Randomness: Randomness<Self::Hash, BlockNumberFor<Self>>;

		/// The number of the present epoch. It must go up by one, neither more nor less, whenever
		/// [`Config::Randomness`] changes, before the `on_poll` of the same block.
		///
		/// That is the index of the session. BABE's own number of the epoch won't do: when no block
		/// was made for longer than an epoch, it skips numbers and the randomness skips nothing, so
		/// that a jury would be drawn with randomness that was known when it was asked for.
		type Epoch: Get<u64>;

		/// The least that the bond of a juror must be, in plancks. At least the existential deposit.
		/// Raising it takes the weight of jurors that have less when their weight is next
		/// calculated.
		type MinBond: Get<Balance>;

		/// The most seats of a jury. Reducing it leaves seats vacant in larger juries that wait.
		#[pallet::constant]
		type MaxSeats: Get<u32>;

		/// The most that drawing juries and applying changes of weight may weigh in one block. A
		/// jury of [`Config::MaxSeats`] must fit in.
		type ServiceWeight: Get<Weight>;

		/// Sets up what benchmarks need of the neighbours.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;

		/// Weights of this pallet's calls and hook, and of what others ask of it.
		type WeightInfo: WeightInfo;
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// On a juror: its bond.
		#[codec(index = 0)]
		Bond,
	}

	/// Account -> juror.
	///
	/// Written by every call, by draws, and by whoever has stakes forfeited or unlocked; removed by
	/// [`Pallet::withdraw`] when nothing is left of the juror. Nobody pays a deposit for it: the
	/// bond is far above what one would be.
	#[pallet::storage]
	pub type Jurors<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Juror, OptionQuery>;

	/// Slot -> who has it, for each slot that was ever given out.
	///
	/// Written by the first [`Pallet::bond`] of a juror and by [`Pallet::withdraw`]; never removed.
	/// A juror keeps its slot as long as it has any weight: no draw depends on who leaves when.
	#[pallet::storage]
	pub type Slots<T: Config> =
		StorageMap<_, Twox64Concat, SlotIndex, Slot<T::AccountId>, OptionQuery>;

	/// Which slots can be given out. Written together with [`Slots`].
	#[pallet::storage]
	pub type SlotUse<T: Config> = StorageValue<_, SlotTable, ValueQuery>;

	/// Level, index -> a node of the tree of weights. An absent node is empty.
	///
	/// Written when a change of weight is applied, and removed when no weight is left below it.
	#[pallet::storage]
	pub type Nodes<T: Config> =
		StorageDoubleMap<_, Twox64Concat, u8, Twox64Concat, u32, Node, ValueQuery>;

	/// Case, round -> nothing: whose juries wait in [`DrawQueue`].
	///
	/// Written and removed together with [`DrawQueue`].
	#[pallet::storage]
	pub type Requests<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, Round, (), OptionQuery>;

	/// Position -> a jury that is to be drawn.
	///
	/// Written when one is asked for, removed by the hook that draws it. None is due before one with
	/// a lower position.
	#[pallet::storage]
	pub type DrawQueue<T: Config> =
		StorageMap<_, Twox64Concat, QueuePosition, JuryRequest, OptionQuery>;

	/// Where [`DrawQueue`] begins and ends. Written together with it; neither goes back.
	#[pallet::storage]
	pub type DrawQueueEnds<T: Config> = StorageValue<_, QueueEnds, ValueQuery>;

	/// Position -> a change of a juror's weight that waits.
	///
	/// Written when something happens that a weight depends on, removed by the hook that applies it.
	/// None is due before one with a lower position, and no juror has two that are due in the same
	/// epoch.
	#[pallet::storage]
	pub type ChangeQueue<T: Config> =
		StorageMap<_, Twox64Concat, QueuePosition, Change<T::AccountId>, OptionQuery>;

	/// Where [`ChangeQueue`] begins and ends. Written together with it; neither goes back.
	#[pallet::storage]
	pub type ChangeQueueEnds<T: Config> = StorageValue<_, QueueEnds, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody became a juror, or a juror added to its bond.
		#[codec(index = 0)]
		JurorBonded {
			/// Who.
			juror: T::AccountId,
			/// What was added, in plancks.
			amount: Balance,
			/// What is held now, in plancks.
			bond: Balance,
		},
		/// A juror takes out some of its bond, or all of it.
		#[codec(index = 1)]
		JurorUnbonded {
			/// Who.
			juror: T::AccountId,
			/// How much more is leaving, in plancks.
			amount: Balance,
			/// How much is leaving in all, in plancks.
			leaving: Balance,
		},
		/// What a juror took out went back to it.
		#[codec(index = 2)]
		BondWithdrawn {
			/// Whose it is.
			juror: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
			/// Whether that was all, so that it is no juror any more.
			is_gone: bool,
		},
		/// The weight of a juror will change. A change that waits for the same epoch is gone.
		#[codec(index = 3)]
		WeightQueued {
			/// Whose.
			juror: T::AccountId,
			/// What it becomes, in plancks.
			weight: Balance,
			/// The epoch in which it is applied.
			due: Epoch,
		},
		/// The weight of a juror changed in the tree.
		#[codec(index = 4)]
		WeightChanged {
			/// Whose.
			juror: T::AccountId,
			/// What it is now, in plancks.
			weight: Balance,
		},
		/// A jury was asked for.
		#[codec(index = 5)]
		JuryRequested {
			/// What it is to judge.
			case: CaseId,
			/// Which instance of the case.
			round: Round,
			/// How many seats it is to have.
			seats: u32,
			/// What each of them puts at stake, in plancks.
			stake: Balance,
			/// The epoch in which it is drawn.
			due: Epoch,
		},
		/// A jury was drawn, and the stake of each seat locked.
		#[codec(index = 6)]
		JuryDrawn {
			/// What it judges.
			case: CaseId,
			/// Which instance of the case.
			round: Round,
			/// Its members, and how many seats each has.
			jury: Vec<Seated<T::AccountId>>,
			/// How many seats were asked for. Those that nobody has stay vacant.
			wanted: u32,
			/// What each seat puts at stake, in plancks.
			stake: Balance,
		},
		/// A juror lost what it had at stake.
		#[codec(index = 7)]
		StakeForfeited {
			/// Who.
			juror: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
			/// Who got it.
			to: T::AccountId,
		},
		/// What a juror had at stake is its own again, as part of its bond.
		#[codec(index = 8)]
		StakeUnlocked {
			/// Who.
			juror: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is no juror: it has no bond. Bond some money first.
		#[codec(index = 0)]
		JurorNotFound,
		/// The amount is zero. Name a larger one.
		#[codec(index = 1)]
		AmountZero,
		/// What stays bonded would be below `MinBond`. Add more.
		#[codec(index = 2)]
		BondTooSmall,
		/// There are as many jurors as there may be. Wait until one has left.
		#[codec(index = 3)]
		TooManyJurors,
		/// The juror has less bonded than it wants to take out, apart from what is leaving already.
		/// Name less.
		#[codec(index = 4)]
		BondExceeded,
		/// What stays bonded would be less than `MinBond` and more than nothing. Leave more, or take
		/// out all.
		#[codec(index = 5)]
		RemainderTooSmall,
		/// The juror takes nothing out. Unbond first.
		#[codec(index = 6)]
		NothingLeaving,
		/// The juror can still be drawn with what is to be withdrawn: its weight counts it. Wait
		/// until the change of its weight is applied, three epochs after it was asked for.
		#[codec(index = 7)]
		StillCounted,
		/// All that is left of the bond is at stake for seats that the juror has. Wait until the
		/// cases that it judges are decided.
		#[codec(index = 8)]
		BondLocked,
		/// The juror's weight is right already, or will be when what waits is applied. There is
		/// nothing to do.
		#[codec(index = 9)]
		WeightUnchanged,
		/// The account that the money goes to would stay below the existential deposit, so it can't
		/// take it. Nothing changed; send that account the existential deposit first.
		#[codec(index = 10)]
		PayeeNotCreditable,
		/// A jury for this round of the case was asked for and is not drawn yet. Wait for it.
		#[codec(index = 11)]
		AlreadyRequested,
		/// A jury has one seat at least and `MaxSeats` at most. Ask for that.
		#[codec(index = 12)]
		SeatsOutOfRange,
		/// The juror has less at stake than it is to lose. Ask for that.
		#[codec(index = 13)]
		StakeTooSmall,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Draws the juries that are due, then applies the changes of weight that are due, as far as
		/// `meter` and [`Config::ServiceWeight`] allow. What is left over goes on in the next block.
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			let limit = T::ServiceWeight::get().min(meter.remaining());
			let mut granted = WeightMeter::with_limit(limit);
			Self::service(&mut granted);
			meter.consume(granted.consumed());
		}

		fn integrity_test() {
			use frame_support::traits::fungible::Inspect;
			assert!(
				T::MinBond::get() >= T::Currency::minimum_balance(),
				"a bond must be worth something, and creditable"
			);
			assert!(T::MaxSeats::get() > 0, "a jury must have a seat");
			let largest = Self::draw_weight(T::MaxSeats::get());
			assert!(
				largest.saturating_add(T::WeightInfo::service()).all_lte(T::ServiceWeight::get()),
				"the largest jury must fit into a block's service"
			);
			assert!(
				T::WeightInfo::apply()
					.saturating_add(T::WeightInfo::service())
					.all_lte(T::ServiceWeight::get()),
				"a change of weight must fit into a block's service"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// How many jurors there are, those without weight included.
		pub fn juror_count() -> u32 {
			SlotUse::<T>::get().jurors()
		}

		/// The sum of all jurors' weights, in plancks.
		pub fn total_weight() -> Balance {
			Self::tree().total()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Makes the caller a juror with a bond of `amount` plancks, or adds that to its bond.
		///
		/// The caller can be drawn with it from the fourth epoch after this one on. What of its bond
		/// is leaving goes on leaving: without that, the bond must come to [`Config::MinBond`].
		///
		/// Origin: signed. Emits [`Event::JurorBonded`].
		///
		/// Fails with [`Error::AmountZero`], [`Error::BondTooSmall`], [`Error::TooManyJurors`], or
		/// when the amount can't be held.
		///
		/// Complexity: constant.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::bond().saturating_add(T::Reputation::weight()))]
		pub fn bond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_bond(who, amount)
		}

		/// Begins to take out `amount` plancks of the caller's bond.
		///
		/// The money leaves the caller's weight at the start of the third epoch after this one.
		/// Until it is withdrawn, which is possible from then on, it stays at risk, and the caller
		/// has to judge if it is drawn. What stays bonded must come to [`Config::MinBond`], or to
		/// nothing. When something is leaving already, all of it waits for this change of weight.
		///
		/// Origin: signed by the juror. Emits [`Event::JurorUnbonded`].
		///
		/// Fails with [`Error::JurorNotFound`], [`Error::AmountZero`], [`Error::BondExceeded`],
		/// [`Error::RemainderTooSmall`].
		///
		/// Complexity: constant.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::unbond().saturating_add(T::Reputation::weight()))]
		pub fn unbond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unbond(who, amount)
		}

		/// Gives what `account` took out back to it: what has left its weight and is not at stake. A
		/// juror of which nothing is left is removed.
		///
		/// Origin: signed by anybody. Emits [`Event::BondWithdrawn`].
		///
		/// Fails with [`Error::JurorNotFound`], [`Error::NothingLeaving`], [`Error::StillCounted`],
		/// [`Error::BondLocked`], [`Error::PayeeNotCreditable`].
		///
		/// Complexity: constant.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_withdraw(account)
		}

		/// Calculates the weight of `account` anew, because the reputation of the agent that works
		/// under it, or [`Config::MinBond`], is not what it was.
		///
		/// Origin: signed by anybody. Emits [`Event::WeightQueued`].
		///
		/// Fails with [`Error::JurorNotFound`], [`Error::WeightUnchanged`].
		///
		/// Complexity: constant.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::refresh().saturating_add(T::Reputation::weight()))]
		pub fn refresh(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_refresh(account)
		}
	}
}
