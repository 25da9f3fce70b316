//! What holds whatever a node says, on random input.
//!
//! A failure prints the smallest input that fails and its seed, which proptest keeps in
//! `proptest-regressions/` and replays in every run of
//! `cargo test --release -p aitbc-telemetry invariants`. `PROPTEST_CASES=1000000` before it asks for a
//! million cases. Arithmetic that overflows panics in a build with debug assertions.

use crate::*;
use aitbc_anomaly::{Score, Value};
use codec::{Decode, Encode, MaxEncodedLen};
use proptest::{collection::vec, option, prelude::*, sample::select};

const PAGE: &str = include_str!("page.prom");

/// Values from the least to the greatest, and small ones.
fn value() -> impl Strategy<Value = Value> {
	let millionths = prop_oneof![
		Just(0),
		Just(1),
		Just(i64::MIN),
		Just(i64::MAX),
		-10..10i64,
		-1_000_000_000..1_000_000_000i64,
		any::<i64>(),
	];
	millionths.prop_map(Value::from_millionths)
}

/// Times that may jump, repeat or run backwards.
fn time() -> impl Strategy<Value = u64> {
	prop_oneof![
		Just(u64::MAX),
		1_795_400_000_000..1_795_400_100_000u64,
		1_795_400_000_000..1_795_500_000_000u64,
		any::<u64>(),
	]
}

fn readings() -> impl Strategy<Value = Readings> {
	vec(option::weighted(0.9, value()), 13).prop_map(|values| {
		let mut values = values.into_iter();
		let mut next = || values.next().flatten();
		Readings {
			best: next(),
			finalized: next(),
			peers: next(),
			import_time: next(),
			imports: next(),
			ready_transactions: next(),
			rpc_errors: next(),
			slots_claimed: next(),
			blocks_authored: next(),
			cpu: next(),
			resident_memory: next(),
			memory: next(),
			disk_free: next(),
		}
	})
}

fn sample() -> impl Strategy<Value = Sample> {
	(time(), vec(option::weighted(0.8, value()), Series::COUNT))
		.prop_map(|(at, values)| Sample { at, values: values.try_into().unwrap() })
}

fn recording() -> impl Strategy<Value = Recording> {
	(any::<u32>(), vec(sample(), 0..120)).prop_map(|(window, samples)| {
		let mut recording = Recording::new(window);
		samples.into_iter().for_each(|sample| assert!(recording.push(sample)));
		recording
	})
}

/// Lines that are nearly samples.
fn line() -> impl Strategy<Value = String> {
	prop_oneof![
		select(PAGE.lines().map(String::from).collect::<Vec<_>>()),
		"[a-z0-9_:]{0,8}[ \t]{0,2}[{]?([a-z]{0,2}[ =]{0,2}\"[a\"\\\\n{},é]{0,6}\"[ ,]{0,2}){0,3}[}]?[ ]{0,2}[-+0-9.eENaInf]{0,8}[ ]{0,2}[-0-9]{0,3}",
		"substrate_block_height[{]status=\"(best|finalized)\"[}] [-+0-9.eE]{1,20}",
		"aitbc_disk_free_bytes [-+]?[0-9]{1,40}(e[-+]?[0-9]{1,3})?",
	]
}

/// A report's values and weights, whose weights add up.
fn reports() -> impl Strategy<Value = Vec<(Value, u128)>> {
	vec((value(), prop_oneof![Just(0), 0..5u128, 0..u128::MAX / 64]), 0..20)
}

