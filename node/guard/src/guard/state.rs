//! What the guard decides: which key may sign, and what. Knows no clock and no keystore.

use crate::{
	record::{Alarm, Cast, Key, Record, UnixTime},
	refused::Refused,
	store::Store,
	twin::{Origin, Sighting, Watch, MAX_AGE, SETTLING, WAIT},
	vote::{Kind, Position, Vote},
	voter::{self, Reconciled},
};
use aitbc_core::{BlockNumber, Hash};
use sp_consensus_babe::{AuthorityId as BabeKey, Slot};
use sp_consensus_grandpa::AuthorityId as GrandpaKey;
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt,
	time::Duration,
};

/// How many ticks have to tell a new set before it is believed although its rounds do not begin anew.
const DOUBTED_TICKS: u32 = 5;

/// What the node tells the guard every second.
#[derive(Clone, Copy, Debug)]
pub struct Tick {
	/// The machine's clock. Says how old the guard file is.
	pub now: UnixTime,
	/// For how long the process has been running, by a clock that never jumps. Says how long was waited.
	pub uptime: Duration,
	/// The slot that it is.
	pub slot: Slot,
	/// Whether the node sees what others sign now: it has peers, or needs none, and is not behind them.
	pub synced: bool,
	/// The number of the best block.
	pub best: BlockNumber,
	/// The best round of GRANDPA's voter, and the set that is the current one when that was read. `None` as long as there
	/// is no voter.
	pub position: Option<Position>,
}

/// What a tick changed, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
	/// A key waits.
	Waits(Key),
	/// A key has waited, or needs not.
	Admitted(Key),
	/// A key may vote again, because the voter has caught up.
	CaughtUp(GrandpaKey, Position),
}

impl fmt::Display for Notice {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Waits(key) => write!(
				f,
				"{key} does not sign before this node was synced for {} s, to see whether another node has it",
				WAIT.as_secs()
			),
			Self::Admitted(key) => write!(f, "{key} signs"),
			Self::CaughtUp(key, position) => {
				let key = Key::Grandpa(key.clone());
				write!(f, "{key} votes again: {position} is reached")
			},
		}
	}
}

/// Whether a key may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Admission {
	/// Not before it is known whether a twin has it.
	Waiting {
		/// How long the network was watched when this began. It begins when the node is synced.
		since: Option<Duration>,
		/// Whether the key was there when the voter started, so that the gate holds its votes back.
		is_first: bool,
	},
	/// It may.
	Admitted,
}

/// What was in the guard file when the process began.
#[derive(Debug)]
struct Inherited {
	alone: UnixTime,
	/// The keys that were admitted. None, if there was no file.
	keys: BTreeSet<Key>,
	had_alarm: bool,
}

/// Everything that the guard knows.
pub(crate) struct State {
	store: Store,
	inherited: Inherited,
	last: Option<Tick>,
	/// Whether the node was synced in two ticks in a row, at some time. What it says of peers and blocks is read one
	/// after the other, so one tick may mislead.
	was_synced: bool,
	/// For how long the node has been synced.
	watched: Duration,
	/// The voter's position, as far as it is believed.
	position: Option<Position>,
	/// The first position that was told of a set that is not believed yet, and in how many ticks this set was told.
	doubted: Option<(Position, u32)>,
	/// Whether the voter has had the time to catch up with the network.
	has_settled: bool,
	/// Whether the gate was ever open.
	was_open: bool,
	admissions: BTreeMap<Key, Admission>,
	/// GRANDPA key -> the position up to which the voter must not vote with it.
	behind: BTreeMap<GrandpaKey, Position>,
	/// BABE key -> the header that it may seal, once.
	sealable: BTreeMap<BabeKey, Hash>,
	watch: Watch,
	/// What a twin did while this process ran.
	twin: Option<String>,
}

