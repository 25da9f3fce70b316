//! Bundles of which one thing is wrong, kept in files for other programs: single flipped bits never get as far as
//! most of these.

use super::*;
use aitbc_audit::Proof;
use aitbc_bitcoin::{Commitment, InternalKey};
use sp_consensus_grandpa::{ConsensusLog, ScheduledChange};
use sp_runtime::{traits::Header as _, DigestItem};
use std::{collections::BTreeMap, env, fs};

/// A small plan, of which each bundle differs in one thing.
const SMALL: Plan = Plan {
	trusted: Some(7),
	changes: 0,
	later: 0,
	votes_ahead: false,
	checkpoint: 0,
	commitment: Commitment::OpReturn,
	wanted: Wanted::Block,
};

/// A bundle after a change.
fn changed(mut bundle: Bundle, change: impl FnOnce(&mut Bundle)) -> Bundle {
	change(&mut bundle);
	bundle
}

/// The bundle of a plan after a change.
fn small(plan: Plan, change: impl FnOnce(&mut Bundle)) -> Bundle {
	changed(plan.bundle(), change)
}

/// A bundle whose justification is another, made for its target.
fn justified(make: impl FnOnce(&Header) -> Justification) -> Bundle {
	small(SMALL, |bundle| {
		bundle.finality.justification = make(&bundle.finality.headers[0]);
	})
}

/// A bundle whose block has these items in its digest, and is final and anchored.
fn with_digest(items: Vec<DigestItem>) -> Bundle {
	small(SMALL, |bundle| {
		let mut block = header(10, Default::default(), vec![]);
		let anchored = block.clone();
		block.digest.logs = items;
		bundle.finality.justification = justify(7, &voters(0), &block, &[]);
		let source = if digest::audit_log(&block).is_ok() { &block } else { &anchored };
		(bundle.bitcoin, bundle.anchor) = SMALL.anchor(source);
		bundle.finality.headers = vec![block];
	})
}

/// A bundle with one change, announced by these items.
fn with_change(items: Vec<DigestItem>) -> Bundle {
	small(Plan { changes: 1, ..SMALL }, |bundle| {
		let header = header(10, Default::default(), items);
		let justification = justify(7, &voters(0), &header, &[]);
		bundle.changes = vec![SetChange { header, justification }];
	})
}

/// A child of a block of our chain.
fn child(block: &Header) -> Header {
	header(block.number() + 1, block.hash(), vec![])
}

fn votes() -> Vec<(&'static str, Bundle)> {
	vec![
		("vote-unknown", justified(|block| justify(7, &voters(1), block, &[]))),
		(
			"vote-repeated",
			justified(|block| justify(7, &[voters(0), voters(0)].concat(), block, &[])),
		),
		(
			"vote-equivocation",
			justified(|block| justify(7, &voters(0), block, &[(pair(0, 0), child(block))])),
		),
		(
			"vote-unrelated",
			justified(|block| {
				let mut justification =
					justify(7, &voters(0), block, &[(pair(0, 3), child(block))]);
				justification.votes_ancestries.clear();
				justification
			}),
		),
		(
			"vote-number",
			justified(|block| {
				let next = Header { number: block.number() + 2, ..child(block) };
				justify(7, &voters(0), block, &[(pair(0, 3), next)])
			}),
		),
		("votes-few", justified(|block| justify(7, &voters(0)[1..], block, &[]))),
		("votes-none", justified(|block| justify(7, &[], block, &[]))),
		(
			"votes-for-later-block",
			justified(|block| {
				let ahead = [0, 1, 2].map(|index| (pair(0, index), child(block)));
				let mut justification = justify(7, &[pair(0, 3)], block, &ahead);
				justification.votes_ancestries.truncate(1);
				justification
			}),
		),
		(
			"votes-for-children-only",
			justified(|block| {
				let other = header(block.number() + 1, block.hash(), vec![change(3)]);
				let ahead =
					[(pair(0, 0), child(block)), (pair(0, 1), child(block)), (pair(0, 2), other)];
				let mut justification = justify(7, &[], block, &ahead);
				justification.votes_ancestries.remove(0);
				justification
			}),
		),
		(
			"votes-header-unused",
			justified(|block| {
				let mut justification = justify(7, &voters(0), block, &[]);
				justification.votes_ancestries.push(child(block));
				justification
			}),
		),
		(
			"votes-header-of-target",
			justified(|block| {
				let mut justification = justify(7, &voters(0), block, &[]);
				justification.votes_ancestries.push(block.clone());
				justification
			}),
		),
		("votes-of-other-set", justified(|block| justify(6, &voters(0), block, &[]))),
		("votes-for-other-block", justified(|block| justify(7, &voters(0), &child(block), &[]))),
	]
}

