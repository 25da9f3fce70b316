//! What is disputed, how jurors vote on it, and what a ruling says.

use crate::{CaseId, ContractId, Hash, MilestoneIndex, ValidationId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::{
	traits::{BlakeTwo256, Hash as _},
	Perbill,
};

/// The first bytes of what a vote's commitment is the hash of.
pub const VOTE_CONTEXT: &[u8; 21] = b"aitbc/dispute/vote/01";

/// A side of a contract, and of a case about it.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Party {
	/// Who pays.
	#[codec(index = 0)]
	Client,
	/// Who works and is paid.
	#[codec(index = 1)]
	Provider,
}

impl Party {
	/// The other side.
	pub fn other(self) -> Self {
		match self {
			Self::Client => Self::Provider,
			Self::Provider => Self::Client,
		}
	}
}

/// Something that both sides have one of.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Sides<T> {
	/// The client's.
	pub client: T,
	/// The provider's.
	pub provider: T,
}

impl<T> Sides<T> {
	/// That of `party`.
	pub fn of(&self, party: Party) -> &T {
		match party {
			Party::Client => &self.client,
			Party::Provider => &self.provider,
		}
	}

	/// That of `party`, to change it.
	pub fn of_mut(&mut self, party: Party) -> &mut T {
		match party {
			Party::Client => &mut self.client,
			Party::Provider => &mut self.provider,
		}
	}
}

impl<T: PartialEq> Sides<T> {
	/// Whose `one` is: the client's, if both sides have the same.
	pub fn party(&self, one: &T) -> Option<Party> {
		if self.client == *one {
			return Some(Party::Client);
		}
		(self.provider == *one).then_some(Party::Provider)
	}
}

/// A share in tenths, from none to all. More than ten tenths does not decode.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Tenths(u8);

impl Tenths {
	/// Nothing.
	pub const NONE: Self = Self(0);
	/// Everything.
	pub const ALL: Self = Self(10);

	/// Takes a number of tenths, ten at most.
	pub fn new(tenths: u8) -> Option<Self> {
		(tenths <= Self::ALL.0).then_some(Self(tenths))
	}

	/// How many tenths.
	pub fn get(self) -> u8 {
		self.0
	}

	/// The middle of this share and `other`.
	pub fn middle(self, other: Self) -> Perbill {
		let sum = u32::from(self.0).saturating_add(other.0.into());
		Perbill::from_rational(sum, u32::from(Self::ALL.0).saturating_mul(2))
	}
}

impl From<Tenths> for Perbill {
	fn from(share: Tenths) -> Self {
		Self::from_rational(u32::from(share.0), u32::from(Tenths::ALL.0))
	}
}

impl Decode for Tenths {
	fn decode<I: codec::Input>(input: &mut I) -> Result<Self, codec::Error> {
		Self::new(u8::decode(input)?).ok_or_else(|| "more than ten tenths".into())
	}
}

/// Which instance judges a case, from zero. Each appeal makes one more.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
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
pub struct Round(pub u8);

impl Round {
	/// The round that an appeal against this one leads to. The last one that has a number leads to
	/// itself.
	pub fn next(self) -> Self {
		Self(self.0.saturating_add(1))
	}

	/// The round that this one is an appeal against. `None` for the first.
	pub fn previous(self) -> Option<Self> {
		self.0.checked_sub(1).map(Self)
	}
}

/// What a juror says.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Choice {
	/// This share is the client's.
	#[codec(index = 0)]
	ClientShare(Tenths),
	/// The case can't be decided.
	#[codec(index = 1)]
	Refuse,
}

/// What only a juror knows until it reveals its vote.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Salt(pub [u8; 32]);

/// What a juror commits to, and on which chain, case and round.
///
/// The juror is part of it, so that somebody else's commitment is of no use to anybody.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Vote<AccountId> {
	/// The chain's genesis.
	pub genesis: Hash,
	/// The case.
	pub case: CaseId,
	/// The instance.
	pub round: Round,
	/// Who votes.
	pub juror: AccountId,
	/// What it says.
	pub choice: Choice,
	/// What hides it.
	pub salt: Salt,
}

impl<AccountId: Encode> Vote<AccountId> {
	/// Blake2b-256 of [`VOTE_CONTEXT`] and the vote, in SCALE.
	pub fn commitment(&self) -> H256 {
		BlakeTwo256::hash(&(VOTE_CONTEXT, self).encode())
	}
}

