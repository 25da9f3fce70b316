//! What a record says.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

/// The bytes of an account's id.
pub type Account = [u8; 32];

/// A hash of something that is kept elsewhere.
pub type Hash = [u8; 32];

/// How many subjects a record has, at most.
pub const MAX_SUBJECTS: usize = 3;

/// How many hashes a record has, at most.
pub const MAX_HASHES: usize = 3;

/// Who did it.
#[derive(
	Clone,
	Copy,
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
pub enum Actor {
	/// The chain itself, by its rules.
	#[codec(index = 0)]
	Chain,
	/// Those who govern.
	#[codec(index = 1)]
	Governance,
	/// Whoever signed.
	#[codec(index = 2)]
	Account(Account),
}

/// What it is about.
#[derive(
	Clone,
	Copy,
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
pub enum Subject {
	/// The network as a whole.
	#[codec(index = 0)]
	Network,
	/// A validator, by its stash.
	#[codec(index = 1)]
	Validator(Account),
	/// An agent, by its id.
	#[codec(index = 2)]
	Agent(u64),
	/// An operations action, by its id.
	#[codec(index = 3)]
	Action(u64),
	/// A kind of the catalogue of actions, by its id.
	#[codec(index = 4)]
	ActionKind(u16),
	/// A dispute, by its id.
	#[codec(index = 5)]
	Case(u64),
	/// An anchor on Bitcoin, by its id.
	#[codec(index = 6)]
	Anchor(u64),
}

/// What happened. Each says what the hashes of its record are; what has none says nothing of them.
#[derive(
	Clone,
	Copy,
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
pub enum Event {
	/// Somebody proposed an action. The action's own hash; that of the rationale, unless it was the chain;
	/// and that of the evidence, if a report led to it.
	#[codec(index = 0)]
	ActionRecommended,
	/// An approver approved of it. The action's own hash.
	#[codec(index = 1)]
	ActionApproved,
	/// It has all approvals that it needs. The action's own hash.
	#[codec(index = 2)]
	ActionVerified,
	/// An approver, or the operator, stopped it. The hash of the reason.
	#[codec(index = 3)]
	ActionVetoed,
	/// Enough approvers said that it is spam.
	#[codec(index = 4)]
	ActionSpam,
	/// An executor took it upon itself. The action's own hash.
	#[codec(index = 5)]
	ActionClaimed,
	/// Its executor says that it did it. The hash of what came out.
	#[codec(index = 6)]
	ActionSucceeded,
	/// Its executor says that it failed. The hash of what came out.
	#[codec(index = 7)]
	ActionFailed,
	/// Its executor began, and does not know how it ended.
	#[codec(index = 8)]
	ActionUnknown,
	/// Its time ran out.
	#[codec(index = 9)]
	ActionExpired,
	/// A guardrail held it back at the last moment.
	#[codec(index = 10)]
	ActionBlocked,
	/// What it was meant to help got better.
	#[codec(index = 11)]
	ActionHelped,
	/// What it was meant to help stayed as it was.
	#[codec(index = 12)]
	ActionNoEffect,
	/// What it was meant to help got worse.
	#[codec(index = 13)]
	ActionWorse,
	/// Its executor tried it without doing it, and that went well. The hash of what came out.
	#[codec(index = 14)]
	ActionSimulated,
	/// Its executor tried it without doing it, and that went badly: it is over. The hash of what came out.
	#[codec(index = 15)]
	ActionRefuted,
	/// It was done, and nobody can say whether it helped: it named no series, or there was no feed.
	#[codec(index = 16)]
	ActionUnjudged,
	/// A breaker opened: nothing of its class happens any more.
	#[codec(index = 32)]
	BreakerOpened,
	/// A breaker opened by half: what happens needs an approval.
	#[codec(index = 33)]
	BreakerHalfOpened,
	/// A breaker closed: things happen again.
	#[codec(index = 34)]
	BreakerClosed,
	/// The kill switch stopped all actions.
	#[codec(index = 35)]
	KillSwitchOn,
	/// The kill switch let actions go on.
	#[codec(index = 36)]
	KillSwitchOff,
	/// An operator stopped actions on its own targets.
	#[codec(index = 37)]
	BrakeOn,
	/// An operator let actions on its own targets go on.
	#[codec(index = 38)]
	BrakeOff,
	/// A kind of action came into the catalogue, or changed. The hash of its entry.
	#[codec(index = 48)]
	KindSet,
	/// A kind of action left the catalogue.
	#[codec(index = 49)]
	KindRemoved,
	/// Others may approve now. The hash of the list of all of them.
	#[codec(index = 50)]
	ApproversSet,
	/// An agent may recommend for any target now.
	#[codec(index = 51)]
	RecommenderAdmitted,
	/// An agent may not any more.
	#[codec(index = 52)]
	RecommenderDismissed,
	/// A report of an anomaly leads to something else now. The hash of the series and of what it leads to.
	#[codec(index = 53)]
	ReflexSet,
	/// A target has this agent as its executor now.
	#[codec(index = 54)]
	ExecutorBound,
	/// A target has no executor any more.
	#[codec(index = 55)]
	ExecutorReleased,
	/// A dispute was ruled. The hash of the ruling.
	#[codec(index = 64)]
	CaseRuled,
	/// A state of the chain is on Bitcoin for good. Its hash, and that of the Bitcoin block.
	#[codec(index = 80)]
	AnchorFinal,
}

