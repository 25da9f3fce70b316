//! Writing evidence for others, who need no node to check it.

use super::{input::Blob, AnchorError};
use crate::{
	chain::anchor::node::{self, Claim},
	commands::Context,
	digest::Hash,
	error::Error,
	output::Report,
};
use aitbc_evidence::{
	verdict::{Proven, TrustedStart},
	Bundle, Verdict,
};
use clap::Args;
use serde::Serialize;
use std::{
	fs, io,
	path::{Path, PathBuf},
	time::{SystemTime, UNIX_EPOCH},
};

/// What is to be shown, and where to.
#[derive(Debug, Args)]
pub struct ExportArgs {
	/// The number of the block of this chain that was anchored [default: the newest that is final]
	height: Option<u32>,

	/// Show that the audit log had this record before the block
	#[arg(long, value_name = "ID", conflicts_with = "key")]
	record: Option<u64>,

	/// Show what the block's state has under this key, if anything
	#[arg(long, value_name = "HEX")]
	key: Option<Blob>,

	/// The file to write
	#[arg(long, value_name = "FILE")]
	to: PathBuf,

	/// Overwrite the file if there is one
	#[arg(long)]
	force: bool,
}

impl ExportArgs {
	fn claim(&self) -> Claim {
		match (self.record, &self.key) {
			(Some(record), _) => Claim::Record(record),
			(None, Some(Blob(key))) => Claim::Storage(key.clone()),
			(None, None) => Claim::Block,
		}
	}
}

/// Asks the node for the evidence, checks it, and writes it.
pub async fn run(args: ExportArgs, context: &Context) -> Result<(), Error> {
	let (claim, file) = (args.claim(), args.to);
	if !args.force && file.exists() {
		return Err(AnchorError::Exists(file).into());
	}
	let chain = context.connect().await?;
	let export = node::export(&chain, args.height, &claim).await?;
	let Blob(bytes) = export.bundle.parse().map_err(Error::BadAnswer)?;
	let bundle = Bundle::from_bytes(&bytes).map_err(AnchorError::NoBundle)?;
	let verdict = bundle.verify(now()).map_err(AnchorError::DoesNotHold)?;
	let height = args.height.unwrap_or(export.height);
	let wanted = Wanted { height, claim, genesis: Hash(chain.genesis_hash().0) };
	wanted.check(&verdict)?;
	write(&file, &bytes, args.force)?;
	context.print(&ExportReport { file, length: bytes.len(), verdict }, None)
}

/// The clock's time, in seconds since 1970. 0 if it shows an earlier one: then every header is too new.
fn now() -> u32 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	u32::try_from(since.as_secs()).unwrap_or(u32::MAX)
}

/// What evidence was asked for, and of which chain.
struct Wanted {
	height: u32,
	claim: Claim,
	genesis: Hash,
}

impl Wanted {
	/// Checks that a bundle shows this and nothing else.
	fn check(&self, verdict: &Verdict) -> Result<(), AnchorError> {
		let genesis = match verdict.trust.start {
			TrustedStart::Genesis { hash } => Some(Hash(hash.0)),
			TrustedStart::Set { .. } => None,
		};
		let is_claimed = match (&self.claim, &verdict.claim) {
			(Claim::Block, Proven::Block) => true,
			(Claim::Record(id), Proven::Record { record, .. }) => record.id.0 == *id,
			(Claim::Storage(wanted), Proven::Storage { key, .. }) => wanted == key,
			_ => false,
		};
		if genesis.is_some_and(|genesis| genesis != self.genesis) {
			return Err(AnchorError::OtherEvidence("of another chain"));
		}
		if self.height != verdict.block.block.number {
			return Err(AnchorError::OtherEvidence("of another block"));
		}
		match is_claimed {
			true => Ok(()),
			false => Err(AnchorError::OtherEvidence("of something else than was asked for")),
		}
	}
}

