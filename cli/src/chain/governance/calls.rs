//! What can be sent about referenda, alone or with others.

use super::Enactment;
use crate::{
	amount::Amount,
	chain::{
		runtime,
		runtime::runtime_types::{
			aitbc_runtime::{governance_origins::pallet::Origin, OriginCaller, RuntimeCall},
			bounded_collections::bounded_vec::BoundedVec,
			frame_support::{
				dispatch::RawOrigin,
				traits::{preimages::Bounded, schedule::DispatchTime},
			},
			frame_system::pallet::Call as System,
			pallet_preimage::pallet::Call as Preimage,
			pallet_referenda::pallet::Call as Referenda,
			pallet_staking::pallet::pallet::Call as Staking,
			pallet_treasury::pallet::Call as Treasury,
			pallet_whitelist::pallet::Call as Whitelist,
			sp_arithmetic::per_things::Perbill,
		},
		Block, ChainCall, EncodedCall, Error,
	},
	decimal::Share,
	digest::Hash,
};
use std::fmt;
use subxt::utils::{AccountId32, MultiAddress};

/// The most bytes of a call that a referendum has itself; of longer ones it has the hash.
const MAX_INLINE: usize = 128;

/// What a referendum dispatches its call as, by the name of its track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum TrackName {
	/// May do everything
	Root,
	/// Dispatches as root what the technical committee whitelisted
	Emergency,
	/// Changes governed parameters
	Parameters,
	/// Cancels and orders slashes, and sets the least commission
	Slashing,
	/// Decides about tags, agents, answers, cases and reports
	Oversight,
	/// Holds the brakes, and keeps the catalogue of operations
	Operations,
	/// Spends a little of the treasury
	#[value(alias = "small_spender")]
	SmallSpender,
	/// Spends much of the treasury
	#[value(alias = "big_spender")]
	BigSpender,
}

impl TrackName {
	/// Its id, as docs/governance.md has it.
	pub const fn id(self) -> u16 {
		match self {
			Self::Root => 0,
			Self::Emergency => 1,
			Self::Parameters => 10,
			Self::Slashing => 11,
			Self::Oversight => 12,
			Self::Operations => 13,
			Self::SmallSpender => 20,
			Self::BigSpender => 21,
		}
	}

	fn origin(self) -> OriginCaller {
		OriginCaller::Origins(match self {
			Self::Root => return OriginCaller::system(RawOrigin::Root),
			Self::Emergency => Origin::WhitelistedCaller,
			Self::Parameters => Origin::Parameters,
			Self::Slashing => Origin::Slashing,
			Self::Oversight => Origin::Oversight,
			Self::Operations => Origin::Operations,
			Self::SmallSpender => Origin::SmallSpender,
			Self::BigSpender => Origin::BigSpender,
		})
	}
}

impl fmt::Display for TrackName {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Root => "root",
			Self::Emergency => "emergency",
			Self::Parameters => "parameters",
			Self::Slashing => "slashing",
			Self::Oversight => "oversight",
			Self::Operations => "operations",
			Self::SmallSpender => "small_spender",
			Self::BigSpender => "big_spender",
		})
	}
}

/// Whether a referendum about `call` needs its bytes to be stored before.
pub fn needs_preimage(call: &EncodedCall) -> bool {
	call.bytes().len() > MAX_INLINE
}

/// Stores the bytes of a call.
pub fn note_preimage(call: &EncodedCall) -> ChainCall {
	RuntimeCall::Preimage(Preimage::note_preimage { bytes: call.bytes().to_vec() }).into()
}

/// Removes the bytes of a call, whose deposit returns to the sender.
pub fn unnote_preimage(hash: Hash) -> ChainCall {
	RuntimeCall::Preimage(Preimage::unnote_preimage { hash: hash.0.into() }).into()
}

/// Proposes to dispatch `call` as the track's origin.
pub fn submit(track: TrackName, call: &EncodedCall, enactment: Enactment) -> ChainCall {
	let bytes = call.bytes();
	let proposal = match u32::try_from(bytes.len()) {
		Ok(len) if needs_preimage(call) => {
			Bounded::Lookup { hash: super::blake2_256(bytes).into(), len }
		},
		_ => Bounded::Inline(BoundedVec(bytes.to_vec())),
	};
	let enactment_moment = match enactment {
		Enactment::At(block) => DispatchTime::At(block),
		Enactment::After(blocks) => DispatchTime::After(blocks),
	};
	let proposal_origin = Box::new(track.origin());
	RuntimeCall::Referenda(Referenda::submit { proposal_origin, proposal, enactment_moment }).into()
}

/// Pays for the decision of a referendum.
pub fn place_decision_deposit(index: u32) -> ChainCall {
	RuntimeCall::Referenda(Referenda::place_decision_deposit { index }).into()
}

/// Gives a referendum's submission deposit back to who paid it.
pub fn refund_submission_deposit(index: u32) -> ChainCall {
	RuntimeCall::Referenda(Referenda::refund_submission_deposit { index }).into()
}

/// Gives a referendum's decision deposit back to who paid it.
pub fn refund_decision_deposit(index: u32) -> ChainCall {
	RuntimeCall::Referenda(Referenda::refund_decision_deposit { index }).into()
}

/// Lets anybody bring the code with this hash later.
pub fn authorize_upgrade(code_hash: [u8; 32]) -> ChainCall {
	RuntimeCall::System(System::authorize_upgrade { code_hash: code_hash.into() }).into()
}

/// Brings the code that was decided on.
pub fn apply_authorized_upgrade(code: Vec<u8>) -> ChainCall {
	RuntimeCall::System(System::apply_authorized_upgrade { code }).into()
}

/// Lets the treasury pay `amount` to `to`.
pub fn spend(amount: Amount, to: AccountId32) -> ChainCall {
	RuntimeCall::Treasury(Treasury::spend {
		asset_kind: Box::new(()),
		amount: amount.0,
		beneficiary: Box::new(MultiAddress::Id(to)),
		valid_from: None,
	})
	.into()
}

/// Has the treasury pay what was decided.
pub fn payout(index: u32) -> ChainCall {
	RuntimeCall::Treasury(Treasury::payout { index }).into()
}

/// Dispatches `call` as root, if the technical committee whitelisted it.
pub fn dispatch_whitelisted(call: ChainCall) -> ChainCall {
	let call = Box::new(call.into_generated());
	RuntimeCall::Whitelist(Whitelist::dispatch_whitelisted_call_with_preimage { call }).into()
}

/// Slashes a share of the stake that `validator` and its nominators had in `era`.
pub fn manual_slash(validator: AccountId32, era: u32, fraction: Share) -> ChainCall {
	let slash_fraction = Perbill(fraction.0);
	let call = Staking::manual_slash { validator_stash: validator, era, slash_fraction };
	RuntimeCall::Staking(call).into()
}

/// Whether the bytes of `call` are on the chain.
pub async fn has_preimage(block: &Block, call: &EncodedCall) -> Result<bool, Error> {
	let bytes = call.bytes();
	let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
	let key = (super::blake2_256(bytes).into(), length);
	let preimages = runtime::storage().preimage().preimage_for();
	Ok(block.option(preimages, (key,)).await?.is_some())
}

/// Reads what is reserved for a referendum.
pub fn submission_deposit(block: &Block) -> Result<Amount, Error> {
	block.constant(runtime::constants().referenda().submission_deposit()).map(Amount)
}
