//! Calls that carry calls, with a brake and without.

use crate::{
	network::{as_root, free, on_development_network, pass_blocks, submit},
	work::done,
};
use aitbc_core::money::AIT;
use aitbc_runtime::{
	AccountId, Multisig, OriginCaller, Preimage, Runtime, RuntimeCall, RuntimeOrigin, Scheduler,
};
use codec::Encode;
use frame_support::{
	traits::{
		schedule::{v3::Anon, DispatchTime},
		QueryPreimage, StorePreimage,
	},
	weights::Weight,
};
use frame_system::RawOrigin;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Dave, Ferdie, One};
use sp_runtime::traits::{Dispatchable, Hash};
use std::cell::Cell;

/// A way to have a call dispatched.
pub struct Carrier {
	/// Its name on the page.
	pub name: &'static str,
	/// Has `call` dispatched, if it can.
	dispatch: fn(RuntimeCall),
	/// Whether the brakes must let it pass.
	is_root: bool,
}

/// All of them.
pub const CARRIERS: [Carrier; 15] = [
	by("nothing", |call| send(Bob, call)),
	by("`utility.batch`", |call| send(Bob, pallet_utility::Call::batch { calls: vec![call] })),
	by("`utility.batch_all`", |call| {
		send(Bob, pallet_utility::Call::batch_all { calls: vec![call] });
	}),
	by("`utility.force_batch`", |call| {
		send(Bob, pallet_utility::Call::force_batch { calls: vec![call] });
	}),
	by("`utility.if_else`", |call| {
		let [main, fallback] = [call.clone(), call].map(Box::new);
		send(Bob, pallet_utility::Call::if_else { main, fallback });
	}),
	by("`utility.as_derivative`", |call| {
		send(Bob, pallet_utility::Call::as_derivative { index: 0, call: Box::new(call) });
	}),
	by("`proxy.proxy`", |call| {
		send(
			Alice,
			pallet_proxy::Call::proxy {
				real: account(Bob),
				force_proxy_type: None,
				call: Box::new(call),
			},
		);
	}),
	by("`proxy.proxy_announced`", announced),
	by("`multisig.as_multi_threshold_1`", |call| {
		let other_signatories = vec![Dave.to_account_id()];
		send(
			Bob,
			pallet_multisig::Call::as_multi_threshold_1 { other_signatories, call: Box::new(call) },
		);
	}),
	by("`multisig.as_multi`, two of two", both),
	by("`multisig.approve_as_multi`, then `as_multi`", approved),
	by("the scheduler, as Bob", scheduled),
	by_root("root, by `utility.dispatch_as` Bob", |call| {
		let as_origin = Box::new(signed_by(Bob).into());
		root(pallet_utility::Call::dispatch_as { as_origin, call: Box::new(call) });
	}),
	by_root("root, by `utility.dispatch_as_fallible` Bob", |call| {
		let as_origin = Box::new(signed_by(Bob).into());
		root(pallet_utility::Call::dispatch_as_fallible { as_origin, call: Box::new(call) });
	}),
	by_root("root, by `sudo.sudo_as` Bob", |call| {
		send(Alice, pallet_sudo::Call::sudo_as { who: account(Bob), call: Box::new(call) });
	}),
];

const fn by(name: &'static str, dispatch: fn(RuntimeCall)) -> Carrier {
	Carrier { name, dispatch, is_root: false }
}

const fn by_root(name: &'static str, dispatch: fn(RuntimeCall)) -> Carrier {
	Carrier { name, dispatch, is_root: true }
}

fn account(who: Sr25519Keyring) -> sp_runtime::MultiAddress<AccountId, ()> {
	who.to_account_id().into()
}

fn transfer() -> RuntimeCall {
	pallet_balances::Call::transfer_keep_alive { dest: account(One), value: AIT }.into()
}

fn signed_by(who: Sr25519Keyring) -> RawOrigin<AccountId> {
	RawOrigin::Signed(who.to_account_id())
}

/// Sends `call`, whether or not its dispatch succeeds.
fn send(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) {
	let _ = submit(signer, call).expect("the transaction is valid");
}

/// Dispatches `call` as root, whether or not that succeeds.
fn root(call: impl Into<RuntimeCall>) {
	let _ = call.into().dispatch(RuntimeOrigin::root());
}

