//! Safe mode and paused calls: what may stop, and what never does.

use super::{
	actions::EnsureVerifiedAction,
	governance::committee::TwoThirdsOfCommittee,
	origins::BrakesAdmin,
	parameters::{dynamic_params::brakes, PeriodOf},
};
use crate::{
	adapters::{is_way_out, is_way_out_by_name},
	Balances, Runtime, RuntimeCall, RuntimeEvent, RuntimeHoldReason,
};
use aitbc_core::{Balance, BlockNumber};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Contains, EitherOf, GetCallName, MapSuccess},
};
use pallet_tx_pause::RuntimeCallNameOf;
use sp_runtime::traits::Replace;

/// How long safe mode lasts when it is entered or extended, in blocks.
type SafeModeDuration = PeriodOf<brakes::SafeModeDuration>;

parameter_types! {
	/// Nobody enters safe mode by paying.
	pub const NoPermissionlessUse: Option<Balance> = None;
	pub const NoReleaseDelay: Option<BlockNumber> = None;
}

impl pallet_safe_mode::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WhitelistedCalls = OpenInSafeMode;
	type EnterDuration = SafeModeDuration;
	type ExtendDuration = SafeModeDuration;
	type EnterDepositAmount = NoPermissionlessUse;
	type ExtendDepositAmount = NoPermissionlessUse;
	// The committee may stop the chain, for one duration at a time, and neither extend nor end that.
	type ForceEnterOrigin =
		MapSuccess<EitherOf<BrakesAdmin, TwoThirdsOfCommittee>, Replace<SafeModeDuration>>;
	type ForceExtendOrigin = MapSuccess<BrakesAdmin, Replace<SafeModeDuration>>;
	type ForceExitOrigin = BrakesAdmin;
	type ForceDepositOrigin = BrakesAdmin;
	type Notify = ();
	type ReleaseDelay = NoReleaseDelay;
	type WeightInfo = pallet_safe_mode::weights::SubstrateWeight<Runtime>;
}

impl pallet_tx_pause::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PauseOrigin = EitherOf<BrakesAdmin, EnsureVerifiedAction>;
	type UnpauseOrigin = EitherOf<BrakesAdmin, EnsureVerifiedAction>;
	type WhitelistedCalls = NeverPaused;
	type MaxNameLen = ConstU32<256>;
	type WeightInfo = pallet_tx_pause::weights::SubstrateWeight<Runtime>;
}

/// The calls that work in safe mode: what keeps the chain alive, what repairs it, what keeps stake
/// safe, and every way out of a hold. Calls that carry calls are open, because each call within
/// them is filtered too.
pub struct OpenInSafeMode;

impl Contains<RuntimeCall> for OpenInSafeMode {
	fn contains(call: &RuntimeCall) -> bool {
		keeps_chain_alive(call) || is_governance(call) || keeps_stake_safe(call) || is_way_out(call)
	}
}

/// Blocks, parameters, the brakes themselves, operations, and calls that only carry other calls.
fn keeps_chain_alive(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::System(..)
			| RuntimeCall::Timestamp(..)
			| RuntimeCall::Babe(..)
			| RuntimeCall::Grandpa(..)
			| RuntimeCall::Parameters(..)
			| RuntimeCall::Migrations(..)
			| RuntimeCall::Sudo(..)
			| RuntimeCall::SafeMode(..)
			| RuntimeCall::TxPause(..)
			| RuntimeCall::Utility(..)
			| RuntimeCall::Multisig(..)
			| RuntimeCall::Proxy(..)
			| RuntimeCall::Actions(..)
	)
}

/// Everything that a referendum needs, from its proposal to what it pays out. What it decides is filtered
/// by itself, unless root decides.
fn is_governance(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Preimage(..)
			| RuntimeCall::Scheduler(..)
			| RuntimeCall::Treasury(..)
			| RuntimeCall::Referenda(..)
			| RuntimeCall::ConvictionVoting(..)
			| RuntimeCall::Whitelist(..)
			| RuntimeCall::TechnicalCommittee(..)
			| RuntimeCall::TechnicalMembership(..)
	)
}

/// A validator's keys, and the ways to stop staking.
fn keeps_stake_safe(call: &RuntimeCall) -> bool {
	match call {
		RuntimeCall::Session(..) | RuntimeCall::ValidatorPerformance(..) => true,
		RuntimeCall::Staking(call) => SAFE_STAKING.contains(&call.get_call_name()),
		_ => false,
	}
}

/// The calls of staking with which one stops, gets what is one's own, or cancels a slash.
const SAFE_STAKING: [&str; 6] = [
	"chill",
	"unbond",
	"withdraw_unbonded",
	"payout_stakers",
	"payout_stakers_by_page",
	"cancel_deferred_slash",
];

/// The pallets none of whose calls can be paused: the base of the chain, reports of who signs twice, a validator's keys,
/// governance, the history of slashes, with which slashes are cancelled in time, the brakes, and actions. So neither an
/// action nor a track that pauses calls can take away what stops it. Nor those whose calls carry others, each of which is
/// filtered by itself: for an account of several people they are every way out.
const NEVER_PAUSED: [&str; 21] = [
	"System",
	"Timestamp",
	"Preimage",
	"Scheduler",
	"Treasury",
	"Babe",
	"Session",
	"Grandpa",
	"ValidatorPerformance",
	"Utility",
	"Multisig",
	"Proxy",
	"Sudo",
	"Referenda",
	"ConvictionVoting",
	"Whitelist",
	"TechnicalCommittee",
	"TechnicalMembership",
	"SafeMode",
	"TxPause",
	"Actions",
];

/// The calls that nobody can pause one by one: those of [`NEVER_PAUSED`], [`SAFE_STAKING`], and every way out of a hold.
pub struct NeverPaused;

impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
	fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
		let is_any = |names: &[&str], name: &[u8]| names.iter().any(|one| one.as_bytes() == name);
		is_any(&NEVER_PAUSED, pallet)
			|| (pallet.as_slice() == b"Staking" && is_any(&SAFE_STAKING, call))
			|| is_way_out_by_name(pallet, call)
	}
}
