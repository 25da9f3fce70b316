//! The methods, and what clients may ask with them.
//!
//! Every method about the chain takes the hash of a block of this chain as its last parameter, `at`, and asks about
//! the best block without. Those about this node's own worker answer null, or fail, where none runs; what could spend
//! the operator's money is unsafe. `docs/rpc/openrpc.json` describes the same for clients; a test holds it to the
//! node.

use super::{
	inputs::{Claim, PubkeyHash, Txid},
	views,
};
use crate::rpc::{
	accounts::Address,
	answer::{Answer, Page},
	bitcoin::inputs::BlockHash,
	cursor::Cursor,
	error::Error,
};
use aitbc_runtime::{BlockNumber, Hash};
use jsonrpsee::proc_macros::rpc;

/// Reads tasks and anchorers.
#[rpc(server, namespace = "anchor")]
pub trait AnchorRpc {
	/// When tasks are made, and on which terms.
	#[method(name = "schedule", blocking)]
	fn schedule(&self, at: Option<Hash>) -> Result<Answer<views::Schedule>, Error>;

	/// The task of the block `height`. Null if there was none, or it is not kept any more.
	#[method(name = "task", blocking)]
	fn task(
		&self,
		height: BlockNumber,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::Task>>, Error>;

	/// The tasks that are kept, newest first. `limit` is clamped to what the runtime API says, and is the most
	/// when left out.
	#[method(name = "tasks", blocking)]
	fn tasks(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::Task>>, Error>;

	/// The newest task, or null.
	#[method(name = "latest", blocking)]
	fn latest(&self, at: Option<Hash>) -> Result<Answer<Option<views::Task>>, Error>;

	/// The newest task that is final, or null.
	#[method(name = "latestFinal", blocking)]
	fn latest_final(&self, at: Option<Hash>) -> Result<Answer<Option<views::Task>>, Error>;

	/// What is to be anchored now, or null. Anchor it only if your own node has finalized that block.
	#[method(name = "due", blocking)]
	fn due(&self, at: Option<Hash>) -> Result<Answer<Option<views::Payload>>, Error>;

	/// Who has the P2WPKH script of the key with this hash, or null.
	#[method(name = "anchorer", blocking)]
	fn anchorer(
		&self,
		key_hash: PubkeyHash,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::Anchorer>>, Error>;

	/// The 32 bytes that a key has to sign, as they are, so that `account` can register its script.
	#[method(name = "registrationMessage", blocking)]
	fn registration_message(
		&self,
		account: Address,
		at: Option<Hash>,
	) -> Result<Answer<String>, Error>;

	/// How this node's own Bitcoin worker is, or null if none runs. Unsafe.
	#[method(name = "worker", with_extensions)]
	fn worker(&self) -> Result<Option<views::Worker>, Error>;

	/// Has the worker look for coins at its next round, which takes Bitcoin Core minutes on mainnet. Unsafe.
	#[method(name = "rescan", with_extensions)]
	fn rescan(&self) -> Result<(), Error>;

	/// What `account` can register the worker's script with: the hash of its key, and the key's signature. Unsafe.
	#[method(name = "signRegistration", with_extensions, blocking)]
	fn sign_registration(&self, account: Address) -> Result<views::Registration, Error>;

	/// The proof that a block of Bitcoin has a transaction, as `BitcoinAnchor.prove` takes it: SCALE, in
	/// hexadecimal digits. Unsafe, because it makes this node's Bitcoin Core work.
	#[method(name = "proof", with_extensions, blocking)]
	fn proof(&self, txid: Txid, block: BlockHash) -> Result<String, Error>;

	/// The evidence bundle of the anchored block `height`, or of the newest that is final, in hexadecimal digits. It
	/// shows what `claim` says, or that it is a block of this chain. Unsafe, because it takes the node seconds where the
	/// set of authorities has changed often.
	#[method(name = "export", with_extensions, blocking)]
	fn export(
		&self,
		height: Option<BlockNumber>,
		claim: Option<Claim>,
	) -> Result<views::Export, Error>;
}
