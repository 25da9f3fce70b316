//! How the network changes itself: tracks, referenda, and what they still need.

pub mod calls;
pub mod committee;
pub mod treasury;
pub mod voting;

use super::{
	runtime,
	runtime::runtime_types::{
		aitbc_runtime::governance as generated,
		frame_support::traits::{preimages::Bounded, schedule::DispatchTime},
		pallet_referenda::types as referenda,
	},
	Block, Error, Value,
};
use crate::{amount::Amount, decimal::Share, digest::Hash};
use aitbc_core::BlockNumber;
use serde::Serialize;
use subxt::{ext::codec::Encode, utils::AccountId32};

/// What decides referenda of a kind. Periods are in blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Track {
	/// Its id.
	pub id: u16,
	/// Its name.
	pub name: String,
	/// How many referenda are decided at a time.
	pub max_deciding: u32,
	/// What has to be deposited before one is decided.
	pub decision_deposit: Amount,
	/// How long a referendum waits before it is decided.
	pub prepare: u32,
	/// How long it may take to pass.
	pub decision: u32,
	/// How long it must pass without a break.
	pub confirm: u32,
	/// How long its call waits at least after that.
	pub enactment: u32,
	/// The ayes needed among the votes.
	pub approval: Slope,
	/// The ayes needed of all that could vote.
	pub support: Slope,
}

/// What falls while a referendum is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Slope {
	/// At the beginning.
	pub from: Share,
	/// At the end.
	pub to: Share,
}

/// What there is of something, and what there must be now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Threshold {
	/// What there is.
	pub has: Share,
	/// What there must be at least.
	pub needs: Share,
}

impl Threshold {
	/// Whether it is reached.
	pub fn is_reached(&self) -> bool {
		self.has >= self.needs
	}
}

/// How far a referendum has come that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Stage {
	/// It waits for its decision deposit.
	NeedsDeposit {
		/// The block in which it ends without one.
		until: u32,
	},
	/// It waits for its track's preparation to end.
	Preparing {
		/// The block in which it can be decided at the earliest.
		until: u32,
	},
	/// It waits for another referendum of its track to end.
	Queued,
	/// It is decided, and does not pass now.
	Deciding {
		/// The block in which it fails unless it passes.
		until: u32,
	},
	/// It passes.
	Confirming {
		/// The block in which it is approved if it passes until then.
		until: u32,
	},
}

/// Where a referendum stands that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
	/// How far it has come.
	pub stage: Stage,
	/// What votes for it, with conviction.
	pub ayes: Amount,
	/// What votes against it, with conviction.
	pub nays: Amount,
	/// The ayes among the votes.
	pub approval: Threshold,
	/// The ayes and abstentions of all that could vote, without conviction.
	pub support: Threshold,
}

/// Money that returns when a referendum has ended well, or at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Deposit {
	/// Whose.
	pub account: AccountId32,
	/// How much.
	pub amount: Amount,
}

/// When what is decided is dispatched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "block", rename_all = "kebab-case")]
pub enum Enactment {
	/// At this block, or when its track allows it if that is later.
	At(u32),
	/// So many blocks after its approval, or as many as its track asks for.
	After(u32),
}

/// A call that is decided about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
	/// The hash of its bytes.
	pub hash: Hash,
	/// What it does. None if its preimage is not on the chain.
	pub call: Option<Value>,
	/// Its bytes.
	#[serde(skip)]
	pub bytes: Option<Vec<u8>>,
}

/// A referendum that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ongoing {
	/// What decides it.
	#[serde(rename = "track_id")]
	pub track: u16,
	/// What is decided about.
	pub proposal: Proposal,
	/// When that is dispatched.
	pub enactment: Enactment,
	/// In which block it was proposed.
	pub submitted: u32,
	/// Where it stands.
	pub standing: Option<Standing>,
}

/// What became of a referendum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
	/// It goes on.
	Ongoing(Box<Ongoing>),
	/// Voters approved.
	Approved {
		/// In which block.
		at: u32,
		/// When its call is dispatched. None if it has been.
		enacted: Option<u32>,
	},
	/// It did not pass in time.
	Rejected {
		/// In which block.
		at: u32,
	},
	/// Governance cancelled it.
	Cancelled {
		/// In which block.
		at: u32,
	},
	/// Nobody paid for its decision.
	TimedOut {
		/// In which block.
		at: u32,
	},
	/// Governance killed it, and took its deposits.
	Killed {
		/// In which block.
		at: u32,
	},
}

