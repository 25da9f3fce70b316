//! What the node's clients may ask about telemetry.

use crate::types::{
	Claimable, FeedInfo, ReportId, ReportInfo, ReportPage, ReporterInfo, ReporterPage,
	TelemetryInfo, Window, WorkerKey,
};
use alloc::vec::Vec;
use codec::Codec;

/// The most reporters and reports on one page.
pub const MAX_PAGE: u32 = 100;

/// The most feeds in one answer.
pub const MAX_FEEDS: u32 = 1_000;

sp_api::decl_runtime_apis! {
	/// Reads the feed, reporters and reports.
	pub trait TelemetryApi<AccountId>
	where
		AccountId: Codec,
	{
		/// Where telemetry stands, and on which terms.
		fn telemetry() -> TelemetryInfo;

		/// What is known of `account` as a reporter, or `None` if it never was one.
		fn reporter(account: AccountId) -> Option<ReporterInfo<AccountId>>;

		/// The accounts with a worker key, from the one after `after` on. `limit` is clamped to 1 up to
		/// [`MAX_PAGE`].
		fn reporters(after: Option<AccountId>, limit: u32) -> ReporterPage<AccountId>;

		/// Whose worker signs with `key`.
		fn key_owner(key: WorkerKey) -> Option<AccountId>;

		/// The bytes that a worker key has to sign to work for `account`.
		fn key_payload(account: AccountId) -> Vec<u8>;

		/// The feed of `window`, if it is settled and kept, and anybody revealed.
		fn feed(window: Window) -> Option<FeedInfo>;

		/// The feeds of the last windows up to `until`, or up to the last settled one, newest first.
		/// `limit` is clamped to 1 up to [`MAX_FEEDS`].
		fn feeds(until: Option<Window>, limit: u32) -> Vec<FeedInfo>;

		/// The report with this id, if it is kept.
		fn report(id: ReportId) -> Option<ReportInfo<AccountId>>;

		/// The reports before `before`, or the last ones, newest first. `limit` is clamped to 1 up to
		/// [`MAX_PAGE`].
		fn reports(before: Option<ReportId>, limit: u32) -> ReportPage<AccountId>;

		/// What `account` has not claimed, by era.
		fn claimable(account: AccountId) -> Vec<Claimable>;
	}
}
