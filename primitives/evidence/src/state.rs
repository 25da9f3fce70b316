//! Proofs of what a state has under a key.

use aitbc_core::Hash;
use codec::{Decode, Encode};
use sp_core::Blake2Hasher;
use sp_trie::{LayoutV1, Recorder, StorageProof, Trie, TrieDBBuilder, TrieError};

/// State version 1: a value of more than 32 bytes has a node of its own. Reading takes version 0 as well.
type Layout = LayoutV1<Blake2Hasher>;

/// The nodes of a state's trie on the way from its root to a key, and the value if it has a node of its own.
///
/// They are whole, in the order of the way, and no others: each is hashed, so no bit of them is free. The RPC
/// `state_getReadProof` gives the same nodes in another order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct StateProof(pub Vec<Vec<u8>>);

impl StateProof {
	/// Takes from `nodes` those that lead to `key`, in their order. Fails if one is missing.
	pub fn new(
		root: &Hash,
		key: &[u8],
		nodes: impl IntoIterator<Item = Vec<u8>>,
	) -> Result<Self, StateError> {
		walk(root, key, nodes).map(|(_, way)| way)
	}

	/// What the state with this root has under `key`: a value, or nothing.
	pub fn read(&self, root: &Hash, key: &[u8]) -> Result<Option<Vec<u8>>, StateError> {
		let (value, way) = walk(root, key, self.0.iter().cloned())?;
		match way == *self {
			true => Ok(value),
			false => Err(StateError::OtherNodes { used: way.0.len(), given: self.0.len() }),
		}
	}
}

/// Goes from the root to `key`. Gives the value and the nodes that it passed, in their order.
fn walk(
	root: &Hash,
	key: &[u8],
	nodes: impl IntoIterator<Item = Vec<u8>>,
) -> Result<(Option<Vec<u8>>, StateProof), StateError> {
	let nodes = StorageProof::new(nodes).into_memory_db::<Blake2Hasher>();
	let mut recorder = Recorder::<Layout>::new();
	let trie = TrieDBBuilder::<Layout>::new(&nodes, root).with_recorder(&mut recorder);
	let value = trie.build().get(key).map_err(|error| match *error {
		TrieError::<Layout>::InvalidStateRoot(node)
		| TrieError::<Layout>::IncompleteDatabase(node) => StateError::MissingNode(node),
		TrieError::<Layout>::DecoderError(node, _) | TrieError::<Layout>::InvalidHash(node, _) => {
			StateError::NotANode(node)
		},
		TrieError::<Layout>::ValueAtIncompleteKey(..) => StateError::NotANode(*root),
	})?;
	let way = recorder.drain().into_iter().map(|record| record.data).collect();
	Ok((value, StateProof(way)))
}

/// Why nodes do not prove what a state has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
	/// A node on the way is missing.
	#[error("the node {0:?} on the way to the key is missing")]
	MissingNode(Hash),
	/// A node on the way is none.
	#[error("the node {0:?} on the way to the key can't be read")]
	NotANode(Hash),
	/// There are other nodes than those on the way, or they are in another order.
	#[error("the way to the key has {used} nodes, and the {given} that are given are others")]
	OtherNodes {
		/// How many nodes are on the way.
		used: usize,
		/// How many are given.
		given: usize,
	},
}
