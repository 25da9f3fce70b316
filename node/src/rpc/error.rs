//! Why a question was not answered, in JSON-RPC's terms.
//!
//! An answer that says "there is none" is no error. What jsonrpsee itself refuses, such as a number
//! where a string belongs, has the code of [`INVALID_PARAMS_CODE`] too, and text as its data.

use aitbc_runtime::{BlockNumber, Hash};
use jsonrpsee::types::{
	error::{INTERNAL_ERROR_CODE, INVALID_PARAMS_CODE, METHOD_NOT_FOUND_CODE},
	ErrorObjectOwned,
};
use serde::Serialize;
use sp_api::ApiError;

/// The node has no such block.
const UNKNOWN_BLOCK_CODE: i32 = -32020;

/// The node has the block and no longer its state.
const STATE_PRUNED_CODE: i32 = -32021;

/// The block's runtime can't be asked this.
const API_MISSING_CODE: i32 = -32022;

/// A pallet refused.
const REFUSED_CODE: i32 = -32023;

/// This node's Bitcoin worker can't, or there is none.
const WORKER_CODE: i32 = -32024;

/// Why a question was not answered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// A cursor that this list never gave out.
	#[error(
		"this is no cursor of this list: pass the `next` of an earlier answer, with the other \
		 parameters as they were (`limit` and `at` may differ), or null to begin at the start"
	)]
	BadCursor,
	/// Text that is no account of this chain.
	#[error("this is no account: {0}")]
	BadAccount(String),
	/// A block that the node does not know.
	#[error(
		"this node has no block {0:?}: check the hash and the network, wait until the node has \
		 imported the block, or leave `at` out to ask about the best block"
	)]
	UnknownBlock(Hash),
	/// A block whose state is gone.
	#[error(
		"this node no longer has the state of block {number} ({hash:?}): ask about a later block, or \
		 ask a node that runs with `--state-pruning archive`"
	)]
	StatePruned {
		/// Which block.
		hash: Hash,
		/// Its height.
		number: BlockNumber,
	},
	/// A block before the runtime upgrade that brought what is asked for.
	#[error(
		"the runtime of block {number} has no {api}, or an older one: ask about a later block"
	)]
	ApiMissing {
		/// The runtime API.
		api: &'static str,
		/// The block's height.
		number: BlockNumber,
	},
	/// What a pallet answered in place of a result.
	#[error("{0}")]
	Refused(Refusal),
	/// The call into the runtime failed, in a way that [`Error::place`] can name more exactly.
	#[error("the runtime call failed: {0}; the node's log may say more")]
	Call(#[from] ApiError),
	/// The caller may not ask for what is the operator's.
	#[error(
		"{0}: this is for the node's operator; ask on the machine itself, or start the node with \
		 `--rpc-methods unsafe` where nobody else reaches it"
	)]
	Unsafe(#[from] sc_rpc_api::UnsafeRpcError),
	/// The keystore failed.
	#[error("the node's keystore failed: {0}; check its folder's permissions")]
	Keystore(sp_keystore::Error),
	/// The keystore has not the key that it just made.
	#[error("the node's keystore does not sign with the key that it just made; try again")]
	KeyLost,
	/// There is nobody to ask.
	#[error(
		"this node runs no Bitcoin worker: start it with --bitcoin-rpc-url, or ask a node that does"
	)]
	NoBitcoinWorker,
	/// The worker has no key.
	#[error("this node has no key for anchors: start it with --anchor-mode broadcast")]
	NoAnchorKey,
	/// Nothing is final on Bitcoin.
	#[error("no block of this chain is on Bitcoin for good yet")]
	NothingAnchored,
	/// The worker can't.
	#[error("{0}")]
	Worker(String),
	/// The node can't read its database.
	#[error("the node could not read its database: {0}; its log may say more")]
	Database(#[from] sp_blockchain::Error),
}

/// What a pallet answered in place of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
	/// The pallet, by its name in the runtime.
	pub pallet: &'static str,
	/// The error's name.
	pub error: &'static str,
	/// What it means, and what to do.
	pub message: &'static str,
}

impl std::fmt::Display for Refusal {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		f.write_str(self.message)
	}
}

/// What programs read of an error.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Data {
	#[serde(skip_serializing_if = "Option::is_none")]
	pallet: Option<&'static str>,
	error: &'static str,
}

impl Error {
	/// The same error, more exactly, when it came up while the block `hash` of height `number` was
	/// read: the node has the block, and `missing` finds out which API its runtime lacks.
	pub fn place(
		self,
		hash: Hash,
		number: BlockNumber,
		missing: impl FnOnce() -> Option<&'static str>,
	) -> Self {
		match self {
			// The client says "unknown block" also of a known one whose state it discarded.
			Self::Call(ApiError::UnknownBlock(_)) => Self::StatePruned { hash, number },
			Self::Call(cause) => match missing() {
				Some(api) => Self::ApiMissing { api, number },
				None => Self::Call(cause),
			},
			other => other,
		}
	}

