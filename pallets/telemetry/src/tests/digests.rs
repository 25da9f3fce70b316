//! Tests of `commit` and `reveal`.

use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_telemetry::{Digest, Series};
use codec::Encode;
use frame_support::{assert_ok, dispatch::DispatchResult};
use sp_core::{Pair, H256};
use sp_runtime::transaction_validity::{TransactionPriority, ValidTransaction};

/// What the pool has to know of a transaction with this tag, in the first block of a window.
fn validity(tag: impl Encode) -> ValidTransaction {
	ValidTransaction {
		priority: TransactionPriority::MAX / 2,
		requires: vec![],
		provides: vec![("aitbc-telemetry", tag).encode()],
		longevity: WINDOW.into(),
		propagate: true,
	}
}

/// Sets the key of [`ALICE`], and begins the window in which she commits to the digest of [`START`].
fn alice_may_commit() -> Digest {
	set_keys(&[ALICE]);
	enter(START + 1);
	reset_events();
	digest(START)
}

/// Has [`ALICE`] commit, and begins the window in which she reveals.
fn alice_may_reveal() -> Digest {
	let digest = alice_may_commit();
	commit(&[(ALICE, digest)]);
	enter(START + 2);
	reset_events();
	digest
}

fn dismiss(report: ReportId) -> DispatchResult {
	Telemetry::judge_report(RuntimeOrigin::root(), report, false)
}

#[test]
fn commit_should_write_down_what_to() {
	build_and_execute(|| {
		let digest = alice_may_commit();
		let commitment = commitment(ALICE, &digest);

		assert_ok!(send(&commit_call(ALICE, &digest)));

		assert_eq!(Commitments::<Test>::iter().collect::<Vec<_>>(), [(START, ALICE, commitment)]);
		assert_eq!(CommitmentCount::<Test>::get(), 1);
		assert_eq!(record(ALICE), ReporterRecord { committed: 1, ..Default::default() });
		assert_eq!(held(ALICE), DEPOSIT);
		let committed = Event::DigestCommitted { reporter: ALICE, window: START, commitment };
		assert_eq!(events(), [committed]);
	});
}

#[test]
fn commitment_should_be_that_of_the_hashes_of_genesis_and_account() {
	build_and_execute(|| {
		let digest = digest(START);
		let genesis = sp_io::hashing::blake2_256(System::block_hash(0).as_bytes());
		let reporter = sp_io::hashing::blake2_256(&ALICE.to_le_bytes());
		let expected = aitbc_telemetry::commitment(&digest, genesis, &reporter, &[3; 32]);
		assert_eq!(Telemetry::commitment_of(&ALICE, &digest, &[3; 32]), Commitment(expected));
	});
}

#[test]
fn commit_should_be_refused_when_nobody_has_the_key() {
	build_and_execute(|| {
		let digest = alice_may_commit();
		assert_refused(&commit_call(BOB, &digest), Error::UnknownKey);
	});
}

#[test]
fn commit_should_be_refused_when_the_reporter_does_not_validate_any_more() {
	build_and_execute(|| {
		let digest = alice_may_commit();
		set_stake(ALICE, 0);
		assert_refused(&commit_call(ALICE, &digest), Error::ReporterNotActive);
		set_stake(ALICE, 1);
		assert_ok!(send(&commit_call(ALICE, &digest)));
	});
}

#[test]
fn commit_should_be_refused_when_the_deposit_does_not_cover_the_dearest_penalty() {
	build_and_execute(|| {
		let digest = alice_may_commit();
		for series in [Series::Cpu, Series::Peers] {
			assert_ok!(dismiss(report(ALICE, series)));
		}
		assert_eq!(worker(ALICE).deposit, DEPOSIT - 2 * SPAM);
		assert_refused(&commit_call(ALICE, &digest), Error::DepositTooLow);
		SpamPenalty::set(&(DEPOSIT - 2 * SPAM));
		assert_ok!(send(&commit_call(ALICE, &digest)));
	});
}

#[test]
fn commit_should_be_refused_when_it_is_not_for_the_last_window() {
	build_and_execute(|| {
		let present = START + 1;
		alice_may_commit();
		for window in [present - 2, present, present + 1, 0, Window::MAX] {
			assert_refused(&commit_call(ALICE, &digest(window)), Error::WrongWindow);
		}
	});
}

