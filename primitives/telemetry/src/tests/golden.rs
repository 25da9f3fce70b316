//! A node's page, from its text to the commitment, and the exact bits of all that is stored or sent.

use crate::*;
use aitbc_anomaly::{Feature, Limit, Score, Value};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};

/// A validator's page with its names, labels, order and comments, cut to what is ours and some of what is
/// not. The node that it was made of had 1,451 lines.
const PAGE: &str = include_str!("page.prom");

const START: u64 = 1_795_400_000_000;

fn value(text: &str) -> Option<Value> {
	Some(text.parse().unwrap())
}

fn hex(bytes: &[u8]) -> String {
	bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The page three seconds later.
fn later() -> String {
	[
		("authored_total{chain=\"local\"} 1229", "authored_total{chain=\"local\"} 1230"),
		("1843.27", "1843.87"),
		("3998639460352", "3998638411776"),
		("402653185", "402653184"),
		("} 48512", "} 48513"),
		("231.4871930129999", "231.4921930129999"),
		("_count{chain=\"local\"} 47283", "_count{chain=\"local\"} 47284"),
		("\"ws\",chain=\"local\"} 3", "\"ws\",chain=\"local\"} 5"),
		("peers_count{chain=\"local\"} 3", "peers_count{chain=\"local\"} 2"),
	]
	.into_iter()
	.fold(PAGE.into(), |page, (from, to)| {
		assert!(page.contains(from), "{from}");
		page.replace(from, to)
	})
}

/// The recording of a window that has the page, and the page three seconds later.
fn recording() -> Recording {
	let mut recording = Recording::new(12);
	let mut sampler = Sampler::default();
	for (at, page) in [(START, PAGE.into()), (START + 3_000, later())] {
		let readings = Readings::parse(page.as_bytes()).unwrap();
		assert!(recording.push(sampler.observe(at, readings).unwrap()));
	}
	recording
}

#[test]
fn readings_should_be_these_when_the_page_is_this_one() {
	let expected = Readings {
		best: value("48512"),
		finalized: value("48509"),
		peers: value("3"),
		import_time: value("231.487193"),
		imports: value("47283"),
		ready_transactions: value("17"),
		rpc_errors: value("11"),
		slots_claimed: value("1231"),
		blocks_authored: value("1229"),
		cpu: value("1843.27"),
		resident_memory: value("384.000001"),
		memory: value("16000"),
		disk_free: value("3813399.753906"),
	};
	assert_eq!(Readings::parse(PAGE.as_bytes()), Ok(expected));
}

#[test]
fn page_should_be_refused_when_it_is_cut_anywhere_but_between_lines() {
	for end in 0..PAGE.len() {
		let page = &PAGE.as_bytes()[..end];
		assert!(page.ends_with(b"\n") || Readings::parse(page).is_err(), "{end}");
	}
}

#[test]
fn samples_should_be_these_when_the_pages_are_these() {
	let recording = recording();
	let expected = [
		value("48513"),
		value("4"),
		None,
		value("2"),
		value("0.005"),
		value("17"),
		value("0"),
		value("2"),
		value("0.2"),
		value("384"),
		value("3813398.753906"),
	];
	let sample = recording.samples()[1];
	assert_eq!(sample, Sample { at: START + 3_000, values: expected });
}

#[test]
fn hashes_should_be_these_when_the_pages_are_these() {
	let recording = recording();
	let digest = recording.digest();
	assert!(digest.is_sound());
	assert_eq!(digest.shared(), [value("48513"), value("3.5"), None]);
	// Python's `struct` and `hashlib` give the same ones.
	assert_eq!(
		hex(&recording.raw_hash()),
		"b0897a0a7e8824ee7cceed61f2dc32876e590ecd7f45d44f1e5a25fd76a350ca"
	);
	let commitment = commitment(&digest, [1; 32], &[2; 32], &[3; 32]);
	assert_eq!(
		hex(&commitment),
		"2dc249e3f779d5918292ae3ce16dc7801140aaafa3d1a2059bc83aa726e5f7e0"
	);
}

#[test]
fn commitment_should_be_the_hash_of_what_is_documented() {
	use blake2::{digest::consts::U32, Blake2b, Digest as _};
	let digest = recording().digest();
	let mut preimage = b"aitbc/telemetry/commitment/1".to_vec();
	preimage.extend([[1; 32], [2; 32], [3; 32]].concat());
	preimage.extend(digest.encode());
	let hash: [u8; 32] = Blake2b::<U32>::digest(&preimage).into();
	assert_eq!(commitment(&digest, [1; 32], &[2; 32], &[3; 32]), hash);
}

#[test]
fn encodings_should_be_these() {
	let sample = Sample { at: 1, values: core::array::from_fn(|i| (i == 2).then(Value::default)) };
	let mut recording = Recording::new(5);
	recording.push(sample);
	let none = "00";
	let encoded = [
		"05000000",
		"04",
		"0100000000000000",
		&none.repeat(2),
		"010000000000000000",
		&none.repeat(8),
	];
	assert_eq!(hex(&recording.encode()), encoded.concat());

	let value = Value::from_millionths;
	let stats = Stats { count: 1, min: value(2), max: value(3), mean: value(4), last: value(5) };
	let mut digest = Digest { window: 7, raw: [0xab; 32], series: [None; Series::COUNT] };
	digest.series[10] = Some(stats);
	let encoded = [
		"07000000",
		&"ab".repeat(32),
		&none.repeat(10),
		"01",
		"01000000",
		"0200000000000000",
		"0300000000000000",
		"0400000000000000",
		"0500000000000000",
	];
	assert_eq!(hex(&digest.encode()), encoded.concat());

	let (score, feature) = (Score::ALARM, Feature::Level);
	let cause = Cause::Anomaly { score, feature, expected: value(1), seen: value(2) };
	let alarm = Alarm { series: Series::Peers, at: 1, cause };
	let encoded = "03010000000000000000555505010000000000000002000000000000 00".replace(' ', "");
	assert_eq!(hex(&alarm.encode()), encoded);

	let cause = Cause::Crossing { limit: Limit::AtMost(value(1)), expected: 2, latest: 3 };
	let alarm = Alarm { series: Series::DiskFree, at: 1, cause };
	let encoded = ["0a", "0100000000000000", "01", "01", "0100000000000000"].concat()
		+ "02000000000000000300000000000000";
	assert_eq!(hex(&alarm.encode()), encoded);

	let feed = FeedValue { median: value(1), spread: value(2), reporters: 3 };
	assert_eq!(hex(&feed.encode()), "0100000000000000020000000000000003000000");
}

#[test]
fn sizes_should_be_these_at_most() {
	assert_eq!(Digest::max_encoded_len(), 443);
	assert_eq!(Alarm::max_encoded_len(), 35);
	assert_eq!(FeedValue::max_encoded_len(), 20);
	assert_eq!(Outlook::max_encoded_len(), 41);
	assert_eq!(Sample::max_encoded_len(), 107);
	assert_eq!(Sampler::max_encoded_len(), 153);
	assert_eq!(Watcher::max_encoded_len(), 86_529);
	assert!(Watcher::default().encoded_size() <= Watcher::max_encoded_len());
}

#[test]
fn types_should_be_usable_in_a_transaction() {
	fn is_usable<T: Encode + DecodeWithMemTracking + MaxEncodedLen + scale_info::TypeInfo>() {}
	is_usable::<Series>();
	is_usable::<Stats>();
	is_usable::<Digest>();
	is_usable::<Alarm>();
	is_usable::<Cause>();
	is_usable::<Outlook>();
	is_usable::<FeedValue>();
}

#[test]
fn watcher_should_go_on_as_before_when_it_was_stored_in_between() {
	let (mut kept, mut stored) = (Watcher::default(), Watcher::default());
	let readings = Readings { memory: value("16000"), ..Default::default() };
	for i in 0..600u64 {
		let value = |series: Series| {
			let noise = i * (series.index() as u64 + 7) * 7_919 % 101;
			let jump = if i % 250 == 249 { 5_000 } else { 0 };
			Some(Value::from_integer((noise + jump) as i64))
		};
		let sample = Sample { at: START + i * 60_000, values: Series::ALL.map(value) };
		if i % 100 == 0 {
			stored = Watcher::decode(&mut &*stored.encode()).unwrap();
		}
		assert_eq!(kept.observe(&sample, &readings), stored.observe(&sample, &readings));
	}
	assert_eq!(kept, stored);
}
