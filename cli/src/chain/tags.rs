//! The tag registry: what capabilities and ratings are about.

use super::{
	runtime,
	runtime::runtime_types::{
		aitbc_core::{decimal::Decimal as GeneratedDecimal, ids::TagId, tag::TagUse},
		pallet_agents::types as generated,
	},
	Block, Error,
};
use crate::decimal::{Decimal, Share, PARTS};
use serde::Serialize;
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt,
};

/// What a tag is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
	/// Something that agents offer.
	Capability,
	/// How good work was.
	Quality,
	/// Anything else that clients say about an agent.
	Feedback,
}

impl fmt::Display for Purpose {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Capability => "capability",
			Self::Quality => "quality",
			Self::Feedback => "feedback",
		})
	}
}

/// A tag.
#[derive(Clone, Debug, Serialize)]
pub struct Tag {
	/// Its id.
	pub tag: u32,
	/// What people call it.
	pub name: String,
	/// What it is for.
	pub purpose: Purpose,
	/// What ratings with it count, or what is sold of a capability; may be empty.
	pub unit: String,
	/// The least value.
	pub min: Decimal,
	/// The greatest value.
	pub max: Decimal,
	/// Whether nothing new gets it.
	pub retired: bool,
	/// How many active agents offer it.
	pub agents: u32,
}

impl Tag {
	/// The value that lies at `share` of the scale.
	pub fn value_at(&self, share: Share) -> Decimal {
		let (min, max) = (self.min.rescaled(SCALE_DECIMALS), self.max.rescaled(SCALE_DECIMALS));
		let (length, parts) = (max.saturating_sub(min), i128::from(share.0));
		let (whole, rest) = (length / i128::from(PARTS), length % i128::from(PARTS));
		let above = whole.saturating_mul(parts).saturating_add(rest * parts / i128::from(PARTS));
		Decimal { value: min.saturating_add(above), decimals: SCALE_DECIMALS }
	}

	/// `value` with the unit.
	pub fn measure(&self, value: Decimal) -> String {
		format!("{value} {}", self.unit).trim_end().to_owned()
	}
}

/// Some tags, and where the list goes on.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
	/// The tags, in the order of their ids.
	pub tags: Vec<Tag>,
	/// The last one, if there are more.
	pub next: Option<u32>,
}

impl From<generated::TagInfo> for Tag {
	fn from(info: generated::TagInfo) -> Self {
		let (rule, scaled) = (info.rule, |value| Decimal { value, decimals: SCALE_DECIMALS });
		Self {
			tag: info.tag.0,
			// The chain takes names and units in printable ASCII only.
			name: String::from_utf8_lossy(&info.name).into_owned(),
			purpose: match rule.purpose {
				TagUse::Capability => Purpose::Capability,
				TagUse::Quality => Purpose::Quality,
				TagUse::Feedback => Purpose::Feedback,
			},
			unit: String::from_utf8_lossy(&info.unit).into_owned(),
			min: scaled(rule.scale.min),
			max: scaled(rule.scale.max),
			retired: rule.is_retired,
			agents: info.rows,
		}
	}
}

/// In what units of 10^-n a scale's ends are stored.
const SCALE_DECIMALS: u8 = 18;

impl From<Decimal> for GeneratedDecimal {
	fn from(decimal: Decimal) -> Self {
		Self { value: decimal.value, decimals: decimal.decimals }
	}
}

impl From<GeneratedDecimal> for Decimal {
	fn from(decimal: GeneratedDecimal) -> Self {
		Self { value: decimal.value, decimals: decimal.decimals }
	}
}

/// Reads the tag with this id.
pub async fn tag(block: &Block, tag: u32) -> Result<Option<Tag>, Error> {
	let page = tags(block, tag.checked_sub(1), 1).await?;
	Ok(page.tags.into_iter().next().filter(|found| found.tag == tag))
}

/// Reads the tag that is called `name`.
pub async fn tag_by_name(block: &Block, name: &str) -> Result<Option<Tag>, Error> {
	let api = runtime::runtime_apis().agents_api();
	Ok(block.call(api.tag_by_name(name.into())).await?.map(Tag::from))
}

/// Reads up to `limit` tags, from the one after `after` on.
pub async fn tags(block: &Block, after: Option<u32>, limit: u32) -> Result<Page, Error> {
	let mut page = Page { tags: Vec::new(), next: after };
	loop {
		let read = u32::try_from(page.tags.len()).unwrap_or(u32::MAX);
		let api = runtime::runtime_apis().agents_api();
		let missing = limit.saturating_sub(read);
		let more = block.call(api.tags(page.next.map(TagId), missing)).await?;
		page.tags.extend(more.tags.into_iter().map(Tag::from));
		page.next = more.next.map(|next| next.0);
		if page.next.is_none() || page.tags.len() >= limit as usize {
			return Ok(page);
		}
	}
}

/// Reads the tags with these ids, each once.
pub async fn by_id(
	block: &Block,
	ids: impl IntoIterator<Item = u32>,
) -> Result<BTreeMap<u32, Tag>, Error> {
	let ids: BTreeSet<_> = ids.into_iter().collect();
	let mut known = BTreeMap::new();
	for id in ids {
		if let Some(found) = tag(block, id).await? {
			known.insert(id, found);
		}
	}
	Ok(known)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn tag(min: &str, max: &str) -> Tag {
		Tag {
			tag: 0,
			name: "speed".into(),
			purpose: Purpose::Capability,
			unit: "frames/s".into(),
			min: min.parse().expect("it is a number"),
			max: max.parse().expect("it is a number"),
			retired: false,
			agents: 0,
		}
	}

	#[test]
	fn values_should_lie_where_their_share_says() {
		for (min, max, parts, value) in [
			("0", "100", 0, "0"),
			("0", "100", 995_000_000, "99.5"),
			("0", "100", 1_000_000_000, "100"),
			("-10", "30", 250_000_000, "0"),
			("0.5", "1", 500_000_000, "0.75"),
		] {
			assert_eq!(tag(min, max).value_at(Share(parts)).to_string(), value, "{min} to {max}");
		}
	}

	#[test]
	fn values_should_be_shown_with_their_unit() {
		let mut tag = tag("0", "100");
		let value = "12.50".parse().expect("it is a number");
		assert_eq!(tag.measure(value), "12.5 frames/s");
		tag.unit = String::new();
		assert_eq!(tag.measure(value), "12.5");
	}
}
