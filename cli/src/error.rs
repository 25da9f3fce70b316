//! How a command ends when it fails.

use crate::{
	amount::Amount,
	card,
	chain::{self, BlockId, LIFETIME},
	commands::{
		account::FaucetError, anchor::AnchorError, dispute::DisputeError,
		governance::GovernanceError, staking::StakingError, transaction::BlockName,
	},
	decimal::Decimal,
	digest::{self, Hash},
	executor, keys, nodes,
	output::{json, Format},
	receipt, settings, terminal, transaction, voucher,
};
use serde::Serialize;
use std::{io, path::PathBuf, process::ExitCode};
use subxt::{config::substrate::H256, utils::AccountId32};

/// Why a command failed. Every message names what failed, why, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// With a key.
	#[error(transparent)]
	Keys(#[from] keys::Error),
	/// With the settings.
	#[error(transparent)]
	Settings(#[from] settings::Error),
	/// With nodes of this machine.
	#[error(transparent)]
	Nodes(#[from] nodes::Error),
	/// With the faucet.
	#[error(transparent)]
	Faucet(#[from] FaucetError),
	/// With an agent card.
	#[error(transparent)]
	Card(#[from] card::Error),
	/// With signing an agent card.
	#[error(transparent)]
	Signing(#[from] card::SigningError),
	/// With a file to hash.
	#[error(transparent)]
	File(#[from] digest::FileError),
	/// With a receipt.
	#[error(transparent)]
	Receipt(#[from] receipt::Error),
	/// With a voucher's file.
	#[error(transparent)]
	Voucher(#[from] voucher::Error),
	/// With a dispute.
	#[error(transparent)]
	Dispute(#[from] DisputeError),
	/// With an anchor.
	#[error(transparent)]
	Anchor(#[from] AnchorError),
	/// With stakes or validators.
	#[error(transparent)]
	Staking(#[from] StakingError),
	/// With a referendum.
	#[error(transparent)]
	Governance(#[from] GovernanceError),
	/// On the way to the chain.
	#[error(transparent)]
	Chain(#[from] chain::Error),
	/// With a transaction.
	#[error(transparent)]
	Transaction(#[from] transaction::Error),
	/// With standard output.
	#[error("cannot write to standard output: {0}; see where it leads")]
	Output(#[from] io::Error),
	/// There is no such agent.
	#[error("there is no agent {0}: it never registered, or it left; see `aitbc agent list`")]
	AgentNotFound(u64),
	/// There is no such contract.
	#[error(
		"there is no contract {0}: it closed, or was never opened; see `aitbc contract list \
		 ACCOUNT`"
	)]
	ContractNotFound(u64),
	/// There is no such offer.
	#[error(
		"there is no offer {0}: it was never made, or it is withdrawn; see `aitbc offer list \
		 --capability TAG`"
	)]
	OfferNotFound(u64),
	/// There is no such job.
	#[error(
		"there is no job {0}: it was never posted, it ended without anybody having had it, or it is \
		 forgotten; see `aitbc job list ACCOUNT`"
	)]
	JobNotFound(u64),
	/// There is no such bid.
	#[error(
		"agent {agent} has no bid for job {job}: it was never made, it was withdrawn, or a stronger \
		 one took its place; see `aitbc job bids {job}`"
	)]
	BidNotFound {
		/// The job.
		job: u64,
		/// The agent.
		agent: u64,
	},
	/// A job has ended.
	#[error("job {0} has ended; see `aitbc job status {0}`")]
	JobSettled(u64),
	/// A job has not ended.
	#[error(
		"job {0} has not ended, and only what is kept of a settled job can be forgotten; see `aitbc job \
		 status {0}`"
	)]
	JobNotSettled(u64),
	/// Nobody has a job yet.
	#[error(
		"nobody has job {0} yet: wait until its client assigns it; see `aitbc job status {0}`"
	)]
	JobNotAssigned(u64),
	/// Nobody can rate somebody for a job that the two had no part in.
	#[error(
		"no contract of job {job} that has ended is between you and agent {agent}: see `aitbc job \
		 status {job}`, or name one with `--contract`"
	)]
	NothingToRate {
		/// The job.
		job: u64,
		/// The agent.
		agent: u64,
	},
	/// A job's plan has no such milestone, or somebody else did it.
	#[error(
		"who has job {job} does no milestone {place} of its plan: there is none, or an earlier lease \
		 concluded it; see `aitbc job status {job}`"
	)]
	PlannedMilestoneNotFound {
		/// The job.
		job: u64,
		/// The place in the plan.
		place: u32,
	},
	/// No milestone waits for the client.
	#[error("nothing of job {0} is submitted; see `aitbc job status {0}`")]
	NothingSubmitted(u64),
	/// More than one milestone waits for the client.
	#[error("several milestones of job {0} are submitted: name one with `--milestone`")]
	SeveralSubmitted(u64),
	/// No milestone waits for work.
	#[error("no milestone of job {0} waits for work; see `aitbc job status {0}`")]
	NothingPending(u64),
	/// More than one milestone waits for work.
	#[error("several milestones of job {0} wait for work: name one with `--milestone`")]
	SeveralPending(u64),
	/// A stream is not accepted.
	#[error(
		"job {job} pays for time by itself: have what is earned paid with `aitbc job complete {job}`, \
		 or end it with `aitbc contract stop {contract}`"
	)]
	PaidByTime {
		/// The job.
		job: u64,
		/// Its contract.
		contract: u64,
	},
	/// A meter is paid by vouchers.
	#[error(
		"job {job} pays for the units that its client signs for: sign with `aitbc contract voucher \
		 sign {contract}`, and bill them with `aitbc contract redeem`"
	)]
	PaidByVouchers {
		/// The job.
		job: u64,
		/// Its contract.
		contract: u64,
	},
	/// The money for work is not final yet.
	#[error(
		"nothing was started: the block that funded contract {contract} was not final within \
		 {timeout}; look at `aitbc network status`, and start later"
	)]
	NotFinal {
		/// The contract.
		contract: u64,
		/// For how long it was waited.
		timeout: transaction::Timeout,
	},
	/// There is no such validation.
	#[error("there is no validation {0}: it was never requested, or it is erased")]
	ValidationNotFound(u64),
	/// Somebody is no juror.
	#[error("{0} is no juror: it has no bond; see `aitbc juror bond`")]
	JurorNotFound(AccountId32),
	/// A record is not there.
	#[error(
		"there is no record {0}, or it is not kept in full any more; see `aitbc audit status`"
	)]
	RecordNotFound(u64),
	/// A block does not commit to a record.
	#[error(
		"block {block} does not commit to record {record}: a block's digest has the log as its parent left \
		 it; wait until a later block is finalized, or name one with `--at`"
	)]
	NotCommitted {
		/// The record.
		record: u64,
		/// The block.
		block: Hash,
	},
	/// Something proves nothing.
	#[error("this is no proof: {0}")]
	NoProof(String),
	/// Somebody does not measure.
	#[error("{0} never had a worker key; see `aitbc telemetry key set`")]
	ReporterNotFound(AccountId32),
	/// Somebody has nothing to claim.
	#[error(
		"{0} has nothing to claim: it has no points in an era that is over, or they are paid; see \
		 `aitbc telemetry status {0}`"
	)]
	NothingToClaim(AccountId32),
	/// A node measures nothing.
	#[error(
		"this node does not measure: start it with `--telemetry-worker`, and give it a block's time"
	)]
	NotMeasuring,
	/// With an executor.
	#[error(transparent)]
	Executor(#[from] executor::Error),
	/// There is no such kind of action.
	#[error("the catalogue has no kind `{0}`; see `aitbc action kinds`")]
	KindNotFound(String),
	/// There is no such action.
	#[error(
		"there is no action {0}: it was never recommended, or it is forgotten; see `aitbc action \
		 list`, and `aitbc audit list --subject action:{0}` for what came of it"
	)]
	ActionNotFound(u64),
	/// What a kind was given does not suit it.
	#[error("`{kind}`: {reason}; see `aitbc action kind {kind}`")]
	BadParameters {
		/// The kind.
		kind: String,
		/// What is wrong.
		reason: String,
	},
	/// A kind can't be reversed.
	#[error("`{0}` can't be reversed; leave out `--rollback-set` and `--rollback-call`")]
	NotReversible(String),
	/// A kind can be reversed, and nobody could say whether it has to be.
	#[error(
		"`{0}` is reversed if it makes things worse; say by `--series` what is not to get worse: \
		 `finality-lag` or `block-time`"
	)]
	SeriesMissing(String),
	/// A file has no kind of action.
	#[error(
		"`{}` has no kind of action: {reason}; begin with what `aitbc action kind NAME --output json` writes",
		file.display()
	)]
	BadKind {
		/// The file.
		file: PathBuf,
		/// What is wrong.
		reason: String,
	},
	/// An action is no call of the chain.
	#[error("action {0} is no call of the chain; its target's executor carries it out")]
	NotACall(u64),
	/// Bytes are no call.
	#[error("`{0}` is no call of this chain's runtime")]
	UnknownCall(String),
	/// An executor asks nobody.
	#[error("an executor asks nobody for consent; give `--yes`")]
	ExecutorWithoutYes,
	/// An executor acts on what is finalized.
	#[error("an executor acts on finalized blocks only; leave out `--wait`")]
	ExecutorWithoutFinality,
	/// A node answered something that makes no sense.
	#[error("the node's answer makes no sense: {0}; is it of the same version as this program?")]
	BadAnswer(String),
	/// There is no such tag.
	#[error("there is no tag `{0}`; see `aitbc tag list`")]
	TagNotFound(String),
	/// A search was for a performance that nobody can have.
	#[error("the performance {performance} is not on the scale of `{tag}`, {min} to {max}")]
	PerformanceOffScale {
		/// The tag.
		tag: String,
		/// What was asked for.
		performance: Decimal,
		/// The least value.
		min: Decimal,
		/// The greatest value.
		max: Decimal,
	},
	/// An agent that is not active cannot be kept live.
	#[error("agent {0} is not active, so that no heartbeat counts; see `aitbc agent activate`")]
	AgentNotActive(u64),
	/// Nobody can be asked for consent again and again.
	#[error("heartbeats that are sent one after the other cannot be confirmed; give `--yes`")]
	EveryWithoutYes,
	/// Heartbeats must be seen in a block.
	#[error(
		"whether heartbeats keep the agent live, only their blocks tell; leave out `--wait none`"
	)]
	EveryWithoutWait,
	/// Metadata needs the id of the agent, which is not known.
	#[error(
		"`--metadata` needs the id of the agent, which only its block tells; leave out `--wait none` and `--offline`"
	)]
	MetadataWithoutWait,
	/// The chain did not say who was registered.
	#[error(
		"the agent was registered, but its block does not tell its id; see `aitbc agent list \
		 --owner`, and set its metadata with `aitbc agent metadata set`"
	)]
	NoAgentId,
	/// The key that shall sign for a wallet is another account's.
	#[error(
		"the key `{key}` signs for {signs}, not for the wallet {wallet}; name the wallet's key"
	)]
	NotWalletKey {
		/// The key.
		key: String,
		/// Its account.
		signs: AccountId32,
		/// The wallet.
		wallet: AccountId32,
	},
	/// A phrase was to be read, and there is nobody to type it.
	#[error(
		"no recovery phrase: standard input is no terminal to ask on; give `--phrase-file` or \
		 `--json`"
	)]
	NoPhrase,
	/// A card was checked, and it is not what it should be.
	#[error("the card does not pass: {failed} failed; the table says why and what to do")]
	CardNotVerified {
		/// The steps that failed.
		failed: String,
	},
	/// A voucher was checked, and it is not what it should be.
	#[error("the voucher does not pass: {failed} failed; the table says why")]
	VoucherNotVerified {
		/// The steps that failed.
		failed: String,
	},
	/// A receipt was checked, and it is not what it should be.
	#[error("the receipt does not pass: {failed} failed; the table says why")]
	ReceiptNotVerified {
		/// The steps that failed.
		failed: String,
	},
	/// Units were to be signed for in a contract that does not pay for units.
	#[error("contract {0} does not pay for units, so that nobody signs for them; see `aitbc contract status {0}`")]
	NoMeter(u64),
	/// A contract would never take a voucher that was to be signed.
	#[error(
		"nothing was signed, because contract {contract} will never take such a voucher: {reasons}; see \
		 `aitbc contract status {contract}`"
	)]
	VoucherUseless {
		/// The contract.
		contract: u64,
		/// Why it does not.
		reasons: String,
	},
	/// A voucher counts on another network.
	#[error(
		"the voucher counts on the network with the first block {genesis}, and the node's is {own}; \
		 name a node of the voucher's network with `--url`"
	)]
	VoucherElsewhere {
		/// The first block of the voucher's network.
		genesis: Hash,
		/// That of the node's.
		own: Hash,
	},
	/// No offer to divide a milestone's money stands.
	#[error(
		"no split is on offer for milestone {milestone} of contract {contract}: there was none, or it \
		 is gone; see `aitbc contract status {contract}`"
	)]
	NoSplit {
		/// The contract.
		contract: u64,
		/// The milestone.
		milestone: u32,
	},
	/// A contract cannot be funded before its provider has put up its bond.
	#[error(
		"`--fund` cannot follow at once, because the provider has to put up its bond first; leave it \
		 out, and fund the contract when `aitbc contract status` shows it accepted"
	)]
	FundBeforeAccepted,
	/// A contract is not opened that its client cannot fund.
	#[error(
		"nothing was sent: opening and funding the contract holds {held} on {account}, which has \
		 {free} free; send it more with `aitbc account transfer`, or name smaller amounts"
	)]
	NotFundable {
		/// What would be held in all.
		held: Amount,
		/// The client.
		account: AccountId32,
		/// What it has.
		free: Amount,
	},
	/// Nothing can follow a transaction that is not waited for.
	#[error(
		"`--fund` needs the id of the contract, which only its block tells; leave out `--wait \
		 none` and `--offline`"
	)]
	FundWithoutWait,
	/// The chain did not say what was opened.
	#[error(
		"the contract was opened, but its block does not tell its id; see `aitbc contract list`, \
		 and fund it with `aitbc contract fund`"
	)]
	NoContractId,
	/// A contract was opened, and then it was not funded, or that is not known.
	#[error("contract {contract} is open, but {}", funding(*contract, source))]
	NotFunded {
		/// The contract.
		contract: u64,
		/// What became of its funding.
		source: transaction::Error,
	},
	/// Nobody knows the transaction that was looked for.
	#[error(
		"transaction {hash:?} is neither ready in the node's pool nor in blocks {from} to {to}; ask \
		 the node that it was sent to with `--url`, or search further back with `--blocks`. It can \
		 come into a block for {LIFETIME} blocks from its signing: do not send it again before"
	)]
	TransactionNotFound {
		/// Its hash.
		hash: H256,
		/// The lowest block that was searched.
		from: u64,
		/// The highest one.
		to: u64,
	},
	/// The transaction is not in the one block that was looked at.
	#[error(
		"transaction {hash:?} is not in block {block}; leave out `--block` to search the last blocks"
	)]
	NotInBlock {
		/// Its hash.
		hash: H256,
		/// The block's number.
		block: u64,
	},
	/// The transaction waits in the pool.
	#[error(
		"transaction {0:?} is in no block yet: it waits in the node's pool; ask again in some seconds"
	)]
	TransactionPending(H256),
	/// There is no such block.
	#[error("the node's best chain has no block {0}; see `aitbc node status`")]
	BlockNotFound(BlockName),
	/// A transaction is in a block that cannot be read.
	#[error(
		"transaction {hash:?} is in block {block}, but what it did there cannot be read: {source}; \
		 ask a node that keeps older states with `--url`"
	)]
	BlockUnreadable {
		/// Its hash.
		hash: H256,
		/// The block's number.
		block: u64,
		/// What the node says.
		source: chain::Error,
	},
	/// The command line is malformed.
	#[error("{0}")]
	Usage(String),
}

