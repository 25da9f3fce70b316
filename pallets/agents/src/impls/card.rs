//! What the chain checks of an agent card: its URI's form. It never sees the card itself.

use crate::*;
use aitbc_core::CardHash;
use alloc::vec::Vec;
use frame_support::{ensure, BoundedVec};

impl<T: Config> Pallet<T> {
	/// Makes a card of a URI and a hash, or says what is wrong with the URI.
	pub(crate) fn checked_card(uri: Vec<u8>, hash: CardHash) -> Result<AgentCardOf<T>, Error<T>> {
		let uri = BoundedVec::try_from(uri).map_err(|_| Error::<T>::UriTooLong)?;
		ensure!(!uri.is_empty(), Error::<T>::UriEmpty);
		ensure!(is_absolute_uri(&uri), Error::<T>::UriMalformed);
		Ok(AgentCard { uri, hash })
	}
}

/// Whether `uri` reads `scheme:rest` in the characters that RFC 3986 allows.
///
/// That shuts out relative references, spaces, control characters, and lookalikes in other scripts.
/// The finer grammar (percent triplets, hosts, ports) is left to whoever resolves the URI.
fn is_absolute_uri(uri: &[u8]) -> bool {
	let mut parts = uri.splitn(2, |byte| *byte == b':');
	let (Some(scheme), Some(rest)) = (parts.next(), parts.next()) else { return false };
	is_scheme(scheme) && !rest.is_empty() && rest.iter().all(is_uri_character)
}

/// Whether `scheme` is one: RFC 3986, section 3.1.
fn is_scheme(scheme: &[u8]) -> bool {
	let Some((first, rest)) = scheme.split_first() else { return false };
	let is_follower = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
	first.is_ascii_alphabetic() && rest.iter().all(is_follower)
}

/// Whether `byte` is unreserved, reserved or the percent sign: RFC 3986, sections 2.1 to 2.3.
fn is_uri_character(byte: &u8) -> bool {
	byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(byte)
}
