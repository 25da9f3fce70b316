//! The pallet among the SDK's BABE, sessions, staking and offences, as a runtime has them.

#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
mod mock;
mod offences;
mod rewards;
mod slots;
