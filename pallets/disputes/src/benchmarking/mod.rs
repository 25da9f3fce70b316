//! Benchmarks of every call and every step, each in its dearest case, and of what others ask of the
//! pallet.
//!
//! Juries are as large as they may be, and each seat is another juror's. Whom the pallet asks or tells
//! runs as well, as far as it knows the cases, and is weighed twice, since the calls add its weight: an
//! overestimate, never an underestimate. The pool does not know the jurors, so what it does for them is
//! in its own weight only.

mod cases;

use crate::{
	impls::{paying::Reckoning, ruling::Verdict},
	*,
};
use aitbc_core::{DocumentHash, Fact, Party, Round, Tenths};
use aitbc_traits::{Arbitration, DeadlineClock, OnJuryDrawn};
use cases::*;
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{EnsureOrigin, Get},
};
use frame_system::RawOrigin;
use sp_runtime::{DispatchError, Perbill};

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_case() -> Result<(), BenchmarkError> {
		let complaint = complaint::<T>(&parties::<T>()?);
		let id;

		#[block]
		{
			id = Pallet::<T>::open_case(complaint)?;
		}

		ensure!(Rounds::<T>::contains_key(id, Round::default()), "the case has a court");
		Ok(())
	}

	#[benchmark]
	fn offer() -> Result<(), BenchmarkError> {
		let (id, parties) = opened::<T>()?;
		let client_share = Perbill::from_percent(50);

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.client), id, client_share);

		let expected = SettlementOffer { by: Party::Client, client_share };
		let stands = matches!(state::<T>(id), Some(CaseState::Settling { offer: Some(found), .. }) if found == expected);
		ensure!(stands, "the offer stands");
		Ok(())
	}

	#[benchmark]
	fn accept() -> Result<(), BenchmarkError> {
		let (id, parties) = defended::<T>()?;
		let client_share = Perbill::from_percent(50);
		Pallet::<T>::do_offer(parties.client, id, client_share)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), id, client_share);

		ensure!(!Cases::<T>::contains_key(id), "the case is closed");
		Ok(())
	}

	#[benchmark]
	fn defend() -> Result<(), BenchmarkError> {
		let (id, parties) = opened::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), id, Tenths::NONE);

		let case = Cases::<T>::get(id);
		ensure!(case.is_some_and(|case| case.claims.provider.is_some()), "the claim is filed");
		Ok(())
	}

	#[benchmark]
	fn submit_evidence() -> Result<(), BenchmarkError> {
		let (id, parties) = opened::<T>()?;
		let (kind, hash) = (EvidenceKind::Record, DocumentHash::default());

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), id, kind, uri::<T>(), hash);

		ensure!(Evidence::<T>::contains_key(id, 0), "the evidence is stored");
		Ok(())
	}

	#[benchmark]
	fn rule() -> Result<(), BenchmarkError> {
		let (id, _) = defended::<T>()?;

		#[block]
		{
			let case = Pallet::<T>::case_record(id).map_err(DispatchError::from)?;
			Pallet::<T>::rule(id, case, Verdict::known(Fact::ForeignReceipt));
		}

		ensure_ruled::<T>(id)
	}

	#[benchmark]
	fn commit() -> Result<(), BenchmarkError> {
		let (id, _) = sitting::<T>(|_| Ballot::Awaited)?;
		let (juror, commitment) = (last_juror::<T>(), Default::default());

		#[extrinsic_call]
		_(RawOrigin::Signed(juror.clone()), id, commitment);

		let found = ballot::<T>(id, &juror);
		ensure!(found == Some(Ballot::Committed(commitment)), "the hash is stored");
		Ok(())
	}

	#[benchmark]
	fn reveal() -> Result<(), BenchmarkError> {
		let (id, _) = sitting::<T>(committed::<T>)?;
		let juror = last_juror::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(juror.clone()), id, CHOICE, SALT);

		ensure!(ballot::<T>(id, &juror) == Some(Ballot::Revealed(CHOICE)), "the vote is stored");
		Ok(())
	}

	#[benchmark]
	fn denounce() -> Result<(), BenchmarkError> {
		let (stranger, denounced) = (endowed::<T>("stranger")?, last_juror::<T>());
		let awaited = juror::<T>(last::<T>(), 0);
		let (id, _) = sitting::<T>(|juror| {
			if *juror == awaited && awaited != denounced {
				Ballot::Awaited
			} else {
				committed::<T>(juror)
			}
		})?;

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), id, denounced.clone(), CHOICE, SALT);

		let found = ballot::<T>(id, &denounced);
		ensure!(matches!(found, Some(Ballot::Denounced { .. })), "the vote is void");
		Ok(())
	}

	#[benchmark]
	fn appeal() -> Result<(), BenchmarkError> {
		let (id, _) = appealed::<T>(Pallet::<T>::seats_of(last::<T>()))?;
		let backer = endowed::<T>("backer")?;
		let (round, next) = (last::<T>().previous(), last::<T>());
		let round = round.ok_or(BenchmarkError::Weightless)?;
		Rounds::<T>::mutate(id, next, |record| {
			if let Some(record) = record {
				record.stakes.client = None;
			}
		});
		let state = CaseState::Appealable {
			round,
			outcome: Outcome::ClientShare(Perbill::one()),
			loser: Some(Party::Provider),
			appeal_until: START,
			until: START,
			appellant: Some(Party::Provider),
		};
		set_state::<T>(id, state);

		#[extrinsic_call]
		_(RawOrigin::Signed(backer), id, Party::Client);

		let begins = matches!(super::state::<T>(id), Some(CaseState::Drawing { .. }));
		ensure!(begins, "the round begins");
		Ok(())
	}

	#[benchmark]
	fn force_rule() -> Result<(), BenchmarkError> {
		let (id, _) = sitting::<T>(|_| Ballot::Revealed(CHOICE))?;
		set_state::<T>(id, judged::<T>());
		let origin =
			T::ForceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, Perbill::one());

		ensure_ruled::<T>(id)
	}

	#[benchmark]
	fn end_settlement() -> Result<(), BenchmarkError> {
		let (id, _) = defended::<T>()?;
		T::Clock::set_now(START.saturating_add(T::SettlementPeriod::get()).saturating_add(1));

		#[block]
		{
			Pallet::<T>::do_progress(id)?;
		}

		ensure!(matches!(state::<T>(id), Some(CaseState::Drawing { .. })), "a jury is drawn");
		Ok(())
	}

	#[benchmark]
	fn judge() -> Result<(), BenchmarkError> {
		let (id, _) = sitting::<T>(|_| Ballot::Revealed(CHOICE))?;

		#[block]
		{
			Pallet::<T>::do_progress(id)?;
		}

		ensure!(matches!(state::<T>(id), Some(CaseState::Overseen { .. })), "it is judged");
		Ok(())
	}

	/// Dearest when just too few revealed, so that each loss is shared.
	#[benchmark]
	fn dismiss(m: Linear<1, { T::MaxSeats::get() }>) -> Result<(), BenchmarkError> {
		let heard = juror::<T>(last::<T>(), 0);
		let (id, _) = sitting_of::<T>(m, |juror| {
			if *juror == heard && m > 2 {
				Ballot::Revealed(CHOICE)
			} else {
				Ballot::Awaited
			}
		})?;
		T::Clock::set_now(START.saturating_add(2));

		#[block]
		{
			Pallet::<T>::do_progress(id)?;
		}

		let redrawn = matches!(state::<T>(id), Some(CaseState::Drawing { redrawn: true, .. }));
		ensure!(redrawn, "another jury is drawn");
		Ok(())
	}

	#[benchmark]
	fn end_appeal() -> Result<(), BenchmarkError> {
		let (id, _) = sitting::<T>(|_| Ballot::Revealed(CHOICE))?;
		set_state::<T>(id, judged::<T>());
		T::Clock::set_now(START.saturating_add(1));

		#[block]
		{
			Pallet::<T>::do_progress(id)?;
		}

		ensure_ruled::<T>(id)
	}

	/// Dearest when all seats are coherent, so that each is paid of the stake of the side that lost.
	#[benchmark]
	fn pay(m: Linear<1, { T::MaxSeats::get() }>) -> Result<(), BenchmarkError> {
		let (id, _) = sitting_of::<T>(m, |_| Ballot::Revealed(CHOICE))?;
		let outcome = Outcome::ClientShare(Perbill::one());
		Rounds::<T>::mutate(id, last::<T>(), |record| {
			if let Some(record) = record {
				record.outcome = Some(outcome);
			}
		});
		let state = CaseState::Ruled {
			client_share: Perbill::one(),
			cause: RulingCause::Jury,
			loser: Some(Party::Provider),
			measure: Some(outcome),
			next: last::<T>(),
			last: Some(last::<T>()),
		};
		set_state::<T>(id, state);

		#[block]
		{
			Pallet::<T>::do_progress(id)?;
		}

		ensure!(!Cases::<T>::contains_key(id), "the case is closed");
		Ok(())
	}

	#[benchmark]
	fn close(e: Linear<0, { Pallet::<T>::most_evidence() }>) -> Result<(), BenchmarkError> {
		let (id, parties) = defended::<T>()?;
		file_evidence::<T>(id, &parties, e)?;
		let case = Pallet::<T>::case_record(id).map_err(DispatchError::from)?;
		let last = case.last_round();

		#[block]
		{
			let nobody = Reckoning { loser: None, measure: None };
			Pallet::<T>::pay_next(id, case, nobody, Round::default(), last);
		}

		ensure!(!Cases::<T>::contains_key(id), "the case is closed");
		Ok(())
	}

	#[benchmark]
	fn is_excluded() -> Result<(), BenchmarkError> {
		let (id, _) = sitting::<T>(|_| Ballot::Awaited)?;
		let stranger: T::AccountId = account("stranger", 0, 0);
		let excluded;

		#[block]
		{
			excluded = <Pallet<T> as OnJuryDrawn<_>>::is_excluded(id, &stranger);
		}

		ensure!(!excluded, "a stranger may judge");
		Ok(())
	}

	#[benchmark]
	fn on_jury_drawn(m: Linear<1, { T::MaxSeats::get() }>) -> Result<(), BenchmarkError> {
		let (id, _) = appealed::<T>(m)?;
		let round = last::<T>();
		let jury = (0..m).map(|number| (juror::<T>(round, number), 1)).collect();
		let taken;

		#[block]
		{
			taken = <Pallet<T> as OnJuryDrawn<_>>::on_jury_drawn(id, round, jury);
		}

		ensure!(taken.is_ok(), "the case waits for the jury");
		ensure!(matches!(state::<T>(id), Some(CaseState::Voting { .. })), "the jury sits");
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
