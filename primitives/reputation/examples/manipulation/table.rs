//! The table as Markdown.

use crate::{
	attacks::Row,
	prices::{BOND, FEE_RATE, REGISTRATION_FEE, TRANSACTIONS_PER_JOB, TRANSACTION_FEE},
};
use aitbc_core::{
	money::{AIT, EXISTENTIAL_DEPOSIT, MILLI_AIT},
	time::DAYS,
	Balance,
};
use aitbc_reputation::{Component, Rules};
use sp_arithmetic::Perbill;

/// The parameters, and a row for each attack.
pub fn page(rows: &[Row]) -> String {
	let head = [
		"attack",
		"with",
		"lower bound",
		"jobs",
		"moved",
		"lost",
		"tied up",
		"moved per 0.1",
		"lost per 0.1",
	];
	let mut lines = vec![parameters(), cells(&head.map(String::from))];
	lines.push("|---|---|---|--:|--:|--:|--:|--:|--:|".into());
	lines.extend(rows.iter().map(|row| cells(&columns(row))));
	lines.join("\n")
}

/// What the table rests on.
fn parameters() -> String {
	let rules = Rules::default();
	let weights = Component::ALL
		.map(|one| format!("{one:?} {}", percent(rules.weights.of(one))).to_lowercase())
		.join(", ");
	format!(
		"Rules: half-life {} days; unit {} AIT; pair cap {} AIT; least fee {} AIT; {weights}.\n\
		 Prices: protocol fee {}; registration {} AIT; bond {} AIT; account {} AIT; assumed \
		 {} transactions for a job, at {} AIT each.\n",
		rules.half_life / DAYS,
		whole(rules.unit),
		whole(rules.pair_cap),
		whole(rules.min_fee),
		percent(FEE_RATE),
		whole(REGISTRATION_FEE),
		whole(BOND),
		fraction(EXISTENTIAL_DEPOSIT),
		TRANSACTIONS_PER_JOB,
		fraction(TRANSACTION_FEE),
	)
}

fn cells(cells: &[String]) -> String {
	format!("| {} |", cells.join(" | "))
}

fn columns(row: &Row) -> [String; 9] {
	let (attack, size) = (row.attack.clone(), row.size.to_string());
	let Some(to) = row.to else {
		let way = format!("{}, no way", bound(row.from));
		let none = || "-".to_string();
		return [attack, size, way, none(), none(), none(), none(), none(), none()];
	};
	let cost = &row.cost;
	[
		attack,
		size,
		format!("{} to {}", bound(row.from), bound(to)),
		grouped(cost.jobs),
		tenths(cost.moved),
		tenths(cost.lost),
		tenths(cost.tied),
		per_step(row, to, cost.moved),
		per_step(row, to, cost.lost),
	]
}

/// An amount for each tenth by which one agent's lower bound moved, or a dash when none moved.
fn per_step(row: &Row, to: Perbill, amount: Balance) -> String {
	let distance = row.from.deconstruct().abs_diff(to.deconstruct());
	let moved = Balance::from(distance) * Balance::from(row.agents);
	(amount * 100_000_000).checked_div(moved).map_or("-".into(), tenths)
}

/// A share with three decimals, to the nearest.
fn bound(share: Perbill) -> String {
	let thousandths = (share.deconstruct() + 500_000) / 1_000_000;
	format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

/// A share in percent, with up to one decimal.
fn percent(share: Perbill) -> String {
	let tenths = share.deconstruct() / 1_000_000;
	match tenths % 10 {
		0 => format!("{} %", tenths / 10),
		rest => format!("{}.{rest} %", tenths / 10),
	}
}

/// An amount in AIT without its fraction.
fn whole(amount: Balance) -> String {
	grouped(amount / AIT)
}

/// An amount below an AIT, in AIT with three decimals.
fn fraction(amount: Balance) -> String {
	format!("0.{:03}", amount / MILLI_AIT)
}

/// An amount in AIT with one decimal, to the nearest.
fn tenths(amount: Balance) -> String {
	let tenths = (amount + AIT / 20) / (AIT / 10);
	format!("{}.{}", grouped(tenths / 10), tenths % 10)
}

/// A number with commas between thousands.
fn grouped(number: u128) -> String {
	match number / 1_000 {
		0 => number.to_string(),
		thousands => format!("{},{:03}", grouped(thousands), number % 1_000),
	}
}
