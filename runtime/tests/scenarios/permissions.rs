//! Who may call what: every call of ours with every wrong origin, in safe mode, and by proxy.

use crate::{
	calls::our_calls,
	network::{genesis, on_development_network, submit},
};
use aitbc_runtime::{
	adapters::is_way_out,
	configs::{
		accounts::ProxyType,
		brakes::{NeverPaused, OpenInSafeMode},
	},
	genesis_config_presets::DEVELOPMENT,
	Runtime, RuntimeCall, RuntimeOrigin,
};
use frame_support::traits::{Contains, InstanceFilter};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{traits::Dispatchable, DispatchError};

/// The names of the calls that `allows` lets through, each after its pallet's.
fn allowed(allows: impl Fn(&RuntimeCall) -> bool) -> Vec<String> {
	use frame_support::traits::GetCallMetadata;
	let name = |call: &RuntimeCall| {
		let name = call.get_call_metadata();
		format!("{}.{}", name.pallet_name, name.function_name)
	};
	our_calls().iter().filter(|call| allows(call)).map(name).collect()
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
			| RuntimeCall::Disputes(pallet_disputes::Call::force_rule { .. })
			| RuntimeCall::Telemetry(pallet_telemetry::Call::judge_report { .. })
			| RuntimeCall::Actions(
				pallet_actions::Call::set_kind { .. }
					| pallet_actions::Call::remove_kind { .. }
					| pallet_actions::Call::set_approvers { .. }
					| pallet_actions::Call::set_recommender { .. }
					| pallet_actions::Call::set_reflex { .. }
					| pallet_actions::Call::set_kill_switch { .. }
					| pallet_actions::Call::open_by_half { .. }
					| pallet_actions::Call::force_approve { .. }
			) | RuntimeCall::ValidatorPerformance(_)
	)
}

/// Whether governance may send `call`, as well as those whom it concerns.
fn is_shared(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::Actions(pallet_actions::Call::veto { .. }))
}

