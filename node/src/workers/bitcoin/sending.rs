//! Sending transactions to this chain, one at a time.
//!
//! What to send follows from the state, so nothing is remembered: what got lost is sent again, and what was
//! carried out by somebody else is not.

use super::chain::{Chain, ChainError};
use crate::service::TransactionPool;
use aitbc_runtime::{
	AccountId, BitcoinAnchor, BitcoinLightClient, BlockNumber, Nonce, Runtime, RuntimeCall,
	SignedPayload, TxExtension, UncheckedExtrinsic, VERSION,
};
use codec::{Decode, Encode};
use frame_support::traits::PalletInfoAccess;
use sc_transaction_pool_api::{TransactionPool as _, TransactionSource};
use sp_core::{crypto::SecretStringError, sr25519, Pair};
use sp_io::hashing::blake2_256;
use sp_runtime::{
	generic::Era,
	traits::IdentifyAccount,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError, ModuleError, MultiSignature, MultiSigner, OpaqueExtrinsic,
};
use std::{collections::VecDeque, sync::Arc};

/// For how many blocks a transaction is valid: three minutes.
const VALID_BLOCKS: u64 = 64;

/// For how many blocks the same call is not sent again after the first time. It doubles each time.
const FIRST_PAUSE: BlockNumber = 8;

/// For how many blocks at most: an hour.
const LONGEST_PAUSE: BlockNumber = 1_200;

/// How many calls are remembered.
const REMEMBERED: usize = 1_024;

/// Why a transaction was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
	/// This chain could not be read.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// The last one waits for its block.
	#[error("the last transaction waits for its block")]
	Waiting,
	/// The same was sent before and came to nothing.
	#[error("the same was sent before and came to nothing; it is sent again later")]
	Repeated,
	/// The chain would refuse it. Nothing was sent, and nothing paid.
	#[error("{account} doesn't send {what}: {reason}")]
	WouldFail {
		/// Who would send.
		account: AccountId,
		/// What.
		what: &'static str,
		/// What the chain says.
		reason: String,
	},
	/// This node is older than the chain's runtime, so it might say something else than it means.
	#[error(
		"the chain's transactions are of version {chain}, this node's of {node}: update the node"
	)]
	Outdated {
		/// The chain's.
		chain: u32,
		/// This node's.
		node: u32,
	},
	/// The pool does not take it.
	#[error("{account} can't send {what}: {reason}")]
	Refused {
		/// Who sends.
		account: AccountId,
		/// What.
		what: &'static str,
		/// What the pool says.
		reason: String,
	},
}

/// What was sent already. Were it sent in each round, a call that fails would cost a fee each time.
#[derive(Clone, Copy, Debug)]
struct Sent {
	/// The call's hash.
	call: [u8; 32],
	/// How often it was sent.
	times: u32,
	/// Before which block it is not sent again.
	not_before: BlockNumber,
}

/// Signs with an account's key and sends.
pub struct Sender {
	chain: Chain,
	pool: Arc<TransactionPool>,
	key: sr25519::Pair,
	/// The number of the last transaction, and until which block it is valid.
	waits_for: Option<(Nonce, BlockNumber)>,
	/// The last ones, the oldest first.
	sent: VecDeque<Sent>,
}

impl Sender {
	/// Sends for the account whose secret is `secret`: a phrase, or a seed in hexadecimal digits, with derivations.
	pub fn new(
		chain: Chain,
		pool: Arc<TransactionPool>,
		secret: &str,
	) -> Result<Self, SecretStringError> {
		let key = sr25519::Pair::from_string(secret, None)?;
		Ok(Self { chain, pool, key, waits_for: None, sent: VecDeque::new() })
	}

	/// Who sends.
	pub fn account(&self) -> AccountId {
		MultiSigner::from(self.key.public()).into_account()
	}

	/// Whether a transaction waits for its block.
	fn is_waiting(&mut self) -> Result<bool, ChainError> {
		let Some((nonce, until)) = self.waits_for else { return Ok(false) };
		let is_over = self.chain.best().1 > until || self.chain.nonce(self.account())? > nonce;
		if is_over {
			self.waits_for = None;
		}
		Ok(!is_over)
	}

