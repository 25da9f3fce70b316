//! Ids, money and domain types that AITBC's crates share on the wire.
//!
//! Nothing here knows FRAME or a pallet: pallets, the runtime, the node and the clients meet in
//! these types, so a change here is a change of the wire format (`docs/wire-format.md`).

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used
	)
)]

extern crate alloc;

pub mod action;
pub mod agent;
pub mod bounded;
pub mod contract;
pub mod decimal;
pub mod dispute;
pub mod ids;
pub mod market;
pub mod money;
pub mod payment;
pub mod receipt;
pub mod tag;
pub mod time;
pub mod uri;
pub mod work;

pub use action::{Order, Parameter, RiskClass, Target, Word, Work};
pub use agent::AgentKind;
pub use bounded::BoundedNumber;
pub use contract::{ClosedContract, ContractOutcome};
pub use decimal::{Decimal, Scale};
pub use dispute::{Choice, Fact, Party, Round, Ruling, Salt, Sides, Subject, Tenths, Vote};
pub use ids::{
	ActionId, AgentId, CardHash, CaseId, ContractId, DocumentHash, EvidenceHash, FeedbackIndex,
	JobId, KindId, OfferId, ParametersHash, TagId, TermsHash, ValidationId, WorkHash,
};
pub use market::{PrivacyClass, Unit};
pub use payment::{
	Agreement, Approvers, Bonds, MeterTerms, MilestoneIndex, MilestoneTerms, PaymentTerms,
	StreamTerms, Voucher,
};
pub use receipt::{Receipt, ReceiptV1};
pub use tag::{TagRule, TagUse};
pub use work::WorkId;

use sp_runtime::{
	traits::{IdentifyAccount, Verify},
	MultiSignature,
};

/// A signature by any of the schemes that an account can use: ed25519, sr25519 or ECDSA.
pub type Signature = MultiSignature;

/// An account: the 32-byte public key, or its Blake2b-256 hash for ECDSA.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;

/// An amount of money in plancks, 10^-12 AIT. See [`money`].
pub type Balance = u128;

/// The number of a block, and a count of blocks.
pub type BlockNumber = u32;

/// The number of transactions that an account has sent.
pub type Nonce = u32;

/// A 32-byte Blake2b-256 hash.
pub type Hash = sp_core::H256;

/// Milliseconds since the Unix epoch.
pub type Moment = u64;
