//! What transactions did in their blocks.

use super::{accounts::Release, runtime, value::Value, Block, BlockId, Config, Error, Failure};
use crate::amount::Amount;
use serde::Serialize;
use subxt::{
	client::OnlineClientAtBlockImpl,
	config::substrate::H256,
	error::DispatchError,
	extrinsics::{Extrinsic, ExtrinsicEvents},
	utils::AccountId32,
	Metadata,
};

/// A transaction in its block.
pub struct Included {
	/// The pallet and its call.
	pub call: String,
	/// Who signed it.
	pub from: AccountId32,
	/// The block.
	pub block: BlockId,
	/// What the sender paid for it.
	pub fee: Amount,
	/// What happened, or why nothing did.
	pub result: Result<Events, Failure>,
}

/// What happened in a transaction.
pub struct Events(ExtrinsicEvents<Config>);

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
	/// The pallet in which it did.
	pub pallet: String,
	/// What did.
	pub event: String,
	/// To whom, and how much.
	pub fields: Value,
}

impl Block {
	/// The transaction with this hash, if this block has it and somebody signed it.
	pub async fn transaction(&self, hash: H256) -> Result<Option<Included>, Error> {
		let transactions = self.at.extrinsics().fetch().await.map_err(|error| self.error(error))?;
		// Those that do not decode are of no account here.
		let found = transactions.iter().flatten().find(|transaction| transaction.hash() == hash);
		let Some((from, found)) = found.and_then(|found| Some((signer(&found)?, found))) else {
			return Ok(None);
		};
		let events = found.events().await.map_err(|error| self.error(error))?;
		Ok(Some(Included {
			call: format!("{}.{}", found.pallet_name(), found.call_name()),
			from,
			block: self.id,
			fee: self.fee_paid(&events)?,
			result: self.failed(&events)?.map_or(Ok(Events(events)), Err),
		}))
	}

	/// What the sender paid for the transaction that `events` are of.
	fn fee_paid(&self, events: &ExtrinsicEvents<Config>) -> Result<Amount, Error> {
		let paid = events.find_first::<runtime::transaction_payment::events::TransactionFeePaid>();
		let paid = paid.transpose().map_err(|error| self.error(error))?;
		Ok(Amount(paid.map_or(0, |paid| paid.actual_fee)))
	}

	/// Why the transaction failed that `events` are of, or a call that it carries, if one did. The
	/// call around that succeeds all the same.
	fn failed(&self, events: &ExtrinsicEvents<Config>) -> Result<Option<Failure>, Error> {
		let mut last = None;
		for event in events.iter() {
			let event = event.map_err(|error| self.error(error))?;
			match (event.pallet_name(), event.event_name(), event.field_bytes()) {
				("System", "ExtrinsicFailed", error)
				// These begin with a `Result` in SCALE: 1 stands for an error, which follows.
				| ("Proxy", "ProxyExecuted", [1, error @ ..])
				| ("Sudo", "Sudid", [1, error @ ..]) => last = Some(self.failure(error)?),
				// The code's hash comes first. The chain takes the transaction, and not the code.
				("System", "RejectedInvalidAuthorizedUpgrade", fields) => {
					if let Some(error) = fields.get(32..) {
						last = Some(self.failure(error)?);
					}
				},
				_ => (),
			}
		}
		Ok(last)
	}

	/// The chain's metadata at this block.
	pub(super) fn metadata(&self) -> &Metadata {
		self.at.metadata_ref()
	}

	/// What the SCALE-encoded dispatch error `bytes` means.
	pub(super) fn failure(&self, bytes: &[u8]) -> Result<Failure, Error> {
		let error = DispatchError::decode_from(bytes, self.at.metadata());
		Ok(Failure::new(error.map_err(|error| self.error(error))?, self.metadata()))
	}
}

/// Who signed `transaction`, if somebody did.
fn signer(
	transaction: &Extrinsic<'_, Config, OnlineClientAtBlockImpl<Config>>,
) -> Option<AccountId32> {
	// The first variant of an address is an account.
	match transaction.address_bytes()? {
		[0, account @ ..] => account.try_into().ok().map(AccountId32),
		_ => None,
	}
}

