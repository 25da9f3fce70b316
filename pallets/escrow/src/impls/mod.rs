//! What the calls do, by topic.

mod agreement;
mod closing;
mod holds;
mod milestones;
mod query;
