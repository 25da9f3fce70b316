//! What the node's clients may ask about jurors.

use crate::types::{JurorInfo, PoolInfo};
use codec::Codec;

/// The most waiting juries that [`JurorsApi::pool`] lists.
pub const MAX_WAITING: u32 = 100;

sp_api::decl_runtime_apis! {
	/// Reads jurors, and the pool that they make up.
	pub trait JurorsApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The juror that `account` is, or `None` if it is none.
		fn juror(account: AccountId) -> Option<JurorInfo>;

		/// All jurors together, and the first [`MAX_WAITING`] of the juries that are to be drawn.
		fn pool() -> PoolInfo;
	}
}
