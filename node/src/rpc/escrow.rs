//! The namespace `escrow_*`: who holds money for whom, and how far the work has come.
//!
//! It only translates: what is answered is what the runtime API of the escrow answers.

mod api;
mod inputs;
mod terms;
mod views;

use super::{
	accounts::{Accounts, Address},
	answer::{Answer, Chain, Page, RequiredApi},
	cursor::{limit_or_most, Cursor, List},
	error::Error,
	format::{hexadecimal, Plancks},
};
use crate::service::{Block, FullClient};
use aitbc_core::ContractId;
use aitbc_runtime::{AccountId, Hash};
use api::EscrowRpcServer;
use inputs::{Agreement, Voucher};
use jsonrpsee::Methods;
use pallet_escrow::runtime_api::EscrowApi;
use sc_service::ChainSpec;
use std::sync::Arc;
use views::{claim::Claim, contract::Contract};

/// Answers questions about escrow.
struct Escrow {
	chain: Chain,
	accounts: Accounts,
}

/// The methods, on the chain of `client` that `spec` describes.
pub fn module(client: Arc<FullClient>, spec: &dyn ChainSpec) -> Methods {
	let apis = vec![RequiredApi::of::<dyn EscrowApi<Block, AccountId>>("EscrowApi")];
	Escrow { chain: Chain::new(client, apis), accounts: Accounts::of(spec) }.into_rpc().into()
}

impl EscrowRpcServer for Escrow {
	fn contract(
		&self,
		contract: ContractId,
		at: Option<Hash>,
	) -> Result<Answer<Option<Contract>>, Error> {
		self.chain.answer(at, |api, at| {
			Ok(api.contract(at, contract)?.map(|info| Contract::new(info, &self.accounts)))
		})
	}

	fn contracts_of_party(
		&self,
		account: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<Contract>>, Error> {
		let account = self.accounts.read(&account)?;
		let list = List::new("escrow_contractsOfParty", &account);
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.contracts_of(at, account, after, limit_or_most(limit))?;
			let view = |info| Contract::new(info, &self.accounts);
			Ok((page.contracts.into_iter().map(view).collect(), list.cursor(page.next)))
		})
	}

	fn claims(&self, contract: ContractId, at: Option<Hash>) -> Result<Answer<Vec<Claim>>, Error> {
		self.chain.answer(at, |api, at| {
			let view = |claim| Claim::new(claim, &self.accounts);
			Ok(api.claims(at, contract)?.into_iter().map(view).collect())
		})
	}

	fn deposit_for(
		&self,
		agreement: Agreement,
		at: Option<Hash>,
	) -> Result<Answer<Plancks>, Error> {
		let agreement = agreement.read(&self.accounts)?;
		self.chain.answer(at, |api, at| Ok(Plancks(api.deposit_for(at, agreement)?)))
	}

	fn voucher_payload(&self, voucher: Voucher, at: Option<Hash>) -> Result<Answer<String>, Error> {
		self.chain.answer(at, |api, at| Ok(hexadecimal(&api.voucher_payload(at, voucher.into())?)))
	}
}
