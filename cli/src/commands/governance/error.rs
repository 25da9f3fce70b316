//! What can be wrong with what is asked about governance.

use crate::{amount::Amount, digest::Hash, transaction};
use std::{io, path::PathBuf};
use subxt::utils::AccountId32;

/// Why something about governance is not done.
#[derive(Debug, thiserror::Error)]
pub enum GovernanceError {
	/// There is no such referendum.
	#[error("there is no referendum {0}; see `aitbc governance status`")]
	ReferendumNotFound(u32),
	/// A referendum has ended.
	#[error("referendum {0} has ended; see `aitbc governance status {0}`")]
	Ended(u32),
	/// A text is no call.
	#[error("this is no call of the chain: {0}")]
	NotACall(String),
	/// A file can't be read.
	#[error("cannot read `{}`: {source}; name a file that you can read", path.display())]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// There is no such track.
	#[error("there is no track `{0}`; see `aitbc governance tracks`")]
	TrackNotFound(String),
	/// A whitelisted call is root's.
	#[error("`--whitelisted` takes the emergency track, which dispatches the call as root: leave out `--track`")]
	TrackOfWhitelisted,
	/// There is nothing to vote with.
	#[error("say how much to vote with: an amount, or for `split` some of `--aye`, `--nay` and `--abstain`")]
	NoAmount,
	/// What is for a vote several ways is given for one.
	#[error("`--aye`, `--nay` and `--abstain` are for `split`, and `--conviction` is for `aye` and `nay`")]
	MixedVote,
	/// The chain did not say what was proposed.
	#[error(
		"it was proposed, but its block does not tell its number: see `aitbc governance status`, and pay \
		 for its decision with `aitbc governance deposit`"
	)]
	NoIndex,
	/// A referendum was proposed, and then its decision was not paid for, or that is not known.
	#[error("referendum {referendum} is proposed, but its decision is not paid for: {source}\n  pay with `aitbc governance deposit {referendum}`")]
	NotDeposited {
		/// The referendum.
		referendum: u32,
		/// Why.
		source: transaction::Error,
	},
	/// Nothing can follow a transaction that is not waited for.
	#[error("to pay for the decision takes the referendum's number, which only its block tells: leave out `--wait none` and `--offline`, or give `--no-deposit`")]
	DepositWithoutWait,
	/// Somebody has given nobody its votes.
	#[error("{0} has given nobody its votes there; see `aitbc governance votes`")]
	NotDelegating(AccountId32),
	/// Somebody has not voted.
	#[error("{account} has no vote on referendum {referendum}; see `aitbc governance votes`")]
	NoVote {
		/// Who.
		account: AccountId32,
		/// On what.
		referendum: u32,
	},
	/// Nothing can be freed.
	#[error("nothing of {0} can be unlocked now; see `aitbc governance votes`")]
	NothingToUnlock(AccountId32),
	/// Nothing can be returned.
	#[error("no deposit can be returned now: {0}; see `aitbc governance status`")]
	NothingToRefund(String),
	/// Somebody does not sit in the committee.
	#[error(
		"{0} is no member of the technical committee, which alone puts calls on the fast track"
	)]
	NoMember(AccountId32),
	/// A call is whitelisted already.
	#[error("the call {0} is whitelisted: propose it with `aitbc governance propose call --whitelisted`, or see `aitbc governance enact whitelisted`")]
	Whitelisted(Hash),
	/// A member has voted, and the others have to.
	#[error("{account} has voted for it; {missing} more of the members have to")]
	Voted {
		/// Who.
		account: AccountId32,
		/// How many are missing.
		missing: u32,
	},
	/// A referendum dispatches nothing that could be whitelisted.
	#[error(
		"referendum {0} dispatches no call that has to be whitelisted; name one with `--call`"
	)]
	NothingToWhitelist(u32),
	/// No code may be brought.
	#[error("no upgrade was decided; propose one with `aitbc governance propose upgrade`")]
	NoUpgrade,
	/// Code is not the one that may be brought.
	#[error("`{}` is not the code that was decided on: its hash is {own}, and {wanted} was decided", path.display())]
	OtherCode {
		/// The file.
		path: PathBuf,
		/// Its hash.
		own: Hash,
		/// The one that was decided.
		wanted: Hash,
	},
	/// There is no such payment.
	#[error(
		"there is no payment {0} of the treasury that was decided; see `aitbc governance status`"
	)]
	SpendNotFound(u32),
	/// A payment can't be made.
	#[error("payment {index} of {amount} cannot be made: {reason}")]
	NotPayable {
		/// Which.
		index: u32,
		/// How much.
		amount: Amount,
		/// Why.
		reason: String,
	},
}

impl GovernanceError {
	/// Whether the arguments are wrong.
	pub fn is_usage(&self) -> bool {
		matches!(
			self,
			Self::NotACall(_)
				| Self::Unreadable { .. }
				| Self::TrackNotFound(_)
				| Self::TrackOfWhitelisted
				| Self::NoAmount
				| Self::MixedVote
				| Self::DepositWithoutWait
				| Self::NothingToWhitelist(_)
				| Self::OtherCode { .. }
		)
	}
}
