//! Escrow contracts.

use super::{percent, runtime, runtime::runtime_types as types, Block, Call, Error};
use crate::{amount::Amount, decimal::Share, digest::Hash};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;
use types::{
	aitbc_core::ids::{ContractId, EvidenceHash, TermsHash},
	pallet_escrow::types as generated,
};

/// How far a milestone has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
	/// Nothing was submitted yet.
	Pending,
	/// The provider says that the work is done.
	Submitted {
		/// When it said so, in active blocks.
		submitted_at: u32,
		/// What it shows for it.
		evidence: Hash,
	},
	/// The provider was paid, or has a claim.
	Released {
		/// What the protocol took of it.
		fee: Amount,
		/// Whether the work was in by the due block.
		on_time: bool,
	},
	/// The client got the money back, or has a claim.
	Refunded {
		/// Whether the due block had passed without a submission.
		missed: bool,
	},
}

impl State {
	/// Whether its money is still to go to one of the parties.
	pub fn is_open(&self) -> bool {
		matches!(self, Self::Pending | Self::Submitted { .. })
	}
}

impl fmt::Display for State {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Pending => "pending",
			Self::Submitted { .. } => "submitted",
			Self::Released { .. } => "released",
			Self::Refunded { .. } => "refunded",
		})
	}
}

/// A piece of work, and what is paid for it.
#[derive(Clone, Debug, Serialize)]
pub struct Milestone {
	/// Its place, from zero.
	pub milestone: u32,
	/// What the client pays, the fee included.
	pub amount: Amount,
	/// The last active block at which it may be submitted.
	pub due: u32,
	/// How far it has come.
	#[serde(flatten)]
	pub state: State,
}

/// A contract that is open or funded.
#[derive(Clone, Debug, Serialize)]
pub struct Contract {
	/// Its id.
	pub contract: u64,
	/// Who pays.
	pub client: AccountId32,
	/// Who works.
	pub provider: AccountId32,
	/// What they agreed on.
	pub terms: Hash,
	/// What all milestones together pay.
	pub total: Amount,
	/// What is held for storage.
	pub deposit: Amount,
	/// The protocol's share of what is released, in percent.
	pub fee_rate: String,
	/// The same from 0 to 1.
	pub fee_share: Share,
	/// How long the client may look at submitted work, in active blocks.
	pub review_period: u32,
	/// When it was funded, in active blocks, if it was.
	pub funded_since: Option<u32>,
	/// What is paid for.
	pub milestones: Vec<Milestone>,
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
}

impl fmt::Display for ClaimKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Payment => "payment",
			Self::Refund => "refund",
			Self::Deposit => "deposit",
		})
	}
}

impl From<ClaimKind> for generated::ClaimKind {
	fn from(kind: ClaimKind) -> Self {
		match kind {
			ClaimKind::Payment => Self::Payment,
			ClaimKind::Refund => Self::Refund,
			ClaimKind::Deposit => Self::Deposit,
		}
	}
}

impl From<generated::ClaimKind> for ClaimKind {
	fn from(kind: generated::ClaimKind) -> Self {
		match kind {
			generated::ClaimKind::Payment => Self::Payment,
			generated::ClaimKind::Refund => Self::Refund,
			generated::ClaimKind::Deposit => Self::Deposit,
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

impl From<generated::ContractInfo<AccountId32>> for Contract {
	fn from(info: generated::ContractInfo<AccountId32>) -> Self {
		let total = info.milestones.iter().map(|milestone| milestone.amount);
		Self {
			contract: info.contract.0,
			client: info.client,
			provider: info.provider,
			terms: Hash(info.terms.0 .0),
			// The chain checked that the sum is a balance.
			total: Amount(total.fold(0, u128::saturating_add)),
			deposit: Amount(info.deposit),
			fee_rate: percent(info.fee_rate.0.into()),
			fee_share: Share(info.fee_rate.0),
			review_period: info.review_period,
			funded_since: info.funded_since,
			milestones: (0..).zip(info.milestones).map(Milestone::from).collect(),
		}
	}
}

impl From<(u32, generated::Milestone)> for Milestone {
	fn from((milestone, info): (u32, generated::Milestone)) -> Self {
		use generated::MilestoneState as Generated;
		let state = match info.state {
			Generated::Pending => State::Pending,
			Generated::Submitted { at, evidence } => {
				State::Submitted { submitted_at: at, evidence: Hash(evidence.0 .0) }
			},
			Generated::Released { fee, on_time } => State::Released { fee: Amount(fee), on_time },
			Generated::Refunded { missed } => State::Refunded { missed },
		};
		Self { milestone, amount: Amount(info.amount), due: info.due, state }
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

/// Reads what is held for the storage of a contract with so many milestones, now.
pub async fn deposit_for(block: &Block, milestones: usize) -> Result<Amount, Error> {
	let count = u32::try_from(milestones).unwrap_or(u32::MAX);
	Ok(Amount(block.view(runtime::view_functions().escrow().deposit_for(count)).await?))
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

/// Opens a contract, of which each milestone has an amount and a due active block.
pub fn open(
	provider: AccountId32,
	terms: Hash,
	milestones: &[(Amount, u32)],
	review_period: u32,
) -> impl Call {
	let milestones = milestones
		.iter()
		.map(|(amount, due)| generated::MilestoneTerms { amount: amount.0, due: *due })
		.collect();
	let terms = TermsHash(terms.0.into());
	runtime::transactions().escrow().open(provider, terms, milestones, review_period)
}

/// Holds a contract's money, if it is `expected`.
pub fn fund(contract: u64, expected: Amount) -> impl Call {
	runtime::transactions().escrow().fund(ContractId(contract), expected.0)
}

/// Closes a contract that is not funded.
pub fn cancel(contract: u64) -> impl Call {
	runtime::transactions().escrow().cancel(ContractId(contract))
}

/// Says that a milestone's work is done.
pub fn submit(contract: u64, milestone: u32, evidence: Hash) -> impl Call {
	let evidence = EvidenceHash(evidence.0.into());
	runtime::transactions().escrow().submit(ContractId(contract), index(milestone), evidence)
}

/// Pays a milestone to the provider.
pub fn release(contract: u64, milestone: u32) -> impl Call {
	runtime::transactions().escrow().release(ContractId(contract), index(milestone))
}

/// Pays a submitted milestone after the client's silence.
pub fn settle(contract: u64, milestone: u32) -> impl Call {
	runtime::transactions().escrow().settle(ContractId(contract), index(milestone))
}

/// Returns a milestone's money to the client.
pub fn refund(contract: u64, milestone: u32) -> impl Call {
	runtime::transactions().escrow().refund(ContractId(contract), index(milestone))
}

/// Pays a claim.
pub fn collect(contract: u64, kind: ClaimKind) -> impl Call {
	runtime::transactions().escrow().collect(ContractId(contract), kind.into())
}

fn index(milestone: u32) -> generated::MilestoneIndex {
	generated::MilestoneIndex(milestone)
}
