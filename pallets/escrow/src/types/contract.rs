//! A contract, and its balance sheet when it closes.

use super::{ApproverSet, Commitment, Funded, Milestone, MilestoneState, Party, Payment};
use crate::{Config, Error};
use aitbc_core::{
	AgentId, Balance, BlockNumber, Bonds, ClosedContract, ContractId, ContractOutcome, JobId,
	TermsHash,
};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// Where a contract stands. Only what is funded can move.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound(T: Config))]
#[scale_info(skip_type_params(T))]
pub enum ContractState<T: Config> {
	/// The client opened it and has not funded it: no money but the deposit is held on the client.
	#[codec(index = 0)]
	Open {
		/// Whether the provider accepted it. Its bond is held then.
		accepted: bool,
		/// How it is to pay.
		payment: Payment<T>,
	},
	/// The client funded it.
	#[codec(index = 1)]
	Funded(Funded<T>),
}

/// A contract between a client and a provider.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound(T: Config))]
#[scale_info(skip_type_params(T))]
pub struct Contract<T: Config> {
	/// Who pays. All money of the contract is held on this account.
	pub client: T::AccountId,
	/// Who works and is paid.
	pub provider: T::AccountId,
	/// The agent that worked under the provider's account when the contract was opened, and answers
	/// for it whatever becomes of that account.
	pub agent: Option<AgentId>,
	/// The job for which the controller opened it. Work then begins and ends through the controller.
	pub job: Option<JobId>,
	/// What the two agreed on.
	pub terms: TermsHash,
	/// How long the client may look at submitted work before silence means consent, and how long the
	/// provider may bring in vouchers after the end of a meter, in active blocks.
	pub review_period: BlockNumber,
	/// Who may release milestones beside the client. Only of a contract that pays by milestones.
	pub approvers: Option<ApproverSet<T>>,
	/// What the parties agreed to have at risk, in plancks.
	pub bonds: Bonds,
	/// The protocol's share of what is released, fixed at opening.
	pub fee_rate: Perbill,
	/// The storage deposit held on the client, in plancks.
	pub deposit: Balance,
	/// Where the contract stands.
	pub state: ContractState<T>,
}

impl<T: Config> ContractState<T> {
	/// What is funded, if it is.
	pub fn funded(&self) -> Option<&Funded<T>> {
		match self {
			Self::Open { .. } => None,
			Self::Funded(funded) => Some(funded),
		}
	}

	/// Whether the provider took the contract on.
	pub fn is_accepted(&self) -> bool {
		match self {
			Self::Open { accepted, .. } => *accepted,
			Self::Funded(funded) => funded.commitment != Commitment::None,
		}
	}
}

/// The parts of a contract of which its money is made, each to be changed on its own.
pub(crate) struct Money<'a, T: Config> {
	pub(crate) client: &'a T::AccountId,
	pub(crate) provider: &'a T::AccountId,
	pub(crate) fee_rate: Perbill,
	pub(crate) review_period: BlockNumber,
	pub(crate) funded: &'a mut Funded<T>,
}

impl<T: Config> Contract<T> {
	/// Which side `who` is on, if it is a party.
	pub fn party(&self, who: &T::AccountId) -> Option<Party> {
		if *who == self.client {
			Some(Party::Client)
		} else if *who == self.provider {
			Some(Party::Provider)
		} else {
			None
		}
	}

	/// Who is on this side.
	pub fn account(&self, party: Party) -> &T::AccountId {
		match party {
			Party::Client => &self.client,
			Party::Provider => &self.provider,
		}
	}

	/// What is held of the two bonds, in plancks.
	pub fn bonds_held(&self) -> Bonds {
		match &self.state {
			ContractState::Open { accepted, .. } => {
				Bonds { client: 0, provider: if *accepted { self.bonds.provider } else { 0 } }
			},
			ContractState::Funded(funded) => funded.bonds,
		}
	}

