//! Transactions on their way into a block.

use super::{
	offline::{Birth, Terms},
	parameters, runtime,
	runtime::runtime_types::sp_runtime::transaction_validity::{
		InvalidTransaction, TransactionValidityError,
	},
	value::Value,
	Block, Chain, Config, Error, Failure,
};
use crate::amount::Amount;
use subxt::{
	client::OnlineClientAtBlockImpl,
	config::substrate::H256,
	error::{BackendError, ExtrinsicError, RpcError},
	ext::{scale_decode::DecodeAsType, scale_encode::EncodeAsType},
	rpcs,
	transactions::{
		Payload, SignableTransaction, SubmittableTransaction, TransactionProgress,
		TransactionStatus,
	},
	utils::{AccountId32, MultiSignature},
};
use subxt_signer::sr25519::{self, Keypair};

type Client = OnlineClientAtBlockImpl<Config>;

/// For how many blocks a transaction can be included, counted from the block it is signed at.
pub const LIFETIME: u32 = 256;

/// How far finality may lag before transactions are signed at the best block: else they would be
/// too old before they are sent.
const MAX_FINALITY_LAG: u32 = LIFETIME / 2;

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
		Ok(if lag > MAX_FINALITY_LAG.into() { best } else { finalized })
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

	/// Its bytes, as the pool takes them.
	pub fn bytes(&self) -> &[u8] {
		self.0.encoded()
	}
}

/// What would become of a call.
#[derive(Debug)]
pub enum Trial {
	/// It would succeed.
	Succeeds,
	/// It would fail in its block.
	Fails(Failure),
	/// No block could have it, for the reason given.
	Unacceptable(String),
}

impl Block {
	/// How many transactions of `account` are in the chain up to this block.
	pub async fn nonce(&self, account: &AccountId32) -> Result<u64, Error> {
		let info = self.value(runtime::storage().system().account(), (*account,)).await?;
		Ok(info.nonce.into())
	}

	/// What sending `call` from `account` would cost now. Nothing is signed for that.
	pub async fn fee(
		&self,
		call: &impl Payload,
		account: &AccountId32,
		nonce: u64,
	) -> Result<Amount, Error> {
		let unsigned = MultiSignature::Sr25519([0; 64]);
		let transaction = self
			.signable(call, &self.terms(nonce, LIFETIME))?
			.sign_with_account_and_signature(account, &unsigned)
			.map_err(|error| self.error(error))?;
		transaction.partial_fee_estimate().await.map(Amount).map_err(|error| self.error(error))
	}

	/// What would become of the call encoded as `call`, if `account` sent it right after this block.
	pub async fn dry_run(&self, account: AccountId32, call: Vec<u8>) -> Result<Trial, Error> {
		let tried = self.call(runtime::runtime_apis().dispatch_api().dry_run(account, call));
		match tried.await? {
			Ok(Ok(())) => Ok(Trial::Succeeds),
			Ok(Err(error)) => {
				let (metadata, mut bytes) = (self.metadata(), Vec::new());
				let dispatch_error = metadata.dispatch_error_ty().unwrap_or_default();
				error
					.encode_as_type_to(dispatch_error, metadata.types(), &mut bytes)
					.map_err(|error| self.error(subxt::Error::other(error)))?;
				let mut failure = self.failure(&bytes)?;
				failure.meaning += &parameters::limits_named_in(self, &failure.meaning).await?;
				Ok(Trial::Fails(failure))
			},
			Err(error) => Ok(Trial::Unacceptable(why_unacceptable(&error))),
		}
	}

	/// Signs `call` with `key`.
	pub fn sign(
		&self,
		call: &impl Payload,
		key: &Keypair,
		nonce: u64,
	) -> Result<Transaction, Error> {
		let transaction = self.signable(call, &self.terms(nonce, LIFETIME))?.sign(key);
		transaction.map(Transaction).map_err(|error| self.error(error))
	}

