//! What the pallet tells its clients, whatever its form in storage.

use super::{
	Contract, ContractState, Dispute, Funded, Meter, MeterPhase, Milestone, Progress, Stream,
};
use crate::Config;
use aitbc_core::{
	AgentId, Approvers, Balance, BlockNumber, Bonds, ContractId, JobId, MeterTerms, TermsHash,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// A stream as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct StreamInfo {
	/// What each active block costs, the fee included, in plancks.
	pub rate: Balance,
	/// The last active block that is paid for.
	pub until: BlockNumber,
	/// What is held on the client, what was earned included, in plancks.
	pub held: Balance,
	/// What of it was earned and can be settled now, in plancks.
	pub earned: Balance,
	/// What was paid, the fee included, in plancks.
	pub paid: Balance,
	/// What the protocol took of it, in plancks.
	pub fee: Balance,
	/// The last active block that is paid. `None` until the provider starts.
	pub settled_at: Option<BlockNumber>,
	/// The active block in which the money runs out, or ran out, if no more comes: the last one that
	/// is paid for, be it in part. `None` where it lasts up to `until`, and while nothing is charged.
	pub runs_out_at: Option<BlockNumber>,
	/// Where the money ran out, if it did. Time has not been charged since.
	pub paused_since: Option<BlockNumber>,
	/// That what is held waits for a ruling.
	pub dispute: Option<Dispute>,
}

impl StreamInfo {
	/// Shows `stream` at `now`.
	pub(crate) fn new(stream: &Stream, now: BlockNumber) -> Self {
		let runs_out_at = stream.runs_out_at().filter(|at| *at < stream.until);
		let Stream { rate, until, held, paid, fee, settled_at, dispute } = *stream;
		Self {
			rate,
			until,
			held,
			earned: stream.earned(now),
			paid,
			fee,
			settled_at,
			runs_out_at,
			paused_since: runs_out_at.filter(|at| *at <= now),
			dispute,
		}
	}
}

/// A meter as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct MeterInfo<AccountId> {
	/// What was agreed.
	pub terms: MeterTerms<AccountId>,
	/// What is held on the client, in plancks.
	pub held: Balance,
	/// The units that were paid.
	pub billed: u64,
	/// What was paid, the fee included, in plancks.
	pub paid: Balance,
	/// What the protocol took of it, in plancks.
	pub fee: Balance,
	/// The sequence of the last voucher that was taken. The next must have a greater one.
	pub sequence: u64,
	/// What its clock runs towards.
	pub phase: MeterPhase,
	/// The last active block at which a voucher is taken. `None` while a ruling is awaited.
	pub vouchers_until: Option<BlockNumber>,
}

impl<AccountId: Clone> MeterInfo<AccountId> {
	/// Shows `meter`, which is of a contract with this review period.
	pub(crate) fn new(meter: &Meter<AccountId>, review_period: BlockNumber) -> Self {
		Self {
			terms: meter.terms.clone(),
			held: meter.held(),
			billed: meter.billed,
			paid: meter.paid(),
			fee: meter.fee,
			sequence: meter.sequence,
			phase: meter.phase,
			vouchers_until: meter.vouchers_until(review_period),
		}
	}
}

/// What is paid for, as clients see it: as it will be funded, while the contract is not.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum PaymentInfo<AccountId> {
	/// Parts of the work, in their order.
	#[codec(index = 0)]
	Milestones(Vec<Milestone>),
	/// Time.
	#[codec(index = 1)]
	Stream(StreamInfo),
	/// Units that the client has signed for.
	#[codec(index = 2)]
	Metered(MeterInfo<AccountId>),
}

/// A contract as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ContractInfo<AccountId> {
	/// The contract's id.
	pub contract: ContractId,
	/// The job for which its controller opened it.
	pub job: Option<JobId>,
	/// Who pays.
	pub client: AccountId,
	/// Who works and is paid.
	pub provider: AccountId,
	/// The agent that worked under the provider's account when the contract was opened, and answers
	/// for it.
	pub agent: Option<AgentId>,
	/// What the two agreed on.
	pub terms: TermsHash,
	/// How long the client may look at submitted work before silence means consent, and how long the
	/// provider may bring in vouchers after the end of a meter, in active blocks.
	pub review_period: BlockNumber,
	/// Who may release milestones beside the client.
	pub approvers: Option<Approvers<AccountId>>,
	/// What the parties agreed to have at risk, in plancks.
	pub bonds: Bonds,
	/// What of it is held now, in plancks.
	pub bonds_held: Bonds,
	/// The protocol's share of what is released.
	pub fee_rate: Perbill,
	/// The storage deposit held on the client, in plancks.
	pub deposit: Balance,
	/// When the contract was funded, in active blocks; `None` while it is not.
	pub funded_since: Option<BlockNumber>,
	/// Whether the provider took it on.
	pub accepted: bool,
	/// When the provider started, in active blocks; `None` as long as it has not.
	pub started: Option<BlockNumber>,
	/// What is paid for, and how far it has come.
	pub payment: PaymentInfo<AccountId>,
}

impl<AccountId: Clone> ContractInfo<AccountId> {
	/// Shows `record`, the contract with the id `contract`, at `now`.
	pub(crate) fn new<T>(contract: ContractId, record: Contract<T>, now: BlockNumber) -> Self
	where
		T: Config + frame_system::Config<AccountId = AccountId>,
	{
		let (bonds_held, accepted) = (record.bonds_held(), record.state.is_accepted());
		let (funded_since, started) = match record.state.funded() {
			Some(funded) => (Some(funded.since), funded.started()),
			None => (None, None),
		};
		let payment = Self::payment(&record.state, record.review_period, now);
		let Contract {
			client,
			provider,
			agent,
			job,
			terms,
			review_period,
			approvers,
			bonds,
			fee_rate,
			deposit,
			..
		} = record;
		Self {
			contract,
			job,
			client,
			provider,
			agent,
			terms,
			review_period,
			approvers: approvers.map(Approvers::from),
			bonds,
			bonds_held,
			fee_rate,
			deposit,
			funded_since,
			accepted,
			started,
			payment,
		}
	}

	/// Shows what is paid for in a contract in this state.
	fn payment<T>(
		state: &ContractState<T>,
		review_period: BlockNumber,
		now: BlockNumber,
	) -> PaymentInfo<AccountId>
	where
		T: Config + frame_system::Config<AccountId = AccountId>,
	{
		let show = |progress: &Progress<T>| match progress {
			Progress::Milestones(milestones) => PaymentInfo::Milestones(milestones.to_vec()),
			Progress::Stream(stream) => PaymentInfo::Stream(StreamInfo::new(stream, now)),
			Progress::Metered(meter) => PaymentInfo::Metered(MeterInfo::new(meter, review_period)),
		};
		match state {
			ContractState::Open { payment, .. } => show(&Progress::from(payment)),
			ContractState::Funded(Funded { progress, .. }) => show(progress),
		}
	}
}

/// Some of an account's contracts.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ContractPage<AccountId> {
	/// The contracts of this page, in the order of storage, which is not that of their ids.
	pub contracts: Vec<ContractInfo<AccountId>>,
	/// Where the next page begins: pass it as `after`. `None` on the last page.
	pub next: Option<ContractId>,
}
