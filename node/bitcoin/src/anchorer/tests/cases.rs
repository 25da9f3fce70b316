//! What happens when.

use super::world::{payload, said, step, try_step, World};
use crate::{
	anchorer::{Action, Problem},
	coin::{from_bitcoin, Satoshi},
	fees::{FeePolicy, FeeRate},
	signer::{External, Signer},
	state::BURIED,
	transaction,
};
use aitbc_bitcoin::Network;

fn rate(rate: u64) -> FeeRate {
	FeeRate::from_sat_per_vbyte(rate)
}

/// The only transaction that waits.
fn waiting(world: &World) -> bitcoin::Transaction {
	let waiting = world.waiting();
	assert_eq!(waiting.len(), 1, "{waiting:?}");
	waiting[0].clone()
}

#[test]
fn anchor_should_be_mined_and_reported_when_all_goes_well() {
	let world = World::new();
	let mut machine = world.start();

	let sent = step(&mut machine, Some(payload(20)));
	let idle = step(&mut machine, Some(payload(20)));
	world.mine();
	let mined = step(&mut machine, Some(payload(20)));

	let txid = transaction::txid(&world.0.borrow().ever.values().next().unwrap().clone());
	assert_eq!(sent.action, Action::Sent { txid });
	assert_eq!(sent.waiting.unwrap().rate, rate(10));
	assert_eq!(idle.action, Action::Nothing);
	assert!(mined.waiting.is_none() && mined.problem.is_none());
	let [found] = mined.mined[..] else { panic!("{mined:?}") };
	assert_eq!((found.payload, found.txid, found.confirmations), (payload(20), txid, 1));
	assert_eq!(found.block, mined.tip);
	assert_eq!(mined.balance, sent.balance);
	assert_eq!(world.0.borrow().scans, 1);
}

#[test]
fn nothing_should_be_sent_when_nothing_is_due() {
	let world = World::new();
	let mut machine = world.start();
	let report = step(&mut machine, None);
	assert_eq!((report.action, report.problem), (Action::Nothing, None));
	let settled = machine.step(Some(payload(20)), |_| true).unwrap();
	assert_eq!(settled.action, Action::Nothing);
	assert!(world.waiting().is_empty());
}

#[test]
fn newer_payload_should_replace_when_the_former_waits() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	let former = waiting(&world);

	let report = step(&mut machine, Some(payload(40)));

	let new = waiting(&world);
	let (former_txid, txid) = (transaction::txid(&former), transaction::txid(&new));
	assert_eq!(report.action, Action::Replaced { former: former_txid, txid });
	assert_eq!(said(&new), Some(payload(40)));
	assert_eq!(new.input[0].previous_output, former.input[0].previous_output);
	world.check();
}

#[test]
fn older_payload_should_be_left_out_when_a_newer_one_waits_or_is_mined() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(40)));
	assert_eq!(step(&mut machine, Some(payload(20))).action, Action::Nothing);
	world.mine();
	assert_eq!(step(&mut machine, Some(payload(20))).action, Action::Nothing);
	assert_eq!(world.anchored(), [payload(40)]);
	assert!(world.waiting().is_empty());
}

#[test]
fn next_anchor_should_spend_the_change_when_the_former_is_mined() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	let first = waiting(&world);
	world.mine();

	step(&mut machine, Some(payload(40)));

	let previous = waiting(&world).input[0].previous_output;
	assert_eq!((previous.txid, previous.vout), (first.compute_txid(), 1));
}

#[test]
fn replaced_attempt_should_count_when_it_is_the_one_that_is_mined() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	let first = waiting(&world);
	step(&mut machine, Some(payload(40)));
	world.evict();
	while world.anchored() != [payload(20)] {
		world.reorganize(1, false);
		world.mine_kept(0);
		if world.anchored() != [payload(20)] {
			world.reorganize(1, false);
			world.mine_kept(1);
		}
	}

	let report = step(&mut machine, Some(payload(40)));

	assert_eq!(report.mined[0].payload, payload(20));
	let next = waiting(&world);
	assert_eq!(said(&next), Some(payload(40)));
	assert_eq!(next.input[0].previous_output.txid, first.compute_txid());
	world.check();
}

