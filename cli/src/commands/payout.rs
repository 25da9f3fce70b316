//! Where the money of a contract goes, as far as that can be known before a call.

use crate::{
	amount::Amount,
	chain::contracts::{Contract, Meter, Milestone, Payment, Phase, State, Stream},
	decimal::{portion, Share},
};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// What a call moves for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Payout {
	/// Who gets it.
	to: AccountId32,
	/// How much.
	amount: Amount,
	/// What the protocol takes.
	protocol_fee: Amount,
	/// What goes back to the client besides.
	#[serde(skip_serializing_if = "Amount::is_zero")]
	refund: Amount,
	/// What the provider loses of its bond.
	#[serde(skip_serializing_if = "Amount::is_zero")]
	slashed: Amount,
	/// Whether each active block until the call is paid as well.
	#[serde(skip_serializing_if = "is_false")]
	is_growing: bool,
}

fn is_false(value: &bool) -> bool {
	!value
}

impl Payout {
	/// All of `amount` to the client.
	fn to_client(contract: &Contract, amount: Amount) -> Self {
		Self {
			to: contract.client,
			amount,
			protocol_fee: Amount(0),
			refund: Amount(0),
			slashed: Amount(0),
			is_growing: false,
		}
	}

	/// What is left of `amount` to the provider, when all of `paid` was paid before: however many
	/// payments there are, the fees add up to that on one.
	fn to_provider(contract: &Contract, amount: Amount, paid: Amount) -> Self {
		let sum = paid.0.saturating_add(amount.0);
		let fee = contract.fee_share.ceil_of(sum);
		let fee = fee.saturating_sub(contract.fee_share.ceil_of(paid.0));
		Self {
			to: contract.provider,
			amount: Amount(amount.0.saturating_sub(fee)),
			protocol_fee: Amount(fee),
			..Self::to_client(contract, Amount(0))
		}
	}

	/// Of a milestone that is released, if its money waits for that.
	pub fn of_release(contract: &Contract, milestone: u32) -> Option<Self> {
		let milestone = outstanding(contract, milestone)?;
		Some(Self::to_provider(contract, milestone.amount, Amount(0)))
	}

	/// Of a milestone that is divided, with `provider_share` of it to the provider.
	pub fn of_split(contract: &Contract, milestone: u32, provider_share: Amount) -> Option<Self> {
		let milestone = outstanding(contract, milestone)?;
		let refund = Amount(milestone.amount.0.checked_sub(provider_share.0)?);
		Some(Self { refund, ..Self::to_provider(contract, provider_share, Amount(0)) })
	}

	/// Of a milestone that is refunded when the active clock shows `now`. A missed due costs
	/// `missed_slash` of the bond's part for it.
	pub fn of_refund(
		contract: &Contract,
		milestone: u32,
		missed_slash: Share,
		now: u32,
	) -> Option<Self> {
		let milestone = outstanding(contract, milestone)?;
		let slashed = penalty(contract, [milestone], missed_slash, now);
		Some(Self { slashed, ..Self::to_client(contract, milestone.amount) })
	}

	/// Of a stream that is settled when the active clock shows `now`, if it has earned something.
	pub fn of_stream(contract: &Contract, now: u32) -> Option<Self> {
		let Payment::Stream(stream) = &contract.payment else { return None };
		if contract.funded_since.is_none() || stream.earned.is_zero() {
			return None;
		}
		let is_growing = is_growing(stream, now);
		Some(Self { is_growing, ..Self::to_provider(contract, stream.earned, stream.paid) })
	}

	/// Of a meter that bills all units up to `units`.
	pub fn of_units(contract: &Contract, units: u64) -> Option<Self> {
		let Payment::Metered(meter) = &contract.payment else { return None };
		let new = units.checked_sub(meter.billed).filter(|_| units <= meter.units)?;
		if contract.funded_since.is_none() || new == 0 {
			return None;
		}
		let amount = Amount(meter.unit_price.0.saturating_mul(new.into()));
		Some(Self::to_provider(contract, amount, meter.paid))
	}

	/// Of a stream or a meter that ends when the active clock shows `now`: what was earned is paid,
	/// the rest goes back.
	pub fn of_end(contract: &Contract, now: u32) -> Option<Self> {
		contract.funded_since?;
		match &contract.payment {
			Payment::Milestones(_) => None,
			Payment::Stream(stream) if stream.dispute.is_some() => None,
			Payment::Stream(stream) => {
				let refund = Amount(stream.held.0.saturating_sub(stream.earned.0));
				let paid = Self::of_stream(contract, now).map(|paid| Self { refund, ..paid });
				let is_growing = is_growing(stream, now);
				let none = || Self { is_growing, ..Self::to_client(contract, refund) };
				Some(paid.unwrap_or_else(none))
			},
			Payment::Metered(meter) => {
				meter.vouchers_until.map(|_| Self::to_client(contract, meter.held))
			},
		}
	}

