//! Balances and transfers.

use super::{runtime, runtime::runtime_types as types, Block, Call, Error};
use crate::amount::Amount;
use aitbc_core::money::EXISTENTIAL_DEPOSIT;
use serde::{Serialize, Serializer};
use std::fmt;
use subxt::utils::{AccountId32, MultiAddress};
use types::aitbc_runtime::RuntimeHoldReason;

/// What an account owns.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Balance {
	/// What the account owns in all: free and held.
	pub total: Amount,
	/// What is not held for anything.
	pub free: Amount,
	/// What is held as deposits, bonds and escrow.
	pub held: Amount,
	/// How much of it may not be spent for the time being, by votes or the like. A held amount
	/// can be frozen as well.
	pub frozen: Amount,
	/// What the account can send away and go on existing.
	pub transferable: Amount,
	/// What the account can send away if it need not go on existing.
	#[serde(skip)]
	pub expendable: Amount,
	/// How many transactions of the account are in the chain.
	pub nonce: u32,
}

/// Why money of an account is held, as `docs/wire-format.md` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldReason {
	/// The storage of an owner's agents.
	AgentDeposit,
	/// The bonds of an owner's agents, also for some time after they left.
	AgentBond,
	/// The storage of feedback and of responses.
	ReputationDeposit,
	/// The storage of a client's contracts.
	EscrowDeposit,
	/// A client's money that is still to be paid out of its contracts, and the claims on it.
	Escrow,
	/// What a client or a provider has at risk in its contracts.
	EscrowBond,
	/// The storage of offers and jobs.
	MarketDeposit,
	/// What a provider has at risk for its bids.
	MarketBond,
	/// The storage of a requester's validations.
	ValidationDeposit,
	/// A requester's fees that await a hard answer.
	ValidationFee,
	/// What a validator's wallet has at risk for its hard answers.
	ValidationBond,
	/// The storage of cases that an account opened, of rounds that it appealed to, and of its
	/// evidence.
	DisputeDeposit,
	/// What an account staked for a side of a case.
	DisputeStake,
	/// What a juror has at risk.
	JurorBond,
	/// What a validator has at risk for its telemetry worker.
	TelemetryDeposit,
	/// What is at risk for recommendations of actions that have not ended.
	ActionDeposit,
	/// The storage of an anchorer's scripts.
	AnchorerDeposit,
	/// Stake, of a validator or a nominator.
	Staking,
	/// The storage of a validator's session keys.
	SessionKeys,
	/// What somebody staked on safe mode.
	SafeMode,
	/// The storage of proposed calls.
	Preimage,
	/// The storage of the technical committee's motions.
	Motion,
	/// What has no named reason: the deposits of proxies, multisigs and referenda.
	Reserve,
}

