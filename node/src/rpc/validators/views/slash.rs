//! Offences, and what became of their slashes.

use crate::rpc::{
	accounts::{Accounts, Address},
	format::{ascii, Bytes, Plancks, Share},
};
use aitbc_runtime::AccountId;
use codec::{Decode, Encode};
use pallet_validator_performance::types as chain;
use serde::Serialize;

/// An offence of a validator, and what became of the slash.
#[derive(Clone, Debug, Serialize)]
pub struct Slash {
	offence: Offence,
	era: u32,
	fraction: Share,
	amount: Amount,
	/// Null for what the chain itself saw.
	reporter: Option<Address>,
	state: State,
}

/// What a validator did; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Offence {
	/// Two blocks in one slot.
	BabeEquivocation,
	/// Two votes in one round.
	GrandpaEquivocation,
	/// No block in an era in which too many others made none either.
	Silence,
	/// Another kind, by its identifier.
	Other { kind: Bytes },
	/// Whoever reported it did not say.
	Unknown,
}

/// What a slash takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Amount {
	own: Plancks,
	nominators: Plancks,
}

/// How far a slash has come; `type` says which of these it is. Times are eras.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum State {
	/// It takes nothing.
	NotTaken,
	/// It waits.
	Deferred { until: u32 },
	/// It was applied, and the validator had that bonded before and after.
	Applied { at: u32, before: Plancks, after: Plancks },
	/// It was cancelled.
	Cancelled { until: u32, at: u32, by: CancelledBy },
}

/// Who cancelled a slash; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum CancelledBy {
	/// The chain's highest authority.
	Root,
	/// A track of governance.
	Track { name: String },
	/// Whoever may cancel slashes in staking itself.
	StakingAdmin,
}

impl Slash {
	/// Shows it.
	pub fn new(record: chain::SlashRecord<AccountId>, accounts: &Accounts) -> Self {
		let chain::SlashRecord { offence, era, fraction, amount, reporter, state } = record;
		Self {
			offence: offence.into(),
			era,
			fraction: Share(fraction),
			amount: amount.into(),
			reporter: reporter.map(|account| accounts.address(&account)),
			state: state.into(),
		}
	}
}

impl From<chain::OffenceKind> for Offence {
	fn from(offence: chain::OffenceKind) -> Self {
		match offence {
			chain::OffenceKind::BabeEquivocation => Self::BabeEquivocation,
			chain::OffenceKind::GrandpaEquivocation => Self::GrandpaEquivocation,
			chain::OffenceKind::Silence => Self::Silence,
			chain::OffenceKind::Other(kind) => Self::Other { kind: kind.to_vec().into() },
			chain::OffenceKind::Unknown => Self::Unknown,
		}
	}
}

impl From<chain::SlashAmount> for Amount {
	fn from(amount: chain::SlashAmount) -> Self {
		let chain::SlashAmount { own, nominators } = amount;
		Self { own: Plancks(own), nominators: Plancks(nominators) }
	}
}

impl From<chain::SlashState> for State {
	fn from(state: chain::SlashState) -> Self {
		match state {
			chain::SlashState::NotTaken => Self::NotTaken,
			chain::SlashState::Deferred { until } => Self::Deferred { until },
			chain::SlashState::Applied { at, before, after } => {
				Self::Applied { at, before: Plancks(before), after: Plancks(after) }
			},
			chain::SlashState::Cancelled { until, at, by } => {
				Self::Cancelled { until, at, by: by.into() }
			},
		}
	}
}

impl From<chain::CancelledBy> for CancelledBy {
	fn from(by: chain::CancelledBy) -> Self {
		match by {
			chain::CancelledBy::Root => Self::Root,
			chain::CancelledBy::Track(name) => Self::Track { name: text(&name) },
			chain::CancelledBy::StakingAdmin => Self::StakingAdmin,
		}
	}
}

/// The name of a track as text. The pallet shows nobody its bytes, but encodes it as a list of them.
fn text(name: &chain::TrackName) -> String {
	let bytes = name.using_encoded(|mut encoded| Vec::<u8>::decode(&mut encoded));
	ascii(bytes.expect("a list of bytes that was just encoded can be decoded"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::Bob;
	use sp_runtime::Perbill;

	/// What a silence of era 7 looks like.
	fn record() -> chain::SlashRecord<AccountId> {
		chain::SlashRecord {
			offence: chain::OffenceKind::Silence,
			era: 7,
			fraction: Perbill::from_percent(7),
			amount: chain::SlashAmount { own: 70, nominators: 14 },
			reporter: None,
			state: chain::SlashState::NotTaken,
		}
	}

	fn shown(record: chain::SlashRecord<AccountId>) -> Value {
		to_value(Slash::new(record, &Accounts::with_prefix(42))).expect("a slash is JSON")
	}

	#[test]
	fn slashes_should_keep_their_golden_form() {
		let bob = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
		for (reporter, json) in [(None, Value::Null), (Some(Bob.to_account_id()), json!(bob))] {
			assert_eq!(
				shown(chain::SlashRecord { reporter, ..record() }),
				json!({
					"offence": { "type": "silence" },
					"era": 7,
					"fraction": "0.070000000",
					"amount": { "own": "70", "nominators": "14" },
					"reporter": json,
					"state": { "type": "notTaken" },
				})
			);
		}
	}

	#[test]
	fn offences_should_keep_their_golden_form() {
		use chain::OffenceKind as O;
		let kind =
			json!({ "hex": "0x696d2d6f6e6c696e653a6f66666c696e", "text": "im-online:offlin" });
		for (offence, json) in [
			(O::BabeEquivocation, json!({ "type": "babeEquivocation" })),
			(O::GrandpaEquivocation, json!({ "type": "grandpaEquivocation" })),
			(O::Silence, json!({ "type": "silence" })),
			(O::Other(*b"im-online:offlin"), json!({ "type": "other", "kind": kind })),
			(O::Unknown, json!({ "type": "unknown" })),
		] {
			assert_eq!(shown(chain::SlashRecord { offence, ..record() })["offence"], json);
		}
	}

	#[test]
	fn states_should_keep_their_golden_form() {
		use chain::{CancelledBy as By, SlashState as S};
		let cancelled = |by| S::Cancelled { until: 9, at: 8, by };
		let shown_as = |by: Value| json!({ "type": "cancelled", "until": 9, "at": 8, "by": by });
		for (state, json) in [
			(S::NotTaken, json!({ "type": "notTaken" })),
			(S::Deferred { until: 9 }, json!({ "type": "deferred", "until": 9 })),
			(
				S::Applied { at: 9, before: 1_000, after: 930 },
				json!({ "type": "applied", "at": 9, "before": "1000", "after": "930" }),
			),
			(cancelled(By::Root), shown_as(json!({ "type": "root" }))),
			(
				cancelled(By::Track("slashing".into())),
				shown_as(json!({ "type": "track", "name": "slashing" })),
			),
			(cancelled(By::StakingAdmin), shown_as(json!({ "type": "stakingAdmin" }))),
		] {
			assert_eq!(shown(chain::SlashRecord { state, ..record() })["state"], json);
		}
	}
}
