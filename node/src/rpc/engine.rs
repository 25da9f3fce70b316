//! The namespace `engine_*`: blocks when the operator asks for them, of a chain that is sealed.
//!
//! The methods are the SDK's, which answers them to everybody who reaches the node.

use super::error::Error;
use crate::service::sealing::Command;
use aitbc_runtime::Hash;
use futures::channel::mpsc;
use jsonrpsee::{
	core::{async_trait, RpcResult},
	proc_macros::rpc,
	Extensions, Methods,
};
use sc_consensus_manual_seal::{
	rpc::{ManualSeal, ManualSealApiServer},
	CreatedBlock,
};
use sc_rpc_api::check_if_safe;
use sp_runtime::EncodedJustification;

/// Asks the sealer for blocks.
#[rpc(server, namespace = "engine")]
pub trait EngineRpc {
	/// Makes a block on `parent_hash`, or on the best block: also without transactions if `create_empty`, and final at
	/// once if `finalize`. Unsafe.
	#[method(name = "createBlock", with_extensions)]
	async fn create_block(
		&self,
		create_empty: bool,
		finalize: bool,
		parent_hash: Option<Hash>,
	) -> RpcResult<CreatedBlock<Hash>>;

	/// Makes the block `hash` final, and keeps `justification` with it. True also if that fails: the log says so.
	/// Unsafe.
	#[method(name = "finalizeBlock", with_extensions)]
	async fn finalize_block(
		&self,
		hash: Hash,
		justification: Option<EncodedJustification>,
	) -> RpcResult<bool>;
}

/// Lets the operator alone ask the SDK's methods.
struct Engine(ManualSeal<Hash>);

/// The methods, which send to `sealer`.
pub fn module(sealer: mpsc::Sender<Command>) -> Methods {
	Engine(ManualSeal::new(sealer)).into_rpc().into()
}

#[async_trait]
impl EngineRpcServer for Engine {
	async fn create_block(
		&self,
		extensions: &Extensions,
		create_empty: bool,
		finalize: bool,
		parent_hash: Option<Hash>,
	) -> RpcResult<CreatedBlock<Hash>> {
		check_if_safe(extensions).map_err(Error::Unsafe)?;
		Ok(self.0.create_block(create_empty, finalize, parent_hash).await?)
	}

	async fn finalize_block(
		&self,
		extensions: &Extensions,
		hash: Hash,
		justification: Option<EncodedJustification>,
	) -> RpcResult<bool> {
		check_if_safe(extensions).map_err(Error::Unsafe)?;
		Ok(self.0.finalize_block(hash, justification).await?)
	}
}
