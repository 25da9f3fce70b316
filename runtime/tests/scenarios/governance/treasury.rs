//! What the treasury pays, by whose decision, and that it does not vote.

use super::{approve, decided, enacted, inline, propose, root};
use crate::{
	network::{as_root, events, free, on_development_network, pass_blocks},
	work::{done, refused},
};
use aitbc_core::{
	money::{AIT, EXISTENTIAL_DEPOSIT},
	Balance,
};
use aitbc_runtime::{
	configs::{
		governance::treasury::{BIG_SPEND, SMALL_SPEND},
		money::TreasuryAccount,
	},
	governance_origins::Origin,
	Balances, Runtime, RuntimeCall, RuntimeEvent,
};
use frame_support::{
	assert_ok,
	traits::{fungible::Inspect, Currency, Get},
};
use pallet_treasury::{Call, Error, Event, Spends};
use sp_keyring::Sr25519Keyring::{Eve, Ferdie};
use sp_runtime::DispatchError;

/// Gives the treasury `amount`.
fn endow(amount: Balance) {
	let dest = TreasuryAccount::get().into();
	done(Ferdie, pallet_balances::Call::transfer_keep_alive { dest, value: amount });
}

/// Lets Eve claim `amount` from now on.
fn spend(amount: Balance) -> RuntimeCall {
	Call::spend {
		asset_kind: Box::new(()),
		amount,
		beneficiary: Box::new(Eve.to_account_id().into()),
		valid_from: None,
	}
	.into()
}

fn treasury() -> Balance {
	Balances::balance(&TreasuryAccount::get())
}

#[test]
fn spend_should_be_paid_once_when_its_track_approves() {
	on_development_network(|| {
		endow(100_000 * AIT);
		assert_ok!(decided(Origin::SmallSpender, spend(SMALL_SPEND)));

		let (eve, before) = (free(Eve), treasury());
		done(Ferdie, Call::payout { index: 0 });
		assert!(events().contains(&Event::Paid { index: 0, payment_id: () }.into()));
		assert_eq!(free(Eve), eve + SMALL_SPEND);
		// The transaction's fee comes in at the same time.
		assert!(treasury() < before - SMALL_SPEND + AIT);

		let again = Error::<Runtime>::AlreadyAttempted.into();
		assert_eq!(refused(Ferdie, Call::payout { index: 0 }), again);
		done(Ferdie, Call::check_status { index: 0 });
		assert!(Spends::<Runtime>::get(0).is_none());
	});
}

#[test]
fn spend_should_fail_when_it_is_more_than_its_track_may() {
	on_development_network(|| {
		let too_much = Err(Error::<Runtime>::InsufficientPermission.into());
		assert_eq!(decided(Origin::SmallSpender, spend(SMALL_SPEND + 1)), too_much);
		assert_eq!(decided(Origin::BigSpender, spend(BIG_SPEND + 1)), too_much);
		assert_eq!(decided(Origin::Parameters, spend(1)), Err(DispatchError::BadOrigin));
		assert_ok!(decided(root(), spend(BIG_SPEND + 1)));
	});
}

#[test]
fn spends_of_one_referendum_should_fail_when_they_add_up_to_more_than_its_track_may() {
	on_development_network(|| {
		let calls = vec![spend(SMALL_SPEND / 2), spend(SMALL_SPEND / 2 + 1)];
		let index =
			propose(Origin::SmallSpender, inline(pallet_utility::Call::batch_all { calls }));
		approve(index);
		assert_eq!(enacted(index), Err(Error::<Runtime>::InsufficientPermission.into()));
		assert!(Spends::<Runtime>::get(0).is_none());
	});
}

#[test]
fn treasury_should_keep_its_account_when_all_of_it_is_spent() {
	on_development_network(|| {
		endow(100 * AIT);
		as_root(spend(treasury()));
		assert_eq!(
			refused(Ferdie, Call::payout { index: 0 }),
			Error::<Runtime>::PayoutError.into()
		);
		assert!(treasury() >= 100 * AIT);

		as_root(spend(treasury() - EXISTENTIAL_DEPOSIT));
		done(Ferdie, Call::payout { index: 1 });
		assert!(treasury() >= EXISTENTIAL_DEPOSIT);
	});
}

#[test]
#[allow(deprecated)]
fn old_way_to_spend_should_be_closed() {
	on_development_network(|| {
		let beneficiary = Eve.to_account_id().into();
		let old = Call::spend_local { amount: AIT, beneficiary };
		assert_eq!(decided(root(), old), Err(Error::<Runtime>::TooManyApprovals.into()));
	});
}

#[test]
fn what_the_treasury_owns_should_not_count_as_votes() {
	on_development_network(|| {
		type Turnout = <Runtime as pallet_conviction_voting::Config>::MaxTurnout;
		endow(500_000 * AIT);
		pass_blocks(1);
		let counted: Balance = Turnout::get();
		let pot = treasury() - EXISTENTIAL_DEPOSIT;
		assert_eq!(counted, <Balances as Currency<_>>::total_issuance() - pot);
		assert!(events()
			.iter()
			.any(|event| matches!(event, RuntimeEvent::Treasury(Event::UpdatedInactive { .. }))));
	});
}