/// What became of the funding of `contract`, for which `source` happened, and what to do.
fn funding(contract: u64, source: &transaction::Error) -> String {
	let [fund, cancel] =
		["fund", "cancel"].map(|verb| format!("`aitbc contract {verb} {contract}`"));
	if source.may_have_effect() {
		let status = format!("`aitbc contract status {contract}`");
		format!(
			"maybe not funded: {source}\n  when {status} shows it open then, fund it with {fund}, or \
			 close it with {cancel}"
		)
	} else {
		format!("not funded: {source}\n  fund it with {fund}, or close it with {cancel}")
	}
}

/// An exit code, which scripts can rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
	/// Something on this machine failed, or what was asked for does not exist.
	Failed,
	/// The arguments are wrong. Clap uses the same code.
	Usage,
	/// No connection to the node.
	Connection,
	/// The transaction pool refused or dropped the transaction.
	Refused,
	/// The call failed in its block, or would.
	Dispatch,
	/// It took too long, or is not there yet.
	TimedOut,
	/// What was to be checked does not hold. The data that was written says what.
	CheckFailed,
	/// Somebody ended the program while a transaction was on its way: what shells expect of Ctrl-C.
	Interrupted,
}

impl From<Exit> for u8 {
	fn from(exit: Exit) -> Self {
		match exit {
			Exit::Failed => 1,
			Exit::Usage => 2,
			Exit::Connection => 3,
			Exit::Refused => 4,
			Exit::Dispatch => 5,
			Exit::TimedOut => 6,
			Exit::CheckFailed => 7,
			Exit::Interrupted => 130,
		}
	}
}

