//! The tracks: what a referendum may do, what it costs, how long it takes and what it needs.
//!
//! Periods are production's; on a network with a time scale they are divided by it. The table in
//! `docs/governance.md` is held to this one by a test.

use crate::{governance_origins::Origin, Balance, BlockNumber, NetworkParameters, OriginCaller};
use aitbc_core::{
	money::AIT,
	time::{DAYS, HOURS, MINUTES},
};
use alloc::borrow::Cow;
use frame_system::RawOrigin;
use pallet_referenda::{Curve, Track, TrackInfo, TracksInfo};
use sp_runtime::{str_array, FixedI64};

/// A track's id: part of the wire format, and what voters delegate by.
pub type TrackId = u16;

/// May do everything: the runtime, the technical committee, other referenda.
pub const ROOT: TrackId = 0;

/// Dispatches as root what the technical committee whitelisted.
pub const EMERGENCY: TrackId = 1;

/// Changes governed parameters, within their bounds.
pub const PARAMETERS: TrackId = 10;

/// Cancels and orders slashes.
pub const SLASHING: TrackId = 11;

/// Decides about agents, answers, cases and reports.
pub const OVERSIGHT: TrackId = 12;

/// Holds the brakes, and keeps the catalogue of operations.
pub const OPERATIONS: TrackId = 13;

/// Spends up to [`super::treasury::SMALL_SPEND`].
pub const SMALL_SPENDER: TrackId = 20;

/// Spends up to [`super::treasury::BIG_SPEND`].
pub const BIG_SPENDER: TrackId = 21;

/// A track as production has it. Periods are in blocks.
struct Plan {
	id: TrackId,
	/// At most 25 bytes.
	name: &'static str,
	/// How many referenda are decided at a time; the others queue, those with the most ayes first.
	max_deciding: u32,
	/// In plancks.
	decision_deposit: Balance,
	prepare: BlockNumber,
	decision: BlockNumber,
	/// How long it must pass without a break.
	confirm: BlockNumber,
	/// How long after that its call waits at least.
	enactment: BlockNumber,
	/// The ayes needed among the votes.
	approval: Curve,
	/// The ayes needed, without conviction, of all that could vote.
	support: Curve,
}

/// A share of a hundred, for curves.
const fn percent(share: u128) -> FixedI64 {
	FixedI64::from_rational(share, 100)
}

/// Unanimous at first: whoever disagrees has time to say so.
const ROOT_APPROVAL: Curve = Curve::make_linear(14, 14, percent(50), percent(100));
/// Half of all that could vote at first, and never less than a twentieth.
const ROOT_SUPPORT: Curve = Curve::make_linear(14, 14, percent(5), percent(50));

const EMERGENCY_APPROVAL: Curve =
	Curve::make_reciprocal(12, 7 * 24, percent(75), percent(50), percent(95));
/// A quarter within an hour and a tenth within six: the committee has vouched for the call.
const EMERGENCY_SUPPORT: Curve =
	Curve::make_reciprocal(6, 7 * 24, percent(10), percent(2), percent(40));

const PARAMETERS_APPROVAL: Curve = Curve::make_linear(14, 14, percent(50), percent(80));
const PARAMETERS_SUPPORT: Curve =
	Curve::make_reciprocal(3, 14, percent(10), percent(2), percent(25));

/// Never below six tenths: whoever is to be slashed votes too.
const SLASHING_APPROVAL: Curve = Curve::make_linear(7, 7, percent(60), percent(90));
const SLASHING_SUPPORT: Curve = Curve::make_reciprocal(1, 7, percent(10), percent(3), percent(25));

const OVERSIGHT_APPROVAL: Curve = Curve::make_linear(5, 5, percent(50), percent(75));
const OVERSIGHT_SUPPORT: Curve = Curve::make_reciprocal(1, 5, percent(5), percent(1), percent(20));

/// Never below six tenths: it can stop the chain.
const OPERATIONS_APPROVAL: Curve = Curve::make_linear(5, 5, percent(60), percent(90));
const OPERATIONS_SUPPORT: Curve =
	Curve::make_reciprocal(12, 5 * 24, percent(10), percent(3), percent(30));

