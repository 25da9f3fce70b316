//! Proofs that a block has a transaction: Core's `gettxoutproof` and `verifytxoutproof` (BIP 37).

use crate::{
	blocks::Block,
	core::Core,
	report::{word, Report, ACCEPTED, REFUSED},
};
use aitbc_bitcoin::{Header, InclusionError, InclusionProof, MerkleNode, MerkleProof, Txid};
use bitcoin::{
	consensus::{deserialize, serialize},
	hashes::{sha256d, Hash},
	merkle_tree::PartialMerkleTree,
	MerkleBlock,
};
use serde_json::Value;

/// Compares each transaction's proof, and proofs that must not hold.
pub fn compare(report: &mut Report, core: &Core, case: &str, block: &Block) {
	let good = block.txids.iter().zip(0..).map(|(txid, index)| {
		let list = Value::from(vec![txid.to_string()]).to_string();
		let proof = core.bytes("gettxoutproof", &[&list, &block.header.hash().to_string()]);
		let told = Walk::path(&proof);
		let ours = MerkleProof::new(&block.txids, index).expect("it is in the block");
		let (told, verified) = (format!("{told:?}"), verify(core, &proof, *txid));
		let held = word(&inclusion(block, ours.clone()).verify(block.header.merkle_root));
		(txid.to_string(), format!("{told} {verified}"), format!("{ours:?} {held}"))
	});
	report.compare_all(&format!("{case}: their proofs"), good);
	if block.txids.len() > 1 {
		let bad =
			forged(core, block).into_iter().chain(copied(core, block)).chain(inner(core, block));
		report.compare_all(&format!("{case}: forged proofs"), bad);
	}
}

/// Core's word on a proof, as bytes, for this transaction.
fn verify(core: &Core, proof: &[u8], txid: Txid) -> String {
	let verified = core.ask("verifytxoutproof", &[&hex::encode(proof)]);
	let holds = verified.is_ok_and(|list| list.contains(&txid.to_string()));
	if holds { ACCEPTED } else { REFUSED }.to_owned()
}

/// What a Merkle proof is to prove, with the block's coinbase and its path.
fn inclusion(block: &Block, proof: MerkleProof) -> InclusionProof {
	InclusionProof {
		transaction: block.transactions.get(proof.index as usize).cloned().unwrap_or_default(),
		proof,
		coinbase: block.transactions[0].clone(),
		coinbase_path: MerkleProof::new(&block.txids, 0).expect("it has a coinbase").path,
	}
}

/// Core's form of the proof of the transaction at `index` of a list.
fn partial(header: &Header, txids: &[Txid], index: usize) -> MerkleBlock {
	let ids: Vec<_> = txids.iter().map(|txid| bitcoin::Txid::from_byte_array(txid.0)).collect();
	let matches: Vec<_> = (0..ids.len()).map(|place| place == index).collect();
	let header = deserialize(&header.to_bytes()).expect("a header has 80 bytes");
	MerkleBlock { header, txn: PartialMerkleTree::from_txids(&ids, &matches) }
}

/// The last transaction's proof with one node changed, under another root, and at another place.
fn forged(core: &Core, block: &Block) -> Vec<(String, String, String)> {
	let Block { header, txids, .. } = block;
	let last = txids.len() - 1;
	let proof = MerkleProof::new(txids, last as u32).expect("it is in the block");
	let ours = |proof: MerkleProof, root| word(&inclusion(block, proof).verify(root));
	let mut cases = Vec::new();
	// The list with another neighbour gives another path, and another proof of Core's.
	for place in 0..last {
		let mut others = txids.clone();
		others[place].0[0] ^= 1;
		let told = serialize(&partial(header, &others, last));
		let forged = MerkleProof::new(&others, last as u32).expect("it is in the list");
		let ours = ours(forged, header.merkle_root);
		cases.push((
			format!("transaction {place} changed"),
			verify(core, &told, txids[last]),
			ours,
		));
	}
	let mut other = *header;
	other.merkle_root.0[31] ^= 1;
	let told = serialize(&partial(&other, txids, last));
	let under_other = ours(proof.clone(), other.merkle_root);
	cases.push(("another root".to_owned(), verify(core, &told, txids[last]), under_other));
	let mut swapped = txids.clone();
	swapped.swap(0, last);
	let told = serialize(&partial(header, &swapped, 0));
	let moved = MerkleProof { index: 0, ..proof };
	let word = word(&moved.verify(txids[last], header.merkle_root));
	cases.push(("place 0".to_owned(), verify(core, &told, txids[last]), word));
	cases
}