impl From<Exit> for ExitCode {
	fn from(exit: Exit) -> Self {
		Self::from(u8::from(exit))
	}
}

/// An error as JSON.
#[derive(Serialize)]
struct Explanation {
	exit_code: u8,
	message: String,
	/// The chain's name for it, `Escrow::NotClient`, if it failed there, or would.
	#[serde(skip_serializing_if = "Option::is_none")]
	dispatch_error: Option<String>,
	/// The transaction that failed, or that may be in a block.
	#[serde(skip_serializing_if = "Option::is_none")]
	hash: Option<H256>,
	/// The block in which it was seen.
	#[serde(skip_serializing_if = "Option::is_none")]
	block: Option<BlockId>,
	/// The contract that was opened before.
	#[serde(skip_serializing_if = "Option::is_none")]
	contract: Option<u64>,
}

impl Error {
	/// The exit code.
	pub fn exit(&self) -> Exit {
		match self {
			Self::Keys(error) => Self::exit_of_keys(error),
			Self::Dispute(error) if error.is_usage() => Exit::Usage,
			Self::Dispute(_) => Exit::Failed,
			Self::Anchor(error) if error.is_usage() => Exit::Usage,
			Self::Anchor(error) if error.is_check() => Exit::CheckFailed,
			Self::Anchor(_) => Exit::Failed,
			Self::Staking(error) if error.is_usage() => Exit::Usage,
			Self::Staking(error) if error.is_interruption() => Exit::Interrupted,
			Self::Staking(_) => Exit::Failed,
			Self::Governance(GovernanceError::NotDeposited { source, .. }) => {
				Self::exit_of_transaction(source)
			},
			Self::Governance(error) if error.is_usage() => Exit::Usage,
			Self::Governance(_) => Exit::Failed,
			Self::Chain(error) => Self::exit_of_chain(error),
			Self::Transaction(error) | Self::NotFunded { source: error, .. } => {
				Self::exit_of_transaction(error)
			},
			Self::CardNotVerified { .. }
			| Self::VoucherNotVerified { .. }
			| Self::ReceiptNotVerified { .. } => Exit::CheckFailed,
			Self::NotFundable { .. } => Exit::Dispatch,
			Self::TransactionPending(_) | Self::NotFinal { .. } => Exit::TimedOut,
			Self::Settings(error) if error.is_usage() => Exit::Usage,
			Self::Nodes(error) if error.is_usage() => Exit::Usage,
			Self::Nodes(error) if error.is_timeout() => Exit::TimedOut,
			Self::Card(_)
			| Self::Signing(_)
			| Self::File(_)
			| Self::Voucher(_)
			| Self::Receipt(_)
			| Self::VoucherUseless { .. }
			| Self::VoucherElsewhere { .. }
			| Self::SeveralSubmitted(_)
			| Self::SeveralPending(_)
			| Self::PaidByTime { .. }
			| Self::PaidByVouchers { .. }
			| Self::FundBeforeAccepted
			| Self::NotWalletKey { .. }
			| Self::NoPhrase
			| Self::PerformanceOffScale { .. }
			| Self::BadParameters { .. }
			| Self::NotReversible(_)
			| Self::SeriesMissing(_)
			| Self::BadKind { .. }
			| Self::UnknownCall(_)
			| Self::ExecutorWithoutYes
			| Self::ExecutorWithoutFinality
			| Self::EveryWithoutYes
			| Self::EveryWithoutWait
			| Self::MetadataWithoutWait
			| Self::FundWithoutWait
			| Self::Usage(_) => Exit::Usage,
			Self::Output(_)
			| Self::Settings(_)
			| Self::Nodes(_)
			| Self::Faucet(_)
			| Self::Executor(_)
			| Self::KindNotFound(_)
			| Self::ActionNotFound(_)
			| Self::NotACall(_)
			| Self::AgentNotFound(_)
			| Self::AgentNotActive(_)
			| Self::ValidationNotFound(_)
			| Self::JurorNotFound(_)
			| Self::ReporterNotFound(_)
			| Self::RecordNotFound(_)
			| Self::NotCommitted { .. }
			| Self::NoProof(_)
			| Self::NothingToClaim(_)
			| Self::NotMeasuring
			| Self::BadAnswer(_)
			| Self::TagNotFound(_)
			| Self::NoAgentId
			| Self::ContractNotFound(_)
			| Self::OfferNotFound(_)
			| Self::JobNotFound(_)
			| Self::BidNotFound { .. }
			| Self::JobSettled(_)
			| Self::JobNotSettled(_)
			| Self::JobNotAssigned(_)
			| Self::NothingToRate { .. }
			| Self::PlannedMilestoneNotFound { .. }
			| Self::NothingSubmitted(_)
			| Self::NothingPending(_)
			| Self::NoMeter(_)
			| Self::NoSplit { .. }
			| Self::NoContractId
			| Self::TransactionNotFound { .. }
			| Self::NotInBlock { .. }
			| Self::BlockNotFound(_)
			| Self::BlockUnreadable { .. } => Exit::Failed,
		}
	}

