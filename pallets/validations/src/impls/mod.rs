//! What the calls do, by topic.

mod answers;
mod bonds;
mod disputes;
mod holds;
mod query;
mod records;
mod requests;
mod traits;
