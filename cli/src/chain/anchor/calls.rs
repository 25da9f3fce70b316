//! What can be sent about anchors.

use crate::chain::{
	runtime,
	runtime::runtime_types::{
		aitbc_bitcoin::{
			commitment as generated,
			hash::{self, MerkleNode},
			inclusion, merkle,
		},
		bounded_collections::bounded_vec::BoundedVec,
		pallet_bitcoin_anchor::types::{KeySignature, PubkeyHash},
	},
	Call,
};
use aitbc_bitcoin::{BlockHash, Commitment, InclusionProof};

fn nodes(path: Vec<aitbc_bitcoin::MerkleNode>) -> Vec<MerkleNode> {
	path.into_iter().map(|node| MerkleNode(node.0)).collect()
}

/// Shows that `block` of Bitcoin has a transaction that commits to the payload of the task `height`.
pub fn prove(
	height: u32,
	block: BlockHash,
	proof: InclusionProof,
	commitment: Commitment,
) -> impl Call {
	let InclusionProof { transaction, proof, coinbase, coinbase_path } = proof;
	let proof = merkle::MerkleProof { index: proof.index, path: nodes(proof.path) };
	let coinbase_path = nodes(coinbase_path);
	let proof = inclusion::InclusionProof { transaction, proof, coinbase, coinbase_path };
	let commitment = match commitment {
		Commitment::OpReturn => generated::Commitment::OpReturn,
		Commitment::Taproot { internal_key } => {
			let internal_key = generated::InternalKey(internal_key.0);
			generated::Commitment::Taproot { internal_key }
		},
	};
	let block = hash::BlockHash(block.0);
	runtime::transactions().bitcoin_anchor().prove(height, block, proof, commitment)
}

/// Pays the reward of the task `height` to whose script funded its anchor: `funding` is the transaction with that
/// output, without witnesses.
pub fn claim(height: u32, funding: Vec<u8>) -> impl Call {
	runtime::transactions().bitcoin_anchor().claim(height, BoundedVec(funding))
}

/// Makes the sender the anchorer of the key with this hash, which has signed for it.
pub fn register(key_hash: [u8; 20], signature: [u8; 65]) -> impl Call {
	let (key_hash, signature) = (PubkeyHash(key_hash), KeySignature(signature));
	runtime::transactions().bitcoin_anchor().register(key_hash, signature)
}

/// Takes the sender's script back.
pub fn deregister(key_hash: [u8; 20]) -> impl Call {
	runtime::transactions().bitcoin_anchor().deregister(PubkeyHash(key_hash))
}
