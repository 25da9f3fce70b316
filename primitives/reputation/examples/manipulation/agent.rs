//! An agent as the chain remembers it, and the jobs that it gets.

use crate::prices::FEE_RATE;
use aitbc_core::{Balance, BlockNumber};
use aitbc_reputation::{Component, Entry, Outcome, PairEvidence, Rules, Score, Standing};
use sp_arithmetic::Perbill;

/// A job: its outcome and what the client says about it.
#[derive(Clone, Copy)]
pub struct Job {
	outcome: Outcome,
	/// The client's only rating. It is for quality, the component of ratings that weighs most.
	rating: Perbill,
	/// Whether the client is an agent like the one that works, and both do the same for each other.
	is_mutual: bool,
}

impl Job {
	/// A job that was done in time, was paid for and got the best rating.
	pub fn done(price: Balance) -> Self {
		let outcome = Outcome {
			accepted: true,
			fee: FEE_RATE.mul_ceil(price),
			released: price,
			on_time: price,
			..Default::default()
		};
		Self { outcome, rating: Perbill::one(), is_mutual: false }
	}

	/// A job of which the part for `price` was done in time and the part for `missed` never.
	pub fn mostly_missed(price: Balance, missed: Balance) -> Self {
		let done = Self::done(price);
		Self { outcome: Outcome { refunded: missed, missed, ..done.outcome }, ..done }
	}

	/// The job with another rating.
	pub fn rated(self, rating: Perbill) -> Self {
		Self { rating, ..self }
	}

	/// A job that two agents do for each other, each as the other's client.
	///
	/// Each of the two jobs gets the agent a rating as a provider or as a client.
	pub fn mutual(price: Balance) -> Self {
		Self { is_mutual: true, ..Self::done(price) }
	}

	/// The job, if the agent never accepted it.
	pub fn unasked(self) -> Self {
		Self { outcome: Outcome { accepted: false, ..self.outcome }, ..self }
	}
}

/// An agent, under the rules of production.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Agent {
	standing: Standing,
}

impl Agent {
	/// Does a job for the client that `pair` is about, and is rated for it, all in one block.
	pub fn serve(&mut self, pair: &mut PairEvidence, job: &Job, now: BlockNumber) {
		let rules = Rules::default();
		let weight = self.standing.note(pair, &job.outcome, &rules, now);
		let entry = Entry { value: job.rating, weight, since: now };
		let ratings = if job.is_mutual { 2 } else { 1 };
		for _ in 0..ratings {
			self.standing.add(Component::Quality, entry, &rules, now);
		}
	}

	/// Does the same job once for each of `clients` that it never worked for.
	pub fn serve_strangers(&mut self, clients: u32, job: &Job, now: BlockNumber) {
		for _ in 0..clients {
			self.serve(&mut PairEvidence::default(), job, now);
		}
	}

	/// The agent after it got a new owner.
	pub fn sold(mut self, now: BlockNumber) -> Self {
		self.standing.quarter(&Rules::default(), now);
		self
	}

	/// The score at `now`.
	pub fn score(&self, now: BlockNumber) -> Score {
		self.standing.score(&Rules::default(), now)
	}

	/// The lower bound at `now`.
	pub fn bound(&self, now: BlockNumber) -> Perbill {
		self.score(now).lower_bound
	}
}
