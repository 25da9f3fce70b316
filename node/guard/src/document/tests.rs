//! That a guard file is read as it was written, or not at all.

use super::*;
use crate::{
	record::Key,
	vote::{Kind, Vote},
};
use proptest::prelude::*;
use sp_core::{ed25519, sr25519};

const GENESIS: Hash = Hash::repeat_byte(0x11);

fn babe(byte: u8) -> BabeKey {
	sr25519::Public::from([byte; 32]).into()
}

fn grandpa(byte: u8) -> GrandpaKey {
	ed25519::Public::from([byte; 32]).into()
}

/// A record that has everything that there can be.
fn full() -> Record {
	let mut record = Record { alone: UnixTime(1_795_386_000), ..Default::default() };
	record.alarm = Some(Alarm { at: UnixTime(1_795_385_000), sighting: "a \"block\"\n".into() });
	record.begin(&babe(1), u64::MAX.into()).unwrap();
	record.babe.insert(babe(2), None);
	record.admit(&Key::Grandpa(grandpa(3)));
	for round in 1..=20 {
		for (number, kind) in (1..).zip(Kind::ALL) {
			let position = Position { set: 2, round };
			let target = Target { hash: Hash::repeat_byte(0xab), number };
			record.cast(&grandpa(4), &Vote { position, kind, target }).unwrap();
		}
	}
	record
}

/// A record whose file is short, for tests of each of its bits.
fn small() -> Record {
	let mut record = Record { alone: UnixTime(7), ..Default::default() };
	record.begin(&babe(1), 5.into()).unwrap();
	let position = Position { set: 2, round: 3 };
	let target = Target { hash: Hash::repeat_byte(0xab), number: 4 };
	record.cast(&grandpa(4), &Vote { position, kind: Kind::Prevote, target }).unwrap();
	record
}

#[test]
fn file_should_be_these_bytes() {
	let key = |byte: &str| format!("0x{}", byte.repeat(32));
	let json = format!(
		"{{\"format\":\"aitbc-signing-guard\",\"version\":1,\"genesis_hash\":\"{}\",\"alone_until\":7,\"alarm\":null,\
		 \"babe\":[{{\"key\":\"{}\",\"slot\":5}}],\
		 \"grandpa\":[{{\"key\":\"{}\",\"admitted\":false,\"floor\":null,\"rounds\":[{{\"set\":2,\"round\":3,\"propose\":null,\
		 \"prevote\":{{\"hash\":\"{}\",\"number\":4}},\"precommit\":null}}]}}]}}",
		key("11"),
		key("01"),
		key("04"),
		key("ab"),
	);
	let checksum = "ff912612b15e5fd9a83a8ccda07551e6dd3eaad6ca15de43636885a961eb55f4";

	let file = to_file(GENESIS, &small()).unwrap();

	assert_eq!(String::from_utf8(file).unwrap(), format!("{json}\nsha256 {checksum}\n"));
}

#[test]
fn record_should_survive_the_file_and_the_export() {
	for record in [Record::default(), small(), full()] {
		let file = to_file(GENESIS, &record).unwrap();
		assert_eq!(from_file(GENESIS, &file).unwrap(), record);
		assert_eq!(genesis_of(&file), Ok(GENESIS));

		let export = to_json(GENESIS, &record).unwrap();
		assert_eq!(from_json(GENESIS, &export).unwrap(), record);
	}
}

#[test]
fn file_should_be_refused_when_any_bit_is_flipped() {
	let file = to_file(GENESIS, &small()).unwrap();
	for index in 0..file.len() {
		for bit in 0..8 {
			let mut flipped = file.clone();
			flipped[index] ^= 1 << bit;
			assert!(from_file(GENESIS, &flipped).is_err(), "bit {bit} of byte {index}");
		}
	}
}

#[test]
fn file_should_be_refused_when_it_is_cut_anywhere() {
	let file = to_file(GENESIS, &full()).unwrap();
	for length in 0..file.len() {
		assert_eq!(from_file(GENESIS, &file[..length]), Err(DocumentError::Checksum), "{length}");
	}
}

