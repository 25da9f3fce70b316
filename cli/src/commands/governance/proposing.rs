//! Proposing a referendum, and paying for its decision.

use super::{
	naming::{enactment, known_track, CallText},
	GovernanceError,
};
use crate::{
	amount::Amount,
	chain::{
		governance::{
			self,
			calls::{self, TrackName},
			Track,
		},
		Block, Chain, ChainCall, EncodedCall,
	},
	commands::Context,
	digest::Hash,
	error::Error,
	keys::AccountName,
	terminal,
	time::{Due, Period},
	transaction::{Receipt, Sender, Sent, TransactionArgs, Written},
};
use aitbc_core::money::{storage_deposit, AIT};
use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::{json, Value as Json};
use std::{fmt, fs, path::PathBuf};

/// The most that a referendum of the small spender's track spends, as docs/governance.md has it.
const SMALL_SPEND: Amount = Amount(10_000 * AIT);

/// The same of the big spender's. More is root's.
const BIG_SPEND: Amount = Amount(1_000_000 * AIT);

/// What can be proposed.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Any call
	Call {
		/// The call: as JSON, as `--dry-run --output json` shows calls, `0x` and digits, or `@FILE`
		call: CallText,

		/// Which track decides
		#[arg(long, required_unless_present = "whitelisted")]
		track: Option<TrackName>,

		#[command(flatten)]
		fast: Fast,

		#[command(flatten)]
		terms: Terms,
	},

	/// Another value of a governed parameter
	Parameter {
		/// Its area and name, as docs/wire-format.md lists them: `agents.RegistrationFee`
		key: ParameterName,

		/// The value: an amount with its unit, or a number as the parameter counts
		value: String,

		#[command(flatten)]
		fast: Fast,

		#[command(flatten)]
		terms: Terms,
	},

	/// A payment of the treasury
	Spend {
		/// How much
		amount: Amount,

		/// To whom: an address, a key's name, or a development key such as //Alice
		to: AccountName,

		#[command(flatten)]
		terms: Terms,
	},

	/// New code for the chain, of which anybody can bring the file when it is decided
	Upgrade {
		/// The Wasm
		file: PathBuf,

		#[command(flatten)]
		fast: Fast,

		#[command(flatten)]
		terms: Terms,
	},
}

/// Whether it takes the fast track.
#[derive(Clone, Copy, Debug, Args)]
pub struct Fast {
	/// Take the emergency track, for which the technical committee has to whitelist the call
	#[arg(long)]
	whitelisted: bool,
}

/// How something is proposed.
#[derive(Debug, Args)]
pub struct Terms {
	/// When it is dispatched: at a block, `1200`, or so long after its approval, `+2h`; never before its
	/// track allows [default: as soon as that]
	#[arg(long, value_name = "WHEN")]
	enact: Option<Due>,

	/// Leave it to others to pay for the decision
	#[arg(long)]
	no_deposit: bool,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// For which referendum somebody pays.
#[derive(Debug, Args)]
pub struct DepositArgs {
	/// The referendum's number
	referendum: u32,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// The name of a governed parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterName {
	area: String,
	name: String,
}

impl std::str::FromStr for ParameterName {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let expected = || {
			format!("`{text}` is no parameter: write its area and name, `agents.RegistrationFee`")
		};
		let (area, name) = text.split_once('.').ok_or_else(expected)?;
		let mut letters = area.chars();
		let first = letters.next().filter(|_| !name.is_empty()).ok_or_else(expected)?;
		let area = first.to_uppercase().chain(letters).collect();
		Ok(Self { area, name: name.to_owned() })
	}
}

impl ParameterName {
	/// The call that gives the parameter this value.
	fn set(&self, value: &str) -> Json {
		let value: Json = serde_json::from_str(value).unwrap_or_else(|_| value.into());
		let parameter = json!({ &self.area: { &self.name: [null, value] } });
		json!({ "Parameters": { "set_parameter": { "key_value": parameter } } })
	}
}

/// What proposing takes.
#[derive(Clone, Debug, Serialize)]
struct Proposing {
	/// What decides.
	track: String,
	/// The hash of the call, which the technical committee whitelists.
	call_hash: Hash,
	/// What is reserved for the referendum.
	submission_deposit: Amount,
	/// What is held for the bytes of the call, if they are stored.
	preimage_deposit: Option<Amount>,
	/// What is reserved for the decision, if that is paid for.
	decision_deposit: Option<Amount>,
	/// How many blocks it takes at least.
	least_blocks: u32,
}

