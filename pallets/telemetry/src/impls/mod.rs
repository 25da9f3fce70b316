//! What the calls and the hook do.

mod digests;
mod keys;
mod money;
mod paying;
mod query;
mod reports;
mod settling;
mod time;
mod traits;

pub(crate) use time::{COMMIT_LAG, REVEAL_LAG};
