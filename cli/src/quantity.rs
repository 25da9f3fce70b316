//! Quantities that are neither money nor time on the chain: shares, memory, latency.

use crate::decimal::{Decimal, Share, PARTS};
use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// How many digits behind the point a percentage can have: a share counts in parts per billion.
const PERCENT_DECIMALS: u8 = 7;

/// A share, read as a percentage: `99.9%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(pub Share);

/// A part of a whole, read as a percentage, `40%`, or as a fraction, `1/3`, which is rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Portion(pub Share);

/// A share in tenths, from 0 to 10, as a court counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenths(u8);

/// An amount of memory in MiB, read as `512MiB`, `16GiB` or `1TiB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory(pub u32);

/// A length of time that has nothing to do with blocks, in milliseconds: `250ms`, `2s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latency(pub u32);

/// Why a text is no such quantity.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseQuantityError {
	/// It is no percentage.
	#[error(
		"`{0}` is no share: write a percentage from 0% to 100% with at most {PERCENT_DECIMALS} digits \
		 behind the point, as `99.9%`"
	)]
	Percent(String),
	/// It is neither a percentage nor a fraction.
	#[error("`{0}` is no share: write a percentage as `40%`, or a fraction as `1/3`")]
	Portion(String),
	/// It is no number of tenths.
	#[error("`{0}` is no share in tenths: write a whole number from 0 to 10")]
	Tenths(String),
	/// It is no amount of memory.
	#[error("`{0}` is no amount of memory: write whole numbers as `512MiB`, `16GiB` or `1TiB`")]
	Memory(String),
	/// It is no latency.
	#[error("`{0}` is no latency: write whole numbers as `250ms` or `2s`")]
	Latency(String),
}

impl FromStr for Percent {
	type Err = ParseQuantityError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let malformed = || ParseQuantityError::Percent(text.to_owned());
		let number = text.strip_suffix('%').ok_or_else(malformed)?.trim_end();
		let decimal: Decimal = number.parse().map_err(|_| malformed())?;
		let digits = decimal.to_string();
		let fine = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
		let parts = u32::try_from(decimal.rescaled(PERCENT_DECIMALS)).ok();
		let parts = parts.filter(|parts| *parts <= PARTS && fine <= PERCENT_DECIMALS.into());
		parts.map(|parts| Self(Share(parts))).ok_or_else(malformed)
	}
}

impl FromStr for Portion {
	type Err = ParseQuantityError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let malformed = || ParseQuantityError::Portion(text.to_owned());
		let Some((part, whole)) = text.split_once('/') else {
			return text.parse().map(|Percent(share)| Self(share)).map_err(|_| malformed());
		};
		let [part, whole] = [part, whole].map(|number| number.trim().parse::<u32>().ok());
		let (part, whole) = part.zip(whole).ok_or_else(malformed)?;
		let parts = (u64::from(part) * u64::from(PARTS)).checked_div(whole.into());
		let parts = parts.filter(|_| part <= whole).and_then(|parts| parts.try_into().ok());
		parts.map(|parts| Self(Share(parts))).ok_or_else(malformed)
	}
}

impl Tenths {
	/// Nothing.
	pub const NONE: Self = Self(0);
	/// Everything.
	pub const ALL: Self = Self(10);

	/// Takes a number of tenths, ten at most.
	pub fn new(tenths: u8) -> Option<Self> {
		(tenths <= Self::ALL.0).then_some(Self(tenths))
	}

	/// Every share that there is, from nothing to everything.
	pub fn every() -> impl Iterator<Item = Self> {
		(0..=Self::ALL.0).map(Self)
	}

	/// How many.
	pub fn get(self) -> u8 {
		self.0
	}

	/// The same in parts per billion.
	pub fn share(self) -> Share {
		Share(u32::from(self.0) * (PARTS / u32::from(Self::ALL.0)))
	}

	/// The middle of this share and `other`.
	pub fn middle(self, other: Self) -> Share {
		Share((u32::from(self.0) + u32::from(other.0)) * (PARTS / u32::from(Self::ALL.0) / 2))
	}
}

impl FromStr for Tenths {
	type Err = ParseQuantityError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let is_number = text.chars().all(|digit| digit.is_ascii_digit());
		let tenths = text.parse().ok().filter(|_| is_number).and_then(Self::new);
		tenths.ok_or_else(|| ParseQuantityError::Tenths(text.to_owned()))
	}
}

impl fmt::Display for Tenths {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.0 {
			1 => f.pad("1 tenth"),
			count => f.pad(&format!("{count} tenths")),
		}
	}
}

impl Serialize for Tenths {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_u8(self.0)
	}
}

impl FromStr for Memory {
	type Err = ParseQuantityError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let units = [("MiB", 1), ("GiB", 1 << 10), ("TiB", 1 << 20)];
		scaled(text, &units).map(Self).ok_or_else(|| ParseQuantityError::Memory(text.to_owned()))
	}
}

