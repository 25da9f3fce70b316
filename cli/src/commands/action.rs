//! `aitbc action`: operations that are recommended, approved, carried out, and looked back at.

mod naming;

use super::{Context, Limit};
use crate::{
	amount::Amount,
	chain::{
		actions::{self, Action, Breaker, Kind, Recommendation, Standing, Status, TrackRecord},
		audit::AnsweredAt,
		Chain,
	},
	digest::{Hash, HashOrFile},
	error::Error,
	output::{fields, or_dash, table, Report},
	time::Period,
	transaction::TransactionArgs,
};
use aitbc_telemetry::Series;
use clap::{Args, Subcommand};
use naming::{KindName, ModelName, Setting, TargetName};
use serde::Serialize;
use serde_json::Value;
use std::fmt;

pub use naming::plain;

/// What can be done about actions.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Show what stops actions, who may approve, and on which terms
	Status,

	/// Show the catalogue: the kinds of actions that there are
	Kinds,

	/// Show a kind, and what came of its actions, by model
	Kind {
		/// Its name or id
		kind: KindName,
	},

	/// List actions, newest first
	List(ListArgs),

	/// Show an action
	Show {
		/// The action's id
		action: u64,
	},

	/// Recommend an action, with a deposit, as an agent's wallet that governance admitted or as the
	/// target's operator
	Recommend(Box<RecommendArgs>),

	/// Approve an action, as an approver or as the target's operator
	Approve(ApproveArgs),

	/// Stop an action that waits, as an approver, its target's operator, or who recommended it
	Veto(VetoArgs),

	/// Say that an action that waits is spam, as an approver: it loses its deposit if enough say so
	Spam(OneArgs),

	/// Show a target: who operates it, who carries actions out on it, and what stops that
	Target {
		/// `network`, `agent:7`, or a validator's stash
		target: TargetName,
	},

	/// Name the agent that carries actions out on a target, as its operator
	Bind(BindArgs),

	/// Stop actions on a target, or let them go on, as its operator
	Brake(BrakeArgs),

	/// Stop all actions, or let them go on, as the network's sudo key
	Kill(KillArgs),

	/// Let an agent recommend for any target, or not any more, as the network's sudo key
	Recommender(RecommenderArgs),
}

/// Which actions.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// Those on it: `network`, `agent:7`, or a validator's stash
	#[arg(long)]
	target: Option<TargetName>,

	/// Only those that have not ended
	#[arg(long)]
	open: bool,

	#[command(flatten)]
	limit: Limit,
}

/// What is recommended.
#[derive(Debug, Args)]
pub struct RecommendArgs {
	/// Name or id of the kind; see `aitbc action kinds`
	kind: KindName,

	/// What it is done to: `network`, `agent:7`, or a validator's stash
	#[arg(long)]
	target: TargetName,

	/// A parameter of the kind, such as `service=node`
	#[arg(long = "set", value_name = "NAME=VALUE")]
	settings: Vec<Setting>,

	/// A parameter of what reverses it, if the kind can be reversed
	#[arg(long = "rollback-set", value_name = "NAME=VALUE")]
	rollback: Vec<Setting>,

	/// Where your reasons can be read
	#[arg(long, value_name = "URI")]
	rationale: String,

	/// Hash of your reasons, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	rationale_hash: HashOrFile,

	/// What had the idea, with its version: `watcher@3`
	#[arg(long, value_name = "NAME@VERSION")]
	model: ModelName,

	/// How sure it is, from 0 to 100
	#[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
	confidence: u8,

	/// The telemetry report that led to it
	#[arg(long)]
	report: Option<u64>,

	/// The series that is to get better: `finality-lag` or `block-time`
	#[arg(long)]
	series: Option<Series>,

	/// How long it may wait to be carried out [default: as long as the kind allows]
	#[arg(long, value_name = "PERIOD")]
	expires_in: Option<Period>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which action is approved.
#[derive(Debug, Args)]
pub struct ApproveArgs {
	/// The action's id
	action: u64,

