//! Whatever happens, in whatever order: nothing is signed twice.

mod network;

use crate::file::memory::Fate;
use network::{Database, Machine, Network};
use proptest::{
	collection::vec,
	prelude::*,
	strategy::ValueTree,
	test_runner::{RngSeed, TestRunner},
};
use std::{
	hash::{BuildHasher, RandomState},
	str::FromStr,
};

/// What happens. Machines are 0 and, if there is a twin, 1.
#[derive(Clone, Debug)]
enum Event {
	/// Seconds pass.
	Pass(u64),
	/// A voter casts its next vote, or proposes first.
	Vote { machine: usize, number: u32, proposes: bool },
	/// A voter casts a vote in the round that it has left.
	VoteLate { machine: usize, number: u32 },
	/// An author makes a block.
	Author { machine: usize, number: u32 },
	/// A database gets to the disk.
	Flush(usize),
	/// A node ends. If it is killed, what is not on the disk is lost.
	Stop { machine: usize, is_killed: bool },
	/// A node starts, is synced after so many seconds, and has caught up after some more.
	Start { machine: usize, delays: (u64, u64) },
	/// The next write of a guard file fails.
	WriteFails { machine: usize, fate: Fate },
	/// The others get on without this validator, or they do not.
	Live(bool),
	/// A copy is made of the disk of machine 0.
	Copy,
	/// The disk of machine 0 is replaced by the last copy, which takes so many seconds.
	Restore(u64),
}

fn event(machines: usize) -> impl Strategy<Value = Event> {
	let machine = || 0..machines;
	let number = || 0..4_u32;
	let fate = prop_oneof![Just(Fate::FailsBefore), Just(Fate::FailsAfter)];
	prop_oneof![
		12 => (1..6_u64).prop_map(Event::Pass),
		1 => (10..40_u64).prop_map(Event::Pass),
		30 => (machine(), number(), prop::bool::weighted(0.2))
			.prop_map(|(machine, number, proposes)| Event::Vote { machine, number, proposes }),
		6 => (machine(), number()).prop_map(|(machine, number)| Event::VoteLate { machine, number }),
		8 => (machine(), number()).prop_map(|(machine, number)| Event::Author { machine, number }),
		6 => machine().prop_map(Event::Flush),
		3 => (machine(), any::<bool>())
			.prop_map(|(machine, is_killed)| Event::Stop { machine, is_killed }),
		6 => (machine(), (0..5_u64, 0..6_u64))
			.prop_map(|(machine, delays)| Event::Start { machine, delays }),
		1 => (machine(), fate).prop_map(|(machine, fate)| Event::WriteFails { machine, fate }),
		1 => any::<bool>().prop_map(Event::Live),
	]
}

/// The same with copies of the disk.
fn event_with_copies() -> impl Strategy<Value = Event> {
	prop_oneof![
		40 => event(1),
		1 => Just(Event::Copy),
		1 => (15..40_u64).prop_map(Event::Restore),
		1 => (600..2_000_u64).prop_map(Event::Restore),
	]
}

struct Play {
	network: Network,
	machines: Vec<Machine>,
	copy: Option<(Option<Vec<u8>>, Database)>,
	failed_writes: usize,
}

impl Play {
	/// A network in which machine 0 has just voted for the first time. The others go on without it.
	fn new(is_guarded: bool) -> Self {
		let machines = vec![Machine::new(is_guarded)];
		let mut play = Self { network: Network::live(), machines, copy: None, failed_writes: 0 };
		play.take(Event::Start { machine: 0, delays: (0, 0) });
		play.pass(130);
		play
	}

	fn pass(&mut self, seconds: u64) {
		for _ in 0..seconds {
			self.network.pass();
			for machine in &mut self.machines {
				machine.pass(&self.network);
			}
		}
	}

