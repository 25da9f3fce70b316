//! What a node pays for anchors with.

use super::{input::Bytes, AnchorError};
use crate::{
	amount::Amount,
	chain::{
		accounts,
		anchor::{
			self,
			node::{self, Waiting, Worker},
			Anchorer,
		},
	},
	commands::Context,
	error::Error,
	output::{fields, Report},
	terminal,
};
use clap::Args;
use serde::Serialize;

/// How many satoshi a bitcoin has.
const SATOSHI: u64 = 100_000_000;

/// What to do about the wallet.
#[derive(Debug, Args)]
pub struct WalletArgs {
	/// Have it look for coins, which takes Bitcoin Core minutes on mainnet
	#[arg(long)]
	rescan: bool,
}

/// Shows the worker's wallet.
pub async fn run(args: WalletArgs, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let worker = node::worker(&chain).await?.ok_or(AnchorError::NoWorker)?;
	if args.rescan {
		if worker.address.is_none() {
			return Err(AnchorError::NoWallet.into());
		}
		node::rescan(&chain).await?;
		terminal::note(
			"the worker looks for coins at its next round; ask again in some seconds, or minutes on \
			 mainnet",
		);
	}
	let block = chain.best().await?;
	let relayer_balance = accounts::balance(&block, &worker.relayer).await?.free;
	let key_hash = worker.key_hash.as_deref().map(str::parse).transpose();
	let anchorer = match key_hash.map_err(Error::BadAnswer)? {
		Some(Bytes(key_hash)) => anchor::anchorer(&block, key_hash).await?,
		None => None,
	};
	let report = WalletReport { worker, relayer_balance, anchorer };
	context.print(&report, Some(block.id))
}

#[derive(Serialize)]
struct WalletReport {
	#[serde(flatten)]
	worker: Worker,
	/// What the relayer has that is not held.
	relayer_balance: Amount,
	/// Who gets the rewards of what the key pays for.
	anchorer: Option<Anchorer>,
}

impl Report for WalletReport {
	const KIND: &'static str = "anchor.wallet";

	fn text(&self) -> String {
		let Worker { mode, relayer, address, key_hash, balance, waiting, .. } = &self.worker;
		let mut rows = vec![("mode", mode.clone())];
		rows.extend(address.clone().map(|address| ("address", address)));
		if let Some(key_hash) = key_hash {
			let rewards = match &self.anchorer {
				Some(anchorer) => format!("go to {}", anchorer.account),
				None => "go to nobody; see `aitbc anchor register`".to_owned(),
			};
			rows.extend([("key hash", key_hash.clone()), ("its rewards", rewards)]);
		}
		rows.extend(balance.map(|balance| ("balance", bitcoin(balance))));
		if address.is_some() {
			let nothing = || "nothing".to_owned();
			rows.push(("waits for a block", waiting.as_ref().map_or_else(nothing, waits)));
		}
		let funds = match self.relayer_balance.is_zero() {
			true => {
				format!("{relayer}, which has nothing: send it some with `aitbc account transfer`")
			},
			false => format!("{relayer}, which has {}", self.relayer_balance),
		};
		rows.push(("relayer", funds));
		rows.extend(self.worker.problem.clone().map(|problem| ("problem", problem)));
		rows.extend(self.worker.error.clone().map(|error| ("error", error)));
		fields(rows)
	}
}

/// An amount of bitcoin.
fn bitcoin(satoshi: u64) -> String {
	let (whole, rest) = (satoshi / SATOSHI, satoshi % SATOSHI);
	format!("{whole}.{rest:08} BTC ({satoshi} satoshi)")
}

/// What waits, and what it pays.
fn waits(waiting: &Waiting) -> String {
	let Waiting { height, txid, fee_rate, since } = waiting;
	let (whole, rest) = (fee_rate / 1_000, fee_rate % 1_000);
	format!(
		"block {height} in {txid}, since Bitcoin block {since}, for {whole}.{rest:03} satoshi a virtual byte"
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;
	use subxt::utils::AccountId32;

	fn report() -> WalletReport {
		let worker = Worker {
			mode: "broadcast".into(),
			relayer: AccountId32([1; 32]),
			address: Some("bcrt1qanchor".into()),
			key_hash: Some(format!("0x{}", "07".repeat(20))),
			balance: Some(150_000_001),
			core_height: Some(107),
			waiting: None,
			problem: None,
			error: None,
		};
		WalletReport { worker, relayer_balance: Amount(AIT), anchorer: None }
	}

	#[test]
	fn wallet_should_show_its_balance_and_who_earns_with_it() {
		let mut report = report();
		let text = report.text();
		for words in [
			"1.50000001 BTC (150000001 satoshi)",
			"go to nobody; see `aitbc anchor register`",
			"which has 1 AIT",
			"nothing",
		] {
			assert!(text.contains(words), "{words}: {text}");
		}
		let account = AccountId32([2; 32]);
		report.anchorer = Some(Anchorer { account, deposit: Amount(AIT) });
		assert!(report.text().contains(&format!("go to {account}")), "{}", report.text());
	}

	#[test]
	fn wallet_should_show_what_waits_and_what_is_in_the_way() {
		let mut report = report();
		let txid = "ab".to_owned();
		let waiting = Waiting { height: 40, txid, fee_rate: 12_050, since: 107 };
		report.worker.waiting = Some(waiting);
		report.worker.problem = Some("send some".into());
		report.worker.error = Some("no answer".into());
		report.relayer_balance = Amount(0);
		let text = report.text();
		for words in [
			"block 40 in ab, since Bitcoin block 107, for 12.050 satoshi a virtual byte",
			"send some",
			"no answer",
			"`aitbc account transfer`",
		] {
			assert!(text.contains(words), "{words}: {text}");
		}
	}

	#[test]
	fn wallet_should_show_no_coins_when_the_worker_has_none() {
		let mut report = report();
		report.worker.mode = "payload".into();
		(report.worker.address, report.worker.key_hash, report.worker.balance) = (None, None, None);
		let text = report.text();
		assert!(!text.contains("BTC") && !text.contains("waits"), "{text}");
	}
}