#[test]
fn commit_should_be_refused_when_there_is_no_window_before() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		System::set_block_number(WINDOW - 1);
		for window in [0, 1, Window::MAX] {
			assert_refused(&commit_call(ALICE, &digest(window)), Error::WrongWindow);
		}
	});
}

#[test]
fn commit_should_be_refused_when_there_was_one() {
	build_and_execute(|| {
		let digest = alice_may_commit();
		commit(&[(ALICE, digest)]);
		assert_refused(&commit_call(ALICE, &digest), Error::AlreadyCommitted);
		let other = digest_of(START, [None; SHARED]);
		assert_refused(&commit_call(ALICE, &other), Error::AlreadyCommitted);
	});
}

#[test]
fn commit_should_be_refused_when_as_many_have_as_can() {
	build_and_execute(|| {
		MaxReporters::set(&2);
		set_keys(&[ALICE, BOB, CAROL]);
		for present in [START + 1, START + 2] {
			enter(present);
			let digest = digest(present - 1);
			commit(&[(ALICE, digest), (BOB, digest)]);
			assert_refused(&commit_call(CAROL, &digest), Error::TooManyReporters);
		}
	});
}

#[test]
fn commits_should_be_counted_from_zero_in_each_of_the_first_windows() {
	build_and_execute(|| {
		NextToSettle::<Test>::kill();
		System::set_block_number(1);
		MaxReporters::set(&1);
		set_keys(&[ALICE]);
		for present in 1..=5 {
			enter(present);
			commit(&[(ALICE, digest(present - 1))]);
		}
	});
}

#[test]
fn commit_should_be_refused_when_the_signature_is_over_something_else() {
	build_and_execute(|| {
		let digest = alice_may_commit();
		set_keys(&[BOB]);
		let right = commitment(ALICE, &digest);
		let wrong = Commitment([1; 32]);
		let statement = Statement::Commits(START, &right);
		for signature in [
			sign(BOB, &statement),
			sign(ALICE, &Statement::Commits(START + 1, &right)),
			sign(ALICE, &Statement::Commits(START, &wrong)),
			proof(ALICE, ALICE),
			pair(ALICE).sign(&statement.bytes(&H256::zero())).into(),
			pair(ALICE).sign(&statement.encode()).into(),
		] {
			assert_forged(&Call::commit {
				key: key(ALICE),
				window: START,
				commitment: right,
				signature,
			});
		}
	});
}

#[test]
fn commits_should_have_one_tag_when_they_are_of_one_reporter_and_window() {
	build_and_execute(|| {
		let digest = alice_may_commit();
		let other = digest_of(START, [None; SHARED]);
		let expected = Ok(validity((0u8, START, ALICE)));
		assert_eq!(authorize(&commit_call(ALICE, &digest)), expected);
		assert_eq!(authorize(&commit_call(ALICE, &other)), expected);
		set_keys(&[BOB]);
		assert_eq!(authorize(&commit_call(BOB, &digest)), Ok(validity((0u8, START, BOB))));
	});
}

#[test]
fn transactions_should_be_valid_up_to_the_end_of_the_window() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB]);
		enter(START + 1);
		commit(&[(BOB, digest(START))]);
		enter(START + 2);
		let calls = [
			commit_call(ALICE, &digest(START + 1)),
			reveal_call(BOB, &digest(START)),
			report_call(ALICE, START + 2, alarm(Series::Cpu)),
		];
		for left in (1..=WINDOW).rev() {
			for call in &calls {
				assert_eq!(authorize(call).unwrap().longevity, u64::from(left));
			}
			next_block();
		}
		for call in &calls {
			assert_refused(call, Error::WrongWindow);
		}
	});
}

#[test]
fn reveal_should_write_the_shared_values_down_and_tell_the_rest() {
	build_and_execute(|| {
		let digest = alice_may_reveal();

		assert_ok!(send(&reveal_call(ALICE, &digest)));

		let revealed = Revealed::<Test>::iter().collect::<Vec<_>>();
		let values = [1_000, 2, 3].map(|ones| Some(value(ones)));
		assert_eq!(revealed, [(START, ALICE, values)]);
		assert_eq!(Commitments::<Test>::iter().count(), 1);
		let record = record(ALICE);
		assert_eq!((record.committed, record.revealed, record.missed), (1, 1, 0));
		assert_eq!(events(), [Event::DigestRevealed { reporter: ALICE, digest }]);
	});
}

