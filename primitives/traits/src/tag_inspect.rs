//! What the tags of the tag registry mean.

use aitbc_core::{TagId, TagRule};

/// Reads the tag registry.
///
/// Asked by whoever takes tags from users; answered by agents. One storage read.
pub trait TagInspect {
	/// What `tag` is for, or `None` if there is no such tag.
	fn rule(tag: TagId) -> Option<TagRule>;

	/// Puts a tag with this rule into the registry, so that a benchmark can use it.
	#[cfg(feature = "runtime-benchmarks")]
	fn create(rule: TagRule) -> TagId;
}
