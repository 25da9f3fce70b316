//! `aitbc agent deregister`: how an agent leaves, and when its bond comes back.

use super::{registry::duration, Action};
use crate::{
	amount::Amount,
	chain::{
		agents::{self, LeavingAgent},
		network, parameters,
	},
	commands::Context,
	error::Error,
	output::{fields, table, Report},
};
use serde::Serialize;
use std::fmt;

/// Takes an agent out of the registry.
pub async fn deregister(action: Action, context: &Context) -> Result<(), Error> {
	let id = action.target.agent;
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let agent = agents::agent(&block, id).await?.ok_or(Error::AgentNotFound(id))?;
	let delay = parameters::bond_release_delay(&block).await?;
	let now = network::active_clock(&block).await?.now;
	let departure = Departure {
		deposit: Amount(agent.deposit.0.saturating_add(agent.attachments.0)),
		bond: agent.bond,
		bond_until: now.saturating_add(delay),
		delay,
	};
	context.send_knowing(&chain, &sender, &agents::deregister(id), departure).await
}

/// What becomes of an owner's money when its agent leaves.
#[derive(Clone, Copy, Debug, Serialize)]
struct Departure {
	/// What comes back at once.
	deposit: Amount,
	/// What stays at risk.
	bond: Amount,
	/// From which active block on the bond may be released, if the agent left now.
	bond_until: u32,
	/// How long that is from now, in active blocks.
	#[serde(skip)]
	delay: u32,
}

impl fmt::Display for Departure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { deposit, bond, bond_until, delay } = self;
		write!(
			f,
			"leaving is for good: the deposits of {deposit} come back at once, and the bond of {bond} \
			 stays held and at risk for {delay} active blocks ({}), until about active block \
			 {bond_until}",
			duration(*delay)
		)
	}
}

/// An agent that left, seen at a time.
#[derive(Serialize)]
pub struct LeavingReport {
	/// The agent.
	#[serde(flatten)]
	pub leaving: LeavingAgent,
	/// The time.
	pub active_block: u32,
}

impl Report for LeavingReport {
	const KIND: &'static str = "agent.leaving";

	fn text(&self) -> String {
		fields([
			("agent", self.leaving.agent.to_string()),
			("status", "deregistering".to_owned()),
			("owner", self.leaving.owner.to_string()),
			("bond", self.leaving.bond.to_string()),
			("comes back", way_back(&self.leaving, self.active_block)),
		])
	}
}

/// Agents that left, for people, when the active clock shows `now`.
pub fn leaving_text(leaving: &[LeavingAgent], now: u32) -> String {
	let rows = leaving.iter().map(|one| {
		[
			one.agent.to_string(),
			"deregistering".to_owned(),
			one.owner.to_string(),
			one.bond.to_string(),
			way_back(one, now),
		]
	});
	table(["agent", "status", "owner", "bond", "comes back"], rows)
}

/// When the bond of an agent that left comes back, and how.
fn way_back(leaving: &LeavingAgent, now: u32) -> String {
	let LeavingAgent { agent, bond_until, .. } = leaving;
	match bond_until.checked_sub(now).filter(|left| *left > 0) {
		Some(left) => format!("from active block {bond_until}, {}", duration(left)),
		None => format!("now: aitbc agent release-bond {agent}"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use subxt::utils::AccountId32;

	#[test]
	fn bonds_should_come_back_by_a_command_once_their_time_has_come() {
		let owner = AccountId32([1; 32]);
		let left = LeavingAgent { agent: 7, owner, bond: Amount(1), bond_until: 100 };
		assert_eq!(way_back(&left, 60), "from active block 100, about 2 min");
		for now in [100, 101] {
			assert_eq!(way_back(&left, now), "now: aitbc agent release-bond 7");
		}
	}

	#[test]
	fn departure_should_say_how_long_the_bond_stays_at_risk() {
		let ait = 1_000_000_000_000;
		let departure = Departure {
			deposit: Amount(ait),
			bond: Amount(100 * ait),
			bond_until: 620,
			delay: 600,
		};
		let text = departure.to_string();
		assert!(text.contains("deposits of 1 AIT come back"), "{text}");
		assert!(text.contains("bond of 100 AIT stays held and at risk"), "{text}");
		assert!(text.ends_with("600 active blocks (about 30 min), until about active block 620"));
	}
}