	fn take(&mut self, event: Event) {
		let Self { network, machines, copy, .. } = self;
		match event {
			Event::Pass(seconds) => self.pass(seconds),
			Event::Vote { machine, number, proposes } => {
				machines[machine].vote(network, number, proposes);
			},
			Event::VoteLate { machine, number } => machines[machine].vote_late(network, number),
			Event::Author { machine, number } => machines[machine].author(network, number),
			Event::Flush(machine) => machines[machine].flush(),
			Event::Stop { machine, is_killed } => machines[machine].stop(is_killed),
			Event::Start { machine, delays } => machines[machine].start(network, delays),
			Event::WriteFails { machine, fate } => {
				machines[machine].disk.decide(fate);
				self.failed_writes += 1;
			},
			Event::Live(is_live) => network.is_live = is_live,
			Event::Copy => {
				machines[0].flush();
				*copy = Some((machines[0].disk.file(), machines[0].database.clone()));
			},
			Event::Restore(seconds) => {
				let Some((file, database)) = copy.clone() else { return };
				machines[0].stop(true);
				machines[0].disk.restore(file);
				machines[0].database = database;
				self.pass(seconds);
			},
		}
	}

	/// Lets everything come to rest, and says whether machine 0 votes in the end.
	fn votes_at_last(&mut self) -> bool {
		self.network.is_live = true;
		self.machines[0].disk.decide(Fate::Done);
		self.take(Event::Start { machine: 0, delays: (1, 1) });
		self.pass(150);
		for _ in 0..10 {
			self.pass(3);
			for _ in 0..3 {
				self.take(Event::Vote { machine: 0, number: 1, proposes: false });
			}
		}
		let last = self.network.last_vote();
		last.is_some_and(|last| {
			let now = self.network.position();
			last.set == now.set && last.round + 3 >= now.round
		}) || self.network.position().round <= 3
	}
}

/// How many sequences are tried, unless PROPTEST_CASES says otherwise.
const SEQUENCES: u32 = 64;

/// A number in the environment.
fn given<T: FromStr>(name: &str) -> Option<T> {
	std::env::var(name).ok()?.parse().ok()
}

/// Tries that share of the sequences of events, and prints how to try them again when one fails.
fn for_all(
	share: u32,
	events: impl Strategy<Value = Vec<Event>>,
	test: impl Fn(Vec<Event>) -> Result<(), TestCaseError>,
) {
	let sequences = given("PROPTEST_CASES").unwrap_or(SEQUENCES);
	let cases = sequences.div_ceil(share);
	let seed = given("PROPTEST_RNG_SEED").unwrap_or_else(|| RandomState::new().hash_one(0));
	let rng_seed = RngSeed::Fixed(seed);
	let config =
		ProptestConfig { cases, failure_persistence: None, rng_seed, ..Default::default() };
	if let Err(error) = TestRunner::new(config).run(&events, test) {
		panic!(
			"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={sequences} \
			 cargo test --release -p aitbc-node-guard simulation"
		);
	}
}

#[test]
fn nothing_should_be_signed_twice_when_the_node_is_killed_and_started() {
	for_all(1, vec(event(1), 1..400), |events| {
		let mut play = Play::new(true);
		events.into_iter().for_each(|event| play.take(event));

		prop_assert_eq!(&play.network.offences, &Vec::<String>::new());
		prop_assert_eq!(play.network.proposals, 0);
		// The guard ends no voter, unless it can't write.
		prop_assert!(play.machines[0].ends <= play.failed_writes);
		prop_assert!(play.votes_at_last(), "it does not vote in the end");
		prop_assert_eq!(&play.network.offences, &Vec::<String>::new());
		Ok(())
	});
}

#[test]
fn nothing_should_be_signed_twice_when_old_disks_are_restored() {
	for_all(1, vec(event_with_copies(), 1..400), |events| {
		let mut play = Play::new(true);
		events.into_iter().for_each(|event| play.take(event));

		prop_assert_eq!(&play.network.offences, &Vec::<String>::new());
		prop_assert!(play.votes_at_last(), "it does not vote in the end");
		prop_assert_eq!(&play.network.offences, &Vec::<String>::new());
		Ok(())
	});
}

