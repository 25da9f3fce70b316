//! The calls. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Offers what the caller's agent can do, on `terms` that never change, and holds the storage
		/// deposit on the caller.
		///
		/// Whoever hires by the offer needs no consent: the offer is the consent, and each time the
		/// provider's bond is held on the caller.
		///
		/// - Origin: signed by the wallet of an active agent.
		/// - Event: [`Event::OfferCreated`].
		/// - Errors: [`Error::NotAgentWallet`], [`Error::AgentNotActive`], [`Error::TagNotFound`],
		///   [`Error::TagRetired`], [`Error::NotACapability`], [`Error::NameMalformed`],
		///   [`Error::NoGpus`], [`Error::PriceZero`], [`Error::UnitsZero`],
		///   [`Error::UnitsOutOfOrder`], or when the deposit can't be held.
		/// - Complexity: O(1).
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_offer())]
		pub fn create_offer(origin: OriginFor<T>, terms: OfferTerms) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_create_offer(caller, terms)
		}

		/// Takes no new work by an offer for now. Bids by it can't be assigned, nor take over.
		///
		/// - Origin: signed by the account that made the offer.
		/// - Event: [`Event::OfferPaused`].
		/// - Errors: [`Error::OfferNotFound`], [`Error::NotOfferAccount`], [`Error::OfferNotOpen`].
		/// - Complexity: O(1).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::pause_offer())]
		pub fn pause_offer(origin: OriginFor<T>, offer: OfferId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_pause_offer(caller, offer)
		}

		/// Takes new work by a paused offer again.
		///
		/// - Origin: signed by the account that made the offer.
		/// - Event: [`Event::OfferResumed`].
		/// - Errors: [`Error::OfferNotFound`], [`Error::NotOfferAccount`],
		///   [`Error::OfferNotPaused`].
		/// - Complexity: O(1).
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::resume_offer())]
		pub fn resume_offer(origin: OriginFor<T>, offer: OfferId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_resume_offer(caller, offer)
		}

		/// Removes an offer by which nobody works, and returns its deposit to the account that made
		/// it.
		///
		/// - Origin: signed by the account that made the offer; by anybody when the agent left the
		///   registry or works under another wallet.
		/// - Event: [`Event::OfferWithdrawn`].
		/// - Errors: [`Error::OfferNotFound`], [`Error::NotOfferAccount`], [`Error::OfferInUse`].
		/// - Complexity: O(1).
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::withdraw_offer())]
		pub fn withdraw_offer(origin: OriginFor<T>, offer: OfferId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_withdraw_offer(caller, offer)
		}

		/// Posts a job and takes bids for it up to the active block `bidding.until`; the caller may
		/// assign it up to `bidding.assign_by`.
		///
		/// Holds the storage deposits on the caller, and no other money until the job is assigned.
		///
		/// - Origin: signed; the caller becomes the client.
		/// - Event: [`Event::JobPosted`].
		/// - Errors: [`Error::UriEmpty`], [`Error::UriTooLong`], [`Error::UriMalformed`],
		///   [`Error::UnitsZero`], [`Error::NoMilestones`], [`Error::ShareZero`],
		///   [`Error::SharesNotWhole`], [`Error::DurationZero`], [`Error::DurationTooLong`],
		///   [`Error::ReviewPeriodTooShort`], [`Error::ReviewPeriodTooLong`],
		///   [`Error::TagNotFound`], [`Error::TagRetired`], [`Error::NotACapability`],
		///   [`Error::NameMalformed`], [`Error::TooManyBackups`], [`Error::PriceZero`],
		///   [`Error::PriceTooLow`], [`Error::BiddingEndNotInFuture`],
		///   [`Error::AssignmentBeforeBiddingEnd`], [`Error::AssignmentTooLate`], or when the deposits
		///   can't be held.
		/// - Complexity: linear in the length of the URI, and in the milestones, which are bounded.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::post(work.specification.uri.len().saturated_into()))]
		pub fn post(
			origin: OriginFor<T>,
			work: WorkTerms<T::AccountId, Vec<u8>>,
			demand: Demand,
			bidding: BiddingWindow,
		) -> DispatchResult {
			let client = ensure_signed(origin)?;
			Self::do_post(client, work, demand, bidding)
		}

		/// Bids for a job by one of the caller's offers, and holds the bond on the caller.
		///
		/// It takes the place of an earlier bid of the same agent or account. In a full list it takes
		/// the place of the weakest bid: the one with the lowest bond, of these the one with the
		/// highest price, of these the latest. Does not bind the client, and the bidder may withdraw
		/// it at any time.
		///
		/// - Origin: signed by the wallet of an active agent.
		/// - Event: [`Event::BidPlaced`], after [`Event::BidReleased`] for each bid whose place it
		///   takes.
		/// - Errors: [`Error::JobNotFound`], [`Error::AlreadyAssigned`], [`Error::BiddingEnded`],
		///   [`Error::NotAgentWallet`], [`Error::OfferNotFound`], [`Error::NotOfferAccount`],
		///   [`Error::AgentNotActive`], [`Error::OwnJob`], [`Error::OfferNotOpen`],
		///   [`Error::OfferExhausted`], [`Error::CapabilityMismatch`], [`Error::UnitMismatch`],
		///   [`Error::RequirementsNotMet`], [`Error::UnitsOutOfRange`],
		///   [`Error::ReputationTooLow`], [`Error::PriceZero`], [`Error::PriceAboveLimit`],
		///   [`Error::PriceTooLow`], [`Error::BondTooSmall`], [`Error::BidTooWeak`],
		///   [`Error::PayeeNotCreditable`], or when the bond can't be held.
		/// - Complexity: linear in the number of bids, which is bounded.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::bid().saturating_add(T::Reputation::weight()))]
		pub fn bid(
			origin: OriginFor<T>,
			job: JobId,
			terms: BidTerms,
			stays_as_backup: bool,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_bid(caller, job, terms, stays_as_backup)
		}

		/// Takes the caller's bid back, also when it stayed as a backup, and returns its bond.
		///
		/// - Origin: signed by the account that bid.
		/// - Event: [`Event::BidReleased`].
		/// - Errors: [`Error::BidNotFound`].
		/// - Complexity: linear in the number of bids, which is bounded.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::withdraw_bid())]
		pub fn withdraw_bid(origin: OriginFor<T>, job: JobId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_withdraw_bid(caller, job)
		}

		/// Gives the job to `agent`, whose bid must be the `expected` one.
		///
		/// The winner's bond moves to the escrow, and all of the client's money for the job is held
		/// there. Of the other bids that want to stay and ask for no more, the dearest stay as backups,
		/// as many as the job asks for; all others are released.
		///
		/// - Origin: signed by the client, up to `assign_by`, also while bids are still taken.
		/// - Event: [`Event::JobAssigned`], after [`Event::BidReleased`] for each bid that goes.
		/// - Errors: [`Error::JobNotFound`], [`Error::NotClient`], [`Error::AlreadyAssigned`],
		///   [`Error::AssignmentEnded`], [`Error::BidNotFound`], [`Error::BidChanged`],
		///   [`Error::WalletChanged`], [`Error::AgentNotActive`], [`Error::OwnJob`],
		///   [`Error::OfferNotFound`], [`Error::OfferNotOpen`], [`Error::OfferExhausted`],
		///   [`Error::PayeeNotCreditable`], and the escrow's own, such as when the client's money does
		///   not suffice.
		/// - Complexity: linear in the number of bids, which is bounded.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::assign(MAX_BIDS).saturating_add(T::Escrow::engage_weight()))]
		pub fn assign(
			origin: OriginFor<T>,
			job: JobId,
			agent: AgentId,
			expected: BidTerms,
		) -> DispatchResultWithPostInfo {
			let caller = ensure_signed(origin)?;
			let bids = Self::do_assign(caller, job, agent, expected)?;
			let weight = T::WeightInfo::assign(bids).saturating_add(T::Escrow::engage_weight());
			Ok(Some(weight).into())
		}

		/// Hires the provider of an offer at the offer's price, without bidding.
		///
		/// Posts the job and assigns it in one. The price is the offer's for each unit of a meter,
		/// that times the units for milestones, and that divided by the blocks, rounded down, for a
		/// stream; it must be `expected_price`. There are no backups.
		///
		/// - Origin: signed; the caller becomes the client.
		/// - Events: [`Event::JobPosted`], [`Event::JobAssigned`].
		/// - Errors: those of [`Pallet::post`] about the work; [`Error::OfferNotFound`],
		///   [`Error::TagRetired`], [`Error::PriceChanged`], [`Error::UnitsOutOfRange`],
		///   [`Error::PriceZero`], [`Error::PriceTooLow`], [`Error::WalletChanged`],
		///   [`Error::AgentNotActive`], [`Error::OwnJob`], [`Error::OfferNotOpen`],
		///   [`Error::OfferExhausted`], the escrow's own, or when the deposits can't be held.
		/// - Complexity: linear in the length of the URI, and in the milestones, which are bounded.
		#[pallet::call_index(8)]
		#[pallet::weight(
			T::WeightInfo::hire(work.specification.uri.len().saturated_into())
				.saturating_add(T::Escrow::engage_weight())
		)]
		pub fn hire(
			origin: OriginFor<T>,
			offer: OfferId,
			work: WorkTerms<T::AccountId, Vec<u8>>,
			expected_price: Balance,
		) -> DispatchResult {
			let client = ensure_signed(origin)?;
			Self::do_hire(client, offer, work, expected_price)
		}

		/// Says that the provider starts. From here on a missed due block costs it, and a stream
		/// counts.
		///
		/// Also after the latest start, as long as nobody has reported it.
		///
		/// - Origin: signed by the account that does the job.
		/// - Event: [`Event::JobStarted`].
		/// - Errors: [`Error::JobNotFound`], [`Error::NotAssigned`], [`Error::NotProvider`], and the
		///   escrow's own.
		/// - Complexity: O(1).
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::start().saturating_add(T::Escrow::start_weight()))]
		pub fn start(origin: OriginFor<T>, job: JobId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_start(caller, job)
		}

		/// Files a receipt, by its hash.
		///
		/// That of a milestone of the plan is the evidence with which it is submitted for review. Of
		/// a stream or a meter, which have no milestones, it says what was done so far, and takes the
		/// place of the one before.
		///
		/// - Origin: signed by the account that does the job.
		/// - Event: [`Event::ReceiptFiled`].
		/// - Errors: [`Error::JobNotFound`], [`Error::NotAssigned`], [`Error::NotProvider`],
		///   [`Error::MilestoneNotFound`], [`Error::NotStarted`], and the escrow's own, such as when
		///   the due block has passed.
		/// - Complexity: linear in the number of receipts, which is bounded.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::submit().saturating_add(T::Escrow::submit_weight()))]
		pub fn submit(
			origin: OriginFor<T>,
			job: JobId,
			milestone: Option<PlanIndex>,
			evidence: EvidenceHash,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_submit(caller, job, milestone, evidence)
		}

		/// Says that the provider can't do the job, or what is left of it.
		///
		/// What is done stays paid; what is not goes on to the first backup that can take over at or
		/// below what is left, or back to the client, and the job ends. A stream or a meter whose time
		/// is over always ends, and so does a meter that its client has stopped.
		///
		/// - Origin: signed by the account that does the job.
		/// - Events: [`Event::LeaseEnded`], [`Event::BidReleased`] for each backup that could not take
		///   over, and then [`Event::JobAssigned`] or [`Event::JobSettled`].
		/// - Errors: [`Error::JobNotFound`], [`Error::NotAssigned`], [`Error::NotProvider`],
		///   [`Error::UnderReview`], and the escrow's own.
		/// - Complexity: linear in the number of backups, which is bounded.
		#[pallet::call_index(11)]
		#[pallet::weight(
			Pallet::<T>::failure_weight(T::WeightInfo::give_up(MAX_BACKUPS), MAX_BACKUPS)
		)]
		pub fn give_up(origin: OriginFor<T>, job: JobId) -> DispatchResultWithPostInfo {
			let caller = ensure_signed(origin)?;
			let backups = Self::do_give_up(caller, job)?;
			let weight = Self::failure_weight(T::WeightInfo::give_up(backups), backups);
			Ok(Some(weight).into())
		}

		/// Reports that a provider missed its latest start, or a due block after it started.
		///
		/// Then happens what happens when it gives up. A missed start costs the provider nothing but
		/// the job; a missed due block costs a part of its bond.
		///
		/// - Origin: signed by anybody.
		/// - Events: as for [`Pallet::give_up`].
		/// - Errors: [`Error::JobNotFound`], [`Error::NotAssigned`], [`Error::UnderReview`],
		///   [`Error::NotOverdue`], and the escrow's own.
		/// - Complexity: linear in the number of backups, which is bounded.
		#[pallet::call_index(12)]
		#[pallet::weight(
			Pallet::<T>::failure_weight(T::WeightInfo::report(MAX_BACKUPS), MAX_BACKUPS)
		)]
		pub fn report(origin: OriginFor<T>, job: JobId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let backups = Self::do_report(job)?;
			let weight = Self::failure_weight(T::WeightInfo::report(backups), backups);
			Ok(Some(weight).into())
		}

		/// Takes back a job that nobody has: returns every bond, and the client's deposits.
		///
		/// - Origin: signed by the client.
		/// - Event: [`Event::JobCancelled`], after [`Event::BidReleased`] for each bid.
		/// - Errors: [`Error::JobNotFound`], [`Error::NotClient`], [`Error::AlreadyAssigned`].
		/// - Complexity: linear in the number of bids, which is bounded.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::cancel(MAX_BIDS))]
		pub fn cancel(origin: OriginFor<T>, job: JobId) -> DispatchResultWithPostInfo {
			let caller = ensure_signed(origin)?;
			let bids = Self::do_cancel(caller, job)?;
			Ok(Some(T::WeightInfo::cancel(bids)).into())
		}

		/// Ends a job that nobody got in time: returns every bond, and the client's deposits.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::JobExpired`], after [`Event::BidReleased`] for each bid.
		/// - Errors: [`Error::JobNotFound`], [`Error::AlreadyAssigned`],
		///   [`Error::AssignmentNotEnded`].
		/// - Complexity: linear in the number of bids, which is bounded.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::expire(MAX_BIDS))]
		pub fn expire(origin: OriginFor<T>, job: JobId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let bids = Self::do_expire(job)?;
			Ok(Some(T::WeightInfo::expire(bids)).into())
		}

		/// Removes what is kept of a settled job once [`Config::RetentionPeriod`] has elapsed, and
		/// returns the client's deposit for it.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::JobForgotten`].
		/// - Errors: [`Error::JobNotFound`], [`Error::RetentionPeriodNotElapsed`].
		/// - Complexity: linear in the number of leases, which is bounded.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::forget())]
		pub fn forget(origin: OriginFor<T>, job: JobId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_forget(job)
		}

		/// Releases an account's own money that could not be released before.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::ClaimCollected`].
		/// - Errors: [`Error::ClaimNotFound`], [`Error::PayeeNotCreditable`].
		/// - Complexity: O(1).
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::collect())]
		pub fn collect(
			origin: OriginFor<T>,
			account: T::AccountId,
			kind: ClaimKind,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_collect(account, kind)
		}
	}
}
