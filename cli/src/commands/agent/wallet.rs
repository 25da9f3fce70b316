//! `aitbc agent set-wallet` and `rotate-key`: under which account an agent works.

use super::Target;
use crate::{
	chain::{agents, network, Chain},
	commands::Context,
	error::Error,
	keys::{AccountName, SignerName},
	terminal,
	time::Period,
	transaction::TransactionArgs,
};
use clap::Args;
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;

/// Which wallet an agent gets.
#[derive(Debug, Args)]
pub struct SetWalletArgs {
	#[command(flatten)]
	target: Target,

	/// The account that shall work for it; it has to accept, unless its key is given as well
	#[arg(long, value_name = "ACCOUNT")]
	wallet: AccountName,

	/// The wallet's key, which signs the proof of its consent here and now; its password is looked
	/// for where the sender's is
	#[arg(long, value_name = "KEY")]
	wallet_key: Option<SignerName>,

	#[command(flatten)]
	proof: ProofArgs,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which key an agent works with from now on.
#[derive(Debug, Args)]
pub struct RotateKeyArgs {
	#[command(flatten)]
	target: Target,

	/// The new key, which signs the proof of its consent here and now; `aitbc account new` makes
	/// one. Its password is looked for where the sender's is
	#[arg(long, value_name = "KEY")]
	to: SignerName,

	#[command(flatten)]
	proof: ProofArgs,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// How a wallet proves its consent.
#[derive(Clone, Copy, Debug, Args)]
pub struct ProofArgs {
	/// For how long that proof counts
	#[arg(long, value_name = "TIME", default_value = "1h")]
	proof_lifetime: Period,
}

/// Gives an agent a wallet, or proposes one.
pub async fn set(args: SetWalletArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let wallet = args.wallet.resolve(&folder)?;
	let key = args.wallet_key.as_ref();
	let signs = key.map(|key| Ok::<_, Error>((key, key.resolve(&folder)?))).transpose()?;
	if let Some((key, signs)) = signs.filter(|(_, signs)| *signs != wallet) {
		return Err(Error::NotWalletKey { key: key.to_string(), signs, wallet });
	}
	let (agent, sender) = (args.target.agent, context.sender(&args.transaction)?);
	let chain = context.connect().await?;
	let proof = match key {
		Some(key) => {
			let key = key.unlock(&folder, &args.transaction.password)?;
			Some(sign_proof(agent, wallet, &key, args.proof, &chain).await?)
		},
		None => None,
	};
	let call = agents::set_wallet(agent, wallet, proof);
	context.send_to(&chain, &sender, &call).await
}

/// Replaces an agent's wallet by another key's account.
pub async fn rotate(args: RotateKeyArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let (agent, wallet) = (args.target.agent, args.to.resolve(&folder)?);
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let found = agents::agent(&chain.best().await?, agent).await?;
	let old = found.ok_or(Error::AgentNotFound(agent))?.wallet;
	let key = args.to.unlock(&folder, &args.transaction.password)?;
	let proof = sign_proof(agent, wallet, &key, args.proof, &chain).await?;
	let call = agents::set_wallet(agent, wallet, Some(proof));
	context.send_to(&chain, &sender, &call).await?;
	if let Some(old) = old.filter(|_| !args.transaction.sends_nothing()) {
		terminal::note(format!(
			"what {old} owns stays there, and contracts that name it still pay it: whoever has \
			 its key, move the money, and finish or refund those contracts"
		));
	}
	Ok(())
}

/// Lets the wallet's key sign that it works for the agent.
async fn sign_proof(
	agent: u64,
	wallet: AccountId32,
	key: &Keypair,
	args: ProofArgs,
	chain: &Chain,
) -> Result<([u8; 64], u32), Error> {
	let block = chain.best().await?;
	let deadline = network::active_clock(&block).await?.now.saturating_add(args.proof_lifetime.0);
	let payload = agents::wallet_payload(&block, agent, wallet, deadline).await?;
	let payload = payload.ok_or(Error::AgentNotFound(agent))?;
	Ok((key.sign(&payload).0, deadline))
}
