//! What staking has earned, and whether it is paid.
//!
//! The chain keeps what each era paid, the points that it is divided by, and who staked how much; what
//! comes of it is calculated as pallet-staking's `do_payout_stakers_by_page` does when it pays.

use super::eras::EraClock;
use crate::{
	amount::Amount,
	chain::{runtime, Block, Error},
	decimal::{portion, Share, PARTS},
};
use serde::Serialize;
use std::ops::Range;
use subxt::utils::AccountId32;

/// What a validator and its nominators earned in an era.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EraReward {
	/// The era.
	pub era: u32,
	/// The validator's points.
	pub points: u32,
	/// What it is paid.
	pub validator: Amount,
	/// What its nominators are paid together.
	pub nominators: Amount,
	/// How its nominators are divided, 64 to a page. Each page is paid by itself.
	pub pages: Vec<PageReward>,
}

/// A part of it that is paid at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PageReward {
	/// The page, from 0.
	pub page: u32,
	/// Whether it is paid.
	pub is_paid: bool,
	/// What the validator is paid with it.
	pub validator: Amount,
	/// What the page's nominators are paid.
	pub nominators: Amount,
}

impl EraReward {
	/// The pages that are not paid.
	pub fn unpaid(&self) -> impl Iterator<Item = &PageReward> {
		self.pages.iter().filter(|page| !page.is_paid)
	}
}

/// What a nominator earned in an era with a validator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NominatorReward {
	/// The era.
	pub era: u32,
	/// The validator.
	pub validator: AccountId32,
	/// The page of the validator's nominators that has this one.
	pub page: u32,
	/// What was staked for the validator.
	pub stake: Amount,
	/// What that earned.
	pub reward: Amount,
	/// Whether it is paid.
	pub is_paid: bool,
}

/// What a validator's stakers are to divide for an era.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pot {
	/// What the validator takes before, as its commission.
	commission: u128,
	/// What is divided by stake.
	rest: u128,
	/// The validator's own stake.
	own: u128,
	/// All stake.
	total: u128,
}

impl Pot {
	/// Divides what an era paid, of which the validator has `points` of `all_points`.
	fn new(
		paid: u128,
		(points, all_points): (u32, u32),
		commission: Share,
		own: u128,
		total: u128,
	) -> Self {
		let earned = times(ratio(points.into(), all_points.into()), paid);
		let commission = times(commission, earned);
		Self { commission, rest: earned.saturating_sub(commission), own, total }
	}

	/// What a nominator gets for `stake`.
	fn nominator(&self, stake: u128) -> u128 {
		times(ratio(stake, self.total), self.rest)
	}

	/// What the validator gets with the page `page`, whose nominators staked `stake` together.
	fn validator(&self, page: u32, stake: u128) -> u128 {
		let own = if page == 0 { self.own } else { 0 };
		let commission = times(ratio(stake.saturating_add(own), self.total), self.commission);
		times(ratio(own, self.total), self.rest).saturating_add(commission)
	}
}

/// As `Perbill::from_rational`: rounded down, and one at most.
fn ratio(part: u128, whole: u128) -> Share {
	if part >= whole {
		return Share(PARTS);
	}
	Share(portion(PARTS.into(), part, whole).try_into().unwrap_or(PARTS))
}

/// As `Perbill * amount`: rounded to the nearest, and down where two are as near.
fn times(share: Share, amount: u128) -> u128 {
	let (parts, share) = (u128::from(PARTS), u128::from(share.0));
	let rest = (amount % parts).saturating_mul(share);
	let rounded = rest.saturating_add(parts.saturating_sub(1) / 2) / parts;
	(amount / parts).saturating_mul(share).saturating_add(rounded)
}

/// The last `count` eras that have ended, as far as they are kept.
pub fn ended_eras(block: &Block, clock: &EraClock, count: u32) -> Result<Range<u32>, Error> {
	let kept = block.constant(runtime::constants().staking().history_depth())?;
	let first = clock.planned.saturating_sub(kept).max(clock.active.saturating_sub(count));
	Ok(first..clock.active)
}

/// What is known of a validator in an era.
struct Known {
	pot: Pot,
	points: u32,
	page_count: u32,
	paid_pages: Vec<u32>,
}

/// Reads what `validator` earned in `era`; nothing if it did not validate, or the era paid nothing.
async fn known(block: &Block, era: u32, validator: AccountId32) -> Result<Option<Known>, Error> {
	let storage = || runtime::storage().staking();
	let stake = block.option(storage().eras_stakers_overview(), (era, validator)).await?;
	let paid = block.option(storage().eras_validator_reward(), (era,)).await?;
	let (Some(stake), Some(paid)) = (stake, paid) else { return Ok(None) };
	let all = block.value(storage().eras_reward_points(), (era,)).await?;
	let points = all.individual.iter().find(|(one, _)| *one == validator);
	let points = points.map_or(0, |(_, points)| *points);
	let preferences = block.value(storage().eras_validator_prefs(), (era, validator)).await?;
	let commission = Share(preferences.commission.0);
	let paid_pages = block.value(storage().claimed_rewards(), (era, validator)).await?;
	Ok(Some(Known {
		pot: Pot::new(paid, (points, all.total), commission, stake.own, stake.total),
		points,
		// Who has no nominators is paid with a page all the same.
		page_count: stake.page_count.max(1),
		paid_pages,
	}))
}

