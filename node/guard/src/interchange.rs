//! Takes what was signed from one machine to another, and shows it.

use crate::{
	document,
	file::{self, Folder},
	record::{Key, Merged, Record, Votes},
	store::{GuardError, Store},
};
use aitbc_core::Hash;
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// How the names of guard files end.
const EXTENSION: &str = "guard";

/// The name of the guard file of the chain with this genesis. Each chain has its own: what was signed for one is no
/// offence on another.
pub(crate) fn file_name(genesis: Hash) -> String {
	format!("{}.{EXTENSION}", hex::encode(genesis))
}

/// Gives what the guard file in `folder` says, as JSON. The node must not run: what it signs later would be missing.
pub fn export(folder: &Path, genesis: Hash) -> Result<String, GuardError> {
	let name = file_name(genesis);
	let path = folder.join(&name);
	// Locking would make the folder.
	if file::read(&path)?.is_none() {
		return Err(GuardError::Missing { path });
	}
	let store = Store::open(Box::new(Folder::lock(folder, &name)?), genesis)?;
	document::to_json(genesis, store.record()).map_err(GuardError::Export)
}

/// Adds what [`export`] gave to the guard file in `folder`, which is made if it is not there. Nothing that was refused
/// before is allowed after. The node must not run.
pub fn import(folder: &Path, genesis: Hash, text: &str) -> Result<Merged, GuardError> {
	let other = document::from_json(genesis, text).map_err(GuardError::Import)?;
	let disk = Folder::lock(folder, &file_name(genesis))?;
	let mut store = Store::open(Box::new(disk), genesis)?;
	Ok(store.add(&other)?)
}

/// What a guard file says.
#[derive(Debug)]
pub struct Shown {
	/// The file.
	pub path: PathBuf,
	/// The genesis hash of its chain.
	pub genesis: Hash,
	/// What was signed.
	pub record: Record,
}

/// Reads the guard files in `folder`, one for each chain. A node may run meanwhile.
pub fn show(folder: &Path) -> Result<Vec<Shown>, GuardError> {
	let mut shown = Vec::new();
	for path in file::list(folder, EXTENSION)? {
		let Some(bytes) = file::read(&path)? else { continue };
		let read = document::genesis_of(&bytes)
			.and_then(|genesis| Ok((genesis, document::from_file(genesis, &bytes)?)));
		match read {
			Ok((genesis, record)) => shown.push(Shown { path, genesis, record }),
			Err(cause) => return Err(GuardError::Broken { path, cause }),
		}
	}
	Ok(shown)
}

impl Shown {
	/// The same as JSON, as [`export`] gives it.
	pub fn to_json(&self) -> Result<String, GuardError> {
		document::to_json(self.genesis, &self.record).map_err(GuardError::Export)
	}
}

impl fmt::Display for Merged {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { raised, conflicts } = self;
		if raised.is_empty() && conflicts.is_empty() {
			return writeln!(f, "nothing new");
		}
		for key in raised {
			writeln!(f, "raised  {key}")?;
		}
		for (key, own, other) in conflicts {
			let key = Key::Grandpa(key.clone());
			writeln!(f, "SIGNED TWICE with {key}: a {own}, and a {other}")?;
		}
		Ok(())
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Record { alone, alarm, babe, grandpa } = &self.record;
		writeln!(f, "{}", self.path.display())?;
		writeln!(f, "  chain    {:?}", self.genesis)?;
		writeln!(f, "  alone    until {} s since 1970", alone.0)?;
		if let Some(alarm) = alarm {
			writeln!(f, "  TWIN     {} s since 1970: {}", alarm.at.0, alarm.sighting)?;
		}
		for (key, slot) in babe {
			write!(f, "  {}  ", Key::Babe(key.clone()))?;
			match slot {
				Some(slot) => writeln!(f, "last block begun for slot {}", **slot)?,
				None => writeln!(f, "no block")?,
			}
		}
		for (key, votes) in grandpa {
			write!(f, "  {}  ", Key::Grandpa(key.clone()))?;
			match votes.top() {
				Some(top) => writeln!(f, "last vote in {top}{}", Floor(votes))?,
				None => writeln!(f, "no vote")?,
			}
		}
		Ok(())
	}
}

/// Up to where a key votes no more.
struct Floor<'a>(&'a Votes);

impl fmt::Display for Floor<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.0.floor() {
			Some(floor) => write!(f, ", all votes known since {floor}"),
			None => f.write_str(", all votes known"),
		}
	}
}

#[cfg(test)]
mod tests;
