//! Transactions without their witnesses: the bytes that a transaction's id is the hash of.

use crate::hash::{double_sha256, Txid};
use alloc::vec::Vec;
use core::fmt;

/// The most bytes that a transaction of a block may have without witnesses: each weighs 4 of the 4,000,000 that
/// a block may (BIP 141).
pub const MAX_TRANSACTION: usize = 1_000_000;

/// How many bytes two nodes of a Merkle tree have. A transaction of this length could be taken for them.
const TWO_NODES: usize = 64;

/// The fewest bytes of an input: what it spends, an empty script, a sequence.
const LEAST_INPUT: usize = 41;

/// The fewest bytes of an output: an amount, an empty script.
const LEAST_OUTPUT: usize = 9;

/// An amount of bitcoin, in satoshi: 10^-8 bitcoin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub u64);

/// An output of a transaction, named by who spends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutPoint {
	/// The transaction.
	pub txid: Txid,
	/// Which of its outputs, from 0.
	pub index: u32,
}

impl OutPoint {
	/// What the input of a coinbase names: nothing. Core `src/primitives/transaction.h` `COutPoint::SetNull`.
	pub const NULL: Self = Self { txid: Txid([0; 32]), index: u32::MAX };
}

/// An input of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
	/// The output that it spends.
	pub previous: OutPoint,
	/// What fulfils that output's script, as far as it is no witness.
	pub script_sig: Vec<u8>,
	/// When it may be mined (BIP 68) and whether it may be replaced (BIP 125).
	pub sequence: u32,
}

/// An output of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
	/// How much it holds.
	pub value: Amount,
	/// What must be fulfilled to spend it.
	pub script: Vec<u8>,
}

/// A transaction without its witnesses: Core `src/primitives/transaction.h` `CTransaction`.
///
/// That it is of this form says nothing about whether Bitcoin takes it: only a block that has it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
	/// The version.
	pub version: i32,
	/// What it spends, at least one.
	pub inputs: Vec<Input>,
	/// What it pays, at least one.
	pub outputs: Vec<Output>,
	/// Before when it may not be mined: a height, or seconds since 1970.
	pub lock_time: u32,
}

impl Transaction {
	/// Reads a transaction from exactly the bytes that its id is the hash of: Core
	/// `src/primitives/transaction.h` `UnserializeTransaction` without witnesses.
	///
	/// All bytes are read, and there is one form only, so [`Self::to_bytes`] gives the same. 64 bytes are none:
	/// those could be two nodes of a Merkle tree (BIP 54 says more).
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, TransactionError> {
		if bytes.len() > MAX_TRANSACTION {
			return Err(TransactionError::TooLong { length: bytes.len() });
		}
		if bytes.len() == TWO_NODES {
			return Err(TransactionError::LikeTwoNodes);
		}
		let mut rest = Reader(bytes);
		let version = i32::from_le_bytes(rest.array()?);
		// No input and one output is how a transaction with witnesses begins (BIP 144).
		if rest.0.first_chunk() == Some(&[0, 1]) {
			return Err(TransactionError::Witness);
		}
		let inputs = rest.list(LEAST_INPUT, Reader::input)?;
		let outputs = rest.list(LEAST_OUTPUT, Reader::output)?;
		let lock_time = u32::from_le_bytes(rest.array()?);
		match (inputs.is_empty(), outputs.is_empty(), rest.0.len()) {
			(true, ..) => Err(TransactionError::NoInputs),
			(_, true, _) => Err(TransactionError::NoOutputs),
			(false, false, 0) => Ok(Self { version, inputs, outputs, lock_time }),
			(false, false, count) => Err(TransactionError::TrailingBytes { count }),
		}
	}

	/// The bytes that it is read from.
	pub fn to_bytes(&self) -> Vec<u8> {
		let mut bytes = self.version.to_le_bytes().to_vec();
		write_count(&mut bytes, self.inputs.len());
		for Input { previous, script_sig, sequence } in &self.inputs {
			bytes.extend(previous.txid.0);
			bytes.extend(previous.index.to_le_bytes());
			write_count(&mut bytes, script_sig.len());
			bytes.extend(script_sig);
			bytes.extend(sequence.to_le_bytes());
		}
		write_count(&mut bytes, self.outputs.len());
		for Output { value, script } in &self.outputs {
			bytes.extend(value.0.to_le_bytes());
			write_count(&mut bytes, script.len());
			bytes.extend(script);
		}
		bytes.extend(self.lock_time.to_le_bytes());
		bytes
	}

	/// Its id.
	pub fn txid(&self) -> Txid {
		Txid(double_sha256(&self.to_bytes()))
	}

