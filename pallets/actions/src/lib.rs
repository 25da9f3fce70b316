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

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// Where the pallet logs.
const LOG_TARGET: &str = "runtime::actions";

/// How many actions the chain itself moves on in one block, at most.
pub const MAX_DUE: u32 = 8;

/// The most kinds in the catalogue.
pub const MAX_KINDS: u32 = 64;

/// How many ids of forgotten actions are passed over, at most, when one is forgotten: more than one, so
/// that [`OldestActionId`] catches up.
pub(crate) const MAX_PASSED: u32 = 2;

/// The most agents that may recommend.
pub const MAX_RECOMMENDERS: u32 = 64;

/// A call of the runtime.
pub type RuntimeCallOf<T> = <T as frame_system::Config>::RuntimeCall;

use frame_support::pallet_macros::import_section;

#[import_section(events::events)]
#[import_section(calls::calls)]
#[frame_support::pallet]
#[allow(clippy::large_enum_variant, reason = "there are few calls and events at a time")]
pub mod pallet {
	use super::*;
	use aitbc_core::{
		ActionId, AgentId, Balance, BlockNumber, DocumentHash, EvidenceHash, KindId, Target, Word,
	};
	use aitbc_telemetry::Series;
	use aitbc_traits::{AgentInspect, AnomalyInspect, AuditLog, FeedInspect, ReporterInspect};
	use alloc::{boxed::Box, vec::Vec};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible::MutateHold, Contains},
		weights::WeightMeter,
		DefaultNoBound,
	};
	use frame_system::pallet_prelude::*;

	/// The version of the storage that this code reads and writes.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId: Into<aitbc_audit::Account>, RuntimeOrigin: From<Origin>>
	{
		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// The chain's money.
		type Currency: MutateHold<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// Knows who agents are.
		type Agents: AgentInspect<Self::AccountId>;

		/// Knows who validates now.
		type Validators: ReporterInspect<Self::AccountId>;

		/// Knows what was reported.
		type Anomalies: AnomalyInspect<Self::AccountId>;

		/// Knows what validators measure together.
		type Feed: FeedInspect;

		/// Writes down what happened.
		type Audit: AuditLog<Self::AccountId>;

		/// Which calls can be actions at all, whatever the catalogue says.
		type Callable: Contains<<Self as frame_system::Config>::RuntimeCall>;

		/// Who keeps the catalogue, and holds the kill switch.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who gets the deposits of spam: the treasury.
		type SpamReceiver: Get<Self::AccountId>;

		/// What a recommendation holds on who makes it, in plancks. At least the existential deposit.
		type Deposit: Get<Balance>;

		/// How long ended actions are kept, in blocks.
		type KeptBlocks: Get<BlockNumber>;

		/// How long a breaker stays open at first, in blocks, and in which starts are counted.
		type BreakerPeriod: Get<BlockNumber>;

		/// So many failures without a success between open a class's breaker; twice as many the global one.
		#[pallet::constant]
		type MaxFailures: Get<u32>;

		/// More starts than these in a period open a class's breaker; twice as many the global one.
		#[pallet::constant]
		type MaxStarts: Get<u32>;

		/// So many successes close a breaker that is half open.
		#[pallet::constant]
		type Recoveries: Get<u32>;

		/// How many open recommendations an account may have.
		#[pallet::constant]
		type MaxOpen: Get<u32>;

		/// Sets up what benchmarks need of the neighbours.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self>;

		/// Weights of this pallet's calls and hook.
		type WeightInfo: WeightInfo;
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// On who recommended actions that have not ended.
		#[codec(index = 0)]
		Deposit,
	}

	/// With what actions that are calls are dispatched.
	#[pallet::origin]
	#[derive(
		Clone,
		Copy,
		Debug,
		PartialEq,
		Eq,
		Encode,
		Decode,
		DecodeWithMemTracking,
		MaxEncodedLen,
		TypeInfo,
	)]
	pub enum Origin {
		/// An action of this kind, verified by its rule.
		#[codec(index = 0)]
		Verified(KindId),
	}

	/// Kind id -> kind. Written by [`Pallet::set_kind`], removed by [`Pallet::remove_kind`]. At most
	/// [`MAX_KINDS`].
	#[pallet::storage]
	pub type Catalogue<T: Config> = CountedStorageMap<_, Twox64Concat, KindId, Listed, OptionQuery>;

	/// How often the catalogue was changed.
	#[pallet::storage]
	pub type CatalogueVersion<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Name -> the kind that has it. Written and removed together with [`Catalogue`].
	#[pallet::storage]
	pub type KindNames<T: Config> = StorageMap<_, Blake2_128Concat, Word, KindId, OptionQuery>;

	/// Who may approve, veto, and say that something is spam. Each once.
	#[pallet::storage]
	pub type Approvers<T: Config> = StorageValue<_, AccountSet<T::AccountId>, ValueQuery>;

	/// The agents that may recommend for any target. Each once.
	#[pallet::storage]
	pub type Recommenders<T: Config> =
		StorageValue<_, BoundedVec<AgentId, ConstU32<MAX_RECOMMENDERS>>, ValueQuery>;

	/// Series -> what a report of it leads to.
	#[pallet::storage]
	pub type Reflexes<T: Config> = StorageMap<_, Twox64Concat, Series, Reflex, OptionQuery>;

	/// Whether nothing happens any more.
	#[pallet::storage]
	pub type KillSwitch<T: Config> = StorageValue<_, bool, ValueQuery>;

	/// The breakers.
	#[pallet::storage]
	pub type AllBreakers<T: Config> = StorageValue<_, Breakers, ValueQuery>;

	/// Target -> the agent that carries actions out on it.
	#[pallet::storage]
	pub type Executors<T: Config> =
		StorageMap<_, Blake2_128Concat, Target<T::AccountId>, AgentId, OptionQuery>;

	/// Targets whose operators pulled the brake.
	#[pallet::storage]
	pub type Brakes<T: Config> =
		StorageMap<_, Blake2_128Concat, Target<T::AccountId>, (), OptionQuery>;

	/// The id that the next action gets. Never goes back.
	#[pallet::storage]
	pub type NextActionId<T: Config> = StorageValue<_, ActionId, ValueQuery>;

	/// No action before this one is there. It goes up as actions are forgotten, and lags behind for a while
	/// when a late one is forgotten before an early one.
	#[pallet::storage]
	pub type OldestActionId<T: Config> = StorageValue<_, ActionId, ValueQuery>;

	/// Action id -> action. Removed [`Config::KeptBlocks`] after it ended.
	#[pallet::storage]
	pub type Actions<T: Config> = StorageMap<_, Twox64Concat, ActionId, ActionOf<T>, OptionQuery>;

	/// Block, action id -> nothing: when the chain itself moves an action on. Each action is here once.
	#[pallet::storage]
	pub type Agenda<T: Config> =
		StorageDoubleMap<_, Twox64Concat, BlockNumber, Twox64Concat, ActionId, (), OptionQuery>;

	/// The first block whose agenda may not be done. None before the first action.
	#[pallet::storage]
	pub type AgendaFrom<T: Config> = StorageValue<_, BlockNumber, OptionQuery>;

	/// Account -> how many of its recommendations have not ended. An absent entry is zero.
	#[pallet::storage]
	pub type OpenCount<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Kind, target -> the action that reports led to and that has not ended. One at a time: reports come
	/// without a deposit.
	#[pallet::storage]
	pub type OpenReflexes<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		KindId,
		Blake2_128Concat,
		Target<T::AccountId>,
		ActionId,
		OptionQuery,
	>;

	/// Agent -> how many actions it is carrying out. An absent entry is zero.
	#[pallet::storage]
	pub type RunningCount<T: Config> = StorageMap<_, Twox64Concat, AgentId, u32, ValueQuery>;

	/// Target -> the action that it is under: one that runs or is watched.
	#[pallet::storage]
	pub type UnderAction<T: Config> =
		StorageMap<_, Blake2_128Concat, Target<T::AccountId>, ActionId, OptionQuery>;

	/// How many validators are under action.
	#[pallet::storage]
	pub type ValidatorsUnderAction<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Kind, target -> the block in which the kind may be used on the target again.
	///
	/// Written when an action ends that was carried out; removed with that action, unless a later one
	/// wrote it anew.
	#[pallet::storage]
	pub type Cooldowns<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		KindId,
		Blake2_128Concat,
		Target<T::AccountId>,
		BlockNumber,
		OptionQuery,
	>;

	/// Kind -> the blocks in which the last actions of it began, oldest first.
	#[pallet::storage]
	pub type Starts<T: Config> = StorageMap<
		_,
		Twox64Concat,
		KindId,
		BoundedVec<BlockNumber, ConstU32<MAX_KIND_STARTS>>,
		ValueQuery,
	>;

	/// Kind, agent, model -> what came of the actions that were carried out of those that the agent
	/// recommended. The model is what the agent says, so it is counted for this agent only.
	///
	/// Never removed, so that no model sheds its past. There are no more than actions that were carried out,
	/// each of which leaves more than this in the audit log, for good too.
	#[pallet::storage]
	pub type TrackRecords<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, KindId>,
			NMapKey<Twox64Concat, AgentId>,
			NMapKey<Blake2_128Concat, Model>,
		),
		TrackRecord,
		OptionQuery,
	>;

	/// The first catalogue, whose ids are the places from one on, and who may approve.
	#[pallet::genesis_config]
	#[derive(DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The first kinds. What reverses one comes before it.
		pub kinds: Vec<Kind>,
		/// Who may approve. Each once.
		pub approvers: Vec<T::AccountId>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		#[allow(clippy::panic, reason = "no chain may start from an invalid genesis")]
		fn build(&self) {
			if let Err(reason) = Pallet::<T>::begin_with(&self.kinds, &self.approvers) {
				panic!("invalid actions in genesis: {reason:?}");
			}
		}
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The kill switch is on: nothing begins. Governance turns it off.
		#[codec(index = 0)]
		KillSwitchOn,
		/// A breaker is open, that of all actions or of this class. It opens by half later; see when by
		/// `actions_status`.
		#[codec(index = 1)]
		BreakerOpen,
		/// The target's operator has pulled its brake.
		#[codec(index = 2)]
		BrakeOn,
		/// The catalogue has no such kind.
		#[codec(index = 3)]
		KindNotFound,
		/// The kind changed since this was recommended. Recommend it anew.
		#[codec(index = 4)]
		KindChanged,
		/// The kind does not hold together: see the bounds of its fields.
		#[codec(index = 5)]
		UnsoundKind,
		/// Another kind has this name.
		#[codec(index = 6)]
		NameTaken,
		/// The catalogue is full. Remove a kind first.
		#[codec(index = 7)]
		CatalogueFull,
		/// The kind that is to reverse it isn't there, or has other targets, or is itself.
		#[codec(index = 8)]
		UnsoundReversal,
		/// An account or agent is there twice.
		#[codec(index = 9)]
		Twice,
		/// The kind is not for such targets.
		#[codec(index = 10)]
		WrongTarget,
		/// The target is no active validator, or no agent that is registered.
		#[codec(index = 11)]
		TargetNotFound,
		/// The caller does not operate the target.
		#[codec(index = 12)]
		NotOperator,
		/// The agent is no executor, or not active.
		#[codec(index = 13)]
		NotAnExecutor,
		/// The caller may not recommend this: it is neither the wallet of an active agent that governance
		/// admitted nor the target's operator.
		#[codec(index = 14)]
		NotRecommender,
		/// The kind is done in another way: by nobody, by an executor, or by a call of the chain.
		#[codec(index = 15)]
		WrongProposal,
		/// There are more or fewer parameters than the kind has.
		#[codec(index = 16)]
		WrongParameterCount,
		/// A parameter is of another type than the kind says.
		#[codec(index = 17)]
		WrongParameterType,
		/// A parameter is out of the kind's bounds.
		#[codec(index = 18)]
		ParameterOutOfBounds,
		/// It is another call than the kind's, or one that can't be an action.
		#[codec(index = 19)]
		CallNotAllowed,
		/// The call takes too many bytes.
		#[codec(index = 20)]
		CallTooLong,
		/// The call would fail now, or what is to reverse it would after it.
		#[codec(index = 21)]
		CallWouldFail,
		/// The kind is reversible, and the recommendation does not say how; or the other way round.
		#[codec(index = 22)]
		WrongRollback,
		/// The rationale's URI is empty, too long, or not absolute.
		#[codec(index = 23)]
		BadUri,
		/// No report has this id.
		#[codec(index = 24)]
		ReportNotFound,
		/// Nobody can say of this series whether it got better: it is not shared, or it only grows.
		#[codec(index = 25)]
		SeriesNotJudged,
		/// The recommendation expires in the past, or further ahead than the kind allows.
		#[codec(index = 26)]
		BadExpiry,
		/// The caller has as many open recommendations as it may. Wait until one ends.
		#[codec(index = 27)]
		TooManyOpen,
		/// There is no such action: there never was, or it is forgotten.
		#[codec(index = 28)]
		ActionNotFound,
		/// The action waits for nothing any more: it runs, or is over.
		#[codec(index = 29)]
		NotWaiting,
		/// The action's order has another hash. Look at what it does before you approve it.
		#[codec(index = 30)]
		HashMismatch,
		/// The caller may not say anything about this action.
		#[codec(index = 31)]
		NotApprover,
		/// The caller has said so before.
		#[codec(index = 32)]
		AlreadySaid,
		/// The last block in which it may be approved or claimed is over.
		#[codec(index = 33)]
		Expired,
		/// The kind wants a simulation first.
		#[codec(index = 34)]
		NotSimulated,
		/// The action wants no simulation, or had one.
		#[codec(index = 35)]
		NoSimulationAwaited,
		/// The caller is not the wallet of the executor that is bound to the target.
		#[codec(index = 36)]
		NotBound,
		/// Approvals are missing.
		#[codec(index = 37)]
		NotVerified,
		/// The target is under another action.
		#[codec(index = 38)]
		TargetBusy,
		/// An action of this kind on this target ended a moment ago.
		#[codec(index = 39)]
		CoolingDown,
		/// As many actions of this kind began lately as may.
		#[codec(index = 40)]
		RateLimited,
		/// As many validators are under action as may be.
		#[codec(index = 41)]
		BlastRadius,
		/// The action is not claimed, or is over.
		#[codec(index = 42)]
		NotRunning,
		/// Another account claimed the action.
		#[codec(index = 43)]
		NotClaimant,
		/// The breaker is not open.
		#[codec(index = 44)]
		BreakerNotOpen,
		/// It is so already.
		#[codec(index = 45)]
		Unchanged,
		/// The kind is reversible, and the recommendation names no series that would say whether the action
		/// has to be reversed.
		#[codec(index = 46)]
		SeriesNeeded,
		/// The caller recommended this, or owned the agent that did: others approve it.
		#[codec(index = 47)]
		OwnRecommendation,
		/// As many agents may recommend as can be. Dismiss one first.
		#[codec(index = 48)]
		TooManyRecommenders,
		/// The report is of another validator's node, and of what only that node can see.
		#[codec(index = 49)]
		WrongReport,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Moves on what is due. Not in `on_initialize`: the audit log commits there to what the parent
		/// left, and the time of the block is known only after that.
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			// What finds no room waits for a later block.
			if meter.can_consume(Self::weight_of_passing(MAX_DUE)) {
				let moved = Self::pass_time();
				meter.consume(Self::weight_of_passing(moved));
			}
		}

		fn integrity_test() {
			use frame_support::traits::fungible::Inspect;
			assert!(
				T::Deposit::get() >= T::Currency::minimum_balance(),
				"a deposit must be creditable"
			);
			assert!(T::MaxFailures::get() > 0 && T::MaxStarts::get() > 0, "nothing could begin");
			assert!(T::Recoveries::get() > 0 && T::MaxOpen::get() > 0, "nothing could begin");
			let most = Self::weight_of_passing(MAX_DUE);
			let block = T::BlockWeights::get().max_block;
			assert!(
				most.all_lte(block.saturating_div(10)),
				"moving actions on must leave nine tenths of a block: {most:?}"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
