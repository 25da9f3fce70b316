//! What is proven holds, and nothing else does.

use super::*;
use blake2::{digest::consts::U32, Blake2b, Digest};
use codec::DecodeAll;
use proptest::{collection::vec, prelude::*};

/// As the module says that hashes are made, written a second time.
fn hash(kind: u8, parts: &[&[u8]]) -> Node {
	Blake2b::<U32>::digest([&[kind][..], &parts.concat()].concat()).into()
}

/// The root of these records, from its definition: the peaks are those of the binary digits of the number of
/// records.
fn root(records: &[Vec<u8>]) -> Node {
	fn tree(leaves: &[Vec<u8>]) -> Node {
		match leaves {
			[leaf] => hash(0, &[leaf]),
			_ => {
				let (left, right) = leaves.split_at(leaves.len() / 2);
				hash(1, &[&tree(left), &tree(right)])
			},
		}
	}
	let mut peaks = Vec::new();
	let mut rest = records;
	while !rest.is_empty() {
		let (peak, after) = rest.split_at(1 << rest.len().ilog2());
		peaks.push(tree(peak));
		rest = after;
	}
	let bag = peaks.into_iter().rev().reduce(|right, left| hash(2, &[&right, &left]));
	let count = (records.len() as u64).to_le_bytes();
	hash(3, &[&count, &bag.unwrap_or_default()])
}

fn records(count: u64) -> Vec<Vec<u8>> {
	(0..count).map(|index| record(index).encode()).collect()
}

#[test]
fn root_should_be_that_of_the_definition() {
	for count in 0..70 {
		assert_eq!(log(count).1, Commitment { count, root: root(&records(count)) }, "{count}");
	}
}

#[test]
fn commitment_should_be_that_of_the_last_append() {
	for count in 0..40 {
		let (mut nodes, commitment) = log(count);
		assert_eq!(Log::new(&mut nodes, count).commitment(), Ok(commitment));
		assert_eq!(nodes.0.len() as u64, Commitment::nodes(count));
	}
}

#[test]
fn proof_should_hold_for_each_record_of_each_log() {
	for count in 1..40 {
		let (mut nodes, commitment) = log(count);
		for index in 0..count {
			let proof = Log::new(&mut nodes, count).prove(RecordId(index)).unwrap();
			let bytes = record(index).encode();
			assert_eq!(proof.verify(&bytes, &commitment.root), Ok(record(index)));
		}
	}
}

#[test]
fn proof_should_be_of_an_earlier_log_when_that_is_asked_for() {
	let (mut nodes, _) = log(40);
	for count in 1..40 {
		let proof = Log::new(&mut nodes, count).prove(RecordId(count / 2)).unwrap();
		let bytes = record(count / 2).encode();
		assert_eq!(proof.verify(&bytes, &root(&records(count))), Ok(record(count / 2)));
	}
}

#[test]
fn proof_should_be_refused_when_a_bit_of_anything_is_another() {
	for (count, index) in [(1, 0), (2, 1), (7, 3), (11, 8), (11, 10), (16, 5)] {
		let (mut nodes, Commitment { root, .. }) = log(count);
		let proof = Log::new(&mut nodes, count).prove(RecordId(index)).unwrap();
		let bytes = record(index).encode();
		let flipped = |bytes: &[u8], bit: usize| {
			let mut bytes = bytes.to_vec();
			bytes[bit / 8] ^= 1 << (bit % 8);
			bytes
		};
		for bit in 0..bytes.len() * 8 {
			assert!(proof.verify(&flipped(&bytes, bit), &root).is_err(), "record, bit {bit}");
		}
		for bit in 0..256 {
			let other = flipped(&root, bit).try_into().unwrap();
			assert_eq!(proof.verify(&bytes, &other), Err(ProofError::WrongRoot), "root, bit {bit}");
		}
		let encoded = proof.encode();
		for bit in 0..encoded.len() * 8 {
			let Ok(other) = Proof::decode_all(&mut &*flipped(&encoded, bit)) else { continue };
			assert!(other.verify(&bytes, &root).is_err(), "proof, bit {bit}");
		}
	}
}

