//! Payloads and how transactions commit to them. What was anchored has to be verified for as long as Bitcoin is
//! there, so their bytes never change.

use super::*;
use crate::commitment::{leaf_hash, op_return_script, read_op_return};
use hex_literal::hex;

/// The bytes of [`payload`].
const PAYLOAD: [u8; 80] = hex!(
	"41495442 01 02 04030201 08070605"
	"404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"
	"808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
	"0000"
);

fn output(script: Vec<u8>) -> Output {
	Output { value: Amount(0), script }
}

fn taproot() -> Commitment {
	Commitment::Taproot { internal_key: internal_key() }
}

#[test]
fn payload_should_have_its_bytes_as_ever() {
	assert_eq!(payload().to_bytes(), PAYLOAD);
	assert_eq!(Payload::from_bytes(&PAYLOAD), Ok(payload()));
}

#[test]
fn payload_should_name_each_network_by_its_codec_index() {
	use codec::Encode;
	for (id, network) in (0..).zip(Network::ALL) {
		assert_eq!((network.id(), network.encode()), (id, vec![id]));
		assert_eq!(Network::from_id(id), Some(network));
		let bytes = Payload { network, ..payload() }.to_bytes();
		assert_eq!(bytes[5], id);
	}
	assert_eq!(Network::from_id(4), None);
}

#[test]
fn payload_should_be_refused_when_its_length_is_another() {
	for found in [0, 79, 81] {
		let mut bytes = PAYLOAD.to_vec();
		bytes.resize(found, 0);
		assert_eq!(Payload::from_bytes(&bytes), Err(PayloadError::WrongLength { found }));
	}
}

#[test]
fn payload_should_be_refused_when_a_fixed_byte_is_another() {
	for (place, byte, error) in [
		(0, b'a', PayloadError::WrongMagic(*b"aITB")),
		(3, b'C', PayloadError::WrongMagic(*b"AITC")),
		(4, 0, PayloadError::UnknownVersion(0)),
		(4, 2, PayloadError::UnknownVersion(2)),
		(5, 4, PayloadError::UnknownNetwork(4)),
		(5, 255, PayloadError::UnknownNetwork(255)),
		(78, 1, PayloadError::ReservedNotZero),
		(79, 0x80, PayloadError::ReservedNotZero),
	] {
		let mut bytes = PAYLOAD;
		bytes[place] = byte;
		assert_eq!(Payload::from_bytes(&bytes), Err(error));
	}
}

#[test]
fn payload_should_be_refused_when_the_set_has_no_room() {
	let last = u64::from(u32::MAX);
	let new = |set_id| Payload::new(Network::Mainnet, set_id, 1, [1; 32], [2; 32]);
	assert_eq!(new(last).map(|payload| payload.set_id), Ok(u32::MAX));
	assert_eq!(new(last + 1), Err(SetIdTooLarge(1 << 32)));
	assert_eq!(
		SetIdTooLarge(1 << 32).to_string(),
		"the GRANDPA set id 4294967296 has no room in four bytes"
	);
}

#[test]
fn op_return_script_should_have_its_bytes_as_ever() {
	let expected = [&hex!("6a4c50")[..], &PAYLOAD].concat();
	assert_eq!(Commitment::OpReturn.script(&payload()), Ok(expected.clone()));
	assert_eq!(read_op_return(&expected), Some(Ok(payload())));
}

#[test]
fn op_return_script_should_not_be_recognised_when_it_pushes_in_another_way() {
	let others = [
		[&hex!("6a4d5000")[..], &PAYLOAD].concat(),
		[&hex!("6a4e50000000")[..], &PAYLOAD].concat(),
		[&hex!("6a50")[..], &PAYLOAD].concat(),
		[&hex!("006a4c50")[..], &PAYLOAD].concat(),
		[&hex!("6a4c50")[..], &PAYLOAD, &[0]].concat(),
		[&hex!("6a4c4f")[..], &PAYLOAD[..79]].concat(),
		[&hex!("6a4c50")[..], &PAYLOAD[..79]].concat(),
		PAYLOAD.to_vec(),
		hex!("6a4c50").to_vec(),
		vec![],
	];
	for script in others {
		assert_eq!(read_op_return(&script), None);
		let outputs = [output(script)];
		assert_eq!(
			Commitment::OpReturn.verify(&payload(), &outputs),
			Err(CommitmentError::NotCommitted)
		);
	}
	let foreign = [&hex!("6a4c50")[..], &[7; 80]].concat();
	assert_eq!(read_op_return(&foreign), Some(Err(PayloadError::WrongMagic([7; 4]))));
}

