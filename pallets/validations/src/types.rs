//! What the pallet stores, and what it tells its clients.
//!
//! The types that hold URIs are generic over them, because storage bounds a URI's length by its type
//! and clients send and get plain bytes. Both forms encode alike.

use crate::{Config, HoldReason};
use aitbc_core::{
	AgentId, Balance, BlockNumber, BoundedNumber, CaseId, DocumentHash, TagId, ValidationId,
	WorkHash,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::BoundedVec;
use scale_info::TypeInfo;
use sp_runtime::traits::ConstU8;

/// The best [`Score`].
pub const MAX_SCORE: u8 = 100;

/// How good a validator found a piece of work, from 0 to [`MAX_SCORE`]. It encodes as one byte; a
/// byte above does not decode.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Score(BoundedNumber<u8, ConstU8<0>, ConstU8<MAX_SCORE>>);

impl Score {
	/// The score with this number, or `None` if it is above [`MAX_SCORE`].
	pub fn new(number: u8) -> Option<Self> {
		BoundedNumber::new(number).map(Self)
	}

	/// The score's number.
	pub fn get(&self) -> u8 {
		self.0.get()
	}
}

/// Whether an answer may still be replaced.
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
pub enum Finality {
	/// It may be replaced until the deadline. It earns nothing and puts nothing at risk.
	#[codec(index = 0)]
	Soft,
	/// It stands. It earns the fee and puts a bond at risk.
	#[codec(index = 1)]
	Hard,
}

/// The work that is to be checked: where to read it, and what it must hash to there.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Work<Uri> {
	/// An absolute URI in the characters of RFC 3986.
	pub uri: Uri,
	/// The work's hash, so that it can't change behind its URI.
	pub hash: WorkHash,
}

impl<Uri> Work<Uri> {
	/// The same work with its URI in another form.
	pub fn map_uri<Other>(self, form: impl FnOnce(Uri) -> Other) -> Work<Other> {
		Work { uri: form(self.uri), hash: self.hash }
	}
}

/// What a validator shows for its score: where to read it, and what it must hash to there.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Document<Uri> {
	/// An absolute URI in the characters of RFC 3986.
	pub uri: Uri,
	/// The document's hash, so that it can't change behind its URI.
	pub hash: DocumentHash,
}

/// What a validator said.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Answer<Uri> {
	/// How good it found the work.
	pub score: Score,
	/// What it shows for that.
	pub evidence: Document<Uri>,
	/// When it said so, in active blocks. Never after the deadline.
	pub at: BlockNumber,
}

impl<Uri> Answer<Uri> {
	/// The same answer with its URI in another form.
	pub fn map_uri<Other>(self, form: impl FnOnce(Uri) -> Other) -> Answer<Other> {
		let Self { score, evidence: Document { uri, hash }, at } = self;
		Answer { score, evidence: Document { uri: form(uri), hash }, at }
	}
}

/// What became of the bond behind a hard answer.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Bond<AccountId> {
	/// It is held on the wallet that answered: the answer may be disputed.
	#[codec(index = 0)]
	Held {
		/// How much, in plancks.
		amount: Balance,
		/// From when on the answer may be disputed, in active blocks: since it was given, or from the
		/// block after a ruling that upheld it.
		from: BlockNumber,
		/// From when on the bond may be released, and the answer not be disputed any more, in active
		/// blocks.
		until: BlockNumber,
	},
	/// It went back to the wallet: the answer stands for good.
	#[codec(index = 1)]
	Released,
	/// It was taken: the answer is overturned, and no summary counts it.
	#[codec(index = 2)]
	Slashed,
	/// It is held on the wallet that answered until a ruling: the answer stands until then, and the
	/// challenge period stands still.
	#[codec(index = 3)]
	Disputed {
		/// How much, in plancks.
		amount: Balance,
		/// Who challenges the answer.
		challenger: AccountId,
		/// The case that decides.
		case: CaseId,
		/// How much was left of the challenge period, in active blocks. Not zero.
		left: BlockNumber,
	},
}

