//! What the calls do, by topic.

mod answers;
mod bonds;
mod holds;
mod query;
mod records;
mod requests;
