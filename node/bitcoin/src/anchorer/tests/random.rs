//! Whatever happens, in whatever order.

use super::world::{payload, try_step, Machine, World};
use crate::{
	anchorer::{AnchorerError, Problem, Report},
	fees::FeeRate,
};
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{RngSeed, TestRunner},
};
use std::{
	cell::RefCell,
	collections::BTreeSet,
	hash::{BuildHasher, RandomState},
	str::FromStr,
};

#[derive(Clone, Debug)]
enum Event {
	/// A step.
	Step,
	/// A step, during which the process ends after so many effects.
	EndingStep(u32),
	/// The process ends and starts.
	Restart,
	/// Something newer is due.
	Newer,
	/// The chain is done with all that is older than what is due.
	Close,
	/// The chain says that nothing is due, or takes it back.
	Toggle,
	/// A block with all that waits.
	Mine,
	/// A block with one transaction that a miner has kept.
	MineKept(usize),
	/// Blocks with nothing.
	MineEmpty(u32),
	/// The last blocks are replaced.
	Reorganize(usize, bool),
	/// Bitcoin Core is set up anew.
	Forget,
	/// Bitcoin Core keeps so many blocks only.
	Prune(u32),
	/// The mempool is emptied.
	Evict,
	/// Fees change, in satoshi for 1,000 virtual bytes.
	Fees(Option<u64>, u64),
	/// Bitcoin Core goes, or comes.
	Down(bool),
	/// A coin comes, and coins are looked for.
	Rescan,
	/// The coin that everything follows from is spent elsewhere, if it is there.
	SpendElsewhere,
}

fn event() -> impl Strategy<Value = Event> {
	prop_oneof![
		8 => Just(Event::Step),
		4 => (0_u32..40).prop_map(Event::EndingStep),
		1 => Just(Event::Restart),
		3 => Just(Event::Newer),
		1 => Just(Event::Close),
		1 => Just(Event::Toggle),
		4 => Just(Event::Mine),
		3 => any::<usize>().prop_map(Event::MineKept),
		1 => (1_u32..30).prop_map(Event::MineEmpty),
		1 => Just(Event::MineEmpty(100)),
		3 => (1_usize..6, any::<bool>()).prop_map(|(depth, keeps)| Event::Reorganize(depth, keeps)),
		1 => Just(Event::Forget),
		1 => (10_u32..300).prop_map(Event::Prune),
		2 => Just(Event::Evict),
		2 => (prop::option::of(1_000_u64..150_000), 1_000_u64..120_000)
			.prop_map(|(estimate, minimum)| Event::Fees(estimate, minimum)),
		1 => any::<bool>().prop_map(Event::Down),
		1 => Just(Event::Rescan),
		1 => Just(Event::SpendElsewhere),
	]
}

/// Notes the names of what a step came to.
fn note(seen: &mut BTreeSet<String>, outcome: &Result<Report, AnchorerError>) {
	let Ok(report) = outcome else {
		seen.insert("Error".into());
		return;
	};
	if !report.mined.is_empty() {
		seen.insert("Mined".into());
	}
	let problem = report.problem.as_ref().map(|problem| format!("{problem:?}"));
	for text in problem.into_iter().chain([format!("{:?}", report.action)]) {
		let name = text.split([' ', '{', '(']).next().unwrap();
		seen.insert(name.into());
	}
}

/// What a sequence happens to.
struct Play {
	world: World,
	machine: Machine,
	/// What is due, if something is.
	height: u32,
	is_due: bool,
	/// The chain is done with all that is lower.
	closed: u32,
}

impl Play {
	fn new() -> Self {
		let world = World::new();
		let machine = world.start();
		Self { world, machine, height: 20, is_due: true, closed: 0 }
	}

	fn step(&mut self) -> Result<Report, AnchorerError> {
		let closed = self.closed;
		let due = self.is_due.then(|| payload(self.height));
		self.machine.step(due, |payload| payload.height < closed)
	}

