//! The events. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A kind came into the catalogue, or changed.
		#[codec(index = 0)]
		KindSet {
			/// Its id.
			id: KindId,
			/// The catalogue's version that brought it.
			version: u32,
			/// What it is now.
			kind: Kind,
		},
		/// A kind left the catalogue.
		#[codec(index = 1)]
		KindRemoved {
			/// Its id.
			id: KindId,
		},
		/// Others may approve now.
		#[codec(index = 2)]
		ApproversSet {
			/// All of them.
			approvers: AccountSet<T::AccountId>,
		},
		/// An agent may recommend now, or may not any more.
		#[codec(index = 3)]
		RecommenderSet {
			/// The agent.
			agent: AgentId,
			/// Whether it may.
			is_admitted: bool,
		},
		/// A report of a series leads to something else now.
		#[codec(index = 4)]
		ReflexSet {
			/// The series.
			series: Series,
			/// What it leads to.
			reflex: Option<Reflex>,
		},
		/// The kill switch was turned.
		#[codec(index = 5)]
		KillSwitchSet {
			/// Whether it is on.
			is_on: bool,
		},
		/// A breaker moved.
		#[codec(index = 6)]
		BreakerMoved {
			/// Which one.
			scope: Scope,
			/// Where it stands now.
			position: Position,
		},
		/// A target has another executor now.
		#[codec(index = 7)]
		ExecutorBound {
			/// The target.
			target: Target<T::AccountId>,
			/// The agent, if any.
			executor: Option<AgentId>,
		},
		/// An operator pulled a brake, or let it go.
		#[codec(index = 8)]
		BrakeSet {
			/// The target.
			target: Target<T::AccountId>,
			/// Whether it is on.
			is_on: bool,
		},
		/// Somebody, or the chain, recommended an action.
		#[codec(index = 9)]
		ActionRecommended {
			/// Its id.
			action: ActionId,
			/// The hash of its order.
			hash: [u8; 32],
			/// Who recommends it.
			source: Source<T::AccountId>,
			/// What it does.
			order: Order<T::AccountId>,
			/// Where the idea came from, if it was not the chain's.
			idea: Option<Idea>,
			/// The telemetry report that led to it.
			report: Option<u64>,
			/// The last block in which it may be claimed.
			expires: BlockNumber,
		},
		/// A report of an anomaly would have led to an action, and a guardrail held it back.
		#[codec(index = 10)]
		ReflexBlocked {
			/// The report.
			report: u64,
			/// Why.
			reason: DispatchError,
		},
		/// The executor simulated an action.
		#[codec(index = 11)]
		ActionSimulated {
			/// The action.
			action: ActionId,
			/// Whether it went well. If not, the action is over.
			has_passed: bool,
			/// The hash of what came out.
			evidence: EvidenceHash,
		},
		/// Somebody approved.
		#[codec(index = 12)]
		ActionApproved {
			/// The action.
			action: ActionId,
			/// An approver or the operator, or nobody for governance.
			who: Option<T::AccountId>,
		},
		/// An action has the approvals that it needs, and may be claimed or performed.
		#[codec(index = 13)]
		ActionVerified {
			/// The action.
			action: ActionId,
		},
		/// An approver, the operator or governance stopped an action.
		#[codec(index = 14)]
		ActionVetoed {
			/// The action.
			action: ActionId,
			/// Who, or nobody for governance.
			who: Option<T::AccountId>,
			/// The hash of the reason.
			reason: DocumentHash,
		},
		/// An approver says that an action is spam.
		#[codec(index = 15)]
		SpamDeclared {
			/// The action.
			action: ActionId,
			/// Who.
			who: T::AccountId,
		},
		/// An executor took an action upon itself.
		#[codec(index = 16)]
		ActionClaimed {
			/// The action.
			action: ActionId,
			/// Who.
			executor: Executor<T::AccountId>,
			/// The last block in which it may report.
			until: BlockNumber,
		},
		/// An executor said what became of its action.
		#[codec(index = 17)]
		ActionReported {
			/// The action.
			action: ActionId,
			/// What it said.
			result: Verdict,
			/// The hash of what came out.
			evidence: EvidenceHash,
		},
		/// The chain performed an action.
		#[codec(index = 18)]
		ActionPerformed {
			/// The action.
			action: ActionId,
			/// What came of the call.
			result: DispatchResult,
		},
		/// An action is over.
		#[codec(index = 19)]
		ActionEnded {
			/// The action.
			action: ActionId,
			/// How.
			outcome: Outcome,
			/// What returned to who recommended it, in plancks.
			returned: Balance,
		},
		/// What was to reverse an action was held back.
		#[codec(index = 20)]
		RollbackBlocked {
			/// The action that made things worse.
			action: ActionId,
		},
		/// An action left storage.
		#[codec(index = 21)]
		ActionForgotten {
			/// The action.
			action: ActionId,
		},
	}
}
