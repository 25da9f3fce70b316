//! Texts and lists that the chain keeps within bounds.
//!
//! What is too long is refused where it is read, because the runtime's types could not hold it.

use super::format::ascii;
use serde::{de::Error as _, Deserialize, Deserializer, Serialize};
use sp_core::ConstU32;
use sp_runtime::BoundedVec;

/// Text of at most `MOST` bytes, that the chain keeps to ASCII.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text<const MOST: u32>(String);

impl<const MOST: u32> Text<MOST> {
	/// Shows `bytes`, or gives `None` where the chain has empty text for none.
	pub fn unless_empty(bytes: BoundedVec<u8, ConstU32<MOST>>) -> Option<Self> {
		Some(bytes).filter(|bytes| !bytes.is_empty()).map(Into::into)
	}
}

impl<const MOST: u32> From<BoundedVec<u8, ConstU32<MOST>>> for Text<MOST> {
	fn from(bytes: BoundedVec<u8, ConstU32<MOST>>) -> Self {
		Self(ascii(bytes.into_inner()))
	}
}

impl<const MOST: u32> From<Text<MOST>> for BoundedVec<u8, ConstU32<MOST>> {
	fn from(Text(text): Text<MOST>) -> Self {
		// Text that was read has no more bytes than that, and text that is shown is never read.
		Self::truncate_from(text.into_bytes())
	}
}

impl<'de, const MOST: u32> Deserialize<'de> for Text<MOST> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = String::deserialize(deserializer)?;
		if !is_at_most::<MOST>(text.len()) {
			let length = text.len();
			return Err(D::Error::custom(format!("{length} bytes are too many: at most {MOST}")));
		}
		Ok(Self(text))
	}
}

/// A list of at most `MOST` entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Few<T, const MOST: u32>(Vec<T>);

impl<T, const MOST: u32> Few<T, MOST> {
	/// Shows what the chain keeps, entry by entry.
	pub fn show<Kept>(list: BoundedVec<Kept, ConstU32<MOST>>, show: impl Fn(Kept) -> T) -> Self {
		Self(list.into_iter().map(show).collect())
	}

	/// The same as the chain keeps it, entry by entry.
	pub fn keep<Kept>(self, keep: impl Fn(T) -> Kept) -> BoundedVec<Kept, ConstU32<MOST>> {
		// There are no more than that: both ways to make a list check it.
		BoundedVec::truncate_from(self.0.into_iter().map(keep).collect())
	}
}

impl<T, const MOST: u32> Default for Few<T, MOST> {
	fn default() -> Self {
		Self(Vec::new())
	}
}

impl<'de, T: Deserialize<'de>, const MOST: u32> Deserialize<'de> for Few<T, MOST> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let entries = Vec::<T>::deserialize(deserializer)?;
		if !is_at_most::<MOST>(entries.len()) {
			let length = entries.len();
			return Err(D::Error::custom(format!("{length} entries are too many: at most {MOST}")));
		}
		Ok(Self(entries))
	}
}

/// Whether `length` is no more than `MOST`.
fn is_at_most<const MOST: u32>(length: usize) -> bool {
	u32::try_from(length).is_ok_and(|length| length <= MOST)
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json, to_value};

	type Name = Text<4>;
	type Names = Few<Name, 2>;

	#[test]
	fn texts_should_come_back_as_they_were_sent() {
		for text in ["", "a100"] {
			let name = from_value::<Name>(json!(text)).expect("it is short enough");
			let kept = BoundedVec::from(name);
			assert_eq!(kept.to_vec(), text.as_bytes());
			assert_eq!(to_value(Name::from(kept)).expect("it is JSON"), json!(text));
		}
	}

	#[test]
	fn texts_should_be_absent_when_the_chain_has_an_empty_one_for_none() {
		let some = BoundedVec::truncate_from(b"eu".to_vec());

		assert_eq!(Name::unless_empty(BoundedVec::new()), None);
		assert_eq!(Name::unless_empty(some), Some(Text("eu".into())));
	}

	#[test]
	fn texts_should_be_refused_when_they_are_too_long() {
		for text in ["h100s", "üüü"] {
			let error = from_value::<Name>(json!(text)).expect_err("it is too long").to_string();
			assert!(error.contains("at most 4"), "{error}");
		}
		assert!(from_value::<Name>(json!(1)).is_err());
	}

	#[test]
	fn lists_should_come_back_as_they_were_sent() {
		for list in [json!([]), json!(["a"]), json!(["a", "b"])] {
			let names = from_value::<Names>(list.clone()).expect("it is short enough");
			let kept = names.keep(BoundedVec::from);
			let shown = Names::show(kept, Into::into);
			assert_eq!(to_value(shown).expect("it is JSON"), list);
		}
	}

	#[test]
	fn lists_should_be_refused_when_they_are_too_long() {
		let list = json!(["a", "b", "c"]);
		let error = from_value::<Names>(list).expect_err("it is too long").to_string();
		assert!(error.contains("at most 2"), "{error}");
	}
}
