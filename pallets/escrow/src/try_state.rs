//! What must hold of the storage between any two calls, one function for each invariant.

use crate::{types::checked_sum, *};
use aitbc_core::{AgentId, Balance, Bonds, ContractId, MeterTerms, StreamTerms};
use aitbc_traits::DeadlineClock;
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, TryRuntimeError};

/// How much should be held on each account, in plancks.
type Expected<T> = BTreeMap<<T as frame_system::Config>::AccountId, Balance>;

/// What the invariants are about. Each map is read once, because reading is what takes the time.
struct Stored<T: Config> {
	contracts: BTreeMap<ContractId, Contract<T>>,
	claims: Vec<(ContractId, ClaimKind, Claim<T::AccountId>)>,
	accounts: Vec<T::AccountId>,
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let stored = Stored::<T> {
			contracts: Contracts::<T>::iter().collect(),
			claims: Claims::<T>::iter().collect(),
			accounts: frame_system::Account::<T>::iter_keys().collect(),
		};
		stored.try_contracts_well_formed()?;
		stored.try_commitments()?;
		stored.try_approvers_well_formed()?;
		stored.try_ids_below_next()?;
		stored.try_index_complete()?;
		stored.try_open_work_counted()?;
		stored.try_business_counted()?;
		stored.try_claims_well_formed()?;
		stored.try_escrow_held()?;
		stored.try_bonds_held()?;
		stored.try_deposits_held()
	}
}

impl<T: Config> Stored<T> {
	/// Every contract has two parties, and something to pay for; a funded one has something that can
	/// still be paid.
	fn try_contracts_well_formed(&self) -> Result<(), TryRuntimeError> {
		for record in self.contracts.values() {
			ensure!(record.client != record.provider, "a client hired itself");
			match &record.state {
				ContractState::Open { payment, .. } => Self::try_payment(payment)?,
				ContractState::Funded(Funded { progress, .. }) => Self::try_progress(progress)?,
			}
		}
		Ok(())
	}

	/// Something is to be paid for, and together it is a balance.
	fn try_payment(payment: &Payment<T>) -> Result<(), TryRuntimeError> {
		let total = payment.total().ok_or(ArithmeticError::Overflow)?;
		match payment {
			Payment::Milestones(milestones) => {
				Self::try_amounts(milestones.iter().map(|terms| terms.amount))
			},
			Payment::Stream(StreamTerms { rate: price, .. })
			| Payment::Metered(MeterTerms { unit_price: price, .. }) => {
				ensure!(*price > 0 && total > 0, "a stream or a meter pays nothing");
				Ok(())
			},
		}
	}

	/// Something can still be paid, and what is told of the past fits together.
	fn try_progress(progress: &Progress<T>) -> Result<(), TryRuntimeError> {
		match progress {
			Progress::Milestones(milestones) => {
				Self::try_amounts(milestones.iter().map(|one| one.amount))?;
				ensure!(
					milestones.iter().any(|one| one.state.is_outstanding()),
					"a contract without outstanding milestones is not closed"
				);
				for Milestone { amount, state, .. } in milestones {
					let offer = state.offer().map_or(0, |offer| offer.provider_share);
					ensure!(offer <= *amount, "more is offered than a milestone pays");
				}
			},
			Progress::Stream(stream) => {
				ensure!(stream.rate > 0, "a stream or a meter pays nothing");
				ensure!(stream.fee <= stream.paid, "a fee is more than was paid");
				ensure!(
					stream.settled_at.is_none_or(|at| at <= stream.until),
					"a stream was paid beyond its end"
				);
				checked_sum([stream.held, stream.paid]).ok_or(ArithmeticError::Overflow)?;
			},
			Progress::Metered(meter) => {
				let MeterTerms { unit_price, units, .. } = meter.terms;
				unit_price.checked_mul(units.into()).ok_or(ArithmeticError::Overflow)?;
				ensure!(unit_price > 0, "a stream or a meter pays nothing");
				ensure!(meter.billed < units, "a meter that billed all is not closed");
				ensure!(meter.fee <= meter.paid(), "a fee is more than was paid");
			},
		}
		Ok(())
	}

	/// There are 1 to `MaxMilestones` amounts, and none is zero.
	fn try_amounts(amounts: impl Iterator<Item = Balance>) -> Result<(), TryRuntimeError> {
		let amounts: Vec<_> = amounts.collect();
		let count: u32 = amounts.len().saturated_into();
		ensure!(
			(1..=T::MaxMilestones::get()).contains(&count),
			"a contract has no milestone, or too many"
		);
		ensure!(amounts.iter().all(|amount| *amount > 0), "a milestone pays nothing");
		Ok(())
	}