impl HoldReason {
	/// The pallet and its reason.
	fn name(self) -> &'static str {
		match self {
			Self::AgentDeposit => "Agents.Deposit",
			Self::AgentBond => "Agents.Bond",
			Self::ReputationDeposit => "Reputation.Deposit",
			Self::EscrowDeposit => "Escrow.Deposit",
			Self::Escrow => "Escrow.Escrow",
			Self::EscrowBond => "Escrow.Bond",
			Self::MarketDeposit => "Market.Deposit",
			Self::MarketBond => "Market.Bond",
			Self::ValidationDeposit => "Validations.Deposit",
			Self::ValidationFee => "Validations.Fee",
			Self::ValidationBond => "Validations.Bond",
			Self::DisputeDeposit => "Disputes.Deposit",
			Self::DisputeStake => "Disputes.Stake",
			Self::JurorBond => "Jurors.Bond",
			Self::TelemetryDeposit => "Telemetry.Deposit",
			Self::ActionDeposit => "Actions.Deposit",
			Self::AnchorerDeposit => "BitcoinAnchor.Deposit",
			Self::Staking => "Staking.Staking",
			Self::SessionKeys => "Session.Keys",
			Self::SafeMode => "SafeMode.EnterOrExtend",
			Self::Preimage => "Preimage.Preimage",
			Self::Motion => "TechnicalCommittee.ProposalSubmission",
			Self::Reserve => "Reserve",
		}
	}

	/// What the money is, in words.
	pub fn meaning(self) -> &'static str {
		match self {
			Self::AgentDeposit => "storage of its agents",
			Self::AgentBond => "at risk for its agents, and for some time after they left",
			Self::ReputationDeposit => "storage of feedback and responses",
			Self::EscrowDeposit => "storage of its contracts",
			Self::Escrow => "what its contracts have neither paid nor refunded, and claims",
			Self::EscrowBond => "at risk in its contracts, and claims",
			Self::MarketDeposit => "storage of its offers and jobs",
			Self::MarketBond => "at risk for its bids",
			Self::ValidationDeposit => "storage of validations that it asked for",
			Self::ValidationFee => "fees for validations that are not answered",
			Self::ValidationBond => "at risk for hard answers",
			Self::DisputeDeposit => "storage of its cases, appeals and evidence, and filing fees",
			Self::DisputeStake => "staked for a side of a case; lost if that side loses",
			Self::JurorBond => "at risk as a juror",
			Self::TelemetryDeposit => "at risk for the telemetry worker",
			Self::ActionDeposit => {
				"at risk for recommended actions; lost if approvers call one spam"
			},
			Self::AnchorerDeposit => "storage of its scripts as an anchorer",
			Self::Staking => "stake",
			Self::SessionKeys => "storage of session keys",
			Self::SafeMode => "stake on safe mode",
			Self::Preimage => "storage of calls that it proposed",
			Self::Motion => "storage of motions that it made in the technical committee",
			Self::Reserve => "deposits of proxies, multisigs and referenda",
		}
	}
}

impl fmt::Display for HoldReason {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(self.name())
	}
}

impl Serialize for HoldReason {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(self.name())
	}
}

impl From<RuntimeHoldReason> for HoldReason {
	fn from(reason: RuntimeHoldReason) -> Self {
		use types::{
			pallet_agents::pallet::HoldReason as Agents,
			pallet_disputes::pallet::HoldReason as Disputes,
			pallet_escrow::pallet::HoldReason as Escrow,
			pallet_market::pallet::HoldReason as Market,
			pallet_validations::pallet::HoldReason as Validations,
		};
		match reason {
			RuntimeHoldReason::Agents(Agents::Deposit) => Self::AgentDeposit,
			RuntimeHoldReason::Agents(Agents::Bond) => Self::AgentBond,
			RuntimeHoldReason::Reputation(_) => Self::ReputationDeposit,
			RuntimeHoldReason::Escrow(Escrow::Deposit) => Self::EscrowDeposit,
			RuntimeHoldReason::Escrow(Escrow::Escrow) => Self::Escrow,
			RuntimeHoldReason::Escrow(Escrow::Bond) => Self::EscrowBond,
			RuntimeHoldReason::Market(Market::Deposit) => Self::MarketDeposit,
			RuntimeHoldReason::Market(Market::Bond) => Self::MarketBond,
			RuntimeHoldReason::Validations(Validations::Deposit) => Self::ValidationDeposit,
			RuntimeHoldReason::Validations(Validations::Fee) => Self::ValidationFee,
			RuntimeHoldReason::Validations(Validations::Bond) => Self::ValidationBond,
			RuntimeHoldReason::Disputes(Disputes::Deposit) => Self::DisputeDeposit,
			RuntimeHoldReason::Disputes(Disputes::Stake) => Self::DisputeStake,
			RuntimeHoldReason::Jurors(_) => Self::JurorBond,
			RuntimeHoldReason::Telemetry(_) => Self::TelemetryDeposit,
			RuntimeHoldReason::Actions(_) => Self::ActionDeposit,
			RuntimeHoldReason::BitcoinAnchor(_) => Self::AnchorerDeposit,
			RuntimeHoldReason::Staking(_) => Self::Staking,
			RuntimeHoldReason::Session(_) => Self::SessionKeys,
			RuntimeHoldReason::SafeMode(_) => Self::SafeMode,
			RuntimeHoldReason::Preimage(_) => Self::Preimage,
			RuntimeHoldReason::TechnicalCommittee(_) => Self::Motion,
		}
	}
}

/// Money of an account that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Hold {
	/// What for.
	pub reason: HoldReason,
	/// How much.
	pub amount: Amount,
}

