//! Tests of the worker: nodes with a clock, an off-chain database, a keystore, a pool, and an endpoint
//! that does what a test wants, on the chain of the mock.

use super::{
	endpoint::DEADLINE_MILLIS,
	local::{
		Course, Kept, KeptAlarm, Key, Learnt, Sender, Status, WorkerMode, WorkerSettings,
		MAX_KEPT_ALARMS,
	},
	LOCK_MILLIS,
};
use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_anomaly::Value;
use aitbc_telemetry::{Alarm, Cause, Digest, Readings, Recording, Series, MAX_PAGE};
use codec::{Decode, Encode};
use frame_support::{assert_ok, assert_storage_noop, traits::Hooks};
use sp_core::offchain::{
	testing::{PoolState, TestOffchainExt, TestPersistentOffchainDB},
	DbExternalities, Externalities, HttpError, HttpRequestId, HttpRequestStatus, OffchainDbExt,
	OffchainWorkerExt, OpaqueNetworkState, StorageKind, Timestamp, TransactionPool,
	TransactionPoolExt,
};
use sp_core::{OpaquePeerId, Pair};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::generic::Preamble;
use std::sync::{Arc, Mutex, MutexGuard};

/// What the endpoint of a node does.
#[derive(Clone, Debug)]
enum Endpoint {
	/// It answers with this page.
	Page(Vec<u8>),
	/// There can be no request.
	NoRequest,
	/// The connection is refused when the request is written.
	NoWrite,
	/// The same while it is waited for the answer.
	NoAnswer,
	/// The host does not know the request any more.
	Forgotten,
	/// It answers too late.
	Silent,
	/// It answers with this code.
	Code(u16),
	/// It answers, and the page does not come.
	Stalled,
	/// It answers, and the connection breaks within this page.
	Broken(Vec<u8>),
	/// It answers, and the page comes byte by byte, with so many milliseconds between two.
	Trickling(Vec<u8>, u64),
	/// It answers, and the page never ends.
	Endless,
}

/// The part of a node that the worker works on.
#[derive(Clone)]
struct Machine {
	inner: TestOffchainExt,
	web: Arc<Mutex<Web>>,
}

struct Web {
	endpoint: Endpoint,
	/// Which pages were asked for.
	requests: Vec<String>,
	/// How much was read of the last one.
	read: usize,
}

impl Machine {
	fn web(&self) -> MutexGuard<'_, Web> {
		self.web.lock().expect("no test panics with it")
	}

	fn wait_until(&self, time: u64) {
		self.inner.0.write().timestamp = Timestamp::from_unix_millis(time);
	}

	fn now(&self) -> u64 {
		self.inner.0.read().timestamp.unix_millis()
	}
}

impl Externalities for Machine {
	fn is_validator(&self) -> bool {
		self.inner.is_validator()
	}

	fn network_state(&self) -> Result<OpaqueNetworkState, ()> {
		self.inner.network_state()
	}

	fn timestamp(&mut self) -> Timestamp {
		self.inner.timestamp()
	}

	fn sleep_until(&mut self, _: Timestamp) {
		panic!("a worker does not sleep");
	}

	fn random_seed(&mut self) -> [u8; 32] {
		self.inner.random_seed()
	}

	fn http_request_start(
		&mut self,
		method: &str,
		uri: &str,
		_: &[u8],
	) -> Result<HttpRequestId, ()> {
		let mut web = self.web();
		web.requests.push(format!("{method} {uri}"));
		web.read = 0;
		if matches!(web.endpoint, Endpoint::NoRequest) {
			return Err(());
		}
		Ok(HttpRequestId(7))
	}

	fn http_request_add_header(&mut self, _: HttpRequestId, _: &str, _: &str) -> Result<(), ()> {
		Ok(())
	}

	fn http_request_write_body(
		&mut self,
		_: HttpRequestId,
		chunk: &[u8],
		deadline: Option<Timestamp>,
	) -> Result<(), HttpError> {
		assert!(chunk.is_empty(), "a worker sends nothing to its endpoint");
		assert!(deadline.is_some(), "a worker does not wait forever");
		match self.web().endpoint {
			Endpoint::NoWrite => Err(HttpError::IoError),
			_ => Ok(()),
		}
	}

	fn http_response_wait(
		&mut self,
		ids: &[HttpRequestId],
		deadline: Option<Timestamp>,
	) -> Vec<HttpRequestStatus> {
		assert_eq!(ids, [HttpRequestId(7)]);
		let deadline = deadline.expect("a worker does not wait forever").unix_millis();
		let endpoint = self.web().endpoint.clone();
		vec![match endpoint {
			Endpoint::NoAnswer => HttpRequestStatus::IoError,
			Endpoint::Forgotten => HttpRequestStatus::Invalid,
			Endpoint::Silent => {
				self.wait_until(deadline);
				HttpRequestStatus::DeadlineReached
			},
			Endpoint::Code(code) => HttpRequestStatus::Finished(code),
			_ => HttpRequestStatus::Finished(200),
		}]
	}

	fn http_response_headers(&mut self, _: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
		vec![]
	}

	fn http_response_read_body(
		&mut self,
		_: HttpRequestId,
		buffer: &mut [u8],
		deadline: Option<Timestamp>,
	) -> Result<usize, HttpError> {
		let deadline = deadline.expect("a worker does not wait forever").unix_millis();
		let endpoint = self.web().endpoint.clone();
		let now = self.now();
		let mut web = self.web();
		let mut give = |page: &[u8], most: usize| {
			let left = &page[web.read.min(page.len())..];
			let length = left.len().min(buffer.len()).min(most);
			buffer[..length].copy_from_slice(&left[..length]);
			web.read += length;
			length
		};
		match endpoint {
			Endpoint::Page(page) => Ok(give(&page, usize::MAX)),
			Endpoint::Broken(page) => match give(&page, usize::MAX) {
				0 => Err(HttpError::IoError),
				length => Ok(length),
			},
			Endpoint::Trickling(page, pause) => {
				let length = give(&page, 1);
				drop(web);
				self.wait_until(now + pause);
				Ok(length)
			},
			Endpoint::Endless => {
				buffer.fill(b'#');
				web.read += buffer.len();
				Ok(buffer.len())
			},
			Endpoint::Stalled => {
				drop(web);
				self.wait_until(deadline);
				Err(HttpError::DeadlineReached)
			},
			other => panic!("{other:?} has no page"),
		}
	}