fn changes() -> Vec<(&'static str, Bundle)> {
	let scheduled = |delay| ScheduledChange { next_authorities: authorities(1), delay };
	let two = Plan { changes: 2, ..SMALL };
	vec![
		(
			"change-forced",
			with_change(vec![change(1), grandpa(ConsensusLog::ForcedChange(9, scheduled(0)))]),
		),
		("change-delayed", with_change(vec![grandpa(ConsensusLog::ScheduledChange(scheduled(1)))])),
		("change-twice", with_change(vec![change(1), change(1)])),
		("change-missing", with_change(vec![grandpa(ConsensusLog::Pause(0))])),
		("change-unreadable", with_change(vec![DigestItem::Consensus(*b"FRNK", vec![1, 1])])),
		(
			"change-left-out",
			small(two, |bundle| {
				bundle.changes.remove(0);
			}),
		),
		("change-again", small(two, |bundle| bundle.changes[1] = bundle.changes[0].clone())),
		(
			"change-after-block",
			small(Plan { changes: 1, ..SMALL }, |bundle| {
				let block = header(9, Default::default(), vec![]);
				bundle.finality.justification = justify(8, &voters(1), &block, &[]);
				bundle.finality.headers = vec![block];
			}),
		),
		(
			"change-on-the-way",
			small(SMALL, |bundle| {
				let block = header(10, Default::default(), vec![change(1)]);
				let target = child(&block);
				bundle.finality.justification = justify(7, &voters(0), &target, &[]);
				bundle.finality.headers = vec![block, target];
			}),
		),
		(
			"chain-not-connected",
			small(Plan { later: 2, ..SMALL }, |bundle| {
				bundle.finality.headers.remove(1);
			}),
		),
		("chain-empty", small(SMALL, |bundle| bundle.finality.headers.clear())),
	]
}

fn anchors() -> Vec<(&'static str, Bundle)> {
	let item = header(10, Default::default(), vec![]).digest.logs[1].clone();
	vec![
		(
			"genesis-number",
			small(Plan { trusted: None, ..SMALL }, |bundle| {
				let authorities = state_proof(&AUTHORITIES_KEY);
				let header = header(1, Default::default(), vec![]);
				bundle.start = Start::Genesis { header, authorities };
			}),
		),
		(
			"genesis-other-key",
			small(Plan { trusted: None, ..SMALL }, |bundle| {
				let header = header(0, Default::default(), vec![]);
				bundle.start = Start::Genesis { header, authorities: state_proof(LONG) };
			}),
		),
		(
			"set-without-voters",
			small(SMALL, |bundle| {
				bundle.start = Start::Trusted(AuthoritySet { id: 7, authorities: vec![] });
			}),
		),
		("audit-log-twice", with_digest(vec![item.clone(), item])),
		("audit-log-unreadable", with_digest(vec![DigestItem::Consensus(*b"AUDT", vec![0; 39])])),
		(
			"bitcoin-gap",
			small(SMALL, |bundle| {
				bundle.bitcoin.headers.remove(3);
			}),
		),
		(
			"bitcoin-old-version",
			small(SMALL, |bundle| {
				let header = bundle.bitcoin.headers.last_mut().expect("there is one");
				header.version = 3;
				mine(header);
			}),
		),
		(
			"bitcoin-before-median",
			small(SMALL, |bundle| {
				let header = bundle.bitcoin.headers.last_mut().expect("there is one");
				header.time = 1_296_688_602;
				mine(header);
			}),
		),
		(
			"checkpoint-work",
			small(SMALL, |bundle| {
				bundle.bitcoin.checkpoint.work.0 += 1.into();
			}),
		),
		("anchor-in-checkpoint", small(SMALL, |bundle| bundle.anchor.height = 0)),
		("anchor-other-output", small(SMALL, |bundle| bundle.anchor.output = 0)),
		(
			"anchor-no-key",
			small(SMALL, |bundle| {
				let internal_key = InternalKey([0xff; 32]);
				bundle.anchor.commitment = Commitment::Taproot { internal_key };
			}),
		),
		(
			"anchor-of-other-set",
			small(SMALL, |bundle| {
				let other = Plan { trusted: Some(6), ..SMALL };
				(bundle.bitcoin, bundle.anchor) = other.anchor(&bundle.finality.headers[0]);
			}),
		),
		(
			"anchor-short-coinbase-path",
			small(SMALL, |bundle| {
				bundle.anchor.inclusion.coinbase_path.pop();
			}),
		),
		(
			"anchor-not-coinbase",
			small(SMALL, |bundle| {
				let inclusion = &mut bundle.anchor.inclusion;
				inclusion.coinbase = inclusion.transaction.clone();
			}),
		),
	]
}