	/// What a controller opened is funded; a provider whose bond is agreed on accepted what is
	/// funded, none has more at risk than was agreed on, and time is paid and disputed of what has
	/// started only.
	fn try_commitments(&self) -> Result<(), TryRuntimeError> {
		for record in self.contracts.values() {
			let Some(funded) = record.state.funded() else {
				ensure!(record.job.is_none(), "a job's contract is not funded");
				continue;
			};
			ensure!(
				record.bonds.provider == 0 || record.state.is_accepted(),
				"a contract is funded whose provider has not put up its bond"
			);
			ensure!(
				funded.bonds.client <= record.bonds.client
					&& funded.bonds.provider <= record.bonds.provider,
				"more is at risk than was agreed on"
			);
			let has_started = funded.started().is_some();
			let is_sound = match &funded.progress {
				Progress::Milestones(milestones) => {
					has_started || !milestones.iter().any(|one| one.state.is_under_review())
				},
				Progress::Stream(stream) => {
					has_started == stream.settled_at.is_some()
						&& (has_started || stream.dispute.is_none())
				},
				Progress::Metered(meter) => {
					has_started || (meter.billed == 0 && meter.dispute().is_none())
				},
			};
			ensure!(is_sound, "work went on without a start");
		}
		Ok(())
	}

	/// Approvers are there only for milestones, each once and none a party; no milestone waits for
	/// approvals that it has.
	fn try_approvers_well_formed(&self) -> Result<(), TryRuntimeError> {
		for record in self.contracts.values() {
			let milestones: &[Milestone] = match &record.state {
				ContractState::Funded(Funded {
					progress: Progress::Milestones(milestones),
					..
				}) => milestones,
				_ => &[],
			};
			let approvals = milestones.iter().filter_map(|one| match one.state {
				MilestoneState::Submitted { approvals, .. } => Some(approvals),
				_ => None,
			});
			let Some(approvers) = &record.approvers else {
				ensure!(
					approvals.into_iter().all(|one| one.count() == 0),
					"somebody approved who is no approver"
				);
				continue;
			};
			let count: u32 = approvers.accounts.len().saturated_into();
			let pays_by_milestones = matches!(
				record.state,
				ContractState::Open { payment: Payment::Milestones(_), .. }
					| ContractState::Funded(Funded { progress: Progress::Milestones(_), .. })
			);
			let are_others = approvers.accounts.iter().all(|one| record.party(one).is_none());
			let are_distinct = (0..count)
				.zip(&approvers.accounts)
				.all(|(place, one)| approvers.place(one) == Some(place));
			ensure!(
				pays_by_milestones
					&& are_others && are_distinct
					&& (1..=count).contains(&approvers.threshold),
				"a contract has approvers that it can't have"
			);
			for one in approvals {
				let bits = u32::BITS.saturating_sub(one.0.leading_zeros());
				ensure!(bits <= count, "somebody approved who is no approver");
				ensure!(
					one.count() < approvers.threshold,
					"a milestone is not released that enough approved"
				);
			}
		}
		Ok(())
	}

	/// Every id that is in use was given out.
	fn try_ids_below_next(&self) -> Result<(), TryRuntimeError> {
		let next = NextContractId::<T>::get();
		ensure!(self.contracts.keys().all(|id| *id < next), "a contract has a future id");
		ensure!(
			self.claims.iter().all(|(id, ..)| *id < next),
			"a claim belongs to a future contract"
		);
		Ok(())
	}

	/// The index names each contract under both of its parties, and nothing else.
	fn try_index_complete(&self) -> Result<(), TryRuntimeError> {
		for (id, record) in &self.contracts {
			for party in [&record.client, &record.provider] {
				ensure!(
					ContractsByParty::<T>::contains_key(party, id),
					"the index lacks a contract"
				);
			}
		}
		for (account, id) in ContractsByParty::<T>::iter_keys() {
			let record = self.contracts.get(&id).ok_or("the index names a closed contract")?;
			ensure!(
				account == record.client || account == record.provider,
				"the index names a stranger"
			);
		}
		Ok(())
	}

