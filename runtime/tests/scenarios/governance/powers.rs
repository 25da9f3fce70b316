//! Who may do what: every origin of governance with a call of every area.

use super::root;
use crate::{
	calls::our_calls,
	network::{genesis, on_development_network},
};
use aitbc_core::{money::AIT, Balance};
use aitbc_runtime::{
	configs::{
		accounts::ProxyType,
		governance::{committee::TechnicalCollective, treasury::SMALL_SPEND},
	},
	genesis_config_presets::DEVELOPMENT,
	governance_origins::Origin,
	OriginCaller, Runtime, RuntimeCall,
};
use frame_support::{
	storage::with_storage_layer,
	traits::{GetCallMetadata, InstanceFilter},
};
use pallet_collective::RawOrigin as CommitteeOrigin;
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Bob, Charlie};
use sp_runtime::{traits::Dispatchable, DispatchError};

/// Every origin that governance has, and its name.
fn origins() -> Vec<(&'static str, OriginCaller)> {
	let members = |ayes| CommitteeOrigin::<_, TechnicalCollective>::Members(ayes, 3).into();
	vec![
		("root", root()),
		("emergency", Origin::WhitelistedCaller.into()),
		("parameters", Origin::Parameters.into()),
		("slashing", Origin::Slashing.into()),
		("oversight", Origin::Oversight.into()),
		("operations", Origin::Operations.into()),
		("small_spender", Origin::SmallSpender.into()),
		("big_spender", Origin::BigSpender.into()),
		("one of three members", members(1)),
		("two of three members", members(2)),
	]
}

/// The names of the origins that may send `call`.
fn powers(call: &RuntimeCall) -> Vec<&'static str> {
	let may = |origin: OriginCaller| {
		let refused = [
			DispatchError::BadOrigin,
			pallet_treasury::Error::<Runtime>::InsufficientPermission.into(),
			pallet_sudo::Error::<Runtime>::RequireSudo.into(),
		];
		let mut may = false;
		let _ = with_storage_layer(|| -> Result<(), DispatchError> {
			let result = call.clone().dispatch(origin.into());
			may = result.map_or_else(|failure| !refused.contains(&failure.error), |_| true);
			Err(DispatchError::Other("nothing stays"))
		});
		may
	};
	origins().into_iter().filter_map(|(name, origin)| may(origin).then_some(name)).collect()
}

fn spend(amount: Balance) -> RuntimeCall {
	pallet_treasury::Call::spend {
		asset_kind: Box::new(()),
		amount,
		beneficiary: Box::new(Bob.to_account_id().into()),
		valid_from: None,
	}
	.into()
}

/// Calls that only governance may send, one or more of each area, and who may send them.
fn areas() -> Vec<(RuntimeCall, Vec<&'static str>)> {
	let call_hash = H256::zero();
	let bob = || Bob.to_account_id();
	let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
	let full_name = (name("Agents"), name("register"));
	let remark = || Box::new(frame_system::Call::remark { remark: vec![] }.into());
	let spenders = vec!["root", "small_spender", "big_spender"];
	vec![
		(crate::parameters::set_registration_fee(AIT), vec!["root", "parameters"]),
		(
			pallet_staking::Call::cancel_deferred_slash { era: 0, slash_indices: vec![0] }.into(),
			vec!["root", "slashing"],
		),
		(
			pallet_staking::Call::set_min_commission { new: Default::default() }.into(),
			vec!["root", "slashing"],
		),
		(pallet_staking::Call::set_validator_count { new: 4 }.into(), vec!["root"]),
		(pallet_tx_pause::Call::pause { full_name }.into(), vec!["root", "operations"]),
		(
			pallet_safe_mode::Call::force_enter {}.into(),
			vec!["root", "operations", "two of three members"],
		),
		(pallet_safe_mode::Call::force_extend {}.into(), vec!["root", "operations"]),
		(pallet_safe_mode::Call::force_exit {}.into(), vec!["root", "operations"]),
		(spend(SMALL_SPEND), spenders),
		(spend(SMALL_SPEND + 1), vec!["root", "big_spender"]),
		(spend(1_000_001 * AIT), vec!["root"]),
		(pallet_treasury::Call::void_spend { index: 0 }.into(), vec!["root"]),
		(
			pallet_whitelist::Call::whitelist_call { call_hash }.into(),
			vec!["root", "two of three members"],
		),
		(
			pallet_whitelist::Call::dispatch_whitelisted_call_with_preimage { call: remark() }
				.into(),
			vec!["root", "emergency"],
		),
		(pallet_membership::Call::add_member { who: bob().into() }.into(), vec!["root"]),
		(pallet_membership::Call::set_prime { who: bob().into() }.into(), vec![]),
		(
			pallet_collective::Call::<Runtime, TechnicalCollective>::set_members {
				new_members: vec![],
				prime: None,
				old_count: 3,
			}
			.into(),
			vec![],
		),
		(pallet_referenda::Call::cancel { index: 0 }.into(), vec!["root"]),
		(pallet_referenda::Call::kill { index: 0 }.into(), vec!["root"]),
		(
			pallet_scheduler::Call::schedule_after {
				after: 1,
				maybe_periodic: None,
				priority: 0,
				call: remark(),
			}
			.into(),
			vec!["root"],
		),
		(pallet_preimage::Call::request_preimage { hash: call_hash }.into(), vec!["root"]),
		(frame_system::Call::authorize_upgrade { code_hash: call_hash }.into(), vec!["root"]),
		(pallet_sudo::Call::set_key { new: bob().into() }.into(), vec!["root"]),
		(pallet_sudo::Call::sudo { call: remark() }.into(), vec!["root"]),
	]
}