#[test]
fn proof_should_be_refused_when_it_has_more_nodes_or_fewer() {
	for (count, index) in [(1, 0), (2, 0), (7, 0), (7, 6), (8, 2)] {
		let (mut nodes, Commitment { root, .. }) = log(count);
		let proof = Log::new(&mut nodes, count).prove(RecordId(index)).unwrap();
		let bytes = record(index).encode();
		let mut longer = proof.clone();
		longer.nodes.push([0; 32]);
		assert_eq!(longer.verify(&bytes, &root), Err(ProofError::WrongLength));
		let mut shorter = proof.clone();
		if shorter.nodes.pop().is_some() {
			assert_eq!(shorter.verify(&bytes, &root), Err(ProofError::WrongLength));
		}
	}
}

#[test]
fn proof_should_be_refused_when_peaks_are_not_hashed_together() {
	// Seven records have peaks of four, of two and of one; the range of `mmr_lib` would take the last two
	// one by one.
	let (mut nodes, Commitment { root, .. }) = log(7);
	let mut proof = Log::new(&mut nodes, 7).prove(RecordId(0)).unwrap();
	assert_eq!(proof.nodes.len(), 3);
	proof.nodes.pop();
	proof.nodes.extend([nodes.0[&9], nodes.0[&10]]);
	assert_eq!(proof.verify(&record(0).encode(), &root), Err(ProofError::WrongLength));
}

#[test]
fn record_should_be_refused_when_it_is_no_place_of_the_log() {
	let (mut nodes, Commitment { root, .. }) = log(5);
	let proof = Log::new(&mut nodes, 5).prove(RecordId(4)).unwrap();
	let error = Err(ProofError::NotInLog { id: RecordId(5), count: 5 });
	assert_eq!(proof.verify(&record(5).encode(), &root), error);
	let huge = Proof { count: u64::MAX, ..proof.clone() };
	let error = Err(ProofError::NotInLog { id: RecordId(4), count: u64::MAX });
	assert_eq!(huge.verify(&record(4).encode(), &root), error);
	assert_eq!(proof.verify(b"x", &root), Err(ProofError::NotARecord));
	let longer = [record(4).encode(), vec![0]].concat();
	assert_eq!(proof.verify(&longer, &root), Err(ProofError::NotARecord));
	assert_eq!(Log::new(&mut nodes, 5).prove(RecordId(5)), Err(LogError::NoRecord));
}

#[test]
fn inner_nodes_should_be_no_records() {
	// Who shows two leaves as one record would need a record whose bytes hash to an inner node.
	let (nodes, _) = log(2);
	assert_ne!(leaf(&[nodes.0[&0], nodes.0[&1]].concat()), nodes.0[&2]);
}

#[test]
fn log_should_say_so_when_it_is_full_or_broken() {
	let mut nodes = Memory::default();
	assert_eq!(Log::new(&mut nodes, MAX_RECORDS).append(b"x"), Err(LogError::Full));
	assert_eq!(Log::new(&mut nodes, 1).append(b"x"), Err(LogError::MissingNode));
	assert_eq!(Log::new(&mut nodes, 2).prove(RecordId(0)), Err(LogError::MissingNode));
}

proptest! {
	#[test]
	fn proof_should_hold_for_one_record_only(
		count in 1..200u64,
		index in any::<u64>(),
		other in any::<u64>(),
	) {
		let (index, other) = (index % count, other % count);
		let (mut nodes, Commitment { root, .. }) = log(count);
		let proof = Log::new(&mut nodes, count).prove(RecordId(index)).unwrap();
		let found = proof.verify(&record(other).encode(), &root);
		prop_assert_eq!(found.is_ok(), index == other);
	}

	#[test]
	fn nothing_should_panic_whatever_the_proof(
		count in any::<u64>(),
		nodes in vec(any::<[u8; 32]>(), 0..130),
		index in any::<u64>(),
		root in any::<[u8; 32]>(),
	) {
		let found = Proof { count, nodes }.verify(&record(index).encode(), &root);
		prop_assert!(found.is_err());
	}

	#[test]
	fn no_record_should_panic(bytes in vec(any::<u8>(), 0..400)) {
		if let Ok(read) = Record::decode_all(&mut &*bytes) {
			prop_assert_eq!(read.encode(), bytes);
		}
	}
}
