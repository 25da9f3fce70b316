//! What it takes to buy a ruling.
//!
//! Draws juries of every round with the pool's own tree, and prices them with the runtime's own
//! parameters, as they are in production before governance changes any. `scripts/simulate-court` runs
//! it; docs/disputes.md has what it prints and what that does not show.

use aitbc_core::{money::AIT, Round};
use aitbc_runtime::{Balance, Runtime};
use frame_support::traits::Get;
use pallet_disputes::Config as Disputes;
use pallet_jurors::{
	tree::{Node, NodeStore, SumTree},
	SlotIndex,
};
use sp_io::hashing::blake2_128;
use sp_runtime::Perbill;
use std::collections::BTreeMap;

/// From what all draws are derived. The same table comes out each time.
const SEED: u64 = 1;

/// How many juries are drawn for each number of the first table.
const TRIALS: u32 = 20_000;

/// How many honest jurors there are, each with the same weight.
const HONEST: u32 = 100;

/// What an honest juror has bonded, in AIT.
const HONEST_BOND: u32 = 1_000;

/// What part of the pool's weight the attacker has, in percent.
const SHARES: [u32; 7] = [5, 10, 20, 33, 40, 50, 60];

/// How many times the attacker may have the jury drawn: a block withheld at the end of the epoch whose
/// randomness is used doubles them.
const TRIES: [u32; 4] = [1, 2, 4, 8];

/// Keeps the tree in memory.
#[derive(Default)]
struct Memory(BTreeMap<(u8, u32), Node>);

impl NodeStore for Memory {
	fn node(&self, level: u8, index: u32) -> Node {
		self.0.get(&(level, index)).copied().unwrap_or_default()
	}

	fn set_node(&mut self, level: u8, index: u32, node: Node) {
		self.0.insert((level, index), node);
	}
}

/// The court's parameters.
struct Court {
	/// How many seats each round has.
	seats: Vec<u32>,
	/// What a seat is paid, in plancks.
	fee: Balance,
	/// What a seat has at risk, in plancks.
	stake: Balance,
	/// How much of it a seat loses that is not coherent.
	slash: Perbill,
}

impl Court {
	fn of_production() -> Self {
		let rounds = 0..=<Runtime as Disputes>::MaxAppeals::get();
		Self {
			seats: rounds
				.map(|round| pallet_disputes::Pallet::<Runtime>::seats_of(Round(round)))
				.collect(),
			fee: <Runtime as Disputes>::SeatFee::get(),
			stake: <Runtime as Disputes>::SeatStake::get(),
			slash: <Runtime as Disputes>::IncoherentSlash::get(),
		}
	}
}

/// A pool in which the attacker has the slot behind all honest ones, and `percent` of the weight.
fn pool(percent: u32) -> SumTree<Memory> {
	let mut tree = SumTree(Memory::default());
	let honest = Balance::from(100 - percent) * AIT;
	for slot in 0..HONEST {
		tree.set(SlotIndex(slot), honest);
	}
	tree.set(SlotIndex(HONEST), Balance::from(percent * HONEST) * AIT);
	tree
}

/// In which part of all juries of so many seats the attacker has the majority.
fn majorities(tree: &SumTree<Memory>, seats: u32) -> f64 {
	let total = tree.total();
	let is_bought = |trial: &u32| {
		let own = (0..seats).filter(|seat| {
			let bytes =
				[&SEED.to_le_bytes()[..], &trial.to_le_bytes(), &seat.to_le_bytes()].concat();
			let point = Balance::from_le_bytes(blake2_128(&bytes)) % total;
			tree.find(point) == Some(SlotIndex(HONEST))
		});
		own.count() as u32 > seats / 2
	};
	(0..TRIALS).filter(is_bought).count() as f64 / f64::from(TRIALS)
}

/// The chance of a majority, calculated: that of more than a half of `seats` successes.
fn chance(share: f64, seats: u32) -> f64 {
	let binomial = |hits: u32| {
		let ways =
			(0..hits).fold(1.0, |ways, one| ways * f64::from(seats - one) / f64::from(one + 1));
		ways * share.powi(hits as i32) * (1.0 - share).powi((seats - hits) as i32)
	};
	(seats / 2 + 1..=seats).map(binomial).sum()
}

fn ait(amount: Balance) -> String {
	format!("{:.0}", amount as f64 / AIT as f64)
}

/// What share of the pool gives which chance of a majority, and what it costs to have it.
fn print_shares(court: &Court) {
	let others = HONEST * HONEST_BOND;
	let rounds: Vec<_> = court.seats.iter().map(|seats| format!("{seats} seats")).collect();
	println!("Chance of a majority, drawn {TRIALS} times (calculated), beside jurors with {others} AIT:\n");
	println!(
		"| share of the weight | bond, all of the same reputation | bond, others' lower bound one half, \
		 own none | {} |",
		rounds.join(" | ")
	);
	println!("|---|---|---|{}", "---|".repeat(rounds.len()));
	for percent in SHARES {
		let tree = pool(percent);
		let bond = f64::from(others * percent) / f64::from(100 - percent);
		let cells: Vec<_> = court
			.seats
			.iter()
			.map(|seats| {
				let (drawn, calculated) =
					(majorities(&tree, *seats), chance(f64::from(percent) / 100.0, *seats));
				format!("{:.2} % ({:.2} %)", 100.0 * drawn, 100.0 * calculated)
			})
			.collect();
		println!("| {percent} % | {bond:.0} AIT | {:.0} AIT | {} |", 2.0 * bond, cells.join(" | "));
	}
}

/// What withholding blocks adds to the chance in the first round.
fn print_tries(court: &Court) {
	let first = court.seats.first().copied().unwrap_or_default();
	let tries: Vec<_> = TRIES.iter().map(|tries| format!("{tries}")).collect();
	println!("\nChance of a majority of {first} seats when the attacker may choose among so many draws:\n");
	println!("| share of the weight | {} |", tries.join(" | "));
	println!("|---|{}", "---|".repeat(TRIES.len()));
	for percent in SHARES {
		let one = chance(f64::from(percent) / 100.0, first);
		let cells: Vec<_> = TRIES
			.iter()
			.map(|tries| format!("{:.2} %", 100.0 * (1.0 - (1.0 - one).powi(*tries as i32))))
			.collect();
		println!("| {percent} % | {} |", cells.join(" | "));
	}
}

/// What it costs to bribe a majority of each round, of jurors who think that it may be overturned.
fn print_bribes(court: &Court) {
	let Court { seats, fee, stake, slash } = court;
	let risk = *slash * *stake;
	println!(
		"\nBribing a majority of each round, at {} AIT for what a seat gives up and {} AIT for what it \
		 risks:\n",
		ait(*fee),
		ait(risk)
	);
	println!(
		"| round | seats | a majority | its bonds at risk | bribes, this round | bribes so far | \
		 stakes of the bribed side so far |"
	);
	println!("|---|---|---|---|---|---|---|");
	let (mut bribes, mut stakes) = (0, 0);
	for (round, seats) in seats.iter().enumerate() {
		let majority = Balance::from(seats / 2 + 1);
		let bribe = majority * (fee + risk);
		bribes += bribe;
		stakes += fee * Balance::from(*seats);
		println!(
			"| {round} | {seats} | {majority} | {} AIT | {} AIT | {} AIT | {} AIT |",
			ait(majority * stake),
			ait(bribe),
			ait(bribes),
			ait(stakes)
		);
	}
}

fn main() {
	let court = sp_io::TestExternalities::default().execute_with(Court::of_production);
	print_shares(&court);
	print_tries(&court);
	print_bribes(&court);
}