	/// `OpenWork` counts the funded contracts for which each agent answers, and is absent where there
	/// is none.
	fn try_open_work_counted(&self) -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<AgentId, u32>::new();
		for record in self.contracts.values().filter(|record| record.state.funded().is_some()) {
			if let Some(agent) = record.agent {
				let count = expected.entry(agent).or_default();
				*count = count.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			}
		}
		let counted: BTreeMap<_, _> = OpenWork::<T>::iter().collect();
		ensure!(counted == expected, "OpenWork differs from the number of funded contracts");
		Ok(())
	}

	/// `Business` counts the funded contracts of each provider and client to which both have consented,
	/// has begun when the first of these had at the latest, and is absent where there is none.
	fn try_business_counted(&self) -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<(T::AccountId, T::AccountId), OpenBusiness>::new();
		let now = T::Clock::now();
		for record in self.contracts.values() {
			let Some(Funded { since, commitment, .. }) = record.state.funded() else { continue };
			let latest = match commitment {
				Commitment::None => continue,
				Commitment::Accepted => *since,
				Commitment::Started { at } => *at,
			};
			let parties = (record.provider.clone(), record.client.clone());
			let open = expected.entry(parties).or_insert(OpenBusiness { contracts: 0, since: now });
			open.contracts = open.contracts.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			open.since = open.since.min(latest);
		}
		let mut entries: u32 = 0;
		for (provider, client, open) in Business::<T>::iter() {
			let expected = expected.get(&(provider, client));
			ensure!(
				expected.is_some_and(|one| one.contracts == open.contracts),
				"Business differs from the number of contracts with consent"
			);
			ensure!(
				expected.is_some_and(|one| open.since <= one.since),
				"business began after its first contract"
			);
			entries = entries.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		}
		let pairs: u32 = expected.len().saturated_into();
		ensure!(entries == pairs, "Business differs from the number of contracts with consent");
		Ok(())
	}

	/// No claim is empty, and what is its owner's own waits on the owner.
	fn try_claims_well_formed(&self) -> Result<(), TryRuntimeError> {
		for (_, kind, claim) in &self.claims {
			ensure!(claim.amount > 0, "a claim is empty");
			let is_own = claim.payer == claim.payee;
			ensure!(is_own == kind.is_own(), "a claim has the wrong payee");
		}
		Ok(())
	}

	/// What is held for escrow on each account is what is outstanding of its contracts and the
	/// claims on it.
	fn try_escrow_held(&self) -> Result<(), TryRuntimeError> {
		let mut expected = self.claimed(HoldReason::Escrow)?;
		for record in self.contracts.values() {
			if let Some(funded) = record.state.funded() {
				let amount = funded.progress.outstanding();
				Self::expect(&mut expected, &record.client, amount)?;
			}
		}
		self.ensure_held(HoldReason::Escrow, expected, "escrow held differs from what is owed")
	}

	/// What is held as bond on each account is what is left of it in its contracts, on either side,
	/// and the claims on it.
	fn try_bonds_held(&self) -> Result<(), TryRuntimeError> {
		let mut expected = self.claimed(HoldReason::Bond)?;
		for record in self.contracts.values() {
			let Bonds { client, provider } = record.bonds_held();
			Self::expect(&mut expected, &record.client, client)?;
			Self::expect(&mut expected, &record.provider, provider)?;
		}
		self.ensure_held(HoldReason::Bond, expected, "bonds held differ from what is at risk")
	}

	/// What is held as deposit on each account is the deposits of its contracts, and those that
	/// wait to return.
	fn try_deposits_held(&self) -> Result<(), TryRuntimeError> {
		let mut expected = self.claimed(HoldReason::Deposit)?;
		for record in self.contracts.values() {
			Self::expect(&mut expected, &record.client, record.deposit)?;
		}
		self.ensure_held(HoldReason::Deposit, expected, "deposits held differ from those recorded")
	}

	/// What claims say is held for `reason` on each account.
	fn claimed(&self, reason: HoldReason) -> Result<Expected<T>, TryRuntimeError> {
		let mut expected = Expected::<T>::new();
		for (_, kind, claim) in &self.claims {
			if kind.hold_reason() == reason {
				Self::expect(&mut expected, &claim.payer, claim.amount)?;
			}
		}
		Ok(expected)
	}

	/// Expects `amount` more on `who`.
	fn expect(
		expected: &mut Expected<T>,
		who: &T::AccountId,
		amount: Balance,
	) -> Result<(), ArithmeticError> {
		let total = expected.entry(who.clone()).or_default();
		*total = total.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		Ok(())
	}

	/// Checks that each account, also one of which nothing is expected, has exactly the expected
	/// amount on hold for `reason`.
	fn ensure_held(
		&self,
		reason: HoldReason,
		mut expected: Expected<T>,
		mismatch: &'static str,
	) -> Result<(), TryRuntimeError> {
		for who in &self.accounts {
			expected.entry(who.clone()).or_default();
		}
		let reason = reason.into();
		for (who, amount) in expected {
			ensure!(T::Currency::balance_on_hold(&reason, &who) == amount, mismatch);
		}
		Ok(())
	}
}
