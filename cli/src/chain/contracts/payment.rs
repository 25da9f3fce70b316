//! What a contract pays for, and how far that has come.

use super::{generated, types};
use crate::{amount::Amount, digest::Hash};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// A side of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
	/// Who pays
	Client,
	/// Who works and is paid
	Provider,
}

impl Party {
	/// The other side.
	pub fn other(self) -> Self {
		match self {
			Self::Client => Self::Provider,
			Self::Provider => Self::Client,
		}
	}
}

impl fmt::Display for Party {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Client => "client",
			Self::Provider => "provider",
		})
	}
}

/// What a party would settle a milestone for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Split {
	/// Who offers it. Only the other party can accept.
	pub by: Party,
	/// What the provider shall get, the fee included. The rest returns to the client.
	pub provider_share: Amount,
}

/// That money waits for a ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Dispute {
	/// The case whose ruling moves the money.
	pub case: u64,
	/// When, in active blocks.
	pub since: u32,
}

/// How far a milestone has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
	/// Nothing was submitted yet.
	Pending {
		/// What a party would settle it for.
		#[serde(skip_serializing_if = "Option::is_none")]
		split: Option<Split>,
	},
	/// The provider says that the work is done.
	Submitted {
		/// When it said so, in active blocks.
		submitted_at: u32,
		/// What it shows for it.
		evidence: Hash,
		/// Which approvers agree.
		approved_by: Vec<AccountId32>,
		/// What a party would settle it for.
		#[serde(skip_serializing_if = "Option::is_none")]
		split: Option<Split>,
	},
	/// The parties can't agree. Only a ruling moves the money.
	Disputed {
		/// When the work was submitted, in active blocks.
		submitted_at: u32,
		/// What the provider shows for it.
		evidence: Hash,
		/// Who decides.
		dispute: Dispute,
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
		/// Whether the provider had started, and the due block had passed without a submission.
		missed: bool,
	},
	/// A ruling divided the money.
	Ruled {
		/// What went to the provider, the fee included.
		released: Amount,
		/// What the protocol took of it.
		fee: Amount,
	},
	/// The parties agreed how to divide the money.
	Split {
		/// What went to the provider, the fee included.
		released: Amount,
		/// What the protocol took of it.
		fee: Amount,
		/// Whether the work was in, or its due block not yet passed.
		on_time: bool,
	},
}

impl State {
	/// The case that decides, if one does.
	pub fn dispute(&self) -> Option<Dispute> {
		match self {
			Self::Disputed { dispute, .. } => Some(*dispute),
			_ => None,
		}
	}

	/// Whether its money is still to go to one of the parties.
	pub fn is_open(&self) -> bool {
		matches!(self, Self::Pending { .. } | Self::Submitted { .. } | Self::Disputed { .. })
	}

	/// What a party would settle the milestone for.
	pub fn split(&self) -> Option<Split> {
		match self {
			Self::Pending { split } | Self::Submitted { split, .. } => *split,
			_ => None,
		}
	}
}

impl fmt::Display for State {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Pending { .. } => "pending",
			Self::Submitted { .. } => "submitted",
			Self::Disputed { .. } => "disputed",
			Self::Released { .. } => "released",
			Self::Refunded { .. } => "refunded",
			Self::Ruled { .. } => "ruled",
			Self::Split { .. } => "split",
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

/// Time that is paid for.
#[derive(Clone, Debug, Serialize)]
pub struct Stream {
	/// What each active block costs, the fee included.
	pub rate: Amount,
	/// The last active block that is paid for.
	pub until: u32,
	/// What is held, what was earned included; what funding takes, while it is not funded.
	pub held: Amount,
	/// What of it was earned and can be settled now.
	pub earned: Amount,
	/// What was paid, the fee included.
	pub paid: Amount,
	/// What the protocol took of it.
	pub fee: Amount,
	/// The last active block that is paid.
	pub settled_at: Option<u32>,
	/// The active block in which the money runs out, or ran out, if that is before the end.
	pub runs_out_at: Option<u32>,
	/// Where the money ran out, if it did.
	pub paused_since: Option<u32>,
	/// That what is held waits for a ruling.
	pub dispute: Option<Dispute>,
}

/// What a meter's clock runs towards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Phase {
	/// The end of its time.
	Running,
	/// The end of the client's notice.
	Stopping {
		/// When it was given, in active blocks.
		since: u32,
	},
	/// A ruling on what is held.
	Disputed {
		/// Who decides.
		dispute: Dispute,
	},
}

