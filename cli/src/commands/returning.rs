//! What comes back of accounts' own money when something ends: foreseen before, and read off what
//! happened.

use super::Context;
use crate::{
	amount::Amount,
	chain::{
		accounts::{HoldReason, Release},
		anchor::Anchorer,
		contracts::Contract,
		market::{Bid, Job, Offer, Stage},
		Call, Chain,
	},
	error::Error,
	output::{table, Report},
	terminal,
	transaction::{Sender, Sent, Written},
};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// What comes back, and to whom: held money that is its owner's to spend again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Returns {
	/// Each, what an account has back for several reasons one after the other.
	returns: Vec<Release>,
}

impl Returns {
	/// All that is not nothing.
	fn of(releases: impl IntoIterator<Item = (AccountId32, HoldReason, Amount)>) -> Self {
		let releases = releases.into_iter().filter(|(.., amount)| !amount.is_zero());
		let releases =
			releases.map(|(account, held_for, amount)| Release { account, held_for, amount });
		Self { returns: releases.collect() }
	}

	/// When `offer` is withdrawn.
	pub fn of_offer(offer: &Offer) -> Self {
		Self::of([(offer.account, HoldReason::MarketDeposit, offer.deposit)])
	}

	/// When `job` ends without anybody having got it, for which these are the bids. Nothing is known
	/// of a job that somebody got.
	pub fn of_bidding(job: &Job, bids: &[Bid]) -> Option<Self> {
		let live = job.live.as_ref().filter(|live| live.lease.is_none())?;
		let deposits = (job.client, HoldReason::MarketDeposit, live.deposits.total());
		let bonds = bids.iter().map(|bid| (bid.account, HoldReason::MarketBond, bid.terms.bond));
		Some(Self::of([deposits].into_iter().chain(bonds)))
	}

	/// When the bid of `account` leaves the list, if it has one among these.
	pub fn of_bid(bids: &[Bid], account: AccountId32) -> Option<Self> {
		let bid = bids.iter().find(|bid| bid.account == account)?;
		Some(Self::of([(account, HoldReason::MarketBond, bid.terms.bond)]))
	}

	/// When `job`, which ended, is forgotten.
	pub fn of_settled(job: &Job) -> Option<Self> {
		let Stage::Settled { deposit, .. } = job.stage else { return None };
		Some(Self::of([(job.client, HoldReason::MarketDeposit, deposit)]))
	}

	/// When the script of `anchorer` is given back.
	pub fn of_anchorer(anchorer: &Anchorer) -> Self {
		Self::of([(anchorer.account, HoldReason::AnchorerDeposit, anchorer.deposit)])
	}

	/// When `contract` is cancelled, on which nobody has started.
	pub fn of_contract(contract: &Contract) -> Option<Self> {
		let Contract { client, provider, bonds_held, deposit, .. } = *contract;
		if contract.started.is_some() {
			return None;
		}
		let escrow = contract.funded_since.map_or(Amount(0), |_| contract.payment.outstanding());
		Some(Self::of([
			(client, HoldReason::Escrow, escrow),
			(client, HoldReason::EscrowBond, bonds_held.client),
			(client, HoldReason::EscrowDeposit, deposit),
			(provider, HoldReason::EscrowBond, bonds_held.provider),
		]))
	}
}

/// What the money is, in words.
fn kind(held_for: HoldReason) -> &'static str {
	match held_for {
		HoldReason::Escrow => "from escrow",
		HoldReason::EscrowBond | HoldReason::MarketBond => "of bond",
		_ => "for storage",
	}
}

impl fmt::Display for Returns {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Some((first, rest)) = self.returns.split_first() else {
			return f.write_str("nothing comes back");
		};
		write!(f, "this gives back {} {}", first.amount, kind(first.held_for))?;
		let mut account = first.account;
		for Release { account: next, held_for, amount } in rest {
			if *next != account {
				write!(f, " to {account}")?;
			}
			write!(f, ", {amount} {}", kind(*held_for))?;
			account = *next;
		}
		write!(f, " to {account}")
	}
}

