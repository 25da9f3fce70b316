//! Random sequences of everything that can happen, by several actors.
//!
//! A failure prints the smallest sequence that fails and its seed, which proptest keeps in
//! `proptest-regressions/` and replays in every run of
//! `cargo test --release -p pallet-escrow invariants`. `PROPTEST_CASES=1000000` before it asks for
//! a million cases.

use crate::{mock::*, *};
use aitbc_core::{Balance, BlockNumber, ContractId, ContractOutcome};
use frame_support::{
	assert_ok, hypothetically,
	traits::fungible::{Inspect, MutateFreeze},
};
use proptest::prelude::*;
use sp_runtime::traits::Dispatchable;
use std::collections::BTreeMap;

/// Those who open contracts and work for one another.
const ACTORS: [AccountId; 3] = [CLIENT, PROVIDER, STRANGER];

/// Every account of the mock.
const ACCOUNTS: [AccountId; 5] = [CLIENT, PROVIDER, STRANGER, TREASURY, BANK];

/// Up to which number a step may name a contract; this one means the newest.
const NEWEST: u64 = 11;

/// Who makes a call.
#[derive(Clone, Copy, Debug)]
enum Who {
	Client,
	Provider,
	Anybody(AccountId),
}

/// What can happen. See [`Ledger::pick`] for which contract a number means.
#[derive(Clone, Debug)]
enum Step {
	Open { client: AccountId, provider: AccountId, milestones: Vec<MilestoneTerms>, review: u32 },
	Fund { who: Who, contract: u64, error: Balance },
	Cancel { who: Who, contract: u64 },
	Submit { who: Who, contract: u64, milestone: u32 },
	Release { who: Who, contract: u64, milestone: u32 },
	Settle { who: Who, contract: u64, milestone: u32 },
	Refund { who: Who, contract: u64, milestone: u32 },
	Collect { contract: u64, kind: ClaimKind },
	Wait { blocks: BlockNumber },
	Freeze { who: AccountId },
	Thaw { who: AccountId },
	Drain { who: AccountId },
	Lend { who: AccountId },
	SetExistentialDeposit { minimum: Balance },
}

fn actor() -> impl Strategy<Value = AccountId> {
	proptest::sample::select(&ACTORS[..])
}

/// Mostly who has a right to the call, sometimes anybody.
fn caller(entitled: Who) -> impl Strategy<Value = Who> {
	prop_oneof![8 => Just(entitled), 1 => actor().prop_map(Who::Anybody)]
}

/// A client and a provider, which are seldom the same.
fn parties() -> impl Strategy<Value = (AccountId, AccountId)> {
	(Just(ACTORS.to_vec()).prop_shuffle(), actor(), 0..10u32).prop_map(|(actors, anybody, dice)| {
		(actors[0], if dice == 0 { anybody } else { actors[1] })
	})
}

/// Milestones whose due blocks count from the time at which they are offered.
fn milestones() -> impl Strategy<Value = Vec<MilestoneTerms>> {
	let terms =
		|amounts, dues| (amounts, dues).prop_map(|(amount, due)| MilestoneTerms { amount, due });
	let sound = terms(100..8_000u128, 10..120u32);
	let unsound = terms(0..30u128, 0..2_000u32);
	prop_oneof![
		12 => prop::collection::vec(sound.clone(), 1..=3),
		1 => prop::collection::vec(sound, 9..=11),
		1 => prop::collection::vec(unsound, 0..=2),
	]
}

fn kind() -> impl Strategy<Value = ClaimKind> {
	prop_oneof![Just(ClaimKind::Payment), Just(ClaimKind::Refund), Just(ClaimKind::Deposit)]
}

fn open() -> impl Strategy<Value = Step> {
	(parties(), milestones(), 4..30u32).prop_map(|((client, provider), milestones, review)| {
		Step::Open { client, provider, milestones, review }
	})
}

