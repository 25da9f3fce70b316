//! Tests of what a controller does.

use crate::{mock::*, *};
use aitbc_core::{
	Agreement, Bonds, ClosedContract, ContractId, ContractOutcome, JobId, PaymentTerms, StreamTerms,
};
use aitbc_traits::{ContractStanding, Escrow as Controller, OnRuling, Remainder};
use frame_support::{assert_noop, assert_ok, assert_storage_noop};
use sp_runtime::TokenError;

#[test]
fn engage_should_hold_everything_at_once_when_all_can_be_held() {
	build_and_execute(|| {
		let deal = Deal::of(2).bonded();

		let contract = deal.engage();

		let record = record(contract);
		assert_eq!(record.job, Some(JOB));
		let funded = funded(contract);
		assert_eq!((funded.since, funded.commitment), (START, Commitment::Accepted));
		assert_eq!(funded.bonds, BONDS);
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit_of(2));
		assert_eq!(held(HoldReason::Escrow, CLIENT), 2 * AMOUNT);
		assert_eq!(held(HoldReason::Bond, CLIENT), BONDS.client);
		assert_eq!(held(HoldReason::Bond, PROVIDER), BONDS.provider);
		assert_eq!(OpenWork::<Test>::get(AGENT), 1);
		let opened = Event::ContractOpened {
			contract,
			job: Some(JOB),
			client: CLIENT,
			provider: PROVIDER,
			agent: Some(AGENT),
			agreement: deal.agreement,
			fee_rate: record.fee_rate,
			deposit: deposit_of(2),
		};
		let accepted = Event::ContractAccepted { contract, bond: BONDS.provider };
		let (amount, bond, since) = (2 * AMOUNT, BONDS.client, START);
		let funded = Event::ContractFunded { contract, amount, bond, since };
		assert_eq!(events(), [opened, accepted, funded]);
	});
}

#[test]
fn engage_should_hold_nothing_when_a_part_can_not_be_held() {
	build_and_execute(|| {
		for who in [CLIENT, PROVIDER] {
			drain(who.clone());
			assert_ok!(Balances::transfer_allow_death(signed(BANK), who, 1_200));
			// Enough to open and to fund, but not for the bond.
			assert_storage_noop!(assert_eq!(
				Deal::with(PaymentTerms::Stream(StreamTerms { amount: 500, ..stream_terms() }))
					.with_bonds(Bonds { client: 500, provider: 1_200 })
					.try_engage(),
				Err(TokenError::FundsUnavailable.into())
			));
		}
	});
}

#[test]
fn engage_should_fail_when_opening_would() {
	build_and_execute(|| {
		let own = Deal::default().between(CLIENT, CLIENT);
		assert_noop!(own.try_engage(), Error::<Test>::ProviderIsClient);
		assert_noop!(Deal::of(0).try_engage(), Error::<Test>::NoMilestones);
		assert_noop!(Deal::due(&[START]).try_engage(), Error::<Test>::DueNotInFuture);
	});
}

#[test]
fn start_should_commit_the_provider_when_the_controller_asks() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		set_now(START + 3);

		assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));

		assert_eq!(funded(contract).commitment, Commitment::Started { at: START + 3 });
		assert_noop!(
			<Escrow as Controller<_>>::start(JOB, contract),
			Error::<Test>::AlreadyStarted
		);
	});
}

#[test]
fn submit_should_record_the_evidence_when_the_controller_asks() {
	build_and_execute(|| {
		let contract = Deal::default().engage();

		assert_ok!(<Escrow as Controller<_>>::submit(JOB, contract, M0, evidence()));

		assert!(milestone(contract, M0).is_under_review());
		assert_noop!(
			<Escrow as Controller<_>>::submit(JOB, contract, M0, evidence()),
			Error::<Test>::AlreadySubmitted
		);
	});
}