#[test]
fn areas_should_take_root_and_their_tracks_and_nobody_else() {
	on_development_network(|| {
		for (call, expected) in areas() {
			assert_eq!(powers(&call), expected, "{call:?}");
		}
	});
}

#[test]
fn governed_calls_of_ours_should_take_root_and_one_track() {
	genesis(DEVELOPMENT).execute_with(|| {
		let named = |call: &RuntimeCall| {
			let name = call.get_call_metadata();
			format!("{}.{}", name.pallet_name, name.function_name)
		};
		let of = |track: &str| -> Vec<String> {
			let calls = our_calls();
			calls.iter().filter(|call| powers(call) == ["root", track]).map(named).collect()
		};
		assert_eq!(
			of("oversight"),
			[
				"Agents.suspend",
				"Agents.reinstate",
				"Agents.create_tag",
				"Agents.retire_tag",
				"Disputes.force_rule",
				"Validations.slash",
				"Telemetry.judge_report",
			]
		);
		assert_eq!(
			of("operations"),
			[
				"Actions.set_kind",
				"Actions.remove_kind",
				"Actions.set_approvers",
				"Actions.set_recommender",
				"Actions.set_reflex",
				"Actions.set_kill_switch",
				"Actions.open_by_half",
				"Actions.force_approve",
				"Actions.veto",
			]
		);
		assert_eq!(of("slashing"), ["ValidatorPerformance.cancel_slash"]);
		for track in ["parameters", "small_spender", "big_spender", "emergency"] {
			assert!(of(track).is_empty(), "{track}");
		}
	});
}

#[test]
fn governance_proxy_should_vote_and_propose_and_neither_pay_nor_give_the_seat_away() {
	let may = |call: RuntimeCall| ProxyType::Governance.filter(&call);
	let bob = || Bob.to_account_id();
	assert!(may(pallet_referenda::Call::place_decision_deposit { index: 0 }.into()));
	assert!(may(pallet_conviction_voting::Call::unlock { class: 0, target: bob().into() }.into()));
	assert!(may(pallet_preimage::Call::note_preimage { bytes: vec![] }.into()));
	assert!(may(pallet_treasury::Call::payout { index: 0 }.into()));
	assert!(may(pallet_utility::Call::batch { calls: vec![] }.into()));
	let dest = Charlie.to_account_id().into();
	assert!(!may(pallet_balances::Call::transfer_keep_alive { dest, value: AIT }.into()));
	assert!(!may(pallet_membership::Call::change_key { new: bob().into() }.into()));
	assert!(!may(pallet_staking::Call::chill {}.into()));
	assert!(!may(crate::parameters::set_registration_fee(AIT)));
}