fn step() -> impl Strategy<Value = Step> {
	let fund = (caller(Who::Client), 0..=NEWEST, prop_oneof![9 => Just(0), 1 => Just(1)])
		.prop_map(|(who, contract, error)| Step::Fund { who, contract, error });
	let target = |who| (caller(who), 0..=NEWEST, prop_oneof![9 => 0..3u32, 1 => 3..11u32]);
	prop_oneof![
		6 => open(),
		8 => fund,
		1 => (caller(Who::Provider), 0..=NEWEST)
			.prop_map(|(who, contract)| Step::Cancel { who, contract }),
		8 => target(Who::Provider)
			.prop_map(|(who, contract, milestone)| Step::Submit { who, contract, milestone }),
		3 => target(Who::Client)
			.prop_map(|(who, contract, milestone)| Step::Release { who, contract, milestone }),
		5 => target(Who::Anybody(BANK))
			.prop_map(|(who, contract, milestone)| Step::Settle { who, contract, milestone }),
		1 => target(Who::Provider)
			.prop_map(|(who, contract, milestone)| Step::Refund { who, contract, milestone }),
		2 => target(Who::Anybody(BANK))
			.prop_map(|(who, contract, milestone)| Step::Refund { who, contract, milestone }),
		2 => (0..=NEWEST, kind()).prop_map(|(contract, kind)| Step::Collect { contract, kind }),
		4 => (1..30u32).prop_map(|blocks| Step::Wait { blocks }),
		1 => actor().prop_map(|who| Step::Freeze { who }),
		1 => actor().prop_map(|who| Step::Thaw { who }),
		3 => actor().prop_map(|who| Step::Drain { who }),
		3 => actor().prop_map(|who| Step::Lend { who }),
		4 => proptest::sample::select(&[ED, ED, 200, 50_000][..])
			.prop_map(|minimum| Step::SetExistentialDeposit { minimum }),
	]
}

/// What the test knows of the contracts, apart from what the pallet stores.
#[derive(Default)]
struct Ledger {
	/// How many were opened.
	opened: u64,
	/// How much was put into each that was funded, in plancks.
	funded: BTreeMap<ContractId, Balance>,
}

impl Ledger {
	/// The contract that a step means: mostly one in storage, sometimes the newest, which may be
	/// closed or not have come to be.
	fn pick(&self, contract: u64) -> ContractId {
		let mut live: Vec<_> = Contracts::<Test>::iter_keys().collect();
		live.sort();
		let place = contract as usize % live.len().max(1);
		match live.get(place) {
			Some(id) if contract < NEWEST => *id,
			_ => ContractId(self.opened.saturating_sub(1)),
		}
	}

	/// Notes what `call` did, which succeeded.
	fn note(&mut self, call: &Call<Test>) {
		match call {
			Call::open { .. } => self.opened += 1,
			Call::fund { contract, expected } => {
				assert_eq!(self.funded.insert(*contract, *expected), None, "funded twice");
			},
			_ => (),
		}
	}
}

/// The account behind `who`, for a call on `contract`.
fn resolve(who: Who, contract: ContractId) -> AccountId {
	match (who, Contracts::<Test>::get(contract)) {
		(Who::Anybody(account), _) => account,
		(Who::Client, Some(record)) => record.client,
		(Who::Provider, Some(record)) => record.provider,
		(_, None) => STRANGER,
	}
}