#[test]
fn controller_should_be_refused_when_the_contract_is_of_another_job_or_of_none() {
	build_and_execute(|| {
		let contracts = [Deal::default().engage(), Deal::default().fund(), Deal::default().open()];
		for contract in contracts {
			let other = JobId(8);
			assert_noop!(
				<Escrow as Controller<_>>::start(other, contract),
				Error::<Test>::NotOfJob
			);
			assert_noop!(
				<Escrow as Controller<_>>::submit(other, contract, M0, evidence()),
				Error::<Test>::NotOfJob
			);
			assert_noop!(
				<Escrow as Controller<_>>::terminate(other, contract),
				Error::<Test>::NotOfJob
			);
		}
		assert_noop!(
			<Escrow as Controller<_>>::terminate(JOB, ContractId(99)),
			Error::<Test>::ContractNotFound
		);
	});
}

/// Where a contract stands.
fn standing(contract: ContractId) -> ContractStanding {
	<Escrow as Controller<_>>::standing(contract).expect("the contract is in storage")
}

#[test]
fn standing_should_follow_the_milestones() {
	build_and_execute(|| {
		let contract = Deal::due(&[DUE, DUE + 5]).engage();
		let fresh = ContractStanding {
			started: None,
			under_review: false,
			overdue: false,
			under_notice: false,
			outstanding: 2 * AMOUNT,
			pending: vec![M0, M1],
		};
		assert_eq!(standing(contract), fresh);

		assert_ok!(<Escrow as Controller<_>>::submit(JOB, contract, M0, evidence()));
		set_now(DUE + 1);
		let submitted = ContractStanding {
			started: Some(START),
			under_review: true,
			pending: vec![M1],
			..fresh
		};
		assert_eq!(standing(contract), submitted);

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		let released = ContractStanding { under_review: false, outstanding: AMOUNT, ..submitted };
		assert_eq!(standing(contract), released);

		set_now(DUE + 6);
		assert_eq!(standing(contract), ContractStanding { overdue: true, ..released });
		assert_ok!(Escrow::release(signed(CLIENT), contract, M1));
		assert_eq!(<Escrow as Controller<_>>::standing(contract), None);
	});
}

#[test]
fn standing_should_stay_under_review_when_the_milestone_is_disputed() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		assert_ok!(<Escrow as Controller<_>>::submit(JOB, contract, M0, evidence()));
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M0), CLAIM));
		assert!(standing(contract).under_review);
	});
}

#[test]
fn standing_should_follow_a_stream() {
	build_and_execute(|| {
		let contract = Deal::stream().engage();
		assert_eq!(standing(contract).outstanding, POT);
		assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));
		set_now(START + 4);
		let running = ContractStanding {
			started: Some(START),
			outstanding: POT - 400,
			..ContractStanding::default()
		};
		assert_eq!(standing(contract), running);
		set_now(DUE);
		assert!(!standing(contract).overdue);
		set_now(DUE + 1);
		assert!(standing(contract).overdue);
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));
		assert!(standing(contract).under_review);
	});
}

#[test]
fn standing_should_follow_a_meter() {
	build_and_execute(|| {
		let contract = Deal::metered().engage();
		assert_ok!(redeem(contract, 30, 1));
		let running = ContractStanding {
			started: Some(START),
			outstanding: 1_700,
			..ContractStanding::default()
		};
		assert_eq!(standing(contract), running);
		set_now(DUE + REVIEW);
		assert!(!standing(contract).overdue, "a last voucher may come");
		set_now(DUE + REVIEW + 1);
		assert!(standing(contract).overdue);
	});
}

#[test]
fn standing_should_tell_of_the_notice_when_the_client_stopped_the_meter() {
	build_and_execute(|| {
		let contract = Deal::metered().engage();
		assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));
		let running = standing(contract);

		assert_ok!(Escrow::stop(signed(CLIENT), contract));

		let stopping = ContractStanding { under_notice: true, ..running };
		assert_eq!(standing(contract), stopping);
		// When the notice is over, nothing is held against the provider.
		set_now(DUE + REVIEW + 1);
		assert_eq!(standing(contract), stopping);
	});
}