/// A referendum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Referendum {
	/// Its number.
	pub index: u32,
	/// What became of it.
	#[serde(flatten)]
	pub state: State,
	/// What who proposed it has deposited.
	pub submission_deposit: Option<Deposit>,
	/// What somebody deposited for its decision.
	pub decision_deposit: Option<Deposit>,
}

impl Referendum {
	/// In which block it ended and whether it was approved, if voters decided.
	pub fn decided(&self) -> Option<(u32, bool)> {
		match self.state {
			State::Approved { at, .. } => Some((at, true)),
			State::Rejected { at } => Some((at, false)),
			_ => None,
		}
	}

	/// Whether it goes on.
	pub fn goes_on(&self) -> bool {
		matches!(self.state, State::Ongoing(_))
	}

	/// The submission deposit, if it can be had back now.
	pub fn refundable_submission(&self) -> Option<Deposit> {
		let returns = matches!(self.state, State::Approved { .. } | State::Cancelled { .. });
		self.submission_deposit.filter(|_| returns)
	}

	/// The decision deposit, if it can be had back now.
	pub fn refundable_decision(&self) -> Option<Deposit> {
		self.decision_deposit.filter(|_| !self.goes_on())
	}
}

impl From<generated::TrackView> for Track {
	fn from(track: generated::TrackView) -> Self {
		let slope = |(from, to): (_, _)| Slope { from, to };
		Self {
			id: track.id,
			name: String::from_utf8_lossy(&track.name).into_owned(),
			max_deciding: track.max_deciding,
			decision_deposit: Amount(track.decision_deposit),
			prepare: track.prepare,
			decision: track.decision,
			confirm: track.confirm,
			enactment: track.enactment,
			approval: slope((Share(track.approval.0 .0), Share(track.approval.1 .0))),
			support: slope((Share(track.support.0 .0), Share(track.support.1 .0))),
		}
	}
}

impl From<generated::Standing> for Standing {
	fn from(standing: generated::Standing) -> Self {
		let threshold = |share: generated::Share| Threshold {
			has: Share(share.has.0),
			needs: Share(share.needs.0),
		};
		Self {
			stage: match standing.stage {
				generated::Stage::NeedsDeposit { until } => Stage::NeedsDeposit { until },
				generated::Stage::Preparing { until } => Stage::Preparing { until },
				generated::Stage::Queued => Stage::Queued,
				generated::Stage::Deciding { until } => Stage::Deciding { until },
				generated::Stage::Confirming { until } => Stage::Confirming { until },
			},
			ayes: Amount(standing.ayes),
			nays: Amount(standing.nays),
			approval: threshold(standing.approval),
			support: threshold(standing.support),
		}
	}
}

impl From<referenda::Deposit<AccountId32, u128>> for Deposit {
	fn from(deposit: referenda::Deposit<AccountId32, u128>) -> Self {
		Self { account: deposit.who, amount: Amount(deposit.amount) }
	}
}

/// Reads the tracks of this network.
pub async fn tracks(block: &Block) -> Result<Vec<Track>, Error> {
	let tracks = block.call(runtime::runtime_apis().governance_api().tracks()).await?;
	Ok(tracks.into_iter().map(Track::from).collect())
}

/// Reads how many referenda there have been.
pub async fn count(block: &Block) -> Result<u32, Error> {
	block.value(runtime::storage().referenda().referendum_count(), ()).await
}

