//! Showing the catalogue, actions, targets, and what stops them.

use super::{
	find, find_kind,
	naming::{self, plain, InWords, KindName, TargetName},
	ListArgs,
};
use crate::{
	chain::{
		actions::{self, Action, Breaker, Kind, Standing, Status, TrackRecord},
		audit::AnsweredAt,
	},
	commands::Context,
	error::Error,
	output::{fields, or_dash, table, Report},
};
use serde::Serialize;
use serde_json::Value;

/// Writes where actions stand as a whole.
pub async fn status(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let answer = actions::status(&chain).await?;
	context.print(&StatusReport { at: answer.block, status: answer.result }, None)
}

#[derive(Serialize)]
struct StatusReport {
	at: AnsweredAt,
	#[serde(flatten)]
	status: Status,
}

impl Report for StatusReport {
	const KIND: &'static str = "action.status";

	fn text(&self) -> String {
		let Status { is_killed, breakers, validators, under_action, .. } = &self.status;
		let list =
			|items: Vec<String>| if items.is_empty() { "-".into() } else { items.join("\n") };
		let recommenders = self.status.recommenders.iter();
		let breakers = breakers.iter().map(Self::breaker).collect();
		fields([
			("kill switch", if *is_killed { "on" } else { "off" }.to_owned()),
			("breakers", list(breakers)),
			("under action", format!("{under_action} of {validators} validators")),
			("approvers", list(self.status.approvers.clone())),
			("recommenders", list(recommenders.map(|agent| format!("agent {agent}")).collect())),
			("deposit", self.status.deposit.to_string()),
			("actions so far", self.status.count.to_string()),
		])
	}
}

impl StatusReport {
	fn breaker(breaker: &Breaker) -> String {
		let which = breaker.scope["class"].as_str().unwrap_or("all");
		let position = &breaker.position;
		let stands = match position["type"].as_str() {
			Some("open") => format!("open until block {}", plain(&position["until"])),
			Some("half-open") => format!("half open, {} went well", plain(&position["successes"])),
			_ => "closed".to_owned(),
		};
		format!("{which}: {stands}")
	}
}

/// Writes the catalogue.
pub async fn kinds(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let answer = actions::kinds(&chain).await?;
	context.print(&KindsReport { at: answer.block, kinds: answer.result }, None)
}

#[derive(Serialize)]
struct KindsReport {
	at: AnsweredAt,
	kinds: Vec<Kind>,
}

impl Report for KindsReport {
	const KIND: &'static str = "action.kinds";

	fn text(&self) -> String {
		if self.kinds.is_empty() {
			return "the catalogue is empty: governance lists kinds".to_owned();
		}
		let rows = self.kinds.iter().map(|kind| {
			[
				kind.kind.to_string(),
				kind.name.clone(),
				kind.class.clone(),
				kind.targets.clone(),
				verification(kind),
				kind.performer.by.clone(),
			]
		});
		table(["id", "name", "class", "targets", "who agrees", "who does it"], rows)
	}
}

/// Who has to agree, in words.
fn verification(kind: &Kind) -> String {
	match kind.verification["type"].as_str() {
		Some("approvers") => format!("{} approvers", plain(&kind.verification["needed"])),
		Some(other) => other.to_owned(),
		None => String::new(),
	}
}

/// Writes a kind, and what came of its actions.
pub async fn show_kind(name: &KindName, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let kind = find_kind(&chain, name).await?;
	let records = actions::track_records(&chain, kind.kind).await?;
	context.print(&KindReport { at: records.block, kind, models: records.result }, None)
}

#[derive(Serialize)]
struct KindReport {
	at: AnsweredAt,
	#[serde(flatten)]
	kind: Kind,
	models: Vec<TrackRecord>,
}

impl Report for KindReport {
	const KIND: &'static str = "action.kind";

	fn text(&self) -> String {
		let Kind { name, kind, class, targets, performer, .. } = &self.kind;
		let parameters: Vec<_> = performer
			.parameters
			.iter()
			.map(|rule| {
				let bounds = &rule.bounds;
				let may_be = match bounds["type"].as_str() {
					Some("integer") => {
						format!("{} to {}", plain(&bounds["least"]), plain(&bounds["greatest"]))
					},
					Some("word") => bounds["words"].as_array().map_or_else(String::new, |words| {
						words.iter().map(plain).collect::<Vec<_>>().join(" or ")
					}),
					_ => "yes or no".to_owned(),
				};
				format!("{}: {may_be}", rule.name)
			})
			.collect();
		let limit = &self.kind.rate_limit;
		let blocks = |count: u32| format!("{count} blocks");
		let mut text = fields([
			("kind", format!("{name} ({kind})")),
			("class", class.clone()),
			("targets", targets.clone()),
			("who agrees", verification(&self.kind)),
			("who does it", performer.by.clone()),
			("parameters", if parameters.is_empty() { "-".into() } else { parameters.join("\n") }),
			(
				"rate limit",
				format!("{} in {} blocks", plain(&limit["count"]), plain(&limit["period"])),
			),
			("cooldown", blocks(self.kind.cooldown)),
			("blast radius", self.kind.blast_radius.clone()),
			("waits at most", blocks(self.kind.time_to_live)),
			("lease", blocks(self.kind.lease)),
			("looked back at", format!("after {}", blocks(self.kind.watch))),
			("simulated first", if self.kind.needs_simulation { "yes" } else { "no" }.to_owned()),
			("reversed by", or_dash(self.kind.reversible_by.map(|kind| format!("kind {kind}")))),
		]);
		if !self.models.is_empty() {
			let rows = self.models.iter().map(|one| {
				let counts =
					[one.helped, one.no_effect, one.worse, one.unjudged, one.failed, one.unknown];
				let [helped, no_effect, worse, unjudged, failed, unknown] =
					counts.map(|n| n.to_string());
				let model = format!("{}@{}", one.model, one.model_version);
				let agent = format!("agent {}", one.agent);
				[agent, model, helped, no_effect, worse, unjudged, failed, unknown]
			});
			let head = [
				"recommended by",
				"model",
				"helped",
				"no effect",
				"worse",
				"unjudged",
				"failed",
				"unknown",
			];
			text.push_str("\n\n");
			text.push_str(&table(head, rows));
		}
		text
	}
}

