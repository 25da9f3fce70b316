//! What lasts when.

use super::*;
use crate::{
	file::{
		memory::{Fate, Memory},
		Folder,
	},
	refused::Refused,
};
use sp_consensus_babe::AuthorityId as BabeKey;
use sp_core::sr25519;
use std::fs;

const GENESIS: Hash = Hash::repeat_byte(0x11);

fn key() -> BabeKey {
	sr25519::Public::from([1; 32]).into()
}

fn open(disk: &Memory) -> Store {
	Store::open(Box::new(disk.clone()), GENESIS).unwrap()
}

fn begin(store: &mut Store, slot: u64) -> Result<(), Refused> {
	store.update(UnixTime(slot), |record| record.begin(&key(), slot.into()))
}

#[test]
fn update_should_last_when_it_returns() {
	let disk = Memory::default();
	let mut store = open(&disk);
	assert_eq!(store.record(), &Record::default());

	begin(&mut store, 7).unwrap();

	let again = open(&disk);
	assert_eq!(again.record(), store.record());
	assert_eq!(again.record().alone, UnixTime(7));
}

#[test]
fn update_should_write_nothing_when_nothing_changes() {
	let disk = Memory::default();
	let mut store = open(&disk);
	begin(&mut store, 7).unwrap();

	store.update(UnixTime(100), |_| Ok::<_, FileError>(())).unwrap();
	begin(&mut store, 7).unwrap_err();

	assert_eq!(disk.writes(), 1);
	assert_eq!(store.record().alone, UnixTime(7));
}

#[test]
fn update_should_not_put_the_clock_back() {
	let mut store = open(&Memory::default());
	store.update(UnixTime(9), |record| record.begin(&key(), 1.into())).unwrap();
	store.update(UnixTime(3), |record| record.begin(&key(), 2.into())).unwrap();
	assert_eq!(store.record().alone, UnixTime(9));
}

#[test]
fn update_should_change_nothing_when_the_write_fails() {
	for fate in [Fate::FailsBefore, Fate::FailsAfter] {
		let disk = Memory::default();
		let mut store = open(&disk);
		begin(&mut store, 7).unwrap();
		let before = store.record().clone();

		disk.decide(fate);
		let refused = begin(&mut store, 8).unwrap_err();

		assert!(matches!(refused, Refused::NotWritten(_)), "{refused}");
		assert_eq!(store.record(), &before);
		// The file may have it; then the slot is lost, and nothing else.
		let slot = open(&disk).record().babe[&key()];
		assert_eq!(slot, Some(if fate == Fate::FailsBefore { 7 } else { 8 }.into()));
		assert_eq!(store.writes().failed, 1);
		assert_eq!(store.writes().done, 1);
	}
}

#[test]
fn update_should_go_on_when_a_write_has_failed() {
	let disk = Memory::default();
	let mut store = open(&disk);
	disk.decide(Fate::FailsAfter);
	begin(&mut store, 8).unwrap_err();

	begin(&mut store, 9).unwrap();

	assert_eq!(open(&disk).record(), store.record());
}

#[test]
fn open_should_say_what_to_do_when_the_file_is_damaged() {
	let disk = Memory::default();
	begin(&mut open(&disk), 7).unwrap();
	let mut file = disk.file().unwrap();
	file.truncate(file.len() - 1);
	disk.restore(Some(file.clone()));

	let error = Store::open(Box::new(disk.clone()), GENESIS).err().expect("it is damaged");

	let message = error.to_string();
	assert!(message.contains("memory") && message.contains("checksum"), "{message}");
	assert!(message.contains("Move it away") && message.contains("export"), "{message}");
	assert_eq!(disk.file(), Some(file), "it is left as it is");
}

#[test]
fn open_should_fail_when_the_file_is_empty_or_of_another_chain() {
	let disk = Memory::default();
	begin(&mut open(&disk), 7).unwrap();

	let other = Store::open(Box::new(disk.clone()), Hash::repeat_byte(0x22));
	assert!(matches!(
		other.err(),
		Some(GuardError::Broken { cause: DocumentError::OtherChain { .. }, .. })
	));
	disk.restore(Some(Vec::new()));
	let empty = Store::open(Box::new(disk), GENESIS);
	assert!(matches!(empty.err(), Some(GuardError::Broken { cause: DocumentError::Checksum, .. })));
}

#[test]
fn update_should_leave_the_former_file_when_the_folder_is_gone() {
	let folder = tempfile::tempdir().unwrap();
	let place = folder.path().join("guard");
	let disk = Folder::lock(&place, "file.guard").unwrap();
	let mut store = Store::open(Box::new(disk), GENESIS).unwrap();
	begin(&mut store, 7).unwrap();
	let moved = folder.path().join("moved");
	fs::rename(&place, &moved).unwrap();

	assert!(matches!(begin(&mut store, 8), Err(Refused::NotWritten(_))));

	drop(store);
	let disk = Folder::lock(&moved, "file.guard").unwrap();
	let store = Store::open(Box::new(disk), GENESIS).unwrap();
	assert_eq!(store.record().babe[&key()], Some(7.into()));
}
