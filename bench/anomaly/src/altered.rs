//! The same corpus seen otherwise: whoever has fitted the files themselves loses here.

use crate::corpus::Series;
use aitbc_anomaly::Value;

/// How a corpus is altered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alteration {
	/// As it is.
	Nothing,
	/// Every second row is left out: the even ones, or the odd ones.
	HalfTheRows {
		/// Whether the first row stays.
		even: bool,
	},
	/// So many hundredths of the rows are cut off at the beginning, with the windows that begin there.
	LateStart {
		/// Of a hundred.
		hundredths: usize,
	},
	/// Values have the other sign.
	UpsideDown,
	/// Rows have no times.
	WithoutTimes,
}

/// All of them, and what they are called.
pub const ALTERATIONS: [(&str, Alteration); 7] = [
	("as it is", Alteration::Nothing),
	("even rows only", Alteration::HalfTheRows { even: true }),
	("odd rows only", Alteration::HalfTheRows { even: false }),
	("without the first 5 %", Alteration::LateStart { hundredths: 5 }),
	("without the first 10 %", Alteration::LateStart { hundredths: 10 }),
	("upside down", Alteration::UpsideDown),
	("without times", Alteration::WithoutTimes),
];

/// A series, altered.
pub fn alter(series: &Series, alteration: Alteration) -> Series {
	let mut altered = series.clone();
	match alteration {
		Alteration::Nothing => (),
		Alteration::HalfTheRows { even } => {
			let first = usize::from(!even);
			altered.points = series.points.iter().copied().skip(first).step_by(2).collect();
			// The new row that an old one becomes, or the next one that stays.
			let moved = |row: usize| (row + 1).saturating_sub(first) / 2;
			let last = altered.points.len().saturating_sub(1);
			for window in &mut altered.windows {
				let end = window.end().saturating_sub(first) / 2;
				*window = moved(*window.start())..=end.min(last);
			}
		},
		Alteration::LateStart { hundredths } => {
			let cut = series.points.len() * hundredths / 100;
			altered.points.drain(..cut);
			altered.windows.retain(|window| *window.start() >= cut);
			for window in &mut altered.windows {
				*window = window.start() - cut..=window.end() - cut;
			}
		},
		Alteration::UpsideDown => {
			for point in &mut altered.points {
				point.value = Value::from_millionths(-point.value.millionths());
			}
		},
		Alteration::WithoutTimes => altered.points.iter_mut().for_each(|point| point.at = None),
	}
	altered
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_anomaly::{Point, Timestamp};

	/// Ten rows whose values are their numbers, with a window.
	fn series(window: std::ops::RangeInclusive<usize>) -> Series {
		let point =
			|i| Point { value: Value::from_millionths(i), at: Some(Timestamp(i.unsigned_abs())) };
		Series {
			category: String::new(),
			name: String::new(),
			points: (0..10).map(point).collect(),
			windows: vec![window],
		}
	}

	/// The values that are in the first window.
	fn labelled(series: &Series) -> Vec<i64> {
		let rows = series.windows[0].clone();
		series.points[rows].iter().map(|point| point.value.millionths()).collect()
	}

	#[test]
	fn window_should_keep_its_rows_when_every_second_one_is_left_out() {
		for (even, window, values) in [
			(true, 3..=6, vec![4, 6]),
			(true, 4..=9, vec![4, 6, 8]),
			(false, 3..=6, vec![3, 5]),
			(false, 4..=9, vec![5, 7, 9]),
		] {
			let altered = alter(&series(window), Alteration::HalfTheRows { even });
			assert_eq!(labelled(&altered), values);
		}
	}

	#[test]
	fn window_should_move_or_go_when_the_beginning_is_cut_off() {
		let cut = Alteration::LateStart { hundredths: 30 };
		assert_eq!(labelled(&alter(&series(3..=5), cut)), [3, 4, 5]);
		assert_eq!(alter(&series(2..=5), cut).windows, []);
	}

	#[test]
	fn points_should_change_as_the_alteration_says() {
		let upside_down = alter(&series(1..=2), Alteration::UpsideDown);
		assert_eq!(labelled(&upside_down), [-1, -2]);
		let without = alter(&series(1..=2), Alteration::WithoutTimes);
		assert!(without.points.iter().all(|point| point.at.is_none()));
	}
}