#[test]
fn same_bytes_should_be_sent_again_when_they_fell_out_of_the_mempool() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	let before = waiting(&world);
	world.evict();
	step(&mut machine, Some(payload(20)));
	assert_eq!(waiting(&world), before);
	// Also when the chain has heard of it in the meantime, and does not say that it is due.
	world.evict();
	step(&mut machine, None);
	assert_eq!(waiting(&world), before);
}

#[test]
fn nothing_should_be_sent_again_when_the_chain_is_done_with_it() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	world.evict();
	machine.step(None, |_| true).unwrap();
	assert!(world.waiting().is_empty());
	// The next one replaces it all the same: it may still be mined.
	machine.step(Some(payload(40)), |payload| payload.height == 20).unwrap();
	world.check();
	assert_eq!(said(&waiting(&world)), Some(payload(40)));
}

#[test]
fn anchors_should_wait_again_when_a_reorganization_drops_their_blocks() {
	let world = World::new();
	let mut machine = world.start();
	for height in [20, 40, 60] {
		step(&mut machine, Some(payload(height)));
		world.mine();
	}
	step(&mut machine, Some(payload(60)));
	world.reorganize(3, false);
	assert!(world.waiting().is_empty());

	let report = step(&mut machine, Some(payload(60)));

	assert!(report.mined.is_empty());
	let heights: Vec<_> =
		world.waiting().iter().map(|waiting| said(waiting).unwrap().height).collect();
	assert_eq!(heights, [20, 40, 60]);
	world.mine();
	let report = step(&mut machine, Some(payload(60)));
	assert_eq!(report.mined.len(), 3);
	world.check();
}

#[test]
fn branch_should_change_when_a_reorganization_mines_another_attempt() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	let first = waiting(&world);
	step(&mut machine, Some(payload(40)));
	world.mine();
	// The second attempt was mined, and the next anchor follows on it.
	step(&mut machine, Some(payload(60)));
	world.mine();
	step(&mut machine, Some(payload(60)));
	world.reorganize(2, false);
	world.evict();
	// Now the first one is.
	let mut choice = 0;
	while world.anchored() != [payload(20)] {
		world.reorganize(1, false);
		world.mine_kept(choice);
		choice += 1;
	}

	let report = step(&mut machine, Some(payload(60)));

	assert_eq!(report.mined[0].payload, payload(20));
	let next = waiting(&world);
	assert_eq!(said(&next), Some(payload(60)));
	assert_eq!(next.input[0].previous_output.txid, first.compute_txid());
	world.check();
	world.mine();
	assert_eq!(world.anchored(), [payload(20), payload(60)]);
}

#[test]
fn fee_should_rise_when_the_estimate_does_and_stay_when_it_falls() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	world.0.borrow_mut().estimate = Some(rate(30));
	let raised = step(&mut machine, Some(payload(20)));
	assert!(matches!(raised.action, Action::Replaced { .. }));
	assert_eq!(raised.waiting.unwrap().rate, rate(30));
	world.0.borrow_mut().estimate = Some(rate(5));
	assert_eq!(step(&mut machine, Some(payload(20))).action, Action::Nothing);
	world.check();
}

#[test]
fn fee_should_rise_when_an_anchor_waits_too_long() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	world.mine_empty(11);
	assert_eq!(step(&mut machine, Some(payload(20))).action, Action::Nothing);
	world.mine_empty(1);
	let report = step(&mut machine, Some(payload(20)));
	assert_eq!(report.waiting.unwrap().rate, FeeRate(12_500));
	// Nobody needs it any more.
	world.mine_empty(12);
	assert_eq!(step(&mut machine, None).action, Action::Nothing);
}

#[test]
fn problem_should_be_the_cap_when_it_binds() {
	let world = World::new();
	let mut machine = world.start();
	world.0.borrow_mut().estimate = Some(rate(500));
	let report = step(&mut machine, Some(payload(20)));
	assert_eq!(report.problem, Some(Problem::CapBinds { cap: rate(100) }));
	assert_eq!(report.waiting.unwrap().rate, rate(100));
	// Nothing can replace it any more. When it is mined, the next one goes.
	let report = step(&mut machine, Some(payload(40)));
	assert_eq!(report.problem, Some(Problem::CapBinds { cap: rate(100) }));
	world.mine();
	step(&mut machine, Some(payload(40)));
	world.mine();
	assert_eq!(world.anchored(), [payload(20), payload(40)]);
}

