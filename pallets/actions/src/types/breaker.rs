//! Breakers: they stop what goes wrong again and again.

use aitbc_core::{BlockNumber, RiskClass};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many times the period a breaker stays open, at most.
const LONGEST: u32 = 8;

/// Which breaker.
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
pub enum Scope {
	/// That of all actions.
	#[codec(index = 0)]
	All,
	/// That of a class.
	#[codec(index = 1)]
	Class(RiskClass),
}

impl Scope {
	/// All of them.
	pub const ALL: [Self; 5] = [
		Self::All,
		Self::Class(RiskClass::Info),
		Self::Class(RiskClass::Low),
		Self::Class(RiskClass::Medium),
		Self::Class(RiskClass::High),
	];
}

/// Where a breaker stands.
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
pub enum Position {
	/// Actions begin.
	#[default]
	#[codec(index = 0)]
	Closed,
	/// None begins.
	#[codec(index = 1)]
	Open {
		/// The block in which it opens by half only.
		until: BlockNumber,
	},
	/// Each needs the approval of an approver or of governance.
	#[codec(index = 2)]
	HalfOpen {
		/// How many went well since.
		successes: u32,
	},
}

/// On which terms breakers open and close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct BreakerTerms {
	/// So many failures without a success between open it.
	pub failures: u32,
	/// More starts than these in a period open it.
	pub starts: u32,
	/// How long it is open at first, in blocks, and in which starts are counted.
	pub period: BlockNumber,
	/// So many successes close it when it is half open.
	pub recoveries: u32,
}

/// A breaker.
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
pub struct Breaker {
	/// Where it stands.
	pub position: Position,
	/// Failures without a success between.
	pub failures: u32,
	/// How often it opened without closing between.
	pub openings: u32,
	/// How many began in the period that began in this block.
	pub starts: (BlockNumber, u32),
}

impl Breaker {
	/// Counts an action that begins at `now`. Says whether that opened it: too many did.
	pub(crate) fn count_start(&mut self, now: BlockNumber, terms: &BreakerTerms) -> bool {
		let (since, count) = self.starts;
		let is_same = now < since.saturating_add(terms.period);
		self.starts = if is_same { (since, count.saturating_add(1)) } else { (now, 1) };
		let is_too_many = self.starts.1 > terms.starts;
		is_too_many && self.open(now, terms)
	}

	/// Counts an action that failed. Says whether that opened it.
	pub(crate) fn count_failure(&mut self, now: BlockNumber, terms: &BreakerTerms) -> bool {
		self.failures = self.failures.saturating_add(1);
		let is_too_many = match self.position {
			Position::Closed => self.failures >= terms.failures,
			Position::HalfOpen { .. } => true,
			Position::Open { .. } => false,
		};
		is_too_many && self.open(now, terms)
	}

	/// Counts an action that went well. Says whether that closed it.
	pub(crate) fn count_success(&mut self, terms: &BreakerTerms) -> bool {
		self.failures = 0;
		let Position::HalfOpen { successes } = &mut self.position else { return false };
		*successes = successes.saturating_add(1);
		let is_recovered = *successes >= terms.recoveries;
		if is_recovered {
			*self = Self { starts: self.starts, ..Self::default() };
		}
		is_recovered
	}

	/// Opens it, unless it is open.
	pub(crate) fn open(&mut self, now: BlockNumber, terms: &BreakerTerms) -> bool {
		if matches!(self.position, Position::Open { .. }) {
			return false;
		}
		let times = 1u32.checked_shl(self.openings).unwrap_or(LONGEST).min(LONGEST);
		let until = now.saturating_add(terms.period.saturating_mul(times));
		self.position = Position::Open { until };
		self.openings = self.openings.saturating_add(1);
		self.failures = 0;
		self.starts = (now, 0);
		true
	}

	/// Opens it by half when its time has come. Says whether it did.
	pub(crate) fn pass_time(&mut self, now: BlockNumber) -> bool {
		match self.position {
			Position::Open { until } if until <= now => self.open_by_half(),
			_ => false,
		}
	}

	/// Opens it by half if it is open. Says whether it was.
	pub(crate) fn open_by_half(&mut self) -> bool {
		let was_open = matches!(self.position, Position::Open { .. });
		if was_open {
			self.position = Position::HalfOpen { successes: 0 };
		}
		was_open
	}
}

/// All breakers.
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
pub struct Breakers {
	/// That of all actions.
	pub all: Breaker,
	/// That of [`RiskClass::Info`].
	pub info: Breaker,
	/// That of [`RiskClass::Low`].
	pub low: Breaker,
	/// That of [`RiskClass::Medium`].
	pub medium: Breaker,
	/// That of [`RiskClass::High`].
	pub high: Breaker,
}

impl Breakers {
	/// That of `scope`.
	pub fn of(&self, scope: Scope) -> &Breaker {
		match scope {
			Scope::All => &self.all,
			Scope::Class(RiskClass::Info) => &self.info,
			Scope::Class(RiskClass::Low) => &self.low,
			Scope::Class(RiskClass::Medium) => &self.medium,
			Scope::Class(RiskClass::High) => &self.high,
		}
	}

	/// The same, to change it.
	pub fn of_mut(&mut self, scope: Scope) -> &mut Breaker {
		match scope {
			Scope::All => &mut self.all,
			Scope::Class(RiskClass::Info) => &mut self.info,
			Scope::Class(RiskClass::Low) => &mut self.low,
			Scope::Class(RiskClass::Medium) => &mut self.medium,
			Scope::Class(RiskClass::High) => &mut self.high,
		}
	}
}
