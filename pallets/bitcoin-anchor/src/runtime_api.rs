//! What the node's clients may ask about anchors.

use crate::types::{Anchorer, PubkeyHash, ScheduleInfo, TaskInfo, TaskPage};
use aitbc_bitcoin::Payload;
use aitbc_core::BlockNumber;
use codec::Codec;

/// The most tasks on one page.
pub const MAX_PAGE: u32 = 100;

sp_api::decl_runtime_apis! {
	/// Reads tasks and anchorers.
	pub trait BitcoinAnchorApi<AccountId>
	where
		AccountId: Codec,
	{
		/// When tasks are made, and on which terms.
		fn schedule() -> ScheduleInfo;

		/// The task of the block `height`, while it is kept.
		fn task(height: BlockNumber) -> Option<TaskInfo>;

		/// The tasks before `before`, or the last ones, newest first. `limit` is clamped to 1 up to
		/// [`MAX_PAGE`].
		fn tasks(before: Option<BlockNumber>, limit: u32) -> TaskPage;

		/// The newest task.
		fn latest() -> Option<TaskInfo>;

		/// The newest task that is final, while it is kept.
		fn latest_final() -> Option<TaskInfo>;

		/// What a worker should anchor now, once its own node has finalized that block. None while the newest
		/// open task is on Bitcoin already: it will cover those that are due before it.
		fn due() -> Option<Payload>;

		/// Who has this script.
		fn anchorer(key_hash: PubkeyHash) -> Option<Anchorer<AccountId>>;

		/// The 32 bytes that a key has to sign, as they are, so that `account` can register its script.
		fn registration_message(account: AccountId) -> [u8; 32];
	}
}
