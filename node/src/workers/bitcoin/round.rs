//! One round of the worker.

use super::{
	archive::{Archive, ArchiveError},
	chain::{Chain, ChainError},
	desk::Desk,
	evidence::{self, EvidenceError},
	finality::{FinalityError, Witness},
	metrics::Metrics,
	options::Mode,
	relaying::{self, RelayError},
	sending::{SendError, Sender},
	trouble::{Told, Trouble},
	LOG_TARGET,
};
use crate::service::Block;
use aitbc_bitcoin::{Commitment, Header, Payload};
use aitbc_evidence::Start;
use aitbc_node_bitcoin::{
	anchorer::{AnchorerError, Mined, Report},
	bitcoin_core::CoreError,
	journal::Journal,
	proof::{self, ProofError},
	transaction::without_witnesses,
	Anchorer, Core,
};
use aitbc_runtime::{BlockNumber, RuntimeCall};
use pallet_bitcoin_anchor::{PubkeyHash, Status as TaskStatus, TaskInfo};
use sc_consensus_grandpa::GrandpaJustification;
use sp_io::hashing::blake2_256;
use std::{
	collections::BTreeMap,
	sync::Arc,
	time::{Duration, Instant},
};

/// How many tasks are looked at in a round: all that can be open, and some that are final.
const TASKS: u32 = 64;

/// How many groups relayers are in, one of which sends headers first, so that not all send the same at once.
const GROUPS: u8 = 4;

/// How many rounds a group waits for the one before: some blocks, so that it sees what that one sent.
const GROUP_ROUNDS: u8 = 4;

/// How long a bundle waits that could not be made.
const BUNDLE_PAUSE: Duration = Duration::from_secs(600);

