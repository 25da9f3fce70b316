//! What all nodes have seen, and what nodes with the validator's key do.
//!
//! Voters do what those of the SDK do as far as their own votes are concerned: they ask for the key when a round begins,
//! write a vote to the database before it is signed, cast the votes again that the database has, jump when they are two
//! rounds behind, and may vote in the round that they left, as long as it is not too old.

use crate::{
	file::memory::Memory,
	guard::{
		tests::world::{keystore, target, EPOCH, GENESIS, SLOT},
		Guard, Tick,
	},
	record::{Round, UnixTime},
	twin::Sighting,
	vote::{Kind, Position, Target, Vote},
	voter::tests::{state, votes_in},
};
use aitbc_core::Hash;
use futures::FutureExt;
use sp_application_crypto::key_types::{BABE, GRANDPA};
use sp_consensus_babe::AuthorityId as BabeKey;
use sp_consensus_grandpa::AuthorityId as GrandpaKey;
use sp_core::ByteArray;
use sp_keystore::{Keystore, KeystorePtr};
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// How many rounds a set has, if finality goes on.
const ROUNDS: u64 = 40;

/// How far behind a round can be in the background: `sc-consensus-grandpa` keeps the votes of three rounds.
const BACKGROUND: u64 = 2;

/// Where the network is at first.
const FIRST: Position = Position { set: 2, round: 1 };

/// The network, as honest nodes see it.
#[derive(Default)]
pub(super) struct Network {
	/// Seconds since [`EPOCH`].
	pub(super) now: u64,
	/// The set and round that the other validators are in.
	position: Option<Position>,
	/// Whether the others get on without this validator.
	pub(super) is_live: bool,
	/// All votes that were sent.
	votes: BTreeMap<(Position, Kind), Vec<Target>>,
	/// All blocks that were sent.
	blocks: BTreeMap<u64, Vec<Hash>>,
	/// What one is slashed for.
	pub(super) offences: Vec<String>,
	/// Two proposals in a round, which is bad manners only.
	pub(super) proposals: usize,
}

impl Network {
	/// A network in which finality goes on.
	pub(super) fn live() -> Self {
		Self { is_live: true, ..Self::default() }
	}

	pub(super) fn position(&self) -> Position {
		self.position.unwrap_or(FIRST)
	}

	pub(super) fn slot(&self) -> u64 {
		(EPOCH + self.now) / SLOT
	}

	/// Lets a second pass.
	pub(super) fn pass(&mut self) {
		self.now += 1;
		let Position { set, round } = self.position();
		let next = match round {
			ROUNDS.. => Position { set: set + 1, round: 1 },
			_ => Position { set, round: round + 1 },
		};
		let moves = self.is_live && self.now.is_multiple_of(SLOT);
		self.position = Some(if moves { next } else { self.position() });
	}

	/// Lets much time pass, while no node with the validator's key runs.
	pub(super) fn skip(&mut self, seconds: u64) {
		(0..seconds).for_each(|_| self.pass());
	}

	fn send_vote(&mut self, vote: Vote) {
		let sent = self.votes.entry((vote.position, vote.kind)).or_default();
		if sent.iter().any(|target| *target != vote.target) {
			match vote.kind {
				Kind::Propose => self.proposals += 1,
				_ => self.offences.push(format!("{vote}, after {sent:?}")),
			}
		}
		sent.push(vote.target);
	}

	fn send_block(&mut self, slot: u64, pre_hash: Hash) {
		let sent = self.blocks.entry(slot).or_default();
		if !sent.is_empty() {
			self.offences.push(format!("{pre_hash:?} in slot {slot}, after {sent:?}"));
		}
		sent.push(pre_hash);
	}

	/// The latest position in which a vote was sent.
	pub(super) fn last_vote(&self) -> Option<Position> {
		self.votes.keys().map(|(position, _)| *position).max()
	}
}

/// What GRANDPA has in the database.
#[derive(Clone, Debug)]
pub(super) struct Database {
	set: u64,
	completed: u64,
	votes: BTreeMap<u64, Round>,
}

/// A round that a voter takes part in.
#[derive(Clone, Copy, Debug)]
struct Voter {
	position: Position,
	/// Whether the voter has found its key.
	has_key: bool,
	/// What the database had when the round began: it is cast again.
	former: Round,
	voted: Round,
}

/// A running node.
struct Process {
	guard: Guard,
	consensus: KeystorePtr,
	uptime: u64,
	/// When it is synced, and when its voter is where the network is, in seconds since it began.
	synced_after: u64,
	caught_up_after: u64,
	database: Database,
	voter: Voter,
	/// The round that the voter has jumped away from.
	left: Option<Voter>,
}

