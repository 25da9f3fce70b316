//! Digests: committed to, and revealed.

use super::machine::Endpoint;
use super::node::{send_all, Chain, Node};
use crate::worker::local::{Kept, Key, Sender, WorkerMode, WorkerSettings};
use crate::{mock::*, *};

#[test]
fn digests_should_be_committed_revealed_and_earn_points_when_nodes_report() {
	let reporters = [ALICE, BOB, CAROL];
	let nodes = reporters.map(Node::of);
	let nodes: Vec<_> = nodes.iter().collect();
	let mut chain = Chain::with(&reporters);
	let last = START + 8;

	chain.advance_to(last, &nodes);

	for (who, node) in reporters.into_iter().zip(&nodes) {
		let record = chain.record(who);
		assert_eq!((record.committed, record.revealed, record.missed), (7, 7, 0), "{who}");
		assert_eq!((record.in_band, record.out_of_band), (6, 0), "{who}");
		assert_eq!(chain.read(|| points(who)), 6);
		assert_eq!(node.status().sender, Sender::Sending);
		assert_eq!(node.alarms(), []);
	}
	assert_eq!(chain.refused, 0);
	let feed = chain.read(|| Feeds::<Test>::get(last - 3)).unwrap();
	assert_eq!((feed.reporters, feed.stake), (3, 3 * STAKE));
	let median = |series: usize| feed.values[series].unwrap().median;
	let height = i64::from((last - 2) * WINDOW - 1);
	assert_eq!([0, 1, 2].map(median), [height, 2, 3].map(value));
}

#[test]
fn commitment_should_be_sent_until_it_is_on_chain() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	let [commitment] = &node.take_calls()[..] else { panic!() };
	assert!(matches!(commitment, Call::commit { window: START, .. }));
	// It was lost. The next one is the same.
	chain.advance(&[&node]);
	assert_eq!(node.take_calls().len(), 1);
	chain.run(&node);
	assert_eq!(node.pool.state.lock().unwrap().transactions.len(), 1);
	chain.advance(&[&node]);
	assert_eq!(node.take_calls(), []);
	assert_eq!(chain.record(ALICE).committed, 1);
}

#[test]
fn nothing_should_be_sent_while_brakes_stop_it() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	node.take_calls();
	chain.read(|| IsBraked::set(&true));
	chain.advance(&[&node]);
	assert_eq!(node.take_calls(), []);

	chain.read(|| IsBraked::set(&false));
	chain.advance(&[&node]);

	assert!(matches!(node.take_calls()[..], [Call::commit { window: START, .. }]));
}

#[test]
fn digest_should_be_committed_to_in_the_last_block_of_the_window_when_it_could_not_be_before() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 2, &[&node]);
	node.take_calls();
	while chain.block_number() < (START + 3) * WINDOW - 2 {
		chain.advance(&[&node]);
		node.take_calls();
	}
	chain.run(&node);
	// For the last block of this window.
	let calls = node.take_calls();
	assert!(matches!(calls[0], Call::commit { window, .. } if window == START + 1), "{calls:?}");
	chain.read(|| assert!(calls.iter().all(|call| authorize(call).is_ok())));
	chain.advance(&[&node]);
	// What is sent now is for the next window, and that has no digest before it ends.
	assert_eq!(node.take_calls(), []);
}

#[test]
fn digest_should_be_revealed_when_the_node_was_restarted_in_between() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	chain.advance(&[&node]);
	assert_eq!(chain.record(ALICE).committed, 1);

	let node = node.restarted();
	chain.advance_to(START + 3, &[&node]);

	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (2, 2, 0));
	assert_eq!(chain.refused, 0);
}

#[test]
fn worker_should_say_why_when_it_can_not_send() {
	let node = Node::new(WorkerMode::Report);
	let mut chain = Chain::with(&[ALICE]);
	let sender = |chain: &mut Chain| {
		chain.advance(&[&node]);
		node.status().sender
	};
	assert_eq!(sender(&mut chain), Sender::NoKey);
	node.add_key(BOB);
	assert_eq!(sender(&mut chain), Sender::NotNamed);
	node.add_key(ALICE);
	assert_eq!(sender(&mut chain), Sender::Sending);
	chain.read(|| set_stake(ALICE, 0));
	assert_eq!(sender(&mut chain), Sender::NotAdmitted);
	chain.read(|| {
		set_stake(ALICE, STAKE);
		SpamPenalty::set(&(DEPOSIT + 1));
	});
	assert_eq!(sender(&mut chain), Sender::NotAdmitted);
	chain.read(|| SpamPenalty::set(&SPAM));
	assert_eq!(sender(&mut chain), Sender::Sending);
	node.allow(WorkerMode::Watch);
	assert_eq!(sender(&mut chain), Sender::NotAllowed);
}

#[test]
fn worker_should_send_nothing_when_it_can_not() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.read(|| set_stake(ALICE, 0));
	chain.advance_to(START + 4, &[&node]);
	assert_eq!(node.take_calls(), []);
	assert_eq!(node.status().samples, 4 * u64::from(WINDOW));
}

#[test]
fn worker_should_go_on_when_the_pool_takes_nothing() {
	let mut node = Node::of(ALICE);
	node.pool.is_full = true;
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 2, &[&node]);
	assert_eq!(node.status().sender, Sender::Sending);
	assert_eq!(chain.record(ALICE), ReporterRecord::default());
}

#[test]
fn node_should_not_reveal_a_digest_that_another_has_committed_to() {
	let (node, second) = (Node::of(ALICE), Node::of(ALICE));
	second.machine.inner.0.write().seed = [77; 32];
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node, &second]);
	// Only the first one gets through.
	second.take_calls();
	chain.advance(&[&node, &second]);
	assert_eq!(chain.record(ALICE).committed, 1);
	while chain.block_number() + 1 < (START + 2) * WINDOW {
		second.take_calls();
		chain.advance(&[&node, &second]);
	}
	let reveals = |calls: &[Call<Test>]| {
		calls.iter().filter(|call| matches!(call, Call::reveal { .. })).count()
	};
	assert_eq!(reveals(&second.take_calls()), 0);
	assert_eq!(second.status().sender, Sender::Sending);
	let calls = node.take_calls();
	assert_eq!(reveals(&calls), 1);
	chain.read(|| {
		next_block();
		send_all(&calls);
	});
	assert_eq!(chain.record(ALICE).revealed, 1);
}

#[test]
fn window_should_not_be_committed_to_when_it_has_no_samples() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	while chain.window() < START + 3 {
		chain.add_block(&[&node]);
		node.serve(Endpoint::NoAnswer);
		chain.run(&node);
	}
	chain.advance_to(START + 5, &[&node]);
	assert_eq!(node.bytes(&Key::Digest(START + 2)), None);
	let record = chain.record(ALICE);
	// The second window's digest was made too late, and the third has none.
	assert!(node.bytes(&Key::Digest(START + 1)).is_some());
	assert_eq!((record.committed, record.revealed, record.missed), (2, 2, 0));
}

#[test]
fn digest_should_be_revealed_when_its_blocks_took_longer_than_it_is_kept() {
	let node = Node::of(ALICE);
	let settings = WorkerSettings { mode: WorkerMode::Report, port: 1, retention_hours: 0 };
	node.put(&Key::Settings, &settings);
	let mut chain = Chain::with(&[ALICE]);
	chain.pace = 3_600_000;
	chain.advance_to(START + 6, &[&node]);
	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (5, 5, 0));
	let kept: Kept = node.get(&Key::Kept).unwrap();
	assert_eq!(kept.windows.len(), 2);
}
