//! What can go wrong on the way to the chain and on it.

use super::Value;
use serde::Serialize;
use subxt::{
	error::{
		BackendError, DispatchError, EventsError, ExtrinsicError, ModuleError,
		OnlineClientAtBlockError, OnlineClientError, RpcError, RuntimeApiError, StorageError,
		TokenError, TransactionProgressError, ViewFunctionError,
	},
	ext::{jsonrpsee, scale_decode::DecodeAsType},
	metadata::PalletMetadata,
	rpcs, Metadata,
};

/// Why the chain could not be asked, or gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// Nobody answers at the address.
	#[error(
		"cannot connect to `{url}`: {reason}; start a node there, or name another with `--url`"
	)]
	Unreachable {
		/// The node's address.
		url: String,
		/// What the system says.
		reason: String,
	},
	/// The connection broke.
	#[error("lost the connection to `{url}`: {reason}; look after the node and try again")]
	Lost {
		/// The node's address.
		url: String,
		/// What the system says.
		reason: String,
	},
	/// The chain's runtime is not the one that this program was generated for.
	#[error(
		"the chain at `{url}` runs another runtime than this program knows ({reason}); use the \
		 `aitbc` of the runtime's release, or the address of an AITBC node"
	)]
	Incompatible {
		/// The node's address.
		url: String,
		/// What does not fit.
		reason: String,
	},
	/// The node refused to answer.
	#[error("the node at `{url}` gave no answer: {reason}")]
	Refused {
		/// The node's address.
		url: String,
		/// What it says.
		reason: String,
	},
}

impl Error {
	/// Explains what subxt says about the node at `url`.
	pub fn new(url: &str, error: impl Into<subxt::Error>) -> Self {
		let error = error.into();
		let (url, reason) = (url.to_owned(), innermost(&error));
		if is_incompatible(&error) {
			return Self::Incompatible { url, reason };
		}
		match backend(&error) {
			Some(BackendError::Rpc(RpcError::ClientError(rpcs::Error::User(refusal)))) => {
				Self::Refused { url, reason: refusal.to_string() }
			},
			Some(BackendError::Rpc(_)) => Self::Lost { url, reason },
			_ => Self::Refused { url, reason },
		}
	}

	/// Explains why connecting to `url` failed.
	pub fn connecting(url: &str, error: &(dyn std::error::Error + 'static)) -> Self {
		Self::Unreachable { url: url.to_owned(), reason: innermost(error) }
	}

	/// Explains what the node at `url` says to a plain request.
	pub fn request(url: &str, error: rpcs::Error) -> Self {
		Self::new(url, BackendError::from(error))
	}

	/// What went wrong, without what to do about it.
	pub fn problem(&self) -> String {
		match self {
			Self::Lost { url, reason } => format!("lost the connection to `{url}`: {reason}"),
			error => error.to_string(),
		}
	}

	/// Whether no connection to the node could be had or kept.
	pub fn is_connection(&self) -> bool {
		matches!(self, Self::Unreachable { .. } | Self::Lost { .. })
	}
}

/// The last cause of `error`, in lower case: what wraps it says only where it passed.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
	let mut cause = error;
	while let Some(within) = within(cause) {
		cause = within;
	}
	let text = cause.to_string();
	let mut letters = text.chars();
	let (first, second) = (letters.next(), letters.next());
	match (first, second) {
		// A word of capitals stays one: RPC, TCP.
		(Some(first), Some(second)) if !second.is_uppercase() => {
			first.to_lowercase().chain([second]).chain(letters).collect()
		},
		_ => text,
	}
}

/// What caused `error`. Errors of the connection have theirs within without naming it as the source.
fn within<'a>(
	error: &'a (dyn std::error::Error + 'static),
) -> Option<&'a (dyn std::error::Error + 'static)> {
	if let Some(rpcs::Error::Client(cause)) = error.downcast_ref() {
		return Some(&**cause);
	}
	match error.downcast_ref() {
		Some(jsonrpsee::core::client::Error::RestartNeeded(cause)) => Some(&**cause),
		_ => error.source(),
	}
}

