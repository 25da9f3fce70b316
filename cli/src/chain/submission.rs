//! Transactions on their way into a block, and what they did there.

use super::{runtime, value::Value, Block, BlockId, Chain, Config, Error, Failure};
use crate::amount::Amount;
use serde::Serialize;
use subxt::{
	client::OnlineClientAtBlockImpl,
	config::{substrate::H256, DefaultExtrinsicParamsBuilder},
	error::{BackendError, DispatchError, ExtrinsicError, RpcError, TransactionEventsError},
	ext::scale_decode::DecodeAsType,
	extrinsics::ExtrinsicEvents,
	rpcs,
	transactions::{
		Payload, SignableTransaction, SubmittableTransaction, TransactionInBlock,
		TransactionProgress, TransactionStatus,
	},
	utils::{AccountId32, MultiSignature},
	ArcMetadata,
};
use subxt_signer::sr25519::Keypair;

type Client = OnlineClientAtBlockImpl<Config>;

/// For how many blocks a transaction can be included, counted from the block it is signed at.
const LIFETIME: u64 = 256;

/// How far finality may lag before transactions are signed at the best block: else they would be
/// too old before they are sent.
const MAX_FINALITY_LAG: u64 = LIFETIME / 2;

/// Why a transaction did not make it into the pool.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
	/// The pool refused it.
	#[error("{0}")]
	Refused(String),
	/// The node could not be asked.
	#[error(transparent)]
	Chain(#[from] Error),
}

impl Chain {
	/// The block that a transaction is best signed at.
	pub async fn signing_block(&self) -> Result<Block, Error> {
		let (best, finalized) = (self.best().await?, self.finalized().await?);
		let lag = best.id.number.saturating_sub(finalized.id.number);
		Ok(if lag > MAX_FINALITY_LAG { best } else { finalized })
	}

	/// Hands a transaction to the node's pool.
	pub async fn submit(&self, transaction: Transaction) -> Result<Submitted, SubmitError> {
		let progress = transaction.0.submit_and_watch().await.map_err(|error| match error {
			ExtrinsicError::ErrorSubmittingTransaction(BackendError::Rpc(
				RpcError::ClientError(rpcs::Error::User(refusal)),
			)) => SubmitError::Refused(explain(&refusal)),
			error => SubmitError::Chain(self.error(error)),
		})?;
		Ok(Submitted { url: self.url().to_owned(), progress })
	}
}

/// What the pool says, with the reason that it adds.
fn explain(refusal: &rpcs::UserError) -> String {
	let reason = refusal.data.as_ref().map(|data| data.get().trim_matches('"'));
	match reason {
		Some(reason) => format!("{}: {reason}", refusal.message).to_lowercase(),
		None => refusal.message.to_lowercase(),
	}
}

/// A transaction that is ready to be submitted.
pub struct Transaction(SubmittableTransaction<Config, Client>);

impl Transaction {
	/// Its hash, by which it is found in its block.
	pub fn hash(&self) -> H256 {
		self.0.hash()
	}
}

impl Block {
	/// What sending `call` from `account` would cost now. Nothing is signed for that.
	pub async fn fee(
		&self,
		call: &impl Payload,
		account: &AccountId32,
		nonce: u64,
	) -> Result<Amount, Error> {
		let unsigned = MultiSignature::Sr25519([0; 64]);
		let transaction = self
			.signable(call, nonce)?
			.sign_with_account_and_signature(account, &unsigned)
			.map_err(|error| self.error(error))?;
		transaction.partial_fee_estimate().await.map(Amount).map_err(|error| self.error(error))
	}

	/// Signs `call` with `key`.
	pub fn sign(
		&self,
		call: &impl Payload,
		key: &Keypair,
		nonce: u64,
	) -> Result<Transaction, Error> {
		let transaction = self.signable(call, nonce)?.sign(key);
		transaction.map(Transaction).map_err(|error| self.error(error))
	}

	/// The bytes of `call`, and what they mean.
	pub fn encode(&self, call: &impl Payload) -> Result<(Vec<u8>, Value), Error> {
		let bytes = self.at.transactions().call_data(call).map_err(|error| self.error(error))?;
		let metadata = self.at.metadata_ref();
		let value = Value::decode_as_type(
			&mut &bytes[..],
			metadata.outer_enums().call_enum_ty(),
			metadata.types(),
		);
		let value = value.map_err(|error| self.error(subxt::Error::other(error)))?;
		Ok((bytes, value))
	}

