//! What an agent has to do: its open contracts and validations.

use super::{agents::Agent, contracts, validations, Block, Error};
use crate::amount::Amount;
use serde::Serialize;

/// How many contracts of the present wallet are looked at. With more, this many are shown.
const MAX_CONTRACTS: u32 = 1_000;

/// What is open.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct OpenWork {
	/// Funded contracts for which the agent answers and in which its present wallet is the provider.
	pub contracts: u32,
	/// What of their money is still to go to one of the parties.
	pub amount: Amount,
	/// Contracts offered to the wallet and not funded.
	pub offered: u32,
	/// Requests that it took up as a validator and that have not come to their end.
	pub validations: u32,
}

/// Reads what `agent` has to do.
pub async fn open_work(block: &Block, agent: &Agent) -> Result<OpenWork, Error> {
	let mut work = OpenWork {
		validations: validations::open(block, agent.agent).await?,
		..OpenWork::default()
	};
	let Some(wallet) = agent.wallet else { return Ok(work) };
	let page = contracts::contracts_of(block, wallet, None, MAX_CONTRACTS).await?;
	for contract in page.contracts.iter().filter(|contract| contract.provider == wallet) {
		if contract.agent != Some(agent.agent) {
			continue;
		}
		if contract.funded_since.is_none() {
			work.offered = work.offered.saturating_add(1);
			continue;
		}
		work.contracts = work.contracts.saturating_add(1);
		let sum = work.amount.0.saturating_add(contract.payment.outstanding().0);
		work.amount = Amount(sum);
	}
	Ok(work)
}
