//! What can be done with cases.

use super::{generated, types, wire, EvidenceKind};
use crate::{
	ballot::{Choice, Salt},
	chain::{contracts::Party, runtime, Call},
	decimal::Share,
	digest::Hash,
	quantity::Tenths,
};
use subxt::utils::AccountId32;
use types::{
	aitbc_core::ids::{CaseId, DocumentHash},
	sp_arithmetic::per_things::Perbill,
};

/// Offers to settle with this share for the client.
pub fn offer(case: u64, client_share: Share) -> impl Call {
	runtime::transactions().disputes().offer(CaseId(case), Perbill(client_share.0))
}

/// Accepts the other party's offer, if it is of this share for the client.
pub fn accept(case: u64, client_share: Share) -> impl Call {
	runtime::transactions().disputes().accept(CaseId(case), Perbill(client_share.0))
}

/// Files the claim of who did not open the case.
pub fn defend(case: u64, claim: Tenths) -> impl Call {
	runtime::transactions().disputes().defend(CaseId(case), claim.into())
}

/// Files evidence.
pub fn submit_evidence(case: u64, kind: EvidenceKind, uri: &str, hash: Hash) -> impl Call {
	let (uri, hash) = (uri.as_bytes().to_vec(), DocumentHash(hash.0.into()));
	let kind: generated::evidence::EvidenceKind = kind.into();
	runtime::transactions().disputes().submit_evidence(CaseId(case), kind, uri, hash)
}

/// Has the chain rule by what it knows, with the help of `document`.
pub fn rule_by_facts(case: u64, document: Vec<u8>) -> impl Call {
	runtime::transactions().disputes().rule_by_facts(CaseId(case), document)
}

/// Commits a juror to a vote.
pub fn commit(case: u64, commitment: Hash) -> impl Call {
	runtime::transactions().disputes().commit(CaseId(case), commitment.0.into())
}

/// Shows the vote that the sender committed to.
pub fn reveal(case: u64, choice: Choice, salt: &Salt) -> impl Call {
	let salt = wire::Salt(salt.expose());
	runtime::transactions().disputes().reveal(CaseId(case), choice.into(), salt)
}

/// Shows the vote of `juror` while votes are secret.
pub fn denounce(case: u64, juror: AccountId32, choice: Choice, salt: &Salt) -> impl Call {
	let salt = wire::Salt(salt.expose());
	runtime::transactions().disputes().denounce(CaseId(case), juror, choice.into(), salt)
}

/// Stakes for `side` in the next round.
pub fn appeal(case: u64, side: Party) -> impl Call {
	runtime::transactions().disputes().appeal(CaseId(case), side.into())
}

/// Takes the next step that is due.
pub fn progress(case: u64) -> impl Call {
	runtime::transactions().disputes().progress(CaseId(case))
}
