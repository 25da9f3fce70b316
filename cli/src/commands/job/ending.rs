//! `aitbc job withdraw-bid`, `cancel`, `expire` and `forget`: what ends without a contract, and gives
//! deposits and bonds back.

use super::{found, Action};
use crate::{
	chain::{market, Call},
	commands::{
		returning::{self, Returns},
		Context,
	},
	error::Error,
};

/// Takes the sender's bid back.
pub async fn withdraw_bid(action: Action, context: &Context) -> Result<(), Error> {
	let id = action.target.job;
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let bids = market::bids(&chain.best().await?, id).await?;
	let returns = Returns::of_bid(&bids, sender.acts_for());
	returning::send(&chain, &sender, &market::withdraw_bid(id), returns, context).await
}

/// Ends a job that nobody got, with the call that `make` makes of its id.
pub async fn end_bidding<C: Call>(
	action: Action,
	make: impl FnOnce(u64) -> C,
	context: &Context,
) -> Result<(), Error> {
	let id = action.target.job;
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let job = found(&block, id).await?;
	let bids = market::bids(&block, id).await?;
	let returns = Returns::of_bidding(&job, &bids);
	returning::send(&chain, &sender, &make(id), returns, context).await
}

/// Removes what is kept of a settled job.
pub async fn forget(action: Action, context: &Context) -> Result<(), Error> {
	let id = action.target.job;
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let job = found(&chain.best().await?, id).await?;
	let returns = Returns::of_settled(&job).ok_or(Error::JobNotSettled(id))?;
	returning::send(&chain, &sender, &market::forget(id), Some(returns), context).await
}