	fn set_authorized_nodes(&mut self, _: Vec<OpaquePeerId>, _: bool) {
		panic!("a worker chooses no peers");
	}
}

impl DbExternalities for Machine {
	fn local_storage_set(&mut self, kind: StorageKind, key: &[u8], value: &[u8]) {
		self.inner.local_storage_set(kind, key, value);
	}

	fn local_storage_clear(&mut self, kind: StorageKind, key: &[u8]) {
		self.inner.local_storage_clear(kind, key);
	}

	fn local_storage_compare_and_set(
		&mut self,
		kind: StorageKind,
		key: &[u8],
		old: Option<&[u8]>,
		new: &[u8],
	) -> bool {
		self.inner.local_storage_compare_and_set(kind, key, old, new)
	}

	fn local_storage_get(&mut self, kind: StorageKind, key: &[u8]) -> Option<Vec<u8>> {
		self.inner.local_storage_get(kind, key)
	}
}

/// A pool that takes everything, or nothing.
#[derive(Clone, Default)]
struct Pool {
	state: Arc<Mutex<PoolState>>,
	is_full: bool,
}

impl TransactionPool for Pool {
	fn submit_transaction(&mut self, transaction: Vec<u8>) -> Result<(), ()> {
		if self.is_full {
			return Err(());
		}
		self.state.lock().expect("no test panics with it").transactions.push(transaction);
		Ok(())
	}
}

/// A node's Prometheus page, in the parts that matter here.
#[derive(Clone, Debug)]
struct Metrics {
	best: u64,
	finalized: u64,
	peers: u64,
	resident: u64,
	disk: u64,
	cpu: u64,
}