/// The call of a step and who makes it, or `None` if the step is no call of the pallet.
fn call_of(step: &Step, ledger: &Ledger) -> Option<(AccountId, Call<Test>)> {
	let on = |who, contract, call: &dyn Fn(ContractId) -> Call<Test>| {
		let contract = ledger.pick(contract);
		Some((resolve(who, contract), call(contract)))
	};
	match step.clone() {
		Step::Open { client, provider, milestones, review: review_period } => {
			let now = Now::get();
			let milestones = milestones
				.into_iter()
				.map(|terms| MilestoneTerms { due: now + terms.due, ..terms })
				.collect();
			Some((client, Call::open { provider, terms: terms(), milestones, review_period }))
		},
		Step::Fund { who, contract, error } => on(who, contract, &|contract| {
			let total = Escrow::contract(contract)
				.map_or(0, |info| info.milestones.iter().map(|one| one.amount).sum());
			Call::fund { contract, expected: total + error }
		}),
		Step::Cancel { who, contract } => on(who, contract, &|contract| Call::cancel { contract }),
		Step::Submit { who, contract, milestone } => on(who, contract, &|contract| Call::submit {
			contract,
			milestone: MilestoneIndex(milestone),
			evidence: evidence(),
		}),
		Step::Release { who, contract, milestone } => on(who, contract, &|contract| {
			Call::release { contract, milestone: MilestoneIndex(milestone) }
		}),
		Step::Settle { who, contract, milestone } => on(who, contract, &|contract| Call::settle {
			contract,
			milestone: MilestoneIndex(milestone),
		}),
		Step::Refund { who, contract, milestone } => on(who, contract, &|contract| Call::refund {
			contract,
			milestone: MilestoneIndex(milestone),
		}),
		Step::Collect { contract, kind } => {
			on(Who::Anybody(STRANGER), contract, &|contract| Call::collect { contract, kind })
		},
		_ => None,
	}
}

/// Makes `call` as a transaction does: what fails leaves nothing behind.
///
/// No call may turn money to dust, but for `collect`: the payee's right to a claim goes before
/// what its payer keeps below the existential deposit.
fn dispatch(who: AccountId, call: Call<Test>) -> bool {
	reset_events();
	let succeeded = RuntimeCall::from(call.clone()).dispatch(signed(who)).is_ok();
	let made_dust = System::events().iter().any(|record| {
		matches!(record.event, RuntimeEvent::Balances(pallet_balances::Event::DustLost { .. }))
	});
	assert!(!made_dust || matches!(call, Call::collect { .. }), "{call:?} made dust");
	succeeded
}

/// Lets something happen that is no call of the pallet. It may fail, as it may in life.
fn disturb(step: &Step) {
	let (who, call) = match *step {
		Step::Wait { blocks } => return set_now(Now::get() + blocks),
		Step::SetExistentialDeposit { minimum } => return ExistentialDeposit::set(&minimum),
		Step::Freeze { who } => {
			let _ = Balances::set_freeze(&(), &who, Balance::MAX);
			return;
		},
		Step::Thaw { who } => {
			let _ = Balances::thaw(&(), &who);
			return;
		},
		Step::Drain { who } => {
			let call = pallet_balances::Call::transfer_all { dest: BANK, keep_alive: false };
			(who, call)
		},
		Step::Lend { who } => {
			let call = pallet_balances::Call::transfer_allow_death { dest: who, value: 100_000 };
			(BANK, call)
		},
		_ => return,
	};
	let _ = RuntimeCall::from(call).dispatch(signed(who));
}

/// Lets `step` happen.
fn take(step: &Step, ledger: &mut Ledger) {
	match call_of(step, ledger) {
		Some((who, call)) => {
			if dispatch(who, call.clone()) {
				ledger.note(&call);
			}
		},
		None => disturb(step),
	}
}

/// Everybody's money.
fn wealth() -> Balance {
	ACCOUNTS.iter().map(Balances::total_balance).sum()
}

/// Checks what must hold after every step.
fn check(issuance: Balance) {
	assert_ok!(Escrow::do_try_state());
	assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	assert_eq!(wealth(), issuance, "money is where no account is");
}

/// Makes the calls that `choose` names for each contract until all are closed, and expects every
/// one to succeed.
fn drive(
	choose: impl Fn(
		&ContractInfo<AccountId>,
		Option<(MilestoneIndex, &Milestone)>,
	) -> (AccountId, Call<Test>),
) {
	let ids: Vec<_> = Contracts::<Test>::iter_keys().collect();
	for info in ids.into_iter().filter_map(Escrow::contract) {
		if info.funded_since.is_none() {
			let (who, call) = choose(&info, None);
			assert!(dispatch(who, call.clone()), "{who} could not {call:?}");
			continue;
		}
		for (index, milestone) in (0..).map(MilestoneIndex).zip(&info.milestones) {
			if milestone.state.is_outstanding() {
				let (who, call) = choose(&info, Some((index, milestone)));
				assert!(dispatch(who, call.clone()), "{who} could not {call:?}");
			}
		}
	}
	assert_eq!(Contracts::<Test>::iter().count(), 0);
	assert_eq!(ContractsByParty::<Test>::iter().count(), 0);
	assert_eq!(OpenWork::<Test>::iter().count(), 0);
}