#[test]
fn standing_should_tell_of_the_dispute_alone_when_the_client_stopped_the_meter_before() {
	build_and_execute(|| {
		let contract = Deal::metered().engage();
		assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));
		assert_ok!(Escrow::stop(signed(CLIENT), contract));
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));
		let standing = standing(contract);
		assert_eq!((standing.under_review, standing.under_notice), (true, false));
	});
}

#[test]
fn standing_should_be_empty_when_the_contract_is_open() {
	build_and_execute(|| {
		assert_eq!(standing(Deal::default().open()), ContractStanding::default());
	});
}

#[test]
fn terminate_should_return_what_is_pending_when_the_provider_gives_up_in_the_middle() {
	build_and_execute(|| {
		let contract = Deal::of(3).bonded().engage();
		assert_ok!(<Escrow as Controller<_>>::submit(JOB, contract, M1, evidence()));
		assert_ok!(Escrow::release(signed(CLIENT), contract, M1));
		reset_events();

		let remainder = <Escrow as Controller<_>>::terminate(JOB, contract);

		let milestones = vec![M0, MilestoneIndex(2)];
		let expected = Remainder { amount: 2 * AMOUNT, milestones, units: 0, slashed: 0 };
		assert_eq!(remainder, Ok(expected));
		let closed = ClosedContract {
			job: Some(JOB),
			outcome: ContractOutcome::Partial,
			accepted: true,
			released: AMOUNT,
			refunded: 2 * AMOUNT,
			fee: FEE,
			on_time: AMOUNT,
			..closed(contract)
		};
		assert_eq!(last_heard(), closed);
		assert_eq!(free(CLIENT), WEALTH - AMOUNT);
		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
		let refunded = |milestone| Event::MilestoneRefunded {
			contract,
			milestone,
			client: CLIENT,
			amount: AMOUNT,
			cause: RefundCause::Termination,
			missed: false,
		};
		assert_eq!(
			events(),
			[refunded(M0), refunded(MilestoneIndex(2)), Event::ContractClosed { closed }]
		);
	});
}

#[test]
fn terminate_should_slash_for_what_is_overdue_when_the_provider_started() {
	build_and_execute(|| {
		let contract = Deal::due(&[DUE, DUE, DUE + 9]).bonded().engage();
		assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));
		set_now(DUE + 1);

		let remainder = <Escrow as Controller<_>>::terminate(JOB, contract);

		// A third of 401 is 133, half of it is 66: twice.
		let milestones = vec![M0, M1, MilestoneIndex(2)];
		let expected = Remainder { amount: 3 * AMOUNT, milestones, units: 0, slashed: 132 };
		assert_eq!(remainder, Ok(expected));
		assert_eq!(free(CLIENT), WEALTH + 66);
		assert_eq!(free(PROVIDER), WEALTH - 132);
		assert_eq!(free(TREASURY), ED + 66);
		let closed = last_heard();
		assert_eq!((closed.missed, closed.slashed), (2 * AMOUNT, 132));
	});
}

#[test]
fn terminate_should_slash_nothing_when_the_provider_never_started() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().engage();
		set_now(DUE + 1);

		let remainder = <Escrow as Controller<_>>::terminate(JOB, contract);

		assert_eq!(remainder.expect("nothing is under review").slashed, 0);
		assert_eq!(free(PROVIDER), WEALTH);
		assert_eq!(last_heard().missed, 0);
	});
}

#[test]
fn terminate_should_pay_what_a_stream_earned_first() {
	build_and_execute(|| {
		let contract = Deal::stream().bonded().engage();
		assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));
		set_now(START + 4);

		let remainder = <Escrow as Controller<_>>::terminate(JOB, contract);

		assert_eq!(remainder, Ok(Remainder { amount: POT - 400, ..Remainder::default() }));
		assert_eq!(free(PROVIDER), WEALTH + 390);
		assert_eq!(free(CLIENT), WEALTH - 400);
	});
}

