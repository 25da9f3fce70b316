//! Nodes that die in the middle of something, run out of disk, or go by a wrong clock.

use aitbc_network_tests::{flood, isolated, transfers, Isolation, Network, Node, Report, LIMIT};
use std::{
	fs::{self, File},
	io::Write,
	path::Path,
	time::{Duration, Instant},
};

/// Who has the fault: the last of four validators.
const VICTIM: usize = 3;

/// The size of a small disk, in MiB.
const DISK: u64 = 160;

/// How many blocks the others must finalize meanwhile.
const OWN_BLOCKS: u64 = 5;

#[test]
#[ignore = "takes four minutes: six kills"]
fn state_should_be_equal_when_a_node_was_killed_while_it_imported() {
	isolated(|| kill_cycles(6));
}

#[test]
#[ignore = "takes a quarter of an hour: forty kills"]
fn state_should_be_equal_when_a_node_was_killed_forty_times() {
	isolated(|| kill_cycles(40));
}

#[test]
#[ignore = "takes three minutes"]
fn node_should_catch_up_when_its_full_disk_has_space_again() {
	isolated(disk_full);
}

#[test]
#[ignore = "takes two minutes"]
fn node_should_end_itself_when_its_disk_gets_full() {
	isolated(disk_watched);
}

#[test]
#[ignore = "takes four minutes"]
fn network_should_finalize_when_one_clock_is_ahead() {
	isolated(|| wrong_clock(Duration::from_secs(60)));
}

/// Kills a validator again and again, a few milliseconds after a block of transfers reached somebody
/// else, and compares its state with that of a node that was never killed.
async fn kill_cycles(cycles: u64) {
	/// By how much each kill comes later after a block than the one before, and when it begins anew.
	const STEP: u64 = 7;
	const WITHIN: u64 = 120;
	/// How long to wait before looking again whether there is a block. Importing one takes longer.
	const GLANCE: Duration = Duration::from_millis(5);
	/// How many transfers there are in the blocks after a kill.
	const PER_CYCLE: usize = 75;
	let mut network = Network::of(4).start().await;
	let mut report = Report::new(format!("a validator killed {cycles} times while it imports"));
	let load = transfers(&network.nodes[0]).await;
	assert!(load.chunks(PER_CYCLE).len() as u64 >= cycles, "there are transfers for each cycle");
	let mut longest = Duration::ZERO;
	let mut without_block = 0;
	for (cycle, batch) in (0..cycles).zip(load.chunks(PER_CYCLE)) {
		let taken = flood(&[&network.nodes[0], &network.nodes[1]], batch).await;
		assert_eq!(taken, PER_CYCLE, "transfers of cycle {cycle} are refused");
		let best = network.nodes[0].best().await;
		let begin = Instant::now();
		while network.nodes[0].best().await == best {
			assert!(begin.elapsed() < LIMIT, "no block comes after {best}");
			tokio::time::sleep(GLANCE).await;
		}
		tokio::time::sleep(Duration::from_millis(cycle * STEP % WITHIN)).await;
		without_block += u64::from(network.nodes[VICTIM].best().await <= best);
		network.nodes[VICTIM].kill();
		let killed = Instant::now();
		network.nodes[VICTIM].start().await;
		let best = network.nodes[0].best().await;
		network.nodes[VICTIM].wait_for_best(best).await;
		longest = longest.max(killed.elapsed());
	}
	network.wait_for_progress().await;
	let ledger = network.agree().await;
	let height = network.nodes[VICTIM].finalized().await.min(network.nodes[0].finalized().await);
	let hash = ledger.hash(height).as_str().expect("a hash is text").to_owned();
	let [mut never, mut often] = [(); 2].map(|()| None);
	for (index, state) in [(0, &mut never), (VICTIM, &mut often)] {
		network.nodes[index].stop();
		*state = Some(network.nodes[index].export_state(&hash));
	}
	assert!(never.is_some() && never == often, "the states of block {height} differ");
	let kills = format_args!("{without_block} of {cycles}");
	report.row("kills when it did not say yet that it had the block", kills);
	report.time("longest time from a kill until it has all blocks again", longest);
	report.row("block of which both states are equal", height);
	report.row("heights at which all finalized the same", ledger.compared);
}

/// Fills a validator's disk. The others go on, and it catches up once it has space.
async fn disk_full() {
	let Some((mut network, mut report)) = with_small_disk("a validator's disk is full").await
	else {
		return;
	};
	let full = Instant::now();
	let filler = network.nodes[VICTIM].data().join("filler");
	fill(&filler, 0);
	let height = network.nodes[0].finalized().await;
	network.nodes[0].wait_for_finalized(height + OWN_BLOCKS).await;
	let ended = network.nodes[VICTIM].ended();
	match ended {
		Some(status) => report.row("the node ended", status),
		None => report.row(format!("the node ran for {} s more", full.elapsed().as_secs()), "yes"),
	}
	network.nodes[VICTIM].kill();
	fs::remove_file(filler).expect("the disk is still there");
	let back = Instant::now();
	network.nodes[VICTIM].start().await;
	network.wait_for_progress().await;
	report.time("from restart with space until all finalize new blocks", back.elapsed());
	report.row("heights at which all finalized the same", network.agree().await.compared);
}

