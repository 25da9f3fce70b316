//! Signed transactions that do nothing, for filling a node's pool.
//!
//! They are encoded by hand, as docs/wire-format.md has it, so that this needs neither the SDK nor a
//! chain's metadata.

use crate::http::{self, HttpError};
use blake2::{digest::consts::U32, Blake2b, Digest};
use codec::{Compact, Encode};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{json, Value};
use ureq::http::Uri;

/// The longest answer that is read, in bytes.
const MAX_ANSWER: usize = 16 << 20;

/// A payload that is longer is signed by its hash (sp-runtime, `generic/unchecked_extrinsic.rs`).
const LONG_PAYLOAD: usize = 256;

/// Why there was no spam.
#[derive(Debug, thiserror::Error)]
pub enum SpamError {
	/// The node could not be asked.
	#[error(transparent)]
	Http(#[from] HttpError),
	/// The node answered something else than what was asked for.
	#[error("the node answered {method} with {answer}")]
	Answer {
		/// What was called.
		method: String,
		/// What came.
		answer: String,
	},
}

/// What a transaction is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
	/// The runtime's version.
	pub spec_version: u32,
	/// That of its transactions.
	pub transaction_version: u32,
	/// The hash of the first block.
	pub genesis: [u8; 32],
}

/// An encoded `System::remark` of these bytes, signed by `key`.
///
/// The extensions that carry something are mortality (none), nonce, tip (none), and the mode of the
/// metadata's check (none).
pub fn remark(key: &SigningKey, chain: &Chain, nonce: u32, bytes: &[u8]) -> Vec<u8> {
	let call = (0u8, 0u8, bytes).encode();
	let carried = (0u8, Compact(nonce), Compact(0u128), 0u8).encode();
	let genesis = chain.genesis;
	let implied =
		(chain.spec_version, chain.transaction_version, genesis, genesis, None::<[u8; 32]>)
			.encode();
	let payload = [&call[..], &carried, &implied].concat();
	let signature = match payload.len() > LONG_PAYLOAD {
		true => key.sign(&Blake2b::<U32>::digest(&payload)),
		false => key.sign(&payload),
	};
	// Version 4, signed; an account's id; an Ed25519 signature.
	let signed = (0x84u8, 0u8, key.verifying_key().to_bytes(), 0u8, signature.to_bytes()).encode();
	[&signed[..], &carried, &call].concat().encode()
}

/// A node's RPC over HTTP.
#[derive(Clone, Debug)]
pub struct Node(pub Uri);

impl Node {
	fn post(&self, request: &Value) -> Result<Value, SpamError> {
		let answer = http::post(&self.0, request.to_string().as_bytes(), MAX_ANSWER)?;
		serde_json::from_slice(&answer).map_err(|_| SpamError::Answer {
			method: "a request".into(),
			answer: String::from_utf8_lossy(&answer).into_owned(),
		})
	}

	fn call<T>(
		&self,
		method: &str,
		params: Value,
		read: impl Fn(&Value) -> Option<T>,
	) -> Result<T, SpamError> {
		let answer =
			self.post(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))?;
		read(&answer["result"])
			.ok_or_else(|| SpamError::Answer { method: method.into(), answer: answer.to_string() })
	}

	/// What transactions are bound to.
	pub fn chain(&self) -> Result<Chain, SpamError> {
		let genesis = self.call("chain_getBlockHash", json!([0]), |hash| {
			hex::decode(hash.as_str()?.strip_prefix("0x")?).ok()?.try_into().ok()
		});
		let versions = self.call("state_getRuntimeVersion", json!([]), |version| {
			let number = |name: &str| u32::try_from(version[name].as_u64()?).ok();
			Some((number("specVersion")?, number("transactionVersion")?))
		});
		let (genesis, (spec_version, transaction_version)) = (genesis?, versions?);
		Ok(Chain { spec_version, transaction_version, genesis })
	}

	/// The next nonce of an account, by its address; what is in the pool is counted.
	pub fn nonce(&self, address: &str) -> Result<u32, SpamError> {
		self.call("system_accountNextIndex", json!([address]), |nonce| {
			u32::try_from(nonce.as_u64()?).ok()
		})
	}

	/// Submits transactions, and gives how many of them were taken.
	pub fn submit(&self, transactions: &[Vec<u8>]) -> Result<usize, SpamError> {
		let request = |(i, transaction): (usize, &Vec<u8>)| {
			let params = [format!("0x{}", hex::encode(transaction))];
			json!({"jsonrpc": "2.0", "id": i, "method": "author_submitExtrinsic", "params": params})
		};
		let requests: Vec<_> = transactions.iter().enumerate().map(request).collect();
		let answers = self.post(&Value::from(requests))?;
		let is_taken = |answer: &&Value| answer["result"].is_string();
		let answers = answers.as_array().map(Vec::as_slice).unwrap_or_default();
		Ok(answers.iter().filter(is_taken).count())
	}
}

/// The address of a key's account: SS58 with the prefix 42.
pub fn address(key: &SigningKey) -> String {
	const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
	let mut bytes = vec![42];
	bytes.extend(key.verifying_key().to_bytes());
	let hash = blake2::Blake2b512::new().chain_update(b"SS58PRE").chain_update(&bytes).finalize();
	bytes.extend(hash.iter().take(2));
	let mut digits = Vec::<u8>::new();
	for byte in bytes {
		let mut carry = u32::from(byte);
		for digit in &mut digits {
			carry += u32::from(*digit) << 8;
			*digit = (carry % 58) as u8;
			carry /= 58;
		}
		while carry > 0 {
			digits.push((carry % 58) as u8);
			carry /= 58;
		}
	}
	digits
		.iter()
		.rev()
		.filter_map(|digit| ALPHABET.get(usize::from(*digit)))
		.map(|c| char::from(*c))
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn key() -> SigningKey {
		SigningKey::from_bytes(&[1; 32])
	}

	#[test]
	fn remark_should_be_a_signed_transaction_of_the_expected_form() {
		let chain = Chain { spec_version: 1, transaction_version: 2, genesis: [9; 32] };
		let bytes = remark(&key(), &chain, 70, b"hi");
		// 2 of length; version, address, signature; era, nonce, tip, mode; call and remark.
		assert_eq!(bytes.len(), 2 + 1 + 33 + 65 + 5 + 5);
		let (head, tail) = bytes.split_at(2 + 1 + 33 + 65);
		assert_eq!(head[..4], [0xb5, 0x01, 0x84, 0]);
		assert_eq!(head[4..36], key().verifying_key().to_bytes());
		assert_eq!(tail, [0, 0x19, 0x01, 0, 0, 0, 0, 8, b'h', b'i']);
	}

	#[test]
	fn signature_should_be_of_call_extensions_and_what_they_imply() {
		let chain = Chain { spec_version: 1, transaction_version: 2, genesis: [9; 32] };
		let bytes = remark(&key(), &chain, 0, b"");
		let payload = [&[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0][..], &[9; 64], &[0]].concat();
		let signature =
			ed25519_dalek::Signature::from_slice(&bytes[2 + 1 + 33 + 1..][..64]).unwrap();
		key().verifying_key().verify_strict(&payload, &signature).unwrap();
	}

	#[test]
	fn address_should_be_that_of_the_account() {
		// As `aitbc-node key inspect --scheme ed25519` prints it for this seed.
		assert_eq!(address(&key()), "5FCM8VvFKfKzQnmkT7X9kDY6xMcgeGYRK8tmSbfwpXyM1CvS");
	}
}
