//! Where each network begins, and all headers of BIP 54 by the rules of mainnet.

use crate::{core::Core, report::Report, tree::Tree};
use aitbc_bitcoin::{Header, Network};

/// Chains of BIP 54 with real proofs of work, retargets and times that jump: `vectors/README.md`.
const BIP54: &[u8] = include_bytes!("../../vectors/bip54-timestamps.bin");

/// Asks nodes of the public networks, which are connected to nobody.
pub fn compare(report: &mut Report, start: impl Fn(&str, &[&str]) -> Core) {
	report.title("Networks: their first blocks, and BIP 54's headers on mainnet");
	for network in Network::ALL {
		// A node that would keep all blocks warns that there is no room for them.
		let core = start(network.name(), &["-prune=550"]);
		let genesis = core.header(core.tip());
		let case = format!("{network}: the first header");
		let bytes = |header: Header| hex::encode(header.to_bytes());
		report.compare_long(&case, bytes(genesis), bytes(network.genesis()));
		let mut tree = Tree::genesis(network);
		tree.compare(report, &format!("{network}: its height, work and median time"), &core);
		if network == Network::Mainnet {
			chains_of_bip54(report, &core, &mut tree);
		}
	}
}

fn chains_of_bip54(report: &mut Report, core: &Core, tree: &mut Tree) {
	let (headers, _) = BIP54.as_chunks::<80>();
	// They are older than any clock that a node can have now, and the node keeps the machine's.
	let judged = headers.iter().skip(1).map(|bytes| {
		let header = Header::from_bytes(bytes);
		(header.hash().to_string(), core.judge(&header), tree.judge(&header, u32::MAX))
	});
	report.compare_all("main: headers of BIP 54", judged);
	tree.compare(report, "main: their heights, work and median times", core);
}
