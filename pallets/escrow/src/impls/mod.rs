//! What the calls do, by topic.

mod agreement;
mod approvals;
mod bonds;
mod business;
mod closing;
mod commitment;
mod dispute;
mod facts;
mod holds;
mod meter;
mod milestones;
mod query;
mod split;
mod stop;
mod stream;
mod terms;
mod traits;
