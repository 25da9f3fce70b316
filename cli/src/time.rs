//! Deadlines and periods as people write them.

use aitbc_core::{
	time::{HOURS, MINUTES, SLOT_MILLIS},
	BlockNumber,
};
use std::{fmt, str::FromStr};

/// A length of time, in active blocks.
///
/// It is read as a number of blocks, `20`, or of seconds, minutes, hours or days: `90s`, `30m`,
/// `2h`, `1d`. A broken slot counts as a whole one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period(pub BlockNumber);

/// A point on the active clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
	/// At this active block: `1200`.
	At(BlockNumber),
	/// So much later than now: `+20`, `+2h`.
	In(Period),
}

/// Why a text is no period or no due.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseTimeError {
	/// It is no number of blocks, and no number with a unit of time.
	#[error("`{0}` is no length of time: write blocks as `20`, or `90s`, `30m`, `2h`, `1d`")]
	Period(String),
	/// It has no plus sign and is no number of a block.
	#[error("`{0}` is no due: write an active block as `1200`, or from now on as `+20` or `+2h`")]
	Due(String),
	/// It is beyond the last block.
	#[error("`{0}` is longer than the chain can count")]
	TooLong(String),
}

impl FromStr for Period {
	type Err = ParseTimeError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let malformed = || ParseTimeError::Period(text.to_owned());
		let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
		let (number, unit) = text.split_at(end);
		if number.is_empty() {
			return Err(malformed());
		}
		let too_long = || ParseTimeError::TooLong(text.to_owned());
		let count: u64 = number.parse().map_err(|_| too_long())?;
		let blocks = match unit {
			"" => Some(count),
			"s" => count.checked_mul(1_000).map(|millis| millis.div_ceil(SLOT_MILLIS)),
			"m" => count.checked_mul(MINUTES.into()),
			"h" => count.checked_mul(HOURS.into()),
			"d" => count.checked_mul(u64::from(HOURS) * 24),
			_ => return Err(malformed()),
		};
		blocks.and_then(|blocks| blocks.try_into().ok()).map(Self).ok_or_else(too_long)
	}
}

/// A length of time, in seconds.
///
/// It is shown in the two largest units that it fills: `45 s`, `2 min 30 s`, `1 d 4 h`. The rest is left
/// out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seconds(pub u64);

impl fmt::Display for Seconds {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
		let first = units.iter().position(|(length, _)| self.0 >= *length).unwrap_or(3);
		let mut rest = self.0;
		let counts = units.into_iter().skip(first).take(2).map(|(length, name)| {
			let count = rest / length;
			rest %= length;
			(count, name)
		});
		let counts: Vec<_> = counts.collect();
		let shown =
			counts.iter().enumerate().filter(|(place, (count, _))| *place == 0 || *count > 0);
		let shown: Vec<_> = shown.map(|(_, (count, name))| format!("{count} {name}")).collect();
		f.pad(&shown.join(" "))
	}
}

/// As the time that so many slots take: see [`Seconds`].
impl fmt::Display for Period {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		Seconds(u64::from(self.0) * SLOT_MILLIS / 1_000).fmt(f)
	}
}

impl FromStr for Due {
	type Err = ParseTimeError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text.strip_prefix('+') {
			Some(period) => period.parse().map(Self::In),
			None => text.parse().map(Self::At).map_err(|_| ParseTimeError::Due(text.to_owned())),
		}
	}
}

impl Due {
	/// The active block that is meant when the active clock shows `now`. What lies behind the last
	/// block is the last block, and the chain refuses it as too far.
	pub fn after(self, now: BlockNumber) -> BlockNumber {
		match self {
			Self::At(block) => block,
			Self::In(Period(blocks)) => now.saturating_add(blocks),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn periods_should_count_slots_of_three_seconds() {
		for (text, blocks) in
			[("20", 20), ("0", 0), ("1s", 1), ("90s", 30), ("91s", 31), ("30m", 600)]
		{
			assert_eq!(text.parse(), Ok(Period(blocks)), "{text}");
		}
		assert_eq!("2h".parse(), Ok(Period(2_400)));
		assert_eq!("1d".parse(), Ok(Period(28_800)));
	}

	#[test]
	fn periods_should_be_shown_in_their_two_largest_units() {
		for (blocks, text) in [
			(0, "0 s"),
			(15, "45 s"),
			(20, "1 min"),
			(50, "2 min 30 s"),
			(1_200, "1 h"),
			(28_800, "1 d"),
			(28_800 + 4_801, "1 d 4 h"),
		] {
			assert_eq!(Period(blocks).to_string(), text);
		}
	}

	#[test]
	fn periods_should_fail_to_parse_when_malformed() {
		for text in ["", "h", "2 h", "-1", "1.5h", "2w", "+2h"] {
			assert_eq!(text.parse::<Period>(), Err(ParseTimeError::Period(text.into())), "{text}");
		}
		for text in ["4294967296", "99999999999999999999", "4294967295d"] {
			assert_eq!(text.parse::<Period>(), Err(ParseTimeError::TooLong(text.into())), "{text}");
		}
	}

	#[test]
	fn dues_should_be_absolute_or_from_now_on() {
		assert_eq!("1200".parse::<Due>().map(|due| due.after(50)), Ok(1_200));
		assert_eq!("+20".parse::<Due>().map(|due| due.after(50)), Ok(70));
		assert_eq!("+1h".parse::<Due>().map(|due| due.after(50)), Ok(1_250));
		assert_eq!("+1".parse::<Due>().map(|due| due.after(u32::MAX)), Ok(u32::MAX));
		assert_eq!("2h".parse::<Due>(), Err(ParseTimeError::Due("2h".into())));
	}
}
