//! Amounts, coins and places in Bitcoin's chain.

use aitbc_bitcoin::{BlockHash, Txid};
use bitcoin::hashes::Hash;
use codec::{Decode, Encode};
use std::fmt;

/// An amount of bitcoin, in satoshi: 10^-8 bitcoin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Satoshi(pub u64);

impl Satoshi {
	/// Both together. Saturates far above the 21 million bitcoin that there can be.
	pub const fn plus(self, other: Self) -> Self {
		Self(self.0.saturating_add(other.0))
	}

	/// What is left of it. `None` if it is less.
	pub fn minus(self, other: Self) -> Option<Self> {
		self.0.checked_sub(other.0).map(Self)
	}

	/// All of them together.
	pub fn total(amounts: impl IntoIterator<Item = Self>) -> Self {
		amounts.into_iter().fold(Self(0), Self::plus)
	}
}

impl fmt::Display for Satoshi {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} sat", self.0)
	}
}

/// An output of a transaction that pays to the signer's script, and what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Coin {
	/// The transaction.
	pub txid: Txid,
	/// Which of its outputs, from 0.
	pub index: u32,
	/// What it holds.
	pub value: Satoshi,
}

impl Coin {
	/// What an input names to spend it.
	pub(crate) fn outpoint(&self) -> bitcoin::OutPoint {
		bitcoin::OutPoint { txid: to_bitcoin(self.txid), vout: self.index }
	}
}

impl fmt::Display for Coin {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}:{}", self.txid, self.index)
	}
}

/// A block of Bitcoin, and how many are before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BlockId {
	/// Its hash.
	pub hash: BlockHash,
	/// How many blocks are before it.
	pub height: u32,
}

impl BlockId {
	/// How many blocks confirm what it has, if `tip` is the last: it does so itself.
	pub const fn confirmations(&self, tip: u32) -> u32 {
		tip.saturating_sub(self.height).saturating_add(1)
	}
}

impl fmt::Display for BlockId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} at height {}", self.hash, self.height)
	}
}

/// The id of a transaction, in this crate's form.
pub(crate) fn from_bitcoin(txid: bitcoin::Txid) -> Txid {
	Txid(txid.to_byte_array())
}

/// The id of a transaction, in the form of the `bitcoin` crate.
pub(crate) fn to_bitcoin(txid: Txid) -> bitcoin::Txid {
	bitcoin::Txid::from_byte_array(txid.0)
}
