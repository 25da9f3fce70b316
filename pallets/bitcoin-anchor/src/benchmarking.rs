//! Benchmarks of every call and of the parts of the hooks, each in its dearest case.

use crate::*;
use aitbc_bitcoin::{
	Amount, BlockHash, Commitment, InclusionProof, Input, InternalKey, MerkleProof, Network,
	OutPoint, Output, Payload, Transaction, Txid,
};
use aitbc_core::{Balance, BlockNumber};
use aitbc_traits::{BitcoinHeaderChain, DeadlineClock};
use alloc::{boxed::Box, vec, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, InspectHold, Mutate},
		Get, Hooks,
	},
	BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_io::crypto::secp256k1_ecdsa_recover_compressed;
use sp_runtime::traits::{SaturatedConversion, Zero};

/// The x coordinate of the generator of secp256k1 (SEC 2): any point of the curve would do.
const GENERATOR: [u8; 32] = [
	0x79, 0xbe, 0x66, 0x7e, 0xf9, 0xdc, 0xbb, 0xac, 0x55, 0xa0, 0x62, 0x95, 0xce, 0x87, 0x0b, 0x07,
	0x02, 0x9b, 0xfc, 0xdb, 0x2d, 0xce, 0x28, 0xd9, 0x59, 0xf2, 0x81, 0x5b, 0x16, 0xf8, 0x17, 0x98,
];

/// Committing by Taproot is dearer than in the open.
const TAPROOT: Commitment = Commitment::Taproot { internal_key: InternalKey(GENERATOR) };

/// What an anchorer and the source of rewards own, as a multiple of the existential deposit.
const WEALTH_FACTOR: Balance = 1_000_000;

/// The most bytes of an output of [`outputs`]: a script of one byte, whose place in memory costs most for its
/// length.
const OUTPUT_BYTES: u32 = 10;

/// What a proof has beside the outputs of its transaction, at most.
const OTHER_BYTES: u32 = 300;

fn endow<T: Config>(who: &T::AccountId) {
	let least = T::Currency::minimum_balance().max(T::Deposit::get()).max(T::Reward::get());
	T::Currency::set_balance(who, least.saturating_mul(WEALTH_FACTOR));
}

/// A key and its signature for `who`. Every signature is that of some key, and this one's is recovered.
fn signed_key<T: Config>(who: &T::AccountId) -> Result<(PubkeyHash, KeySignature), BenchmarkError> {
	let mut signature = [0; 65];
	let (r, s) = (GENERATOR.into_iter(), core::iter::repeat_n(1, 32));
	signature.iter_mut().zip(r.chain(s)).for_each(|(to, byte)| *to = byte);
	let message = Pallet::<T>::registration_message(who);
	let key = secp256k1_ecdsa_recover_compressed(&signature, &message)
		.map_err(|_| BenchmarkError::Stop("the signature is that of a key"))?;
	Ok((PubkeyHash::of_key(&key), KeySignature(signature)))
}

/// A script that somebody has registered.
fn registered<T: Config>(who: &T::AccountId) -> Result<PubkeyHash, BenchmarkError> {
	endow::<T>(who);
	let (key_hash, signature) = signed_key::<T>(who)?;
	Pallet::<T>::do_register(who.clone(), key_hash, signature)?;
	Ok(key_hash)
}

fn payload<T: Config>(height: BlockNumber) -> Payload {
	let network = T::Bitcoin::network().unwrap_or(Network::Regtest);
	Payload { network, set_id: 1, height, block_hash: [2; 32], audit_root: [3; 32] }
}

/// A transaction that spends `previous`, with as many outputs as `bytes` have room for and one more with
/// `script`.
fn transaction(previous: OutPoint, bytes: u32, script: Vec<u8>) -> Transaction {
	let count = bytes.saturating_sub(OTHER_BYTES) / OUTPUT_BYTES;
	let outputs = (0..count).map(|_| Output { value: Amount(1), script: vec![0x51] });
	let outputs = outputs.chain([Output { value: Amount(1), script }]).collect();
	let input = Input { previous, script_sig: Vec::new(), sequence: 0 };
	Transaction { version: 2, inputs: vec![input], outputs, lock_time: 0 }
}

