//! How a validator did, era by era, and what it was slashed for.

use crate::{
	chain::{
		performance::{self, EraPerformance, Fate, Slash, Slots, Waiting},
		staking::eras,
	},
	commands::Context,
	error::Error,
	keys::AccountName,
	output::{or_dash, table, Report},
	quantity::Percent,
};
use clap::Args;
use serde::Serialize;
use subxt::utils::AccountId32;

/// Whose history.
#[derive(Debug, Args)]
pub struct HistoryArgs {
	/// The validator's stash: an address, a key's name, or a development key such as //Alice
	validator: AccountName,

	/// How many of the last eras to look at, the present one included
	#[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=85))]
	eras: u32,
}

/// Shows how a validator did.
pub async fn run(args: HistoryArgs, context: &Context) -> Result<(), Error> {
	let validator = args.validator.resolve(&context.keys()?)?;
	let block = context.connect().await?.best().await?;
	let active = eras::clock(&block).await?.active;
	let mut eras = Vec::new();
	for era in (0..=active).rev().take(usize::try_from(args.eras).unwrap_or(usize::MAX)) {
		eras.extend(performance::of_era(&block, validator, era).await?);
	}
	let slashes = performance::slashes(&block, validator).await?;
	let waiting = performance::waiting(&block, validator).await?;
	context.print(&HistoryReport { validator, eras, slashes, waiting }, Some(block.id))
}

#[derive(Serialize)]
struct HistoryReport {
	validator: AccountId32,
	/// The newest first.
	eras: Vec<EraPerformance>,
	/// Its offences, the oldest first.
	slashes: Vec<Slash>,
	/// The slashes that wait, those that voters ordered included.
	waiting: Vec<Waiting>,
}

impl Report for HistoryReport {
	const KIND: &'static str = "validator.history";

	fn text(&self) -> String {
		let eras = match self.eras.is_empty() {
			true => format!("{} had no slot in these eras", self.validator),
			false => self.eras(),
		};
		let slashes = match self.slashes.is_empty() {
			true => "no offence of it is known".to_owned(),
			false => self.slashes(),
		};
		let waiting = self.waiting.iter().map(|one| {
			let Waiting { applied_in, own, nominators, .. } = one;
			format!("\n\na slash of {own}, and of {nominators} of nominators, waits for era {applied_in}")
		});
		format!("{eras}\n\n{slashes}{}", waiting.collect::<String>())
	}
}

impl HistoryReport {
	fn eras(&self) -> String {
		let rows = self.eras.iter().map(|one| {
			let Slots { assigned, missed } = one.slots;
			let consequence = match one.consequence {
				None => "goes on".to_owned(),
				Some(consequence) => consequence.to_string(),
			};
			[
				one.era.to_string(),
				assigned.to_string(),
				missed.to_string(),
				Percent(one.uptime).to_string(),
				Percent(one.factor).to_string(),
				consequence,
			]
		});
		table(["era", "slots", "missed", "uptime", "paid", "consequence"], rows)
	}

	fn slashes(&self) -> String {
		let rows = self.slashes.iter().map(|slash| {
			let fate = match &slash.fate {
				Fate::NotTaken => "takes nothing".to_owned(),
				Fate::Deferred { until } => format!("waits for era {until}"),
				Fate::Applied { at, before, after } => {
					format!("applied in era {at}: {before} before, {after} after")
				},
				Fate::Cancelled { at, by, .. } => format!("cancelled by {by}, in era {at}"),
			};
			[
				slash.offence.clone(),
				slash.era.to_string(),
				Percent(slash.fraction).to_string(),
				slash.own.to_string(),
				slash.nominators.to_string(),
				or_dash(slash.reporter),
				fate,
			]
		});
		let titles =
			["offence", "era", "share", "own", "nominators'", "reported by", "what became of it"];
		table(titles, rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{amount::Amount, chain::performance::Consequence, decimal::Share};
	use aitbc_core::money::AIT;

	fn slash(fate: Fate) -> Slash {
		Slash {
			offence: "two blocks in one slot".into(),
			era: 3,
			fraction: Share(100_000_000),
			own: Amount(100 * AIT),
			nominators: Amount(20 * AIT),
			reporter: None,
			fate,
		}
	}

	fn era(consequence: Option<Consequence>) -> EraPerformance {
		EraPerformance {
			era: 5,
			slots: Slots { assigned: 40, missed: 10 },
			carried: Slots { assigned: 0, missed: 0 },
			uptime: Share(750_000_000),
			factor: Share(760_000_000),
			consequence,
		}
	}

	#[test]
	fn history_should_show_slots_and_what_became_of_slashes() {
		let report = HistoryReport {
			validator: AccountId32([1; 32]),
			eras: vec![era(None), era(Some(Consequence::Chilled))],
			slashes: vec![
				slash(Fate::Deferred { until: 4 }),
				slash(Fate::Applied {
					at: 4,
					before: Amount(1_000 * AIT),
					after: Amount(900 * AIT),
				}),
				slash(Fate::Cancelled { until: 4, at: 3, by: "slashing".into() }),
			],
			waiting: vec![Waiting { applied_in: 4, own: Amount(5 * AIT), nominators: Amount(0) }],
		};
		let text = report.text();
		for words in [
			"75 %",
			"76 %",
			"goes on",
			"silent: no reward, chilled",
			"waits for era 4",
			"a slash of 5 AIT",
			"1000 AIT before, 900 AIT after",
			"cancelled by slashing, in era 3",
		] {
			assert!(text.contains(words), "{words}: {text}");
		}
	}

	#[test]
	fn history_should_say_so_when_nothing_is_known() {
		let report = HistoryReport {
			validator: AccountId32([1; 32]),
			eras: vec![],
			slashes: vec![],
			waiting: vec![],
		};
		let text = report.text();
		assert!(text.contains("no slot") && text.contains("no offence"), "{text}");
	}
}
