//! A runtime with this pallet, and headers for it.

use crate::{self as pallet_bitcoin_light_client, *};
use aitbc_bitcoin::{BlockHash, ChainedHeader, Header, MerkleNode, Network, Work};
use codec::{DecodeAll, Encode};
use core::time::Duration;
use frame_support::{
	assert_ok, derive_impl,
	dispatch::{DispatchResultWithPostInfo, PostDispatchInfo},
	parameter_types,
	traits::{ConstU32, UnixTime},
};
use sp_runtime::{BuildStorage, DispatchError};

type Block = frame_system::mocking::MockBlock<Test>;

pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		LightClient: pallet_bitcoin_light_client,
	}
);

/// Who submits.
pub const RELAYER: AccountId = 1;

/// How many blocks a reorganization may displace.
pub const REORGANIZATION: u32 = 8;

/// How many stale headers are kept at a height.
pub const STALE: u32 = 2;

/// How many headers a batch may have.
pub const BATCH: u32 = 4_100;

/// How many headers of the best chain are kept, unless a test says otherwise.
pub const KEPT: u32 = 20;

/// What time it is, unless a test says otherwise, in seconds since 1970: after all headers of tests.
pub const NOW: u32 = 1_795_000_000;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

parameter_types! {
	pub storage AllowsTestNetworks: bool = true;
	pub storage KeptHeaders: u32 = KEPT;
	pub storage Seconds: u32 = NOW;
}

/// What time it is.
pub struct Clock;

impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(Seconds::get().into())
	}
}

impl Config for Test {
	type Time = Clock;
	type AllowsTestNetworks = AllowsTestNetworks;
	type KeptHeaders = KeptHeaders;
	type MaxReorganization = ConstU32<REORGANIZATION>;
	type MaxStale = ConstU32<STALE>;
	type MaxBatch = ConstU32<BATCH>;
	type WeightInfo = ();
}

/// Externalities of a chain that begins at this checkpoint.
pub fn ext_from(checkpoint: Option<StatedCheckpoint>) -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	GenesisConfig::<Test> { checkpoint, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Externalities of a chain that begins at regtest's first block.
pub fn new_test_ext() -> sp_io::TestExternalities {
	ext_from(Some(StatedCheckpoint::genesis(Network::Regtest)))
}

/// Runs a test on regtest, and checks the invariants after it.
pub fn run(test: impl FnOnce()) {
	run_from(Some(StatedCheckpoint::genesis(Network::Regtest)), test);
}

/// Runs a test from a checkpoint, and checks the invariants after it.
pub fn run_from(checkpoint: Option<StatedCheckpoint>, test: impl FnOnce()) {
	ext_from(checkpoint).execute_with(|| {
		test();
		assert_ok!(LightClient::do_try_state());
	});
}

/// Submits headers.
pub fn submit(headers: &[Header]) -> DispatchResultWithPostInfo {
	let headers = headers.to_vec().try_into().expect("they are not too many");
	LightClient::submit(RuntimeOrigin::signed(RELAYER), headers)
}

/// Submits headers. Of a refusal only the error matters.
pub fn try_submit(headers: &[Header]) -> Result<PostDispatchInfo, DispatchError> {
	submit(headers).map_err(|refused| refused.error)
}

/// Begins a new block.
pub fn next_block() {
	System::reset_events();
	System::set_block_number(System::block_number() + 1);
}

/// Finds a nonce with which a header's hash is below its target. On regtest every second one is.
pub fn mine(mut header: Header) -> Header {
	while header.bits.check(header.hash(), Network::Regtest.limit()).is_err() {
		header.nonce += 1;
	}
	header
}

/// The first header of regtest.
pub fn genesis() -> Header {
	Network::Regtest.genesis()
}

/// A regtest header after `parent`, ten minutes later. Different tags give different headers.
pub fn child(parent: &Header, tag: u8) -> Header {
	let (previous, time) = (parent.hash(), parent.time + 600);
	mine(Header { version: 4, previous, time, merkle_root: MerkleNode([tag; 32]), ..*parent })
}

/// So many regtest headers after `parent`, the oldest first.
pub fn chain(parent: &Header, tag: u8, length: u32) -> Vec<Header> {
	let mut headers = Vec::new();
	for _ in 0..length {
		headers.push(child(headers.last().unwrap_or(parent), tag));
	}
	headers
}

/// The tip's hash and height.
pub fn tip() -> (BlockHash, u32) {
	let tip = Tip::<Test>::get().expect("it follows");
	(tip.hash(), tip.height())
}

/// Asserts what the last event is.
pub fn assert_last_event(event: Event<Test>) {
	System::assert_last_event(RuntimeEvent::LightClient(event));
}

/// A header that is stored as if it had so much work, to compare chains whose headers cost different work.
pub fn give_work(hash: BlockHash, work: Work) {
	let mut header = Headers::<Test>::get(hash).expect("it is kept");
	let encoded = (
		Network::Regtest,
		header.chained.height(),
		hash,
		header.chained.time(),
		work,
		header.chained.period(),
	);
	header.chained =
		ChainedHeader::decode_all(&mut &*encoded.encode()).expect("these are its fields");
	Headers::<Test>::insert(hash, header);
}