	fn take(&mut self, event: Event, seen: &mut BTreeSet<String>) {
		let world = self.world.clone();
		match event {
			Event::Step => {
				let outcome = self.step();
				note(seen, &outcome);
				if let Ok(report) = outcome {
					world.check_report(&report, self.machine.state());
				}
			},
			Event::EndingStep(fuse) => {
				world.0.borrow_mut().fuse = Some(fuse);
				drop(self.step());
				world.0.borrow_mut().fuse = None;
				self.machine = world.start();
			},
			Event::Restart => self.machine = world.start(),
			Event::Newer => self.height += 20,
			Event::Close => self.closed = self.height,
			Event::Toggle => self.is_due = !self.is_due,
			Event::Rescan => {
				world.fund(1_000_000);
				self.machine.rescan();
			},
			Event::SpendElsewhere => {
				if let Some(root) = self.machine.state().root.filter(|root| world.has(root)) {
					world.spend_elsewhere(root);
				}
			},
			outside => happen(&world, outside),
		}
		world.check();
		self.machine.state().check().unwrap();
	}

	/// Nothing bad happens any more: what is due must get into Bitcoin.
	fn finish(mut self) {
		let world = self.world.clone();
		{
			let mut inner = world.0.borrow_mut();
			inner.is_down = false;
			(inner.estimate, inner.minimum) = (None, FeeRate(1_000));
		}
		world.fund(1_000_000);
		self.machine.rescan();
		// What is due may be bound to a coin that is gone; what comes after is not.
		let last = payload(self.height + 20);
		for due in [payload(self.height), last] {
			for _ in 0..40 {
				let report = try_step(&mut self.machine, Some(due)).unwrap();
				if let Some(Problem::CoinMissing { .. }) = report.problem {
					// As the problem tells the operator to.
					self.machine.rescan();
				}
				world.check();
				world.mine();
			}
		}
		assert!(world.anchored().contains(&last), "{:?}", world.anchored());
		let report = try_step(&mut self.machine, None).unwrap();
		assert!(report.mined.iter().any(|mined| mined.payload == last));
	}
}

/// What happens outside of the process.
fn happen(world: &World, event: Event) {
	match event {
		Event::Mine => world.mine(),
		Event::MineKept(choice) => drop(world.mine_kept(choice)),
		Event::MineEmpty(count) => world.mine_empty(count),
		// The first block has the coin that all tests begin with.
		Event::Reorganize(depth, keeps) => {
			world.reorganize(depth.min(world.length() as usize), keeps);
		},
		Event::Forget => world.forget_stale(),
		Event::Prune(kept) => world.prune(kept),
		Event::Evict => world.evict(),
		Event::Fees(estimate, minimum) => {
			let mut inner = world.0.borrow_mut();
			inner.estimate = estimate.map(FeeRate);
			inner.minimum = FeeRate(minimum);
		},
		Event::Down(is_down) => world.0.borrow_mut().is_down = is_down,
		own => unreachable!("{own:?} happens to the process"),
	}
}

/// Lets all of it happen.
fn run(events: Vec<Event>, seen: &mut BTreeSet<String>) {
	let mut play = Play::new();
	events.into_iter().for_each(|event| play.take(event, seen));
	play.finish();
}

/// How many sequences are tried, unless PROPTEST_CASES says otherwise.
const SEQUENCES: u32 = 256;

/// A number in the environment.
fn given<T: FromStr>(name: &str) -> Option<T> {
	std::env::var(name).ok()?.parse().ok()
}

fn config(cases: u32, seed: u64) -> ProptestConfig {
	let rng_seed = RngSeed::Fixed(seed);
	ProptestConfig { cases, failure_persistence: None, rng_seed, ..Default::default() }
}

#[test]
fn payloads_should_be_mined_once_whatever_happens() {
	let cases = given("PROPTEST_CASES").unwrap_or(SEQUENCES);
	let seed = given("PROPTEST_RNG_SEED").unwrap_or_else(|| RandomState::new().hash_one(0));
	let outcome = TestRunner::new(config(cases, seed)).run(&vec(event(), 1..80), |events| {
		run(events, &mut BTreeSet::new());
		Ok(())
	});
	if let Err(error) = outcome {
		panic!(
			"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases} \
			 cargo test --release -p aitbc-node-bitcoin random"
		);
	}
}

/// The control of the test above: its sequences come as far as all that can happen.
#[test]
fn sequences_should_reach_all_that_can_happen() {
	let seen = RefCell::new(BTreeSet::new());
	let outcome = TestRunner::new(config(100, 1)).run(&vec(event(), 40..80), |events| {
		run(events, &mut seen.borrow_mut());
		Ok(())
	});
	outcome.unwrap();
	let expected = [
		"Bound",
		"CapBinds",
		"CoinMissing",
		"Error",
		"Followed",
		"Mined",
		"Nothing",
		"Rejected",
		"Replaced",
		"Sent",
	];
	assert_eq!(seen.into_inner(), expected.map(str::to_owned).into());
}
