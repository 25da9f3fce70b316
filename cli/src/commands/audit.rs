//! What happened, who did it, and proofs of that.

use super::{telemetry::ago, Context, Limit};
use crate::{
	chain::audit::{self, AnsweredAt, Log, Record},
	digest::Hash,
	error::Error,
	keys::AccountName,
	output::{fields, table, Report},
};
use aitbc_audit::{Commitment, Event, RecordId};
use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};
use serde_json::{json, Map, Value};
use std::{
	fs,
	path::PathBuf,
	str::FromStr,
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use subxt::utils::AccountId32;

/// What can be done about the audit log.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Show where the log stands, and on which terms things are written down
	Status,

	/// Show what happened, newest first: to a validator's node, by an action, in a dispute
	List(ListArgs),

	/// Show a record
	Show {
		/// The record's number
		record: u64,
	},

	/// Prove that the log has a record, against a finalized block, and check that proof
	///
	/// With `--output json`, what it writes is a file for `aitbc audit verify`.
	Prove {
		/// The record's number
		record: u64,

		/// The block whose digest commits to the log [default: the last finalized one]
		#[arg(long, value_name = "HASH")]
		at: Option<Hash>,
	},

	/// Check a proof without asking a node
	Verify {
		/// What `aitbc audit prove RECORD --output json` wrote
		file: PathBuf,

		/// The root that the log had, from a source that you trust: a block's digest, or a Bitcoin anchor
		#[arg(long, value_name = "HASH")]
		root: Hash,
	},
}

/// Which records.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// Those about it: `network`, `agent:7`, `action:3`, `action-kind:1`, `case:0`, `anchor:2`, or a
	/// validator's stash, as an address, a key's name, or a development key
	#[arg(long)]
	subject: Option<SubjectName>,

	/// Those of what it did: `chain`, `governance`, or an account
	#[arg(long)]
	actor: Option<ActorName>,

	/// Those of such an event, such as `action-succeeded`
	#[arg(long)]
	event: Option<Event>,

	/// Those since so long ago, such as 30m, 12h or 7d
	#[arg(long, value_name = "AGO")]
	since: Option<Ago>,

	/// Those up to so long ago
	#[arg(long, value_name = "AGO")]
	until: Option<Ago>,

	#[command(flatten)]
	limit: Limit,
}

/// What records are about, as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SubjectName {
	/// What has no account: as the node wants it.
	Plain(Value),
	/// A validator.
	Validator(AccountName),
}

impl FromStr for SubjectName {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		if text == "network" {
			return Ok(Self::Plain(json!({ "type": "network" })));
		}
		if let Some(name) = text.strip_prefix("validator:") {
			return name.parse().map(Self::Validator).map_err(|error| format!("{error}"));
		}
		let kinds = [
			("agent:", "agent", "agent"),
			("action-kind:", "actionKind", "kind"),
			("action:", "action", "action"),
			("case:", "case", "case"),
			("anchor:", "anchor", "anchor"),
		];
		for (prefix, kind, member) in kinds {
			let Some(number) = text.strip_prefix(prefix) else { continue };
			let number: u64 =
				number.parse().map_err(|_| format!("`{number}` is no number of one"))?;
			return Ok(Self::Plain(json!({ "type": kind, member: number })));
		}
		text.parse().map(Self::Validator).map_err(|error| format!("{error}"))
	}
}

/// Who did something, as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum ActorName {
	/// Who has no account: as the node wants it.
	Plain(&'static str),
	/// Whoever signed.
	Account(AccountName),
}

impl FromStr for ActorName {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		match text {
			"chain" => Ok(Self::Plain("chain")),
			"governance" => Ok(Self::Plain("governance")),
			name => name.parse().map(Self::Account).map_err(|error| format!("{error}")),
		}
	}
}

/// So long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ago(Duration);

impl FromStr for Ago {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let expected = || format!("`{text}` is no length of time: write 90s, 30m, 12h or 7d");
		let unit = text.chars().next_back().ok_or_else(expected)?;
		let seconds = match unit {
			's' => 1,
			'm' => 60,
			'h' => 3_600,
			'd' => 86_400,
			_ => return Err(expected()),
		};
		let number = text.strip_suffix(unit).unwrap_or_default();
		let number: u64 = number.parse().map_err(|_| expected())?;
		number.checked_mul(seconds).map(Duration::from_secs).map(Self).ok_or_else(expected)
	}
}

