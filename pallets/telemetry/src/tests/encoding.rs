//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{mock::*, *};
use aitbc_telemetry::{FeedValue, Series};
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt::Debug;
use sp_core::bytes::to_hex;

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), golden.replace(' ', ""));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

/// So many times the byte.
fn bytes(byte: u8, count: usize) -> String {
	format!("{byte:02x}").repeat(count)
}

/// 1,000 as 128 bits.
const DEPOSIT_HEX: &str = "e8030000000000000000000000000000";
/// 100 as 128 bits.
const MISS_HEX: &str = "64000000000000000000000000000000";
/// 2, 50 and 1 as values.
const TWO_HEX: &str = "80841e0000000000";
const FIFTY_HEX: &str = "80f0fa0200000000";
const ONE_HEX: &str = "40420f0000000000";

#[test]
fn numbers_and_hashes_should_keep_their_encoding() {
	assert_golden(ReportId(258), "0x0201000000000000");
	assert_golden(
		ReportSpan { first: ReportId(1), next: ReportId(2) },
		"0x0100000000000000 0200000000000000",
	);
	assert_golden(Span { oldest: 5, present: 7 }, "0x05000000 07000000");
	assert_golden(Commitment([1; 32]), &format!("0x{}", bytes(1, 32)));
	assert_golden(RawHash([2; 32]), &format!("0x{}", bytes(2, 32)));
}

/// A worker that has reported, and its encoding.
fn golden_worker() -> (Worker, String) {
	let raw = sp_core::sr25519::Public::from_raw([3; 32]);
	let worker = Worker { key: raw.into(), deposit: DEPOSIT, open_reports: 2, reported: (4, 1) };
	(worker, format!("{} {DEPOSIT_HEX} 02000000 04000000 01000000", bytes(3, 32)))
}

#[test]
fn workers_should_keep_their_encoding() {
	let (worker, golden) = golden_worker();
	assert_eq!(worker.encoded_size(), Worker::max_encoded_len());
	assert_eq!(Worker::max_encoded_len(), 32 + 16 + 4 + 8);
	assert_golden(worker, &format!("0x{golden}"));
}

fn golden_feed() -> (Feed, String) {
	let seen = FeedValue { median: value(2), spread: value(1), reporters: 3 };
	let feed = Feed { reporters: 3, stake: DEPOSIT, values: [Some(seen), None, Some(seen)] };
	let seen = format!("01 {TWO_HEX} {ONE_HEX} 03000000");
	(feed, format!("03000000 {DEPOSIT_HEX} {seen} 00 {seen}"))
}

#[test]
fn feeds_should_keep_their_encoding() {
	let (feed, golden) = golden_feed();
	assert_golden(feed, &format!("0x{golden}"));
	assert_eq!(Feed::max_encoded_len(), 4 + 16 + 3 * 21);
	assert_eq!(SharedValues::max_encoded_len(), 3 * 9);
	let values: SharedValues = [Some(value(2)), None, Some(value(50))];
	assert_golden(values, &format!("0x01 {TWO_HEX} 00 01 {FIFTY_HEX}"));
}

fn golden_record() -> (ReporterRecord, String) {
	let record = ReporterRecord {
		committed: 1,
		revealed: 2,
		missed: 3,
		in_band: 4,
		out_of_band: 5,
		reported: 6,
		confirmed: 7,
		dismissed: 8,
		last_confirmed: Some(9),
	};
	let counts: Vec<_> = (1..=8).map(|count| format!("0{count}00000000000000")).collect();
	(record, format!("{} 01 09000000", counts.concat()))
}

#[test]
fn records_should_keep_their_encoding() {
	let (record, golden) = golden_record();
	assert_eq!(record.encoded_size(), ReporterRecord::max_encoded_len());
	assert_eq!(ReporterRecord::max_encoded_len(), 8 * 8 + 5);
	assert_golden(record, &format!("0x{golden}"));
	assert_golden(ReporterRecord::default(), &format!("0x{}", bytes(0, 65)));
}

#[test]
fn eras_should_keep_their_encoding() {
	let closed = EraPay { points: 3, pot: Some(DEPOSIT), paid: MISS };
	assert_eq!(closed.encoded_size(), EraPay::max_encoded_len());
	assert_eq!(EraPay::max_encoded_len(), 8 + 17 + 16);
	assert_golden(closed, &format!("0x0300000000000000 01 {DEPOSIT_HEX} {MISS_HEX}"));
	let open = EraPay { points: 3, pot: None, paid: 0 };
	assert_golden(open, &format!("0x0300000000000000 00 {}", bytes(0, 16)));
	assert_eq!((closed.unpaid(), open.unpaid()), (DEPOSIT - MISS, 0));
}

fn golden_report() -> (Report<AccountId>, String) {
	let report = Report {
		reporter: ALICE,
		window: START,
		alarm: alarm(Series::DiskFree),
		model: 258,
		evidence: EVIDENCE,
		state: ReportState::Open,
	};
	// The time is 1,700,000,000,000, and the score that of certainty.
	let score = aitbc_anomaly::Score::ONE.encode();
	let alarm = format!(
		"0a 0068e5cf8b010000 00 {} 00 {TWO_HEX} {FIFTY_HEX}",
		to_hex(&score, false).trim_start_matches("0x")
	);
	(report, format!("0100000000000000 04000000 {alarm} 0201 {} 00", bytes(5, 32)))
}

