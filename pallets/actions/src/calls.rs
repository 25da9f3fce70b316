//! The calls. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Puts a kind into the catalogue, or another in its place. Actions of the earlier one that wait
		/// can't be claimed any more.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::KindSet`].
		/// - Errors: [`Error::UnsoundKind`], [`Error::UnsoundReversal`], [`Error::NameTaken`],
		///   [`Error::CatalogueFull`].
		/// - Complexity: O(1).
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::set_kind()))]
		pub fn set_kind(origin: OriginFor<T>, id: KindId, kind: Kind) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_kind(id, kind)
		}

		/// Takes a kind out of the catalogue. Actions that run go on; those that wait can't be claimed.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::KindRemoved`].
		/// - Errors: [`Error::KindNotFound`].
		/// - Complexity: O(1).
		#[pallet::call_index(1)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::remove_kind()))]
		pub fn remove_kind(origin: OriginFor<T>, id: KindId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_remove_kind(id)
		}

		/// Names who may approve, in the place of all others.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::ApproversSet`].
		/// - Errors: [`Error::Twice`], the audit log's.
		/// - Complexity: O(n^2) in the number of approvers, at most 16.
		#[pallet::call_index(2)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::set_approvers()))]
		pub fn set_approvers(
			origin: OriginFor<T>,
			approvers: AccountSet<T::AccountId>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_approvers(approvers)
		}

		/// Admits an agent to recommend for any target, or does so no more.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::RecommenderSet`].
		/// - Errors: [`Error::Unchanged`], [`Error::TooManyRecommenders`], the audit log's.
		/// - Complexity: O(n) in the number of those admitted, at most 64.
		#[pallet::call_index(3)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::set_recommender()))]
		pub fn set_recommender(
			origin: OriginFor<T>,
			agent: AgentId,
			is_admitted: bool,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_recommender(agent, is_admitted)
		}

		/// Says which action on its validator a report of `series` leads to, or that it leads to none.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::ReflexSet`].
		/// - Errors: [`Error::KindNotFound`], [`Error::WrongTarget`], [`Error::WrongProposal`],
		///   [`Error::WrongRollback`], those of parameters, the audit log's.
		/// - Complexity: O(1).
		#[pallet::call_index(4)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::set_reflex()))]
		pub fn set_reflex(
			origin: OriginFor<T>,
			series: Series,
			reflex: Option<Reflex>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_reflex(series, reflex)
		}

		/// Stops everything, or lets it go on. What runs may still be reported.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::KillSwitchSet`].
		/// - Errors: [`Error::Unchanged`].
		/// - Complexity: O(1).
		#[pallet::call_index(5)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::set_kill_switch()))]
		pub fn set_kill_switch(origin: OriginFor<T>, is_on: bool) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_kill_switch(is_on)
		}

		/// Opens a breaker by half before its time.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::BreakerMoved`].
		/// - Errors: [`Error::BreakerNotOpen`].
		/// - Complexity: O(1).
		#[pallet::call_index(6)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::open_by_half()))]
		pub fn open_by_half(origin: OriginFor<T>, scope: Scope) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_open_by_half(scope)
		}

		/// Names the agent that carries actions out on a target, or none.
		///
		/// - Origin: signed by the target's operator; [`Config::AdminOrigin`] for the network. Signed by
		///   anybody to release the executor of an agent that left.
		/// - Event: [`Event::ExecutorBound`].
		/// - Errors: [`Error::NotOperator`], [`Error::NotAnExecutor`], [`Error::TargetNotFound`],
		///   [`Error::Unchanged`], the audit log's.
		/// - Complexity: O(1).
		#[pallet::call_index(7)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::bind_executor()))]
		pub fn bind_executor(
			origin: OriginFor<T>,
			target: Target<T::AccountId>,
			executor: Option<AgentId>,
		) -> DispatchResult {
			let operator = Self::ensure_operates(origin, &target, executor.is_none())?;
			Self::do_bind_executor(operator, target, executor)
		}

		/// Stops actions on a target, or lets them go on. What runs may still be reported.
		///
		/// - Origin: signed by the target's operator; [`Config::AdminOrigin`] for the network. Signed by
		///   anybody to let go that of an agent that left.
		/// - Event: [`Event::BrakeSet`].
		/// - Errors: [`Error::NotOperator`], [`Error::TargetNotFound`], [`Error::Unchanged`], the audit
		///   log's.
		/// - Complexity: O(1).
		#[pallet::call_index(8)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::set_brake()))]
		pub fn set_brake(
			origin: OriginFor<T>,
			target: Target<T::AccountId>,
			is_on: bool,
		) -> DispatchResult {
			let operator = Self::ensure_operates(origin, &target, !is_on)?;
			Self::do_set_brake(operator, target, is_on)
		}

		/// Recommends an action, and holds [`Config::Deposit`]. Calls are tried, and undone.
		///
		/// - Origin: signed by the wallet of an active agent that governance admitted, or by the target's
		///   operator.
		/// - Event: [`Event::ActionRecommended`], and [`Event::ActionVerified`] or
		///   [`Event::ActionEnded`] where nobody has to agree.
		/// - Errors: of the recommendation, of the guardrails, of the deposit, the audit log's.
		/// - Complexity: that of its calls.
		#[pallet::call_index(9)]
		#[pallet::weight(Pallet::<T>::with_records(3, T::WeightInfo::recommend()).saturating_add(Pallet::<T>::weight_of_calls(recommendation)))]
		pub fn recommend(
			origin: OriginFor<T>,
			recommendation: Box<Recommendation<T::AccountId, RuntimeCallOf<T>>>,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_recommend(caller, *recommendation)
		}

		/// Approves the action whose order has this hash.
		///
		/// - Origin: signed by an approver, or by the operator if the kind asks it.
		/// - Event: [`Event::ActionApproved`], and [`Event::ActionVerified`] if it was the last.
		/// - Errors: [`Error::ActionNotFound`], [`Error::NotWaiting`], [`Error::HashMismatch`],
		///   [`Error::Expired`], [`Error::KillSwitchOn`], [`Error::NotSimulated`],
		///   [`Error::NotApprover`], [`Error::OwnRecommendation`], [`Error::AlreadySaid`], the audit
		///   log's.
		/// - Complexity: O(n) in the number of approvers, at most 16.
		#[pallet::call_index(10)]
		#[pallet::weight(Pallet::<T>::with_records(2, T::WeightInfo::approve()))]
		pub fn approve(origin: OriginFor<T>, action: ActionId, hash: [u8; 32]) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_approve(caller, action, hash)
		}

		/// The same by governance, which needs no other approval.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::ActionApproved`] and [`Event::ActionVerified`].
		/// - Errors: as of [`Pallet::approve`].
		/// - Complexity: O(1).
		#[pallet::call_index(11)]
		#[pallet::weight(Pallet::<T>::with_records(2, T::WeightInfo::force_approve()))]
		pub fn force_approve(
			origin: OriginFor<T>,
			action: ActionId,
			hash: [u8; 32],
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_force_approve(action, hash)
		}

		/// Stops an action that waits. The deposit returns.
		///
		/// - Origin: signed by an approver, the target's operator or who recommended it, or
		///   [`Config::AdminOrigin`].
		/// - Event: [`Event::ActionVetoed`] and [`Event::ActionEnded`].
		/// - Errors: [`Error::ActionNotFound`], [`Error::NotWaiting`], [`Error::NotApprover`], the
		///   audit log's.
		/// - Complexity: O(1).
		#[pallet::call_index(12)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::veto()))]
		pub fn veto(
			origin: OriginFor<T>,
			action: ActionId,
			reason: DocumentHash,
		) -> DispatchResult {
			let who = match T::AdminOrigin::try_origin(origin) {
				Ok(_) => None,
				Err(origin) => Some(ensure_signed(origin)?),
			};
			Self::do_veto(who, action, reason)
		}

		/// Says that an action that waits is spam. When as many approvers say so as its kind needs, or more
		/// than a half of them where it needs none, it is over, and its deposit is the treasury's.
		///
		/// - Origin: signed by an approver.
		/// - Event: [`Event::SpamDeclared`], and [`Event::ActionEnded`] if it was the last.
		/// - Errors: [`Error::ActionNotFound`], [`Error::NotWaiting`], [`Error::NotApprover`],
		///   [`Error::AlreadySaid`], the audit log's.
		/// - Complexity: O(n) in the number of approvers, at most 16.
		#[pallet::call_index(13)]
		#[pallet::weight(Pallet::<T>::with_records(1, T::WeightInfo::declare_spam()))]
		pub fn declare_spam(origin: OriginFor<T>, action: ActionId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_declare_spam(caller, action)
		}

		/// Says how a simulation went. When badly, the action is over.
		///
		/// - Origin: signed by the wallet of the executor that is bound to the target.
		/// - Event: [`Event::ActionSimulated`], and [`Event::ActionEnded`] if it went badly, or
		///   [`Event::ActionVerified`] if it went well and nobody has to agree.
		/// - Errors: [`Error::ActionNotFound`], [`Error::NotWaiting`], [`Error::NotBound`],
		///   [`Error::HashMismatch`], [`Error::NoSimulationAwaited`], [`Error::KillSwitchOn`],
		///   [`Error::BrakeOn`], [`Error::KindNotFound`], [`Error::KindChanged`], [`Error::Expired`], the
		///   audit log's.
		/// - Complexity: O(1).
		#[pallet::call_index(14)]
		#[pallet::weight(Pallet::<T>::with_records(2, T::WeightInfo::simulate_passed().max(T::WeightInfo::simulate_refuted())))]
		pub fn simulate(
			origin: OriginFor<T>,
			action: ActionId,
			hash: [u8; 32],
			has_passed: bool,
			evidence: EvidenceHash,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_simulate(caller, action, hash, has_passed, evidence)
		}

		/// Takes a verified action upon the caller, until its lease ends.
		///
		/// - Origin: signed by the wallet of the executor that is bound to the target.
		/// - Event: [`Event::ActionClaimed`].
		/// - Errors: [`Error::ActionNotFound`], [`Error::NotWaiting`], [`Error::NotBound`],
		///   [`Error::HashMismatch`], [`Error::WrongProposal`], those of the guardrails, the audit log's.
		/// - Complexity: O(1).
		#[pallet::call_index(15)]
		#[pallet::weight(Pallet::<T>::with_records(4, T::WeightInfo::claim()))]
		pub fn claim(origin: OriginFor<T>, action: ActionId, hash: [u8; 32]) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_claim(caller, action, hash)
		}

		/// Says what became of a claimed action. It works whatever is stopped.
		///
		/// - Origin: signed by the wallet that claimed it.
		/// - Event: [`Event::ActionReported`], and [`Event::ActionEnded`] unless it is watched.
		/// - Errors: [`Error::ActionNotFound`], [`Error::NotRunning`], [`Error::NotClaimant`], the audit
		///   log's.
		/// - Complexity: O(1).
		#[pallet::call_index(16)]
		#[pallet::weight(Pallet::<T>::with_records(4, T::WeightInfo::report()))]
		pub fn report(
			origin: OriginFor<T>,
			action: ActionId,
			result: Verdict,
			evidence: EvidenceHash,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_report(caller, action, result, evidence)
		}

		/// Dispatches a verified action that is a call, which `call` has to be, with
		/// [`Origin::Verified`].
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::ActionPerformed`], and [`Event::ActionEnded`] unless it is watched.
		/// - Errors: [`Error::ActionNotFound`], [`Error::NotWaiting`], [`Error::WrongProposal`],
		///   [`Error::CallNotAllowed`], those of the guardrails. That the call fails is none.
		/// - Complexity: that of the call.
		#[pallet::call_index(17)]
		#[pallet::weight(Pallet::<T>::with_records(7, T::WeightInfo::perform()).saturating_add(call.get_dispatch_info().call_weight))]
		pub fn perform(
			origin: OriginFor<T>,
			action: ActionId,
			call: Box<RuntimeCallOf<T>>,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_perform(caller, action, *call)
		}
	}
}
