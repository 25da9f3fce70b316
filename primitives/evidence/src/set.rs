//! Sets of GRANDPA's authorities.

use crate::{digest::announced_change, error::VerifyError, state::StateProof, Header};
use aitbc_core::Hash;
use codec::{Decode, DecodeAll, Encode};
use finality_grandpa::voter_set::VoterSet;
use hex_literal::hex;
use sp_consensus_grandpa::{AuthorityId, AuthorityList, SetId};
use sp_runtime::traits::{BlakeTwo256, Hash as _, Header as _};

/// The key of pallet-grandpa's `Authorities` in the state: `twox_128("Grandpa")`, `twox_128("Authorities")`.
pub const AUTHORITIES_KEY: [u8; 32] =
	hex!("5f9cc45b7a00c5899361e1c6099678dc 5e0621c4869aa60c02be9adcc98a0d1d");

/// A set of authorities, whose votes finalize blocks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AuthoritySet {
	/// Its number. The genesis block's set has 0.
	pub id: SetId,
	/// The authorities' keys and weights.
	pub authorities: AuthorityList,
}

impl AuthoritySet {
	/// The set of a genesis block, from its state.
	pub fn of_genesis(header: &Header, authorities: &StateProof) -> Result<Self, VerifyError> {
		if *header.number() != 0 {
			return Err(VerifyError::NotGenesis { number: *header.number() });
		}
		let value = authorities.read(header.state_root(), &AUTHORITIES_KEY);
		let value = value.map_err(VerifyError::GenesisState)?;
		let list = value.and_then(|value| AuthorityList::decode_all(&mut &*value).ok());
		Ok(Self { id: 0, authorities: list.ok_or(VerifyError::NoAuthorities)? })
	}

	/// The set after this one, which `header` announces.
	pub fn next(&self, header: &Header) -> Result<Self, VerifyError> {
		let number = *header.number();
		let change =
			announced_change(header).map_err(|error| VerifyError::Digest { number, error })?;
		let authorities = change.ok_or(VerifyError::NoChange { number })?;
		let id = self.id.checked_add(1).ok_or(VerifyError::LastSet)?;
		Ok(Self { id, authorities })
	}

	/// What says which set it is: Blake2b-256 of its encoding.
	pub fn hash(&self) -> Hash {
		BlakeTwo256::hash_of(self)
	}

	/// Those who vote. `None` if nobody has weight, or all together more than 2^64 - 1.
	///
	/// As in GRANDPA, who has no weight is left out, and who is there twice has the sum.
	pub fn voters(&self) -> Option<VoterSet<AuthorityId>> {
		VoterSet::new(self.authorities.iter().cloned())
	}
}