#[test]
fn reports_should_keep_their_encoding() {
	let (report, golden) = golden_report();
	assert_golden(report, &format!("0x{golden}"));
	// The alarm is as long as one of a crossing.
	assert_eq!(Report::<AccountId>::max_encoded_len(), 8 + 4 + 35 + 2 + 32 + 2);
	assert_golden(ReportState::Open, "0x00");
	assert_golden(ReportState::Confirmed(Confirmation::Corroboration), "0x01 00");
	assert_golden(ReportState::Confirmed(Confirmation::Governance), "0x01 01");
	assert_golden(ReportState::Dismissed, "0x02");
}

#[test]
fn statements_should_keep_their_encoding() {
	let genesis = sp_core::H256([7; 32]);
	let hex = |statement: Statement<AccountId>| to_hex(&statement.bytes(&genesis), false);
	let head = format!("0x61697462632d74656c656d65747279 {}", bytes(7, 32));
	let golden = |tail: &str| format!("{head} {tail}").replace(' ', "");
	assert_eq!(hex(Statement::WorksFor(&ALICE)), golden("00 0100000000000000"));
	let commitment = Commitment([1; 32]);
	let expected = golden(&format!("01 04000000 {}", bytes(1, 32)));
	assert_eq!(hex(Statement::Commits(START, &commitment)), expected);
	let (report, stored) = golden_report();
	// The alarm, the model and the evidence are side by side in a report, too.
	let tail = &stored.replace(' ', "")[24..];
	let tail = &tail[..tail.len() - 2];
	let expected = golden(&format!("02 04000000 {tail}"));
	let statement = Statement::Reports(START, &report.alarm, report.model, &report.evidence);
	assert_eq!(hex(statement), expected);
}

#[test]
fn what_clients_get_should_keep_its_encoding() {
	let (worker, worker_hex) = golden_worker();
	let (record, record_hex) = golden_record();
	let info = ReporterInfo {
		reporter: ALICE,
		worker: Some(worker),
		record,
		stake: MISS,
		points: 5,
		is_covered: true,
	};
	let info_hex = format!("0100000000000000 01 {worker_hex} {record_hex} {MISS_HEX} 05000000 01");
	assert_golden(info.clone(), &format!("0x{info_hex}"));
	assert_golden(
		ReporterPage { reporters: vec![info], next: Some(BOB) },
		&format!("0x04 {info_hex} 01 0200000000000000"),
	);
	let (feed, feed_hex) = golden_feed();
	assert_golden(
		FeedInfo { window: 4, first_block: 40, feed },
		&format!("0x04000000 28000000 {feed_hex}"),
	);
	let (report, report_hex) = golden_report();
	let info = ReportInfo { id: ReportId(3), report };
	let info_hex = format!("0300000000000000 {report_hex}");
	assert_golden(info.clone(), &format!("0x{info_hex}"));
	assert_golden(
		ReportPage { reports: vec![info], next: Some(ReportId(2)) },
		&format!("0x04 {info_hex} 01 0200000000000000"),
	);
	assert_golden(
		Claimable { era: 7, points: 3, amount: Some(MISS) },
		&format!("0x07000000 03000000 01 {MISS_HEX}"),
	);
	assert_golden(
		TelemetryInfo {
			window: 4,
			window_length: 10,
			era: 7,
			deposit: DEPOSIT,
			miss_penalty: MISS,
			spam_penalty: MISS,
			era_pot: DEPOSIT,
			pot: MISS,
			min_reporters: 3,
			points: 9,
		},
		&format!(
			"0x04000000 0a000000 07000000 {DEPOSIT_HEX} {MISS_HEX} {MISS_HEX} {DEPOSIT_HEX} \
			 {MISS_HEX} 03000000 0900000000000000"
		),
	);
}

#[test]
fn worker_data_should_keep_its_encoding() {
	use crate::worker::local::*;
	let settings = WorkerSettings { mode: WorkerMode::Report, port: 9_615, retention_hours: 48 };
	assert_golden(settings, "0x02 8f25 30000000");
	assert_golden(WorkerMode::Off, "0x00");
	assert_golden(WorkerMode::Watch, "0x01");
	for (index, sender) in
		[Sender::NotAllowed, Sender::NoKey, Sender::NotNamed, Sender::NotAdmitted, Sender::Sending]
			.into_iter()
			.enumerate()
	{
		assert_golden(sender, &format!("0x0{index}"));
	}
	let status = Status { at: 1, window: 2, since: 3, samples: 4, ..Default::default() };
	let golden = "0x0100000000000000 02000000 00 0300000000000000 0400000000000000 00 00";
	assert_golden(status, golden);
	let head = b"aitbc/telemetry/";
	for (key, name) in [
		(Key::Settings, &b"settings"[..]),
		(Key::Lock, b"lock"),
		(Key::Status, b"status"),
		(Key::Course, b"course"),
		(Key::Learnt, b"learnt"),
		(Key::Alarms, b"alarms"),
		(Key::Kept, b"kept"),
		(Key::Secret, b"secret"),
		(Key::Raw(258), b"raw/\x00\x00\x01\x02"),
		(Key::Digest(258), b"digest/\x00\x00\x01\x02"),
		(Key::Evidence(RawHash([b'e'; 32])), b"evidence/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"),
	] {
		assert_eq!(key.bytes(), [head, name].concat(), "{key:?}");
	}
}
