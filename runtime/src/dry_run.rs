//! What would become of a call, found out without sending it.
//!
//! [`DispatchApi`] dispatches a call as a transaction of an account and undoes everything. Wallets
//! and the command line ask it before anybody signs, so that nobody pays the fee of a call that
//! fails.

use crate::{
	configs::governance::committee::TechnicalCollective, AccountId, Address, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeOrigin, Signature, System, TxExtension, UncheckedExtrinsic,
};
use alloc::vec::Vec;
use codec::{Codec, DecodeLimit, Encode};
use frame_support::{
	dispatch::GetDispatchInfo, storage::transactional::with_transaction_unchecked,
	MAX_EXTRINSIC_DEPTH,
};
use sp_core::sr25519;
use sp_runtime::{
	generic::Era, traits::DispatchTransaction, transaction_validity::InvalidTransaction,
	ApplyExtrinsicResult, DispatchError, TransactionOutcome,
};

/// What the technical committee tells.
type CommitteeEvent = pallet_collective::Event<Runtime, TechnicalCollective>;

sp_api::decl_runtime_apis! {
	/// Tries calls out.
	pub trait DispatchApi<AccountId>
	where
		AccountId: Codec,
	{
		/// What would become of the encoded `call`, if `account` sent it now.
		///
		/// The outer result says whether a block could have it at all: it decodes, fits into a
		/// block, and the account pays its fee. The inner one is how it would end. A call that a
		/// proxy, a multisig, the sudo key, the technical committee or a batch carries fails here with
		/// its own error, although the call around it succeeds.
		///
		/// It is dispatched on the state of the block that is asked, with the fee taken and the
		/// account's nonce as they stand there. So the answer leaves out what comes before the call
		/// in its real block: transactions that wait in the pool, and what the block's beginning
		/// changes, such as the active clock. What the fee is, `TransactionPaymentApi` tells.
		fn dry_run(account: AccountId, call: Vec<u8>) -> ApplyExtrinsicResult;
	}
}

/// Answers [`DispatchApi::dry_run`].
pub fn dry_run(account: AccountId, call: &[u8]) -> ApplyExtrinsicResult {
	let call = RuntimeCall::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut &call[..])
		.map_err(|_| InvalidTransaction::Call)?;
	with_transaction_unchecked(|| TransactionOutcome::Rollback(dispatch(account, call)))
}

/// Dispatches `call` as the first transaction of the next block, signature apart. The transaction
/// extensions run as well: they take the fee, and bound the work to what a block has room for.
fn dispatch(account: AccountId, call: RuntimeCall) -> ApplyExtrinsicResult {
	begin_block();
	let extension = extension(&account);
	let transaction = UncheckedExtrinsic::new_signed(
		call,
		Address::Id(account.clone()),
		// Only its length counts.
		Signature::Sr25519(sr25519::Signature::default()),
		extension.clone(),
	);
	let (info, length) = (transaction.get_dispatch_info(), transaction.encoded_size());
	let origin = RuntimeOrigin::signed(account);
	let dispatched =
		extension.dispatch_transaction(origin, transaction.function, &info, length, 0)?;
	Ok(match dispatched {
		Ok(_) => carried_failure().map_or(Ok(()), Err),
		Err(failed) => Err(failed.error),
	})
}

/// Makes room: the weight and the events of the block that is asked are still there. Its hash is
/// not known here, and no call that an account may send depends on it.
fn begin_block() {
	let next = System::block_number().saturating_add(1);
	System::initialize(&next, &Default::default(), &Default::default());
	System::reset_events();
}

/// What a transaction with the next nonce of `account` carries beyond its signature.
fn extension(account: &AccountId) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(Era::Immortal),
		frame_system::CheckNonce::from(System::account_nonce(account)),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// Why a call failed that the dispatched one carried, if it did: the outermost failure comes last.
fn carried_failure() -> Option<DispatchError> {
	let failures = System::read_events_no_consensus().filter_map(|record| match record.event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result })
		| RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result: result })
		| RuntimeEvent::Sudo(pallet_sudo::Event::SudoAsDone { sudo_result: result })
		| RuntimeEvent::Multisig(pallet_multisig::Event::MultisigExecuted { result, .. })
		| RuntimeEvent::TechnicalCommittee(CommitteeEvent::Executed { result, .. })
		| RuntimeEvent::TechnicalCommittee(CommitteeEvent::MemberExecuted { result, .. }) => result.err(),
		RuntimeEvent::Whitelist(pallet_whitelist::Event::WhitelistedCallDispatched {
			result,
			..
		}) => result.err().map(|failed| failed.error),
		RuntimeEvent::Utility(pallet_utility::Event::BatchInterrupted { error, .. }) => Some(error),
		_ => None,
	});
	failures.last()
}