/// Whether `call` ends a hold, cancels a slash in time, or is one of those by which the chain is repaired, and that is
/// stopped.
fn is_way_out_or_repair(call: &RuntimeCall) -> bool {
	is_way_out(call)
		|| matches!(call, RuntimeCall::Actions(_) | RuntimeCall::ValidatorPerformance(_))
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
			let wrong = Some(wrong).filter(|_| !is_shared(&call));
			for origin in [Some(RuntimeOrigin::none()), wrong].into_iter().flatten() {
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
fn safe_mode_should_leave_open_the_ways_out_and_repairs_and_nothing_else_of_ours() {
	assert_eq!(allowed(OpenInSafeMode::contains), allowed(is_way_out_or_repair));
	assert_eq!(
		allowed(is_way_out),
		[
			"Agents.deregister",
			"Agents.release_bond",
			"Reputation.erase",
			"Market.withdraw_offer",
			"Market.withdraw_bid",
			"Market.submit",
			"Market.give_up",
			"Market.report",
			"Market.cancel",
			"Market.expire",
			"Market.forget",
			"Market.collect",
			"Escrow.cancel",
			"Escrow.submit",
			"Escrow.release",
			"Escrow.settle",
			"Escrow.refund",
			"Escrow.collect",
			"Escrow.approve",
			"Escrow.settle_stream",
			"Escrow.stop",
			"Escrow.redeem",
			"Escrow.accept_split",
			"Disputes.accept",
			"Disputes.submit_evidence",
			"Disputes.rule_by_facts",
			"Disputes.commit",
			"Disputes.reveal",
			"Disputes.denounce",
			"Disputes.progress",
			"Validations.answer",
			"Validations.expire",
			"Validations.release_bond",
			"Validations.erase",
			"Jurors.unbond",
			"Jurors.withdraw",
			"Telemetry.remove_worker_key",
			"Telemetry.claim",
			"BitcoinAnchor.claim",
			"BitcoinAnchor.deregister",
		]
	);
}

#[test]
fn ways_out_and_operations_should_be_all_calls_of_ours_that_nobody_can_pause() {
	use frame_support::traits::GetCallMetadata;
	let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
	let is_never_paused = |call: &RuntimeCall| {
		let full = call.get_call_metadata();
		NeverPaused::contains(&(name(full.pallet_name), name(full.function_name)))
	};
	assert_eq!(allowed(is_never_paused), allowed(is_way_out_or_repair));
}

#[test]
fn proxies_should_do_what_their_type_says_and_no_more() {
	let of = |proxy_type: ProxyType| allowed(|call| proxy_type.filter(call));
	assert_eq!(of(ProxyType::Any).len(), our_calls().len());
	assert_eq!(
		of(ProxyType::AgentOps),
		[
			"Agents.update",
			"Agents.activate",
			"Agents.deactivate",
			"Agents.heartbeat",
			"Agents.refresh",
			"Agents.set_capability",
			"Agents.remove_capability",
			"Agents.set_metadata",
			"Agents.remove_metadata",
			"Actions.simulate",
			"Actions.claim",
			"Actions.report",
		]
	);
	// What the machine that does the work needs. Nothing that pays, and nothing that puts more of the
	// account's money at risk than the account itself did: no offer, no bid, no bond.
	assert_eq!(
		of(ProxyType::Jobs),
		[
			"Reputation.respond",
			"Market.pause_offer",
			"Market.withdraw_bid",
			"Market.start",
			"Market.submit",
			"Market.give_up",
			"Market.report",
			"Market.expire",
			"Market.forget",
			"Market.collect",
			"Escrow.submit",
			"Escrow.settle",
			"Escrow.refund",
			"Escrow.collect",
			"Escrow.start",
			"Escrow.settle_stream",
			"Escrow.stop",
			"Escrow.redeem",
			"Disputes.submit_evidence",
			"Disputes.progress",
			"Validations.answer",
			"Validations.expire",
			"Validations.release_bond",
		]
	);
	// A hot key that tells of Bitcoin can neither hold money nor give a script away.
	assert_eq!(
		of(ProxyType::Anchoring),
		["BitcoinLightClient.submit", "BitcoinAnchor.prove", "BitcoinAnchor.claim"]
	);
	assert_eq!(of(ProxyType::Governance), [""; 0]);
	assert_eq!(of(ProxyType::Staking), [""; 0]);
	assert_eq!(of(ProxyType::CancelProxy), [""; 0]);
	// A bond can be lost to a client that is in league with the proxy; a stake, or a settlement, to the
	// other side; and what a seat has at risk, to other jurors and to who denounces a vote that the proxy
	// made.
	let spending = [
		"Agents.set_wallet",
		"Agents.offer_transfer",
		"Agents.accept_transfer",
		"Reputation.rate",
		"Market.create_offer",
		"Market.resume_offer",
		"Market.post",
		"Market.bid",
		"Market.assign",
		"Market.hire",
		"Escrow.open",
		"Escrow.fund",
		"Escrow.release",
		"Escrow.cancel",
		"Escrow.accept",
		"Escrow.approve",
		"Escrow.top_up",
		"Escrow.offer_split",
		"Escrow.accept_split",
		"Escrow.dispute",
		"Disputes.offer",
		"Disputes.accept",
		"Disputes.defend",
		"Disputes.commit",
		"Disputes.appeal",
		"Validations.request",
		"Validations.dispute",
		"Jurors.bond",
	];
	let of_any = of(ProxyType::Any);
	assert!(spending.iter().all(|name| of_any.iter().any(|one| one == name)), "a name is stale");
	let harmless = of(ProxyType::NonTransfer);
	assert!(harmless.iter().all(|name| !spending.contains(&name.as_str())));
	let of_court: Vec<_> = harmless
		.iter()
		.filter(|name| name.starts_with("Disputes.") || name.starts_with("Jurors."))
		.collect();
	assert_eq!(
		of_court,
		[
			"Disputes.submit_evidence",
			"Disputes.rule_by_facts",
			"Disputes.reveal",
			"Disputes.denounce",
			"Disputes.progress",
			"Jurors.unbond",
			"Jurors.withdraw",
			"Jurors.refresh",
		]
	);
}

#[test]
fn proxy_types_should_be_supersets_only_of_what_they_allow() {
	let types = [
		ProxyType::Any,
		ProxyType::NonTransfer,
		ProxyType::Governance,
		ProxyType::Staking,
		ProxyType::AgentOps,
		ProxyType::Jobs,
		ProxyType::Anchoring,
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
