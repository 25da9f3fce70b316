//! Transactions: those of BIP 54, whose origin is in vectors/README.md, and each way to be none.

use super::*;
use crate::transaction::MAX_TRANSACTION;
use bitcoin::consensus::{deserialize, encode::serialize};
use hex_literal::hex;

const SIZES: &str = include_str!("../../vectors/bip54-txsize.json");
const COINBASES: &str = include_str!("../../vectors/bip54-coinbases.json");

/// A transaction's bytes without witnesses, by the oracle.
fn stripped(transaction: &bitcoin::Transaction) -> Vec<u8> {
	let mut transaction = transaction.clone();
	transaction.input.iter_mut().for_each(|input| input.witness.clear());
	serialize(&transaction)
}

#[test]
fn transaction_should_be_refused_when_bip54_says_that_it_has_64_bytes() {
	let cases: serde_json::Value = serde_json::from_str(SIZES).unwrap();
	let cases = cases.as_array().unwrap();
	for case in cases {
		let full = bytes(case["tx"].as_str().unwrap());
		let oracle: bitcoin::Transaction = deserialize(&full).unwrap();
		let base = stripped(&oracle);
		let found = Transaction::from_bytes(&base);
		if case["valid"].as_bool().unwrap() {
			let found = found.unwrap_or_else(|error| panic!("{}: {error}", case["comment"]));
			assert_eq!(found.txid().to_string(), oracle.compute_txid().to_string());
			assert_eq!(found.to_bytes(), base);
		} else {
			assert_eq!(found, Err(TransactionError::LikeTwoNodes), "{}", case["comment"]);
		}
		// With witnesses it is none, whatever its length.
		if full != base {
			assert!(Transaction::from_bytes(&full).is_err(), "{}", case["comment"]);
		}
	}
	assert_eq!(cases.len(), 13);
}

#[test]
fn block_of_bip54_should_have_its_coinbase_as_its_tree_when_there_is_no_other_transaction() {
	let chains: serde_json::Value = serde_json::from_str(COINBASES).unwrap();
	let chains = chains.as_array().unwrap();
	let mut blocks = 0;
	for chain in chains {
		let mut tree = Tree::genesis(Network::Mainnet);
		for block in chain["block_chain"].as_array().unwrap() {
			let block = bytes(block.as_str().unwrap());
			let (header, body) = block.split_first_chunk().unwrap();
			let header = Header::from_bytes(header);
			if header != Network::Mainnet.genesis() {
				tree.add(&header).unwrap_or_else(|error| panic!("{}: {error}", chain["comment"]));
			}
			let ([1], body) = body.split_first_chunk().unwrap() else { panic!("one transaction") };
			let coinbase = stripped(&deserialize(body).unwrap());
			let proof = InclusionProof {
				transaction: coinbase.clone(),
				proof: MerkleProof { index: 0, path: vec![] },
				coinbase,
				coinbase_path: vec![],
			};
			let included = proof.verify(header.merkle_root).unwrap();
			assert!(included.transaction.is_coinbase());
			blocks += 1;
		}
	}
	assert_eq!((chains.len(), blocks), (7, 35));
}

#[test]
fn transaction_should_be_read_when_it_is_in_its_one_form() {
	let mut long = spend(7);
	long.inputs = vec![long.inputs[0].clone(); 300];
	long.inputs[5].script_sig = vec![1; 252];
	long.outputs.push(Output { value: Amount(u64::MAX), script: vec![2; 253] });
	long.outputs.push(Output { value: Amount(0), script: vec![3; 70_000] });
	for transaction in [coinbase(), spend(1), long] {
		let bytes = transaction.to_bytes();
		assert_eq!(Transaction::from_bytes(&bytes), Ok(transaction));
	}
}

#[test]
fn coinbase_should_be_one_when_its_only_input_spends_nothing() {
	assert!(coinbase().is_coinbase());
	assert!(!spend(1).is_coinbase());
	let mut two = coinbase();
	two.inputs.push(two.inputs[0].clone());
	assert!(!two.is_coinbase());
	let mut other = coinbase();
	other.inputs[0].previous.index = 0;
	assert!(!other.is_coinbase());
	let mut other = coinbase();
	other.inputs[0].previous.txid.0[31] = 1;
	assert!(!other.is_coinbase());
}

