//! A funded meter: money for units that the client has signed for.

use super::{fee_on_top, Dispute};
use aitbc_core::{Balance, BlockNumber, MeterTerms};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// What a meter's clock runs towards.
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
pub enum MeterPhase {
	/// The end of its time.
	#[codec(index = 0)]
	Running,
	/// The end of the notice that the client gave, if that is earlier.
	#[codec(index = 1)]
	Stopping {
		/// When it was given, in active blocks.
		since: BlockNumber,
	},
	/// A ruling on what is held.
	#[codec(index = 2)]
	Disputed(Dispute),
}

/// How far a meter has come.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Meter<AccountId> {
	/// What was agreed. What all units cost together is a balance: opening checks it.
	pub terms: MeterTerms<AccountId>,
	/// The units that were paid. Fewer than all, else the contract would be closed.
	pub billed: u64,
	/// The sequence of the last voucher that was taken. Zero is before the first.
	pub sequence: u64,
	/// What the protocol really took of what was paid, in plancks.
	pub fee: Balance,
	/// What its clock runs towards.
	pub phase: MeterPhase,
}

impl<AccountId: Clone> From<&MeterTerms<AccountId>> for Meter<AccountId> {
	fn from(terms: &MeterTerms<AccountId>) -> Self {
		Self { terms: terms.clone(), billed: 0, sequence: 0, fee: 0, phase: MeterPhase::Running }
	}
}

impl<AccountId> Meter<AccountId> {
	/// What is held on the client, in plancks: the price of all units that are not billed.
	pub fn held(&self) -> Balance {
		self.price(self.unbilled())
	}

	/// What was paid, the fee included, in plancks.
	pub fn paid(&self) -> Balance {
		self.price(self.billed)
	}

	/// The units that can still be billed.
	pub fn unbilled(&self) -> u64 {
		self.terms.units.saturating_sub(self.billed)
	}

	/// The last active block at which a voucher is taken, in a contract with this review period.
	/// `None` while a ruling is awaited.
	pub fn vouchers_until(&self, review_period: BlockNumber) -> Option<BlockNumber> {
		let end = self.terms.until.saturating_add(review_period);
		match self.phase {
			MeterPhase::Running => Some(end),
			MeterPhase::Stopping { since } => Some(since.saturating_add(review_period).min(end)),
			MeterPhase::Disputed(_) => None,
		}
	}

	/// The case that decides about what is held.
	pub fn dispute(&self) -> Option<Dispute> {
		match self.phase {
			MeterPhase::Disputed(dispute) => Some(dispute),
			_ => None,
		}
	}

	/// Bills the units up to `units`, and says what they cost, and what of it is the protocol's at
	/// this `rate`.
	pub(crate) fn bill(&mut self, units: u64, rate: Perbill) -> (Balance, Balance) {
		let amount = self.price(units.saturating_sub(self.billed));
		let fee = fee_on_top(rate, self.paid(), amount);
		self.billed = units;
		(amount, fee)
	}

	/// What so many units cost, in plancks. All together cost no more than a balance can be.
	fn price(&self, units: u64) -> Balance {
		self.terms.unit_price.saturating_mul(units.into())
	}
}
