//! What a jury comes to, and which votes agree with it.

use super::case::distance;
use aitbc_core::{Choice, Tenths};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// How far a vote may be from an outcome and still agree with it.
const TOLERANCE: Perbill = Perbill::from_percent(10);

/// What a round came to.
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
	/// This share is the client's.
	#[codec(index = 0)]
	ClientShare(Perbill),
	/// The jury can't decide.
	#[codec(index = 1)]
	Refused,
}

impl Outcome {
	/// What a jury comes to whose revealed votes are these, each with the number of its seats. `None`
	/// if there is none.
	///
	/// If more than half of the seats refuse, the jury refuses. Else it is the median of what the
	/// others say, each seat counted once; of an even number, the middle of the two in the middle.
	pub fn of(votes: impl Iterator<Item = (Choice, u32)>) -> Option<Self> {
		let mut shares = Vec::new();
		let (mut decided, mut refused) = (0u32, 0u32);
		for (choice, seats) in votes {
			match choice {
				Choice::ClientShare(share) => {
					shares.push((share, seats));
					decided = decided.saturating_add(seats);
				},
				Choice::Refuse => refused = refused.saturating_add(seats),
			}
		}
		if refused > decided {
			return Some(Self::Refused);
		}
		shares.sort_unstable();
		let lower = nth(&shares, decided.checked_sub(1)? / 2)?;
		let upper = nth(&shares, decided / 2)?;
		Some(Self::ClientShare(lower.middle(upper)))
	}

	/// Whether `choice` is within one tenth of this outcome, or refuses as it does.
	pub fn agrees_with(self, choice: Choice) -> bool {
		match (self, choice) {
			(Self::ClientShare(share), Choice::ClientShare(said)) => {
				distance(share, said.into()) <= TOLERANCE
			},
			(Self::Refused, Choice::Refuse) => true,
			(Self::ClientShare(_), Choice::Refuse) | (Self::Refused, Choice::ClientShare(_)) => {
				false
			},
		}
	}
}

/// What the seat at `place` says, counted from zero, where `shares` are in order.
fn nth(shares: &[(Tenths, u32)], place: u32) -> Option<Tenths> {
	let mut before = 0u32;
	shares.iter().find_map(|(share, seats)| {
		before = before.saturating_add(*seats);
		(place < before).then_some(*share)
	})
}
