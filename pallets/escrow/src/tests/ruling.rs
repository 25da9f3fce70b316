//! Tests of what a ruling does.

use crate::{mock::*, *};
use aitbc_core::{
	Bonds, CaseId, ClosedContract, ContractId, ContractOutcome, Ruling, Subject, ValidationId,
};
use frame_support::{assert_ok, assert_storage_noop};
use sp_runtime::Perbill;

#[test]
fn ruling_should_divide_the_milestone_when_it_is_about_it() {
	build_and_execute(|| {
		let contract = Deal::of(2).bonded().dispute();
		reset_events();

		rule(ruling(40, 0, 0));

		// 40 % of 1,001 is 400.4, rounded down, and 2.5 % of that is 10.
		let (released, fee, refunded) = (400, 10, 601);
		assert_eq!(milestone(contract, M0), MilestoneState::Ruled { released, fee });
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT);
		assert_eq!(funded(contract).bonds, BONDS);
		assert_eq!(free(PROVIDER), WEALTH - BONDS.provider + 390);
		assert_eq!(free(TREASURY), ED + 10);
		let subject = Subject::Milestone { contract, milestone: M0 };
		let case = CaseId(0);
		assert_eq!(events(), [Event::RulingApplied { subject, case, released, fee, refunded }]);
	});
}

#[test]
fn ruling_should_close_the_contract_and_slash_both_bonds_when_it_says_so() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().dispute();
		reset_events();

		rule(ruling(0, 100, 10));

		// All 401 of the provider's, of which the client gets 200; 30 of the client's 300.
		let closed = ClosedContract {
			outcome: ContractOutcome::Refunded,
			accepted: true,
			disputed: true,
			refunded: AMOUNT,
			disputed_lost: AMOUNT,
			slashed: 401,
			..closed(contract)
		};
		assert_eq!(last_heard(), closed);
		assert_eq!(free(CLIENT), WEALTH + 200 - 30);
		assert_eq!(free(PROVIDER), WEALTH - 401 + 15);
		assert_eq!(free(TREASURY), ED + 201 + 15);
		for party in [CLIENT, PROVIDER] {
			assert_eq!(held(HoldReason::Bond, party), 0);
		}
		let subject = Subject::Milestone { contract, milestone: M0 };
		let slashed = |party, to_other_party, to_treasury| Event::BondSlashed {
			contract,
			party,
			to_other_party,
			to_treasury,
		};
		assert_eq!(
			events(),
			[
				Event::RulingApplied {
					subject,
					case: CaseId(0),
					released: 0,
					fee: 0,
					refunded: AMOUNT
				},
				slashed(Party::Provider, 200, 201),
				slashed(Party::Client, 15, 15),
				Event::ContractClosed { closed },
			]
		);
	});
}

#[test]
fn ruling_should_count_as_on_time_when_the_provider_wins() {
	build_and_execute(|| {
		let contract = Deal::default().dispute();
		set_now(DUE + 500);

		rule(ruling(100, 0, 0));

		let closed = ClosedContract {
			outcome: ContractOutcome::Completed,
			accepted: true,
			disputed: true,
			released: AMOUNT,
			fee: FEE,
			on_time: AMOUNT,
			..closed(contract)
		};
		assert_eq!(Heard::get(), [closed]);
		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
	});
}

#[test]
fn ruling_should_close_a_stream_when_it_is_about_it() {
	build_and_execute(|| {
		let contract = Deal::stream().bonded().start();
		set_now(START + 2);
		assert_ok!(Escrow::settle_stream(signed(PROVIDER), contract));
		set_now(START + 4);
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));
		set_now(START + 40);
		reset_events();

		rule(ruling(20, 0, 0));

		// 200 were paid; of the other 825 the provider gets a fifth. The fee on 365 is 9.125.
		let closed = ClosedContract {
			outcome: ContractOutcome::Partial,
			accepted: true,
			disputed: true,
			released: 365,
			refunded: 660,
			fee: 10,
			on_time: 365,
			disputed_lost: 660,
			..closed(contract)
		};
		assert_eq!(free(CLIENT), WEALTH - 365);
		assert_eq!(free(PROVIDER), WEALTH + 355);
		assert_eq!(free(TREASURY), ED + 10);
		let subject = Subject::Contract(contract);
		let (case, released, fee, refunded) = (CaseId(0), 165, 5, 660);
		let applied = Event::RulingApplied { subject, case, released, fee, refunded };
		assert_eq!(events(), [applied, Event::ContractClosed { closed }]);
	});
}

#[test]
fn ruling_should_close_a_meter_when_it_is_about_it() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		assert_ok!(redeem(contract, 30, 1));
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));

		rule(ruling(50, 0, 0));

		// 300 were billed, with a fee of 8; half of the other 1,700 are 850. The fee on 1,150 is
		// 28.75.
		let closed = ClosedContract {
			outcome: ContractOutcome::Partial,
			accepted: true,
			disputed: true,
			released: 1_150,
			refunded: 850,
			fee: 29,
			on_time: 1_150,
			disputed_lost: 850,
			..closed(contract)
		};
		assert_eq!(Heard::get(), [closed]);
		assert_eq!(free(CLIENT), WEALTH - 1_150);
		assert_eq!(free(PROVIDER), WEALTH + 1_121);
	});
}

