//! What others ask of the pallet: the controller of contracts, and who rules.

use crate::*;
use aitbc_core::{
	Agreement, BlockNumber, CaseId, ContractId, EvidenceHash, JobId, Ruling, Subject,
};
use aitbc_traits::{
	ContractStanding, DeadlineClock, Escrow, OnContractClosed, OnRuling, RebateInspect, Remainder,
};
use frame_support::{ensure, storage::with_storage_layer, weights::Weight};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Escrow<T::AccountId> for Pallet<T> {
	fn engage(
		job: JobId,
		client: &T::AccountId,
		provider: &T::AccountId,
		agreement: Agreement<T::AccountId>,
	) -> Result<ContractId, DispatchError> {
		with_storage_layer(|| {
			let bonds = agreement.bonds;
			let total = Self::total(&Self::checked_payment(agreement.payment.clone())?)?;
			let contract = Self::open_for(Some(job), client.clone(), provider.clone(), agreement)?;
			Self::do_accept(provider.clone(), contract, bonds, total)?;
			Self::do_fund(client.clone(), contract, total)?;
			Ok(contract)
		})
	}

	fn start(job: JobId, contract: ContractId) -> DispatchResult {
		with_storage_layer(|| Self::start_record(contract, Self::record_of_job(job, contract)?))
	}

	fn submit(
		job: JobId,
		contract: ContractId,
		milestone: MilestoneIndex,
		evidence: EvidenceHash,
	) -> DispatchResult {
		with_storage_layer(|| {
			let record = Self::record_of_job(job, contract)?;
			Self::submit_record(contract, record, milestone, evidence)
		})
	}

	fn standing(contract: ContractId) -> Option<ContractStanding> {
		Contracts::<T>::get(contract).map(|record| Self::standing_of(&record, T::Clock::now()))
	}

	fn terminate(job: JobId, contract: ContractId) -> Result<Remainder, DispatchError> {
		with_storage_layer(|| {
			let record = Self::record_of_job(job, contract)?;
			let standing = Self::standing_of(&record, T::Clock::now());
			ensure!(!standing.under_review, Error::<T>::UnderReview);
			Ok(Self::return_all(contract, record, RefundCause::Termination)?)
		})
	}

	fn engage_weight() -> Weight {
		T::WeightInfo::engage().saturating_add(T::Rebate::weight())
	}

	fn start_weight() -> Weight {
		T::WeightInfo::start()
	}

	fn submit_weight() -> Weight {
		T::WeightInfo::submit()
	}

	fn terminate_weight() -> Weight {
		T::WeightInfo::terminate()
	}
}

impl<T: Config> OnRuling for Pallet<T> {
	fn on_ruling(subject: Subject, case: CaseId, ruling: &Ruling) {
		if let Err(reason) = Self::rule(subject, case, ruling) {
			log::error!(
				target: LOG_TARGET,
				"ignored the ruling of case {} on {subject:?}: {reason}",
				case.0,
			);
		}
	}

	fn weight() -> Weight {
		T::WeightInfo::on_ruling().saturating_add(T::OnContractClosed::weight())
	}
}

impl<T: Config> Pallet<T> {
	/// The contract with the id `contract`, if the controller opened it for `job`.
	fn record_of_job(job: JobId, contract: ContractId) -> Result<Contract<T>, Error<T>> {
		let record = Self::contract_record(contract)?;
		ensure!(record.job == Some(job), Error::<T>::NotOfJob);
		Ok(record)
	}

	/// Where `record` stands at `now`, as far as its controller has to know.
	fn standing_of(record: &Contract<T>, now: BlockNumber) -> ContractStanding {
		let Some(funded) = record.state.funded() else { return ContractStanding::default() };
		let standing = ContractStanding {
			started: funded.started(),
			outstanding: funded.progress.outstanding(),
			..ContractStanding::default()
		};
		match &funded.progress {
			Progress::Milestones(milestones) => {
				let pending = || {
					let all = (0..).map(MilestoneIndex).zip(milestones);
					all.filter(|(_, one)| one.state.is_pending())
				};
				ContractStanding {
					under_review: milestones.iter().any(|one| one.state.is_under_review()),
					overdue: pending().any(|(_, one)| now > one.due),
					pending: pending().map(|(index, _)| index).collect(),
					..standing
				}
			},
			Progress::Stream(stream) => ContractStanding {
				under_review: stream.dispute.is_some(),
				overdue: now > stream.until,
				outstanding: stream.held.saturating_sub(stream.earned(now)),
				..standing
			},
			Progress::Metered(meter) => {
				// What the client stopped is over, but it is not the provider's failure.
				let is_running = meter.phase == MeterPhase::Running;
				let until = meter.vouchers_until(record.review_period);
				ContractStanding {
					under_review: meter.dispute().is_some(),
					overdue: is_running && until.is_some_and(|until| now > until),
					under_notice: matches!(meter.phase, MeterPhase::Stopping { .. }),
					..standing
				}
			},
		}
	}
}
