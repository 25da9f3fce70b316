//! Proofs of inclusion: of trees of every shape, the public good and bad ones, and the known attacks.

use super::*;
use crate::merkle::MAX_DEPTH;
use bitcoin::hashes::{sha256d, Hash};

const SPV: &str = include_str!("../../vectors/spv.json");

fn node(left: MerkleNode, right: MerkleNode) -> MerkleNode {
	MerkleNode(sha256d::Hash::hash(&[left.0, right.0].concat()).to_byte_array())
}

fn spv(part: &str) -> Vec<serde_json::Value> {
	let all: serde_json::Value = serde_json::from_str(SPV).unwrap();
	all[part].as_array().unwrap().clone()
}

fn text(case: &serde_json::Value, field: &str) -> String {
	case[field].as_str().unwrap().into()
}

fn array(digits: &str) -> [u8; 32] {
	bytes(digits).try_into().unwrap()
}

#[test]
fn merkle_proof_should_hold_only_when_the_public_one_is_good() {
	let cases = spv("proofs");
	for case in &cases {
		let header = Header::from_bytes(&bytes(&text(case, "header")).try_into().unwrap());
		let path = bytes(&text(case, "path"));
		let path = path.as_chunks().0.iter().copied().map(MerkleNode).collect();
		let index = case["index"].as_u64().unwrap().try_into().unwrap();
		let proof = MerkleProof { index, path };
		let claimed = Txid(array(&text(case, "txid")));
		let transaction = Transaction::from_bytes(&bytes(&text(case, "transaction")));
		let found = transaction.map_err(InclusionError::Transaction).and_then(|transaction| {
			let txid = transaction.txid();
			proof.verify(txid, header.merkle_root).map_err(InclusionError::Proof)?;
			Ok(txid)
		});
		match text(case, "name").as_str() {
			"valid" => assert_eq!(found, Ok(claimed)),
			"Bad Vin" | "Bad Vout" => {
				assert!(matches!(found, Err(InclusionError::Transaction(_))), "{found:?}");
			},
			"Bad TxID" | "Bad Header -- Merkle Proof" => {
				assert!(
					matches!(found, Err(InclusionError::Proof(MerkleError::WrongRoot { .. }))),
					"{found:?}"
				);
			},
			name => panic!("unknown case {name}"),
		}
	}
	assert_eq!(cases.len(), 5);
}

#[test]
fn header_should_be_as_claimed_only_when_the_public_one_is_good() {
	let cases = spv("headers");
	for case in &cases {
		let header = Header::from_bytes(&bytes(&text(case, "header")).try_into().unwrap());
		assert!(header.bits.check(header.hash(), Network::Mainnet.limit()).is_ok());
		let is_hash = header.hash() == BlockHash(array(&text(case, "hash")));
		let is_root = header.merkle_root == MerkleNode(array(&text(case, "merkle_root")));
		let is_parent = header.previous == BlockHash(array(&text(case, "previous")));
		let expected = match text(case, "name").as_str() {
			"validHeader" => (true, true, true),
			"Bad Hash" => (false, true, true),
			"Bad MerkleRoot" => (true, false, true),
			"Bad Prevhash" => (true, true, false),
			name => panic!("unknown case {name}"),
		};
		assert_eq!((is_hash, is_root, is_parent), expected);
	}
	assert_eq!(cases.len(), 4);
}

#[test]
fn hash_or_header_should_be_refused_when_the_public_one_is_malformed() {
	let hashes = spv("hashes");
	for case in &hashes {
		assert_eq!(text(case, "text").parse::<Txid>(), Err(NotAHash));
		assert_eq!(text(case, "text").parse::<BlockHash>(), Err(NotAHash));
	}
	let headers = spv("raw_headers");
	for case in &headers {
		use codec::DecodeAll;
		assert!(Header::decode_all(&mut &bytes(&text(case, "bytes"))[..]).is_err());
	}
	assert_eq!((hashes.len(), headers.len()), (3, 1));
	assert_eq!(NotAHash.to_string(), "no hash: it has 64 hexadecimal digits");
}