/// A twin that is started from a copy of the disk, or of the keys alone, while machine 0 signs.
fn play_with_twin(events: Vec<Event>, is_guarded: bool, has_file: bool) -> Play {
	let mut play = Play::new(is_guarded);
	for _ in 0..10 {
		play.pass(3);
		sign_with_the_first(&mut play);
	}
	play.take(Event::Stop { machine: 0, is_killed: false });
	let mut twin = Machine::new(is_guarded);
	if has_file {
		twin.database = play.machines[0].database.clone();
		twin.disk.restore(play.machines[0].disk.file());
	}
	// Meanwhile the file gets old.
	play.network.skip(700);
	play.take(Event::Start { machine: 0, delays: (0, 1) });
	play.pass(130);
	sign_with_the_first(&mut play);
	play.machines.push(twin);
	play.take(Event::Start { machine: 1, delays: (0, 3) });
	for event in events {
		play.take(event);
		// The first never rests: what does not sign can't be seen.
		play.take(Event::Start { machine: 0, delays: (0, 1) });
		sign_with_the_first(&mut play);
	}
	play
}

fn sign_with_the_first(play: &mut Play) {
	let number = u32::try_from(play.network.now).unwrap();
	play.take(Event::Vote { machine: 0, number, proposes: false });
	play.take(Event::Vote { machine: 0, number, proposes: false });
	play.take(Event::Author { machine: 0, number });
}

/// Like [`event`], for a network in which finality goes on and only the twin is killed.
fn event_of_twins() -> impl Strategy<Value = Event> {
	event(2).prop_map(|event| match event {
		Event::Live(_) | Event::Stop { machine: 0, .. } | Event::WriteFails { machine: 0, .. } => {
			Event::Pass(3)
		},
		event => event,
	})
}

#[test]
fn nothing_should_be_signed_twice_when_a_twin_starts_from_an_old_disk_or_the_keys() {
	// Two nodes run, and one of them waits for minutes.
	for_all(4, vec(event_of_twins(), 1..200), |events| {
		for has_file in [true, false] {
			let play = play_with_twin(events.clone(), true, has_file);
			prop_assert_eq!(&play.network.offences, &Vec::<String>::new());
		}
		Ok(())
	});
}

#[test]
fn twin_should_know_that_it_is_one_when_it_was_let_to_look() {
	let events = vec![Event::Pass(3); 60];
	for has_file in [true, false] {
		let play = play_with_twin(events.clone(), true, has_file);
		assert!(play.machines[1].is_running() && play.machines[1].has_twin());
		assert!(play.machines[0].is_running() && !play.machines[0].has_twin());
	}
}

/// The control of the tests above: without the guard, the same sequences sign twice.
#[test]
fn much_should_be_signed_twice_when_the_guard_is_disabled() {
	let mut runner = TestRunner::new(ProptestConfig {
		rng_seed: RngSeed::Fixed(1),
		failure_persistence: None,
		..Default::default()
	});
	let mut sample = |event: BoxedStrategy<Event>| -> Vec<Event> {
		vec(event, 300).new_tree(&mut runner).unwrap().current()
	};
	let (mut killed, mut restored, mut twins) = (0, 0, 0);
	for _ in 0..20 {
		for (event, count) in
			[(event(1).boxed(), &mut killed), (event_with_copies().boxed(), &mut restored)]
		{
			let mut play = Play::new(false);
			sample(event).into_iter().for_each(|event| play.take(event));
			*count += usize::from(!play.network.offences.is_empty());
		}
		let events = sample(event_of_twins().boxed());
		let play = play_with_twin(events, false, true);
		twins += usize::from(!play.network.offences.is_empty());
	}
	assert!(killed > 5, "{killed} of 20 with kills");
	assert!(restored > 5, "{restored} of 20 with old disks");
	assert_eq!(twins, 20, "with twins");
}
