//! What the pallet tells its clients, whatever its form in storage.

use super::{
	Ballot, Case, CourtTerms, EvidenceItem, EvidenceKind, JuryMember, Outcome, RoundRecord, Stake,
};
use aitbc_core::{Balance, BlockNumber, CaseId, DocumentHash, Party, Round, Sides};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_support::traits::Get;
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// A step that needs nobody's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Step {
	/// The time to settle ends: the case goes to court, or is ruled.
	#[codec(index = 0)]
	EndSettlement,
	/// The votes are counted. If too few seats voted, a new jury is drawn, or the round fails.
	#[codec(index = 1)]
	CountVotes,
	/// The time to appeal ends, and the case is ruled.
	#[codec(index = 2)]
	EndAppeal,
	/// A round is paid. With the last one the case closes.
	#[codec(index = 3)]
	PayRound(Round),
	/// The time in which governance may rule ends, and the case is ruled.
	#[codec(index = 4)]
	EndOversight,
}

/// What [`progress`](crate::Pallet::progress) does next, unless somebody acts before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct NextStep {
	/// What it does.
	pub step: Step,
	/// The first active block at which anybody may call it. It is due if this has come.
	pub from: BlockNumber,
}

/// A round as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct RoundInfo<AccountId> {
	/// Which round it is.
	pub round: Round,
	/// How many seats its jury is to have.
	pub seats: u32,
	/// What was staked for each side.
	pub stakes: Sides<Option<Stake<AccountId>>>,
	/// Who judges. Empty until the jury is drawn.
	pub jury: Vec<JuryMember<AccountId>>,
	/// What the jury came to, if it did.
	pub outcome: Option<Outcome>,
}

impl<AccountId> RoundInfo<AccountId>
where
	AccountId: Clone + core::fmt::Debug + PartialEq + Eq,
{
	/// Shows `record`, which is of `round`.
	pub(crate) fn new<MaxSeats: Get<u32>>(
		round: Round,
		record: RoundRecord<AccountId, MaxSeats>,
	) -> Self {
		let RoundRecord { seats, stakes, jury, outcome } = record;
		Self { round, seats, stakes, jury: jury.into_inner(), outcome }
	}
}

/// A case as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct CaseInfo<AccountId> {
	/// The case's id.
	pub id: CaseId,
	/// The case.
	pub case: Case<AccountId>,
	/// The round that waits for a jury, has one, or was judged last, if there is one and it is not
	/// paid.
	pub round: Option<RoundInfo<AccountId>>,
	/// What comes next by itself. `None` while a jury is drawn, which ends by itself too.
	pub next: Option<NextStep>,
}

/// A piece of evidence as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct EvidenceInfo {
	/// Its number in the case, from zero.
	pub number: u32,
	/// Who filed it.
	pub by: Party,
	/// What it is.
	pub kind: EvidenceKind,
	/// Where to read it.
	pub uri: Vec<u8>,
	/// What it hashes to.
	pub hash: DocumentHash,
	/// When it was filed, in active blocks.
	pub at: BlockNumber,
	/// The storage deposit, in plancks.
	pub deposit: Balance,
}

impl EvidenceInfo {
	/// Shows `item`, which has this number.
	pub(crate) fn new<MaxUriLength: Get<u32>>(
		number: u32,
		item: EvidenceItem<MaxUriLength>,
	) -> Self {
		let EvidenceItem { by, kind, uri, hash, at, deposit } = item;
		Self { number, by, kind, uri: uri.into_inner(), hash, at, deposit }
	}
}

/// What an account has to do with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Role {
	/// It is a party.
	#[codec(index = 0)]
	Party(Party),
	/// It is a member of the jury of a round.
	#[codec(index = 1)]
	Juror {
		/// Which round.
		round: Round,
		/// How many seats it has.
		seats: u32,
		/// What it has done.
		ballot: Ballot,
	},
}

/// A case in which an account takes part.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Involvement<AccountId> {
	/// The case.
	pub case: CaseInfo<AccountId>,
	/// As what the account takes part, in the order of the rounds.
	pub roles: Vec<Role>,
}

/// Some of the cases in which an account takes part.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct CasePage<AccountId> {
	/// The cases of this page, in the order of storage, which is not that of their ids.
	pub cases: Vec<Involvement<AccountId>>,
	/// Where the next page begins: pass it as `after`. `None` on the last page.
	pub next: Option<CaseId>,
}

/// What a case that is opened now costs and how long it takes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct CourtInfo {
	/// What the opener pays, unless the parties settle, in plancks.
	pub filing_fee: Balance,
	/// The opener's deposit for a case that has a court, in plancks.
	pub deposit: Balance,
	/// What a seat earns and risks.
	pub terms: CourtTerms,
	/// How many seats the jury of each round has, from the first to the last appeal's.
	pub seats: Vec<u32>,
	/// What each side stakes for the first round, in plancks.
	pub court_fee: Balance,
	/// The least value of a case that has a court, in plancks.
	pub least_value: Balance,
	/// How much of its stake a seat loses that is not coherent.
	pub incoherent_slash: Perbill,
	/// How much of its stake a seat loses that reveals nothing.
	pub silence_slash: Perbill,
	/// How long the parties may settle, in active blocks.
	pub settlement_period: BlockNumber,
	/// How long a round takes evidence, in active blocks.
	pub evidence_period: BlockNumber,
	/// How long jurors may commit, in active blocks.
	pub commit_period: BlockNumber,
	/// How long jurors may reveal, in active blocks.
	pub reveal_period: BlockNumber,
	/// How long sides may stake for an appeal, in active blocks.
	pub appeal_period: BlockNumber,
	/// How long governance may rule after the last instance, in active blocks.
	pub oversight_period: BlockNumber,
}
