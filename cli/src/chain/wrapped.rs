//! Calls within calls: by a proxy for whom it stands for, by the sudo key for the chain.

use super::{Block, Call, Error};
use subxt::{
	ext::{
		codec::Encode,
		scale_encode::{self, EncodeAsFields, FieldIter, TypeResolver},
	},
	transactions::ValidationDetails,
	utils::{AccountId32, MultiAddress},
};

/// A call that carries another.
pub struct Wrapped<'a, C> {
	pallet: &'static str,
	call: &'static str,
	arguments: Encoded,
	/// Compared with the chain's metadata before anybody signs, since only its bytes are sent.
	inner: &'a C,
}

/// A call's arguments, encoded already.
#[derive(Clone, Debug)]
pub struct Encoded(Vec<u8>);

impl Encoded {
	/// These bytes.
	pub fn new(bytes: Vec<u8>) -> Self {
		Self(bytes)
	}
}

impl EncodeAsFields for Encoded {
	fn encode_as_fields_to<R: TypeResolver>(
		&self,
		_: &mut dyn FieldIter<'_, R::TypeId>,
		_: &R,
		out: &mut Vec<u8>,
	) -> Result<(), scale_encode::Error> {
		out.extend_from_slice(&self.0);
		Ok(())
	}
}

impl<C: Call> Call for Wrapped<'_, C> {
	type CallData = Encoded;

	fn pallet_name(&self) -> &str {
		self.pallet
	}

	fn call_name(&self) -> &str {
		self.call
	}

	fn call_data(&self) -> &Encoded {
		&self.arguments
	}

	fn validation_details(&self) -> Option<ValidationDetails<'_>> {
		self.inner.validation_details()
	}
}

impl Block {
	/// `call`, sent by a proxy of `real`. Of its proxy types, the chain takes the first that may.
	pub fn as_proxy<'a, C: Call>(
		&self,
		call: &'a C,
		real: AccountId32,
	) -> Result<Wrapped<'a, C>, Error> {
		let no_type: Option<()> = None;
		let mut arguments = (MultiAddress::<AccountId32, ()>::Id(real), no_type).encode();
		arguments.extend(self.encode(call)?.0);
		let arguments = Encoded(arguments);
		Ok(Wrapped { pallet: "Proxy", call: "proxy", arguments, inner: call })
	}

	/// `call`, sent by the sudo key with the rights of the chain itself.
	pub fn as_sudo<'a, C: Call>(&self, call: &'a C) -> Result<Wrapped<'a, C>, Error> {
		let arguments = Encoded(self.encode(call)?.0);
		Ok(Wrapped { pallet: "Sudo", call: "sudo", arguments, inner: call })
	}
}
