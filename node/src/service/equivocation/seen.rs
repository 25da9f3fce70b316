//! Where headers are kept until their slot is old.

use sc_client_api::AuxStore;
use sp_blockchain::Result;

/// Begins the keys. The SDK keeps headers without seals under the keys themselves.
const PREFIX: &[u8] = b"aitbc/sealed/";

/// A part of the auxiliary storage for headers with their seals.
///
/// `check_equivocation` of `sc-consensus-slots` keeps those of the last 1,000 to 2,000 slots in it.
pub struct Seen<'a, S>(pub &'a S);

/// Where `key` is in the storage of all.
fn place(key: &[u8]) -> Vec<u8> {
	[PREFIX, key].concat()
}

impl<S: AuxStore> AuxStore for Seen<'_, S> {
	fn insert_aux<
		'a,
		'b: 'a,
		'c: 'a,
		I: IntoIterator<Item = &'a (&'c [u8], &'c [u8])>,
		D: IntoIterator<Item = &'a &'b [u8]>,
	>(
		&self,
		insert: I,
		delete: D,
	) -> Result<()> {
		let insert: Vec<_> = insert.into_iter().map(|(key, value)| (place(key), *value)).collect();
		let insert: Vec<_> = insert.iter().map(|(key, value)| (key.as_slice(), *value)).collect();
		let delete: Vec<_> = delete.into_iter().map(|key| place(key)).collect();
		let delete: Vec<_> = delete.iter().map(Vec::as_slice).collect();
		self.0.insert_aux(&insert, &delete)
	}

	fn get_aux(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
		self.0.get_aux(&place(key))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_runtime::Header;
	use codec::Encode;
	use sc_consensus_slots::{check_equivocation, PRUNING_BOUND};
	use sp_consensus_babe::{
		check_equivocation_proof,
		digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
		AuthorityPair, EquivocationProof, Slot,
	};
	use sp_core::Pair;
	use sp_runtime::{generic::DigestItem, traits::Header as _, Digest};
	use std::{cell::RefCell, collections::BTreeMap};

	/// Auxiliary storage in memory.
	#[derive(Default)]
	struct Memory(RefCell<BTreeMap<Vec<u8>, Vec<u8>>>);

	impl AuxStore for Memory {
		fn insert_aux<
			'a,
			'b: 'a,
			'c: 'a,
			I: IntoIterator<Item = &'a (&'c [u8], &'c [u8])>,
			D: IntoIterator<Item = &'a &'b [u8]>,
		>(
			&self,
			insert: I,
			delete: D,
		) -> Result<()> {
			let mut all = self.0.borrow_mut();
			for (key, value) in insert {
				all.insert(key.to_vec(), value.to_vec());
			}
			for key in delete {
				all.remove(*key);
			}
			Ok(())
		}

		fn get_aux(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
			Ok(self.0.borrow().get(key).cloned())
		}
	}

	fn alice() -> AuthorityPair {
		AuthorityPair::from_string("//Alice", None).expect("it is a key")
	}

	/// A header of Alice's for `slot`, with her seal; `number` makes it differ from others.
	fn sealed(slot: u64, number: u32) -> Header {
		let digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
			authority_index: 0,
			slot: slot.into(),
		});
		let digest = Digest { logs: vec![DigestItem::babe_pre_digest(digest)] };
		let none = Default::default();
		let mut header = Header::new(number, none, none, none, digest);
		let seal = alice().sign(header.hash().as_ref());
		header.digest_mut().push(DigestItem::babe_seal(seal));
		header
	}

	fn found(memory: &Memory, slot: u64, header: &Header) -> Option<EquivocationProof<Header>> {
		let slot = Slot::from(slot);
		check_equivocation(&Seen(memory), slot, slot, header, &alice().public())
			.expect("the memory holds it")
	}

	#[test]
	fn proof_should_convince_the_chain_when_an_author_made_two_blocks_for_a_slot() {
		let memory = Memory::default();
		// A second seal of the same block would be another one.
		let first = sealed(7, 1);
		assert_eq!(found(&memory, 7, &first), None);
		assert_eq!(found(&memory, 7, &first), None, "the same block comes from many peers");
		let proof = found(&memory, 7, &sealed(7, 2)).expect("two blocks for a slot");
		assert!(check_equivocation_proof(proof));
	}

	#[test]
	fn headers_should_be_apart_from_the_sdks_without_seals() {
		let memory = Memory::default();
		let mut unsealed = sealed(7, 1);
		unsealed.digest_mut().pop();
		let slot = Slot::from(7);
		check_equivocation(&memory, slot, slot, &unsealed, &alice().public()).expect("it is kept");

		assert_eq!(found(&memory, 7, &sealed(7, 1)), None);
	}

	#[test]
	fn headers_should_be_forgotten_when_their_slot_is_old() {
		let memory = Memory::default();
		let oldest = || {
			memory
				.0
				.borrow()
				.contains_key(&place(&[&b"slot_header_map"[..], &7u64.encode()].concat()))
		};
		assert_eq!(found(&memory, 7, &sealed(7, 1)), None);
		assert!(oldest());
		assert_eq!(found(&memory, 7 + PRUNING_BOUND, &sealed(7 + PRUNING_BOUND, 2)), None);
		assert!(!oldest());
	}
}
