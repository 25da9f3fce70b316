//! The governed parameters, with their bounds and their defaults.
//!
//! A period's default is what production uses, scaled by the network's time scale; it is evaluated
//! on every read until governance sets a value. Whoever sets a value outside its bounds sends an
//! extrinsic that does not decode.

use super::{actions::EnsureMayTune, origins::ParametersAdmin};
use crate::{NetworkParameters, Runtime, RuntimeEvent};
use aitbc_core::{
	money::{AIT, EXISTENTIAL_DEPOSIT, MILLI_AIT},
	time::{DAYS, HOURS},
	Balance, BlockNumber, BoundedNumber,
};
use core::marker::PhantomData;
use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	traits::{ConstU128, ConstU32, Get, TypedGet},
};
use sp_runtime::Perbill;

/// A period, in blocks: from one block to five years.
pub type Period = BoundedNumber<BlockNumber, ConstU32<1>, ConstU32<{ 5 * 365 * DAYS }>>;

/// A price that is small enough for anybody to see that it is wrong: at most 1,000,000 AIT.
pub type Price = BoundedNumber<Balance, ConstU128<0>, ConstU128<{ 1_000_000 * AIT }>>;

/// A share of what a contract releases, in parts per billion: at most a fifth.
pub type FeeShare = BoundedNumber<u32, ConstU32<0>, MostFee>;

/// The most that the protocol may take, in parts per billion.
pub type MostFee = ConstU32<200_000_000>;

/// How much a component counts in a score, in parts per billion.
pub type ComponentWeight = BoundedNumber<u32, ConstU32<0>, ConstU32<1_000_000_000>>;

/// A share of money, in parts per billion: up to all of it.
pub type Share = BoundedNumber<u32, ConstU32<0>, ConstU32<1_000_000_000>>;

/// A share of the protocol's fee that a provider is spared, in parts per billion: at most two
/// fifths, so that evidence never gets cheap.
pub type RebateShare = BoundedNumber<u32, ConstU32<0>, MostRebate>;

/// The most that a provider may be spared of the fee, in parts per billion.
pub type MostRebate = ConstU32<400_000_000>;

/// How many of Bitcoin's headers are kept: from two weeks of them, which is more than one block of this chain can
/// bring on top of what is not final, to a year.
pub type HeaderCount = BoundedNumber<u32, ConstU32<2_016>, ConstU32<52_560>>;

/// How often this chain is written into Bitcoin, in blocks: from 20, a minute, to 30 days.
pub type AnchorPeriod = BoundedNumber<BlockNumber, ConstU32<20>, ConstU32<{ 30 * DAYS }>>;

/// A price that any account can receive: from the existential deposit to 1,000,000 AIT.
pub type PayablePrice =
	BoundedNumber<Balance, ConstU128<EXISTENTIAL_DEPOSIT>, ConstU128<{ 1_000_000 * AIT }>>;

/// Gives the number of a governed period, in blocks.
pub struct PeriodOf<P>(PhantomData<P>);

impl<P: Get<Period>> Get<BlockNumber> for PeriodOf<P> {
	fn get() -> BlockNumber {
		P::get().get()
	}
}

impl<P: Get<Period>> TypedGet for PeriodOf<P> {
	type Type = BlockNumber;

	fn get() -> BlockNumber {
		<Self as Get<BlockNumber>>::get()
	}
}

/// Gives the number of a governed price, in plancks.
pub struct PriceOf<P>(PhantomData<P>);

impl<P: Get<Price>> Get<Balance> for PriceOf<P> {
	fn get() -> Balance {
		P::get().get()
	}
}

/// Gives the number of a governed price that any account can receive, in plancks.
pub struct PayablePriceOf<P>(PhantomData<P>);

impl<P: Get<PayablePrice>> Get<Balance> for PayablePriceOf<P> {
	fn get() -> Balance {
		P::get().get()
	}
}

/// Gives a governed share, whatever its bound.
pub struct ShareOf<P, Most = ConstU32<1_000_000_000>>(PhantomData<(P, Most)>);

impl<P, Most> Get<Perbill> for ShareOf<P, Most>
where
	P: Get<BoundedNumber<u32, ConstU32<0>, Most>>,
	Most: Get<u32>,
{
	fn get() -> Perbill {
		Perbill::from_parts(P::get().get())
	}
}

