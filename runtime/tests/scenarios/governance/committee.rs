//! The technical committee's fast path: what it whitelists, voters may dispatch as root within the hour.

use super::{approve, decided, enacted, inline, propose};
use crate::{
	network::{as_root, events, free, on_development_network},
	work::{done, refused},
};
use aitbc_runtime::{
	configs::governance::committee::TechnicalCollective, governance_origins::Origin, Runtime,
	RuntimeCall, RuntimeEvent, SafeMode, System, TechnicalCommittee,
};
use codec::Encode;
use frame_support::{assert_ok, dispatch::GetDispatchInfo};
use pallet_collective::Event as CommitteeEvent;
use pallet_whitelist::{Call, Error, Event, WhitelistedCall};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Ferdie};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError, DispatchResult,
};

type Committee = pallet_collective::Call<Runtime, TechnicalCollective>;

fn force_enter() -> RuntimeCall {
	pallet_safe_mode::Call::force_enter {}.into()
}

fn hash(call: &RuntimeCall) -> H256 {
	BlakeTwo256::hash_of(call)
}

/// Alice moves `call`, `ayes` vote for it, and anybody closes the motion; what takes one aye alone is
/// dispatched at once. Gives what became of the call.
fn moved(call: impl Into<RuntimeCall>, ayes: &[Sr25519Keyring]) -> DispatchResult {
	let call = call.into();
	let (proposal, index) =
		(hash(&call), pallet_collective::ProposalCount::<Runtime, TechnicalCollective>::get());
	let length_bound = u32::try_from(call.encoded_size()).expect("it is short") + 4;
	let proposal_weight_bound = call.get_dispatch_info().call_weight;
	let threshold = u32::try_from(ayes.len()).expect("they are few");
	done(Alice, Committee::propose { threshold, proposal: Box::new(call), length_bound });
	if threshold > 1 {
		for member in ayes {
			done(*member, Committee::vote { proposal, index, approve: true });
		}
		let proposal_hash = proposal;
		done(
			Ferdie,
			Committee::close { proposal_hash, index, proposal_weight_bound, length_bound },
		);
	}
	executed()
}

/// What became of the last call that the committee dispatched.
fn executed() -> DispatchResult {
	let result = events().into_iter().rev().find_map(|event| match event {
		RuntimeEvent::TechnicalCommittee(
			CommitteeEvent::Executed { result, .. } | CommitteeEvent::MemberExecuted { result, .. },
		) => Some(result),
		_ => None,
	});
	result.expect("it dispatched one")
}

fn whitelist(call: &RuntimeCall) -> Call<Runtime> {
	Call::whitelist_call { call_hash: hash(call) }
}

fn dispatch(call: RuntimeCall) -> Call<Runtime> {
	Call::dispatch_whitelisted_call_with_preimage { call: Box::new(call) }
}

#[test]
fn whitelisted_call_should_be_dispatched_as_root_within_blocks() {
	on_development_network(|| {
		assert_ok!(moved(whitelist(&force_enter()), &[Alice, Bob]));
		let begun = System::block_number();
		assert_ok!(decided(Origin::WhitelistedCaller, dispatch(force_enter())));
		assert!(SafeMode::is_entered());
		// Prepared, confirmed and enacted in a block each.
		assert_eq!(System::block_number(), begun + 3);
		assert!(!WhitelistedCall::<Runtime>::contains_key(hash(&force_enter())));
	});
}

#[test]
fn upgrade_should_be_authorized_on_the_fast_path() {
	on_development_network(|| {
		let code_hash = H256::repeat_byte(7);
		let call = RuntimeCall::from(frame_system::Call::authorize_upgrade { code_hash });
		assert_ok!(moved(whitelist(&call), &[Alice, Charlie]));
		assert_ok!(decided(Origin::WhitelistedCaller, dispatch(call)));
		let authorized = System::authorized_upgrade().expect("an upgrade is authorized");
		assert_eq!(*authorized.code_hash(), code_hash);
	});
}