/// Units that are paid for once the client has signed for them.
#[derive(Clone, Debug, Serialize)]
pub struct Meter {
	/// What a unit costs, the fee included.
	pub unit_price: Amount,
	/// The most units that can be billed.
	pub units: u64,
	/// The last active block for which the client signs.
	pub until: u32,
	/// Whose signature makes a voucher.
	pub signer: AccountId32,
	/// What is held; what funding takes, while it is not funded.
	pub held: Amount,
	/// The units that were paid.
	pub billed: u64,
	/// What was paid, the fee included.
	pub paid: Amount,
	/// What the protocol took of it.
	pub fee: Amount,
	/// The sequence of the last voucher that was taken.
	pub sequence: u64,
	/// What its clock runs towards.
	#[serde(flatten)]
	pub phase: Phase,
	/// The last active block at which a voucher is taken.
	pub vouchers_until: Option<u32>,
}

/// What is paid for.
#[derive(Clone, Debug, Serialize)]
pub enum Payment {
	/// Parts of the work.
	#[serde(rename = "milestones")]
	Milestones(Vec<Milestone>),
	/// Time.
	#[serde(rename = "stream")]
	Stream(Stream),
	/// Units.
	#[serde(rename = "meter")]
	Metered(Meter),
}

impl Payment {
	/// What all of it pays: of a stream what was put in by now.
	pub fn total(&self) -> Amount {
		// The chain checked that the sums are balances.
		Amount(match self {
			Self::Milestones(list) => {
				list.iter().fold(0, |sum, one| sum.saturating_add(one.amount.0))
			},
			Self::Stream(stream) => stream.held.0.saturating_add(stream.paid.0),
			Self::Metered(meter) => meter.held.0.saturating_add(meter.paid.0),
		})
	}

	/// What is still to go to one of the parties, once it is funded.
	pub fn outstanding(&self) -> Amount {
		match self {
			Self::Milestones(list) => {
				let open = list.iter().filter(|milestone| milestone.state.is_open());
				Amount(open.fold(0, |sum, one| sum.saturating_add(one.amount.0)))
			},
			Self::Stream(stream) => stream.held,
			Self::Metered(meter) => meter.held,
		}
	}

	/// The cases that decide about some of it.
	pub fn disputes(&self) -> Vec<Dispute> {
		match self {
			Self::Milestones(list) => list.iter().filter_map(|one| one.state.dispute()).collect(),
			Self::Stream(stream) => stream.dispute.into_iter().collect(),
			Self::Metered(Meter { phase: Phase::Disputed { dispute }, .. }) => vec![*dispute],
			Self::Metered(_) => Vec::new(),
		}
	}

	/// What a case about it, or about this milestone of it, would be about, in money.
	pub fn disputable(&self, milestone: Option<u32>) -> Option<Amount> {
		match (self, milestone) {
			(Self::Milestones(list), Some(milestone)) => {
				let milestone = list.iter().find(|one| one.milestone == milestone)?;
				let is_submitted = matches!(milestone.state, State::Submitted { .. });
				is_submitted.then_some(milestone.amount)
			},
			(Self::Stream(stream), None) if stream.dispute.is_none() => Some(stream.held),
			(Self::Metered(meter), None) => meter.vouchers_until.map(|_| meter.held),
			_ => None,
		}
	}

	/// The earliest active block after which something of it is too late.
	pub fn first_end(&self) -> Option<u32> {
		match self {
			Self::Milestones(list) => list.iter().map(|milestone| milestone.due).min(),
			Self::Stream(stream) => Some(stream.until),
			Self::Metered(meter) => Some(meter.until),
		}
	}

	/// The last active block at which some of the work is in time.
	pub fn last_end(&self) -> Option<u32> {
		match self {
			Self::Milestones(list) => list.iter().map(|milestone| milestone.due).max(),
			_ => self.first_end(),
		}
	}

	/// The milestones, if these are what is paid for.
	pub fn milestones(&self) -> &[Milestone] {
		match self {
			Self::Milestones(list) => list,
			_ => &[],
		}
	}
}

/// In a word, for tables.
impl fmt::Display for Payment {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Milestones(list) if list.len() == 1 => f.pad("1 milestone"),
			Self::Milestones(list) => f.pad(&format!("{} milestones", list.len())),
			Self::Stream(_) => f.pad("stream"),
			Self::Metered(meter) => f.pad(&format!("{} units", meter.units)),
		}
	}
}

impl From<types::aitbc_core::dispute::Party> for Party {
	fn from(party: types::aitbc_core::dispute::Party) -> Self {
		use types::aitbc_core::dispute::Party as Generated;
		match party {
			Generated::Client => Self::Client,
			Generated::Provider => Self::Provider,
		}
	}
}

