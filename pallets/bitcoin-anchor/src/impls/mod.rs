//! What the calls and the hooks do, by topic.

mod anchorers;
mod looking;
mod proving;
mod query;
mod rewards;
mod scheduling;
