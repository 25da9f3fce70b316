//! `aitbc contract release`, `approve`, `settle`, `refund` and `stop`: where the money goes.

use super::{Action, Milestone, MilestoneAction, SettleArgs};
use crate::{
	chain::{
		contracts::{self, Contract},
		network, parameters, Block, Call, Chain,
	},
	commands::{
		payout::{Approval, Ending, Payout},
		Context,
	},
	error::Error,
	transaction::{Sender, TransactionArgs},
};
use serde::Serialize;
use std::fmt::Display;

/// What is known of a contract before a call about it.
struct Known<'a> {
	sender: Sender<'a>,
	chain: Chain,
	block: Block,
	/// The active clock's time.
	now: u32,
	/// Nothing, if there is none.
	contract: Option<Contract>,
}

impl<'a> Known<'a> {
	/// Reads the contract with the id `contract`.
	async fn read(
		contract: u64,
		args: &'a TransactionArgs,
		context: &Context,
	) -> Result<Self, Error> {
		let sender = context.sender(args)?;
		let chain = context.connect().await?;
		let block = chain.best().await?;
		let now = network::active_clock(&block).await?.now;
		let contract = contracts::contract(&block, contract).await?;
		Ok(Self { sender, chain, block, now, contract })
	}

	/// Sends `call`, and says what it does if that is `foreseen`. Else the chain says what is wrong.
	async fn send(
		&self,
		call: &impl Call,
		foreseen: Option<impl Serialize + Display>,
		context: &Context,
	) -> Result<(), Error> {
		match foreseen {
			Some(foreseen) => context.send_knowing(&self.chain, &self.sender, call, foreseen).await,
			None => context.send_to(&self.chain, &self.sender, call).await,
		}
	}
}

/// Pays a milestone, as its client.
pub async fn release(action: MilestoneAction, context: &Context) -> Result<(), Error> {
	let Milestone { target, milestone } = action.milestone;
	let known = Known::read(target.contract, &action.transaction, context).await?;
	let payout = known.contract.as_ref().and_then(|one| Payout::of_release(one, milestone));
	known.send(&contracts::release(target.contract, milestone), payout, context).await
}

/// Approves a milestone, as an approver.
pub async fn approve(action: MilestoneAction, context: &Context) -> Result<(), Error> {
	let Milestone { target, milestone } = action.milestone;
	let known = Known::read(target.contract, &action.transaction, context).await?;
	let approver = known.sender.acts_for();
	let approval = known.contract.as_ref();
	let approval = approval.and_then(|one| Approval::new(one, milestone, approver));
	known.send(&contracts::approve(target.contract, milestone), approval, context).await
}

/// Pays what was earned, as anybody.
pub async fn settle(args: SettleArgs, context: &Context) -> Result<(), Error> {
	let SettleArgs { target, milestone, transaction } = args;
	let known = Known::read(target.contract, &transaction, context).await?;
	let (contract, now) = (known.contract.as_ref(), known.now);
	match milestone {
		Some(milestone) => {
			let payout = contract.and_then(|one| Payout::of_release(one, milestone));
			known.send(&contracts::settle(target.contract, milestone), payout, context).await
		},
		None => {
			let payout = contract.and_then(|one| Payout::of_stream(one, now));
			known.send(&contracts::settle_stream(target.contract), payout, context).await
		},
	}
}

/// Returns a milestone's money.
pub async fn refund(action: MilestoneAction, context: &Context) -> Result<(), Error> {
	let Milestone { target, milestone } = action.milestone;
	let known = Known::read(target.contract, &action.transaction, context).await?;
	let slash = parameters::missed_slash(&known.block).await?;
	let (contract, now) = (known.contract.as_ref(), known.now);
	let payout = contract.and_then(|one| Payout::of_refund(one, milestone, slash, now));
	known.send(&contracts::refund(target.contract, milestone), payout, context).await
}

/// Ends a stream or a meter.
pub async fn stop(action: Action, context: &Context) -> Result<(), Error> {
	let contract = action.target.contract;
	let known = Known::read(contract, &action.transaction, context).await?;
	let (who, now) = (known.sender.acts_for(), known.now);
	let ending = known.contract.as_ref().and_then(|one| Ending::new(one, who, now));
	known.send(&contracts::stop(contract), ending, context).await
}
