//! Tests of what contracts that close count for.

use crate::{mock::*, *};
use aitbc_core::{money::AIT, AgentId, Balance, ClosedContract, ContractId, WorkId};
use aitbc_reputation::{Component, Outcome};
use aitbc_traits::OnContractClosed;
use frame_support::{assert_storage_noop, hypothetically};
use sp_runtime::Perbill;

const WORK: WorkId = WorkId::Contract(ContractId(0));

/// The evidence on what the chain itself knows: completion, timeliness, disputes.
fn known(agent: AgentId) -> [(Balance, Option<Perbill>); 3] {
	[Component::Completion, Component::Timeliness, Component::Disputes]
		.map(|one| component(agent, one))
}

#[test]
fn contract_should_count_when_an_agent_was_paid_for_it() {
	build_and_execute(|| {
		assert_eq!(Deal::default().close(), WORK);

		let provider_agent = AgentAt { agent: AGENT, generation: Generation(0) };
		let settled = Settled {
			client: CLIENT,
			client_agent: None,
			provider: WALLET,
			provider_agent,
			weight: WEIGHT,
			at: START,
			rated_by_client: false,
			rated_by_provider: false,
		};
		assert_eq!(SettledWork::<Test>::get(WORK), Some(settled));
		assert_eq!(known(AGENT), [(WEIGHT, percent(100)); 3]);
		for rated in [Component::Quality, Component::Feedback] {
			assert_eq!(component(AGENT, rated), (0, None));
		}
		let counters = Counters { completed: 1, partial: 0, released: RELEASED, refunded: 0 };
		assert_eq!(record(AGENT).counters, counters);
		assert_eq!(Pairs::<Test>::get(CLIENT, OWNER).paid(START, HALF_LIFE), FEE);
		let outcome = Outcome {
			accepted: true,
			fee: FEE,
			released: RELEASED,
			on_time: RELEASED,
			..Default::default()
		};
		let counted = Event::WorkCounted {
			work: WORK,
			client: CLIENT,
			client_agent: None,
			client_owner: CLIENT,
			provider: WALLET,
			provider_agent,
			provider_owner: OWNER,
			outcome,
			weight: WEIGHT,
			at: START,
		};
		assert_eq!(events(), [counted]);
	});
}

#[test]
fn contract_should_count_what_was_refunded_late_and_missed_when_it_is_partial() {
	build_and_execute(|| {
		let deal =
			Deal { released: 600, refunded: 400, on_time: 400, missed: 200, ..Deal::default() };

		deal.close();

		// 600 of 1,000 paid; 400 in time of the 800 that were due; nothing lost in a dispute.
		assert_eq!(
			known(AGENT),
			[(WEIGHT, percent(60)), (WEIGHT, percent(50)), (WEIGHT, percent(100))]
		);
		let counters = Counters { completed: 0, partial: 1, released: 600, refunded: 400 };
		assert_eq!(record(AGENT).counters, counters);
	});
}

#[test]
fn contract_should_name_the_agents_of_both_sides_when_an_agent_paid() {
	build_and_execute(|| {
		let work = Deal::by(HIRER_WALLET).close();

		let settled = SettledWork::<Test>::get(work).expect("it counted");
		let client_agent = Some(AgentAt { agent: HIRER, generation: Generation(0) });
		assert_eq!(settled.client_agent, client_agent);
		assert!(Pairs::<Test>::contains_key(HIRER_OWNER, OWNER), "the owner pays, not the wallet");
		assert!(!Pairs::<Test>::contains_key(HIRER_WALLET, OWNER));
		assert_eq!(known(HIRER), [(0, None); 3], "paying is no work");
	});
}

#[test]
fn contract_should_remember_generations_when_agents_changed_owners_before() {
	build_and_execute(|| {
		transfer(HIRER, BUYER);
		set_agent(HIRER, BUYER, Some(HIRER_WALLET));
		transfer(AGENT, STRANGER);
		transfer(AGENT, OWNER);
		set_agent(AGENT, OWNER, Some(WALLET));

		let work = Deal::by(HIRER_WALLET).close();

		let settled = SettledWork::<Test>::get(work).expect("it counted");
		let client_agent = Some(AgentAt { agent: HIRER, generation: Generation(1) });
		assert_eq!(settled.client_agent, client_agent);
		let provider_agent = AgentAt { agent: AGENT, generation: Generation(2) };
		assert_eq!(settled.provider_agent, provider_agent);
	});
}

#[test]
fn contract_should_count_less_when_the_pair_has_paid_before() {
	build_and_execute(|| {
		Deal::default().close();
		let second = Deal::default().close();
		let other = Deal::by(STRANGER).close();

		let weight = |work| SettledWork::<Test>::get(work).expect("it counted").weight;
		// 25 x 50 / (50 + 25) less the 12.5 before.
		assert_eq!(weight(second), 4_166_666_666_666);
		assert_eq!(weight(other), WEIGHT);
	});
}

#[test]
fn contract_should_count_when_the_fee_is_the_least() {
	build_and_execute(|| {
		let work = Deal::for_fee(MinFee::get()).close();
		assert!(SettledWork::<Test>::contains_key(work));
	});
}

