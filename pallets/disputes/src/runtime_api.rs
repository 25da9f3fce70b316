//! What the node's clients may ask about cases.

use crate::types::{CaseInfo, CasePage, CourtInfo, EvidenceInfo, RoundInfo};
use aitbc_core::{CaseId, Round};
use alloc::vec::Vec;
use codec::Codec;

/// The most cases on one page of [`DisputesApi::cases_of`].
pub const MAX_PAGE: u32 = 100;

sp_api::decl_runtime_apis! {
	/// Reads cases, rounds and evidence.
	pub trait DisputesApi<AccountId>
	where
		AccountId: Codec + Clone + core::fmt::Debug + PartialEq + Eq,
	{
		/// The case with this id, or `None` if it closed or was never opened.
		///
		/// What comes next, and from when on, is as of the active clock now.
		fn case(case: CaseId) -> Option<CaseInfo<AccountId>>;

		/// A round of the case with this id, or `None` if it is paid or nobody staked for it.
		fn round(case: CaseId, round: Round) -> Option<RoundInfo<AccountId>>;

		/// All rounds of the case with this id that are not paid, in their order.
		fn rounds(case: CaseId) -> Vec<RoundInfo<AccountId>>;

		/// What the parties of the case with this id filed, in the order in which they did.
		fn evidence(case: CaseId) -> Vec<EvidenceInfo>;

		/// The cases in which `account` is a party or a juror, and as what, from the one after
		/// `after` on.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. `after` may have closed since it was given
		/// out: paging goes on behind its place.
		fn cases_of(
			account: AccountId,
			after: Option<CaseId>,
			limit: u32,
		) -> CasePage<AccountId>;

		/// What a case that is opened now costs and how long it takes.
		fn court_terms() -> CourtInfo;
	}
}