impl Events {
	/// Those that people ask for: what our pallets did, and transfers.
	pub fn shown(&self) -> Vec<Event> {
		let events = self.0.iter().flatten();
		let shown = events.filter(|event| {
			matches!(
				(event.pallet_name(), event.event_name()),
				(
					"Actions"
						| "Agents" | "BitcoinAnchor"
						| "ConvictionVoting"
						| "Disputes" | "Escrow"
						| "Jurors" | "Market"
						| "Preimage" | "Referenda"
						| "Reputation" | "Staking"
						| "TechnicalCommittee"
						| "Treasury" | "Validations"
						| "ValidatorPerformance"
						| "Whitelist",
					_
				) | ("Balances", "Transfer")
					| ("System", "UpgradeAuthorized" | "CodeUpdated")
					| ("Proxy", "ProxyAdded" | "ProxyRemoved")
			)
		});
		shown
			.map(|event| Event {
				pallet: event.pallet_name().to_owned(),
				event: event.event_name().to_owned(),
				// The metadata that found the event describes its fields as well.
				fields: event
					.decode_as()
					.map_or(Value::None, |value: Value| value.into_variant().1.into_variant().1),
			})
			.collect()
	}

	/// What was held and is its owner's to spend again, in the order in which that happened.
	pub fn releases(&self) -> Vec<Release> {
		let released = self.0.find::<runtime::balances::events::Released>().flatten();
		let release = |one: runtime::balances::events::Released| Release {
			account: one.who,
			held_for: one.reason.into(),
			amount: Amount(one.amount),
		};
		released.map(release).collect()
	}

	/// The agent that was registered, if one was.
	pub fn registered_agent(&self) -> Option<u64> {
		let event = self.0.find_first::<runtime::agents::events::AgentRegistered>()?;
		event.ok().map(|registered| registered.agent.0)
	}

	/// The validation that was requested, if one was.
	pub fn requested_validation(&self) -> Option<u64> {
		let event = self.0.find_first::<runtime::validations::events::ValidationRequested>()?;
		event.ok().map(|requested| requested.validation.0)
	}

	/// The number of the feedback that was given, if some was.
	pub fn given_feedback(&self) -> Option<u64> {
		let event = self.0.find_first::<runtime::reputation::events::FeedbackGiven>()?;
		event.ok().map(|given| given.index.0)
	}

	/// Up to when a heartbeat keeps its agent live, if there was one.
	pub fn live_until(&self) -> Option<u32> {
		let event = self.0.find_first::<runtime::agents::events::HeartbeatReceived>()?;
		event.ok().map(|heartbeat| heartbeat.standing.live_until)
	}

	/// The offer that was made, if one was.
	pub fn created_offer(&self) -> Option<u64> {
		let event = self.0.find_first::<runtime::market::events::OfferCreated>()?;
		event.ok().map(|created| created.offer.0)
	}

	/// The job that was posted, if one was.
	pub fn posted_job(&self) -> Option<u64> {
		let event = self.0.find_first::<runtime::market::events::JobPosted>()?;
		event.ok().map(|posted| posted.job.0)
	}

	/// The case that was opened, if one was.
	pub fn opened_case(&self) -> Option<u64> {
		let event = self.0.find_first::<runtime::disputes::events::CaseOpened>()?;
		event.ok().map(|opened| opened.case.0)
	}

	/// The referendum that was proposed, if one was.
	pub fn proposed_referendum(&self) -> Option<u32> {
		let event = self.0.find_first::<runtime::referenda::events::Submitted>()?;
		event.ok().map(|submitted| submitted.index)
	}

	/// The contract that was opened, if one was.
	pub fn opened_contract(&self) -> Option<u64> {
		let event = self.0.find_first::<runtime::escrow::events::ContractOpened>()?;
		event.ok().map(|opened| opened.contract.0)
	}
}