/// Of which accounts what is carried pays: Bob's, one that derives from it, and those of Bob and Dave.
fn payers() -> [AccountId; 4] {
	let mut two = [Bob, Dave].map(|one| one.to_account_id());
	two.sort();
	[
		Bob.to_account_id(),
		pallet_utility::derivative_account_id(Bob.to_account_id(), 0),
		Multisig::multi_account_id(&two, 1),
		Multisig::multi_account_id(&two, 2),
	]
}

/// How much anything that is carried may weigh.
fn enough() -> Weight {
	Weight::from_parts(10_000_000_000, 1_000_000)
}

fn announced(call: RuntimeCall) {
	let real = account(Bob);
	let call_hash = <Runtime as frame_system::Config>::Hashing::hash_of(&call);
	done(Alice, pallet_proxy::Call::announce { real: real.clone(), call_hash });
	pass_blocks(1);
	let delegate = account(Alice);
	let call = Box::new(call);
	send(
		Dave,
		pallet_proxy::Call::proxy_announced { delegate, real, force_proxy_type: None, call },
	);
}

fn both(call: RuntimeCall) {
	let first = as_multi(Dave, None, call.clone());
	done(Bob, first);
	send(Dave, as_multi(Bob, begun(&call), call));
}

fn approved(call: RuntimeCall) {
	let approve = pallet_multisig::Call::approve_as_multi {
		threshold: 2,
		other_signatories: vec![Dave.to_account_id()],
		maybe_timepoint: None,
		call_hash: sp_io::hashing::blake2_256(&call.encode()),
		max_weight: enough(),
	};
	done(Bob, approve);
	send(Dave, as_multi(Bob, begun(&call), call));
}

/// When the first of Bob and Dave approved `call`.
fn begun(call: &RuntimeCall) -> Option<pallet_multisig::Timepoint<u32>> {
	let [.., of_both] = payers();
	let hash = sp_io::hashing::blake2_256(&call.encode());
	pallet_multisig::Multisigs::<Runtime>::get(of_both, hash).map(|multisig| multisig.when)
}

/// The approval of `call` by one of two, of which `other` is the other one.
fn as_multi(
	other: Sr25519Keyring,
	maybe_timepoint: Option<pallet_multisig::Timepoint<u32>>,
	call: RuntimeCall,
) -> pallet_multisig::Call<Runtime> {
	let other_signatories = vec![other.to_account_id()];
	let (call, max_weight) = (Box::new(call), enough());
	pallet_multisig::Call::as_multi {
		threshold: 2,
		other_signatories,
		maybe_timepoint,
		call,
		max_weight,
	}
}

fn scheduled(call: RuntimeCall) {
	let call = Preimage::bound(call).expect("it is short");
	assert!(Preimage::have(&call));
	let bob = OriginCaller::system(signed_by(Bob));
	<Scheduler as Anon<_, _, _>>::schedule(DispatchTime::After(0), None, 0, bob, call)
		.expect("it can be scheduled");
	pass_blocks(1);
}

/// A brake, or none.
#[derive(Clone, Copy)]
enum Brake {
	None,
	SafeMode,
	Pause,
}

/// Whether what `carrier` carries is done without a brake, in safe mode, and while it is paused.
pub fn brakes_hold(carrier: &Carrier) -> [bool; 3] {
	[Brake::None, Brake::SafeMode, Brake::Pause].map(|brake| is_done(carrier, brake))
}

fn is_done(carrier: &Carrier, brake: Brake) -> bool {
	let is_done = Cell::new(false);
	on_development_network(|| {
		for payer in payers() {
			let (dest, value) = (payer.into(), 100 * AIT);
			done(Ferdie, pallet_balances::Call::transfer_keep_alive { dest, value });
		}
		let any = pallet_proxy::Call::add_proxy {
			delegate: account(Alice),
			proxy_type: Default::default(),
			delay: 0,
		};
		done(Bob, any);
		let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
		let call = transfer();
		match brake {
			Brake::None => {},
			Brake::SafeMode => as_root(pallet_safe_mode::Call::force_enter {}),
			Brake::Pause => {
				use frame_support::traits::GetCallMetadata;
				let call = call.get_call_metadata();
				let full_name = (name(call.pallet_name), name(call.function_name));
				as_root(pallet_tx_pause::Call::pause { full_name });
			},
		}
		(carrier.dispatch)(call);
		is_done.set(free(One) == AIT);
	});
	is_done.get()
}

#[test]
fn brakes_should_stop_what_is_carried_unless_root_sends_it() {
	for carrier in &CARRIERS {
		let expected = [true, carrier.is_root, carrier.is_root];
		assert_eq!(brakes_hold(carrier), expected, "{}", carrier.name);
	}
}
