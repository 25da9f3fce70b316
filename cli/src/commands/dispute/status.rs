//! `aitbc dispute status`: how far a case has come, and who may do what by when.

use super::{
	agenda::{self, Agenda, Task},
	appeal::AppealCost,
	found, lists,
};
use crate::{
	chain::{
		contracts::Party,
		disputes::{self, Case, Evidence, Member, Round, Stake, State},
		jurors,
		network::{self, ActiveClock, EpochClock},
		Block,
	},
	commands::Context,
	error::Error,
	keys::AccountName,
	output::{fields, or_dash, table, Report},
	quantity::{Percent, Tenths},
	time::Period,
};
use clap::Args;
use serde::Serialize;

/// Which case, or whose.
#[derive(Debug, Args)]
pub struct StatusArgs {
	/// Id of the case
	#[arg(required_unless_present = "mine")]
	case: Option<u64>,

	/// Show what you have to do in all your cases, as a party and as a juror, most urgent first
	#[arg(long, conflicts_with = "case")]
	mine: bool,

	/// Who you are: an address, a key's name, or a development key such as //Alice
	#[arg(long, env = "AITBC_FROM", value_name = "ACCOUNT")]
	from: Option<AccountName>,
}

/// Shows a case, or what an account has to do.
pub async fn run(args: StatusArgs, context: &Context) -> Result<(), Error> {
	let Some(case) = args.case else {
		let nobody = || Error::Usage("say who you are with `--from`, or in `AITBC_FROM`".into());
		return lists::mine(&args.from.ok_or_else(nobody)?, context).await;
	};
	status(case, context).await
}

async fn status(id: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let case = found(&block, id).await?;
	let case = Case { rounds: disputes::rounds(&block, id).await?, ..case };
	let clock = network::active_clock(&block).await?;
	let court = disputes::court(&block).await?;
	let agenda = Agenda { case: &case, now: clock.now };
	let report = StatusReport {
		next: agenda.all(),
		draw: draw_of(&block, &case).await?,
		evidence: disputes::evidence(&block, id).await?,
		last_round: court.last_round(),
		appeal: AppealCost::next(&case, &court),
		case,
		clock,
	};
	context.print(&report, Some(block.id))
}

/// When the jury of `case` is drawn, if it waits for one.
async fn draw_of(block: &Block, case: &Case) -> Result<Option<Draw>, Error> {
	let State::Drawing { round, .. } = case.state else { return Ok(None) };
	let waiting = jurors::pool(block).await?.waiting.into_iter();
	let mut own = waiting.filter(|jury| (jury.case, jury.round) == (case.case, round));
	let Some(jury) = own.next() else { return Ok(None) };
	let clock = network::epoch_clock(block).await?;
	Ok(Some(Draw::new(jury.epoch, clock)))
}

/// When a jury is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Draw {
	/// The epoch at whose beginning it is.
	epoch: u64,
	/// The present epoch.
	present: u64,
	/// In about how many blocks.
	blocks: u32,
}

impl Draw {
	fn new(epoch: u64, clock: EpochClock) -> Self {
		Self { epoch, present: clock.epoch, blocks: clock.blocks_until(epoch) }
	}
}

/// A case that is not closed.
#[derive(Serialize)]
struct StatusReport {
	#[serde(flatten)]
	case: Case,
	/// When its jury is drawn, if it waits for one.
	#[serde(skip_serializing_if = "Option::is_none")]
	draw: Option<Draw>,
	/// What an appeal costs, while there may be one.
	#[serde(skip_serializing_if = "Option::is_none")]
	appeal: Option<AppealCost>,
	/// The last round that there can be.
	last_round: u8,
	evidence: Vec<Evidence>,
	clock: ActiveClock,
	next: Vec<Task>,
}

impl Report for StatusReport {
	const KIND: &'static str = "dispute.status";