/// Fills a validator's disk up to the threshold at which it is to end by itself.
async fn disk_watched() {
	/// What the node wants to be free and what it finds, in MiB.
	const THRESHOLD: u64 = 32;
	const LEFT: u64 = 16;
	let Some((mut network, mut report)) = with_small_disk("a validator sees its disk fill").await
	else {
		return;
	};
	let victim = &mut network.nodes[VICTIM];
	victim.stop();
	victim.storage_threshold = THRESHOLD;
	victim.start().await;
	network.wait_for_progress().await;
	let filler = network.nodes[VICTIM].data().join("filler");
	fill(&filler, LEFT);
	let begin = Instant::now();
	while network.nodes[VICTIM].ended().is_none() {
		assert!(begin.elapsed() < Duration::from_secs(60), "the node does not see its disk");
		tokio::time::sleep(Duration::from_millis(200)).await;
	}
	report.time("until the node ended", begin.elapsed());
	let height = network.nodes[0].finalized().await;
	network.nodes[0].wait_for_finalized(height + OWN_BLOCKS).await;
	network.nodes[VICTIM].kill();
	fs::remove_file(filler).expect("the disk is still there");
	network.nodes[VICTIM].start().await;
	network.wait_for_progress().await;
	report.row("heights at which all finalized the same", network.agree().await.compared);
}

/// Four validators, of which the last one has a small disk; `None` where that can't be had.
async fn with_small_disk(title: &str) -> Option<(Network, Report)> {
	if Isolation::here() == Isolation::Loopback {
		println!("skipped: a small disk is mounted in a namespace, and there are none here");
		return None;
	}
	Some((Network::of(4).small_disk(DISK).start().await, Report::new(title)))
}

/// Fills the disk that `path` is on until `left` MiB are free.
fn fill(path: &Path, left: u64) {
	const MEBIBYTE: u64 = 1 << 20;
	let block = vec![0; 1 << 16];
	let mut file = File::create(path).expect("the disk has space");
	while file.write_all(&block).is_ok() {}
	let size = file.metadata().expect("the file is there").len();
	file.set_len(size.saturating_sub(left * MEBIBYTE)).expect("a file can be made shorter");
}

/// Seconds in a day.
const DAY: u64 = 24 * 60 * 60;

/// When a node wrote the last line of its log by its own clock, in seconds of its day.
fn log_time(node: &Node) -> u64 {
	let log = node.log();
	// A line begins with its date and time, such as 2026-11-23 13:37:35.
	let times = log.lines().rev().filter_map(|line| line.get(11..19)).map(|time| {
		let parts: Vec<u64> = time.split(':').filter_map(|part| part.parse().ok()).collect();
		matches!(parts[..], [_, _, _]).then(|| parts.iter().fold(0, |sum, part| sum * 60 + part))
	});
	times.flatten().next().expect("the node writes a log with times")
}

/// Lets a validator's clock go ahead. The others go on, and it comes back once its clock is right.
async fn wrong_clock(ahead: Duration) {
	let mut network = Network::of(4).start().await;
	let title = format!("the clock of one of 4 validators is {} s ahead", ahead.as_secs());
	let mut report = Report::new(title);
	network.nodes[VICTIM].stop();
	network.nodes[VICTIM].set_clock_ahead(ahead);
	network.nodes[VICTIM].start().await;
	let height = network.nodes[0].finalized().await;
	for node in &network.nodes[..VICTIM] {
		node.wait_for_finalized(height + 2 * OWN_BLOCKS).await;
	}
	let shown = log_time(&network.nodes[VICTIM]) + DAY - log_time(&network.nodes[0]);
	// Nodes write something every five seconds.
	let shown = (shown % DAY).abs_diff(ahead.as_secs());
	assert!(shown < 20, "the node's clock is {shown} s from where it is to be");
	let ledger = network.agree().await;
	let slots = ledger.slots(&network.nodes[0], height, height + 2 * OWN_BLOCKS).await;
	report.row("missed slots", slots);
	let (best, finalized) = (network.nodes[0].best().await, network.nodes[0].finalized().await);
	let victim = &mut network.nodes[VICTIM];
	let theirs = format!("{}, {}", victim.best().await, victim.finalized().await);
	report.row("best and finalized block of the one", theirs);
	report.row("best and finalized block of another one", format_args!("{best}, {finalized}"));
	victim.stop();
	victim.put_clock_right();
	let back = Instant::now();
	victim.start().await;
	network.wait_for_progress().await;
	report.time("from restart with the right clock until all finalize new blocks", back.elapsed());
	report.row("heights at which all finalized the same", network.agree().await.compared);
}
