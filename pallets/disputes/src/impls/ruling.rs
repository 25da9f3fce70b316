//! How a case is decided, and what that does at once.

use super::paying::Reckoning;
use crate::*;
use aitbc_core::{AgentId, CaseId, Fact, Party, Round, Ruling};
use aitbc_traits::{AgentBondSlash, OnRuling};
use core::mem::take;
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::{PerThing, Perbill, Saturating};

/// What a case is ruled to, and why.
pub(crate) struct Verdict {
	/// What is the client's.
	client_share: Perbill,
	/// Why it is so.
	cause: RulingCause,
	/// By what outcome seats are measured, if a jury came to any.
	measure: Option<Outcome>,
}

impl Verdict {
	/// The parties agree.
	pub(crate) fn settled(client_share: Perbill) -> Self {
		Self { client_share, cause: RulingCause::Settlement, measure: None }
	}

	/// The chain itself knows.
	pub(crate) fn known(fact: Fact) -> Self {
		let (client_share, cause) = (fact.client_share(), RulingCause::Fact(fact));
		Self { client_share, cause, measure: None }
	}

	/// The side `of` was silent, so the other one's claim stands. Seats are measured by the last
	/// outcome, if there is one.
	pub(crate) fn silent<AccountId>(
		case: &Case<AccountId>,
		of: Party,
		measure: Option<Outcome>,
	) -> Self {
		let client_share = case.claim(of.other()).into();
		Self { client_share, cause: RulingCause::Silence { of }, measure }
	}

	/// Nobody decides.
	pub(crate) fn undecided<AccountId>(case: &Case<AccountId>) -> Self {
		let client_share = case.default_split();
		Self { client_share, cause: RulingCause::Undecided, measure: None }
	}

	/// A jury's outcome stands.
	pub(crate) fn judged<AccountId>(case: &Case<AccountId>, outcome: Outcome) -> Self {
		let client_share = case.share_of(outcome);
		Self { client_share, cause: RulingCause::Jury, measure: Some(outcome) }
	}

	/// What the juries came to stands, if they came to anything; else nobody decides.
	pub(crate) fn standing<AccountId>(case: &Case<AccountId>, outcome: Option<Outcome>) -> Self {
		outcome.map_or_else(|| Self::undecided(case), |outcome| Self::judged(case, outcome))
	}

	/// Governance rules.
	pub(crate) fn forced(client_share: Perbill) -> Self {
		let measure = Some(Outcome::ClientShare(client_share));
		Self { client_share, cause: RulingCause::Governance, measure }
	}

	/// Which side of `case` this is against: the one whose claim is further from it, unless nobody
	/// decided against anybody.
	fn loser<AccountId>(&self, case: &Case<AccountId>) -> Option<Party> {
		match self.cause {
			RulingCause::Settlement | RulingCause::Undecided => None,
			_ => case.loser(self.client_share),
		}
	}

	/// Whether the loser's bonds are slashed. Not when it won a round and could not stake for the next.
	fn is_slashing(&self) -> bool {
		match self.cause {
			RulingCause::Fact(_) | RulingCause::Jury | RulingCause::Governance => true,
			RulingCause::Silence { .. } => self.measure.is_none(),
			RulingCause::Settlement | RulingCause::Undecided => false,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Decides `case`, for which no jury was asked, and closes it. Says what that weighed.
	pub(crate) fn rule_unheard(id: CaseId, case: CaseOf<T>, verdict: Verdict) -> Weight {
		let weight = Self::unheard_weight(Self::evidence_count(&case));
		let case = Self::rule(id, case, verdict);
		let (next, last) = (Round::default(), case.last_round());
		// What nobody judged costs nobody anything.
		Self::pay_next(id, case, Reckoning { loser: None, measure: None }, next, last);
		weight
	}

	/// What deciding and closing a case weighs that has so much evidence and for which no jury was
	/// asked.
	pub(crate) fn unheard_weight(evidence: u32) -> Weight {
		T::WeightInfo::rule()
			.saturating_add(T::WeightInfo::close(evidence))
			.saturating_add(Self::ruling_weight())
	}

	/// Decides `case`, tells so, and slashes the bonds of who lost. Its rounds are paid later.
	pub(crate) fn rule(id: CaseId, mut case: CaseOf<T>, verdict: Verdict) -> CaseOf<T> {
		let loser = verdict.loser(&case);
		let Verdict { client_share, cause, measure } = verdict;
		let at_fault = loser.filter(|_| verdict.is_slashing());
		let wrong = at_fault.map_or(Perbill::zero(), |side| case.distance(side, client_share));
		let slash = T::LoserSlash::get().saturating_mul(wrong);
		let slash_of = |side| if at_fault == Some(side) { slash } else { Perbill::zero() };
		let ruling = Ruling {
			client: client_share,
			provider: client_share.left_from_one(),
			client_slash: slash_of(Party::Client),
			provider_slash: slash_of(Party::Provider),
		};
		let (next, last) = (Round::default(), case.last_round());
		case.state = CaseState::Ruled { client_share, cause, loser, measure, next, last };
		Self::end_filing_fee(&mut case, cause);
		if let Some(agent) = case.agent {
			Self::count_case_down(agent);
		}
		Cases::<T>::insert(id, &case);

		let subject = case.subject;
		T::OnRuling::on_ruling(subject, id, &ruling);
		let agent = case.agent.filter(|_| at_fault == Some(Party::Provider));
		let share = T::AgentSlash::get().saturating_mul(wrong);
		let agent_slashed = agent.map_or(0, |agent| T::AgentBonds::slash(agent, share));
		Self::deposit_event(Event::CaseRuled {
			case: id,
			subject,
			cause,
			ruling,
			loser,
			agent_slashed,
		});
		case
	}

	/// Returns the filing fee of a case that its parties settled. Else it is the treasury's.
	fn end_filing_fee(case: &mut CaseOf<T>, cause: RulingCause) {
		let (fee, opener) = (take(&mut case.filing_fee), case.parties.of(case.opener));
		let paid = match cause {
			RulingCause::Settlement => 0,
			_ => Self::pay(HoldReason::Deposit, opener, &T::FeeReceiver::get(), fee),
		};
		Self::give_back(HoldReason::Deposit, opener, fee.saturating_sub(paid));
	}

	/// How many cases that are not ruled `agent` answers for. One storage read.
	pub fn open_cases_of(agent: AgentId) -> u32 {
		CasesByAgent::<T>::get(agent)
	}

	/// Counts one case less for `agent`.
	fn count_case_down(agent: AgentId) {
		CasesByAgent::<T>::mutate_exists(agent, |count| {
			*count = count.and_then(|count| count.checked_sub(1)).filter(|count| *count > 0);
		});
	}

	/// The most that those weigh who are told of a ruling.
	pub(crate) fn ruling_weight() -> Weight {
		T::OnRuling::weight().saturating_add(T::AgentBonds::weight())
	}
}
