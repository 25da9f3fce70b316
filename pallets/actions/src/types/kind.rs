//! The catalogue.

use aitbc_core::{action::MAX_PARAMETERS, BlockNumber, KindId, Parameter, RiskClass, Target, Word};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::BoundedVec;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::ConstU32;
use sp_runtime::Perbill;

/// The most approvers.
pub const MAX_APPROVERS: u32 = 16;

/// The most words that a parameter may be one of.
pub const MAX_WORDS: u32 = 8;

/// The most starts of a kind in its period.
pub const MAX_KIND_STARTS: u32 = 16;

/// Accounts of which each is there once.
pub type AccountSet<AccountId> = BoundedVec<AccountId, ConstU32<MAX_APPROVERS>>;

/// What a parameter may be.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum ParameterBounds {
	/// A number from `least` to `greatest`.
	#[codec(index = 0)]
	Integer {
		/// The least.
		least: i64,
		/// The greatest.
		greatest: i64,
	},
	/// Yes or no.
	#[codec(index = 1)]
	Flag,
	/// One of these words.
	#[codec(index = 2)]
	Word(BoundedVec<Word, ConstU32<MAX_WORDS>>),
}

impl ParameterBounds {
	/// Whether they let anything through.
	pub(crate) fn is_sound(&self) -> bool {
		match self {
			Self::Integer { least, greatest } => least <= greatest,
			Self::Flag => true,
			Self::Word(words) => {
				let is_first = |(place, word)| !words.iter().take(place).any(|other| other == word);
				!words.is_empty() && words.iter().enumerate().all(is_first)
			},
		}
	}

	/// Whether `parameter` is of their type.
	pub(crate) fn is_type_of(&self, parameter: &Parameter) -> bool {
		matches!(
			(self, parameter),
			(Self::Integer { .. }, Parameter::Integer(_))
				| (Self::Flag, Parameter::Flag(_))
				| (Self::Word(_), Parameter::Word(_))
		)
	}

	/// Whether `parameter` is within them.
	pub(crate) fn admit(&self, parameter: &Parameter) -> bool {
		match (self, parameter) {
			(Self::Integer { least, greatest }, Parameter::Integer(number)) => {
				(least..=greatest).contains(&number)
			},
			(Self::Flag, Parameter::Flag(_)) => true,
			(Self::Word(words), Parameter::Word(word)) => words.contains(word),
			_ => false,
		}
	}
}

/// A parameter of a kind.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct ParameterRule {
	/// Its name, of which a kind has each once.
	pub name: Word,
	/// What it may be.
	pub bounds: ParameterBounds,
}

/// Who does it.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Performer {
	/// Nobody: it is only written down.
	#[codec(index = 0)]
	Nobody,
	/// The target's executor, with a command of its own for this kind.
	#[codec(index = 1)]
	Executor {
		/// What the command is given.
		parameters: BoundedVec<ParameterRule, ConstU32<MAX_PARAMETERS>>,
	},
	/// The chain, by a call of this index, which the runtime has to allow too.
	#[codec(index = 2)]
	Chain {
		/// The index of the pallet.
		pallet: u8,
		/// The index of the call in it.
		call: u8,
	},
}

/// What a kind is done to.
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
	Serialize,
	Deserialize,
)]
pub enum Targets {
	/// The network as a whole.
	#[codec(index = 0)]
	Network,
	/// Nodes of validators.
	#[codec(index = 1)]
	Validators,
	/// What agents run.
	#[codec(index = 2)]
	Agents,
}

impl Targets {
	/// Whether `target` is one of them.
	pub fn contain<AccountId>(self, target: &Target<AccountId>) -> bool {
		matches!(
			(self, target),
			(Self::Network, Target::Network)
				| (Self::Validators, Target::Validator(_))
				| (Self::Agents, Target::Agent(_))
		)
	}
}

/// Who has to agree.
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
	Serialize,
	Deserialize,
)]
pub enum Verification {
	/// Nobody. For the class [`RiskClass::Info`] only.
	#[codec(index = 0)]
	Nobody,
	/// The target's operator.
	#[codec(index = 1)]
	Operator,
	/// So many approvers.
	#[codec(index = 2)]
	Approvers(u32),
	/// Governance.
	#[codec(index = 3)]
	Governance,
}

/// How many may begin in a period.
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
	Serialize,
	Deserialize,
)]
pub struct RateLimit {
	/// How many, from 1 to [`MAX_KIND_STARTS`].
	pub count: u32,
	/// The period, in blocks: any so long one, wherever it begins.
	pub period: BlockNumber,
}

/// A kind of action. All lengths of time are in blocks.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Kind {
	/// What it is called, such as `restart-service`. No other kind is.
	pub name: Word,
	/// How much harm it can do.
	pub class: RiskClass,
	/// Who does it.
	pub performer: Performer,
	/// What it is done to.
	pub targets: Targets,
	/// Who has to agree.
	pub verification: Verification,
	/// How often it may begin.
	pub rate_limit: RateLimit,
	/// How long a target is left alone by this kind after one has ended.
	pub cooldown: BlockNumber,
	/// The most validators that may be under action for one of this kind to begin, itself included, as a
	/// share of all. One always may.
	pub blast_radius: Perbill,
	/// How far ahead a recommendation may expire.
	pub time_to_live: BlockNumber,
	/// How long an executor has from its claim to its report.
	pub lease: BlockNumber,
	/// How long after its end the effect is looked at.
	pub watch: BlockNumber,
	/// Whether the executor has to simulate it before anybody can approve. Calls always are simulated.
	pub needs_simulation: bool,
	/// The kind that reverses it. With one, each recommendation says how.
	pub reversible_by: Option<KindId>,
}

impl Kind {
	/// Whether actions of it can reverse those of `other`, as both are now.
	pub(crate) fn may_reverse(&self, other: &Self) -> bool {
		self.targets == other.targets
			&& self.reversible_by.is_none()
			&& self.performer != Performer::Nobody
	}

	/// Whether it holds together. What is about other kinds isn't looked at.
	pub(crate) fn is_sound(&self) -> bool {
		let Self { verification, rate_limit, .. } = self;
		let has_time = [rate_limit.period, self.time_to_live, self.lease, self.watch]
			.iter()
			.all(|length| *length > 0);
		let is_verifiable = match *verification {
			Verification::Nobody => self.class == RiskClass::Info,
			Verification::Operator => self.targets != Targets::Network,
			Verification::Approvers(needed) => (1..=MAX_APPROVERS).contains(&needed),
			Verification::Governance => true,
		};
		let is_doable = match &self.performer {
			// There is nothing to approve, to simulate or to reverse.
			Performer::Nobody => {
				*verification == Verification::Nobody
					&& !self.needs_simulation
					&& self.reversible_by.is_none()
			},
			Performer::Executor { parameters } => {
				let is_first = |(place, rule): (usize, &ParameterRule)| {
					!parameters.iter().take(place).any(|other| other.name == rule.name)
				};
				parameters.iter().all(|rule| rule.bounds.is_sound())
					&& parameters.iter().enumerate().all(is_first)
			},
			// The chain tries each call when it is recommended.
			Performer::Chain { .. } => {
				self.targets == Targets::Network
					&& *verification != Verification::Nobody
					&& !self.needs_simulation
			},
		};
		let has_rate = (1..=MAX_KIND_STARTS).contains(&rate_limit.count);
		has_time && is_verifiable && is_doable && has_rate
	}
}

/// A kind in the catalogue.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Listed {
	/// Which version of the catalogue brought it. An action is of the version that it was recommended in.
	pub version: u32,
	/// What it is.
	pub kind: Kind,
}
