//! BIP 94's bound on how much earlier than the block before the first one of a period may be.
//!
//! Core can enforce it on regtest, where mining is easy; this crate has it on testnet4, where it is not. So Core
//! is asked about regtest's headers, and this crate about a real one whose work is enough for testnet4, after a
//! made-up block that is as much later.

use crate::{
	core::Core,
	report::Report,
	tree::{child, mined, word, Tree},
	NOW,
};
use aitbc_bitcoin::{
	chain::TIME_WARP_SECONDS,
	network::{PERIOD, PERIOD_SECONDS},
	ChainedHeader, Header, Network, Period, RecentTimes, Work,
};
use codec::{Decode, Encode};

/// Real headers, far harder than testnet4's: `vectors/README.md`.
const MAINNET: &[u8] = include_bytes!("../../vectors/mainnet-741793.bin");

/// How many seconds earlier than the block before.
const EARLIER: [u32; 5] =
	[0, TIME_WARP_SECONDS - 1, TIME_WARP_SECONDS, TIME_WARP_SECONDS + 1, 2 * TIME_WARP_SECONDS];

/// Mines a period on `strict`, which enforces BIP 94, and shows its headers to `plain`, which does not.
pub fn compare(report: &mut Report, plain: &Core, strict: &Core) {
	report.title("Time warp: regtest, and regtest with BIP 94");
	let mut tree = Tree::genesis(Network::Regtest);
	let address = strict.json("decodescript", &["51"])["segwit"]["address"].take();
	let address = address.as_str().expect("a script has an address").to_owned();
	strict.set_time(NOW);
	let mut hashes = strict.mine(PERIOD - 2, &address);
	// The last block of the period is so late that all times below are still after the median.
	let last = NOW + 6_000;
	strict.set_time(last);
	hashes.extend(strict.mine(1, &address));
	plain.set_time(last);
	let judged = hashes.iter().map(|hash| {
		let header = strict.header(*hash);
		(hash.to_string(), plain.judge(&header), tree.judge(&header, last))
	});
	report.compare_all("headers of a period", judged);

	let tip = strict.tip();
	for earlier in EARLIER {
		let header = mined(child(tip, last - earlier));
		let case = format!("first of a period, {earlier} s earlier");
		report.compare(&case, plain.judge(&header), tree.judge(&header, last));
		let case = format!("{case}, BIP 94");
		report.compare(&case, strict.judge(&header), on_testnet4(PERIOD - 1, earlier));
	}
	// The first header above is in both nodes' chains now.
	let first = mined(child(tip, last)).hash();
	for earlier in EARLIER {
		let header = mined(child(first, last - earlier));
		let case = format!("second of a period, {earlier} s earlier");
		report.compare(&case, plain.judge(&header), tree.judge(&header, last));
		let case = format!("{case}, BIP 94");
		report.compare(&case, strict.judge(&header), on_testnet4(PERIOD, earlier));
	}
	assert_eq!(tree.get(first).0.height(), PERIOD);
}

/// What this crate says of a header that follows the block at `height` of testnet4 and is this much earlier.
fn on_testnet4(height: u32, earlier: u32) -> String {
	let bytes = MAINNET.first_chunk().expect("there are headers");
	let header = Header::from_bytes(bytes);
	let time = header.time + earlier;
	// After a period of exactly two weeks its bits stay as they are.
	let period = Period { time: time - PERIOD_SECONDS, bits: header.bits };
	let before =
		(Network::Testnet4, height, header.previous, time, Work::default(), period).encode();
	let before = ChainedHeader::decode(&mut before.as_slice()).expect("it is one");
	let median = RecentTimes::new(header.time - 1).median();
	word(&before.next(&header, median, time))
}