impl From<generated::milestone::SplitOffer> for Split {
	fn from(offer: generated::milestone::SplitOffer) -> Self {
		Self { by: offer.by.into(), provider_share: Amount(offer.provider_share) }
	}
}

impl From<generated::party::Dispute> for Dispute {
	fn from(dispute: generated::party::Dispute) -> Self {
		Self { case: dispute.case.0, since: dispute.since }
	}
}

impl Milestone {
	/// The milestone at the place `milestone` of a contract with these approvers.
	fn new(
		milestone: u32,
		info: generated::milestone::Milestone,
		approvers: &[AccountId32],
	) -> Self {
		use generated::milestone::MilestoneState as Generated;
		let state = match info.state {
			Generated::Pending { offer } => State::Pending { split: offer.map(Split::from) },
			Generated::Submitted { at, evidence, approvals, offer } => State::Submitted {
				submitted_at: at,
				evidence: Hash(evidence.0 .0),
				approved_by: approved(approvals.0, approvers),
				split: offer.map(Split::from),
			},
			Generated::Disputed { at, evidence, dispute } => State::Disputed {
				submitted_at: at,
				evidence: Hash(evidence.0 .0),
				dispute: dispute.into(),
			},
			Generated::Released { fee, on_time } => State::Released { fee: Amount(fee), on_time },
			Generated::Refunded { missed } => State::Refunded { missed },
			Generated::Ruled { released, fee } => {
				State::Ruled { released: Amount(released), fee: Amount(fee) }
			},
			Generated::Split { released, fee, on_time } => {
				State::Split { released: Amount(released), fee: Amount(fee), on_time }
			},
		};
		Self { milestone, amount: Amount(info.amount), due: info.due, state }
	}
}

/// Those of `approvers` whose bit is set, each in its place.
fn approved(bits: u32, approvers: &[AccountId32]) -> Vec<AccountId32> {
	let has = |place: usize| {
		u32::try_from(place).is_ok_and(|place| bits.checked_shr(place).unwrap_or(0) & 1 == 1)
	};
	approvers.iter().enumerate().filter(|(place, _)| has(*place)).map(|(_, one)| *one).collect()
}

impl From<generated::info::StreamInfo> for Stream {
	fn from(info: generated::info::StreamInfo) -> Self {
		Self {
			rate: Amount(info.rate),
			until: info.until,
			held: Amount(info.held),
			earned: Amount(info.earned),
			paid: Amount(info.paid),
			fee: Amount(info.fee),
			settled_at: info.settled_at,
			runs_out_at: info.runs_out_at,
			paused_since: info.paused_since,
			dispute: info.dispute.map(Dispute::from),
		}
	}
}

impl From<generated::info::MeterInfo<AccountId32>> for Meter {
	fn from(info: generated::info::MeterInfo<AccountId32>) -> Self {
		use generated::meter::MeterPhase as Generated;
		let types::aitbc_core::payment::MeterTerms { unit_price, units, until, signer } =
			info.terms;
		let phase = match info.phase {
			Generated::Running => Phase::Running,
			Generated::Stopping { since } => Phase::Stopping { since },
			Generated::Disputed(dispute) => Phase::Disputed { dispute: dispute.into() },
		};
		Self {
			unit_price: Amount(unit_price),
			units,
			until,
			signer,
			held: Amount(info.held),
			billed: info.billed,
			paid: Amount(info.paid),
			fee: Amount(info.fee),
			sequence: info.sequence,
			phase,
			vouchers_until: info.vouchers_until,
		}
	}
}

impl Payment {
	/// What a contract with these approvers pays for.
	pub(super) fn new(
		info: generated::info::PaymentInfo<AccountId32>,
		approvers: &[AccountId32],
	) -> Self {
		use generated::info::PaymentInfo as Generated;
		match info {
			Generated::Milestones(list) => {
				let places = (0..).zip(list);
				let list = places.map(|(place, one)| Milestone::new(place, one, approvers));
				Self::Milestones(list.collect())
			},
			Generated::Stream(stream) => Self::Stream(stream.into()),
			Generated::Metered(meter) => Self::Metered(meter.into()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn approvals_should_name_who_gave_them() {
		let [one, two, three] = [1, 2, 3].map(|byte| AccountId32([byte; 32]));
		assert_eq!(approved(0, &[one, two]), []);
		assert_eq!(approved(0b101, &[one, two, three]), [one, three]);
		assert_eq!(approved(u32::MAX, &[one; 40]).len(), 32, "there are no more bits");
	}
}
