//! What is wrong with an operator's file, where, and what to do.

use super::{amount::in_ait, point::Scheme};
use aitbc_core::Balance;
use std::fmt;

/// A fault and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
	/// The line, from one on.
	pub line: usize,
	/// The field, such as `validators[2].babe`.
	pub field: String,
	/// What is wrong with it.
	pub fault: Fault,
}

impl fmt::Display for Problem {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "line {}, {}: {}", self.line, self.field, self.fault)
	}
}

/// What may be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
	/// It is empty.
	#[error("is empty: write something")]
	Empty,
	/// Folders can't be named so, or the node means another chain by it.
	#[error(
		"is no id of a network: take up to 32 small letters, digits, `_` and `-`, and not `dev` or \
		 `local`"
	)]
	BadId,
	/// It is neither an address nor hexadecimal.
	#[error("is no account: write an SS58 address, or 0x and 64 hexadecimal digits")]
	NoAccount,
	/// It is an address of another network.
	#[error("is an address with the prefix {found}: this network's addresses have {expected}")]
	WrongPrefix {
		/// The address's.
		found: u16,
		/// The network's.
		expected: u16,
	},
	/// Everybody can sign for it.
	#[error(
		"is {0}, whose secret everybody knows: make a key of your own with `aitbc-node key generate`"
	)]
	WellKnown(String),
	/// Everybody can be this node.
	#[error(
		"is a node with {0}, whose secret everybody knows: give the node a key of its own with \
		 `aitbc-node key generate-node-key`, and write the peer id that this prints"
	)]
	KnownPeer(String),
	/// The treasury's account has a field of its own.
	#[error(
		"is the treasury's account, for which nobody can sign: what it owns is said by `treasury`"
	)]
	IsTreasury,
	/// A pallet's account.
	#[error("is a pallet's account, for which nobody can sign: name one of a key")]
	IsPallets,
	/// It is there already.
	#[error("is the same as {0}: each key and account belongs to one, for one purpose")]
	Duplicate(String),
	/// There are not enough.
	#[error("has {found} entries: it needs at least {least}, because {reason}")]
	TooFew {
		/// How many there are.
		found: usize,
		/// How many there have to be.
		least: usize,
		/// Why.
		reason: &'static str,
	},
	/// There are too many.
	#[error("has {found} entries: there is room for {most}")]
	TooMany {
		/// How many there are.
		found: usize,
		/// How many there may be.
		most: usize,
	},
	/// It is no amount.
	#[error("is no amount: write it in AIT with at most 12 decimals, such as \"12.5 AIT\"")]
	NoAmount,
	/// An account can't exist with so little.
	#[error("is below the existential deposit: an account needs at least {}", in_ait(*.0))]
	BelowExistentialDeposit(Balance),
	/// There is another amount of money than there has to be.
	#[error(
		"all balances, the treasury's and the faucet's come to {}, and have to come to {}: {}",
		in_ait(*.found),
		in_ait(*.expected),
		difference(*.found, *.expected)
	)]
	WrongSupply {
		/// What there is.
		found: Balance,
		/// What there has to be.
		expected: Balance,
	},
	/// It is no share.
	#[error("is no commission: write it in percent, such as \"5 %\"")]
	NoShare,
	/// It is less than the chain allows.
	#[error("is below the least commission, {0}: take that or more")]
	LowCommission(String),
	/// It is less than the chain allows.
	#[error("is below the least bond of a validator, {}: bond that or more", in_ait(*.0))]
	LowBond(Balance),
	/// The stash can't bond so much.
	#[error(
		"is more than its stash can bond, which owns {}: an account keeps the existential deposit, so \
		 give it at least {} in `balances`",
		in_ait(*.owned),
		in_ait(*.needed)
	)]
	PoorStash {
		/// What it owns.
		owned: Balance,
		/// What it would have to own.
		needed: Balance,
	},
	/// It is no key.
	#[error(
		"is no public key: write 0x and 64 hexadecimal digits, or the address, as `aitbc-node key \
		 inspect` prints them"
	)]
	NoKey,
	/// No secret has it, or everybody can sign for it.
	#[error("is no {0} key: copy it once more, and see that it stands in the right field")]
	NoPoint(Scheme),
	/// Everybody could vote with it.
	#[error(
		"is more than a faucet may have, {}: everybody can sign for it, and so bond and vote with what it \
		 has; begin with less, and fill it by and by",
		in_ait(*.0)
	)]
	RichFaucet(Balance),
	/// It proves nothing.
	#[error(
		"is no proof for this stash and these three keys: take it from the answer of \
		 `author_rotateKeysWithOwner` for this stash, with its keys"
	)]
	WrongProof,
	/// Nobody has shown that somebody has the secrets.
	#[error(
		"is not there, and the preset `{0}` takes no keys without: take it from the answer of \
		 `author_rotateKeysWithOwner` for this stash, with its keys"
	)]
	NoProof(&'static str),
	/// It is none.
	#[error("is no boot node ({0}): write an address such as /dns4/NAME/tcp/30333/p2p/PEER_ID")]
	BadBootNode(String),
	/// It leads nowhere.
	#[error(
		"is a boot node that others can't reach, because {0}: write an address that leads to it from \
		 everywhere, such as /dns4/NAME/tcp/30333/p2p/PEER_ID"
	)]
	Unreachable(&'static str),
	/// The preset has none of it.
	#[error("is not for the preset `{0}`: leave it out, because {1}")]
	NotForPreset(&'static str, &'static str),
	/// There is no such Bitcoin.
	#[error("is no network of Bitcoin: write `main`, `testnet4`, `signet` or `regtest`")]
	NoBitcoin,
	/// Its blocks prove nothing.
	#[error(
		"proves nothing to this preset, because {0}: follow `main`, whose blocks cost what they are \
		 worth"
	)]
	WeakBitcoin(&'static str),
	/// It begins at the first block.
	#[error(
		"needs a [bitcoin.checkpoint]: from Bitcoin's first block on there is too much to catch up with"
	)]
	NoCheckpoint,
	/// Blocks that follow it may cost too little.
	#[error(
		"has less work behind it than Bitcoin's main network had in January 2024: take it from a Bitcoin \
		 Core that follows `main` and has caught up (`getblockchaininfo` says both)"
	)]
	LittleWork,
	/// Its parts do not fit together.
	#[error("does not fit together: {0}; take all of it from one Bitcoin Core, of one block")]
	BadCheckpoint(String),
}

/// What to change about the supply.
fn difference(found: Balance, expected: Balance) -> String {
	match found.checked_sub(expected) {
		Some(surplus) => format!("take away {}", in_ait(surplus)),
		None => format!("add {}", in_ait(expected.saturating_sub(found))),
	}
}
