//! Links that are slow and lose packets.

use aitbc_network_tests::{isolated, Conditions, Network, Report, Watch};
use std::time::{Duration, Instant};

/// For how many blocks a bad network is watched.
const MEASURED_BLOCKS: u64 = 15;

/// What the packets of a bad network live through.
const BAD: Conditions = Conditions { delay: Duration::from_millis(200), loss_percent: 5 };

#[test]
#[ignore = "takes three minutes: what is lost is sent again later and later"]
fn network_should_finalize_when_links_are_slow_and_lossy() {
	isolated(|| bad_links(4));
}

#[test]
#[ignore = "takes four minutes, and ten nodes"]
fn network_of_ten_should_finalize_when_links_are_slow_and_lossy() {
	isolated(|| bad_links(10));
}

/// Delays each packet, loses some, and sees whether validators keep up.
async fn bad_links(validators: usize) {
	let network = Network::of(validators).start().await;
	if !network.set_conditions(BAD) {
		println!("skipped: packets are delayed between namespaces, and there are none here");
		return;
	}
	let all: Vec<_> = (0..validators).collect();
	let Conditions { delay, loss_percent } = BAD;
	let mut report = Report::new(format!(
		"{validators} validators, each packet takes {} ms one way, and {loss_percent} % are lost",
		delay.as_millis()
	));
	let watch = Watch::new(&network);
	let begin = Instant::now();
	let height = network.finalized().await;
	network.wait_for_finalized_everywhere(height + MEASURED_BLOCKS).await;
	let ledger = network.agree().await;
	let node = &network.nodes[0];
	report.spread("finality lag", watch.finality_lag(begin.., &all));
	report.spread("propagation", watch.propagation(begin..));
	report.row("missed slots", ledger.slots(node, height, height + MEASURED_BLOCKS).await);
	report.row("heights at which all finalized the same", ledger.compared);
}