	/// Of all that is not earned, when the provider of a job fails. It cannot while something of it is
	/// under review.
	pub fn of_failure(contract: &Contract, missed_slash: Share, now: u32) -> Option<Self> {
		let Payment::Milestones(milestones) = &contract.payment else {
			return Self::of_end(contract, now);
		};
		let is_under_review =
			|one: &Milestone| one.state.is_open() && !matches!(one.state, State::Pending { .. });
		if milestones.iter().any(is_under_review) {
			return None;
		}
		let pending = milestones.iter().filter(|one| matches!(one.state, State::Pending { .. }));
		let sum = pending.clone().fold(0, |sum: u128, one| sum.saturating_add(one.amount.0));
		let slashed = penalty(contract, pending, missed_slash, now);
		Some(Self { slashed, ..Self::to_client(contract, Amount(sum)) })
	}
}

/// A milestone whose money either party may still get, without a ruling.
fn outstanding(contract: &Contract, milestone: u32) -> Option<&Milestone> {
	contract.funded_since?;
	let milestone = contract.payment.milestones().iter().find(|one| one.milestone == milestone)?;
	let is_outstanding = matches!(milestone.state, State::Pending { .. } | State::Submitted { .. });
	is_outstanding.then_some(milestone)
}

/// What the provider loses of its bond for those of `milestones` that it has missed.
fn penalty<'a>(
	contract: &Contract,
	milestones: impl IntoIterator<Item = &'a Milestone>,
	missed_slash: Share,
	now: u32,
) -> Amount {
	let is_missed = |one: &&Milestone| {
		let has_started = contract.started.is_some_and(|at| at <= one.due);
		matches!(one.state, State::Pending { .. }) && now > one.due && has_started
	};
	let bond = contract.bonds.provider.0;
	let cost =
		|one: &Milestone| missed_slash.floor_of(portion(bond, one.amount.0, contract.total.0));
	let missed = milestones.into_iter().filter(is_missed);
	let sum = missed.map(cost).fold(0, u128::saturating_add);
	Amount(sum.min(contract.bonds_held.provider.0))
}

/// Whether a stream earns more with the next active block.
fn is_growing(stream: &Stream, now: u32) -> bool {
	stream.settled_at.is_some() && now < stream.until && stream.paused_since.is_none()
}

impl Payout {
	/// Says who gets what, and whether that is the end of it.
	fn write(&self, f: &mut fmt::Formatter<'_>, end: &str) -> fmt::Result {
		let Self { to, amount, protocol_fee, refund, slashed, is_growing } = self;
		write!(f, "{amount} goes to {to}{end}")?;
		if !protocol_fee.is_zero() {
			write!(f, ", and {protocol_fee} to the protocol")?;
		}
		if !refund.is_zero() {
			write!(f, ", and {refund} back to the client")?;
		}
		if !slashed.is_zero() {
			write!(f, "; the provider loses {slashed} of its bond for what it missed")?;
		}
		if *is_growing {
			f.write_str("; that is so far, and each active block adds to what is earned")?;
		}
		Ok(())
	}
}

impl fmt::Display for Payout {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.write(f, " for good")
	}
}

/// What an approval does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Approval {
	/// How many have approved with it.
	approvals: u32,
	/// How many it takes.
	threshold: u32,
	/// What it moves, if it is the last one.
	#[serde(flatten)]
	payout: Option<Payout>,
}

impl Approval {
	/// Of `approver`, if it has a say and has not approved yet.
	pub fn new(contract: &Contract, milestone: u32, approver: AccountId32) -> Option<Self> {
		let set = contract.approvers.as_ref().filter(|set| set.accounts.contains(&approver))?;
		let State::Submitted { approved_by, .. } = &outstanding(contract, milestone)?.state else {
			return None;
		};
		if approved_by.contains(&approver) {
			return None;
		}
		let approvals = u32::try_from(approved_by.len()).ok()?.saturating_add(1);
		let is_last = approvals >= set.threshold;
		let payout = Payout::of_release(contract, milestone).filter(|_| is_last);
		Some(Self { approvals, threshold: set.threshold, payout })
	}
}

impl fmt::Display for Approval {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { approvals, threshold, payout } = self;
		write!(f, "this is approval {approvals} of {threshold}")?;
		match payout {
			Some(payout) => write!(f, ": {payout}"),
			None => f.write_str(": nothing is paid yet"),
		}
	}
}

