//! Times as NAB writes them: `2014-04-01 00:05:00`, UTC, without a zone, maybe with a fraction.

use aitbc_anomaly::Timestamp;

/// Reads a time, to the second. Nothing when it is none, or before 1970.
pub fn parse(text: &str) -> Option<Timestamp> {
	let (date, clock) = text.trim().split_once([' ', 'T'])?;
	let clock = clock.split_once('.').map_or(clock, |(seconds, _)| seconds);
	let [year, month, day] = numbers(date, '-')?;
	let [hour, minute, second] = numbers(clock, ':')?;
	let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	let days_of_month = match month {
		2 if leap => 29,
		2 => 28,
		4 | 6 | 9 | 11 => 30,
		1..=12 => 31,
		_ => return None,
	};
	let is_valid = (1970..10_000).contains(&year)
		&& (1..=days_of_month).contains(&day)
		&& hour < 24
		&& minute < 60
		&& second < 61;
	is_valid
		.then(|| Timestamp(days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second))
}

/// Three numbers without signs, between separators.
fn numbers(text: &str, separator: char) -> Option<[u64; 3]> {
	let mut parts = text.split(separator);
	let mut next = || {
		let part = parts.next()?;
		part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
	};
	let numbers = [next()?, next()?, next()?];
	parts.next().is_none().then_some(numbers)
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days(year: u64, month: u64, day: u64) -> u64 {
	// Years that begin in March have the leap day at their end.
	let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
	let to_year = year * 365 + year / 4 - year / 100 + year / 400;
	let to_month = (153 * month + 2) / 5;
	// 719,468 days lie between 0000-03-01 and 1970-01-01.
	to_year + to_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn time_should_be_read_when_it_is_written_as_nab_does() {
		for (text, seconds) in [
			("1970-01-01 00:00:00", 0),
			("1970-03-01 00:00:01", 59 * 86_400 + 1),
			("2000-02-29 12:00:00", 951_825_600),
			("2014-04-01 00:05:00", 1_396_310_700),
			("2014-04-10 07:15:00.000000", 1_397_114_100),
			("2014-04-10T07:15:00", 1_397_114_100),
		] {
			assert_eq!(parse(text), Some(Timestamp(seconds)), "{text}");
		}
	}

	#[test]
	fn time_should_be_refused_when_it_is_none() {
		for text in [
			"",
			"2014-04-01",
			"2014-13-01 00:00:00",
			"2014-02-29 00:00:00",
			"2014-04-01 24:00:00",
			"2014-04-01 00:00",
			"2014-04-01 00:00:00:00",
			"1969-12-31 23:59:59",
			"+2014-04-01 00:00:00",
			"1396310700",
		] {
			assert_eq!(parse(text), None, "{text}");
		}
	}
}