impl Metrics {
	/// Those of a healthy node at this block, three seconds a block.
	fn at(block: u32) -> Self {
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

	fn page(&self) -> Vec<u8> {
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
struct Node {
	machine: Machine,
	pool: Pool,
	keystore: MemoryKeystore,
}

impl Node {
	/// A node that works on `database`. Its randomness is all this byte.
	fn on(database: TestPersistentOffchainDB, seed: u8) -> Self {
		let (inner, state) = TestOffchainExt::with_offchain_db(database);
		state.write().seed = [seed; 32];
		let web = Web { endpoint: Endpoint::NoAnswer, requests: vec![], read: 0 };
		let machine = Machine { inner, web: Arc::new(Mutex::new(web)) };
		machine.wait_until(NOW);
		Self { machine, pool: Pool::default(), keystore: MemoryKeystore::new() }
	}

	/// A node in this mode without a worker key.
	fn new(mode: WorkerMode) -> Self {
		let node = Self::on(TestPersistentOffchainDB::new(), 1);
		node.allow(mode);
		node
	}

	/// A node in the mode `Report` with the worker key of `who`.
	fn of(who: AccountId) -> Self {
		let node = Self::on(TestPersistentOffchainDB::new(), who as u8);
		node.allow(WorkerMode::Report);
		node.add_key(who);
		node
	}

	/// The same machine after the node was stopped and started: what is in memory is gone, and the
	/// randomness is another.
	fn restarted(&self) -> Self {
		let database = self.machine.inner.0.read().persistent_storage.clone();
		let node = Self::on(database, 99);
		node.machine.wait_until(self.machine.now());
		Self { keystore: self.keystore.clone(), ..node }
	}

	fn allow(&self, mode: WorkerMode) {
		let settings = WorkerSettings { mode, port: 9_615, retention_hours: 48 };
		self.put(&Key::Settings, &settings);
	}

	fn add_key(&self, who: AccountId) {
		let mut seed = [0; 32];
		seed[..8].copy_from_slice(&who.to_le_bytes());
		let suri = sp_core::bytes::to_hex(&seed, false);
		assert_ok!(self.keystore.insert(KEY_TYPE, &suri, pair(who).public().as_ref()));
	}

	fn put<V: Encode>(&self, key: &Key, value: &V) {
		let mut machine = self.machine.clone();
		machine.local_storage_set(StorageKind::PERSISTENT, &key.bytes(), &value.encode());
	}

	fn bytes(&self, key: &Key) -> Option<Vec<u8>> {
		self.machine.clone().local_storage_get(StorageKind::PERSISTENT, &key.bytes())
	}

	/// What is kept under `key`.
	fn get<V: Decode>(&self, key: &Key) -> Option<V> {
		Some(V::decode(&mut &self.bytes(key)?[..]).expect("it was written by the worker"))
	}

	fn status(&self) -> Status {
		self.get(&Key::Status).expect("the worker ran")
	}

	fn alarms(&self) -> Vec<KeptAlarm> {
		self.get(&Key::Alarms).unwrap_or_default()
	}

	fn serve(&self, endpoint: Endpoint) {
		self.machine.web().endpoint = endpoint;
	}

	fn show(&self, metrics: &Metrics) {
		self.serve(Endpoint::Page(metrics.page()));
	}

	/// How many pages were asked for.
	fn requests(&self) -> usize {
		self.machine.web().requests.len()
	}

	/// Lets time go on.
	fn wait(&self, millis: u64) {
		self.machine.wait_until(self.machine.now() + millis);
	}

	/// What the pool has got since the last time.
	fn take_calls(&self) -> Vec<Call<Test>> {
		let mut pool = self.pool.state.lock().expect("no test panics with it");
		let transactions = core::mem::take(&mut pool.transactions);
		transactions.iter().map(|bytes| call_in(bytes)).collect()
	}
}

/// The pallet's call in a transaction.
fn call_in(mut bytes: &[u8]) -> Call<Test> {
	let transaction = Transaction::decode(&mut bytes).expect("the worker encodes them");
	assert!(bytes.is_empty());
	assert!(matches!(transaction.preamble, Preamble::General(..)));
	match transaction.function {
		RuntimeCall::Telemetry(call) => call,
		other => panic!("{other:?}"),
	}
}

/// Makes calls that must be authorized.
fn send_all(calls: &[Call<Test>]) {
	for call in calls {
		assert_ok!(send(call));
	}
}

/// How long a block takes, in milliseconds.
const BLOCK: u64 = 3_000;

/// A chain, and the nodes that follow it.
struct Chain {
	ext: sp_io::TestExternalities,
	/// How long a block takes, in milliseconds.
	pace: u64,
	/// How many transactions of workers a block refused.
	refused: u32,
}

impl Chain {
	/// A chain on which these have their worker keys.
	fn with(reporters: &[AccountId]) -> Self {
		let mut ext = new_test_ext();
		ext.execute_with(|| set_keys(reporters));
		Self { ext, pace: BLOCK, refused: 0 }
	}

	fn read<R>(&mut self, read: impl FnOnce() -> R) -> R {
		self.ext.execute_with(read)
	}

	fn block_number(&mut self) -> u32 {
		self.read(System::block_number)
	}

	fn window(&mut self) -> Window {
		self.read(Telemetry::present_window)
	}

	/// Runs the worker of a node at the present block.
	fn run(&mut self, node: &Node) {
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
	fn add_block(&mut self, nodes: &[&Node]) {
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
	fn advance(&mut self, nodes: &[&Node]) {
		self.advance_with(nodes, |_| ());
	}

	/// The same with other metrics.
	fn advance_with(&mut self, nodes: &[&Node], change: impl Fn(&mut Metrics)) {
		self.add_block(nodes);
		let mut metrics = Metrics::at(self.block_number());
		change(&mut metrics);
		for node in nodes {
			node.show(&metrics);
			self.run(node);
		}
	}

	/// The same up to the first block of `window`.
	fn advance_to(&mut self, window: Window, nodes: &[&Node]) {
		let first = window * WINDOW;
		assert!(self.block_number() < first);
		while self.block_number() < first {
			self.advance(nodes);
		}
	}

	/// Lets the disk fill for `count` blocks of a minute each: 20 MiB in each of them, down from
	/// `begin`.
	fn fill_disk(&mut self, node: &Node, begin: u64, count: u64) {
		self.pace = 60_000;
		for minute in 0..count {
			self.advance_with(&[node], |metrics| metrics.disk = begin - 20 * minute);
		}
		self.pace = BLOCK;
	}

	fn record(&mut self, who: AccountId) -> ReporterRecord {
		self.read(|| record(who))
	}
}

/// How many minutes a disk fills until there is an alarm.
const TREND: u64 = 8;

#[test]
fn worker_should_do_nothing_when_there_are_no_settings() {
	let node = Node::on(TestPersistentOffchainDB::new(), 1);
	let mut chain = Chain::with(&[]);
	chain.advance(&[&node]);
	assert_eq!(node.requests(), 0);
	assert_eq!(node.bytes(&Key::Status), None);
	assert_eq!(node.bytes(&Key::Lock), None);
}

#[test]
fn worker_should_do_nothing_when_it_is_off() {
	let node = Node::of(ALICE);
	node.allow(WorkerMode::Off);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance(&[&node]);
	assert_eq!(node.requests(), 0);
	assert_eq!(node.bytes(&Key::Status), None);
	assert_eq!(node.take_calls(), []);
}

#[test]
fn worker_should_do_nothing_when_the_settings_are_garbled() {
	let node = Node::new(WorkerMode::Report);
	node.put(&Key::Settings, &9u8);
	let mut chain = Chain::with(&[]);
	chain.advance(&[&node]);
	assert_eq!(node.requests(), 0);
	assert_eq!(node.bytes(&Key::Status), None);
}

#[test]
fn worker_should_sample_its_own_endpoint_and_send_nothing_when_it_watches() {
	let node = Node::of(ALICE);
	node.allow(WorkerMode::Watch);
	let mut chain = Chain::with(&[ALICE]);

	chain.advance(&[&node]);

	let asked = node.machine.web().requests.clone();
	assert_eq!(asked, ["GET http://127.0.0.1:9615/metrics"]);
	let status = node.status();
	let now = NOW + BLOCK;
	assert_eq!((status.at, status.since, status.window), (now, now, START));
	assert_eq!((status.samples, status.problem), (1, None));
	assert_eq!(status.sender, Sender::NotAllowed);
	let best = i64::from(chain.block_number());
	let seen = |series: Series| status.outlook[series.index()].value;
	assert_eq!(seen(Series::Height), Some(value(best)));
	assert_eq!(seen(Series::FinalityLag), Some(value(2)));
	assert_eq!(seen(Series::Peers), Some(value(20)));
	assert_eq!(seen(Series::DiskFree), Some(value(500_000)));
	assert_eq!(node.bytes(&Key::Lock), None);

	chain.advance_to(START + 3, &[&node]);
	assert_eq!(node.take_calls(), []);
	assert_eq!(chain.record(ALICE), ReporterRecord::default());
	assert_eq!(node.status().samples, 3 * u64::from(WINDOW));
	assert_eq!(node.bytes(&Key::Secret), None);
}

#[test]
fn recording_should_be_kept_and_summed_up_when_a_window_is_over() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.advance_to(START + 1, &[&node]);
	assert_eq!(node.bytes(&Key::Raw(START + 1)), None);
	chain.advance_to(START + 2, &[&node]);
	let recording: Recording = node.get(&Key::Raw(START + 1)).unwrap();
	assert_eq!(recording.window(), START + 1);
	let heights: Vec<_> =
		recording.samples().iter().map(|one| one.value(Series::Height).unwrap()).collect();
	let first = i64::from((START + 1) * WINDOW);
	assert_eq!(heights, Vec::from_iter((first..first + 10).map(value)));
	let digest: Digest = node.get(&Key::Digest(START + 1)).unwrap();
	assert_eq!(digest, recording.digest());
	assert!(digest.is_sound());
	let shared = digest.shared();
	assert_eq!(shared, [Some(value(first + 9)), Some(value(2)), Some(value(3))]);
	let kept: Kept = node.get(&Key::Kept).unwrap();
	let windows: Vec<_> = kept.windows.iter().map(|(window, _)| *window).collect();
	assert_eq!(windows, [START, START + 1]);
	assert_eq!(kept.windows[1].1, recording.samples()[9].at);
}

#[test]
fn detectors_should_know_all_samples_once() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.advance_to(START + 2, &[&node]);
	let mut expected = aitbc_telemetry::Watcher::default();
	for window in [START, START + 1] {
		let recording: Recording = node.get(&Key::Raw(window)).unwrap();
		let readings = Readings::parse(&Metrics::at(1).page()).unwrap();
		for sample in recording.samples() {
			expected.observe(sample, &readings);
		}
	}
	let learnt: Learnt = node.get(&Key::Learnt).unwrap();
	assert_eq!((learnt.until, learnt.watcher), (START + 2, expected));
}

#[test]
fn digests_should_be_committed_revealed_and_earn_points_when_nodes_report() {
	let reporters = [ALICE, BOB, CAROL];
	let nodes = reporters.map(Node::of);
	let nodes: Vec<_> = nodes.iter().collect();
	let mut chain = Chain::with(&reporters);
	let last = START + 8;

	chain.advance_to(last, &nodes);

	for (who, node) in reporters.into_iter().zip(&nodes) {
		let record = chain.record(who);
		assert_eq!((record.committed, record.revealed, record.missed), (7, 7, 0), "{who}");
		assert_eq!((record.in_band, record.out_of_band), (6, 0), "{who}");
		assert_eq!(chain.read(|| points(who)), 6);
		assert_eq!(node.status().sender, Sender::Sending);
		assert_eq!(node.alarms(), []);
	}
	assert_eq!(chain.refused, 0);
	let feed = chain.read(|| Feeds::<Test>::get(last - 3)).unwrap();
	assert_eq!((feed.reporters, feed.stake), (3, 3 * STAKE));
	let median = |series: usize| feed.values[series].unwrap().median;
	let height = i64::from((last - 2) * WINDOW - 1);
	assert_eq!([0, 1, 2].map(median), [height, 2, 3].map(value));
}

#[test]
fn commitment_should_be_sent_until_it_is_on_chain() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	let [commitment] = &node.take_calls()[..] else { panic!() };
	assert!(matches!(commitment, Call::commit { window: START, .. }));
	// It was lost. The next one is the same.
	chain.advance(&[&node]);
	assert_eq!(node.take_calls().len(), 1);
	chain.run(&node);
	assert_eq!(node.pool.state.lock().unwrap().transactions.len(), 1);
	chain.advance(&[&node]);
	assert_eq!(node.take_calls(), []);
	assert_eq!(chain.record(ALICE).committed, 1);
}

#[test]
fn digest_should_be_committed_to_in_the_last_block_of_the_window_when_it_could_not_be_before() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 2, &[&node]);
	node.take_calls();
	while chain.block_number() < (START + 3) * WINDOW - 2 {
		chain.advance(&[&node]);
		node.take_calls();
	}
	chain.run(&node);
	// For the last block of this window.
	let calls = node.take_calls();
	assert!(matches!(calls[0], Call::commit { window, .. } if window == START + 1), "{calls:?}");
	chain.read(|| assert!(calls.iter().all(|call| authorize(call).is_ok())));
	chain.advance(&[&node]);
	// What is sent now is for the next window, and that has no digest before it ends.
	assert_eq!(node.take_calls(), []);
}

