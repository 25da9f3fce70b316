//! Moving what was signed from one machine to another.

use super::*;
use crate::{
	document::DocumentError,
	guard::{
		tests::world::{at, keystore, vote, SEED},
		Guard,
	},
	record::UnixTime,
	vote::Kind,
	FileError,
};
use sp_application_crypto::key_types::{BABE, GRANDPA};
use sp_consensus_babe::AuthorityId as BabeKey;
use sp_consensus_grandpa::AuthorityId as GrandpaKey;
use sp_keystore::Keystore;
use std::{fs, sync::Arc};

const GENESIS: Hash = Hash::repeat_byte(0x11);

fn babe() -> BabeKey {
	keystore().sr25519_generate_new(BABE, Some(SEED)).unwrap().into()
}

fn grandpa() -> GrandpaKey {
	keystore().ed25519_generate_new(GRANDPA, Some(SEED)).unwrap().into()
}

/// Adds votes and a slot to the guard file in `folder`.
fn sign(folder: &Path, slot: u64, votes: &[(u64, Kind, u32)]) {
	let disk = Folder::lock(folder, &file_name(GENESIS)).unwrap();
	let mut store = Store::open(Box::new(disk), GENESIS).unwrap();
	let mut other = Record { alone: UnixTime(slot), ..Default::default() };
	other.begin(&babe(), slot.into()).unwrap();
	for (round, kind, number) in votes {
		other.cast(&grandpa(), &vote(at(0, *round), *kind, *number)).unwrap();
	}
	store.add(&other).unwrap();
}

fn record(folder: &Path) -> Record {
	let mut shown = show(folder).unwrap();
	assert_eq!(shown.len(), 1);
	shown.remove(0).record
}

#[test]
fn record_should_be_the_same_when_it_was_moved() {
	let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
	sign(old.path(), 7, &[(3, Kind::Prevote, 1), (3, Kind::Precommit, 1)]);

	let text = export(old.path(), GENESIS).unwrap();
	let merged = import(new.path(), GENESIS, &text).unwrap();

	assert_eq!(record(new.path()), record(old.path()));
	assert_eq!(merged.raised, [Key::Babe(babe()), Key::Grandpa(grandpa())]);
	assert_eq!(export(new.path(), GENESIS).unwrap(), text);
	let again = import(new.path(), GENESIS, &text).unwrap();
	assert_eq!(again, Merged::default());
	assert_eq!(again.to_string(), "nothing new\n");
	assert_eq!(merged.to_string().lines().count(), 2);
}

#[test]
fn import_should_lower_nothing_when_the_export_is_older() {
	let folder = tempfile::tempdir().unwrap();
	sign(folder.path(), 7, &[(3, Kind::Prevote, 1)]);
	let text = export(folder.path(), GENESIS).unwrap();
	sign(folder.path(), 9, &[(4, Kind::Prevote, 2)]);
	let before = record(folder.path());

	let merged = import(folder.path(), GENESIS, &text).unwrap();

	assert_eq!(merged, Merged::default());
	assert_eq!(record(folder.path()), before);
}

#[test]
fn import_should_tell_what_was_signed_twice() {
	let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
	sign(ours.path(), 7, &[(3, Kind::Prevote, 1), (4, Kind::Prevote, 1)]);
	sign(theirs.path(), 8, &[(3, Kind::Prevote, 2)]);

	let text = export(theirs.path(), GENESIS).unwrap();
	let merged = import(ours.path(), GENESIS, &text).unwrap();

	let conflict = (grandpa(), vote(at(0, 3), Kind::Prevote, 1), vote(at(0, 3), Kind::Prevote, 2));
	assert_eq!(merged.conflicts, [conflict]);
	let message = merged.to_string();
	assert!(message.contains("SIGNED TWICE") && message.contains("round 3 of set 0"), "{message}");
	assert_eq!(record(ours.path()).grandpa[&grandpa()].floor(), Some(at(0, 3)));
}