/// Whether the chain's metadata lacks something that the generated code needs.
fn is_incompatible(error: &subxt::Error) -> bool {
	use subxt::Error::*;
	match error {
		RuntimeApiError(error) => matches!(
			error,
			self::RuntimeApiError::IncompatibleCodegen
				| self::RuntimeApiError::TraitNotFound(_)
				| self::RuntimeApiError::MethodNotFound { .. }
		),
		StorageError(error) => matches!(
			error,
			self::StorageError::IncompatibleCodegen
				| self::StorageError::PalletNameNotFound(_)
				| self::StorageError::StorageEntryNotFound { .. }
		),
		ExtrinsicError(error) => matches!(
			error,
			self::ExtrinsicError::IncompatibleCodegen
				| self::ExtrinsicError::PalletNameNotFound(_)
				| self::ExtrinsicError::CallNameNotFound { .. }
		),
		_ => false,
	}
}

/// What the connection said, if `error` comes from there.
fn backend(error: &subxt::Error) -> Option<&BackendError> {
	use subxt::Error::*;
	match error {
		BackendError(error) => Some(error),
		OnlineClientError(self::OnlineClientError::CannotGetGenesisHash(error)) => Some(error),
		OnlineClientAtBlockError(error) => at_block(error),
		RuntimeApiError(self::RuntimeApiError::CannotCallApi(error)) => Some(error),
		StorageError(self::StorageError::CannotFetchValue(error)) => Some(error),
		ViewFunctionError(self::ViewFunctionError::CannotCallApi(error)) => Some(error),
		EventsError(self::EventsError::CannotFetchEventBytes(error)) => Some(error),
		ExtrinsicError(
			self::ExtrinsicError::ErrorSubmittingTransaction(error)
			| self::ExtrinsicError::CannotGetBlockBody(error)
			| self::ExtrinsicError::CannotGetFeeInfo(error),
		) => Some(error),
		TransactionProgressError(self::TransactionProgressError::CannotGetNextProgressUpdate(
			error,
		)) => Some(error),
		_ => None,
	}
}

fn at_block(error: &OnlineClientAtBlockError) -> Option<&BackendError> {
	use OnlineClientAtBlockError::*;
	match error {
		CannotGetCurrentBlock { reason }
		| CannotGetBlockHash { reason, .. }
		| CannotGetBlockHeader { reason, .. }
		| CannotGetSpecVersion { reason, .. } => Some(reason),
		_ => None,
	}
}

/// Why a transaction in a block had no effect but its fee, or would have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
	/// The pallet and its error, `Escrow::NotClient`, or the kind of another error.
	#[serde(rename = "dispatch_error")]
	pub name: String,
	/// What the chain's metadata says about it, or else what to do about it.
	pub meaning: String,
}

impl Failure {
	/// Explains `error` of the chain that `metadata` describes.
	pub fn new(error: DispatchError, metadata: &Metadata) -> Self {
		match &error {
			DispatchError::Module(error) => Self::of_pallet(error, metadata),
			error => Self { name: kind(error), meaning: advice(error).to_owned() },
		}
	}

	fn of_pallet(error: &ModuleError, metadata: &Metadata) -> Self {
		match error.details() {
			Ok(details) => {
				let docs = details.variant.docs.join(" ").trim().to_owned();
				let values = values(&docs, &details.pallet, metadata);
				Self {
					name: format!("{}::{}", details.pallet.name(), details.variant.name),
					meaning: docs + &values,
				}
			},
			Err(_) => Self {
				name: error.details_string(),
				meaning: "The chain's metadata does not name it.".into(),
			},
		}
	}
}

/// The values of the constants of `pallet` that `docs` name in backquotes, a sentence each.
fn values(docs: &str, pallet: &PalletMetadata<'_>, metadata: &Metadata) -> String {
	let named = docs.split('`').skip(1).step_by(2);
	let sentences = named.filter_map(|name| {
		let constant = pallet.constant_by_name(name)?;
		let bytes = &mut constant.value();
		let value = Value::decode_as_type(bytes, constant.ty(), metadata.types()).ok()?;
		Some(format!(" {name} is {value}."))
	});
	sentences.collect()
}

/// The variants' names, such as `Token::FundsUnavailable`.
fn kind(error: &DispatchError) -> String {
	match error {
		DispatchError::Token(error) => format!("Token::{error:?}"),
		DispatchError::Arithmetic(error) => format!("Arithmetic::{error:?}"),
		DispatchError::Transactional(error) => format!("Transactional::{error:?}"),
		error => format!("{error:?}"),
	}
}