#[test]
fn ruling_should_slash_the_milestones_share_of_both_bonds_when_there_are_several() {
	build_and_execute(|| {
		let contract = Deal::paying(&[1_000, 500, 2_500]).bonded().submit();
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M1), CLAIM));
		reset_events();

		rule(ruling(0, 70, 40));

		// An eighth of 401 is 50.125, of which 70 % are 35; an eighth of 300 is 37.5, of which 40 %
		// are 14.8.
		let (client, provider) = (300 - 14, 401 - 35);
		assert_eq!(funded(contract).bonds, Bonds { client, provider });
		let slashed = |party, to_other_party, to_treasury| Event::BondSlashed {
			contract,
			party,
			to_other_party,
			to_treasury,
		};
		assert_eq!(events()[1..], [slashed(Party::Provider, 17, 18), slashed(Party::Client, 7, 7)]);
		assert_eq!(held(HoldReason::Bond, PROVIDER), provider);
		assert_eq!(held(HoldReason::Bond, CLIENT), client);
	});
}

#[test]
fn ruling_should_slash_each_milestones_share_when_two_cases_are_lost() {
	build_and_execute(|| {
		let contract = Deal::paying(&[1_000, 500, 2_500]).bonded().submit();
		// A quarter and an eighth of 401, each rounded down.
		for (index, left) in [(M0, 401 - 100), (M1, 401 - 100 - 50)] {
			assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(index), CLAIM));
			rule(ruling(0, 100, 0));
			assert_eq!(funded(contract).bonds, Bonds { provider: left, ..BONDS });
		}
		assert_ok!(Escrow::release(signed(CLIENT), contract, MilestoneIndex(2)));
		assert_eq!(last_heard().slashed, 150);
		assert_eq!(held(HoldReason::Bond, PROVIDER), 0);
	});
}

#[test]
fn ruling_should_slash_no_more_than_the_bond_when_all_cases_are_lost() {
	build_and_execute(|| {
		let contract = Deal::of(3).bonded().submit();
		for index in [M0, M1, MilestoneIndex(2)] {
			assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(index), CLAIM));
			rule(ruling(0, 100, 100));
		}
		// A third of 401 is 133.67, rounded down three times; of 300 nothing is left.
		assert_eq!(last_heard().slashed, 3 * 133);
	});
}

#[test]
fn ruling_should_slash_the_whole_bond_when_it_is_about_a_stream_or_a_meter() {
	build_and_execute(|| {
		for deal in [Deal::stream(), Deal::metered()] {
			deal.bonded().dispute();
			rule(ruling(0, 50, 0));
			assert_eq!(last_heard().slashed, 200);
		}
	});
}

#[test]
fn ruling_should_give_the_rest_to_the_client_when_the_shares_leave_one() {
	build_and_execute(|| {
		Deal::default().dispute();

		let thirds = Perbill::from_rational(1_u32, 3);
		rule(Ruling { client: thirds, provider: thirds, ..ruling(0, 0, 0) });

		assert_eq!(last_heard().released, 333);
		assert_eq!(last_heard().refunded, 668);
	});
}

/// The court rules for the provider, in this case about this subject, and nothing happens.
#[track_caller]
fn assert_ignored(subject: Subject, case: CaseId) {
	assert_storage_noop!(rule_in(subject, case, ruling(100, 100, 100)));
}

#[test]
fn ruling_should_be_applied_once_when_it_comes_twice() {
	build_and_execute(|| {
		let milestone = Deal::of(2).bonded().dispute();
		rule(ruling(50, 10, 0));
		assert_ignored(Subject::Milestone { contract: milestone, milestone: M0 }, CaseId(0));

		let stream = Deal::stream().dispute();
		rule(ruling(50, 0, 0));
		assert_ignored(Subject::Contract(stream), CaseId(1));
	});
}

#[test]
fn ruling_should_be_ignored_when_it_is_of_another_case() {
	build_and_execute(|| {
		let contract = Deal::default().dispute();
		assert_ignored(Subject::Milestone { contract, milestone: M0 }, CaseId(1));
		for deal in [Deal::stream(), Deal::metered()] {
			let contract = deal.dispute();
			assert_ignored(Subject::Contract(contract), CaseId(0));
		}
	});
}

#[test]
fn ruling_should_be_ignored_when_it_is_about_something_else() {
	build_and_execute(|| {
		let milestone = |contract, milestone| Subject::Milestone { contract, milestone };
		let disputed = Deal::of(2).dispute();
		let stream = Deal::stream().dispute();
		let others = [
			milestone(disputed, M1),
			milestone(disputed, MilestoneIndex(2)),
			milestone(stream, M0),
			milestone(Deal::default().open(), M0),
			milestone(ContractId(99), M0),
			Subject::Contract(disputed),
			Subject::Contract(Deal::stream().open()),
			Subject::Contract(Deal::stream().start()),
			Subject::Contract(Deal::metered().start()),
			Subject::Contract(ContractId(99)),
			Subject::Validation(ValidationId(0)),
		];
		for subject in others {
			for case in [CaseId(0), CaseId(1)] {
				assert_ignored(subject, case);
			}
		}
	});
}
