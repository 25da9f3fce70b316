//! Tells the guard how things are, and what others sign.

use super::author;
use crate::service::{Block, FullClient};
use aitbc_node_guard::{Guard, Kind, Position, Sighting, Slot, Tick, UnixTime};
use aitbc_runtime::{BlockNumber, Header};
use futures::StreamExt;
use sc_client_api::BlockchainEvents;
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_grandpa::{SharedAuthoritySet, SharedVoterState};
use sc_network_sync::SyncingService;
use sp_blockchain::HeaderBackend;
use sp_consensus::SyncOracle;
use sp_consensus_babe::SlotDuration;
use sp_core::H256;
use sp_timestamp::Timestamp;
use std::{
	iter,
	sync::Arc,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::time::MissedTickBehavior;

/// How often the guard is told how things are. Votes of a round are shown until some time after it is over, and a round
/// takes more than a second.
const PERIOD: Duration = Duration::from_secs(1);

/// What the guard is told, and where that comes from.
pub struct Watch {
	/// Whom it is told.
	pub guard: Guard,
	/// Knows the best block, and says when one is imported.
	pub client: Arc<FullClient>,
	/// Knows whether the node has peers, and is where they are.
	pub sync: Arc<SyncingService<Block>>,
	/// Whether the node authors even without peers.
	pub force_authoring: bool,
	/// Knows the number of GRANDPA's set.
	pub authority_set: SharedAuthoritySet<H256, BlockNumber>,
	/// Knows the rounds of GRANDPA's voter.
	pub voter: SharedVoterState,
	/// Knows who may author in a slot.
	pub babe: BabeWorkerHandle<Block>,
	/// How long a slot is.
	pub slot_duration: SlotDuration,
	/// When the node began to look.
	pub began: Instant,
}

impl Watch {
	/// Tells the guard every second how things are, and of each block at once.
	pub async fn run(self) {
		let mut seconds = tokio::time::interval(PERIOD);
		seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
		let mut imports = self.client.import_notification_stream();
		loop {
			tokio::select! {
				_ = seconds.tick() => self.look(),
				Some(block) = imports.next() => self.see_block(block.header.clone()).await,
			}
		}
	}

	/// Tells the guard how things are, and who has voted.
	///
	/// To be called before author and voter start, and every second after.
	pub fn look(&self) {
		// The rounds first and then the set, which is the first of both to change.
		let voter = self.voter.voter_state();
		let set = self.authority_set.set_id();
		let at = |round| Position { set, round };
		self.guard.tick(Tick {
			now: UnixTime(
				SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs(),
			),
			uptime: self.began.elapsed(),
			slot: Slot::from_timestamp(Timestamp::current(), self.slot_duration),
			synced: self.is_synced(),
			best: self.client.info().best_number,
			position: voter.as_ref().map(|state| at(state.best_round.0)),
		});
		let Some(state) = voter else { return };
		for (round, votes) in iter::once(state.best_round).chain(state.background_rounds) {
			for (kind, voters) in
				[(Kind::Prevote, votes.prevote_ids), (Kind::Precommit, votes.precommit_ids)]
			{
				for key in voters {
					let position = at(round);
					self.guard.see(&Sighting::Vote { key, position, kind, target: None });
				}
			}
		}
	}

	/// Whether the node sees what others sign now. Who has met nobody yet is not behind anybody, and sees nothing.
	fn is_synced(&self) -> bool {
		let needs_none =
			self.force_authoring || self.authority_set.current_authorities().len().get() == 1;
		!self.sync.is_major_syncing() && (needs_none || !self.sync.is_offline())
	}

	/// Tells the guard who made a block.
	async fn see_block(&self, mut header: Header) {
		let Ok(digest) = sc_consensus_babe::find_pre_digest::<Block>(&header) else { return };
		let Some(parent_number) = header.number.checked_sub(1) else { return };
		let slot = digest.slot();
		match author(&self.babe, (header.parent_hash, parent_number), &digest).await {
			Ok(key) => {
				// The seal is the last item, and says nothing of what it seals.
				header.digest.pop();
				self.guard.see(&Sighting::Block { key, slot, pre_hash: header.hash() });
			},
			Err(error) => {
				let number = header.number;
				log::debug!("🛡 It is not known who made block {number} for slot {slot}: {error}");
			},
		}
	}
}