/// This network's length of a period that takes `production` blocks in production.
fn scaled(production: BlockNumber) -> Period {
	Period::clamped(NetworkParameters::scaled(production))
}

/// The parameters, one module per area. Indices are part of the wire format.
#[dynamic_params(RuntimeParameters, pallet_parameters::Parameters::<Runtime>)]
pub mod dynamic_params {
	use super::*;

	/// What it costs to be an agent.
	#[dynamic_pallet_params]
	#[codec(index = 0)]
	pub mod agents {
		/// What a registration costs and does not come back, in plancks.
		#[codec(index = 0)]
		pub static RegistrationFee: Price = Price::clamped(5 * AIT);
		/// What an agent has at risk, in plancks.
		#[codec(index = 1)]
		pub static Bond: Price = Price::clamped(100 * AIT);
		/// How long the bond stays at risk after an agent left, in active blocks.
		#[codec(index = 2)]
		pub static BondReleaseDelay: Period = scaled(30 * DAYS);
		/// How long a heartbeat keeps an agent live, in active blocks.
		#[codec(index = 3)]
		pub static HeartbeatPeriod: Period = scaled(24 * HOURS);
	}

	/// The terms that an escrow contract may have.
	#[dynamic_pallet_params]
	#[codec(index = 1)]
	pub mod escrow {
		/// The protocol's share of what is released, in parts per billion.
		#[codec(index = 0)]
		pub static Fee: FeeShare = FeeShare::clamped(25_000_000);
		/// The shortest review period, in active blocks.
		#[codec(index = 1)]
		pub static MinReviewPeriod: Period = scaled(24 * HOURS);
		/// The longest review period, in active blocks.
		#[codec(index = 2)]
		pub static MaxReviewPeriod: Period = scaled(90 * DAYS);
		/// How far ahead a milestone may be due, in active blocks.
		#[codec(index = 3)]
		pub static MaxDuration: Period = scaled(2 * 365 * DAYS);
		/// The most of the fee that reputation spares a provider, in parts per billion: with a score
		/// that is certainly perfect.
		#[codec(index = 4)]
		pub static MaxRebate: RebateShare = RebateShare::clamped(400_000_000);
		/// How much of a provider's bond a missed due block costs, in parts per billion of the bond's
		/// part for that milestone.
		#[codec(index = 5)]
		pub static MissedSlash: Share = Share::clamped(500_000_000);
		/// How much of what is slashed goes to the other party, in parts per billion. The rest goes
		/// to the treasury.
		#[codec(index = 6)]
		pub static SlashToOtherParty: Share = Share::clamped(500_000_000);
	}

	/// The brakes.
	#[dynamic_pallet_params]
	#[codec(index = 2)]
	pub mod brakes {
		/// How long safe mode lasts when it is entered or extended, in blocks.
		#[codec(index = 0)]
		pub static SafeModeDuration: Period = scaled(DAYS);
	}

	/// How work and ratings become a score.
	#[dynamic_pallet_params]
	#[codec(index = 3)]
	pub mod reputation {
		/// In how many active blocks evidence halves.
		#[codec(index = 0)]
		pub static HalfLife: Period = scaled(30 * DAYS);
		/// How much evidence counts as one observation, in plancks of protocol fee.
		#[codec(index = 1)]
		pub static EvidenceUnit: Price = Price::clamped(10 * AIT);
		/// What all that one owner pays another's agents can count for at most, in plancks.
		#[codec(index = 2)]
		pub static PairCap: Price = Price::clamped(25 * AIT);
		/// The least fee of work that counts, in plancks. It bounds what is stored without a
		/// deposit.
		#[codec(index = 3)]
		pub static MinFee: PayablePrice = PayablePrice::clamped(AIT);
		/// How much completion counts.
		#[codec(index = 4)]
		pub static CompletionWeight: ComponentWeight = ComponentWeight::clamped(300_000_000);
		/// How much quality counts.
		#[codec(index = 5)]
		pub static QualityWeight: ComponentWeight = ComponentWeight::clamped(250_000_000);
		/// How much timeliness counts.
		#[codec(index = 6)]
		pub static TimelinessWeight: ComponentWeight = ComponentWeight::clamped(200_000_000);
		/// How much disputes count.
		#[codec(index = 7)]
		pub static DisputesWeight: ComponentWeight = ComponentWeight::clamped(150_000_000);
		/// How much feedback counts.
		#[codec(index = 8)]
		pub static FeedbackWeight: ComponentWeight = ComponentWeight::clamped(100_000_000);
	}

