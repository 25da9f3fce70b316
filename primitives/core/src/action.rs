//! Operations actions: what may be asked of the machines that run the network, and of the chain itself.

use crate::{ids::AgentId, KindId};
use alloc::string::String;
use codec::{Decode, DecodeWithMemTracking, Encode, Error, Input, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::{bounded::BoundedVec, ConstU32};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The most bytes of a [`Word`].
pub const MAX_WORD: u32 = 32;

/// The most parameters of an action.
pub const MAX_PARAMETERS: u32 = 8;

/// The most bytes of a call that is an action.
pub const MAX_CALL: u32 = 256;

/// A name that can do no harm where it is used as an argument: 1 to [`MAX_WORD`] lower-case letters, digits,
/// `.`, `_` and `-`, of which the first is a letter or a digit. So it is never an option, a path or anything
/// that a shell reads.
///
/// It encodes as its bytes; others don't decode.
#[derive(
	Clone,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Word(BoundedVec<u8, ConstU32<MAX_WORD>>);

impl Word {
	/// The word of these bytes, if they are one.
	pub fn new(bytes: &[u8]) -> Option<Self> {
		let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
		let is_inner = |byte: &u8| is_plain(byte) || matches!(byte, b'.' | b'_' | b'-');
		let is_word = bytes.first().is_some_and(is_plain) && bytes.iter().all(is_inner);
		is_word.then(|| bytes.to_vec().try_into().ok()).flatten().map(Self)
	}

	/// Its text.
	pub fn as_str(&self) -> &str {
		core::str::from_utf8(&self.0).unwrap_or_default()
	}
}

impl Decode for Word {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		let bytes = BoundedVec::<u8, ConstU32<MAX_WORD>>::decode(input)?;
		Self::new(&bytes).ok_or_else(|| "not a word".into())
	}
}

/// Why a text is no [`Word`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAWord;

impl fmt::Display for NotAWord {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(
			"no word: it has 1 to 32 lower-case letters, digits, `.`, `_` and `-`, and begins with a \
			 letter or a digit",
		)
	}
}

impl core::error::Error for NotAWord {}

impl TryFrom<String> for Word {
	type Error = NotAWord;

	fn try_from(text: String) -> Result<Self, NotAWord> {
		Self::new(text.as_bytes()).ok_or(NotAWord)
	}
}

impl From<Word> for String {
	fn from(word: Word) -> Self {
		word.as_str().into()
	}
}

impl fmt::Display for Word {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(self.as_str())
	}
}

impl fmt::Debug for Word {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.as_str().fmt(f)
	}
}

/// What an action is done with.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Parameter {
	/// A whole number.
	#[codec(index = 0)]
	Integer(i64),
	/// Yes or no.
	#[codec(index = 1)]
	Flag(bool),
	/// A name.
	#[codec(index = 2)]
	Word(Word),
}

/// What an action is done to.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Target<AccountId> {
	/// The network as a whole.
	#[codec(index = 0)]
	Network,
	/// The node of a validator, by its stash.
	#[codec(index = 1)]
	Validator(AccountId),
	/// What an agent runs.
	#[codec(index = 2)]
	Agent(AgentId),
}

/// How much harm an action can do.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum RiskClass {
	/// None: it only tells or looks.
	#[codec(index = 0)]
	Info,
	/// It can make one node worse for a moment.
	#[codec(index = 1)]
	Low,
	/// It can make one node worse until somebody looks.
	#[codec(index = 2)]
	Medium,
	/// It can make the network worse.
	#[codec(index = 3)]
	High,
}

impl RiskClass {
	/// All of them, in the order of their codec indices.
	pub const ALL: [Self; 4] = [Self::Info, Self::Low, Self::Medium, Self::High];

	/// Its name, as people and files write it.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Info => "info",
			Self::Low => "low",
			Self::Medium => "medium",
			Self::High => "high",
		}
	}
}

impl fmt::Display for RiskClass {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(self.name())
	}
}

