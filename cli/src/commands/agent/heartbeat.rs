//! `aitbc agent heartbeat`: keeping an agent live, as a service if asked to.

use super::Target;
use crate::{
	chain::{
		agents::{self, Status},
		network,
	},
	commands::Context,
	error::Error,
	terminal,
	time::{ParseTimeError, Period},
	transaction::{Sender, Sent, TransactionArgs, Wait, Written},
};
use aitbc_core::{time::SLOT_MILLIS, BlockNumber};
use clap::Args;
use std::{str::FromStr, time::Duration};

/// How long to wait before trying again after a failure that may pass, at first and at most.
const RETRY: [Duration; 2] = [Duration::from_secs(3), Duration::from_secs(300)];

/// How often the clock is looked at while a heartbeat is not due: it may stand still, or run slow.
const MAX_SLEEP: Duration = Duration::from_secs(60);

/// When to send.
#[derive(Debug, Args)]
pub struct HeartbeatArgs {
	#[command(flatten)]
	target: Target,

	/// Go on sending until ended with Ctrl-C or SIGTERM: every so often, or `auto` for half the
	/// time that a heartbeat keeps an agent live, which is as often as it has a use
	#[arg(long, value_name = "TIME", num_args = 0..=1, default_missing_value = "auto")]
	every: Option<Every>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// How often to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
	/// At half the time that a heartbeat lasts.
	Auto,
	/// Each time this has passed on the active clock.
	Period(Period),
}

impl FromStr for Every {
	type Err = ParseTimeError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text {
			"auto" => Ok(Self::Auto),
			text => text.parse().map(Self::Period),
		}
	}
}

impl Every {
	/// When the next one is due after one that counted at `sent` and lasts until `live_until`.
	fn due_after(self, sent: BlockNumber, live_until: BlockNumber) -> BlockNumber {
		let lasts = live_until.saturating_sub(sent);
		let pause = match self {
			Self::Auto => lasts / 2,
			Self::Period(Period(blocks)) => blocks,
		};
		sent.saturating_add(pause.max(1))
	}
}

/// Sends a heartbeat, or one after the other.
pub async fn run(args: HeartbeatArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let agent = args.target.agent;
	let Some(every) = args.every else {
		let chain = context.connect().await?;
		return context.send_to(&chain, &sender, &agents::heartbeat(agent)).await;
	};
	if args.transaction.dry_run {
		let chain = context.connect().await?;
		return context.send_to(&chain, &sender, &agents::heartbeat(agent)).await;
	}
	if !args.transaction.yes {
		return Err(Error::EveryWithoutYes);
	}
	if args.transaction.wait == Wait::None {
		return Err(Error::EveryWithoutWait);
	}
	let service = Service { agent, every, sender, context };
	tokio::select! {
		// First, since a heartbeat that is on its way fails when it is interrupted.
		biased;
		ended = terminal::asked_to_end() => Ok(ended?),
		result = service.run() => result,
	}
}

/// Keeps an agent live.
struct Service<'a> {
	agent: u64,
	every: Every,
	sender: Sender<'a>,
	context: &'a Context,
}

impl Service<'_> {
	/// Sends heartbeats until something fails for good: the agent is gone or not active, or the
	/// sender may not.
	async fn run(&self) -> Result<(), Error> {
		let [first, most] = RETRY;
		let (mut due, mut pause) = (None, first);
		loop {
			let sleep = match self.step(&mut due).await {
				Ok(sleep) => {
					pause = first;
					sleep
				},
				Err(error) if error.is_transient() => {
					terminal::warn(format!("{error}; trying again in {} s", pause.as_secs()));
					let sleep = pause;
					pause = pause.saturating_mul(2).min(most);
					sleep
				},
				Err(error) => return Err(error),
			};
			tokio::time::sleep(sleep).await;
		}
	}

	/// Sends a heartbeat if one is `due`, and says how long to sleep.
	async fn step(&self, due: &mut Option<BlockNumber>) -> Result<Duration, Error> {
		// A new connection each time, so that the node may be restarted.
		let chain = self.context.connect().await?;
		let block = chain.best().await?;
		let now = network::active_clock(&block).await?.now;
		if let Some(missing) = due.and_then(|due| due.checked_sub(now)).filter(|left| *left > 0) {
			let sleep = Duration::from_millis(u64::from(missing).saturating_mul(SLOT_MILLIS));
			return Ok(sleep.min(MAX_SLEEP));
		}
		let agent = agents::agent(&block, self.agent).await?;
		let agent = agent.ok_or(Error::AgentNotFound(self.agent))?;
		if agent.status != Status::Active {
			return Err(Error::AgentNotActive(self.agent));
		}
		let sent = self.sender.send(&chain, &agents::heartbeat(self.agent)).await?;
		let Sent::Done { receipt, events } = sent else { return Ok(MAX_SLEEP) };
		let live_until = events.and_then(|events| events.live_until()).unwrap_or(now);
		let next = self.every.due_after(now, live_until);
		if next > live_until {
			terminal::warn("a heartbeat ends before the next one is due: name a shorter `--every`");
		}
		*due = Some(next);
		let written = Written { transactions: vec![receipt], ..Written::default() };
		self.context.print(&written, None)?;
		Ok(Duration::ZERO)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn heartbeats_should_be_due_at_half_their_time_or_as_asked() {
		let every = |text: &str| text.parse::<Every>().expect("it is well formed");
		assert_eq!(every("auto").due_after(100, 160), 130);
		assert_eq!(every("20").due_after(100, 160), 120);
		assert_eq!(every("1h").due_after(100, 160), 1_300);
		for soon in ["auto", "0"] {
			assert_eq!(every(soon).due_after(100, 100), 101, "never twice in a block");
		}
		assert!("often".parse::<Every>().is_err());
	}
}
