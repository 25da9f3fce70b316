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

pub mod anchorer;
pub mod bitcoin_core;
pub mod coin;
pub mod credentials;
pub mod fees;
pub mod file;
pub mod journal;
pub mod proof;
pub mod signer;
pub mod state;
pub mod transaction;
pub mod wallet;

pub use anchorer::{Action, Anchorer, AnchorerError, Mined, Problem, Report, Waiting};
pub use bitcoin_core::{Core, CoreError};
pub use coin::{BlockId, Coin, Satoshi};
pub use credentials::{Credentials, CredentialsError};
pub use fees::{FeePolicy, FeeRate};
pub use file::FileError;
pub use journal::{Journal, JournalError};
pub use signer::{External, Signer};
pub use state::State;
pub use wallet::{Wallet, WalletError};
