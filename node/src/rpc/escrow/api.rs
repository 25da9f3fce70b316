//! The methods, and what clients may ask with them.
//!
//! Every method takes the hash of a block as its last parameter, `at`, and asks about the best block
//! without. Parameters can be sent by position or by name. `docs/rpc/openrpc.json` describes the same
//! for clients; a test holds it to the node.

use super::{
	inputs::{Agreement, Voucher},
	views,
};
use crate::rpc::{
	accounts::Address,
	answer::{Answer, Page},
	cursor::Cursor,
	error::Error,
	format::Plancks,
};
use aitbc_core::ContractId;
use aitbc_runtime::Hash;
use jsonrpsee::proc_macros::rpc;

/// Reads contracts, and what they still owe.
///
/// `limit` is clamped to what the runtime API says, and is the most when left out.
#[rpc(server, namespace = "escrow")]
pub trait EscrowRpc {
	/// The contract with this id, or null if it closed or never opened. What a stream earned, and
	/// where its money runs out, is as of the active clock then.
	#[method(name = "contract", blocking)]
	fn contract(
		&self,
		contract: ContractId,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::contract::Contract>>, Error>;

	/// The contracts in which `account` is client or provider, in an order of the chain's own.
	#[method(name = "contractsOfParty", blocking)]
	fn contracts_of_party(
		&self,
		account: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::contract::Contract>>, Error>;

	/// What `contract`, which may be closed, owes and could not pay out yet.
	#[method(name = "claims", blocking)]
	fn claims(
		&self,
		contract: ContractId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::claim::Claim>>, Error>;

	/// The deposit that opening a contract with `agreement` takes. A list that is too long is priced
	/// as the longest.
	#[method(name = "depositFor", blocking)]
	fn deposit_for(&self, agreement: Agreement, at: Option<Hash>)
		-> Result<Answer<Plancks>, Error>;

	/// The bytes that the signer of a metered contract has to sign for `voucher`.
	#[method(name = "voucherPayload", blocking)]
	fn voucher_payload(&self, voucher: Voucher, at: Option<Hash>) -> Result<Answer<String>, Error>;
}
