//! Proofs of a state.

use super::*;
use aitbc_core::Hash;

#[test]
fn proof_should_give_what_the_state_has() {
	let root = state().1;
	for (key, value) in
		[(LONG, Some(vec![0x11; 40])), (SHORT, Some(vec![0x22; 8])), (ABSENT, None), (b"", None)]
	{
		assert_eq!(state_proof(key).read(&root, key), Ok(value));
	}
}

#[test]
fn proof_should_be_of_the_nodes_on_the_way() {
	let (nodes, root) = state();
	let StateProof(way) = state_proof(LONG);
	assert!(way.len() < nodes.len());
	assert_eq!(Hash::from(sp_io::hashing::blake2_256(&way[0])), root);
	assert_eq!(way.last(), Some(&vec![0x11; 40]));
}

#[test]
fn proof_should_not_be_made_when_a_node_is_missing() {
	let root = state().1;
	let StateProof(mut way) = state_proof(LONG);
	let value = way.pop().unwrap();
	let error = StateError::MissingNode(sp_io::hashing::blake2_256(&value).into());
	assert_eq!(StateProof::new(&root, LONG, way), Err(error));
	assert_eq!(StateProof::new(&root, LONG, vec![]), Err(StateError::MissingNode(root)));
}

#[test]
fn proof_should_be_refused_when_a_node_is_missing() {
	let root = state().1;
	let proof = state_proof(LONG);
	for index in 0..proof.0.len() {
		let mut proof = proof.clone();
		let node = proof.0.remove(index);
		let error = StateError::MissingNode(sp_io::hashing::blake2_256(&node).into());
		assert_eq!(proof.read(&root, LONG), Err(error));
	}
}

#[test]
fn proof_should_be_refused_when_it_has_a_surplus_node() {
	let root = state().1;
	let proof = state_proof(LONG);
	let used = proof.0.len();
	let other = state().0.into_iter().find(|node| !proof.0.contains(node)).unwrap();
	for surplus in [vec![], vec![0], other, proof.0[0].clone(), proof.0[used - 1].clone()] {
		for index in 0..=used {
			let mut proof = proof.clone();
			proof.0.insert(index, surplus.clone());
			let error = StateError::OtherNodes { used, given: used + 1 };
			assert_eq!(proof.read(&root, LONG), Err(error), "{surplus:?}");
		}
	}
}

#[test]
fn proof_should_be_refused_when_its_nodes_are_in_another_order() {
	let mut proof = state_proof(LONG);
	proof.0.reverse();
	let (used, given) = (proof.0.len(), proof.0.len());
	let error = StateError::OtherNodes { used, given };
	assert_eq!(proof.read(&state().1, LONG), Err(error));
}

#[test]
fn proof_should_be_refused_when_a_node_is_none() {
	// A leaf that says that it has more than it has, an unknown kind, and nothing at all.
	for node in [vec![0x7f], vec![0x02], vec![]] {
		let root = sp_io::hashing::blake2_256(&node).into();
		assert_eq!(StateProof(vec![node]).read(&root, LONG), Err(StateError::NotANode(root)));
	}
}

#[test]
fn proof_should_need_the_empty_node_when_the_state_is_empty() {
	let root = sp_io::hashing::blake2_256(&[0]).into();
	assert_eq!(StateProof(vec![vec![0]]).read(&root, LONG), Ok(None));
	let error = StateError::OtherNodes { used: 1, given: 0 };
	assert_eq!(StateProof(vec![]).read(&root, LONG), Err(error));
}
