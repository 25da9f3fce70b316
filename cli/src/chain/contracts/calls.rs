//! What can be done with contracts.

use super::{types, ClaimKind};
use crate::{
	amount::Amount,
	chain::{runtime, Call},
	digest::Hash,
	quantity::Tenths,
};
use subxt::utils::AccountId32;
use types::{
	aitbc_core::{
		ids::{ContractId, EvidenceHash, TermsHash},
		payment as terms,
	},
	sp_runtime::MultiSignature,
};

/// How a contract is to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentTerms {
	/// For parts of the work: an amount and a due active block each.
	Milestones(Vec<(Amount, u32)>),
	/// For time.
	Stream {
		/// What each active block costs.
		rate: Amount,
		/// What funding puts in.
		amount: Amount,
		/// The last active block that is paid for.
		until: u32,
	},
	/// For units that the client signs for.
	Metered {
		/// What a unit costs.
		unit_price: Amount,
		/// The most units that can be billed.
		units: u64,
		/// The last active block for which the client signs.
		until: u32,
		/// Whose signature makes a voucher.
		signer: AccountId32,
	},
}

impl PaymentTerms {
	/// What funding takes.
	pub fn total(&self) -> Amount {
		// What is more than a balance the chain refuses.
		Amount(match self {
			Self::Milestones(milestones) => {
				milestones.iter().fold(0, |sum, (amount, _)| sum.saturating_add(amount.0))
			},
			Self::Stream { amount, .. } => amount.0,
			Self::Metered { unit_price, units, .. } => unit_price.0.saturating_mul((*units).into()),
		})
	}
}

/// Who may release milestones in the client's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approvers {
	/// They.
	pub accounts: Vec<AccountId32>,
	/// How many of them it takes.
	pub threshold: u32,
}

/// What two parties agree on.
#[derive(Clone, Debug)]
pub struct Agreement {
	/// The hash of what was agreed off chain.
	pub terms: Hash,
	/// How the work is paid for.
	pub payment: PaymentTerms,
	/// How long the client may look at submitted work, in active blocks.
	pub review_period: u32,
	/// Who may release milestones beside the client.
	pub approvers: Option<Approvers>,
	/// What the parties have at risk.
	pub bonds: super::Bonds,
}

/// What a client has signed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voucher {
	/// The metered contract.
	pub contract: u64,
	/// All units since the start.
	pub units: u64,
	/// Greater than that of every voucher before.
	pub sequence: u64,
}

impl From<&PaymentTerms> for terms::PaymentTerms<AccountId32> {
	fn from(payment: &PaymentTerms) -> Self {
		match payment {
			PaymentTerms::Milestones(milestones) => {
				let milestones = milestones
					.iter()
					.map(|(amount, due)| terms::MilestoneTerms { amount: amount.0, due: *due });
				Self::Milestones(milestones.collect())
			},
			PaymentTerms::Stream { rate, amount, until } => {
				Self::Stream(terms::StreamTerms { rate: rate.0, amount: amount.0, until: *until })
			},
			PaymentTerms::Metered { unit_price, units, until, signer } => {
				Self::Metered(terms::MeterTerms {
					unit_price: unit_price.0,
					units: *units,
					until: *until,
					signer: *signer,
				})
			},
		}
	}
}

impl From<&Agreement> for terms::Agreement<AccountId32> {
	fn from(agreement: &Agreement) -> Self {
		let approvers = agreement.approvers.as_ref().map(|approvers| terms::Approvers {
			accounts: approvers.accounts.clone(),
			threshold: approvers.threshold,
		});
		Self {
			terms: TermsHash(agreement.terms.0.into()),
			payment: (&agreement.payment).into(),
			review_period: agreement.review_period,
			approvers,
			bonds: agreement.bonds.into(),
		}
	}
}

/// Opens a contract with `provider`.
pub fn open(provider: AccountId32, agreement: &Agreement) -> impl Call {
	runtime::transactions().escrow().open(provider, agreement.into())
}

