//! Tests of payment plans: what they cost, and what is left of them.

use crate::{mock::*, *};
use aitbc_core::{Balance, MilestoneIndex, PaymentTerms};
use aitbc_traits::Remainder;
use proptest::prelude::*;
use sp_runtime::Perbill;

fn plan(shares: &[u32]) -> PaymentPlan<AccountId> {
	let one = |share: &u32| MilestonePlan { share: Perbill::from_parts(*share), due_after: 1 };
	let plan: Vec<_> = shares.iter().map(one).collect();
	PaymentPlan::Milestones(plan.try_into().expect("few enough"))
}

fn places(places: &[u32]) -> Scope {
	let places: Vec<_> = places.iter().copied().map(PlanIndex).collect();
	Scope::Milestones(places.try_into().expect("few enough"))
}

fn amounts(plan: &PaymentPlan<AccountId>, scope: &Scope, price: Balance) -> Vec<Balance> {
	let Some(PaymentTerms::Milestones(terms)) = plan.payment(scope, price, 0) else {
		panic!("the plan has milestones");
	};
	terms.iter().map(|terms| terms.amount).collect()
}

const THIRDS: [u32; 3] = [333_333_333, 333_333_333, 333_333_334];

#[test]
fn whole_plans_should_pay_exactly_the_price() {
	let plan = plan(&THIRDS);
	let whole = plan.whole(5);
	for (price, expected) in [(100, [33, 33, 34]), (10_000, [3_333, 3_333, 3_334]), (1, [0, 0, 1])]
	{
		assert_eq!(amounts(&plan, &whole, price), expected);
		assert_eq!(plan.cost(&whole, price), Some(price));
	}
	assert_eq!(plan.smallest_payment(&whole, 100), Some(33));
}

#[test]
fn rests_should_pay_their_shares_rounded_down() {
	let plan = plan(&THIRDS);
	assert_eq!(amounts(&plan, &places(&[2]), 100), [33]);
	assert_eq!(amounts(&plan, &places(&[0, 2]), 100), [33, 33]);
	assert_eq!(plan.cost(&places(&[0, 2]), 100), Some(66));
}

#[test]
fn costs_should_be_nothing_when_they_are_no_balance_or_of_another_plan() {
	let stream = Scope::Stream { blocks: 2 };
	assert_eq!(STREAM.cost(&stream, Balance::MAX), None);
	assert_eq!(METER.cost(&Scope::Metered { units: 2 }, Balance::MAX), None);
	assert_eq!(METER.cost(&stream, 1), None);
	assert_eq!(METER.smallest_payment(&stream, 1), None);
	assert_eq!(METER.payment(&stream, 1, 1), None);
	assert_eq!(plan(&THIRDS).cost(&places(&[3]), 1), None);
	assert_eq!(STREAM.cost(&stream, 7), Some(14));
	assert_eq!(STREAM.smallest_payment(&stream, 7), Some(14));
}

#[test]
fn rests_should_be_what_a_contract_left() {
	let scope = places(&[1, 4, 6]);
	let left = |milestones: &[u32]| Remainder {
		milestones: milestones.iter().copied().map(MilestoneIndex).collect(),
		..Default::default()
	};
	assert_eq!(scope.rest(&left(&[0, 2]), 9), Some(places(&[1, 6])));
	assert_eq!(scope.rest(&left(&[]), 9), None);
	assert_eq!(scope.rest(&left(&[7]), 9), None, "the contract has no such milestone");

	let stream = Scope::Stream { blocks: 10 };
	let money = |amount| Remainder { amount, ..Default::default() };
	for (amount, blocks) in [(30, Some(10)), (29, Some(9)), (1_000, Some(10)), (2, None)] {
		let rest = blocks.map(|blocks| Scope::Stream { blocks });
		assert_eq!(stream.rest(&money(amount), 3), rest);
	}
	assert_eq!(stream.rest(&money(Balance::MAX), 1), Some(stream.clone()));
	assert_eq!(stream.rest(&money(5), 0), None);

	let meter = Scope::Metered { units: 10 };
	let units = |units| Remainder { units, ..Default::default() };
	assert_eq!(meter.rest(&units(4), 3), Some(Scope::Metered { units: 4 }));
	assert_eq!(meter.rest(&units(0), 3), None);
}

#[test]
fn milestones_should_be_found_where_the_contract_has_them() {
	let scope = places(&[1, 4, 6]);
	assert_eq!(scope.milestone_of(PlanIndex(4)), Some(MilestoneIndex(1)));
	assert_eq!(scope.milestone_of(PlanIndex(0)), None);
	assert_eq!(Scope::Stream { blocks: 1 }.milestone_of(PlanIndex(0)), None);
}

#[test]
fn capacity_should_be_taken_by_the_units_that_are_left() {
	assert_eq!(places(&[1]).occupied(70), 70);
	assert_eq!(Scope::Stream { blocks: 1 }.occupied(70), 70);
	assert_eq!(Scope::Metered { units: 4 }.occupied(70), 4);
}

/// Shares that sum to exactly one.
fn shares() -> impl Strategy<Value = Vec<u32>> {
	prop::collection::vec(1..100_000u32, 1..=10).prop_map(|parts| {
		let sum: u32 = parts.iter().sum();
		let of = |part: &u32| Perbill::from_rational(*part, sum).deconstruct().max(1);
		let mut shares: Vec<_> = parts.iter().map(of).collect();
		let others: u32 = shares[1..].iter().sum();
		shares[0] = 1_000_000_000 - others;
		shares
	})
}

proptest! {
	/// The invariant on which backups rely: whatever was done before, what is left costs a backup
	/// that asks for no more than what came back.
	#[test]
	fn invariants_of_rests_should_hold_at_any_price(
		shares in shares(),
		price in 1..1_000_000_000_000_000u128,
		less in 0..1_000u128,
		done in prop::collection::vec(any::<bool>(), 10),
	) {
		let plan = plan(&shares);
		let whole = plan.whole(1);
		let first = amounts(&plan, &whole, price);
		prop_assert_eq!(first.iter().sum::<Balance>(), price);
		let left: Vec<u32> = (0..shares.len() as u32).filter(|at| !done[*at as usize]).collect();
		let returned: Balance = left.iter().map(|at| first[*at as usize]).sum();
		let cost = plan.cost(&places(&left), price.saturating_sub(less)).expect("a balance");
		prop_assert!(left.is_empty() || cost <= returned, "{cost} of {returned}");
	}
}
