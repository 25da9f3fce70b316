//! A round of a case: who staked for it, who judges, and what came of it.

use super::{generated, wire, Sides};
use crate::{
	amount::Amount, ballot::Choice, decimal::Share, digest::Hash, quantity::Percent,
	quantity::Tenths,
};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// What a jury came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
	/// This share is the client's.
	ClientShare(Share),
	/// It cannot decide.
	Refused,
}

impl fmt::Display for Outcome {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::ClientShare(share) => f.pad(&format!("{} for the client", Percent(*share))),
			Self::Refused => f.pad("the jury refuses to decide"),
		}
	}
}

/// What was staked for one side of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stake {
	/// Who paid it, and gets it back.
	pub payer: AccountId32,
	/// How much.
	pub amount: Amount,
	/// What is held for the round's storage.
	#[serde(skip_serializing_if = "Amount::is_zero")]
	pub deposit: Amount,
}

/// What a juror has done with its seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Ballot {
	/// Nothing yet.
	Awaited,
	/// It committed to a vote.
	Committed {
		/// The hash of the vote.
		commitment: Hash,
	},
	/// It showed its vote.
	Revealed {
		/// What it says.
		choice: Choice,
	},
	/// Its vote became known too early, and is void.
	Denounced {
		/// What who showed it got.
		reward: Amount,
	},
}

impl fmt::Display for Ballot {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Awaited => f.pad("not committed"),
			Self::Committed { .. } => f.pad("committed"),
			Self::Revealed { choice } => f.pad(&format!("revealed: {choice}")),
			Self::Denounced { .. } => f.pad("denounced, and void"),
		}
	}
}

/// A member of a jury.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
	/// Who.
	pub juror: AccountId32,
	/// How many seats it has.
	pub seats: u32,
	/// What it has done.
	#[serde(flatten)]
	pub ballot: Ballot,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Round {
	/// Which one, from zero.
	pub round: u8,
	/// How many seats its jury is to have.
	pub seats: u32,
	/// What was staked for each side.
	pub stakes: Sides<Option<Stake>>,
	/// Who judges; nobody until it is drawn.
	pub jury: Vec<Member>,
	/// What the jury came to, if it did.
	pub outcome: Option<Outcome>,
}

impl Round {
	/// What `account` does here, if it is a member of the jury.
	pub fn member(&self, account: &AccountId32) -> Option<&Member> {
		self.jury.iter().find(|member| member.juror == *account)
	}

	/// Whether every member has committed.
	pub fn has_committed(&self) -> bool {
		self.jury.iter().all(|member| member.ballot != Ballot::Awaited)
	}
}

impl From<generated::outcome::Outcome> for Outcome {
	fn from(outcome: generated::outcome::Outcome) -> Self {
		match outcome {
			generated::outcome::Outcome::ClientShare(share) => Self::ClientShare(Share(share.0)),
			generated::outcome::Outcome::Refused => Self::Refused,
		}
	}
}

impl From<wire::Choice> for Choice {
	fn from(choice: wire::Choice) -> Self {
		match choice {
			wire::Choice::ClientShare(tenths) => Self::ClientTenths(tenths.into()),
			wire::Choice::Refuse => Self::Refuse,
		}
	}
}

impl From<Choice> for wire::Choice {
	fn from(choice: Choice) -> Self {
		match choice {
			Choice::ClientTenths(tenths) => Self::ClientShare(tenths.into()),
			Choice::Refuse => Self::Refuse,
		}
	}
}

impl From<wire::Tenths> for Tenths {
	fn from(tenths: wire::Tenths) -> Self {
		// The chain has no more than ten.
		Self::new(tenths.0).unwrap_or(Self::ALL)
	}
}

impl From<Tenths> for wire::Tenths {
	fn from(tenths: Tenths) -> Self {
		Self(tenths.get())
	}
}

impl From<generated::round::Ballot> for Ballot {
	fn from(ballot: generated::round::Ballot) -> Self {
		match ballot {
			generated::round::Ballot::Awaited => Self::Awaited,
			generated::round::Ballot::Committed(commitment) => {
				Self::Committed { commitment: Hash(commitment.0) }
			},
			generated::round::Ballot::Revealed(choice) => Self::Revealed { choice: choice.into() },
			generated::round::Ballot::Denounced { reward } => {
				Self::Denounced { reward: Amount(reward) }
			},
		}
	}
}

impl From<generated::round::Stake<AccountId32>> for Stake {
	fn from(stake: generated::round::Stake<AccountId32>) -> Self {
		Self { payer: stake.payer, amount: Amount(stake.amount), deposit: Amount(stake.deposit) }
	}
}

impl From<generated::info::RoundInfo<AccountId32>> for Round {
	fn from(info: generated::info::RoundInfo<AccountId32>) -> Self {
		let jury = info.jury.into_iter().map(|member| Member {
			juror: member.juror,
			seats: member.seats,
			ballot: member.ballot.into(),
		});
		Self {
			round: info.round.0,
			seats: info.seats,
			stakes: Sides {
				client: info.stakes.client.map(Stake::from),
				provider: info.stakes.provider.map(Stake::from),
			},
			jury: jury.collect(),
			outcome: info.outcome.map(Outcome::from),
		}
	}
}