/// Agrees to a contract, if its bonds and its sum are these.
pub fn accept(contract: u64, bonds: super::Bonds, total: Amount) -> impl Call {
	runtime::transactions().escrow().accept(ContractId(contract), bonds.into(), total.0)
}

/// Holds a contract's money, if it is `expected`.
pub fn fund(contract: u64, expected: Amount) -> impl Call {
	runtime::transactions().escrow().fund(ContractId(contract), expected.0)
}

/// Closes a contract on which nobody works.
pub fn cancel(contract: u64) -> impl Call {
	runtime::transactions().escrow().cancel(ContractId(contract))
}

/// Says that the provider works.
pub fn start(contract: u64) -> impl Call {
	runtime::transactions().escrow().start(ContractId(contract))
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

/// Agrees that a submitted milestone be paid.
pub fn approve(contract: u64, milestone: u32) -> impl Call {
	runtime::transactions().escrow().approve(ContractId(contract), index(milestone))
}

/// Pays a submitted milestone after the client's silence.
pub fn settle(contract: u64, milestone: u32) -> impl Call {
	runtime::transactions().escrow().settle(ContractId(contract), index(milestone))
}

/// Returns a milestone's money to the client.
pub fn refund(contract: u64, milestone: u32) -> impl Call {
	runtime::transactions().escrow().refund(ContractId(contract), index(milestone))
}

/// Pays what a stream has earned.
pub fn settle_stream(contract: u64) -> impl Call {
	runtime::transactions().escrow().settle_stream(ContractId(contract))
}

/// Puts money into a stream, as the client's own.
pub fn top_up(contract: u64, amount: Amount) -> impl Call {
	runtime::transactions().escrow().top_up(ContractId(contract), amount.0)
}

/// Ends a stream or a meter.
pub fn stop(contract: u64) -> impl Call {
	runtime::transactions().escrow().stop(ContractId(contract))
}

/// Bills the units that a signed voucher says.
pub fn redeem(voucher: Voucher, signature: [u8; 64]) -> impl Call {
	let Voucher { contract, units, sequence } = voucher;
	let contract = ContractId(contract);
	let voucher = terms::Voucher { contract: ContractId(contract.0), units, sequence };
	let signature = MultiSignature::Sr25519(signature);
	runtime::transactions().escrow().redeem(contract, voucher, signature)
}

/// Offers to divide a milestone's money.
pub fn offer_split(contract: u64, milestone: u32, provider_share: Amount) -> impl Call {
	let (contract, milestone) = (ContractId(contract), index(milestone));
	runtime::transactions().escrow().offer_split(contract, milestone, provider_share.0)
}

/// Takes that offer back.
pub fn withdraw_split(contract: u64, milestone: u32) -> impl Call {
	runtime::transactions().escrow().withdraw_split(ContractId(contract), index(milestone))
}

/// Accepts the other party's offer, if it is `expected` for the provider.
pub fn accept_split(contract: u64, milestone: u32, expected: Amount) -> impl Call {
	let (contract, milestone) = (ContractId(contract), index(milestone));
	runtime::transactions().escrow().accept_split(contract, milestone, expected.0)
}

/// Asks for a ruling on a milestone, or on what a stream or a meter holds. `claim` is what the sender
/// says is the client's.
pub fn dispute(contract: u64, milestone: Option<u32>, claim: Tenths) -> impl Call {
	let milestone = milestone.map(index);
	runtime::transactions().escrow().dispute(ContractId(contract), milestone, claim.into())
}

/// Pays a claim.
pub fn collect(contract: u64, kind: ClaimKind) -> impl Call {
	runtime::transactions().escrow().collect(ContractId(contract), kind.into())
}

fn index(milestone: u32) -> terms::MilestoneIndex {
	terms::MilestoneIndex(milestone)
}
