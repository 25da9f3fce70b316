//! Nodes on the chain of the mock.

use super::machine::{Endpoint, Machine, Pool, Web};
use crate::worker::local::{KeptAlarm, Key, Status, WorkerMode, WorkerSettings};
use crate::{
	mock::{Telemetry, *},
	*,
};
use codec::{Decode, Encode};
use frame_support::{assert_ok, assert_storage_noop, traits::Hooks};
use sp_core::offchain::testing::{TestOffchainExt, TestPersistentOffchainDB};
use sp_core::offchain::{
	DbExternalities, OffchainDbExt, OffchainWorkerExt, StorageKind, TransactionPoolExt,
};
use sp_core::Pair;
use sp_keystore::testing::MemoryKeystore;
use sp_keystore::{Keystore, KeystoreExt};
use sp_runtime::generic::Preamble;
use std::sync::{Arc, Mutex};

/// A node's Prometheus page, in the parts that matter here.
#[derive(Clone, Debug)]
pub struct Metrics {
	pub best: u64,
	pub finalized: u64,
	pub peers: u64,
	pub resident: u64,
	pub disk: u64,
	pub cpu: u64,
}

impl Metrics {
	/// Those of a healthy node at this block, three seconds a block.
	pub fn at(block: u32) -> Self {
		let best = u64::from(block);
		Self {
			best,
			finalized: best.saturating_sub(2),
			peers: 20,
			resident: 1_000,
			disk: 500_000,
			cpu: best,
		}
	}

	pub fn page(&self) -> Vec<u8> {
		let Self { best, finalized, peers, resident, disk, cpu } = self;
		let (resident, disk) = (resident << 20, disk << 20);
		format!(
			"# HELP substrate_block_height Block height info of the chain\n\
			 # TYPE substrate_block_height gauge\n\
			 substrate_block_height{{status=\"best\",chain=\"aitbc\"}} {best}\n\
			 substrate_block_height{{status=\"finalized\",chain=\"aitbc\"}} {finalized}\n\
			 substrate_block_height{{status=\"sync_target\",chain=\"aitbc\"}} {best}\n\
			 # TYPE substrate_sub_libp2p_peers_count gauge\n\
			 substrate_sub_libp2p_peers_count{{chain=\"aitbc\"}} {peers}\n\
			 # TYPE substrate_block_verification_and_import_time histogram\n\
			 substrate_block_verification_and_import_time_bucket{{chain=\"aitbc\",le=\"+Inf\"}} {best}\n\
			 substrate_block_verification_and_import_time_sum{{chain=\"aitbc\"}} {best}\n\
			 substrate_block_verification_and_import_time_count{{chain=\"aitbc\"}} {best}\n\
			 substrate_ready_transactions_number{{chain=\"aitbc\"}} 3\n\
			 substrate_rpc_calls_finished{{chain=\"aitbc\",is_error=\"true\",method=\"a_b\"}} 5\n\
			 substrate_build_info{{name=\"a \\\"node\\\"\",version=\"0.1.0\"}} 1\n\
			 aitbc_slots_claimed_total {best}\n\
			 aitbc_blocks_authored_total {best}\n\
			 aitbc_cpu_seconds_total {cpu}\n\
			 aitbc_resident_memory_bytes {resident}\n\
			 aitbc_memory_total_bytes 17179869184\n\
			 aitbc_disk_free_bytes {disk}\n"
		)
		.into_bytes()
	}
}

/// A node.
#[derive(Clone)]
pub struct Node {
	pub machine: Machine,
	pub pool: Pool,
	pub keystore: MemoryKeystore,
}

impl Node {
	/// A node that works on `database`. Its randomness is all this byte.
	pub fn on(database: TestPersistentOffchainDB, seed: u8) -> Self {
		let (inner, state) = TestOffchainExt::with_offchain_db(database);
		state.write().seed = [seed; 32];
		let web = Web { endpoint: Endpoint::NoAnswer, requests: vec![], read: 0 };
		let machine = Machine { inner, web: Arc::new(Mutex::new(web)) };
		machine.wait_until(NOW);
		Self { machine, pool: Pool::default(), keystore: MemoryKeystore::new() }
	}

	/// A node in this mode without a worker key.
	pub fn new(mode: WorkerMode) -> Self {
		let node = Self::on(TestPersistentOffchainDB::new(), 1);
		node.allow(mode);
		node
	}

	/// A node in the mode `Report` with the worker key of `who`.
	pub fn of(who: AccountId) -> Self {
		let node = Self::on(TestPersistentOffchainDB::new(), who as u8);
		node.allow(WorkerMode::Report);
		node.add_key(who);
		node
	}

	/// The same machine after the node was stopped and started: what is in memory is gone, and the
	/// randomness is another.
	pub fn restarted(&self) -> Self {
		let database = self.machine.inner.0.read().persistent_storage.clone();
		let node = Self::on(database, 99);
		node.machine.wait_until(self.machine.now());
		Self { keystore: self.keystore.clone(), ..node }
	}

	pub fn allow(&self, mode: WorkerMode) {
		let settings = WorkerSettings { mode, port: 9_615, retention_hours: 48 };
		self.put(&Key::Settings, &settings);
	}

	pub fn add_key(&self, who: AccountId) {
		let mut seed = [0; 32];
		seed[..8].copy_from_slice(&who.to_le_bytes());
		let suri = sp_core::bytes::to_hex(&seed, false);
		assert_ok!(self.keystore.insert(KEY_TYPE, &suri, pair(who).public().as_ref()));
	}