/// Reads what the nominators of the page `page` staked, one by one.
async fn nominators(
	block: &Block,
	era: u32,
	validator: AccountId32,
	page: u32,
) -> Result<Vec<(AccountId32, u128)>, Error> {
	let pages = runtime::storage().staking().eras_stakers_paged();
	let page = block.option(pages, (era, validator, page)).await?;
	let others = page.into_iter().flat_map(|page| page.others);
	Ok(others.map(|one| (one.who, one.value)).collect())
}

/// Reads what `validator` and its nominators earned in `eras`, in those in which it validated.
pub async fn of_validator(
	block: &Block,
	validator: AccountId32,
	eras: Range<u32>,
) -> Result<Vec<EraReward>, Error> {
	let mut rewards = Vec::new();
	for era in eras {
		let Some(known) = known(block, era, validator).await? else { continue };
		let mut pages = Vec::new();
		for page in 0..known.page_count {
			let stakes = nominators(block, era, validator, page).await?;
			let stake = sum(stakes.iter().map(|(_, stake)| *stake));
			pages.push(PageReward {
				page,
				is_paid: known.paid_pages.contains(&page),
				validator: Amount(known.pot.validator(page, stake)),
				nominators: Amount(sum(stakes
					.iter()
					.map(|(_, stake)| known.pot.nominator(*stake)))),
			});
		}
		rewards.push(EraReward {
			era,
			points: known.points,
			validator: Amount(sum(pages.iter().map(|page| page.validator.0))),
			nominators: Amount(sum(pages.iter().map(|page| page.nominators.0))),
			pages,
		});
	}
	Ok(rewards)
}

/// Reads what `nominator` earned in `eras`.
pub async fn of_nominator(
	block: &Block,
	nominator: AccountId32,
	eras: Range<u32>,
) -> Result<Vec<NominatorReward>, Error> {
	let mut rewards = Vec::new();
	for era in eras {
		let pages = runtime::storage().staking().eras_stakers_paged();
		for ((_, validator, page), stakers) in block.entries_under(pages, (era,)).await? {
			let own = stakers.others.iter().find(|one| one.who == nominator);
			let Some(stake) = own.map(|one| one.value) else { continue };
			let Some(known) = known(block, era, validator).await? else { continue };
			rewards.push(NominatorReward {
				era,
				validator,
				page,
				stake: Amount(stake),
				reward: Amount(known.pot.nominator(stake)),
				is_paid: known.paid_pages.contains(&page),
			});
		}
	}
	Ok(rewards)
}

fn sum(amounts: impl Iterator<Item = u128>) -> u128 {
	amounts.fold(0, u128::saturating_add)
}

#[cfg(test)]
mod tests {
	use super::*;

	const COMMISSION: Share = Share(50_000_000);

	#[test]
	fn parts_should_be_rounded_as_the_chain_does() {
		assert_eq!(ratio(1, 3), Share(333_333_333));
		assert_eq!((ratio(3, 3), ratio(0, 0)), (Share(PARTS), Share(PARTS)));
		// Half of an odd amount goes down.
		assert_eq!((times(Share(PARTS / 2), 3), times(Share(PARTS / 2), 4)), (1, 2));
		assert_eq!(times(Share(666_666_667), 2), 1);
		assert_eq!(times(Share(PARTS), u128::MAX / 2), u128::MAX / 2);
	}

	#[test]
	fn pot_should_be_divided_by_points_commission_and_stake() {
		let pot = Pot::new(1_000_000, (20, 80), COMMISSION, 600, 1_000);
		assert_eq!((pot.commission, pot.rest), (12_500, 237_500));
		assert_eq!(pot.nominator(400), 95_000);
		assert_eq!(pot.validator(0, 400), 142_500 + 12_500);
	}

	#[test]
	fn commission_should_be_divided_among_pages_by_stake() {
		let pot = Pot::new(1_000_000, (80, 80), COMMISSION, 600, 1_000);
		assert_eq!(pot.validator(0, 300), 570_000 + 45_000);
		assert_eq!(pot.validator(1, 100), 5_000, "its own stake counts on the first page only");
	}

	#[test]
	fn validator_without_points_should_earn_nothing() {
		let pot = Pot::new(1_000_000, (0, 80), COMMISSION, 600, 1_000);
		assert_eq!((pot.validator(0, 400), pot.nominator(400)), (0, 0));
	}
}
