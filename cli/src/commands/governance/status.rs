//! Looking at tracks and referenda.

use super::GovernanceError;
use crate::{
	chain::{
		governance::{
			self, blocks_until,
			treasury::{self, Spend, Upgrade},
			Deposit, Enactment, Ongoing, Referendum, Stage, Standing, State, Threshold, Track,
		},
		Block,
	},
	commands::{Context, Limit},
	error::Error,
	output::{fields, or_dash, table, Report},
	quantity::Percent,
	time::Period,
};
use clap::Args;
use serde::Serialize;

/// The most characters of a call in a table.
const SHORT: usize = 60;

/// Which referendum.
#[derive(Debug, Args)]
pub struct StatusArgs {
	/// The referendum's number [default: all of them, newest first]
	referendum: Option<u32>,

	#[command(flatten)]
	limit: Limit,
}

/// The referendum `index`.
pub async fn referendum(block: &Block, index: u32) -> Result<Referendum, Error> {
	let referendum = governance::referendum(block, index).await?;
	referendum.ok_or_else(|| GovernanceError::ReferendumNotFound(index).into())
}

/// The referendum `index`, which must go on.
pub async fn ongoing(block: &Block, index: u32) -> Result<Ongoing, Error> {
	match referendum(block, index).await?.state {
		State::Ongoing(ongoing) => Ok(*ongoing),
		_ => Err(GovernanceError::Ended(index).into()),
	}
}

/// Shows the tracks of this network.
pub async fn tracks(context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let report = TracksReport { tracks: governance::tracks(&block).await? };
	context.print(&report, Some(block.id))
}

#[derive(Serialize)]
struct TracksReport {
	tracks: Vec<Track>,
}

impl Report for TracksReport {
	const KIND: &'static str = "governance.tracks";

	fn text(&self) -> String {
		let titles = [
			"id",
			"track",
			"deposit",
			"prepare",
			"decision",
			"confirm",
			"enactment",
			"approval",
			"support",
		];
		let rows = self.tracks.iter().map(|track| {
			let slope = |slope: governance::Slope| {
				format!("{} to {}", Percent(slope.from), Percent(slope.to))
			};
			[
				track.id.to_string(),
				track.name.clone(),
				track.decision_deposit.to_string(),
				Period(track.prepare).to_string(),
				Period(track.decision).to_string(),
				Period(track.confirm).to_string(),
				Period(track.enactment).to_string(),
				slope(track.approval),
				slope(track.support),
			]
		});
		table(titles, rows)
	}
}

/// Shows one referendum, or all of them.
pub async fn run(args: StatusArgs, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let tracks = governance::tracks(&block).await?;
	if let Some(index) = args.referendum {
		let referendum = referendum(&block, index).await?;
		let track = track_name(&referendum, &tracks);
		let report = ReferendumReport { now: block.id.number, track, referendum };
		return context.print(&report, Some(block.id));
	}
	let count = governance::count(&block).await?;
	let mut referenda = Vec::new();
	for index in (count.saturating_sub(args.limit.limit)..count).rev() {
		if let Some(referendum) = governance::referendum(&block, index).await? {
			referenda.push(Listed { track: track_name(&referendum, &tracks), referendum });
		}
	}
	let report = StatusReport {
		now: block.id.number,
		referenda,
		spends: treasury::spends(&block).await?,
		upgrade: treasury::upgrade(&block).await?,
	};
	context.print(&report, Some(block.id))
}

/// The name of the track of a referendum that goes on.
fn track_name(referendum: &Referendum, tracks: &[Track]) -> Option<String> {
	let State::Ongoing(ongoing) = &referendum.state else { return None };
	let track = tracks.iter().find(|track| track.id == ongoing.track);
	track.map(|track| track.name.clone())
}

/// A block to come, as people want to know it.
fn moment(block: u32, now: u64) -> String {
	match blocks_until(block, now) {
		0 => format!("block {block}"),
		blocks => format!("block {block}, in about {}", Period(blocks)),
	}
}

/// What became of a referendum, in words.
fn state(state: &State, now: u64) -> String {
	match state {
		State::Ongoing(ongoing) => match ongoing.standing.map(|standing| standing.stage) {
			Some(stage) => stage_text(stage, now),
			None => "goes on".to_owned(),
		},
		State::Approved { at, enacted: Some(block) } => {
			format!("approved in block {at}, dispatched in {}", moment(*block, now))
		},
		State::Approved { at, enacted: None } => format!("approved in block {at}, and dispatched"),
		State::Rejected { at } => format!("rejected in block {at}"),
		State::Cancelled { at } => format!("cancelled in block {at}"),
		State::TimedOut { at } => {
			format!("ended in block {at}: nobody paid for its decision in time")
		},
		State::Killed { at } => format!("killed in block {at}; its deposits are the treasury's"),
	}
}

