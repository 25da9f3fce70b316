//! Submitting headers: what is accepted, what it costs, and each refusal.

use crate::{mock::*, *};
use aitbc_bitcoin::{BlockHash, Header, Network};
use frame_support::{assert_noop, assert_ok, dispatch::Pays};
use sp_runtime::DispatchError;

/// The fee of a batch that was accepted.
fn pays(headers: &[Header]) -> Pays {
	submit(headers).expect("they are accepted").pays_fee
}

#[test]
fn headers_should_extend_the_chain_when_they_follow_the_tip() {
	run(|| {
		let headers = chain(&genesis(), 1, 3);

		assert_ok!(submit(&headers));

		let last = headers[2].hash();
		assert_eq!(tip(), (last, 3));
		assert_last_event(Event::Extended { tip: last, height: 3, added: 3 });
		for (header, height) in headers.iter().zip(1..) {
			let stored = Headers::<Test>::get(header.hash()).expect("it is kept");
			assert_eq!(Best::<Test>::get(height), Some(header.hash()));
			assert_eq!(
				(stored.previous, stored.merkle_root),
				(header.previous, header.merkle_root)
			);
			assert_eq!((stored.chained.height(), stored.chained.time()), (height, header.time));
		}
		assert_eq!(Stale::<Test>::iter().count(), 0);
	});
}

#[test]
fn headers_should_be_accepted_when_known_ones_precede_them() {
	run(|| {
		let headers = chain(&genesis(), 1, 5);
		assert_ok!(submit(&headers[..3]));

		let with_genesis: Vec<_> = [genesis()].into_iter().chain(headers.clone()).collect();
		assert_ok!(submit(&with_genesis));

		assert_last_event(Event::Extended { tip: headers[4].hash(), height: 5, added: 2 });
	});
}

#[test]
fn fee_should_return_once_in_a_block_when_the_work_rises() {
	run(|| {
		let headers = chain(&genesis(), 1, 4);
		assert_eq!(pays(&headers[..1]), Pays::No);
		assert_eq!(pays(&headers[1..2]), Pays::Yes);
		next_block();
		assert_eq!(pays(&headers[2..3]), Pays::No);
		assert_eq!(LastFree::<Test>::get(), Some(2));
		assert_eq!(pays(&headers[3..]), Pays::Yes);
	});
}

#[test]
fn fee_should_not_return_when_the_work_does_not_rise() {
	run(|| {
		assert_ok!(submit(&chain(&genesis(), 1, 2)));
		next_block();
		assert_eq!(pays(&chain(&genesis(), 2, 2)), Pays::Yes);
		// Nor did it use up what the block has for free.
		assert_eq!(pays(&chain(&genesis(), 3, 3)), Pays::No);
	});
}

#[test]
fn weight_should_be_what_was_done_when_less_than_the_most() {
	run(|| {
		let headers = chain(&genesis(), 1, 3);
		let actual = submit(&headers).expect("they are accepted").actual_weight;
		assert_eq!(actual, Some(<()>::submit(3).saturating_add(<()>::reorganize(0))));
		let most = LightClient::submit_weight(3);
		assert_eq!(most, <()>::submit(3).saturating_add(<()>::reorganize(2 * REORGANIZATION)));

		let other = chain(&genesis(), 2, 4);
		assert_ok!(submit(&other[..2]));
		let actual = submit(&other[2..]).expect("they are accepted").actual_weight;
		// Three are displaced, and two stale ones adopted.
		assert_eq!(actual, Some(<()>::submit(2).saturating_add(<()>::reorganize(5))));
	});
}

#[test]
fn weight_should_count_the_way_back_when_a_branch_stays_stale() {
	run(|| {
		assert_ok!(submit(&chain(&genesis(), 1, 6)));
		let other = chain(&genesis(), 2, 4);
		assert_ok!(submit(&other[..3]));
		let actual = submit(&other[3..]).expect("it is kept").actual_weight;
		assert_eq!(actual, Some(<()>::submit(1).saturating_add(<()>::reorganize(3))));
	});
}

#[test]
fn weight_should_be_that_of_the_checks_when_these_fail() {
	run(|| {
		let headers = chain(&genesis(), 1, 3);
		assert_ok!(submit(&headers));
		let refused = submit(&headers).expect_err("nothing is new");
		assert_eq!(refused.post_info.actual_weight, Some(<()>::submit(3)));
	});
}

#[test]
fn submit_should_fail_when_nobody_signed() {
	run(|| {
		let headers = chain(&genesis(), 1, 1).try_into().expect("there is one");
		let called = LightClient::submit(RuntimeOrigin::root(), headers);
		assert_eq!(called.map_err(|error| error.error), Err(DispatchError::BadOrigin));
	});
}

#[test]
fn submit_should_fail_when_there_is_no_checkpoint() {
	run_from(None, || {
		assert_noop!(try_submit(&chain(&genesis(), 1, 1)), Error::<Test>::NotFollowing);
	});
}

#[test]
fn submit_should_fail_when_nothing_is_new() {
	run(|| {
		let headers = chain(&genesis(), 1, 3);
		assert_noop!(try_submit(&[]), Error::<Test>::NothingNew);
		assert_noop!(try_submit(&[genesis()]), Error::<Test>::NothingNew);
		assert_ok!(submit(&headers));
		assert_noop!(try_submit(&headers), Error::<Test>::NothingNew);
	});
}

#[test]
fn submit_should_fail_when_the_parent_is_not_here() {
	run(|| {
		let headers = chain(&genesis(), 1, 3);
		assert_noop!(try_submit(&headers[1..]), Error::<Test>::UnknownParent);
	});
}

