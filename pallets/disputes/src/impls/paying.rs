//! What a round costs and pays once its case is ruled, and how the case leaves storage.

use crate::*;
use aitbc_core::{Balance, CaseId, Party, Round, Sides};
use alloc::vec::Vec;
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::traits::SaturatedConversion;

/// What a ruling means for each round before it.
#[derive(Clone, Copy)]
pub(crate) struct Reckoning {
	/// Who pays for it; each side a half, if there is none.
	pub(crate) loser: Option<Party>,
	/// By what outcome its seats are measured; by its own, if there is none.
	pub(crate) measure: Option<Outcome>,
}

/// Who owes a round something.
pub(crate) enum Debtor<'a, AccountId> {
	/// Who staked for a side, and pays of that.
	Side(Party, &'a Stake<AccountId>),
	/// A juror, who pays of what it has at risk.
	Member(&'a JuryMember<AccountId>),
}

/// What is owed to a round.
pub(crate) struct Debt<'a, AccountId> {
	/// By whom.
	pub(crate) debtor: Debtor<'a, AccountId>,
	/// How much, in plancks.
	amount: Balance,
	/// How much of it was paid, in plancks.
	pub(crate) paid: Balance,
}

impl<'a, AccountId> Debt<'a, AccountId> {
	/// `amount` plancks, none of which are paid.
	pub(crate) fn new(debtor: Debtor<'a, AccountId>, amount: Balance) -> Self {
		Self { debtor, amount, paid: 0 }
	}
}

/// What a round owes.
pub(crate) struct Portion<AccountId> {
	/// Whom.
	payee: AccountId,
	/// Whether that is a juror.
	is_reward: bool,
	/// How much is still to be paid, in plancks.
	open: Balance,
}

/// What was paid for a round, in plancks.
#[derive(Default)]
struct Payout {
	/// By each side, of its stake.
	sides: Sides<Balance>,
	/// By seats, of what they had at risk.
	forfeited: Balance,
	/// To coherent seats.
	rewarded: Balance,
	/// By the side that lost to the other party.
	compensated: Balance,
}

impl<T: Config> Pallet<T> {
	/// Pays the round `next` of a ruled case of which `last` is the last round, if there is any, and
	/// closes the case after that. Says what that weighed.
	pub(crate) fn pay_next(
		id: CaseId,
		mut case: CaseOf<T>,
		reckoning: Reckoning,
		next: Round,
		last: Option<Round>,
	) -> Weight {
		let closing = T::WeightInfo::close(Self::evidence_count(&case));
		let Some(last) = last.filter(|last| next <= *last) else {
			Self::close(id, case);
			return closing;
		};
		let paying = Self::pay_weight(Self::pay_round(id, &case, next, reckoning));
		if next == last {
			Self::close(id, case);
			return paying.saturating_add(closing);
		}
		if let CaseState::Ruled { next, .. } = &mut case.state {
			*next = next.next();
		}
		Cases::<T>::insert(id, case);
		paying
	}

	/// Pays a round, and removes it. One that nobody judged costs nothing. Says how many members its
	/// jury had.
	fn pay_round(id: CaseId, case: &CaseOf<T>, round: Round, reckoning: Reckoning) -> u32 {
		let Some(record) = Rounds::<T>::take(id, round) else { return 0 };
		let Reckoning { loser, measure } = reckoning;
		let mut payout = Payout::default();
		if let (Some(outcome), Some(terms)) = (record.outcome, case.court) {
			let fee = terms.seat_fee.saturating_mul(record.seats.into());
			let measure = measure.unwrap_or(outcome);
			payout = Self::pay_jury(id, &record, terms, fee, loser, measure);
			payout.compensated = Self::compensate(case, &record, fee, loser);
		}
		for party in [Party::Client, Party::Provider] {
			let Some(stake) = record.stakes.of(party) else { continue };
			let compensated = if loser == Some(party) { payout.compensated } else { 0 };
			let gone = payout.sides.of(party).saturating_add(compensated);
			let rest = stake.amount.saturating_sub(gone);
			Self::give_back(HoldReason::Stake, &stake.payer, rest);
			Self::give_back(HoldReason::Deposit, &stake.payer, stake.deposit);
		}
		let Payout { sides, forfeited, rewarded, compensated } = payout;
		let fee = sides.client.saturating_add(sides.provider);
		Self::deposit_event(Event::RoundPaid {
			case: id,
			round,
			fee,
			forfeited,
			rewarded,
			compensated,
		});
		record.jury.len().saturated_into()
	}