/// Money that was held, and is its owner's to spend again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Release {
	/// Whose it is.
	pub account: AccountId32,
	/// What it was held for.
	pub held_for: HoldReason,
	/// How much.
	pub amount: Amount,
}

/// Reads what `account` owns: nothing, if it does not exist.
pub async fn balance(block: &Block, account: &AccountId32) -> Result<Balance, Error> {
	let info = block.value(runtime::storage().system().account(), (*account,)).await?;
	let data = info.data;
	// As frame-system's `can_dec_provider` does.
	let must_exist = info.consumers > 0 && info.providers <= 1;
	let least = if must_exist { EXISTENTIAL_DEPOSIT } else { 0 };
	let spendable = |least| spendable(data.free, data.reserved, data.frozen, least);
	Ok(Balance {
		total: Amount(data.free.saturating_add(data.reserved)),
		free: Amount(data.free),
		held: Amount(data.reserved),
		frozen: Amount(data.frozen),
		transferable: spendable(EXISTENTIAL_DEPOSIT),
		expendable: spendable(least),
		nonce: info.nonce,
	})
}

/// What an account can send away and keep at least `least` free, as pallet-balances'
/// `reducible_balance` has it: what is frozen can be covered by what is held.
fn spendable(free: u128, held: u128, frozen: u128, least: u128) -> Amount {
	let untouchable = frozen.saturating_sub(held).max(least);
	Amount(free.saturating_sub(untouchable))
}

/// Reads what the money of `account` is held for, `held` in all.
pub async fn holds(block: &Block, account: &AccountId32, held: Amount) -> Result<Vec<Hold>, Error> {
	let holds = block.value(runtime::storage().balances().holds(), (*account,)).await?;
	let holds = holds.0.into_iter();
	let holds = holds.map(|hold| Hold { reason: hold.id.into(), amount: Amount(hold.amount) });
	Ok(with_reserve(holds.collect(), held))
}

/// Adds to `holds` what is `held` beside them.
fn with_reserve(mut holds: Vec<Hold>, held: Amount) -> Vec<Hold> {
	let named = holds.iter().fold(0, |sum: u128, hold| sum.saturating_add(hold.amount.0));
	let rest = held.0.saturating_sub(named);
	holds.retain(|hold| hold.amount.0 > 0);
	if rest > 0 {
		holds.push(Hold { reason: HoldReason::Reserve, amount: Amount(rest) });
	}
	holds
}

/// Sends `amount` to `to`, unless that ends the sender's account.
pub fn transfer(to: AccountId32, amount: Amount) -> impl Call {
	runtime::transactions().balances().transfer_keep_alive(MultiAddress::Id(to), amount.0)
}

/// Sends everything to `to` that is neither held nor frozen. Ends the sender's account if nothing
/// needs it.
pub fn transfer_all(to: AccountId32) -> impl Call {
	runtime::transactions().balances().transfer_all(MultiAddress::Id(to), false)
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;

	#[test]
	fn spendable_should_leave_what_is_frozen_beyond_the_held_and_the_least() {
		let least = EXISTENTIAL_DEPOSIT;
		for (free, held, frozen, least, spent) in [
			(10 * AIT, 0, 0, 0, 10 * AIT),
			(10 * AIT, 5 * AIT, 0, least, 10 * AIT - least),
			(10 * AIT, 5 * AIT, 4 * AIT, least, 10 * AIT - least),
			(10 * AIT, 5 * AIT, 8 * AIT, least, 7 * AIT),
			(least / 2, 0, 0, least, 0),
			(0, AIT, 0, 0, 0),
		] {
			assert_eq!(spendable(free, held, frozen, least), Amount(spent));
		}
	}

	#[test]
	fn holds_should_add_up_to_what_is_held() {
		let bond = Hold { reason: HoldReason::AgentBond, amount: Amount(100) };
		let empty = Hold { reason: HoldReason::Escrow, amount: Amount(0) };
		let reserve = Hold { reason: HoldReason::Reserve, amount: Amount(20) };
		assert_eq!(with_reserve(vec![bond, empty], Amount(100)), [bond]);
		assert_eq!(with_reserve(vec![bond], Amount(120)), [bond, reserve]);
	}
}
