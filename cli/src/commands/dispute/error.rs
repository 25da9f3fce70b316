//! Why a command about a dispute has nothing to do, or cannot do it.

use crate::ballot;
use subxt::utils::AccountId32;

/// What is wrong, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// There is no such case.
	#[error(
		"there is no case {0}: it was never opened, or it is closed; then its ruling is in the event \
		 Disputes.CaseRuled of the block that ruled"
	)]
	CaseNotFound(u64),
	/// There is no offer to settle.
	#[error(
		"no offer to settle case {0} stands: there was none, or it is gone; make one with `aitbc \
		 dispute offer {0}`"
	)]
	NoOffer(u64),
	/// No jury sits.
	#[error(
		"no jury votes on case {0} now; `aitbc dispute status {0}` says how far it is, and when one will"
	)]
	NoJury(u64),
	/// Somebody is not on the jury.
	#[error(
		"{account} is not on the jury of case {case}; name the juror's key, or the juror with `--for` if \
		 you are its proxy: `aitbc dispute status {case}` shows who is"
	)]
	NotOnJury {
		/// The case.
		case: u64,
		/// Who is not.
		account: AccountId32,
	},
	/// Somebody has committed to nothing that is still to be revealed.
	#[error(
		"{account} has nothing to reveal in case {case}: it {has_done}; see `aitbc dispute status {case}`"
	)]
	NothingCommitted {
		/// The case.
		case: u64,
		/// Who.
		account: AccountId32,
		/// What it has done in place of that, in words.
		has_done: &'static str,
	},
	/// A vote would become known too early.
	#[error(
		"votes on case {case} are still secret, and who sees yours now can denounce it: reveal it after \
		 active block {until}, or as soon as all jurors have committed; `aitbc dispute status {case}` \
		 says when they have"
	)]
	TooEarly {
		/// The case.
		case: u64,
		/// The last active block at which votes are secret.
		until: u32,
	},
	/// Votes may become secret again.
	#[error(
		"votes on case {0} are open, but the block that opened them is not final yet, and in another one \
		 who sees yours could denounce it: try again in a few seconds"
	)]
	NotFinal(u64),
	/// Votes are no secret any more.
	#[error(
		"votes on case {0} are no secret any more, so that none can be denounced; see `aitbc dispute \
		 status {0}`"
	)]
	TooLate(u64),
	/// A salt is not the one of a commitment.
	#[error(
		"no vote with this salt is what {account} committed to in case {case}: use the key, or the \
		 `--salt-file`, with which it was committed"
	)]
	NotCommittedTo {
		/// The case.
		case: u64,
		/// Who committed.
		account: AccountId32,
	},
	/// It is not known for which side to stake.
	#[error(
		"{account} is no party of case {case}, so that its side is not known: name one with `--side \
		 client` or `--side provider`"
	)]
	NoSide {
		/// The case.
		case: u64,
		/// Who would stake.
		account: AccountId32,
	},
	/// There is no step to take.
	#[error(
		"nothing is due in case {case}: {until}; `aitbc dispute status {case}` says who may act"
	)]
	NothingDue {
		/// The case.
		case: u64,
		/// What it waits for.
		until: String,
	},
	/// What is due next is seen only in a block.
	#[error(
		"which step is due next, only the block of the one before tells; leave out `--wait none`"
	)]
	ResolveWithoutWait,
	/// With the file of a salt.
	#[error(transparent)]
	Ballot(#[from] ballot::Error),
}

impl Error {
	/// Whether it was the arguments that were at fault, rather than how far the case is.
	pub fn is_usage(&self) -> bool {
		match self {
			Self::Ballot(error) => error.is_usage(),
			Self::NotCommittedTo { .. } | Self::NoSide { .. } | Self::ResolveWithoutWait => true,
			Self::CaseNotFound(_)
			| Self::NoOffer(_)
			| Self::NoJury(_)
			| Self::NotOnJury { .. }
			| Self::NothingCommitted { .. }
			| Self::TooEarly { .. }
			| Self::NotFinal(_)
			| Self::TooLate(_)
			| Self::NothingDue { .. } => false,
		}
	}
}