/// Closes a contract that must leave no trace.
#[track_caller]
fn assert_worthless(deal: Deal) {
	build_and_execute(|| {
		let closed = deal.sheet(ContractId(0));
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

#[test]
fn contract_should_leave_no_trace_when_the_fee_is_too_small() {
	assert_worthless(Deal::for_fee(AIT - 1));
}

#[test]
fn contract_should_leave_no_trace_when_all_was_refunded() {
	let missed =
		Deal { fee: 0, released: 0, on_time: 0, refunded: 500, missed: 500, ..Deal::default() };
	assert_worthless(missed);
}

#[test]
fn contract_should_leave_no_trace_when_all_was_refunded_and_there_is_no_least_fee() {
	build_and_execute(|| {
		MinFee::set(&0);
		let refunded = Deal { fee: 0, released: 0, on_time: 0, refunded: 500, ..Deal::default() };
		let closed = refunded.sheet(ContractId(0));
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

#[test]
fn contract_should_leave_no_trace_when_the_provider_never_accepted_it() {
	assert_worthless(Deal { accepted: false, ..Deal::default() });
}

#[test]
fn contract_should_leave_no_trace_when_no_agent_answers_for_it() {
	for provider in [STRANGER, OWNER] {
		assert_worthless(Deal { provider, ..Deal::default() });
	}
	// Also when the account is an agent's wallet by now.
	build_and_execute(|| {
		let closed = ClosedContract { agent: None, ..Deal::default().sheet(ContractId(0)) };
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

#[test]
fn contract_should_leave_no_trace_when_the_agent_that_answers_is_gone() {
	build_and_execute(|| {
		let closed = Deal::default().sheet(ContractId(0));
		remove_agent(AGENT);
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

#[test]
fn contract_should_count_for_the_agent_that_answers_when_its_wallet_has_changed() {
	let changes: [fn(); 3] = [
		|| set_agent(AGENT, OWNER, None),
		|| set_agent(AGENT, OWNER, Some(STRANGER)),
		|| {
			set_agent(AGENT, OWNER, None);
			set_agent(HIRER, HIRER_OWNER, Some(WALLET));
		},
	];
	for change in changes {
		build_and_execute(|| {
			let closed = Deal::default().sheet(ContractId(0));
			change();

			Reputation::on_contract_closed(&closed);

			let settled = SettledWork::<Test>::get(WORK).expect("it counted");
			assert_eq!(settled.provider, WALLET);
			assert_eq!(settled.provider_agent.agent, AGENT);
			assert_eq!(known(AGENT), [(WEIGHT, percent(100)); 3]);
			assert_eq!(known(HIRER), [(0, None); 3]);
		});
	}
}

#[test]
fn contract_should_leave_no_trace_when_the_agents_new_wallet_paid() {
	build_and_execute(|| {
		let closed = Deal::by(STRANGER).sheet(ContractId(0));
		set_agent(AGENT, OWNER, Some(STRANGER));
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

#[test]
fn contract_should_leave_no_trace_when_the_owner_hires_its_own_agent() {
	assert_worthless(Deal::by(OWNER));
}

#[test]
fn contract_should_leave_no_trace_when_both_agents_have_one_owner() {
	build_and_execute(|| {
		set_agent(HIRER, OWNER, Some(HIRER_WALLET));
		let closed = Deal::by(HIRER_WALLET).sheet(ContractId(0));
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

#[test]
fn contract_should_leave_no_trace_when_the_agents_wallet_owns_the_client() {
	build_and_execute(|| {
		set_agent(HIRER, WALLET, Some(HIRER_WALLET));
		let closed = Deal::by(HIRER_WALLET).sheet(ContractId(0));
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

#[test]
fn contract_should_leave_no_trace_when_an_owner_hires_through_another_agents_wallet() {
	build_and_execute(|| {
		// The owner of the one works as the wallet of the other.
		set_agent(HIRER, HIRER_OWNER, Some(OWNER));
		let closed = Deal::by(OWNER).sheet(ContractId(0));
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

#[test]
fn contract_should_leave_no_trace_when_the_pair_has_room_for_nothing() {
	build_and_execute(|| {
		PairCap::set(&0);
		let closed = Deal::default().sheet(ContractId(0));
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

/// Escrow tells of each contract once. If it did not, a debug build would stop, and a release build
/// would log an error and count the contract once.
#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "a contract closes once"))]
fn contract_should_count_once_when_it_is_told_of_twice() {
	build_and_execute(|| {
		let closed = Deal::default().sheet(ContractId(0));
		Reputation::on_contract_closed(&closed);
		assert_storage_noop!(Reputation::on_contract_closed(&closed));
	});
}

#[test]
fn evidence_should_halve_when_a_half_life_elapses() {
	build_and_execute(|| {
		Deal::default().close();
		wait(HALF_LIFE);
		assert_eq!(known(AGENT), [(WEIGHT / 2, percent(100)); 3]);
	});
}

#[test]
fn pair_should_have_room_again_when_time_has_passed() {
	build_and_execute(|| {
		Deal::default().close();
		let weight = |work| SettledWork::<Test>::get(work).expect("it counted").weight;
		let soon = hypothetically!(weight(Deal::default().close()));
		wait(4 * HALF_LIFE);
		let later = weight(Deal::default().close());
		assert!(soon < later && later < WEIGHT);
	});
}