#[test]
fn fee_should_be_the_mempools_minimum_when_that_rises() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	world.0.borrow_mut().minimum = rate(11);
	world.evict();
	let report = step(&mut machine, Some(payload(20)));
	assert_eq!(report.waiting.unwrap().rate, rate(11));
	assert_eq!(world.waiting().len(), 1);
}

#[test]
fn problem_should_be_the_funds_when_there_are_too_few() {
	let world = World::new();
	let policy = FeePolicy { cap: rate(10_000), ..FeePolicy::default() };
	world.0.borrow_mut().estimate = Some(rate(6_000));
	let mut machine = world.start_with(policy);

	let report = step(&mut machine, Some(payload(20)));
	let Some(Problem::Unfunded { address, balance }) = report.problem else { panic!("{report:?}") };
	assert_eq!((address, balance), (machine.signer().address(), Satoshi(1_000_000)));

	// A second coin is found by a rescan only, and added.
	world.fund(1_000_000);
	assert!(step(&mut machine, Some(payload(20))).problem.is_some());
	machine.rescan();
	assert!(step(&mut machine, Some(payload(20))).problem.is_none());
	assert_eq!(waiting(&world).input.len(), 2);
}

#[test]
fn nothing_should_be_lost_when_bitcoin_core_is_down() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	world.0.borrow_mut().is_down = true;
	for _ in 0..3 {
		assert!(try_step(&mut machine, Some(payload(40))).unwrap_err().is_transient());
	}
	world.0.borrow_mut().is_down = false;
	world.mine();
	let report = step(&mut machine, Some(payload(40)));
	assert_eq!(report.mined[0].payload, payload(20));
	assert_eq!(said(&waiting(&world)), Some(payload(40)));
}

#[test]
fn payload_should_be_spent_once_when_the_process_ends_anywhere() {
	for fuse in 0..60 {
		let world = World::new();
		for (height, is_newer) in [(20, false), (40, true)] {
			world.0.borrow_mut().fuse = Some(fuse);
			let _ = try_step(&mut world.start(), Some(payload(height)));
			world.0.borrow_mut().fuse = None;
			world.check();
			step(&mut world.start(), Some(payload(height)));
			world.check();
			assert_eq!(said(&waiting(&world)), Some(payload(height)), "{is_newer}");
		}
		world.mine();
		world.0.borrow_mut().fuse = Some(fuse);
		let _ = try_step(&mut world.start(), Some(payload(60)));
		world.0.borrow_mut().fuse = None;
		step(&mut world.start(), Some(payload(60)));
		world.mine();
		world.check();
		assert_eq!(world.anchored(), [payload(40), payload(60)]);
	}
}

#[test]
fn blocks_should_be_caught_up_with_before_anything_is_sent_when_there_are_many() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	world.mine();
	world.mine_empty(49);
	let report = step(&mut machine, Some(payload(40)));
	assert_eq!((report.behind, &report.action), (30, &Action::Followed));
	step(&mut machine, Some(payload(40)));
	let report = step(&mut machine, Some(payload(40)));
	assert_eq!(report.behind, 0);
	assert_eq!(report.mined[0].confirmations, 50);
	assert_eq!(said(&waiting(&world)), Some(payload(40)));
}

#[test]
fn mined_anchor_should_be_found_when_its_block_was_pruned() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	world.mine_empty(3);
	world.mine();
	world.mine_empty(300);
	world.prune(100);
	while step(&mut machine, None).behind > 0 {}
	let report = step(&mut machine, Some(payload(40)));
	assert_eq!(report.mined[0].block.height, 4);
	assert_eq!(said(&waiting(&world)), Some(payload(40)));
}

#[test]
fn mined_anchors_should_be_found_when_core_is_set_up_anew_and_has_pruned_them() {
	let world = World::new();
	let mut machine = world.start();
	for height in [20, 40] {
		step(&mut machine, Some(payload(height)));
		world.mine();
	}
	step(&mut machine, Some(payload(40)));
	// Both are mined again elsewhere, and all that was known is gone.
	world.reorganize(2, true);
	world.mine();
	world.mine_empty(300);
	world.forget_stale();
	world.prune(100);
	while step(&mut machine, None).behind > 0 {}
	let report = step(&mut machine, Some(payload(60)));
	assert_eq!((report.mined.len(), report.problem), (2, None));
	assert_eq!(said(&waiting(&world)), Some(payload(60)));
	world.check();
}

