//! Tags as clients name them.

use super::{
	answer::Api,
	error::{Error, Refusal},
};
use aitbc_core::TagId;
use aitbc_runtime::Hash;
use pallet_agents::runtime_api::AgentsApi;
use serde::{de::Error as _, Deserialize, Deserializer};
use serde_json::Value;

/// A tag: by its id, or by the name that people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
	/// By its id, which may be of no tag.
	Id(TagId),
	/// By its name.
	Name(String),
}

impl Tag {
	/// The id of the tag. A name that no tag has is an error.
	pub fn id(&self, api: &Api, at: Hash) -> Result<TagId, Error> {
		match self {
			Self::Id(tag) => Ok(*tag),
			Self::Name(name) => {
				let found = api.tag_by_name(at, name.as_bytes().to_vec())?;
				found.map(|info| info.tag).ok_or(Error::Refused(NOT_FOUND))
			},
		}
	}
}

impl<'de> Deserialize<'de> for Tag {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		// Not an untagged enum: those fail on numbers when serde_json keeps arbitrary precision,
		// which another crate of the build may ask for.
		let tag = match Value::deserialize(deserializer)? {
			Value::Number(id) => {
				id.as_u64().and_then(|id| u32::try_from(id).ok()).map(|id| Self::Id(TagId(id)))
			},
			Value::String(name) => Some(Self::Name(name)),
			_ => None,
		};
		tag.ok_or_else(|| D::Error::custom("a tag is its id, a number, or its name, a string"))
	}
}

/// The id of a tag that may be left out.
pub fn optional(tag: Option<Tag>, api: &Api, at: Hash) -> Result<Option<TagId>, Error> {
	tag.map(|tag| tag.id(api, at)).transpose()
}

/// That there is no such tag.
pub const NOT_FOUND: Refusal = Refusal {
	pallet: "Agents",
	error: "TagNotFound",
	message: "there is no such tag at this block: agents_tags lists the ids and names of all",
};

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::from_str;

	#[test]
	fn tags_should_be_ids_or_names() {
		for (json, tag) in [
			("7", Tag::Id(TagId(7))),
			("4294967295", Tag::Id(TagId(u32::MAX))),
			(r#""7""#, Tag::Name("7".into())),
			(r#""data.feed""#, Tag::Name("data.feed".into())),
		] {
			assert_eq!(from_str::<Tag>(json).expect("it is a tag"), tag);
		}
	}

	#[test]
	fn tags_should_refuse_everything_else() {
		for json in ["-1", "4294967296", "1.5", "null", "true", "[1]", "{}"] {
			assert!(from_str::<Tag>(json).is_err(), "{json}");
		}
	}
}
