//! Validators that sign twice, because two nodes have their keys.

use aitbc_network_tests::{
	bonded, isolated, wait_until, Eras, Event, Ledger, Network, Node, Report,
};
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};

/// How many blocks both sides of a fork must finalize.
const FORKED_BLOCKS: u64 = 5;

/// What a node logs when somebody made two blocks for a slot.
const TWO_BLOCKS: &str = "made two blocks for slot";

/// Where honest nodes are in the network of a byzantine majority.
const HONEST: usize = 3;
const FOLLOWER: usize = 4;

#[test]
#[ignore = "takes five minutes: slashes wait for the end of an era"]
fn twin_should_be_reported_and_slashed_when_two_nodes_have_one_key() {
	isolated(|| slashed(4));
}

#[test]
#[ignore = "takes eight minutes, and thirteen nodes"]
fn byzantine_third_should_be_reported_and_slashed_when_three_of_ten_have_twins() {
	isolated(|| slashed(10));
}

#[test]
#[ignore = "takes four minutes"]
fn honest_nodes_should_not_conflict_when_three_of_four_are_byzantine() {
	isolated(byzantine_majority);
}

/// What became of a validator that signed twice.
#[derive(Default)]
struct Punishment {
	stake_before: u128,
	reported: Option<Duration>,
	/// In parts per billion.
	fraction: u128,
	applied: Option<(Duration, u128)>,
	/// Whether it may make no blocks and votes for the rest of the era.
	is_disabled: bool,
}

/// Gives f of 3f + 1 validators a twin each, on one network, and waits until all are slashed.
async fn slashed(validators: usize) {
	let faulty = (validators - 1) / 3;
	let mut network = Network::of(validators).two_faced(faulty).eras(Eras::SHORT).start().await;
	let mut report = Report::new(format!("{faulty} of {validators} validators have a twin"));
	let honest = faulty;
	let mut punished = BTreeMap::new();
	for place in 0..faulty {
		let stash = network.keys(place).stash_digits().to_owned();
		let stake_before = bonded(&network.nodes[honest], &stash).await;
		punished.insert(stash, Punishment { stake_before, ..Punishment::default() });
	}
	let begin = Instant::now();
	for place in 0..faulty {
		network.join_twin(place).await;
	}
	let mut offences = BTreeMap::<String, usize>::new();
	let mut next = 1;
	// Events are read as they are finalized: nodes throw old states away.
	while punished.values().any(|punishment| punishment.applied.is_none()) {
		let limit = Duration::from_secs(900);
		assert!(begin.elapsed() < limit, "no slash in {} s", limit.as_secs());
		let height = network.nodes[honest].finalized().await;
		if next <= height {
			let ledger = Ledger::agreed(&[&network.nodes[honest]]).await;
			let pallets = ["Offences", "Staking", "Session"];
			for event in ledger.events(&network.nodes[honest], next, height, &pallets).await {
				note(&event, begin.elapsed(), &mut punished, &mut offences);
			}
			next = height + 1;
		}
		tokio::time::sleep(Duration::from_secs(2)).await;
	}
	for (offence, count) in offences {
		report.row(format!("reported: {offence}"), count);
	}
	for (stash, punishment) in &punished {
		let Punishment { stake_before, reported, fraction, applied, is_disabled } = punishment;
		assert!(is_disabled, "{stash} goes on");
		let after = bonded(&network.nodes[honest], stash).await;
		let reported = reported.expect("who is slashed was reported");
		let (when, amount) = applied.expect("all are slashed");
		assert!(amount > 0 && after < *stake_before, "{stash}: {stake_before} to {after}");
		let stash = stash.get(..8).unwrap_or_default();
		report.time(format!("{stash}: from the twin's start to the finalized report"), reported);
		report.row(format!("{stash}: fraction of the first report, parts per billion"), fraction);
		report.time(format!("{stash}: from the twin's start to the finalized slash"), when);
		report.row(format!("{stash}: all slashes of the stash, plancks"), amount);
		report.row(format!("{stash}: bonded before, plancks"), stake_before);
		report.row(format!("{stash}: bonded after, plancks"), after);
	}
	let honest_nodes: Vec<_> = network.nodes[faulty..validators].iter().collect();
	let ledger = Ledger::agreed(&honest_nodes).await;
	report.row("heights at which honest nodes finalized the same", ledger.compared);
}

