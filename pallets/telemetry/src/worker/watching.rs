//! Samples, what they say, and how long they are kept.

use super::local::{
	self, Course, Kept, KeptAlarm, Key, Learnt, Status, WorkerSettings, MAX_KEPT_ALARMS,
};
use crate::{impls::REVEAL_LAG, Config, Pallet, RawHash, Window, LOG_TARGET};
use aitbc_anomaly::Value;
use aitbc_core::BlockNumber;
use aitbc_telemetry::{Alarm, Readings, Recording, Sampler, Watcher, MODEL};
use alloc::vec::Vec;
use sp_runtime::traits::SaturatedConversion;

/// Milliseconds in an hour.
const HOUR_MILLIS: u64 = 60 * 60 * 1_000;

/// Takes a sample of `readings` at `now`, and has it judged.
///
/// The height is that of the block at which the worker runs. The node's own gauge of it follows only every
/// five seconds (sc-service, `metrics.rs`), which is longer than a block takes.
pub fn watch<T: Config>(
	now: u64,
	mut readings: Readings,
	settings: &WorkerSettings,
	status: &mut Status,
) {
	let block: BlockNumber = frame_system::Pallet::<T>::block_number().saturated_into();
	readings.best = Some(Value::from_integer(block.into()));
	let window = Pallet::<T>::present_window();
	let (mut sampler, mut recording) = match local::read::<Course>(&Key::Course) {
		Some(course) if is_of(&course.recording, window) => (course.sampler, course.recording),
		Some(course) => {
			finish(&course, settings);
			(course.sampler, Recording::new(window))
		},
		None => (Sampler::default(), Recording::new(window)),
	};
	if let Some(sample) = sampler.observe(now, readings) {
		let mut watcher = learnt(&recording, &readings);
		let alarms = watcher.observe(&sample, &readings);
		recording.push(sample);
		status.samples = status.samples.saturating_add(1);
		status.outlook = watcher.outlook().into();
		keep(&alarms, &recording);
	}
	local::write(&Key::Course, &Course { sampler, readings, recording });
}

/// Whether a sample of `window` goes into `recording`.
///
/// When a fork is left within the first blocks of a window, the best block can be one of the window
/// before. That one is over: its digest is made, and may be committed to.
fn is_of(recording: &Recording, window: Window) -> bool {
	let begun = recording.window();
	begun == window || begun == window.saturating_add(1)
}

/// The detectors as they are after the samples of `recording` so far.
fn learnt(recording: &Recording, readings: &Readings) -> Watcher {
	let known = local::read::<Learnt>(&Key::Learnt).filter(|known| known.model == MODEL);
	let mut watcher = known.map_or_else(Watcher::default, |known| known.watcher);
	for sample in recording.samples() {
		// What these said was kept when they were taken.
		watcher.observe(sample, readings);
	}
	watcher
}

/// Ends a window: its digest is made, its samples are learnt and kept, and old ones removed.
fn finish(course: &Course, settings: &WorkerSettings) {
	let Course { recording, readings, .. } = course;
	let window = recording.window();
	let watcher = learnt(recording, readings);
	local::write(&Key::Learnt, &Learnt { model: MODEL, watcher });
	let Some(last) = recording.samples().last() else { return };
	local::write(&Key::Raw(window), recording);
	local::write(&Key::Digest(window), &recording.digest());

	let mut kept = local::read::<Kept>(&Key::Kept).unwrap_or_default();
	kept.windows.push((window, last.at));
	let hours = u64::from(settings.retention_hours);
	let oldest = last.at.saturating_sub(hours.saturating_mul(HOUR_MILLIS));
	kept.windows.retain(|(window, at)| {
		// However long the blocks took: what was committed to has to be revealed.
		let is_due = window.saturating_add(REVEAL_LAG) > recording.window();
		let is_kept = *at >= oldest || is_due;
		if !is_kept {
			forget(*window);
		}
		is_kept
	});
	local::write(&Key::Kept, &kept);
}

/// Removes what is kept of `window`.
fn forget(window: Window) {
	local::remove(&Key::Raw(window));
	local::remove(&Key::Digest(window));
}

/// Keeps `alarms`, which the last sample of `recording` raised, and says them in the log.
fn keep(alarms: &[Alarm], recording: &Recording) {
	if alarms.is_empty() {
		return;
	}
	let evidence = RawHash(recording.raw_hash());
	local::write(&Key::Evidence(evidence), recording);
	let mut kept = local::read::<Vec<KeptAlarm>>(&Key::Alarms).unwrap_or_default();
	for alarm in alarms {
		log::warn!(target: LOG_TARGET, "📉 {alarm}");
		kept.push(KeptAlarm { alarm: *alarm, evidence, reported: None });
	}
	let surplus = kept.len().saturating_sub(MAX_KEPT_ALARMS);
	let dropped: Vec<_> = kept.drain(..surplus).collect();
	for old in dropped {
		let is_shared = kept.iter().any(|other| other.evidence == old.evidence);
		if !is_shared {
			local::remove(&Key::Evidence(old.evidence));
		}
	}
	local::write(&Key::Alarms, &kept);
}
