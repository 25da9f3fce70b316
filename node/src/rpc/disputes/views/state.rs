//! How far cases have come, and why they were ruled as they were.

use super::round::Outcome;
use crate::rpc::{format::Share, sides::party_name};
use aitbc_runtime::BlockNumber;
use pallet_disputes::types as chain;
use serde::Serialize;

/// How far a case has come; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "type")]
pub enum State {
	/// The parties may still agree, and the respondent may file its claim.
	Settling { until: BlockNumber, offer: Option<SettlementOffer> },
	/// A jury was asked for.
	Drawing { round: u8, redrawn: bool, evidence_until: BlockNumber },
	/// A jury sits.
	Voting {
		round: u8,
		redrawn: bool,
		evidence_until: BlockNumber,
		commit_until: BlockNumber,
		reveal_until: BlockNumber,
	},
	/// A jury that is not the last came to an outcome, and a side may appeal.
	Appealable {
		round: u8,
		outcome: Outcome,
		loser: Option<&'static str>,
		appeal_until: BlockNumber,
		until: BlockNumber,
		appellant: Option<&'static str>,
	},
	/// The last round is over, and governance may rule in the jury's place.
	Overseen { round: u8, outcome: Option<Outcome>, until: BlockNumber },
	/// It is decided, and its rounds are being paid.
	Ruled {
		client_share: Share,
		cause: RulingCause,
		loser: Option<&'static str>,
		measure: Option<Outcome>,
		next: u8,
		last: Option<u8>,
	},
}

/// What a party would settle for.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SettlementOffer {
	by: &'static str,
	client_share: Share,
}

/// Why a case was ruled as it was; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum RulingCause {
	/// The chain itself knew.
	Fact { fact: Fact },
	/// The parties agreed.
	Settlement,
	/// One side did not defend itself, or did not stake for a further round.
	Silence { of: &'static str },
	/// Nobody decided.
	Undecided,
	/// A jury's outcome stands.
	Jury,
	/// Governance ruled.
	Governance,
}

/// What the chain itself knows about a case; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Fact {
	/// The provider submitted a hash of zeros.
	NothingShown,
	/// What the provider submitted is a receipt for other work.
	ForeignReceipt,
}

impl From<chain::CaseState> for State {
	fn from(state: chain::CaseState) -> Self {
		match state {
			chain::CaseState::Settling { until, offer } => {
				Self::Settling { until, offer: offer.map(Into::into) }
			},
			chain::CaseState::Drawing { round, redrawn, evidence_until } => {
				Self::Drawing { round: round.0, redrawn, evidence_until }
			},
			chain::CaseState::Voting {
				round,
				redrawn,
				evidence_until,
				commit_until,
				reveal_until,
			} => {
				Self::Voting { round: round.0, redrawn, evidence_until, commit_until, reveal_until }
			},
			chain::CaseState::Appealable {
				round,
				outcome,
				loser,
				appeal_until,
				until,
				appellant,
			} => Self::Appealable {
				round: round.0,
				outcome: outcome.into(),
				loser: loser.map(party_name),
				appeal_until,
				until,
				appellant: appellant.map(party_name),
			},
			chain::CaseState::Overseen { round, outcome, until } => {
				Self::Overseen { round: round.0, outcome: outcome.map(Into::into), until }
			},
			chain::CaseState::Ruled { client_share, cause, loser, measure, next, last } => {
				Self::Ruled {
					client_share: Share(client_share),
					cause: cause.into(),
					loser: loser.map(party_name),
					measure: measure.map(Into::into),
					next: next.0,
					last: last.map(|round| round.0),
				}
			},
		}
	}
}

impl From<chain::SettlementOffer> for SettlementOffer {
	fn from(offer: chain::SettlementOffer) -> Self {
		let chain::SettlementOffer { by, client_share } = offer;
		Self { by: party_name(by), client_share: Share(client_share) }
	}
}

impl From<chain::RulingCause> for RulingCause {
	fn from(cause: chain::RulingCause) -> Self {
		match cause {
			chain::RulingCause::Fact(fact) => Self::Fact { fact: fact.into() },
			chain::RulingCause::Settlement => Self::Settlement,
			chain::RulingCause::Silence { of } => Self::Silence { of: party_name(of) },
			chain::RulingCause::Undecided => Self::Undecided,
			chain::RulingCause::Jury => Self::Jury,
			chain::RulingCause::Governance => Self::Governance,
		}
	}
}

