//! The calls. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Names the key that the worker of the caller's node signs with, in the place of an earlier
		/// one, and holds [`Config::Deposit`], or what is missing of it.
		///
		/// `proof` is the key's signature over [`Statement::WorksFor`] the caller. Sending this is the
		/// consent to have digests and alarms of the node published.
		///
		/// - Origin: signed by a validator that is active in this era.
		/// - Event: [`Event::WorkerKeySet`].
		/// - Errors: [`Error::NotActive`], [`Error::KeyTaken`], [`Error::InvalidSignature`], and the
		///   currency's when the deposit can't be held.
		/// - Complexity: O(1).
		#[pallet::call_index(0)]
		pub fn set_worker_key(
			origin: OriginFor<T>,
			key: WorkerKey,
			proof: WorkerSignature,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_set_worker_key(caller, key, proof)
		}

		/// Takes the worker key of the caller back, and returns what is left of its deposit.
		///
		/// - Origin: signed by a validator, also one that is not active any more.
		/// - Event: [`Event::WorkerKeyRemoved`].
		/// - Errors: [`Error::NoWorkerKey`], [`Error::StillReporting`],
		///   [`Error::PayeeNotCreditable`].
		/// - Complexity: O(1).
		#[pallet::call_index(1)]
		pub fn remove_worker_key(origin: OriginFor<T>) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_remove_worker_key(caller)
		}

		/// Commits to the digest of `window`, which must be the one before the present.
		///
		/// - Origin: authorized by `signature`, that of the worker key over [`Statement::Commits`].
		/// - Event: [`Event::DigestCommitted`].
		/// - Errors, all of which refuse the transaction: [`Error::UnknownKey`],
		///   [`Error::ReporterNotActive`], [`Error::DepositTooLow`], [`Error::WrongWindow`],
		///   [`Error::AlreadyCommitted`], [`Error::TooManyReporters`], [`Error::InvalidSignature`].
		/// - Complexity: O(1).
		#[pallet::call_index(2)]
		#[pallet::authorize(Pallet::<T>::authorize_commit)]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_commit())]
		pub fn commit(
			origin: OriginFor<T>,
			key: WorkerKey,
			window: Window,
			commitment: Commitment,
			signature: WorkerSignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			// It is over what the transaction was authorized for.
			let _ = signature;
			Self::do_commit(key, window, commitment)
		}

		/// Reveals the digest of a window that is two before the present.
		///
		/// - Origin: authorized by `salt`, with which the digest is what the reporter committed to.
		/// - Event: [`Event::DigestRevealed`].
		/// - Errors, all of which refuse the transaction: [`Error::WrongWindow`],
		///   [`Error::NotCommitted`], [`Error::AlreadyRevealed`], [`Error::UnsoundDigest`],
		///   [`Error::CommitmentMismatch`].
		/// - Complexity: O(1).
		#[pallet::call_index(3)]
		#[pallet::authorize(Pallet::<T>::authorize_reveal)]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_reveal())]
		pub fn reveal(
			origin: OriginFor<T>,
			reporter: T::AccountId,
			digest: Digest,
			salt: [u8; 32],
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_reveal(reporter, digest, salt)
		}

		/// Reports an alarm in the present window.
		///
		/// `evidence` is the hash of the raw samples that the detectors of version `model` saw last.
		///
		/// - Origin: authorized by `signature`, that of the worker key over [`Statement::Reports`].
		/// - Event: [`Event::AlarmReported`].
		/// - Errors, all of which refuse the transaction: [`Error::UnknownKey`],
		///   [`Error::ReporterNotActive`], [`Error::DepositTooLow`], [`Error::WrongWindow`],
		///   [`Error::AlreadyReported`], [`Error::TooManyReports`], [`Error::InvalidSignature`].
		/// - Complexity: O(1).
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::report().saturating_add(T::OnAnomaly::weight()))]
		#[pallet::authorize(Pallet::<T>::authorize_report)]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_report())]
		pub fn report(
			origin: OriginFor<T>,
			key: WorkerKey,
			window: Window,
			alarm: Alarm,
			model: u16,
			evidence: RawHash,
			signature: WorkerSignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			let _ = signature;
			Self::do_report(key, window, alarm, model, evidence)
		}

		/// Confirms an open report, or dismisses it as spam, which costs [`Config::SpamPenalty`].
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::ReportConfirmed`] or [`Event::ReportDismissed`].
		/// - Errors: [`Error::ReportNotFound`], [`Error::AlreadyJudged`].
		/// - Complexity: O(1).
		#[pallet::call_index(5)]
		pub fn judge_report(
			origin: OriginFor<T>,
			report: ReportId,
			is_right: bool,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_judge_report(report, is_right)
		}

		/// Pays `reporter` its share of the pot of `era`.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::RewardPaid`].
		/// - Errors: [`Error::EraNotFound`], [`Error::EraNotOver`], [`Error::NothingToClaim`],
		///   [`Error::PayeeNotCreditable`].
		/// - Complexity: O(1).
		#[pallet::call_index(6)]
		pub fn claim(
			origin: OriginFor<T>,
			era: EraIndex,
			reporter: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(era, reporter)
		}
	}
}
