//! Benchmarks of what the pallet does, each in its dearest case.

use crate::*;
use aitbc_bitcoin::{
	merkle_root, Amount, BlockHash, ChainedHeader, Header, InclusionProof, Input, MerkleNode,
	MerkleProof, Network, OutPoint, Output, Period, RecentTimes, Transaction, Txid,
};
use aitbc_traits::BitcoinHeaderChain;
use alloc::{vec, vec::Vec};
use codec::{Decode, Encode};
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, BoundedVec};
use frame_system::RawOrigin;
use sp_runtime::traits::SaturatedConversion;

/// How far below a path's root a transaction of a block may be.
const DEPTH: usize = 15;

/// The largest proof that is measured, in bytes. What weighs more is extrapolated.
const MAX_PROOF_BYTES: u32 = 200_000;

/// A header of regtest after `previous`, with a proof of work: every second nonce has one.
fn mine(previous: BlockHash, time: u32, merkle_root: MerkleNode) -> Header {
	let bits = Network::Regtest.genesis().bits;
	let mut header = Header { version: 4, previous, merkle_root, time, bits, nonce: 0 };
	while bits.check(header.hash(), Network::Regtest.limit()).is_err() {
		header.nonce = header.nonce.saturating_add(1);
	}
	header
}

/// A first header of regtest, and what is stored of it. The benchmarks' clock is at 1970, and so is its time: those of
/// Bitcoin's own would be too new.
fn regtest_genesis() -> (Header, StoredHeader) {
	let header = Header { time: 1, ..Network::Regtest.genesis() };
	let hash = header.hash();
	let work = ChainedHeader::genesis(Network::Regtest).work();
	let fields = (Network::Regtest, 0u32, hash, header.time, work, Period::of(&header));
	// There is no way to make one without its rules but to read it.
	let chained = ChainedHeader::decode(&mut &*fields.encode())
		.unwrap_or(ChainedHeader::genesis(Network::Regtest));
	let stored = StoredHeader {
		chained,
		times: RecentTimes::new(header.time),
		previous: header.previous,
		merkle_root: header.merkle_root,
	};
	(header, stored)
}

/// Forgets everything, and begins at regtest's first block.
fn restart<T: Config>() -> (Header, StoredHeader) {
	let _ = Headers::<T>::clear(u32::MAX, None);
	let _ = Best::<T>::clear(u32::MAX, None);
	let _ = Stale::<T>::clear(u32::MAX, None);
	let genesis = regtest_genesis();
	Oldest::<T>::put(0);
	Floor::<T>::put(0);
	put_best::<T>(&genesis.1);
	genesis
}

/// Stores a header as the best chain's last.
fn put_best<T: Config>(stored: &StoredHeader) {
	let chained = stored.chained;
	Headers::<T>::insert(chained.hash(), stored);
	Best::<T>::insert(chained.height(), chained.hash());
	Tip::<T>::put(chained);
}

/// Makes so many headers after one, the oldest first.
fn mine_chain(parent: &(Header, StoredHeader), tag: u8, count: u32) -> Vec<(Header, StoredHeader)> {
	let mut chain: Vec<(Header, StoredHeader)> = Vec::new();
	for _ in 0..count {
		let (last, stored) = chain.last().unwrap_or(parent);
		let time = last.time.saturating_add(1);
		let header = mine(last.hash(), time, MerkleNode([tag; 32]));
		let next = stored.chained.next(&header, stored.times.median(), time);
		let Ok(chained) = next else { break };
		let stored = stored.followed_by(chained, &header);
		chain.push((header, stored));
	}
	chain
}

/// Fills the lists of stale headers at these heights with ones that have less work than any other.
fn fill_stale<T: Config>(heights: core::ops::RangeInclusive<u32>) {
	let (_, stored) = regtest_genesis();
	for height in heights {
		let hashes = (0..T::MaxStale::get()).map(|number| {
			let mut hash = [0xee; 32];
			let distinct = height.to_le_bytes().into_iter().chain(number.to_le_bytes());
			hash.iter_mut().zip(distinct).for_each(|(byte, value)| *byte = value);
			BlockHash(hash)
		});
		let hashes: Vec<_> = hashes.collect();
		hashes.iter().for_each(|hash| Headers::<T>::insert(hash, stored));
		Stale::<T>::insert(height, BoundedVec::truncate_from(hashes));
	}
}

/// A transaction whose one output has a script of so many bytes.
fn transaction(previous: OutPoint, script: u32) -> Transaction {
	let script = vec![0x6a; script.saturated_into()];
	Transaction {
		version: 2,
		inputs: vec![Input { previous, script_sig: vec![0; 2], sequence: 0 }],
		outputs: vec![Output { value: Amount(0), script }],
		lock_time: 0,
	}
}