/// A machine with the validator's keys.
pub(super) struct Machine {
	pub(super) disk: Memory,
	/// What of the database would survive the end of the process.
	pub(super) database: Database,
	is_guarded: bool,
	process: Option<Process>,
	/// How often a voter ended, and took its node with it, because it got no signature.
	pub(super) ends: usize,
	babe: BabeKey,
	grandpa: GrandpaKey,
}

impl Machine {
	/// A machine whose database is as old as the network.
	pub(super) fn new(is_guarded: bool) -> Self {
		let keystore = keystore();
		let Position { set, round } = FIRST;
		Self {
			disk: Memory::default(),
			database: Database { set, completed: round - 1, votes: BTreeMap::new() },
			is_guarded,
			process: None,
			ends: 0,
			babe: keystore.sr25519_public_keys(BABE)[0].into(),
			grandpa: keystore.ed25519_public_keys(GRANDPA)[0].into(),
		}
	}

	pub(super) fn is_running(&self) -> bool {
		self.process.is_some()
	}

	pub(super) fn has_twin(&self) -> bool {
		self.process.as_ref().is_some_and(|process| process.guard.counts().has_twin)
	}

	/// Starts the node, unless it runs or its guard file can't be written.
	pub(super) fn start(&mut self, network: &Network, delays: (u64, u64)) {
		if self.process.is_some() {
			return;
		}
		let inner: KeystorePtr = Arc::new(keystore());
		let guard = match self.is_guarded {
			true => Guard::with_disk(Box::new(self.disk.clone()), GENESIS, inner).unwrap(),
			false => Guard::disabled(inner),
		};
		let mut database = self.database.clone();
		let Database { set, completed, votes } = &database;
		let stored = state(&self.grandpa, *set, *completed, votes);
		match guard.reconcile(Some(&stored)) {
			Ok(None) => {},
			Ok(Some(repaired)) => database.votes = votes_in(&self.grandpa, &repaired),
			Err(_) => return,
		}
		let position = Position { set: database.set, round: database.completed + 1 };
		let (synced_after, caught_up) = delays;
		let (former, voted) = Default::default();
		let voter = Voter { position, has_key: false, former, voted };
		let mut process = Process {
			consensus: guard.for_consensus(),
			guard,
			uptime: 0,
			synced_after,
			caught_up_after: synced_after + caught_up,
			database,
			voter,
			left: None,
		};
		process.tick(network);
		process.begin(position, &self.grandpa);
		self.process = Some(process);
	}

	/// Ends the node. What is not yet on the disk is lost, if it is killed.
	pub(super) fn stop(&mut self, is_killed: bool) {
		if let Some(process) = self.process.take() {
			if !is_killed {
				self.database = process.database;
			}
		}
	}

	/// Writes the database to the disk.
	pub(super) fn flush(&mut self) {
		if let Some(process) = &self.process {
			self.database.clone_from(&process.database);
		}
	}

	/// Lets a second pass for the node.
	pub(super) fn pass(&mut self, network: &Network) {
		let Some(process) = &mut self.process else { return };
		process.uptime += 1;
		process.follow(network, &self.grandpa);
		process.tick(network);
		for (kind, position) in process.visible() {
			if network.votes.contains_key(&(position, kind)) {
				let key = self.grandpa.clone();
				process.guard.see(&Sighting::Vote { key, position, kind, target: None });
			}
		}
		for (slot, blocks) in network.blocks.range(network.slot().saturating_sub(2)..) {
			for &pre_hash in blocks {
				let (key, slot) = (self.babe.clone(), (*slot).into());
				process.guard.see(&Sighting::Block { key, slot, pre_hash });
			}
		}
	}

	/// Casts the vote that is next, for a block that depends on `number`.
	pub(super) fn vote(&mut self, network: &mut Network, number: u32, proposes: bool) {
		let Some(process) = &mut self.process else { return };
		let mut voter = process.voter;
		let is_done = process.cast(&mut voter, network, &self.grandpa, number, proposes);
		process.voter = voter;
		self.end_unless(is_done);
	}

	/// Casts the vote that is next in the round that the voter has left.
	pub(super) fn vote_late(&mut self, network: &mut Network, number: u32) {
		let Some(process) = &mut self.process else { return };
		let Some(mut voter) = process.left else { return };
		let is_done = process.cast(&mut voter, network, &self.grandpa, number, false);
		process.left = Some(voter);
		self.end_unless(is_done);
	}

	fn end_unless(&mut self, is_done: bool) {
		if !is_done {
			self.ends += 1;
			self.stop(true);
		}
	}

