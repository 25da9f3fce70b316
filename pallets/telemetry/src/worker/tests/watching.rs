//! Samples, recordings, and what the detectors remember.

use super::node::{Chain, Metrics, Node, BLOCK};
use crate::worker::local::{Course, Kept, Key, Learnt, Sender, WorkerMode, WorkerSettings};
use crate::worker::LOCK_MILLIS;
use crate::{mock::*, *};
use aitbc_anomaly::Value;
use aitbc_telemetry::{Digest, Readings, Recording, Series, Watcher, MODEL};
use sp_core::offchain::testing::TestPersistentOffchainDB;
use sp_core::offchain::Timestamp;

#[test]
fn worker_should_do_nothing_when_there_are_no_settings() {
	let node = Node::on(TestPersistentOffchainDB::new(), 1);
	let mut chain = Chain::with(&[]);
	chain.advance(&[&node]);
	assert_eq!(node.requests(), 0);
	assert_eq!(node.bytes(&Key::Status), None);
	assert_eq!(node.bytes(&Key::Lock), None);
}

#[test]
fn worker_should_do_nothing_when_it_is_off() {
	let node = Node::of(ALICE);
	node.allow(WorkerMode::Off);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance(&[&node]);
	assert_eq!(node.requests(), 0);
	assert_eq!(node.bytes(&Key::Status), None);
	assert_eq!(node.take_calls(), []);
}

#[test]
fn worker_should_do_nothing_when_the_settings_are_garbled() {
	let node = Node::new(WorkerMode::Report);
	node.put(&Key::Settings, &9u8);
	let mut chain = Chain::with(&[]);
	chain.advance(&[&node]);
	assert_eq!(node.requests(), 0);
	assert_eq!(node.bytes(&Key::Status), None);
}

#[test]
fn worker_should_sample_its_own_endpoint_and_send_nothing_when_it_watches() {
	let node = Node::of(ALICE);
	node.allow(WorkerMode::Watch);
	let mut chain = Chain::with(&[ALICE]);

	chain.advance(&[&node]);

	let asked = node.machine.web().requests.clone();
	assert_eq!(asked, ["GET http://127.0.0.1:9615/metrics"]);
	let status = node.status();
	let now = NOW + BLOCK;
	assert_eq!((status.at, status.since, status.window), (now, now, START));
	assert_eq!((status.samples, status.problem), (1, None));
	assert_eq!(status.sender, Sender::NotAllowed);
	let best = i64::from(chain.block_number());
	let seen = |series: Series| status.outlook[series.index()].value;
	assert_eq!(seen(Series::Height), Some(value(best)));
	assert_eq!(seen(Series::FinalityLag), Some(value(2)));
	assert_eq!(seen(Series::Peers), Some(value(20)));
	assert_eq!(seen(Series::DiskFree), Some(value(500_000)));
	assert_eq!(node.bytes(&Key::Lock), None);

	chain.advance_to(START + 3, &[&node]);
	assert_eq!(node.take_calls(), []);
	assert_eq!(chain.record(ALICE), ReporterRecord::default());
	assert_eq!(node.status().samples, 3 * u64::from(WINDOW));
	assert_eq!(node.bytes(&Key::Secret), None);
}

#[test]
fn recording_should_be_kept_and_summed_up_when_a_window_is_over() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.advance_to(START + 1, &[&node]);
	assert_eq!(node.bytes(&Key::Raw(START + 1)), None);
	chain.advance_to(START + 2, &[&node]);
	let recording: Recording = node.get(&Key::Raw(START + 1)).unwrap();
	assert_eq!(recording.window(), START + 1);
	let heights: Vec<_> =
		recording.samples().iter().map(|one| one.value(Series::Height).unwrap()).collect();
	let first = i64::from((START + 1) * WINDOW);
	assert_eq!(heights, Vec::from_iter((first..first + 10).map(value)));
	let digest: Digest = node.get(&Key::Digest(START + 1)).unwrap();
	assert_eq!(digest, recording.digest());
	assert!(digest.is_sound());
	let shared = digest.shared();
	assert_eq!(shared, [Some(value(first + 9)), Some(value(2)), Some(value(3))]);
	let kept: Kept = node.get(&Key::Kept).unwrap();
	let windows: Vec<_> = kept.windows.iter().map(|(window, _)| *window).collect();
	assert_eq!(windows, [START, START + 1]);
	assert_eq!(kept.windows[1].1, recording.samples()[9].at);
}

