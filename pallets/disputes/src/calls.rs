//! The calls. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Offers to settle: the client gets `client_share`, the provider the rest. Replaces an offer
		/// that stands.
		///
		/// - Origin: signed by a party.
		/// - Event: [`Event::SettlementOffered`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::NotParty`], [`Error::SettlementOver`],
		///   [`Error::AlreadyRuled`].
		/// - Complexity: O(1).
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::offer())]
		pub fn offer(origin: OriginFor<T>, case: CaseId, client_share: Perbill) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_offer(caller, case, client_share)
		}

		/// Accepts the offer that stands, which must be of `client_share`. The case is ruled so and
		/// closes, and what both sides staked returns with the filing fee.
		///
		/// - Origin: signed by the party that did not make the offer.
		/// - Event: [`Event::CaseRuled`], [`Event::CaseClosed`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::NotParty`], [`Error::SettlementOver`],
		///   [`Error::AlreadyRuled`], [`Error::OfferNotFound`], [`Error::OwnOffer`],
		///   [`Error::OfferMismatch`].
		/// - Complexity: O(evidence), bounded, and the ruling's execution.
		#[pallet::call_index(1)]
		#[pallet::weight(
			T::WeightInfo::accept()
				.saturating_add(Pallet::<T>::unheard_weight(Pallet::<T>::most_evidence()))
		)]
		pub fn accept(
			origin: OriginFor<T>,
			case: CaseId,
			client_share: Perbill,
		) -> DispatchResultWithPostInfo {
			let caller = ensure_signed(origin)?;
			let weight = Self::do_accept(caller, case, client_share)?;
			Ok(Some(weight).into())
		}

		/// Files the respondent's claim: what it says is the client's. Where the case has a court, its
		/// fee for the first round is held on the caller. Without a defence the opener's claim stands.
		/// A claim that leaves the opener what it claims, or more, settles the case at once in the middle
		/// of both, and costs nothing.
		///
		/// - Origin: signed by the party that did not open the case.
		/// - Event: [`Event::CaseDefended`]; if it settles [`Event::CaseRuled`] and
		///   [`Event::CaseClosed`] too.
		/// - Errors: [`Error::CaseNotFound`], [`Error::NotParty`], [`Error::NotRespondent`],
		///   [`Error::SettlementOver`], [`Error::AlreadyRuled`], [`Error::AlreadyDefended`], and the
		///   currency's when the fee can't be held.
		/// - Complexity: O(1), and if it settles O(evidence), bounded, and the ruling's execution.
		#[pallet::call_index(2)]
		#[pallet::weight(
			T::WeightInfo::defend()
				.saturating_add(Pallet::<T>::unheard_weight(Pallet::<T>::most_evidence()))
		)]
		pub fn defend(
			origin: OriginFor<T>,
			case: CaseId,
			claim: Tenths,
		) -> DispatchResultWithPostInfo {
			let caller = ensure_signed(origin)?;
			let weight = Self::do_defend(caller, case, claim)?;
			Ok(Some(weight).into())
		}

		/// Files evidence. A deposit is held on the caller until the case closes.
		///
		/// - Origin: signed by a party.
		/// - Event: [`Event::EvidenceSubmitted`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::NotParty`], [`Error::AlreadyRuled`],
		///   [`Error::EvidenceClosed`], [`Error::TooMuchEvidence`], [`Error::UriTooLong`],
		///   [`Error::UriMalformed`], and the currency's when the deposit can't be held.
		/// - Complexity: O(length of the URI), bounded.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::submit_evidence())]
		pub fn submit_evidence(
			origin: OriginFor<T>,
			case: CaseId,
			kind: EvidenceKind,
			uri: Vec<u8>,
			hash: DocumentHash,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_submit_evidence(caller, case, kind, uri, hash)
		}

		/// Rules by what the chain itself knows, with the help of `document`, which may be empty, and
		/// closes the case. Works while the parties may settle.
		///
		/// - Origin: any signed.
		/// - Event: [`Event::CaseRuled`], [`Event::CaseClosed`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::AlreadyRuled`], [`Error::SettlementOver`],
		///   [`Error::DocumentTooLong`], [`Error::NoFact`].
		/// - Complexity: O(length of the document + evidence), bounded, and the ruling's execution.
		#[pallet::call_index(4)]
		#[pallet::weight(
			T::Facts::weight(document.len().saturated_into())
				.saturating_add(Pallet::<T>::unheard_weight(Pallet::<T>::most_evidence()))
		)]
		pub fn rule_by_facts(
			origin: OriginFor<T>,
			case: CaseId,
			document: Vec<u8>,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let weight = Self::do_rule_by_facts(case, &document)?;
			Ok(Some(weight).into())
		}

		/// Commits a juror to a vote, for all its seats: the hash that
		/// [`Vote::commitment`](aitbc_core::Vote::commitment) gives. It can't be replaced.
		///
		/// - Origin: signed by a member of the jury.
		/// - Event: [`Event::VoteCommitted`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::NotVoting`], [`Error::VotingNotBegun`],
		///   [`Error::NotJuror`], [`Error::AlreadyCommitted`], [`Error::CommitOver`].
		/// - Complexity: O(seats), bounded.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::commit())]
		pub fn commit(origin: OriginFor<T>, case: CaseId, commitment: H256) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_commit(caller, case, commitment)
		}

		/// Shows the vote that the caller committed to.
		///
		/// - Origin: signed by a member of the jury.
		/// - Event: [`Event::VoteRevealed`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::NotVoting`], [`Error::NotJuror`],
		///   [`Error::RevealNotBegun`], [`Error::RevealOver`], [`Error::NotCommitted`],
		///   [`Error::CommitmentMismatch`].
		/// - Complexity: O(seats), bounded.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::reveal())]
		pub fn reveal(
			origin: OriginFor<T>,
			case: CaseId,
			choice: Choice,
			salt: Salt,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_reveal(caller, case, choice, salt)
		}

		/// Shows the vote of somebody else while votes are secret. It is void; a part of what its
		/// juror loses by it is the caller's.
		///
		/// - Origin: signed by anybody but the juror.
		/// - Event: [`Event::VoteDenounced`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::NotVoting`], [`Error::NotJuror`],
		///   [`Error::OwnVote`], [`Error::NoLongerSecret`], [`Error::NotCommitted`],
		///   [`Error::CommitmentMismatch`].
		/// - Complexity: O(seats), bounded.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::denounce().saturating_add(T::Jurors::forfeit_weight()))]
		pub fn denounce(
			origin: OriginFor<T>,
			case: CaseId,
			juror: T::AccountId,
			choice: Choice,
			salt: Salt,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_denounce(caller, case, juror, choice, salt)
		}

		/// Stakes for `side` in the next round. The first stake is an appeal, by the side that lost,
		/// in the first half of the time: twice the round's fee, and a deposit. The second is the
		/// other side's, and is the fee; it begins the round.
		///
		/// - Origin: any signed. What it stakes returns to it, or is lost, with the side.
		/// - Event: [`Event::SideStaked`]; with the second stake [`Event::JuryRequested`] too, or, if no
		///   jury can be had, [`Event::RoundFailed`] and [`Event::CaseRuled`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::AlreadyRuled`], [`Error::NotAppealable`],
		///   [`Error::LastInstance`], [`Error::NotLoser`], [`Error::AlreadyStaked`],
		///   [`Error::AppealOver`], and the currency's when the money can't be held.
		/// - Complexity: O(1), what asking for a jury takes, and the ruling's execution.
		#[pallet::call_index(8)]
		#[pallet::weight(
			T::WeightInfo::appeal().saturating_add(Pallet::<T>::drawing_weight())
		)]
		pub fn appeal(origin: OriginFor<T>, case: CaseId, side: Party) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_appeal(caller, case, side)
		}

		/// Takes the next step that is due and needs nobody's word: ends the time to settle, counts
		/// the votes, ends the time to appeal or that of governance, pays a round, and closes the case
		/// after the last. The fee is for the step that is taken.
		///
		/// - Origin: any signed.
		/// - Event: those of the step: [`Event::CaseRuled`], [`Event::JuryRequested`],
		///   [`Event::RoundJudged`], [`Event::JuryDismissed`], [`Event::RoundFailed`],
		///   [`Event::RoundPaid`], [`Event::CaseClosed`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::NothingDue`].
		/// - Complexity: O(seats + evidence), bounded, and the ruling's execution.
		#[pallet::call_index(9)]
		#[pallet::weight(Pallet::<T>::progress_weight())]
		pub fn progress(origin: OriginFor<T>, case: CaseId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let weight = Self::do_progress(case)?;
			Ok(Some(weight).into())
		}

		/// Rules in the place of the last instance's jury, until somebody takes the step that lets its
		/// outcome stand.
		///
		/// - Origin: [`Config::ForceOrigin`].
		/// - Event: [`Event::CaseRuled`].
		/// - Errors: [`Error::CaseNotFound`], [`Error::AlreadyRuled`], [`Error::NotLastInstance`].
		/// - Complexity: O(1), and the ruling's execution.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::force_rule().saturating_add(Pallet::<T>::ruling_weight()))]
		pub fn force_rule(
			origin: OriginFor<T>,
			case: CaseId,
			client_share: Perbill,
		) -> DispatchResult {
			T::ForceOrigin::ensure_origin(origin)?;
			Self::do_force_rule(case, client_share)
		}
	}
}
