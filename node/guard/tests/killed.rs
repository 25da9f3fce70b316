//! That what a process has signed is remembered when it is killed, on a real disk.

use aitbc_core::Hash;
use aitbc_node_guard::{Guard, Kind, Position, Target, Tick, UnixTime, Vote};
use sp_application_crypto::key_types::{BABE, GRANDPA};
use sp_keystore::{testing::MemoryKeystore, Keystore};
use std::{
	env,
	io::{BufRead, BufReader},
	path::Path,
	process::{Command, Stdio},
	sync::Arc,
	time::Duration,
};

/// The folder that the process which is killed uses. In the environment of that process alone.
const FOLDER: &str = "AITBC_GUARD_TEST_FOLDER";

/// How often a process is killed.
const KILLS: u64 = 20;

/// What each line of the process that is killed begins with.
const SIGNED: &str = "signed ";

/// Opens the guard of a node at block zero, whose keys may sign.
fn open(folder: &Path) -> (Guard, Arc<MemoryKeystore>) {
	let seed = format!("0x{}", "01".repeat(32));
	let keystore = Arc::new(MemoryKeystore::new());
	keystore.sr25519_generate_new(BABE, Some(&seed)).unwrap();
	keystore.ed25519_generate_new(GRANDPA, Some(&seed)).unwrap();
	let guard = Guard::open(folder, Hash::repeat_byte(0x11), keystore.clone()).unwrap();
	for second in 0..3 {
		guard.tick(Tick {
			now: UnixTime(second),
			uptime: Duration::from_secs(second),
			slot: 0.into(),
			synced: true,
			best: 0,
			position: Some(Position { set: u64::MAX, round: u64::MAX }),
		});
	}
	(guard, keystore)
}

fn prevote(round: u64, number: u32) -> Vote {
	let target = Target { hash: Hash::zero(), number };
	Vote { position: Position { set: 0, round }, kind: Kind::Prevote, target }
}

/// Signs until it is killed, and says what.
fn sign_on_and_on(folder: &Path) {
	let (guard, keystore) = open(folder);
	let grandpa = keystore.ed25519_public_keys(GRANDPA)[0];
	let babe = keystore.sr25519_public_keys(BABE)[0].into();
	let consensus = guard.for_consensus();
	let first = guard.counts().last_vote.map_or(1, |last| last.round + 1);
	for round in first.. {
		let signed = consensus.ed25519_sign(GRANDPA, &grandpa, &prevote(round, 1).payload());
		assert!(signed.unwrap().is_some());
		guard.begin_slot(&babe, round.into()).unwrap().allow_seal(Hash::zero());
		println!("\n{SIGNED}{round}");
	}
}

#[test]
fn what_was_signed_should_be_remembered_when_the_process_is_killed() {
	if let Some(folder) = env::var_os(FOLDER) {
		return sign_on_and_on(folder.as_ref());
	}
	let folder = tempfile::tempdir().unwrap();
	let mut last = 0;
	for kill in 0..KILLS {
		let mut child = Command::new(env::current_exe().unwrap())
			.args(["--exact", "--nocapture"])
			.arg("what_was_signed_should_be_remembered_when_the_process_is_killed")
			.env(FOLDER, folder.path())
			.stdout(Stdio::piped())
			.spawn()
			.unwrap();
		let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
		let mut signed = lines
			.by_ref()
			.map_while(Result::ok)
			.filter_map(|line| line.strip_prefix(SIGNED)?.parse::<u64>().ok());
		// At another moment each time.
		let least = last + 1 + kill % 5;
		last = signed.find(|round| *round >= least).expect("it signs");
		std::thread::sleep(Duration::from_micros(kill * 700));
		child.kill().unwrap();
		last = signed.last().unwrap_or(last);
		child.wait().unwrap();

		let (guard, keystore) = open(folder.path());
		let counts = guard.counts();
		assert!(counts.last_vote.is_some_and(|vote| vote.round >= last), "{counts:?}, {last}");
		assert!(counts.last_slot.is_some_and(|slot| slot >= last), "{counts:?}, {last}");
		let grandpa = keystore.ed25519_public_keys(GRANDPA)[0];
		let cast = |number| {
			let payload = prevote(last, number).payload();
			guard.for_consensus().ed25519_sign(GRANDPA, &grandpa, &payload)
		};
		assert!(cast(2).is_err(), "another vote in round {last}");
		assert!(cast(1).unwrap().is_some(), "the same vote in round {last}");
		last = counts.last_vote.map_or(last, |vote| vote.round);
	}
}
