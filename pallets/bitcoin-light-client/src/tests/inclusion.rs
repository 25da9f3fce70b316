//! Proving that a block has a transaction.

use crate::{mock::*, *};
use aitbc_bitcoin::{
	merkle_root, Amount, Header, InclusionProof, Input, MerkleProof, Network, OutPoint, Output,
	Transaction, Txid,
};
use aitbc_traits::{BitcoinBlock, BitcoinHeaderChain};
use frame_support::{assert_err, assert_ok};

/// A transaction that spends an output, and pays to a script of one byte.
fn transaction(previous: OutPoint, script: u8) -> Transaction {
	Transaction {
		version: 2,
		inputs: vec![Input { previous, script_sig: vec![0; 4], sequence: 0 }],
		outputs: vec![Output { value: Amount(1), script: vec![script; 3] }],
		lock_time: 0,
	}
}

/// A block after `parent` with a coinbase and three more transactions, and the proof of the third one.
fn block(parent: &Header) -> (Header, InclusionProof, Txid) {
	let mut transactions = vec![transaction(OutPoint::NULL, 0)];
	for number in 1..4 {
		let previous = OutPoint { txid: Txid([number; 32]), index: 0 };
		transactions.push(transaction(previous, number));
	}
	let ids: Vec<_> = transactions.iter().map(Transaction::txid).collect();
	let merkle_root = merkle_root(&ids).expect("there are some");
	let header = mine(Header { merkle_root, ..child(parent, 1) });
	let proof = InclusionProof {
		transaction: transactions[2].to_bytes(),
		proof: MerkleProof::new(&ids, 2).expect("there are as many"),
		coinbase: transactions[0].to_bytes(),
		coinbase_path: MerkleProof::new(&ids, 0).expect("there are as many").path,
	};
	(header, proof, ids[2])
}

#[test]
fn inclusion_should_hold_when_the_block_is_in_the_best_chain() {
	run(|| {
		let (header, proof, txid) = block(&genesis());
		assert_ok!(submit(&[header]));
		let included = LightClient::verify_inclusion(header.hash(), &proof);
		assert_eq!(included.map(|included| included.txid), Ok(txid));
	});
}

#[test]
fn inclusion_should_fail_when_the_block_is_not_in_the_best_chain() {
	run(|| {
		let (header, proof, _) = block(&genesis());
		let verify = || LightClient::verify_inclusion(header.hash(), &proof);
		assert_err!(verify(), Error::<Test>::NotInBestChain);
		assert_ok!(submit(&[header]));
		assert_ok!(verify());
		// Another chain becomes the best.
		assert_ok!(submit(&chain(&genesis(), 2, 2)));
		assert_err!(verify(), Error::<Test>::NotInBestChain);
		// And the first one again.
		assert_ok!(submit(&chain(&header, 1, 2)));
		assert_ok!(verify());
	});
}

#[test]
fn inclusion_should_fail_when_the_block_was_forgotten() {
	run(|| {
		let (header, proof, _) = block(&genesis());
		assert_ok!(submit(&[header]));
		for header in chain(&header, 1, KEPT) {
			assert_ok!(submit(&[header]));
		}
		let verified = LightClient::verify_inclusion(header.hash(), &proof);
		assert_err!(verified, Error::<Test>::NotInBestChain);
	});
}

#[test]
fn inclusion_should_fail_when_the_proof_does_not_hold() {
	run(|| {
		let (header, proof, _) = block(&genesis());
		assert_ok!(submit(&[header]));
		let mut wrong = vec![proof.clone(); 5];
		wrong[0].transaction[0] ^= 1;
		wrong[1].proof.index = 3;
		wrong[2].coinbase_path.pop();
		wrong[3].coinbase = proof.transaction.clone();
		wrong[4].proof.index += 4;
		for proof in wrong {
			let verified = LightClient::verify_inclusion(header.hash(), &proof);
			assert_err!(verified, Error::<Test>::NotIncluded);
		}
	});
}

#[test]
fn confirmations_should_count_the_blocks_of_the_best_chain() {
	run(|| {
		let headers = chain(&genesis(), 1, 5);
		assert_ok!(submit(&headers));
		let find = |header: &Header| LightClient::find(header.hash());
		assert_eq!(find(&headers[4]), Some(BitcoinBlock { height: 5, confirmations: 1 }));
		assert_eq!(find(&headers[0]), Some(BitcoinBlock { height: 1, confirmations: 5 }));
		assert_eq!(find(&genesis()), Some(BitcoinBlock { height: 0, confirmations: 6 }));
		let stale = child(&genesis(), 2);
		assert_ok!(submit(&[stale]));
		assert_eq!(find(&stale), None);
		assert_eq!(find(&child(&stale, 2)), None);
		assert_eq!(LightClient::tip(), Some(headers[4].hash()));
		assert_eq!(LightClient::network(), Some(Network::Regtest));
	});
}

#[test]
fn irreversible_blocks_should_stay_whatever_comes() {
	run(|| {
		let first = child(&genesis(), 1);
		assert_ok!(submit(&[first]));
		assert_ok!(submit(&chain(&first, 1, REORGANIZATION)));
		let confirmations = LightClient::find(first.hash()).map(|block| block.confirmations);
		assert_eq!(confirmations, Some(LightClient::irreversible()));
		// With one confirmation less this would have undone it.
		let other = chain(&genesis(), 2, 3 * REORGANIZATION);
		assert!(submit(&other).is_err());
		assert!(LightClient::find(first.hash()).is_some());
	});
}

#[test]
fn reversible_blocks_should_go_when_another_chain_has_more_work() {
	run(|| {
		let first = child(&genesis(), 1);
		assert_ok!(submit(&[first]));
		assert_ok!(submit(&chain(&first, 1, REORGANIZATION - 1)));
		let confirmations = LightClient::find(first.hash()).map(|block| block.confirmations);
		assert_eq!(confirmations, Some(LightClient::irreversible() - 1));
		assert_ok!(submit(&chain(&genesis(), 2, REORGANIZATION + 1)));
		assert_eq!(LightClient::find(first.hash()), None);
	});
}

#[test]
fn nothing_should_be_found_when_no_bitcoin_is_followed() {
	run_from(None, || {
		assert_eq!((LightClient::network(), LightClient::tip()), (None, None));
		assert_eq!(LightClient::find(genesis().hash()), None);
	});
}
