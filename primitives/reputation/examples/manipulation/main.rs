//! What it costs to move an agent's score without deserving it.
//!
//! Prints a Markdown page part: the prices that are assumed, and a table of attacks. Each attack is
//! played against the crate's own functions, the ones that the chain uses; no formula is repeated
//! here. The output is the same on every machine. Run it with `scripts/simulate-manipulation`.

mod agent;
mod attacks;
mod prices;
mod search;
mod table;

fn main() {
	println!("{}", table::page(&attacks::all()));
}