/// Writes a file whole or not at all, over another one only if that is wanted.
fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), AnchorError> {
	let unwritable = |source: io::Error| match source.kind() {
		io::ErrorKind::AlreadyExists => AnchorError::Exists(path.to_owned()),
		_ => AnchorError::Unwritable { path: path.to_owned(), source },
	};
	let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
	let folder = folder.unwrap_or_else(|| Path::new("."));
	let file = tempfile::NamedTempFile::new_in(folder).map_err(unwritable)?;
	fs::write(file.path(), bytes).map_err(unwritable)?;
	let written = match force {
		true => file.persist(path),
		false => file.persist_noclobber(path),
	};
	written.map(|_| ()).map_err(|error| unwritable(error.error))
}

#[derive(Serialize)]
struct ExportReport {
	file: PathBuf,
	/// In bytes.
	length: usize,
	/// What the file shows, and under which trust.
	verdict: Verdict,
}

impl Report for ExportReport {
	const KIND: &'static str = "anchor.export";

	fn text(&self) -> String {
		let Self { file, length, verdict } = self;
		let file = file.display();
		format!(
			"{verdict}\nWrote {length} bytes to {file}. Anybody checks them without a network: aitbc-verify {file}"
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// A bundle that is committed with the verifier, and what it shows.
	fn golden(name: &str) -> (Vec<u8>, Verdict) {
		let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../verifier/golden").join(name);
		let bytes = fs::read(&path).expect("the verifier has golden bundles");
		let bundle = Bundle::from_bytes(&bytes).expect("it is a bundle");
		(bytes, bundle.verify(u32::MAX).expect("it holds"))
	}

	/// The genesis block of those that begin at one.
	const GENESIS: &str = "0x515d9edcf76f5dcd6b97d2b1c53ab2f1cc1a89085455f2cfec2d011ed51c8777";

	fn wanted(height: u32, claim: Claim) -> Wanted {
		Wanted { height, claim, genesis: GENESIS.parse().expect("it is a hash") }
	}

	#[test]
	fn evidence_should_be_taken_when_it_shows_what_was_asked_for() {
		let storage = Claim::Storage(b"longer than all others".to_vec());
		for (name, height, claim) in [
			("record.bundle", 20, Claim::Record(3)),
			("absent.bundle", 10, storage),
			("taproot.bundle", 20, Claim::Block),
		] {
			let (_, verdict) = golden(name);
			assert!(wanted(height, claim).check(&verdict).is_ok(), "{name}");
		}
	}

	#[test]
	fn evidence_should_be_refused_when_it_shows_something_else() {
		let (_, verdict) = golden("record.bundle");
		let elsewhere = Wanted { genesis: Hash([1; 32]), ..wanted(20, Claim::Record(3)) };
		for (wanted, words) in [
			(elsewhere, "of another chain"),
			(wanted(10, Claim::Record(3)), "of another block"),
			(wanted(20, Claim::Record(4)), "of something else"),
			(wanted(20, Claim::Block), "of something else"),
			(wanted(20, Claim::Storage(vec![1])), "of something else"),
		] {
			let error = wanted.check(&verdict).expect_err("it shows something else");
			assert!(error.is_check() && error.to_string().contains(words), "{error}");
		}
	}

	#[test]
	fn files_should_be_overwritten_when_that_is_wanted_only() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("evidence");
		write(&path, b"one", false).expect("nothing is in the way");
		let error = write(&path, b"two", false).expect_err("the file is there");
		assert!(matches!(error, AnchorError::Exists(_)), "{error}");
		assert_eq!(fs::read(&path).expect("it was written"), b"one");
		write(&path, b"two", true).expect("it is forced");
		assert_eq!(fs::read(&path).expect("it was written"), b"two");
		let nowhere = write(Path::new("/nowhere/evidence"), b"one", false);
		assert!(matches!(nowhere, Err(AnchorError::Unwritable { .. })), "{nowhere:?}");
	}

	#[test]
	fn report_should_say_what_holds_what_is_trusted_and_how_to_check_it() {
		let (bytes, verdict) = golden("record.bundle");
		let report = ExportReport { file: "evidence".into(), length: bytes.len(), verdict };
		let text = report.text();
		for words in [
			"The evidence holds",
			"record 3: action-succeeded",
			"Trusted, so compare it with what you know:",
			GENESIS,
			"to evidence. Anybody checks them without a network: aitbc-verify evidence",
		] {
			assert!(text.contains(words), "{words}: {text}");
		}
	}
}