impl Event {
	/// All of them, in the order of their codec indices.
	pub const ALL: [Self; 34] = [
		Self::ActionRecommended,
		Self::ActionApproved,
		Self::ActionVerified,
		Self::ActionVetoed,
		Self::ActionSpam,
		Self::ActionClaimed,
		Self::ActionSucceeded,
		Self::ActionFailed,
		Self::ActionUnknown,
		Self::ActionExpired,
		Self::ActionBlocked,
		Self::ActionHelped,
		Self::ActionNoEffect,
		Self::ActionWorse,
		Self::ActionSimulated,
		Self::ActionRefuted,
		Self::ActionUnjudged,
		Self::BreakerOpened,
		Self::BreakerHalfOpened,
		Self::BreakerClosed,
		Self::KillSwitchOn,
		Self::KillSwitchOff,
		Self::BrakeOn,
		Self::BrakeOff,
		Self::KindSet,
		Self::KindRemoved,
		Self::ApproversSet,
		Self::RecommenderAdmitted,
		Self::RecommenderDismissed,
		Self::ReflexSet,
		Self::ExecutorBound,
		Self::ExecutorReleased,
		Self::CaseRuled,
		Self::AnchorFinal,
	];

	/// Its name, as people and files write it.
	pub const fn name(self) -> &'static str {
		match self {
			Self::ActionRecommended => "action-recommended",
			Self::ActionApproved => "action-approved",
			Self::ActionVerified => "action-verified",
			Self::ActionVetoed => "action-vetoed",
			Self::ActionSpam => "action-spam",
			Self::ActionClaimed => "action-claimed",
			Self::ActionSucceeded => "action-succeeded",
			Self::ActionFailed => "action-failed",
			Self::ActionUnknown => "action-unknown",
			Self::ActionExpired => "action-expired",
			Self::ActionBlocked => "action-blocked",
			Self::ActionHelped => "action-helped",
			Self::ActionNoEffect => "action-no-effect",
			Self::ActionWorse => "action-worse",
			Self::ActionSimulated => "action-simulated",
			Self::ActionRefuted => "action-refuted",
			Self::ActionUnjudged => "action-unjudged",
			Self::BreakerOpened => "breaker-opened",
			Self::BreakerHalfOpened => "breaker-half-opened",
			Self::BreakerClosed => "breaker-closed",
			Self::KillSwitchOn => "kill-switch-on",
			Self::KillSwitchOff => "kill-switch-off",
			Self::BrakeOn => "brake-on",
			Self::BrakeOff => "brake-off",
			Self::KindSet => "kind-set",
			Self::KindRemoved => "kind-removed",
			Self::ApproversSet => "approvers-set",
			Self::RecommenderAdmitted => "recommender-admitted",
			Self::RecommenderDismissed => "recommender-dismissed",
			Self::ReflexSet => "reflex-set",
			Self::ExecutorBound => "executor-bound",
			Self::ExecutorReleased => "executor-released",
			Self::CaseRuled => "case-ruled",
			Self::AnchorFinal => "anchor-final",
		}
	}
}

impl fmt::Display for Event {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(self.name())
	}
}

/// Why a text is no [`Event`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownEvent;

impl fmt::Display for UnknownEvent {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("no such event; there are")?;
		for (i, event) in Event::ALL.iter().enumerate() {
			write!(f, "{}{event}", if i == 0 { " " } else { ", " })?;
		}
		Ok(())
	}
}

impl core::error::Error for UnknownEvent {}

impl FromStr for Event {
	type Err = UnknownEvent;

	/// Reads its [`Event::name`].
	fn from_str(text: &str) -> Result<Self, UnknownEvent> {
		Self::ALL.into_iter().find(|event| event.name() == text).ok_or(UnknownEvent)
	}
}

/// What somebody wants to have written down.
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
pub struct Entry {
	/// What happened.
	pub event: Event,
	/// Who did it.
	pub actor: Actor,
	/// What it is about, the most specific first.
	pub subjects: [Option<Subject>; MAX_SUBJECTS],
	/// What the event says they are.
	pub hashes: [Option<Hash>; MAX_HASHES],
}

/// A record's place in the log, counted from 0.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
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
pub struct RecordId(pub u64);

impl fmt::Display for RecordId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.fmt(f)
	}
}

/// What is written down. Its encoding is what the log has a hash of, for good.
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
pub struct Record {
	/// Its place in the log.
	pub id: RecordId,
	/// The number of the block that wrote it.
	pub block: u32,
	/// The time of that block, in milliseconds since the Unix epoch.
	pub time: u64,
	/// What it says.
	pub entry: Entry,
}

impl Entry {
	/// An entry about `subjects`, of which all but the first [`MAX_SUBJECTS`] are left out.
	pub fn new(event: Event, actor: Actor, subjects: &[Subject]) -> Self {
		let mut about = [None; MAX_SUBJECTS];
		for (slot, subject) in about.iter_mut().zip(subjects) {
			*slot = Some(*subject);
		}
		Self { event, actor, subjects: about, hashes: [None; MAX_HASHES] }
	}

	/// The same with `hashes`, of which all but the first [`MAX_HASHES`] are left out.
	pub fn with_hashes(mut self, hashes: &[Hash]) -> Self {
		for (slot, hash) in self.hashes.iter_mut().zip(hashes) {
			*slot = Some(*hash);
		}
		self
	}

	/// What it is about, each subject once.
	pub fn about(&self) -> impl Iterator<Item = Subject> + '_ {
		let is_first = |(place, subject): (usize, Option<Subject>)| {
			let before = self.subjects.iter().take(place);
			subject.filter(|_| !before.into_iter().any(|other| *other == subject))
		};
		self.subjects.into_iter().enumerate().filter_map(is_first)
	}
}
