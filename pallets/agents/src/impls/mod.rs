//! What the calls do, by topic.

mod card;
mod deposits;
mod lifecycle;
mod query;
mod registration;
mod traits;
mod wallet;
