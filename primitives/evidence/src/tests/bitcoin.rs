//! Bitcoin's headers.

use super::*;
use crate::verdict::BitcoinBlock;
use aitbc_bitcoin::{CheckpointError, HeaderError, Network, Work};

#[test]
fn bitcoin_should_state_the_tip_and_its_work() {
	let bundle = Plan::default().bundle();
	let verdict = bundle.verify(NOW).unwrap();
	let last = bundle.bitcoin.headers.last().unwrap();
	assert_eq!(verdict.bitcoin.tip, BitcoinBlock { height: 26, hash: last.hash() });
	// A block of regtest takes two attempts on average, and there are 27.
	assert_eq!(verdict.bitcoin.work, Work(54.into()));
	assert_eq!(verdict.bitcoin.work_since_checkpoint, Work(12.into()));
	let checkpoint = verdict.trust.checkpoint;
	assert_eq!((checkpoint.network, checkpoint.work), (Network::Regtest, Work(42.into())));
	let last = bundle.bitcoin.checkpoint.headers[10];
	assert_eq!(checkpoint.block, BitcoinBlock { height: 20, hash: last.hash() });
	assert_eq!(checkpoint.period_start, Network::Regtest.genesis().hash());
}

#[test]
fn bitcoin_should_begin_anywhere() {
	for checkpoint in [0, 1, 11, 40] {
		let verdict = Plan { checkpoint, ..Plan::default() }.bundle().verify(NOW).unwrap();
		assert_eq!(verdict.trust.checkpoint.block.height, checkpoint);
		assert_eq!(verdict.bitcoin.tip.height, checkpoint + 6);
		assert_eq!(verdict.anchor.confirmations, 5);
	}
}

#[test]
fn bitcoin_should_be_refused_when_the_checkpoint_does_not_fit_together() {
	let error = refusal_after(|bundle| bundle.bitcoin.checkpoint.headers.truncate(10));
	let wrong = CheckpointError::WrongCount { expected: 11, found: 10 };
	assert_eq!(error, VerifyError::Checkpoint(wrong));
}

#[test]
fn bitcoin_should_be_refused_when_a_header_does_not_follow() {
	let bundle = Plan::default().bundle();
	let (expected, found) = (bundle.bitcoin.headers[2].hash(), bundle.bitcoin.headers[3].hash());
	let error = refusal_after(|bundle| {
		bundle.bitcoin.headers.remove(3);
	});
	let wrong = HeaderError::WrongParent { expected, found };
	assert_eq!(error, VerifyError::BitcoinHeader { height: 24, error: wrong });
}

#[test]
fn bitcoin_should_be_refused_when_a_header_has_no_work() {
	let error = refusal_after(|bundle| {
		let header = &mut bundle.bitcoin.headers[5];
		while header.bits.check(header.hash(), Network::Regtest.limit()).is_ok() {
			header.nonce += 1;
		}
	});
	let VerifyError::BitcoinHeader { height: 26, error: HeaderError::ProofOfWork(_) } = error
	else {
		panic!("{error}")
	};
}

#[test]
fn bitcoin_should_be_refused_when_a_time_is_not_after_the_median() {
	let error = refusal_after(|bundle| {
		let header = &mut bundle.bitcoin.headers[5];
		header.time = 0;
		mine(header);
	});
	let VerifyError::BitcoinHeader { height: 26, error: HeaderError::TimeTooOld { .. } } = error
	else {
		panic!("{error}")
	};
}

#[test]
fn bitcoin_should_be_refused_when_a_header_is_ahead_of_the_clock() {
	let bundle = Plan::default().bundle();
	let found = bundle.bitcoin.headers[5].time;
	let now = found - 2 * 60 * 60;
	assert!(bundle.verify(now).is_ok());
	let error = HeaderError::TimeTooNew { latest: found - 1, found };
	assert_eq!(bundle.verify(now - 1), Err(VerifyError::BitcoinHeader { height: 26, error }));
}