/// The copy of a transaction at the end of a list of odd length, which has the same root: CVE-2012-2459.
fn copied(core: &Core, block: &Block) -> Option<(String, String, String)> {
	let Block { header, txids, .. } = block;
	let last = *txids.last().filter(|_| txids.len() % 2 == 1)?;
	let longer = [&txids[..], &[last]].concat();
	let told = serialize(&partial(header, &longer, txids.len()));
	let ours = MerkleProof::new(&longer, txids.len() as u32)?;
	let ours = word(&ours.verify(last, header.merkle_root));
	Some(("a copy of the last".to_owned(), verify(core, &told, last), ours))
}

/// The nodes above the transactions as if they were transactions: the same root with half as many.
fn inner(core: &Core, block: &Block) -> Option<(String, String, String)> {
	let Block { header, txids, .. } = block;
	let above = |pair: &[Txid]| Txid(parent(pair[0].0, pair[pair.len() - 1].0));
	let nodes: Vec<_> = txids.chunks(2).map(above).collect();
	let told = serialize(&partial(header, &nodes, 0));
	let proof = MerkleProof::new(&nodes, 0)?;
	assert!(
		proof.verify(nodes[0], header.merkle_root).is_ok(),
		"a path alone does not tell its level"
	);
	let ours = match inclusion(block, proof).verify(header.merkle_root) {
		Err(InclusionError::DepthsDiffer { .. }) => REFUSED.to_owned(),
		other => format!("{other:?}"),
	};
	Some(("an inner node".to_owned(), verify(core, &told, nodes[0]), ours))
}

fn parent(left: [u8; 32], right: [u8; 32]) -> [u8; 32] {
	sha256d::Hash::hash(&[left, right].concat()).to_byte_array()
}

/// Goes through Core's form of a proof of one transaction: BIP 37, "Parsing a partial merkle tree object".
struct Walk<'a> {
	tree: &'a PartialMerkleTree,
	bits: std::slice::Iter<'a, bool>,
	hashes: std::slice::Iter<'a, bitcoin::TxMerkleNode>,
	proof: MerkleProof,
}

impl Walk<'_> {
	/// The path of the only transaction that it proves.
	fn path(proof: &[u8]) -> MerkleProof {
		let MerkleBlock { txn, .. } = deserialize(proof).expect("Core's proof can be read");
		let (bits, hashes) = (txn.bits().iter(), txn.hashes().iter());
		let proof = MerkleProof { index: 0, path: Vec::new() };
		let mut walk = Walk { tree: &txn, bits, hashes, proof };
		let height = (0..32).find(|height| walk.width(*height) <= 1).expect("a tree has an end");
		walk.node(height, 0);
		walk.proof
	}

	/// How many nodes the tree has that many levels above the transactions.
	fn width(&self, height: u32) -> u32 {
		self.tree.num_transactions().div_ceil(1 << height)
	}

	/// The node at this place, and whether the transaction is it or below.
	fn node(&mut self, height: u32, place: u32) -> ([u8; 32], bool) {
		let leads = *self.bits.next().expect("each node has a bit");
		if height == 0 || !leads {
			let hash = self.hashes.next().expect("each node that ends has a hash").to_byte_array();
			if leads {
				self.proof.index = place;
			}
			return (hash, leads);
		}
		let (left, is_left) = self.node(height - 1, 2 * place);
		let right = match 2 * place + 1 < self.width(height - 1) {
			true => self.node(height - 1, 2 * place + 1).0,
			false => left,
		};
		self.proof.path.push(MerkleNode(if is_left { right } else { left }));
		(parent(left, right), true)
	}
}
