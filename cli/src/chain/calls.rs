//! Calls as data: those that operations actions have the chain make.

use super::{
	runtime::runtime_types::{
		aitbc_runtime::RuntimeCall, bounded_collections::bounded_vec::BoundedVec,
		pallet_tx_pause::pallet::Call as TxPause,
	},
	Block, Value,
};
use subxt::ext::scale_decode::DecodeAsType;

/// A call of the runtime.
pub struct ChainCall(RuntimeCall);

impl ChainCall {
	/// The call that pauses the call `name` of `pallet`.
	pub fn pause(pallet: &str, name: &str) -> Self {
		Self(RuntimeCall::TxPause(TxPause::pause { full_name: full_name(pallet, name) }))
	}

	/// The call that lets the call `name` of `pallet` go on.
	pub fn unpause(pallet: &str, name: &str) -> Self {
		Self(RuntimeCall::TxPause(TxPause::unpause { ident: full_name(pallet, name) }))
	}

	/// The same for code that subxt generated.
	pub(super) fn into_generated(self) -> RuntimeCall {
		self.0
	}
}

fn full_name(pallet: &str, name: &str) -> (BoundedVec<u8>, BoundedVec<u8>) {
	(BoundedVec(pallet.as_bytes().to_vec()), BoundedVec(name.as_bytes().to_vec()))
}

impl Block {
	/// Whether there is a call `name` of `pallet`.
	pub fn has_call(&self, pallet: &str, name: &str) -> bool {
		let pallet = self.at.metadata_ref().pallet_by_name(pallet);
		pallet.is_some_and(|pallet| pallet.call_variant_by_name(name).is_some())
	}

	/// The call with these bytes, if they are one and nothing else.
	pub fn read_call(&self, bytes: &[u8]) -> Option<ChainCall> {
		let metadata = self.at.metadata_ref();
		let mut rest = bytes;
		let kind = metadata.outer_enums().call_enum_ty();
		let call = RuntimeCall::decode_as_type(&mut rest, kind, metadata.types()).ok()?;
		rest.is_empty().then_some(ChainCall(call))
	}

	/// What the bytes of a call mean, if they are one.
	pub fn explain_call(&self, bytes: &[u8]) -> Option<Value> {
		let metadata = self.at.metadata_ref();
		let kind = metadata.outer_enums().call_enum_ty();
		Value::decode_as_type(&mut &*bytes, kind, metadata.types()).ok()
	}
}
