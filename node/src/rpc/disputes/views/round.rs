//! Rounds: who staked, who judges, and what came of it.

use crate::rpc::{
	accounts::Accounts,
	format::{Plancks, Share},
	sides::Sides,
};
use aitbc_runtime::AccountId;
use pallet_disputes::types as chain;
use serde::Serialize;
use sp_core::H256;

/// An instance of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Round {
	round: u8,
	seats: u32,
	/// Null for a side for which nobody staked.
	stakes: Sides<Option<Stake>>,
	jury: Vec<JuryMember>,
	/// Null as long as the jury votes, and if it said nothing.
	outcome: Option<Outcome>,
}

/// What was staked for a side.
#[derive(Clone, Debug, Serialize)]
struct Stake {
	payer: String,
	amount: Plancks,
	deposit: Plancks,
}

/// A member of a jury.
#[derive(Clone, Debug, Serialize)]
struct JuryMember {
	juror: String,
	seats: u32,
	ballot: Ballot,
}

/// What a juror has done with its seats; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Ballot {
	/// Nothing yet.
	Awaited,
	/// It committed to a vote.
	Committed { commitment: H256 },
	/// It showed its vote.
	Revealed { choice: Choice },
	/// Its vote became known too early, and is void.
	Denounced { reward: Plancks },
}

/// What a juror says; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Choice {
	/// This share is the client's.
	ClientShare { share: Share },
	/// The case can't be decided.
	Refuse,
}

/// What a round came to; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Outcome {
	/// This share is the client's.
	ClientShare { share: Share },
	/// The jury can't decide.
	Refused,
}

impl Round {
	/// Shows `info`, its accounts as `accounts` writes them.
	pub fn new(info: chain::RoundInfo<AccountId>, accounts: &Accounts) -> Self {
		let chain::RoundInfo { round, seats, stakes, jury, outcome } = info;
		let stake = |stake: Option<_>| stake.map(|stake| Stake::new(stake, accounts));
		let member = |member| JuryMember::new(member, accounts);
		Self {
			round: round.0,
			seats,
			stakes: Sides::show(stakes, stake),
			jury: jury.into_iter().map(member).collect(),
			outcome: outcome.map(Into::into),
		}
	}
}

impl Stake {
	fn new(stake: chain::Stake<AccountId>, accounts: &Accounts) -> Self {
		let chain::Stake { payer, amount, deposit } = stake;
		Self { payer: accounts.show(&payer), amount: Plancks(amount), deposit: Plancks(deposit) }
	}
}

impl JuryMember {
	fn new(member: chain::JuryMember<AccountId>, accounts: &Accounts) -> Self {
		let chain::JuryMember { juror, seats, ballot } = member;
		Self { juror: accounts.show(&juror), seats, ballot: ballot.into() }
	}
}

impl From<chain::Ballot> for Ballot {
	fn from(ballot: chain::Ballot) -> Self {
		match ballot {
			chain::Ballot::Awaited => Self::Awaited,
			chain::Ballot::Committed(commitment) => Self::Committed { commitment },
			chain::Ballot::Revealed(choice) => Self::Revealed { choice: choice.into() },
			chain::Ballot::Denounced { reward } => Self::Denounced { reward: Plancks(reward) },
		}
	}
}

impl From<aitbc_core::Choice> for Choice {
	fn from(choice: aitbc_core::Choice) -> Self {
		match choice {
			aitbc_core::Choice::ClientShare(share) => {
				Self::ClientShare { share: Share(share.into()) }
			},
			aitbc_core::Choice::Refuse => Self::Refuse,
		}
	}
}

impl From<chain::Outcome> for Outcome {
	fn from(outcome: chain::Outcome) -> Self {
		match outcome {
			chain::Outcome::ClientShare(share) => Self::ClientShare { share: Share(share) },
			chain::Outcome::Refused => Self::Refused,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::Tenths;
	use serde_json::{json, to_value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};
	use sp_runtime::Perbill;

	#[test]
	fn rounds_should_keep_their_golden_form() {
		let stake = chain::Stake { payer: Alice.to_account_id(), amount: 70, deposit: 2 };
		let juror = Bob.to_account_id();
		let info = chain::RoundInfo {
			round: aitbc_core::Round(1),
			seats: 7,
			stakes: aitbc_core::Sides { client: None, provider: Some(stake) },
			jury: vec![chain::JuryMember { juror, seats: 2, ballot: chain::Ballot::Awaited }],
			outcome: None,
		};

		assert_eq!(
			to_value(Round::new(info, &Accounts::with_prefix(42))).expect("a round is JSON"),
			json!({
				"round": 1,
				"seats": 7,
				"stakes": {
					"client": null,
					"provider": {
						"payer": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
						"amount": "70",
						"deposit": "2",
					},
				},
				"jury": [{
					"juror": "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
					"seats": 2,
					"ballot": { "type": "awaited" },
				}],
				"outcome": null,
			})
		);
	}

	#[test]
	fn ballots_should_keep_their_golden_form() {
		use chain::Ballot::*;
		let share = Tenths::new(9).expect("it is no more than all");
		for (ballot, json) in [
			(Awaited, json!({ "type": "awaited" })),
			(
				Committed(H256::repeat_byte(1)),
				json!({ "type": "committed", "commitment": format!("0x{}", "01".repeat(32)) }),
			),
			(
				Revealed(aitbc_core::Choice::ClientShare(share)),
				json!({
					"type": "revealed",
					"choice": { "type": "clientShare", "share": "0.900000000" },
				}),
			),
			(
				Revealed(aitbc_core::Choice::Refuse),
				json!({ "type": "revealed", "choice": { "type": "refuse" } }),
			),
			(Denounced { reward: 25 }, json!({ "type": "denounced", "reward": "25" })),
		] {
			assert_eq!(to_value(Ballot::from(ballot)).expect("a ballot is JSON"), json);
		}
	}

	#[test]
	fn outcomes_should_keep_their_golden_form() {
		use chain::Outcome::*;
		for (outcome, json) in [
			(
				ClientShare(Perbill::from_percent(85)),
				json!({ "type": "clientShare", "share": "0.850000000" }),
			),
			(Refused, json!({ "type": "refused" })),
		] {
			assert_eq!(to_value(Outcome::from(outcome)).expect("an outcome is JSON"), json);
		}
	}
}
