//! Which errors are worth a line in the log: each once, although rounds repeat them.

use std::time::{Duration, Instant};

/// After how long the same error is said again.
const REMINDER: Duration = Duration::from_secs(3_600);

/// For how long nothing must have failed before that is said. Some errors come only in every tenth round or so.
const QUIET: Duration = Duration::from_secs(60);

/// What to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
	/// The error.
	Trouble,
	/// That it is over.
	Over,
}

/// What was said last.
#[derive(Debug, Default)]
pub struct Trouble(Option<Said>);

#[derive(Debug)]
struct Said {
	error: String,
	at: Instant,
	/// When it last happened.
	last: Instant,
}

impl Trouble {
	/// Hears how a round ended, and tells what to say of it.
	pub fn hear(&mut self, error: Option<&str>, now: Instant) -> Option<Told> {
		let past = |since: Instant| now.saturating_duration_since(since);
		match (error, &mut self.0) {
			(Some(error), Some(said)) if said.error == error && past(said.at) < REMINDER => {
				said.last = now;
				None
			},
			(Some(error), said) => {
				*said = Some(Said { error: error.into(), at: now, last: now });
				Some(Told::Trouble)
			},
			(None, Some(said)) if past(said.last) >= QUIET => {
				self.0 = None;
				Some(Told::Over)
			},
			(None, _) => None,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// What is said when rounds end so, each so many seconds after the start.
	fn told(rounds: &[(u64, Option<&str>)]) -> Vec<Option<Told>> {
		let (start, mut trouble) = (Instant::now(), Trouble::default());
		let round = |(after, error): &(u64, Option<&str>)| {
			trouble.hear(*error, start + Duration::from_secs(*after))
		};
		rounds.iter().map(round).collect()
	}

	#[test]
	fn error_should_be_said_once_when_it_comes_and_goes() {
		let rounds = [(0, Some("a")), (3, None), (30, Some("a")), (60, None), (89, None)];
		assert_eq!(told(&rounds), [Some(Told::Trouble), None, None, None, None]);
	}

	#[test]
	fn end_should_be_said_once_when_nothing_failed_for_a_minute() {
		let rounds = [(0, Some("a")), (59, None), (60, None), (63, None), (66, Some("a"))];
		let expected = [Some(Told::Trouble), None, Some(Told::Over), None, Some(Told::Trouble)];
		assert_eq!(told(&rounds), expected);
	}

	#[test]
	fn error_should_be_said_again_when_it_is_another_or_an_hour_has_passed() {
		let rounds = [(0, Some("a")), (3, Some("b")), (6, Some("b")), (3_603, Some("b"))];
		let expected = [Some(Told::Trouble), Some(Told::Trouble), None, Some(Told::Trouble)];
		assert_eq!(told(&rounds), expected);
	}
}
