//! Who gets the rewards of anchors.

use super::{funding::TransactionSource, input::Bytes, AnchorError};
use crate::{
	amount::Amount,
	chain::{
		anchor::{self, node, Output},
		Block, Chain,
	},
	commands::{
		returning::{self, Returns},
		Context,
	},
	error::Error,
	transaction::TransactionArgs,
};
use aitbc_bitcoin::Transaction;
use clap::Args;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// What a P2WPKH script begins with: OP_0, and a push of 20 bytes (BIP 141).
const P2WPKH_PREFIX: [u8; 2] = [0, 20];

/// Which key.
#[derive(Debug, Args)]
pub struct RegisterArgs {
	/// The hash of the key, of a P2WPKH address [default: your node's own]
	#[arg(long, value_name = "HEX", requires = "signature")]
	key_hash: Option<Bytes<20>>,

	/// What the key signed: r, s, and which of the keys it is, over what `anchor_registrationMessage`
	/// answers
	#[arg(long, value_name = "HEX", requires = "key_hash")]
	signature: Option<Bytes<65>>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which script.
#[derive(Debug, Args)]
pub struct DeregisterArgs {
	/// The hash of its key, as `aitbc anchor wallet` shows it
	key_hash: Bytes<20>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which reward.
#[derive(Debug, Args)]
pub struct ClaimArgs {
	/// The number of the block of this chain that was anchored
	height: u32,

	/// The transaction whose output the anchor spends, as `aitbc anchor show` names it: what `bitcoin-cli
	/// getrawtransaction` prints, or a file with that
	#[arg(long, value_name = "HEX|FILE")]
	funding: TransactionSource,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Makes the sender the anchorer of a key.
pub async fn register(args: RegisterArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let (Bytes(key_hash), Bytes(signature)) = match (args.key_hash, args.signature) {
		(Some(key_hash), Some(signature)) => (key_hash, signature),
		_ => signed_by_node(&chain, sender.acts_for()).await?,
	};
	let deposit = anchor::schedule(&chain.best().await?).await?.deposit;
	let registration = Registration { deposit, rewards_to: sender.acts_for() };
	let call = anchor::register(key_hash, signature);
	context.send_knowing(&chain, &sender, &call, registration).await
}

/// The key of the node's worker, and what it says to `account`.
async fn signed_by_node(
	chain: &Chain,
	account: AccountId32,
) -> Result<(Bytes<20>, Bytes<65>), Error> {
	let signed = node::sign_registration(chain, account).await?;
	match (signed.key_hash.parse(), signed.signature.parse()) {
		(Ok(key_hash), Ok(signature)) => Ok((key_hash, signature)),
		(Err(reason), _) | (_, Err(reason)) => Err(Error::BadAnswer(reason)),
	}
}

/// What registering does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Registration {
	/// What is held.
	deposit: Amount,
	/// Who gets the rewards.
	rewards_to: AccountId32,
}

impl fmt::Display for Registration {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { deposit, rewards_to } = self;
		write!(
			f,
			"registering holds {deposit}; the rewards of what the key pays for go to {rewards_to}"
		)
	}
}

/// Gives the sender's script back.
pub async fn deregister(args: DeregisterArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let Bytes(key_hash) = args.key_hash;
	let anchorer = anchor::anchorer(&chain.best().await?, key_hash).await?;
	let own = anchorer.filter(|anchorer| anchorer.account == sender.acts_for());
	let returns = own.map(|anchorer| Returns::of_anchorer(&anchorer));
	returning::send(&chain, &sender, &anchor::deregister(key_hash), returns, context).await
}

/// Has the reward of a task paid.
pub async fn claim(args: ClaimArgs, context: &Context) -> Result<(), Error> {
	let ClaimArgs { height, funding, transaction } = args;
	let funding = funding.read()?;
	let sender = context.sender(&transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let call = anchor::claim(height, funding.to_bytes());
	// Where nobody can be paid, the chain says why.
	match Payment::foresee(&block, height, &funding).await? {
		Some(payment) => context.send_knowing(&chain, &sender, &call, payment).await,
		None => context.send_to(&chain, &sender, &call).await,
	}
}

/// What a claim pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Payment {
	/// To whom.
	to: AccountId32,
	/// How much.
	reward: Amount,
}

impl Payment {
	/// What is paid for the task `height`, whose anchor spends an output of `funding`, if that is known.
	async fn foresee(
		block: &Block,
		height: u32,
		funding: &Transaction,
	) -> Result<Option<Self>, Error> {
		let task = anchor::task(block, height).await?.ok_or(AnchorError::TaskNotFound(height))?;
		let Some(inclusion) = task.status.inclusion() else { return Ok(None) };
		let Output { txid: expected, index } = inclusion.funded_by;
		let found = funding.txid();
		if found != expected {
			return Err(AnchorError::OtherFunding { height, expected, found }.into());
		}
		let Some(key_hash) = key_hash(funding, index) else { return Ok(None) };
		let anchorer = anchor::anchorer(block, key_hash).await?;
		let reward = anchor::schedule(block).await?.reward;
		Ok(anchorer.map(|anchorer| Self { to: anchorer.account, reward }))
	}
}

impl fmt::Display for Payment {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { to, reward } = self;
		write!(f, "this pays {reward} from the treasury to {to}")
	}
}

/// The hash of the key that may spend an output, if that is P2WPKH.
fn key_hash(transaction: &Transaction, output: u32) -> Option<[u8; 20]> {
	let output = transaction.outputs.get(usize::try_from(output).ok()?)?;
	output.script.strip_prefix(&P2WPKH_PREFIX)?.try_into().ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_bitcoin as bitcoin;
	use aitbc_core::money::AIT;

	#[test]
	fn key_should_be_found_when_the_output_is_for_its_hash() {
		let output = |script: Vec<u8>| bitcoin::Output { value: bitcoin::Amount(1), script };
		let p2wpkh = [&P2WPKH_PREFIX[..], &[7; 20]].concat();
		let transaction = Transaction {
			version: 2,
			inputs: Vec::new(),
			outputs: vec![
				output(vec![0x51]),
				output(p2wpkh.clone()),
				output([p2wpkh, vec![0]].concat()),
			],
			lock_time: 0,
		};
		assert_eq!(key_hash(&transaction, 1), Some([7; 20]));
		for other in [0, 2, 3] {
			assert_eq!(key_hash(&transaction, other), None, "{other}");
		}
	}

	#[test]
	fn consequences_should_say_who_gets_how_much() {
		let account = AccountId32([1; 32]);
		let text = Payment { to: account, reward: Amount(10 * AIT) }.to_string();
		assert_eq!(text, format!("this pays 10 AIT from the treasury to {account}"));
		let text = Registration { deposit: Amount(AIT), rewards_to: account }.to_string();
		assert!(text.contains("holds 1 AIT") && text.contains(&account.to_string()), "{text}");
	}
}
