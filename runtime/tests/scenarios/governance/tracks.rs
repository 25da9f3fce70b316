//! The tracks, and `docs/governance.md`, which lists them.

use crate::network::genesis;
use aitbc_core::{
	money::AIT,
	time::{DAYS, HOURS, MINUTES},
	BlockNumber,
};
use aitbc_runtime::{
	genesis_config_presets::{DEVELOPMENT, LOCAL},
	governance::{tracks, TrackView},
	Runtime,
};
use frame_support::traits::Get;
use sp_runtime::Perbill;

const DOCUMENT: &str = include_str!("../../../../docs/governance.md");

/// The tracks of production, whose time scale is the default.
fn production() -> Vec<TrackView> {
	sp_io::TestExternalities::new_empty().execute_with(tracks)
}

/// The tracks of a development network.
fn development() -> Vec<TrackView> {
	genesis(DEVELOPMENT).execute_with(tracks)
}

/// A period as people write it.
fn period(blocks: BlockNumber) -> String {
	match blocks {
		blocks if blocks % DAYS == 0 => format!("{} d", blocks / DAYS),
		blocks if blocks % HOURS == 0 => format!("{} h", blocks / HOURS),
		blocks => format!("{} min", blocks / MINUTES),
	}
}

/// A number with a comma after each thousand.
fn grouped(number: u128) -> String {
	match number {
		0..1_000 => number.to_string(),
		_ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
	}
}

fn share((from, to): (Perbill, Perbill)) -> String {
	let percent = |share: Perbill| {
		let tenths = (share.deconstruct() + 500_000) / 1_000_000;
		match tenths % 10 {
			0 => format!("{}", tenths / 10),
			rest => format!("{}.{rest}", tenths / 10),
		}
	};
	format!("{} to {} %", percent(from), percent(to))
}

fn name(track: &TrackView) -> String {
	String::from_utf8(track.name.clone()).expect("names are ASCII")
}

/// The row of `track` in the document's first table.
fn row(track: &TrackView) -> String {
	let [prepare, decision, confirm, enactment] =
		[track.prepare, track.decision, track.confirm, track.enactment].map(period);
	format!(
		"| {} | `{}` | {} | {} | {prepare} | {decision} | {confirm} | {enactment} | {} | {} |",
		track.id,
		name(track),
		track.max_deciding,
		grouped(track.decision_deposit / AIT),
		share(track.approval),
		share(track.support),
	)
}

/// The row of `track` in the document's table of a development network's periods.
fn short_row(track: &TrackView) -> String {
	let TrackView { prepare, decision, confirm, enactment, .. } = track;
	format!("| `{}` | {prepare} | {decision} | {confirm} | {enactment} |", name(track))
}

#[test]
fn docs_should_list_the_tracks() {
	let (production, development) = (production(), development());
	let rows = production.iter().map(row).chain(development.iter().map(short_row));
	let missing: Vec<String> = rows.filter(|row| !DOCUMENT.contains(row)).collect();
	assert!(missing.is_empty(), "docs/governance.md lacks\n{}", missing.join("\n"));
}

#[test]
fn tracks_should_be_productions_divided_by_the_time_scale() {
	let scaled = |blocks: BlockNumber| (blocks / 1_440).max(1);
	let expected: Vec<_> = production()
		.into_iter()
		.map(|track| TrackView {
			prepare: scaled(track.prepare),
			decision: scaled(track.decision),
			confirm: scaled(track.confirm),
			enactment: scaled(track.enactment),
			..track
		})
		.collect();
	assert_eq!(development(), expected);
	assert_eq!(genesis(LOCAL).execute_with(tracks), expected);
}

#[test]
fn other_periods_should_be_productions_divided_by_the_time_scale() {
	let periods = || -> [BlockNumber; 6] {
		[
			<Runtime as pallet_referenda::Config>::UndecidingTimeout::get(),
			<Runtime as pallet_conviction_voting::Config>::VoteLockingPeriod::get(),
			<Runtime as pallet_treasury::Config>::SpendPeriod::get(),
			<Runtime as pallet_treasury::Config>::PayoutPeriod::get(),
			<Runtime as pallet_whitelist::Config>::DeferredDispatchExpiration::get(),
			<Runtime as pallet_collective::Config<pallet_collective::Instance1>>::MotionDuration::get(
			),
		]
	};
	sp_io::TestExternalities::new_empty().execute_with(|| {
		assert_eq!(periods(), [14, 7, 30, 30, 7, 3].map(|days| days * DAYS));
	});
	genesis(DEVELOPMENT).execute_with(|| assert_eq!(periods(), [280, 140, 600, 600, 140, 60]));
}
