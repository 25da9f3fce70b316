//! Cases at the points of their way from which benchmarks go on.

use crate::*;
use aitbc_core::{
	AgentId, Balance, BlockNumber, CaseId, Choice, ContractId, DocumentHash, Party, Round, Salt,
	Sides, Subject, Tenths, Vote,
};
use aitbc_traits::{Arbitration, Complaint, DeadlineClock};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Unbalanced},
		tokens::Precision,
		Get,
	},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{SaturatedConversion, Zero},
	DispatchError, Perbill,
};

/// The time at which a benchmark begins, in active blocks.
pub(super) const START: BlockNumber = 1_000;

/// What an account owns beside what its stakes and deposits take, as a multiple of the existential
/// deposit.
pub(super) const WEALTH_FACTOR: Balance = 1_000;

/// What a vote says.
pub(super) const CHOICE: Choice = Choice::ClientShare(Tenths::ALL);

/// What hides a vote.
pub(super) const SALT: Salt = Salt([7; 32]);

/// The last round.
pub(super) fn last<T: Config>() -> Round {
	Round(T::MaxAppeals::get())
}

/// The most that one side stakes for one round, in plancks.
pub(super) fn highest_stake<T: Config>() -> Balance {
	Pallet::<T>::fee_of(last::<T>(), T::SeatFee::get()).saturating_mul(2)
}

/// Gives `who` enough for any part in a case.
pub(super) fn endow<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let evidence = Pallet::<T>::evidence_deposit(T::MaxUriLength::get())
		.saturating_mul(T::MaxEvidence::get().into());
	let amount = T::Currency::minimum_balance()
		.saturating_mul(WEALTH_FACTOR)
		.saturating_add(T::FilingFee::get())
		.saturating_add(Pallet::<T>::case_deposit(true))
		.saturating_add(Pallet::<T>::round_deposit(T::MaxSeats::get()))
		.saturating_add(evidence)
		.saturating_add(highest_stake::<T>().saturating_mul(2));
	let minted = T::Currency::increase_balance(who, amount, Precision::Exact)?;
	T::Currency::set_total_issuance(T::Currency::total_issuance().saturating_add(minted));
	Ok(())
}

/// The account with this name, endowed.
pub(super) fn endowed<T: Config>(name: &'static str) -> Result<T::AccountId, BenchmarkError> {
	let who = account(name, 0, 0);
	endow::<T>(&who)?;
	Ok(who)
}

/// A juror of a round.
pub(super) fn juror<T: Config>(round: Round, number: u32) -> T::AccountId {
	account("juror", number, round.0.into())
}

/// What the client claims at the opening: everything, of a value for which there is a court.
pub(super) fn complaint<T: Config>(parties: &Sides<T::AccountId>) -> Complaint<T::AccountId> {
	Complaint {
		subject: Subject::Contract(ContractId(0)),
		parties: parties.clone(),
		agent: Some(AgentId(0)),
		opener: Party::Client,
		claim: Tenths::ALL,
		value: Balance::MAX,
	}
}

/// Starts the clock, and endows the parties and the treasury.
pub(super) fn parties<T: Config>() -> Result<Sides<T::AccountId>, BenchmarkError> {
	T::Clock::set_now(START);
	endow::<T>(&T::FeeReceiver::get())?;
	Ok(Sides { client: endowed::<T>("client")?, provider: endowed::<T>("provider")? })
}

/// Opens a case.
pub(super) fn opened<T: Config>() -> Result<(CaseId, Sides<T::AccountId>), BenchmarkError> {
	let parties = parties::<T>()?;
	let id = Pallet::<T>::open_case(complaint::<T>(&parties))?;
	Ok((id, parties))
}

/// Opens a case, and the provider defends.
pub(super) fn defended<T: Config>() -> Result<(CaseId, Sides<T::AccountId>), BenchmarkError> {
	let (id, parties) = opened::<T>()?;
	Pallet::<T>::do_defend(parties.provider.clone(), id, Tenths::NONE)?;
	Ok((id, parties))
}

/// Stakes `amount` for a side of a round of a case.
pub(super) fn stake<T: Config>(
	record: &mut RoundOf<T>,
	side: Party,
	payer: &T::AccountId,
	amount: Balance,
) -> Result<(), DispatchError> {
	let deposit = 0;
	Pallet::<T>::hold(HoldReason::Stake, payer, amount)?;
	record.stake(side, Stake { payer: payer.clone(), amount, deposit });
	Ok(())
}

/// Brings a case to its last round, which has so many seats and in which the provider appealed, with a
/// jury in all rounds before it, whose votes were for the client. The last has no jury yet.
pub(super) fn appealed<T: Config>(
	seats_of_last: u32,
) -> Result<(CaseId, Sides<T::AccountId>), BenchmarkError> {
	let (id, parties) = defended::<T>()?;
	let outcome = Outcome::ClientShare(Perbill::one());
	for round in (0..=last::<T>().0).map(Round) {
		let seats = if round == last::<T>() { seats_of_last } else { Pallet::<T>::seats_of(round) };
		let mut record = Rounds::<T>::get(id, round).unwrap_or_else(|| RoundRecord::new(seats));
		record.seats = seats;
		if round == last::<T>() && round > Round::default() {
			stake::<T>(
				&mut record,
				Party::Client,
				&endowed::<T>("client's backer")?,
				highest_stake::<T>() / 2,
			)?;
			stake::<T>(
				&mut record,
				Party::Provider,
				&endowed::<T>("provider's backer")?,
				highest_stake::<T>(),
			)?;
		} else if round < last::<T>() {
			fill::<T>(id, round, &mut record, |_| Ballot::Revealed(CHOICE));
			record.outcome = Some(outcome);
		}
		Rounds::<T>::insert(id, round, record);
	}
	set_state::<T>(id, drawing::<T>());
	Ok((id, parties))
}

