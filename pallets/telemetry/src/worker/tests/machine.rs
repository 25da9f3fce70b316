//! The part of a node that the worker works on: a clock, an off-chain database, a pool, and an endpoint that
//! does what a test wants.

use sp_core::offchain::testing::{PoolState, TestOffchainExt};
use sp_core::offchain::{
	DbExternalities, Externalities, HttpError, HttpRequestId, HttpRequestStatus,
	OpaqueNetworkState, StorageKind, Timestamp, TransactionPool,
};
use sp_core::OpaquePeerId;
use std::sync::{Arc, Mutex, MutexGuard};

/// What the endpoint of a node does.
#[derive(Clone, Debug)]
pub enum Endpoint {
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
pub struct Machine {
	pub inner: TestOffchainExt,
	pub web: Arc<Mutex<Web>>,
}

pub struct Web {
	pub endpoint: Endpoint,
	/// Which pages were asked for.
	pub requests: Vec<String>,
	/// How much was read of the last one.
	pub read: usize,
}

impl Machine {
	pub fn web(&self) -> MutexGuard<'_, Web> {
		self.web.lock().expect("no test panics with it")
	}

	pub fn wait_until(&self, time: u64) {
		self.inner.0.write().timestamp = Timestamp::from_unix_millis(time);
	}

	pub fn now(&self) -> u64 {
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
pub struct Pool {
	pub state: Arc<Mutex<PoolState>>,
	pub is_full: bool,
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