impl Ago {
	/// That time, in milliseconds since the Unix epoch.
	fn millis(self) -> u64 {
		let time = SystemTime::now().checked_sub(self.0).unwrap_or(UNIX_EPOCH);
		let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
		u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
	}
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Status => status(context).await,
		Command::List(args) => list(args, context).await,
		Command::Show { record } => show(record, context).await,
		Command::Prove { record, at } => prove(record, at, context).await,
		Command::Verify { file, root } => verify(file, root, context),
	}
}

async fn status(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let answer = audit::log(&chain).await?;
	context.print(&StatusReport { at: answer.block, log: answer.result }, None)
}

#[derive(Serialize)]
struct StatusReport {
	at: AnsweredAt,
	#[serde(flatten)]
	log: Log,
}

impl Report for StatusReport {
	const KIND: &'static str = "audit.status";

	fn text(&self) -> String {
		let Log { count, root, oldest_kept, kept_blocks, fee_per_byte } = &self.log;
		fields([
			("records", count.to_string()),
			("root", root.to_string()),
			("kept in full", format!("from record {oldest_kept} on, for {kept_blocks} blocks")),
			("a byte costs", fee_per_byte.to_string()),
		])
	}
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Error> {
	let mut query = Map::new();
	if let Some(subject) = args.subject {
		let subject = match subject {
			SubjectName::Plain(subject) => subject,
			SubjectName::Validator(stash) => {
				json!({ "type": "validator", "account": hexadecimal(&stash, context)? })
			},
		};
		query.insert("subject".into(), subject);
	}
	if let Some(actor) = args.actor {
		let actor = match actor {
			ActorName::Plain(actor) => json!({ "type": actor }),
			ActorName::Account(account) => {
				json!({ "type": "account", "account": hexadecimal(&account, context)? })
			},
		};
		query.insert("actor".into(), actor);
	}
	if let Some(event) = args.event {
		query.insert("event".into(), json!(event.name()));
	}
	for (name, ago) in [("since", args.since), ("until", args.until)] {
		if let Some(ago) = ago {
			query.insert(name.into(), json!(ago.millis()));
		}
	}
	let chain = context.connect().await?;
	let limit = usize::try_from(args.limit.limit).unwrap_or(usize::MAX);
	let answer = audit::records(&chain, &query, limit).await?;
	context.print(&ListReport { at: answer.block, records: answer.result }, None)
}

/// The account, as any node of any network reads it.
fn hexadecimal(account: &AccountName, context: &Context) -> Result<String, Error> {
	let AccountId32(bytes) = account.resolve(&context.keys()?)?;
	Ok(format!("0x{}", hex::encode(bytes)))
}

#[derive(Serialize)]
struct ListReport {
	at: AnsweredAt,
	records: Vec<Record>,
}

impl Report for ListReport {
	const KIND: &'static str = "audit.list";

	fn text(&self) -> String {
		if self.records.is_empty() {
			return "nothing of that kind is written down, or it is not kept in full any more"
				.to_owned();
		}
		let rows = self.records.iter().map(|one| {
			let subjects: Vec<_> = one.subjects.iter().map(words).collect();
			[
				one.record.to_string(),
				one.block.to_string(),
				ago(one.time),
				one.event.clone(),
				subjects.join(", "),
				words(&one.actor),
			]
		});
		table(["record", "block", "when", "what", "about", "by"], rows)
	}
}

/// A subject or an actor, in words: what it is, and which one.
fn words(value: &Value) -> String {
	let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
	let kind = plain(&value["type"]);
	let mut members = value.as_object().into_iter().flatten();
	match members.find(|(name, _)| *name != "type") {
		Some((_, which)) if kind == "account" => plain(which),
		Some((_, which)) => format!("{kind} {}", plain(which)),
		None => kind,
	}
}

async fn show(id: u64, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let answer = audit::record(&chain, id).await?;
	let record = answer.result.ok_or(Error::RecordNotFound(id))?;
	context.print(&ShowReport(record), None)
}

#[derive(Serialize)]
struct ShowReport(Record);

impl Report for ShowReport {
	const KIND: &'static str = "audit.record";