impl From<aitbc_core::Fact> for Fact {
	fn from(fact: aitbc_core::Fact) -> Self {
		match fact {
			aitbc_core::Fact::NothingShown => Self::NothingShown,
			aitbc_core::Fact::ForeignReceipt => Self::ForeignReceipt,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::{Party, Round};
	use serde_json::{json, to_value, Value};
	use sp_runtime::Perbill;

	fn json_of(state: chain::CaseState) -> Value {
		to_value(State::from(state)).expect("a state is JSON")
	}

	fn ruled(cause: chain::RulingCause) -> chain::CaseState {
		chain::CaseState::Ruled {
			client_share: Perbill::from_percent(65),
			cause,
			loser: Some(Party::Provider),
			measure: Some(chain::Outcome::Refused),
			next: Round(1),
			last: Some(Round(2)),
		}
	}

	#[test]
	fn settling_should_keep_its_golden_form() {
		let client_share = Perbill::from_percent(30);
		let offer = Some(chain::SettlementOffer { by: Party::Client, client_share });
		let offer_json = json!({ "by": "client", "clientShare": "0.300000000" });
		for (offer, json) in [(None, Value::Null), (offer, offer_json)] {
			assert_eq!(
				json_of(chain::CaseState::Settling { until: 31, offer }),
				json!({ "type": "settling", "until": 31, "offer": json })
			);
		}
	}

	#[test]
	fn drawing_should_keep_its_golden_form() {
		let state =
			chain::CaseState::Drawing { round: Round(1), redrawn: true, evidence_until: 40 };

		assert_eq!(
			json_of(state),
			json!({ "type": "drawing", "round": 1, "redrawn": true, "evidenceUntil": 40 })
		);
	}

	#[test]
	fn voting_should_keep_its_golden_form() {
		let state = chain::CaseState::Voting {
			round: Round(0),
			redrawn: false,
			evidence_until: 40,
			commit_until: 50,
			reveal_until: 60,
		};

		assert_eq!(
			json_of(state),
			json!({
				"type": "voting",
				"round": 0,
				"redrawn": false,
				"evidenceUntil": 40,
				"commitUntil": 50,
				"revealUntil": 60,
			})
		);
	}

	#[test]
	fn appealable_should_keep_its_golden_form() {
		for (loser, appellant) in [(None, None), (Some("client"), Some("provider"))] {
			let state = chain::CaseState::Appealable {
				round: Round(0),
				outcome: chain::Outcome::ClientShare(Perbill::from_percent(90)),
				loser: loser.map(|_| Party::Client),
				appeal_until: 70,
				until: 80,
				appellant: appellant.map(|_| Party::Provider),
			};
			assert_eq!(
				json_of(state),
				json!({
					"type": "appealable",
					"round": 0,
					"outcome": { "type": "clientShare", "share": "0.900000000" },
					"loser": loser,
					"appealUntil": 70,
					"until": 80,
					"appellant": appellant,
				})
			);
		}
	}

	#[test]
	fn overseen_should_keep_its_golden_form() {
		for (outcome, json) in
			[(None, Value::Null), (Some(chain::Outcome::Refused), json!({ "type": "refused" }))]
		{
			assert_eq!(
				json_of(chain::CaseState::Overseen { round: Round(3), outcome, until: 90 }),
				json!({ "type": "overseen", "round": 3, "outcome": json, "until": 90 })
			);
		}
	}

	#[test]
	fn ruled_should_keep_its_golden_form() {
		assert_eq!(
			json_of(ruled(chain::RulingCause::Jury)),
			json!({
				"type": "ruled",
				"clientShare": "0.650000000",
				"cause": { "type": "jury" },
				"loser": "provider",
				"measure": { "type": "refused" },
				"next": 1,
				"last": 2,
			})
		);
	}

	#[test]
	fn ruled_should_have_null_where_there_was_no_court() {
		let state = chain::CaseState::Ruled {
			client_share: Perbill::one(),
			cause: chain::RulingCause::Undecided,
			loser: None,
			measure: None,
			next: Round(0),
			last: None,
		};

		let json = json_of(state);

		for member in ["loser", "measure", "last"] {
			assert_eq!(json[member], Value::Null, "{member}");
		}
	}

	#[test]
	fn causes_should_keep_their_golden_form() {
		use chain::RulingCause::*;
		for (cause, json) in [
			(
				Fact(aitbc_core::Fact::NothingShown),
				json!({ "type": "fact", "fact": { "type": "nothingShown" } }),
			),
			(Settlement, json!({ "type": "settlement" })),
			(Silence { of: Party::Provider }, json!({ "type": "silence", "of": "provider" })),
			(Undecided, json!({ "type": "undecided" })),
			(Jury, json!({ "type": "jury" })),
			(Governance, json!({ "type": "governance" })),
		] {
			assert_eq!(json_of(ruled(cause))["cause"], json);
		}
	}

	#[test]
	fn facts_should_keep_their_golden_form() {
		use aitbc_core::Fact::*;
		for (fact, json) in [
			(NothingShown, json!({ "type": "nothingShown" })),
			(ForeignReceipt, json!({ "type": "foreignReceipt" })),
		] {
			assert_eq!(to_value(Fact::from(fact)).expect("a fact is JSON"), json);
		}
	}
}
