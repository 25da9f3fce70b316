//! Networks that fall apart and meet again.

use aitbc_network_tests::{isolated, send, Eras, Network, Report, Role, Watch};
use std::time::{Duration, Instant};

/// How many blocks a majority must finalize on its own.
const OWN_BLOCKS: u64 = 10;

#[test]
fn halves_should_agree_when_they_meet_again() {
	isolated(|| halves(Duration::from_secs(30)));
}

#[test]
#[ignore = "takes seven minutes: the halves are apart for five"]
fn halves_should_agree_when_they_were_apart_for_long() {
	isolated(|| halves(Duration::from_secs(300)));
}

#[test]
#[ignore = "takes two minutes"]
fn majority_should_finalize_when_a_minority_is_cut_off() {
	isolated(|| minority(4));
}

#[test]
#[ignore = "takes three minutes, and ten nodes"]
fn majority_of_ten_should_finalize_when_a_minority_is_cut_off() {
	isolated(|| minority(10));
}

#[test]
#[ignore = "takes eight minutes: validators change at the end of eras"]
fn minority_should_follow_when_validators_changed_meanwhile() {
	isolated(churn);
}

/// Cuts four validators in half for `apart`: nobody finalizes. Then the halves meet.
async fn halves(apart: Duration) {
	let network = Network::of(4).start().await;
	let mut report = Report::new(format!("2 | 2 of 4 validators apart for {} s", apart.as_secs()));
	let watch = Watch::new(&network);
	network.cut_off(&[0, 1]).await;
	let cut = Instant::now();
	let halted = network.wait_for_halt().await;
	let remaining = apart.saturating_sub(cut.elapsed());
	tokio::time::sleep(remaining).await;
	assert_eq!(network.finalized().await, halted, "no half has a supermajority");
	let without = network.agree().await;
	let (left, right) = (network.nodes[0].best().await, network.nodes[2].best().await);
	assert!(left.min(right) > halted + 1, "both halves go on making blocks: {left}, {right}");

	let healed = Instant::now();
	network.heal().await;
	let first = halted + 1;
	network.wait_for_finalized_everywhere(left.max(right) + 1).await;
	let ledger = network.agree().await;
	assert!(ledger.is_consistent_with(&without), "what was finalized stays");
	report.row("finality stopped at block", halted);
	report.row("best blocks of the halves at the end", format_args!("{left}, {right}"));
	let resumed = (0..4).filter_map(|node| watch.finalized_at(node, first)).max();
	let resumed = resumed.expect("all finalize");
	report.time("from healing until all finalize again", resumed.saturating_duration_since(healed));
	report.time("until all finalize blocks made since", healed.elapsed());
	report.row("heights at which all finalized the same", ledger.compared);
}

/// Cuts f of 3f + 1 validators off. The others go on, and these catch up when they are back.
async fn minority(validators: usize) {
	let network = Network::of(validators).start().await;
	let few: Vec<_> = (0..network.tolerated()).collect();
	let majority: Vec<_> = (few.len()..validators).collect();
	let mut report = Report::new(format!("{} of {validators} validators cut off", few.len()));
	let watch = Watch::new(&network);
	network.cut_off(&few).await;
	let cut = Instant::now();
	let height = network.finalized().await;
	for node in &majority {
		network.nodes[*node].wait_for_finalized(height + OWN_BLOCKS).await;
	}
	let behind = network.nodes[0].finalized().await;
	assert!(behind < height + OWN_BLOCKS, "the minority finalizes nothing: {behind}");

	let healed = Instant::now();
	network.heal().await;
	let target = network.best().await + 1;
	network.wait_for_finalized_everywhere(target).await;
	let caught_up = healed.elapsed();
	let ledger = network.agree().await;
	report.spread("the majority's finality lag", watch.finality_lag(cut..healed, &majority));
	let node = &network.nodes[majority[0]];
	report.row("missed slots", ledger.slots(node, height, height + OWN_BLOCKS).await);
	report.time("from healing until all finalize new blocks", caught_up);
	report.row("heights at which all finalized the same", ledger.compared);
}

/// Lets one of four validators leave, and a fifth one join, while another one is cut off.
async fn churn() {
	const ABSENT: usize = 0;
	const LEAVING: usize = 1;
	const JOINING: usize = 4;
	let mut network = Network::of(4).candidates(1).eras(Eras::SHORT).start().await;
	let mut report = Report::new("validators change while one of 4 is cut off");
	let newcomer = network.keys(JOINING).clone();
	network.join(&newcomer.name, Role::Validator(newcomer.clone()), &[]).await;
	let before = network.validators(LEAVING).await;
	assert_eq!(before.len(), 4);

	network.cut_off(&[ABSENT]).await;
	let cut = network.finalized().await;
	let begin = Instant::now();
	network.onboard(JOINING, &newcomer).await;
	let leaving = network.keys(LEAVING).stash_secret();
	send(&network.nodes[LEAVING], &leaving, "Staking", "chill", vec![]).await;
	let (joined, left) = (newcomer.stash_digits(), network.keys(LEAVING).stash_digits());
	let after = network.wait_for_validators(LEAVING, |set| {
		set.iter().any(|stash| stash == joined) && set.iter().all(|stash| stash != left)
	});
	let after = after.await;
	let took = begin.elapsed();
	assert!(network.nodes[ABSENT].finalized().await <= cut + 2, "who is cut off finalizes nothing");

	let healed = Instant::now();
	network.heal().await;
	let target = network.best().await + 1;
	network.wait_for_finalized_everywhere(target).await;
	let ledger = network.agree().await;
	report.row("validators before, after", format_args!("{}, {}", before.len(), after.len()));
	report.time("from the transactions to the new set", took);
	report.row("blocks finalized without the absent one", target - cut);
	report.time("from healing until all finalize new blocks", healed.elapsed());
	report.row("heights at which all finalized the same", ledger.compared);
}