#[test]
fn file_should_be_refused_when_something_is_added() {
	let file = to_file(GENESIS, &small()).unwrap();
	for added in [&b"\n"[..], b" ", b"\0", &file] {
		let longer = [&file, added].concat();
		assert!(from_file(GENESIS, &longer).is_err(), "{added:?} after it");
		let longer = [added, &file].concat();
		assert!(from_file(GENESIS, &longer).is_err(), "{added:?} before it");
	}
}

#[test]
fn file_should_be_refused_when_it_is_of_another_chain() {
	let file = to_file(GENESIS, &small()).unwrap();
	let expected = Hash::repeat_byte(0x22);
	assert_eq!(
		from_file(expected, &file),
		Err(DocumentError::OtherChain { found: GENESIS, expected })
	);
}

/// The export of [`small`] with `from` replaced.
fn export_with(from: &str, to: &str) -> Result<Record, DocumentError> {
	let export = to_json(GENESIS, &small()).unwrap();
	assert!(export.contains(from), "{from} is not in {export}");
	from_json(GENESIS, &export.replace(from, to))
}

#[test]
fn export_should_be_refused_when_format_or_version_is_another() {
	for (from, to) in [("aitbc-signing-guard", "another"), ("\"version\": 1", "\"version\": 2")] {
		let error = export_with(from, to).unwrap_err();
		assert!(matches!(error, DocumentError::OtherFormat { .. }), "{error}");
	}
	// Whatever else that version may have.
	let error = from_json(GENESIS, r#"{"format":"aitbc-signing-guard","version":2,"more":1}"#);
	assert!(matches!(error, Err(DocumentError::OtherFormat { version: 2, .. })), "{error:?}");
}

#[test]
fn export_should_be_refused_when_it_is_malformed() {
	let key = format!("0x{}", "01".repeat(32));
	for (from, to) in [
		("\"alarm\"", "\"unknown\": 1, \"alarm\""),
		("\"slot\": 5", "\"slot\": -5"),
		("\"slot\": 5", "\"slot\": \"5\""),
		("\"slot\": 5", "\"slot\": 18446744073709551616"),
		("\"slot\": 5", "\"slot\": 5, \"slot\": 4"),
		("\"set\": 2", "\"set\": null"),
		(key.as_str(), "0x0101"),
		(key.as_str(), key.trim_start_matches("0x")),
	] {
		let error = export_with(from, to).unwrap_err();
		assert!(matches!(error, DocumentError::Malformed(_)), "{from} -> {to}: {error}");
	}
}

#[test]
fn export_should_be_refused_when_a_key_is_there_twice() {
	let blocks = format!("\"babe\": [{{\"key\": \"0x{}\", \"slot\": 4}},", "01".repeat(32));
	let ballots = format!(
		"\"grandpa\": [{{\"key\": \"0x{}\", \"admitted\": true, \"floor\": null, \"rounds\": []}},",
		"04".repeat(32)
	);
	for (from, to) in [("\"babe\": [", blocks), ("\"grandpa\": [", ballots)] {
		let error = export_with(from, &to).unwrap_err();
		assert!(matches!(error, DocumentError::Twice(_)), "{error}");
	}
}

#[test]
fn export_should_be_refused_when_rounds_contradict_the_floor_or_each_other() {
	let twice = "\"rounds\": [{\"set\": 2, \"round\": 3, \"propose\": null, \"prevote\": null, \"precommit\": null},";
	for (from, to) in
		[("\"floor\": null", "\"floor\": {\"set\": 2, \"round\": 3}"), ("\"rounds\": [", twice)]
	{
		let error = export_with(from, to).unwrap_err();
		assert!(matches!(error, DocumentError::Rounds(_)), "{error}");
	}
}

proptest! {
	#[test]
	fn no_bytes_should_be_read_that_were_not_written(bytes: Vec<u8>) {
		prop_assert_eq!(from_file(GENESIS, &bytes), Err(DocumentError::Checksum));
	}

	#[test]
	fn file_should_be_refused_when_many_bits_are_flipped(
		flips in proptest::collection::vec((any::<prop::sample::Index>(), 1..=u8::MAX), 1..20)
	) {
		let file = to_file(GENESIS, &small()).unwrap();
		let mut flipped = file.clone();
		for (index, bits) in flips {
			flipped[index.index(file.len())] ^= bits;
		}

		prop_assert!(flipped == file || from_file(GENESIS, &flipped).is_err());
	}
}
