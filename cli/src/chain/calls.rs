//! Calls as data: those that the chain is to make later, and several that are sent as one.

use super::{
	runtime::runtime_types::{
		aitbc_runtime::RuntimeCall, bounded_collections::bounded_vec::BoundedVec,
		pallet_tx_pause::pallet::Call as TxPause, pallet_utility::pallet::Call as Utility,
	},
	wrapped::Encoded,
	Block, Call, Error, Value,
};
use subxt::{
	ext::{scale_decode::DecodeAsType, scale_encode::EncodeAsType},
	transactions::ValidationDetails,
	Metadata,
};

/// A call of the runtime.
pub struct ChainCall(RuntimeCall);

impl From<RuntimeCall> for ChainCall {
	fn from(call: RuntimeCall) -> Self {
		Self(call)
	}
}

/// A call in the encoding of the chain's own metadata, which found it.
#[derive(Clone, Debug)]
pub struct EncodedCall {
	pallet: String,
	name: String,
	/// All of it.
	bytes: Vec<u8>,
	arguments: Encoded,
}

impl EncodedCall {
	/// Its bytes: those of its pallet, of its name, and of its arguments.
	pub fn bytes(&self) -> &[u8] {
		&self.bytes
	}

	/// The pallet and the call: `Staking.bond`.
	pub fn full_name(&self) -> String {
		format!("{}.{}", self.pallet, self.name)
	}
}

impl Call for EncodedCall {
	type CallData = Encoded;

	fn pallet_name(&self) -> &str {
		&self.pallet
	}

	fn call_name(&self) -> &str {
		&self.name
	}

	fn call_data(&self) -> &Encoded {
		&self.arguments
	}

	/// There is no generated code to compare: the chain's metadata wrote the bytes, or has read them.
	fn validation_details(&self) -> Option<ValidationDetails<'_>> {
		None
	}
}

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
		read(self.at.metadata_ref(), bytes)
	}

	/// The call with these bytes, ready to be sent, if they are one and nothing else.
	pub fn encoded_call(&self, bytes: Vec<u8>) -> Option<EncodedCall> {
		encoded(self.at.metadata_ref(), bytes)
	}

	/// `calls`, of which all have an effect or none: several as one batch.
	pub fn all_of(&self, calls: Vec<ChainCall>) -> Result<EncodedCall, Error> {
		let mut calls: Vec<_> = calls.into_iter().map(|call| call.0).collect();
		let call = match calls.len() {
			1 => calls.remove(0),
			_ => RuntimeCall::Utility(Utility::batch_all { calls }),
		};
		self.write_call(&ChainCall(call))
	}

	/// `call` as the chain encodes it.
	pub fn write_call(&self, call: &ChainCall) -> Result<EncodedCall, Error> {
		let (metadata, mut bytes) = (self.at.metadata_ref(), Vec::new());
		call.0
			.encode_as_type_to(metadata.outer_enums().call_enum_ty(), metadata.types(), &mut bytes)
			.map_err(|error| self.error(subxt::Error::other(error)))?;
		let unread =
			|| self.error(subxt::Error::other_str("a call does not read as it was written"));
		self.encoded_call(bytes).ok_or_else(unread)
	}

	/// What the bytes of a call mean, if they are one.
	pub fn explain_call(&self, bytes: &[u8]) -> Option<Value> {
		explain(self.at.metadata_ref(), bytes)
	}

	/// The call with these bytes and what it means, if they are one and nothing else.
	pub fn explained_call(&self, bytes: Vec<u8>) -> Option<(EncodedCall, Value)> {
		explained(self.at.metadata_ref(), bytes)
	}
}

/// The call with these bytes by `metadata`, if they are one and nothing else.
fn read(metadata: &Metadata, bytes: &[u8]) -> Option<ChainCall> {
	let mut rest = bytes;
	let kind = metadata.outer_enums().call_enum_ty();
	let call = RuntimeCall::decode_as_type(&mut rest, kind, metadata.types()).ok()?;
	rest.is_empty().then_some(ChainCall(call))
}

/// The same, ready to be sent.
fn encoded(metadata: &Metadata, bytes: Vec<u8>) -> Option<EncodedCall> {
	read(metadata, &bytes)?;
	let [pallet, call, arguments @ ..] = &bytes[..] else { return None };
	let pallet = metadata.pallet_by_call_index(*pallet)?;
	let name = pallet.call_variant_by_index(*call)?.name.clone();
	let (pallet, arguments) = (pallet.name().to_owned(), Encoded::new(arguments.to_vec()));
	Some(EncodedCall { pallet, name, bytes, arguments })
}

/// The same, and what it means.
pub(super) fn explained(metadata: &Metadata, bytes: Vec<u8>) -> Option<(EncodedCall, Value)> {
	let value = explain(metadata, &bytes)?;
	Some((encoded(metadata, bytes)?, value))
}

/// What the bytes of a call mean by `metadata`, if they are one.
fn explain(metadata: &Metadata, bytes: &[u8]) -> Option<Value> {
	let kind = metadata.outer_enums().call_enum_ty();
	Value::decode_as_type(&mut &*bytes, kind, metadata.types()).ok()
}