	fn text(&self) -> String {
		let case = &self.case;
		let paused = if self.clock.paused { ", standing still" } else { "" };
		let mut rows = vec![
			("case", case.case.to_string()),
			("about", case.subject.to_string()),
			("state", state_text(&case.state)),
			("client", party_text(case, Party::Client)),
			("provider", party_text(case, Party::Provider)),
			("agent", or_dash(case.agent)),
			("at stake", case.value.to_string()),
			("court", court_text(case)),
		];
		rows.extend(self.draw.map(|draw| ("draw", draw_text(draw))));
		rows.extend(self.appeal.map(|appeal| ("an appeal", appeal_text(appeal))));
		rows.push(("deposit", case.deposit.to_string()));
		rows.push(("filing fee", case.filing_fee.to_string()));
		rows.push(("active clock", format!("{}{paused}", self.clock.now)));
		let mut parts = vec![fields(rows)];
		parts.extend(case.rounds.iter().map(round_text));
		parts.push(evidence_text(&self.evidence));
		if !self.next.is_empty() {
			parts.push(agenda::text(&self.next, self.clock.now));
		}
		let parts = parts.into_iter().filter(|part| !part.is_empty());
		parts.collect::<Vec<_>>().join("\n\n")
	}
}

/// How far a case has come, in words.
fn state_text(state: &State) -> String {
	let second = |redrawn| if redrawn { "second " } else { "" };
	match state {
		State::Settling { until, offer } => {
			let offer = offer.map(|offer| {
				format!("; the {} offers {} for the client", offer.by, Percent(offer.client_share))
			});
			format!("the parties may settle until {until}{}", offer.unwrap_or_default())
		},
		State::Drawing { round, redrawn, evidence_until } => format!(
			"round {round} waits for its {}jury; evidence until {evidence_until}",
			second(*redrawn)
		),
		State::Voting { round, redrawn, evidence_until, commit_until, reveal_until } => format!(
			"the {}jury of round {round} sits: evidence until {evidence_until}, commitments until \
			 {commit_until}, votes until {reveal_until}",
			second(*redrawn)
		),
		State::Appealable { round, outcome, loser, appeal_until, until, appellant } => {
			let against = loser.map(|loser| format!(", against the {loser}"));
			let appeal = match appellant {
				None => format!("appeal until {appeal_until}"),
				Some(side) => {
					format!("the {side} appealed, stake for the {} until {until}", side.other())
				},
			};
			format!("judged in round {round}: {outcome}{}; {appeal}", against.unwrap_or_default())
		},
		State::Overseen { round, outcome, until } => {
			let stands = match outcome {
				Some(outcome) => outcome.to_string(),
				None => "no jury came to anything".to_owned(),
			};
			format!(
				"over with round {round}: {stands}; governance may rule otherwise until {until}"
			)
		},
		State::Ruled { client_share, cause, loser } => {
			let pays = match loser {
				Some(loser) => format!("the {loser} pays for the rounds"),
				None => "each side pays a half of the rounds".to_owned(),
			};
			format!("ruled: {} for the client, because {cause}; {pays}", Percent(*client_share))
		},
	}
}

/// A party, and what it claims.
fn party_text(case: &Case, party: Party) -> String {
	let account = match party {
		Party::Client => case.client,
		Party::Provider => case.provider,
	};
	let opened = if case.opener == party { ", opened the case" } else { "" };
	match case.claims.of(party) {
		Some(claim) => format!("{account} claims {} for the client{opened}", tenths_text(*claim)),
		None => format!("{account} has not defended"),
	}
}

fn tenths_text(tenths: Tenths) -> String {
	Percent(tenths.share()).to_string()
}

fn court_text(case: &Case) -> String {
	match case.court {
		Some(terms) => {
			format!("each seat costs {} and has {} at stake", terms.seat_fee, terms.seat_stake)
		},
		None => "none: the case is too small".to_owned(),
	}
}

fn draw_text(draw: Draw) -> String {
	let Draw { epoch, present, blocks } = draw;
	format!("at the beginning of epoch {epoch}, in about {}; now it is {present}", Period(blocks))
}

fn appeal_text(appeal: AppealCost) -> String {
	let AppealCost { round, seats, fee } = appeal;
	let double = appeal.double();
	format!(
		"leads to round {round} with {seats} seats: who appeals stakes {double}, the other side {fee}"
	)
}