/// Makes a block that has these transactions, with so many confirmations.
pub(crate) fn put_block<T: Config>(transactions: &[Transaction], confirmations: u32) -> BlockHash {
	let ids: Vec<_> = transactions.iter().map(Transaction::txid).collect();
	let parent = restart::<T>();
	let mut chain = mine_chain(&parent, 1, confirmations.max(1));
	for (_, stored) in &chain {
		put_best::<T>(stored);
	}
	let Some((_, first)) = chain.first_mut() else { return parent.1.chained.hash() };
	first.merkle_root = merkle_root(&ids).unwrap_or(first.merkle_root);
	Headers::<T>::insert(first.chained.hash(), *first);
	first.chained.hash()
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn submit(h: Linear<1, { T::MaxBatch::get() }>) -> Result<(), BenchmarkError> {
		let genesis = restart::<T>();
		let reach = T::MaxReorganization::get();
		// As many old headers as two for each new one, and full lists at each height that gets out of reach.
		let known = Pallet::<T>::kept().saturating_add(h);
		let old = mine_chain(&genesis, 1, known);
		old.iter().for_each(|(_, stored)| put_best::<T>(stored));
		let last = old.last().cloned().ok_or(BenchmarkError::Stop("headers could not be made"))?;
		let floor = last.1.chained.height().saturating_sub(reach);
		Floor::<T>::put(floor);
		fill_stale::<T>(floor.saturating_add(1)..=floor.saturating_add(h));
		let headers: Vec<_> =
			mine_chain(&last, 2, h).into_iter().map(|(header, _)| header).collect();
		let headers = BoundedVec::truncate_from(headers);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), headers);

		let tip = Tip::<T>::get().map(|tip| tip.height());
		assert_eq!(tip, Some(known.saturating_add(h)));
		assert_eq!(Oldest::<T>::get(), h.saturating_mul(2));
		assert_eq!(Stale::<T>::iter_keys().count(), 0);
		Ok(())
	}

	#[benchmark]
	fn reorganize(
		m: Linear<2, { T::MaxReorganization::get().saturating_mul(2) }>,
	) -> Result<(), BenchmarkError> {
		let genesis = restart::<T>();
		let half = m.saturating_div(2);
		let displaced = mine_chain(&genesis, 1, half);
		displaced.iter().for_each(|(_, stored)| put_best::<T>(stored));
		fill_stale::<T>(1..=half);
		let adopted = mine_chain(&genesis, 2, m.saturating_sub(half));
		for (_, stored) in &adopted {
			let (height, hash) = (stored.chained.height(), stored.chained.hash());
			Headers::<T>::insert(hash, stored);
			Stale::<T>::mutate(height, |stale| {
				stale.pop();
				stale.try_push(hash)
			})
			.map_err(|_| BenchmarkError::Stop("there is room for one"))?;
		}
		let last = adopted.last().ok_or(BenchmarkError::Stop("headers could not be made"))?;
		let next: Vec<_> = mine_chain(last, 2, 1).into_iter().map(|(header, _)| header).collect();
		let submitted;

		#[block]
		{
			submitted = Pallet::<T>::check(&next).and_then(Pallet::<T>::do_submit);
		}

		let expected =
			Submitted { added: 1, displaced: half, known: m.saturating_sub(half), is_best: true };
		assert_eq!(submitted, Ok(expected));
		Ok(())
	}

	#[benchmark]
	fn verify_inclusion(b: Linear<2_000, MAX_PROOF_BYTES>) -> Result<(), BenchmarkError> {
		let coinbase = transaction(OutPoint::NULL, b.saturating_div(2).saturating_sub(700));
		let other = OutPoint { txid: Txid([1; 32]), index: 0 };
		let proven = transaction(other, b.saturating_div(2).saturating_sub(700));
		// A block so large that its tree has as many levels as one can have.
		let mut transactions = vec![coinbase.txid(), proven.txid()];
		for number in 2..(1u32 << DEPTH) {
			let mut id = [7; 32];
			id.iter_mut().zip(number.to_le_bytes()).for_each(|(byte, value)| *byte = value);
			transactions.push(Txid(id));
		}
		let block = put_block::<T>(&[], 2);
		Headers::<T>::mutate(block, |header| {
			if let (Some(header), Some(root)) = (header, merkle_root(&transactions)) {
				header.merkle_root = root;
			}
		});
		let path = |index| {
			MerkleProof::new(&transactions, index)
				.ok_or(BenchmarkError::Stop("there are as many as a block may have"))
		};
		let proof = InclusionProof {
			transaction: proven.to_bytes(),
			proof: path(1)?,
			coinbase: coinbase.to_bytes(),
			coinbase_path: path(0)?.path,
		};
		let included;

		#[block]
		{
			included = <Pallet<T> as BitcoinHeaderChain>::verify_inclusion(block, &proof);
		}

		assert_eq!(included.map(|included| included.txid), Ok(proven.txid()));
		Ok(())
	}

	#[benchmark]
	fn find() {
		let block = put_block::<T>(&[], 2);
		let found;

		#[block]
		{
			found = <Pallet<T> as BitcoinHeaderChain>::find(block);
		}

		assert_eq!(found.map(|found| found.confirmations), Some(2));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
