//! What contracts pay for, and how far it has come.

use crate::rpc::{
	accounts::Accounts,
	escrow::terms::MeterTerms,
	format::{Plancks, Quantity},
	sides::party_name,
};
use aitbc_core::{CaseId, EvidenceHash};
use aitbc_runtime::{AccountId, BlockNumber};
use pallet_escrow::types as chain;
use serde::Serialize;

/// What is paid for; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Payment {
	/// Parts of the work.
	Milestones { milestones: Vec<Milestone> },
	/// Time.
	Stream(Stream),
	/// Units that the client has signed for.
	Metered(Box<Meter>),
}

/// A part of the work.
#[derive(Clone, Debug, Serialize)]
pub struct Milestone {
	amount: Plancks,
	due: BlockNumber,
	state: MilestoneState,
}

/// How far a milestone has come; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "type")]
enum MilestoneState {
	/// Nothing was submitted yet.
	Pending { offer: Option<SplitOffer> },
	/// The provider says that the work is done.
	Submitted {
		at: BlockNumber,
		evidence: EvidenceHash,
		approvals: Vec<String>,
		offer: Option<SplitOffer>,
	},
	/// Only a ruling moves the money.
	Disputed { at: BlockNumber, evidence: EvidenceHash, dispute: Dispute },
	/// The provider was paid, or has a claim.
	Released { fee: Plancks, on_time: bool },
	/// The client got the amount back, or has a claim.
	Refunded { missed: bool },
	/// A ruling divided the amount.
	Ruled { released: Plancks, fee: Plancks },
	/// The parties agreed how to divide the amount.
	Split { released: Plancks, fee: Plancks, on_time: bool },
}

/// What a party would settle a milestone for.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SplitOffer {
	by: &'static str,
	provider_share: Plancks,
}

/// That money waits for a ruling.
#[derive(Clone, Copy, Debug, Serialize)]
struct Dispute {
	case: CaseId,
	since: BlockNumber,
}

/// A stream.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stream {
	rate: Plancks,
	until: BlockNumber,
	held: Plancks,
	earned: Plancks,
	paid: Plancks,
	fee: Plancks,
	settled_at: Option<BlockNumber>,
	runs_out_at: Option<BlockNumber>,
	paused_since: Option<BlockNumber>,
	dispute: Option<Dispute>,
}

/// A meter.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meter {
	terms: MeterTerms,
	held: Plancks,
	billed: Quantity,
	paid: Plancks,
	fee: Plancks,
	sequence: Quantity,
	phase: MeterPhase,
	vouchers_until: Option<BlockNumber>,
}

/// What a meter's clock runs towards; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum MeterPhase {
	/// The end of its time.
	Running,
	/// The end of the notice that the client gave.
	Stopping { since: BlockNumber },
	/// A ruling on what is held.
	Disputed { dispute: Dispute },
}

impl Payment {
	/// Shows `payment`, which `approvers` may approve, its accounts as `accounts` writes them.
	pub fn new(
		payment: chain::PaymentInfo<AccountId>,
		approvers: &[AccountId],
		accounts: &Accounts,
	) -> Self {
		match payment {
			chain::PaymentInfo::Milestones(milestones) => {
				let view = |milestone| Milestone::new(milestone, approvers, accounts);
				Self::Milestones { milestones: milestones.into_iter().map(view).collect() }
			},
			chain::PaymentInfo::Stream(stream) => Self::Stream(stream.into()),
			chain::PaymentInfo::Metered(meter) => {
				Self::Metered(Box::new(Meter::new(meter, accounts)))
			},
		}
	}
}

impl Milestone {
	fn new(milestone: chain::Milestone, approvers: &[AccountId], accounts: &Accounts) -> Self {
		let chain::Milestone { amount, due, state } = milestone;
		Self {
			amount: Plancks(amount),
			due,
			state: MilestoneState::new(state, approvers, accounts),
		}
	}
}