	/// What can move the money of a funded contract.
	pub(crate) fn money(&mut self) -> Result<Money<'_, T>, Error<T>> {
		let Self { client, provider, fee_rate, review_period, state, .. } = self;
		match state {
			ContractState::Open { .. } => Err(Error::<T>::NotFunded),
			ContractState::Funded(funded) => Ok(Money {
				client,
				provider,
				fee_rate: *fee_rate,
				review_period: *review_period,
				funded,
			}),
		}
	}

	/// What is told of this contract when it closes with `sheet`.
	pub(crate) fn into_closed(
		self,
		contract: ContractId,
		sheet: Sheet,
	) -> ClosedContract<T::AccountId, Balance> {
		let accepted = self.state.is_accepted();
		// A bond that is not held yet was not slashed either.
		let slashed = match &self.state {
			ContractState::Open { .. } => 0,
			ContractState::Funded(funded) => {
				self.bonds.provider.saturating_sub(funded.bonds.provider)
			},
		};
		let outcome = sheet.outcome();
		let Self { client, provider, agent, job, .. } = self;
		let Sheet { disputed, released, refunded, fee, on_time, missed, disputed_lost } = sheet;
		ClosedContract {
			contract,
			job,
			client,
			provider,
			agent,
			outcome,
			accepted,
			disputed,
			released,
			refunded,
			fee,
			on_time,
			missed,
			disputed_lost,
			slashed,
		}
	}
}

/// Where the money of a contract went, in plancks, and whether a ruling decided about a part of it.
/// See [`ClosedContract`] for each field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
	pub(crate) disputed: bool,
	pub(crate) released: Balance,
	pub(crate) refunded: Balance,
	pub(crate) fee: Balance,
	pub(crate) on_time: Balance,
	pub(crate) missed: Balance,
	pub(crate) disputed_lost: Balance,
}

impl Sheet {
	/// What milestones that are all concluded add up to.
	///
	/// The sum of all amounts was checked when the contract opened, so no part of it saturates.
	pub(crate) fn of(milestones: &[Milestone]) -> Self {
		milestones.iter().fold(Self::default(), |sheet, one| sheet.with(one))
	}

	/// With the money of one more milestone.
	fn with(self, milestone: &Milestone) -> Self {
		let Self { released, refunded, fee, on_time, missed, disputed_lost, .. } = self;
		let amount = milestone.amount;
		let if_so = |is_so: bool, part: Balance| if is_so { part } else { 0 };
		match milestone.state {
			MilestoneState::Pending { .. }
			| MilestoneState::Submitted { .. }
			| MilestoneState::Disputed { .. } => self,
			MilestoneState::Released { fee: taken, on_time: is_on_time } => Self {
				released: released.saturating_add(amount),
				fee: fee.saturating_add(taken),
				on_time: on_time.saturating_add(if_so(is_on_time, amount)),
				..self
			},
			MilestoneState::Refunded { missed: is_missed } => Self {
				refunded: refunded.saturating_add(amount),
				missed: missed.saturating_add(if_so(is_missed, amount)),
				..self
			},
			MilestoneState::Ruled { released: part, fee: taken } => {
				let lost = amount.saturating_sub(part);
				Self {
					disputed: true,
					released: released.saturating_add(part),
					refunded: refunded.saturating_add(lost),
					fee: fee.saturating_add(taken),
					// Only what was submitted, which is refused after the due block, is disputed.
					on_time: on_time.saturating_add(part),
					disputed_lost: disputed_lost.saturating_add(lost),
					..self
				}
			},
			MilestoneState::Split { released: part, fee: taken, on_time: is_on_time } => Self {
				released: released.saturating_add(part),
				refunded: refunded.saturating_add(amount.saturating_sub(part)),
				fee: fee.saturating_add(taken),
				on_time: on_time.saturating_add(if_so(is_on_time, part)),
				..self
			},
		}
	}

	/// How the contract ended.
	fn outcome(&self) -> ContractOutcome {
		match (self.released, self.refunded) {
			(0, 0) => ContractOutcome::Cancelled,
			(_, 0) => ContractOutcome::Completed,
			(0, _) => ContractOutcome::Refunded,
			_ => ContractOutcome::Partial,
		}
	}
}
