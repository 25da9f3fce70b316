//! A chain whose validator is slashed. Its blocks don't wait for their slots, so that eras end.
//!
//! | era | what happens in it |
//! |---|---|
//! | 0 | Bob reports that Alice made two blocks in one slot |
//! | 1 | he reports it again, of another slot, and that slash is cancelled |
//! | 2 | the first slash is applied as it begins |

use crate::{
	harness::{wait_until, Node},
	transactions::{bytes, send},
	Chain,
};
use aitbc_runtime::{Hash, Header, Runtime, RuntimeCall};
use codec::{Decode, Encode};
use serde_json::json;
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	AuthorityId, EquivocationProof, OpaqueKeyOwnershipProof, Slot,
};
use sp_keyring::Sr25519Keyring::{Alice, AliceStash, Bob};
use sp_runtime::{traits::Header as _, Digest, DigestItem};

/// How many blocks an era of the chain has: three sessions of twenty.
pub const ERA_BLOCKS: u64 = 60;

/// The proof that a key belongs to a validator.
type KeyOwnerProof = <Runtime as pallet_babe::Config>::KeyOwnerProof;

/// Starts a node, and plays the scenario on it.
pub fn play() -> Chain {
	let node = Node::dev(&["--sealing", "instant"]);
	wait_until("the first block", || (node.best() == 1).then_some(()));
	report(&node);
	enter(&node, 1);
	// A dry run is on top of the best block, and that in which a session begins counts as full.
	seal(&node);
	report(&node);
	cancel(&node);
	enter(&node, 2);
	let at = node.get("chain_getBlockHash", json!([]));
	node.keep();
	Chain { node, at }
}

/// Seals blocks up to the first one of `era`.
fn enter(node: &Node, era: u64) {
	while node.best() <= era * ERA_BLOCKS {
		seal(node);
	}
}

/// Seals a block.
fn seal(node: &Node) {
	node.get("engine_createBlock", json!([true, true, null]));
}

/// Has Bob report that Alice made two blocks in the first slot of the present session.
fn report(node: &Node) {
	let slot: Slot = call(node, "BabeApi_current_epoch_start", ());
	let offender = AuthorityId::from(Alice.public());
	let proof: Option<OpaqueKeyOwnershipProof> =
		call(node, "BabeApi_generate_key_ownership_proof", (slot, &offender));
	let proof = proof.expect("Alice owns the key").decode::<KeyOwnerProof>();
	let key_owner_proof = proof.expect("the runtime answers with a proof of its own");
	let [first_header, second_header] = [1, 2].map(|byte| header(slot, Hash::repeat_byte(byte)));
	let equivocation_proof =
		Box::new(EquivocationProof { offender, slot, first_header, second_header });
	let report =
		pallet_babe::Call::<Runtime>::report_equivocation { equivocation_proof, key_owner_proof };
	send(node, Bob, vec![report.into()]);
}

/// A block in `slot` with this state root, sealed by Alice, the only authority.
fn header(slot: Slot, state_root: Hash) -> Header {
	let claim = PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index: 0, slot });
	let logs = vec![DigestItem::babe_pre_digest(claim)];
	let mut header = Header::new(1, Hash::zero(), state_root, Hash::zero(), Digest { logs });
	let seal = Alice.sign(header.hash().as_bytes());
	header.digest_mut().push(DigestItem::babe_seal(seal.into()));
	header
}

/// Has governance cancel the slash for the offence of era 1.
fn cancel(node: &Node) {
	let validator = AliceStash.to_account_id();
	let cancel: RuntimeCall =
		pallet_validator_performance::Call::cancel_slash { validator, era: 1 }.into();
	send(node, Alice, vec![pallet_sudo::Call::sudo { call: Box::new(cancel) }.into()]);
}

/// What the runtime answers in the state of the best block.
fn call<Answer: Decode>(node: &Node, method: &str, parameters: impl Encode) -> Answer {
	let parameters = format!("0x{}", hex::encode(parameters.encode()));
	let answer = node.get("state_call", json!([method, parameters]));
	Answer::decode(&mut &bytes(&answer)[..]).expect("the runtime answers with what it declares")
}
