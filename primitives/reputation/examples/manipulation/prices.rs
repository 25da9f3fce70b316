//! What the chain charges, and what an attacker has spent.

use aitbc_core::{
	money::{AIT, EXISTENTIAL_DEPOSIT, MILLI_AIT},
	Balance,
};
use sp_arithmetic::Perbill;
use std::ops::Add;

/// The protocol's share of what is released: `escrow.Fee` in docs/wire-format.md.
pub const FEE_RATE: Perbill = Perbill::from_parts(25_000_000);

/// What registering an agent costs for good, in plancks: `agents.RegistrationFee`.
pub const REGISTRATION_FEE: Balance = 5 * AIT;

/// What an agent's owner gets back when the agent is gone, in plancks: `agents.Bond`.
pub const BOND: Balance = 100 * AIT;

/// What a transaction costs, in plancks: an assumption. docs/calls.md has 1 to 2 mAIT for a call.
pub const TRANSACTION_FEE: Balance = 2 * MILLI_AIT;

/// How many transactions a job takes: an assumption. Opening, funding, submitting, releasing and
/// rating it, and a transfer to bring the money to the client.
pub const TRANSACTIONS_PER_JOB: Balance = 6;

/// All money there is, in plancks: no price is higher.
pub const SUPPLY: Balance = 1_000_000_000 * AIT;

/// What an attacker has spent, in plancks.
#[derive(Clone, Copy, Default)]
pub struct Cost {
	/// How many jobs were paid.
	pub jobs: u128,
	/// Everything that was paid, to whomever, each time it was paid.
	pub moved: Balance,
	/// The part of `moved` that does not come back to the attacker.
	pub lost: Balance,
	/// What can't be used in the meantime and comes back.
	pub tied: Balance,
}

impl Cost {
	/// A job of the attacker's client for the attacker's own agent.
	pub fn of_own_job(price: Balance) -> Self {
		let fees = FEE_RATE.mul_ceil(price) + TRANSACTION_FEE * TRANSACTIONS_PER_JOB;
		let moved = price + TRANSACTION_FEE * TRANSACTIONS_PER_JOB;
		Self { jobs: 1, moved, lost: fees, tied: 0 }
	}

	/// A job of the attacker's client for somebody else's agent, of which `refunded` comes back.
	pub fn of_rivals_job(price: Balance, refunded: Balance) -> Self {
		let paid = price + TRANSACTION_FEE * TRANSACTIONS_PER_JOB;
		Self { jobs: 1, moved: paid, lost: paid, tied: refunded }
	}

	/// The registration of an agent.
	pub fn of_registration() -> Self {
		let paid = REGISTRATION_FEE + TRANSACTION_FEE;
		Self { jobs: 0, moved: paid, lost: paid, tied: BOND }
	}

	/// An account, which is emptied in the end.
	pub fn of_account() -> Self {
		Self { tied: EXISTENTIAL_DEPOSIT, ..Self::default() }
	}

	/// The same, so many times.
	pub fn times(self, number: u32) -> Self {
		let number = u128::from(number);
		Self {
			jobs: self.jobs * number,
			moved: self.moved * number,
			lost: self.lost * number,
			tied: self.tied * number,
		}
	}
}

impl Add for Cost {
	type Output = Self;

	fn add(self, other: Self) -> Self {
		Self {
			jobs: self.jobs + other.jobs,
			moved: self.moved + other.moved,
			lost: self.lost + other.lost,
			tied: self.tied + other.tied,
		}
	}
}