#[test]
fn digest_should_be_revealed_when_the_node_was_restarted_in_between() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	chain.advance(&[&node]);
	assert_eq!(chain.record(ALICE).committed, 1);

	let node = node.restarted();
	chain.advance_to(START + 3, &[&node]);

	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (2, 2, 0));
	assert_eq!(chain.refused, 0);
}

#[test]
fn detectors_should_go_on_when_the_node_was_restarted_in_between() {
	let (node, other) = (Node::new(WorkerMode::Watch), Node::new(WorkerMode::Watch));
	let mut chain = Chain::with(&[]);
	chain.advance_to(START + 1, &[&node, &other]);
	chain.advance(&[&node, &other]);
	let node = node.restarted();
	chain.advance_to(START + 3, &[&node, &other]);
	assert_eq!(node.bytes(&Key::Status), other.bytes(&Key::Status));
	for key in [Key::Learnt, Key::Course, Key::Digest(START + 1), Key::Digest(START + 2)] {
		assert_eq!(node.bytes(&key), other.bytes(&key), "{key:?}");
	}
}

#[test]
fn worker_should_say_why_when_it_can_not_send() {
	let node = Node::new(WorkerMode::Report);
	let mut chain = Chain::with(&[ALICE]);
	let sender = |chain: &mut Chain| {
		chain.advance(&[&node]);
		node.status().sender
	};
	assert_eq!(sender(&mut chain), Sender::NoKey);
	node.add_key(BOB);
	assert_eq!(sender(&mut chain), Sender::NotNamed);
	node.add_key(ALICE);
	assert_eq!(sender(&mut chain), Sender::Sending);
	chain.read(|| set_stake(ALICE, 0));
	assert_eq!(sender(&mut chain), Sender::NotAdmitted);
	chain.read(|| {
		set_stake(ALICE, STAKE);
		SpamPenalty::set(&(DEPOSIT + 1));
	});
	assert_eq!(sender(&mut chain), Sender::NotAdmitted);
	chain.read(|| SpamPenalty::set(&SPAM));
	assert_eq!(sender(&mut chain), Sender::Sending);
	node.allow(WorkerMode::Watch);
	assert_eq!(sender(&mut chain), Sender::NotAllowed);
}

