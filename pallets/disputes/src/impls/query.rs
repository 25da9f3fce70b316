//! Reading, for the runtime API and the view functions, and what storage costs.

use crate::{runtime_api::MAX_PAGE, *};
use aitbc_core::{AgentId, Balance, CaseId, Round};
use alloc::vec::Vec;
use codec::MaxEncodedLen;
use frame_support::traits::{Footprint, Get};
use sp_runtime::traits::{Convert, SaturatedConversion};

/// What a case occupies beside its rounds: its record, one index entry for each party, and the count of
/// its agent.
const ITEMS_PER_CASE: usize = 4;

impl<T: Config> Pallet<T> {
	/// The case with the id `id`, unless it is closed.
	pub fn case(id: CaseId) -> Option<CaseInfo<T::AccountId>> {
		let case = Cases::<T>::get(id)?;
		let next = Self::next_step(id, &case);
		let round = case.round().and_then(|round| Self::round(id, round));
		Some(CaseInfo { id, case, round, next })
	}

	/// `round` of the case with the id `id`, unless it is paid or nobody staked for it.
	pub fn round(id: CaseId, round: Round) -> Option<RoundInfo<T::AccountId>> {
		Rounds::<T>::get(id, round).map(|record| RoundInfo::new(round, record))
	}

	/// All rounds of the case with the id `id` that are not paid, in their order.
	///
	/// Reads one entry for each, [`Config::MaxAppeals`] and one at most.
	pub fn rounds(id: CaseId) -> Vec<RoundInfo<T::AccountId>> {
		let mut rounds: Vec<_> = Rounds::<T>::iter_prefix(id)
			.map(|(round, record)| RoundInfo::new(round, record))
			.collect();
		rounds.sort_unstable_by_key(|info| info.round);
		rounds
	}

	/// What the parties of the case with the id `id` filed, in the order in which they did.
	///
	/// Reads one entry for each, [`Config::MaxEvidence`] for each party at most.
	pub fn evidence(id: CaseId) -> Vec<EvidenceInfo> {
		let mut evidence: Vec<_> = Evidence::<T>::iter_prefix(id)
			.map(|(number, item)| EvidenceInfo::new(number, item))
			.collect();
		evidence.sort_unstable_by_key(|info| info.number);
		evidence
	}

	/// The cases in which `account` is a party or a juror, from the one after `after` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says. Reads for each the case and its
	/// rounds.
	pub fn cases_of(
		account: &T::AccountId,
		after: Option<CaseId>,
		limit: u32,
	) -> CasePage<T::AccountId> {
		let limit = limit.clamp(1, MAX_PAGE).saturated_into();
		let mut ids = match after {
			Some(after) => {
				let key = CasesByAccount::<T>::hashed_key_for(account, after);
				CasesByAccount::<T>::iter_key_prefix_from(account, key)
			},
			None => CasesByAccount::<T>::iter_key_prefix(account),
		};
		let page: Vec<CaseId> = ids.by_ref().take(limit).collect();
		let next = ids.next().and(page.last().copied());
		let involve = |id| Self::involvement(account, id);
		CasePage { cases: page.into_iter().filter_map(involve).collect(), next }
	}

	/// As what `account` takes part in the case with the id `id`.
	fn involvement(account: &T::AccountId, id: CaseId) -> Option<Involvement<T::AccountId>> {
		let case = Self::case(id)?;
		let as_party = case.case.parties.party(account).map(Role::Party);
		let as_juror =
			Self::rounds(id).into_iter().filter_map(|RoundInfo { round, jury, .. }| {
				let member = jury.into_iter().find(|member| member.juror == *account)?;
				Some(Role::Juror { round, seats: member.seats, ballot: member.ballot })
			});
		Some(Involvement { roles: as_party.into_iter().chain(as_juror).collect(), case })
	}

	/// What a case that is opened now costs and how long it takes.
	pub fn court() -> CourtInfo {
		let terms = Self::court_terms();
		let seats = |round| Self::seats_of(Round(round));
		CourtInfo {
			filing_fee: T::FilingFee::get(),
			deposit: Self::case_deposit(true),
			terms,
			seats: (0..=T::MaxAppeals::get()).map(seats).collect(),
			court_fee: Self::fee_of(Round::default(), terms.seat_fee),
			least_value: Self::least_value(terms),
			incoherent_slash: T::IncoherentSlash::get(),
			silence_slash: Self::silence_slash(),
			settlement_period: T::SettlementPeriod::get(),
			evidence_period: T::EvidencePeriod::get(),
			commit_period: T::CommitPeriod::get(),
			reveal_period: T::RevealPeriod::get(),
			appeal_period: T::AppealPeriod::get().max(2),
			oversight_period: T::OversightPeriod::get(),
		}
	}

	/// The least value of a case that has a court with these terms, in plancks.
	fn least_value(terms: CourtTerms) -> Balance {
		let most = T::MaxCost::get();
		if most.is_zero() {
			return Balance::MAX;
		}
		most.saturating_reciprocal_mul_ceil(Self::fee_of(Round::default(), terms.seat_fee))
	}

	/// The deposit for a case and, if it has a court, its first round, in plancks.
	pub(crate) fn case_deposit(has_court: bool) -> Balance {
		let entry = <(T::AccountId, CaseId, u32)>::max_encoded_len();
		let bytes = <(CaseId, CaseOf<T>)>::max_encoded_len()
			.saturating_add(entry.saturating_mul(2))
			.saturating_add(<(AgentId, u32)>::max_encoded_len());
		let case = Footprint::from_parts(ITEMS_PER_CASE, bytes);
		let round =
			if has_court { Self::round_deposit(Self::seats_of(Round::default())) } else { 0 };
		T::StorageDeposit::convert(case).saturating_add(round)
	}

	/// The deposit for a round with a jury of `seats`, each of which may be another juror's, in
	/// plancks.
	pub(crate) fn round_deposit(seats: u32) -> Balance {
		let unused: usize = T::MaxSeats::get().saturating_sub(seats).saturated_into();
		let seats: usize = seats.saturated_into();
		let member = JuryMember::<T::AccountId>::max_encoded_len();
		let record = <(CaseId, Round, RoundOf<T>)>::max_encoded_len()
			.saturating_sub(unused.saturating_mul(member));
		let entry = <(T::AccountId, CaseId, u32)>::max_encoded_len();
		let bytes = record.saturating_add(entry.saturating_mul(seats));
		T::StorageDeposit::convert(Footprint::from_parts(seats.saturating_add(1), bytes))
	}

	/// The deposit for a piece of evidence with a URI of `uri_length` bytes, in plancks. A length
	/// beyond [`Config::MaxUriLength`] is priced as that length.
	pub(crate) fn evidence_deposit(uri_length: u32) -> Balance {
		let unused = T::MaxUriLength::get().saturating_sub(uri_length).saturated_into();
		let bytes = <(CaseId, u32, EvidenceOf<T>)>::max_encoded_len().saturating_sub(unused);
		T::StorageDeposit::convert(Footprint::from_parts(1, bytes))
	}
}