	fn text(&self) -> String {
		let Record { record, block, time, event, actor, subjects, hashes } = &self.0;
		let list =
			|items: Vec<String>| if items.is_empty() { "-".into() } else { items.join("\n") };
		fields([
			("record", record.to_string()),
			("block", format!("{block}, {}", ago(*time))),
			("what", event.clone()),
			("about", list(subjects.iter().map(words).collect())),
			("by", words(actor)),
			("hashes", list(hashes.iter().map(Hash::to_string).collect())),
		])
	}
}

/// A record with its proof: what is written, and read again.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Bundle {
	/// The block whose digest commits to the log.
	at: AnsweredAt,
	/// How many records that log has.
	count: u64,
	/// What all of them hash to.
	root: Hash,
	/// The record's bytes.
	bytes: String,
	/// The nodes that lead from the record to the root.
	nodes: Vec<Hash>,
}

impl Bundle {
	/// Checks that the log with `root` has the record.
	fn verify(&self, root: Hash) -> Result<aitbc_audit::Record, Error> {
		let bytes = self.bytes.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
		let bytes = bytes.ok_or(Error::NoProof("its bytes are no hexadecimal".into()))?;
		let nodes = self.nodes.iter().map(|Hash(node)| *node).collect();
		let proof = aitbc_audit::Proof { count: self.count, nodes };
		proof.verify(&bytes, &root.0).map_err(|error| Error::NoProof(error.to_string()))
	}
}

async fn prove(id: u64, at: Option<Hash>, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let at = match at {
		Some(at) => at,
		None => audit::finalized(&chain).await?,
	};
	let nothing = Error::NotCommitted { record: id, block: at };
	let Some(Commitment { count, root }) = audit::commitment(&chain, at).await? else {
		return Err(nothing);
	};
	let answer = audit::proof(&chain, id, at).await?;
	let proof = answer.result.ok_or(nothing)?;
	let bytes = proof.bytes.ok_or(Error::RecordNotFound(id))?;
	let bundle = Bundle { at: answer.block, count, root: Hash(root), bytes, nodes: proof.nodes };
	let record = bundle.verify(bundle.root)?;
	if record.id != RecordId(id) {
		return Err(Error::NoProof(format!("the node proves record {}", record.id)));
	}
	context.print(&bundle, None)
}

impl Report for Bundle {
	const KIND: &'static str = "audit.proof";

	fn text(&self) -> String {
		let AnsweredAt { hash, height, finalized } = self.at;
		let finality = if finalized { "finalized" } else { "not finalized yet" };
		fields([
			("proven against", format!("block {height}, {hash}, {finality}")),
			("records", self.count.to_string()),
			("root", self.root.to_string()),
			("proof", format!("{} nodes, {} bytes", self.nodes.len(), self.nodes.len() * 32)),
			("record", self.bytes.clone()),
		])
	}
}

fn verify(file: PathBuf, root: Hash, context: &Context) -> Result<(), Error> {
	/// What `prove` writes as JSON.
	#[derive(Deserialize)]
	struct Written {
		data: Bundle,
	}

	let path = file.display().to_string();
	let text = fs::read_to_string(&file)
		.map_err(|error| Error::NoProof(format!("`{path}` can't be read: {error}")))?;
	let Written { data } = serde_json::from_str(&text).map_err(|error| {
		Error::NoProof(format!(
			"`{path}` is not what `aitbc audit prove RECORD --output json` writes: {error}"
		))
	})?;
	let record = data.verify(root)?;
	context.print(&VerifiedReport::new(record, data.count, root), None)
}

/// A record that was proven.
#[derive(Serialize)]
struct VerifiedReport {
	root: Hash,
	count: u64,
	record: u64,
	block: u32,
	time: u64,
	event: &'static str,
}

impl VerifiedReport {
	fn new(record: aitbc_audit::Record, count: u64, root: Hash) -> Self {
		let aitbc_audit::Record { id, block, time, entry } = record;
		Self { root, count, record: id.0, block, time, event: entry.event.name() }
	}
}

