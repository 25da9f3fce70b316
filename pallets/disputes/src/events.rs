//! The events. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A case began, and the parties may settle.
		#[codec(index = 0)]
		CaseOpened {
			/// The new case.
			case: CaseId,
			/// What it is about.
			subject: Subject,
			/// Between whom.
			parties: Sides<T::AccountId>,
			/// Which of them opened it.
			opener: Party,
			/// The agent that answers for the provider.
			agent: Option<AgentId>,
			/// What the opener says is the client's.
			claim: Tenths,
			/// How much is at stake, in plancks.
			value: Balance,
			/// What the court costs, if the case is worth it.
			court: Option<CourtTerms>,
			/// The last active block to settle and to defend.
			settle_until: BlockNumber,
			/// What is held on the opener for the first round, in plancks.
			stake: Balance,
			/// The storage deposit held on the opener, in plancks.
			deposit: Balance,
			/// The filing fee held on the opener, in plancks. It returns with a ruling by settlement,
			/// and is the treasury's with any other.
			filing_fee: Balance,
		},
		/// A party offers to settle. An offer that stood before is gone.
		#[codec(index = 1)]
		SettlementOffered {
			/// The case.
			case: CaseId,
			/// Who offers.
			by: Party,
			/// What the client would get.
			client_share: Perbill,
		},
		/// The respondent filed its claim.
		#[codec(index = 2)]
		CaseDefended {
			/// The case.
			case: CaseId,
			/// What it says is the client's.
			claim: Tenths,
			/// What is held on it for the first round, in plancks.
			stake: Balance,
		},
		/// A party showed something.
		#[codec(index = 3)]
		EvidenceSubmitted {
			/// The case.
			case: CaseId,
			/// The evidence's number.
			number: u32,
			/// Who shows it.
			by: Party,
			/// What it is.
			kind: EvidenceKind,
			/// Where to read it.
			uri: Vec<u8>,
			/// What it hashes to.
			hash: DocumentHash,
			/// The storage deposit held on the party, in plancks.
			deposit: Balance,
		},
		/// A jury was asked for. It is drawn in the third epoch from now.
		#[codec(index = 4)]
		JuryRequested {
			/// The case.
			case: CaseId,
			/// Which round it will judge.
			round: Round,
			/// How many seats it shall have.
			seats: u32,
			/// Whether it takes the place of a jury that stayed silent.
			redrawn: bool,
			/// The last active block to file evidence.
			evidence_until: BlockNumber,
		},
		/// A jury sits.
		#[codec(index = 5)]
		JurySeated {
			/// The case.
			case: CaseId,
			/// Which round it judges.
			round: Round,
			/// Its members, and how many seats each has.
			jury: Vec<(T::AccountId, u32)>,
			/// The last active block to commit.
			commit_until: BlockNumber,
			/// The last active block to reveal.
			reveal_until: BlockNumber,
		},
		/// A juror committed to a vote.
		#[codec(index = 6)]
		VoteCommitted {
			/// The case.
			case: CaseId,
			/// The round.
			round: Round,
			/// Who.
			juror: T::AccountId,
			/// The hash of the vote.
			commitment: H256,
		},
		/// A juror showed its vote.
		#[codec(index = 7)]
		VoteRevealed {
			/// The case.
			case: CaseId,
			/// The round.
			round: Round,
			/// Who.
			juror: T::AccountId,
			/// What it says.
			choice: Choice,
		},
		/// A vote became known too early and is void.
		#[codec(index = 8)]
		VoteDenounced {
			/// The case.
			case: CaseId,
			/// The round.
			round: Round,
			/// Whose.
			juror: T::AccountId,
			/// Who showed it.
			by: T::AccountId,
			/// What that earned, in plancks.
			reward: Balance,
		},
		/// A jury came to an outcome.
		#[codec(index = 9)]
		RoundJudged {
			/// The case.
			case: CaseId,
			/// The round.
			round: Round,
			/// What it came to.
			outcome: Outcome,
			/// Which side may appeal; either, if there is none.
			loser: Option<Party>,
			/// The last active block to appeal. `None` after the last instance.
			appeal_until: Option<BlockNumber>,
			/// The last active block to stake for the other side, or, after the last instance, in
			/// which governance surely may rule.
			until: BlockNumber,
		},
		/// A jury of which too few revealed anything was let go.
		#[codec(index = 10)]
		JuryDismissed {
			/// The case.
			case: CaseId,
			/// The round.
			round: Round,
			/// What its seats lost, beside what denouncers got, in plancks.
			forfeited: Balance,
			/// What of that went to the seats that revealed, in plancks. The rest is the treasury's.
			rewarded: Balance,
		},
		/// Nobody judged a round: there were too few jurors, or two juries stayed silent.
		#[codec(index = 11)]
		RoundFailed {
			/// The case.
			case: CaseId,
			/// The round.
			round: Round,
			/// How many seats were taken at last.
			seated: u32,
			/// The last active block in which governance surely may rule, after the last instance.
			/// Before that the case is ruled at once.
			oversight_until: Option<BlockNumber>,
		},
		/// Somebody staked for a side of the next round.
		#[codec(index = 12)]
		SideStaked {
			/// The case.
			case: CaseId,
			/// The next round.
			round: Round,
			/// For which side.
			side: Party,
			/// Who.
			by: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
			/// The deposit for the round's record, in plancks.
			deposit: Balance,
		},
		/// A case is decided, and its ruling executed.
		#[codec(index = 13)]
		CaseRuled {
			/// The case.
			case: CaseId,
			/// What it was about.
			subject: Subject,
			/// Why it is so.
			cause: RulingCause,
			/// The ruling.
			ruling: Ruling,
			/// Who pays for the rounds; each side a half, if there is none.
			loser: Option<Party>,
			/// What was taken of the bond of the provider's agent, in plancks.
			agent_slashed: Balance,
		},
		/// A round was paid.
		#[codec(index = 14)]
		RoundPaid {
			/// The case.
			case: CaseId,
			/// The round.
			round: Round,
			/// What its sides paid for it, in plancks.
			fee: Balance,
			/// What its seats lost, beside what denouncers got, in plancks.
			forfeited: Balance,
			/// What of both its coherent seats got, in plancks. The rest is the treasury's.
			rewarded: Balance,
			/// What of a lost double stake went to the other party, in plancks.
			compensated: Balance,
		},
		/// A case left storage, and its deposits returned.
		#[codec(index = 15)]
		CaseClosed {
			/// The case.
			case: CaseId,
		},
	}
}