const SMALL_SPENDER_APPROVAL: Curve = Curve::make_linear(7, 7, percent(50), percent(75));
/// At the end a two-hundredth: what it spends is small.
const SMALL_SPENDER_SUPPORT: Curve =
	Curve::make_reciprocal(2, 7, percent(2), FixedI64::from_rational(1, 200), percent(10));

const BIG_SPENDER_APPROVAL: Curve = Curve::make_linear(14, 14, percent(50), percent(80));
const BIG_SPENDER_SUPPORT: Curve =
	Curve::make_reciprocal(4, 14, percent(10), percent(3), percent(30));

/// All of them, by id.
static PLANS: [Plan; 8] = [
	Plan {
		id: ROOT,
		name: "root",
		// It may change what decides about others.
		max_deciding: 1,
		decision_deposit: 100_000 * AIT,
		prepare: 2 * HOURS,
		decision: 14 * DAYS,
		confirm: DAYS,
		// A day for operators to get ready, or for the emergency track to cancel it.
		enactment: DAYS,
		approval: ROOT_APPROVAL,
		support: ROOT_SUPPORT,
	},
	Plan {
		id: EMERGENCY,
		name: "emergency",
		max_deciding: 10,
		decision_deposit: 10_000 * AIT,
		prepare: 10 * MINUTES,
		decision: 7 * DAYS,
		confirm: 10 * MINUTES,
		enactment: 10 * MINUTES,
		approval: EMERGENCY_APPROVAL,
		support: EMERGENCY_SUPPORT,
	},
	Plan {
		id: PARAMETERS,
		name: "parameters",
		max_deciding: 10,
		decision_deposit: 5_000 * AIT,
		prepare: 2 * HOURS,
		decision: 14 * DAYS,
		confirm: 12 * HOURS,
		enactment: 12 * HOURS,
		approval: PARAMETERS_APPROVAL,
		support: PARAMETERS_SUPPORT,
	},
	Plan {
		id: SLASHING,
		name: "slashing",
		max_deciding: 10,
		decision_deposit: 2_000 * AIT,
		prepare: HOURS,
		// With all the rest it ends well before a slash is applied, 20 days after the fault.
		decision: 7 * DAYS,
		confirm: 3 * HOURS,
		enactment: 10 * MINUTES,
		approval: SLASHING_APPROVAL,
		support: SLASHING_SUPPORT,
	},
	Plan {
		id: OVERSIGHT,
		name: "oversight",
		max_deciding: 20,
		decision_deposit: 1_000 * AIT,
		prepare: HOURS,
		// With all the rest it ends within the seven days of a case's oversight.
		decision: 5 * DAYS,
		confirm: 3 * HOURS,
		enactment: 10 * MINUTES,
		approval: OVERSIGHT_APPROVAL,
		support: OVERSIGHT_SUPPORT,
	},
	Plan {
		id: OPERATIONS,
		name: "operations",
		max_deciding: 10,
		decision_deposit: 5_000 * AIT,
		prepare: 30 * MINUTES,
		decision: 5 * DAYS,
		confirm: HOURS,
		enactment: 10 * MINUTES,
		approval: OPERATIONS_APPROVAL,
		support: OPERATIONS_SUPPORT,
	},
	Plan {
		id: SMALL_SPENDER,
		name: "small_spender",
		max_deciding: 50,
		decision_deposit: 500 * AIT,
		prepare: 4 * HOURS,
		decision: 7 * DAYS,
		confirm: 12 * HOURS,
		enactment: DAYS,
		approval: SMALL_SPENDER_APPROVAL,
		support: SMALL_SPENDER_SUPPORT,
	},
	Plan {
		id: BIG_SPENDER,
		name: "big_spender",
		max_deciding: 20,
		decision_deposit: 5_000 * AIT,
		prepare: 4 * HOURS,
		decision: 14 * DAYS,
		confirm: DAYS,
		enactment: DAYS,
		approval: BIG_SPENDER_APPROVAL,
		support: BIG_SPENDER_SUPPORT,
	},
];

