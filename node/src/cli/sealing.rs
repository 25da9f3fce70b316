//! When a development chain has its blocks.

use crate::service::sealing::Sealing;
use std::time::Duration;

/// The longest interval between two blocks, in milliseconds: an hour.
const LONGEST: u64 = 3_600_000;

/// When a development chain has its blocks.
#[derive(Debug, clap::Args)]
pub struct SealingParams {
	/// When a development chain has blocks: `instant`, `interval MILLISECONDS`, or `consensus`
	///
	/// `instant` makes one whenever a transaction waits, `interval` one per so many milliseconds, both final
	/// at once and without regard to the clock: each block is three seconds after the one before. With
	/// `consensus`, the default, blocks wait for their slots, and for votes to be final. Other chains have
	/// nothing else. With the first two, the RPC `engine_createBlock` makes a block as well.
	#[arg(
		long,
		value_names = ["WHEN", "MILLISECONDS"],
		num_args = 1..=2,
		action = clap::ArgAction::Set,
		default_value = "consensus"
	)]
	pub sealing: Vec<String>,
}

/// Why the option makes no sense.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
	"--sealing {0} makes no sense: pass `instant`, `interval` with 1 to {LONGEST} milliseconds, such as \
	 `interval 500`, or `consensus`"
)]
pub struct SealingError(String);

impl From<SealingError> for sc_cli::Error {
	fn from(error: SealingError) -> Self {
		Self::Input(error.to_string())
	}
}

impl SealingParams {
	/// What the operator chose.
	pub fn read(&self) -> Result<Sealing, SealingError> {
		let words: Vec<_> = self.sealing.iter().map(String::as_str).collect();
		let chosen = match words[..] {
			["consensus"] => Some(Sealing::Consensus),
			["instant"] => Some(Sealing::Instant),
			["interval", period] => period
				.parse()
				.ok()
				.filter(|period| (1..=LONGEST).contains(period))
				.map(|period| Sealing::Interval(Duration::from_millis(period))),
			_ => None,
		};
		chosen.ok_or_else(|| SealingError(words.join(" ")))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::cli::Cli;
	use clap::Parser;

	/// What these arguments after `--dev` choose.
	fn chosen(arguments: &[&str]) -> Result<Sealing, SealingError> {
		let line = [&["aitbc-node", "--dev"], arguments].concat();
		Cli::try_parse_from(line).expect("clap takes it").sealing.read()
	}

	#[test]
	fn blocks_should_wait_for_their_slots_when_nobody_says_otherwise() {
		assert_eq!(chosen(&[]), Ok(Sealing::Consensus));
		assert_eq!(chosen(&["--sealing", "consensus"]), Ok(Sealing::Consensus));
	}

	#[test]
	fn sealing_should_be_as_chosen() {
		assert_eq!(chosen(&["--sealing", "instant", "--alice"]), Ok(Sealing::Instant));
		assert_eq!(chosen(&["--sealing=instant"]), Ok(Sealing::Instant));
		for (period, millis) in [("1", 1), ("500", 500), ("3600000", LONGEST)] {
			let expected = Sealing::Interval(Duration::from_millis(millis));
			assert_eq!(chosen(&["--sealing", "interval", period, "--tmp"]), Ok(expected));
		}
	}

	#[test]
	fn sealing_should_be_refused_when_it_makes_no_sense() {
		for words in [
			&["never"][..],
			&["interval"],
			&["interval", "0"],
			&["interval", "3600001"],
			&["interval", "soon"],
			&["instant", "5"],
		] {
			let error = chosen(&[&["--sealing"], words].concat()).expect_err("it makes no sense");
			assert!(error.to_string().contains(&words.join(" ")), "{error}");
		}
	}
}
