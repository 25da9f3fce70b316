//! Alarms: kept, and reported.

use super::node::{send_all, Chain, Metrics, Node, TREND};
use crate::worker::local::{Course, KeptAlarm, Key, WorkerMode, MAX_KEPT_ALARMS};
use crate::{mock::*, *};
use aitbc_telemetry::{Alarm, Cause, Recording, Series};

/// The alarms of a disk that fills, and the first of them.
fn crossing(node: &Node) -> KeptAlarm {
	let alarms = node.alarms();
	let is_crossing = |kept: &&KeptAlarm| {
		kept.alarm.series == Series::DiskFree && matches!(kept.alarm.cause, Cause::Crossing { .. })
	};
	alarms.iter().find(is_crossing).unwrap_or_else(|| panic!("{alarms:?}")).clone()
}

/// The alarms that the chain knows.
fn on_chain(chain: &mut Chain) -> Vec<Alarm> {
	chain.read(|| Reports::<Test>::iter_values().map(|report| report.alarm).collect())
}

#[test]
fn alarm_should_be_kept_with_the_samples_behind_it() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.fill_disk(&node, 7_024, TREND - 1);
	assert_eq!(node.alarms(), []);
	chain.advance_with(&[], |_| ());
	node.wait(60_000);
	node.show(&Metrics { disk: 7_024 - 20 * (TREND - 1), ..Metrics::at(chain.block_number()) });
	chain.run(&node);

	let kept = crossing(&node);
	assert_eq!((kept.alarm.at, kept.reported), (node.machine.now(), None));
	let recording: Recording = node.get(&Key::Evidence(kept.evidence)).unwrap();
	assert_eq!(RawHash(recording.raw_hash()), kept.evidence);
	assert_eq!(recording.samples().last().unwrap().at, kept.alarm.at);
	let course: Course = node.get(&Key::Course).unwrap();
	assert_eq!(course.recording, recording);
}

#[test]
fn alarm_should_be_reported_once_and_known_as_reported_when_it_is_on_chain() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.fill_disk(&node, 7_024, TREND);
	let kept = crossing(&node);
	assert_eq!(kept.reported, None);

	for _ in 0..4 * WINDOW {
		chain.advance_with(&[&node], |metrics| metrics.disk = 7_024 - 20 * (TREND - 1));
	}

	let window = START;
	assert_eq!(crossing(&node), KeptAlarm { reported: Some(window), ..kept.clone() });
	let reports: Vec<_> = chain.read(|| {
		let of_series = |report: &Report<AccountId>| report.alarm == kept.alarm;
		Reports::<Test>::iter_values().filter(of_series).collect()
	});
	let [report] = &reports[..] else { panic!("{reports:?}") };
	assert_eq!((report.reporter, report.window), (ALICE, window));
	assert_eq!((report.evidence, report.model), (kept.evidence, aitbc_telemetry::MODEL));
	assert_eq!(chain.refused, 0);
}

#[test]
fn alarm_should_be_reported_once_when_its_window_ends_meanwhile() {
	// At which block of the window the alarm is raised.
	for place in 0..WINDOW {
		let node = Node::of(ALICE);
		let mut chain = Chain::with(&[ALICE]);
		let before = WINDOW + place + 1 - TREND as u32;
		for _ in 0..before {
			chain.add_block(&[]);
		}
		chain.fill_disk(&node, 7_024, TREND);
		let kept = crossing(&node);
		assert_eq!(chain.block_number() % WINDOW, (place + 1) % WINDOW);
		for _ in 0..3 * WINDOW {
			chain.advance_with(&[&node], |metrics| metrics.disk = 7_024 - 20 * (TREND - 1));
		}
		let same = on_chain(&mut chain).into_iter().filter(|alarm| *alarm == kept.alarm);
		assert_eq!(same.count(), 1, "{place}");
		assert!(crossing(&node).reported.is_some(), "{place}");
		assert_eq!(chain.refused, 0, "{place}");
	}
}

/// An alarm that was raised now.
fn raised(node: &Node, series: Series, ago: u64) -> KeptAlarm {
	let alarm = Alarm { at: node.machine.now() - ago, ..alarm(series) };
	KeptAlarm { alarm, evidence: EVIDENCE, reported: None }
}