fn stage_text(stage: Stage, now: u64) -> String {
	match stage {
		Stage::NeedsDeposit { until } => {
			format!("waits for its decision deposit, until {}", moment(until, now))
		},
		Stage::Preparing { until } => format!("is decided from {} on", moment(until, now)),
		Stage::Queued => "waits for others of its track".to_owned(),
		Stage::Deciding { until } => format!("does not pass yet; fails in {}", moment(until, now)),
		Stage::Confirming { until } => {
			format!("passes; approved in {} if it stays so", moment(until, now))
		},
	}
}

/// What there is and what there must be, in words.
fn threshold(threshold: Threshold) -> String {
	let Threshold { has, needs } = threshold;
	let verdict = if threshold.is_reached() { "reached" } else { "not reached" };
	format!("{} of {} needed now, {verdict}", Percent(has), Percent(needs))
}

#[derive(Serialize)]
struct ReferendumReport {
	#[serde(skip)]
	now: u64,
	track: Option<String>,
	#[serde(flatten)]
	referendum: Referendum,
}

impl Report for ReferendumReport {
	const KIND: &'static str = "governance.referendum";

	fn text(&self) -> String {
		let Referendum { index, state: became, submission_deposit, decision_deposit } =
			&self.referendum;
		let deposit = |deposit: &Option<Deposit>| {
			or_dash(deposit.map(|one| format!("{} of {}", one.amount, one.account)))
		};
		let mut rows = vec![("referendum", index.to_string()), ("state", state(became, self.now))];
		if let State::Ongoing(ongoing) = became {
			rows.extend(self.track.clone().map(|track| ("track", track)));
			rows.extend(ongoing_rows(ongoing, self.now));
		}
		rows.extend([
			("submission deposit", deposit(submission_deposit)),
			("decision deposit", deposit(decision_deposit)),
		]);
		let returns =
			[self.referendum.refundable_submission(), self.referendum.refundable_decision()];
		if returns.iter().any(Option::is_some) {
			rows.push(("deposits return with", format!("aitbc governance refund {index}")));
		}
		fields(rows)
	}
}

/// What is known of a referendum that goes on, a line for each thing.
fn ongoing_rows(ongoing: &Ongoing, now: u64) -> Vec<(&'static str, String)> {
	let Ongoing { proposal, enactment, submitted, standing, .. } = ongoing;
	let call = proposal.call.as_ref().map_or_else(
		|| {
			"its bytes are not on the chain: `governance propose` again, or note its preimage"
				.into()
		},
		ToString::to_string,
	);
	let enactment = match enactment {
		Enactment::At(block) => {
			format!("in {}, or when its track allows", moment(*block, now))
		},
		Enactment::After(0) => "as soon as its track allows".to_owned(),
		Enactment::After(blocks) => format!("{} after its approval", Period(*blocks)),
	};
	let mut rows = vec![
		("call", call),
		("its hash", proposal.hash.to_string()),
		("dispatched", enactment),
		("proposed in", format!("block {submitted}")),
	];
	if let Some(Standing { ayes, nays, approval, support, .. }) = standing {
		rows.extend([
			("votes", format!("{ayes} aye, {nays} nay, with conviction")),
			("approval", threshold(*approval)),
			("support", threshold(*support)),
		]);
	}
	rows
}

/// A referendum in a list.
#[derive(Serialize)]
struct Listed {
	track: Option<String>,
	#[serde(flatten)]
	referendum: Referendum,
}

#[derive(Serialize)]
struct StatusReport {
	#[serde(skip)]
	now: u64,
	/// The newest ones, newest first.
	referenda: Vec<Listed>,
	/// The payments that were decided.
	spends: Vec<Spend>,
	/// The code that may be brought.
	upgrade: Option<Upgrade>,
}

impl StatusReport {
	fn referenda(&self) -> String {
		if self.referenda.is_empty() {
			return "there has been no referendum; see `aitbc governance propose --help`"
				.to_owned();
		}
		let rows = self.referenda.iter().map(|one| {
			let call = match &one.referendum.state {
				State::Ongoing(ongoing) => ongoing.proposal.call.as_ref().map(ToString::to_string),
				_ => None,
			};
			[
				one.referendum.index.to_string(),
				or_dash(one.track.as_ref()),
				or_dash(call.map(|call| shortened(&call))),
				state(&one.referendum.state, self.now),
			]
		});
		table(["referendum", "track", "call", "state"], rows)
	}
}

