//! Each rule of headers, at its bounds.

use crate::{
	core::Core,
	report::Report,
	tree::{child, mined, Tree},
	NOW,
};
use aitbc_bitcoin::{chain::FUTURE_SECONDS, Bits, BlockHash, Header, Network};

/// A fault, and a way to put it into a header whose rules hold.
type Fault = (&'static str, fn(&mut Header));

/// One fault of each kind that depends on the chain or the clock, in the order in which they are looked for.
const FAULTS: [Fault; 4] = [
	("wrong bits", |header| header.bits = Bits(0x207f_fffe)),
	("too old", |header| header.time = 1),
	("too new", |header| header.time = u32::MAX),
	("version 3", |header| header.version = 3),
];

/// Bits that are no target, that regtest's limit does not allow, or that are harder than they must be.
const WRONG_BITS: [u32; 8] =
	[0x207f_fffe, 0x2000_ffff, 0x1f7f_ffff, 0x217f_ffff, 0x2100_8000, 0x2080_0001, 0xff12_3456, 0];

/// Asks about headers by hand, on a new regtest chain.
pub fn compare(report: &mut Report, core: &Core) {
	report.title("Headers: each rule at its bounds, on regtest");
	core.set_time(NOW);
	let tree = Tree::genesis(Network::Regtest);
	let genesis = Network::Regtest.genesis().hash();
	let mut both = Both { report, core, tree, tip: genesis };
	both.extend();
	both.times();
	both.fields();
	both.two_faults();
	both.medians();
	let Both { tree, .. } = both;
	tree.compare(report, "height, work and median time of all that were accepted", core);
}

/// Core and this crate, which are asked the same.
struct Both<'a> {
	report: &'a mut Report,
	core: &'a Core,
	tree: Tree,
	/// What the headers follow.
	tip: BlockHash,
}

impl Both<'_> {
	/// Asks about a header.
	fn ask(&mut self, case: &str, header: &Header) {
		self.report.compare(case, self.core.judge(header), self.tree.judge(header, NOW));
	}

	/// Goes on by headers whose times go up and down, so that the median is none of the last.
	fn extend(&mut self) {
		for step in [10, 90, 20, 80, 30, 70, 40, 60, 50] {
			let header = mined(child(self.tip, NOW - 7_000 + step));
			self.ask(&format!("a header {step} s after a start"), &header);
			self.tip = header.hash();
		}
	}

	/// The median time, which a header must be later than, and the clock.
	fn times(&mut self) {
		let median = self.tree.get(self.tip).1.median().seconds();
		let latest = NOW + FUTURE_SECONDS;
		let times = [
			("exactly the median", median),
			("a second later", median + 1),
			("exactly two hours ahead", latest),
			("a second more", latest + 1),
		];
		for (case, time) in times {
			self.ask(&format!("time: {case}"), &mined(child(self.tip, time)));
		}
		self.core.set_time(NOW + 1);
		let header = mined(child(self.tip, latest + 1));
		let (told, ours) = (self.core.judge(&header), self.tree.judge(&header, NOW + 1));
		self.report.compare("time: the same when the clock is a second later", told, ours);
		self.core.set_time(NOW);
	}

	/// Everything else that a header has.
	fn fields(&mut self) {
		for version in [i32::MIN, -1, 0, 1, 2, 3, 4, 5, 0x2000_0000, i32::MAX] {
			let header = Header { version, ..child(self.tip, NOW + 1) };
			self.ask(&format!("version {version}"), &mined(header));
		}
		for bits in WRONG_BITS {
			let header = Header { bits: Bits(bits), ..child(self.tip, NOW) };
			self.ask(&format!("bits {bits:08x}"), &mined(header));
		}
		let mut unmined = child(self.tip, NOW + 2);
		while unmined.bits.check(unmined.hash(), Network::Regtest.limit()).is_ok() {
			unmined.nonce += 1;
		}
		self.ask("no proof of work", &unmined);
		self.ask("an unknown block before", &mined(child(BlockHash([9; 32]), NOW)));
	}

	/// Headers with two faults. Which one is found first is a rule as well: one that is too new may be right
	/// later.
	fn two_faults(&mut self) {
		for (place, (first, spoil)) in FAULTS.iter().enumerate() {
			for (second, spoil_more) in FAULTS.iter().skip(place + 1) {
				let mut header = child(self.tip, NOW);
				spoil(&mut header);
				spoil_more(&mut header);
				self.ask(&format!("{first} and {second}"), &mined(header));
			}
		}
	}

	/// Goes on by as many blocks as a median is of, and more, and asks at each for its bound.
	fn medians(&mut self) {
		for step in 1..=12 {
			let header = mined(child(self.tip, NOW + 100 * step));
			self.ask(&format!("{step} blocks on"), &header);
			self.tip = header.hash();
			let median = self.tree.get(self.tip).1.median().seconds();
			for time in [median, median + 1] {
				let case = format!("{step} blocks on, {} s after the median", time - median);
				self.ask(&case, &mined(child(self.tip, time)));
			}
		}
	}
}
