//! A ruling instead of an agreement: dispute, and what a ruling does.

use crate::{
	types::{fee_on_top, position, Money, Sheet},
	*,
};
use aitbc_core::{Balance, BlockNumber, Bonds, CaseId, ContractId, Ruling, Sides, Subject, Tenths};
use aitbc_traits::{Arbitration, Complaint, DeadlineClock};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::dispute`].
	pub(crate) fn do_dispute(
		caller: T::AccountId,
		contract: ContractId,
		milestone: Option<MilestoneIndex>,
		claim: Tenths,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		ensure!(caller == record.client, Error::<T>::NotClient);
		let parties = Sides { client: caller, provider: record.provider.clone() };
		let (agent, opener) = (record.agent, Party::Client);
		let money = record.money()?;
		let since = T::Clock::now();
		let open_case = |subject, value| {
			let complaint = Complaint { subject, parties, agent, opener, claim, value };
			let case = T::Arbitration::open_case(complaint)?;
			Ok(Dispute { case, since })
		};
		let (dispute, value) = match milestone {
			Some(index) => Self::dispute_milestone(contract, money, index, open_case)?,
			None => Self::dispute_rest(contract, money, open_case)?,
		};

		Contracts::<T>::insert(contract, record);
		let case = dispute.case;
		Self::deposit_event(Event::DisputeOpened { contract, milestone, case, value });
		Ok(())
	}

	/// Puts a submitted milestone before `court`, and says what is at stake. The caller stores the
	/// contract.
	fn dispute_milestone(
		contract: ContractId,
		money: Money<T>,
		index: MilestoneIndex,
		court: impl FnOnce(Subject, Balance) -> Result<Dispute, DispatchError>,
	) -> Result<(Dispute, Balance), DispatchError> {
		let milestone = Self::outstanding(money.funded, index)?;
		let MilestoneState::Submitted { at, evidence, .. } = milestone.state else {
			return Err(Error::<T>::NotSubmitted.into());
		};
		let elapsed = T::Clock::now().saturating_sub(at);
		ensure!(elapsed < money.review_period, Error::<T>::DisputeTooLate);
		let dispute = court(Subject::Milestone { contract, milestone: index }, milestone.amount)?;

		milestone.state = MilestoneState::Disputed { at, evidence, dispute };
		Ok((dispute, milestone.amount))
	}

	/// Puts what a stream or a meter holds before `court`, and says how much that is. The caller
	/// stores the contract.
	fn dispute_rest(
		contract: ContractId,
		money: Money<T>,
		court: impl FnOnce(Subject, Balance) -> Result<Dispute, DispatchError>,
	) -> Result<(Dispute, Balance), DispatchError> {
		let Money { funded, review_period, .. } = money;
		let (until, is_disputed): (BlockNumber, bool) = match &funded.progress {
			Progress::Milestones(_) => return Err(Error::<T>::PaidByMilestones.into()),
			Progress::Stream(stream) => {
				(stream.until.saturating_add(review_period), stream.dispute.is_some())
			},
			Progress::Metered(meter) => {
				let until = meter.vouchers_until(review_period);
				(until.unwrap_or_default(), until.is_none())
			},
		};
		ensure!(!is_disputed, Error::<T>::UnderDispute);
		ensure!(funded.started().is_some(), Error::<T>::NotStarted);
		let value = funded.progress.outstanding();
		ensure!(value > 0, Error::<T>::NothingHeld);
		ensure!(T::Clock::now() <= until, Error::<T>::DisputeTooLate);
		let dispute = court(Subject::Contract(contract), value)?;

		match &mut funded.progress {
			Progress::Milestones(_) => (),
			Progress::Stream(stream) => stream.dispute = Some(dispute),
			Progress::Metered(meter) => meter.phase = MeterPhase::Disputed(dispute),
		}
		Ok((dispute, value))
	}

	/// Executes `ruling` of `case` on `subject`, or says why it is not about anything here.
	pub(crate) fn rule(
		subject: Subject,
		case: CaseId,
		ruling: &Ruling,
	) -> Result<(), &'static str> {
		match subject {
			Subject::Milestone { contract, milestone } => {
				Self::rule_milestone(contract, milestone, case, ruling)
			},
			Subject::Contract(contract) => Self::rule_rest(contract, case, ruling),
			Subject::Validation(_) => Ok(()),
		}
	}

	/// Executes a ruling on a milestone.
	fn rule_milestone(
		contract: ContractId,
		index: MilestoneIndex,
		case: CaseId,
		ruling: &Ruling,
	) -> Result<(), &'static str> {
		let mut record = Contracts::<T>::get(contract).ok_or("the contract is closed")?;
		let Money { client, provider, fee_rate, funded, .. } =
			record.money().map_err(|_| "the contract is not funded")?;
		let milestones = funded.milestones_mut().map_err(|_| "it has no milestones")?;
		let milestone = milestones.get_mut(position(index)).ok_or("it has fewer milestones")?;
		let MilestoneState::Disputed { dispute, .. } = milestone.state else {
			return Err("the milestone is not under dispute");
		};
		ensure!(dispute.case == case, "another case decides about the milestone");

		let amount = milestone.amount;
		let released = ruling.provider.mul_floor(amount);
		let fee = fee_rate.mul_ceil(released);
		let (fee, refunded) = Self::divide(contract, client, provider, amount, released, fee);
		milestone.state = MilestoneState::Ruled { released, fee };
		let subject = Subject::Milestone { contract, milestone: index };
		Self::deposit_event(Event::RulingApplied { subject, case, released, fee, refunded });
		let at_risk = |bond| Self::bond_for(&record, bond, amount);
		let Bonds { client, provider } = record.bonds;
		let bonds = Bonds { client: at_risk(client), provider: at_risk(provider) };
		Self::slash_as_ruled(contract, &mut record, ruling, bonds);
		Self::store_or_close(contract, record);
		Ok(())
	}

	/// Executes a ruling on what a stream or a meter holds, and closes the contract.
	fn rule_rest(contract: ContractId, case: CaseId, ruling: &Ruling) -> Result<(), &'static str> {
		let mut record = Contracts::<T>::get(contract).ok_or("the contract is closed")?;
		let Money { client, provider, fee_rate, funded, .. } =
			record.money().map_err(|_| "the contract is not funded")?;
		let (dispute, paid, fees) = match &funded.progress {
			Progress::Milestones(_) => return Err("the contract pays by milestones"),
			Progress::Stream(stream) => (stream.dispute, stream.paid, stream.fee),
			Progress::Metered(meter) => (meter.dispute(), meter.paid(), meter.fee),
		};
		let dispute = dispute.ok_or("the contract is not under dispute")?;
		ensure!(dispute.case == case, "another case decides about the contract");

		let held = funded.progress.outstanding();
		let released = ruling.provider.mul_floor(held);
		let fee = fee_on_top(fee_rate, paid, released);
		let (fee, refunded) = Self::divide(contract, client, provider, held, released, fee);
		let subject = Subject::Contract(contract);
		Self::deposit_event(Event::RulingApplied { subject, case, released, fee, refunded });
		let bonds = record.bonds;
		Self::slash_as_ruled(contract, &mut record, ruling, bonds);
		// Together they are what the client ever put in, which is a balance.
		let released = paid.saturating_add(released);
		let sheet = Sheet {
			disputed: true,
			released,
			refunded,
			fee: fees.saturating_add(fee),
			on_time: released,
			missed: 0,
			disputed_lost: refunded,
		};
		Self::close(contract, record, sheet);
		Ok(())
	}

	/// Takes what `ruling` says of these parts of both bonds, or what is left of it.
	fn slash_as_ruled(
		contract: ContractId,
		record: &mut Contract<T>,
		ruling: &Ruling,
		at_risk: Bonds,
	) {
		let of_provider = ruling.provider_slash.mul_floor(at_risk.provider);
		Self::slash(contract, record, Party::Provider, of_provider);
		let of_client = ruling.client_slash.mul_floor(at_risk.client);
		Self::slash(contract, record, Party::Client, of_client);
	}
}