/// What ending a stream or a meter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Ending {
	/// It ends at once.
	Now(Payout),
	/// It ends after the client's notice.
	Notice {
		/// The last active block at which the provider may bring in a voucher, if the notice came
		/// now.
		vouchers_until: u32,
		/// What it can bill up to then. The rest goes back to the client.
		held: Amount,
	},
}

impl Ending {
	/// When `who` stops it and the active clock shows `now`.
	pub fn new(contract: &Contract, who: AccountId32, now: u32) -> Option<Self> {
		let at_once = Self::Now(Payout::of_end(contract, now)?);
		let last = match &contract.payment {
			Payment::Milestones(_) => return None,
			Payment::Stream(stream) => stream.until,
			Payment::Metered(meter) => meter.vouchers_until?,
		};
		// Of a job the provider gives up in place of that.
		let is_providers = who == contract.provider && contract.job.is_none();
		if now > last || is_providers {
			return Some(at_once);
		}
		if who != contract.client {
			return None;
		}
		let Payment::Metered(Meter { phase, held, .. }) = contract.payment else {
			return Some(at_once);
		};
		let vouchers_until = now.saturating_add(contract.review_period).min(last);
		(phase == Phase::Running).then_some(Self::Notice { vouchers_until, held })
	}
}

impl fmt::Display for Ending {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Now(payout) => payout.fmt(f),
			Self::Notice { vouchers_until, held } => write!(
				f,
				"this gives notice: the provider may bring in vouchers until active block \
				 {vouchers_until}, and what it has not billed then of {held} goes back to the client"
			),
		}
	}
}

/// What becomes of a job when its provider fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Failing {
	/// What of its money moves.
	#[serde(flatten)]
	payout: Payout,
	/// How many backups there are to take over: none once the client gave notice, or the time of what
	/// started is over.
	backups: u32,
}

impl Failing {
	/// Of the job that `contract` pays for.
	pub fn new(contract: &Contract, backups: u32, missed_slash: Share, now: u32) -> Option<Self> {
		let payout = Payout::of_failure(contract, missed_slash, now)?;
		let goes_on = match &contract.payment {
			Payment::Milestones(_) => true,
			// What never started is done by whoever takes over.
			Payment::Stream(stream) => contract.started.is_none() || now <= stream.until,
			Payment::Metered(meter) => {
				let is_in_time = meter.vouchers_until.is_some_and(|until| now <= until);
				meter.phase == Phase::Running && (contract.started.is_none() || is_in_time)
			},
		};
		Some(Self { payout, backups: if goes_on { backups } else { 0 } })
	}
}

