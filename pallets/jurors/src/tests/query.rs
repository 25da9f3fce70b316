//! Tests of what clients can ask.

use crate::{
	mock::{Jurors, *},
	runtime_api::MAX_WAITING,
	*,
};
use aitbc_core::CaseId;
use frame_support::assert_ok;
use sp_runtime::Perbill;

#[test]
fn juror_should_show_what_is_stored() {
	build_and_execute(|| {
		jurors(&[(JUROR, 3 * BOND), (OTHER, BOND)]);
		exclude(CASE, OTHER);
		assert_eq!(draw(CASE, 1, STAKE), [(JUROR, 1)]);
		begin_epoch();
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		let due = Epoch(CurrentEpoch::get() + DELAY);

		let mut expected = JurorInfo {
			bond: 3 * BOND,
			locked: STAKE,
			leaving: BOND,
			withdrawable: 0,
			weight: 3 * BOND / 2,
			next: Some(NextWeight { weight: (2 * BOND - STAKE) / 2, due }),
			share: Perbill::from_percent(75),
		};
		assert_eq!(Jurors::juror(&JUROR), Some(expected.clone()));
		wait_epochs(DELAY);
		let weight = (2 * BOND - STAKE) / 2;
		expected.withdrawable = BOND;
		expected.weight = weight;
		expected.next = None;
		expected.share = Perbill::from_rational(weight, weight + BOND / 2);
		assert_eq!(Jurors::juror(&JUROR), Some(expected));
	});
}

#[test]
fn juror_should_show_nothing_when_the_account_is_none() {
	build_and_execute(|| assert_eq!(Jurors::juror(&JUROR), None));
}

#[test]
fn juror_should_have_no_share_when_nobody_has_weight() {
	build_and_execute(|| {
		join(JUROR, BOND);
		let info = Jurors::juror(&JUROR).expect("the account is a juror");
		assert_eq!((info.weight, info.share), (0, Perbill::zero()));
	});
}

#[test]
fn pool_should_show_all_jurors_together_and_what_waits() {
	build_and_execute(|| {
		let empty = PoolInfo {
			jurors: 0,
			weight: 0,
			min_bond: MIN_BOND,
			waiting: vec![],
			waiting_count: 0,
		};
		assert_eq!(Jurors::pool(), empty);
		jurors(&[(JUROR, BOND), (OTHER, BOND)]);
		assert_ok!(request(CASE, FIRST, 3, STAKE));
		let due = Epoch(CurrentEpoch::get() + DELAY);
		let waiting = JuryRequest { case: CASE, round: FIRST, seats: 3, stake: STAKE, due };
		let expected = PoolInfo {
			jurors: 2,
			weight: BOND,
			min_bond: MIN_BOND,
			waiting: vec![waiting],
			waiting_count: 1,
		};
		assert_eq!(Jurors::pool(), expected);
		assert_eq!(Jurors::juror_count(), 2);
		assert_eq!(Jurors::total_weight(), BOND);
	});
}

#[test]
fn pool_should_list_no_more_than_the_first_when_many_wait() {
	build_and_execute(|| {
		let count = u64::from(MAX_WAITING) + 5;
		for case in (0..count).map(CaseId) {
			assert_ok!(request(case, FIRST, 3, STAKE));
		}
		let pool = Jurors::pool();
		assert_eq!(pool.waiting_count, count);
		let cases: Vec<_> = pool.waiting.iter().map(|request| request.case.0).collect();
		assert_eq!(cases, (0..u64::from(MAX_WAITING)).collect::<Vec<_>>());
	});
}
