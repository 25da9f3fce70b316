//! `aitbc account balance`: what an account owns, and when what is held comes back.

use crate::{
	chain::{
		accounts::{self, Balance, Hold, HoldReason},
		agents::{self, LeavingAgent},
		network,
	},
	commands::{agent::leaving_text, Context},
	error::Error,
	keys::AccountName,
	output::{fields, table, Report},
};
use serde::Serialize;
use subxt::utils::AccountId32;

/// Shows what `account` owns.
pub async fn run(account: &AccountName, context: &Context) -> Result<(), Error> {
	let account = account.resolve(&context.keys()?)?;
	let block = context.connect().await?.best().await?;
	let balance = accounts::balance(&block, &account).await?;
	let holds = accounts::holds(&block, &account, balance.held).await?;
	// Who has no bond on hold has no agent that left.
	let leaving = match holds.iter().any(|hold| hold.reason == HoldReason::AgentBond) {
		true => agents::leaving_agents(&block, Some(account)).await?,
		false => Vec::new(),
	};
	let active_block = network::active_clock(&block).await?.now;
	let report = BalanceReport { account, balance, holds, leaving, active_block };
	context.print(&report, Some(block.id))
}

#[derive(Serialize)]
struct BalanceReport {
	account: AccountId32,
	#[serde(flatten)]
	balance: Balance,
	/// What `held` is made of.
	holds: Vec<Hold>,
	/// Agents that left, and whose bonds are among the holds.
	leaving: Vec<LeavingAgent>,
	active_block: u32,
}

impl Report for BalanceReport {
	const KIND: &'static str = "account.balance";

	fn text(&self) -> String {
		let mut parts = vec![fields([
			("account", self.account.to_string()),
			("total", self.balance.total.to_string()),
			("free", self.balance.free.to_string()),
			("held", self.balance.held.to_string()),
			("frozen", self.balance.frozen.to_string()),
			("transferable", self.balance.transferable.to_string()),
			("nonce", self.balance.nonce.to_string()),
		])];
		if !self.holds.is_empty() {
			let rows = self.holds.iter().map(|hold| {
				let Hold { reason, amount } = hold;
				[reason.to_string(), amount.to_string(), reason.meaning().to_owned()]
			});
			parts.push(table(["held for", "amount", "which is"], rows));
		}
		if !self.leaving.is_empty() {
			parts.push(leaving_text(&self.leaving, self.active_block));
		}
		parts.join("\n\n")
	}
}
