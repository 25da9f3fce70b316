//! What others ask of the pallet: the controller of contracts, and who rules.

use crate::*;
use aitbc_core::{
	Agreement, Balance, BlockNumber, CaseId, ContractId, EvidenceHash, JobId, Ruling, Subject,
};
use aitbc_traits::{
	ContractStanding, DeadlineClock, Escrow, OnContractClosed, OnRuling, RebateInspect, Remainder,
};
use alloc::vec::Vec;
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
		let (under_review, overdue, earned, pending) = match &funded.progress {
			Progress::Milestones(milestones) => {
				let pending = || {
					let all = (0..).map(MilestoneIndex).zip(milestones);
					all.filter(|(_, one)| one.state.is_pending())
				};
				(
					milestones.iter().any(|one| one.state.is_under_review()),
					pending().any(|(_, one)| now > one.due),
					0,
					pending().map(|(index, _)| index).collect(),
				)
			},
			Progress::Stream(stream) => {
				(stream.dispute.is_some(), now > stream.until, stream.earned(now), Vec::new())
			},
			Progress::Metered(meter) => {
				// What the client stopped is over, but it is not the provider's failure.
				let is_running = meter.phase == MeterPhase::Running;
				let until = meter.vouchers_until(record.review_period);
				let overdue = is_running && until.is_some_and(|until| now > until);
				(meter.dispute().is_some(), overdue, 0, Vec::new())
			},
		};
		let outstanding: Balance = funded.progress.outstanding().saturating_sub(earned);
		ContractStanding { started: funded.started(), under_review, overdue, outstanding, pending }
	}
}