#[test]
fn alarm_should_not_be_reported_when_it_is_older_than_ten_minutes() {
	for (ago, expected) in [(600_000, 1), (600_001, 0)] {
		let node = Node::of(ALICE);
		let mut chain = Chain::with(&[ALICE]);
		node.put(&Key::Alarms, &vec![raised(&node, Series::Cpu, ago)]);
		chain.run(&node);
		assert_eq!(node.take_calls().len(), expected, "{ago}");
		assert_eq!(node.alarms()[0].reported, None);
	}
}

#[test]
fn alarms_should_be_reported_window_by_window_when_there_are_more_than_one_takes() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	let series = [Series::Cpu, Series::Peers, Series::PoolSize, Series::RpcErrors];
	node.put(&Key::Alarms, &series.map(|one| raised(&node, one, 0)).to_vec());
	chain.advance(&[&node]);
	chain.advance(&[&node]);
	assert_eq!(chain.read(|| worker(ALICE).reported), (START, 2));
	// Seen at the next block.
	chain.advance(&[&node]);
	assert_eq!(node.take_calls(), []);
	chain.advance_to(START + 1, &[&node]);
	chain.advance(&[&node]);
	chain.advance(&[&node]);
	let reported: Vec<_> = node.alarms().iter().map(|kept| kept.reported).collect();
	assert_eq!(reported, [Some(START), Some(START), Some(START + 1), Some(START + 1)]);
	assert_eq!(chain.refused, 0);
}

#[test]
fn alarms_of_one_series_should_be_one_report_when_they_are_of_one_window() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	let first = raised(&node, Series::Cpu, 2);
	let others = [raised(&node, Series::Cpu, 1), raised(&node, Series::Peers, 0)];
	node.put(&Key::Alarms, &vec![first.clone(), others[0].clone(), others[1].clone()]);
	chain.run(&node);
	// The second one does not take the room of the third.
	let calls = node.take_calls();
	assert_eq!(calls.len(), 2, "{calls:?}");
	chain.read(|| send_all(&calls));
	chain.run(&node);
	assert_eq!(node.take_calls(), []);
	assert!(node.alarms().iter().all(|kept| kept.reported == Some(START)));
	let known = on_chain(&mut chain);
	assert_eq!(known.len(), 2);
	assert!(known.contains(&first.alarm) && known.contains(&others[1].alarm));
}

#[test]
fn alarm_should_be_reported_when_another_of_its_series_was_in_the_window_before() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.read(|| {
		report(ALICE, Series::Cpu);
		enter(START + 1);
	});
	node.put(&Key::Alarms, &vec![raised(&node, Series::Cpu, 1)]);
	chain.run(&node);
	let calls = node.take_calls();
	assert!(matches!(calls[..], [Call::report { window, .. }] if window == START + 1));
}

#[test]
fn evidence_should_be_removed_when_there_are_too_many_alarms() {
	for surplus in 0..3 {
		let node = Node::new(WorkerMode::Watch);
		let mut chain = Chain::with(&[]);
		let hash = |index: usize| RawHash([index as u8; 32]);
		let mut alarms = Vec::new();
		for index in 0..MAX_KEPT_ALARMS + surplus {
			// The second and the third share theirs.
			let evidence = hash(if index == 2 { 1 } else { index });
			node.put(&Key::Evidence(evidence), &Recording::new(0));
			alarms.push(KeptAlarm { evidence, ..raised(&node, Series::Cpu, 0) });
		}
		node.put(&Key::Alarms, &alarms);
		let has = |index| node.bytes(&Key::Evidence(hash(index))).is_some();

		chain.fill_disk(&node, 7_024, TREND);

		let kept = node.alarms();
		assert_eq!(kept.len(), MAX_KEPT_ALARMS);
		let new = kept.iter().filter(|one| one.alarm.at > NOW).count();
		assert_eq!(new, 1);
		assert_eq!(kept[0], alarms[new + surplus]);
		// It goes with the last of those that share it.
		assert_eq!([has(0), has(1), has(3)], [false, surplus < 2, true]);
		assert!(node.bytes(&Key::Evidence(crossing(&node).evidence)).is_some());
	}
}
