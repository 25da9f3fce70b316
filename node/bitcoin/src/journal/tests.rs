use super::*;
use crate::state::tests::example;
use proptest::prelude::*;
use std::{fs, os::unix::fs::PermissionsExt};

fn open(folder: &Path) -> Result<(Journal, State), JournalError> {
	Journal::open(folder, Network::Regtest, &example().script)
}

/// A folder with the journal of [`example`].
fn written() -> tempfile::TempDir {
	let folder = tempfile::tempdir().unwrap();
	let (mut journal, empty) = open(folder.path()).unwrap();
	assert_eq!(empty, State::new(Network::Regtest, example().script));
	journal.save(&example()).unwrap();
	folder
}

#[test]
fn state_should_be_the_same_when_the_journal_is_opened_again() {
	let folder = written();
	let (mut journal, mut state) = open(folder.path()).unwrap();
	assert_eq!(state, example());
	state.spends[0].mined = None;
	journal.save(&state).unwrap();
	drop(journal);
	assert_eq!(open(folder.path()).unwrap().1, state);
	let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
	assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn journal_should_be_refused_when_somebody_has_it_open() {
	let folder = written();
	let (journal, _) = open(folder.path()).unwrap();
	assert!(matches!(open(folder.path()), Err(JournalError::InUse { .. })));
	drop(journal);
	open(folder.path()).unwrap();
}

#[test]
fn journal_should_be_refused_when_it_is_of_another_wallet_or_network() {
	let folder = written();
	let other = [&[0, 20][..], &[9; 20]].concat();
	let opened = Journal::open(folder.path(), Network::Regtest, &other);
	assert!(matches!(opened, Err(JournalError::OfAnother { .. })));
	let opened = Journal::open(folder.path(), Network::Signet, &example().script);
	assert!(matches!(opened, Err(JournalError::OfAnother { .. })));
}

#[test]
fn journal_should_be_kept_as_it_is_when_it_cannot_be_read() {
	let folder = written();
	let path = folder.path().join(FILE);
	let bytes = fs::read(&path).unwrap();
	for broken in [&[][..], b"hello", &bytes[1..], &bytes[..bytes.len() - 1]] {
		fs::write(&path, broken).unwrap();
		let error = open(folder.path()).unwrap_err();
		assert!(matches!(error, JournalError::Broken { .. }), "{error}");
		assert!(error.to_string().contains("backup"));
		assert_eq!(fs::read(&path).unwrap(), broken);
	}
	fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
	assert!(matches!(open(folder.path()), Err(JournalError::File(FileError::Exposed { .. }))));
}

#[test]
fn former_state_should_be_there_when_a_write_was_cut_short() {
	let folder = written();
	// What a crash before the rename leaves.
	fs::write(folder.path().join("anchors.new"), b"half").unwrap();
	let (mut journal, state) = open(folder.path()).unwrap();
	assert_eq!(state, example());
	journal.save(&state).unwrap();
	assert!(!folder.path().join("anchors.new").exists());
}

#[test]
fn state_should_not_be_written_when_it_could_not_be_read() {
	let folder = written();
	let (mut journal, mut state) = open(folder.path()).unwrap();
	state.spends[0].attempts.clear();
	assert!(matches!(journal.save(&state), Err(JournalError::Refused { .. })));
	drop(journal);
	assert_eq!(open(folder.path()).unwrap().1, example());
}

#[test]
fn encoding_should_be_the_same_for_good() {
	let bytes = encode(&State::new(Network::Regtest, vec![0; 2]));
	let (body, _) = bytes.split_at(bytes.len() - CHECKSUM);
	// Network 3, script, no cursor, no root, no reserve, nothing signed.
	assert_eq!(body, b"AITBANC\x01\x03\x08\0\0\0\0\0\0");
	// Of a state with something in each list. SHA-256, as `sha256sum` of the file gives it.
	let hash = sha256::Hash::hash(&encode(&example())).to_string();
	assert_eq!(hash, "1c5cb49317e42d47218762fb616c5c0351ff9eefb79e931283d4231bb73c0dae");
}

#[test]
fn version_should_be_named_when_it_is_another() {
	let mut bytes = encode(&example());
	bytes[7] = 2;
	assert_eq!(decode(&bytes).unwrap_err(), "it was written by another version");
}

proptest! {
	#[test]
	fn file_should_be_refused_when_any_bit_is_another(place: usize, bit in 0..8) {
		let mut bytes = encode(&example());
		let place = place % bytes.len();
		bytes[place] ^= 1_u8 << bit;
		prop_assert!(decode(&bytes).is_err());
	}

	#[test]
	fn body_should_be_refused_or_the_same_when_it_is_another(
		place: usize,
		byte: u8,
	) {
		// With a checksum that is right, as a mistake of this program would write it.
		let mut bytes = encode(&example());
		let end = bytes.len() - CHECKSUM;
		bytes.truncate(end);
		let place = MAGIC.len() + place % (end - MAGIC.len());
		bytes[place] = byte;
		let checksum = sha256::Hash::hash(&bytes);
		bytes.extend(checksum.as_byte_array());
		if let Ok(state) = decode(&bytes) {
			prop_assert_eq!(encode(&state), bytes);
		}
	}
}