	/// The terms on which validators answer.
	#[dynamic_pallet_params]
	#[codec(index = 4)]
	pub mod validations {
		/// What a wallet has at risk for each hard answer, in plancks. An answer has a court only if the
		/// first jury costs no more than the most that disputes allow of that.
		#[codec(index = 0)]
		pub static Bond: PayablePrice = PayablePrice::clamped(100 * AIT);
		/// How long the bond stays at risk after a hard answer, in active blocks.
		#[codec(index = 1)]
		pub static ChallengePeriod: Period = scaled(7 * DAYS);
		/// How far ahead a request's deadline may be, in active blocks.
		#[codec(index = 2)]
		pub static MaxResponseTime: Period = scaled(90 * DAYS);
		/// How much of what a ruling takes of a bond goes to who challenged the answer, in parts per
		/// billion. The rest goes to the treasury.
		#[codec(index = 3)]
		pub static ChallengerShare: Share = Share::clamped(500_000_000);
	}

	/// The terms of the job market.
	#[dynamic_pallet_params]
	#[codec(index = 5)]
	pub mod market {
		/// What a bidder has at risk at least, in parts per billion of its price.
		#[codec(index = 0)]
		pub static BondRate: Share = Share::clamped(100_000_000);
		/// What a bidder has at risk at least, whatever its price, in plancks.
		#[codec(index = 1)]
		pub static MinBond: PayablePrice = PayablePrice::clamped(AIT);
		/// How long a job may wait for bids and a decision, in active blocks.
		#[codec(index = 2)]
		pub static MaxBiddingPeriod: Period = scaled(30 * DAYS);
		/// How long a settled job's receipts are kept at least, in active blocks.
		#[codec(index = 3)]
		pub static RetentionPeriod: Period = scaled(30 * DAYS);
	}

	/// What a court costs and how long it takes.
	#[dynamic_pallet_params]
	#[codec(index = 6)]
	pub mod disputes {
		/// What opening a case costs unless the parties settle, in plancks.
		#[codec(index = 0)]
		pub static FilingFee: Price = Price::clamped(AIT);
		/// What each seat of a jury costs the side that loses, in plancks.
		#[codec(index = 1)]
		pub static SeatFee: PayablePrice = PayablePrice::clamped(5 * AIT);
		/// What each seat of a jury puts at risk, in plancks.
		#[codec(index = 2)]
		pub static SeatStake: PayablePrice = PayablePrice::clamped(100 * AIT);
		/// The most that the first jury may cost, in parts per billion of what is at stake.
		#[codec(index = 3)]
		pub static MaxCost: Share = Share::clamped(200_000_000);
		/// How much of its contract's bond a side loses whose claim is wholly wrong, in parts per
		/// billion.
		#[codec(index = 4)]
		pub static LoserSlash: Share = Share::clamped(500_000_000);
		/// How much of its agent's bond a provider loses whose claim is wholly wrong, in parts per
		/// billion.
		#[codec(index = 5)]
		pub static AgentSlash: Share = Share::clamped(50_000_000);
		/// How much of its stake a seat loses that is not coherent, in parts per billion.
		#[codec(index = 6)]
		pub static IncoherentSlash: Share = Share::clamped(200_000_000);
		/// How much of its stake a seat loses that reveals nothing, in parts per billion.
		#[codec(index = 7)]
		pub static SilenceSlash: Share = Share::clamped(500_000_000);
		/// How much of what a denounced seat loses goes to who denounced it, in parts per billion.
		#[codec(index = 8)]
		pub static DenounceReward: Share = Share::clamped(500_000_000);
		/// How long the parties may settle, in active blocks.
		#[codec(index = 9)]
		pub static SettlementPeriod: Period = scaled(DAYS);
		/// How long a round takes evidence, in active blocks.
		#[codec(index = 10)]
		pub static EvidencePeriod: Period = scaled(3 * DAYS);
		/// How long jurors may commit, in active blocks.
		#[codec(index = 11)]
		pub static CommitPeriod: Period = scaled(2 * DAYS);
		/// How long jurors may reveal, in active blocks.
		#[codec(index = 12)]
		pub static RevealPeriod: Period = scaled(2 * DAYS);
		/// How long sides may stake for an appeal, in active blocks.
		#[codec(index = 13)]
		pub static AppealPeriod: Period = scaled(2 * DAYS);
		/// How long governance may rule after the last instance, in active blocks.
		#[codec(index = 14)]
		pub static OversightPeriod: Period = scaled(7 * DAYS);
	}