#[test]
fn import_should_change_nothing_when_the_text_is_wrong() {
	let folder = tempfile::tempdir().unwrap();
	sign(folder.path(), 7, &[]);
	let text = export(folder.path(), GENESIS).unwrap();
	let file = fs::read(folder.path().join(file_name(GENESIS))).unwrap();
	let foreign = text.replace(&"11".repeat(32), &"22".repeat(32));

	let error = import(folder.path(), GENESIS, &foreign).unwrap_err();
	assert!(matches!(error, GuardError::Import(DocumentError::OtherChain { .. })), "{error}");
	for text in ["", "{}", &text[1..], &format!("{text}x")] {
		let error = import(folder.path(), GENESIS, text).unwrap_err();
		assert!(matches!(error, GuardError::Import(DocumentError::Malformed(_))), "{error}");
	}

	assert_eq!(fs::read(folder.path().join(file_name(GENESIS))).unwrap(), file);
}

#[test]
fn export_and_import_should_fail_when_the_node_runs() {
	let folder = tempfile::tempdir().unwrap();
	sign(folder.path(), 7, &[]);
	let text = export(folder.path(), GENESIS).unwrap();
	let _guard = Guard::open(folder.path(), GENESIS, Arc::new(keystore())).unwrap();

	let in_use = |error| matches!(error, GuardError::File(FileError::InUse { .. }));
	assert!(in_use(export(folder.path(), GENESIS).unwrap_err()));
	assert!(in_use(import(folder.path(), GENESIS, &text).unwrap_err()));
	assert_eq!(show(folder.path()).unwrap().len(), 1, "looking is free");
}

#[test]
fn export_should_fail_when_there_is_nothing() {
	let folder = tempfile::tempdir().unwrap();

	let error = export(folder.path(), GENESIS).unwrap_err();

	assert!(matches!(error, GuardError::Missing { .. }), "{error}");
	assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is made");
	assert_eq!(show(folder.path()).unwrap().len(), 0);
	assert_eq!(show(&folder.path().join("none")).unwrap().len(), 0);
}

#[test]
fn guard_should_refuse_what_was_imported() {
	let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
	sign(old.path(), 7, &[(3, Kind::Prevote, 1)]);
	import(new.path(), GENESIS, &export(old.path(), GENESIS).unwrap()).unwrap();

	let guard = Guard::open(new.path(), GENESIS, Arc::new(keystore())).unwrap();

	assert_eq!(guard.counts().last_slot, Some(7.into()));
	assert_eq!(guard.counts().last_vote, Some(at(0, 3)));
}

#[test]
fn show_should_say_what_is_recorded() {
	let folder = tempfile::tempdir().unwrap();
	sign(folder.path(), 7, &[(3, Kind::Prevote, 1)]);

	let shown = show(folder.path()).unwrap().remove(0);
	assert_eq!(shown.to_json().unwrap(), export(folder.path(), GENESIS).unwrap());
	let shown = shown.to_string();

	for part in [
		&file_name(GENESIS),
		"alone    until 7 s since 1970",
		"last block begun for slot 7",
		"last vote in round 3 of set 0, all votes known",
	] {
		assert!(shown.contains(part), "{part} is not in:\n{shown}");
	}
}

#[test]
fn show_should_fail_when_a_file_is_damaged() {
	let folder = tempfile::tempdir().unwrap();
	sign(folder.path(), 7, &[]);
	let path = folder.path().join(file_name(GENESIS));
	let mut file = fs::read(&path).unwrap();
	file[20] ^= 1;
	fs::write(&path, file).unwrap();

	assert!(matches!(show(folder.path()), Err(GuardError::Broken { .. })));
	assert!(matches!(export(folder.path(), GENESIS), Err(GuardError::Broken { .. })));
	let opened = Guard::open(folder.path(), GENESIS, Arc::new(keystore()));
	assert!(matches!(opened.err(), Some(GuardError::Broken { .. })));
}
