//! Silence of many at once, as an offence.

use alloc::vec::Vec;
use sp_runtime::{traits::Saturating, Perbill};
use sp_staking::{
	offence::{Kind, Offence},
	EraIndex, SessionIndex,
};

/// The identifier of silence among the kinds of offences.
pub const SILENCE: Kind = *b"aitbc:silent-era";

/// The most that silence is slashed with.
const MOST: Perbill = Perbill::from_percent(7);

/// Several validators were silent in one era.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence<Offender> {
	/// The era.
	pub era: EraIndex,
	/// Its last session.
	pub session: SessionIndex,
	/// How many validated.
	pub validators: u32,
	/// Those that were silent.
	pub offenders: Vec<Offender>,
}

impl<Offender: Clone> Offence<Offender> for Silence<Offender> {
	const ID: Kind = SILENCE;
	type Slot = EraIndex;

	fn offenders(&self) -> Vec<Offender> {
		self.offenders.clone()
	}

	fn session_index(&self) -> SessionIndex {
		self.session
	}

	fn validator_set_count(&self) -> u32 {
		self.validators
	}

	fn slot(&self) -> EraIndex {
		self.era
	}

	fn slash_fraction(&self, offenders: u32) -> Perbill {
		slash_fraction(offenders, self.validators)
	}
}

/// What each is slashed with when `silent` of `validators` were silent in one era: `min(3 (k - (n / 10 + 1)) / n, 1)`
/// times 7 %.
///
/// It is nothing up to a tenth and one, which is bad luck, and rises to 7 % at 13 of 30, which is one cause. The
/// formula is that of `UnresponsivenessOffence` in pallet-im-online.
pub fn slash_fraction(silent: u32, validators: u32) -> Perbill {
	let tolerated = (validators / 10).saturating_add(1);
	match silent.saturating_sub(tolerated) {
		0 => Perbill::zero(),
		excess => Perbill::from_rational(excess.saturating_mul(3), validators).saturating_mul(MOST),
	}
}
