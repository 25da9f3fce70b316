//! From evidence to scores: one alarm for one event, and less for what happened before.

use crate::score::{Evidence, Score};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Points of one block of the past.
const BLOCK: u8 = 16;

/// Blocks that a point is compared with, the current one included: the last 64 to 79 points.
const BLOCKS: usize = 5;

/// How many earlier events are remembered, the greatest ones.
const EVENTS: usize = 16;

/// For how many points an event is remembered: eight weeks of points every five minutes.
const MEMORY: u16 = 16_128;

/// Evidence below 0.6 is no event.
const LEAST_EVENT: Evidence = Evidence::from_parts(39_321);

/// Something that was worth an alarm, or nearly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
struct Event {
	/// The greatest evidence of its points.
	evidence: Evidence,
	/// How many points there were since that one.
	age: u16,
}

impl Event {
	/// Its evidence while it is remembered.
	fn remembered(&self) -> Evidence {
		if self.age < MEMORY {
			self.evidence
		} else {
			Evidence::NONE
		}
	}
}

/// Lets evidence through only where it is news.
///
/// A point scores nothing unless its evidence is greater than that of each of the last 64 points; and
/// its evidence is divided by one more than the number of earlier events that brought as much. So an
/// event raises one alarm, and what keeps coming back raises fewer and fewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct AlarmFilter {
	/// The greatest evidence of each block, the current one first.
	blocks: [Evidence; BLOCKS],
	/// How many points the current block has.
	filled: u8,
	/// The event that is not over yet.
	current: Event,
	/// Those that are over.
	events: [Event; EVENTS],
}

impl AlarmFilter {
	/// What a point with this `evidence` scores. Has to be called once for each point.
	pub fn observe(&mut self, evidence: Evidence) -> Score {
		let greatest = self.blocks.iter().copied().max().unwrap_or_default();
		self.age();
		let earlier = self.events.iter().filter(|event| event.remembered() >= evidence).count();
		self.remember(evidence);
		if evidence <= greatest {
			return Score::ZERO;
		}
		let earlier = u32::try_from(earlier).unwrap_or(u32::MAX);
		evidence.shared_by(earlier.saturating_add(1)).into()
	}

	/// Counts the current event as an earlier one when it is over for as long as alarms rest.
	fn age(&mut self) {
		for event in self.events.iter_mut().chain([&mut self.current]) {
			event.age = event.age.saturating_add(1);
		}
		let is_over = self.current.age > u16::from(BLOCK).saturating_mul(4);
		if self.current.evidence > Evidence::NONE && is_over {
			let over = core::mem::take(&mut self.current);
			let least = self.events.iter_mut().min_by_key(|event| event.remembered());
			if let Some(least) = least.filter(|event| event.remembered() < over.evidence) {
				*least = over;
			}
		}
	}

	fn remember(&mut self, evidence: Evidence) {
		if evidence >= LEAST_EVENT && evidence > self.current.evidence {
			self.current = Event { evidence, age: 0 };
		}
		if self.filled >= BLOCK {
			self.blocks.rotate_right(1);
			if let Some(current) = self.blocks.first_mut() {
				*current = Evidence::NONE;
			}
			self.filled = 0;
		}
		self.filled = self.filled.saturating_add(1);
		if let Some(current) = self.blocks.first_mut() {
			*current = evidence.max(*current);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::fixed::ONE;

	/// The scores of quiet points, but for evidence of so many units at some of them.
	fn scores(points: usize, loud: &[(usize, u32)]) -> Vec<u16> {
		let mut filter = AlarmFilter::default();
		(0..points)
			.map(|i| {
				let units = loud.iter().find(|(at, _)| *at == i).map_or(0, |(_, units)| *units);
				filter.observe(Evidence::from_parts(units * ONE)).parts()
			})
			.collect()
	}

	fn score(units: u32, shared_by: u32) -> u16 {
		Score::from(Evidence::from_parts(units * ONE / shared_by)).parts()
	}

	#[test]
	fn alarm_should_be_raised_once_when_evidence_stays() {
		let scores = scores(40, &[(10, 3), (11, 3), (12, 2)]);
		assert_eq!(scores.iter().filter(|score| **score > 0).count(), 1);
		assert_eq!(scores[10], score(3, 1));
	}

	#[test]
	fn alarm_should_be_raised_again_when_evidence_grows() {
		let scores = scores(40, &[(10, 3), (11, 4)]);
		assert_eq!(scores[11], score(4, 1));
	}

	#[test]
	fn alarm_should_score_less_when_there_were_as_great_events() {
		let scores = scores(600, &[(10, 3), (200, 3), (400, 3), (500, 5)]);
		assert_eq!(scores[200], score(3, 2));
		assert_eq!(scores[400], score(3, 3));
		assert_eq!(scores[500], score(5, 1));
	}

	#[test]
	fn alarm_should_rest_when_the_last_one_is_near() {
		assert_eq!(scores(200, &[(10, 3), (74, 3)])[74], 0);
		assert!(scores(200, &[(10, 3), (90, 3)])[90] > 0);
	}

	#[test]
	fn events_should_be_the_greatest_when_there_are_many() {
		let loud: Vec<_> = (0..40).map(|i| (i * 100, 1 + (i as u32 * 7) % 40)).collect();
		let scores = scores(4_100, &[&*loud, &[(4_050, 33)]].concat());
		// Of 1 to 40, the greatest 16 are 25 to 40, and eight of them are at least 33.
		assert_eq!(scores[4_050], score(33, 9));
	}

	#[test]
	fn event_should_be_forgotten_when_it_is_old() {
		let age = usize::from(MEMORY);
		assert_eq!(scores(age + 20, &[(10, 3), (age + 9, 3)])[age + 9], score(3, 2));
		assert_eq!(scores(age + 20, &[(10, 3), (age + 10, 3)])[age + 10], score(3, 1));
	}
}