	/// The hash of the order that you have looked at [default: that of the action as it is now]
	#[arg(long, value_name = "HASH")]
	hash: Option<Hash>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which action is stopped, and why.
#[derive(Debug, Args)]
pub struct VetoArgs {
	/// The action's id
	action: u64,

	/// Hash of your reason, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	reason: HashOrFile,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which action.
#[derive(Debug, Args)]
pub struct OneArgs {
	/// The action's id
	action: u64,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Who carries actions out, on what.
#[derive(Debug, Args)]
pub struct BindArgs {
	/// `agent:7`, or a validator's stash
	target: TargetName,

	#[command(flatten)]
	executor: ExecutorChoice,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// An agent or none.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct ExecutorChoice {
	/// Id of the agent; its kind is executor
	#[arg(long, value_name = "AGENT")]
	executor: Option<u64>,

	/// Nobody any more
	#[arg(long)]
	none: bool,
}

/// A switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Switch {
	/// It is so
	On,
	/// It is not so
	Off,
}

/// On what.
#[derive(Debug, Args)]
pub struct BrakeArgs {
	/// `agent:7`, or a validator's stash
	target: TargetName,

	/// Whether actions are stopped
	switch: Switch,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Who may recommend.
#[derive(Debug, Args)]
pub struct RecommenderArgs {
	/// Id of the agent
	agent: u64,

	/// Whether it may
	switch: Switch,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// On or off.
#[derive(Debug, Args)]
pub struct KillArgs {
	/// Whether all actions are stopped
	switch: Switch,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Status => status(context).await,
		Command::Kinds => kinds(context).await,
		Command::Kind { kind } => show_kind(&kind, context).await,
		Command::List(args) => list(args, context).await,
		Command::Show { action } => show(action, context).await,
		Command::Recommend(args) => recommend(*args, context).await,
		Command::Approve(args) => approve(args, context).await,
		Command::Veto(args) => {
			let call = actions::veto(args.action, args.reason.hash()?);
			context.send(&args.transaction, &call).await
		},
		Command::Spam(args) => {
			context.send(&args.transaction, &actions::declare_spam(args.action)).await
		},
		Command::Target { target } => show_target(&target, context).await,
		Command::Bind(args) => {
			let target = args.target.resolve(&context.keys()?)?;
			let call = actions::bind_executor(&target, args.executor.executor);
			context.send(&args.transaction, &call).await
		},
		Command::Brake(args) => {
			let target = args.target.resolve(&context.keys()?)?;
			let call = actions::set_brake(&target, args.switch == Switch::On);
			context.send(&args.transaction, &call).await
		},
		Command::Kill(args) => {
			let sender = context.sender(&args.transaction)?;
			let chain = context.connect().await?;
			let call = actions::set_kill_switch(args.switch == Switch::On);
			context.print_sent(sender.send_as_sudo(&chain, &call).await?)
		},
		Command::Recommender(args) => {
			let sender = context.sender(&args.transaction)?;
			let chain = context.connect().await?;
			let call = actions::set_recommender(args.agent, args.switch == Switch::On);
			context.print_sent(sender.send_as_sudo(&chain, &call).await?)
		},
	}
}

async fn status(context: &Context) -> Result<(), Error> {
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

async fn kinds(context: &Context) -> Result<(), Error> {
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

/// The kind of that name or id, as the catalogue has it now.
async fn find_kind(chain: &Chain, name: &KindName) -> Result<Kind, Error> {
	let kinds = actions::kinds(chain).await?.result;
	let found = kinds.into_iter().find(|kind| name.is_of(kind));
	found.ok_or_else(|| Error::KindNotFound(name.to_string()))
}

async fn show_kind(name: &KindName, context: &Context) -> Result<(), Error> {
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
				[model, helped, no_effect, worse, unjudged, failed, unknown]
			});
			let head = ["model", "helped", "no effect", "worse", "unjudged", "failed", "unknown"];
			text.push_str("\n\n");
			text.push_str(&table(head, rows));
		}
		text
	}
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Error> {
	let target = args.target.map(|target| target.resolve(&context.keys()?)).transpose()?;
	let chain = context.connect().await?;
	let limit = usize::try_from(args.limit.limit).unwrap_or(usize::MAX);
	let answer = actions::actions(&chain, target.as_ref(), args.open, limit, None).await?;
	context.print(&ListReport { at: answer.block, actions: answer.result }, None)
}

#[derive(Serialize)]
struct ListReport {
	at: AnsweredAt,
	actions: Vec<Action>,
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
				one.kind.to_string(),
				naming::target_in_words(&one.target),
				one.standing().to_owned(),
				one.approvals.len().to_string(),
				one.expires.to_string(),
			]
		});
		table(["action", "kind", "target", "state", "approvals", "expires"], rows)
	}
}

