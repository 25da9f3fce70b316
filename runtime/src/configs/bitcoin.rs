//! Bitcoin: whose headers are followed, and how often this chain is written into it.

use super::{
	money::{StorageDeposit, TreasuryAccount},
	parameters::{dynamic_params::bitcoin, PayablePriceOf, PeriodOf},
};
use crate::{
	weights, ActiveClock, AuditLog, Balance, Balances, BitcoinLightClient, BlockNumber, Grandpa,
	NetworkParameters, Runtime, RuntimeHoldReason, Timestamp,
};
use codec::MaxEncodedLen;
use frame_support::traits::{ConstU32, Footprint, Get};
use sp_runtime::traits::Convert;

/// Confirmations after which nothing undoes a block any more, as far as this chain follows Bitcoin.
pub const FINAL_CONFIRMATIONS: u32 = 100;

/// Whether this network is one for tests, whose periods are shorter than production's. Only such a one may follow
/// another Bitcoin network than mainnet.
pub struct IsForTests;

impl Get<bool> for IsForTests {
	fn get() -> bool {
		NetworkParameters::constants().time_scale_divisor > 1
	}
}

/// How many headers of Bitcoin's best chain are kept.
pub struct KeptHeaders;

impl Get<u32> for KeptHeaders {
	fn get() -> u32 {
		bitcoin::KeptHeaders::get().get()
	}
}

impl pallet_bitcoin_light_client::Config for Runtime {
	type Time = Timestamp;
	type AllowsTestNetworks = IsForTests;
	type KeptHeaders = KeptHeaders;
	type MaxReorganization = ConstU32<{ FINAL_CONFIRMATIONS - 1 }>;
	// On networks where headers are cheap more of them could be made than anybody needs.
	type MaxStale = ConstU32<4>;
	// What a day and a half of Bitcoin bring: 20 kB, and half of what a block may weigh.
	type MaxBatch = ConstU32<250>;
	type WeightInfo = weights::pallet_bitcoin_light_client::WeightInfo<Runtime>;
}

/// The number of the GRANDPA set that finalizes what follows on the present state.
pub struct SetId;

impl Get<u64> for SetId {
	fn get() -> u64 {
		Grandpa::current_set_id()
	}
}

/// How far apart blocks are that are to be anchored, in blocks.
pub struct AnchorPeriod;

impl Get<BlockNumber> for AnchorPeriod {
	fn get() -> BlockNumber {
		bitcoin::AnchorPeriod::get().get()
	}
}

/// What an anchorer's script takes up in storage, in plancks.
pub struct AnchorerDeposit;

impl Get<Balance> for AnchorerDeposit {
	fn get() -> Balance {
		let key = pallet_bitcoin_anchor::PubkeyHash::max_encoded_len();
		let value = pallet_bitcoin_anchor::Anchorer::<crate::AccountId>::max_encoded_len();
		StorageDeposit::convert(Footprint::from_parts(1, key.saturating_add(value)))
	}
}

impl pallet_bitcoin_anchor::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Bitcoin = BitcoinLightClient;
	type Audit = AuditLog;
	type Clock = ActiveClock;
	type SetId = SetId;
	type Period = AnchorPeriod;
	type Timeout = PeriodOf<bitcoin::AnchorTimeout>;
	type Confirmations = ConstU32<6>;
	type FinalConfirmations = ConstU32<FINAL_CONFIRMATIONS>;
	type Deposit = AnchorerDeposit;
	type Reward = PayablePriceOf<bitcoin::AnchorReward>;
	type RewardSource = TreasuryAccount;
	// A week of production's periods, and some more.
	type MaxOpen = ConstU32<32>;
	// Eight months of them.
	type MaxKept = ConstU32<1_024>;
	type MaxProofBytes = ConstU32<200_000>;
	type WeightInfo = weights::pallet_bitcoin_anchor::WeightInfo<Runtime>;
}
