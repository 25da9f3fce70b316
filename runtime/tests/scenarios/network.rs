//! A development network in memory: its genesis, and blocks with signed transactions in them.

use aitbc_core::time::SLOT_MILLIS;
use aitbc_runtime::{
	genesis_config_presets, Balance, Balances, BlockNumber, Executive, Header, RuntimeCall,
	RuntimeEvent, SignedPayload, System, TxExtension, UncheckedExtrinsic,
};
use codec::Encode;
use frame_support::{genesis_builder_helper::build_state, traits::fungible::Inspect};
use sp_consensus_babe::BABE_ENGINE_ID;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::Era, traits::Header as _, ApplyExtrinsicResult, Digest, DigestItem, MultiSignature,
};

/// State right after the genesis that the preset named `preset` builds.
pub fn genesis(preset: &str) -> sp_io::TestExternalities {
	genesis_with(preset, serde_json::json!({}))
}

/// The same with what an operator `adds` to the preset.
pub fn genesis_with(preset: &str, adds: serde_json::Value) -> sp_io::TestExternalities {
	let mut ext = sp_io::TestExternalities::new_empty();
	ext.execute_with(|| {
		let patch = genesis_config_presets::get_preset(&preset.into()).expect("the preset exists");
		let config = with_defaults(&patch, adds);
		build_state::<aitbc_runtime::RuntimeGenesisConfig>(config).expect("the preset builds");
	});
	ext
}

/// The default genesis as JSON with `patch` and `adds` over it, which is what a chain spec does with presets.
fn with_defaults(patch: &[u8], adds: serde_json::Value) -> Vec<u8> {
	let mut config =
		serde_json::to_value(aitbc_runtime::RuntimeGenesisConfig::default()).expect("serializable");
	merge(&mut config, serde_json::from_slice(patch).expect("a preset is JSON"));
	merge(&mut config, adds);
	serde_json::to_vec(&config).expect("JSON serializes")
}

/// Lays `patch` over `base`, object by object.
fn merge(base: &mut serde_json::Value, patch: serde_json::Value) {
	match (base, patch) {
		(serde_json::Value::Object(base), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(serde_json::Value::Null), value);
			}
		},
		(base, patch) => *base = patch,
	}
}

/// Runs `test` on the development network after its first block, and checks every invariant after.
pub fn on_development_network(test: impl FnOnce()) {
	let mut ext = genesis(genesis_config_presets::DEVELOPMENT);
	ext.execute_with(|| {
		begin_block();
		test();
		end_block();
		#[cfg(feature = "try-runtime")]
		check_invariants();
	});
}

/// Runs every pallet's `try_state`.
#[cfg(feature = "try-runtime")]
pub fn check_invariants() {
	use frame_support::traits::{TryState, TryStateSelect};
	aitbc_runtime::AllPalletsWithSystem::try_state(System::block_number(), TryStateSelect::All)
		.expect("every invariant holds");
}

/// Begins the next block in the next slot, as its secondary author, the first authority, up to where
/// transactions are applied.
pub fn begin_block() {
	let number = System::block_number() + 1;
	let digest = Digest { logs: vec![babe_pre_digest(0, number)] };
	let parent = System::block_hash(number - 1);
	Executive::initialize_block(&Header::new(
		number,
		Default::default(),
		Default::default(),
		parent,
		digest,
	));
	let timestamp = RuntimeCall::Timestamp(pallet_timestamp::Call::set {
		now: u64::from(number) * SLOT_MILLIS,
	});
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(timestamp))
		.expect("the timestamp is valid")
		.expect("the timestamp is set");
	Executive::inherents_applied();
}

/// The digest of BABE's secondary author in slot `slot`. The runtime does not check its proof.
pub fn babe_pre_digest(authority_index: u32, slot: BlockNumber) -> DigestItem {
	// Authority index, slot, then an all-zero VRF output and proof: the node's to verify.
	let mut encoded = vec![3u8];
	encoded.extend(authority_index.encode());
	encoded.extend(u64::from(slot).encode());
	encoded.extend([0u8; 32]);
	encoded.extend([0u8; 64]);
	DigestItem::PreRuntime(BABE_ENGINE_ID, encoded)
}

/// Ends the block.
pub fn end_block() {
	Executive::finalize_block();
}

/// Lets `count` blocks pass: afterwards, that many blocks later, a block has begun.
pub fn pass_blocks(count: BlockNumber) {
	for _ in 0..count {
		end_block();
		begin_block();
	}
}

/// `call` in a transaction that `signer` signed with its next nonce.
pub fn signed(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	let account = signer.to_account_id();
	let extension: TxExtension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(Era::Immortal),
		frame_system::CheckNonce::from(System::account_nonce(&account)),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let call = call.into();
	let payload = SignedPayload::new(call.clone(), extension.clone()).expect("it can be signed");
	let signature = payload.using_encoded(|bytes| signer.sign(bytes));
	UncheckedExtrinsic::new_signed(
		call,
		account.into(),
		MultiSignature::Sr25519(signature),
		extension,
	)
}

/// Applies `call`, signed by `signer`, to the block.
pub fn submit(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
	Executive::apply_extrinsic(signed(signer, call))
}

/// Applies `call` as root, through Alice's sudo key.
pub fn as_root(call: impl Into<RuntimeCall>) {
	let call = Box::new(call.into());
	submit(Sr25519Keyring::Alice, pallet_sudo::Call::sudo { call })
		.expect("the transaction is valid")
		.expect("sudo dispatches");
	let sudid = events().into_iter().rev().find_map(|event| match event {
		RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result }) => Some(sudo_result),
		_ => None,
	});
	sudid.expect("sudo tells the result").expect("the call succeeds as root");
}

/// The block's events.
pub fn events() -> Vec<RuntimeEvent> {
	System::events().into_iter().map(|record| record.event).collect()
}

/// What `account` can spend.
pub fn free(account: Sr25519Keyring) -> Balance {
	Balances::balance(&account.to_account_id())
}
