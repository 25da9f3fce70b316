//! Which blocks may be begun, and what becomes of two records.

use super::*;
use crate::vote::{Kind, Position, Target};
use sp_core::{ed25519, sr25519};

fn babe(byte: u8) -> BabeKey {
	sr25519::Public::from([byte; 32]).into()
}

fn grandpa(byte: u8) -> GrandpaKey {
	ed25519::Public::from([byte; 32]).into()
}

fn vote(round: u64, number: u32) -> Vote {
	let target = Target { hash: Default::default(), number };
	Vote { position: Position { set: 0, round }, kind: Kind::Prevote, target }
}

#[test]
fn begin_should_be_refused_when_the_slot_is_not_above_the_last() {
	let mut record = Record::default();
	record.begin(&babe(1), 7.into()).unwrap();

	for slot in [0_u64, 6, 7] {
		let refused = record.begin(&babe(1), slot.into()).unwrap_err();
		assert!(matches!(refused, Refused::SlotTaken { last, .. } if last == 7_u64), "{refused}");
	}
	record.begin(&babe(1), 8.into()).unwrap();

	assert_eq!(record.babe[&babe(1)], Some(8.into()));
}

#[test]
fn begin_should_be_allowed_at_slot_zero_when_nothing_was_begun() {
	let mut record = Record::default();
	record.admit(&Key::Babe(babe(1)));

	record.begin(&babe(1), 0.into()).unwrap();

	assert!(record.begin(&babe(1), 0.into()).is_err());
}

#[test]
fn keys_should_not_be_in_each_others_way() {
	let mut record = Record::default();
	record.begin(&babe(1), 7.into()).unwrap();
	record.cast(&grandpa(1), &vote(5, 1)).unwrap();

	record.begin(&babe(2), 3.into()).unwrap();
	record.cast(&grandpa(2), &vote(5, 2)).unwrap();
}

#[test]
fn admit_should_note_the_key_and_lose_nothing_that_it_signed() {
	let mut record = Record::default();
	record.begin(&babe(1), 7.into()).unwrap();
	record.cast(&grandpa(1), &vote(5, 1)).unwrap();
	assert_eq!(record.admitted().collect::<Vec<_>>(), [Key::Babe(babe(1))]);

	let keys = [Key::Babe(babe(1)), Key::Babe(babe(2)), Key::Grandpa(grandpa(1))];
	keys.iter().for_each(|key| record.admit(key));

	assert_eq!(record.admitted().collect::<Vec<_>>(), keys);
	assert!(record.begin(&babe(1), 7.into()).is_err());
	assert!(record.cast(&grandpa(1), &vote(5, 2)).is_err());
}

#[test]
fn merge_should_take_the_higher_of_each() {
	let mut ours = Record { alone: UnixTime(10), ..Default::default() };
	ours.begin(&babe(1), 7.into()).unwrap();
	ours.begin(&babe(2), 7.into()).unwrap();
	ours.cast(&grandpa(1), &vote(5, 1)).unwrap();
	let mut theirs = Record { alone: UnixTime(9), ..Default::default() };
	theirs.begin(&babe(1), 6.into()).unwrap();
	theirs.begin(&babe(2), 8.into()).unwrap();
	theirs.admit(&Key::Babe(babe(3)));
	theirs.cast(&grandpa(1), &vote(5, 1)).unwrap();
	theirs.cast(&grandpa(2), &vote(4, 1)).unwrap();

	let merged = ours.merge(&theirs);

	let raised = [Key::Babe(babe(2)), Key::Babe(babe(3)), Key::Grandpa(grandpa(2))];
	assert_eq!(merged, Merged { raised: raised.into(), conflicts: Vec::new() });
	assert_eq!(ours.alone, UnixTime(10));
	assert_eq!(ours.babe[&babe(1)], Some(7.into()));
	assert_eq!(ours.babe[&babe(2)], Some(8.into()));
	assert_eq!(ours.babe[&babe(3)], None);
	assert!(ours.cast(&grandpa(2), &vote(4, 2)).is_err());
}

#[test]
fn merge_should_keep_the_later_alarm() {
	let alarm = |at| Some(Alarm { at: UnixTime(at), sighting: at.to_string() });
	for (own, other, kept) in [
		(None, None, None),
		(alarm(1), None, alarm(1)),
		(None, alarm(1), alarm(1)),
		(alarm(1), alarm(2), alarm(2)),
		(alarm(2), alarm(1), alarm(2)),
	] {
		let mut record = Record { alarm: own, ..Default::default() };
		record.merge(&Record { alarm: other, ..Default::default() });
		assert_eq!(record.alarm, kept);
	}
}

#[test]
fn merge_should_name_what_was_signed_twice() {
	let (mut ours, mut theirs) = (Record::default(), Record::default());
	ours.cast(&grandpa(1), &vote(5, 1)).unwrap();
	theirs.cast(&grandpa(1), &vote(5, 2)).unwrap();

	let merged = ours.merge(&theirs);

	assert_eq!(merged.conflicts, [(grandpa(1), vote(5, 1), vote(5, 2))]);
	assert!(ours.cast(&grandpa(1), &vote(5, 1)).is_err());
}

#[test]
fn key_should_be_shown_as_type_and_public_key() {
	assert_eq!(Key::Babe(babe(0xab)).to_string(), format!("babe 0x{}", "ab".repeat(32)));
	assert_eq!(Key::Grandpa(grandpa(1)).to_string(), format!("gran 0x{}", "01".repeat(32)));
}
