//! Operations actions: what they cost, what stops them, and which calls can be one.

use super::{
	money::TreasuryAccount,
	origins::ActionsAdmin,
	parameters::{
		dynamic_params::{actions, telemetry},
		PayablePriceOf, PeriodOf, RuntimeParameters, RuntimeParametersKey,
	},
};
use crate::{
	adapters::{ElectedValidators, TelemetryFeed, TelemetryReports},
	weights, Agents, AuditLog, Balances, Runtime, RuntimeCall, RuntimeHoldReason, RuntimeOrigin,
};
use core::marker::PhantomData;
use frame_support::traits::{ConstU32, Contains, EnsureOrigin, EnsureOriginWithArg};
use pallet_actions::Origin;

/// Takes the chain's own verified actions, of whatever kind.
pub struct EnsureVerifiedAction;

impl EnsureOrigin<RuntimeOrigin> for EnsureVerifiedAction {
	type Success = ();

	fn try_origin(origin: RuntimeOrigin) -> Result<(), RuntimeOrigin> {
		let found: Result<Origin, RuntimeOrigin> = origin.into();
		found.map(|Origin::Verified(_)| ())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(Origin::Verified(aitbc_core::KindId(0)).into())
	}
}

/// Takes what `Admin` takes, or the chain's own verified actions for parameters that can be an action's.
pub struct EnsureMayTune<Admin>(PhantomData<Admin>);

impl<Admin: EnsureOrigin<RuntimeOrigin>> EnsureOriginWithArg<RuntimeOrigin, RuntimeParametersKey>
	for EnsureMayTune<Admin>
{
	type Success = ();

	fn try_origin(origin: RuntimeOrigin, key: &RuntimeParametersKey) -> Result<(), RuntimeOrigin> {
		let origin = match Admin::try_origin(origin) {
			Ok(_) => return Ok(()),
			Err(origin) => origin,
		};
		if !is_tunable(key) {
			return Err(origin);
		}
		EnsureVerifiedAction::try_origin(origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_: &RuntimeParametersKey) -> Result<RuntimeOrigin, ()> {
		Admin::try_successful_origin()
	}
}

/// Whether an action may change this parameter: what telemetry costs those who err. No more money hangs on
/// these than the deposits of reporters.
fn is_tunable(key: &RuntimeParametersKey) -> bool {
	use telemetry::ParametersKey as K;
	matches!(key, RuntimeParametersKey::Telemetry(K::MissPenalty(_) | K::SpamPenalty(_)))
}

/// The calls that can be actions, whatever the catalogue says: pausing a call and letting it go on, and
/// tuning a parameter within its bounds.
pub struct Operable;

impl Contains<RuntimeCall> for Operable {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::TxPause(
				pallet_tx_pause::Call::pause { .. } | pallet_tx_pause::Call::unpause { .. },
			) => true,
			RuntimeCall::Parameters(pallet_parameters::Call::set_parameter { key_value }) => {
				is_tunable(&key_of(key_value))
			},
			_ => false,
		}
	}
}

/// Which parameter it sets.
fn key_of(parameter: &RuntimeParameters) -> RuntimeParametersKey {
	use frame_support::traits::dynamic_params::AggregatedKeyValue;
	let (key, _) = parameter.clone().into_parts();
	key
}

impl pallet_actions::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Agents = Agents;
	type Validators = ElectedValidators;
	type Anomalies = TelemetryReports;
	type Feed = TelemetryFeed;
	type Audit = AuditLog;
	type Callable = Operable;
	type AdminOrigin = ActionsAdmin;
	type SpamReceiver = TreasuryAccount;
	type Deposit = PayablePriceOf<actions::Deposit>;
	type KeptBlocks = PeriodOf<actions::KeptBlocks>;
	type BreakerPeriod = PeriodOf<actions::BreakerPeriod>;
	type MaxFailures = ConstU32<3>;
	type MaxStarts = ConstU32<16>;
	type Recoveries = ConstU32<2>;
	type MaxOpen = ConstU32<8>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::BenchmarkAgents;
	type WeightInfo = weights::pallet_actions::WeightInfo<Runtime>;
}
