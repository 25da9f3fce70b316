//! Measures what the guard costs for each signature, and what another kind of file would.
//!
//! Usage: measure_guard FOLDER, on the disk that the node's data will be on. Files in it are overwritten.
//!
//! Prints median, 95th percentile and greatest time in microseconds. Does not show what the disk does while the node's
//! database writes as well.

use aitbc_core::Hash;
use aitbc_node_guard::{Guard, Kind, Position, Target, Tick, UnixTime, Vote};
use sp_application_crypto::key_types::{BABE, GRANDPA};
use sp_keystore::{testing::MemoryKeystore, Keystore};
use std::{
	error::Error,
	fs::{File, OpenOptions},
	io::Write,
	os::unix::fs::FileExt,
	path::Path,
	sync::Arc,
	thread::sleep,
	time::{Duration, Instant},
};

/// How often each is done.
const TIMES: u32 = 300;

/// How long the disk rests in between. A validator signs about once in a second.
const REST: Duration = Duration::from_millis(20);

/// What a record of one vote or slot would take in a log: key, position or slot, kind, target, checksum.
const ENTRY: [u8; 128] = [0x5a; 128];

/// What a page of a disk has at least.
const PAGE: [u8; 4096] = [0x5a; 4096];

fn main() -> Result<(), Box<dyn Error>> {
	let folder = std::env::args().nth(1).ok_or("usage: measure_guard FOLDER")?;
	let folder = Path::new(&folder);
	println!("{:34} {:>8} {:>8} {:>8}", "microseconds", "median", "95 %", "most");
	measure_guard(folder)?;
	measure_files(folder)
}

fn measure_guard(folder: &Path) -> Result<(), Box<dyn Error>> {
	let keystore = Arc::new(MemoryKeystore::new());
	let seed = format!("0x{}", "01".repeat(32));
	let babe = keystore.sr25519_generate_new(BABE, Some(&seed))?;
	let grandpa = keystore.ed25519_generate_new(GRANDPA, Some(&seed))?;
	let guard = Guard::open(folder, Hash::repeat_byte(0x11), keystore.clone())?;
	for second in 0..3 {
		guard.tick(Tick {
			now: UnixTime(second),
			uptime: Duration::from_secs(second),
			slot: second.into(),
			synced: true,
			best: 0,
			position: Some(Position { set: 0, round: 1 }),
		});
	}

	let vote = |index: u32| Vote {
		position: Position { set: 1_000, round: 1_000 + u64::from(index) },
		kind: Kind::Prevote,
		target: Target { hash: Hash::repeat_byte(0xab), number: index },
	};
	report("a vote without the guard", |index| {
		keystore.ed25519_sign(GRANDPA, &grandpa, &vote(index).payload())?.ok_or("no key")?;
		Ok(())
	})?;
	let guarded = guard.for_consensus();
	report("a vote with it", |index| {
		guarded.ed25519_sign(GRANDPA, &grandpa, &vote(index).payload())?.ok_or("refused")?;
		Ok(())
	})?;
	report("beginning a block", |index| {
		let slot = 1_000_000_000 + u64::from(index);
		guard.begin_slot(&babe.into(), slot.into())?.allow_seal(Hash::zero());
		Ok(())
	})?;
	report("a second of doing nothing", |index| {
		guard.tick(Tick {
			now: UnixTime(10),
			uptime: Duration::from_secs(10 + u64::from(index)),
			slot: 10.into(),
			synced: true,
			best: 1,
			position: Some(Position { set: 1_000, round: 1_000 }),
		});
		Ok(())
	})
}

/// What the guard could have done instead of replacing its file.
fn measure_files(folder: &Path) -> Result<(), Box<dyn Error>> {
	let mut log = OpenOptions::new().append(true).create(true).open(folder.join("log"))?;
	report("appending to a log, for comparison", |_| {
		log.write_all(&ENTRY)?;
		Ok(log.sync_data()?)
	})?;
	let slots = File::create(folder.join("slots"))?;
	slots.write_all_at(&PAGE, 0)?;
	slots.write_all_at(&PAGE, u64::try_from(PAGE.len())?)?;
	slots.sync_all()?;
	report("writing one of two places", |index| {
		slots.write_all_at(&PAGE, u64::from(index % 2) * u64::try_from(PAGE.len())?)?;
		Ok(slots.sync_data()?)
	})
}

/// Does `act` again and again, and prints how long it took.
fn report(
	what: &str,
	mut act: impl FnMut(u32) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
	let mut times = Vec::new();
	for index in 0..TIMES {
		sleep(REST);
		let began = Instant::now();
		act(index)?;
		times.push(began.elapsed().as_micros());
	}
	times.sort_unstable();
	let at = |percent: usize| times.get(percent * (times.len() - 1) / 100).copied().unwrap_or(0);
	println!("{what:34} {:8} {:8} {:8}", at(50), at(95), at(100));
	Ok(())
}
