//! Scenarios in the real runtime: what users and operators live through, over several pallets.

mod books;
mod brakes;
mod calls;
mod chain_specs;
mod deals;
mod dry_run;
mod equivocation;
mod fees;
mod genesis;
mod jobs;
mod market_bidding;
mod market_evidence;
mod market_failures;
mod market_payments;
mod network;
mod parameters;
mod permissions;
mod reputation;
mod thousand_jobs;
mod validations;
mod wire_format;
mod work;
