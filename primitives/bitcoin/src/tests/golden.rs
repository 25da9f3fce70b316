//! SCALE encodings of what is stored or sent. They never change.

use super::*;
use codec::{Decode, DecodeAll, Encode, MaxEncodedLen};
use hex_literal::hex;

fn check<T: Encode + Decode + PartialEq + core::fmt::Debug>(value: T, expected: &[u8]) {
	assert_eq!(hex::encode(value.encode()), hex::encode(expected));
	assert_eq!(T::decode_all(&mut &*expected).as_ref(), Ok(&value));
}

#[test]
fn header_should_be_encoded_as_its_80_bytes() {
	let genesis = Network::Mainnet.genesis();
	check(genesis, &genesis.to_bytes());
	let expected = hex!(
		"01000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
		"29ab5f49 ffff001d 1dac2b7c"
	);
	assert_eq!(genesis.to_bytes(), expected);
	assert_eq!(Header::max_encoded_len(), 80);
}

#[test]
fn chained_header_should_be_encoded_as_ever() {
	let expected = hex!(
		"00 00000000"
		"6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000"
		"29ab5f49"
		"0100010001000000000000000000000000000000000000000000000000000000"
		"29ab5f49 ffff001d"
	);
	check(ChainedHeader::genesis(Network::Mainnet), &expected);
	assert_eq!((expected.len(), ChainedHeader::max_encoded_len()), (81, 81));
}

#[test]
fn networks_should_keep_their_indices_and_names() {
	let found = Network::ALL.map(|network| (network.encode()[0], network.to_string()));
	let expected = [(0, "main"), (1, "testnet4"), (2, "signet"), (3, "regtest")];
	assert_eq!(found, expected.map(|(index, name)| (index, name.into())));
	let trusted = Network::ALL.map(Network::is_trusted_relayer);
	assert_eq!(trusted, [false, false, true, true]);
}

#[test]
fn payload_should_be_encoded_as_ever() {
	let mut expected = hex!("02 04030201 08070605").to_vec();
	expected.extend(0x40..0x60);
	expected.extend(0x80..0xa0);
	check(payload(), &expected);
	assert_eq!(Payload::max_encoded_len(), 73);
}

#[test]
fn commitment_should_be_encoded_as_ever() {
	check(Commitment::OpReturn, &[0]);
	let internal_key = internal_key();
	check(Commitment::Taproot { internal_key }, &[&[1][..], &internal_key.0].concat());
}

#[test]
fn proofs_should_be_encoded_as_ever() {
	let (transactions, txids, _) = block(2);
	let proof = inclusion(&transactions, &txids, 1);
	let (first, second) = (transactions[0].to_bytes(), transactions[1].to_bytes());
	assert_eq!((first.len(), second.len()), (63, 61));
	let mut expected = vec![61 << 2];
	expected.extend(&second);
	expected.extend(hex!("01000000 04"));
	expected.extend(txids[0].0);
	expected.push(63 << 2);
	expected.extend(&first);
	expected.push(4);
	expected.extend(txids[1].0);
	check(proof, &expected);
}

#[test]
fn checkpoint_should_be_encoded_as_ever() {
	let header = Network::Regtest.genesis();
	let mut expected = hex!("03 00000000 02").to_vec();
	expected.extend([0; 31]);
	expected.extend(header.to_bytes());
	expected.push(4);
	expected.extend(header.to_bytes());
	let work = header.bits.target().unwrap().work();
	let (network, height) = (Network::Regtest, 0);
	check(
		Checkpoint { network, height, work, period_start: header, headers: vec![header] },
		&expected,
	);
}

#[test]
fn work_should_be_shown_as_a_number() {
	let work = ChainedHeader::genesis(Network::Mainnet).work();
	assert_eq!(work.to_string(), "4295032833");
	assert_eq!(format!("{:?}", Bits(0x1d00_ffff)), "1d00ffff");
	assert_eq!(format!("{:?} {:?}", BlockHash([1; 32]), Txid([2; 32])), {
		format!("{} {}", "01".repeat(32), "02".repeat(32))
	});
	assert_eq!(Txid([3; 32]).to_string().parse(), Ok(Txid([3; 32])));
	assert_eq!("AB".repeat(32).parse(), Ok(BlockHash([0xab; 32])));
	assert_eq!("+1".repeat(32).parse::<BlockHash>(), Err(NotAHash));
	assert_eq!(format!("{:?}", MerkleNode([4; 32])), "04".repeat(32));
}
