//! How an area recognizes a track's origin.

use crate::{governance_origins::Origin, OriginCaller, RuntimeOrigin};
use core::marker::PhantomData;
use frame_support::{
	parameter_types,
	traits::{EnsureOrigin, Get, OriginTrait},
};

parameter_types! {
	pub const WhitelistedCaller: Origin = Origin::WhitelistedCaller;
	pub const Parameters: Origin = Origin::Parameters;
	pub const Slashing: Origin = Origin::Slashing;
	pub const Oversight: Origin = Origin::Oversight;
	pub const Operations: Origin = Origin::Operations;
}

/// Takes what the emergency track's referenda dispatch as.
pub type EnsureWhitelistedCaller = EnsureTrack<WhitelistedCaller>;

/// Takes what the parameters track's referenda dispatch as.
pub type EnsureParameters = EnsureTrack<Parameters>;

/// Takes what the slashing track's referenda dispatch as.
pub type EnsureSlashing = EnsureTrack<Slashing>;

/// Takes what the oversight track's referenda dispatch as.
pub type EnsureOversight = EnsureTrack<Oversight>;

/// Takes what the operations track's referenda dispatch as.
pub type EnsureOperations = EnsureTrack<Operations>;

/// Takes the origin that `O` names, and no other.
pub struct EnsureTrack<O>(PhantomData<O>);

impl<O: Get<Origin>> EnsureOrigin<RuntimeOrigin> for EnsureTrack<O> {
	type Success = ();

	fn try_origin(origin: RuntimeOrigin) -> Result<(), RuntimeOrigin> {
		if of_track(&origin) == Some(O::get()) {
			Ok(())
		} else {
			Err(origin)
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(O::get().into())
	}
}

/// Which of the tracks' origins `origin` is, if one.
pub(super) fn of_track(origin: &RuntimeOrigin) -> Option<Origin> {
	match origin.caller() {
		OriginCaller::Origins(found) => Some(*found),
		_ => None,
	}
}
