//! The chain, as the rest of the command line sees it.
//!
//! This is the one place that knows the code generated from the chain's metadata
//! (`artifacts/metadata.scale`, refreshed by `scripts/metadata`). What leaves it are plain types
//! that can be shown in tables and as JSON.

pub mod accounts;
pub mod actions;
pub mod agents;
pub mod anchor;
pub mod audit;
mod calls;
pub mod capabilities;
mod client;
pub mod contracts;
pub mod disputes;
pub mod economy;
mod failure;
pub mod governance;
pub mod jurors;
mod lookup;
pub mod market;
pub mod network;
pub mod node;
pub mod offline;
mod outcome;
pub mod parameters;
pub mod performance;
pub mod proxies;
mod reading;
pub mod reputation;
mod runtime;
pub mod session;
pub mod staking;
mod submission;
pub mod tags;
pub mod telemetry;
pub mod validations;
mod value;
pub mod work;
mod wrapped;
mod written;

pub use calls::{ChainCall, EncodedCall};
pub use client::{Block, BlockId, Chain, Config, Heads};
pub use failure::{Error, Failure};
pub use lookup::Place;
pub use outcome::{Event, Events, Included};
pub use submission::{Progress, SubmitError, Submitted, Transaction, Trial, LIFETIME};
pub use value::{percent, Value};

/// A call that can be signed and sent.
pub use subxt::transactions::Payload as Call;