#[test]
fn detectors_should_know_all_samples_once() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.advance_to(START + 2, &[&node]);
	let learnt: Learnt = node.get(&Key::Learnt).unwrap();
	assert_eq!((learnt.model, learnt.watcher), (MODEL, taught(&node, &[START, START + 1])));
}

/// Detectors that know the samples of these windows.
fn taught(node: &Node, windows: &[Window]) -> Watcher {
	let mut watcher = Watcher::default();
	let readings = Readings::parse(&Metrics::at(1).page()).unwrap();
	for window in windows {
		let recording: Recording = node.get(&Key::Raw(*window)).unwrap();
		for sample in recording.samples() {
			watcher.observe(sample, &readings);
		}
	}
	watcher
}

#[test]
fn detectors_should_begin_anew_when_what_was_learnt_is_of_another_model() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.advance_to(START + 2, &[&node]);
	let learnt: Learnt = node.get(&Key::Learnt).unwrap();
	node.put(&Key::Learnt, &Learnt { model: MODEL - 1, ..learnt });
	chain.advance_to(START + 3, &[&node]);
	let learnt: Learnt = node.get(&Key::Learnt).unwrap();
	assert_eq!((learnt.model, learnt.watcher), (MODEL, taught(&node, &[START + 2])));
}

#[test]
fn detectors_should_go_on_when_the_node_was_restarted_in_between() {
	let (node, other) = (Node::new(WorkerMode::Watch), Node::new(WorkerMode::Watch));
	let mut chain = Chain::with(&[]);
	chain.advance_to(START + 1, &[&node, &other]);
	chain.advance(&[&node, &other]);
	let node = node.restarted();
	chain.advance_to(START + 3, &[&node, &other]);
	assert_eq!(node.bytes(&Key::Status), other.bytes(&Key::Status));
	for key in [Key::Learnt, Key::Course, Key::Digest(START + 1), Key::Digest(START + 2)] {
		assert_eq!(node.bytes(&key), other.bytes(&key), "{key:?}");
	}
}

#[test]
fn windows_should_be_forgotten_when_they_are_older_than_they_are_kept() {
	let node = Node::new(WorkerMode::Watch);
	let settings = WorkerSettings { mode: WorkerMode::Watch, port: 1, retention_hours: 2 };
	node.put(&Key::Settings, &settings);
	let mut chain = Chain::with(&[]);
	// Five minutes a block: 12 blocks are an hour.
	chain.pace = 300_000;
	chain.advance_to(START + 6, &[&node]);
	let kept: Kept = node.get(&Key::Kept).unwrap();
	let windows: Vec<_> = kept.windows.iter().map(|(window, _)| *window).collect();
	assert_eq!(windows, [START + 3, START + 4, START + 5]);
	for window in START..START + 6 {
		let is_kept = window >= START + 3;
		assert_eq!(node.bytes(&Key::Raw(window)).is_some(), is_kept, "{window}");
		assert_eq!(node.bytes(&Key::Digest(window)).is_some(), is_kept, "{window}");
	}
}

#[test]
fn worker_should_leave_a_block_out_when_another_run_is_at_work() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	let until = Timestamp::from_unix_millis(node.machine.now() + LOCK_MILLIS);
	node.put(&Key::Lock, &until);
	node.show(&Metrics::at(1));
	chain.run(&node);
	assert_eq!(node.requests(), 0);
	assert_eq!(node.bytes(&Key::Status), None);
	assert_eq!(node.get::<Timestamp>(&Key::Lock), Some(until));
	node.wait(LOCK_MILLIS + 1);
	chain.run(&node);
	assert_eq!(node.status().samples, 1);
	assert_eq!(node.bytes(&Key::Lock), None);
}