fn coinbase() -> Transaction {
	transaction(OutPoint::NULL, 0, vec![0x51])
}

fn spent() -> OutPoint {
	OutPoint { txid: Txid([4; 32]), index: 0 }
}

fn inclusion(block: BlockHash) -> Inclusion {
	Inclusion { block, txid: Txid([5; 32]), commitment: TAPROOT, funded_by: spent().into() }
}

/// Puts a task there, at the end of all.
fn put_task<T: Config>(height: BlockNumber, status: Status) -> Result<(), BenchmarkError> {
	let full = BenchmarkError::Stop("there is room for the task");
	Tasks::<T>::insert(height, Task { payload: payload::<T>(height), status });
	Heights::<T>::try_append(height).map_err(|()| BenchmarkError::Stop("too many tasks"))?;
	if status.is_open() {
		Open::<T>::try_append(height).map_err(|()| full)?;
	}
	Ok(())
}

/// Begins a block late enough for any task.
fn start<T: Config>() -> BlockNumberFor<T> {
	let now = T::MaxKept::get().saturating_mul(2).into();
	frame_system::Pallet::<T>::set_block_number(now);
	T::Clock::set_now(1);
	now
}

fn due() -> Status {
	Status::Due { since: 1 }
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register() -> Result<(), BenchmarkError> {
		start::<T>();
		let who: T::AccountId = whitelisted_caller();
		endow::<T>(&who);
		let (key_hash, signature) = signed_key::<T>(&who)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), key_hash, signature);

		ensure!(Anchorers::<T>::contains_key(key_hash), "the script is registered");
		Ok(())
	}

	#[benchmark]
	fn deregister() -> Result<(), BenchmarkError> {
		start::<T>();
		let who: T::AccountId = whitelisted_caller();
		let key_hash = registered::<T>(&who)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), key_hash);

		ensure!(
			T::Currency::balance_on_hold(&HoldReason::Deposit.into(), &who).is_zero(),
			"the deposit is back"
		);
		Ok(())
	}

	#[benchmark]
	fn prove(b: Linear<0, { T::MaxProofBytes::get() }>) -> Result<(), BenchmarkError> {
		start::<T>();
		// Where no Bitcoin is followed, this begins it: a payload names the network.
		T::Bitcoin::benchmark_block(&[coinbase()], 1);
		put_task::<T>(1, due())?;
		let script = TAPROOT.script(&payload::<T>(1));
		let script = script.map_err(|_| BenchmarkError::Stop("the key is one"))?;
		let transactions = [coinbase(), transaction(spent(), b, script)];
		let txids = transactions.each_ref().map(Transaction::txid);
		let path = |index| {
			MerkleProof::new(&txids, index).ok_or(BenchmarkError::Stop("it is in the block"))
		};
		let block = T::Bitcoin::benchmark_block(&transactions, 1);
		let [coinbase, anchor] = transactions.each_ref().map(Transaction::to_bytes);
		let coinbase_path = path(0)?.path;
		let proof =
			InclusionProof { transaction: anchor, proof: path(1)?, coinbase, coinbase_path };
		ensure!(proof.encoded_size() <= b.max(OTHER_BYTES).saturated_into(), "it is too large");
		let caller = RawOrigin::Signed(whitelisted_caller());

		#[extrinsic_call]
		_(caller, 1, block, Box::new(proof), TAPROOT);

		ensure!(Pallet::<T>::due().is_none(), "the task is included");
		Ok(())
	}

	#[benchmark]
	fn claim(b: Linear<0, { T::MaxProofBytes::get() }>) -> Result<(), BenchmarkError> {
		start::<T>();
		let who: T::AccountId = account("anchorer", 0, 0);
		let key_hash = registered::<T>(&who)?;
		endow::<T>(&T::RewardSource::get());
		let funding = transaction(spent(), b, key_hash.script());
		let index = funding.outputs.len().saturating_sub(1).saturated_into();
		let funded_by = SpentOutput { txid: funding.txid(), index };
		let inclusion = Inclusion { funded_by, ..inclusion(BlockHash([6; 32])) };
		put_task::<T>(1, Status::Final { inclusion, at: 2, is_paid: false })?;
		let bytes = BoundedVec::truncate_from(funding.to_bytes());
		let caller = RawOrigin::Signed(whitelisted_caller());

		#[extrinsic_call]
		_(caller, 1, bytes);

		let paid = Tasks::<T>::get(1).map(|task| task.status);
		ensure!(matches!(paid, Some(Status::Final { is_paid: true, .. })), "the reward is paid");
		Ok(())
	}

	/// Nothing is to be looked at, and the next block will have a task.
	#[benchmark]
	fn watch() -> Result<(), BenchmarkError> {
		start::<T>();
		T::Bitcoin::benchmark_block(&[coinbase()], 1);
		LookedAt::<T>::set(T::Bitcoin::tip());
		let last = Pallet::<T>::schedule().next.saturating_sub(1);

		#[block]
		{
			Pallet::<T>::on_initialize(last.into());
			Pallet::<T>::on_finalize(last.into());
		}

		ensure!(Prepared::<T>::exists(), "the next block is announced");
		Ok(())
	}

	#[benchmark]
	fn look(n: Linear<0, { T::MaxOpen::get() }>) -> Result<(), BenchmarkError> {
		let now = start::<T>();
		let block = T::Bitcoin::benchmark_block(&[coinbase()], T::Confirmations::get());
		for height in 1..=n {
			put_task::<T>(height, Status::Included(inclusion(block)))?;
		}

		#[block]
		{
			Pallet::<T>::on_initialize(now);
		}

		for task in Tasks::<T>::iter_values() {
			ensure!(matches!(task.status, Status::Confirmed(_)), "each task moves");
		}
		Ok(())
	}

	#[benchmark]
	fn finish() -> Result<(), BenchmarkError> {
		let now = start::<T>();
		let confirmations = Pallet::<T>::final_confirmations();
		let block = T::Bitcoin::benchmark_block(&[coinbase()], confirmations);
		put_task::<T>(1, Status::Confirmed(inclusion(block)))?;

		#[block]
		{
			Pallet::<T>::on_initialize(now);
		}

		ensure!(LatestFinal::<T>::get() == Some(1), "the task is final");
		Ok(())
	}

	/// Of the open tasks only the last is due, and there are as many as are kept.
	#[benchmark]
	fn make() -> Result<(), BenchmarkError> {
		start::<T>();
		let block = T::Bitcoin::benchmark_block(&[coinbase()], 1);
		let (open, kept) = (T::MaxOpen::get(), T::MaxKept::get());
		for height in 1..=kept {
			let status = match kept.saturating_sub(height) {
				0 => due(),
				newer if newer < open => Status::Included(inclusion(block)),
				_ => Status::Missed,
			};
			put_task::<T>(height, status)?;
		}
		let height = kept.saturating_add(1);
		let audit_root = [3; 32];
		Prepared::<T>::put(Preparation::Ended { height, set_id: 1, audit_root });

		#[block]
		{
			Pallet::<T>::make_prepared(height.saturating_add(1));
		}

		let missed = Tasks::<T>::get(kept).map(|task| task.status);
		ensure!(missed == Some(Status::Missed), "the due task is missed");
		ensure!(Tasks::<T>::contains_key(height), "the new task is made");
		ensure!(!Tasks::<T>::contains_key(1), "the oldest task is forgotten");
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
