//! Real headers, and those of BIP 54, through the pallet. primitives/bitcoin/vectors/README.md has their origins.

use crate::{mock::*, *};
use aitbc_bitcoin::{BlockHash, Checkpoint, Header, Network, Work};
use frame_support::assert_ok;
use primitive_types::U256;
use std::collections::HashMap;

const BIP54: &[u8] = include_bytes!("../../../../primitives/bitcoin/vectors/bip54-timestamps.bin");
const BIP54_CASES: &str =
	include_str!("../../../../primitives/bitcoin/vectors/bip54-timestamps.txt");
const ORPHAN: &[u8] = include_bytes!("../../../../primitives/bitcoin/vectors/mainnet-437466.bin");
const LONG: &[u8] = include_bytes!("../../../../primitives/bitcoin/vectors/mainnet-741793.bin");

/// Reads headers of 80 bytes each.
fn headers(bytes: &[u8]) -> Vec<Header> {
	bytes
		.chunks_exact(80)
		.map(|bytes| Header::from_bytes(bytes.try_into().expect("they are 80")))
		.collect()
}

#[test]
fn chains_of_bip54_should_be_imported_from_mainnets_first_block() {
	let by_hash: HashMap<_, _> =
		headers(BIP54).into_iter().map(|header| (header.hash().0, header)).collect();
	let mut cases = 0;
	for case in BIP54_CASES.lines() {
		let mut words = case.split(' ');
		let height: u32 = words.next().unwrap().parse().unwrap();
		let last: BlockHash = words.next().unwrap().parse().unwrap();
		let mut chain = Vec::new();
		let mut hash = last;
		while let Some(header) = by_hash.get(&hash.0) {
			chain.push(*header);
			hash = header.previous;
		}
		chain.reverse();
		run_from(Some(StatedCheckpoint::genesis(Network::Mainnet)), || {
			assert_ok!(submit(&chain));
			assert_eq!(tip(), (last, height), "{case}");
		});
		cases += 1;
	}
	assert_eq!(cases, 9);
}

#[test]
fn mainnets_headers_should_be_imported_from_a_checkpoint() {
	let headers = headers(LONG);
	let checkpoint = Checkpoint {
		network: Network::Mainnet,
		height: 741_803,
		work: Work(U256::one() << 94),
		period_start: headers[0],
		headers: headers[1..12].to_vec(),
	};
	run_from(Some(StatedCheckpoint::from(&checkpoint)), || {
		for header in &headers[12..] {
			assert_ok!(submit(&[*header]));
		}
		assert_eq!(tip(), (headers[198].hash(), 741_990));
		assert_eq!(Best::<Test>::iter().count() as u32, KEPT);
	});
}

#[test]
fn mainnets_orphan_should_be_stale_whichever_comes_first() {
	let headers = headers(ORPHAN);
	// The file has the period's first header, 437,466 to 437,479, and the orphan of 437,478.
	let (sibling, last, orphan) = (headers[13], headers[14], headers[15]);
	let checkpoint = Checkpoint {
		network: Network::Mainnet,
		height: 437_476,
		work: Work(U256::one() << 94),
		period_start: headers[7],
		headers: headers[1..12].to_vec(),
	};
	for first in [orphan, sibling] {
		run_from(Some(StatedCheckpoint::from(&checkpoint)), || {
			assert_ok!(submit(&[headers[12], first]));
			assert_eq!(tip(), (first.hash(), 437_478));

			assert_ok!(submit(&[sibling, last]));
			assert_eq!(tip(), (last.hash(), 437_479));
			if first == sibling {
				assert_ok!(submit(&[orphan]));
			}
			let stale: Vec<_> =
				Stale::<Test>::iter().map(|(height, list)| (height, list[0])).collect();
			assert_eq!(stale, [(437_478, orphan.hash())]);
		});
	}
}
