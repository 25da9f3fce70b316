//! Reporters.

use super::hexadecimal;
use crate::rpc::{
	accounts::{Accounts, Address},
	format::Plancks,
};
use aitbc_runtime::AccountId;
use pallet_telemetry::types as chain;
use serde::Serialize;
use sp_core::crypto::ByteArray;

/// A validator that measures, or did.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reporter {
	reporter: Address,
	/// Null if it took the key back.
	worker: Option<Worker>,
	record: Record,
	stake: Plancks,
	points: u32,
	is_covered: bool,
}

/// Its worker.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Worker {
	key: String,
	deposit: Plancks,
	open_reports: u32,
}

/// How well it measures.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
	committed: u64,
	revealed: u64,
	missed: u64,
	in_band: u64,
	out_of_band: u64,
	reported: u64,
	confirmed: u64,
	dismissed: u64,
}

impl Reporter {
	/// Shows `info`.
	pub fn new(info: chain::ReporterInfo<AccountId>, accounts: &Accounts) -> Self {
		let chain::ReporterInfo { reporter, worker, record, stake, points, is_covered } = info;
		Self {
			reporter: accounts.address(&reporter),
			worker: worker.map(Into::into),
			record: record.into(),
			stake: Plancks(stake),
			points,
			is_covered,
		}
	}
}

impl From<chain::Worker> for Worker {
	fn from(worker: chain::Worker) -> Self {
		// In which window it reported last is of use to the chain only.
		let chain::Worker { key, deposit, open_reports, reported: _ } = worker;
		Self { key: hexadecimal(key.to_raw_vec()), deposit: Plancks(deposit), open_reports }
	}
}

impl From<chain::ReporterRecord> for Record {
	fn from(record: chain::ReporterRecord) -> Self {
		let chain::ReporterRecord {
			committed,
			revealed,
			missed,
			in_band,
			out_of_band,
			reported,
			confirmed,
			dismissed,
			last_confirmed: _,
		} = record;
		Self { committed, revealed, missed, in_band, out_of_band, reported, confirmed, dismissed }
	}
}

/// What a reporter can claim of an era.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Claimable {
	era: u32,
	points: u32,
	/// Null while the era goes on.
	amount: Option<Plancks>,
}

impl From<chain::Claimable> for Claimable {
	fn from(claimable: chain::Claimable) -> Self {
		let chain::Claimable { era, points, amount } = claimable;
		Self { era, points, amount: amount.map(Plancks) }
	}
}
