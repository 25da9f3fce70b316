//! What a referendum still needs, and by when.
//!
//! Storage has the votes, and metadata the tracks with the periods of whatever network it was taken from.
//! [`GovernanceApi`] puts both together, so that no client computes a curve.

use crate::{
	configs::governance::tracks::{TrackId, Tracks},
	Balance, BlockNumber, Referenda, Runtime, System,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_support::traits::{Get, VoteTally};
use pallet_referenda::{
	Config, Curve, ReferendumIndex, ReferendumStatusOf, Track, TrackInfo, TracksInfo,
};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

sp_api::decl_runtime_apis! {
	/// Tells of governance.
	pub trait GovernanceApi {
		/// The tracks of this network, by id.
		fn tracks() -> Vec<TrackView>;

		/// Where the referendum `index` stands, while it goes on.
		fn standing(index: ReferendumIndex) -> Option<Standing>;
	}
}

/// A track as this network has it. Periods are in blocks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TrackView {
	/// Its id.
	pub id: TrackId,
	/// Its name.
	pub name: Vec<u8>,
	/// How many referenda are decided at a time.
	pub max_deciding: u32,
	/// What has to be deposited before one is decided, in plancks.
	pub decision_deposit: Balance,
	/// How long a referendum waits before it is decided.
	pub prepare: BlockNumber,
	/// How long it may take to pass.
	pub decision: BlockNumber,
	/// How long it must pass without a break.
	pub confirm: BlockNumber,
	/// How long its call waits at least after that.
	pub enactment: BlockNumber,
	/// The ayes needed among the votes, at the beginning and at the end of the decision.
	pub approval: (Perbill, Perbill),
	/// The ayes needed of all that could vote, without conviction, at the beginning and at the end.
	pub support: (Perbill, Perbill),
}

/// Where a referendum stands that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Standing {
	/// The track that decides it.
	pub track: TrackId,
	/// How far it has come.
	pub stage: Stage,
	/// What votes for it, with conviction, in plancks.
	pub ayes: Balance,
	/// What votes against it, with conviction, in plancks.
	pub nays: Balance,
	/// The ayes among the votes.
	pub approval: Share,
	/// The ayes of all that could vote, without conviction.
	pub support: Share,
}

/// What there is of something, and what there must be in this block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Share {
	/// What there is.
	pub has: Perbill,
	/// What there must be at least.
	pub needs: Perbill,
}

/// How far a referendum has come that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Stage {
	/// It waits for its decision deposit.
	NeedsDeposit {
		/// The block in which it ends without one.
		until: BlockNumber,
	},
	/// It waits for its track's preparation to end.
	Preparing {
		/// The block in which it can be decided at the earliest.
		until: BlockNumber,
	},
	/// It waits for another referendum of its track to end.
	Queued,
	/// It is decided, and does not pass now.
	Deciding {
		/// The block in which it fails unless it passes.
		until: BlockNumber,
	},
	/// It passes.
	Confirming {
		/// The block in which it is approved if it passes until then.
		until: BlockNumber,
	},
}

/// Answers [`GovernanceApi::tracks`].
pub fn tracks() -> Vec<TrackView> {
	Tracks::tracks().map(|track| view(&track)).collect()
}

/// Answers [`GovernanceApi::standing`].
pub fn standing(index: ReferendumIndex) -> Option<Standing> {
	let status = Referenda::ensure_ongoing(index).ok()?;
	let track = Tracks::info(status.track)?;
	let since = status.deciding.as_ref().map(|deciding| deciding.since);
	let elapsed = since.map_or(0, |since| System::block_number().saturating_sub(since));
	let place = Perbill::from_rational(elapsed.min(track.decision_period), track.decision_period);
	Some(Standing {
		track: status.track,
		stage: stage(&status, &track),
		ayes: status.tally.ayes,
		nays: status.tally.nays,
		approval: Share {
			has: status.tally.approval(status.track),
			needs: track.min_approval.threshold(place),
		},
		support: Share {
			has: status.tally.support(status.track),
			needs: track.min_support.threshold(place),
		},
	})
}

fn stage(
	status: &ReferendumStatusOf<Runtime, ()>,
	track: &TrackInfo<Balance, BlockNumber>,
) -> Stage {
	match &status.deciding {
		Some(deciding) => match deciding.confirming {
			Some(until) => Stage::Confirming { until },
			None => Stage::Deciding { until: deciding.since.saturating_add(track.decision_period) },
		},
		None if status.in_queue => Stage::Queued,
		None if status.decision_deposit.is_some() => {
			Stage::Preparing { until: status.submitted.saturating_add(track.prepare_period) }
		},
		None => {
			let timeout: BlockNumber = <Runtime as Config>::UndecidingTimeout::get();
			Stage::NeedsDeposit { until: status.submitted.saturating_add(timeout) }
		},
	}
}

fn view(Track { id, info }: &Track<TrackId, Balance, BlockNumber>) -> TrackView {
	let ends = |curve: &Curve| (curve.threshold(Perbill::zero()), curve.threshold(Perbill::one()));
	TrackView {
		id: *id,
		// Padded with zeros.
		name: info.name.iter().copied().take_while(|byte| *byte != 0).collect(),
		max_deciding: info.max_deciding,
		decision_deposit: info.decision_deposit,
		prepare: info.prepare_period,
		decision: info.decision_period,
		confirm: info.confirm_period,
		enactment: info.min_enactment_period,
		approval: ends(&info.min_approval),
		support: ends(&info.min_support),
	}
}
