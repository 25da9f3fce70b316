//! The technical committee's part: to put a call on the fast track.

use super::{naming::CallText, status::ongoing, GovernanceError};
use crate::{
	chain::{
		governance::{
			blake2_256,
			committee::{self, Whitelisting},
		},
		Block, ChainCall, Value,
	},
	commands::Context,
	digest::Hash,
	error::Error,
	terminal,
	transaction::TransactionArgs,
};
use clap::Args;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// Which call.
#[derive(Debug, Args)]
#[group(id = "whitelisted-call", required = true, multiple = false)]
pub struct Which {
	/// The one that this referendum of the emergency track would dispatch
	referendum: Option<u32>,

	/// This one, as `governance propose call` takes it
	#[arg(long, value_name = "CALL")]
	call: Option<CallText>,
}

/// Who whitelists what.
#[derive(Debug, Args)]
pub struct WhitelistArgs {
	#[command(flatten)]
	which: Which,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What a member's step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Step {
	/// There is a motion, with its first vote.
	Moved,
	/// One more agrees.
	Voted,
	/// Enough have agreed, and it is done.
	Whitelisted,
}

/// What a member's step comes to.
#[derive(Clone, Copy, Debug, Serialize)]
struct Whitelist {
	call: Hash,
	step: Step,
	/// How many of the members agree then.
	ayes: u32,
	/// How many must.
	threshold: u32,
}

impl fmt::Display for Whitelist {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { call, step, ayes, threshold } = self;
		match step {
			Step::Whitelisted => write!(f, "the call {call} is whitelisted"),
			_ => write!(
				f,
				"{ayes} of {threshold} members that must agree do; each of the others sends the same"
			),
		}
	}
}

/// Does what `account` can do to whitelist a call, and tells what that comes to.
async fn next(
	block: &Block,
	state: &Whitelisting,
	account: AccountId32,
) -> Result<(Vec<ChainCall>, Whitelist), Error> {
	if state.is_whitelisted {
		return Err(GovernanceError::Whitelisted(state.call).into());
	}
	if !state.members.contains(&account) {
		return Err(GovernanceError::NoMember(account).into());
	}
	let (call, threshold) = (state.call, state.threshold());
	let Some(motion) = &state.motion else {
		let step = if threshold > 1 { Step::Moved } else { Step::Whitelisted };
		let calls = committee::propose(block, state).await?;
		return Ok((calls, Whitelist { call, step, ayes: 1, threshold }));
	};
	let has_voted = motion.ayes.contains(&account);
	let ayes = u32::try_from(motion.ayes.len()).unwrap_or(u32::MAX);
	let (ayes, threshold) = (ayes.saturating_add((!has_voted).into()), motion.threshold);
	let mut calls = Vec::new();
	if !has_voted {
		calls.push(committee::vote(motion.hash, motion.index));
	}
	let step = match ayes.checked_sub(threshold) {
		Some(_) => {
			calls.push(committee::close(block, state, motion.index)?);
			Step::Whitelisted
		},
		None if has_voted => {
			let missing = threshold.saturating_sub(ayes);
			return Err(GovernanceError::Voted { account, missing }.into());
		},
		None => Step::Voted,
	};
	Ok((calls, Whitelist { call, step, ayes, threshold }))
}

/// Moves, votes, or closes, whichever brings a call nearer to the fast track.
pub async fn whitelist(args: WhitelistArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let bytes = match (&args.which.call, args.which.referendum) {
		(Some(call), _) => call.write(&block)?.bytes().to_vec(),
		(None, referendum) => within(&block, referendum.unwrap_or_default()).await?,
	};
	if let Some(call) = block.explain_call(&bytes) {
		terminal::note(format!("the call: {call}"));
	}
	let state = committee::whitelisting(&block, Hash(blake2_256(&bytes))).await?;
	let (calls, whitelist) = next(&block, &state, sender.acts_for()).await?;
	context.send_knowing(&chain, &sender, &block.all_of(calls)?, whitelist).await
}

/// The bytes of the call that a referendum of the emergency track would have whitelisted.
async fn within(block: &Block, referendum: u32) -> Result<Vec<u8>, Error> {
	let proposal = ongoing(block, referendum).await?.proposal;
	let is_dispatch = proposal.call.and_then(name).is_some_and(|(pallet, call)| {
		pallet == "Whitelist" && call == "dispatch_whitelisted_call_with_preimage"
	});
	// Behind the pallet's and the call's index nothing but the call follows.
	let inner =
		proposal.bytes.filter(|_| is_dispatch).and_then(|bytes| Some(bytes.get(2..)?.to_vec()));
	inner.ok_or_else(|| GovernanceError::NothingToWhitelist(referendum).into())
}

/// The pallet and the name of a call.
fn name(call: Value) -> Option<(String, String)> {
	let (pallet, within) = call.into_variant();
	Some((pallet, within.into_variant().0)).filter(|(pallet, _)| !pallet.is_empty())
}