	/// Has the side that lost, or both, and the seats that lose pay the coherent seats, and lets the
	/// jury go.
	fn pay_jury(
		id: CaseId,
		record: &RoundOf<T>,
		terms: CourtTerms,
		fee: Balance,
		loser: Option<Party>,
		measure: Outcome,
	) -> Payout {
		let mut debts = Vec::new();
		for party in [Party::Client, Party::Provider] {
			let Some(stake) = record.stakes.of(party) else { continue };
			let amount = match (loser, party) {
				(Some(loser), party) if loser == party => fee,
				(Some(_), _) => 0,
				(None, Party::Client) => fee.saturating_sub(fee / 2),
				(None, Party::Provider) => fee / 2,
			};
			debts.push(Debt::new(Debtor::Side(party, stake), amount.min(stake.amount)));
		}
		for member in &record.jury {
			debts.push(Debt::new(Debtor::Member(member), Self::loss(member, terms, measure)));
		}
		let is_coherent = |ballot| match ballot {
			Ballot::Revealed(choice) => measure.agrees_with(choice),
			_ => false,
		};
		let portions = Self::portions(&record.jury, is_coherent, &debts);

		let mut payout =
			Payout { rewarded: Self::distribute(&mut debts, portions), ..Payout::default() };
		for Debt { debtor, paid, .. } in debts {
			match debtor {
				Debtor::Side(party, _) => *payout.sides.of_mut(party) = paid,
				Debtor::Member(member) => {
					payout.forfeited = payout.forfeited.saturating_add(paid);
					Self::let_go(id, member, terms, paid);
				},
			}
		}
		payout
	}

	/// What `member` loses of its stake, beside what a denouncer got, in plancks.
	fn loss(member: &JuryMember<T::AccountId>, terms: CourtTerms, measure: Outcome) -> Balance {
		match member.ballot {
			Ballot::Revealed(choice) if measure.agrees_with(choice) => 0,
			Ballot::Revealed(_) => {
				T::IncoherentSlash::get().mul_floor(member.stake(terms.seat_stake))
			},
			_ => Self::loss_by_silence(member, terms),
		}
	}

	/// How all `debts` are shared: in equal parts by the seats of `jury` that have earned it. What is
	/// left over is the treasury's.
	pub(crate) fn portions(
		jury: &[JuryMember<T::AccountId>],
		has_earned: impl Fn(Ballot) -> bool,
		debts: &[Debt<T::AccountId>],
	) -> Vec<Portion<T::AccountId>> {
		let total = debts.iter().fold(0, |sum: Balance, debt| sum.saturating_add(debt.amount));
		let earners = || jury.iter().filter(|member| has_earned(member.ballot));
		let seats = earners().fold(0u32, |sum, member| sum.saturating_add(member.seats));
		let part = total.checked_div(seats.into()).unwrap_or_default();
		let mut portions: Vec<_> = earners()
			.map(|member| Portion {
				payee: member.juror.clone(),
				is_reward: true,
				open: part.saturating_mul(member.seats.into()),
			})
			.collect();
		let rest = total.saturating_sub(part.saturating_mul(seats.into()));
		portions.push(Portion { payee: T::FeeReceiver::get(), is_reward: false, open: rest });
		portions
	}

	/// Pays `portions` of `debts`, which come to as much, and says how much jurors got. What a payee
	/// can't take its debtor keeps.
	///
	/// Each transfer ends a debt or a portion, so there are at most as many as there are of both.
	pub(crate) fn distribute(
		debts: &mut [Debt<T::AccountId>],
		portions: Vec<Portion<T::AccountId>>,
	) -> Balance {
		let mut rewarded: Balance = 0;
		let mut portions = portions.into_iter().filter(|portion| portion.open > 0);
		let mut portion = portions.next();
		for debt in debts {
			let mut owed = debt.amount;
			while owed > 0 {
				let Some(Portion { payee, is_reward, open }) = &mut portion else { break };
				let amount = owed.min(*open);
				let paid = match debt.debtor {
					Debtor::Side(_, stake) => {
						Self::pay(HoldReason::Stake, &stake.payer, payee, amount)
					},
					Debtor::Member(member) => Self::forfeit(&member.juror, payee, amount),
				};
				debt.paid = debt.paid.saturating_add(paid);
				if *is_reward {
					rewarded = rewarded.saturating_add(paid);
				}
				owed = owed.saturating_sub(amount);
				*open = open.saturating_sub(amount);
				if *open == 0 {
					portion = portions.next();
				}
			}
		}
		rewarded
	}

	/// Pays what the side that lost staked beyond `fee` to the other party, and says how much that came
	/// to.
	///
	/// Not to who staked for that party: who appeals could be that, too, and get back a half.
	fn compensate(
		case: &CaseOf<T>,
		record: &RoundOf<T>,
		fee: Balance,
		loser: Option<Party>,
	) -> Balance {
		let Some(loser) = loser else { return 0 };
		let Some(lost) = record.stakes.of(loser) else { return 0 };
		let winner = case.parties.of(loser.other());
		Self::pay(HoldReason::Stake, &lost.payer, winner, lost.amount.saturating_sub(fee))
	}

	/// Removes a case whose rounds are paid, and gives its deposits back.
	fn close(id: CaseId, case: CaseOf<T>) {
		Self::remove_evidence(id, &case);
		for party in [&case.parties.client, &case.parties.provider] {
			Self::drop_role(party, id);
		}
		Self::give_back(HoldReason::Deposit, case.parties.of(case.opener), case.deposit);
		Cases::<T>::remove(id);
		Self::deposit_event(Event::CaseClosed { case: id });
	}
}