impl Plan {
	/// The track as this network has it.
	fn info(&self) -> TrackInfo<Balance, BlockNumber> {
		let network = NetworkParameters::constants();
		TrackInfo {
			name: str_array(self.name),
			max_deciding: self.max_deciding,
			decision_deposit: self.decision_deposit,
			prepare_period: network.scaled(self.prepare),
			decision_period: network.scaled(self.decision),
			confirm_period: network.scaled(self.confirm),
			min_enactment_period: network.scaled(self.enactment),
			min_approval: self.approval.clone(),
			min_support: self.support.clone(),
		}
	}
}

/// The tracks of this network.
pub struct Tracks;

impl TracksInfo<Balance, BlockNumber> for Tracks {
	type Id = TrackId;
	type RuntimeOrigin = OriginCaller;

	fn tracks() -> impl Iterator<Item = Cow<'static, Track<TrackId, Balance, BlockNumber>>> {
		PLANS.iter().map(|plan| Cow::Owned(Track { id: plan.id, info: plan.info() }))
	}

	fn track_for(origin: &OriginCaller) -> Result<TrackId, ()> {
		match origin {
			OriginCaller::system(RawOrigin::Root) => Ok(ROOT),
			OriginCaller::Origins(origin) => Ok(of_origin(*origin)),
			_ => Err(()),
		}
	}

	// Asked whenever a voter's locks are read, so it reads nothing.
	fn track_ids() -> impl Iterator<Item = TrackId> {
		PLANS.iter().map(|plan| plan.id)
	}

	fn info(id: TrackId) -> Option<Cow<'static, TrackInfo<Balance, BlockNumber>>> {
		PLANS.iter().find(|plan| plan.id == id).map(|plan| Cow::Owned(plan.info()))
	}
}

/// The track whose referenda dispatch as `origin`.
fn of_origin(origin: Origin) -> TrackId {
	match origin {
		Origin::WhitelistedCaller => EMERGENCY,
		Origin::Parameters => PARAMETERS,
		Origin::Slashing => SLASHING,
		Origin::Oversight => OVERSIGHT,
		Origin::Operations => OPERATIONS,
		Origin::SmallSpender => SMALL_SPENDER,
		Origin::BigSpender => BIG_SPENDER,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::Perbill;

	fn plan(id: TrackId) -> &'static Plan {
		PLANS.iter().find(|plan| plan.id == id).expect("it is a track")
	}

	/// The longest that a referendum of the track `id` takes once it has its deposit and is decided at
	/// once, in blocks.
	fn longest(id: TrackId) -> BlockNumber {
		let plan = plan(id);
		plan.prepare + plan.decision + plan.confirm + plan.enactment
	}

	#[test]
	fn tracks_should_be_sorted_and_have_names_that_fit() {
		assert!(PLANS.is_sorted_by(|one, other| one.id < other.id));
		assert!(PLANS.iter().all(|plan| (1..=25).contains(&plan.name.len())));
	}

	#[test]
	fn referenda_about_slashes_and_cases_should_end_in_time() {
		assert!(longest(SLASHING) < 20 * DAYS);
		assert!(longest(OVERSIGHT) < 7 * DAYS);
	}

	#[test]
	fn enactment_should_be_shorter_than_the_locks_of_those_who_decided() {
		assert!(PLANS.iter().all(|plan| plan.enactment < 7 * DAYS));
	}

	#[test]
	fn curves_should_fall_from_where_they_begin_to_where_they_end() {
		for Plan { name, approval, support, .. } in &PLANS {
			for curve in [approval, support] {
				let at = |percent| curve.threshold(Perbill::from_percent(percent));
				assert!((0..100).all(|x| at(x) >= at(x + 1)), "{name}");
			}
			// A curve that is a fraction comes near to where it ends, by parts of 10^9.
			let least = Perbill::from_percent(50) - Perbill::from_parts(5);
			assert!(approval.threshold(Perbill::one()) >= least, "{name}");
			assert!(support.threshold(Perbill::one()) > Perbill::zero(), "{name}");
		}
	}
}
