//! The network as a whole: its time, its eras, its validators.

use super::{percent, runtime, Block, Error};
use crate::{amount::Amount, decimal::Share};
use serde::Serialize;
use subxt::utils::AccountId32;

/// The clock that deadlines count on.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ActiveClock {
	/// The time now, in active blocks since genesis.
	pub now: u32,
	/// Whether it stands still, because the chain is paused.
	pub paused: bool,
}

/// Reads the active clock.
pub async fn active_clock(block: &Block) -> Result<ActiveClock, Error> {
	let storage = || runtime::storage().active_clock();
	let now = block.value(storage().now(), ()).await?;
	let paused = block.option(storage().stopped(), ()).await?.is_some();
	Ok(ActiveClock { now, paused })
}

/// By how much this network's periods are shorter than in production.
pub async fn time_scale_divisor(block: &Block) -> Result<u32, Error> {
	let constants = runtime::storage().network_parameters().constants();
	Ok(block.value(constants, ()).await?.time_scale_divisor)
}

/// This network's length of a period that takes `production` blocks in production.
pub async fn scaled(block: &Block, production: u32) -> Result<u32, Error> {
	Ok(divided(production, time_scale_divisor(block).await?))
}

/// As the runtime does: rounded down, and at least one block.
fn divided(production: u32, divisor: u32) -> u32 {
	production.checked_div(divisor).unwrap_or(production).max(1)
}

/// When the block was made, in milliseconds since 1970.
pub async fn timestamp(block: &Block) -> Result<u64, Error> {
	block.value(runtime::storage().timestamp().now(), ()).await
}

/// The era in which stakes count, and which one it is. There is none before the first election.
pub async fn active_era(block: &Block) -> Result<Option<u32>, Error> {
	let era = block.option(runtime::storage().staking().active_era(), ()).await?;
	Ok(era.map(|era| era.index))
}

/// The session.
pub async fn session(block: &Block) -> Result<u32, Error> {
	block.value(runtime::storage().session().current_index(), ()).await
}

/// The epochs by which juries are drawn, and how far the present one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EpochClock {
	/// The present epoch: the index of the session.
	pub epoch: u64,
	/// How many blocks an epoch has, if none is left out.
	pub length: u32,
	/// How many of the present one are still to come.
	pub left: u32,
}

impl EpochClock {
	/// In about how many blocks `epoch` begins: none, if it has.
	pub fn blocks_until(&self, epoch: u64) -> u32 {
		let Some(between) = epoch.checked_sub(self.epoch).and_then(|count| count.checked_sub(1))
		else {
			return 0;
		};
		let between = u32::try_from(between).unwrap_or(u32::MAX);
		self.length.saturating_mul(between).saturating_add(self.left)
	}
}

/// Reads where in its epoch the chain is.
pub async fn epoch_clock(block: &Block) -> Result<EpochClock, Error> {
	let storage = || runtime::storage().babe();
	let length = block.value(runtime::storage().network_parameters().constants(), ()).await?;
	let length = length.epoch_length;
	let genesis = block.value(storage().genesis_slot(), ()).await?.0;
	let slot = block.value(storage().current_slot(), ()).await?.0;
	let started = block.value(storage().epoch_index(), ()).await?.saturating_mul(length.into());
	let next = genesis.saturating_add(started).saturating_add(length.into());
	let left = u32::try_from(next.saturating_sub(slot)).unwrap_or(u32::MAX).min(length);
	Ok(EpochClock { epoch: session(block).await?.into(), length, left })
}

/// The validators of the session, by their stash accounts.
pub async fn validators(block: &Block) -> Result<Vec<AccountId32>, Error> {
	block.value(runtime::storage().session().validators(), ()).await
}

/// A validator of the session.
#[derive(Clone, Debug, Serialize)]
pub struct Validator {
	/// The account that holds its stake.
	pub stash: AccountId32,
	/// Its share of what its nominators earn, in percent.
	pub commission: String,
	/// The same from 0 to 1.
	pub commission_share: Share,
	/// What it has at stake itself in the active era.
	pub own_stake: Amount,
	/// What it and its nominators have at stake in the active era.
	pub total_stake: Amount,
	/// How many accounts nominate it.
	pub nominators: u32,
	/// What it earned in the active era: 20 for each block that it authored.
	pub era_points: u32,
}

/// Reads the validators of the session, with what counts for them in the era `era`.
pub async fn validators_in_era(block: &Block, era: u32) -> Result<Vec<Validator>, Error> {
	let storage = || runtime::storage().staking();
	let points = block.value(storage().eras_reward_points(), (era,)).await?;
	let points_of = |stash: &AccountId32| {
		points.individual.iter().find(|(one, _)| one == stash).map_or(0, |(_, points)| *points)
	};
	let mut list = Vec::new();
	for stash in validators(block).await? {
		let preferences = block.value(storage().eras_validator_prefs(), (era, stash)).await?;
		let stake = block.option(storage().eras_stakers_overview(), (era, stash)).await?;
		list.push(Validator {
			stash,
			commission: percent(preferences.commission.0.into()),
			commission_share: Share(preferences.commission.0),
			own_stake: Amount(stake.as_ref().map_or(0, |stake| stake.own)),
			total_stake: Amount(stake.as_ref().map_or(0, |stake| stake.total)),
			nominators: stake.map_or(0, |stake| stake.nominator_count),
			era_points: points_of(&stash),
		});
	}
	Ok(list)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn epochs_should_begin_after_what_is_left_of_the_present_one() {
		let clock = EpochClock { epoch: 7, length: 20, left: 5 };
		for (epoch, blocks) in [(0, 0), (7, 0), (8, 5), (9, 25), (10, 45)] {
			assert_eq!(clock.blocks_until(epoch), blocks, "{epoch}");
		}
	}

	#[test]
	fn periods_should_shrink_with_the_time_scale_to_a_block_at_least() {
		for (production, divisor, blocks) in
			[(28_800, 1, 28_800), (28_800, 1_440, 20), (100, 30, 3), (20, 1_440, 1), (20, 0, 20)]
		{
			assert_eq!(divided(production, divisor), blocks, "{production} / {divisor}");
		}
	}
}
