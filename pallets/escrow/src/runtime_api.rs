//! What the node's clients may ask about contracts.

use crate::types::{Claim, ClaimKind, ContractInfo, ContractPage};
use aitbc_core::{Agreement, Balance, ContractId, Voucher};
use alloc::vec::Vec;
use codec::Codec;

/// The most contracts on one page of [`EscrowApi::contracts_of`].
pub const MAX_PAGE: u32 = 100;

sp_api::decl_runtime_apis! {
	/// Reads contracts and claims.
	#[api_version(2)]
	pub trait EscrowApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The contract with this id, or `None` if it closed or never opened.
		///
		/// What a stream earned, and where its money runs out, is as of the active clock now.
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

		/// The deposit that opening a contract with this agreement takes now, in plancks. A list
		/// that is too long is priced as the longest.
		fn deposit_for(agreement: Agreement<AccountId>) -> Balance;

		/// The bytes that the signer of a metered contract has to sign for this voucher. A signature
		/// over `<Bytes>`, these bytes and `</Bytes>` is taken as well.
		fn voucher_payload(voucher: Voucher) -> Vec<u8>;
	}
}