proptest! {
	#[test]
	fn page_should_be_read_or_refused_whatever_its_bytes(bytes in vec(any::<u8>(), 0..400)) {
		let _ = Readings::parse(&bytes);
	}

	#[test]
	fn page_should_be_read_or_refused_whatever_its_lines(lines in vec(line(), 0..20)) {
		let _ = Readings::parse(lines.join("\n").as_bytes());
		let page: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
		match Readings::parse(page.as_bytes()) {
			Err(ExpositionError::Malformed(number)) => {
				let bad = lines[number as usize - 1].clone() + "\n";
				prop_assert_eq!(Readings::parse(bad.as_bytes()), Err(ExpositionError::Malformed(1)));
			},
			Err(error) => prop_assert_eq!(error, ExpositionError::NothingKnown),
			Ok(_) => (),
		}
	}

	#[test]
	fn page_should_be_read_or_refused_when_bytes_of_it_changed(
		changes in vec((0..PAGE.len(), any::<u8>()), 1..4),
	) {
		let mut page = PAGE.as_bytes().to_vec();
		changes.into_iter().for_each(|(at, byte)| page[at] = byte);
		let _ = Readings::parse(&page);
	}

	#[test]
	fn label_should_be_read_through_whatever_its_value(label in any::<String>()) {
		let escaped = label.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
		let page = format!("substrate_block_height{{chain=\"{escaped}\",status=\"best\"}} 5\n");
		let readings = Readings::parse(page.as_bytes()).unwrap();
		prop_assert_eq!(readings.best, Some(Value::from_integer(5)));
	}

	#[test]
	fn samples_should_be_in_order_and_in_bounds_whatever_is_read(
		reads in vec((time(), readings()), 0..40),
	) {
		let mut sampler = Sampler::default();
		let mut last = None;
		for (at, readings) in reads {
			let sample = sampler.observe(at, readings);
			prop_assert_eq!(sample.is_some(), last.is_none_or(|last| at > last));
			last = Some(at);
			let Some(sample) = sample else { continue };
			prop_assert_eq!(sample.at, at);
			for series in [Series::FinalityLag, Series::BlockTime, Series::ImportTime, Series::MissedSlots, Series::RpcErrors, Series::Cpu] {
				prop_assert!(sample.value(series).is_none_or(|value| value >= Value::default()));
			}
			prop_assert!(sampler.encoded_size() <= Sampler::max_encoded_len());
			prop_assert_eq!(Sampler::decode(&mut &*sampler.encode()), Ok(sampler));
		}
	}

	#[test]
	fn missed_slots_should_all_be_counted_and_no_others(steps in vec((0..4i64, 0..8i64), 1..100)) {
		let (mut claimed, mut authored, mut missed) = (7i64, 5i64, 0i64);
		let mut sampler = Sampler::default();
		let mut sample = |i: usize, claimed, authored| {
			let readings = Readings {
				slots_claimed: Some(Value::from_integer(claimed)),
				blocks_authored: Some(Value::from_integer(authored)),
				..Default::default()
			};
			let sample = sampler.observe(i as u64 * 3_000, readings).unwrap();
			sample.value(Series::MissedSlots).map_or(0, |value| value.millionths() / 1_000_000)
		};
		let (mut most, mut last) = (2, 7);
		sample(0, claimed, authored);
		for (i, (more, made)) in steps.iter().enumerate() {
			claimed += more;
			authored += made.min(&(claimed - authored));
			missed += sample(i + 1, claimed, authored);
			// Never more than were without a block for a whole interval.
			most = most.max(last - authored);
			last = claimed;
			prop_assert_eq!(missed, most - 2);
		}
		// Those whose block never comes are counted one sample later.
		missed += sample(steps.len() + 1, claimed, authored);
		prop_assert!(missed >= claimed - authored - 2);
	}

	#[test]
	fn slots_should_not_be_missed_when_each_has_its_block_in_time(
		steps in vec((0..4i64, any::<bool>()), 1..100),
	) {
		let mut sampler = Sampler::default();
		let mut claimed = 0i64;
		for (i, (more, is_late)) in steps.into_iter().enumerate() {
			// All that was claimed by the last sample has its block; what is new may have.
			let authored = if is_late { claimed } else { claimed + more };
			claimed += more;
			let readings = Readings {
				slots_claimed: Some(Value::from_integer(claimed)),
				blocks_authored: Some(Value::from_integer(authored)),
				..Default::default()
			};
			let sample = sampler.observe(i as u64 * 3_000, readings).unwrap();
			prop_assert!(sample.value(Series::MissedSlots).is_none_or(|v| v == Value::default()));
		}
	}

	#[test]
	fn sampler_should_go_on_when_its_state_is_garbage(
		bytes in vec(any::<u8>(), Sampler::max_encoded_len()),
		reads in vec((time(), readings()), 1..10),
	) {
		if let Ok(mut sampler) = Sampler::decode(&mut &*bytes) {
			for (at, readings) in reads {
				sampler.observe(at, readings);
			}
		}
	}

	#[test]
	fn digest_should_be_sound_whatever_was_sampled(recording in recording()) {
		let digest = recording.digest();
		prop_assert!(digest.is_sound());
		prop_assert_eq!(digest.window, recording.window());
		for series in Series::ALL {
			let values: Vec<_> =
				recording.samples().iter().filter_map(|sample| sample.value(series)).collect();
			let Some(stats) = digest.stats(series) else {
				prop_assert!(values.is_empty());
				continue;
			};
			prop_assert_eq!(stats.count as usize, values.len());
			prop_assert_eq!(Some(&stats.min), values.iter().min());
			prop_assert_eq!(Some(&stats.max), values.iter().max());
			prop_assert_eq!(Some(&stats.last), values.last());
			// Twice the mean is within the count of twice the sum.
			let count = values.len() as i128;
			let sum: i128 = values.iter().map(|value| i128::from(value.millionths())).sum();
			let rest = sum - i128::from(stats.mean.millionths()) * count;
			prop_assert!(2 * rest.abs() <= count, "{} {}", sum, count);
		}
		prop_assert!(digest.encoded_size() <= Digest::max_encoded_len());
	}

	#[test]
	fn recording_and_digest_should_be_read_back(recording in recording()) {
		let digest = recording.digest();
		prop_assert_eq!(Digest::decode(&mut &*digest.encode()), Ok(digest));
		let decoded = Recording::decode(&mut &*recording.encode()).unwrap();
		prop_assert_eq!(decoded.digest(), digest);
		prop_assert_eq!(decoded, recording);
	}

	#[test]
	fn raw_hash_should_change_when_a_sample_does(
		recording in recording(),
		more in sample(),
	) {
		let mut longer = recording.clone();
		longer.push(more);
		prop_assert_ne!(longer.raw_hash(), recording.raw_hash());
		let other = Recording::new(recording.window().wrapping_add(1));
		prop_assert_ne!(other.raw_hash(), Recording::new(recording.window()).raw_hash());
	}

	#[test]
	fn commitment_should_change_when_any_byte_does(
		recording in recording(),
		who in any::<[[u8; 32]; 3]>(),
		at in any::<prop::sample::Index>(),
		change in 1..=u8::MAX,
	) {
		let digest = recording.digest();
		let [genesis, reporter, salt] = who;
		let before = commitment(&digest, genesis, &reporter, &salt);
		prop_assert_eq!(before, commitment(&digest, genesis, &reporter, &salt));
		for i in 0..3 {
			let mut who = who;
			who[i][at.index(32)] ^= change;
			let [genesis, reporter, salt] = who;
			prop_assert_ne!(before, commitment(&digest, genesis, &reporter, &salt));
		}
		let mut encoded = digest.encode();
		let place = at.index(encoded.len());
		encoded[place] ^= change;
		if let Ok(other) = Digest::decode(&mut &*encoded) {
			prop_assert_ne!(before, commitment(&other, genesis, &reporter, &salt));
		}
	}

	#[test]
	fn soundness_should_be_decided_whatever_was_decoded(
		bytes in vec(any::<u8>(), Digest::max_encoded_len()),
	) {
		if let Ok(digest) = Digest::decode(&mut &*bytes) {
			digest.is_sound();
			digest.shared();
		}
	}

	#[test]
	fn alarms_should_be_in_bounds_whatever_is_sampled(
		samples in vec(sample(), 1..200),
		readings in readings(),
	) {
		let mut watcher = Watcher::default();
		for sample in &samples {
			let alarms = watcher.observe(sample, &readings);
			prop_assert!(alarms.len() <= MAX_ALARMS);
			for alarm in alarms {
				prop_assert_eq!(alarm.at, sample.at);
				prop_assert!(sample.value(alarm.series).is_some());
				prop_assert_eq!(Alarm::decode(&mut &*alarm.encode()), Ok(alarm));
				match alarm.cause {
					Cause::Anomaly { score, .. } => {
						prop_assert!(score >= Score::ALARM);
						prop_assert_ne!(alarm.series, Series::Height);
					},
					Cause::Crossing { limit, expected, latest } => {
						prop_assert!(expected <= latest && latest <= HORIZON);
						prop_assert_eq!(alarm.series.limit(&readings), Some(limit));
					},
				}
			}
			prop_assert!(watcher.encoded_size() <= Watcher::max_encoded_len());
		}
		prop_assert_eq!(Watcher::decode(&mut &*watcher.encode()), Ok(watcher.clone()));
		for (outlook, series) in watcher.outlook().into_iter().zip(Series::ALL) {
			prop_assert_eq!(outlook.series, series);
			let last = samples.iter().rev().find_map(|sample| sample.value(series));
			prop_assert_eq!(outlook.value, last);
		}
	}

	#[test]
	fn crossings_should_be_an_hour_apart(samples in vec(value(), 1..300)) {
		let mut watcher = Watcher::default();
		let mut last = None;
		for (i, value) in samples.into_iter().enumerate() {
			let mut sample = Sample { at: i as u64 * 60_000, values: [None; Series::COUNT] };
			sample.values[Series::DiskFree.index()] = Some(value);
			let alarms = watcher.observe(&sample, &Readings::default());
			let is_crossing = |alarm: &Alarm| matches!(alarm.cause, Cause::Crossing { .. });
			if let Some(alarm) = alarms.into_iter().find(is_crossing) {
				prop_assert!(last.is_none_or(|last| alarm.at - last >= 3_600_000));
				last = Some(alarm.at);
			}
		}
	}

	#[test]
	fn median_should_have_half_of_the_weight_on_each_side(mut reports in reports()) {
		let all: u128 = reports.iter().map(|(_, weight)| weight).sum();
		let Some(median) = weighted_median(&mut reports) else {
			prop_assert_eq!(all, 0);
			return Ok(());
		};
		let weight = |is_of: &dyn Fn(Value) -> bool| -> u128 {
			reports.iter().filter(|(value, _)| is_of(*value)).map(|(_, weight)| weight).sum()
		};
		prop_assert!(weight(&|value| value == median) > 0);
		// The lower one: all that is less has less than half, and all that is greater at most half.
		prop_assert!(weight(&|value| value < median) < all - weight(&|value| value < median));
		prop_assert!(weight(&|value| value > median) <= all - weight(&|value| value > median));
	}

	#[test]
	fn median_should_be_within_the_values_of_the_others_when_they_weigh_more(
		honest in vec((value(), 1..u128::MAX / 64), 1..10),
		mut wrong in vec((value(), 0..u128::MAX / 64), 0..10),
	) {
		let sum = |reports: &[(Value, u128)]| reports.iter().map(|(_, weight)| weight).sum::<u128>();
		// Too many of them are made lighter, until they weigh less than the others.
		let share = sum(&wrong) / sum(&honest) + 1;
		wrong.iter_mut().for_each(|(_, weight)| *weight /= share);
		prop_assert!(sum(&wrong) < sum(&honest));
		let mut reports = [&*honest, &*wrong].concat();
		let median = weighted_median(&mut reports).unwrap();
		let values = || honest.iter().map(|(value, _)| *value);
		prop_assert!((values().min().unwrap()..=values().max().unwrap()).contains(&median));
	}

	#[test]
	fn median_should_not_depend_on_the_order_of_reports(reports in reports()) {
		let (mut forward, mut backward) = (reports.clone(), reports);
		backward.reverse();
		prop_assert_eq!(FeedValue::of(&mut forward), FeedValue::of(&mut backward));
	}

	#[test]
	fn reports_with_half_of_the_weight_should_be_in_band(reports in reports()) {
		let Some(feed) = FeedValue::of(&mut reports.clone()) else { return Ok(()) };
		let all: u128 = reports.iter().map(|(_, weight)| weight).sum();
		let inside = reports.iter().filter(|(value, _)| in_band(*value, &feed, Value::default()));
		let inside: u128 = inside.map(|(_, weight)| weight).sum();
		prop_assert!(inside >= all - inside);
		prop_assert!(in_band(feed.median, &feed, Value::default()));
		prop_assert!(feed.spread >= Value::default());
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(16))]

	#[test]
	fn watcher_should_go_on_when_its_state_is_garbage(
		bytes in vec(any::<u8>(), Watcher::max_encoded_len()),
		flips in vec((any::<prop::sample::Index>(), any::<u8>()), 1..200),
		samples in vec(sample(), 1..20),
		readings in readings(),
	) {
		let mut state = Watcher::default().encode();
		for (at, byte) in flips {
			let place = at.index(state.len());
			state[place] = byte;
		}
		for bytes in [bytes, state] {
			let Ok(mut watcher) = Watcher::decode(&mut &*bytes) else { continue };
			for sample in &samples {
				watcher.observe(sample, &readings);
				watcher.outlook();
			}
		}
	}
}
