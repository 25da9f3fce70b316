//! The calls. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Opens a contract with `provider`, and holds the storage deposit on the caller.
		///
		/// The caller is the client. The contract takes effect when it is [funded](Pallet::fund);
		/// until then either party may [cancel](Pallet::cancel) it, and the deposit returns. The fee
		/// rate is fixed now: the protocol's, less what the provider is spared. So is the agent that
		/// answers for the contract: the one that works under the provider's account, if one does.
		///
		/// - Origin: signed by the client.
		/// - Event: [`Event::ContractOpened`].
		/// - Errors: [`Error::ProviderIsClient`], [`Error::ProviderNotFound`],
		///   [`Error::ReviewPeriodTooShort`], [`Error::ReviewPeriodTooLong`],
		///   [`Error::NoMilestones`], [`Error::TooManyMilestones`], [`Error::AmountZero`],
		///   [`Error::AmountTooSmall`], [`Error::RateZero`], [`Error::UnitPriceZero`],
		///   [`Error::UnitsZero`], [`Error::DueNotInFuture`], [`Error::DueTooFar`],
		///   [`Error::NoApprovers`], [`Error::TooManyApprovers`], [`Error::ThresholdInvalid`],
		///   [`Error::DuplicateApprover`], [`Error::ApproverIsParty`],
		///   [`Error::ApproversNotUsable`], an arithmetic overflow when the sum is no balance, and
		///   the currency's own when the deposit can't be held.
		/// - Complexity: O(milestones + approvers^2), both bounded.
		#[pallet::call_index(0)]
		#[pallet::weight(
			T::WeightInfo::open(match &agreement.payment {
				PaymentTerms::Milestones(milestones) => milestones.len().saturated_into(),
				_ => 1,
			})
			.saturating_add(T::Rebate::weight())
		)]
		pub fn open(
			origin: OriginFor<T>,
			provider: T::AccountId,
			agreement: Agreement<T::AccountId>,
		) -> DispatchResult {
			let client = ensure_signed(origin)?;
			Self::do_open(client, provider, agreement)
		}

		/// Holds all of a contract's money, and the client's bond, on the client: the provider may
		/// start.
		///
		/// `expected` must be what is to be paid out, without the bond, so that a contract which is
		/// not the one the client saw (its id may name another after a fork) takes no money. From
		/// here on the client can't get the money of milestones back by itself: it goes to the
		/// provider, or returns when the provider is late or gives up.
		///
		/// - Origin: signed by the client.
		/// - Event: [`Event::ContractFunded`].
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotClient`], [`Error::AlreadyFunded`],
		///   [`Error::NotAccepted`], [`Error::TotalMismatch`], [`Error::MilestoneOverdue`],
		///   [`Error::AmountTooSmall`], [`Error::AgentChanged`], and the currency's own when the
		///   money can't be held.
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::fund())]
		pub fn fund(
			origin: OriginFor<T>,
			contract: ContractId,
			expected: Balance,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_fund(caller, contract, expected)
		}

		/// Closes a contract on which nobody works yet, and returns all that is held for it.
		///
		/// - Origin: as long as the contract is not funded, signed by client or provider at any
		///   time, and by anybody once the earliest due block or the end of a stream or a meter has
		///   passed, since it can't be funded any more. Funded, signed by the provider as long as it
		///   has not started: the client asked for nothing that it isn't given.
		/// - Event: [`Event::ContractClosed`]; before it, of a funded contract,
		///   [`Event::MilestoneRefunded`] for each milestone or [`Event::RemainderRefunded`].
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotParty`], [`Error::NotProvider`],
		///   [`Error::Controlled`], [`Error::AlreadyStarted`].
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::cancel().saturating_add(T::OnContractClosed::weight()))]
		pub fn cancel(origin: OriginFor<T>, contract: ContractId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_cancel(caller, contract)
		}

		/// Says that a milestone's work is done, and starts the client's review period. The first
		/// submission starts the contract, if the provider has not.
		///
		/// `evidence` is the hash of what the provider shows for it. A client that does not agree
		/// has the review period to [dispute](Pallet::dispute) it or to agree on a
		/// [split](Pallet::offer_split); its silence pays the provider. Offers to divide the
		/// milestone that were made before are gone.
		///
		/// - Origin: signed by the provider.
		/// - Event: [`Event::MilestoneSubmitted`]; before it [`Event::ContractStarted`], if it
		///   starts.
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotProvider`], [`Error::Controlled`],
		///   [`Error::NotFunded`], [`Error::NotPaidByMilestones`], [`Error::MilestoneNotFound`],
		///   [`Error::MilestoneConcluded`], [`Error::UnderDispute`], [`Error::AlreadySubmitted`],
		///   [`Error::DuePassed`].
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::submit())]
		pub fn submit(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
			evidence: EvidenceHash,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_submit(caller, contract, milestone, evidence)
		}

		/// Pays a milestone to the provider, submitted or not, also after its due block.
		///
		/// The fee goes to the treasury. What the provider's account can't take becomes a claim; a
		/// fee that the treasury's account can't take is waived. The last outstanding milestone
		/// closes the contract.
		///
		/// - Origin: signed by the client.
		/// - Event: [`Event::MilestoneReleased`]; also [`Event::ContractClosed`] for the last
		///   milestone, and [`Event::ClaimOpened`] for each new claim.
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotClient`], [`Error::NotFunded`],
		///   [`Error::NotPaidByMilestones`], [`Error::MilestoneNotFound`],
		///   [`Error::MilestoneConcluded`], [`Error::UnderDispute`].
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::release().saturating_add(T::OnContractClosed::weight()))]
		pub fn release(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_release(caller, contract, milestone)
		}

		/// Pays a submitted milestone to the provider once the client's review period has elapsed.
		///
		/// The client's silence pays the provider. Money moves as in [`Pallet::release`].
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::MilestoneReleased`]; also [`Event::ContractClosed`] for the last
		///   milestone, and [`Event::ClaimOpened`] for each new claim.
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotFunded`],
		///   [`Error::NotPaidByMilestones`], [`Error::MilestoneNotFound`],
		///   [`Error::MilestoneConcluded`], [`Error::UnderDispute`], [`Error::NotSubmitted`],
		///   [`Error::ReviewPeriodNotElapsed`].
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::settle().saturating_add(T::OnContractClosed::weight()))]
		pub fn settle(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle(contract, milestone)
		}

		/// Returns a milestone's money to the client. No fee is taken.
		///
		/// A milestone that a provider missed, who had started by its due block, costs the provider
		/// [`Config::MissedSlash`] of the milestone's share of its bond. The last outstanding
		/// milestone closes the contract.
		///
		/// - Origin: signed by the provider at any time, by anybody when the due block has passed
		///   without a submission.
		/// - Event: [`Event::MilestoneRefunded`]; also [`Event::BondSlashed`] if the bond is
		///   slashed, [`Event::ContractClosed`] for the last milestone, and [`Event::ClaimOpened`]
		///   for each new claim.
		/// - Errors: [`Error::ContractNotFound`], [`Error::Controlled`], [`Error::NotFunded`],
		///   [`Error::NotPaidByMilestones`], [`Error::MilestoneNotFound`],
		///   [`Error::MilestoneConcluded`], [`Error::UnderDispute`], [`Error::NotProvider`] for
		///   submitted work, [`Error::DueNotPassed`].
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::refund().saturating_add(T::OnContractClosed::weight()))]
		pub fn refund(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_refund(caller, contract, milestone)
		}

		/// Pays a claim in full, once the payee's account can take it.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::ClaimCollected`].
		/// - Errors: [`Error::ClaimNotFound`], [`Error::PayeeNotCreditable`].
		/// - Complexity: O(1).
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::collect())]
		pub fn collect(
			origin: OriginFor<T>,
			contract: ContractId,
			kind: ClaimKind,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_collect(contract, kind)
		}

		/// Agrees to a contract that is not funded yet, and holds the provider's bond.
		///
		/// A contract that asks for a provider's bond can't be funded before. `bonds` and `total`
		/// must be what the contract says, so that one which the provider did not see takes no bond.
		/// The provider may still [cancel](Pallet::cancel), until it starts.
		///
		/// - Origin: signed by the provider.
		/// - Event: [`Event::ContractAccepted`].
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotProvider`], [`Error::AlreadyFunded`],
		///   [`Error::AlreadyAccepted`], [`Error::BondsMismatch`], [`Error::TotalMismatch`], and the
		///   currency's own when the bond can't be held.
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::accept())]
		pub fn accept(
			origin: OriginFor<T>,
			contract: ContractId,
			bonds: Bonds,
			total: Balance,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_accept(caller, contract, bonds, total)
		}

		/// Says that the provider has seen the money and works. A stream costs from here on.
		///
		/// From here on the provider answers with its bond for every due block that has not passed,
		/// and can't [cancel](Pallet::cancel) any more.
		///
		/// - Origin: signed by the provider.
		/// - Event: [`Event::ContractStarted`].
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotProvider`], [`Error::Controlled`],
		///   [`Error::NotFunded`], [`Error::AlreadyStarted`], [`Error::DuePassed`] when it is too
		///   late for all of the work.
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::start())]
		pub fn start(origin: OriginFor<T>, contract: ContractId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_start(caller, contract)
		}

		/// Agrees that a submitted milestone be released. The last approval that it takes pays the
		/// provider as [`Pallet::release`] does.
		///
		/// - Origin: signed by one of the contract's approvers.
		/// - Event: [`Event::MilestoneApproved`]; also [`Event::MilestoneReleased`] for the last
		///   approval, [`Event::ContractClosed`] for the last milestone, and [`Event::ClaimOpened`]
		///   for each new claim.
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotApprover`], [`Error::NotFunded`],
		///   [`Error::MilestoneNotFound`], [`Error::MilestoneConcluded`], [`Error::UnderDispute`],
		///   [`Error::NotSubmitted`], [`Error::AlreadyApproved`].
		/// - Complexity: O(milestones + approvers), bounded.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::approve().saturating_add(T::OnContractClosed::weight()))]
		pub fn approve(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_approve(caller, contract, milestone)
		}

		/// Pays what a stream has earned since the last time, and never more than is held.
		///
		/// However often it is called, the fees together are those of one payment.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::StreamPaid`]; also [`Event::StreamPaused`] when nothing is left, and
		///   [`Event::ClaimOpened`] for a new claim.
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotFunded`], [`Error::NotStream`],
		///   [`Error::UnderDispute`], [`Error::NotStarted`], [`Error::NothingEarned`].
		/// - Complexity: O(1).
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::settle_stream())]
		pub fn settle_stream(origin: OriginFor<T>, contract: ContractId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle_stream(contract)
		}

		/// Puts more money into a stream: what the caller gives is the client's own from here on,
		/// and held on the client.
		///
		/// What was earned is settled before. A paused stream goes on; the time in which it had no
		/// money is not charged. The caller's account keeps the existential deposit.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::StreamToppedUp`]; before it those of [`Pallet::settle_stream`], if
		///   something was earned.
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotFunded`], [`Error::NotStream`],
		///   [`Error::UnderDispute`], [`Error::AmountZero`], [`Error::TopUpUnusable`], an arithmetic
		///   overflow, and the currency's own when the caller can't pay or the client's account
		///   can't take it.
		/// - Complexity: O(1).
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::top_up())]
		pub fn top_up(
			origin: OriginFor<T>,
			contract: ContractId,
			amount: Balance,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_top_up(caller, contract, amount)
		}

		/// Ends a stream or a meter, and returns to the client what it still holds.
		///
		/// A stream pays what was earned first, and closes at once. A meter closes at once when its
		/// provider asks; when its client does, the provider has one review period to bring in a
		/// last voucher, and then anybody may stop it.
		///
		/// - Origin: signed by a party at any time; by anybody once the time is over: of a stream
		///   after its end, of a meter when no voucher is taken any more. The provider of a contract
		///   with a controller goes through the controller before that.
		/// - Event: [`Event::RemainderRefunded`] and [`Event::ContractClosed`], before them those of
		///   [`Pallet::settle_stream`], if something was earned; or [`Event::MeterStopping`].
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotFunded`], [`Error::PaidByMilestones`],
		///   [`Error::UnderDispute`], [`Error::NotParty`], [`Error::Controlled`],
		///   [`Error::NoticeNotElapsed`].
		/// - Complexity: O(1).
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::stop().saturating_add(T::OnContractClosed::weight()))]
		pub fn stop(origin: OriginFor<T>, contract: ContractId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_stop(caller, contract)
		}

		/// Bills the units that the client has signed for, and that are not billed yet.
		///
		/// Only the latest voucher is of use: it counts all units since the start. The first one
		/// starts the contract, if the provider has not; the last unit closes it.
		///
		/// - Origin: signed by the provider.
		/// - Event: [`Event::UnitsBilled`]; also [`Event::ContractStarted`] before it, if it starts,
		///   [`Event::ContractClosed`] for the last unit, and [`Event::ClaimOpened`] for each new
		///   claim.
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotProvider`], [`Error::NotFunded`],
		///   [`Error::NotMetered`], [`Error::UnderDispute`], [`Error::ForeignVoucher`],
		///   [`Error::VoucherTooLate`], [`Error::VoucherOutdated`], [`Error::UnitsDecreased`],
		///   [`Error::NothingEarned`] when it bills no new unit, [`Error::UnitsAboveCap`],
		///   [`Error::VoucherInvalid`].
		/// - Complexity: O(1); the signature is verified against two forms of the payload at most.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::redeem().saturating_add(T::OnContractClosed::weight()))]
		pub fn redeem(
			origin: OriginFor<T>,
			contract: ContractId,
			voucher: Voucher,
			signature: T::Signature,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_redeem(caller, contract, voucher, signature)
		}

		/// Offers to divide an outstanding milestone's money: `provider_share` for the provider, the
		/// fee included, and the rest back to the client.
		///
		/// An earlier offer for the milestone, by whom it was, is gone. The offer stands until it is
		/// withdrawn, replaced or accepted, or the milestone is submitted, disputed or concluded.
		///
		/// - Origin: signed by client or provider.
		/// - Event: [`Event::SplitOffered`].
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotParty`], [`Error::NotFunded`],
		///   [`Error::NotPaidByMilestones`], [`Error::MilestoneNotFound`],
		///   [`Error::MilestoneConcluded`], [`Error::UnderDispute`], [`Error::ShareTooLarge`].
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::offer_split())]
		pub fn offer_split(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
			provider_share: Balance,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_offer_split(caller, contract, milestone, provider_share)
		}

		/// Takes the caller's own offer to divide a milestone back.
		///
		/// - Origin: signed by the party that made it.
		/// - Event: [`Event::SplitWithdrawn`].
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotParty`], [`Error::NotFunded`],
		///   [`Error::NotPaidByMilestones`], [`Error::MilestoneNotFound`],
		///   [`Error::MilestoneConcluded`], [`Error::UnderDispute`], [`Error::SplitNotFound`].
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::withdraw_split())]
		pub fn withdraw_split(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_withdraw_split(caller, contract, milestone)
		}

		/// Accepts the other party's offer, which divides the milestone's money for good.
		///
		/// `expected` must be the provider's share that is on offer, so that an offer which was
		/// replaced in the meantime is not accepted. No bond is slashed, whatever the due block. The
		/// last outstanding milestone closes the contract.
		///
		/// - Origin: signed by the party that did not make the offer.
		/// - Event: [`Event::MilestoneSplit`]; also [`Event::ContractClosed`] for the last
		///   milestone, and [`Event::ClaimOpened`] for each new claim.
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotParty`], [`Error::NotFunded`],
		///   [`Error::NotPaidByMilestones`], [`Error::MilestoneNotFound`],
		///   [`Error::MilestoneConcluded`], [`Error::UnderDispute`], [`Error::SplitNotFound`],
		///   [`Error::OwnSplit`], [`Error::SplitMismatch`].
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(17)]
		#[pallet::weight(
			T::WeightInfo::accept_split().saturating_add(T::OnContractClosed::weight())
		)]
		pub fn accept_split(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: MilestoneIndex,
			expected: Balance,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_accept_split(caller, contract, milestone, expected)
		}

		/// Asks for a ruling on a submitted milestone, or on all that a stream or a meter holds.
		///
		/// From here on nothing but the ruling moves that money. `claim` is the share that the client
		/// says is its own. It pays what the case costs. A stream earns nothing while it waits, and
		/// what it had earned but not settled is at stake as well. The provider has nothing to
		/// dispute: silence, time and vouchers pay it.
		///
		/// - Origin: signed by the client; for a milestone in its review period, for a stream or a
		///   meter that started, up to one review period after its end.
		/// - Event: [`Event::DisputeOpened`].
		/// - Errors: [`Error::ContractNotFound`], [`Error::NotClient`], [`Error::NotFunded`],
		///   [`Error::PaidByMilestones`], [`Error::NotPaidByMilestones`],
		///   [`Error::MilestoneNotFound`], [`Error::MilestoneConcluded`], [`Error::UnderDispute`],
		///   [`Error::NotSubmitted`], [`Error::NotStarted`], [`Error::NothingHeld`],
		///   [`Error::DisputeTooLate`], and the court's own.
		/// - Complexity: O(milestones), bounded.
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::dispute().saturating_add(T::Arbitration::weight()))]
		pub fn dispute(
			origin: OriginFor<T>,
			contract: ContractId,
			milestone: Option<MilestoneIndex>,
			claim: Tenths,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_dispute(caller, contract, milestone, claim)
		}
	}
}