/// What a case is about.
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
)]
pub enum Subject {
	/// A milestone of an escrow contract.
	#[codec(index = 0)]
	Milestone {
		/// The contract.
		contract: ContractId,
		/// Which of its milestones.
		milestone: MilestoneIndex,
	},
	/// What an escrow contract that is a stream or a meter still holds.
	#[codec(index = 1)]
	Contract(ContractId),
	/// The bond behind a validator's hard answer. The client is who challenges the answer, the
	/// provider the wallet that gave it.
	#[codec(index = 2)]
	Validation(ValidationId),
}

/// What was decided about the money under dispute.
///
/// The shares sum to one at most; what is left goes to the client.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Ruling {
	/// The client's share of the money.
	pub client: Perbill,
	/// The provider's share of the money, the fee included.
	pub provider: Perbill,
	/// How much of the client's bond is slashed.
	pub client_slash: Perbill,
	/// How much of the provider's bond is slashed.
	pub provider_slash: Perbill,
}

/// What the chain itself knows about a case. All of it speaks against the provider: what it filed
/// itself can show that it did not do the work, never that it did.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Fact {
	/// The provider submitted, or answered with, the hash that is all zeros: it shows nothing.
	#[codec(index = 0)]
	NothingShown,
	/// What the provider submitted is a receipt for other work: of another chain, job, contract or
	/// milestone, for another client, or under another wallet.
	#[codec(index = 1)]
	ForeignReceipt,
}

impl Fact {
	/// What is the client's.
	pub fn client_share(self) -> Perbill {
		match self {
			Self::NothingShown | Self::ForeignReceipt => Perbill::one(),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::AccountId;
	use alloc::vec::Vec;
	use codec::DecodeAll;

	#[test]
	fn tenths_should_decode_only_up_to_all() {
		for tenths in 0..=u8::MAX {
			let decoded = Tenths::decode_all(&mut &[tenths][..]);
			assert_eq!(decoded.ok(), Tenths::new(tenths));
			assert_eq!(Tenths::new(tenths).is_some(), tenths <= 10);
		}
		assert_eq!(Perbill::from(Tenths::ALL), Perbill::one());
		assert_eq!(Perbill::from(Tenths(3)), Perbill::from_percent(30));
	}

	#[test]
	fn tenths_should_meet_in_the_middle() {
		assert_eq!(Tenths::NONE.middle(Tenths::ALL), Perbill::from_percent(50));
		assert_eq!(Tenths(9).middle(Tenths(2)), Perbill::from_percent(55));
		assert_eq!(Tenths::ALL.middle(Tenths::ALL), Perbill::one());
	}

	#[test]
	fn rounds_should_follow_one_another() {
		assert_eq!(Round(0).previous(), None);
		assert_eq!(Round(0).next(), Round(1));
		assert_eq!(Round(1).previous(), Some(Round(0)));
		assert_eq!(Round(u8::MAX).next(), Round(u8::MAX));
	}

	#[test]
	fn vote_should_keep_its_golden_commitment() {
		let vote = Vote {
			genesis: H256::repeat_byte(1),
			case: CaseId(2),
			round: Round(1),
			juror: AccountId::new([3; 32]),
			choice: Choice::ClientShare(Tenths(7)),
			salt: Salt([4; 32]),
		};
		let mut bytes: Vec<u8> = b"aitbc/dispute/vote/01".to_vec();
		bytes.extend([1; 32]);
		bytes.extend([2, 0, 0, 0, 0, 0, 0, 0, 1]);
		bytes.extend([3; 32]);
		bytes.extend([0, 7]);
		bytes.extend([4; 32]);
		assert_eq!(vote.commitment(), BlakeTwo256::hash(&bytes));
		let other = |change: fn(&mut Vote<AccountId>)| {
			let mut other = vote.clone();
			change(&mut other);
			other.commitment()
		};
		assert_ne!(other(|vote| vote.juror = AccountId::new([9; 32])), vote.commitment());
		assert_ne!(other(|vote| vote.round = Round(2)), vote.commitment());
		assert_ne!(other(|vote| vote.choice = Choice::Refuse), vote.commitment());
	}
}