/// Why a round ended early.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
	/// This chain.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// Bitcoin Core.
	#[error(transparent)]
	Core(#[from] CoreError),
	/// Headers.
	#[error(transparent)]
	Relay(#[from] RelayError),
	/// A transaction of this chain.
	#[error(transparent)]
	Send(#[from] SendError),
	/// The anchor.
	#[error(transparent)]
	Anchorer(#[from] AnchorerError),
	/// A proof.
	#[error(transparent)]
	Proof(#[from] ProofError),
	/// What shows that blocks are final.
	#[error(transparent)]
	Finality(#[from] FinalityError),
	/// A bundle.
	#[error(transparent)]
	Evidence(#[from] EvidenceError),
	/// The archive.
	#[error(transparent)]
	Archive(#[from] ArchiveError),
}

/// The worker.
pub struct Worker {
	pub(super) chain: Chain,
	pub(super) witness: Witness,
	pub(super) archive: Archive,
	pub(super) start: Start,
	pub(super) core: Core,
	pub(super) anchorer: Option<Anchorer<Core, Journal>>,
	pub(super) sender: Sender,
	pub(super) desk: Arc<Desk>,
	pub(super) metrics: Option<Metrics>,
	/// The first header that this chain misses, and for how many rounds it has.
	pub(super) missed: Option<(Header, u8)>,
	/// What was said of errors, so that it is not said in each round.
	pub(super) trouble: Trouble,
	/// Bundles that could not be made, and until when each of them waits.
	pub(super) failed: BTreeMap<BlockNumber, Instant>,
	pub(super) mode: Mode,
	pub(super) url: String,
}

impl Worker {
	/// Says in the log what is about to happen.
	pub fn announce(&self) {
		let what = match &self.mode {
			Mode::Payload => {
				"relays Bitcoin's headers and keeps evidence; it anchors nothing".into()
			},
			Mode::Psbt { address } => format!(
				"relays Bitcoin's headers, keeps evidence, and writes anchors for {address} to sign"
			),
			Mode::Broadcast => format!(
				"relays Bitcoin's headers, keeps evidence, and pays for anchors from {}",
				self.desk.status().address.unwrap_or_default()
			),
		};
		log::info!(
			"⚓ The Bitcoin worker asks {}, {what}. It sends as {}",
			self.url,
			self.sender.account()
		);
	}

	/// Hears that blocks are final.
	pub fn hear(&mut self, justification: GrandpaJustification<Block>) {
		self.witness.hear(justification);
	}

	/// Does what there is to do now. What fails does not stop the rest.
	pub async fn round(&mut self) {
		let mut errors = Vec::new();
		let mut note = |result: Result<(), RoundError>| errors.extend(result.err());
		note(self.keep_finality());
		match self.chain.is_current() {
			Ok(true) => {
				let report = self.anchor();
				let mined = report.as_ref().ok().cloned().flatten();
				note(report.map(drop));
				note(self.keep_funding());
				note(self.relay().await);
				for mined in mined.into_iter().flat_map(|report| report.mined) {
					note(self.prove(&mined).await);
				}
				match self.chain.tasks(TASKS) {
					Ok(tasks) => {
						note(self.keep_bundles(&tasks));
						note(self.claim(&tasks).await);
					},
					Err(error) => note(Err(error.into())),
				}
			},
			// What is due and what is done, the chain will tell when this node has caught up.
			Ok(false) => {},
			Err(error) => note(Err(error.into())),
		}
		self.tell(errors.first());
	}

	/// Says in the log and to others why the last round was not whole.
	fn tell(&mut self, error: Option<&RoundError>) {
		if let (Some(_), Some(metrics)) = (error, &self.metrics) {
			metrics.failures.inc();
		}
		let text = error.map(ToString::to_string);
		match self.trouble.hear(text.as_deref(), Instant::now()) {
			Some(Told::Trouble) => {
				log::warn!(target: LOG_TARGET, "⚓ {}", text.as_deref().unwrap_or_default());
			},
			Some(Told::Over) => log::info!(target: LOG_TARGET, "⚓ The Bitcoin worker goes on"),
			None => {},
		}
		self.desk.update(|status| status.error = text);
	}

	/// Writes down what shows that anchored blocks are final.
	fn keep_finality(&mut self) -> Result<(), RoundError> {
		// The present ones first: what shows them is gone soon, and history may be missing on this node.
		let mut first = None;
		for task in self.chain.tasks(TASKS)? {
			let payload = task.task.payload;
			if self.chain.has_finalized(&payload)? {
				first = first.or(self.witness.capture(payload.height).err());
			}
		}
		self.witness.follow_changes()?;
		first.map_or(Ok(()), |error| Err(error.into()))
	}

	/// Gets what is due into Bitcoin.
	fn anchor(&mut self) -> Result<Option<Report>, RoundError> {
		let Some(anchorer) = &mut self.anchorer else {
			let height = self.core.tip()?.block.height;
			if let Some(metrics) = &self.metrics {
				metrics.core_height.set(height.into());
			}
			self.desk.update(|status| status.core_height = Some(height));
			return Ok(None);
		};
		if self.desk.take_scan() {
			anchorer.rescan();
		}
		let due = self.chain.due()?;
		let is_final = due.map(|due| self.chain.has_finalized(&due)).transpose()?;
		let due = due.filter(|_| is_final == Some(true));
		let chain = self.chain.clone();
		let report = anchorer.step(due, |payload| is_settled(&chain, payload))?;
		if let Some(metrics) = &self.metrics {
			metrics.balance.set(report.balance.0);
			metrics.core_height.set(report.tip.height.into());
			if let Some(waiting) = &report.waiting {
				metrics.fee_rate.set(waiting.rate.0);
			}
		}
		self.desk.update(|status| {
			status.balance = Some(report.balance);
			status.core_height = Some(report.tip.height);
			status.waiting = report.waiting;
			status.problem = report.problem.as_ref().map(ToString::to_string);
		});
		Ok(Some(report))
	}

	/// Keeps the transaction that made a coin which an anchor spends: who claims the reward must show it, and Bitcoin
	/// Core finds it as long as no block has spent the coin.
	fn keep_funding(&self) -> Result<(), RoundError> {
		let state = self.anchorer.as_ref().map(Anchorer::state);
		let path = state.and_then(|state| state.path());
		let Some(coin) = path.and_then(|path| Some(path.pending?.coin)) else { return Ok(()) };
		if self.archive.funding(coin.txid)?.is_some() {
			return Ok(());
		}
		let Some(unspent) = self.core.unspent(&coin, false)? else { return Ok(()) };
		let tip = self.core.header(unspent.tip)?.height;
		let height = tip.saturating_add(1).saturating_sub(unspent.confirmations);
		let Some(block) = self.core.hash_at(height)? else { return Ok(()) };
		let bytes = self.core.transaction(coin.txid, block)?;
		if let Some(stripped) = without_witnesses(&bytes) {
			self.archive.put_funding(coin.txid, &stripped)?;
		}
		Ok(())
	}

	/// Tells this chain of headers that it misses.
	async fn relay(&mut self) -> Result<(), RoundError> {
		let Some(info) = self.chain.light_client()? else { return Ok(()) };
		if let Some(metrics) = &self.metrics {
			metrics.chain_height.set(info.tip.height.into());
		}
		let headers = relaying::missing(&self.core, &self.chain, &info)?;
		let Some(first) = headers.first().copied() else {
			self.missed = None;
			return Ok(());
		};
		let waited = match self.missed {
			Some((missed, rounds)) if missed == first => rounds,
			_ => 0,
		};
		self.missed = Some((first, waited.saturating_add(1)));
		if waited < self.patience(&first) {
			return Ok(());
		}
		let Ok(headers) = headers.try_into() else { return Ok(()) };
		let call = pallet_bitcoin_light_client::Call::submit { headers };
		let is_sent = self.send("headers", call.into()).await?;
		if let (true, Some(metrics)) = (is_sent, &self.metrics) {
			metrics.header_batches.inc();
		}
		Ok(())
	}

	/// Sends a call to this chain. Says whether it was time for that.
	async fn send(&mut self, what: &'static str, call: RuntimeCall) -> Result<bool, RoundError> {
		match self.sender.send(what, call).await {
			Ok(()) => Ok(true),
			Err(SendError::Waiting | SendError::Repeated) => Ok(false),
			Err(error) => Err(error.into()),
		}
	}

	/// For how many rounds this relayer lets others go first. Each header has another order of relayers.
	fn patience(&self, first: &Header) -> u8 {
		let account = self.sender.account();
		let [order, ..] = blake2_256(&[account.as_ref(), &first.hash().0[..]].concat());
		order.checked_rem(GROUPS).unwrap_or_default().saturating_mul(GROUP_ROUNDS)
	}

	/// Shows this chain that a block of Bitcoin has an anchor, once it knows the block.
	async fn prove(&mut self, mined: &Mined) -> Result<(), RoundError> {
		let height = mined.payload.height;
		let task = self.chain.task(height)?;
		let is_due = task.is_some_and(|task| {
			matches!(task.task.status, TaskStatus::Due { .. }) && task.task.payload == mined.payload
		});
		let known = self.chain.bitcoin_header(mined.block.hash)?;
		let is_known = known.is_some_and(|known| known.confirmations.is_some());
		if !is_due || !is_known {
			return Ok(());
		}
		let proof = proof::inclusion(&self.core, mined.txid, mined.block.hash)?;
		let call = pallet_bitcoin_anchor::Call::prove {
			height,
			block: mined.block.hash,
			proof: Box::new(proof),
			commitment: Commitment::OpReturn,
		};
		let is_sent = self.send("the proof of an anchor", call.into()).await?;
		if let (true, Some(metrics)) = (is_sent, &self.metrics) {
			metrics.proofs.inc();
		}
		Ok(())
	}

	/// Puts together the bundles of anchors that are final.
	fn keep_bundles(&mut self, tasks: &[TaskInfo]) -> Result<(), RoundError> {
		let (mut last_final, mut first) = (None, None);
		for info in tasks {
			let payload = info.task.payload;
			let TaskStatus::Final { inclusion, .. } = info.task.status else { continue };
			last_final = last_final.max(Some(payload.height));
			let is_ready = self.archive.has_finality(payload.height)
				&& self.chain.has_finalized(&payload)?
				&& !self.archive.has_bundle(payload.height);
			if is_ready && self.is_time_for(payload.height) {
				let made = evidence::complete(
					&self.core,
					&self.archive,
					&self.start,
					payload.height,
					&inclusion,
					payload.network,
				);
				match made {
					Ok(()) => {
						let height = payload.height;
						log::info!(target: LOG_TARGET, "⚓ Block {height} is anchored for good");
						self.failed.remove(&height);
					},
					Err(error) => {
						first = first.or(Some(error));
						self.put_off(payload.height);
					},
				}
			}
		}
		if let (Some(metrics), Some(height)) = (&self.metrics, self.archive.last_bundle()?) {
			metrics.last_bundle.set(height);
		}
		if let (Some(metrics), Some(height)) = (&self.metrics, last_final) {
			metrics.last_final.set(height.into());
		}
		first.map_or(Ok(()), |error| Err(error.into()))
	}

	/// Whether the bundle of a block may be tried: not soon again after it could not be made.
	fn is_time_for(&self, height: BlockNumber) -> bool {
		self.failed.get(&height).is_none_or(|until| Instant::now() >= *until)
	}

	/// Has the bundle of a block wait.
	fn put_off(&mut self, height: BlockNumber) {
		let until = Instant::now().checked_add(BUNDLE_PAUSE).unwrap_or_else(Instant::now);
		self.failed.retain(|_, until| Instant::now() < *until);
		self.failed.insert(height, until);
	}

	/// Has rewards paid for what this node funded, to whoever registered its script.
	async fn claim(&mut self, tasks: &[TaskInfo]) -> Result<(), RoundError> {
		let Some(key_hash) = self.desk.status().key_hash.map(PubkeyHash) else { return Ok(()) };
		for info in tasks {
			let TaskStatus::Final { inclusion, is_paid: false, .. } = info.task.status else {
				continue;
			};
			let Some(funding) = self.archive.funding(inclusion.funded_by.txid)? else { continue };
			let is_registered = self.chain.anchorer(key_hash)?.is_some();
			if !is_registered {
				return Ok(());
			}
			let Ok(funding) = funding.try_into() else { continue };
			let height = info.task.payload.height;
			let call = pallet_bitcoin_anchor::Call::claim { height, funding };
			self.send("the claim of a reward", call.into()).await?;
		}
		Ok(())
	}
}

impl Mode {
	/// Its name on the command line.
	pub const fn name(&self) -> &'static str {
		match self {
			Self::Payload => "payload",
			Self::Psbt { .. } => "psbt",
			Self::Broadcast => "broadcast",
		}
	}
}

/// Whether the chain is done with a payload. What can't be read is not.
fn is_settled(chain: &Chain, payload: &Payload) -> bool {
	match chain.task(payload.height) {
		Ok(Some(info)) => {
			info.task.payload != *payload
				|| matches!(
					info.task.status,
					TaskStatus::Final { .. } | TaskStatus::Covered { .. } | TaskStatus::Missed
				)
		},
		// It was forgotten, unless this node has not come so far yet.
		Ok(None) => chain.best().1 > payload.height,
		Err(_) => false,
	}
}