#[test]
fn worker_should_send_nothing_when_it_can_not() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.read(|| set_stake(ALICE, 0));
	chain.advance_to(START + 4, &[&node]);
	assert_eq!(node.take_calls(), []);
	assert_eq!(node.status().samples, 4 * u64::from(WINDOW));
}

#[test]
fn worker_should_go_on_when_the_pool_takes_nothing() {
	let mut node = Node::of(ALICE);
	node.pool.is_full = true;
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 2, &[&node]);
	assert_eq!(node.status().sender, Sender::Sending);
	assert_eq!(chain.record(ALICE), ReporterRecord::default());
}

#[test]
fn node_should_not_reveal_a_digest_that_another_has_committed_to() {
	let (node, second) = (Node::of(ALICE), Node::of(ALICE));
	second.machine.inner.0.write().seed = [77; 32];
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node, &second]);
	// Only the first one gets through.
	second.take_calls();
	chain.advance(&[&node, &second]);
	assert_eq!(chain.record(ALICE).committed, 1);
	while chain.block_number() + 1 < (START + 2) * WINDOW {
		second.take_calls();
		chain.advance(&[&node, &second]);
	}
	let reveals = |calls: &[Call<Test>]| {
		calls.iter().filter(|call| matches!(call, Call::reveal { .. })).count()
	};
	assert_eq!(reveals(&second.take_calls()), 0);
	assert_eq!(second.status().sender, Sender::Sending);
	let calls = node.take_calls();
	assert_eq!(reveals(&calls), 1);
	chain.read(|| {
		next_block();
		send_all(&calls);
	});
	assert_eq!(chain.record(ALICE).revealed, 1);
}

/// Every endpoint that is not well, and what the operator is told.
fn broken() -> Vec<(Endpoint, &'static str)> {
	let page = Metrics::at(1).page();
	let garbled = [&page[..], b"<html>\n"].concat();
	let not_utf8 = [&page[..], b"# \xff\n"].concat();
	let other = b"go_goroutines 7\nup 1\n".to_vec();
	let long = vec![b'#'; MAX_PAGE + 1];
	vec![
		(Endpoint::NoRequest, "nobody answers"),
		(Endpoint::NoWrite, "nobody answers"),
		(Endpoint::NoAnswer, "nobody answers"),
		(Endpoint::Forgotten, "nobody answers"),
		(Endpoint::Silent, "more than two seconds"),
		(Endpoint::Stalled, "more than two seconds"),
		(Endpoint::Trickling(page.clone(), 100), "more than two seconds"),
		(Endpoint::Code(500), "answers 500 instead of 200"),
		(Endpoint::Code(204), "answers 204 instead of 200"),
		(Endpoint::Endless, "longer than 512 KiB"),
		(Endpoint::Page(long), "longer than 512 KiB"),
		(Endpoint::Broken(page.clone()), "broke off"),
		(Endpoint::Broken(vec![]), "broke off"),
		(Endpoint::Page(page[..page.len() - 1].to_vec()), "ends within a line"),
		(Endpoint::Page(garbled), "is no sample"),
		(Endpoint::Page(not_utf8), "is not UTF-8"),
		(Endpoint::Page(other), "has none of a node's metrics"),
		(Endpoint::Page(vec![]), "has none of a node's metrics"),
	]
}

#[test]
fn worker_should_tell_the_problem_and_take_no_sample_when_the_endpoint_is_not_well() {
	for (endpoint, expected) in broken() {
		let node = Node::of(ALICE);
		let mut chain = Chain::with(&[ALICE]);
		node.serve(endpoint.clone());
		let begin = node.machine.now();

		chain.run(&node);

		let status = node.status();
		let problem = status.problem.expect("there is one");
		assert!(problem.contains(expected), "{endpoint:?}: {problem}");
		assert_eq!((status.samples, status.at), (0, begin), "{endpoint:?}");
		assert!(status.outlook.is_empty());
		assert_eq!(node.bytes(&Key::Course), None, "{endpoint:?}");
		assert_eq!(node.bytes(&Key::Lock), None, "{endpoint:?}");
		assert!(node.machine.now() <= begin + DEADLINE_MILLIS + 100, "{endpoint:?}");
		assert!(node.machine.web().read <= MAX_PAGE + 16 * 1_024, "{endpoint:?}");
		// It goes on sending what it has.
		assert_eq!(status.sender, Sender::Sending);
	}
}

#[test]
fn page_should_be_read_when_it_is_as_long_as_it_may_be() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	let mut page = Metrics::at(1).page();
	page.push(b'#');
	page.resize(MAX_PAGE - 1, b'x');
	page.push(b'\n');
	node.serve(Endpoint::Page(page));
	chain.run(&node);
	assert_eq!((node.status().problem, node.status().samples), (None, 1));
}

#[test]
fn page_should_be_read_when_it_trickles_in_time() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	let page = Metrics::at(1).page();
	assert!(page.len() < DEADLINE_MILLIS as usize);
	node.serve(Endpoint::Trickling(page, 1));
	chain.run(&node);
	assert_eq!((node.status().problem, node.status().samples), (None, 1));
}