#[test]
fn submit_should_fail_when_headers_do_not_follow_each_other() {
	run(|| {
		let headers = chain(&genesis(), 1, 3);
		let gap = [headers[0], headers[2]];
		let twice = [headers[0], headers[0]];
		let backwards = [headers[1], headers[0]];
		assert_noop!(try_submit(&gap), Error::<Test>::NotConnected);
		assert_noop!(try_submit(&twice), Error::<Test>::NotConnected);
		assert_noop!(try_submit(&backwards), Error::<Test>::UnknownParent);
		// Also if all are known, so that no batch says what is not so.
		assert_ok!(submit(&headers));
		assert_noop!(try_submit(&gap), Error::<Test>::NotConnected);
	});
}

#[test]
fn submit_should_keep_no_header_when_one_of_them_is_wrong() {
	run(|| {
		let mut headers = chain(&genesis(), 1, 3);
		headers[2] = mine(Header { time: genesis().time, ..headers[2] });
		assert_noop!(try_submit(&headers), Error::<Test>::TimeTooOld);
	});
}

#[test]
fn submit_should_fail_when_there_is_no_proof_of_work() {
	run(|| {
		let mut header = child(&genesis(), 1);
		while header.bits.check(header.hash(), Network::Regtest.limit()).is_ok() {
			header.nonce += 1;
		}
		assert_noop!(try_submit(&[header]), Error::<Test>::NoProofOfWork);
	});
}

#[test]
fn submit_should_fail_when_the_bits_are_others() {
	run(|| {
		let bits = aitbc_bitcoin::Bits(0x2000_ffff);
		let mut header = Header { bits, ..child(&genesis(), 1) };
		while bits.check(header.hash(), Network::Regtest.limit()).is_err() {
			header.nonce += 1;
		}
		assert_noop!(try_submit(&[header]), Error::<Test>::WrongBits);
	});
}

#[test]
fn submit_should_fail_when_a_header_is_not_later_than_the_median() {
	run(|| {
		let headers = chain(&genesis(), 1, 11);
		assert_ok!(submit(&headers));
		// The median of the last eleven is the sixth's time.
		let median = headers[5].time;
		let at = |time| mine(Header { time, ..child(&headers[10], 1) });
		assert_noop!(try_submit(&[at(median)]), Error::<Test>::TimeTooOld);
		assert_ok!(submit(&[at(median + 1)]));
	});
}

#[test]
fn submit_should_fail_until_it_is_time_when_a_header_is_too_new() {
	run(|| {
		let time = NOW + 2 * 60 * 60;
		let at = |time| mine(Header { time, ..child(&genesis(), 1) });
		assert_noop!(try_submit(&[at(time + 1)]), Error::<Test>::TimeTooNew);
		assert_ok!(submit(&[at(time)]));
		Seconds::set(&(NOW + 1));
		assert_ok!(submit(&[at(time + 1)]));
	});
}

#[test]
fn submit_should_fail_when_the_version_is_too_old() {
	run(|| {
		// BIP 65 holds on regtest from the first block on.
		let header = mine(Header { version: 1, ..child(&genesis(), 1) });
		assert_noop!(try_submit(&[header]), Error::<Test>::VersionTooOld);
	});
}

#[test]
fn submit_should_fail_when_the_work_has_no_room() {
	run(|| {
		use aitbc_bitcoin::Work;
		give_work(genesis().hash(), Work(primitive_types::U256::MAX));
		Tip::<Test>::put(Headers::<Test>::get(genesis().hash()).expect("it is kept").chained);
		assert_noop!(try_submit(&[child(&genesis(), 1)]), Error::<Test>::Exhausted);
	});
}

#[test]
fn submit_should_fail_when_the_header_is_of_another_network() {
	run(|| {
		for network in [Network::Mainnet, Network::Testnet4, Network::Signet] {
			let foreign = network.genesis();
			assert_noop!(try_submit(&[foreign]), Error::<Test>::UnknownParent);
			// One that pretends to follow ours has not the network's bits.
			let header = Header { previous: genesis().hash(), ..foreign };
			assert_noop!(try_submit(&[header]), Error::<Test>::NoProofOfWork);
		}
	});
}

#[test]
fn errors_should_be_those_of_the_rules() {
	use aitbc_bitcoin::{BitsError, HeaderError, MedianTime, ProofOfWorkError, RecentTimes};
	let median: MedianTime = RecentTimes::new(5).median();
	let (hash, bits) = (BlockHash([0; 32]), genesis().bits);
	let cases = [
		(
			HeaderError::ProofOfWork(ProofOfWorkError::NoTarget(bits, BitsError::Zero)),
			Error::<Test>::NoProofOfWork,
		),
		(HeaderError::WrongParent { expected: hash, found: hash }, Error::NotConnected),
		(HeaderError::WrongBits { expected: bits, found: bits }, Error::WrongBits),
		(HeaderError::TimeTooOld { median, found: 1 }, Error::TimeTooOld),
		(HeaderError::TimeWarp { earliest: 2, found: 1 }, Error::TimeWarp),
		(HeaderError::TimeTooNew { latest: 1, found: 2 }, Error::TimeTooNew),
		(HeaderError::VersionTooOld { least: 2, found: 1 }, Error::VersionTooOld),
		(HeaderError::Exhausted { height: 1 }, Error::Exhausted),
	];
	for (error, expected) in cases {
		assert_eq!(
			DispatchError::from(Error::<Test>::from(error)),
			DispatchError::from(expected),
			"{error}"
		);
	}
}
