//! `aitbc network`: the network as a whole.

use super::Context;
use crate::{
	chain::{
		network::{self, ActiveClock},
		node::{self, RuntimeVersion},
		Block, BlockId, Chain,
	},
	error::Error,
	output::{fields, or_dash, Report},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use subxt::config::substrate::H256;

/// What can be asked of a network.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Show the network's chain, its pace and its era
	Status(StatusArgs),
}

/// What the pace is measured on.
#[derive(Debug, Args)]
pub struct StatusArgs {
	/// Over how many of the last blocks to measure the time per block
	#[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
	blocks: u64,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Status(args) => status(args, context).await,
	}
}

async fn status(args: StatusArgs, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let (best, finalized) = (chain.best().await?, chain.finalized().await?.id);
	let report = StatusReport {
		chain: node::chain_name(&chain).await?,
		genesis: chain.genesis_hash(),
		runtime: node::runtime_version(&chain).await?,
		finality_lag: best.id.number.saturating_sub(finalized.number),
		best: best.id,
		finalized,
		block_time_ms: block_time(&chain, &best, args.blocks).await?,
		validators: network::validators(&best).await?.len(),
		era: network::active_era(&best).await?,
		session: network::session(&best).await?,
		active_clock: network::active_clock(&best).await?,
	};
	context.print(&report, Some(best.id))
}

/// The mean time per block over the last `count` blocks up to `best`, in milliseconds. The first
/// block has no time, so it does not count.
async fn block_time(chain: &Chain, best: &Block, count: u64) -> Result<Option<u64>, Error> {
	let first = best.id.number.saturating_sub(count).max(1);
	let Some(blocks) = best.id.number.checked_sub(first).filter(|blocks| *blocks > 0) else {
		return Ok(None);
	};
	let earlier = network::timestamp(&chain.block_at(first).await?).await?;
	let later = network::timestamp(best).await?;
	Ok(later.saturating_sub(earlier).checked_div(blocks))
}

#[derive(Serialize)]
struct StatusReport {
	chain: String,
	genesis: H256,
	runtime: RuntimeVersion,
	best: BlockId,
	finalized: BlockId,
	finality_lag: u64,
	block_time_ms: Option<u64>,
	validators: usize,
	era: Option<u32>,
	session: u32,
	active_clock: ActiveClock,
}

impl Report for StatusReport {
	const KIND: &'static str = "network.status";

	fn text(&self) -> String {
		let runtime = &self.runtime;
		let block_time =
			self.block_time_ms.map(|millis| format!("{}.{:03} s", millis / 1_000, millis % 1_000));
		let clock = match self.active_clock {
			ActiveClock { now, paused: false } => now.to_string(),
			ActiveClock { now, paused: true } => format!("{now}, standing still: paused"),
		};
		fields([
			("chain", self.chain.clone()),
			("genesis", format!("{:?}", self.genesis)),
			("runtime", format!("{} {}", runtime.spec_name, runtime.spec_version)),
			("best", format!("{} {:?}", self.best.number, self.best.hash)),
			("finalized", format!("{} {:?}", self.finalized.number, self.finalized.hash)),
			("finality lag", format!("{} blocks", self.finality_lag)),
			("block time", or_dash(block_time)),
			("validators", self.validators.to_string()),
			("era", or_dash(self.era)),
			("session", self.session.to_string()),
			("active clock", clock),
		])
	}
}