	/// Makes a block for the current slot.
	pub(super) fn author(&mut self, network: &mut Network, number: u32) {
		let Some(process) = &self.process else { return };
		let data = sp_consensus_babe::make_vrf_sign_data(&[0; 32], network.slot().into(), 0);
		let claim = process.consensus.sr25519_vrf_sign(BABE, self.babe.as_ref(), &data);
		if !claim.is_ok_and(|claim| claim.is_some()) {
			return;
		}
		let slot = network.slot();
		let Ok(permit) = process.guard.begin_slot(&self.babe, slot.into()) else { return };
		let pre_hash = Hash::from_low_u64_be(number.into());
		permit.allow_seal(pre_hash);
		let seal = process.consensus.sr25519_sign(BABE, self.babe.as_ref(), &pre_hash[..]);
		if seal.is_ok_and(|seal| seal.is_some()) {
			network.send_block(slot, pre_hash);
		}
	}
}

impl Process {
	fn tick(&self, network: &Network) {
		let now = EPOCH + network.now;
		self.guard.tick(Tick {
			now: UnixTime(now),
			uptime: Duration::from_secs(self.uptime),
			slot: network.slot().into(),
			synced: self.uptime >= self.synced_after,
			best: 1_000,
			position: Some(self.voter.position),
		});
	}

	/// The votes that the voter's state shows: of its round and those before that it may still be in.
	fn visible(&self) -> Vec<(Kind, Position)> {
		let Position { set, round } = self.voter.position;
		let rounds = [0, 1, BACKGROUND].map(|back| round.saturating_sub(back));
		let positions = rounds.map(|round| Position { set, round });
		let kinds = [Kind::Prevote, Kind::Precommit];
		kinds.iter().flat_map(|kind| positions.map(|position| (*kind, position))).collect()
	}

	/// Begins a round.
	fn begin(&mut self, position: Position, key: &GrandpaKey) {
		let has_key = self.consensus.has_keys(&[(key.to_raw_vec(), GRANDPA)]);
		let former = self.database.votes.get(&position.round).copied().unwrap_or_default();
		self.voter = Voter { position, has_key, former, voted: Round::default() };
	}

	/// Gets to where the network is.
	fn follow(&mut self, network: &Network, key: &GrandpaKey) {
		let Position { set, round } = network.position();
		if self.uptime >= self.synced_after && self.database.set < set {
			self.database = Database { set, completed: 0, votes: BTreeMap::new() };
			self.left = None;
			self.begin(Position { set, round: 1 }, key);
		}
		let own = self.voter.position.round;
		let Voter { has_key, voted, .. } = self.voter;
		// An older round has no votes, so it has no estimate, and is dropped.
		self.left = self.left.filter(|left| left.position.round + BACKGROUND >= own);
		if self.database.set != set || own >= round {
			return;
		}
		if own + 2 <= round && self.uptime >= self.caught_up_after {
			self.left = Some(self.voter);
			self.complete(round - 1, key);
		} else if !has_key || voted.precommit.is_some() {
			self.complete(own, key);
		}
	}

	fn complete(&mut self, round: u64, key: &GrandpaKey) {
		self.database.completed = round;
		self.database.votes.retain(|number, _| *number > round);
		let set = self.database.set;
		self.begin(Position { set, round: round + 1 }, key);
	}

	/// Casts the vote that is next. False if it gets no signature.
	fn cast(
		&mut self,
		voter: &mut Voter,
		network: &mut Network,
		key: &GrandpaKey,
		number: u32,
		proposes: bool,
	) -> bool {
		let Voter { position, has_key, former, voted } = *voter;
		let kind = match voted {
			Round { propose: None, prevote: None, .. } if proposes => Kind::Propose,
			Round { prevote: None, .. } => Kind::Prevote,
			Round { precommit: None, .. } => Kind::Precommit,
			_ => return true,
		};
		let is_held_back =
			kind == Kind::Prevote && self.guard.gate().opened().now_or_never().is_none();
		if !has_key || position.set != self.database.set || is_held_back {
			return true;
		}
		let target = former.get(kind).unwrap_or(target(number));
		let stored = self.database.votes.entry(position.round).or_default().get_mut(kind);
		stored.get_or_insert(target);
		*voter.voted.get_mut(kind) = Some(target);
		let vote = Vote { position, kind, target };
		let signed = self.consensus.ed25519_sign(GRANDPA, key.as_ref(), &vote.payload());
		let is_signed = signed.is_ok_and(|signature| signature.is_some());
		if is_signed {
			network.send_vote(vote);
		}
		is_signed
	}
}