#[test]
fn problem_should_be_told_once_when_it_lasts() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	let since = |chain: &mut Chain, endpoint: Option<Endpoint>| {
		chain.add_block(&[&node]);
		match endpoint {
			Some(endpoint) => node.serve(endpoint),
			None => node.show(&Metrics::at(chain.block_number())),
		}
		chain.run(&node);
		// It is told when this is now.
		(node.status().since - NOW) / BLOCK
	};
	assert_eq!(since(&mut chain, Some(Endpoint::NoAnswer)), 1);
	for (endpoint, _) in broken() {
		// A run that took as long as it may is the last one, so clocks agree.
		if matches!(endpoint, Endpoint::Silent | Endpoint::Stalled | Endpoint::Trickling(..)) {
			continue;
		}
		assert_eq!(since(&mut chain, Some(endpoint)), 1);
	}
	let blocks = node.requests() as u64;
	assert_eq!(since(&mut chain, None), blocks + 1);
	assert_eq!(since(&mut chain, None), blocks + 1);
	assert_eq!(node.status().problem, None);
	assert_eq!(since(&mut chain, Some(Endpoint::Code(404))), blocks + 3);
	assert_eq!(since(&mut chain, None), blocks + 4);
}

#[test]
fn samples_should_go_on_when_the_endpoint_was_not_well_for_a_while() {
	let reporters = [ALICE, BOB, CAROL];
	let nodes = reporters.map(Node::of);
	let nodes: Vec<_> = nodes.iter().collect();
	let mut chain = Chain::with(&reporters);
	chain.advance_to(START + 1, &nodes);
	// The end of the window, and the first half of the next one.
	let mut metrics = Metrics::at(0);
	for block in 0..3 * WINDOW / 2 {
		chain.add_block(&nodes);
		metrics = Metrics::at(chain.block_number());
		for node in &nodes {
			let is_ill = block >= WINDOW / 2 && core::ptr::eq(*node, nodes[0]);
			if is_ill {
				node.serve(Endpoint::Code(503));
			} else {
				node.show(&metrics);
			}
			chain.run(node);
		}
	}
	assert_eq!(metrics.best, u64::from((START + 1) * WINDOW + 3 * WINDOW / 2));
	chain.advance_to(START + 6, &nodes);
	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (5, 5, 0));
	let digest: Digest = nodes[0].get(&Key::Digest(START + 1)).unwrap();
	assert_eq!(digest.stats(Series::Peers).unwrap().count, WINDOW / 2 + 1);
}

#[test]
fn window_should_not_be_committed_to_when_it_has_no_samples() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	while chain.window() < START + 3 {
		chain.add_block(&[&node]);
		node.serve(Endpoint::NoAnswer);
		chain.run(&node);
	}
	chain.advance_to(START + 5, &[&node]);
	assert_eq!(node.bytes(&Key::Digest(START + 2)), None);
	let record = chain.record(ALICE);
	// The second window's digest was made too late, and the third has none.
	assert!(node.bytes(&Key::Digest(START + 1)).is_some());
	assert_eq!((record.committed, record.revealed, record.missed), (2, 2, 0));
}

/// The alarms of a disk that fills, and the first of them.
fn crossing(node: &Node) -> KeptAlarm {
	let alarms = node.alarms();
	let is_crossing = |kept: &&KeptAlarm| {
		kept.alarm.series == Series::DiskFree && matches!(kept.alarm.cause, Cause::Crossing { .. })
	};
	alarms.iter().find(is_crossing).unwrap_or_else(|| panic!("{alarms:?}")).clone()
}

/// The alarms that the chain knows.
fn on_chain(chain: &mut Chain) -> Vec<Alarm> {
	chain.read(|| Reports::<Test>::iter_values().map(|report| report.alarm).collect())
}

#[test]
fn alarm_should_be_kept_with_the_samples_behind_it() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.fill_disk(&node, 7_024, TREND - 1);
	assert_eq!(node.alarms(), []);
	chain.advance_with(&[], |_| ());
	node.wait(60_000);
	node.show(&Metrics { disk: 7_024 - 20 * (TREND - 1), ..Metrics::at(chain.block_number()) });
	chain.run(&node);

	let kept = crossing(&node);
	assert_eq!((kept.alarm.at, kept.reported), (node.machine.now(), None));
	let recording: Recording = node.get(&Key::Evidence(kept.evidence)).unwrap();
	assert_eq!(RawHash(recording.raw_hash()), kept.evidence);
	assert_eq!(recording.samples().last().unwrap().at, kept.alarm.at);
	let course: Course = node.get(&Key::Course).unwrap();
	assert_eq!(course.recording, recording);
}

#[test]
fn alarm_should_be_reported_once_and_known_as_reported_when_it_is_on_chain() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.fill_disk(&node, 7_024, TREND);
	let kept = crossing(&node);
	assert_eq!(kept.reported, None);

	for _ in 0..4 * WINDOW {
		chain.advance_with(&[&node], |metrics| metrics.disk = 7_024 - 20 * (TREND - 1));
	}

	let window = START;
	assert_eq!(crossing(&node), KeptAlarm { reported: Some(window), ..kept.clone() });
	let reports: Vec<_> = chain.read(|| {
		let of_series = |report: &Report<AccountId>| report.alarm == kept.alarm;
		Reports::<Test>::iter_values().filter(of_series).collect()
	});
	let [report] = &reports[..] else { panic!("{reports:?}") };
	assert_eq!((report.reporter, report.window), (ALICE, window));
	assert_eq!((report.evidence, report.model), (kept.evidence, aitbc_telemetry::MODEL));
	assert_eq!(chain.refused, 0);
}