fn claims() -> Vec<(&'static str, Bundle)> {
	let storage = Plan { wanted: Wanted::Storage(LONG), ..SMALL };
	let with_proof = |change: fn(&mut Vec<Vec<u8>>)| {
		small(storage, |bundle| {
			let mut proof = state_proof(LONG);
			change(&mut proof.0);
			bundle.claim = Claim::Storage { key: LONG.into(), proof };
		})
	};
	let record = |change: fn(&mut Vec<u8>, &mut Proof)| {
		small(Plan { wanted: Wanted::Record(3), ..SMALL }, |bundle| {
			let Claim::Record { record, proof } = &mut bundle.claim else { return };
			change(record, proof);
		})
	};
	vec![
		("state-surplus-node", with_proof(|nodes| nodes.push(vec![0]))),
		("state-node-twice", with_proof(|nodes| nodes.insert(0, nodes[0].clone()))),
		("state-other-order", with_proof(|nodes| nodes.reverse())),
		(
			"state-missing-value",
			with_proof(|nodes| {
				nodes.pop();
			}),
		),
		("state-empty", with_proof(Vec::clear)),
		("record-surplus-node", record(|_, proof| proof.nodes.push([0; 32]))),
		("record-trailing-byte", record(|record, _| record.push(0))),
		("record-not-in-log", record(|_, proof| proof.count = 3)),
		("record-other-count", record(|_, proof| proof.count = 4)),
		(
			"record-without-log",
			changed(with_digest(vec![]), |bundle| {
				bundle.claim = Plan { wanted: Wanted::Record(3), ..SMALL }.bundle().claim;
			}),
		),
	]
}

#[test]
fn refused_bundles_should_be_as_ever() {
	let all = [votes(), changes(), anchors(), claims()].concat();
	let folder = golden::file("refused").with_extension("");
	let mut errors = BTreeMap::new();
	for (name, bundle) in &all {
		let bytes = bundle.to_bytes();
		let read = Bundle::from_bytes(&bytes).expect("it can be read");
		let error = read.verify(NOW).map(|_| name).expect_err("it does not hold");
		assert_eq!(errors.insert(*name, error.to_string()), None, "{name} is there twice");
		let file = folder.join(name).with_extension("bundle");
		if env::var_os("AITBC_WRITE_GOLDEN").is_some() {
			fs::write(&file, &bytes).unwrap();
		}
		let kept = fs::read(&file).unwrap_or_default();
		assert!(kept == bytes, "{name} is another bundle now: write it with AITBC_WRITE_GOLDEN=1");
	}
	let errors = serde_json::to_string_pretty(&errors).unwrap() + "\n";
	let file = folder.join("errors.json");
	if env::var_os("AITBC_WRITE_GOLDEN").is_some() {
		fs::write(&file, &errors).unwrap();
	}
	assert_eq!(fs::read_to_string(&file).unwrap_or_default(), errors);
}