	fn exit_of_keys(error: &keys::Error) -> Exit {
		if error.is_usage() {
			Exit::Usage
		} else {
			Exit::Failed
		}
	}

	fn exit_of_chain(error: &chain::Error) -> Exit {
		if error.is_connection() {
			Exit::Connection
		} else {
			Exit::Failed
		}
	}

	fn exit_of_transaction(error: &transaction::Error) -> Exit {
		use transaction::Error::*;
		match error {
			Keys(error) => Self::exit_of_keys(error),
			Chain(error) => Self::exit_of_chain(error),
			Offline(error) if error.is_refusal() => Exit::Refused,
			Offline(_) | NoTerminal => Exit::Usage,
			Terminal(_) | NotConfirmed | Lock { .. } => Exit::Failed,
			Unacceptable { .. } | Refused { .. } | Dropped { .. } | GivenUp { .. } => Exit::Refused,
			WouldFail { .. } | Failed(_) => Exit::Dispatch,
			TimedOut { .. } | LockTimedOut(_) => Exit::TimedOut,
			OutOfSight { source, .. } => Self::exit_of_chain(source),
			Interrupted { .. } | InterruptedBefore => Exit::Interrupted,
		}
	}

	/// Whether the same may work later without anybody doing anything.
	pub fn is_transient(&self) -> bool {
		matches!(self.exit(), Exit::Connection | Exit::Refused | Exit::TimedOut)
	}