impl State {
	/// The state of a process that begins with this file.
	pub(crate) fn new(store: Store) -> Self {
		let record = store.record();
		let keys = record.admitted().collect();
		let inherited = Inherited { alone: record.alone, keys, had_alarm: record.alarm.is_some() };
		// Until the database was looked at, it is taken to know of no vote.
		let tops =
			record.grandpa.iter().filter_map(|(key, votes)| Some((key.clone(), votes.top()?)));
		let behind = tops.collect();
		Self {
			store,
			inherited,
			last: None,
			was_synced: false,
			watched: Duration::ZERO,
			position: None,
			doubted: None,
			has_settled: false,
			was_open: false,
			admissions: BTreeMap::new(),
			behind,
			sealable: BTreeMap::new(),
			watch: Watch::default(),
			twin: None,
		}
	}

	/// The record, its file, and how writing it goes.
	pub(crate) fn store(&self) -> &Store {
		&self.store
	}

	/// Brings the voter's stored state and the record in line.
	pub(crate) fn reconcile(&mut self, stored: Option<&[u8]>) -> Result<Reconciled, Refused> {
		let reconcile = |record: &mut Record| Ok::<_, Refused>(voter::reconcile(stored, record));
		let reconciled = self.store.update(UnixTime::default(), reconcile)?;
		self.behind.clone_from(&reconciled.behind);
		Ok(reconciled)
	}

	/// Takes note of a second that went by, with these keys in the keystore.
	pub(crate) fn tick(&mut self, keys: Vec<Key>, tick: Tick) -> Vec<Notice> {
		let is_first = self.last.is_none();
		self.observe(tick);
		let mut notices = Vec::new();
		for key in keys {
			if !self.admissions.contains_key(&key) {
				let admission = self.judge(&key, is_first);
				self.admissions.insert(key, admission);
			}
		}
		if self.was_synced && self.twin.is_none() {
			self.admit(tick.best, &mut notices);
		}
		let position = self.position;
		self.behind.retain(|key, top| {
			let is_behind = position < Some(*top);
			if !is_behind {
				notices.push(Notice::CaughtUp(key.clone(), *top));
			}
			is_behind
		});
		self.was_open |= self.is_open();
		notices
	}

	/// Moves the clocks on.
	fn observe(&mut self, tick: Tick) {
		self.watch.at_slot(tick.slot);
		let last = self.last.replace(tick);
		if let Some(last) = last.filter(|last| tick.synced && last.synced) {
			self.was_synced = true;
			let passed = tick.uptime.saturating_sub(last.uptime);
			self.watched = self.watched.saturating_add(passed);
		}
		// At block zero there is nothing to catch up with.
		let has_time_passed = self.watched >= SETTLING || tick.best == 0;
		self.has_settled |= self.was_synced && has_time_passed;
		if let Some(told) = tick.position {
			self.believe(told);
		}
		if let Some(position) = self.position.filter(|_| self.has_settled) {
			self.watch.at_position(position);
		}
	}

	/// Takes note of where the voter is said to be.
	///
	/// The SDK gives the set and the round apart, and the set changes first. Should it give up on showing the rounds of the
	/// new voter (`SharedVoterState::reset` does so after a second), then those of the old one stay, with a number of the
	/// set that is not theirs. So a new set is believed when the rounds begin anew, or go on.
	fn believe(&mut self, told: Position) {
		let (first, ticks) = self
			.doubted
			.filter(|(first, _)| first.set == told.set)
			.map_or((told, 1), |(first, ticks)| (first, ticks.saturating_add(1)));
		let is_believed = match self.position {
			Some(position) if told.set <= position.set => told.set == position.set,
			Some(position) if told.round < position.round => ticks >= 2,
			Some(_) => ticks >= DOUBTED_TICKS && told.round > first.round,
			None => ticks >= 2,
		};
		self.doubted = Some((first, ticks)).filter(|_| !is_believed);
		if is_believed {
			self.position = Some(told);
		}
	}

	/// Whether a key that was not seen before may be used at once.
	fn judge(&self, key: &Key, is_first: bool) -> Admission {
		let Inherited { alone, keys, had_alarm } = &self.inherited;
		let age = Duration::from_secs(self.now().0.abs_diff(alone.0));
		if keys.contains(key) && age <= MAX_AGE && !had_alarm {
			Admission::Admitted
		} else {
			Admission::Waiting { since: None, is_first }
		}
	}

