//! What can go wrong on the way to the chain and on it.

use subxt::{
	error::{
		BackendError, DispatchError, ExtrinsicError, OnlineClientAtBlockError, OnlineClientError,
		RpcError, RuntimeApiError, StorageError, TokenError, TransactionEventsError,
		TransactionProgressError,
	},
	rpcs,
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
	pub fn connecting(url: &str, error: &dyn std::error::Error) -> Self {
		Self::Unreachable { url: url.to_owned(), reason: innermost(error) }
	}

	/// Explains what the node at `url` says to a plain request.
	pub fn request(url: &str, error: rpcs::Error) -> Self {
		Self::new(url, BackendError::from(error))
	}

	/// Whether no connection to the node could be had or kept.
	pub fn is_connection(&self) -> bool {
		matches!(self, Self::Unreachable { .. } | Self::Lost { .. })
	}
}

/// The last cause of `error`, in lower case: what wraps it says only where it passed.
fn innermost(error: &dyn std::error::Error) -> String {
	let mut cause = error;
	while let Some(source) = cause.source() {
		cause = source;
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
		ExtrinsicError(
			self::ExtrinsicError::ErrorSubmittingTransaction(error)
			| self::ExtrinsicError::CannotGetFeeInfo(error),
		) => Some(error),
		TransactionProgressError(self::TransactionProgressError::CannotGetNextProgressUpdate(
			error,
		)) => Some(error),
		TransactionEventsError(error) => match error {
			self::TransactionEventsError::CannotFetchBlockBody { error, .. } => Some(error),
			self::TransactionEventsError::CannotInstantiateClientAtBlock(error) => at_block(error),
			_ => None,
		},
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

/// Why a transaction in a block had no effect but its fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
	/// The pallet and its error, `Escrow::NotClient`, or the kind of another error.
	pub name: String,
	/// What the chain's metadata says about it, or else what to do about it.
	pub meaning: String,
}

impl From<DispatchError> for Failure {
	fn from(error: DispatchError) -> Self {
		let DispatchError::Module(module) = &error else {
			let meaning = advice(&error).to_owned();
			return Self { name: kind(&error), meaning };
		};
		match module.details() {
			Ok(details) => Self {
				name: format!("{}::{}", details.pallet.name(), details.variant.name),
				meaning: details.variant.docs.join(" ").trim().to_owned(),
			},
			Err(_) => Self {
				name: module.details_string(),
				meaning: "The chain's metadata does not name it.".into(),
			},
		}
	}
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

	#[test]
	fn failures_should_name_what_to_do_about_missing_money() {
		let failure = Failure::from(DispatchError::Token(TokenError::FundsUnavailable));
		assert_eq!(failure.name, "Token::FundsUnavailable");
		assert!(failure.meaning.contains("aitbc account transfer"));
	}

	#[test]
	fn refusals_should_be_told_from_broken_connections() {
		let refusal = rpcs::Error::User(rpcs::UserError::method_not_found());
		let error = Error::request("ws://node", refusal);
		assert!(matches!(&error, Error::Refused { .. }) && !error.is_connection(), "{error}");

		let broken = rpcs::Error::Client(Box::new(std::io::Error::other("Connection reset")));
		let error = Error::request("ws://node", broken);
		assert!(matches!(&error, Error::Lost { .. }) && error.is_connection(), "{error}");
		assert!(error.to_string().contains("ws://node"), "{error}");
	}

	#[test]
	fn generated_code_that_does_not_fit_should_be_said_to_be_incompatible() {
		let error = Error::new("ws://node", RuntimeApiError::TraitNotFound("AgentsApi".into()));
		assert!(matches!(error, Error::Incompatible { .. }), "{error}");
	}
}