	/// Whether it is the one that creates coins: Core `src/primitives/transaction.h` `CTransaction::IsCoinBase`.
	pub fn is_coinbase(&self) -> bool {
		matches!(self.inputs.as_slice(), [only] if only.previous == OutPoint::NULL)
	}
}

/// Writes a number as Bitcoin does before lists: Core `src/serialize.h` `WriteCompactSize`.
fn write_count(bytes: &mut Vec<u8>, count: usize) {
	let count = u64::try_from(count).unwrap_or(u64::MAX);
	if let Ok(count @ 0..=0xfc) = u8::try_from(count) {
		bytes.push(count);
	} else if let Ok(count) = u16::try_from(count) {
		bytes.push(0xfd);
		bytes.extend(count.to_le_bytes());
	} else if let Ok(count) = u32::try_from(count) {
		bytes.push(0xfe);
		bytes.extend(count.to_le_bytes());
	} else {
		bytes.push(0xff);
		bytes.extend(count.to_le_bytes());
	}
}

/// The bytes that are still to be read.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
	fn array<const N: usize>(&mut self) -> Result<[u8; N], TransactionError> {
		let (array, rest) = self.0.split_first_chunk().ok_or(TransactionError::Truncated)?;
		self.0 = rest;
		Ok(*array)
	}

	/// A number before a list, in its shortest form: Core `src/serialize.h` `ReadCompactSize`.
	fn count(&mut self) -> Result<usize, TransactionError> {
		let [first] = self.array()?;
		let (count, least) = match first {
			0xfd => (u64::from(u16::from_le_bytes(self.array()?)), 0xfd),
			0xfe => (u64::from(u32::from_le_bytes(self.array()?)), 1 << 16),
			0xff => (u64::from_le_bytes(self.array()?), 1 << 32),
			_ => (u64::from(first), 0),
		};
		if count < least {
			return Err(TransactionError::NotShortest { count });
		}
		usize::try_from(count).map_err(|_| TransactionError::Truncated)
	}

	/// A list whose elements have at least `least` bytes. No more are read than the bytes have room for.
	fn list<T>(
		&mut self,
		least: usize,
		read: impl Fn(&mut Self) -> Result<T, TransactionError>,
	) -> Result<Vec<T>, TransactionError> {
		let count = self.count()?;
		if count > self.0.len().checked_div(least).unwrap_or_default() {
			return Err(TransactionError::Truncated);
		}
		(0..count).map(|_| read(self)).collect()
	}

	fn script(&mut self) -> Result<Vec<u8>, TransactionError> {
		let length = self.count()?;
		let (script, rest) = self.0.split_at_checked(length).ok_or(TransactionError::Truncated)?;
		self.0 = rest;
		Ok(script.to_vec())
	}

	fn input(&mut self) -> Result<Input, TransactionError> {
		let previous =
			OutPoint { txid: Txid(self.array()?), index: u32::from_le_bytes(self.array()?) };
		let script_sig = self.script()?;
		Ok(Input { previous, script_sig, sequence: u32::from_le_bytes(self.array()?) })
	}

	fn output(&mut self) -> Result<Output, TransactionError> {
		let value = Amount(u64::from_le_bytes(self.array()?));
		Ok(Output { value, script: self.script()? })
	}
}

/// Why bytes are no transaction without witnesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionError {
	/// There are more than a block has room for.
	TooLong {
		/// How many bytes there are.
		length: usize,
	},
	/// There are 64, as two nodes of a Merkle tree have.
	LikeTwoNodes,
	/// They begin as a transaction with witnesses does. Those do not belong to what its id is the hash of.
	Witness,
	/// They end too early, or a number says that there are more.
	Truncated,
	/// A number is written with more bytes than it needs.
	NotShortest {
		/// The number.
		count: u64,
	},
	/// There is no input.
	NoInputs,
	/// There is no output.
	NoOutputs,
	/// There are bytes after the transaction's end.
	TrailingBytes {
		/// How many.
		count: usize,
	},
}

impl fmt::Display for TransactionError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooLong { length } => {
				write!(f, "{length} bytes are more than the {MAX_TRANSACTION} of a transaction")
			},
			Self::LikeTwoNodes => f.write_str("64 bytes could be two nodes of a Merkle tree"),
			Self::Witness => f.write_str("the transaction must come without its witnesses"),
			Self::Truncated => f.write_str("the bytes end before the transaction does"),
			Self::NotShortest { count } => {
				write!(f, "the number {count} is written with more bytes than it needs")
			},
			Self::NoInputs => f.write_str("the transaction has no input"),
			Self::NoOutputs => f.write_str("the transaction has no output"),
			Self::TrailingBytes { count } => {
				write!(f, "{count} bytes follow after the transaction's end")
			},
		}
	}
}

impl core::error::Error for TransactionError {}
