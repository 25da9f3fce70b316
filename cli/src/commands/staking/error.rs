//! What can be wrong with what is asked about stakes.

use crate::amount::Amount;
use subxt::utils::AccountId32;

/// Why something about stakes is not done.
#[derive(Debug, thiserror::Error)]
pub enum StakingError {
	/// Somebody has to be named.
	#[error("say whose: name an account, or who you are with `--from` or in `AITBC_FROM`")]
	NobodyNamed,
	/// Somebody has to sign.
	#[error("`{0}` sends transactions: say who signs them with `--from`, or in `AITBC_FROM`")]
	NobodySends(&'static str),
	/// Somebody stakes nothing.
	#[error("{0} has nothing bonded; see `aitbc validator onboard` and `aitbc economics stake`")]
	NothingBonded(AccountId32),
	/// Somebody has not as much money as it would bond: the chain would bond less without a word.
	#[error(
		"{account} has {free} that it can bond, and not {wanted}: name a smaller amount, or send it \
		 more with `aitbc account transfer`"
	)]
	NotEnough {
		/// Whose money.
		account: AccountId32,
		/// What it has, without the existential deposit.
		free: Amount,
		/// What it should bond.
		wanted: Amount,
	},
	/// A bond is too small for what it is for.
	#[error("{wanted} are too little: {role} must have {least} bonded at least")]
	BondTooSmall {
		/// What would be bonded.
		wanted: Amount,
		/// Who bonds.
		role: &'static str,
		/// The least that it must be.
		least: Amount,
	},
	/// Nobody would be nominated.
	#[error("{0} nominates nobody: say whom by `--validator`; see `aitbc validator list`")]
	NobodyNominated(AccountId32),
	/// A validator can't nominate as well.
	#[error(
		"{0} is a candidate for validating, and would be none any more if it nominated: use \
		 `aitbc validator stake`, or leave with `aitbc validator remove` first"
	)]
	IsValidator(AccountId32),
	/// Somebody does not validate.
	#[error("{0} is no candidate for validating; see `aitbc validator onboard`")]
	NoValidator(AccountId32),
	/// Nothing is to be done with an amount of nothing.
	#[error("say how much, or whom by `--validator`")]
	NothingAsked,
	/// Nothing can be withdrawn yet.
	#[error("{account} can withdraw nothing: {reason}")]
	NothingToWithdraw {
		/// Whose money.
		account: AccountId32,
		/// When it can.
		reason: String,
	},
	/// A validator has no session keys.
	#[error("{0} has no session keys: set them with `aitbc validator onboard`, which does the rest as well")]
	NoKeys(AccountId32),
	/// A node is of another chain.
	#[error(
		"the node at `{url}` is of another network than this one: name the validator's own node by \
		 `--node-url`"
	)]
	OtherNetwork {
		/// The node's address.
		url: String,
	},
	/// A node does not make keys for whoever asks.
	#[error(
		"the node at `{url}` does not make keys for you: {reason}; ask the validator's own node on its \
		 own machine, by `--node-url`, where unsafe RPC calls are allowed"
	)]
	UnsafeRefused {
		/// The node's address.
		url: String,
		/// What it says.
		reason: String,
	},
	/// A validator that leaves has nothing left to do yet.
	#[error("nothing of {account} is to be removed now: {reason}")]
	NothingToRemove {
		/// Whose.
		account: AccountId32,
		/// What to wait for.
		reason: String,
	},
	/// Nothing is to be paid.
	#[error(
		"nothing is to be paid to {0}: it earned nothing in the eras that have ended, or that is paid; \
		 rewards of the present era can be paid when it is over"
	)]
	NothingToPay(AccountId32),
	/// Payouts that go on can't be confirmed one by one.
	#[error("payouts that are sent one after the other cannot be confirmed; give `--yes`")]
	WatchWithoutYes,
	/// What comes next must be seen in a block.
	#[error("what to do next, only the block of the last step tells; leave out `--wait none`")]
	WithoutWait,
	/// Nobody elected a candidate.
	#[error(
		"{validator} was not elected for era {era}: others have more at stake; it stays a candidate. \
		 See `aitbc validator list`, and stake more with `aitbc validator stake`"
	)]
	NotElected {
		/// Who.
		validator: AccountId32,
		/// For which era.
		era: u32,
	},
	/// Somebody ended the program while it waited.
	#[error("interrupted while {0}; what was sent stays, and this command can be run again")]
	WaitInterrupted(String),
	/// Nobody has validated in it.
	#[error("nobody is elected for era {era} yet: name an --era up to {planned}")]
	TooEarlyToSlash {
		/// The era of the offence.
		era: u32,
		/// The last one that somebody is elected for.
		planned: u32,
	},
	/// The era at whose beginning it would be applied has begun.
	#[error(
		"a slash for era {era} is applied at the beginning of era {applied_in}, which has begun: nothing would \
		 be taken; name a later --era"
	)]
	TooLateToSlash {
		/// The era of the offence.
		era: u32,
		/// When it would have been applied.
		applied_in: u32,
	},
	/// There is no such slash.
	#[error(
		"no slash of {validator} for era {era} waits; see `aitbc validator history {validator}`"
	)]
	SlashNotFound {
		/// Whose.
		validator: AccountId32,
		/// For which era.
		era: u32,
	},
}

impl StakingError {
	/// Whether the arguments are wrong.
	pub fn is_usage(&self) -> bool {
		matches!(
			self,
			Self::NobodyNamed
				| Self::NobodySends(_)
				| Self::BondTooSmall { .. }
				| Self::NobodyNominated(_)
				| Self::NothingAsked
				| Self::OtherNetwork { .. }
				| Self::WatchWithoutYes
				| Self::TooEarlyToSlash { .. }
				| Self::TooLateToSlash { .. }
				| Self::WithoutWait
		)
	}

	/// Whether somebody ended the program.
	pub fn is_interruption(&self) -> bool {
		matches!(self, Self::WaitInterrupted(_))
	}
}
