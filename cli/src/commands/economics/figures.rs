//! Fees, and the money there is.

use crate::{
	chain::{
		economy::{self, Economy, EraPayout, GasPrice},
		staking::eras::{self, EraMoment},
	},
	commands::Context,
	error::Error,
	output::{fields, Report},
	quantity::Percent,
};
use serde::Serialize;

/// Shows what transactions cost now.
pub async fn gas_price(context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	context.print(&GasReport(economy::gas_price(&block).await?), Some(block.id))
}

#[derive(Serialize)]
struct GasReport(GasPrice);

impl Report for GasReport {
	const KIND: &'static str = "economics.gas-price";

	fn text(&self) -> String {
		let GasPrice { transfer, multiplier, fullness_share } = &self.0;
		fields([
			("fee of a transfer", transfer.to_string()),
			("multiplier of weight", multiplier.to_string()),
			("last block was full to", Percent(*fullness_share).to_string()),
			(
				"another call's fee",
				"its command says it, with `--dry-run` before anything is sent".into(),
			),
		])
	}
}

/// Shows how much money there is, and what it does.
pub async fn stats(context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let clock = eras::clock(&block).await?;
	let economy = economy::economy(&block, &clock).await?;
	let next = clock.moment(clock.active.saturating_add(1));
	context.print(&StatsReport { era: clock.active, next, economy }, Some(block.id))
}

#[derive(Serialize)]
struct StatsReport {
	/// The active era.
	era: u32,
	/// The next one.
	next: EraMoment,
	#[serde(flatten)]
	economy: Economy,
}

impl Report for StatsReport {
	const KIND: &'static str = "economics.stats";

	fn text(&self) -> String {
		let Economy {
			issuance,
			inactive,
			staked,
			staked_share,
			treasury,
			treasury_account,
			last_era,
		} = &self.economy;
		let mut rows = vec![
			("issuance", issuance.to_string()),
			("can't vote", inactive.to_string()),
			("staked", format!("{staked}, {} of it", Percent(*staked_share))),
			("treasury", format!("{treasury} to spend, in {treasury_account}")),
			("era", format!("{}, then {}", self.era, self.next)),
		];
		match last_era {
			Some(EraPayout { era, payout, inflation_share, return_share }) => rows.extend([
				("last era's payout", format!("{payout} to stakers, for era {era}")),
				(
					"that is, a year",
					format!(
						"{} of the issuance, and {} of what is staked, before commission",
						Percent(*inflation_share),
						Percent(*return_share)
					),
				),
			]),
			None => rows.push(("last era's payout", "no era has ended yet".to_owned())),
		}
		fields(rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{amount::Amount, decimal::Share};
	use aitbc_core::money::AIT;
	use subxt::utils::AccountId32;

	fn report(last_era: Option<EraPayout>) -> String {
		let economy = Economy {
			issuance: Amount(1_000 * AIT),
			inactive: Amount(AIT),
			staked: Amount(400 * AIT),
			staked_share: Share(400_000_000),
			treasury: Amount(AIT),
			treasury_account: AccountId32([1; 32]),
			last_era,
		};
		StatsReport { era: 7, next: EraMoment { era: 8, blocks: 30 }, economy }.text()
	}

	#[test]
	fn stats_should_say_what_staking_earns() {
		let payout = EraPayout {
			era: 6,
			payout: Amount(2 * AIT),
			inflation_share: Share(20_000_000),
			return_share: Share(50_000_000),
		};
		let text = report(Some(payout));
		for words in ["400 AIT, 40 % of it", "2 AIT to stakers", "2 % of the issuance, and 5 %"] {
			assert!(text.contains(words), "{words}: {text}");
		}
		assert!(report(None).contains("no era has ended"), "{}", report(None));
	}
}