	/// The versions of the runtime, and of how transactions are encoded.
	pub fn versions(&self) -> (u32, u32) {
		(self.at.spec_version(), self.at.transaction_version())
	}

	/// The terms of a transaction that is signed at this block, and counts for `lifetime` blocks.
	pub fn terms(&self, nonce: u64, lifetime: u32) -> Terms {
		let birth = Birth { number: self.id.number, hash: self.id.hash };
		Terms { nonce, tip: Amount(0), birth, lifetime }
	}

	/// The transaction that was signed elsewhere, as this chain expects it; `None`, if `signature` is not
	/// that of `from` under `call` on these terms and on this chain.
	pub fn assemble(
		&self,
		call: &impl Payload,
		terms: &Terms,
		from: &AccountId32,
		signature: [u8; 64],
	) -> Result<Option<Transaction>, Error> {
		let mut signable = self.signable(call, terms)?;
		let payload = signable.signer_payload().map_err(|error| self.error(error))?;
		let signer = sr25519::PublicKey(from.0);
		if !sr25519::verify(&sr25519::Signature(signature), payload, &signer) {
			return Ok(None);
		}
		let signature = MultiSignature::Sr25519(signature);
		let transaction = signable.sign_with_account_and_signature(from, &signature);
		transaction.map(|signed| Some(Transaction(signed))).map_err(|error| self.error(error))
	}

	/// The bytes of `call`, and what they mean.
	pub fn encode(&self, call: &impl Payload) -> Result<(Vec<u8>, Value), Error> {
		let bytes = self.at.transactions().call_data(call).map_err(|error| self.error(error))?;
		let metadata = self.metadata();
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
		terms: &Terms,
	) -> Result<SignableTransaction<'call, Config, Client, P>, Error> {
		let signable = self.at.transactions().create_signable_offline(call, terms.params());
		signable.map_err(|error| self.error(error))
	}
}

/// Why no block could have a call, in words like the pool's.
fn why_unacceptable(error: &TransactionValidityError) -> String {
	use TransactionValidityError::*;
	match error {
		Invalid(InvalidTransaction::Payment) => "inability to pay some fees".to_owned(),
		Invalid(InvalidTransaction::ExhaustsResources) => "it would exhaust a block".to_owned(),
		Invalid(reason) => format!("{reason:?}"),
		Unknown(reason) => format!("{reason:?}"),
	}
}

/// A transaction that the pool has taken.
pub struct Submitted {
	url: String,
	progress: TransactionProgress<Config, Client>,
}

/// How far a transaction has come.
#[derive(Debug)]
pub enum Progress {
	/// It waits in the pool.
	Waiting,
	/// It is in the block with this hash, which is the best one.
	Included(H256),
	/// It is in the block with this hash, which is finalized.
	Finalized(H256),
	/// It is out of the pool, for the reason given.
	Dropped(String),
}

impl Submitted {
	/// Waits for the next news.
	pub async fn next(&mut self) -> Result<Progress, Error> {
		let status = match self.progress.next().await {
			// Nodes say how it ends before they stop telling, so this is the connection's end.
			None => {
				let reason = "the node tells nothing more about the transaction".to_owned();
				return Err(Error::Lost { url: self.url.clone(), reason });
			},
			Some(status) => status.map_err(|error| Error::new(&self.url, error))?,
		};
		Ok(match status {
			TransactionStatus::Validated
			| TransactionStatus::Broadcasted
			| TransactionStatus::NoLongerInBestBlock => Progress::Waiting,
			TransactionStatus::InBestBlock(place) => Progress::Included(place.block_hash()),
			TransactionStatus::InFinalizedBlock(place) => Progress::Finalized(place.block_hash()),
			TransactionStatus::Error { message }
			| TransactionStatus::Invalid { message }
			| TransactionStatus::Dropped { message } => Progress::Dropped(message.to_lowercase()),
		})
	}
}
