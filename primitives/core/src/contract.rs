//! What the rest of the chain learns when an escrow contract closes.

use crate::{AgentId, ContractId, JobId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How an escrow contract ended.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ContractOutcome {
	/// It was never funded.
	#[codec(index = 0)]
	Cancelled,
	/// The provider was paid all that was put in.
	#[codec(index = 1)]
	Completed,
	/// The provider was paid a part, the client got back the rest.
	#[codec(index = 2)]
	Partial,
	/// The client got back everything.
	#[codec(index = 3)]
	Refunded,
}

/// A closed escrow contract's balance sheet.
///
/// `released + refunded` is what the client had funded, `fee <= released`, `on_time <= released` and
/// `missed + disputed_lost <= refunded`. Only what was `disputed` has a `disputed_lost`.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ClosedContract<AccountId, Balance> {
	/// The contract, whose id is never used again.
	pub contract: ContractId,
	/// The market's job that it belongs to; `None` for a contract of two parties alone.
	pub job: Option<JobId>,
	/// Who paid.
	pub client: AccountId,
	/// Who was to be paid.
	pub provider: AccountId,
	/// The agent that worked under the provider's account when the contract was opened, and answers
	/// for it whatever became of that account.
	pub agent: Option<AgentId>,
	/// How it ended.
	pub outcome: ContractOutcome,
	/// Whether the provider took it on: accepted it, started, or submitted a milestone. Anybody can
	/// open and fund a contract with a provider that knows nothing of it.
	pub accepted: bool,
	/// Whether a ruling decided about a part of it, in whosever favour.
	pub disputed: bool,
	/// What the client paid out, the fee included, in plancks.
	pub released: Balance,
	/// What went back to the client, in plancks.
	pub refunded: Balance,
	/// What the protocol took from `released`, in plancks.
	pub fee: Balance,
	/// What of `released` was for work that was in by its due block, in plancks.
	pub on_time: Balance,
	/// What of `refunded` was for work that was not in by its due block, in plancks.
	pub missed: Balance,
	/// What of `refunded` a ruling gave back to the client, in plancks.
	pub disputed_lost: Balance,
	/// What was slashed of the provider's bond, in plancks.
	pub slashed: Balance,
}