/// The action with this id.
async fn find(chain: &Chain, id: u64) -> Result<(AnsweredAt, Action), Error> {
	let answer = actions::action(chain, id, None).await?;
	Ok((answer.block, answer.result.ok_or(Error::ActionNotFound(id))?))
}

async fn show(id: u64, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let (at, action) = find(&chain, id).await?;
	context.print(&ShowReport { at, action }, None)
}

#[derive(Serialize)]
struct ShowReport {
	at: AnsweredAt,
	#[serde(flatten)]
	action: Action,
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
			("kind", format!("{}, version {}", one.kind, one.version)),
			("target", naming::target_in_words(&one.target)),
			("does", naming::work_in_words(&one.work)),
			("if worse", or_dash(one.rollback.as_ref().map(naming::work_in_words))),
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

/// What a recommendation puts at risk.
#[derive(Clone, Copy, Debug, Serialize)]
struct AtRisk {
	/// What is held until the action ends, and lost if approvers call it spam.
	deposit: Amount,
}

impl fmt::Display for AtRisk {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(
			f,
			"{} are held until the action ends; they are lost if enough approvers call it spam",
			self.deposit
		)
	}
}

async fn recommend(args: RecommendArgs, context: &Context) -> Result<(), Error> {
	let target = args.target.resolve(&context.keys()?)?;
	let rationale = args.rationale_hash.hash()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let kind = find_kind(&chain, &args.kind).await?;
	let parameters = naming::parameters(&kind, &args.settings)?;
	let rollback = match kind.reversible_by {
		Some(id) => {
			let reversal = find_kind(&chain, &KindName::Id(id)).await?;
			naming::parameters(&reversal, &args.rollback)?
		},
		None if args.rollback.is_empty() => None,
		None => return Err(Error::NotReversible(kind.name)),
	};
	let status = actions::status(&chain).await?;
	let most = Period(kind.time_to_live);
	let waits = args.expires_in.unwrap_or(most).0.min(most.0);
	// A block less, because the block that has it is a later one than this.
	let expires = status.block.height.saturating_add(waits);
	let ModelName { name, version } = args.model;
	let call = actions::recommend(Recommendation {
		kind: kind.kind,
		target,
		parameters,
		rollback,
		uri: args.rationale,
		rationale,
		model: name,
		model_version: version,
		confidence: args.confidence,
		report: args.report,
		series: args.series,
		expires,
	});
	let at_risk = AtRisk { deposit: status.result.deposit };
	context.send_knowing(&chain, &sender, &call, at_risk).await
}

async fn approve(args: ApproveArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let (_, action) = find(&chain, args.action).await?;
	let hash = args.hash.unwrap_or(action.hash);
	crate::terminal::note(format!(
		"action {}: {} on {}, by kind {}",
		action.action,
		naming::work_in_words(&action.work),
		naming::target_in_words(&action.target),
		action.kind
	));
	context.send_to(&chain, &sender, &actions::approve(args.action, hash)).await
}

async fn show_target(name: &TargetName, context: &Context) -> Result<(), Error> {
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
		let Standing { operator, executor, is_braked, under_action } = &self.standing;
		fields([
			("operator", operator.clone().unwrap_or_else(|| "governance".to_owned())),
			("executor", or_dash(executor.map(|agent| format!("agent {agent}")))),
			("brake", if *is_braked { "on" } else { "off" }.to_owned()),
			("under action", or_dash(under_action.map(|action| action.to_string()))),
		])
	}
}
