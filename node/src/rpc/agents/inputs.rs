//! What clients send with a question about agents.

use super::views::version::Version;
use crate::rpc::{
	accounts::{Accounts, Address},
	answer::Api,
	error::{Error, Refusal},
	format::{Number, Plancks},
	tags::{self, Tag},
};
use aitbc_core::{ParametersHash, TagId};
use aitbc_runtime::{AccountId, Hash};
use pallet_agents::types::{MatchError, PageIndex};
use serde::Deserialize;

impl From<MatchError> for Error {
	fn from(error: MatchError) -> Self {
		Self::Refused(match error {
			MatchError::TagNotFound => tags::NOT_FOUND,
			MatchError::PerformanceOffScale => Refusal {
				pallet: "Agents",
				error: "PerformanceOffScale",
				message: "the least performance is not on the tag's scale, or has more than 18 \
				          decimals: agents_tags says where each scale begins and ends",
			},
		})
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
			tag: tags::optional(self.tag, api, at)?,
			about: tags::optional(self.about, api, at)?,
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
