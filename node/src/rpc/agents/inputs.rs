//! What clients send with a question about agents.

use super::views::version::Version;
use crate::rpc::{
	accounts::{Accounts, Address},
	answer::Api,
	error::{Error, Refusal},
	format::{Number, Plancks},
};
use aitbc_core::{ParametersHash, TagId};
use aitbc_runtime::{AccountId, Hash};
use pallet_agents::{
	runtime_api::AgentsApi,
	types::{MatchError, PageIndex},
};
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
				found.map(|info| info.tag).ok_or_else(|| MatchError::TagNotFound.into())
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
pub fn optional_tag(tag: Option<Tag>, api: &Api, at: Hash) -> Result<Option<TagId>, Error> {
	tag.map(|tag| tag.id(api, at)).transpose()
}

impl From<MatchError> for Error {
	fn from(error: MatchError) -> Self {
		let (error, message) = match error {
			MatchError::TagNotFound => (
				"TagNotFound",
				"there is no such tag at this block: agents_tags lists the ids and names of all",
			),
			MatchError::PerformanceOffScale => (
				"PerformanceOffScale",
				"the least performance is not on the tag's scale, or has more than 18 decimals: \
				 agents_tags says where each scale begins and ends",
			),
		};
		Self::Refused(Refusal { pallet: "Agents", error, message })
	}
}

/// What somebody looks for in an agent.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Requirements {
	/// What the agent must offer.
	pub tag: Tag,
	/// The least version.
	pub version: Version,
	/// The parameters that are preferred, if any.
	pub parameters: Option<ParametersHash>,
	/// The least performance, on the tag's scale, if it matters.
	pub performance: Option<Number>,
	/// The most that a unit of the tag may cost.
	pub max_price: Plancks,
	/// How many units of the tag it must take at once.
	pub capacity: u32,
	/// The hash of the job.
	pub seed: Hash,
}

impl Requirements {
	/// The same as the runtime takes them, but for the tag, which the caller has looked up, and the
	/// page to start on.
	pub fn of(self, tag: TagId, start: Option<PageIndex>) -> pallet_agents::types::Requirements {
		pallet_agents::types::Requirements {
			tag,
			version: self.version.into(),
			parameters: self.parameters,
			performance: self.performance.map(|Number(least)| least),
			max_price: self.max_price.0,
			capacity: self.capacity,
			seed: self.seed,
			start,
		}
	}
}

/// Which of an agent's feedback a client wants.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Filter {
	/// By this author only.
	pub author: Option<Address>,
	/// With this tag only.
	pub tag: Option<Tag>,
	/// About this capability only.
	pub about: Option<Tag>,
	/// Also what was revoked.
	pub include_revoked: bool,
}

impl Filter {
	/// The same as the runtime takes it.
	pub fn read(
		self,
		accounts: &Accounts,
		api: &Api,
		at: Hash,
	) -> Result<pallet_reputation::types::FeedbackFilter<AccountId>, Error> {
		Ok(pallet_reputation::types::FeedbackFilter {
			author: self.author.map(|author| accounts.read(&author)).transpose()?,
			tag: optional_tag(self.tag, api, at)?,
			about: optional_tag(self.about, api, at)?,
			include_revoked: self.include_revoked,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::Decimal;
	use jsonrpsee::types::ErrorObjectOwned;
	use pallet_agents::types::CapabilityVersion;
	use serde_json::{from_str, json, to_value};

	/// What a search must say, and then `more`.
	fn requirements(more: &str) -> serde_json::Result<Requirements> {
		let seed = "07".repeat(32);
		from_str(&format!(
			r#"{{"tag":"data.feed","version":"1.2","maxPrice":"500","capacity":3,"seed":"0x{seed}"{more}}}"#
		))
	}

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

	#[test]
	fn requirements_should_reach_the_runtime_unchanged() {
		let more = format!(r#","parameters":"0x{}","performance":"99.5""#, "08".repeat(32));
		let requirements = requirements(&more).expect("the requirements are complete");
		assert_eq!(requirements.tag, Tag::Name("data.feed".into()));

		let asked = requirements.of(TagId(4), Some(PageIndex(9)));

		assert_eq!(
			asked,
			pallet_agents::types::Requirements {
				tag: TagId(4),
				version: CapabilityVersion { major: 1, minor: 2 },
				parameters: Some(ParametersHash(Hash::repeat_byte(8))),
				performance: Some(Decimal { value: 995, decimals: 1 }),
				max_price: 500,
				capacity: 3,
				seed: Hash::repeat_byte(7),
				start: Some(PageIndex(9)),
			}
		);
	}

	#[test]
	fn requirements_should_leave_open_what_is_not_said() {
		let requirements = requirements("").expect("the requirements are complete");

		assert!(requirements.parameters.is_none() && requirements.performance.is_none());
	}

	#[test]
	fn requirements_and_filters_should_refuse_names_that_they_do_not_know() {
		assert!(requirements(r#","price":"1""#).is_err());
		assert!(from_str::<Filter>(r#"{"revoked":true}"#).is_err());
	}

	#[test]
	fn filters_should_take_everything_when_nothing_is_said() {
		let filter = from_str::<Filter>("{}").expect("an empty filter is one");

		assert!(filter.author.is_none() && filter.tag.is_none() && filter.about.is_none());
		assert!(!filter.include_revoked);
	}

	#[test]
	fn match_errors_should_name_pallet_and_error() {
		for (error, name) in [
			(MatchError::TagNotFound, "TagNotFound"),
			(MatchError::PerformanceOffScale, "PerformanceOffScale"),
		] {
			let json = to_value(ErrorObjectOwned::from(Error::from(error))).expect("it is JSON");
			assert_eq!(json["data"], json!({ "pallet": "Agents", "error": name }));
			assert!(json["message"].as_str().is_some_and(|text| text.contains("agents_tags")));
		}
	}
}
