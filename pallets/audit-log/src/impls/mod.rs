//! What the pallet does, by topic.

mod forgetting;
pub(crate) mod nodes;
mod query;
pub(crate) mod writing;
