//! A faucet's account that the chain itself refills, as `chain-specs/README.md` says.

use crate::network::{as_root, free, on_development_network, pass_blocks};
use aitbc_core::money::AIT;
use aitbc_runtime::{RuntimeCall, RuntimeOrigin, System};
use sp_keyring::Sr25519Keyring::{Dave as Reserve, Ferdie as Faucet};

/// How many blocks there are between payments.
const PERIOD: u32 = 7;

/// What is paid each time.
const SHARE: u128 = 1_000 * AIT;

/// "faucet", padded with zeros.
fn id() -> [u8; 32] {
	let mut id = [0; 32];
	id[..6].copy_from_slice(b"faucet");
	id
}

/// Schedules `count` payments, from the next block on.
fn refill(count: u32) {
	let (dest, value) = (Faucet.to_account_id().into(), SHARE);
	let pay: RuntimeCall = pallet_balances::Call::transfer_keep_alive { dest, value }.into();
	let origin = RuntimeOrigin::signed(Reserve.to_account_id()).caller;
	let call = pallet_utility::Call::dispatch_as { as_origin: origin.into(), call: pay.into() };
	as_root(pallet_scheduler::Call::schedule_named {
		id: id(),
		when: System::block_number() + 1,
		maybe_periodic: Some((PERIOD, count)),
		priority: 0,
		call: Box::new(call.into()),
	});
}

#[test]
fn faucet_should_be_paid_each_period_when_its_refill_is_scheduled() {
	on_development_network(|| {
		let (faucet, reserve) = (free(Faucet), free(Reserve));
		refill(3);
		for (blocks, payments) in [(1, 1), (PERIOD - 1, 1), (1, 2), (PERIOD, 3), (3 * PERIOD, 3)] {
			pass_blocks(blocks);
			assert_eq!(free(Faucet), faucet + payments * SHARE);
			assert_eq!(free(Reserve), reserve - payments * SHARE);
		}
	});
}

#[test]
fn faucet_should_not_be_paid_any_more_when_its_refill_is_cancelled() {
	on_development_network(|| {
		let faucet = free(Faucet);
		refill(3);
		pass_blocks(1);
		as_root(pallet_scheduler::Call::cancel_named { id: id() });
		pass_blocks(3 * PERIOD);
		assert_eq!(free(Faucet), faucet + SHARE);
	});
}