/// Sends `call`, says what it gives back if that is `foreseen`, and writes what really came back. Where
/// nothing is foreseen, the chain says what is wrong.
pub async fn send(
	chain: &Chain,
	sender: &Sender<'_>,
	call: &impl Call,
	foreseen: Option<Returns>,
	context: &Context,
) -> Result<(), Error> {
	let Some(foreseen) = foreseen else { return context.send_to(chain, sender, call).await };
	terminal::note(&foreseen);
	match sender.send(chain, call).await? {
		Sent::DryRun(dry_run) => {
			context.print(&super::Foreseen { dry_run, consequences: foreseen }, None)
		},
		Sent::Done { receipt, events } => {
			let returned = events.map(|events| events.releases());
			let written = Written { transactions: vec![receipt], ..Written::default() };
			context.print(&Returned { written, returned }, None)
		},
	}
}

/// What a command sent, and what came back.
#[derive(Serialize)]
struct Returned {
	#[serde(flatten)]
	written: Written,
	/// What came back, if the block was waited for. What an account could not take became a claim in
	/// place of that, of which an event tells.
	returned: Option<Vec<Release>>,
}

impl Report for Returned {
	const KIND: &'static str = Written::KIND;

	fn text(&self) -> String {
		let written = self.written.text();
		let Some(returned) = self.returned.as_ref().filter(|returned| !returned.is_empty()) else {
			return written;
		};
		let rows = returned
			.iter()
			.map(|one| [one.account.to_string(), one.amount.to_string(), one.held_for.to_string()]);
		format!("{written}\n\n{}", table(["came back to", "amount", "was held for"], rows))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::{
		contracts::{Bonds, Milestone, Payment, State},
		market::{BidTerms, Lease, Live, Outcome, Plan, Scope, Window},
	};

	const CLIENT: AccountId32 = AccountId32([1; 32]);
	const PROVIDER: AccountId32 = AccountId32([2; 32]);

	/// Who has back how much, for which reason.
	fn parts(returns: &Returns) -> Vec<(AccountId32, HoldReason, u128)> {
		returns.returns.iter().map(|one| (one.account, one.held_for, one.amount.0)).collect()
	}

	fn milestone(milestone: u32, state: State) -> Milestone {
		Milestone { milestone, amount: Amount(100), due: 9, state }
	}

	/// Of two milestones of which one was released early, with a bond of each party.
	fn contract() -> Contract {
		let released = State::Released { fee: Amount(3), on_time: true };
		let pending = State::Pending { split: None };
		let payment = Payment::Milestones(vec![milestone(0, released), milestone(1, pending)]);
		let bonds = Bonds { client: Amount(7), provider: Amount(10) };
		Contract { started: None, bonds, bonds_held: bonds, ..Contract::of(payment) }
	}

	#[test]
	fn funded_contract_should_give_back_what_is_held_of_both_parties() {
		let returns = Returns::of_contract(&contract()).expect("nobody has started");
		let expected = [
			(CLIENT, HoldReason::Escrow, 100),
			(CLIENT, HoldReason::EscrowBond, 7),
			(CLIENT, HoldReason::EscrowDeposit, 1),
			(PROVIDER, HoldReason::EscrowBond, 10),
		];
		assert_eq!(parts(&returns), expected);
		assert_eq!(
			returns.to_string(),
			format!(
				"this gives back 100 planck from escrow, 7 planck of bond, 1 planck for storage to \
				 {CLIENT}, 10 planck of bond to {PROVIDER}"
			)
		);
	}

	#[test]
	fn open_contract_should_give_back_no_money_that_it_does_not_hold() {
		let open = Contract { funded_since: None, bonds_held: Bonds::default(), ..contract() };
		let returns = Returns::of_contract(&open).expect("nobody has started");
		assert_eq!(parts(&returns), [(CLIENT, HoldReason::EscrowDeposit, 1)]);
		assert_eq!(
			returns.to_string(),
			format!("this gives back 1 planck for storage to {CLIENT}")
		);
	}

	#[test]
	fn started_contract_should_foresee_nothing() {
		assert_eq!(Returns::of_contract(&Contract { started: Some(3), ..contract() }), None);
	}

	fn bid(account: AccountId32, bond: u128) -> Bid {
		let terms = BidTerms { offer: 1, price: Amount(100), bond: Amount(bond) };
		Bid { agent: 1, account, terms, stays_as_backup: true, at: 1 }
	}

	#[test]
	fn bid_should_give_back_the_bond_of_who_takes_it_back() {
		let bids = [bid(CLIENT, 5), bid(PROVIDER, 6)];
		let returns = Returns::of_bid(&bids, PROVIDER).expect("it bid");
		assert_eq!(parts(&returns), [(PROVIDER, HoldReason::MarketBond, 6)]);
		assert_eq!(Returns::of_bid(&bids, AccountId32([3; 32])), None);
	}

	fn job(stage: Stage, live: Option<Live>) -> Job {
		Job { job: 7, client: CLIENT, stage, live, past: Vec::new(), receipts: Vec::new() }
	}

	#[test]
	fn job_that_nobody_got_should_give_back_its_deposits_and_every_bond() {
		let window = Window { bids_until: 10, assign_by: 20 };
		let live = Live::of(Plan::Stream(5));
		let job = job(Stage::Bidding { window }, Some(live));
		let returns = Returns::of_bidding(&job, &[bid(PROVIDER, 6)]).expect("nobody got it");
		let bond = (PROVIDER, HoldReason::MarketBond, 6);
		assert_eq!(parts(&returns), [(CLIENT, HoldReason::MarketDeposit, 3), bond]);
		assert_eq!(
			returns.to_string(),
			format!(
				"this gives back 3 planck for storage to {CLIENT}, 6 planck of bond to {PROVIDER}"
			)
		);
		assert_eq!(Returns::of_settled(&job), None);
	}

	#[test]
	fn job_that_somebody_has_should_foresee_nothing() {
		let lease = Lease {
			agent: 3,
			account: PROVIDER,
			offer: 4,
			contract: 9,
			price: Amount(3),
			scope: Scope::Stream(5),
			units: 10,
			since: 1,
		};
		let live = Live { lease: Some(lease), ..Live::of(Plan::Stream(5)) };
		let job = job(Stage::Running { since: 1 }, Some(live));
		assert_eq!(Returns::of_bidding(&job, &[]), None);
	}

	#[test]
	fn settled_job_should_give_back_the_deposit_of_what_is_kept_of_it() {
		let stage = Stage::Settled {
			outcome: Outcome::Completed,
			paid: Amount(5),
			settled_at: 10,
			deposit: Amount(4),
		};
		let settled = job(stage, None);
		let returns = Returns::of_settled(&settled).expect("it is settled");
		assert_eq!(parts(&returns), [(CLIENT, HoldReason::MarketDeposit, 4)]);
		assert_eq!(Returns::of_bidding(&settled, &[]), None);
	}

	#[test]
	fn what_came_back_should_be_shown_with_what_it_was_held_for() {
		let release =
			Release { account: CLIENT, held_for: HoldReason::MarketDeposit, amount: Amount(4) };
		let returned = |returned| Returned { written: Written::default(), returned }.text();
		let text = returned(Some(vec![release]));
		assert!(text.contains("CAME BACK TO"), "{text}");
		assert!(text.contains("4 planck  Market.Deposit"), "{text}");
		for nothing in [None, Some(Vec::new())] {
			assert_eq!(returned(nothing), "");
		}
	}
}