/// The client alone ends every contract, at once.
fn client_ends_all() {
	drive(|info, milestone| {
		let contract = info.contract;
		let call = match milestone {
			None => Call::cancel { contract },
			Some((milestone, _)) => Call::release { contract, milestone },
		};
		(info.client, call)
	});
}

/// The provider alone ends every contract, at once.
fn provider_ends_all() {
	drive(|info, milestone| {
		let contract = info.contract;
		let call = match milestone {
			None => Call::cancel { contract },
			Some((milestone, _)) => Call::refund { contract, milestone },
		};
		(info.provider, call)
	});
}

/// A stranger ends every contract, after all periods.
fn stranger_ends_all() {
	set_now(Now::get() + MaxDuration::get() + MaxReviewPeriod::get());
	drive(|info, milestone| {
		let contract = info.contract;
		let call = match milestone {
			None => Call::cancel { contract },
			Some((milestone, Milestone { state: MilestoneState::Pending, .. })) => {
				Call::refund { contract, milestone }
			},
			Some((milestone, _)) => Call::settle { contract, milestone },
		};
		(BANK, call)
	});
}

/// Brings every account above the existential deposit, and has a stranger collect all claims.
fn collect_all() {
	ExistentialDeposit::set(&ED);
	for (contract, kind, claim) in Claims::<Test>::iter().collect::<Vec<_>>() {
		assert_ok!(Balances::transfer_allow_death(signed(BANK), claim.payee, ED));
		assert!(dispatch(BANK, Call::collect { contract, kind }), "{claim:?} is stuck");
	}
	for who in ACCOUNTS {
		assert_eq!(held(HoldReason::Escrow, who), 0);
		assert_eq!(held(HoldReason::Deposit, who), 0);
	}
}

/// Checks that each contract was told of once, with a balance sheet that adds up.
fn check_heard(ledger: &Ledger) {
	let heard = Heard::get();
	let ids: std::collections::BTreeSet<_> = heard.iter().map(|closed| closed.contract).collect();
	assert_eq!(ids.len(), heard.len(), "told twice");
	assert_eq!(heard.len() as u64, ledger.opened, "not told");
	for closed in heard {
		let funded = ledger.funded.get(&closed.contract).copied();
		assert_eq!(funded.is_none(), closed.outcome == ContractOutcome::Cancelled);
		assert_eq!(closed.released + closed.refunded, funded.unwrap_or(0));
		assert!(closed.fee <= closed.released);
		assert!(closed.on_time <= closed.released);
		assert!(closed.missed <= closed.refunded);
	}
}

proptest! {
	#[test]
	fn contracts_should_conserve_money_and_find_an_end_whatever_happens(
		offers in prop::collection::vec(open(), 0..6),
		steps in prop::collection::vec(step(), 1..100),
	) {
		new_test_ext().execute_with(|| {
			// Dust and fees must find a treasury, else they are burnt or waived.
			assert_ok!(Balances::transfer_allow_death(signed(BANK), TREASURY, 100_000));
			let issuance = Balances::total_issuance();
			let mut ledger = Ledger::default();
			// Begin with work under way, else most sequences would not get that far.
			let fund = Step::Fund { who: Who::Client, contract: NEWEST, error: 0 };
			for step in offers.iter().flat_map(|offer| [offer, &fund]).chain(&steps) {
				take(step, &mut ledger);
				check(issuance);
			}
			for end in [client_ends_all, provider_ends_all, stranger_ends_all] {
				hypothetically!({
					end();
					check(issuance);
					collect_all();
					check(issuance);
					check_heard(&ledger);
				});
			}
		});
	}
}
