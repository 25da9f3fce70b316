//! The end of a vote: counted, or, if too few revealed anything, the jury let go.

use super::{
	jury::Draw,
	paying::{Debt, Debtor},
};
use crate::*;
use aitbc_core::{Balance, BlockNumber, CaseId, Round};
use aitbc_traits::{DeadlineClock, JurorPool};
use alloc::vec::Vec;
use core::mem::take;
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::{traits::SaturatedConversion, Perbill};

impl<T: Config> Pallet<T> {
	/// Ends the vote of the jury that was asked for by `draw`, and had its time or has revealed all.
	/// Says what that weighed.
	pub(crate) fn count_votes(id: CaseId, case: CaseOf<T>, draw: Draw) -> Weight {
		let round = draw.round;
		let (Some(record), Some(terms)) = (Rounds::<T>::get(id, round), case.court) else {
			Self::fail_round(id, case, round, 0);
			return Self::dismiss_weight(0);
		};
		let outcome = Outcome::of(record.votes()).filter(|_| record.has_quorum());
		match outcome {
			Some(outcome) => {
				Self::judge(id, case, round, record, outcome);
				T::WeightInfo::judge()
			},
			None => {
				let members = record.jury.len().saturated_into();
				Self::dismiss(id, case, record, terms, draw);
				Self::dismiss_weight(members)
			},
		}
	}

	/// Takes note of the outcome. It may be appealed against, or, after the last instance, overruled by
	/// governance.
	fn judge(
		id: CaseId,
		mut case: CaseOf<T>,
		round: Round,
		mut record: RoundOf<T>,
		outcome: Outcome,
	) {
		record.outcome = Some(outcome);
		Rounds::<T>::insert(id, round, record);
		let now = T::Clock::now();
		let loser = case.loser(case.share_of(outcome));
		let (appeal_until, until) = if Self::is_last_instance(round) {
			let until = now.saturating_add(T::OversightPeriod::get());
			case.state = CaseState::Overseen { round, outcome: Some(outcome), until };
			(None, until)
		} else {
			let period: BlockNumber = T::AppealPeriod::get().max(2);
			let (appeal_until, until) =
				(now.saturating_add(period / 2), now.saturating_add(period));
			let appellant = None;
			case.state =
				CaseState::Appealable { round, outcome, loser, appeal_until, until, appellant };
			(Some(appeal_until), until)
		};
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::RoundJudged {
			case: id,
			round,
			outcome,
			loser,
			appeal_until,
			until,
		});
	}

	/// Lets a jury go of which too few revealed anything. What the others lose is shared by those who
	/// did. Another jury is drawn, once; then the round fails.
	fn dismiss(id: CaseId, case: CaseOf<T>, mut record: RoundOf<T>, terms: CourtTerms, draw: Draw) {
		let round = draw.round;
		let jury = take(&mut record.jury);
		let mut debts: Vec<_> = jury
			.iter()
			.map(|member| match member.ballot {
				Ballot::Revealed(_) => Debt::new(Debtor::Member(member), 0),
				_ => Debt::new(Debtor::Member(member), Self::loss_by_silence(member, terms)),
			})
			.collect();
		let is_heard = |ballot| matches!(ballot, Ballot::Revealed(_));
		let portions = Self::portions(&jury, is_heard, &debts);
		let rewarded = Self::distribute(&mut debts, portions);
		let mut forfeited = Balance::default();
		for Debt { debtor, paid, .. } in debts {
			if let Debtor::Member(member) = debtor {
				Self::let_go(id, member, terms, paid);
				forfeited = forfeited.saturating_add(paid);
			}
		}
		let seated = jury.iter().fold(0u32, |sum, member| sum.saturating_add(member.seats));
		Rounds::<T>::insert(id, round, record);
		Self::deposit_event(Event::JuryDismissed { case: id, round, forfeited, rewarded });
		if draw.redrawn {
			return Self::fail_round(id, case, round, seated);
		}
		Self::draw(id, case, Draw { redrawn: true, ..draw });
	}

	/// What `member` loses because it revealed nothing, beside what a denouncer got, in plancks.
	pub(crate) fn loss_by_silence(member: &JuryMember<T::AccountId>, terms: CourtTerms) -> Balance {
		let loss = Self::silence_slash().mul_floor(member.stake(terms.seat_stake));
		loss.saturating_sub(member.denounced())
	}

	/// How much of its stake a seat loses that reveals nothing: never less than by a wrong vote.
	pub(crate) fn silence_slash() -> Perbill {
		T::SilenceSlash::get().max(T::IncoherentSlash::get())
	}

	/// Ends the service of `member`, which lost `lost` plancks beside what a denouncer got.
	pub(crate) fn let_go(
		id: CaseId,
		member: &JuryMember<T::AccountId>,
		terms: CourtTerms,
		lost: Balance,
	) {
		let gone = lost.saturating_add(member.denounced());
		let rest = member.stake(terms.seat_stake).saturating_sub(gone);
		if rest > 0 {
			T::Jurors::unlock(&member.juror, rest);
		}
		Self::drop_role(&member.juror, id);
	}
}