#[test]
fn every_transaction_should_be_proven_at_its_place_only_when_blocks_have_any_size() {
	for count in (1..=40).chain([63, 64, 65, 2_047, 2_048, 2_049]) {
		let (transactions, txids, root) = block(count);
		let step = if count > 100 { 97 } else { 1 };
		for index in (0..count).step_by(step).chain([count - 1]) {
			let proof = inclusion(&transactions, &txids, index);
			let txid = txids[index as usize];
			let transaction = transactions[index as usize].clone();
			assert_eq!(proof.verify(root), Ok(Included { txid, transaction }));
			// The same path at any other place, also one that no tree of that depth has, fails.
			for other in (0..1u32 << (proof.proof.depth() + 1)).take(200).chain([u32::MAX]) {
				let moved = MerkleProof { index: other, ..proof.proof.clone() };
				assert_eq!(moved.verify(txid, root).is_ok(), other == index, "{count} {index}");
			}
		}
	}
}

#[test]
fn proof_should_be_none_when_the_block_has_not_as_many_transactions() {
	let (_, txids, _) = block(5);
	assert_eq!(MerkleProof::new(&txids, 5), None);
	assert_eq!(MerkleProof::new(&[], 0), None);
	let many = vec![txids[0]; (1 << MAX_DEPTH) + 1];
	assert_eq!(MerkleProof::new(&many, 0), None);
	assert!(MerkleProof::new(&many[1..], 0).is_some());
}

#[test]
fn copy_of_the_last_transaction_should_be_refused_when_the_tree_repeats_it() {
	// A block of 3, which has the same root as one of 4 whose last two are one (CVE-2012-2459).
	let (transactions, txids, root) = block(3);
	let mut proof = inclusion(&transactions, &txids, 2);
	assert!(proof.verify(root).is_ok());
	proof.proof.index = 3;
	let error = MerkleError::Duplicate { level: 0 };
	assert_eq!(proof.verify(root), Err(InclusionError::Proof(error)));
	// A block of 6: on level 1 the last two together are repeated.
	let (transactions, txids, root) = block(6);
	let mut proof = inclusion(&transactions, &txids, 5);
	assert!(proof.verify(root).is_ok());
	proof.proof.index = 7;
	let error = MerkleError::Duplicate { level: 1 };
	assert_eq!(proof.verify(root), Err(InclusionError::Proof(error)));
}

#[test]
fn node_should_be_refused_when_it_is_repeated_before_the_end_of_its_level() {
	let (_, txids, _) = block(3);
	let twice = [txids[0], txids[0], txids[1], txids[2]];
	let root = root(&twice);
	let error = MerkleError::Duplicate { level: 1 };
	assert_eq!(MerkleProof::new(&twice, 0).unwrap().verify(twice[0], root), Err(error));
	let error = MerkleError::Duplicate { level: 0 };
	assert_eq!(MerkleProof::new(&twice, 1).unwrap().verify(twice[1], root), Err(error));
	assert_eq!(MerkleProof::new(&twice, 2).unwrap().verify(twice[2], root), Ok(()));
}

#[test]
fn proof_should_be_refused_when_no_block_is_as_deep() {
	let (_, txids, _) = block(1);
	let path = vec![MerkleNode([1; 32]); MAX_DEPTH + 1];
	let proof = MerkleProof { index: 0, path };
	let error = MerkleError::TooDeep { depth: 16 };
	assert_eq!(proof.verify(txids[0], MerkleNode::default()), Err(error));
}

#[test]
fn depth_should_be_enough_when_a_block_has_as_many_transactions_as_it_can() {
	let txids: Vec<_> = (0..16_666u32)
		.map(|salt| {
			let mut txid = [2; 32];
			txid[..4].copy_from_slice(&salt.to_le_bytes());
			Txid(txid)
		})
		.collect();
	let root = root(&txids);
	for index in [0, 1, 8_191, 16_383, 16_384, 16_665] {
		let proof = MerkleProof::new(&txids, index).unwrap();
		assert_eq!(proof.depth(), MAX_DEPTH);
		assert_eq!(proof.verify(txids[index as usize], root), Ok(()));
	}
}

#[test]
fn index_should_be_refused_when_it_has_bits_above_the_path() {
	let (transactions, txids, root) = block(4);
	let mut proof = inclusion(&transactions, &txids, 1);
	proof.proof.index = 5;
	let error = MerkleError::IndexOutOfRange { index: 5, depth: 2 };
	assert_eq!(proof.verify(root), Err(InclusionError::Proof(error)));
}