	fn code(&self) -> i32 {
		match self {
			Self::BadCursor | Self::BadAccount(_) => INVALID_PARAMS_CODE,
			Self::UnknownBlock(_) => UNKNOWN_BLOCK_CODE,
			Self::StatePruned { .. } => STATE_PRUNED_CODE,
			Self::ApiMissing { .. } => API_MISSING_CODE,
			Self::Refused(_) => REFUSED_CODE,
			Self::Unsafe(_) => METHOD_NOT_FOUND_CODE,
			Self::NoBitcoinWorker | Self::NoAnchorKey | Self::NothingAnchored | Self::Worker(_) => {
				WORKER_CODE
			},
			Self::Call(_) | Self::Database(_) | Self::Keystore(_) | Self::KeyLost => {
				INTERNAL_ERROR_CODE
			},
		}
	}

	fn data(&self) -> Data {
		let error = match self {
			Self::BadCursor => "BadCursor",
			Self::BadAccount(_) => "BadAccount",
			Self::UnknownBlock(_) => "UnknownBlock",
			Self::StatePruned { .. } => "StatePruned",
			Self::ApiMissing { .. } => "ApiMissing",
			Self::Refused(Refusal { pallet, error, .. }) => {
				return Data { pallet: Some(pallet), error };
			},
			Self::Call(_) => "CallFailed",
			Self::Database(_) => "DatabaseFailed",
			Self::Unsafe(_) => "Unsafe",
			Self::Keystore(_) => "KeystoreFailed",
			Self::KeyLost => "KeyLost",
			Self::NoBitcoinWorker => "NoBitcoinWorker",
			Self::NoAnchorKey => "NoAnchorKey",
			Self::NothingAnchored => "NothingAnchored",
			Self::Worker(_) => "WorkerFailed",
		};
		Data { pallet: None, error }
	}
}

impl From<Error> for ErrorObjectOwned {
	fn from(error: Error) -> Self {
		Self::owned(error.code(), error.to_string(), Some(error.data()))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, Value};

	const HASH: Hash = Hash::repeat_byte(7);

	fn as_json(error: Error) -> Value {
		serde_json::to_value(ErrorObjectOwned::from(error)).expect("an error is JSON")
	}

	fn failure() -> ApiError {
		ApiError::Application("the Wasm trapped".into())
	}

	#[test]
	fn errors_should_have_code_and_name() {
		let refusal = Refusal { pallet: "Agents", error: "TagNotFound", message: "no such tag" };
		for (error, code, data) in [
			(Error::BadCursor, -32602, json!({ "error": "BadCursor" })),
			(Error::BadAccount("x".into()), -32602, json!({ "error": "BadAccount" })),
			(Error::UnknownBlock(HASH), -32020, json!({ "error": "UnknownBlock" })),
			(
				Error::StatePruned { hash: HASH, number: 3 },
				-32021,
				json!({ "error": "StatePruned" }),
			),
			(
				Error::ApiMissing { api: "AgentsApi", number: 3 },
				-32022,
				json!({ "error": "ApiMissing" }),
			),
			(
				Error::Refused(refusal),
				-32023,
				json!({ "pallet": "Agents", "error": "TagNotFound" }),
			),
			(Error::NoBitcoinWorker, -32024, json!({ "error": "NoBitcoinWorker" })),
			(Error::NoAnchorKey, -32024, json!({ "error": "NoAnchorKey" })),
			(Error::NothingAnchored, -32024, json!({ "error": "NothingAnchored" })),
			(Error::Worker("busy".into()), -32024, json!({ "error": "WorkerFailed" })),
			(Error::Call(failure()), -32603, json!({ "error": "CallFailed" })),
			(
				Error::Database(sp_blockchain::Error::Backend("gone".into())),
				-32603,
				json!({ "error": "DatabaseFailed" }),
			),
		] {
			let error = as_json(error);
			assert_eq!((&error["code"], &error["data"]), (&json!(code), &data), "{error}");
		}
	}

	#[test]
	fn messages_should_say_what_to_do() {
		let pruned = as_json(Error::StatePruned { hash: HASH, number: 3 });
		let message = pruned["message"].as_str().expect("an error has a message");
		assert!(message.contains("block 3") && message.contains("--state-pruning"), "{message}");

		let unknown = as_json(Error::UnknownBlock(HASH));
		let message = unknown["message"].as_str().expect("an error has a message");
		assert!(message.contains(&format!("{HASH:?}")) && message.contains("`at`"), "{message}");
	}

	#[test]
	fn place_should_blame_pruning_when_the_client_says_the_block_is_unknown() {
		let error = Error::Call(ApiError::UnknownBlock("State already discarded".into()));

		let placed = error.place(HASH, 3, || panic!("no other reason is looked for"));

		assert!(
			matches!(placed, Error::StatePruned { hash, number: 3 } if hash == HASH),
			"{placed:?}"
		);
	}

	#[test]
	fn place_should_name_the_missing_api_when_there_is_one() {
		let placed = Error::Call(failure()).place(HASH, 3, || Some("ReputationApi"));

		assert!(
			matches!(placed, Error::ApiMissing { api: "ReputationApi", number: 3 }),
			"{placed:?}"
		);
	}

	#[test]
	fn place_should_keep_an_error_when_it_knows_no_better() {
		let placed = Error::Call(failure()).place(HASH, 3, || None);
		assert!(matches!(placed, Error::Call(_)), "{placed:?}");

		let placed = Error::BadCursor.place(HASH, 3, || panic!("the runtime was not asked"));
		assert!(matches!(placed, Error::BadCursor), "{placed:?}");
	}
}
