//! What the node's clients may ask about reputation.

use crate::types::{
	ClientPage, FeedbackCursor, FeedbackFilter, FeedbackInfo, FeedbackPage, ScoreInfo, Settled,
	SummaryInfo,
};
use aitbc_core::{AgentId, Balance, FeedbackIndex, TagId, WorkId};
use codec::Codec;

/// The most entries on one page.
pub const MAX_PAGE: u32 = 100;

/// The most entries that one page of [`ReputationApi::feedback`] looks at, those that the filter does
/// not take included.
pub const MAX_SCAN: u32 = 1_000;

sp_api::decl_runtime_apis! {
	/// Reads scores, summaries and feedback.
	pub trait ReputationApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The score of `agent` as of now, and what it is made of. It takes the same time whatever
		/// there is about the agent.
		fn score(agent: AgentId) -> ScoreInfo;

		/// The ratings of `agent` with `tag`, about one capability or all of them, as of now. It
		/// takes the same time whatever the number of ratings.
		fn summary(agent: AgentId, tag: TagId, about: Option<TagId>) -> SummaryInfo;

		/// The feedback on `agent` that `filter` takes, from the one after `after` on.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. A page looks at [`MAX_SCAN`] entries at most,
		/// so it may come back short, or empty, with a `next` to go on from. `after` may have been
		/// erased since it was given out: paging goes on behind its place. With an author in the
		/// filter, only the index of `after` matters.
		fn feedback(
			agent: AgentId,
			filter: FeedbackFilter<AccountId>,
			after: Option<FeedbackCursor<AccountId>>,
			limit: u32,
		) -> FeedbackPage<AccountId>;

		/// What `author` said about `agent` under `index`, and what was answered. `None` if it was
		/// erased or never given.
		fn feedback_entry(
			agent: AgentId,
			author: AccountId,
			index: FeedbackIndex,
		) -> Option<FeedbackInfo<AccountId>>;

		/// The index of the last feedback of `author` on `agent`; zero if it gave none.
		fn last_feedback_index(agent: AgentId, author: AccountId) -> FeedbackIndex;

		/// Who gave feedback on `agent`, be it erased by now, from the one after `after` on.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`].
		fn clients(
			agent: AgentId,
			after: Option<AccountId>,
			limit: u32,
		) -> ClientPage<AccountId>;

		/// The settled work with this id: who may rate whom, and what a rating weighs. `None` if it
		/// counted for nothing or was pruned.
		fn settled_work(work: WorkId) -> Option<Settled<AccountId>>;

		/// The deposit that feedback takes with an endpoint and a URI of so many bytes, in plancks.
		///
		/// A length beyond the bound is priced as the bound.
		fn feedback_deposit(endpoint_length: u32, uri_length: u32) -> Balance;

		/// The deposit that a response takes with a URI of so many bytes, in plancks.
		///
		/// A length beyond the bound is priced as the bound.
		fn response_deposit(uri_length: u32) -> Balance;
	}
}
