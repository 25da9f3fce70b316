//! What the calls do, by topic.

mod assignment;
mod bidding;
mod counters;
mod deposits;
mod failure;
mod holds;
mod offers;
mod posting;
mod query;
mod ranking;
mod settlement;
mod work;