#[test]
fn taproot_script_should_have_its_bytes_as_ever() {
	// Computed apart from this crate, in Python, from the text of BIP 341.
	let leaf = leaf_hash(&op_return_script(&payload()));
	assert_eq!(
		leaf,
		Some(hex!("dc17e8bfba7376475b2b18134b47505d8b2e9a593f8bc5cbb85fe46dee8d0084"))
	);
	let expected = hex!("5120 948f4b47214d403e968abc851d5430f1a0dabb8de94cc8c004a484a7bb39d42a");
	assert_eq!(taproot().script(&payload()), Ok(expected.to_vec()));
}

#[test]
fn tweak_should_be_that_of_the_vectors_of_bip341() {
	// BIP 341 `wallet-test-vectors.json`, `scriptPubKey`: those with one leaf.
	for (internal, script, leaf, output) in [
		(
			hex!("187791b6f712a8ea41c8ecdd0ee77fab3e85263b37e1ec18a3651926b3a6cf27"),
			hex!("20d85a959b0290bf19bb89ed43c916be835475d013da4b362117393e25a48229b8ac"),
			hex!("5b75adecf53548f3ec6ad7d78383bf84cc57b55a3127c72b9a2481752dd88b21"),
			hex!("147c9c57132f6e7ecddba9800bb0c4449251c92a1e60371ee77557b6620f3ea3"),
		),
		(
			hex!("93478e9488f956df2396be2ce6c5cced75f900dfa18e7dabd2428aae78451820"),
			hex!("20b617298552a72ade070667e86ca63b8f5789a9fe8731ef91202a91c9f3459007ac"),
			hex!("c525714a7f49c28aedbbba78c005931a81c234b2f6c99a73e4d06082adc8bf2b"),
			hex!("e4d810fd50586274face62b8a807eb9719cef49c04177cc6b76a9a4251d5450e"),
		),
	] {
		assert_eq!(leaf_hash(&script), Some(leaf));
		assert_eq!(InternalKey(internal).tweak(leaf), Some(output));
	}
}

#[test]
fn leaf_should_have_no_hash_when_its_length_is_not_one_byte() {
	assert!(leaf_hash(&[0; 0xfc]).is_some());
	assert_eq!(leaf_hash(&[0; 0xfd]), None);
	assert_eq!(leaf_hash(&[0; 0x100]), None);
}

#[test]
fn internal_key_should_be_refused_when_it_is_no_point() {
	// Zero, the field's order, more than that, and an x that no point has: BIP 340's vectors 5, 12 and 13.
	for key in [
		[0; 32],
		hex!("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"),
		[0xff; 32],
		hex!("eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34"),
	] {
		let commitment = Commitment::Taproot { internal_key: InternalKey(key) };
		let outputs = [output(vec![]), output([&[0x51, 32][..], &key].concat())];
		assert_eq!(commitment.script(&payload()), Err(CommitmentError::InvalidInternalKey));
		assert_eq!(
			commitment.verify(&payload(), &outputs),
			Err(CommitmentError::InvalidInternalKey)
		);
	}
}

#[test]
fn commitment_should_be_found_when_an_output_has_its_script() {
	let open = output(Commitment::OpReturn.script(&payload()).unwrap());
	let inside = output(taproot().script(&payload()).unwrap());
	let other = output(vec![0x51]);
	let outputs = [other.clone(), inside.clone(), open.clone()];
	assert_eq!(Commitment::OpReturn.verify(&payload(), &outputs), Ok(2));
	assert_eq!(taproot().verify(&payload(), &outputs), Ok(1));
	let key = internal_key();
	let find =
		|outputs: &[Output], keys: &[InternalKey]| Commitment::find(&payload(), outputs, keys);
	assert_eq!(find(&outputs, &[key]), Some(Commitment::OpReturn));
	assert_eq!(find(core::slice::from_ref(&inside), &[InternalKey([0; 32]), key]), Some(taproot()));
	assert_eq!(find(&[inside], &[]), None);
	assert_eq!(find(&[other], &[key]), None);
	assert_eq!(find(&[], &[key]), None);
}

#[test]
fn errors_should_say_what_is_wrong() {
	for (error, text) in [
		(PayloadError::WrongLength { found: 3 }, "a payload has 80 bytes and not 3"),
		(PayloadError::WrongMagic([1, 2, 3, 4]), "a payload does not begin with [01, 02, 03, 04]"),
		(PayloadError::UnknownVersion(2), "the payload's version 2 is unknown"),
		(PayloadError::UnknownNetwork(9), "the payload's network 9 is unknown"),
		(PayloadError::ReservedNotZero, "the payload's reserved bytes are not zero"),
	] {
		assert_eq!(error.to_string(), text);
	}
	assert_eq!(CommitmentError::InvalidInternalKey.to_string(), "the internal key is no key");
	assert_eq!(CommitmentError::NotCommitted.to_string(), "no output commits to the payload");
}