/// A round with its jury.
fn round_text(round: &Round) -> String {
	let stake = |stake: &Option<Stake>| or_dash(stake.as_ref().map(|stake| stake.amount));
	let head = fields([
		("round", round.round.to_string()),
		("seats", round.seats.to_string()),
		("staked for the client", stake(&round.stakes.client)),
		("staked for the provider", stake(&round.stakes.provider)),
		("outcome", or_dash(round.outcome)),
	]);
	if round.jury.is_empty() {
		return head;
	}
	let rows = round.jury.iter().map(|member| {
		let Member { juror, seats, ballot } = member;
		[juror.to_string(), seats.to_string(), ballot.to_string()]
	});
	format!("{head}\n\n{}", table(["juror", "seats", "vote"], rows))
}

fn evidence_text(evidence: &[Evidence]) -> String {
	if evidence.is_empty() {
		return String::new();
	}
	let rows = evidence.iter().map(|one| {
		[
			one.number.to_string(),
			one.by.to_string(),
			one.kind.to_string(),
			one.uri.clone(),
			one.hash.to_string(),
		]
	});
	table(["evidence", "of", "kind", "at", "hash"], rows)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::disputes::{Cause, Fact, Offer, Outcome},
		decimal::Share,
	};

	#[test]
	fn states_should_say_who_may_do_what_until_when() {
		let offer = Offer { by: Party::Client, client_share: Share(300_000_000) };
		let outcome = Outcome::ClientShare(Share(900_000_000));
		let appealable = |appellant| State::Appealable {
			round: 0,
			outcome,
			loser: Some(Party::Provider),
			appeal_until: 20,
			until: 40,
			appellant,
		};
		for (state, text) in [
			(
				State::Settling { until: 9, offer: Some(offer) },
				"the parties may settle until 9; the client offers 30 % for the client",
			),
			(
				State::Drawing { round: 0, redrawn: true, evidence_until: 9 },
				"round 0 waits for its second jury; evidence until 9",
			),
			(
				State::Voting {
					round: 1,
					redrawn: false,
					evidence_until: 1,
					commit_until: 2,
					reveal_until: 3,
				},
				"the jury of round 1 sits: evidence until 1, commitments until 2, votes until 3",
			),
			(
				appealable(None),
				"judged in round 0: 90 % for the client, against the provider; appeal until 20",
			),
			(
				appealable(Some(Party::Provider)),
				"judged in round 0: 90 % for the client, against the provider; the provider appealed, \
				 stake for the client until 40",
			),
			(
				State::Overseen { round: 3, outcome: Some(outcome), until: 40 },
				"over with round 3: 90 % for the client; governance may rule otherwise until 40",
			),
			(
				State::Overseen { round: 3, outcome: None, until: 40 },
				"over with round 3: no jury came to anything; governance may rule otherwise until 40",
			),
		] {
			assert_eq!(state_text(&state), text);
		}
	}

	#[test]
	fn rulings_should_say_why_they_are_so_and_who_pays() {
		let ruled = |cause, loser| {
			state_text(&State::Ruled { client_share: Share(1_000_000_000), cause, loser })
		};
		for (text, words) in [
			(
				ruled(Cause::Fact(Fact::NothingShown), Some(Party::Provider)),
				"because the provider showed nothing; the provider pays for the rounds",
			),
			(ruled(Cause::Settlement, None), "because the parties agreed; each side pays a half"),
			(
				ruled(Cause::Silence(Party::Client), Some(Party::Client)),
				"because nobody spoke for the client",
			),
		] {
			assert!(text.starts_with("ruled: 100 % for the client, "), "{text}");
			assert!(text.contains(words), "{text}");
		}
	}

	#[test]
	fn draw_should_say_in_about_what_time_it_is() {
		let clock = EpochClock { epoch: 7, length: 20, left: 10 };
		assert_eq!(
			draw_text(Draw::new(9, clock)),
			"at the beginning of epoch 9, in about 1 min 30 s; now it is 7"
		);
	}
}
