//! What the chain checks of an agent card: its URI's form. It never sees the card itself.

use crate::*;
use aitbc_core::{uri, CardHash};
use alloc::vec::Vec;
use frame_support::{ensure, BoundedVec};

impl<T: Config> Pallet<T> {
	/// Makes a card of a URI and a hash, or says what is wrong with the URI.
	pub(crate) fn checked_card(uri: Vec<u8>, hash: CardHash) -> Result<AgentCardOf<T>, Error<T>> {
		let uri = BoundedVec::try_from(uri).map_err(|_| Error::<T>::UriTooLong)?;
		ensure!(!uri.is_empty(), Error::<T>::UriEmpty);
		ensure!(uri::is_absolute(&uri), Error::<T>::UriMalformed);
		Ok(AgentCard { uri, hash })
	}
}
