#![doc = include_str!("../README.md")]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used
	)
)]

mod document;
mod file;
mod gate;
mod guard;
mod interchange;
mod keystore;
mod record;
mod refused;
mod store;
mod twin;
mod vote;
mod voter;

pub use document::DocumentError;
pub use file::FileError;
pub use gate::{Gate, Opened};
pub use guard::{Counts, Guard, Permit, Tick};
pub use interchange::{export, import, show, Shown};
pub use record::{Alarm, Key, Merged, Record, Round, UnixTime, Votes, KEPT_ROUNDS};
pub use refused::{Reason, Refused};
pub use sp_consensus_babe::{AuthorityId as BabeKey, Slot};
pub use sp_consensus_grandpa::AuthorityId as GrandpaKey;
pub use store::{GuardError, Writes};
pub use twin::{Sighting, MAX_AGE, SETTLING, WAIT};
pub use vote::{Kind, Position, Target, Vote};
pub use voter::VOTER_STATE_KEY;
