//! `aitbc agent card-key`, `verify-card` and `sign-card`: whose a card is, and making it one's own.

use super::{Attachment, Target};
use crate::{
	card::{self, CardKey, Registered, SignedCard, Signer, Step},
	chain::{agents, BlockId},
	commands::Context,
	digest::Hash,
	error::Error,
	keys as key_files,
	output::{fields, table, Report},
	terminal,
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;

/// What can be done with the keys that sign an agent's card.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
	/// List an agent's card keys
	List {
		#[command(flatten)]
		target: Target,
	},

	/// Say that a key signs the agent's card, as its owner
	Add(KeyArgs),

	/// Say that a key no longer signs the agent's card, as its owner: the deposit comes back
	Remove(KeyArgs),
}

/// Which key of which agent.
#[derive(Debug, Args)]
pub struct KeyArgs {
	#[command(flatten)]
	target: Target,

	/// The public key, as `ed25519:0x...`, or compressed as `p256:0x...` or `secp256k1:0x...`
	#[arg(long)]
	key: CardKey,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which card to check, against what.
#[derive(Debug, Args)]
pub struct VerifyArgs {
	/// The card, as JSON
	file: PathBuf,

	#[command(flatten)]
	against: Against,

	/// Fail if nobody signed the card
	#[arg(long)]
	require_signature: bool,
}

/// What a card is checked against.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Against {
	/// The agent whose card it should be: against its hash and its card keys on chain
	#[arg(long, value_name = "AGENT")]
	agent: Option<u64>,

	/// Nothing: the form alone, without a node
	#[arg(long)]
	offline: bool,
}

/// Which card to sign, with what.
#[derive(Debug, Args)]
pub struct SignArgs {
	/// The card, as JSON
	file: PathBuf,

	/// The private key: unencrypted PKCS#8 in PEM, of Ed25519, P-256 or secp256k1
	#[arg(long, value_name = "FILE")]
	key_file: PathBuf,

	/// What the signature calls the key; replaces a signature that has the same [default: the
	/// public key as the chain keeps it]
	#[arg(long, value_name = "ID")]
	key_id: Option<String>,

	/// Where a JSON Web Key Set with the public key can be read, for clients that ask no chain
	#[arg(long, value_name = "URL")]
	key_set: Option<String>,
}

/// Does what `command` says.
pub async fn keys(command: KeyCommand, context: &Context) -> Result<(), Error> {
	match command {
		KeyCommand::List { target } => {
			let block = context.connect().await?.best().await?;
			let agent = agents::agent(&block, target.agent).await?;
			let agent = agent.ok_or(Error::AgentNotFound(target.agent))?;
			let report = KeysReport { agent: agent.agent, card_keys: agent.card_keys };
			context.print(&report, Some(block.id))
		},
		KeyCommand::Add(args) => add_key(args, context).await,
		KeyCommand::Remove(args) => {
			let call = agents::remove_card_key(args.target.agent, args.key);
			context.send(&args.transaction, &call).await
		},
	}
}

async fn add_key(args: KeyArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let deposit = agents::card_key_deposit(&chain.best().await?).await?;
	let deposit = Attachment { what: "card key", deposit };
	let call = agents::add_card_key(args.target.agent, args.key);
	context.send_knowing(&chain, &sender, &call, deposit).await
}

/// Checks a card, and fails if a step does.
pub async fn verify(args: VerifyArgs, context: &Context) -> Result<(), Error> {
	let bytes = card::read_file(&args.file)?;
	let (registered, block) = match args.against.agent {
		Some(agent) => {
			let (registered, block) = registered(agent, context).await?;
			(Some(registered), Some(block))
		},
		None => (None, None),
	};
	let checked = card::check(&bytes, registered.as_ref(), args.require_signature);
	let failed: Vec<_> = checked.failed().map(Step::name).collect();
	let report = VerifyReport {
		agent: args.against.agent,
		passed: failed.is_empty(),
		signed: checked.is_signed(),
		card_hash: checked.hash,
		steps: checked.steps,
	};
	context.print(&report, block)?;
	if report.passed {
		Ok(())
	} else {
		Err(Error::CardNotVerified { failed: failed.join(", ") })
	}
}

/// What the chain knows of the agent's card.
async fn registered(agent: u64, context: &Context) -> Result<(Registered, BlockId), Error> {
	let block = context.connect().await?.best().await?;
	let found = agents::agent(&block, agent).await?.ok_or(Error::AgentNotFound(agent))?;
	Ok((Registered { hash: found.card_hash, keys: found.card_keys }, block.id))
}

/// Signs a card, and writes it with its signature.
pub fn sign(args: &SignArgs, context: &Context) -> Result<(), Error> {
	let bytes = card::read_file(&args.file)?;
	let pem = key_files::read_secret(&args.key_file)?;
	let signer = Signer::from_pem(&pem)?;
	let signed = signer.sign(&bytes, args.key_id.as_deref(), args.key_set.as_deref())?;
	if signed.has_empty_members {
		terminal::warn(
			"the card has empty members, and libraries of A2A leave them out before they check a \
			 signature: take them out and sign again, so that all agree",
		);
	}
	terminal::note(format!(
		"signed with {}; the agent's owner enrolls it with `aitbc agent card-key add AGENT --key {}`",
		signed.algorithm, signed.key
	));
	context.print(&SignReport::from(signed), None)
}

#[derive(Serialize)]
struct KeysReport {
	agent: u64,
	card_keys: Vec<CardKey>,
}

impl Report for KeysReport {
	const KIND: &'static str = "agent.card-keys";

	fn text(&self) -> String {
		table(["card key"], self.card_keys.iter().map(|key| [key.to_string()]))
	}
}

#[derive(Serialize)]
struct VerifyReport {
	agent: Option<u64>,
	passed: bool,
	signed: bool,
	card_hash: Option<Hash>,
	steps: Vec<Step>,
}

impl Report for VerifyReport {
	const KIND: &'static str = "agent.card-check";

	fn text(&self) -> String {
		let verdict = match (self.passed, self.agent) {
			(false, _) => "the card does not pass".to_owned(),
			(true, Some(agent)) => format!("this is the card of agent {agent}"),
			(true, None) => "the card is well formed".to_owned(),
		};
		let signed = if self.signed { "by a card key on chain" } else { "by no card key on chain" };
		let rows = self
			.steps
			.iter()
			.map(|step| [step.name(), step.result.to_string(), step.detail.clone()]);
		let rows = table(["step", "result", "detail"], rows);
		format!("{}\n\n{rows}", fields([("verdict", verdict), ("signed", signed.to_owned())]))
	}
}

#[derive(Serialize)]
struct SignReport {
	algorithm: String,
	key: CardKey,
	key_id: String,
	card: serde_json::Value,
	#[serde(skip)]
	text: String,
}

impl From<SignedCard> for SignReport {
	fn from(signed: SignedCard) -> Self {
		let text = signed.to_json();
		let SignedCard { algorithm, key, key_id, card, .. } = signed;
		Self { algorithm: algorithm.to_string(), key, key_id, card, text }
	}
}

/// The card itself, so that it can be written to a file.
impl Report for SignReport {
	const KIND: &'static str = "agent.signed-card";

	fn text(&self) -> String {
		self.text.clone()
	}
}
