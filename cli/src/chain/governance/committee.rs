//! The technical committee, and the calls that it whitelists.

use crate::{
	chain::{
		governance::blake2_256,
		runtime,
		runtime::runtime_types::{
			aitbc_runtime::RuntimeCall, pallet_collective::pallet::Call as Collective,
			pallet_whitelist::pallet::Call as Whitelist, sp_weights::weight_v2::Weight,
		},
		Block, ChainCall, EncodedCall, Error,
	},
	digest::Hash,
};
use serde::Serialize;
use subxt::utils::AccountId32;

/// What whitelisting a call may weigh at most: several times what it does.
const MAX_WEIGHT: Weight = Weight { ref_time: 10_000_000_000, proof_size: 100_000 };

/// A motion of the committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Motion {
	/// Its hash.
	pub hash: Hash,
	/// Its number.
	pub index: u32,
	/// How many ayes it needs.
	pub threshold: u32,
	/// Who says aye.
	pub ayes: Vec<AccountId32>,
	/// Who says nay.
	pub nays: Vec<AccountId32>,
	/// The block in which it ends.
	pub until: u32,
}

/// Where whitelisting a call stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Whitelisting {
	/// The call's hash.
	pub call: Hash,
	/// Whether it is whitelisted.
	pub is_whitelisted: bool,
	/// The committee's members.
	pub members: Vec<AccountId32>,
	/// The motion to whitelist it, if there is one.
	pub motion: Option<Motion>,
}

impl Whitelisting {
	/// How many members must agree: two thirds.
	pub fn threshold(&self) -> u32 {
		let members = u32::try_from(self.members.len()).unwrap_or(u32::MAX);
		members.saturating_mul(2).div_ceil(3)
	}
}

/// The motion that whitelists the call with this hash.
fn motion(call: Hash) -> ChainCall {
	RuntimeCall::Whitelist(Whitelist::whitelist_call { call_hash: call.0.into() }).into()
}

/// Reads where whitelisting the call with this hash stands.
pub async fn whitelisting(block: &Block, call: Hash) -> Result<Whitelisting, Error> {
	let storage = || runtime::storage().technical_committee();
	let whitelisted = runtime::storage().whitelist().whitelisted_call();
	let hash = blake2_256(block.write_call(&motion(call))?.bytes());
	let votes = block.option(storage().voting(), (hash.into(),)).await?;
	Ok(Whitelisting {
		call,
		is_whitelisted: block.option(whitelisted, (call.0.into(),)).await?.is_some(),
		members: block.value(storage().members(), ()).await?,
		motion: votes.map(|votes| Motion {
			hash: Hash(hash),
			index: votes.index,
			threshold: votes.threshold,
			ayes: votes.ayes,
			nays: votes.nays,
			until: votes.end,
		}),
	})
}

/// Moves to whitelist the call, and votes for it.
pub async fn propose(block: &Block, state: &Whitelisting) -> Result<Vec<ChainCall>, Error> {
	let motion = motion(state.call);
	let encoded: EncodedCall = block.write_call(&motion)?;
	let next = runtime::storage().technical_committee().proposal_count();
	let index = block.value(next, ()).await?;
	let proposal = Box::new(motion.into_generated());
	let length_bound = u32::try_from(encoded.bytes().len()).unwrap_or(u32::MAX);
	let threshold = state.threshold();
	let propose = Collective::propose { threshold, proposal, length_bound };
	let mut calls = vec![ChainCall::from(RuntimeCall::TechnicalCommittee(propose))];
	// One member alone decides at once.
	if threshold > 1 {
		calls.push(vote(Hash(blake2_256(encoded.bytes())), index));
	}
	Ok(calls)
}

/// Votes for a motion.
pub fn vote(proposal: Hash, index: u32) -> ChainCall {
	let vote = Collective::vote { proposal: proposal.0.into(), index, approve: true };
	RuntimeCall::TechnicalCommittee(vote).into()
}

/// Does what enough members voted for.
pub fn close(block: &Block, state: &Whitelisting, index: u32) -> Result<ChainCall, Error> {
	let encoded = block.write_call(&motion(state.call))?;
	let length_bound = u32::try_from(encoded.bytes().len()).unwrap_or(u32::MAX);
	Ok(RuntimeCall::TechnicalCommittee(Collective::close {
		proposal_hash: blake2_256(encoded.bytes()).into(),
		index,
		proposal_weight_bound: MAX_WEIGHT,
		length_bound,
	})
	.into())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn threshold_should_be_two_thirds_rounded_up() {
		for (members, threshold) in [(1, 1), (2, 2), (3, 2), (4, 3), (6, 4), (7, 5)] {
			let state = Whitelisting {
				call: Hash([0; 32]),
				is_whitelisted: false,
				members: vec![AccountId32([0; 32]); members],
				motion: None,
			};
			assert_eq!(state.threshold(), threshold, "{members}");
		}
	}
}
