//! Where a list goes on.
//!
//! A cursor is `0x` and hexadecimal: eight bytes that name the list, then the SCALE encoding of a
//! place in it. Clients pass it back as it is. One that belongs to another list, or to the same list
//! asked with other parameters, is refused, because it would silently skip or repeat something.

use super::error::Error;
use codec::{DecodeAll, Encode};
use serde::Deserialize;
use sp_io::hashing::twox_64;

/// How many entries a page has at most: what the client says, or else as many as can be. Each runtime
/// API clamps that to its own bounds.
pub fn limit_or_most(limit: Option<u32>) -> u32 {
	limit.unwrap_or(u32::MAX)
}

/// A cursor as a client sent it.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

/// A list that is given out in pages: a method, and the parameters that say what is in the list.
pub struct List([u8; 8]);

impl List {
	/// The list that `method` gives for `parameters`.
	pub fn new(method: &str, parameters: impl Encode) -> Self {
		Self((method, parameters).using_encoded(twox_64))
	}

	/// The cursor of `place`, or `None` at the end of the list.
	pub fn cursor(&self, place: Option<impl Encode>) -> Option<String> {
		place.map(|place| format!("0x{}", hex::encode((self.0, place).encode())))
	}

	/// The place that `cursor` means, or `None` at the start of the list.
	pub fn place<P: DecodeAll>(&self, cursor: Option<Cursor>) -> Result<Option<P>, Error> {
		let Some(Cursor(text)) = cursor else { return Ok(None) };
		let bytes = text.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
		let place = bytes.as_deref().and_then(|bytes| bytes.strip_prefix(&self.0));
		let place = place.and_then(|mut place| P::decode_all(&mut place).ok());
		place.map(Some).ok_or(Error::BadCursor)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::{AgentId, TagId};

	fn list() -> List {
		List::new("agents_validations", (AgentId(7), Some(TagId(2))))
	}

	fn place(text: &str) -> Result<Option<AgentId>, Error> {
		list().place(Some(Cursor(text.into())))
	}

	#[test]
	fn cursors_should_come_back_as_the_place_they_were_made_of() {
		let cursor = list().cursor(Some(AgentId(258))).expect("the list goes on");

		assert_eq!(place(&cursor).expect("the cursor is ours"), Some(AgentId(258)));
	}

	#[test]
	fn cursors_should_keep_their_golden_form() {
		let cursor = List::new("agents_list", ()).cursor(Some(AgentId(258)));

		assert_eq!(cursor.as_deref(), Some("0xeb584730709489300201000000000000"));
	}

	#[test]
	fn cursors_should_be_absent_at_either_end() {
		assert_eq!(list().cursor(None::<AgentId>), None);
		assert_eq!(list().place::<AgentId>(None).expect("the start is a place"), None);
	}

	#[test]
	fn place_should_fail_when_the_cursor_is_of_another_list() {
		for other in [
			List::new("agents_validations", (AgentId(7), None::<TagId>)),
			List::new("agents_validations", (AgentId(8), Some(TagId(2)))),
			List::new("agents_validationRequests", (AgentId(7), Some(TagId(2)))),
		] {
			let cursor = other.cursor(Some(AgentId(1))).expect("the list goes on");
			assert!(matches!(place(&cursor), Err(Error::BadCursor)));
		}
	}

	#[test]
	fn place_should_fail_when_the_text_is_no_cursor() {
		let cursor = list().cursor(Some(AgentId(1))).expect("the list goes on");
		let cut = &cursor[..cursor.len() - 2];
		let bare = &cursor[2..];
		let longer = format!("{cursor}00");
		for text in ["", "0x", "0x0", "0xzz", "7", "ü", "0xü", cut, bare, &longer] {
			assert!(matches!(place(text), Err(Error::BadCursor)), "{text}");
		}
	}
}