#[test]
fn transaction_should_be_refused_when_it_is_too_long() {
	let length = MAX_TRANSACTION + 1;
	assert_eq!(
		Transaction::from_bytes(&vec![0; length]),
		Err(TransactionError::TooLong { length })
	);
	let mut longest = spend(1);
	longest.outputs[0].script.clear();
	let others = longest.to_bytes().len() + 4;
	longest.outputs[0].script = vec![0; MAX_TRANSACTION - others];
	let bytes = longest.to_bytes();
	assert_eq!(bytes.len(), MAX_TRANSACTION);
	assert_eq!(Transaction::from_bytes(&bytes), Ok(longest));
}

#[test]
fn transaction_should_be_refused_when_it_has_witnesses() {
	let mut bytes = spend(1).to_bytes();
	bytes.splice(4..4, [0, 1]);
	assert_eq!(Transaction::from_bytes(&bytes), Err(TransactionError::Witness));
}

#[test]
fn transaction_should_be_refused_when_it_has_no_input_or_no_output() {
	let without_inputs = hex!("02000000 00 02 0000000000000000 00 0000000000000000 00 00000000");
	assert_eq!(Transaction::from_bytes(&without_inputs), Err(TransactionError::NoInputs));
	let without_either = hex!("02000000 00 00 00000000");
	assert_eq!(Transaction::from_bytes(&without_either), Err(TransactionError::NoInputs));
	let without_outputs = Transaction { outputs: vec![], ..spend(1) }.to_bytes();
	assert_eq!(Transaction::from_bytes(&without_outputs), Err(TransactionError::NoOutputs));
}

#[test]
fn transaction_should_be_refused_when_it_ends_early_or_goes_on() {
	let mut bytes = spend(1).to_bytes();
	for length in 0..bytes.len() {
		assert_eq!(
			Transaction::from_bytes(&bytes[..length]),
			Err(TransactionError::Truncated),
			"{length} bytes"
		);
	}
	bytes.extend([0, 0]);
	assert_eq!(Transaction::from_bytes(&bytes), Err(TransactionError::TrailingBytes { count: 2 }));
}

#[test]
fn transaction_should_be_refused_when_a_number_is_longer_than_it_needs() {
	let short = spend(1).to_bytes();
	for (long, count) in [
		(vec![0xfd, 1, 0], 1),
		(vec![0xfe, 1, 0, 0, 0], 1),
		(vec![0xff, 1, 0, 0, 0, 0, 0, 0, 0], 1),
		(vec![0xfd, 0xfc, 0], 0xfc),
		(vec![0xfe, 0xff, 0xff, 0, 0], 0xffff),
		(vec![0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], 0xffff_ffff),
	] {
		let mut bytes = short.clone();
		bytes.splice(4..5, long);
		assert_eq!(Transaction::from_bytes(&bytes), Err(TransactionError::NotShortest { count }));
	}
}

#[test]
fn transaction_should_be_refused_when_a_number_promises_more_than_there_is() {
	let short = spend(1).to_bytes();
	for place in [4, 41, 46] {
		for long in [vec![0xfc], vec![0xfe, 0, 0, 0, 0x7f], vec![0xff; 9]] {
			let mut bytes = short.clone();
			bytes.splice(place..=place, long);
			assert_eq!(Transaction::from_bytes(&bytes), Err(TransactionError::Truncated));
		}
	}
}

#[test]
fn errors_should_say_what_is_wrong() {
	for (error, text) in [
		(
			TransactionError::TooLong { length: 1_000_001 },
			"1000001 bytes are more than the 1000000 of a transaction",
		),
		(TransactionError::LikeTwoNodes, "64 bytes could be two nodes of a Merkle tree"),
		(TransactionError::Witness, "the transaction must come without its witnesses"),
		(TransactionError::Truncated, "the bytes end before the transaction does"),
		(
			TransactionError::NotShortest { count: 1 },
			"the number 1 is written with more bytes than it needs",
		),
		(TransactionError::NoInputs, "the transaction has no input"),
		(TransactionError::NoOutputs, "the transaction has no output"),
		(
			TransactionError::TrailingBytes { count: 2 },
			"2 bytes follow after the transaction's end",
		),
	] {
		assert_eq!(error.to_string(), text);
	}
}
