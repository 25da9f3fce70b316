//! What the worker shows to others on this node, and what they may ask of it.

use super::{archive::Archive, evidence, EvidenceError, Wanted};
use crate::service::FullClient;
use aitbc_bitcoin::{BlockHash, InclusionProof, Txid};
use aitbc_evidence::Bundle;
use aitbc_node_bitcoin::{
	anchorer::Waiting,
	coin::Satoshi,
	proof::{self, ProofError},
	Core, Wallet,
};
use aitbc_runtime::{AccountId, BlockNumber};
use std::sync::{
	atomic::{AtomicBool, Ordering},
	Arc, Mutex, PoisonError,
};

/// How the worker is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
	/// `payload`, `psbt` or `broadcast`.
	pub mode: &'static str,
	/// The account of this chain that pays for transactions here.
	pub relayer: AccountId,
	/// Where coins for anchors are expected.
	pub address: Option<String>,
	/// The hash of the key of that address, if this node has it.
	pub key_hash: Option<[u8; 20]>,
	/// What there is to pay with.
	pub balance: Option<Satoshi>,
	/// The height of Bitcoin Core's chain.
	pub core_height: Option<u32>,
	/// What is not mined yet.
	pub waiting: Option<Waiting>,
	/// What is in the way of an anchor.
	pub problem: Option<String>,
	/// Why the last round ended early.
	pub error: Option<String>,
}

/// Where others meet the worker.
pub struct Desk {
	client: Arc<FullClient>,
	archive: Archive,
	core: Core,
	wallet: Option<Wallet>,
	status: Mutex<Status>,
	wants_scan: AtomicBool,
}

impl Desk {
	/// Opens it.
	pub fn new(
		client: Arc<FullClient>,
		archive: Archive,
		core: Core,
		wallet: Option<Wallet>,
		status: Status,
	) -> Self {
		let (status, wants_scan) = (Mutex::new(status), AtomicBool::new(false));
		Self { client, archive, core, wallet, status, wants_scan }
	}

	/// How the worker is.
	pub fn status(&self) -> Status {
		self.status.lock().unwrap_or_else(PoisonError::into_inner).clone()
	}

	/// Changes what is told of the worker.
	pub fn update(&self, change: impl FnOnce(&mut Status)) {
		change(&mut self.status.lock().unwrap_or_else(PoisonError::into_inner));
	}

	/// Has the worker look for coins at its next round.
	pub fn ask_for_scan(&self) {
		self.wants_scan.store(true, Ordering::Relaxed);
	}

	/// Whether somebody has asked for that since the last time.
	pub fn take_scan(&self) -> bool {
		self.wants_scan.swap(false, Ordering::Relaxed)
	}

	/// What the anchor's key says to `message`; none if this node has no such key.
	pub fn sign(&self, message: &[u8; 32]) -> Option<[u8; 65]> {
		self.wallet.as_ref().map(|wallet| wallet.sign_message(message))
	}

	/// The proof that a block of Bitcoin has a transaction.
	pub fn prove(&self, txid: Txid, block: BlockHash) -> Result<InclusionProof, ProofError> {
		proof::inclusion(&self.core, txid, block)
	}

	/// The bundle of an anchored block.
	pub fn export(&self, height: BlockNumber, wanted: Wanted) -> Result<Bundle, EvidenceError> {
		evidence::export(&self.client, &self.archive, height, wanted)
	}
}