impl<AccountId> Bond<AccountId> {
	/// How much is held on the wallet that answered, in plancks, if anything is.
	pub fn amount_held(&self) -> Option<Balance> {
		match self {
			Self::Held { amount, .. } | Self::Disputed { amount, .. } => Some(*amount),
			Self::Released | Self::Slashed => None,
		}
	}
}

/// Where a validation stands.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ValidationState<AccountId, Uri> {
	/// The validator has said nothing yet. The fee is held on the requester.
	#[codec(index = 0)]
	Requested,
	/// The validator took it up and may say something else yet. The fee is held on the requester.
	#[codec(index = 1)]
	Soft {
		/// What it said last.
		answer: Answer<Uri>,
	},
	/// The validator gave its final answer and got the fee.
	#[codec(index = 2)]
	Hard {
		/// What it said.
		answer: Answer<Uri>,
		/// The account that said so, was paid, and has or had the bond on hold. The validator may
		/// work under another wallet by now.
		wallet: AccountId,
		/// What became of the bond.
		bond: Bond<AccountId>,
	},
	/// The deadline passed without a hard answer. The fee went back to the requester.
	#[codec(index = 3)]
	Expired {
		/// What the validator said last, if anything.
		soft: Option<Answer<Uri>>,
	},
}

impl<AccountId, Uri> ValidationState<AccountId, Uri> {
	/// Whether a hard answer is still awaited, and the fee held for it.
	pub fn is_awaited(&self) -> bool {
		match self {
			Self::Requested | Self::Soft { .. } => true,
			Self::Hard { .. } | Self::Expired { .. } => false,
		}
	}

	/// Whether the validator took this up and has not come to its end: it owes a hard answer, or
	/// its bond is at risk, under dispute or not.
	pub fn is_taken_up(&self) -> bool {
		match self {
			Self::Soft { .. } => true,
			Self::Hard { bond, .. } => bond.amount_held().is_some(),
			Self::Requested | Self::Expired { .. } => false,
		}
	}

	/// Whether nothing can happen any more but that the requester erases it.
	pub fn is_concluded(&self) -> bool {
		match self {
			Self::Hard { bond, .. } => bond.amount_held().is_none(),
			Self::Expired { .. } => true,
			Self::Requested | Self::Soft { .. } => false,
		}
	}

	/// The final answer, unless there is none or it was overturned. It stands while it is disputed.
	pub fn standing_answer(&self) -> Option<&Answer<Uri>> {
		match self {
			Self::Hard { bond: Bond::Slashed, .. } => None,
			Self::Hard { answer, .. } => Some(answer),
			Self::Requested | Self::Soft { .. } | Self::Expired { .. } => None,
		}
	}

	/// The same state with its URI in another form.
	pub fn map_uri<Other>(
		self,
		form: impl FnOnce(Uri) -> Other,
	) -> ValidationState<AccountId, Other> {
		match self {
			Self::Requested => ValidationState::Requested,
			Self::Soft { answer } => ValidationState::Soft { answer: answer.map_uri(form) },
			Self::Hard { answer, wallet, bond } => {
				ValidationState::Hard { answer: answer.map_uri(form), wallet, bond }
			},
			Self::Expired { soft } => {
				ValidationState::Expired { soft: soft.map(|answer| answer.map_uri(form)) }
			},
		}
	}
}

/// A piece of an agent's work that somebody asked a validator to check.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Validation<AccountId, Uri> {
	/// Who asked. Deposit and fee are held on this account.
	pub requester: AccountId,
	/// The agent that is asked.
	pub validator: AgentId,
	/// The agent whose work it is, as the requester says.
	pub subject: AgentId,
	/// What is to be checked.
	pub work: Work<Uri>,
	/// What it is checked for, if the requester said so.
	pub tag: Option<TagId>,
	/// What a hard answer earns, in plancks. Held on the requester while the answer is awaited.
	pub fee: Balance,
	/// The last active block at which the validator may answer.
	pub deadline: BlockNumber,
	/// The storage deposit held on the requester, in plancks.
	pub deposit: Balance,
	/// Where it stands.
	pub state: ValidationState<AccountId, Uri>,
}

