//! Doing something again and again.

use std::{
	thread,
	time::{Duration, Instant},
};

/// Turns that are a period apart.
pub struct Pace {
	period: Duration,
	next: Instant,
}

impl Pace {
	/// The first turn is now.
	pub fn new(period: Duration) -> Self {
		Self { period, next: Instant::now() }
	}

	/// Waits for the next turn. Turns that were missed are not made up for.
	pub fn wait(&mut self) {
		let now = Instant::now();
		thread::sleep(self.next.saturating_duration_since(now));
		self.next = self.next.max(now) + self.period;
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn turns_should_be_a_period_apart_and_none_made_up_for() {
		let period = Duration::from_millis(20);
		let began = Instant::now();
		let mut pace = Pace::new(period);
		pace.wait();
		pace.wait();
		assert!(began.elapsed() >= period);
		thread::sleep(period * 3);
		let late = Instant::now();
		pace.wait();
		pace.wait();
		assert!(late.elapsed() >= period);
	}
}
