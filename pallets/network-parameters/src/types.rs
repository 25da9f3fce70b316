//! The constants themselves and what makes them valid.

use aitbc_core::{time::HOURS, BlockNumber};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What differs per network and can't change after genesis.
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
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkConstants {
	/// Length of a BABE epoch, which is also a session, in blocks.
	pub epoch_length: BlockNumber,
	/// Length of an era, in sessions.
	pub sessions_per_era: u32,
	/// How long stake stays bonded after it was unbonded, in eras.
	pub bonding_eras: u32,
	/// How long a slash waits before it is applied, in eras.
	pub slash_defer_eras: u32,
	/// By how much periods are shorter than in production.
	pub time_scale_divisor: u32,
}

impl Default for NetworkConstants {
	/// Production's constants: epochs of 4 h, eras of a day, 21 and 20 eras, periods unscaled.
	fn default() -> Self {
		Self {
			// Four hours do not come near a u32's bound.
			epoch_length: HOURS.saturating_mul(4),
			sessions_per_era: 6,
			bonding_eras: 21,
			slash_defer_eras: 20,
			time_scale_divisor: 1,
		}
	}
}

/// Why constants can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidConstants {
	/// The named field is zero; set it to at least one.
	Zero(&'static str),
	/// A slash would be applied after the stake has left; make the deferral shorter.
	SlashDeferNotBelowBonding,
}

impl core::fmt::Display for InvalidConstants {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		match self {
			Self::Zero(field) => write!(f, "{field} is zero; set it to at least one"),
			Self::SlashDeferNotBelowBonding => {
				write!(f, "slashDeferEras must be smaller than bondingEras")
			},
		}
	}
}

impl NetworkConstants {
	/// Checks that every field is at least one and that slashes come before stake can leave.
	pub fn validate(&self) -> Result<(), InvalidConstants> {
		let fields = [
			("epochLength", self.epoch_length),
			("sessionsPerEra", self.sessions_per_era),
			("bondingEras", self.bonding_eras),
			("slashDeferEras", self.slash_defer_eras),
			("timeScaleDivisor", self.time_scale_divisor),
		];
		if let Some((field, _)) = fields.into_iter().find(|(_, value)| *value == 0) {
			return Err(InvalidConstants::Zero(field));
		}
		if self.slash_defer_eras >= self.bonding_eras {
			return Err(InvalidConstants::SlashDeferNotBelowBonding);
		}
		Ok(())
	}

	/// Gives this network's length of a period that takes `production` blocks in production: that
	/// many divided by the time scale, rounded down, and at least one block.
	pub fn scaled(&self, production: BlockNumber) -> BlockNumber {
		production.checked_div(self.time_scale_divisor).unwrap_or(production).max(1)
	}
}
