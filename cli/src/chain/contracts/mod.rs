//! Escrow contracts.

mod calls;
mod payment;

pub use calls::*;
#[cfg(test)]
pub use payment::Split;
pub use payment::{Dispute, Meter, Milestone, Party, Payment, Phase, State, Stream};

use super::{percent, runtime, runtime::runtime_types as types, Block, Error};
use crate::{amount::Amount, decimal::Share, digest::Hash};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;
use types::{aitbc_core::ids::ContractId, pallet_escrow::types as generated};

/// What the two parties have at risk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bonds {
	/// The client's, held when it funds.
	pub client: Amount,
	/// The provider's, held when it accepts.
	pub provider: Amount,
}

impl From<types::aitbc_core::payment::Bonds> for Bonds {
	fn from(bonds: types::aitbc_core::payment::Bonds) -> Self {
		Self { client: Amount(bonds.client), provider: Amount(bonds.provider) }
	}
}

impl From<Bonds> for types::aitbc_core::payment::Bonds {
	fn from(bonds: Bonds) -> Self {
		Self { client: bonds.client.0, provider: bonds.provider.0 }
	}
}

/// Who may release milestones beside the client.
#[derive(Clone, Debug, Serialize)]
pub struct ApproverSet {
	/// They, in their order.
	pub accounts: Vec<AccountId32>,
	/// How many of them it takes.
	pub threshold: u32,
}

/// A contract that is open or funded.
#[derive(Clone, Debug, Serialize)]
pub struct Contract {
	/// Its id.
	pub contract: u64,
	/// The market's job that it belongs to, if it does.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub job: Option<u64>,
	/// Who pays.
	pub client: AccountId32,
	/// Who works.
	pub provider: AccountId32,
	/// The agent that answers for it, whatever becomes of that account.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub agent: Option<u64>,
	/// What they agreed on.
	pub terms: Hash,
	/// What all of it pays: of a stream, what was put in by now.
	pub total: Amount,
	/// What is held for storage.
	pub deposit: Amount,
	/// The protocol's share of what is released, in percent.
	pub fee_rate: String,
	/// The same from 0 to 1.
	pub fee_share: Share,
	/// How long the client may look at submitted work, in active blocks.
	pub review_period: u32,
	/// Who may release milestones beside the client.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub approvers: Option<ApproverSet>,
	/// What the parties agreed to have at risk.
	pub bonds: Bonds,
	/// What of it is held now.
	pub bonds_held: Bonds,
	/// When it was funded, in active blocks, if it was.
	pub funded_since: Option<u32>,
	/// Whether the provider took it on.
	pub accepted: bool,
	/// When the provider started, in active blocks, if it did.
	pub started: Option<u32>,
	/// What is paid for.
	#[serde(flatten)]
	pub payment: Payment,
}

/// How far a contract has come, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
	/// Not funded.
	Open,
	/// Not funded, and the provider agreed.
	Accepted,
	/// Funded, and nobody works.
	Funded,
	/// The provider started.
	Started,
}

impl fmt::Display for Stage {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Open => "open",
			Self::Accepted => "accepted",
			Self::Funded => "funded",
			Self::Started => "started",
		})
	}
}

impl Contract {
	/// How far it has come.
	pub fn stage(&self) -> Stage {
		match (self.started, self.funded_since, self.accepted) {
			(Some(_), ..) => Stage::Started,
			(None, Some(_), _) => Stage::Funded,
			(None, None, true) => Stage::Accepted,
			(None, None, false) => Stage::Open,
		}
	}

	/// Whether this and `other` are one contract, and it is funded: after a fork an id may name
	/// another one.
	pub fn is_funded_as(&self, other: &Self) -> bool {
		let parties = |one: &Self| (one.job, one.client, one.provider, one.terms);
		self.funded_since.is_some() && parties(self) == parties(other)
	}

	/// A contract for tests, on which the account of twos has worked for that of ones since the first
	/// block, at a fee of 2.5 %.
	#[cfg(test)]
	pub fn of(payment: Payment) -> Self {
		Self {
			contract: 9,
			job: None,
			client: AccountId32([1; 32]),
			provider: AccountId32([2; 32]),
			agent: None,
			terms: Hash([3; 32]),
			total: payment.total(),
			deposit: Amount(1),
			fee_rate: "2.5 %".into(),
			fee_share: Share(25_000_000),
			review_period: 20,
			approvers: None,
			bonds: Bonds::default(),
			bonds_held: Bonds::default(),
			funded_since: Some(1),
			accepted: true,
			started: Some(1),
			payment,
		}
	}
}

/// Why money waits to be collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
	/// The provider's pay for released milestones
	Payment,
	/// The client's money of refunded milestones
	Refund,
	/// The client's storage deposit
	Deposit,
	/// The provider's own bond
	ProviderBond,
	/// The client's own bond
	ClientBond,
	/// The client's part of what the provider's bond lost
	Penalty,
	/// The provider's part of what the client's bond lost
	Compensation,
}

