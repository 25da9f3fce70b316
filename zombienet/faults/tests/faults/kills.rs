//! Validators that are killed: as many as the network tolerates, and one more.

use aitbc_network_tests::{isolated, Network, Node, Report, Watch};
use serde_json::{json, Value};
use std::time::{Duration, Instant};

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

#[test]
#[ignore = "takes six minutes: sixty blocks without finality"]
fn survivors_should_miss_no_slot_when_finality_stands_still_for_long() {
	isolated(long_halt);
}

/// Kills f + 1 of four validators, and sees that the others fill each of their slots all the same.
async fn long_halt() {
	/// How many blocks are made without finality. The SDK's nodes hold back from 50 on unless told not to.
	const BLOCKS: u64 = 60;
	let mut network = Network::of(4).start().await;
	let faulty = network.tolerated() + 1;
	let mut report = Report::new(format!("{faulty} of 4 validators killed for {BLOCKS} blocks"));
	// Who comes last at the start may miss a slot then.
	network.wait_for_progress().await;
	let before = slots_of(&network, faulty).await;
	for node in &mut network.nodes[..faulty] {
		node.kill();
	}
	let halted = network.wait_for_halt().await;
	let begin = Instant::now();
	while network.best().await < halted + BLOCKS {
		assert!(begin.elapsed() < Duration::from_secs(900), "the survivors make no blocks");
		tokio::time::sleep(Duration::from_secs(1)).await;
	}
	assert_eq!(network.finalized().await, halted, "nothing is finalized without a supermajority");
	report.row("finality stopped at block", halted);
	report.time(format!("for {BLOCKS} blocks without finality"), begin.elapsed());

	let after = slots_of(&network, faulty).await;
	let [assigned, missed] = [0, 1].map(|field| after[field] - before[field]);
	report.row("slots that the survivors missed meanwhile", format_args!("{missed} of {assigned}"));
	assert!(assigned > BLOCKS / 2, "they had {assigned} slots only");
	// As many as the chain forgives, for a machine on which others work, too.
	assert!(missed * 50 <= assigned, "who is there misses nothing");

	let returned = Instant::now();
	for node in &mut network.nodes[..faulty] {
		node.start().await;
	}
	let target = network.best().await + 1;
	network.wait_for_finalized_everywhere(target).await;
	report.time("from restart until all finalize new blocks", returned.elapsed());
	report.row("heights at which all finalized the same", network.agree().await.compared);
}

/// How many slots the validators from the place `first` on had, and how many of them they missed.
async fn slots_of(network: &Network, first: usize) -> [u64; 2] {
	let node = &network.nodes[first];
	let active = performances(node, Value::Null).await[0]["era"].as_u64().expect("it has one");
	let mut totals = [0; 2];
	for era in 0..=active {
		let all = performances(node, json!(era)).await;
		for place in first..network.nodes.len() {
			let stash = network.keys(place).stash_address();
			// Whoever had no slot yet is not among them.
			for one in all.iter().filter(|one| one["validator"] == stash) {
				for (total, field) in totals.iter_mut().zip(["assigned", "missed"]) {
					*total += one["slots"][field].as_u64().expect("it is a number");
				}
			}
		}
	}
	totals
}

/// How all validators do their slots of an era, or do them.
async fn performances(node: &Node, era: Value) -> Vec<Value> {
	let best = node.request("chain_getBlockHash", &[]).await;
	let mut answer = node.request("validators_list", &[era, Value::Null, Value::Null, best]).await;
	serde_json::from_value(answer["result"].take()).expect("it is a list")
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
