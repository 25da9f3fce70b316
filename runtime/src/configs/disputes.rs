//! What a court costs, how long it takes, and who judges.

use super::{
	money::{StorageDeposit, TreasuryAccount},
	origins::DisputesAdmin,
	parameters::{
		dynamic_params::{disputes, jurors},
		PayablePriceOf, PeriodOf, PriceOf, ShareOf,
	},
	system::MAXIMUM_BLOCK_WEIGHT,
};
use crate::{
	adapters::{Closeness, Rulings, SubjectFacts},
	weights, ActiveClock, Agents, Balances, Disputes, Jurors, Reputation, Runtime,
	RuntimeHoldReason, Session,
};
use frame_support::{
	traits::{ConstU32, ConstU8, Get},
	weights::Weight,
};
use sp_runtime::Perbill;

/// Gives the number of the present epoch: the session's, which goes up whenever the randomness
/// changes. BABE's own skips numbers when no block is made for longer than an epoch.
pub struct EpochNumber;

impl Get<u64> for EpochNumber {
	fn get() -> u64 {
		Session::current_index().into()
	}
}

/// The most that drawing juries and changing weights takes of a block: a quarter, which only the
/// largest jury needs.
pub struct JuryService;

impl Get<Weight> for JuryService {
	fn get() -> Weight {
		Perbill::from_percent(25) * MAXIMUM_BLOCK_WEIGHT
	}
}

impl pallet_disputes::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = ActiveClock;
	type Jurors = Jurors;
	type Facts = SubjectFacts;
	type Conflicts = Closeness;
	type OnRuling = Rulings;
	type AgentBonds = Agents;
	type ForceOrigin = DisputesAdmin;
	type FeeReceiver = TreasuryAccount;
	type FilingFee = PriceOf<disputes::FilingFee>;
	type SeatFee = PayablePriceOf<disputes::SeatFee>;
	type SeatStake = PayablePriceOf<disputes::SeatStake>;
	type MaxCost = ShareOf<disputes::MaxCost>;
	type LoserSlash = ShareOf<disputes::LoserSlash>;
	type AgentSlash = ShareOf<disputes::AgentSlash>;
	type IncoherentSlash = ShareOf<disputes::IncoherentSlash>;
	type SilenceSlash = ShareOf<disputes::SilenceSlash>;
	type DenounceReward = ShareOf<disputes::DenounceReward>;
	type SettlementPeriod = PeriodOf<disputes::SettlementPeriod>;
	type EvidencePeriod = PeriodOf<disputes::EvidencePeriod>;
	type CommitPeriod = PeriodOf<disputes::CommitPeriod>;
	type RevealPeriod = PeriodOf<disputes::RevealPeriod>;
	type AppealPeriod = PeriodOf<disputes::AppealPeriod>;
	type OversightPeriod = PeriodOf<disputes::OversightPeriod>;
	type StorageDeposit = StorageDeposit;
	type Seats = ConstU32<3>;
	type MaxAppeals = ConstU8<3>;
	type MaxSeats = ConstU32<31>;
	type MaxEvidence = ConstU32<16>;
	type MaxUriLength = ConstU32<256>;
	type MaxDocumentLength = ConstU32<1_024>;
	type WeightInfo = weights::pallet_disputes::WeightInfo<Runtime>;
}

impl pallet_jurors::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Agents = Agents;
	type Reputation = Reputation;
	type Randomness = pallet_babe::RandomnessFromTwoEpochsAgo<Runtime>;
	type Epoch = EpochNumber;
	type OnJuryDrawn = Disputes;
	type MinBond = PayablePriceOf<jurors::MinBond>;
	type MaxSeats = ConstU32<31>;
	type ServiceWeight = JuryService;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::BenchmarkAgents;
	type WeightInfo = weights::pallet_jurors::WeightInfo<Runtime>;
}
