//! What the calls do, by topic.

mod deposits;
mod evidence;
mod query;
mod rating;
mod removal;
mod response;
mod traits;

#[cfg(test)]
pub(crate) use rating::Change;
