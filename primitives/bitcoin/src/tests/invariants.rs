//! What holds for any bytes.
//!
//! A failure prints the smallest input that fails and its seed, which proptest keeps in
//! `proptest-regressions/` and replays in every run of
//! `cargo test --release -p aitbc-bitcoin invariants`. `PROPTEST_CASES=1000000` before it asks for a
//! million cases.

use super::*;
use crate::commitment::read_op_return;
use codec::{DecodeAll, Encode};
use proptest::prelude::*;

fn flip(bytes: &mut [u8], bit: usize) {
	bytes[bit / 8] ^= 1 << (bit % 8);
}

/// Whether the bytes decode to something whose encoding is another.
fn is_ambiguous<T: DecodeAll + Encode>(bytes: &[u8]) -> bool {
	T::decode_all(&mut &*bytes).is_ok_and(|value| value.encode() != bytes)
}

#[test]
fn proof_should_not_hold_when_any_bit_of_it_is_flipped() {
	for (count, index) in [(1, 0), (2, 1), (3, 2), (5, 4), (6, 3), (7, 6), (11, 10), (16, 0)] {
		let (transactions, txids, root) = block(count);
		let good = inclusion(&transactions, &txids, index);
		assert!(good.verify(root).is_ok());
		let encoded = good.encode();
		for bit in 0..encoded.len() * 8 {
			let mut bytes = encoded.clone();
			flip(&mut bytes, bit);
			if let Ok(proof) = InclusionProof::decode_all(&mut &bytes[..]) {
				assert!(proof.verify(root).is_err(), "block of {count}, {index}, bit {bit}");
			}
		}
		for bit in 0..256 {
			let mut other = root;
			flip(&mut other.0, bit);
			assert!(good.verify(other).is_err());
		}
	}
}

#[test]
fn payload_should_be_another_or_none_when_any_bit_of_it_is_flipped() {
	let bytes = payload().to_bytes();
	for bit in 0..640 {
		let mut other = bytes;
		flip(&mut other, bit);
		if let Ok(read) = Payload::from_bytes(&other) {
			assert_ne!(read, payload());
			assert_eq!(read.to_bytes(), other);
		}
	}
}

#[test]
fn script_should_not_commit_to_the_payload_when_any_bit_of_it_is_flipped() {
	let taproot = Commitment::Taproot { internal_key: internal_key() };
	for commitment in [Commitment::OpReturn, taproot] {
		let script = commitment.script(&payload()).unwrap();
		for bit in 0..script.len() * 8 {
			let mut other = script.clone();
			flip(&mut other, bit);
			let outputs = [Output { value: Amount(0), script: other }];
			assert_eq!(commitment.verify(&payload(), &outputs), Err(CommitmentError::NotCommitted));
		}
	}
}

#[test]
fn taproot_script_should_be_another_when_any_bit_of_key_or_payload_is_flipped() {
	let script = |key, payload: &Payload| {
		Commitment::Taproot { internal_key: InternalKey(key) }.script(payload)
	};
	let (key, payload) = (internal_key().0, payload());
	let expected = script(key, &payload).unwrap();
	for bit in 0..256 {
		let mut other = key;
		flip(&mut other, bit);
		assert_ne!(script(other, &payload), Ok(expected.clone()));
	}
	for bit in 0..640 {
		let mut other = payload.to_bytes();
		flip(&mut other, bit);
		if let Ok(other) = Payload::from_bytes(&other) {
			assert_ne!(script(key, &other), Ok(expected.clone()));
		}
	}
}

#[test]
fn header_should_be_refused_or_another_when_any_bit_of_it_is_flipped() {
	let chained = ChainedHeader::genesis(Network::Mainnet);
	let median = RecentTimes::new(chained.time()).median();
	let headers = headers(include_bytes!("../../vectors/bip54-timestamps.bin"));
	let header = headers[1];
	let good = chained.next(&header, median, LATE).unwrap();
	for bit in 0..640 {
		let mut other = header.to_bytes();
		flip(&mut other, bit);
		let found = chained.next(&Header::from_bytes(&other), median, LATE);
		// Its proof of work takes some 2^32 attempts, so no flipped one has it.
		assert!(found.is_err() && found != Ok(good), "bit {bit}");
	}
}

