//! The guard, as the node uses it.

mod state;

use crate::{
	file::{Disk, Folder},
	gate::Gate,
	interchange,
	keystore::GuardedKeystore,
	record::{Key, Votes},
	refused::{Reason, Refused},
	store::{GuardError, Store, Writes},
	twin::Sighting,
	vote::Position,
};
use aitbc_core::Hash;
use sp_application_crypto::key_types;
use sp_consensus_babe::{AuthorityId as BabeKey, Slot};
use sp_consensus_grandpa::AuthorityId as GrandpaKey;
use sp_keystore::{Keystore, KeystorePtr};
use state::State;
use std::{
	collections::BTreeMap,
	path::Path,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use state::Tick;

/// What a proof of possession begins with: `sp_core::proof_of_possession::statement_of_ownership`.
///
/// No vote does: votes begin with 0, 1 or 2.
const OWNERSHIP: &[u8] = b"POP_";

/// Keeps a validator's keys from signing what contradicts what they have signed. Clones are the same guard.
#[derive(Clone)]
pub struct Guard(Arc<Shared>);

struct Shared {
	keystore: KeystorePtr,
	gate: Gate,
	/// `None` if the guard is disabled.
	guarded: Option<Mutex<Guarded>>,
}

struct Guarded {
	state: State,
	refusals: BTreeMap<Reason, u64>,
}

/// What the guard did and what it waits for, for the node's metrics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
	/// How often what was refused, since the process began.
	pub refusals: BTreeMap<Reason, u64>,
	/// The highest slot for which a block was begun with any key.
	pub last_slot: Option<Slot>,
	/// The latest position in which a vote was cast with any key.
	pub last_vote: Option<Position>,
	/// The writes of the guard file, since the process began.
	pub writes: Writes,
	/// How many keys wait until it is known that no twin has them.
	pub waiting: usize,
	/// How many GRANDPA keys wait for the voter to catch up with what they have voted.
	pub behind: usize,
	/// Whether a twin was seen, so that nothing is signed any more.
	pub has_twin: bool,
}

impl Guard {
	/// Opens the guard file of the chain with this genesis in `folder`, for the keys of `keystore`. The folder is made if
	/// it is not there. Fails if another process has it open, and if there is a file that is damaged or another chain's.
	pub fn open(folder: &Path, genesis: Hash, keystore: KeystorePtr) -> Result<Self, GuardError> {
		let folder = Folder::lock(folder, &interchange::file_name(genesis))?;
		Self::with_disk(Box::new(folder), genesis, keystore)
	}

	/// A guard that refuses nothing and remembers nothing, for tests of what equivocations cost.
	pub fn disabled(keystore: KeystorePtr) -> Self {
		log::warn!(
			"🛡 THE SIGNING GUARD IS OFF (--unsafe-disable-signing-guard). If this database or these keys were copied or \
			 restored, or are in use elsewhere, this validator signs twice and is slashed"
		);
		let gate = Gate::default();
		gate.set(true);
		Self(Arc::new(Shared { keystore, gate, guarded: None }))
	}

	pub(crate) fn with_disk(
		disk: Box<dyn Disk>,
		genesis: Hash,
		keystore: KeystorePtr,
	) -> Result<Self, GuardError> {
		let state = State::new(Store::open(disk, genesis)?);
		let refusals = Reason::ALL.into_iter().map(|(reason, _)| (reason, 0)).collect();
		let guarded = Some(Mutex::new(Guarded { state, refusals }));
		Ok(Self(Arc::new(Shared { keystore, gate: Gate::default(), guarded })))
	}

	/// Brings the voter's state in the database in line with what was signed; `stored` is what the client's auxiliary
	/// data have under [`VOTER_STATE_KEY`](crate::VOTER_STATE_KEY). What is returned has to be stored there instead.
	///
	/// To be called before `sc_consensus_grandpa::block_import`, which reads it. Without this call, keys that have voted
	/// are hidden until the voter is past their last vote, and a whole network that restarts stays without finality.
	pub fn reconcile(&self, stored: Option<&[u8]>) -> Result<Option<Vec<u8>>, Refused> {
		let Some(mut guarded) = self.lock() else { return Ok(None) };
		let reconciled = guarded.state.reconcile(stored)?;
		if reconciled.is_unknown {
			log::warn!("🛡 GRANDPA's state in the database is of a form that the signing guard does not know");
		}
		if reconciled.stored.is_some() {
			log::info!(
				"🛡 The database lacked votes that this validator has cast; they are put back"
			);
		}
		for (key, top) in reconciled.behind {
			let key = Key::Grandpa(key);
			log::warn!(
				"🛡 {key} does not vote before {top} is over: the database is older than its votes"
			);
		}
		Ok(reconciled.stored)
	}

	/// Tells the guard how things are. To be called every second, the first time before author and voter start.
	pub fn tick(&self, tick: Tick) {
		let keystore = &self.0.keystore;
		let babe = keystore.sr25519_public_keys(key_types::BABE);
		let babe = babe.into_iter().map(|key| Key::Babe(key.into()));
		let grandpa = keystore.ed25519_public_keys(key_types::GRANDPA);
		let grandpa = grandpa.into_iter().map(|key| Key::Grandpa(key.into()));
		let Some(mut guarded) = self.lock() else { return };
		for notice in guarded.state.tick(babe.chain(grandpa).collect(), tick) {
			log::info!("🛡 {notice}");
		}
		if let Err(error) = guarded.state.write_down() {
			log::error!("🛡 The guard file can't be written: {error}");
		}
		let is_open = guarded.state.is_open();
		drop(guarded);
		self.0.gate.set(is_open);
	}