#[test]
fn call_that_is_not_whitelisted_should_wait_until_it_is() {
	on_development_network(|| {
		let call_hash = hash(&force_enter());
		assert_ok!(decided(Origin::WhitelistedCaller, dispatch(force_enter())));
		assert!(events().contains(&Event::DispatchDeferred { call_hash }.into()));
		assert!(!SafeMode::is_entered());
		let unlisted = Error::<Runtime>::CallIsNotWhitelisted.into();
		assert_eq!(refused(Dave, dispatch(force_enter())), unlisted);

		assert_ok!(moved(whitelist(&force_enter()), &[Bob, Charlie]));
		let before = free(Dave);
		done(Dave, dispatch(force_enter()));
		assert!(SafeMode::is_entered());
		assert_eq!(free(Dave), before, "who relays it pays nothing");
	});
}

#[test]
fn call_should_not_be_dispatched_when_voters_did_not_decide() {
	on_development_network(|| {
		assert_ok!(moved(whitelist(&force_enter()), &[Alice, Bob]));
		let undecided = Error::<Runtime>::DeferredDispatchNotFound.into();
		assert_eq!(refused(Alice, dispatch(force_enter())), undecided);
	});
}

#[test]
fn committee_should_enter_safe_mode_and_not_leave_it() {
	on_development_network(|| {
		let bad = Err(DispatchError::BadOrigin);
		assert_eq!(moved(force_enter(), &[Alice]), bad, "one of three is too few");
		assert_ok!(moved(force_enter(), &[Alice, Bob]));
		assert!(SafeMode::is_entered());
		for call in [
			RuntimeCall::from(pallet_safe_mode::Call::force_extend {}),
			pallet_safe_mode::Call::force_exit {}.into(),
		] {
			assert_eq!(moved(call, &[Alice, Bob, Charlie]), bad);
		}
	});
}

#[test]
fn members_should_be_chosen_by_root_alone() {
	on_development_network(|| {
		type Membership = pallet_membership::Call<Runtime, pallet_membership::Instance1>;
		let add = || Membership::add_member { who: Dave.to_account_id().into() };
		assert_eq!(moved(add(), &[Alice, Bob, Charlie]), Err(DispatchError::BadOrigin));
		as_root(add());
		assert!(TechnicalCommittee::is_member(&Dave.to_account_id()));
		// Now two of four are too few, and three are enough.
		assert_eq!(moved(force_enter(), &[Alice, Dave]), Err(DispatchError::BadOrigin));
		assert_ok!(moved(force_enter(), &[Alice, Bob, Dave]));
	});
}

#[test]
fn motion_should_be_refused_when_no_member_makes_it() {
	on_development_network(|| {
		let not_member = pallet_collective::Error::<Runtime, TechnicalCollective>::NotMember.into();
		let proposal = Box::new(force_enter());
		let propose = Committee::propose { threshold: 2, proposal, length_bound: 100 };
		assert_eq!(refused(Dave, propose), not_member);
		let proposal = Box::new(force_enter());
		let execute = Committee::execute { proposal, length_bound: 100 };
		assert_eq!(refused(Dave, execute), not_member);
	});
}

#[test]
fn malicious_referendum_should_be_killed_on_the_fast_path() {
	on_development_network(|| {
		let index = propose(super::root(), inline(force_enter()));
		let kill = RuntimeCall::from(pallet_referenda::Call::kill { index });
		assert_ok!(moved(whitelist(&kill), &[Alice, Bob]));
		let second = propose(Origin::WhitelistedCaller, inline(dispatch(kill)));
		approve(second);
		assert_ok!(enacted(second));
		let killed = pallet_referenda::ReferendumInfoFor::<Runtime>::get(index);
		assert!(matches!(killed, Some(pallet_referenda::ReferendumInfo::Killed(_))));
	});
}
