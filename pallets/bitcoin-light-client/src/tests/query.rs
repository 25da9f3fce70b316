//! What the runtime API answers.

use crate::{mock::*, runtime_api::MAX_PAGE, *};
use aitbc_bitcoin::{Network, Work};
use frame_support::assert_ok;

#[test]
fn info_should_say_where_the_client_stands() {
	run(|| {
		let headers = chain(&genesis(), 1, 3);
		assert_ok!(submit(&headers));
		let last = headers[2];
		let tip = HeaderInfo {
			hash: last.hash(),
			height: 3,
			previous: last.previous,
			merkle_root: last.merkle_root,
			time: last.time,
			work: Work(8.into()),
			confirmations: Some(1),
		};
		assert_eq!(LightClient::header(last.hash()), Some(tip.clone()));
		let expected = LightClientInfo {
			network: Network::Regtest,
			tip,
			oldest: 0,
			kept: KEPT,
			max_reorganization: REORGANIZATION,
			max_batch: BATCH,
		};
		assert_eq!(LightClient::info(), Some(expected));
	});
	run_from(None, || {
		assert_eq!(LightClient::info(), None);
		assert_eq!(LightClient::headers_down(None, 10), []);
	});
}

#[test]
fn headers_should_be_listed_from_the_tip_down() {
	run(|| {
		KeptHeaders::set(&500);
		assert_ok!(submit(&chain(&genesis(), 1, 150)));
		let heights = |from, limit| -> Vec<_> {
			LightClient::headers_down(from, limit).iter().map(|header| header.height).collect()
		};
		assert_eq!(heights(None, 3), [150, 149, 148]);
		assert_eq!(heights(Some(1), 3), [1, 0]);
		assert_eq!(heights(Some(900), 1), [150]);
		assert_eq!(heights(None, 0), [150]);
		assert_eq!(heights(None, u32::MAX).len() as u32, MAX_PAGE);
	});
}

#[test]
fn stale_headers_should_be_told_without_confirmations() {
	run(|| {
		assert_ok!(submit(&chain(&genesis(), 1, 2)));
		let stale = child(&genesis(), 2);
		assert_ok!(submit(&[stale]));
		let found = LightClient::stale_at(1);
		assert_eq!(found.len(), 1);
		assert_eq!((found[0].hash, found[0].confirmations), (stale.hash(), None));
		assert_eq!(LightClient::header(stale.hash()), Some(found[0].clone()));
		assert_eq!(LightClient::stale_at(2), []);
		assert_eq!(LightClient::hash_at(1), Some(chain(&genesis(), 1, 1)[0].hash()));
		assert_eq!(LightClient::hash_at(3), None);
	});
}