	pub fn put<V: Encode>(&self, key: &Key, value: &V) {
		let mut machine = self.machine.clone();
		machine.local_storage_set(StorageKind::PERSISTENT, &key.bytes(), &value.encode());
	}

	pub fn bytes(&self, key: &Key) -> Option<Vec<u8>> {
		self.machine.clone().local_storage_get(StorageKind::PERSISTENT, &key.bytes())
	}

	/// What is kept under `key`.
	pub fn get<V: Decode>(&self, key: &Key) -> Option<V> {
		Some(V::decode(&mut &self.bytes(key)?[..]).expect("it was written by the worker"))
	}

	pub fn status(&self) -> Status {
		self.get(&Key::Status).expect("the worker ran")
	}

	pub fn alarms(&self) -> Vec<KeptAlarm> {
		self.get(&Key::Alarms).unwrap_or_default()
	}

	pub fn serve(&self, endpoint: Endpoint) {
		self.machine.web().endpoint = endpoint;
	}

	pub fn show(&self, metrics: &Metrics) {
		self.serve(Endpoint::Page(metrics.page()));
	}

	/// How many pages were asked for.
	pub fn requests(&self) -> usize {
		self.machine.web().requests.len()
	}

	/// Lets time go on.
	pub fn wait(&self, millis: u64) {
		self.machine.wait_until(self.machine.now() + millis);
	}

	/// What the pool has got since the last time.
	pub fn take_calls(&self) -> Vec<Call<Test>> {
		let mut pool = self.pool.state.lock().expect("no test panics with it");
		let transactions = core::mem::take(&mut pool.transactions);
		transactions.iter().map(|bytes| call_in(bytes)).collect()
	}
}

/// The pallet's call in a transaction.
pub fn call_in(mut bytes: &[u8]) -> Call<Test> {
	let transaction = Transaction::decode(&mut bytes).expect("the worker encodes them");
	assert!(bytes.is_empty());
	assert!(matches!(transaction.preamble, Preamble::General(..)));
	match transaction.function {
		RuntimeCall::Telemetry(call) => call,
		other => panic!("{other:?}"),
	}
}

/// Makes calls that must be authorized.
pub fn send_all(calls: &[Call<Test>]) {
	for call in calls {
		assert_ok!(send(call));
	}
}

/// How long a block takes, in milliseconds.
pub const BLOCK: u64 = 3_000;

/// A chain, and the nodes that follow it.
pub struct Chain {
	pub ext: sp_io::TestExternalities,
	/// How long a block takes, in milliseconds.
	pub pace: u64,
	/// How many transactions of workers a block refused.
	pub refused: u32,
}

impl Chain {
	/// A chain on which these have their worker keys.
	pub fn with(reporters: &[AccountId]) -> Self {
		let mut ext = new_test_ext();
		ext.execute_with(|| set_keys(reporters));
		Self { ext, pace: BLOCK, refused: 0 }
	}

	pub fn read<R>(&mut self, read: impl FnOnce() -> R) -> R {
		self.ext.execute_with(read)
	}

	pub fn block_number(&mut self) -> u32 {
		self.read(System::block_number)
	}

	pub fn window(&mut self) -> Window {
		self.read(Telemetry::present_window)
	}

	/// Runs the worker of a node at the present block.
	pub fn run(&mut self, node: &Node) {
		self.ext.register_extension(OffchainDbExt::new(node.machine.clone()));
		self.ext.register_extension(OffchainWorkerExt::new(node.machine.clone()));
		self.ext.register_extension(TransactionPoolExt::new(node.pool.clone()));
		self.ext.register_extension(KeystoreExt::new(node.keystore.clone()));
		self.ext.execute_with(|| {
			let block = System::block_number();
			assert_storage_noop!(Telemetry::offchain_worker(block));
		});
	}

	/// Adds a block with what the nodes have sent.
	pub fn add_block(&mut self, nodes: &[&Node]) {
		let calls: Vec<_> = nodes.iter().flat_map(|node| node.take_calls()).collect();
		let mut refused = 0;
		self.ext.execute_with(|| {
			next_block();
			for call in &calls {
				refused += u32::from(send(call).is_err());
			}
			assert_ok!(Telemetry::do_try_state());
		});
		self.refused += refused;
		for node in nodes {
			node.wait(self.pace);
		}
	}

	/// Adds a block with what the nodes have sent, shows each what a healthy one shows, and runs the
	/// workers.
	pub fn advance(&mut self, nodes: &[&Node]) {
		self.advance_with(nodes, |_| ());
	}

	/// The same with other metrics.
	pub fn advance_with(&mut self, nodes: &[&Node], change: impl Fn(&mut Metrics)) {
		self.add_block(nodes);
		let mut metrics = Metrics::at(self.block_number());
		change(&mut metrics);
		for node in nodes {
			node.show(&metrics);
			self.run(node);
		}
	}

	/// The same up to the first block of `window`.
	pub fn advance_to(&mut self, window: Window, nodes: &[&Node]) {
		let first = window * WINDOW;
		assert!(self.block_number() < first);
		while self.block_number() < first {
			self.advance(nodes);
		}
	}

	/// Lets the disk fill for `count` blocks of a minute each: 20 MiB in each of them, down from
	/// `begin`.
	pub fn fill_disk(&mut self, node: &Node, begin: u64, count: u64) {
		self.pace = 60_000;
		for minute in 0..count {
			self.advance_with(&[node], |metrics| metrics.disk = begin - 20 * minute);
		}
		self.pace = BLOCK;
	}

	pub fn record(&mut self, who: AccountId) -> ReporterRecord {
		self.read(|| record(who))
	}
}

/// How many minutes a disk fills until there is an alarm.
pub const TREND: u64 = 8;