/// Remembers what an event says of those that sign twice.
fn note(
	event: &Event,
	now: Duration,
	punished: &mut BTreeMap<String, Punishment>,
	offences: &mut BTreeMap<String, usize>,
) {
	let whose = |field| event.bytes(field).map(hex::encode);
	match event.name.as_str() {
		"Offence" => {
			let kind = event.bytes("kind").unwrap_or_default();
			*offences.entry(String::from_utf8_lossy(&kind).into_owned()).or_default() += 1;
		},
		"SlashReported" => {
			let validator = whose("validator").expect("a slash is of somebody");
			let punishment = punished.get_mut(&validator);
			let punishment =
				punishment.unwrap_or_else(|| panic!("{validator} is honest: {event:?}"));
			punishment.reported.get_or_insert(now);
			if punishment.fraction == 0 {
				punishment.fraction = event.number("fraction").unwrap_or_default();
			}
		},
		"ValidatorDisabled" => {
			let validator = whose("validator").expect("somebody is disabled");
			let punishment = punished.get_mut(&validator);
			let punishment =
				punishment.unwrap_or_else(|| panic!("{validator} is honest: {event:?}"));
			punishment.is_disabled = true;
		},
		"Slashed" => {
			let staker = whose("staker").expect("a slash is of somebody");
			let punishment = punished.get_mut(&staker);
			let punishment = punishment.unwrap_or_else(|| panic!("{staker} is honest: {event:?}"));
			let amount = event.number("amount").unwrap_or_default();
			let before = punishment.applied.map_or(0, |(_, amount)| amount);
			punishment.applied = Some((now, before + amount));
		},
		_ => {},
	}
}

/// The honest ones of a byzantine majority's network: a validator, and a full node.
fn honest(network: &Network) -> [&Node; 2] {
	[&network.nodes[HONEST], &network.nodes[FOLLOWER]]
}

/// For how many slots one author has a finalized block on the honest nodes' chain and another one on the
/// chain that `twin` finalized.
async fn doubles(network: &Network, chain: &Ledger, twin: &Node, second: &Ledger) -> usize {
	let theirs = second.claims(twin, 1, second.height()).await;
	let claims = chain.claims(&network.nodes[HONEST], 1, chain.height()).await;
	let doubles = claims.iter().filter(|(claim, hash)| {
		let other = theirs.get(*claim);
		other.is_some_and(|other| other != *hash)
	});
	doubles.count()
}

/// Lets three of four validators make a second chain where no honest node hears it, and finalize it.
/// Then all meet. With more than a third byzantine, GRANDPA promises nothing to nodes that hear
/// different validators; what is shown is that honest nodes that heard each other never go back on what
/// they finalized, nor differ from each other.
async fn byzantine_majority() {
	let mut network = Network::of(4).two_faced(HONEST).full_nodes(1).start().await;
	let mut report = Report::new("3 of 4 validators have a twin, and make two chains");
	let joined = network.finalized().await;
	let mut twins = Vec::new();
	for place in 0..HONEST {
		twins.push(network.join_twin(place).await);
	}
	network.wait_for_progress().await;
	wait_until("the honest validator to see two blocks for a slot", || async {
		network.nodes[HONEST].log().contains(TWO_BLOCKS).then_some(())
	})
	.await;
	let cut = network.best().await;
	network.cut_off(&twins).await;
	// What either side finalizes above the highest block of both was made during the attack.
	network.wait_for_finalized_everywhere(cut + FORKED_BLOCKS).await;
	let before = Ledger::agreed(&honest(&network)).await;
	let theirs: Vec<_> = twins.iter().map(|twin| &network.nodes[*twin]).collect();
	let second = Ledger::agreed(&theirs).await;
	assert!(!before.is_consistent_with(&second), "the twins finalized a chain of their own");
	let doubles = doubles(&network, &before, theirs[0], &second).await;
	assert!(doubles > 0, "nobody made a block for one slot on both chains");

	let best = network.nodes[HONEST].best().await;
	network.heal().await;
	let healed = Instant::now();
	// Long enough for new rounds and for reports; nothing is promised that could be waited for.
	tokio::time::sleep(Duration::from_secs(60)).await;
	let height = before.height();
	let [validator, follower] = honest(&network);
	for node in [validator, follower] {
		let what = format!("{} to answer", node.name);
		wait_until(&what, || async { (node.finalized().await >= height).then_some(()) }).await;
	}
	let after = Ledger::agreed(&honest(&network)).await;
	assert!(after.is_consistent_with(&before), "honest nodes keep what they finalized");
	let made = network.nodes[HONEST].best().await.saturating_sub(best);
	assert!(made > 0, "no block was made since all met");
	let last = after.height();
	let offences = after.events(&network.nodes[HONEST], joined + 1, last, &["Offences"]).await;
	assert!(!offences.is_empty(), "the honest ones finalized no report of two blocks or votes");
	report.row("highest block when the network was cut", cut);
	report.row("finalized blocks of one author and slot on both chains", doubles);
	report.row("heights that the twins finalized", second.height());
	report.row("honest nodes' last finalized block when all met", height);
	let seconds = healed.elapsed().as_secs();
	report.row(format!("honest nodes' last finalized block {seconds} s later"), last);
	report.row("blocks made meanwhile", made);
	report.row("offences reported since the twins joined", offences.len());
	report.row("heights at which honest nodes finalized the same", after.compared);
}
