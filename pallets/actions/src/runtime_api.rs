//! What the node's clients may ask about actions.

use crate::types::{
	ActionFilter, ActionInfo, ActionPage, ActionsInfo, KindInfo, Model, TargetInfo, TrackRecordPage,
};
use aitbc_core::{ActionId, AgentId, KindId, Target};
use alloc::vec::Vec;
use codec::Codec;

/// The most actions, and the most track records, in one answer.
pub const MAX_PAGE: u32 = 100;

/// The most actions that are looked at for one page.
pub const MAX_SCANNED: u32 = 1_000;

sp_api::decl_runtime_apis! {
	/// Reads the catalogue, actions, and what stops them.
	pub trait ActionsApi<AccountId>
	where
		AccountId: Codec,
	{
		/// Where actions stand as a whole, and on which terms.
		fn actions_info() -> ActionsInfo<AccountId>;

		/// The catalogue, by id.
		fn kinds() -> Vec<KindInfo>;

		/// The kind with this id, if the catalogue has it.
		fn kind(id: KindId) -> Option<KindInfo>;

		/// The action with this id, unless it is forgotten.
		fn action(id: ActionId) -> Option<ActionInfo<AccountId>>;

		/// The actions before `before`, or the last ones, that `filter` wants, newest first. `limit` is
		/// clamped to 1 up to [`MAX_PAGE`]; [`MAX_SCANNED`] are looked at, so a page may be empty and not
		/// the last.
		fn actions(
			filter: ActionFilter<AccountId>,
			before: Option<ActionId>,
			limit: u32,
		) -> ActionPage<AccountId>;

		/// What is known of a target.
		fn target(target: Target<AccountId>) -> TargetInfo<AccountId>;

		/// What came of the actions of `kind` that were carried out, for each agent and model, after those
		/// of `after`. `limit` is clamped to 1 up to [`MAX_PAGE`].
		fn track_records(
			kind: KindId,
			after: Option<(AgentId, Model)>,
			limit: u32,
		) -> TrackRecordPage;
	}
}