#[test]
fn anchors_should_be_forgotten_when_they_are_buried_and_settled() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	step(&mut machine, Some(payload(40)));
	world.mine();
	world.mine_empty(BURIED - 1);
	while step(&mut machine, None).behind > 0 {}
	assert_eq!(machine.state().spends.len(), 1);
	machine.step(None, |_| true).unwrap();
	assert!(machine.state().spends.is_empty());
	step(&mut world.start(), Some(payload(60)));
	world.mine();
	assert_eq!(world.anchored(), [payload(40), payload(60)]);
	assert_eq!(world.0.borrow().scans, 1);
}

#[test]
fn payload_should_stay_bound_when_its_coin_was_spent_elsewhere() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	let root = machine.state().root.unwrap();
	world.evict();
	world.spend_elsewhere(root);
	world.fund(500_000);
	let report = step(&mut machine, Some(payload(20)));
	assert_eq!(report.problem, Some(Problem::CoinMissing { coin: root }));

	machine.rescan();
	let report = step(&mut machine, Some(payload(20)));
	assert_eq!(report.problem, Some(Problem::Bound { payload: payload(20) }));
	assert!(world.waiting().is_empty());
	let report = step(&mut machine, Some(payload(40)));
	assert!(report.problem.is_none());
	assert_eq!(said(&waiting(&world)), Some(payload(40)));
	world.check();
}

#[test]
fn root_should_stay_when_coins_are_looked_for_again() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	world.mine();
	step(&mut machine, Some(payload(40)));
	let root = machine.state().root;
	world.fund(100_000_000);
	machine.rescan();
	step(&mut machine, Some(payload(40)));
	assert_eq!(machine.state().root, root);
	assert_eq!(machine.state().reserve.len(), 1);
	world.check();
}

#[test]
fn file_should_be_offered_and_the_result_found_when_somebody_else_signs() {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("anchor.psbt");
	let world = World::new();
	let address = super::world::wallet().address();
	let external = External::new(&address, Network::Regtest, &path).unwrap();
	let mut machine = world.start_as(Signer::External(external), FeePolicy::default());

	let report = step(&mut machine, Some(payload(20)));
	let Action::Offered { txid, .. } = report.action else { panic!("{report:?}") };
	let first = std::fs::read_to_string(&path).unwrap();
	// A higher fee is not worth to bother anybody, a newer payload is.
	world.0.borrow_mut().estimate = Some(rate(50));
	step(&mut machine, Some(payload(20)));
	assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
	step(&mut machine, Some(payload(40)));
	assert_ne!(std::fs::read_to_string(&path).unwrap(), first);
	assert!(world.waiting().is_empty());

	// What was signed is the first, before it was replaced.
	let attempt = &machine.state().spends[0].attempts[0];
	let signed = transaction::from_bytes(&attempt.transaction).unwrap();
	assert_eq!(from_bitcoin(signed.compute_txid()), txid);
	world.0.borrow_mut().ever.insert(txid, signed);
	world.mine_kept(0);
	let report = step(&mut machine, Some(payload(40)));
	assert_eq!(report.mined[0].txid, txid);
	assert!(path.exists());
}

/// The control of [`World::check`].
#[test]
#[should_panic = "Transaction"]
fn check_should_fail_when_two_coins_are_spent_for_the_same() {
	let world = World::new();
	for index in 0..2 {
		let coin = world.fund(10_000 + index);
		let script = super::world::wallet().script();
		let made = transaction::unsigned(&[coin], &payload(20), &script, Satoshi(9_000));
		world.0.borrow_mut().ever.insert(transaction::txid(&made), made);
	}
	world.check();
}

#[test]
fn journal_should_not_be_written_when_nothing_changes() {
	let world = World::new();
	let mut machine = world.start();
	step(&mut machine, Some(payload(20)));
	let before = world.0.borrow().saves;
	for _ in 0..5 {
		step(&mut machine, Some(payload(20)));
	}
	assert_eq!(world.0.borrow().saves, before);
	world.mine_empty(1);
	step(&mut machine, Some(payload(20)));
	assert_eq!(world.0.borrow().saves, before + 1);
}
