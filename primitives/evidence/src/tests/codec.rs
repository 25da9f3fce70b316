//! Bundles as bytes.

use super::*;

#[test]
fn bundle_should_come_back_from_its_bytes() {
	for (_, plan) in golden::PLANS {
		let bundle = plan.bundle();
		assert_eq!(Bundle::from_bytes(&bundle.to_bytes()), Ok(bundle));
	}
}

#[test]
fn bytes_should_be_refused_when_they_do_not_begin_as_a_bundle() {
	let bytes = Plan::default().bundle().to_bytes();
	assert_eq!(bytes[..9], *b"AITBCEVD\x01");
	for other in [&b""[..], b"AITBCEV", b"aitbcevd\x01"] {
		assert_eq!(Bundle::from_bytes(other), Err(DecodeError::WrongMagic));
	}
	assert_eq!(Bundle::from_bytes(&bytes[..8]), Err(DecodeError::Malformed));
}

#[test]
fn bytes_should_be_refused_when_their_version_is_unknown() {
	let mut bytes = Plan::default().bundle().to_bytes();
	for version in [0, 2, 255] {
		bytes[8] = version;
		assert_eq!(Bundle::from_bytes(&bytes), Err(DecodeError::UnknownVersion(version)));
	}
}

#[test]
fn bytes_should_be_refused_when_they_are_cut_off_or_go_on() {
	let mut bytes = Plan::default().bundle().to_bytes();
	for length in 9..bytes.len() {
		assert_eq!(Bundle::from_bytes(&bytes[..length]), Err(DecodeError::Malformed), "{length}");
	}
	bytes.push(0);
	assert_eq!(Bundle::from_bytes(&bytes), Err(DecodeError::Malformed));
}

#[test]
fn bytes_should_be_refused_when_there_are_too_many() {
	let mut bytes = Plan::default().bundle().to_bytes();
	bytes.resize(MAX_LENGTH + 1, 0);
	let length = MAX_LENGTH + 1;
	assert_eq!(Bundle::from_bytes(&bytes), Err(DecodeError::TooLong { length }));
}

#[test]
fn bytes_should_be_refused_when_a_number_is_longer_than_it_must_be() {
	let mut bytes = Plan { trusted: Some(7), ..Plan::default() }.bundle().to_bytes();
	// Magic, version, kind of start, number of the set, and then how many authorities there are.
	assert_eq!(bytes[18], 4 << 2);
	bytes.splice(18..19, [(4 << 2) | 1, 0]);
	assert_eq!(Bundle::from_bytes(&bytes), Err(DecodeError::Malformed));
}
