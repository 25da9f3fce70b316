//! What must hold of the storage between any two calls, one function for each invariant.

use crate::*;
use aitbc_core::{AgentId, Balance, CaseId, Party, Round, Sides};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::{ArithmeticError, TryRuntimeError};

/// Both sides.
const SIDES: [Party; 2] = [Party::Client, Party::Provider];

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_ids_below_next()?;
		Self::try_claims_filed()?;
		Self::try_rounds_complete()?;
		Self::try_outcomes_kept()?;
		Self::try_sides_staked()?;
		Self::try_juries_well_formed()?;
		Self::try_evidence_numbered()?;
		Self::try_index_complete()?;
		Self::try_agents_counted()?;
		Self::try_stakes_held()?;
		Self::try_deposits_held()
	}

	/// Every id that is in use was given out.
	fn try_ids_below_next() -> Result<(), TryRuntimeError> {
		let next = NextCaseId::<T>::get();
		ensure!(Cases::<T>::iter_keys().all(|id| id < next), "a case has a future id");
		Ok(())
	}

	/// The opener filed its claim, and in court both sides did.
	fn try_claims_filed() -> Result<(), TryRuntimeError> {
		for case in Cases::<T>::iter_values() {
			ensure!(case.claims.of(case.opener).is_some(), "an opener claims nothing");
			let is_in_court =
				!matches!(case.state, CaseState::Settling { .. } | CaseState::Ruled { .. });
			ensure!(
				!is_in_court
					|| (case.court.is_some() && case.claims.of(case.respondent()).is_some()),
				"a case is in court that can't be"
			);
		}
		Ok(())
	}

	/// A case has the records of its rounds up to the last that somebody staked for, without those
	/// that are paid, and there are no others.
	fn try_rounds_complete() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeSet::new();
		for (id, case) in Cases::<T>::iter() {
			let first = match case.state {
				CaseState::Ruled { next, .. } => next,
				_ => Round::default(),
			};
			if let Some(last) = case.last_round() {
				expected.extend((first.0..=last.0).map(|round| (id, Round(round))));
			}
		}
		let found: BTreeSet<_> = Rounds::<T>::iter_keys().collect();
		ensure!(found == expected, "the rounds in storage are not those of the cases");
		Ok(())
	}

	/// A round has an outcome if a later one was begun or it may be appealed against, and else, as
	/// long as the case is not ruled, it has none.
	fn try_outcomes_kept() -> Result<(), TryRuntimeError> {
		for (id, round, record) in Rounds::<T>::iter() {
			let Some(case) = Cases::<T>::get(id) else { continue };
			let is_sound = match case.state {
				CaseState::Settling { .. } => record.outcome.is_none(),
				CaseState::Drawing { round: present, .. }
				| CaseState::Voting { round: present, .. } => record.outcome.is_some() == (round < present),
				CaseState::Appealable { round: present, outcome, loser, .. }
					if round == present =>
				{
					record.outcome == Some(outcome) && loser == case.loser(case.share_of(outcome))
				},
				CaseState::Appealable { round: present, .. } => {
					record.outcome.is_some() == (round < present)
				},
				CaseState::Overseen { round: present, outcome, .. } if round == present => {
					record.outcome.is_none() || record.outcome == outcome
				},
				CaseState::Overseen { .. } => record.outcome.is_some(),
				CaseState::Ruled { last, .. } => record.outcome.is_some() || last == Some(round),
			};
			ensure!(is_sound, "a round's outcome does not fit its case");
		}
		Ok(())
	}

	/// What is staked for each side is the round's fee at least, and both have staked once a jury is
	/// asked for. Before that, who opened or defended has, or who appeals.
	fn try_sides_staked() -> Result<(), TryRuntimeError> {
		for (id, round, record) in Rounds::<T>::iter() {
			let Some(case) = Cases::<T>::get(id) else { continue };
			let terms = case.court.ok_or("a case without a court has a round")?;
			let fee = terms.seat_fee.saturating_mul(record.seats.into());
			for side in SIDES {
				let stake = record.stakes.of(side);
				let has_staked = match case.state {
					CaseState::Settling { .. } => case.claims.of(side).is_some(),
					CaseState::Appealable { round: present, appellant, .. } if present < round => {
						appellant == Some(side)
					},
					CaseState::Ruled { .. } => stake.is_some(),
					_ => true,
				};
				ensure!(stake.is_some() == has_staked, "the wrong side has staked");
				ensure!(
					stake.as_ref().is_none_or(|stake| stake.amount >= fee),
					"a stake does not cover the round's fee"
				);
			}
		}
		Ok(())
	}

	/// A jury's members are distinct, and have no more seats than the round. A jury that votes has a
	/// majority of them; one that said nothing, or is not drawn yet, is not there.
	fn try_juries_well_formed() -> Result<(), TryRuntimeError> {
		for (id, round, record) in Rounds::<T>::iter() {
			let Some(case) = Cases::<T>::get(id) else { continue };
			let jurors: BTreeSet<_> = record.jury.iter().map(|member| &member.juror).collect();
			ensure!(jurors.len() == record.jury.len(), "a juror is a member of a jury twice");
			ensure!(record.jury.iter().all(|member| member.seats > 0), "a member has no seat");
			let seated = record.jury.iter().map(|member| member.seats);
			let seated = seated.fold(0u32, |sum, seats| sum.saturating_add(seats));
			ensure!(seated <= record.seats, "a jury has too many seats");
			let votes =
				matches!(case.state, CaseState::Voting { round: present, .. } if present == round);
			if votes || record.outcome.is_some() {
				ensure!(seated > record.seats / 2, "a jury has no majority of the seats");
			} else {
				ensure!(seated == 0, "a jury sits that has nothing to judge");
			}
		}
		Ok(())
	}

	/// Evidence is numbered without gaps, neither party has filed more of it than it may, and each
	/// has filed as much as its case says.
	fn try_evidence_numbered() -> Result<(), TryRuntimeError> {
		let mut found = BTreeMap::<CaseId, Vec<(u32, Party)>>::new();
		for (id, number, item) in Evidence::<T>::iter() {
			found.entry(id).or_default().push((number, item.by));
		}
		for (id, case) in Cases::<T>::iter() {
			let mut items = found.remove(&id).unwrap_or_default();
			items.sort_unstable_by_key(|(number, _)| *number);
			ensure!(
				items.iter().map(|(number, _)| *number).eq(0..Self::evidence_count(&case)),
				"evidence is not numbered in order"
			);
			for side in SIDES {
				let filed = *case.evidence.of(side);
				let count = items.iter().filter(|(_, by)| *by == side).count();
				ensure!(u32::try_from(count) == Ok(filed), "a case miscounts its evidence");
				ensure!(filed <= T::MaxEvidence::get(), "a party filed too much evidence");
			}
		}
		ensure!(found.is_empty(), "there is evidence without a case");
		Ok(())
	}

	/// The index names each case under both of its parties and under the members of each jury, as
	/// often as they take part, and nothing else.
	fn try_index_complete() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<(T::AccountId, CaseId), u32>::new();
		let mut expect = |who, id| {
			let count = expected.entry((who, id)).or_default();
			*count = count.saturating_add(1);
		};
		for (id, case) in Cases::<T>::iter() {
			expect(case.parties.client, id);
			expect(case.parties.provider, id);
		}
		for (id, _, record) in Rounds::<T>::iter() {
			record.jury.into_iter().for_each(|member| expect(member.juror, id));
		}
		let found: BTreeMap<_, _> =
			CasesByAccount::<T>::iter().map(|(who, id, count)| ((who, id), count)).collect();
		ensure!(found == expected, "the index differs from who takes part");
		Ok(())
	}

	/// `CasesByAgent` counts the cases of each agent that are not ruled, and is absent where there is
	/// none. A ruled case keeps no filing fee.
	fn try_agents_counted() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<AgentId, u32>::new();
		for case in Cases::<T>::iter_values() {
			if matches!(case.state, CaseState::Ruled { .. }) {
				ensure!(case.filing_fee == 0, "a ruled case keeps its filing fee");
			} else if let Some(agent) = case.agent {
				let count = expected.entry(agent).or_default();
				*count = count.saturating_add(1);
			}
		}
		let counted: BTreeMap<_, _> = CasesByAgent::<T>::iter().collect();
		ensure!(counted == expected, "the count of an agent's cases is wrong");
		Ok(())
	}

	/// What is held as stake on each account is what it staked in all rounds.
	fn try_stakes_held() -> Result<(), TryRuntimeError> {
		let stakes = Rounds::<T>::iter_values().flat_map(|record| {
			let Sides { client, provider } = record.stakes;
			[client, provider].into_iter().flatten()
		});
		let expected = stakes.map(|stake| (stake.payer, stake.amount));
		Self::ensure_held(HoldReason::Stake, expected, "stakes held differ from those recorded")
	}

	/// What is held as deposit on each account is the deposits of its cases, rounds and evidence, and
	/// the filing fees.
	fn try_deposits_held() -> Result<(), TryRuntimeError> {
		let cases = Cases::<T>::iter_values().map(|case| {
			let held = case.deposit.saturating_add(case.filing_fee);
			(case.parties.of(case.opener).clone(), held)
		});
		let rounds = Rounds::<T>::iter_values().flat_map(|record| {
			let Sides { client, provider } = record.stakes;
			let stakes = [client, provider].into_iter().flatten();
			stakes.map(|stake| (stake.payer, stake.deposit))
		});
		let evidence = Evidence::<T>::iter().filter_map(|(id, _, item)| {
			Some((Cases::<T>::get(id)?.parties.of(item.by).clone(), item.deposit))
		});
		Self::ensure_held(
			HoldReason::Deposit,
			cases.chain(rounds).chain(evidence),
			"deposits held differ from those recorded",
		)
	}

	/// Checks that each account, also one of which nothing is expected, has exactly the expected sum
	/// on hold for `reason`.
	fn ensure_held(
		reason: HoldReason,
		parts: impl Iterator<Item = (T::AccountId, Balance)>,
		mismatch: &'static str,
	) -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<T::AccountId, Balance>::new();
		for who in frame_system::Account::<T>::iter_keys() {
			expected.insert(who, 0);
		}
		for (who, amount) in parts {
			let total = expected.entry(who).or_default();
			*total = total.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		}
		let reason = reason.into();
		for (who, amount) in expected {
			ensure!(T::Currency::balance_on_hold(&reason, &who) == amount, mismatch);
		}
		Ok(())
	}
}
