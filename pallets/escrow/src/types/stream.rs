//! A funded stream: money for time.

use super::{fee_on_top, Dispute};
use aitbc_core::{Balance, BlockNumber, StreamTerms};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::SaturatedConversion, Perbill};

/// How far a stream has come.
///
/// Each active block from the one after the start up to `until` costs `rate`, as long as there is
/// money. Time without money is never charged.
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
pub struct Stream {
	/// What each active block costs, the fee included, in plancks. Not zero.
	pub rate: Balance,
	/// The last active block that is paid for.
	pub until: BlockNumber,
	/// What is held on the client and not paid yet, in plancks. Zero while the stream is paused.
	pub held: Balance,
	/// What was paid, the fee included, in plancks.
	pub paid: Balance,
	/// What the protocol really took of it, in plancks.
	pub fee: Balance,
	/// The last active block that is paid; where the money ran out, while nothing is held. `None`
	/// until the provider starts.
	pub settled_at: Option<BlockNumber>,
	/// That what is held waits for a ruling. Time stands still then.
	pub dispute: Option<Dispute>,
}

impl From<&StreamTerms> for Stream {
	fn from(terms: &StreamTerms) -> Self {
		Self {
			rate: terms.rate,
			until: terms.until,
			held: terms.amount,
			paid: 0,
			fee: 0,
			settled_at: None,
			dispute: None,
		}
	}
}

impl Stream {
	/// What was earned up to `now` and is not paid yet: never more than is held.
	pub fn earned(&self, now: BlockNumber) -> Balance {
		let Some(from) = self.settled_at.filter(|_| self.dispute.is_none()) else { return 0 };
		let blocks = now.min(self.until).saturating_sub(from);
		self.rate.saturating_mul(blocks.into()).min(self.held)
	}

	/// The active block in which the money runs out, or ran out, if no more comes: the last one that
	/// is paid for, be it in part. It may lie beyond `until`. `None` for a stream that stands still.
	pub fn runs_out_at(&self) -> Option<BlockNumber> {
		let from = self.settled_at.filter(|_| self.dispute.is_none())?;
		let whole = self.held.checked_div(self.rate)?;
		let part = Balance::from(self.held.checked_rem(self.rate)? > 0);
		Some(from.saturating_add(whole.saturating_add(part).saturated_into()))
	}

	/// The most that could still be earned after `now`, in plancks.
	pub(crate) fn capacity(&self, now: BlockNumber) -> Balance {
		self.rate.saturating_mul(self.until.saturating_sub(now).into())
	}

	/// Takes what was earned up to `now` out of what is held, and says how much that is, and what of
	/// it is the protocol's at this `rate`.
	pub(crate) fn settle(&mut self, now: BlockNumber, rate: Perbill) -> (Balance, Balance) {
		let Some(runs_out_at) = self.runs_out_at() else { return (0, 0) };
		let earned = self.earned(now);
		let fee = fee_on_top(rate, self.paid, earned);
		// What is earned is at most what is held, and `top_up` checks that their sum is a balance.
		self.held = self.held.saturating_sub(earned);
		self.paid = self.paid.saturating_add(earned);
		self.settled_at = Some(if self.held == 0 { runs_out_at } else { now.min(self.until) });
		(earned, fee)
	}

	/// Puts in `amount` more at `now`, from where on time costs again if the stream was paused.
	///
	/// What was earned is settled before, and `now` is not after `until`.
	pub(crate) fn top_up(&mut self, amount: Balance, now: BlockNumber) {
		if self.held == 0 {
			self.settled_at = self.settled_at.map(|_| now);
		}
		self.held = self.held.saturating_add(amount);
	}
}