/// Reads a referendum.
pub async fn referendum(block: &Block, index: u32) -> Result<Option<Referendum>, Error> {
	use referenda::ReferendumInfo as Info;
	let info = block.option(runtime::storage().referenda().referendum_info_for(), (index,)).await?;
	let Some(info) = info else { return Ok(None) };
	let (state, submission, decision) = match info {
		Info::Ongoing(status) => {
			let standing = runtime::runtime_apis().governance_api().standing(index);
			let ongoing = Ongoing {
				track: status.track,
				proposal: proposal(block, status.proposal).await?,
				enactment: match status.enactment {
					DispatchTime::At(block) => Enactment::At(block),
					DispatchTime::After(blocks) => Enactment::After(blocks),
				},
				submitted: status.submitted,
				standing: block.call(standing).await?.map(Standing::from),
			};
			let submission = Some(status.submission_deposit);
			(State::Ongoing(Box::new(ongoing)), submission, status.decision_deposit)
		},
		Info::Approved(at, submission, decision) => {
			let lookup = runtime::storage().scheduler().lookup();
			let scheduled = block.option(lookup, (enactment_name(index),)).await?;
			let enacted = scheduled.map(|(block, _)| block);
			(State::Approved { at, enacted }, submission, decision)
		},
		Info::Rejected(at, submission, decision) => (State::Rejected { at }, submission, decision),
		Info::Cancelled(at, submission, decision) => {
			(State::Cancelled { at }, submission, decision)
		},
		Info::TimedOut(at, submission, decision) => (State::TimedOut { at }, submission, decision),
		Info::Killed(at) => (State::Killed { at }, None, None),
	};
	Ok(Some(Referendum {
		index,
		state,
		submission_deposit: submission.map(Deposit::from),
		decision_deposit: decision.map(Deposit::from),
	}))
}

/// Reads the call that is decided about.
async fn proposal<T, H>(block: &Block, proposal: Bounded<T, H>) -> Result<Proposal, Error> {
	let (hash, bytes) = match proposal {
		Bounded::Inline(bytes) => (blake2_256(&bytes.0), Some(bytes.0)),
		Bounded::Lookup { hash, len } => {
			let preimages = runtime::storage().preimage().preimage_for();
			let bytes = block.option(preimages, ((hash, len),)).await?;
			(hash.0, bytes.map(|bytes| bytes.0))
		},
		// The SDK reads these only; it writes none.
		Bounded::Legacy { hash, .. } => (hash.0, None),
		// Only there for the type.
		Bounded::__Ignore(_) => {
			return Ok(Proposal { hash: Hash([0; 32]), call: None, bytes: None })
		},
	};
	let call = bytes.as_deref().and_then(|bytes| block.explain_call(bytes));
	Ok(Proposal { hash: Hash(hash), call, bytes })
}

/// The name under which pallet-referenda schedules what the referendum `index` decided.
fn enactment_name(index: u32) -> [u8; 32] {
	blake2_256(&(*b"assembly", "enactment", index).encode())
}

/// The hash by which the chain names calls and code.
pub fn blake2_256(bytes: &[u8]) -> [u8; 32] {
	let mut hash = [0; 32];
	let digest = blake2b_simd::Params::new().hash_length(32).hash(bytes);
	hash.copy_from_slice(digest.as_bytes());
	hash
}

/// How many blocks after `now` the block `block` comes.
pub fn blocks_until(block: BlockNumber, now: u64) -> BlockNumber {
	u64::from(block).saturating_sub(now).try_into().unwrap_or(BlockNumber::MAX)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn deposit() -> Option<Deposit> {
		Some(Deposit { account: AccountId32([1; 32]), amount: Amount(5) })
	}

	fn referendum(state: State) -> Referendum {
		Referendum { index: 0, state, submission_deposit: deposit(), decision_deposit: deposit() }
	}

	#[test]
	fn deposits_should_return_as_the_chain_lets_them() {
		for (state, submission, decision) in [
			(State::Approved { at: 5, enacted: None }, true, true),
			(State::Cancelled { at: 5 }, true, true),
			(State::Rejected { at: 5 }, false, true),
			(State::TimedOut { at: 5 }, false, true),
		] {
			let referendum = referendum(state);
			assert_eq!(referendum.refundable_submission().is_some(), submission, "{referendum:?}");
			assert_eq!(referendum.refundable_decision().is_some(), decision, "{referendum:?}");
		}
	}

	#[test]
	fn calls_should_be_named_by_blake2() {
		// RFC 7693 with 32 bytes of output, of nothing.
		let hash = "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8";
		assert_eq!(hex::encode(blake2_256(&[])), hash);
	}
}
