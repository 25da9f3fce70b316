//! More than a network wants: transactions and peers.

use aitbc_network_tests::{flood, isolated, transfers, Network, Report, Watch};
use std::time::Instant;
use tokio::{io::AsyncWriteExt, net::TcpStream};

/// How many blocks must be finalized during a flood.
const MEASURED_BLOCKS: u64 = 10;

/// How many connections strangers open to one node.
const STRANGERS: usize = 800;

#[test]
#[ignore = "takes two minutes"]
fn network_should_finalize_when_transactions_flood_it() {
	isolated(transactions);
}

#[test]
#[ignore = "takes two minutes"]
fn node_should_keep_its_peers_when_strangers_dial_it() {
	isolated(strangers);
}

/// Sends as many transfers as pools take.
async fn transactions() {
	let network = Network::of(4).start().await;
	let mut report = Report::new("transactions flood 4 validators");
	let watch = Watch::new(&network);
	let signed = transfers(&network.nodes[0]).await;
	let nodes: Vec<_> = network.running().collect();
	let all: Vec<_> = (0..nodes.len()).collect();
	let begin = Instant::now();
	let height = network.finalized().await;
	let taken = flood(&nodes, &signed).await;
	let sent = begin.elapsed();
	network.wait_for_finalized_everywhere(height + MEASURED_BLOCKS).await;
	let ledger = network.agree().await;
	let last = height + MEASURED_BLOCKS;
	let done = ledger.events(&network.nodes[0], height + 1, last, &["Balances"]).await;
	let done = done.iter().filter(|event| event.name == "Transfer").count();
	assert!(done > 0, "transfers get into blocks");
	report.row("transfers sent, taken by pools", format_args!("{}, {taken}", signed.len()));
	report.time("within", sent);
	report.row(format!("transfers in {MEASURED_BLOCKS} finalized blocks"), done);
	report.spread("finality lag", watch.finality_lag(begin.., &all));
	report.spread("propagation", watch.propagation(begin..));
	report.row("missed slots", ledger.slots(&network.nodes[0], height, last).await);
	report.row("heights at which all finalized the same", ledger.compared);
}

/// Opens many connections to one validator: half of them say nothing, half of them nonsense.
async fn strangers() {
	const NONSENSE: &[u8] = b"\x13/multistream/1.0.0\n and then nothing that makes sense\n";
	let network = Network::of(4).start().await;
	let mut report = Report::new("strangers dial one of 4 validators");
	let node = &network.nodes[0];
	let before = node.peers().await;
	let height = network.finalized().await;
	let (mut held, mut refused) = (Vec::new(), 0);
	for number in 0..STRANGERS {
		let Ok(mut stream) = TcpStream::connect(node.peer_socket()).await else {
			refused += 1;
			continue;
		};
		if number % 2 == 0 {
			let _ = stream.write_all(NONSENSE).await;
		}
		held.push(stream);
	}
	assert!(held.len() > STRANGERS / 2, "{refused} of {STRANGERS} were refused at once");
	network.wait_for_finalized_everywhere(height + MEASURED_BLOCKS).await;
	let after = node.peers().await;
	assert_eq!(after, before, "the validators stay connected");
	let ledger = network.agree().await;
	report.row("connections opened, refused", format_args!("{}, {refused}", held.len()));
	report.row("peers before, after", format_args!("{before}, {after}"));
	let slots = ledger.slots(node, height, height + MEASURED_BLOCKS).await;
	report.row("missed slots", slots);
	report.row("heights at which all finalized the same", ledger.compared);
}
