//! The origins that referenda below root dispatch their calls with.
//!
//! Only the scheduler makes them, when a referendum's call is due: this pallet has no call, no event
//! and no storage. [`crate::configs::governance::tracks`] says which track gives which origin,
//! [`crate::configs::origins`] which area takes which.

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use frame_support::pallet_prelude::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// What a referendum's call is dispatched as. Indices are part of the wire format.
	#[pallet::origin]
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
	pub enum Origin {
		/// Dispatches, as root, a call that the technical committee whitelisted.
		#[codec(index = 0)]
		WhitelistedCaller,
		/// Changes governed parameters.
		#[codec(index = 1)]
		Parameters,
		/// Cancels and orders slashes, and sets the least commission.
		#[codec(index = 2)]
		Slashing,
		/// Decides about agents, answers, cases and reports.
		#[codec(index = 3)]
		Oversight,
		/// Holds the brakes, and keeps the catalogue of operations.
		#[codec(index = 4)]
		Operations,
		/// Spends a little of the treasury.
		#[codec(index = 5)]
		SmallSpender,
		/// Spends much of the treasury.
		#[codec(index = 6)]
		BigSpender,
	}
}
