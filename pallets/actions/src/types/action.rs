//! Actions, and where they stand.

use super::kind::{AccountSet, Kind};
use aitbc_core::{
	action::MAX_PARAMETERS, AgentId, Balance, BlockNumber, DocumentHash, EvidenceHash, KindId,
	Parameter, RiskClass, Target, Word,
};
use aitbc_telemetry::Series;
pub use aitbc_traits::Reading;
use alloc::{boxed::Box, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::BoundedVec;
use scale_info::TypeInfo;
use sp_core::ConstU32;
use sp_runtime::Percent;

/// The most bytes of a rationale's URI.
pub const MAX_URI: u32 = 256;

/// What somebody thought, and where it can be read.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Rationale<Uri> {
	/// Where it can be read.
	pub uri: Uri,
	/// The hash of it.
	pub hash: DocumentHash,
}

/// A URI as it is stored.
pub type Uri = BoundedVec<u8, ConstU32<MAX_URI>>;

/// What had the idea.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Model {
	/// Its name.
	pub name: Word,
	/// Its version.
	pub version: u32,
}

/// Where an idea came from.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Idea {
	/// Why.
	pub rationale: Rationale<Uri>,
	/// What had it.
	pub model: Model,
	/// How sure that is.
	pub confidence: Percent,
}

/// What is recommended to be done.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Proposal<Call> {
	/// Nothing: it is only to be written down.
	#[codec(index = 0)]
	Note,
	/// The kind's command, with these parameters in the order of its rules.
	#[codec(index = 1)]
	Command(BoundedVec<Parameter, ConstU32<MAX_PARAMETERS>>),
	/// This call.
	#[codec(index = 2)]
	Call(Box<Call>),
}

/// What somebody recommends.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Recommendation<AccountId, Call> {
	/// The kind of action.
	pub kind: KindId,
	/// What it is done to.
	pub target: Target<AccountId>,
	/// What is done.
	pub proposal: Proposal<Call>,
	/// What is done if things get worse: if and only if the kind is reversible.
	pub rollback: Option<Proposal<Call>>,
	/// Why.
	pub rationale: Rationale<Vec<u8>>,
	/// What had the idea.
	pub model: Model,
	/// How sure it is.
	pub confidence: Percent,
	/// The telemetry report that led to it.
	pub report: Option<u64>,
	/// The shared series that is to get better: one at least if the kind is reversible.
	pub series: Option<Series>,
	/// The last block in which it may be claimed.
	pub expires: BlockNumber,
}

/// What an action does, and by which series it is judged.
pub type Order<AccountId> = aitbc_core::Order<AccountId, Series>;

/// An agent that recommended something.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Recommender<AccountId> {
	/// The agent.
	pub id: AgentId,
	/// Who owned it then.
	pub owner: AccountId,
}

/// Who put an action on the chain.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Source<AccountId> {
	/// Somebody, with a deposit.
	#[codec(index = 0)]
	Account {
		/// Who.
		who: AccountId,
		/// The agent whose wallet that is, if governance admitted it; else it is the target's operator.
		agent: Option<Recommender<AccountId>>,
		/// What is held, in plancks, until the action ends.
		deposit: Balance,
	},
	/// The chain, because of a report of an anomaly.
	#[codec(index = 1)]
	Anomaly,
	/// The chain, because this action made things worse.
	#[codec(index = 2)]
	Rollback(aitbc_core::ActionId),
}

/// What of its kind an action keeps, whatever becomes of the kind.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Terms {
	/// How much harm it can do.
	pub class: RiskClass,
	/// How long the target is left alone after it, in blocks.
	pub cooldown: BlockNumber,
	/// How long its executor has, in blocks.
	pub lease: BlockNumber,
	/// How long after its end the effect is looked at, in blocks.
	pub watch: BlockNumber,
	/// The kind that reverses it.
	pub reversible_by: Option<Reversal>,
}

impl Terms {
	/// Those of a kind.
	pub(crate) fn of(kind: &Kind, reversal: Option<Reversal>) -> Self {
		let Kind { class, cooldown, lease, watch, .. } = *kind;
		Self { class, cooldown, lease, watch, reversible_by: reversal }
	}
}

/// The kind that reverses another, as it was when that was recommended.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Reversal {
	/// The kind.
	pub kind: KindId,
	/// Its version.
	pub version: u32,
}

/// What was said before anybody approved.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Simulation {
	/// The kind wants none, or the chain did it itself.
	#[codec(index = 0)]
	NotNeeded,
	/// It is to come.
	#[codec(index = 1)]
	Awaited,
	/// It went well; the hash of what came out.
	#[codec(index = 2)]
	Passed(EvidenceHash),
}

impl Simulation {
	/// What an action of `kind` begins with.
	pub(crate) fn of(kind: &Kind) -> Self {
		if kind.needs_simulation {
			Self::Awaited
		} else {
			Self::NotNeeded
		}
	}
}

/// The value of a series before an action.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Baseline {
	/// The series.
	pub series: Series,
	/// What the feed said, if it said anything.
	pub reading: Option<Reading>,
}

/// Who carries an action out.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Executor<AccountId> {
	/// The agent.
	pub agent: AgentId,
	/// The wallet that claimed, and has to report.
	pub wallet: AccountId,
}