impl fmt::Display for Proposing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { track, submission_deposit, decision_deposit, least_blocks, .. } = self;
		write!(
			f,
			"the {track} track decides, and takes {} at least\n{submission_deposit} are reserved, and \
			 return only if it is approved or cancelled",
			Period(*least_blocks)
		)?;
		if let Some(deposit) = decision_deposit {
			write!(
				f,
				"\n{deposit} more are reserved for its decision, and return when it has ended, unless \
				 it is killed"
			)?;
		}
		if let Some(deposit) = self.preimage_deposit {
			write!(f, "\n{deposit} are held for the call's bytes until they are removed")?;
		}
		write!(f, "\nwhat returns, `aitbc governance refund` brings back")
	}
}

/// Proposes what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Call { call, track, fast, terms } => {
			let block = context.connect().await?.best().await?;
			let call = call.write(&block)?;
			if fast.whitelisted && track.is_some_and(|track| track != TrackName::Emergency) {
				return Err(GovernanceError::TrackOfWhitelisted.into());
			}
			let track = track.unwrap_or(TrackName::Emergency);
			send(track, call, fast, &terms, context).await
		},
		Command::Parameter { key, value, fast, terms } => {
			let block = context.connect().await?.best().await?;
			let call = block.written_call(&key.set(&value)).map_err(GovernanceError::NotACall)?;
			send(TrackName::Parameters, call, fast, &terms, context).await
		},
		Command::Spend { amount, to, terms } => {
			let to = to.resolve(&context.keys()?)?;
			let track = match amount {
				amount if amount <= SMALL_SPEND => TrackName::SmallSpender,
				amount if amount <= BIG_SPEND => TrackName::BigSpender,
				_ => TrackName::Root,
			};
			propose(track, calls::spend(amount, to), &terms, context).await
		},
		Command::Upgrade { file, fast, terms } => {
			let read = fs::read(&file);
			let code = read.map_err(|source| GovernanceError::Unreadable { path: file, source })?;
			let hash = governance::blake2_256(&code);
			terminal::note(format!("the code's hash is {}", Hash(hash)));
			let block = context.connect().await?.best().await?;
			let call = block.write_call(&calls::authorize_upgrade(hash))?;
			send(TrackName::Root, call, fast, &terms, context).await
		},
	}
}

/// Proposes that `call` is dispatched as the track's origin, or as root once it is whitelisted.
async fn send(
	track: TrackName,
	call: EncodedCall,
	fast: Fast,
	terms: &Terms,
	context: &Context,
) -> Result<(), Error> {
	if !fast.whitelisted {
		return submit(track, call, terms, context).await;
	}
	let block = context.connect().await?.best().await?;
	let hash = Hash(governance::blake2_256(call.bytes()));
	terminal::note(format!(
		"the technical committee has to whitelist the call {hash}: see `aitbc governance whitelist`"
	));
	let inner = block.read_call(call.bytes());
	let inner = inner.ok_or_else(|| GovernanceError::NotACall(call.full_name()))?;
	propose(TrackName::Emergency, calls::dispatch_whitelisted(inner), terms, context).await
}

/// Proposes that `call` is dispatched as the track's origin.
pub async fn propose(
	track: TrackName,
	call: ChainCall,
	terms: &Terms,
	context: &Context,
) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	submit(track, block.write_call(&call)?, terms, context).await
}

