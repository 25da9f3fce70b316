//! Which benchmarks the runtime offers to the node's `benchmark` command.

use crate::{
	Actions, ActiveClock, Agents, AuditLog, Balances, BitcoinAnchor, BitcoinLightClient, Disputes,
	Escrow, Jurors, Market, Parameters, Reputation, Telemetry, Validations, ValidatorPerformance,
};
use alloc::{string::String, vec::Vec};
use frame_benchmarking::{define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};

define_benchmarks!(
	[pallet_balances, Balances]
	[pallet_actions, Actions]
	[pallet_active_clock, ActiveClock]
	[pallet_agents, Agents]
	[pallet_audit_log, AuditLog]
	[pallet_bitcoin_anchor, BitcoinAnchor]
	[pallet_bitcoin_light_client, BitcoinLightClient]
	[pallet_disputes, Disputes]
	[pallet_escrow, Escrow]
	[pallet_jurors, Jurors]
	[pallet_market, Market]
	[pallet_parameters, Parameters]
	[pallet_reputation, Reputation]
	[pallet_telemetry, Telemetry]
	[pallet_validations, Validations]
	[pallet_validator_performance, ValidatorPerformance]
);

/// What can be benchmarked, and which storage it may touch.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::new();
	list_benchmarks!(list, extra);
	(list, crate::AllPalletsWithSystem::storage_info())
}

/// Runs the benchmarks that `config` selects.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = crate::AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}