impl FromStr for Latency {
	type Err = ParseQuantityError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let units = [("ms", 1), ("s", 1_000)];
		scaled(text, &units).map(Self).ok_or_else(|| ParseQuantityError::Latency(text.to_owned()))
	}
}

/// A whole number with one of `units`, in the smallest of them.
fn scaled(text: &str, units: &[(&str, u32)]) -> Option<u32> {
	let end = text.find(|c: char| !c.is_ascii_digit())?;
	let (number, unit) = text.split_at(end);
	let (_, factor) = units.iter().find(|(name, _)| *name == unit.trim_start())?;
	number.parse::<u32>().ok()?.checked_mul(*factor)
}

impl fmt::Display for Percent {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let decimal = Decimal { value: self.0 .0.into(), decimals: PERCENT_DECIMALS };
		f.pad(&format!("{decimal} %"))
	}
}

impl fmt::Display for Memory {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (number, unit) = match self.0 {
			mib if mib > 0 && mib % (1 << 20) == 0 => (mib >> 20, "TiB"),
			mib if mib > 0 && mib % (1 << 10) == 0 => (mib >> 10, "GiB"),
			mib => (mib, "MiB"),
		};
		f.pad(&format!("{number} {unit}"))
	}
}

impl fmt::Display for Latency {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(&format!("{} ms", self.0))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use ParseQuantityError as Error;

	#[test]
	fn shares_should_be_read_to_the_last_part() {
		for (text, parts) in [
			("0%", 0),
			("40%", 400_000_000),
			("99.9%", 999_000_000),
			("33.3333333 %", 333_333_333),
			("100.00000000%", PARTS),
		] {
			assert_eq!(text.parse(), Ok(Percent(Share(parts))), "{text}");
			assert_eq!(text.parse(), Ok(Portion(Share(parts))), "{text}");
		}
		assert_eq!("1/3".parse(), Ok(Portion(Share(333_333_333))));
		assert_eq!("2/2".parse(), Ok(Portion(Share(PARTS))));
	}

	#[test]
	fn shares_should_fail_to_parse_when_malformed() {
		for text in ["", "%", "40", "-1%", "100.1%", "0.00000001%", "1/3%", "4294967297%"] {
			assert_eq!(text.parse::<Percent>(), Err(Error::Percent(text.into())), "{text}");
		}
		for text in ["", "40", "3/2", "1/0", "1/", "/", "-1/2", "1/3/4"] {
			assert_eq!(text.parse::<Portion>(), Err(Error::Portion(text.into())), "{text}");
		}
	}

	#[test]
	fn memory_and_latency_should_be_read_with_their_units() {
		for (text, mib) in [("512MiB", 512), ("16 GiB", 16_384), ("1TiB", 1 << 20), ("0MiB", 0)] {
			assert_eq!(text.parse(), Ok(Memory(mib)), "{text}");
		}
		assert_eq!("250ms".parse(), Ok(Latency(250)));
		assert_eq!("2s".parse(), Ok(Latency(2_000)));
		for text in ["", "16", "16GB", "1.5GiB", "-1GiB", "4096TiB", "GiB"] {
			assert_eq!(text.parse::<Memory>(), Err(Error::Memory(text.into())), "{text}");
		}
		for text in ["", "2", "2m", "1.5s", "4294968s"] {
			assert_eq!(text.parse::<Latency>(), Err(Error::Latency(text.into())), "{text}");
		}
	}

	#[test]
	fn tenths_should_parse_from_none_to_all() {
		for (text, share) in [("0", 0), ("3", 300_000_000), ("10", PARTS)] {
			let tenths: Tenths = text.parse().expect("it is a share");
			assert_eq!((tenths.get().to_string(), tenths.share()), (text.into(), Share(share)));
		}
		for text in ["", "11", "-1", "+1", "1.5", "30%", "256"] {
			assert_eq!(text.parse::<Tenths>(), Err(Error::Tenths(text.into())), "{text}");
		}
		assert_eq!(Tenths::every().count(), 11);
	}

	#[test]
	fn tenths_should_meet_in_the_middle() {
		assert_eq!(Tenths(0).middle(Tenths::ALL), Share(500_000_000));
		assert_eq!(Tenths(9).middle(Tenths(2)), Share(550_000_000));
		assert_eq!(Tenths::ALL.middle(Tenths::ALL), Share(PARTS));
	}

	#[test]
	fn quantities_should_be_shown_with_their_units() {
		assert_eq!(Percent(Share(999_000_000)).to_string(), "99.9 %");
		assert_eq!(
			(Tenths(1).to_string(), Tenths(10).to_string()),
			("1 tenth".into(), "10 tenths".into())
		);
		assert_eq!(Memory(16_384).to_string(), "16 GiB");
		assert_eq!(Memory(1_500).to_string(), "1500 MiB");
		assert_eq!(Memory(0).to_string(), "0 MiB");
		assert_eq!(Latency(250).to_string(), "250 ms");
	}
}
