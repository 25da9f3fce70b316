//! What the node's clients may ask about Bitcoin's headers.

use crate::types::{HeaderInfo, LightClientInfo};
use aitbc_bitcoin::BlockHash;
use alloc::vec::Vec;

/// The most headers on one page.
pub const MAX_PAGE: u32 = 100;

sp_api::decl_runtime_apis! {
	/// Reads Bitcoin's headers as this chain has them.
	pub trait BitcoinApi {
		/// Where the light client stands; none if this chain follows no Bitcoin.
		fn light_client() -> Option<LightClientInfo>;

		/// The header with this hash, best or stale, while it is kept.
		fn header(hash: BlockHash) -> Option<HeaderInfo>;

		/// The block of the best chain at this height, while it is kept.
		fn hash_at(height: u32) -> Option<BlockHash>;

		/// The headers of the best chain from the height `from` down, or from the tip. `limit` is clamped to 1 up to
		/// [`MAX_PAGE`]. The next page begins at the height before the last one's.
		fn headers(from: Option<u32>, limit: u32) -> Vec<HeaderInfo>;

		/// The stale headers at this height.
		fn stale(height: u32) -> Vec<HeaderInfo>;
	}
}
