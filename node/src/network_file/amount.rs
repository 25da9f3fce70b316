//! Amounts and shares as people write them.

use aitbc_core::{
	money::{DECIMALS, SYMBOL},
	Balance,
};
use sp_runtime::Perbill;

/// How many decimals a percentage may have: a part per billion is the seventh.
const PERCENT_DECIMALS: u8 = 7;

/// Reads an amount such as `1_000 AIT` or `12.5 AIT`, in plancks.
pub fn balance(text: &str) -> Option<Balance> {
	decimal(text.strip_suffix(SYMBOL)?.trim_end(), DECIMALS)
}

/// Writes plancks in AIT.
pub fn in_ait(plancks: Balance) -> String {
	let digits = usize::from(DECIMALS);
	let padded = format!("{plancks:0>width$}", width = digits.saturating_add(1));
	let (whole, broken) = padded.split_at(padded.len().saturating_sub(digits));
	let broken = broken.trim_end_matches('0');
	let point = if broken.is_empty() { "" } else { "." };
	format!("{whole}{point}{broken} {SYMBOL}")
}

/// Reads a share such as `5 %` or `7.25 %`.
pub fn share(text: &str) -> Option<Perbill> {
	let parts = decimal(text.strip_suffix('%')?.trim_end(), PERCENT_DECIMALS)?;
	let parts = u32::try_from(parts).ok()?;
	(parts <= Perbill::one().deconstruct()).then(|| Perbill::from_parts(parts))
}

/// Reads a decimal number of at most so many `decimals`, in units of the last. Underscores may stand between
/// digits.
fn decimal(text: &str, decimals: u8) -> Option<u128> {
	let (whole, broken) = text.split_once('.').unwrap_or((text, "0"));
	let is_number = |digits: &str| {
		digits.starts_with(|first: char| first.is_ascii_digit())
			&& digits.ends_with(|last: char| last.is_ascii_digit())
			&& digits.chars().all(|digit| digit.is_ascii_digit() || digit == '_')
	};
	if !is_number(whole) || !is_number(broken) {
		return None;
	}
	let broken = broken.replace('_', "");
	let missing = usize::from(decimals).checked_sub(broken.len())?;
	let digits = format!("{}{broken}{}", whole.replace('_', ""), "0".repeat(missing));
	digits.parse().ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;

	#[test]
	fn balance_should_be_read_and_written_in_ait() {
		for (text, plancks, shown) in [
			("1 AIT", AIT, "1 AIT"),
			("1_000_000AIT", 1_000_000 * AIT, "1000000 AIT"),
			("0.01 AIT", AIT / 100, "0.01 AIT"),
			("12.500 AIT", 25 * AIT / 2, "12.5 AIT"),
			("0.000000000001 AIT", 1, "0.000000000001 AIT"),
		] {
			assert_eq!(balance(text), Some(plancks), "{text}");
			assert_eq!(in_ait(plancks), shown);
		}
	}

	#[test]
	fn balance_should_be_refused_when_it_is_no_amount_of_ait() {
		for text in [
			"",
			"1",
			"AIT",
			"-1 AIT",
			"+1 AIT",
			"1e3 AIT",
			"1.2.3 AIT",
			".5 AIT",
			"1. AIT",
			"_1 AIT",
			"0.0000000000001 AIT",
			"1 BTC",
			"1,000 AIT",
			"999999999999999999999999999999999999999 AIT",
		] {
			assert_eq!(balance(text), None, "{text}");
		}
	}

	#[test]
	fn share_should_be_read_up_to_the_whole() {
		assert_eq!(share("5 %"), Some(Perbill::from_percent(5)));
		assert_eq!(share("7.25%"), Some(Perbill::from_parts(72_500_000)));
		assert_eq!(share("0.0000001 %"), Some(Perbill::from_parts(1)));
		assert_eq!(share("100 %"), Some(Perbill::one()));
		for text in ["5", "100.1 %", "0.00000001 %", "five %", "-1 %"] {
			assert_eq!(share(text), None, "{text}");
		}
	}
}