async fn submit(
	track: TrackName,
	call: EncodedCall,
	terms: &Terms,
	context: &Context,
) -> Result<(), Error> {
	if terms.transaction.is_never_seen() && !terms.no_deposit {
		return Err(GovernanceError::DepositWithoutWait.into());
	}
	let sender = context.sender(&terms.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let tracks = governance::tracks(&block).await?;
	let mut calls = Vec::new();
	let stores = calls::needs_preimage(&call) && !calls::has_preimage(&block, &call).await?;
	if stores {
		calls.push(calls::note_preimage(&call));
	}
	let enactment = enactment(terms.enact);
	let proposing = proposing(&block, known_track(&tracks, track)?, &call, stores, terms)?;
	calls.push(calls::submit(track, &call, enactment));
	terminal::note(format!("proposed: {}", describe(&block, &call)));
	terminal::note(&proposing);
	let (receipt, referendum) = match sender.send(&chain, &block.all_of(calls)?).await? {
		Sent::DryRun(dry_run) => return context.print_foreseen(dry_run, proposing),
		Sent::Done { receipt, events } => {
			(receipt, events.and_then(|events| events.proposed_referendum()))
		},
	};
	let mut transactions = vec![receipt];
	if !terms.no_deposit {
		let referendum = referendum.ok_or(GovernanceError::NoIndex)?;
		terminal::note(format!("referendum {referendum} is proposed"));
		transactions.extend(pay(&chain, &sender, referendum).await?);
	}
	let referendum = referendum.map(u64::from);
	context.print(&Written { referendum, transactions, ..Written::default() }, None)
}

/// What a call does, for people.
fn describe(block: &Block, call: &EncodedCall) -> String {
	block.explain_call(call.bytes()).map_or_else(|| call.full_name(), |call| call.to_string())
}

fn proposing(
	block: &Block,
	track: &Track,
	call: &EncodedCall,
	stores: bool,
	terms: &Terms,
) -> Result<Proposing, Error> {
	let bytes = call.bytes();
	let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
	Ok(Proposing {
		track: track.name.clone(),
		call_hash: Hash(governance::blake2_256(bytes)),
		submission_deposit: calls::submission_deposit(block)?,
		preimage_deposit: stores.then(|| Amount(storage_deposit(1, length))),
		decision_deposit: (!terms.no_deposit).then_some(track.decision_deposit),
		least_blocks: track.prepare.saturating_add(track.confirm).saturating_add(track.enactment),
	})
}

/// Pays for the decision of a referendum that was proposed a moment ago.
async fn pay(
	chain: &Chain,
	sender: &Sender<'_>,
	referendum: u32,
) -> Result<Option<Receipt>, Error> {
	let call = calls::place_decision_deposit(referendum);
	let call = chain.best().await?.all_of(vec![call])?;
	match sender.send_next(chain, &call).await {
		Ok(Sent::Done { receipt, .. }) => Ok(Some(receipt)),
		Ok(Sent::DryRun(_)) => Ok(None),
		Err(source) => Err(GovernanceError::NotDeposited { referendum, source }.into()),
	}
}

/// What paying for a decision takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Paying {
	/// What is reserved.
	decision_deposit: Amount,
}

impl fmt::Display for Paying {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(
			f,
			"{} are reserved, and return when the referendum has ended, unless it is killed: with \
			 `aitbc governance refund`",
			self.decision_deposit
		)
	}
}

/// Pays for the decision of a referendum.
pub async fn deposit(args: DepositArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let ongoing = super::status::ongoing(&block, args.referendum).await?;
	let tracks = governance::tracks(&block).await?;
	let track = tracks.iter().find(|track| track.id == ongoing.track);
	let decision_deposit = track.map_or(Amount(0), |track| track.decision_deposit);
	let call = block.all_of(vec![calls::place_decision_deposit(args.referendum)])?;
	context.send_knowing(&chain, &sender, &call, Paying { decision_deposit }).await
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn parameters_should_be_named_by_area_and_name() {
		let key: ParameterName = "agents.RegistrationFee".parse().expect("it is a name");
		let set = |value: Json| {
			json!({ "Parameters": { "set_parameter": {
				"key_value": { "Agents": { "RegistrationFee": [null, value] } },
			} } })
		};
		assert_eq!(key.set("7 AIT"), set("7 AIT".into()));
		assert_eq!(key.set("25"), set(25.into()));
		for text in ["", "agents", "agents.", ".Fee"] {
			assert!(text.parse::<ParameterName>().is_err(), "{text}");
		}
	}

	#[test]
	fn proposing_should_say_what_is_reserved_and_when_it_returns() {
		let text = Proposing {
			track: "parameters".into(),
			call_hash: Hash([1; 32]),
			submission_deposit: Amount(10 * AIT),
			preimage_deposit: Some(Amount(AIT)),
			decision_deposit: Some(Amount(5_000 * AIT)),
			least_blocks: 20,
		}
		.to_string();
		for words in [
			"the parameters track decides, and takes 1 min at least",
			"10 AIT are reserved",
			"5000 AIT more",
			"1 AIT are held",
			"governance refund",
		] {
			assert!(text.contains(words), "{words}: {text}");
		}
	}
}