impl fmt::Display for Failing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { payout, backups } = self;
		write!(f, "{payout}; ")?;
		match backups {
			0 => f.write_str("nobody takes over, so that the job ends"),
			1 => f.write_str("if the backup can take over, its pay is held of it again"),
			_ => {
				write!(f, "if one of {backups} backups can take over, its pay is held of it again")
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::contracts::{ApproverSet, Bonds},
		digest::Hash,
	};

	const CLIENT: AccountId32 = AccountId32([1; 32]);
	const PROVIDER: AccountId32 = AccountId32([2; 32]);
	const DUE: u32 = 9;
	const HALF: Share = Share(500_000_000);

	const PENDING: State = State::Pending { split: None };

	fn submitted(approved_by: Vec<AccountId32>) -> State {
		State::Submitted { submitted_at: 5, evidence: Hash([4; 32]), approved_by, split: None }
	}

	fn milestones(all: &[(u128, State)]) -> Contract {
		let milestones = (0..).zip(all).map(|(milestone, (amount, state))| {
			let (amount, state) = (Amount(*amount), state.clone());
			Milestone { milestone, amount, due: DUE, state }
		});
		Contract::of(Payment::Milestones(milestones.collect()))
	}

	fn stream(held: u128, earned: u128) -> Contract {
		Contract::of(Payment::Stream(Stream {
			rate: Amount(10),
			until: DUE,
			held: Amount(held),
			earned: Amount(earned),
			paid: Amount(30),
			fee: Amount(1),
			settled_at: Some(1),
			runs_out_at: None,
			paused_since: None,
			dispute: None,
		}))
	}

	fn meter(phase: Phase, vouchers_until: u32) -> Contract {
		Contract::of(Payment::Metered(Meter {
			unit_price: Amount(10),
			units: 100,
			until: DUE,
			signer: CLIENT,
			held: Amount(900),
			billed: 10,
			paid: Amount(100),
			fee: Amount(3),
			sequence: 1,
			phase,
			vouchers_until: Some(vouchers_until),
		}))
	}

	/// To whom how much goes, and what the protocol takes.
	fn moved(payout: Option<Payout>) -> Option<(AccountId32, u128, u128)> {
		payout.map(|payout| (payout.to, payout.amount.0, payout.protocol_fee.0))
	}

	#[test]
	fn provider_should_get_the_amount_less_the_fee_rounded_up() {
		let pays = |amount| Payout::of_release(&milestones(&[(amount, PENDING)]), 0);
		for (amount, net, fee) in [(1_000, 975, 25), (1_001, 975, 26), (1, 0, 1)] {
			assert_eq!(moved(pays(amount)), Some((PROVIDER, net, fee)));
		}
		let text = pays(1_000).expect("its money is in escrow").to_string();
		assert!(
			text.starts_with("975 planck goes to ") && text.ends_with("25 planck to the protocol")
		);
	}

	#[test]
	fn client_should_get_all_of_it_back() {
		let payout = Payout::of_refund(&milestones(&[(1_000, PENDING)]), 0, HALF, DUE + 1);
		assert_eq!(moved(payout), Some((CLIENT, 1_000, 0)));
		assert!(payout.is_some_and(|payout| payout.to_string().ends_with("for good")));
	}

	#[test]
	fn nobody_should_get_anything_when_nothing_is_in_escrow() {
		let refunded = milestones(&[(1_000, State::Refunded { missed: false })]);
		let open = milestones(&[(1_000, PENDING)]);
		let unfunded = Contract { funded_since: None, ..open.clone() };
		for (contract, milestone) in [(refunded, 0), (unfunded, 0), (open, 1)] {
			assert_eq!(Payout::of_release(&contract, milestone), None);
		}
		for (contract, now) in
			[(stream(0, 0), 5), (Contract { funded_since: None, ..stream(9, 9) }, 5)]
		{
			assert_eq!(Payout::of_stream(&contract, now), None);
		}
	}

	#[test]
	fn divided_milestones_should_pay_the_fee_on_what_the_provider_gets() {
		let split = Payout::of_split(&milestones(&[(1_000, PENDING)]), 0, Amount(600));
		assert_eq!(moved(split), Some((PROVIDER, 585, 15)));
		let text = split.map(|split| split.to_string()).unwrap_or_default();
		assert!(text.ends_with("15 planck to the protocol, and 400 planck back to the client"));
		assert_eq!(Payout::of_split(&milestones(&[(1, PENDING)]), 0, Amount(2)), None);
	}

	#[test]
	fn missed_dues_should_cost_their_part_of_the_bond() {
		let bonds = Bonds { provider: Amount(100), ..Bonds::default() };
		let three = milestones(&[(600, PENDING), (300, PENDING), (100, submitted(Vec::new()))]);
		let contract = Contract { bonds, bonds_held: bonds, ..three };
		let refund = |milestone, now| {
			let payout = Payout::of_refund(&contract, milestone, HALF, now);
			payout.map(|payout| payout.slashed.0)
		};
		assert_eq!(refund(0, DUE), Some(0), "it is not late");
		assert_eq!(refund(0, DUE + 1), Some(30));
		assert_eq!(refund(2, DUE + 1), Some(0), "it is in");
		let reviewed = Failing::new(&contract, 1, HALF, DUE + 1);
		assert_eq!(reviewed, None, "nothing goes on while it is under review");
		let released = State::Released { fee: Amount(3), on_time: true };
		let rest = milestones(&[(600, PENDING), (300, PENDING), (100, released)]);
		let contract = Contract { bonds, bonds_held: bonds, ..rest };
		let failing = Failing::new(&contract, 1, HALF, DUE + 1).expect("money is in escrow");
		assert_eq!(moved(Some(failing.payout)), Some((CLIENT, 900, 0)));
		assert_eq!(failing.payout.slashed, Amount(45));
		let text = failing.to_string();
		assert!(text.contains("; the provider loses 45 planck of its bond"), "{text}");
		assert!(
			text.ends_with("; if the backup can take over, its pay is held of it again"),
			"{text}"
		);
		let late = Contract { started: Some(DUE + 1), ..contract.clone() };
		assert_eq!(Payout::of_failure(&late, HALF, DUE + 2).map(|one| one.slashed.0), Some(0));
		let poor = Contract { bonds_held: Bonds::default(), ..contract };
		assert_eq!(Payout::of_failure(&poor, HALF, DUE + 2).map(|one| one.slashed.0), Some(0));
	}

	#[test]
	fn streams_should_pay_the_fee_on_all_of_it_once() {
		// The fee on 30 is 1, and on 50 it is 2.
		assert_eq!(moved(Payout::of_stream(&stream(100, 20), 5)), Some((PROVIDER, 19, 1)));
		// On 40 it is 1 as well.
		assert_eq!(moved(Payout::of_stream(&stream(100, 10), 5)), Some((PROVIDER, 10, 0)));
		let grows =
			|now| Payout::of_stream(&stream(100, 10), now).is_some_and(|one| one.is_growing);
		assert!(grows(DUE - 1) && !grows(DUE));
	}

	#[test]
	fn ended_streams_should_give_back_what_was_not_earned() {
		let ended = Ending::new(&stream(100, 20), PROVIDER, DUE).expect("money is in escrow");
		let Ending::Now(payout) = ended else { panic!("no notice is given") };
		assert_eq!((payout.amount, payout.refund), (Amount(19), Amount(80)));
		let unearned = Payout::of_end(&stream(100, 0), 5);
		assert_eq!(moved(unearned), Some((CLIENT, 100, 0)));
		assert!(unearned.is_some_and(|payout| payout.is_growing), "the next block is paid");
		assert_eq!(Ending::new(&milestones(&[(1, PENDING)]), CLIENT, 5), None);
	}

	#[test]
	fn meters_should_pay_for_the_units_that_are_new() {
		let running = meter(Phase::Running, DUE + 20);
		// The fee on 100 is 3, and on 500 it is 13.
		assert_eq!(moved(Payout::of_units(&running, 50)), Some((PROVIDER, 390, 10)));
		assert_eq!(Payout::of_units(&running, 10), None);
		assert_eq!(Payout::of_units(&running, 101), None);
	}

	#[test]
	fn meters_should_end_with_the_clients_notice_and_with_the_provider_at_once() {
		let running = meter(Phase::Running, DUE + 20);
		let notice = Ending::Notice { vouchers_until: 25, held: Amount(900) };
		assert_eq!(Ending::new(&running, CLIENT, 5), Some(notice));
		assert!(notice.to_string().contains("until active block 25"));
		let at_once = Ending::Now(Payout::to_client(&running, Amount(900)));
		assert_eq!(Ending::new(&running, PROVIDER, 5), Some(at_once));
		assert_eq!(Ending::new(&running, CLIENT, DUE + 21), Some(at_once));
		let stopping = meter(Phase::Stopping { since: 5 }, 25);
		assert_eq!(Ending::new(&stopping, CLIENT, 6), None, "it was given before");
		let of_job = Contract { job: Some(1), ..running };
		assert_eq!(Ending::new(&of_job, PROVIDER, 5), None, "it gives the job up");
	}

	#[test]
	fn jobs_should_go_on_to_nobody_when_the_time_is_over_or_the_client_gave_notice() {
		let backups = |contract: &Contract, now| {
			let failing = Failing::new(contract, 2, HALF, now).expect("money is in escrow");
			assert_eq!(failing.backups == 0, failing.to_string().ends_with("so that the job ends"));
			failing.backups
		};
		assert_eq!(backups(&stream(100, 20), DUE), 2);
		assert_eq!(backups(&stream(100, 20), DUE + 1), 0);
		let unstarted = Contract { started: None, ..stream(100, 0) };
		assert_eq!(backups(&unstarted, DUE + 1), 2);
		assert_eq!(backups(&meter(Phase::Running, DUE + 20), DUE + 20), 2);
		assert_eq!(backups(&meter(Phase::Running, DUE + 20), DUE + 21), 0);
		let stopping = meter(Phase::Stopping { since: 5 }, 25);
		assert_eq!(backups(&stopping, 6), 0);
		assert_eq!(backups(&Contract { started: None, ..stopping }, 6), 0);
	}

	#[test]
	fn last_approval_should_say_what_it_pays() {
		let [one, two] = [8, 9].map(|byte| AccountId32([byte; 32]));
		let set = ApproverSet { accounts: vec![one, two], threshold: 2 };
		let with = |approved_by| Contract {
			approvers: Some(set.clone()),
			..milestones(&[(1_000, submitted(approved_by))])
		};
		let first = Approval::new(&with(Vec::new()), 0, one).expect("it has a say");
		assert_eq!(first.to_string(), "this is approval 1 of 2: nothing is paid yet");
		let last = Approval::new(&with(vec![one]), 0, two).expect("it has a say");
		assert!(last.to_string().starts_with("this is approval 2 of 2: 975 planck goes to "));
		assert_eq!(Approval::new(&with(vec![one]), 0, one), None, "it has approved");
		assert_eq!(Approval::new(&with(Vec::new()), 0, CLIENT), None, "it has no say");
	}
}
