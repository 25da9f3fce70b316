//! What the pallet does, by topic.

mod choosing;
mod forgetting;
mod query;
mod starting;
mod submitting;
mod traits;
