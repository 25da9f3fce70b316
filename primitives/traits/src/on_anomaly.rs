//! That a node is in trouble.

use aitbc_telemetry::Series;
use frame_support::weights::Weight;

/// A report of an anomaly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly<AccountId> {
	/// The id of the report.
	pub report: u64,
	/// The validator whose node it is about, and who reports.
	pub reporter: AccountId,
	/// What was measured.
	pub series: Series,
	/// The hash of what was seen.
	pub evidence: [u8; 32],
}

/// Hears of reports.
///
/// Sent by telemetry when a report is stored; heard by actions. It can't fail: what hears decides for itself
/// whether anything follows.
pub trait OnAnomaly<AccountId> {
	/// A validator reported `anomaly`.
	fn on_anomaly(anomaly: &Anomaly<AccountId>);

	/// The most that [`OnAnomaly::on_anomaly`] can weigh.
	fn weight() -> Weight;
}

impl<AccountId> OnAnomaly<AccountId> for () {
	fn on_anomaly(_: &Anomaly<AccountId>) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}

/// Reads reports.
///
/// Asked by actions, whose recommendations name reports; answered by telemetry. Reading changes nothing.
pub trait AnomalyInspect<AccountId> {
	/// The report with this id, if it is kept.
	fn anomaly(report: u64) -> Option<Anomaly<AccountId>>;
}