impl MilestoneState {
	fn new(state: chain::MilestoneState, approvers: &[AccountId], accounts: &Accounts) -> Self {
		match state {
			chain::MilestoneState::Pending { offer } => {
				Self::Pending { offer: offer.map(Into::into) }
			},
			chain::MilestoneState::Submitted { at, evidence, approvals, offer } => {
				let approving = (0..).zip(approvers).filter(|(place, _)| approvals.has(*place));
				let approvals = approving.map(|(_, account)| accounts.show(account)).collect();
				Self::Submitted { at, evidence, approvals, offer: offer.map(Into::into) }
			},
			chain::MilestoneState::Disputed { at, evidence, dispute } => {
				Self::Disputed { at, evidence, dispute: dispute.into() }
			},
			chain::MilestoneState::Released { fee, on_time } => {
				Self::Released { fee: Plancks(fee), on_time }
			},
			chain::MilestoneState::Refunded { missed } => Self::Refunded { missed },
			chain::MilestoneState::Ruled { released, fee } => {
				Self::Ruled { released: Plancks(released), fee: Plancks(fee) }
			},
			chain::MilestoneState::Split { released, fee, on_time } => {
				Self::Split { released: Plancks(released), fee: Plancks(fee), on_time }
			},
		}
	}
}

impl From<chain::SplitOffer> for SplitOffer {
	fn from(offer: chain::SplitOffer) -> Self {
		let chain::SplitOffer { by, provider_share } = offer;
		Self { by: party_name(by), provider_share: Plancks(provider_share) }
	}
}

impl From<chain::Dispute> for Dispute {
	fn from(dispute: chain::Dispute) -> Self {
		let chain::Dispute { case, since } = dispute;
		Self { case, since }
	}
}

impl From<chain::StreamInfo> for Stream {
	fn from(stream: chain::StreamInfo) -> Self {
		Self {
			rate: Plancks(stream.rate),
			until: stream.until,
			held: Plancks(stream.held),
			earned: Plancks(stream.earned),
			paid: Plancks(stream.paid),
			fee: Plancks(stream.fee),
			settled_at: stream.settled_at,
			runs_out_at: stream.runs_out_at,
			paused_since: stream.paused_since,
			dispute: stream.dispute.map(Into::into),
		}
	}
}

impl Meter {
	fn new(meter: chain::MeterInfo<AccountId>, accounts: &Accounts) -> Self {
		Self {
			terms: MeterTerms::new(meter.terms, accounts),
			held: Plancks(meter.held),
			billed: Quantity(meter.billed),
			paid: Plancks(meter.paid),
			fee: Plancks(meter.fee),
			sequence: Quantity(meter.sequence),
			phase: meter.phase.into(),
			vouchers_until: meter.vouchers_until,
		}
	}
}

