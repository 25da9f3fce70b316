//! What the pallet stores, and what it tells its clients.

mod case;
mod evidence;
mod info;
mod outcome;
mod round;

pub use case::{Case, CaseState, CourtTerms, RulingCause, SettlementOffer};
pub use evidence::{EvidenceItem, EvidenceKind};
pub use info::{
	CaseInfo, CasePage, CourtInfo, EvidenceInfo, Involvement, NextStep, Role, RoundInfo, Step,
};
pub use outcome::Outcome;
pub use round::{Ballot, JuryMember, RoundRecord, Stake};

use crate::Config;

/// A case as the pallet stores it.
pub type CaseOf<T> = Case<<T as frame_system::Config>::AccountId>;

/// A round as the pallet stores it.
pub type RoundOf<T> = RoundRecord<<T as frame_system::Config>::AccountId, <T as Config>::MaxSeats>;

/// A piece of evidence as the pallet stores it.
pub type EvidenceOf<T> = EvidenceItem<<T as Config>::MaxUriLength>;