impl Report for VerifiedReport {
	const KIND: &'static str = "audit.verified";

	fn text(&self) -> String {
		let Self { root, count, record, block, time, event } = self;
		fields([
			("holds", format!("the log with this root has record {record}, of {count}")),
			("root", root.to_string()),
			("what", (*event).to_owned()),
			("block", format!("{block}, {}", ago(*time))),
		])
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn subjects_should_be_read_as_people_write_them() {
		let plain = |text: &str| match text.parse() {
			Ok(SubjectName::Plain(value)) => value,
			other => panic!("{text}: {other:?}"),
		};
		assert_eq!(plain("network"), json!({ "type": "network" }));
		assert_eq!(plain("action:3"), json!({ "type": "action", "action": 3 }));
		assert_eq!(plain("action-kind:1"), json!({ "type": "actionKind", "kind": 1 }));
		assert_eq!(plain("case:0"), json!({ "type": "case", "case": 0 }));
		for text in ["validator-3", "validator:validator-3", "//Alice//stash"] {
			assert!(matches!(text.parse(), Ok(SubjectName::Validator(_))), "{text}");
		}
		assert!("action:x".parse::<SubjectName>().is_err());
	}

	#[test]
	fn times_should_be_so_long_ago() {
		for (text, seconds) in [("90s", 90), ("30m", 1_800), ("12h", 43_200), ("7d", 604_800)] {
			assert_eq!(text.parse(), Ok(Ago(Duration::from_secs(seconds))), "{text}");
		}
		for text in ["", "5", "h", "-1h", "1w", "1é", "99999999999999999999d"] {
			assert!(text.parse::<Ago>().is_err(), "{text}");
		}
	}

	#[test]
	fn subjects_should_be_shown_in_words() {
		assert_eq!(words(&json!({ "type": "network" })), "network");
		assert_eq!(words(&json!({ "type": "case", "case": 4 })), "case 4");
		assert_eq!(words(&json!({ "type": "validator", "account": "5Grw" })), "validator 5Grw");
		assert_eq!(words(&json!({ "type": "account", "account": "5Grw" })), "5Grw");
	}

	/// The only record of a log.
	fn bundle() -> Bundle {
		use aitbc_audit::{leaf, Actor, Entry, Subject};
		use codec::Encode;
		let entry = Entry::new(Event::KillSwitchOn, Actor::Governance, &[Subject::Network]);
		let record = aitbc_audit::Record { id: RecordId(0), block: 7, time: 9, entry };
		let bytes = record.encode();
		let mut nodes = One(None);
		let committed = aitbc_audit::Log::new(&mut nodes, 0).append(&bytes).unwrap();
		assert_eq!(nodes.0, Some(leaf(&bytes)));
		let hash = Hash([3; 32]);
		Bundle {
			at: AnsweredAt { hash, height: 8, finalized: true },
			count: 1,
			root: Hash(committed.root),
			bytes: format!("0x{}", hex::encode(bytes)),
			nodes: Vec::new(),
		}
	}

	/// Room for one node.
	struct One(Option<aitbc_audit::Node>);

	impl aitbc_audit::Nodes for One {
		fn node(&self, _: u64) -> Option<aitbc_audit::Node> {
			self.0
		}

		fn keep(&mut self, _: u64, node: aitbc_audit::Node) {
			self.0 = Some(node);
		}
	}

	#[test]
	fn proof_should_hold_for_its_own_root_only() {
		let bundle = bundle();
		assert_eq!(bundle.verify(bundle.root).unwrap().block, 7);
		let error = bundle.verify(Hash([0; 32])).unwrap_err().to_string();
		assert!(error.contains("another root"), "{error}");
		let broken = Bundle { bytes: "0xzz".into(), ..bundle };
		assert!(broken.verify(broken.root).is_err());
	}

	#[test]
	fn bundle_should_be_read_as_it_was_written() {
		let text = serde_json::to_string(&bundle()).unwrap();
		assert_eq!(serde_json::from_str::<Bundle>(&text).unwrap(), bundle());
	}
}