	/// Who may be drawn to judge.
	#[dynamic_pallet_params]
	#[codec(index = 7)]
	pub mod jurors {
		/// What a juror has at risk at least, in plancks.
		#[codec(index = 0)]
		pub static MinBond: PayablePrice = PayablePrice::clamped(1_000 * AIT);
	}

	/// What measuring costs and earns.
	#[dynamic_pallet_params]
	#[codec(index = 8)]
	pub mod telemetry {
		/// What a worker key holds on its validator's stash, in plancks. It should cover each of the
		/// penalties several times: a worker whose deposit does not cover the dearer one can't send.
		#[codec(index = 0)]
		pub static Deposit: PayablePrice = PayablePrice::clamped(100 * AIT);
		/// What a digest costs that was committed to and not revealed, in plancks.
		#[codec(index = 1)]
		pub static MissPenalty: Price = Price::clamped(AIT);
		/// What a report costs that governance dismisses as spam, in plancks.
		#[codec(index = 2)]
		pub static SpamPenalty: Price = Price::clamped(20 * AIT);
		/// The most that the points of an era share, in plancks.
		#[codec(index = 3)]
		pub static EraPot: Price = Price::clamped(100 * AIT);
	}

	/// What writing things down costs, and how long it is kept in full.
	#[dynamic_pallet_params]
	#[codec(index = 9)]
	pub mod audit_log {
		/// What a byte of a record costs whoever causes it, in plancks.
		#[codec(index = 0)]
		pub static FeePerByte: Price = Price::clamped(MILLI_AIT);
		/// How long the bodies of records are kept, in blocks. What proves them is kept for good.
		#[codec(index = 1)]
		pub static KeptBlocks: Period = scaled(365 * DAYS);
	}

	/// What recommending an operation costs, and when breakers let it go on.
	#[dynamic_pallet_params]
	#[codec(index = 10)]
	pub mod actions {
		/// What a recommendation holds until its action ends, in plancks.
		#[codec(index = 0)]
		pub static Deposit: PayablePrice = PayablePrice::clamped(10 * AIT);
		/// How long an action is kept after it ended, in blocks.
		#[codec(index = 1)]
		pub static KeptBlocks: Period = scaled(30 * DAYS);
		/// How long a breaker stays open at first, in blocks, and in which starts are counted.
		#[codec(index = 2)]
		pub static BreakerPeriod: Period = scaled(24 * HOURS);
	}

	/// How much of Bitcoin is kept, and how this chain is written into it.
	#[dynamic_pallet_params]
	#[codec(index = 11)]
	pub mod bitcoin {
		/// How many headers of Bitcoin's best chain are kept.
		#[codec(index = 0)]
		pub static KeptHeaders: HeaderCount = HeaderCount::clamped(2_016);
		/// How often a block is to be anchored, in blocks.
		#[codec(index = 1)]
		pub static AnchorPeriod: super::AnchorPeriod =
			super::AnchorPeriod::clamped(NetworkParameters::scaled(6 * HOURS));
		/// How long a block may wait to be anchored, in blocks.
		#[codec(index = 2)]
		pub static AnchorTimeout: Period = scaled(7 * DAYS);
		/// What an anchor earns whoever paid for it in Bitcoin, in plancks.
		#[codec(index = 3)]
		pub static AnchorReward: PayablePrice = PayablePrice::clamped(10 * AIT);
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl Default for RuntimeParameters {
	fn default() -> Self {
		RuntimeParameters::Brakes(dynamic_params::brakes::Parameters::SafeModeDuration(
			dynamic_params::brakes::SafeModeDuration,
			Some(Period::clamped(1)),
		))
	}
}

impl pallet_parameters::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeParameters = RuntimeParameters;
	type AdminOrigin = EnsureMayTune<ParametersAdmin>;
	type WeightInfo = crate::weights::pallet_parameters::WeightInfo<Runtime>;
}