/// What to do about an error that comes from no pallet.
fn advice(error: &DispatchError) -> &'static str {
	match error {
		DispatchError::Token(TokenError::FundsUnavailable | TokenError::NotExpendable) => {
			"The account's free balance does not cover it and keep the account alive. Send it more \
			 with `aitbc account transfer`, or name a smaller amount."
		},
		DispatchError::Token(
			TokenError::BelowMinimum | TokenError::CannotCreate | TokenError::CannotCreateHold,
		) => {
			"An account would be left with less than the existential deposit of 0.01 AIT. Name a \
			 greater amount, or send the account that deposit first."
		},
		DispatchError::Token(TokenError::Frozen) => {
			"The account's money is frozen, by staking or a vote. Wait until it thaws, or use \
			 another account."
		},
		DispatchError::Arithmetic(_) => "A number is too great for the chain. Name a smaller one.",
		DispatchError::BadOrigin | DispatchError::RootNotAllowed => {
			"This account may not make the call. Send it from one that may."
		},
		DispatchError::Exhausted => "The block had no room for it. Send it again.",
		_ => "Neither a pallet nor the metadata says more about it.",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use subxt::ext::codec::Decode;

	/// The metadata that this program is generated from.
	fn metadata() -> Metadata {
		let bytes = include_bytes!("../../artifacts/metadata.scale");
		Metadata::decode(&mut &bytes[..]).expect("the committed metadata decodes")
	}

	/// What the dispatch error with this SCALE encoding means.
	fn failure(bytes: &[u8]) -> Failure {
		let error = DispatchError::decode_from(bytes, metadata().arc());
		Failure::new(error.expect("it is a dispatch error"), &metadata())
	}

	#[test]
	fn failures_should_name_what_to_do_about_missing_money() {
		let failure = Failure::new(DispatchError::Token(TokenError::FundsUnavailable), &metadata());
		assert_eq!(failure.name, "Token::FundsUnavailable");
		assert!(failure.meaning.contains("aitbc account transfer"));
	}

	#[test]
	fn failures_should_tell_the_values_of_constants_that_they_name() {
		// As docs/wire-format.md has it: a pallet's error, of Escrow, the tenth of them.
		let failure = failure(&[3, 103, 9, 0, 0, 0]);
		assert_eq!(failure.name, "Escrow::TooManyMilestones");
		assert_eq!(
			failure.meaning,
			"There are more milestones than `MaxMilestones`. Merge some, or open another contract. \
			 MaxMilestones is 10."
		);
	}

	#[test]
	fn failures_should_add_nothing_when_what_they_name_is_no_constant() {
		let failure = failure(&[3, 103, 0, 0, 0, 0]);
		assert_eq!(failure.name, "Escrow::ContractNotFound");
		assert!(failure.meaning.ends_with("`ContractOpened`."), "{}", failure.meaning);
	}

	#[test]
	fn refusals_should_be_told_from_broken_connections() {
		let refusal = rpcs::Error::User(rpcs::UserError::method_not_found());
		let error = Error::request("ws://node", refusal);
		assert!(matches!(&error, Error::Refused { .. }) && !error.is_connection(), "{error}");

		let broken = rpcs::Error::Client(Box::new(std::io::Error::other("Connection reset")));
		let error = Error::request("ws://node", broken);
		assert!(matches!(&error, Error::Lost { .. }) && error.is_connection(), "{error}");
		assert_eq!(
			error.to_string(),
			"lost the connection to `ws://node`: connection reset; look after the node and try again"
		);
	}

	#[test]
	fn reasons_should_be_told_without_what_they_came_through() {
		let refused = rpcs::Error::Client(Box::new(std::io::Error::other("Connection refused")));
		let error = Error::connecting("ws://node", &refused).to_string();
		assert!(error.starts_with("cannot connect to `ws://node`: connection refused;"), "{error}");
	}

	#[test]
	fn generated_code_that_does_not_fit_should_be_said_to_be_incompatible() {
		let error = Error::new("ws://node", RuntimeApiError::TraitNotFound("AgentsApi".into()));
		assert!(matches!(error, Error::Incompatible { .. }), "{error}");
	}
}
