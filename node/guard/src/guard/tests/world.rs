//! A node with a guard, without a node.

use crate::{
	file::memory::Memory,
	guard::{Guard, Tick},
	record::UnixTime,
	refused::Refused,
	twin::Sighting,
	vote::{Kind, Position, Target, Vote},
};
use aitbc_core::{BlockNumber, Hash};
use futures::FutureExt;
use sp_application_crypto::key_types::{BABE, GRANDPA};
use sp_consensus_babe::AuthorityId as BabeKey;
use sp_consensus_grandpa::AuthorityId as GrandpaKey;
use sp_core::ByteArray;
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystorePtr};
use std::{sync::Arc, time::Duration};

pub(crate) const GENESIS: Hash = Hash::repeat_byte(0x11);

/// When the tests begin.
pub(crate) const EPOCH: u64 = 1_795_386_000;

/// The seed of the keys of [`keystore`]. One that is no phrase is quick to derive from.
pub(crate) const SEED: &str = "0x0101010101010101010101010101010101010101010101010101010101010101";

/// A slot, in seconds.
pub(crate) const SLOT: u64 = 3;

/// A validator's keystore with one BABE and one GRANDPA key.
pub(crate) fn keystore() -> MemoryKeystore {
	keystore_of(1)
}

/// The keystore of one of several validators.
pub(crate) fn keystore_of(seed: u8) -> MemoryKeystore {
	let seed = format!("0x{}", hex::encode([seed; 32]));
	let keystore = MemoryKeystore::new();
	keystore.sr25519_generate_new(BABE, Some(&seed)).unwrap();
	keystore.ed25519_generate_new(GRANDPA, Some(&seed)).unwrap();
	keystore
}

pub(crate) fn at(set: u64, round: u64) -> Position {
	Position { set, round }
}

pub(crate) fn target(number: u32) -> Target {
	Target { hash: Hash::from_low_u64_be(number.into()), number }
}

pub(crate) fn vote(position: Position, kind: Kind, number: u32) -> Vote {
	Vote { position, kind, target: target(number) }
}

/// A process that runs a node.
pub(crate) struct Node {
	pub(crate) guard: Guard,
	pub(crate) keystore: MemoryKeystore,
	/// What its voter and author use.
	pub(crate) consensus: KeystorePtr,
	pub(crate) babe: BabeKey,
	pub(crate) grandpa: GrandpaKey,
	pub(crate) tick: Tick,
}

impl Node {
	/// Starts a node that is in sync, at block 1,000 and round 50 of set 2, `now` seconds after [`EPOCH`].
	pub(crate) fn start(disk: &Memory, now: u64) -> Self {
		Self::start_with(keystore(), disk, now)
	}

	pub(crate) fn start_with(keystore: MemoryKeystore, disk: &Memory, now: u64) -> Self {
		let inner: KeystorePtr = Arc::new(keystore.clone());
		let guard = Guard::with_disk(Box::new(disk.clone()), GENESIS, inner).unwrap();
		let now = EPOCH + now;
		let tick = Tick {
			now: UnixTime(now),
			uptime: Duration::ZERO,
			slot: (now / SLOT).into(),
			synced: true,
			best: 1_000,
			position: Some(at(2, 50)),
		};
		let consensus = guard.for_consensus();
		let babe = keystore.sr25519_public_keys(BABE)[0].into();
		let grandpa = keystore.ed25519_public_keys(GRANDPA)[0].into();
		Self { guard, keystore, consensus, babe, grandpa, tick }
	}

	/// Starts a node that may sign at once: at block zero.
	pub(crate) fn at_genesis(disk: &Memory) -> Self {
		let mut node = Self::start(disk, 0);
		node.tick.best = 0;
		node.tick.position = Some(at(0, 1));
		node.pass(2);
		node.tick.best = 1_000;
		node
	}

	/// Lets seconds pass, each with a tick at its beginning.
	pub(crate) fn pass(&mut self, seconds: u64) {
		for _ in 0..seconds {
			self.guard.tick(self.tick);
			self.tick.now.0 += 1;
			self.tick.uptime += Duration::from_secs(1);
			self.tick.slot = (self.tick.now.0 / SLOT).into();
		}
	}

	/// Whether BABE's author can claim a slot.
	pub(crate) fn can_claim(&self) -> bool {
		let randomness = Default::default();
		let data = sp_consensus_babe::make_vrf_sign_data(&randomness, self.tick.slot, 0);
		let signature = self.consensus.sr25519_vrf_sign(BABE, self.babe.as_ref(), &data);
		signature.unwrap().is_some()
	}

	/// Whether GRANDPA's voter finds its key when it begins a round.
	pub(crate) fn has_vote(&self) -> bool {
		self.consensus.has_keys(&[(self.grandpa.to_raw_vec(), GRANDPA)])
	}

	/// Whether the voter is let pass before a prevote.
	pub(crate) fn is_open(&self) -> bool {
		self.guard.gate().opened().now_or_never().is_some()
	}

	/// Signs a vote, as the voter does.
	pub(crate) fn cast(&self, vote: &Vote) -> bool {
		let key = self.grandpa.as_ref();
		let signed = self.consensus.ed25519_sign(GRANDPA, key, &vote.payload());
		signed.is_ok_and(|signature| signature.is_some())
	}

	/// Makes and seals a block for the current slot, as the author does.
	pub(crate) fn author(&self, pre_hash: Hash) -> Result<bool, Refused> {
		let permit = self.guard.begin_slot(&self.babe, self.tick.slot)?;
		permit.allow_seal(pre_hash);
		Ok(self.seal(pre_hash.as_bytes()))
	}

	/// Signs a block, as the author does.
	pub(crate) fn seal(&self, message: &[u8]) -> bool {
		let signed = self.consensus.sr25519_sign(BABE, self.babe.as_ref(), message);
		signed.is_ok_and(|signature| signature.is_some())
	}

	/// Sees a block of its own key in `slot`.
	pub(crate) fn see_block(&self, slot: u64, pre_hash: Hash) {
		let key = self.babe.clone();
		self.guard.see(&Sighting::Block { key, slot: slot.into(), pre_hash });
	}

	/// Sees a vote of its own key.
	pub(crate) fn see_vote(&self, position: Position, kind: Kind, target: Option<Target>) {
		let key = self.grandpa.clone();
		self.guard.see(&Sighting::Vote { key, position, kind, target });
	}

	/// Moves the voter to a round.
	pub(crate) fn move_to(&mut self, position: Position) {
		self.tick.position = Some(position);
	}

	/// Sets the number of the best block.
	pub(crate) fn best(&mut self, best: BlockNumber) {
		self.tick.best = best;
	}
}