impl<AccountId, Uri> Validation<AccountId, Uri> {
	/// The same validation with its URIs in another form.
	pub fn map_uris<Other>(
		self,
		form: impl Fn(Uri) -> Other + Copy,
	) -> Validation<AccountId, Other> {
		Validation {
			requester: self.requester,
			validator: self.validator,
			subject: self.subject,
			work: self.work.map_uri(form),
			tag: self.tag,
			fee: self.fee,
			deadline: self.deadline,
			deposit: self.deposit,
			state: self.state.map_uri(form),
		}
	}
}

impl<AccountId: Clone, Uri> Validation<AccountId, Uri> {
	/// What must be held for this validation: why, on whom, and how much, in plancks.
	pub fn holds(&self) -> Vec<(HoldReason, AccountId, Balance)> {
		let mut holds = Vec::from([(HoldReason::Deposit, self.requester.clone(), self.deposit)]);
		if self.state.is_awaited() {
			holds.push((HoldReason::Fee, self.requester.clone(), self.fee));
		}
		if let ValidationState::Hard { wallet, bond, .. } = &self.state {
			let amount = bond.amount_held();
			holds.extend(amount.map(|amount| (HoldReason::Bond, wallet.clone(), amount)));
		}
		holds
	}
}

/// A URI as it is stored.
pub type UriOf<T> = BoundedVec<u8, <T as Config>::MaxUriLength>;

/// A [`Bond`] as it is stored.
pub type BondOf<T> = Bond<<T as frame_system::Config>::AccountId>;

/// A [`Validation`] as it is stored.
pub type ValidationOf<T> = Validation<<T as frame_system::Config>::AccountId, UriOf<T>>;

/// Which of the hard answers about a subject a [`Summary`] counts.
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
pub struct SummaryScope {
	/// Those by this validator, or by any.
	pub validator: Option<AgentId>,
	/// Those with this tag, or with any or none.
	pub tag: Option<TagId>,
}

impl SummaryScope {
	/// Every scope that an answer by `validator` with `tag` falls into.
	pub fn all_of(validator: AgentId, tag: Option<TagId>) -> impl Iterator<Item = Self> {
		let tags = move || [Some(None), tag.map(Some)].into_iter().flatten();
		let scopes = move |validator| tags().map(move |tag| Self { validator, tag });
		[None, Some(validator)].into_iter().flat_map(scopes)
	}
}

/// What hard answers about a subject come to. Overturned ones do not count.
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
pub struct Summary {
	/// How many there are.
	pub count: u64,
	/// The sum of their scores; divided by `count` it is their mean.
	pub sum: u128,
}

/// What a validator made of the requests that it took up.
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
pub struct ValidatorRecord {
	/// How many hard answers it gave, the overturned ones included.
	pub answered: u64,
	/// How many requests it answered softly and then left without a hard answer. Requests that it
	/// never took up do not count, because anybody can send those.
	pub missed: u64,
	/// How many of its hard answers were overturned.
	pub overturned: u64,
}

/// A validation as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ValidationInfo<AccountId> {
	/// The validation's id.
	pub validation: ValidationId,
	/// What the chain knows of it.
	pub record: Validation<AccountId, Vec<u8>>,
}

/// One page of a list of validations.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ValidationPage<AccountId> {
	/// The validations of this page, in the order of storage, which is not that of their ids. Fewer
	/// than asked for, or none, does not mean that the list ends here.
	pub validations: Vec<ValidationInfo<AccountId>>,
	/// Where the next page begins: pass it as `after`. `None` on the last page.
	pub next: Option<ValidationId>,
}