/// How an action ended.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Outcome {
	/// It was written down, and that was all.
	#[codec(index = 0)]
	Noted,
	/// An approver, the operator or governance stopped it.
	#[codec(index = 1)]
	Vetoed,
	/// Approvers said that it is spam.
	#[codec(index = 2)]
	Spam,
	/// Nobody claimed it in time.
	#[codec(index = 3)]
	Expired,
	/// Its simulation failed.
	#[codec(index = 4)]
	Refuted,
	/// Its executor said that it failed, or the call did.
	#[codec(index = 5)]
	Failed,
	/// Its executor did not know, or said nothing in time.
	#[codec(index = 6)]
	Unknown,
	/// It was done, and the series got better.
	#[codec(index = 7)]
	Helped,
	/// It was done, and the series stayed as it was.
	#[codec(index = 8)]
	NoEffect,
	/// It was done, and the series got worse.
	#[codec(index = 9)]
	Worse,
	/// It was done, and nobody can say whether it helped: it named no series, or there was no feed.
	#[codec(index = 10)]
	Unjudged,
}

/// Where an action stands.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum State<AccountId> {
	/// Approvals are missing.
	#[codec(index = 0)]
	Proposed,
	/// It may be claimed, or performed.
	#[codec(index = 1)]
	Verified,
	/// Its executor has it.
	#[codec(index = 2)]
	Running {
		/// Who.
		executor: Executor<AccountId>,
		/// The last block in which it may report.
		until: BlockNumber,
		/// What the series was before.
		baseline: Option<Baseline>,
	},
	/// It was done; its effect is to be seen.
	#[codec(index = 3)]
	Watching {
		/// When it is looked at, in blocks.
		until: BlockNumber,
		/// What the series was before.
		baseline: Baseline,
		/// The newest window of the feed that began before it was done.
		window: u32,
	},
	/// It is over.
	#[codec(index = 4)]
	Ended {
		/// How.
		outcome: Outcome,
		/// In which block.
		at: BlockNumber,
		/// The block in which it is forgotten.
		until: BlockNumber,
	},
}

impl<AccountId> State<AccountId> {
	/// Whether it waits to be claimed or performed.
	pub fn is_waiting(&self) -> bool {
		matches!(self, Self::Proposed | Self::Verified)
	}

	/// Whether its target is under action.
	pub fn is_under_way(&self) -> bool {
		matches!(self, Self::Running { .. } | Self::Watching { .. })
	}
}

/// An action.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Action<AccountId> {
	/// Who put it here.
	pub source: Source<AccountId>,
	/// What it does.
	pub order: Order<AccountId>,
	/// What it keeps of its kind.
	pub terms: Terms,
	/// Where the idea came from. Nothing if it was the chain's.
	pub idea: Option<Idea>,
	/// The telemetry report that led to it.
	pub report: Option<u64>,
	/// The last block in which it may be claimed.
	pub expires: BlockNumber,
	/// What was said before anybody approved.
	pub simulation: Simulation,
	/// Approvers, and the operator, that approved.
	pub approvals: AccountSet<AccountId>,
	/// Whether governance approved.
	pub is_forced: bool,
	/// Approvers that say that it is spam.
	pub spam: AccountSet<AccountId>,
	/// Where it stands.
	pub state: State<AccountId>,
}

impl<AccountId: PartialEq> Action<AccountId> {
	/// Whether `who` had the idea, itself or by an agent that it owned then.
	pub fn is_idea_of(&self, who: &AccountId) -> bool {
		match &self.source {
			Source::Account { who: source, agent, .. } => {
				source == who || agent.as_ref().is_some_and(|agent| agent.owner == *who)
			},
			Source::Anomaly | Source::Rollback(_) => false,
		}
	}
}

impl<AccountId> Action<AccountId> {
	/// Whether it reverses another one.
	pub fn is_rollback(&self) -> bool {
		matches!(self.source, Source::Rollback(_))
	}

	/// The block in which the chain itself moves it on.
	pub fn due(&self) -> BlockNumber {
		match self.state {
			State::Proposed | State::Verified => self.expires.saturating_add(1),
			State::Running { until, .. } => until.saturating_add(1),
			State::Watching { until, .. } | State::Ended { until, .. } => until,
		}
	}
}

/// An [`Action`] as it is stored.
pub type ActionOf<T> = Action<<T as frame_system::Config>::AccountId>;

/// What a report of an anomaly leads to.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Reflex {
	/// The kind of action, on the validator that reports.
	pub kind: KindId,
	/// Its parameters, if it has any.
	pub parameters: BoundedVec<Parameter, ConstU32<MAX_PARAMETERS>>,
}

/// What an executor says became of its action.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Verdict {
	/// It was done.
	#[codec(index = 0)]
	Succeeded,
	/// It failed.
	#[codec(index = 1)]
	Failed,
	/// It was begun, and its end was not seen.
	#[codec(index = 2)]
	Unknown,
}

/// What actions of a kind that an agent's model had the idea of came to, of those that were carried out.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct TrackRecord {
	/// It was done, and the series got better.
	pub helped: u32,
	/// It was done, and the series stayed as it was.
	pub no_effect: u32,
	/// It was done, and the series got worse.
	pub worse: u32,
	/// It was done, and nobody can say whether it helped.
	pub unjudged: u32,
	/// It failed.
	pub failed: u32,
	/// Nobody knows.
	pub unknown: u32,
}
