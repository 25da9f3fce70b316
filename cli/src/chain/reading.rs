//! What a block is asked for beside single values and runtime APIs: constants, view functions and
//! whole maps.

use super::{
	runtime,
	runtime::runtime_types::frame_support::view_functions::{
		ViewFunctionDispatchError, ViewFunctionId,
	},
	Block, Error,
};
use subxt::{
	constants,
	error::ViewFunctionError,
	ext::scale_decode::DecodeAsType,
	storage::{Address, PrefixOf},
	view_functions,
};

impl Block {
	/// Reads a constant of the runtime.
	pub fn constant<A: constants::Address>(&self, address: A) -> Result<A::Target, Error> {
		self.at.constants().entry(address).map_err(|error| self.error(error))
	}

	/// Calls a view function.
	///
	/// The runtime takes the arguments as bytes with their length, and answers with a result of
	/// bytes. Subxt 0.50 knows neither, so it is asked for the arguments' encoding only.
	pub async fn view<P: view_functions::Payload>(&self, call: P) -> Result<P::ReturnType, Error> {
		let views = self.at.view_functions();
		views.validate(&call).map_err(|error| self.error(error))?;
		let encoded = views.encode_args(&call).map_err(|error| self.error(error))?;
		let (id, output) = self.view_function(&call).map_err(|error| self.error(error))?;
		let arguments = encoded.get(id.len()..).unwrap_or_default().to_vec();
		let api = runtime::runtime_apis().runtime_view_function();
		let answer = self.call(api.execute_view_function(split(id), arguments)).await?;
		let answer =
			answer.map_err(|error| self.error(subxt::Error::other_str(refusal(&error))))?;
		P::ReturnType::decode_as_type(&mut &answer[..], output, self.at.metadata_ref().types())
			.map_err(|error| self.error(subxt::Error::other(error)))
	}

	/// The id of a view function, and the type of what it answers.
	fn view_function(
		&self,
		call: &impl view_functions::Payload,
	) -> Result<(&[u8; 32], u32), ViewFunctionError> {
		let (pallet_name, function_name) = (call.pallet_name(), call.function_name());
		let pallet = self.at.metadata_ref().pallet_by_name(pallet_name);
		let function = pallet.and_then(|pallet| pallet.view_function_by_name(function_name));
		let function = function.ok_or_else(|| ViewFunctionError::ViewFunctionNotFound {
			pallet_name: pallet_name.to_owned(),
			function_name: function_name.to_owned(),
		})?;
		Ok((function.query_id(), function.output_ty()))
	}

	/// Reads all entries of a storage map, in the order of storage.
	pub async fn entries<A>(&self, map: A) -> Result<Vec<(A::KeyParts, A::Value)>, Error>
	where
		A: Address,
		(): PrefixOf<A::KeyParts>,
	{
		self.entries_under(map, ()).await
	}

	/// Reads all entries of a storage map whose keys begin with `prefix`.
	pub async fn entries_under<A, P>(
		&self,
		map: A,
		prefix: P,
	) -> Result<Vec<(A::KeyParts, A::Value)>, Error>
	where
		A: Address,
		P: PrefixOf<A::KeyParts>,
	{
		self.read_entries(map, prefix).await.map_err(|error| self.error(error))
	}

	async fn read_entries<A, P>(
		&self,
		map: A,
		prefix: P,
	) -> Result<Vec<(A::KeyParts, A::Value)>, subxt::Error>
	where
		A: Address,
		P: PrefixOf<A::KeyParts>,
	{
		let mut stream = self.at.storage().iter(map, prefix).await?;
		let mut entries = Vec::new();
		while let Some(entry) = stream.next().await {
			let entry = entry?;
			entries.push((entry.key()?.decode()?, entry.value().decode()?));
		}
		Ok(entries)
	}
}

/// The two halves of a view function's id: its pallet's and its own.
fn split(id: &[u8; 32]) -> ViewFunctionId {
	let (mut prefix, mut suffix) = ([0; 16], [0; 16]);
	prefix.copy_from_slice(&id[..16]);
	suffix.copy_from_slice(&id[16..]);
	ViewFunctionId { prefix, suffix }
}

/// Why the runtime did not answer.
fn refusal(error: &ViewFunctionDispatchError) -> String {
	let reason = match error {
		ViewFunctionDispatchError::NotImplemented => "it has no view functions",
		ViewFunctionDispatchError::NotFound(_) => "it has no such view function",
		ViewFunctionDispatchError::Codec => "it could not read the arguments",
	};
	format!("the runtime refused a view function: {reason}")
}