	/// Admits the keys that have waited. At block zero nobody can have signed anything.
	fn admit(&mut self, best: BlockNumber, notices: &mut Vec<Notice>) {
		for (key, admission) in &mut self.admissions {
			let Admission::Waiting { since, .. } = admission else { continue };
			let is_over = match *since {
				None if best == 0 => true,
				None => {
					*since = Some(self.watched);
					notices.push(Notice::Waits(key.clone()));
					false
				},
				Some(since) => self.watched.saturating_sub(since) >= WAIT,
			};
			if is_over {
				*admission = Admission::Admitted;
				notices.push(Notice::Admitted(key.clone()));
			}
		}
	}

	/// Makes it last which keys are in use, and that a former alarm is over.
	pub(crate) fn write_down(&mut self) -> Result<(), Refused> {
		let is_over = self.was_synced && self.twin.is_none() && !self.is_waiting(|_| true);
		let alone = self.alone();
		let Self { store, admissions, .. } = self;
		store.update(alone, |record| {
			let admitted = admissions.iter().filter(|(_, is)| **is == Admission::Admitted);
			admitted.for_each(|(key, _)| record.admit(key));
			record.alarm = record.alarm.take().filter(|_| !is_over);
			Ok(())
		})
	}

	/// Notes that this process has just made `key`, so that nobody else can have it.
	pub(crate) fn generated(&mut self, key: Key) -> Result<(), Refused> {
		self.admissions.insert(key, Admission::Admitted);
		self.write_down()
	}

	/// Whether votes may be cast: the gate is open.
	///
	/// A database and a guard file that were restored together agree, and have the voter begin in a round in which it
	/// voted long ago. So it has to be where the network is first, and in a round of which everything is known.
	pub(crate) fn is_open(&self) -> bool {
		let waits = self.is_waiting(|key| matches!(key, Key::Grandpa(_)));
		let mut votes = self.store.record().grandpa.iter().filter(|(key, _)| {
			let is_here = self.admissions.contains_key(&Key::Grandpa((*key).clone()));
			is_here && !self.behind.contains_key(key)
		});
		// Where it has voted, the voter was, whatever is told.
		let is_clear = votes.all(|(_, votes)| votes.floor() < self.position.max(votes.top()));
		let is_placed = self.position.is_some();
		self.has_settled && self.twin.is_none() && !waits && is_clear && is_placed
	}

	/// Whether a key that was there at first, and is one of `which`, waits.
	fn is_waiting(&self, which: impl Fn(&Key) -> bool) -> bool {
		let mut admissions = self.admissions.iter().filter(|(key, _)| which(key));
		admissions
			.any(|(_, admission)| matches!(admission, Admission::Waiting { is_first: true, .. }))
	}

	/// Whether the authors and voters of this node may know that it has `key`.
	pub(crate) fn is_visible(&self, key: &Key) -> bool {
		let admission = self.admissions.get(key);
		let may_be_used = match key {
			Key::Babe(_) => admission == Some(&Admission::Admitted),
			Key::Grandpa(key) => {
				let is_held_back =
					matches!(admission, Some(Admission::Waiting { is_first: true, .. }));
				let is_admitted = admission == Some(&Admission::Admitted);
				!self.behind.contains_key(key) && (is_held_back || is_admitted)
			},
		};
		may_be_used && self.twin.is_none()
	}

	/// Begins a block.
	pub(crate) fn begin_slot(&mut self, key: &BabeKey, slot: Slot) -> Result<(), Refused> {
		self.sealable.remove(key);
		self.ensure_admitted(Key::Babe(key.clone()))?;
		let alone = self.alone();
		self.store.update(alone, |record| record.begin(key, slot))
	}

	/// Lets `key` seal the header that was made for `slot`.
	pub(crate) fn allow_seal(&mut self, key: &BabeKey, slot: Slot, pre_hash: Hash) {
		self.watch.made(key, slot, pre_hash);
		self.sealable.insert(key.clone(), pre_hash);
	}

