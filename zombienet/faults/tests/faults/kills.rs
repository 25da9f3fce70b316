//! Validators that are killed: as many as the network tolerates, and one more.

use aitbc_network_tests::{isolated, Network, Report, Watch};
use std::time::Instant;

/// For how many blocks finality is measured, before and after a fault.
const MEASURED_BLOCKS: u64 = 10;

/// How many blocks are made without finality until that counts as shown.
const UNFINALIZED_BLOCKS: u64 = 5;

#[test]
fn network_should_finalize_when_one_of_four_is_killed() {
	isolated(|| tolerated(4));
}

#[test]
#[ignore = "takes three minutes, and ten nodes"]
fn network_should_finalize_when_three_of_ten_are_killed() {
	isolated(|| tolerated(10));
}

#[test]
fn finality_should_stop_and_resume_when_two_of_four_are_killed() {
	isolated(|| too_many(4));
}

#[test]
#[ignore = "takes three minutes, and ten nodes"]
fn finality_should_stop_and_resume_when_four_of_ten_are_killed() {
	isolated(|| too_many(10));
}

/// Kills f of 3f + 1 validators and starts them again.
async fn tolerated(validators: usize) {
	let mut network = Network::of(validators).start().await;
	let faulty = network.tolerated();
	let survivors: Vec<_> = (faulty..validators).collect();
	let mut report = Report::new(format!("{faulty} of {validators} validators killed"));
	let watch = Watch::new(&network);
	let begin = Instant::now();
	let before = network.finalized().await;
	network.wait_for_finalized_everywhere(before + MEASURED_BLOCKS).await;

	for node in &mut network.nodes[..faulty] {
		node.kill();
	}
	let killed = Instant::now();
	let height = network.finalized().await;
	network.wait_for_finalized_everywhere(height + MEASURED_BLOCKS).await;
	let returned = Instant::now();
	for node in &mut network.nodes[..faulty] {
		node.start().await;
	}
	let target = network.best().await + 1;
	network.wait_for_finalized_everywhere(target).await;
	let recovered = returned.elapsed();

	let ledger = network.agree().await;
	let node = &network.nodes[faulty];
	let fault = ledger.slots(node, height, height + MEASURED_BLOCKS).await;
	report.spread("finality lag before", watch.finality_lag(begin..killed, &survivors));
	report.spread("finality lag meanwhile", watch.finality_lag(killed..returned, &survivors));
	report.spread("propagation before", watch.propagation(begin..killed));
	report.row("missed slots before", ledger.slots(node, before, height).await);
	report.row("missed slots meanwhile", fault);
	report.time("from restart until all finalize new blocks", recovered);
	report.row("heights at which all finalized the same", ledger.compared);
}

/// Kills f + 1 of 3f + 1 validators, sees finality stop, and starts them again.
async fn too_many(validators: usize) {
	let mut network = Network::of(validators).start().await;
	let faulty = network.tolerated() + 1;
	let mut report = Report::new(format!("{faulty} of {validators} validators killed"));
	for node in &mut network.nodes[..faulty] {
		node.kill();
	}
	let halted = network.wait_for_halt().await;
	let best = network.best().await;
	network.nodes[faulty].wait_for_best(best + UNFINALIZED_BLOCKS).await;
	assert_eq!(network.finalized().await, halted, "nothing is finalized without a supermajority");
	let without = network.agree().await;

	let returned = Instant::now();
	for node in &mut network.nodes[..faulty] {
		node.start().await;
	}
	let target = network.best().await + 1;
	network.wait_for_finalized_everywhere(target).await;
	let resumed = returned.elapsed();

	let ledger = network.agree().await;
	assert!(ledger.is_consistent_with(&without), "what was finalized stays");
	report.row("finality stopped at block", halted);
	report.row("blocks made meanwhile", target - 1 - halted);
	report.time("from restart until all finalize new blocks", resumed);
	report.row("heights at which all finalized the same", ledger.compared);
}
