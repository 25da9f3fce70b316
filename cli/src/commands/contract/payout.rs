//! `aitbc contract release`, `settle` and `refund`: where a milestone's money goes.

use super::{Milestone, MilestoneAction};
use crate::{
	amount::Amount,
	chain::{
		contracts::{self, Contract},
		Call,
	},
	commands::Context,
	decimal::PARTS,
	error::Error,
};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// Who gets the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payee {
	/// The provider, less the protocol's fee.
	Provider,
	/// The client, all of it.
	Client,
}

/// Sends the call that `make` makes of the milestone, and says beforehand what `payee` gets.
pub async fn run<C: Call>(
	action: MilestoneAction,
	payee: Payee,
	make: impl FnOnce(u64, u32) -> C,
	context: &Context,
) -> Result<(), Error> {
	let Milestone { target, milestone } = action.milestone;
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let contract = contracts::contract(&chain.best().await?, target.contract).await?;
	let payout = contract.and_then(|contract| Payout::of(&contract, milestone, payee));
	let call = make(target.contract, milestone);
	match payout {
		Some(payout) => context.send_knowing(&chain, &sender, &call, payout).await,
		// The chain says what is wrong.
		None => context.send_to(&chain, &sender, &call).await,
	}
}

/// What becomes of a milestone's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Payout {
	/// Who gets it.
	to: AccountId32,
	/// How much.
	amount: Amount,
	/// What the protocol takes.
	protocol_fee: Amount,
}

impl Payout {
	/// Of a milestone whose money is still in escrow.
	fn of(contract: &Contract, milestone: u32, payee: Payee) -> Option<Self> {
		let milestone = contract.milestones.iter().find(|one| one.milestone == milestone)?;
		if contract.funded_since.is_none() || !milestone.state.is_open() {
			return None;
		}
		let amount = milestone.amount;
		Some(match payee {
			Payee::Client => Self { to: contract.client, amount, protocol_fee: Amount(0) },
			Payee::Provider => {
				// Rounded up, as the chain does.
				let share = u128::from(contract.fee_share.0);
				let fee = amount.0.saturating_mul(share).div_ceil(PARTS.into());
				let net = Amount(amount.0.saturating_sub(fee));
				Self { to: contract.provider, amount: net, protocol_fee: Amount(fee) }
			},
		})
	}
}

impl fmt::Display for Payout {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { to, amount, protocol_fee } = self;
		write!(f, "{amount} goes to {to} for good")?;
		match protocol_fee {
			Amount(0) => Ok(()),
			fee => write!(f, ", and {fee} to the protocol"),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::contracts::{self, State},
		decimal::Share,
		digest::Hash,
	};

	const CLIENT: AccountId32 = AccountId32([1; 32]);
	const PROVIDER: AccountId32 = AccountId32([2; 32]);

	fn contract(amount: u128, state: State) -> Contract {
		let milestone =
			contracts::Milestone { milestone: 0, amount: Amount(amount), due: 9, state };
		Contract {
			contract: 7,
			client: CLIENT,
			provider: PROVIDER,
			terms: Hash([3; 32]),
			total: Amount(amount),
			deposit: Amount(1),
			fee_rate: "2.5 %".into(),
			fee_share: Share(25_000_000),
			review_period: 20,
			funded_since: Some(1),
			milestones: vec![milestone],
		}
	}

	#[test]
	fn provider_should_get_the_amount_less_the_fee_rounded_up() {
		let pays = |amount| Payout::of(&contract(amount, State::Pending), 0, Payee::Provider);
		for (amount, net, fee) in [(1_000, 975, 25), (1_001, 975, 26), (1, 0, 1)] {
			let payout = pays(amount).expect("its money is in escrow");
			assert_eq!((payout.to, payout.amount.0, payout.protocol_fee.0), (PROVIDER, net, fee));
		}
		let text = pays(1_000).expect("its money is in escrow").to_string();
		assert!(
			text.starts_with("975 planck goes to ") && text.ends_with("25 planck to the protocol")
		);
	}

	#[test]
	fn client_should_get_all_of_it_back() {
		let payout = Payout::of(&contract(1_000, State::Pending), 0, Payee::Client);
		let expected = Payout { to: CLIENT, amount: Amount(1_000), protocol_fee: Amount(0) };
		assert_eq!(payout, Some(expected));
		assert!(expected.to_string().ends_with("for good"));
	}

	#[test]
	fn nobody_should_get_anything_when_nothing_is_in_escrow() {
		let refunded = contract(1_000, State::Refunded { missed: false });
		let unfunded = Contract { funded_since: None, ..contract(1_000, State::Pending) };
		for (contract, milestone) in
			[(refunded, 0), (unfunded, 0), (contract(1_000, State::Pending), 1)]
		{
			assert_eq!(Payout::of(&contract, milestone, Payee::Provider), None);
		}
	}
}
