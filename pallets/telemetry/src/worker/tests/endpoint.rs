//! Endpoints that are not well.

use super::machine::Endpoint;
use super::node::{Chain, Metrics, Node, BLOCK};
use crate::mock::*;
use crate::worker::endpoint::DEADLINE_MILLIS;
use crate::worker::local::{Key, Sender, WorkerMode};
use aitbc_telemetry::{Digest, Series, MAX_PAGE};

/// Every endpoint that is not well, and what the operator is told.
fn broken() -> Vec<(Endpoint, &'static str)> {
	let page = Metrics::at(1).page();
	let garbled = [&page[..], b"<html>\n"].concat();
	let not_utf8 = [&page[..], b"# \xff\n"].concat();
	let other = b"go_goroutines 7\nup 1\n".to_vec();
	let long = vec![b'#'; MAX_PAGE + 1];
	vec![
		(Endpoint::NoRequest, "nobody answers"),
		(Endpoint::NoWrite, "nobody answers"),
		(Endpoint::NoAnswer, "nobody answers"),
		(Endpoint::Forgotten, "nobody answers"),
		(Endpoint::Silent, "more than two seconds"),
		(Endpoint::Stalled, "more than two seconds"),
		(Endpoint::Trickling(page.clone(), 100), "more than two seconds"),
		(Endpoint::Code(500), "answers 500 instead of 200"),
		(Endpoint::Code(204), "answers 204 instead of 200"),
		(Endpoint::Endless, "longer than 512 KiB"),
		(Endpoint::Page(long), "longer than 512 KiB"),
		(Endpoint::Broken(page.clone()), "broke off"),
		(Endpoint::Broken(vec![]), "broke off"),
		(Endpoint::Page(page[..page.len() - 1].to_vec()), "ends within a line"),
		(Endpoint::Page(garbled), "is no sample"),
		(Endpoint::Page(not_utf8), "is not UTF-8"),
		(Endpoint::Page(other), "has none of a node's metrics"),
		(Endpoint::Page(vec![]), "has none of a node's metrics"),
	]
}

#[test]
fn worker_should_tell_the_problem_and_take_no_sample_when_the_endpoint_is_not_well() {
	for (endpoint, expected) in broken() {
		let node = Node::of(ALICE);
		let mut chain = Chain::with(&[ALICE]);
		node.serve(endpoint.clone());
		let begin = node.machine.now();

		chain.run(&node);

		let status = node.status();
		let problem = status.problem.expect("there is one");
		assert!(problem.contains(expected), "{endpoint:?}: {problem}");
		assert_eq!((status.samples, status.at), (0, begin), "{endpoint:?}");
		assert!(status.outlook.is_empty());
		assert_eq!(node.bytes(&Key::Course), None, "{endpoint:?}");
		assert_eq!(node.bytes(&Key::Lock), None, "{endpoint:?}");
		assert!(node.machine.now() <= begin + DEADLINE_MILLIS + 100, "{endpoint:?}");
		assert!(node.machine.web().read <= MAX_PAGE + 16 * 1_024, "{endpoint:?}");
		// It goes on sending what it has.
		assert_eq!(status.sender, Sender::Sending);
	}
}

#[test]
fn page_should_be_read_when_it_is_as_long_as_it_may_be() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	let mut page = Metrics::at(1).page();
	page.push(b'#');
	page.resize(MAX_PAGE - 1, b'x');
	page.push(b'\n');
	node.serve(Endpoint::Page(page));
	chain.run(&node);
	assert_eq!((node.status().problem, node.status().samples), (None, 1));
}

#[test]
fn page_should_be_read_when_it_trickles_in_time() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	let page = Metrics::at(1).page();
	assert!(page.len() < DEADLINE_MILLIS as usize);
	node.serve(Endpoint::Trickling(page, 1));
	chain.run(&node);
	assert_eq!((node.status().problem, node.status().samples), (None, 1));
}

#[test]
fn problem_should_be_told_once_when_it_lasts() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	let since = |chain: &mut Chain, endpoint: Option<Endpoint>| {
		chain.add_block(&[&node]);
		match endpoint {
			Some(endpoint) => node.serve(endpoint),
			None => node.show(&Metrics::at(chain.block_number())),
		}
		chain.run(&node);
		// It is told when this is now.
		(node.status().since - NOW) / BLOCK
	};
	assert_eq!(since(&mut chain, Some(Endpoint::NoAnswer)), 1);
	for (endpoint, _) in broken() {
		// A run that took as long as it may is the last one, so clocks agree.
		if matches!(endpoint, Endpoint::Silent | Endpoint::Stalled | Endpoint::Trickling(..)) {
			continue;
		}
		assert_eq!(since(&mut chain, Some(endpoint)), 1);
	}
	let blocks = node.requests() as u64;
	assert_eq!(since(&mut chain, None), blocks + 1);
	assert_eq!(since(&mut chain, None), blocks + 1);
	assert_eq!(node.status().problem, None);
	assert_eq!(since(&mut chain, Some(Endpoint::Code(404))), blocks + 3);
	assert_eq!(since(&mut chain, None), blocks + 4);
}

#[test]
fn samples_should_go_on_when_the_endpoint_was_not_well_for_a_while() {
	let reporters = [ALICE, BOB, CAROL];
	let nodes = reporters.map(Node::of);
	let nodes: Vec<_> = nodes.iter().collect();
	let mut chain = Chain::with(&reporters);
	chain.advance_to(START + 1, &nodes);
	// The end of the window, and the first half of the next one.
	let mut metrics = Metrics::at(0);
	for block in 0..3 * WINDOW / 2 {
		chain.add_block(&nodes);
		metrics = Metrics::at(chain.block_number());
		for node in &nodes {
			let is_ill = block >= WINDOW / 2 && core::ptr::eq(*node, nodes[0]);
			if is_ill {
				node.serve(Endpoint::Code(503));
			} else {
				node.show(&metrics);
			}
			chain.run(node);
		}
	}
	assert_eq!(metrics.best, u64::from((START + 1) * WINDOW + 3 * WINDOW / 2));
	chain.advance_to(START + 6, &nodes);
	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (5, 5, 0));
	let digest: Digest = nodes[0].get(&Key::Digest(START + 1)).unwrap();
	assert_eq!(digest.stats(Series::Peers).unwrap().count, WINDOW / 2 + 1);
}