impl fmt::Display for ClaimKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Payment => "payment",
			Self::Refund => "refund",
			Self::Deposit => "deposit",
			Self::ProviderBond => "provider-bond",
			Self::ClientBond => "client-bond",
			Self::Penalty => "penalty",
			Self::Compensation => "compensation",
		})
	}
}

impl From<ClaimKind> for generated::claim::ClaimKind {
	fn from(kind: ClaimKind) -> Self {
		match kind {
			ClaimKind::Payment => Self::Payment,
			ClaimKind::Refund => Self::Refund,
			ClaimKind::Deposit => Self::Deposit,
			ClaimKind::ProviderBond => Self::ProviderBond,
			ClaimKind::ClientBond => Self::ClientBond,
			ClaimKind::Penalty => Self::Penalty,
			ClaimKind::Compensation => Self::Compensation,
		}
	}
}

impl From<generated::claim::ClaimKind> for ClaimKind {
	fn from(kind: generated::claim::ClaimKind) -> Self {
		match kind {
			generated::claim::ClaimKind::Payment => Self::Payment,
			generated::claim::ClaimKind::Refund => Self::Refund,
			generated::claim::ClaimKind::Deposit => Self::Deposit,
			generated::claim::ClaimKind::ProviderBond => Self::ProviderBond,
			generated::claim::ClaimKind::ClientBond => Self::ClientBond,
			generated::claim::ClaimKind::Penalty => Self::Penalty,
			generated::claim::ClaimKind::Compensation => Self::Compensation,
		}
	}
}

/// Money that is owed, and that its owner's account could not take yet.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
	/// What for.
	pub kind: ClaimKind,
	/// On whom it is held.
	pub payer: AccountId32,
	/// Whose it is.
	pub payee: AccountId32,
	/// How much.
	pub amount: Amount,
}

/// Some contracts, and where the list goes on.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
	/// The contracts, by their ids.
	pub contracts: Vec<Contract>,
	/// Where the list goes on, if there are more: the last one in the order of storage.
	pub next: Option<u64>,
}

impl From<generated::info::ContractInfo<AccountId32>> for Contract {
	fn from(info: generated::info::ContractInfo<AccountId32>) -> Self {
		let approvers = info.approvers.map(|approvers| ApproverSet {
			accounts: approvers.accounts,
			threshold: approvers.threshold,
		});
		let accounts = approvers.as_ref().map_or(&[][..], |approvers| &approvers.accounts);
		let payment = Payment::new(info.payment, accounts);
		Self {
			contract: info.contract.0,
			job: info.job.map(|job| job.0),
			client: info.client,
			provider: info.provider,
			agent: info.agent.map(|agent| agent.0),
			terms: Hash(info.terms.0 .0),
			total: payment.total(),
			deposit: Amount(info.deposit),
			fee_rate: percent(info.fee_rate.0.into()),
			fee_share: Share(info.fee_rate.0),
			review_period: info.review_period,
			approvers,
			bonds: info.bonds.into(),
			bonds_held: info.bonds_held.into(),
			funded_since: info.funded_since,
			accepted: info.accepted,
			started: info.started,
			payment,
		}
	}
}

/// Reads a contract that is not closed.
pub async fn contract(block: &Block, contract: u64) -> Result<Option<Contract>, Error> {
	let api = runtime::runtime_apis().escrow_api();
	Ok(block.call(api.contract(ContractId(contract))).await?.map(Contract::from))
}

/// Reads what a contract, closed or not, owes and could not pay out.
pub async fn claims(block: &Block, contract: u64) -> Result<Vec<Claim>, Error> {
	let api = runtime::runtime_apis().escrow_api();
	let claims = block.call(api.claims(ContractId(contract))).await?;
	let claims = claims.into_iter().map(|(kind, claim)| Claim {
		kind: kind.into(),
		payer: claim.payer,
		payee: claim.payee,
		amount: Amount(claim.amount),
	});
	Ok(claims.collect())
}

/// Reads what is held for the storage of a contract on these terms, now.
pub async fn deposit_for(block: &Block, agreement: &Agreement) -> Result<Amount, Error> {
	let view = runtime::view_functions().escrow().deposit_for(agreement.into());
	Ok(Amount(block.view(view).await?))
}

/// Reads up to `limit` contracts in which `account` is a party, from the one after `after` on. Pages
/// follow the order of storage, which is not that of the ids.
pub async fn contracts_of(
	block: &Block,
	account: AccountId32,
	after: Option<u64>,
	limit: u32,
) -> Result<Page, Error> {
	let mut page = Page { contracts: Vec::new(), next: after };
	loop {
		let read = u32::try_from(page.contracts.len()).unwrap_or(u32::MAX);
		let (after, missing) = (page.next.map(ContractId), limit.saturating_sub(read));
		let api = runtime::runtime_apis().escrow_api();
		let more = block.call(api.contracts_of(account, after, missing)).await?;
		page.contracts.extend(more.contracts.into_iter().map(Contract::from));
		page.next = more.next.map(|next| next.0);
		if page.next.is_none() || page.contracts.len() >= limit as usize {
			page.contracts.sort_by_key(|contract| contract.contract);
			return Ok(page);
		}
	}
}