#[test]
fn terminate_should_say_how_many_units_of_a_meter_are_not_billed() {
	build_and_execute(|| {
		let contract = Deal::metered().engage();
		assert_ok!(redeem(contract, 30, 1));

		let remainder = <Escrow as Controller<_>>::terminate(JOB, contract);

		let expected = Remainder { amount: 1_700, units: 170, ..Remainder::default() };
		assert_eq!(remainder, Ok(expected));
	});
}

#[test]
fn terminate_should_fail_when_work_is_under_review() {
	build_and_execute(|| {
		let contract = Deal::of(2).engage();
		assert_ok!(<Escrow as Controller<_>>::submit(JOB, contract, M0, evidence()));
		set_now(DUE + REVIEW);
		assert_noop!(
			<Escrow as Controller<_>>::terminate(JOB, contract),
			Error::<Test>::UnderReview
		);
		for deal in [Deal::stream(), Deal::metered()] {
			set_now(START);
			let contract = deal.engage();
			assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));
			assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));
			assert_noop!(
				<Escrow as Controller<_>>::terminate(JOB, contract),
				Error::<Test>::UnderReview
			);
		}
	});
}

#[test]
fn release_should_be_told_to_the_controller_when_it_is_pushed_on_the_escrow() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_eq!(last_heard().job, Some(JOB));
	});
}

/// Whoever hears of the end of a contract may engage the next one, with the money that has just
/// returned, before the call is over.
#[test]
fn engage_should_succeed_when_the_listener_asks_for_it_while_a_contract_closes() {
	type End = fn(ContractId);
	let ends: [(Deal, End); 5] = [
		(Deal::default(), |contract| {
			assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		}),
		(Deal::default(), |contract| {
			assert_ok!(<Escrow as Controller<_>>::terminate(JOB, contract));
		}),
		(Deal::stream(), |contract| {
			assert_ok!(Escrow::stop(signed(CLIENT), contract));
		}),
		(Deal::metered(), |contract| {
			assert_ok!(redeem(contract, UNITS, 1));
		}),
		(Deal::metered(), |contract| {
			assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));
			assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));
			rule(ruling(50, 0, 0));
		}),
	];
	for (deal, end) in ends {
		build_and_execute(|| {
			link(OTHER_AGENT, STRANGER);
			let contract = deal.engage();
			Successors::set(&vec![(JobId(8), CLIENT, STRANGER, Deal::of(2).agreement)]);

			end(contract);

			let next = ContractId(1);
			assert!(!Contracts::<Test>::contains_key(contract));
			assert_eq!(record(next).job, Some(JobId(8)));
			assert_eq!(funded(next).commitment, Commitment::Accepted);
			assert_eq!(held(HoldReason::Escrow, CLIENT), 2 * AMOUNT);
			assert_eq!(held(HoldReason::Deposit, CLIENT), deposit_of(2));
			assert_eq!(OpenWork::<Test>::get(OTHER_AGENT), 1);
			assert!(!OpenWork::<Test>::contains_key(AGENT));
		});
	}
}

#[test]
fn weights_should_be_those_of_the_benchmarks() {
	type W = <Test as Config>::WeightInfo;
	type C = dyn Fn() -> frame_support::weights::Weight;
	let weights: [(&C, _); 5] = [
		(&<Escrow as Controller<AccountId>>::engage_weight, W::engage() + REBATE_WEIGHT),
		(&<Escrow as Controller<AccountId>>::start_weight, W::start()),
		(&<Escrow as Controller<AccountId>>::submit_weight, W::submit()),
		(&<Escrow as Controller<AccountId>>::terminate_weight, W::terminate()),
		(&<Escrow as OnRuling>::weight, W::on_ruling() + LISTENER_WEIGHT),
	];
	for (weight, expected) in weights {
		assert_eq!(weight(), expected);
	}
}

impl Deal {
	/// With these bonds.
	fn with_bonds(self, bonds: Bonds) -> Self {
		Self { agreement: Agreement { bonds, ..self.agreement }, ..self }
	}
}
