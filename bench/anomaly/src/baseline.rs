//! Detectors to compare with.

use crate::corpus::Series;
use std::{collections::VecDeque, f64::consts::SQRT_2};

/// Rows that the windowed Gaussian knows, and after how many new ones it learns them.
const WINDOW: usize = 6_400;
const STEP: usize = 100;

/// The least deviation, so that nothing is divided by zero.
const LEAST_DEVIATION: f64 = 1e-6;

/// Scores nothing.
pub fn null(series: &Series) -> Vec<f64> {
	vec![0.0; series.points.len()]
}

/// Knows the labels, and detects the first row of each window.
pub fn perfect(series: &Series) -> Vec<f64> {
	let mut scores = null(series);
	series.windows.iter().for_each(|window| scores[*window.start()] = 1.0);
	scores
}

/// NAB's windowed Gaussian, from its description: one less the tail probability of a value among the
/// last 6,400, which it learns a hundred at a time once there are so many.
pub fn windowed_gaussian(series: &Series) -> Vec<f64> {
	let mut window = VecDeque::new();
	let mut step = Vec::new();
	let (mut mean, mut deviation) = (0.0, 1.0);
	let mut scores = Vec::new();
	for point in &series.points {
		let value = point.value.millionths() as f64 / 1e6;
		scores.push(match window.is_empty() {
			true => 0.0,
			false => published(1.0 - 0.5 * erfc((value - mean).abs() / deviation / SQRT_2)),
		});
		if window.len() < WINDOW {
			window.push_back(value);
			(mean, deviation) = moments(&window);
			continue;
		}
		step.push(value);
		if step.len() == STEP {
			window.drain(..STEP);
			window.extend(step.drain(..));
			(mean, deviation) = moments(&window);
		}
	}
	scores
}

/// A score as NAB's result files have it, to twelve decimals: whatever is nearer to 1 is a tie.
fn published(score: f64) -> f64 {
	(score * 1e12).round() / 1e12
}

/// Mean and standard deviation.
fn moments(values: &VecDeque<f64>) -> (f64, f64) {
	let count = values.len() as f64;
	let mean = values.iter().sum::<f64>() / count;
	let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
	let deviation = variance.sqrt();
	(mean, if deviation == 0.0 { LEAST_DEVIATION } else { deviation })
}

/// The complementary error function of a number from 0 on, by its continued fraction, and by its power
/// series where that is slow.
fn erfc(x: f64) -> f64 {
	let factor = (-x * x).exp() / std::f64::consts::PI.sqrt();
	if x > 2.5 {
		let fraction = (1..=60).rev().fold(x, |rest, k| x + f64::from(k) / 2.0 / rest);
		return factor / fraction;
	}
	let (mut term, mut sum) = (x, x);
	for k in 1..=60 {
		term *= 2.0 * x * x / f64::from(2 * k + 1);
		sum += term;
	}
	1.0 - 2.0 * factor * sum
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn erfc_should_be_that_of_the_tables() {
		for (x, expected) in [
			(0.0, 1.0),
			(0.5, 0.479_500_122_186_953_5),
			(1.0, 0.157_299_207_050_285_13),
			(2.0, 0.004_677_734_981_047_266),
			(3.0, 2.209_049_699_858_544e-5),
			(5.0, 1.537_459_794_428_035e-12),
		] {
			assert!((erfc(x) / expected - 1.0).abs() < 1e-9, "{x}: {}", erfc(x));
		}
	}
}