	fn signable<'call, P: Payload>(
		&self,
		call: &'call P,
		nonce: u64,
	) -> Result<SignableTransaction<'call, Config, Client, P>, Error> {
		let params = DefaultExtrinsicParamsBuilder::<Config>::new()
			.nonce(nonce)
			.mortal_from_unchecked(LIFETIME, self.id.number, self.id.hash)
			.build();
		let signable = self.at.transactions().create_signable_offline(call, params);
		signable.map_err(|error| self.error(error))
	}
}

/// A transaction that the pool has taken.
pub struct Submitted {
	url: String,
	progress: TransactionProgress<Config, Client>,
}

/// How far a transaction has come.
pub enum Progress {
	/// It waits in the pool, or the block it was in is no longer the best.
	Waiting,
	/// It is in the best block.
	Included(Inclusion),
	/// It is in a finalized block.
	Finalized(Inclusion),
	/// It is out of the pool, for the reason given, and will not come into a block.
	Dropped(String),
}

/// A transaction in its block.
pub struct Inclusion {
	url: String,
	place: TransactionInBlock<Config, Client>,
}

impl Submitted {
	/// Waits for the next news.
	pub async fn next(&mut self) -> Result<Progress, Error> {
		let url = self.url.clone();
		let included = |place| Inclusion { url: url.clone(), place };
		let status = match self.progress.next().await {
			None => return Ok(Progress::Dropped("the node says no more about it".into())),
			Some(status) => status.map_err(|error| Error::new(&self.url, error))?,
		};
		Ok(match status {
			TransactionStatus::Validated
			| TransactionStatus::Broadcasted
			| TransactionStatus::NoLongerInBestBlock => Progress::Waiting,
			TransactionStatus::InBestBlock(place) => Progress::Included(included(place)),
			TransactionStatus::InFinalizedBlock(place) => Progress::Finalized(included(place)),
			TransactionStatus::Error { message }
			| TransactionStatus::Invalid { message }
			| TransactionStatus::Dropped { message } => Progress::Dropped(message.to_lowercase()),
		})
	}
}

/// What a transaction did in its block.
pub struct Outcome {
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

impl Inclusion {
	/// Looks at what the transaction did; its block is said to be `finalized` or not.
	pub async fn outcome(&self, finalized: bool) -> Result<Outcome, Error> {
		let error = |error: subxt::Error| Error::new(&self.url, error);
		let at = self.place.at().await.map_err(|reason| error(reason.into()))?;
		let events = self.place.fetch_events().await.map_err(|reason| error(reason.into()))?;
		let fee = events
			.find_first::<runtime::transaction_payment::events::TransactionFeePaid>()
			.transpose()
			.map_err(|reason| error(reason.into()))?
			.map_or(0, |paid| paid.actual_fee);
		let result = match self.place.wait_for_success().await {
			Ok(events) => match inner_failure(&events, at.metadata()) {
				Some(failure) => Err(failure),
				None => Ok(Events(events)),
			},
			Err(TransactionEventsError::ExtrinsicFailed(reason)) => Err(reason.into()),
			Err(reason) => return Err(error(reason.into())),
		};
		let block = BlockId { number: at.block_number(), hash: at.block_hash(), finalized };
		Ok(Outcome { block, fee: Amount(fee), result })
	}
}

/// Why a call within a call failed, if it did. The call around it succeeds all the same.
fn inner_failure(events: &ExtrinsicEvents<Config>, metadata: ArcMetadata) -> Option<Failure> {
	let failures = events.iter().flatten().filter_map(|event| {
		// Both events begin with a `Result` in SCALE: 1 stands for an error, which follows.
		match (event.pallet_name(), event.event_name(), event.field_bytes()) {
			("Proxy", "ProxyExecuted", [1, error @ ..]) | ("Sudo", "Sudid", [1, error @ ..]) => {
				Some(error.to_vec())
			},
			_ => None,
		}
	});
	let error = failures.last()?;
	DispatchError::decode_from(error, metadata).ok().map(Failure::from)
}

impl Events {
	/// Those that people ask for: what our pallets did, and transfers.
	pub fn shown(&self) -> Vec<Event> {
		let events = self.0.iter().flatten();
		let shown = events.filter(|event| {
			matches!(
				(event.pallet_name(), event.event_name()),
				("Agents" | "Escrow" | "Reputation" | "Validations", _)
					| ("Balances", "Transfer")
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

	/// The contract that was opened, if one was.
	pub fn opened_contract(&self) -> Option<u64> {
		let event = self.0.find_first::<runtime::escrow::events::ContractOpened>()?;
		event.ok().map(|opened| opened.contract.0)
	}
}