proptest! {
	#[test]
	fn decoding_should_not_panic_or_be_ambiguous_when_bytes_are_any(
		bytes in prop::collection::vec(any::<u8>(), 0..400),
	) {
		prop_assert!(!is_ambiguous::<Header>(&bytes));
		prop_assert!(!is_ambiguous::<ChainedHeader>(&bytes));
		prop_assert!(!is_ambiguous::<Payload>(&bytes));
		prop_assert!(!is_ambiguous::<Commitment>(&bytes));
		// Sequences in SCALE have one form of their length, or none.
		prop_assert!(!is_ambiguous::<MerkleProof>(&bytes));
		prop_assert!(!is_ambiguous::<InclusionProof>(&bytes));
		prop_assert!(!is_ambiguous::<Checkpoint>(&bytes));
		if let Ok(payload) = Payload::from_bytes(&bytes) {
			prop_assert_eq!(&payload.to_bytes()[..], &bytes);
		}
		if let Ok(transaction) = Transaction::from_bytes(&bytes) {
			prop_assert_eq!(transaction.to_bytes(), bytes.clone());
		}
		let _ = read_op_return(&bytes);
	}

	#[test]
	fn payload_should_be_read_as_written_when_it_is_any(
		network in prop::sample::select(&Network::ALL[..]),
		set_id: u32, height: u32, block_hash: [u8; 32], audit_root: [u8; 32],
	) {
		let payload = Payload { network, set_id, height, block_hash, audit_root };
		prop_assert_eq!(Payload::from_bytes(&payload.to_bytes()), Ok(payload));
		let script = Commitment::OpReturn.script(&payload).unwrap();
		prop_assert_eq!(read_op_return(&script), Some(Ok(payload)));
		prop_assert_eq!(Payload::decode_all(&mut &payload.encode()[..]), Ok(payload));
	}

	#[test]
	fn verifying_should_not_panic_when_a_proof_is_any(
		index: u32, path in prop::collection::vec(any::<[u8; 32]>(), 0..20), txid: [u8; 32],
		transaction in prop::collection::vec(any::<u8>(), 0..100),
	) {
		let path: Vec<_> = path.into_iter().map(MerkleNode).collect();
		let proof = MerkleProof { index, path: path.clone() };
		prop_assert!(proof.verify(Txid(txid), MerkleNode::default()).is_err());
		let coinbase = coinbase().to_bytes();
		let proof = InclusionProof { transaction, proof, coinbase, coinbase_path: path };
		prop_assert!(proof.verify(MerkleNode::default()).is_err());
	}

	#[test]
	fn next_should_not_panic_when_state_and_header_are_any(
		state in prop::collection::vec(any::<u8>(), 80),
		network in 0u8..4,
		header in prop::collection::vec(any::<u8>(), 80),
		now: u32,
	) {
		let state = [&[network][..], &state].concat();
		let chained = ChainedHeader::decode_all(&mut &state[..]).unwrap();
		let header = Header::from_bytes(&header.try_into().unwrap());
		let median = RecentTimes::new(chained.time()).median();
		prop_assert!(chained.next(&header, median, now).is_err());
		let linked = Header { previous: chained.hash(), bits: chained.next_bits(header.time), ..header };
		if let Ok(target) = linked.bits.target() {
			let _ = chained.extend(&linked, linked.hash(), target, median, now);
		}
	}

	#[test]
	fn checkpoint_should_not_panic_when_it_is_any(
		height: u32, work: [u8; 32], bytes in prop::collection::vec(any::<[u8; 32]>(), 30),
		network in prop::sample::select(&Network::ALL[..]),
	) {
		let headers = headers(&bytes.concat()[..11 * 80]);
		let work = Work(primitive_types::U256::from_little_endian(&work));
		let checkpoint = Checkpoint { network, height, work, period_start: headers[0], headers };
		prop_assert!(ChainedHeader::from_checkpoint(&checkpoint).is_err());
	}

	#[test]
	fn median_should_be_the_middle_when_times_are_any(
		times in prop::collection::vec(any::<u32>(), 1..30),
	) {
		let recent = RecentTimes::of(times.iter().copied()).unwrap();
		let mut last = times[times.len().saturating_sub(11)..].to_vec();
		last.sort_unstable();
		prop_assert_eq!(recent.median().seconds(), last[last.len() / 2]);
	}
}
