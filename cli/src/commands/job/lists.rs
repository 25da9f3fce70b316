//! `aitbc job list`: the jobs of an account, and those that can be bid for.

use crate::{
	chain::market::{self, Job, JobPage, JobsOf, Live},
	commands::{tag::TagName, Context, Limit},
	error::Error,
	keys::AccountName,
	output::{or_dash, table, Report},
	terminal,
};
use clap::Args;

/// Which jobs to list.
#[derive(Debug, Args)]
pub struct ListArgs {
	#[command(flatten)]
	of: OfArgs,

	/// Go on where the last page ended: the job that it named. Pages follow the order of storage,
	/// and the jobs of each page their ids
	#[arg(long, value_name = "JOB")]
	after: Option<u64>,

	#[command(flatten)]
	limit: Limit,
}

/// Whose jobs.
#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct OfArgs {
	/// Those of which this account is the client, or that went to it
	account: Option<AccountName>,

	/// Those that wait for bids of this capability: name or id of a tag
	#[arg(long, value_name = "TAG")]
	open: Option<TagName>,
}

/// Lists jobs.
pub async fn run(args: ListArgs, context: &Context) -> Result<(), Error> {
	let account = match &args.of.account {
		Some(account) => Some(account.resolve(&context.keys()?)?),
		None => None,
	};
	let block = context.connect().await?.best().await?;
	let of = match (account, args.of.open) {
		(Some(account), _) => JobsOf::Account(account),
		(None, Some(tag)) => JobsOf::Open(tag.find(&block).await?.tag),
		(None, None) => return Err(Error::Usage("name an account or a capability".to_owned())),
	};
	let page = market::jobs(&block, of, args.after, args.limit.limit).await?;
	context.print(&page, Some(block.id))?;
	if let Some(next) = page.next {
		terminal::note(format!("there are more: go on with `--after {next}`"));
	}
	Ok(())
}

impl Report for JobPage {
	const KIND: &'static str = "job.list";

	fn text(&self) -> String {
		let rows = self.jobs.iter().map(|job| {
			let live = job.live.as_ref();
			[
				job.job.to_string(),
				super::status::state_of(job),
				or_dash(live.map(|live| live.demand.unit.count(live.work.units))),
				or_dash(live.map(limit)),
				or_dash(live.map(|live| live.bids)),
				or_dash(provider_of(job)),
				job.client.to_string(),
			]
		});
		table(["job", "state", "units", "at most", "bids", "agent", "client"], rows)
	}
}

/// The most that a bid may ask.
fn limit(live: &Live) -> String {
	let demand = &live.demand;
	format!("{}{}", demand.price_limit, live.work.plan.per(demand.unit))
}

/// The agent that has the job, or had it last.
fn provider_of(job: &Job) -> Option<u64> {
	let past = || job.past.last().map(|past| past.agent);
	job.lease().map(|lease| lease.agent).or_else(past)
}
