//! Headers by chance, on top of each other.

use crate::{
	core::Core,
	report::{Report, ACCEPTED},
	tree::{child, mined, Tree, REGTEST_BITS},
	NOW,
};
use aitbc_bitcoin::{chain::FUTURE_SECONDS, Bits, BlockHash, Header, Network};

/// How many headers are asked about.
const COUNT: u32 = 2_000;

/// Numbers by chance: SplitMix64 (Steele, Lea and Flood, 2014).
struct Chance(u64);

impl Chance {
	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// A number below `end`.
	fn below(&mut self, end: usize) -> usize {
		usize::try_from(self.next() % end as u64).unwrap_or_default()
	}

	fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
		values[self.below(values.len())]
	}

	fn any(&mut self) -> u32 {
		self.next() as u32
	}
}

/// Builds a tree of random headers on regtest, most of them valid. The seed makes it again.
pub fn compare(report: &mut Report, core: &Core, seed: u64) {
	report.title(&format!("Random headers on regtest: scripts/compare-bitcoind {seed}"));
	let mut chance = Chance(seed);
	let mut tree = Tree::genesis(Network::Regtest);
	let mut known = vec![Network::Regtest.genesis().hash()];
	let mut accepted = 0;
	core.set_time(NOW);
	let judged = (0..COUNT).map(|number| {
		let header = header(&mut chance, &tree, &known);
		let (told, ours) = (core.judge(&header), tree.judge(&header, NOW));
		if told == ACCEPTED && ours == ACCEPTED {
			accepted += 1;
			known.push(header.hash());
		}
		(format!("number {number}, {header:?}"), told, ours)
	});
	report.compare_all("random headers", judged.collect::<Vec<_>>());
	tree.compare(report, &format!("height, work and median time of the {accepted} accepted"), core);
}

/// A header whose every field may be wrong, on one of the known, mostly a late one.
fn header(chance: &mut Chance, tree: &Tree, known: &[BlockHash]) -> Header {
	let newest = &known[known.len().saturating_sub(5)..];
	let previous = match chance.below(20) {
		0..15 => chance.one_of(newest),
		_ => chance.one_of(known),
	};
	let (parent, times) = tree.get(previous);
	let (median, latest) = (times.median().seconds(), NOW + FUTURE_SECONDS);
	let time = match chance.below(20) {
		0 => chance.any(),
		1 => chance.one_of(&[0, 1, u32::MAX, median, latest + 1]),
		2 => latest,
		3 => median + 1,
		4 => parent.time(),
		5..8 => parent.time().saturating_sub(chance.any() % 2_000),
		_ => parent.time() + chance.any() % 50,
	};
	let version = match chance.below(20) {
		0 => chance.one_of(&[i32::MIN, -1, 0, 1, 2, 3, i32::MAX]),
		1 => chance.any().cast_signed(),
		_ => 4,
	};
	let bits = match chance.below(20) {
		0 => {
			Bits(chance.one_of(&[0x207f_fffe, 0x2000_ffff, 0x1f7f_ffff, 0x2100_8000, 0x2080_0001]))
		},
		_ => REGTEST_BITS,
	};
	let header = Header { version, bits, nonce: chance.any(), ..child(previous, time) };
	match chance.below(20) {
		0 => header,
		1 => mined(Header { previous: BlockHash([9; 32]), ..header }),
		_ => mined(header),
	}
}