/// Writes actions.
pub async fn list(args: ListArgs, context: &Context) -> Result<(), Error> {
	let target = args.target.map(|target| target.resolve(&context.keys()?)).transpose()?;
	let chain = context.connect().await?;
	let limit = usize::try_from(args.limit.limit).unwrap_or(usize::MAX);
	let answer = actions::actions(&chain, target.as_ref(), args.open, limit, None).await?;
	let kinds = actions::kinds(&chain).await?.result;
	context.print(&ListReport { at: answer.block, actions: answer.result, kinds }, None)
}

#[derive(Serialize)]
struct ListReport {
	at: AnsweredAt,
	actions: Vec<Action>,
	/// The catalogue, for people.
	#[serde(skip)]
	kinds: Vec<Kind>,
}

impl Report for ListReport {
	const KIND: &'static str = "action.list";

	fn text(&self) -> String {
		if self.actions.is_empty() {
			return "there is no such action, or it is forgotten; see `aitbc audit list`"
				.to_owned();
		}
		let rows = self.actions.iter().map(|one| {
			[
				one.action.to_string(),
				naming::kind_in_words(one, &self.kinds),
				naming::target_in_words(&one.target),
				one.standing().to_owned(),
				one.approvals.len().to_string(),
				one.expires.to_string(),
			]
		});
		table(["action", "kind", "target", "state", "approvals", "expires"], rows)
	}
}

/// Writes an action.
pub async fn show(id: u64, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let (at, action) = find(&chain, id).await?;
	let kinds = actions::kinds(&chain).await?.result;
	let words = naming::in_words(&action, &kinds, &chain.best().await?);
	context.print(&ShowReport { at, action, words }, None)
}

#[derive(Serialize)]
struct ShowReport {
	at: AnsweredAt,
	#[serde(flatten)]
	action: Action,
	/// What it does, for people.
	#[serde(skip)]
	words: InWords,
}

impl Report for ShowReport {
	const KIND: &'static str = "action.show";

	fn text(&self) -> String {
		let one = &self.action;
		let list = |items: &[String]| if items.is_empty() { "-".into() } else { items.join("\n") };
		let idea = one.idea.as_ref().map(|idea| {
			let [model, version, sure, uri] =
				["model", "model_version", "confidence", "rationale_uri"]
					.map(|name| plain(&idea[name]));
			format!("{model}@{version}, {sure} % sure\n{uri}")
		});
		fields([
			("action", one.action.to_string()),
			("state", state_in_words(&one.state)),
			("kind", self.words.kind.clone()),
			("target", naming::target_in_words(&one.target)),
			("does", self.words.does.clone()),
			("if worse", or_dash(self.words.if_worse.clone())),
			("hash", one.hash.to_string()),
			("from", naming::source_in_words(&one.source)),
			("idea", or_dash(idea)),
			("report", or_dash(one.report.map(|report| report.to_string()))),
			("to get better", or_dash(one.series.clone())),
			("expires", format!("after block {}", one.expires)),
			("approvals", list(&one.approvals)),
			("by governance", if one.is_forced { "approved" } else { "-" }.to_owned()),
			("called spam by", list(&one.spam)),
		])
	}
}

/// Where an action stands, in words.
fn state_in_words(state: &Value) -> String {
	let of = |name: &str| plain(&state[name]);
	match state["type"].as_str() {
		Some("running") => {
			format!("agent {} is at it, until block {}", of("agent"), of("until"))
		},
		Some("watching") => format!("done; looked back at in block {}", of("until")),
		Some("ended") => format!("{}, in block {}", of("outcome"), of("at")),
		Some("verified") => "verified: it may be carried out".to_owned(),
		_ => "proposed: approvals are missing".to_owned(),
	}
}

/// Writes what is known of a target.
pub async fn show_target(name: &TargetName, context: &Context) -> Result<(), Error> {
	let target = name.resolve(&context.keys()?)?;
	let chain = context.connect().await?;
	let answer = actions::target(&chain, &target).await?;
	context.print(&TargetReport { at: answer.block, standing: answer.result }, None)
}

#[derive(Serialize)]
struct TargetReport {
	at: AnsweredAt,
	#[serde(flatten)]
	standing: Standing,
}

impl Report for TargetReport {
	const KIND: &'static str = "action.target";

	fn text(&self) -> String {
		let Standing { is_there, operator, executor, is_braked, under_action } = &self.standing;
		fields([
			("there", if *is_there { "yes" } else { "no: nothing can be done to it" }.to_owned()),
			("operator", operator.clone().unwrap_or_else(|| "governance".to_owned())),
			("executor", or_dash(executor.map(|agent| format!("agent {agent}")))),
			("brake", if *is_braked { "on" } else { "off" }.to_owned()),
			("under action", or_dash(under_action.map(|action| action.to_string()))),
		])
	}
}