impl From<chain::MeterPhase> for MeterPhase {
	fn from(phase: chain::MeterPhase) -> Self {
		match phase {
			chain::MeterPhase::Running => Self::Running,
			chain::MeterPhase::Stopping { since } => Self::Stopping { since },
			chain::MeterPhase::Disputed(dispute) => Self::Disputed { dispute: dispute.into() },
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::Hash;
	use chain::{Approvals, Party, PaymentInfo};
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

	fn json_of(payment: PaymentInfo<AccountId>) -> Value {
		let approvers = [Alice.to_account_id(), Bob.to_account_id()];
		let view = Payment::new(payment, &approvers, &Accounts::with_prefix(42));
		to_value(view).expect("a payment is JSON")
	}

	fn dispute() -> chain::Dispute {
		chain::Dispute { case: CaseId(4), since: 15 }
	}

	fn dispute_json() -> Value {
		json!({ "case": 4, "since": 15 })
	}

	/// Every state that a milestone can be in, and what it looks like.
	fn states() -> Vec<(chain::MilestoneState, Value)> {
		use chain::MilestoneState::*;
		let evidence = EvidenceHash(Hash::repeat_byte(2));
		let evidence_json = format!("0x{}", "02".repeat(32));
		let offer = Some(chain::SplitOffer { by: Party::Provider, provider_share: 60 });
		let offer_json = json!({ "by": "provider", "providerShare": "60" });
		vec![
			(Pending { offer: None }, json!({ "type": "pending", "offer": null })),
			(Pending { offer }, json!({ "type": "pending", "offer": offer_json })),
			(
				Submitted { at: 12, evidence, approvals: Approvals(0b11), offer },
				json!({
					"type": "submitted",
					"at": 12,
					"evidence": evidence_json,
					"approvals": [ALICE, BOB],
					"offer": offer_json,
				}),
			),
			(
				Submitted { at: 12, evidence, approvals: Approvals(0), offer: None },
				json!({
					"type": "submitted",
					"at": 12,
					"evidence": evidence_json,
					"approvals": [],
					"offer": null,
				}),
			),
			(
				Disputed { at: 12, evidence, dispute: dispute() },
				json!({
					"type": "disputed",
					"at": 12,
					"evidence": evidence_json,
					"dispute": dispute_json(),
				}),
			),
			(
				Released { fee: 3, on_time: true },
				json!({ "type": "released", "fee": "3", "onTime": true }),
			),
			(Refunded { missed: false }, json!({ "type": "refunded", "missed": false })),
			(
				Ruled { released: 50, fee: 2 },
				json!({ "type": "ruled", "released": "50", "fee": "2" }),
			),
			(
				Split { released: 60, fee: 2, on_time: true },
				json!({ "type": "split", "released": "60", "fee": "2", "onTime": true }),
			),
		]
	}

	#[test]
	fn milestones_should_keep_their_golden_form() {
		for (state, json) in states() {
			let milestone = chain::Milestone { amount: 100, due: 40, state };
			assert_eq!(
				json_of(PaymentInfo::Milestones(vec![milestone])),
				json!({
					"type": "milestones",
					"milestones": [{ "amount": "100", "due": 40, "state": json }],
				})
			);
		}
	}

	#[test]
	fn streams_should_keep_their_golden_form() {
		let stream = chain::StreamInfo {
			rate: 1,
			until: 50,
			held: 20,
			earned: 3,
			paid: 10,
			fee: 2,
			settled_at: Some(30),
			runs_out_at: Some(40),
			paused_since: None,
			dispute: Some(dispute()),
		};

		assert_eq!(
			json_of(PaymentInfo::Stream(stream)),
			json!({
				"type": "stream",
				"rate": "1",
				"until": 50,
				"held": "20",
				"earned": "3",
				"paid": "10",
				"fee": "2",
				"settledAt": 30,
				"runsOutAt": 40,
				"pausedSince": null,
				"dispute": dispute_json(),
			})
		);
	}

	#[test]
	fn meters_should_keep_their_golden_form() {
		for (phase, json) in [
			(chain::MeterPhase::Running, json!({ "type": "running" })),
			(chain::MeterPhase::Stopping { since: 8 }, json!({ "type": "stopping", "since": 8 })),
			(
				chain::MeterPhase::Disputed(dispute()),
				json!({ "type": "disputed", "dispute": dispute_json() }),
			),
		] {
			let signer = Alice.to_account_id();
			let terms = aitbc_core::MeterTerms { unit_price: 5, units: 100, until: 60, signer };
			let meter = chain::MeterInfo {
				terms,
				held: 450,
				billed: 10,
				paid: 50,
				fee: 2,
				sequence: 3,
				phase,
				vouchers_until: Some(80),
			};
			assert_eq!(
				json_of(PaymentInfo::Metered(meter)),
				json!({
					"type": "metered",
					"terms": { "unitPrice": "5", "units": "100", "until": 60, "signer": ALICE },
					"held": "450",
					"billed": "10",
					"paid": "50",
					"fee": "2",
					"sequence": "3",
					"phase": json,
					"vouchersUntil": 80,
				})
			);
		}
	}
}
