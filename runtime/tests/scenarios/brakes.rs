//! Safe mode and paused calls stop what they should, and the clock of deadlines with it.

mod carriers;
mod page;

use crate::network::{as_root, on_development_network, pass_blocks, submit};
use aitbc_core::money::AIT;
use aitbc_runtime::{
	configs::migrations::SafeModeOnFailure, ActiveClock, Runtime, RuntimeCall, SafeMode, System,
};
use frame_support::{
	assert_ok,
	migrations::{FailedMigrationHandler, FailedMigrationHandling},
};
use sp_keyring::Sr25519Keyring::{Bob, Charlie};
use sp_runtime::DispatchError;

fn transfer() -> RuntimeCall {
	pallet_balances::Call::transfer_keep_alive { dest: Charlie.to_account_id().into(), value: AIT }
		.into()
}

#[test]
fn safe_mode_should_stop_transfers_and_the_clock_until_it_ends() {
	on_development_network(|| {
		let before = ActiveClock::now();
		as_root(pallet_safe_mode::Call::force_enter {});
		assert_eq!(
			submit(Bob, transfer()).expect("valid"),
			Err(frame_system::Error::<aitbc_runtime::Runtime>::CallFiltered.into())
		);

		// It lasts 20 blocks on a development network, and the block after them ends it.
		pass_blocks(20);
		assert!(SafeMode::is_entered());
		assert_eq!(ActiveClock::now(), before);

		pass_blocks(1);
		assert!(!SafeMode::is_entered());
		assert_eq!(ActiveClock::now(), before, "the block that ends safe mode began in it");
		assert_ok!(submit(Bob, transfer()).expect("valid"));

		pass_blocks(1);
		assert_eq!(ActiveClock::now(), before + 1);
	});
}

#[test]
fn pausing_a_call_should_stop_it_alone() {
	on_development_network(|| {
		let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
		as_root(pallet_tx_pause::Call::pause {
			full_name: (name("Balances"), name("transfer_keep_alive")),
		});

		let filtered: DispatchError =
			frame_system::Error::<aitbc_runtime::Runtime>::CallFiltered.into();
		assert_eq!(submit(Bob, transfer()).expect("valid"), Err(filtered));
		let other = pallet_balances::Call::transfer_allow_death {
			dest: Charlie.to_account_id().into(),
			value: AIT,
		};
		assert_ok!(submit(Bob, other).expect("valid"));
	});
}

#[test]
fn chain_should_stay_in_safe_mode_and_take_repairs_when_a_migration_failed() {
	on_development_network(|| {
		let failed = SafeModeOnFailure::failed(Some(0));
		assert!(matches!(failed, FailedMigrationHandling::ForceUnstuck));
		// Longer than any safe mode that somebody enters.
		pass_blocks(50);
		assert!(SafeMode::is_entered());
		let filtered = frame_system::Error::<Runtime>::CallFiltered;
		assert_eq!(submit(Bob, transfer()).expect("valid"), Err(filtered.into()));

		let code_hash = sp_core::H256::repeat_byte(1);
		as_root(frame_system::Call::authorize_upgrade { code_hash });
		assert!(System::authorized_upgrade().is_some());
		as_root(pallet_safe_mode::Call::force_exit {});
		assert_ok!(submit(Bob, transfer()).expect("valid"));
	});
}

#[test]
fn safe_mode_should_not_end_before_repairs_when_a_migration_fails_in_it() {
	on_development_network(|| {
		as_root(pallet_safe_mode::Call::force_enter {});
		let failed = SafeModeOnFailure::failed(Some(0));
		assert!(matches!(failed, FailedMigrationHandling::ForceUnstuck));
		pass_blocks(50);
		assert!(SafeMode::is_entered());
	});
}