#[test]
fn samples_should_go_on_when_the_clock_was_set_back() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	let samples = node.status().samples;
	node.machine.wait_until(NOW - 3_600_000);
	chain.advance(&[&node]);
	assert_eq!(node.status().samples, samples);
	assert_eq!(node.status().at, node.machine.now());
	chain.advance(&[&node]);
	assert_eq!(node.status().samples, samples + 1);
	chain.advance_to(START + 4, &[&node]);
	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (3, 3, 0));
	assert_eq!(node.status().problem, None);
}

#[test]
fn sample_should_be_none_when_the_clock_stands_still() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.pace = 0;
	chain.advance(&[&node]);
	chain.advance(&[&node]);
	assert_eq!(node.status().samples, 1);
}

#[test]
fn window_should_be_over_when_many_blocks_were_left_out() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	chain.advance(&[&node]);
	let far = 400_000_000;
	for block in [far * WINDOW, u32::MAX] {
		chain.read(|| System::set_block_number(block));
		node.wait(1_000_000_000);
		node.show(&Metrics::at(block));
		chain.run(&node);
		assert_eq!(node.status().window, block / WINDOW);
	}
	// The ones before were made, and nothing is due for them any more.
	assert!(node.bytes(&Key::Digest(far)).is_some());
	assert_eq!(node.get::<Course>(&Key::Course).unwrap().recording.window(), u32::MAX / WINDOW);
}

#[test]
fn digest_should_stay_as_it_was_when_the_best_block_is_of_the_window_before() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	let digest = node.bytes(&Key::Digest(START));
	assert!(digest.is_some());
	// A fork: the last block of the window before comes once more.
	let block = chain.block_number();
	chain.read(|| System::set_block_number(block - 1));
	node.wait(BLOCK);
	node.show(&Metrics::at(block - 1));
	chain.run(&node);
	chain.read(|| System::set_block_number(block));
	node.take_calls();
	node.wait(BLOCK);
	node.show(&Metrics::at(block));
	chain.run(&node);
	assert_eq!(node.bytes(&Key::Digest(START)), digest);
	chain.advance_to(START + 4, &[&node]);
	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (3, 3, 0));
	let samples = node.get::<Recording>(&Key::Raw(START + 1)).unwrap().samples().len();
	assert_eq!(samples as u32, WINDOW + 2);
}

#[test]
fn worker_should_begin_anew_when_what_it_kept_is_garbled() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 2, &[&node]);
	for key in [
		Key::Status,
		Key::Course,
		Key::Learnt,
		Key::Alarms,
		Key::Kept,
		Key::Secret,
		Key::Digest(START),
		Key::Digest(START + 1),
	] {
		node.put(&key, &0xffu8);
		chain.run(&node);
	}
	node.wait(BLOCK);
	chain.advance_to(START + 8, &[&node]);
	assert_eq!(node.status().sender, Sender::Sending);
	let record = chain.record(ALICE);
	assert!(record.revealed >= 3, "{record:?}");
	assert_eq!(chain.read(|| worker(ALICE).deposit), DEPOSIT - MISS * u128::from(record.missed));
}

#[test]
fn values_of_a_digest_should_be_those_of_the_page() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.advance_to(START + 1, &[&node]);
	for memory in 0..WINDOW {
		chain.advance_with(&[&node], |metrics| metrics.resident = 1_000 + u64::from(memory % 3));
	}
	let digest: Digest = node.get(&Key::Digest(START + 1)).unwrap();
	let memory = digest.stats(Series::ResidentMemory).unwrap();
	assert_eq!((memory.min, memory.max), (value(1_000), value(1_002)));
	let third = Value::from_millionths(333_333);
	assert_eq!(digest.stats(Series::Cpu).unwrap().mean, third);
	assert_eq!(digest.stats(Series::RpcErrors).unwrap().max, value(0));
	assert_eq!(digest.stats(Series::PoolSize).unwrap().last, value(3));
	assert_eq!(digest.stats(Series::MissedSlots).unwrap().max, value(0));
}