	/// Checks a seal. Each is allowed once.
	pub(crate) fn seal(&mut self, key: &BabeKey, message: &[u8]) -> Result<(), Refused> {
		self.ensure_admitted(Key::Babe(key.clone()))?;
		match self.sealable.get(key) {
			Some(pre_hash) if pre_hash.as_bytes() == message => {
				self.sealable.remove(key);
				Ok(())
			},
			_ => Err(Refused::NoPermit),
		}
	}

	/// Checks a vote, and notes it.
	pub(crate) fn cast(&mut self, key: &GrandpaKey, payload: &[u8]) -> Result<(), Refused> {
		let vote = Vote::of_payload(payload).ok_or(Refused::NotAVote)?;
		let owner = Key::Grandpa(key.clone());
		match vote.kind {
			// The voter makes it before it gets to the gate. Two of them are no offence.
			Kind::Propose if self.is_visible(&owner) => {},
			_ => {
				self.ensure_admitted(owner.clone())?;
				if !self.was_open {
					return Err(Refused::Waiting { key: owner });
				}
			},
		}
		let alone = self.alone();
		self.store.update(alone, |record| record.cast(key, &vote)).map(|_: Cast| ())
	}

	fn ensure_admitted(&self, key: Key) -> Result<(), Refused> {
		if let Some(sighting) = &self.twin {
			return Err(Refused::Twin { sighting: sighting.clone() });
		}
		match self.admissions.get(&key) {
			Some(Admission::Admitted) => Ok(()),
			_ => Err(Refused::Waiting { key }),
		}
	}

	/// Looks at what was signed. Returns true if it is a twin's, and the first that was seen.
	pub(crate) fn see(&mut self, sighting: &Sighting) -> bool {
		if self.twin.is_some() || !self.admissions.contains_key(&sighting.key()) {
			return false;
		}
		let origin = match sighting {
			Sighting::Block { key, slot, pre_hash } => {
				self.watch.origin_of_block(key, *slot, *pre_hash)
			},
			// The voter can't have seen a round that it has not reached, in a set that is not its own.
			Sighting::Vote { position, .. }
				if self.position.is_none_or(|own| own.set != position.set || own < *position) =>
			{
				return false;
			},
			Sighting::Vote { key, position, kind, target } => {
				let own = self.store.record().grandpa.get(key);
				self.watch.origin_of_vote(own, *position, *kind, *target)
			},
		};
		let (now, alone) = (self.now(), self.alone());
		// What is found here stands, whether it can be written or not.
		let _: Result<(), Refused> = match (origin, sighting) {
			(Origin::Own, _) | (Origin::Past, Sighting::Block { .. }) => return false,
			(Origin::Past, Sighting::Vote { key, position, .. }) => {
				self.store.update(alone, |record| {
					record.forget(key, *position);
					Ok(())
				})
			},
			(Origin::Twin, _) => {
				let sighting = sighting.to_string();
				self.twin = Some(sighting.clone());
				self.store.update(UnixTime::default(), |record| {
					record.alarm = Some(Alarm { at: now, sighting });
					Ok(())
				})
			},
		};
		origin == Origin::Twin
	}

	/// Whether a twin was seen.
	pub(crate) fn has_twin(&self) -> bool {
		self.twin.is_some()
	}

	/// How many keys wait, and how many are behind.
	pub(crate) fn held_back(&self) -> (usize, usize) {
		let waiting = self
			.admissions
			.values()
			.filter(|admission| matches!(admission, Admission::Waiting { .. }));
		(waiting.count(), self.behind.len())
	}

	/// The time, if this node is alone with its keys. A node that waits, or has a twin, is not known to be.
	fn alone(&self) -> UnixTime {
		match self.was_synced && self.twin.is_none() && !self.is_waiting(|_| true) {
			true => self.now(),
			false => UnixTime::default(),
		}
	}

	fn now(&self) -> UnixTime {
		self.last.map_or(UnixTime::default(), |tick| tick.now)
	}
}
