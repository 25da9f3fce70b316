//! One of each call about Bitcoin.

use aitbc_bitcoin::{BlockHash, Commitment, InclusionProof, MerkleNode, MerkleProof, Network};
use aitbc_runtime::Runtime;
use pallet_bitcoin_anchor::{KeySignature, PubkeyHash};

const KEY_HASH: PubkeyHash = PubkeyHash([7; 20]);

/// A proof as it is mostly: a small transaction in a block of 4,096.
fn proof() -> Box<InclusionProof> {
	let path = vec![MerkleNode([1; 32]); 12];
	Box::new(InclusionProof {
		transaction: vec![2; 200],
		proof: MerkleProof { index: 9, path: path.clone() },
		coinbase: vec![3; 300],
		coinbase_path: path,
	})
}

/// The light client's, with as many headers as may be.
pub fn light_client_calls() -> Vec<pallet_bitcoin_light_client::Call<Runtime>> {
	let headers = vec![Network::Regtest.genesis(); 250].try_into().expect("as many fit");
	vec![pallet_bitcoin_light_client::Call::submit { headers }]
}

/// The anchor's.
pub fn anchor_calls() -> Vec<pallet_bitcoin_anchor::Call<Runtime>> {
	use pallet_bitcoin_anchor::Call;
	let (block, commitment) = (BlockHash([4; 32]), Commitment::OpReturn);
	let funding = vec![5; 300].try_into().expect("it fits");
	vec![
		Call::prove { height: 20, block, proof: proof(), commitment },
		Call::claim { height: 20, funding },
		Call::register { key_hash: KEY_HASH, signature: KeySignature([6; 65]) },
		Call::deregister { key_hash: KEY_HASH },
	]
}
