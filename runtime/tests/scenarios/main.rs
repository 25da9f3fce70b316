//! Scenarios in the real runtime: what users and operators live through, over several pallets.

mod brakes;
mod calls;
mod chain_specs;
mod dry_run;
mod equivocation;
mod fees;
mod genesis;
mod jobs;
mod network;
mod parameters;
mod permissions;
mod reputation;
mod validations;
mod wire_format;
mod work;
