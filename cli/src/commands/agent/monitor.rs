//! `aitbc agent monitor`: agents, block by block.

use super::registry::{liveness, work_text};
use crate::{
	amount::Amount,
	chain::{
		agents::{self, Agent},
		network,
		reputation::{self, Level},
		work::{self, OpenWork},
		Block, Chain, Heads,
	},
	commands::Context,
	decimal::Share,
	error::Error,
	keys::AccountName,
	output::{self, fields, table, Format, Report},
	terminal,
};
use clap::Args;
use serde::Serialize;
use subxt::utils::AccountId32;

/// How many of an owner's agents are watched at most.
const MAX_AGENTS: u32 = 100;

/// Whom to watch.
#[derive(Debug, Args)]
pub struct MonitorArgs {
	#[command(flatten)]
	whom: WhomArgs,

	/// Show the last finalized block's state once, and end
	#[arg(long)]
	once: bool,
}

/// One agent, or all of an owner.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct WhomArgs {
	/// Id of the agent
	agent: Option<u64>,

	/// All agents of this account
	#[arg(long, value_name = "ACCOUNT")]
	owner: Option<AccountName>,
}

/// Whom to watch, found.
enum Whom {
	Agent(u64),
	Owner(AccountId32),
}

/// Shows agents at every finalized block, until somebody ends it.
pub async fn run(args: MonitorArgs, context: &Context) -> Result<(), Error> {
	let whom = match args.whom.owner {
		Some(owner) => Whom::Owner(owner.resolve(&context.keys()?)?),
		None => Whom::Agent(args.whom.agent.unwrap_or_default()),
	};
	let chain = context.connect().await?;
	let mut heads = chain.finalized_heads().await?;
	let is_table = context.global.output == Format::Table;
	let rewrites = !args.once && is_table && output::is_terminal();
	loop {
		let block = chain.finalized().await?;
		match watch(&block, &whom).await {
			Ok(report) => {
				if rewrites {
					output::clear()?;
				}
				context.print(&report, Some(block.id))?;
				if args.once {
					return Ok(());
				}
				if is_table && !rewrites {
					output::print_line("")?;
				}
			},
			Err(Error::AgentNotFound(agent)) if is_coming(agent, &chain).await? => {
				terminal::note(format!("agent {agent} is registered, but not finalized yet"));
			},
			Err(error) => return Err(error),
		}
		tokio::select! {
			head = next_after(&mut heads, block.id.number) => head?,
			ended = terminal::asked_to_end() => return Ok(ended?),
		}
	}
}

/// Whether there is such an agent in the best block.
async fn is_coming(agent: u64, chain: &Chain) -> Result<bool, Error> {
	Ok(agents::agent(&chain.best().await?, agent).await?.is_some())
}

/// Waits until a block after the one with this number is finalized.
async fn next_after(heads: &mut Heads, number: u64) -> Result<(), Error> {
	while heads.next().await? <= number {}
	Ok(())
}

/// Looks at agents.
async fn watch(block: &Block, whom: &Whom) -> Result<MonitorReport, Error> {
	let found = match whom {
		Whom::Agent(id) => {
			vec![agents::agent(block, *id).await?.ok_or(Error::AgentNotFound(*id))?]
		},
		Whom::Owner(owner) => agents::agents(block, Some(*owner), None, MAX_AGENTS).await?.agents,
	};
	let mut watched = Vec::new();
	for agent in found {
		let score = reputation::score(block, agent.agent).await?;
		watched.push(Watched {
			open_work: work::open_work(block, &agent).await?,
			reputation: Standing {
				lower_bound: score.lower_bound,
				mean: score.mean,
				evidence: score.evidence,
				level: score.level,
			},
			agent,
		});
	}
	let clock = network::active_clock(block).await?;
	Ok(MonitorReport {
		block: block.id.number,
		active_block: clock.now,
		paused: clock.paused,
		agents: watched,
	})
}

/// An agent at a block.
#[derive(Serialize)]
struct Watched {
	#[serde(flatten)]
	agent: Agent,
	open_work: OpenWork,
	reputation: Standing,
}

/// What its work is worth as of this block. What clients find may be older: see `aitbc agent
/// refresh`.
#[derive(Serialize)]
struct Standing {
	lower_bound: Share,
	mean: Option<Share>,
	evidence: Amount,
	level: Level,
}

#[derive(Serialize)]
struct MonitorReport {
	#[serde(skip)]
	block: u64,
	active_block: u32,
	paused: bool,
	agents: Vec<Watched>,
}

impl Report for MonitorReport {
	const KIND: &'static str = "agent.monitor";

	fn text(&self) -> String {
		let clock = if self.paused { ", standing still: paused" } else { "" };
		let head = fields([
			("finalized block", self.block.to_string()),
			("active clock", format!("{}{clock}", self.active_block)),
		]);
		let rows = self.agents.iter().map(|one| {
			[
				one.agent.agent.to_string(),
				one.agent.status.to_string(),
				liveness(&one.agent, self.active_block),
				work_text(&one.open_work),
				format!("{}, {}", one.reputation.lower_bound.short(), one.reputation.level),
				one.reputation.evidence.to_string(),
			]
		});
		let titles = ["agent", "status", "live", "open work", "reputation", "evidence"];
		format!("{head}\n\n{}", table(titles, rows))
	}
}