#[test]
fn alarm_should_be_reported_once_when_its_window_ends_meanwhile() {
	// At which block of the window the alarm is raised.
	for place in 0..WINDOW {
		let node = Node::of(ALICE);
		let mut chain = Chain::with(&[ALICE]);
		let before = WINDOW + place + 1 - TREND as u32;
		for _ in 0..before {
			chain.add_block(&[]);
		}
		chain.fill_disk(&node, 7_024, TREND);
		let kept = crossing(&node);
		assert_eq!(chain.block_number() % WINDOW, (place + 1) % WINDOW);
		for _ in 0..3 * WINDOW {
			chain.advance_with(&[&node], |metrics| metrics.disk = 7_024 - 20 * (TREND - 1));
		}
		let same = on_chain(&mut chain).into_iter().filter(|alarm| *alarm == kept.alarm);
		assert_eq!(same.count(), 1, "{place}");
		assert!(crossing(&node).reported.is_some(), "{place}");
		assert_eq!(chain.refused, 0, "{place}");
	}
}

/// An alarm that was raised now.
fn raised(node: &Node, series: Series, ago: u64) -> KeptAlarm {
	let alarm = Alarm { at: node.machine.now() - ago, ..alarm(series) };
	KeptAlarm { alarm, evidence: EVIDENCE, reported: None }
}

#[test]
fn alarm_should_not_be_reported_when_it_is_older_than_ten_minutes() {
	for (ago, expected) in [(600_000, 1), (600_001, 0)] {
		let node = Node::of(ALICE);
		let mut chain = Chain::with(&[ALICE]);
		node.put(&Key::Alarms, &vec![raised(&node, Series::Cpu, ago)]);
		chain.run(&node);
		assert_eq!(node.take_calls().len(), expected, "{ago}");
		assert_eq!(node.alarms()[0].reported, None);
	}
}

#[test]
fn alarms_should_be_reported_window_by_window_when_there_are_more_than_one_takes() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	let series = [Series::Cpu, Series::Peers, Series::PoolSize, Series::RpcErrors];
	node.put(&Key::Alarms, &series.map(|one| raised(&node, one, 0)).to_vec());
	chain.advance(&[&node]);
	chain.advance(&[&node]);
	assert_eq!(chain.read(|| worker(ALICE).reported), (START, 2));
	// Seen at the next block.
	chain.advance(&[&node]);
	assert_eq!(node.take_calls(), []);
	chain.advance_to(START + 1, &[&node]);
	chain.advance(&[&node]);
	chain.advance(&[&node]);
	let reported: Vec<_> = node.alarms().iter().map(|kept| kept.reported).collect();
	assert_eq!(reported, [Some(START), Some(START), Some(START + 1), Some(START + 1)]);
	assert_eq!(chain.refused, 0);
}

#[test]
fn alarms_of_one_series_should_be_one_report_when_they_are_of_one_window() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	let first = raised(&node, Series::Cpu, 2);
	let others = [raised(&node, Series::Cpu, 1), raised(&node, Series::Peers, 0)];
	node.put(&Key::Alarms, &vec![first.clone(), others[0].clone(), others[1].clone()]);
	chain.run(&node);
	// The second one does not take the room of the third.
	let calls = node.take_calls();
	assert_eq!(calls.len(), 2, "{calls:?}");
	chain.read(|| send_all(&calls));
	chain.run(&node);
	assert_eq!(node.take_calls(), []);
	assert!(node.alarms().iter().all(|kept| kept.reported == Some(START)));
	let known = on_chain(&mut chain);
	assert_eq!(known.len(), 2);
	assert!(known.contains(&first.alarm) && known.contains(&others[1].alarm));
}

#[test]
fn alarm_should_be_reported_when_another_of_its_series_was_in_the_window_before() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.read(|| {
		report(ALICE, Series::Cpu);
		enter(START + 1);
	});
	node.put(&Key::Alarms, &vec![raised(&node, Series::Cpu, 1)]);
	chain.run(&node);
	let calls = node.take_calls();
	assert!(matches!(calls[..], [Call::report { window, .. }] if window == START + 1));
}

#[test]
fn evidence_should_be_removed_when_there_are_too_many_alarms() {
	for surplus in 0..3 {
		let node = Node::new(WorkerMode::Watch);
		let mut chain = Chain::with(&[]);
		let hash = |index: usize| RawHash([index as u8; 32]);
		let mut alarms = Vec::new();
		for index in 0..MAX_KEPT_ALARMS + surplus {
			// The second and the third share theirs.
			let evidence = hash(if index == 2 { 1 } else { index });
			node.put(&Key::Evidence(evidence), &Recording::new(0));
			alarms.push(KeptAlarm { evidence, ..raised(&node, Series::Cpu, 0) });
		}
		node.put(&Key::Alarms, &alarms);
		let has = |index| node.bytes(&Key::Evidence(hash(index))).is_some();

		chain.fill_disk(&node, 7_024, TREND);

		let kept = node.alarms();
		assert_eq!(kept.len(), MAX_KEPT_ALARMS);
		let new = kept.iter().filter(|one| one.alarm.at > NOW).count();
		assert_eq!(new, 1);
		assert_eq!(kept[0], alarms[new + surplus]);
		// It goes with the last of those that share it.
		assert_eq!([has(0), has(1), has(3)], [false, surplus < 2, true]);
		assert!(node.bytes(&Key::Evidence(crossing(&node).evidence)).is_some());
	}
}

#[test]
fn windows_should_be_forgotten_when_they_are_older_than_they_are_kept() {
	let node = Node::new(WorkerMode::Watch);
	let settings = WorkerSettings { mode: WorkerMode::Watch, port: 1, retention_hours: 2 };
	node.put(&Key::Settings, &settings);
	let mut chain = Chain::with(&[]);
	// Five minutes a block: 12 blocks are an hour.
	chain.pace = 300_000;
	chain.advance_to(START + 6, &[&node]);
	let kept: Kept = node.get(&Key::Kept).unwrap();
	let windows: Vec<_> = kept.windows.iter().map(|(window, _)| *window).collect();
	assert_eq!(windows, [START + 3, START + 4, START + 5]);
	for window in START..START + 6 {
		let is_kept = window >= START + 3;
		assert_eq!(node.bytes(&Key::Raw(window)).is_some(), is_kept, "{window}");
		assert_eq!(node.bytes(&Key::Digest(window)).is_some(), is_kept, "{window}");
	}
}