#[test]
fn reveal_should_be_refused_when_it_is_not_two_windows_after() {
	build_and_execute(|| {
		let digest = alice_may_commit();
		commit(&[(ALICE, digest)]);
		assert_refused(&reveal_call(ALICE, &digest), Error::WrongWindow);
		enter(START + 2);
		assert_ok!(authorize(&reveal_call(ALICE, &digest)));
		enter(START + 3);
		assert_refused(&reveal_call(ALICE, &digest), Error::WrongWindow);
	});
}

#[test]
fn reveal_should_be_refused_when_there_are_no_two_windows_before() {
	build_and_execute(|| {
		System::set_block_number(2 * WINDOW - 1);
		for window in [0, 1, Window::MAX] {
			assert_refused(&reveal_call(ALICE, &digest(window)), Error::WrongWindow);
		}
	});
}

#[test]
fn reveal_should_be_refused_when_the_reporter_did_not_commit() {
	build_and_execute(|| {
		let digest = alice_may_reveal();
		set_keys(&[BOB]);
		assert_refused(&reveal_call(BOB, &digest), Error::NotCommitted);
	});
}

#[test]
fn reveal_should_be_refused_when_it_was_done() {
	build_and_execute(|| {
		let digest = alice_may_reveal();
		reveal(&[(ALICE, digest)]);
		assert_refused(&reveal_call(ALICE, &digest), Error::AlreadyRevealed);
	});
}

#[test]
fn reveal_should_be_refused_when_the_digest_is_unsound() {
	build_and_execute(|| {
		let mut unsound = alice_may_commit();
		let stats = unsound.series[Series::Cpu.index()].as_mut().unwrap();
		stats.mean = value(2);
		commit(&[(ALICE, unsound)]);
		enter(START + 2);
		assert_refused(&reveal_call(ALICE, &unsound), Error::UnsoundDigest);
	});
}

#[test]
fn reveal_should_be_refused_when_it_is_not_what_was_committed_to() {
	build_and_execute(|| {
		let digest = alice_may_reveal();
		let mut other = digest;
		other.raw[0] ^= 1;
		assert_refused(&reveal_call(ALICE, &other), Error::CommitmentMismatch);
		let salt = salt(BOB);
		let call = Call::reveal { reporter: ALICE, digest, salt };
		assert_refused(&call, Error::CommitmentMismatch);
	});
}

#[test]
fn copied_commitment_should_not_be_revealed() {
	build_and_execute(|| {
		let digest = alice_may_commit();
		set_keys(&[BOB]);
		commit(&[(ALICE, digest)]);
		let copy = commitment(ALICE, &digest);
		let signature = sign(BOB, &Statement::Commits(START, &copy));
		let call = Call::commit { key: key(BOB), window: START, commitment: copy, signature };
		assert_ok!(send(&call));
		enter(START + 2);
		reveal(&[(ALICE, digest)]);
		let call = Call::reveal { reporter: BOB, digest, salt: salt(ALICE) };
		assert_refused(&call, Error::CommitmentMismatch);
	});
}

#[test]
fn reveal_should_work_when_the_reporter_could_not_commit_any_more() {
	build_and_execute(|| {
		let digest = alice_may_reveal();
		for series in [Series::Cpu, Series::Peers] {
			assert_ok!(dismiss(report(ALICE, series)));
		}
		set_stake(ALICE, 0);
		assert_ok!(send(&reveal_call(ALICE, &digest)));
	});
}

#[test]
fn reveals_should_have_one_tag_when_they_are_of_one_reporter_and_window() {
	build_and_execute(|| {
		let digest = alice_may_reveal();
		let expected = Ok(validity((1u8, START, ALICE)));
		assert_eq!(authorize(&reveal_call(ALICE, &digest)), expected);
	});
}

#[test]
fn report_should_have_the_tag_of_its_series_reporter_and_window() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let mut alarm = alarm(Series::DiskFree);
		let expected = Ok(validity((2u8, START, 10u8, ALICE)));
		assert_eq!(authorize(&report_call(ALICE, START, alarm)), expected);
		alarm.at += 1;
		assert_eq!(authorize(&report_call(ALICE, START, alarm)), expected);
	});
}
