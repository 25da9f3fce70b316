//! The news that a provider's part in a job is settled.

use aitbc_core::{ClosedContract, JobId};
use frame_support::weights::Weight;

/// Hears of every contract of a job that closes, exactly once: one for each provider that the job
/// went to.
///
/// Sent by the market. The listener can't refuse.
pub trait OnJobSettled<AccountId, Balance> {
	/// Takes note that `closed` settled what its provider did for `job`.
	fn on_job_settled(job: JobId, closed: &ClosedContract<AccountId, Balance>);

	/// The most that [`OnJobSettled::on_job_settled`] can weigh.
	fn weight() -> Weight;
}

impl<AccountId, Balance> OnJobSettled<AccountId, Balance> for () {
	fn on_job_settled(_: JobId, _: &ClosedContract<AccountId, Balance>) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}