	/// Sends a call; people know it as `what`.
	pub async fn send(&mut self, what: &'static str, call: RuntimeCall) -> Result<(), SendError> {
		if self.is_waiting()? {
			return Err(SendError::Waiting);
		}
		let hash = call.using_encoded(blake2_256);
		let before = self.sent.iter().find(|sent| sent.call == hash).copied();
		if before.is_some_and(|sent| self.chain.best().1 < sent.not_before) {
			return Err(SendError::Repeated);
		}
		let version = self.chain.version()?;
		let (chain, node) = (version.transaction_version, VERSION.transaction_version);
		if chain != node {
			return Err(SendError::Outdated { chain, node });
		}
		let account = self.account();
		self.try_out(what, &account, &call)?;
		let nonce = self.chain.nonce(account.clone())?;
		let (best, number) = self.chain.best();
		let refused =
			|reason: String| SendError::Refused { account: account.clone(), what, reason };
		let extrinsic = self
			.sign(call, nonce, version.spec_version)
			.map_err(|reason| refused(reason.into()))?;
		let sent = self.pool.submit_one(best, TransactionSource::Local, extrinsic).await;
		sent.map_err(|error| refused(error.to_string()))?;
		let until = number.saturating_add(u32::try_from(VALID_BLOCKS).unwrap_or(u32::MAX));
		self.waits_for = Some((nonce, until));
		let times = before.map_or(0, |sent| sent.times).saturating_add(1);
		let pause = FIRST_PAUSE
			.saturating_mul(2u32.saturating_pow(times.saturating_sub(1)))
			.min(LONGEST_PAUSE);
		self.sent.retain(|sent| sent.call != hash);
		self.sent.push_back(Sent { call: hash, times, not_before: number.saturating_add(pause) });
		if self.sent.len() > REMEMBERED {
			self.sent.pop_front();
		}
		log::debug!(target: super::LOG_TARGET, "sent {what} as transaction {nonce} of {account}");
		Ok(())
	}

	/// Has the chain try a call out, so that nothing is paid for one that fails.
	fn try_out(
		&self,
		what: &'static str,
		account: &AccountId,
		call: &RuntimeCall,
	) -> Result<(), SendError> {
		let reason = match self.chain.try_out(account.clone(), call)? {
			Ok(Ok(())) => return Ok(()),
			Ok(Err(error)) => name_of(error),
			Err(TransactionValidityError::Invalid(InvalidTransaction::Payment)) => {
				"it can't pay the fee; send it some money".to_owned()
			},
			Err(invalid) => <&'static str>::from(invalid).to_owned(),
		};
		Err(SendError::WouldFail { account: account.clone(), what, reason })
	}

	/// The signed transaction.
	fn sign(
		&self,
		call: RuntimeCall,
		nonce: Nonce,
		spec_version: u32,
	) -> Result<OpaqueExtrinsic, &'static str> {
		let (best, number) = self.chain.best();
		let era = Era::mortal(VALID_BLOCKS, number.into());
		let extension: TxExtension = (
			frame_system::AuthorizeCall::new(),
			frame_system::CheckNonZeroSender::new(),
			frame_system::CheckSpecVersion::new(),
			frame_system::CheckTxVersion::new(),
			frame_system::CheckGenesis::new(),
			frame_system::CheckMortality::from(era),
			frame_system::CheckNonce::from(nonce),
			frame_system::CheckWeight::new(),
			pallet_transaction_payment::ChargeTransactionPayment::<Runtime>::from(0),
			frame_metadata_hash_extension::CheckMetadataHash::new(false),
			frame_system::WeightReclaim::new(),
		);
		let genesis = self.chain.genesis();
		let implicit = (
			(),
			(),
			spec_version,
			VERSION.transaction_version,
			genesis,
			best,
			(),
			(),
			(),
			None,
			(),
		);
		let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
		let signature = payload.using_encoded(|bytes| self.key.sign(bytes));
		let account = self.account();
		let extrinsic = UncheckedExtrinsic::new_signed(
			call,
			account.into(),
			MultiSignature::Sr25519(signature),
			extension,
		);
		OpaqueExtrinsic::try_from_encoded_extrinsic(&extrinsic.encode())
			.map_err(|_| "the transaction can't be read back")
	}
}

/// The name of an error of the pallets that are called here; of others what the SDK says.
fn name_of(error: DispatchError) -> String {
	let DispatchError::Module(ModuleError { index, error: encoded, .. }) = error else {
		return format!("{error:?}");
	};
	let name = match usize::from(index) {
		index if index == BitcoinAnchor::index() => {
			pallet_bitcoin_anchor::Error::<Runtime>::decode(&mut &encoded[..])
				.map(|error| format!("BitcoinAnchor.{error:?}"))
		},
		index if index == BitcoinLightClient::index() => {
			pallet_bitcoin_light_client::Error::<Runtime>::decode(&mut &encoded[..])
				.map(|error| format!("BitcoinLightClient.{error:?}"))
		},
		_ => Ok(format!("{error:?}")),
	};
	name.unwrap_or_else(|_| format!("{error:?}"))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn errors_should_have_their_names() {
		for (error, name) in [
			(
				pallet_bitcoin_anchor::Error::<Runtime>::TaskMissed.into(),
				"BitcoinAnchor.TaskMissed",
			),
			(
				pallet_bitcoin_light_client::Error::<Runtime>::NothingNew.into(),
				"BitcoinLightClient.NothingNew",
			),
			(DispatchError::BadOrigin, "BadOrigin"),
		] {
			// As it comes from the runtime, without the message that native code adds.
			let sent = DispatchError::decode(&mut &error.encode()[..]).expect("it is one");
			assert_eq!(name_of(sent), name);
		}
	}
}