/// What is to be done.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Work {
	/// Nothing: it is only written down.
	#[codec(index = 0)]
	Note,
	/// An executor runs its own command for it, with these parameters in the order of the kind's rules.
	#[codec(index = 1)]
	Command(BoundedVec<Parameter, ConstU32<MAX_PARAMETERS>>),
	/// The chain does it: the bytes of a call.
	#[codec(index = 2)]
	Call(BoundedVec<u8, ConstU32<MAX_CALL>>),
}

/// All that decides what an action does, and whether it is reversed. Approvals are of its hash, and an
/// executor checks that too. `Series` names what is measured: `aitbc_telemetry::Series`.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Order<AccountId, Series> {
	/// The kind of action.
	pub kind: KindId,
	/// The version of that kind in the catalogue, which changes with each change of it.
	pub version: u32,
	/// What it is done to.
	pub target: Target<AccountId>,
	/// What is done.
	pub work: Work,
	/// What is done, as the kind says that reverses this one, if things get worse.
	pub rollback: Option<Work>,
	/// The shared series that is to get better. What makes it worse is reversed, and opens a breaker.
	pub series: Option<Series>,
}

impl<AccountId: Encode, Series: Encode> Order<AccountId, Series> {
	/// Blake2b-256 of "aitbc/action/01" and the order, SCALE encoded.
	pub fn hash(&self) -> [u8; 32] {
		BlakeTwo256::hash_of(&(b"aitbc/action/01", self)).0
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::AccountId;

	#[test]
	fn word_should_be_refused_when_a_shell_or_a_program_could_misread_it() {
		for text in [
			"", "-rf", "--force", ".hidden", "_x", "a b", "a;b", "a|b", "$(x)", "`x`", "a/b",
			"a\\b", "a\nb", "a\0b", "A", "ä", "a'b", "a\"b", "a*", "~", "a=b", "{x}", "a,b",
		] {
			assert_eq!(Word::new(text.as_bytes()), None, "{text:?}");
			assert!(Word::decode(&mut &text.encode()[..]).is_err(), "{text:?}");
		}
		assert_eq!(Word::new(&[b'a'; 33]), None);
	}

	#[test]
	fn word_should_be_kept_and_encode_as_its_bytes_when_it_is_one() {
		for text in ["a", "0", "aitbc-node", "v1.2_3-rc", &"z".repeat(32)] {
			let word = Word::new(text.as_bytes()).expect("it is one");
			assert_eq!(word.as_str(), text);
			assert_eq!(word.encode(), text.encode());
			assert_eq!(Word::decode(&mut &word.encode()[..]), Ok(word));
		}
	}

	#[test]
	fn hash_should_differ_with_each_part_of_an_order() {
		let account = AccountId::new([1; 32]);
		let order = Order {
			kind: KindId(1),
			version: 2,
			target: Target::Validator(account),
			work: Work::Command(vec![Parameter::Integer(5)].try_into().expect("it is one")),
			rollback: None,
			series: None,
		};
		let others = [
			Order { kind: KindId(2), ..order.clone() },
			Order { version: 3, ..order.clone() },
			Order { target: Target::Validator(AccountId::new([2; 32])), ..order.clone() },
			Order { work: Work::Note, ..order.clone() },
			Order { rollback: Some(Work::Note), ..order.clone() },
			Order { series: Some(1u8), ..order.clone() },
		];
		for other in others {
			assert_ne!(other.hash(), order.hash(), "{other:?}");
		}
	}

	#[test]
	fn order_should_encode_and_hash_as_it_always_did() {
		let order = Order {
			kind: KindId(1),
			version: 2,
			target: Target::Validator(AccountId::new([1; 32])),
			work: Work::Command(
				vec![
					Parameter::Integer(-1),
					Parameter::Flag(true),
					Parameter::Word(Word::new(b"ab").expect("it is one")),
				]
				.try_into()
				.expect("there are few"),
			),
			rollback: Some(Work::Call(vec![1, 2].try_into().expect("it is short"))),
			series: Some(2u8),
		};
		let target = format!("01{}", "01".repeat(32));
		let parameters = "0c00ffffffffffffffff01010208616201020801020102";
		let expected = format!("010002000000{target}01{parameters}");
		assert_eq!(hex(&order.encode()), expected);
	}

	fn hex(bytes: &[u8]) -> String {
		bytes.iter().map(|byte| format!("{byte:02x}")).collect()
	}
}
