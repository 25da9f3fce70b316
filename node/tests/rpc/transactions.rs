//! Transactions, made with the runtime's own types.

use crate::harness::{wait_until, Node};
use aitbc_runtime::{Hash, Nonce, RuntimeCall, SignedPayload, TxExtension, UncheckedExtrinsic};
use codec::{Decode, Encode};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{generic::Era, ApplyExtrinsicResult, MultiSignature};

/// Sends `calls`, all or none of them, signed by `signer`, and waits until the best block has them.
pub fn send(node: &Node, signer: Sr25519Keyring, calls: Vec<RuntimeCall>) {
	send_together(node, [(signer, calls)]);
}

/// Sends several signers' calls at once, in whichever order they come into a block.
pub fn send_together<const COUNT: usize>(
	node: &Node,
	transactions: [(Sr25519Keyring, Vec<RuntimeCall>); COUNT],
) {
	let sent = transactions.map(|(signer, calls)| (signer, submit(node, signer, calls)));
	for (signer, nonce) in sent {
		wait_until("the transaction to be in a block", || {
			(self::nonce(node, signer) > nonce).then_some(())
		});
	}
}

/// Sends `calls`, all or none of them, signed by `signer`, and gives the nonce that was used.
pub fn submit(node: &Node, signer: Sr25519Keyring, calls: Vec<RuntimeCall>) -> Nonce {
	let nonce = nonce(node, signer);
	let call = RuntimeCall::from(pallet_utility::Call::batch_all { calls });
	let transaction = signed(node, signer, nonce, call);
	let dry = bytes(&node.get("system_dryRun", json!([transaction])));
	let dry = ApplyExtrinsicResult::decode(&mut &dry[..]).expect("a dry run has a result");
	assert!(matches!(dry, Ok(Ok(_))), "{signer:?}: {dry:?}");
	node.get("author_submitExtrinsic", json!([transaction]));
	nonce
}

/// How many transactions of `signer` the best block's state knows.
fn nonce(node: &Node, signer: Sr25519Keyring) -> Nonce {
	let account = format!("0x{}", hex::encode(signer.to_account_id()));
	let answer = node.get("state_call", json!(["AccountNonceApi_account_nonce", account]));
	Nonce::decode(&mut &bytes(&answer)[..]).expect("a nonce is a number")
}

/// `call` in a transaction that never expires, encoded.
fn signed(node: &Node, signer: Sr25519Keyring, nonce: Nonce, call: RuntimeCall) -> String {
	let genesis = node.get("chain_getBlockHash", json!([0]));
	let genesis = Hash::from_slice(&bytes(&genesis));
	let extension: TxExtension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(Era::Immortal),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let version = &aitbc_runtime::VERSION;
	let (spec, transaction) = (version.spec_version, version.transaction_version);
	let implicit = ((), (), spec, transaction, genesis, genesis, (), (), (), None, ());
	let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
	let signature = payload.using_encoded(|bytes| signer.sign(bytes));
	let transaction = UncheckedExtrinsic::new_signed(
		call,
		signer.to_account_id().into(),
		MultiSignature::Sr25519(signature),
		extension,
	);
	format!("0x{}", hex::encode(transaction.encode()))
}

/// The bytes of a hexadecimal string.
pub fn bytes(json: &Value) -> Vec<u8> {
	let text = json.as_str().unwrap_or_else(|| panic!("{json} is no string"));
	let digits = text.strip_prefix("0x").unwrap_or_else(|| panic!("{text} is not hexadecimal"));
	hex::decode(digits).unwrap_or_else(|error| panic!("{text}: {error}"))
}
