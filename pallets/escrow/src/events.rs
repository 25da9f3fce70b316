//! The events. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A client offers a contract; no money but the deposit is held yet.
		#[codec(index = 0)]
		ContractOpened {
			/// The new contract.
			contract: ContractId,
			/// The job for which its controller opened it.
			job: Option<JobId>,
			/// Who will pay.
			client: T::AccountId,
			/// Who shall work.
			provider: T::AccountId,
			/// The agent that works under the provider's account, and will answer for the contract.
			agent: Option<AgentId>,
			/// What the two agree on.
			agreement: Agreement<T::AccountId>,
			/// The protocol's share of what will be released.
			fee_rate: Perbill,
			/// The storage deposit held on the client, in plancks.
			deposit: Balance,
		},
		/// All of a contract's money is held on the client: the provider may start.
		#[codec(index = 1)]
		ContractFunded {
			/// The funded contract.
			contract: ContractId,
			/// How much is held to be paid out, in plancks.
			amount: Balance,
			/// The client's bond, which is held besides, in plancks.
			bond: Balance,
			/// When it was funded, in active blocks.
			since: BlockNumber,
		},
		/// The provider says that a milestone's work is done. An offer to divide it is gone.
		#[codec(index = 2)]
		MilestoneSubmitted {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
			/// When, in active blocks. The review period counts from here.
			at: BlockNumber,
			/// What the provider shows for it.
			evidence: EvidenceHash,
		},
		/// A milestone's money went to the provider, less the fee. A [`Event::ClaimOpened`] before
		/// this event says that the provider's account could not take it yet.
		#[codec(index = 3)]
		MilestoneReleased {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
			/// Who was paid.
			provider: T::AccountId,
			/// What the client paid, the fee included, in plancks.
			amount: Balance,
			/// What the protocol really took, in plancks.
			fee: Balance,
			/// What let the money go.
			cause: ReleaseCause,
			/// Whether the work was in by its due block.
			on_time: bool,
		},
		/// A milestone's money went back to the client. A [`Event::ClaimOpened`] before this event
		/// says that the client's account could not take it yet.
		#[codec(index = 4)]
		MilestoneRefunded {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
			/// Who got the money back.
			client: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
			/// What let the money go.
			cause: RefundCause,
			/// Whether the provider had started by the due block, and let it pass without a
			/// submission.
			missed: bool,
		},
		/// A contract left storage; its deposit and what is left of the bonds went back.
		#[codec(index = 5)]
		ContractClosed {
			/// The contract's balance sheet.
			closed: ClosedContract<T::AccountId, Balance>,
		},
		/// Money is owed that the payee's account can't take; it stays held on the payer.
		#[codec(index = 6)]
		ClaimOpened {
			/// The contract that owes it.
			contract: ContractId,
			/// For what.
			kind: ClaimKind,
			/// On whom it is held.
			payer: T::AccountId,
			/// Whose it is.
			payee: T::AccountId,
			/// By how much the claim of this kind grew, in plancks.
			amount: Balance,
		},
		/// A claim was paid in full.
		#[codec(index = 7)]
		ClaimCollected {
			/// The contract that owed it.
			contract: ContractId,
			/// For what.
			kind: ClaimKind,
			/// Who was paid.
			payee: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
		},
		/// The provider agrees to a contract that is not funded yet.
		#[codec(index = 8)]
		ContractAccepted {
			/// The contract.
			contract: ContractId,
			/// The provider's bond, which is held on it from now on, in plancks.
			bond: Balance,
		},
		/// The provider started to work. It answers for due blocks, and a stream costs, from here.
		#[codec(index = 9)]
		ContractStarted {
			/// The contract.
			contract: ContractId,
			/// When, in active blocks.
			at: BlockNumber,
		},
		/// An approver agrees that a milestone be released.
		#[codec(index = 10)]
		MilestoneApproved {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
			/// Who agrees.
			approver: T::AccountId,
			/// How many agree by now.
			approvals: u32,
		},
		/// A party offers to divide a milestone's money. An earlier offer for it is gone.
		#[codec(index = 11)]
		SplitOffered {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
			/// Who offers.
			by: Party,
			/// What the provider shall get, the fee included, in plancks.
			provider_share: Balance,
		},
		/// A party took its offer to divide a milestone's money back.
		#[codec(index = 12)]
		SplitWithdrawn {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
		},
		/// A milestone's money was divided as the parties agreed. A [`Event::ClaimOpened`] before
		/// this event says that an account could not take its part yet.
		#[codec(index = 13)]
		MilestoneSplit {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones.
			milestone: MilestoneIndex,
			/// What went to the provider, the fee included, in plancks.
			released: Balance,
			/// What the protocol really took of it, in plancks.
			fee: Balance,
			/// What went back to the client, in plancks.
			refunded: Balance,
			/// Whether the work was in, or its due block not yet passed.
			on_time: bool,
		},
		/// A stream paid for time. A [`Event::ClaimOpened`] before this event says that the
		/// provider's account could not take it yet.
		#[codec(index = 14)]
		StreamPaid {
			/// The contract.
			contract: ContractId,
			/// Who was paid.
			provider: T::AccountId,
			/// What the client paid, the fee included, in plancks.
			amount: Balance,
			/// What the protocol really took, in plancks.
			fee: Balance,
			/// The last active block that is paid now.
			settled_at: BlockNumber,
			/// What is still held, in plancks.
			held: Balance,
		},
		/// A stream has no money left. Time is not charged until somebody tops it up.
		#[codec(index = 15)]
		StreamPaused {
			/// The contract.
			contract: ContractId,
			/// The active block in which the money ran out: the last one that was paid for, be it in
			/// part.
			at: BlockNumber,
		},
		/// A stream got more money, which is the client's and held on the client.
		#[codec(index = 16)]
		StreamToppedUp {
			/// The contract.
			contract: ContractId,
			/// Who gave it.
			by: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
			/// What is held now, in plancks.
			held: Balance,
		},
		/// A client gave notice to a meter.
		#[codec(index = 17)]
		MeterStopping {
			/// The contract.
			contract: ContractId,
			/// When, in active blocks.
			since: BlockNumber,
			/// The last active block at which a voucher is taken. Anybody may stop the meter after.
			vouchers_until: BlockNumber,
		},
		/// A meter paid for units. A [`Event::ClaimOpened`] before this event says that the
		/// provider's account could not take it yet.
		#[codec(index = 18)]
		UnitsBilled {
			/// The contract.
			contract: ContractId,
			/// All units that are billed by now.
			units: u64,
			/// The sequence of the voucher.
			sequence: u64,
			/// What the client paid for those that are new, the fee included, in plancks.
			amount: Balance,
			/// What the protocol really took, in plancks.
			fee: Balance,
		},
		/// What a stream or a meter still held went back to the client. A [`Event::ClaimOpened`]
		/// before this event says that the client's account could not take it yet.
		#[codec(index = 19)]
		RemainderRefunded {
			/// The contract.
			contract: ContractId,
			/// Who got the money back.
			client: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
		},
		/// The client asks for a ruling. Nothing else moves the money any more.
		#[codec(index = 20)]
		DisputeOpened {
			/// The contract.
			contract: ContractId,
			/// Which of its milestones; `None` for all that a stream or a meter holds.
			milestone: Option<MilestoneIndex>,
			/// Who decides.
			case: CaseId,
			/// How much is at stake, in plancks.
			value: Balance,
		},
		/// A ruling moved the money. A [`Event::ClaimOpened`] before this event says that an account
		/// could not take its part yet.
		#[codec(index = 21)]
		RulingApplied {
			/// What it is about.
			subject: Subject,
			/// The case.
			case: CaseId,
			/// What went to the provider, the fee included, in plancks.
			released: Balance,
			/// What the protocol really took of it, in plancks.
			fee: Balance,
			/// What went back to the client, in plancks.
			refunded: Balance,
		},
		/// A party lost a part of its bond. A [`Event::ClaimOpened`] before this event says that the
		/// other party's account could not take its part yet.
		#[codec(index = 22)]
		BondSlashed {
			/// The contract.
			contract: ContractId,
			/// Who lost it.
			party: Party,
			/// What went to the other party, in plancks.
			to_other_party: Balance,
			/// What the treasury really took, in plancks.
			to_treasury: Balance,
		},
	}
}
