//! Who may call what: every call of ours with every wrong origin, in safe mode, and by proxy.

use crate::{
	calls::our_calls,
	network::{genesis, on_development_network, submit},
};
use aitbc_runtime::{
	adapters::is_way_out,
	configs::{accounts::ProxyType, brakes::OpenInSafeMode},
	genesis_config_presets::DEVELOPMENT,
	Runtime, RuntimeCall, RuntimeOrigin,
};
use frame_support::traits::{Contains, InstanceFilter};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{traits::Dispatchable, DispatchError};

/// The names of the calls that `allows` lets through.
fn allowed(allows: impl Fn(&RuntimeCall) -> bool) -> Vec<&'static str> {
	use frame_support::traits::GetCallMetadata;
	let calls = our_calls();
	calls
		.iter()
		.filter(|call| allows(call))
		.map(|call| call.get_call_metadata().function_name)
		.collect()
}

/// Whether only governance may send `call`.
fn is_governed(call: &RuntimeCall) -> bool {
	use pallet_agents::Call;
	matches!(
		call,
		RuntimeCall::Agents(
			Call::suspend { .. }
				| Call::reinstate { .. }
				| Call::create_tag { .. }
				| Call::retire_tag { .. }
		) | RuntimeCall::Validations(pallet_validations::Call::slash { .. })
	)
}

#[test]
fn calls_should_be_refused_when_the_wrong_origin_sends_them() {
	genesis(DEVELOPMENT).execute_with(|| {
		for call in our_calls() {
			let wrong = if is_governed(&call) {
				RuntimeOrigin::signed(Sr25519Keyring::Alice.to_account_id())
			} else {
				RuntimeOrigin::root()
			};
			for origin in [RuntimeOrigin::none(), wrong] {
				let result = call.clone().dispatch(origin);
				assert_eq!(
					result.map(|_| ()).map_err(|failure| failure.error),
					Err(DispatchError::BadOrigin),
					"{call:?}"
				);
			}
		}
	});
}

#[test]
fn safe_mode_should_leave_open_the_ways_out_and_nothing_else_of_ours() {
	assert_eq!(allowed(OpenInSafeMode::contains), allowed(is_way_out));
	assert_eq!(
		allowed(is_way_out),
		[
			"deregister",
			"release_bond",
			"erase",
			"cancel",
			"submit",
			"release",
			"settle",
			"refund",
			"collect",
			"answer",
			"expire",
			"release_bond",
			"erase"
		]
	);
}

#[test]
fn proxies_should_do_what_their_type_says_and_no_more() {
	let of = |proxy_type: ProxyType| allowed(|call| proxy_type.filter(call));
	assert_eq!(of(ProxyType::Any).len(), our_calls().len());
	assert_eq!(
		of(ProxyType::AgentOps),
		[
			"update",
			"activate",
			"deactivate",
			"heartbeat",
			"refresh",
			"set_capability",
			"remove_capability",
			"set_metadata",
			"remove_metadata"
		]
	);
	assert_eq!(
		of(ProxyType::Jobs),
		["respond", "submit", "settle", "refund", "collect", "answer", "expire", "release_bond"]
	);
	assert_eq!(of(ProxyType::Staking), [""; 0]);
	assert_eq!(of(ProxyType::CancelProxy), [""; 0]);
	let spending = [
		"open",
		"fund",
		"release",
		"cancel",
		"set_wallet",
		"offer_transfer",
		"accept_transfer",
		"rate",
		"request",
	];
	assert!(of(ProxyType::NonTransfer).iter().all(|name| !spending.contains(name)));
}

#[test]
fn proxy_types_should_be_supersets_only_of_what_they_allow() {
	let types = [
		ProxyType::Any,
		ProxyType::NonTransfer,
		ProxyType::Staking,
		ProxyType::AgentOps,
		ProxyType::Jobs,
		ProxyType::CancelProxy,
	];
	for greater in types {
		for lesser in types {
			if greater.is_superset(&lesser) {
				let missing = allowed(|call| lesser.filter(call) && !greater.filter(call));
				assert!(
					missing.is_empty(),
					"{greater:?} is no superset of {lesser:?}: {missing:?}"
				);
			}
		}
	}
}

#[test]
fn nobody_should_become_sudo_when_genesis_has_no_key() {
	on_development_network(|| {
		// What the default genesis leaves: no key. Alice had it here.
		pallet_sudo::Key::<Runtime>::kill();
		for account in Sr25519Keyring::well_known() {
			let new = account.to_account_id().into();
			let result = submit(account, pallet_sudo::Call::set_key { new }).expect("valid");
			assert_eq!(result, Err(pallet_sudo::Error::<Runtime>::RequireSudo.into()));
		}
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), None);
	});
}
