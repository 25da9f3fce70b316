//! What the calls do, by topic.

mod agreement;
mod closing;
mod milestones;
mod payout;
mod query;
