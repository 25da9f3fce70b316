//! Signing two blocks in one slot, or two votes in one round, is reported with a proof of who owned
//! the key, slashed, and ends the validator's session.

use crate::network::{babe_pre_digest, begin_block, end_block, events, genesis};
use aitbc_runtime::{
	genesis_config_presets::LOCAL, AccountId, Babe, Executive, Grandpa, Header, Historical,
	Runtime, RuntimeCall, RuntimeEvent, Session, UncheckedExtrinsic,
};
use codec::{Decode, Encode};
use frame_support::{assert_ok, traits::KeyOwnerProofSystem};
use sp_consensus_babe::BABE_ENGINE_ID;
use sp_core::H256;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{traits::Header as _, Digest, DigestItem};

/// Runs `test` in the first block of the network with four validators.
fn on_four_validators(test: impl FnOnce()) {
	genesis(LOCAL).execute_with(|| {
		begin_block();
		test();
		end_block();
		#[cfg(feature = "try-runtime")]
		crate::network::check_invariants();
	});
}

/// Bob's place among the authorities of BABE.
fn bobs_index() -> u32 {
	let bob = Sr25519Keyring::Bob.public().into();
	let index = Babe::authorities().iter().position(|(id, _)| *id == bob);
	u32::try_from(index.expect("Bob is an authority")).expect("there are four")
}

/// A block of slot 1 with this state root, sealed by Bob.
fn bobs_header(state_root: H256) -> Header {
	let logs = vec![babe_pre_digest(bobs_index(), 1)];
	let mut header = Header::new(1, H256::zero(), state_root, H256::zero(), Digest { logs });
	let seal = Sr25519Keyring::Bob.sign(header.hash().as_bytes());
	header.digest_mut().push(DigestItem::Seal(BABE_ENGINE_ID, seal.encode()));
	header
}

/// Bob's signature on a GRANDPA prevote for the block `hash` at height 1, in round 1 of set 0.
fn bobs_vote(hash: H256) -> ((H256, u32), sp_core::ed25519::Signature) {
	const PREVOTE: u8 = 0;
	let vote = (hash, 1u32);
	let payload = (PREVOTE, vote, 1u64, 0u64).encode();
	(vote, Ed25519Keyring::Bob.sign(&payload))
}

/// Applies `report`, which travels unsigned, and expects Bob to be slashed and disabled for it.
fn report_should_punish_bob(report: RuntimeCall) {
	assert_ok!(Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(report.clone()))
		.expect("the report is valid"));

	let bob: AccountId = Sr25519Keyring::BobStash.to_account_id();
	assert!(events().iter().any(|event| matches!(
		event,
		RuntimeEvent::Offences(pallet_offences::Event::Offence { .. })
	)));
	let index = Session::validators().iter().position(|validator| *validator == bob);
	let index = u32::try_from(index.expect("Bob validates")).expect("there are four");
	assert_eq!(Session::disabled_validators(), [index]);
	let slashed: Vec<AccountId> = pallet_staking::UnappliedSlashes::<Runtime>::iter_values()
		.flatten()
		.map(|slash| slash.validator.clone())
		.collect();
	assert_eq!(slashed, [bob], "the slash waits for its era");

	assert!(
		Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(report)).is_err(),
		"the same offence can't be reported twice"
	);
}

#[test]
fn two_blocks_in_one_slot_should_be_slashed_when_reported() {
	on_four_validators(|| {
		let key: sp_consensus_babe::AuthorityId = Sr25519Keyring::Bob.public().into();
		let key_owner_proof =
			Historical::prove((sp_consensus_babe::KEY_TYPE, &key)).expect("Bob owns the key");
		report_should_punish_bob(
			pallet_babe::Call::report_equivocation_unsigned {
				equivocation_proof: Box::new(sp_consensus_babe::EquivocationProof {
					offender: key,
					slot: 1.into(),
					first_header: bobs_header(H256::repeat_byte(1)),
					second_header: bobs_header(H256::repeat_byte(2)),
				}),
				key_owner_proof,
			}
			.into(),
		);
	});
}

#[test]
fn two_votes_in_one_round_should_be_slashed_when_reported() {
	on_four_validators(|| {
		let key: sp_consensus_grandpa::AuthorityId = Ed25519Keyring::Bob.public().into();
		assert!(Grandpa::grandpa_authorities().iter().any(|(id, _)| *id == key));
		let key_owner_proof =
			Historical::prove((sp_consensus_grandpa::KEY_TYPE, &key)).expect("Bob owns the key");
		// Set 0, a prevote, round 1, and the two votes: the fields of an equivocation in order.
		let encoded = (0u64, 0u8, 1u64, key, bobs_vote(H256::repeat_byte(1)))
			.encode()
			.into_iter()
			.chain(bobs_vote(H256::repeat_byte(2)).encode())
			.collect::<Vec<_>>();
		let proof = sp_consensus_grandpa::EquivocationProof::decode(&mut &encoded[..])
			.expect("these are its fields");
		report_should_punish_bob(
			pallet_grandpa::Call::report_equivocation_unsigned {
				equivocation_proof: Box::new(proof),
				key_owner_proof,
			}
			.into(),
		);
	});
}

#[test]
fn one_block_should_not_be_an_equivocation() {
	on_four_validators(|| {
		let key: sp_consensus_babe::AuthorityId = Sr25519Keyring::Bob.public().into();
		let key_owner_proof =
			Historical::prove((sp_consensus_babe::KEY_TYPE, &key)).expect("Bob owns the key");
		let header = bobs_header(H256::repeat_byte(1));
		let report = RuntimeCall::from(pallet_babe::Call::report_equivocation_unsigned {
			equivocation_proof: Box::new(sp_consensus_babe::EquivocationProof {
				offender: key,
				slot: 1.into(),
				first_header: header.clone(),
				second_header: header,
			}),
			key_owner_proof,
		});
		let applied = Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(report));
		assert!(!matches!(applied, Ok(Ok(()))), "{applied:?}");
		assert!(Session::disabled_validators().is_empty());
	});
}
