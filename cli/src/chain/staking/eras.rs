//! Eras: which one it is, when the others begin, and in which one a change counts.

use crate::chain::{
	network::{self, EpochClock},
	runtime, Block, Error,
};
use crate::time::Period;
use serde::Serialize;
use std::fmt;

/// The present era, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EraClock {
	/// The era in which stakes count.
	pub active: u32,
	/// The last one whose validators are elected: the active one, or from its last session on the next.
	pub planned: u32,
	/// The session that the active one began with.
	pub first_session: u32,
	/// How many sessions an era has.
	pub sessions_per_era: u32,
	/// For how many eras money waits that leaves a bond.
	pub bonding: u32,
	/// For how many eras a slash waits.
	pub slash_deferral: u32,
	/// The session, and how far it is.
	pub epochs: EpochClock,
}

/// Reads which era it is. The first one is 0.
pub async fn clock(block: &Block) -> Result<EraClock, Error> {
	let storage = || runtime::storage().staking();
	let constants = runtime::storage().network_parameters().constants();
	let constants = block.value(constants, ()).await?;
	let active = network::active_era(block).await?.unwrap_or_default();
	let planned = block.option(storage().current_era(), ()).await?;
	let first_session = block.option(storage().eras_start_session_index(), (active,)).await?;
	Ok(EraClock {
		active,
		planned: planned.unwrap_or(active),
		first_session: first_session.unwrap_or_default(),
		sessions_per_era: constants.sessions_per_era,
		bonding: constants.bonding_eras,
		slash_deferral: constants.slash_defer_eras,
		epochs: network::epoch_clock(block).await?,
	})
}

impl EraClock {
	/// How many blocks an era has, if none is left out.
	pub fn length(&self) -> u32 {
		self.sessions_per_era.saturating_mul(self.epochs.length)
	}

	/// The first era for which who is a candidate now can be elected.
	pub fn next_election(&self) -> u32 {
		self.planned.saturating_add(1)
	}

	/// In about how many blocks `era` begins: none, if it has.
	pub fn blocks_until(&self, era: u32) -> u32 {
		let Some(between) = era.checked_sub(self.active).and_then(|eras| eras.checked_sub(1))
		else {
			return 0;
		};
		let next = self.first_session.saturating_add(self.sessions_per_era);
		let next = self.epochs.blocks_until(next.into());
		self.length().saturating_mul(between).saturating_add(next)
	}

	/// When `era` begins.
	pub fn moment(&self, era: u32) -> EraMoment {
		EraMoment { era, blocks: self.blocks_until(era) }
	}

	/// The era at whose beginning a slash for `era` is applied.
	pub fn slash_applied(&self, era: u32) -> u32 {
		era.saturating_add(self.slash_deferral).saturating_add(1)
	}

	/// Whether a slash for `era` that voters decide on now may still be applied.
	pub fn can_slash_for(&self, era: u32) -> bool {
		self.active < self.slash_applied(era)
	}

	/// When money can be withdrawn that leaves a bond now.
	pub fn unbonded(&self) -> EraMoment {
		self.moment(self.planned.saturating_add(self.bonding))
	}
}

/// The beginning of an era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EraMoment {
	/// The era.
	pub era: u32,
	/// In about how many blocks it begins.
	pub blocks: u32,
}

impl fmt::Display for EraMoment {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { era, blocks } = self;
		match blocks {
			0 => write!(f, "era {era}, which has begun"),
			_ => write!(f, "era {era}, in about {}", Period(*blocks)),
		}
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;

	/// A development network in the second session of era 7, ten blocks before the third.
	pub fn clock() -> EraClock {
		EraClock {
			active: 7,
			planned: 7,
			first_session: 21,
			sessions_per_era: 3,
			bonding: 3,
			slash_deferral: 1,
			epochs: EpochClock { epoch: 22, length: 20, left: 10 },
		}
	}

	#[test]
	fn eras_should_begin_after_what_is_left_of_the_present_one() {
		for (era, blocks) in [(0, 0), (7, 0), (8, 30), (9, 90), (10, 150)] {
			assert_eq!(clock().blocks_until(era), blocks, "{era}");
		}
		assert_eq!(clock().moment(8).to_string(), "era 8, in about 1 min 30 s");
		assert_eq!(clock().moment(7).to_string(), "era 7, which has begun");
	}

	#[test]
	fn candidates_should_be_elected_an_era_later_when_the_next_one_is_elected_already() {
		assert_eq!(clock().next_election(), 8);
		assert_eq!(EraClock { planned: 8, ..clock() }.next_election(), 9);
	}

	#[test]
	fn slashes_should_be_applied_after_their_deferral() {
		assert_eq!(clock().slash_applied(7), 9);
		assert_eq!([5, 6, 7].map(|era| clock().can_slash_for(era)), [false, true, true]);
	}

	#[test]
	fn money_should_wait_from_the_era_that_is_planned() {
		assert_eq!(clock().unbonded().era, 10);
		assert_eq!(EraClock { planned: 8, ..clock() }.unbonded().era, 11);
	}
}
