//! What the calls do, by topic.

mod appeals;
mod counting;
mod evidence;
mod holds;
mod jury;
mod opening;
pub(crate) mod paying;
mod progress;
mod query;
mod records;
pub(crate) mod ruling;
mod settling;
mod voting;