#[test]
fn inner_node_should_be_refused_when_it_is_given_as_a_transaction() {
	// Two nodes that read as a transaction: 64 bytes whose hash is a node of the tree.
	let mut transaction = spend(9);
	transaction.outputs[0].script = vec![0x51; 4];
	let nodes = transaction.to_bytes();
	assert_eq!(nodes.len(), 64);
	let (left, right) = nodes.split_at(32);
	let (left, right) = (Txid(left.try_into().unwrap()), Txid(right.try_into().unwrap()));
	let coinbase = coinbase();
	let txids = [coinbase.txid(), spend(1).txid(), left, right];
	let root = root(&txids);
	let forged = InclusionProof {
		transaction: nodes,
		proof: MerkleProof { index: 1, path: vec![node(txids[0].into(), txids[1].into())] },
		coinbase: coinbase.to_bytes(),
		coinbase_path: MerkleProof::new(&txids, 0).unwrap().path,
	};
	// The Merkle proof alone would hold.
	assert_eq!(forged.proof.verify(transaction.txid(), root), Ok(()));
	let differ = InclusionError::DepthsDiffer { depth: 1, coinbase_depth: 2 };
	assert_eq!(forged.verify(root), Err(differ));
	let mut same_depth = forged;
	same_depth.coinbase_path.pop();
	let error = InclusionError::Transaction(TransactionError::LikeTwoNodes);
	assert_eq!(same_depth.verify(root), Err(error));
}

#[test]
fn transaction_should_be_refused_when_it_is_below_one_of_64_bytes() {
	// A transaction of 64 bytes whose second half is the id of one that is in no block (CVE-2017-12842).
	let forged = spend(5);
	let mut carrier = vec![3; 32];
	carrier.extend(forged.txid().0);
	let carrier = Txid(sha256d::Hash::hash(&carrier).to_byte_array());
	let coinbase = coinbase();
	let txids = [coinbase.txid(), carrier];
	let root = root(&txids);
	let path = vec![MerkleNode([3; 32]), coinbase.txid().into()];
	let proof = InclusionProof {
		transaction: forged.to_bytes(),
		proof: MerkleProof { index: 3, path },
		coinbase: coinbase.to_bytes(),
		coinbase_path: vec![carrier.into()],
	};
	assert_eq!(proof.proof.verify(forged.txid(), root), Ok(()));
	let differ = InclusionError::DepthsDiffer { depth: 2, coinbase_depth: 1 };
	assert_eq!(proof.verify(root), Err(differ));
}

#[test]
fn proof_should_be_refused_when_its_coinbase_is_another_transaction() {
	let (transactions, txids, root) = block(4);
	let good = inclusion(&transactions, &txids, 2);
	let mut other = good.clone();
	other.coinbase = transactions[1].to_bytes();
	assert_eq!(other.verify(root), Err(InclusionError::NotACoinbase));
	let mut broken = good.clone();
	broken.coinbase.pop();
	let error = InclusionError::Coinbase(TransactionError::Truncated);
	assert_eq!(broken.verify(root), Err(error));
	let mut foreign = good;
	let mut coinbase = coinbase();
	coinbase.lock_time = 1;
	foreign.coinbase = coinbase.to_bytes();
	assert!(matches!(
		foreign.verify(root),
		Err(InclusionError::CoinbaseProof(MerkleError::WrongRoot { .. }))
	));
}

#[test]
fn errors_should_say_what_is_wrong() {
	let (zeros, ones) = ("00".repeat(32), "11".repeat(32));
	let wrong_root =
		MerkleError::WrongRoot { expected: MerkleNode([0; 32]), found: MerkleNode([0x11; 32]) };
	for (error, text) in [
		(
			InclusionError::Transaction(TransactionError::NoInputs),
			"transaction: the transaction has no input".into(),
		),
		(
			InclusionError::Coinbase(TransactionError::NoInputs),
			"coinbase: the transaction has no input".into(),
		),
		(InclusionError::NotACoinbase, "what is given as the coinbase is none".to_string()),
		(
			InclusionError::DepthsDiffer { depth: 2, coinbase_depth: 3 },
			"the proof has 2 nodes and the coinbase's 3".into(),
		),
		(
			InclusionError::Proof(MerkleError::TooDeep { depth: 16 }),
			"transaction: the proof has 16 nodes and may have 15".into(),
		),
		(
			InclusionError::CoinbaseProof(MerkleError::IndexOutOfRange { index: 4, depth: 2 }),
			"coinbase: a tree of depth 2 has no transaction 4".into(),
		),
		(
			InclusionError::Proof(MerkleError::Duplicate { level: 1 }),
			"transaction: the proof leads through a copy of a node on level 1".into(),
		),
		(
			InclusionError::Proof(wrong_root),
			format!("transaction: the proof leads to the root {ones} and not to {zeros}"),
		),
	] {
		assert_eq!(error.to_string(), text);
	}
}
