//! Finds the cheapest way to an aim by trying.

use crate::{
	agent::{Agent, Job},
	prices::{Cost, FEE_RATE, SUPPLY},
};
use aitbc_core::{money::MILLI_AIT, Balance, BlockNumber};
use aitbc_reputation::Rules;

/// How close to the least price a search comes, in plancks.
const PRECISION: Balance = MILLI_AIT;

/// What somebody tries: a number of clients that never worked with the agent hire it once each, all
/// in the block `now`, for one price.
///
/// Equal prices are the best choice: what a pair counts for grows ever more slowly. One job for
/// each client is the best choice, too: splitting it gains nothing and costs transactions.
pub struct Attempt<'a> {
	/// The agent as it is before.
	pub agent: Agent,
	/// When.
	pub now: BlockNumber,
	/// The job for a price.
	pub job: &'a dyn Fn(Balance) -> Job,
	/// What a job of that price costs who tries.
	pub cost: &'a dyn Fn(Balance) -> Cost,
	/// Whether an agent is where it should be.
	pub is_done: &'a dyn Fn(&Agent) -> bool,
}

/// A way that was found.
#[derive(Clone, Copy)]
pub struct Way {
	/// The agent as it is after.
	pub agent: Agent,
	/// What it cost.
	pub cost: Cost,
	/// When it was gone.
	pub at: BlockNumber,
}

impl Attempt<'_> {
	/// The way that loses least with at most `clients`, or `None` when there is none.
	pub fn cheapest(&self, clients: u32) -> Option<Way> {
		let mut best: Option<Way> = None;
		for clients in 1..=clients {
			let limit = best.map_or(Balance::MAX, |best| best.cost.lost);
			if let Some(price) = self.least_price(clients, limit) {
				best = Some(self.way(clients, price));
			}
		}
		best
	}

	/// The way with the most clients, at most `clients`, that reaches the aim and hardly more.
	///
	/// When the least price that counts is enough, it may be more than enough.
	pub fn closest(&self, clients: u32) -> Option<Way> {
		(1..=clients).rev().find_map(|clients| {
			let price = self.least_price(clients, Balance::MAX)?;
			(price > least_counted()).then(|| self.way(clients, price))
		})
	}

	/// The least price that reaches the aim and loses less than `limit`, raised in steps of a tenth
	/// and then halved in.
	fn least_price(&self, clients: u32, limit: Balance) -> Option<Balance> {
		let is_in_reach = |price| price <= SUPPLY && (self.cost)(price).times(clients).lost < limit;
		let reaches = |price| (self.is_done)(&self.after(clients, price));
		let mut low = least_counted();
		let mut high = low;
		while is_in_reach(high) && !reaches(high) {
			low = high;
			high += high / 10;
		}
		while high - low > PRECISION {
			let middle = (low + high) / 2;
			if reaches(middle) {
				high = middle;
			} else {
				low = middle;
			}
		}
		(is_in_reach(high) && reaches(high)).then_some(high)
	}

	/// What it comes to when so many clients pay `price` each.
	fn way(&self, clients: u32, price: Balance) -> Way {
		let cost = (self.cost)(price).times(clients);
		Way { agent: self.after(clients, price), cost, at: self.now }
	}

	/// The agent after so many clients hired it for `price` each.
	fn after(&self, clients: u32, price: Balance) -> Agent {
		let mut agent = self.agent;
		agent.serve_strangers(clients, &(self.job)(price), self.now);
		agent
	}
}

/// The least price whose fee counts, in plancks.
fn least_counted() -> Balance {
	FEE_RATE.saturating_reciprocal_mul_ceil(Rules::default().min_fee)
}
