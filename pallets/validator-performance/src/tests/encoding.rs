//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{mock::*, *};
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt::Debug;
use frame_support::traits::{GetCallIndex, GetCallName};
use sp_core::bytes::to_hex;
use sp_runtime::{traits::ConstU32, BoundedVec, Perbill};

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), format!("0x{}", golden.replace(' ', "")));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

/// 258 as 32 bits.
const NUMBER: &str = "02010000";
/// 258 as 128 bits.
const AMOUNT: &str = "02010000000000000000000000000000";

#[test]
fn performances_should_keep_their_encoding() {
	let slots = SlotCount { assigned: 258, missed: 1 };
	assert_golden(slots, "02010000 01000000");
	let points = PointsChange { before: 1, due: 2, after: 258 };
	assert_golden(points, "01000000 02000000 02010000");
	assert_golden(Consequence::CarriedOver, "00");
	assert_golden(Consequence::Nothing, "01");
	assert_golden(Consequence::Silent { chilled: true }, "02 01");
	let consequence = Consequence::Silent { chilled: false };
	let performance = Performance { slots, carried: slots, points, consequence };
	assert_golden(
		performance,
		"02010000 01000000 02010000 01000000 01000000 02000000 02010000 02 00",
	);
	assert_eq!(Performance::max_encoded_len(), 30);
}

#[test]
fn offences_should_keep_their_encoding() {
	assert_golden(OffenceKind::BabeEquivocation, "00");
	assert_golden(OffenceKind::GrandpaEquivocation, "01");
	assert_golden(OffenceKind::Silence, "02");
	assert_golden(OffenceKind::Other([7; 16]), &format!("03 {}", "07".repeat(16)));
	assert_golden(OffenceKind::Unknown, "04");
	assert_eq!(offence::SILENCE, *b"aitbc:silent-era");
}

#[test]
fn slashes_should_keep_their_encoding() {
	assert_golden(SlashState::NotTaken, "00");
	assert_golden(SlashState::Deferred { until: 258 }, "01 02010000");
	let applied = SlashState::Applied { at: 258, before: 258, after: 258 };
	assert_golden(applied.clone(), &format!("02 {NUMBER} {AMOUNT} {AMOUNT}"));
	for (by, golden) in [
		(CancelledBy::Root, "00"),
		(CancelledBy::Track("slashing".into()), "01 20 736c617368696e67"),
		(CancelledBy::StakingAdmin, "02"),
	] {
		assert_golden(by.clone(), golden);
		let state = SlashState::Cancelled { until: 258, at: 1, by };
		assert_golden(state, &format!("03 {NUMBER} 01000000 {golden}"));
	}
	let record = SlashRecord {
		offence: OffenceKind::Other([7; 16]),
		era: 258,
		fraction: Perbill::from_parts(258),
		amount: SlashAmount { own: 258, nominators: 258 },
		reporter: Some([9u8; 32]),
		state: applied,
	};
	let (kind, reporter) = ("07".repeat(16), "09".repeat(32));
	let golden = format!(
		"03 {kind} {NUMBER} {NUMBER} {AMOUNT} {AMOUNT} 01 {reporter} 02 {NUMBER} {AMOUNT} {AMOUNT}"
	);
	assert_eq!(record.encoded_size(), SlashRecord::<[u8; 32]>::max_encoded_len());
	assert_golden(record, &golden);
}

#[test]
fn track_names_should_be_cut_when_they_are_too_long() {
	let long = "a".repeat(26);
	let name: TrackName = long.as_str().into();
	assert_eq!(name, "a".repeat(25).as_str().into());
	assert_eq!(name.encoded_size(), TrackName::max_encoded_len());
}

/// The README's figures.
#[test]
fn storage_should_be_as_large_as_the_readme_says() {
	type History = BoundedVec<SlashRecord<[u8; 32]>, ConstU32<32>>;
	assert_eq!(SlotCount::max_encoded_len(), 8);
	assert_eq!(Performance::max_encoded_len(), 30);
	assert_eq!(SlashRecord::<[u8; 32]>::max_encoded_len(), 127);
	assert_eq!(History::max_encoded_len(), 4_065);
}

#[test]
fn answers_should_keep_their_encoding() {
	let info = PerformanceInfo {
		validator: ALICE,
		era: 258,
		slots: SlotCount { assigned: 2, missed: 1 },
		carried: SlotCount::default(),
		uptime: Perbill::from_percent(50),
		factor: Perbill::one(),
		points: PointsChange { before: 1, due: 2, after: 3 },
		consequence: Some(Consequence::Nothing),
	};
	let golden = "0100000000000000 02010000 02000000 01000000 00000000 00000000 0065cd1d 00ca9a3b \
		01000000 02000000 03000000 01 01";
	assert_golden(info.clone(), &golden.replace('\t', ""));
	let page = PerformancePage { performances: vec![info], next: Some(BOB) };
	let golden = format!("04 {} 01 0200000000000000", golden.replace('\t', ""));
	assert_golden(page, &golden);
}

#[test]
fn calls_errors_and_events_should_keep_their_indices() {
	assert_eq!(Call::<Test>::get_call_names(), ["cancel_slash"]);
	assert_eq!(Call::<Test>::get_call_indices(), [0]);
	assert_eq!(Error::<Test>::SlashNotFound.encode(), [0]);
	let amount = SlashAmount::default();
	let fraction = Perbill::zero();
	let events: [Event<Test>; 6] = [
		Event::EraClosed { era: 1, validators: 1, assigned: 1, missed: 1, silent: 1 },
		Event::Silent { validator: 1, era: 1, missed: 1, chilled: true },
		Event::SilenceReported { era: 1, silent: 1, validators: 1, fraction },
		Event::OffenceRecorded {
			validator: 1,
			offence: OffenceKind::Silence,
			era: 1,
			fraction,
			amount,
			until: None,
		},
		Event::SlashApplied { validator: 1, era: 1, before: 1, after: 1 },
		Event::SlashCancelled { validator: 1, era: 1, amount, by: CancelledBy::Root },
	];
	for (index, event) in (0u8..).zip(events) {
		assert_eq!(event.encode()[0], index);
	}
}