	/// Tells the guard of a block or vote that the network has, by whomever. From the first that a twin signed on, nothing
	/// is signed any more.
	pub fn see(&self, sighting: &Sighting) {
		let Some(mut guarded) = self.lock() else { return };
		if !guarded.state.see(sighting) {
			return;
		}
		drop(guarded);
		self.0.gate.set(false);
		log::error!(
			"🛡 ANOTHER NODE HAS THIS VALIDATOR'S KEYS. It made {sighting}. This node signs nothing any more. Stop one of \
			 both for good; if that is the other one, then restart this one"
		);
	}

	/// What GRANDPA's voter has to wait for before each prevote.
	pub fn gate(&self) -> Gate {
		self.0.gate.clone()
	}

	/// Begins a block of `key` for `slot`: from now on there is no other one, whatever happens. Refused if there was one.
	pub fn begin_slot(&self, key: &BabeKey, slot: Slot) -> Result<Permit, Refused> {
		let permit = Permit { guard: self.clone(), key: key.clone(), slot };
		self.check(|state| state.begin_slot(key, slot)).map(|()| permit)
	}

	/// The keystore for BABE's author and GRANDPA's voter: keys that must not be used now are not in it.
	pub fn for_consensus(&self) -> KeystorePtr {
		self.keystore(true)
	}

	/// The keystore for everybody else: RPC, off-chain workers, authority discovery. All keys are in it, and sign no more
	/// than in the other one.
	pub fn for_others(&self) -> KeystorePtr {
		self.keystore(false)
	}

	fn keystore(&self, hides: bool) -> KeystorePtr {
		let inner = self.0.keystore.clone();
		match self.0.guarded {
			Some(_) => Arc::new(GuardedKeystore::new(inner, self.clone(), hides)),
			None => inner,
		}
	}

	/// What the guard did and what it waits for.
	pub fn counts(&self) -> Counts {
		let Some(guarded) = self.lock() else { return Counts::default() };
		let Guarded { state, refusals } = &*guarded;
		let record = state.store().record();
		let (waiting, behind) = state.held_back();
		Counts {
			refusals: refusals.clone(),
			last_slot: record.babe.values().copied().flatten().max(),
			last_vote: record.grandpa.values().filter_map(Votes::last).max(),
			writes: state.store().writes(),
			waiting,
			behind,
			has_twin: state.has_twin(),
		}
	}

	/// Whether the keystore for consensus has `key`.
	pub(crate) fn is_visible(&self, key: &Key) -> bool {
		self.lock().is_none_or(|guarded| guarded.state.is_visible(key))
	}

	/// Notes that this process has just made `key`.
	pub(crate) fn generated(&self, key: Key) {
		let Some(mut guarded) = self.lock() else { return };
		if let Err(error) = guarded.state.generated(key) {
			log::error!("🛡 The guard file can't be written: {error}");
		}
	}

	/// Checks what a BABE key is asked to sign: a header's hash without the seal, or a proof of possession.
	///
	/// The latter must not have 32 bytes: whoever may ask for proofs could choose a header whose hash is one.
	pub(crate) fn check_seal(&self, key: &BabeKey, message: &[u8]) -> Result<(), Refused> {
		let is_hash = message.len() == Hash::len_bytes();
		match message.starts_with(OWNERSHIP) && !is_hash {
			true => Ok(()),
			false => self.check(|state| state.seal(key, message)),
		}
	}

	/// Checks what a GRANDPA key is asked to sign, a vote or a proof of possession, and notes it.
	pub(crate) fn check_vote(&self, key: &GrandpaKey, message: &[u8]) -> Result<(), Refused> {
		match message.starts_with(OWNERSHIP) {
			true => Ok(()),
			false => self.check(|state| state.cast(key, message)),
		}
	}

	/// Refuses what nobody should ask for.
	pub(crate) fn refuse(&self, refused: Refused) -> Result<(), Refused> {
		self.check(|_| Err(refused))
	}

	/// Asks the state, unless the guard is disabled, and counts and logs what it refuses.
	fn check(&self, ask: impl FnOnce(&mut State) -> Result<(), Refused>) -> Result<(), Refused> {
		let Some(mut guarded) = self.lock() else { return Ok(()) };
		let Guarded { state, refusals } = &mut *guarded;
		ask(state).inspect_err(|refused| {
			let count = refusals.entry(refused.reason()).or_default();
			*count = count.saturating_add(1);
			log::warn!("🛡 {refused}");
		})
	}

	/// The state, unless the guard is disabled.
	///
	/// After a panic it is as it was before the call that panicked, or after: it changes last, when the file is written.
	fn lock(&self) -> Option<MutexGuard<'_, Guarded>> {
		let guarded = self.0.guarded.as_ref()?;
		Some(guarded.lock().unwrap_or_else(PoisonError::into_inner))
	}
}

/// That a block may be made for a slot, and sealed once.
///
/// Dropped unused, the slot stays empty.
#[must_use]
pub struct Permit {
	guard: Guard,
	key: BabeKey,
	slot: Slot,
}

impl Permit {
	/// Allows the seal of one header, by the hash that it has without the seal.
	pub fn allow_seal(self, pre_hash: Hash) {
		let Self { guard, key, slot } = self;
		if let Some(mut guarded) = guard.lock() {
			guarded.state.allow_seal(&key, slot, pre_hash);
		};
	}
}

#[cfg(test)]
pub(crate) mod tests;
