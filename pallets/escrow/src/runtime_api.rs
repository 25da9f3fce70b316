//! What the node's clients may ask about contracts.

use crate::types::{Claim, ClaimKind, ContractInfo, ContractPage};
use aitbc_core::ContractId;
use alloc::vec::Vec;
use codec::Codec;

/// The most contracts on one page of [`EscrowApi::contracts_of`].
pub const MAX_PAGE: u32 = 100;

sp_api::decl_runtime_apis! {
	/// Reads contracts and claims.
	pub trait EscrowApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The contract with this id, or `None` if it closed or never opened.
		fn contract(contract: ContractId) -> Option<ContractInfo<AccountId>>;

		/// The contracts in which `account` is client or provider, from the one after `after` on.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. `after` may have closed since it was given
		/// out: paging goes on behind its place.
		fn contracts_of(
			account: AccountId,
			after: Option<ContractId>,
			limit: u32,
		) -> ContractPage<AccountId>;

		/// What the contract with this id owes and could not pay out yet. It may be closed.
		fn claims(contract: ContractId) -> Vec<(ClaimKind, Claim<AccountId>)>;
	}
}