/// Gives each seat of a round to another juror, who has done this.
pub(super) fn fill<T: Config>(
	id: CaseId,
	round: Round,
	record: &mut RoundOf<T>,
	ballot: impl Fn(&T::AccountId) -> Ballot,
) {
	for number in 0..record.seats {
		let juror = juror::<T>(round, number);
		let ballot = ballot(&juror);
		Pallet::<T>::add_role(&juror, id);
		let _ = record.jury.try_push(JuryMember { juror, seats: 1, ballot });
	}
}

/// Brings a case before the largest jury, of which each member has done this, when they may commit.
pub(super) fn sitting<T: Config>(
	ballot: impl Fn(&T::AccountId) -> Ballot,
) -> Result<(CaseId, Sides<T::AccountId>), BenchmarkError> {
	sitting_of::<T>(Pallet::<T>::seats_of(last::<T>()), ballot)
}

/// Brings a case before its last jury, which has so many members, of which each has done this, when
/// they may commit.
pub(super) fn sitting_of<T: Config>(
	members: u32,
	ballot: impl Fn(&T::AccountId) -> Ballot,
) -> Result<(CaseId, Sides<T::AccountId>), BenchmarkError> {
	let (id, parties) = appealed::<T>(members)?;
	let round = last::<T>();
	let mut record = Pallet::<T>::round_record(id, round).map_err(DispatchError::from)?;
	fill::<T>(id, round, &mut record, ballot);
	Rounds::<T>::insert(id, round, record);
	let state = CaseState::Voting {
		round,
		redrawn: false,
		evidence_until: START.saturating_sub(1),
		commit_until: START,
		reveal_until: START.saturating_add(1),
	};
	set_state::<T>(id, state);
	Ok((id, parties))
}

/// The state of a case that waits for its last jury.
pub(super) fn drawing<T: Config>() -> CaseState {
	CaseState::Drawing { round: last::<T>(), redrawn: false, evidence_until: START }
}

/// The state of a case whose last jury has judged.
pub(super) fn judged<T: Config>() -> CaseState {
	let outcome = Some(Outcome::ClientShare(Perbill::one()));
	CaseState::Overseen { round: last::<T>(), outcome, until: START }
}

/// Changes the state of a case.
pub(super) fn set_state<T: Config>(id: CaseId, state: CaseState) {
	Cases::<T>::mutate(id, |case| {
		if let Some(case) = case {
			case.state = state;
		}
	});
}

/// The state of a case in storage.
pub(super) fn state<T: Config>(id: CaseId) -> Option<CaseState> {
	Cases::<T>::get(id).map(|case| case.state)
}

/// What a juror has done in the last round.
pub(super) fn ballot<T: Config>(id: CaseId, juror: &T::AccountId) -> Option<Ballot> {
	let mut record = Rounds::<T>::get(id, last::<T>())?;
	record.member_mut(juror).map(|member| member.ballot)
}

/// What a juror of the last round of the first case commits to.
pub(super) fn committed<T: Config>(juror: &T::AccountId) -> Ballot {
	let vote = Vote {
		genesis: frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()),
		case: CaseId(0),
		round: last::<T>(),
		juror: juror.clone(),
		choice: CHOICE,
		salt: SALT,
	};
	Ballot::Committed(vote.commitment())
}

/// The juror of the last round who is found last.
pub(super) fn last_juror<T: Config>() -> T::AccountId {
	juror::<T>(last::<T>(), Pallet::<T>::seats_of(last::<T>()).saturating_sub(1))
}

/// The longest valid URI.
pub(super) fn uri<T: Config>() -> Vec<u8> {
	let mut uri = vec![b'a'; T::MaxUriLength::get().saturated_into()];
	if let Some(colon) = uri.get_mut(1) {
		*colon = b':';
	}
	uri
}

/// Has the parties file so many pieces of evidence, the client first.
pub(super) fn file_evidence<T: Config>(
	id: CaseId,
	parties: &Sides<T::AccountId>,
	pieces: u32,
) -> Result<(), DispatchError> {
	for number in 0..pieces {
		let is_clients = number < T::MaxEvidence::get();
		let who = if is_clients { &parties.client } else { &parties.provider };
		let (kind, hash) = (EvidenceKind::Record, DocumentHash::default());
		Pallet::<T>::do_submit_evidence(who.clone(), id, kind, uri::<T>(), hash)?;
	}
	Ok(())
}

/// Checks that a case is ruled.
pub(super) fn ensure_ruled<T: Config>(id: CaseId) -> Result<(), BenchmarkError> {
	ensure!(matches!(state::<T>(id), Some(CaseState::Ruled { .. })), "the case is ruled");
	Ok(())
}
