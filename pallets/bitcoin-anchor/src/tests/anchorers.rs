//! Tests of `register` and `deregister`.

use crate::{
	mock::{Anchor, *},
	*,
};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use hex_literal::hex;
use sp_io::hashing::sha2_256;
use sp_runtime::TokenError;

#[test]
fn register_should_make_an_anchorer_when_the_key_signed_for_the_account() {
	run(|| {
		assert_ok!(Anchor::register(signed(ANCHORER), key_hash(1), signature(1, ANCHORER)));

		let expected = Anchorer { account: ANCHORER, deposit: DEPOSIT };
		assert_eq!(Anchorers::<Test>::get(key_hash(1)), Some(expected));
		assert_eq!((held(ANCHORER), free(ANCHORER)), (DEPOSIT, WEALTH - DEPOSIT));
		let (anchorer, key_hash, deposit) = (ANCHORER, key_hash(1), DEPOSIT);
		assert_eq!(events(), [Event::AnchorerRegistered { anchorer, key_hash, deposit }]);
	});
}

#[test]
fn register_should_hold_a_deposit_for_each_script_when_an_account_has_several() {
	run(|| {
		register(1, ANCHORER);
		Deposit::set(&(2 * DEPOSIT));
		register(2, ANCHORER);
		assert_eq!(held(ANCHORER), 3 * DEPOSIT);
		assert_ok!(Anchor::deregister(signed(ANCHORER), key_hash(1)));
		assert_eq!(held(ANCHORER), 2 * DEPOSIT);
	});
}

#[test]
fn register_should_fail_when_the_script_is_taken() {
	run(|| {
		register(1, ANCHORER);
		for who in [ANCHORER, OTHER] {
			let call = Anchor::register(signed(who), key_hash(1), signature(1, who));
			assert_noop!(call, Error::<Test>::AlreadyRegistered);
		}
	});
}

#[test]
fn register_should_fail_when_the_signature_is_not_the_keys_for_the_account() {
	run(|| {
		let message = Anchor::registration_message(&ANCHORER);
		let mut bent = signature(1, ANCHORER);
		bent.0[40] ^= 1;
		let hashed_twice = KeySignature(key(1).sign_prehashed(&sha2_256(&message)).0);
		for wrong in [
			// Another account's, another key's, over something else, changed, and no signatures at all.
			signature(1, OTHER),
			signature(2, ANCHORER),
			hashed_twice,
			bent,
			KeySignature([0; 65]),
			KeySignature([0xff; 65]),
		] {
			let call = Anchor::register(signed(ANCHORER), key_hash(1), wrong);
			assert_noop!(call, Error::<Test>::InvalidSignature);
		}
	});
}

#[test]
fn register_should_fail_when_the_signature_is_for_another_chain() {
	run(|| {
		let signature = signature(1, ANCHORER);
		frame_system::BlockHash::<Test>::insert(0, sp_core::H256::repeat_byte(7));
		let call = Anchor::register(signed(ANCHORER), key_hash(1), signature);
		assert_noop!(call, Error::<Test>::InvalidSignature);
	});
}

#[test]
fn register_should_fail_when_the_deposit_is_not_there() {
	run(|| {
		Deposit::set(&(WEALTH - ED + 1));
		let call = Anchor::register(signed(ANCHORER), key_hash(1), signature(1, ANCHORER));
		assert_noop!(call, TokenError::FundsUnavailable);
	});
}

#[test]
fn deregister_should_return_what_was_held_when_the_deposit_changed() {
	run(|| {
		register(1, ANCHORER);
		Deposit::set(&(9 * DEPOSIT));
		System::reset_events();

		assert_ok!(Anchor::deregister(signed(ANCHORER), key_hash(1)));

		assert_eq!(Anchorers::<Test>::iter().count(), 0);
		assert_eq!((held(ANCHORER), free(ANCHORER)), (0, WEALTH));
		let (anchorer, key_hash, deposit) = (ANCHORER, key_hash(1), DEPOSIT);
		assert_eq!(events(), [Event::AnchorerDeregistered { anchorer, key_hash, deposit }]);
	});
}

#[test]
fn deregister_should_fail_when_the_script_is_nobodys_or_anothers() {
	run(|| {
		let call = Anchor::deregister(signed(ANCHORER), key_hash(1));
		assert_noop!(call, Error::<Test>::AnchorerNotFound);
		register(1, ANCHORER);
		assert_noop!(Anchor::deregister(signed(OTHER), key_hash(1)), Error::<Test>::NotOwner);
	});
}

#[test]
fn deregister_should_fail_when_the_account_cannot_take_the_deposit() {
	run(|| {
		register(1, ANCHORER);
		System::inc_providers(&ANCHORER);
		assert_ok!(Balances::transfer_all(signed(ANCHORER), OTHER, false));
		ExistentialDeposit::set(&(2 * DEPOSIT));
		let call = Anchor::deregister(signed(ANCHORER), key_hash(1));
		assert_noop!(call, Error::<Test>::PayeeNotCreditable);
		assert_ok!(Balances::transfer_allow_death(signed(OTHER), ANCHORER, 2 * DEPOSIT));
		assert_ok!(Anchor::deregister(signed(ANCHORER), key_hash(1)));
	});
}

#[test]
fn script_should_go_to_another_account_when_the_key_signs_for_it() {
	run(|| {
		register(1, ANCHORER);
		assert_ok!(Anchor::deregister(signed(ANCHORER), key_hash(1)));
		register(1, OTHER);
		assert_eq!(Anchorers::<Test>::get(key_hash(1)).unwrap().account, OTHER);
	});
}

#[test]
fn message_should_be_the_hash_of_tag_genesis_and_account() {
	run(|| {
		let bytes = [&b"aitbc/anchorer/1"[..], hash(0).as_bytes(), &ANCHORER.encode()].concat();
		assert_eq!(bytes.len(), 16 + 32 + 8);
		assert_eq!(Anchor::registration_message(&ANCHORER), sha2_256(&bytes));
	});
}

/// BIP 143, "Native P2WPKH": the key of the second input, and its script.
#[test]
fn script_should_be_that_of_bip_143_when_the_key_is() {
	let key = hex!("025476c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee6357");
	let script = hex!("00141d0f172a0ecb48aee1be1f2687d2963ae33f71a1");
	let key_hash = PubkeyHash::of_key(&key);
	assert_eq!(key_hash.script(), script);
	assert_eq!(PubkeyHash::of_script(&script), Some(key_hash));
	for other in [&script[..21], &[&script[..], &[0]].concat(), &[0x51; 22], &[]] {
		assert_eq!(PubkeyHash::of_script(other), None);
	}
}