#[test]
fn digest_should_be_revealed_when_its_blocks_took_longer_than_it_is_kept() {
	let node = Node::of(ALICE);
	let settings = WorkerSettings { mode: WorkerMode::Report, port: 1, retention_hours: 0 };
	node.put(&Key::Settings, &settings);
	let mut chain = Chain::with(&[ALICE]);
	chain.pace = 3_600_000;
	chain.advance_to(START + 6, &[&node]);
	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (5, 5, 0));
	let kept: Kept = node.get(&Key::Kept).unwrap();
	assert_eq!(kept.windows.len(), 2);
}

#[test]
fn worker_should_leave_a_block_out_when_another_run_is_at_work() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	let until = Timestamp::from_unix_millis(node.machine.now() + LOCK_MILLIS);
	node.put(&Key::Lock, &until);
	node.show(&Metrics::at(1));
	chain.run(&node);
	assert_eq!(node.requests(), 0);
	assert_eq!(node.bytes(&Key::Status), None);
	assert_eq!(node.get::<Timestamp>(&Key::Lock), Some(until));
	node.wait(LOCK_MILLIS + 1);
	chain.run(&node);
	assert_eq!(node.status().samples, 1);
	assert_eq!(node.bytes(&Key::Lock), None);
}

#[test]
fn samples_should_go_on_when_the_clock_was_set_back() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	let samples = node.status().samples;
	node.machine.wait_until(NOW - 3_600_000);
	chain.advance(&[&node]);
	assert_eq!(node.status().samples, samples);
	assert_eq!(node.status().at, node.machine.now());
	chain.advance(&[&node]);
	assert_eq!(node.status().samples, samples + 1);
	chain.advance_to(START + 4, &[&node]);
	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (3, 3, 0));
	assert_eq!(node.status().problem, None);
}

#[test]
fn sample_should_be_none_when_the_clock_stands_still() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.pace = 0;
	chain.advance(&[&node]);
	chain.advance(&[&node]);
	assert_eq!(node.status().samples, 1);
}

#[test]
fn window_should_be_over_when_many_blocks_were_left_out() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	chain.advance(&[&node]);
	let far = 400_000_000;
	for block in [far * WINDOW, u32::MAX] {
		chain.read(|| System::set_block_number(block));
		node.wait(1_000_000_000);
		node.show(&Metrics::at(block));
		chain.run(&node);
		assert_eq!(node.status().window, block / WINDOW);
	}
	// The ones before were made, and nothing is due for them any more.
	assert!(node.bytes(&Key::Digest(far)).is_some());
	assert_eq!(node.get::<Course>(&Key::Course).unwrap().recording.window(), u32::MAX / WINDOW);
}

#[test]
fn digest_should_stay_as_it_was_when_the_best_block_is_of_the_window_before() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 1, &[&node]);
	let digest = node.bytes(&Key::Digest(START));
	assert!(digest.is_some());
	// A fork: the last block of the window before comes once more.
	let block = chain.block_number();
	chain.read(|| System::set_block_number(block - 1));
	node.wait(BLOCK);
	node.show(&Metrics::at(block - 1));
	chain.run(&node);
	chain.read(|| System::set_block_number(block));
	node.take_calls();
	node.wait(BLOCK);
	node.show(&Metrics::at(block));
	chain.run(&node);
	assert_eq!(node.bytes(&Key::Digest(START)), digest);
	chain.advance_to(START + 4, &[&node]);
	let record = chain.record(ALICE);
	assert_eq!((record.committed, record.revealed, record.missed), (3, 3, 0));
	let samples = node.get::<Recording>(&Key::Raw(START + 1)).unwrap().samples().len();
	assert_eq!(samples as u32, WINDOW + 2);
}

#[test]
fn worker_should_begin_anew_when_what_it_kept_is_garbled() {
	let node = Node::of(ALICE);
	let mut chain = Chain::with(&[ALICE]);
	chain.advance_to(START + 2, &[&node]);
	for key in [
		Key::Status,
		Key::Course,
		Key::Learnt,
		Key::Alarms,
		Key::Kept,
		Key::Secret,
		Key::Digest(START),
		Key::Digest(START + 1),
	] {
		node.put(&key, &0xffu8);
		chain.run(&node);
	}
	node.wait(BLOCK);
	chain.advance_to(START + 8, &[&node]);
	assert_eq!(node.status().sender, Sender::Sending);
	let record = chain.record(ALICE);
	assert!(record.revealed >= 3, "{record:?}");
	assert_eq!(chain.read(|| worker(ALICE).deposit), DEPOSIT - MISS * u128::from(record.missed));
}

#[test]
fn values_of_a_digest_should_be_those_of_the_page() {
	let node = Node::new(WorkerMode::Watch);
	let mut chain = Chain::with(&[]);
	chain.advance_to(START + 1, &[&node]);
	for memory in 0..WINDOW {
		chain.advance_with(&[&node], |metrics| metrics.resident = 1_000 + u64::from(memory % 3));
	}
	let digest: Digest = node.get(&Key::Digest(START + 1)).unwrap();
	let memory = digest.stats(Series::ResidentMemory).unwrap();
	assert_eq!((memory.min, memory.max), (value(1_000), value(1_002)));
	let third = Value::from_millionths(333_333);
	assert_eq!(digest.stats(Series::Cpu).unwrap().mean, third);
	assert_eq!(digest.stats(Series::RpcErrors).unwrap().max, value(0));
	assert_eq!(digest.stats(Series::PoolSize).unwrap().last, value(3));
	assert_eq!(digest.stats(Series::MissedSlots).unwrap().max, value(0));
}