	/// Writes the error to standard error, for people or for programs.
	pub fn report(&self, format: Format) {
		let explained = match format {
			Format::Table => None,
			Format::Json => json("error", None, &self.explanation()).ok(),
		};
		match explained {
			Some(json) => eprintln!("{json}"),
			None => terminal::error(self),
		}
	}

	fn explanation(&self) -> Explanation {
		let (failed, contract) = match self {
			Self::Transaction(error) => (Some(error), None),
			Self::NotFunded { contract, source } => (Some(source), Some(*contract)),
			Self::Governance(GovernanceError::NotDeposited { source, .. }) => (Some(source), None),
			_ => (None, None),
		};
		let dispatch_error = failed.and_then(transaction::Error::dispatch_error);
		let (hash, block) = match failed.and_then(transaction::Error::transaction) {
			Some((hash, block)) => (Some(hash), block),
			None => (None, None),
		};
		Explanation {
			exit_code: self.exit().into(),
			message: self.to_string(),
			dispatch_error: dispatch_error.map(str::to_owned),
			hash,
			block,
			contract,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::transaction::LastSeen;
	use serde_json::json;

	/// The JSON of an error's data.
	fn explained(error: &Error) -> serde_json::Value {
		serde_json::to_value(error.explanation()).expect("it is JSON")
	}

	fn block() -> BlockId {
		BlockId { number: 12, hash: H256::repeat_byte(9), finalized: false }
	}

	fn lost(block: Option<BlockId>) -> transaction::Error {
		let (call, hash) = ("Escrow.fund".to_owned(), H256::repeat_byte(7));
		let seen = Box::new(LastSeen { call, hash, block });
		let source = chain::Error::Lost { url: "ws://node".into(), reason: "reset".into() };
		transaction::Error::OutOfSight { seen, source }
	}

	#[test]
	fn lost_transactions_should_be_named_to_programs() {
		let explained_block = explained(&lost(Some(block())).into());
		let hash = format!("0x{}", "07".repeat(32));
		assert_eq!(explained_block["exit_code"], 3);
		assert_eq!(explained_block["hash"], hash);
		assert_eq!(
			explained_block["block"],
			json!({ "number": 12, "hash": format!("0x{}", "09".repeat(32)), "finalized": false })
		);
		let nowhere = explained(&lost(None).into());
		assert_eq!((&nowhere["hash"], nowhere.get("block")), (&hash.into(), None));
	}

	#[test]
	fn contracts_should_be_named_when_they_are_open_and_not_funded() {
		for (source, code, words) in [
			(transaction::Error::NotConfirmed, 1, "contract 3 is open, but not funded: "),
			(transaction::Error::InterruptedBefore, 130, "contract 3 is open, but not funded: "),
			(lost(None), 3, "`aitbc contract status 3`"),
		] {
			let explained = explained(&Error::NotFunded { contract: 3, source });
			assert_eq!(
				(&explained["contract"], &explained["exit_code"]),
				(&3.into(), &code.into())
			);
			let message = explained["message"].as_str().expect("it is text");
			for words in [words, "`aitbc contract fund 3`", "`aitbc contract cancel 3`"] {
				assert!(message.contains(words), "{message}");
			}
		}
	}
}
