//! Who is too close to whom to judge: owners, wallets, and open business that began in time.

use crate::{
	deals::{
		a_provider, client, contract, did, give, hired, release, stranger, submit, work, EscrowCall,
	},
	network::on_development_network,
	work::{a_funded_contract, agreement, an_active_agent, done, submitted, CONTRACT},
};
use aitbc_core::{money::AIT, Bonds};
use aitbc_runtime::{adapters::Closeness, AccountId, ActiveClock, BlockNumber, Runtime};
use aitbc_traits::ConflictInspect;
use sp_keyring::Sr25519Keyring::{Bob, Charlie, Dave, Eve};

/// Whether two accounts are close, asked either way, for a case that opens at `before`.
#[track_caller]
fn are_close(one: &AccountId, other: &AccountId, before: BlockNumber) -> bool {
	let is_close = Closeness::are_close(one, other, before);
	assert_eq!(Closeness::are_close(other, one, before), is_close, "it depends on who is asked");
	is_close
}

#[test]
fn accounts_should_be_close_when_they_are_one_or_have_one_owner() {
	on_development_network(|| {
		let (first, second) = (a_provider(), a_provider());
		let now = ActiveClock::now();
		assert!(are_close(&client(), &client(), now));
		assert!(are_close(&first.owner, &first.wallet, now));
		for other in [&second.owner, &second.wallet, &client()] {
			assert!(!are_close(&first.owner, other, now));
			assert!(!are_close(&first.wallet, other, now));
		}

		// Two agents of one owner, and an owner that is the wallet of another's agent.
		give(&stranger(), &first.owner, 200 * AIT);
		let (agent, to, wallet) = (second.agent, first.owner.clone(), second.owner.clone());
		did(&second.owner, pallet_agents::Call::offer_transfer { agent, to: Some(to) });
		did(&first.owner, pallet_agents::Call::accept_transfer { agent });
		did(&first.owner, pallet_agents::Call::set_wallet { agent, wallet, proof: None });
		did(&second.owner, pallet_agents::Call::accept_wallet { agent });
		assert!(are_close(&second.owner, &first.wallet, now));
		assert!(are_close(&second.owner, &first.owner, now));
	});
}

#[test]
fn accounts_should_be_close_when_they_have_been_in_business_since_before() {
	on_development_network(|| {
		let provider = a_provider();
		let job = hired(&client(), &provider, work());
		let now = ActiveClock::now();
		assert!(are_close(&client(), &provider.wallet, now + 1));
		assert!(!are_close(&client(), &provider.wallet, now), "it began in this very block");
		assert!(!are_close(&stranger(), &provider.wallet, now + 1));

		let contract = contract(job);
		for place in 0..3 {
			submit(job, place);
			did(&client(), release(contract, place));
		}
		assert!(!are_close(&client(), &provider.wallet, now + 1), "all is done");
	});
}

#[test]
fn accounts_should_be_close_when_the_owners_of_their_agents_are_in_business() {
	on_development_network(|| {
		let (first, second) = (a_provider(), a_provider());
		give(&stranger(), &first.owner, 100 * AIT);
		let (contract, total) = (CONTRACT, 40 * AIT);
		let (provider, agreement) = (second.owner.clone(), agreement(total));
		did(&first.owner, EscrowCall::open { provider, agreement });
		did(&second.owner, EscrowCall::accept { contract, bonds: Bonds::default(), total });
		did(&first.owner, EscrowCall::fund { contract, expected: total });

		let now = ActiveClock::now();
		for one in [&first.owner, &first.wallet] {
			for other in [&second.owner, &second.wallet] {
				assert!(are_close(one, other, now + 1));
				assert!(!are_close(one, other, now));
			}
			assert!(!are_close(one, &stranger(), now + 1));
		}
	});
}

#[test]
fn accounts_should_not_be_close_when_the_provider_did_not_consent() {
	on_development_network(|| {
		an_active_agent();
		a_funded_contract();
		let (bob, dave) = (Bob.to_account_id(), Dave.to_account_id());
		let later = ActiveClock::now() + 1;
		assert!(!are_close(&bob, &dave, later));
		assert!(!are_close(&bob, &Charlie.to_account_id(), later));
		done(Dave, submitted());
		assert!(are_close(&bob, &dave, later));
		assert!(!are_close(&Eve.to_account_id(), &dave, later));
		done(Bob, release(CONTRACT, 0));
		assert!(!are_close(&bob, &dave, later));
	});
}

#[test]
fn closeness_should_weigh_the_agents_the_owners_and_all_pairs() {
	let reads = |count| <Runtime as frame_system::Config>::DbWeight::get().reads(count);
	// Two agents, two owners, and both directions for each pair of an account or owner on either side.
	let weight = <Closeness as ConflictInspect<AccountId>>::weight();
	assert_eq!(weight, reads(2 + 2 + 2 * 4));
}
