//! What would become of a call is found out without doing it.

use crate::{
	network::{events, free, on_development_network},
	work::{a_funded_contract, an_active_agent, done, refused, submitted, AGENT, CONTRACT, FIRST},
};
use aitbc_core::money::{AIT, EXISTENTIAL_DEPOSIT};
use aitbc_runtime::{dry_run::dry_run, Runtime, RuntimeCall};
use codec::Encode;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{
	transaction_validity::InvalidTransaction, ApplyExtrinsicResult, DispatchError, StateVersion,
};

/// What would become of `call`, if `account` sent it.
fn tried(account: Sr25519Keyring, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
	dry_run(account.to_account_id(), &call.into().encode())
}

fn transfer(to: Sr25519Keyring, value: u128) -> RuntimeCall {
	pallet_balances::Call::transfer_keep_alive { dest: to.to_account_id().into(), value }.into()
}

#[test]
fn dry_run_should_change_nothing_when_the_call_would_succeed_or_fail() {
	on_development_network(|| {
		an_active_agent();
		a_funded_contract();
		let root = || sp_io::storage::root(StateVersion::V1);
		let (state, told) = (root(), events().len());

		assert_eq!(tried(Dave, submitted()), Ok(Ok(())));
		let early = pallet_escrow::Call::refund { contract: CONTRACT, milestone: FIRST };
		let error = pallet_escrow::Error::<Runtime>::DueNotPassed.into();
		assert_eq!(tried(Eve, early.clone()), Ok(Err(error)));

		assert_eq!((root(), events().len()), (state, told));
		assert_eq!(refused(Eve, early), error, "the call itself says the same");
		done(Dave, submitted());
	});
}

#[test]
fn dry_run_should_fail_when_the_fee_leaves_too_little_for_the_call() {
	on_development_network(|| {
		let all = free(Bob) - EXISTENTIAL_DEPOSIT;
		assert!(matches!(tried(Bob, transfer(Eve, all)), Ok(Err(DispatchError::Token(_)))));
		assert_eq!(tried(Bob, transfer(Eve, all - AIT)), Ok(Ok(())), "the fee is less than that");
	});
}

#[test]
fn dry_run_should_say_so_when_no_block_could_have_the_call() {
	on_development_network(|| {
		let everything = pallet_balances::Call::transfer_all {
			dest: Eve.to_account_id().into(),
			keep_alive: false,
		};
		done(Ferdie, everything);
		assert_eq!(tried(Ferdie, transfer(Eve, AIT)), Err(InvalidTransaction::Payment.into()));

		let huge = frame_system::Call::remark { remark: vec![0; 8 * 1024 * 1024] };
		assert_eq!(tried(Bob, huge), Err(InvalidTransaction::ExhaustsResources.into()));

		let garbage = dry_run(Bob.to_account_id(), &[255; 8]);
		assert_eq!(garbage, Err(InvalidTransaction::Call.into()));
	});
}

#[test]
fn dry_run_should_fail_when_a_call_within_the_call_would_fail() {
	on_development_network(|| {
		let suspend = pallet_agents::Call::suspend { agent: AGENT };
		let sudo = pallet_sudo::Call::sudo { call: Box::new(suspend.into()) };
		let unknown = pallet_agents::Error::<Runtime>::AgentNotFound.into();
		assert_eq!(tried(Alice, sudo), Ok(Err(unknown)));

		let poor = Box::new(transfer(Eve, 2 * free(Charlie)));
		done(
			Charlie,
			pallet_proxy::Call::add_proxy {
				delegate: Bob.to_account_id().into(),
				proxy_type: Default::default(),
				delay: 0,
			},
		);
		let real = Charlie.to_account_id().into();
		let proxy = pallet_proxy::Call::proxy { real, force_proxy_type: None, call: poor };
		assert!(matches!(tried(Bob, proxy), Ok(Err(DispatchError::Token(_)))));

		let proposal = Box::new(transfer(Eve, AIT));
		let execute = pallet_collective::Call::<Runtime, pallet_collective::Instance1>::execute {
			proposal,
			length_bound: 100,
		};
		let unsigned = DispatchError::BadOrigin;
		assert_eq!(tried(Alice, execute), Ok(Err(unsigned)), "a member is not the account");

		let calls = vec![transfer(Eve, AIT), transfer(Eve, 2 * free(Dave))];
		let batch = pallet_utility::Call::batch { calls };
		assert!(matches!(tried(Dave, batch), Ok(Err(DispatchError::Token(_)))));
	});
}