/// The beginning of a text.
fn shortened(text: &str) -> String {
	match text.char_indices().nth(SHORT) {
		Some((end, _)) => format!("{}...", text.get(..end).unwrap_or(text)),
		None => text.to_owned(),
	}
}

impl Report for StatusReport {
	const KIND: &'static str = "governance.status";

	fn text(&self) -> String {
		let mut parts = vec![self.referenda()];
		if !self.spends.is_empty() {
			let rows = self.spends.iter().map(|spend| {
				let state = match spend.is_paid {
					true => "paid".to_owned(),
					false if self.now >= spend.until.into() => "not claimed in time".to_owned(),
					false => format!("`governance enact spend {}`", spend.index),
				};
				[
					spend.index.to_string(),
					spend.amount.to_string(),
					spend.to.to_string(),
					moment(spend.until, self.now),
					state,
				]
			});
			parts.push(table(["payment", "amount", "to", "until", "state"], rows));
		}
		parts.extend(self.upgrade.map(|upgrade| {
			format!(
				"the code {} was decided on: bring it with `aitbc governance enact upgrade FILE`",
				upgrade.code_hash
			)
		}));
		parts.join("\n\n")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{amount::Amount, chain::governance::Proposal, decimal::Share, digest::Hash};
	use aitbc_core::money::AIT;
	use subxt::utils::AccountId32;

	fn referendum(state: State) -> Referendum {
		let deposit = Some(Deposit { account: AccountId32([1; 32]), amount: Amount(10 * AIT) });
		Referendum { index: 3, state, submission_deposit: deposit, decision_deposit: None }
	}

	fn ongoing() -> State {
		let reached = Threshold { has: Share(900_000_000), needs: Share(800_000_000) };
		let missing = Threshold { has: Share(10_000_000), needs: Share(200_000_000) };
		State::Ongoing(Box::new(Ongoing {
			track: 10,
			proposal: Proposal { hash: Hash([2; 32]), call: None, bytes: None },
			enactment: Enactment::After(0),
			submitted: 90,
			standing: Some(Standing {
				stage: Stage::Deciding { until: 120 },
				ayes: Amount(9 * AIT),
				nays: Amount(AIT),
				approval: reached,
				support: missing,
			}),
		}))
	}

	#[test]
	fn referendum_should_be_shown_with_what_it_has_and_needs() {
		let track = Some("parameters".to_owned());
		let report = ReferendumReport { now: 100, track, referendum: referendum(ongoing()) };
		let text = report.text();
		for words in [
			"does not pass yet; fails in block 120, in about 1 min",
			"90 % of 80 % needed now, reached",
			"1 % of 20 % needed now, not reached",
			"9 AIT aye, 1 AIT nay",
			"parameters",
		] {
			assert!(text.contains(words), "{words}: {text}");
		}
		assert!(!text.contains("refund"), "{text}");
	}

	#[test]
	fn referendum_should_name_the_way_to_its_deposits_when_they_can_be_had() {
		let approved = referendum(State::Approved { at: 90, enacted: Some(110) });
		let text = ReferendumReport { now: 100, track: None, referendum: approved }.text();
		assert!(text.contains("dispatched in block 110, in about 30 s"), "{text}");
		assert!(text.contains("aitbc governance refund 3"), "{text}");
	}

	#[test]
	fn status_should_name_what_is_still_to_be_brought_about() {
		let spend = Spend {
			index: 0,
			to: AccountId32([1; 32]),
			amount: Amount(AIT),
			from: 50,
			until: 120,
			is_paid: false,
		};
		let upgrade = Upgrade { code_hash: Hash([7; 32]), checks_version: true };
		let listed = Listed { track: None, referendum: referendum(State::Rejected { at: 90 }) };
		let report = StatusReport {
			now: 100,
			referenda: vec![listed],
			spends: vec![spend, Spend { index: 1, is_paid: true, ..spend }],
			upgrade: Some(upgrade),
		};
		let text = report.text();
		for words in ["rejected in block 90", "enact spend 0", "paid", "enact upgrade FILE"] {
			assert!(text.contains(words), "{words}: {text}");
		}
	}
}
