//! More than a network wants: transactions and peers.

use aitbc_network_tests::{
	isolated, send_tipped_transfer, wait_until, BlockLoad, Flood, Isolation, Ledger, Network, Node,
	Offers, Report, Strangers, Watch,
};
use std::{
	cell::Cell,
	collections::BTreeSet,
	time::{Duration, Instant},
};
use tokio::{io::AsyncWriteExt, net::TcpStream};

/// How many blocks must be finalized during a flood.
const MEASURED_BLOCKS: u64 = 10;

/// How late 95 of 100 blocks may be finalized: ten slots. Without a load it takes three; a network that
/// lost its step takes ever more.
const LONGEST_LAG: Duration = Duration::from_secs(30);

/// How many transactions a pool holds. It drops those in blocks when these are final, so it has room
/// for what five blocks hold until then, and for the next one.
const POOL_LIMIT: &str = "1600";

/// How full the fullest block must be, in percent of what users may fill. One that has no room for another
/// transaction of the flood is fuller.
const FULL: u128 = 75;

/// What the transfer of a user in a hurry pays above its fee, in plancks: 0.001 AIT.
const TIP: u128 = 1_000_000_000;

/// Which validator is dialed.
const DIALED: usize = 0;

/// How many connections are opened to one node that never get to a handshake.
const CONNECTIONS: usize = 800;

/// How many peers a node has, as its options `--in-peers` and `--out-peers` are unless one sets them: that
/// dialed it, and that it dialed.
const IN_PEERS: usize = 32;
const OUT_PEERS: usize = 8;

/// How many nodes dial one validator: twice as many as it lets in.
const STRANGERS: u64 = 64;

#[test]
#[ignore = "takes two minutes"]
fn network_should_finalize_when_transactions_flood_it() {
	isolated(transactions);
}

#[test]
#[ignore = "takes three minutes"]
fn node_should_keep_its_peers_when_strangers_dial_it() {
	isolated(strangers);
}

/// Keeps all pools full, and has a user who pays a tip get a transfer through.
async fn transactions() {
	let network = Network::of(4).arguments(&["--pool-limit", POOL_LIMIT]).start().await;
	let mut report = Report::new("transactions flood 4 validators");
	let watch = Watch::new(&network);
	let nodes: Vec<_> = network.running().collect();
	let all: Vec<_> = (0..nodes.len()).collect();
	let flood = Flood::prepare(&nodes).await;
	let begin = Instant::now();
	let measured = flood.during(&nodes, async {
		let none = vec![Offers::default(); nodes.len()];
		wait_until("the pools to be full", || overflow(&flood, &none)).await;
		let (full, before, height) = (Instant::now(), flood.offers(), network.finalized().await);
		network.wait_for_finalized_everywhere(height + MEASURED_BLOCKS / 2).await;
		let sent = Instant::now();
		send_tipped_transfer(nodes[0], "//Bob", TIP).await;
		let paid = sent.elapsed();
		network.wait_for_finalized_everywhere(height + MEASURED_BLOCKS).await;
		// Each pool overflows again, so it was not drained meanwhile.
		wait_until("the pools to be full still", || overflow(&flood, &before)).await;
		(full, height, paid)
	});
	let (full, height, paid) = measured.await;
	let flooded = begin.elapsed();

	let last = height + MEASURED_BLOCKS;
	let ledger = network.agree().await;
	let lag = watch.finality_lag(full.., &all).expect("blocks are finalized");
	assert!(lag.p95 <= LONGEST_LAG, "finality falls behind: {lag}");
	let loads = ledger.loads(nodes[0], height + 1, last).await;
	let fullest = loads.iter().max_by_key(|load| load.percent).expect("there are blocks");
	assert!(fullest.percent >= FULL, "the fullest block is filled to {} %", fullest.percent);
	assert_transfers_succeed(&ledger, nodes[0], fullest.block).await;

	let Offers { taken, too_many, otherwise_refused, invalid } = flood.all_offers();
	report.time("the flood took", flooded);
	report.row("valid transactions taken", taken);
	report.row("refused by full pools", too_many);
	report.row("refused for another reason", otherwise_refused);
	report.row("invalid transactions, all refused", invalid);
	report_blocks(&mut report, &loads);
	report.time("from sending a transfer with a tip until it is finalized", paid);
	report.spread("finality lag", Some(lag));
	report.spread("propagation", watch.propagation(full..));
	report.row("missed slots", ledger.slots(nodes[0], height, last).await);
	report.row("heights at which all finalized the same", ledger.compared);
}

/// Gives something once each node has refused a transaction for its full pool since `before`.
async fn overflow(flood: &Flood, before: &[Offers]) -> Option<()> {
	let offers = flood.offers();
	let overflows = |(now, before): (&Offers, &Offers)| now.too_many > before.too_many;
	offers.iter().zip(before).all(overflows).then_some(())
}

/// Checks that a full block is full of what its senders wanted.
async fn assert_transfers_succeed(ledger: &Ledger, node: &Node, block: u64) {
	let events = ledger.events(node, block, block, &["System", "Utility"]).await;
	let count = |name: &str| events.iter().filter(|event| event.name == name).count();
	assert_eq!(count("ExtrinsicFailed"), 0, "transactions of block {block} fail");
	assert!(count("BatchCompleted") > 0, "block {block} has no transaction of the flood");
}

/// Says how many transactions blocks have, and how full they are.
fn report_blocks(report: &mut Report, loads: &[BlockLoad]) {
	let mut signed: Vec<_> = loads.iter().map(|load| load.signed).collect();
	let mut percent: Vec<_> = loads.iter().map(|load| load.percent).collect();
	signed.sort_unstable();
	percent.sort_unstable();
	let middle = (loads.len() - 1) / 2;
	report.row("signed transactions in a finalized block, p50", signed[middle]);
	let (p50, most) = (percent[middle], percent[loads.len() - 1]);
	let what = "users' share of execution that blocks fill";
	report.row(what, format_args!("p50 {p50} %, fullest {most} %"));
}

/// Lets more nodes dial a validator than it has slots, on top of connections that say nothing or nonsense, and
/// starts it again meanwhile.
async fn strangers() {
	if Isolation::here() == Isolation::Loopback {
		println!("skipped: nodes that share the loopback let in reserved peers only");
		return;
	}
	let mut network = Network::of(4).start().await;
	let mut report = Report::new("strangers dial one of 4 validators");
	let names: BTreeSet<_> = network.nodes.iter().map(|node| node.peer_id().to_owned()).collect();
	wait_for_acquaintance(&network, &names).await;
	let watch = Watch::new(&network);
	let connections = open_connections(&network.nodes[DIALED]).await;
	let opened = connections.len();
	assert!(opened > CONNECTIONS / 2, "{opened} of {CONNECTIONS} were taken");
	let strangers = Strangers::dial(&network.nodes[DIALED], STRANGERS).await;
	// All slots of peers that dial, but those that other validators may have.
	let room = IN_PEERS - (names.len() - 1);
	wait_until("strangers to take the slots", || async {
		(strangers.among(&network.nodes[DIALED].peers().await) >= room).then_some(())
	})
	.await;

	let begin = Instant::now();
	let height = network.finalized().await;
	let last = height + MEASURED_BLOCKS;
	let most = Cell::new(0);
	wait_until("blocks to be finalized in spite of strangers", || async {
		most.set(most.get().max(strangers_let_in(&network, &names, &strangers).await));
		network.is_finalized_everywhere(last).await.then_some(())
	})
	.await;
	for node in &network.nodes {
		assert!(knows_others(node, &names).await, "{} lost a validator", node.name);
	}
	// The restart drops strangers that have slots.
	let (attempts, refusals) = (strangers.attempts(), strangers.refusals());
	assert!(refusals > 0, "no stranger was one too many");

	let restarted = Instant::now();
	network.nodes[DIALED].stop();
	network.nodes[DIALED].start().await;
	wait_for_acquaintance(&network, &names).await;
	let met = restarted.elapsed();
	network.wait_for_progress().await;
	let recovered = restarted.elapsed();

	let ledger = network.agree().await;
	let all: Vec<_> = (0..network.nodes.len()).collect();
	let lag = watch.finality_lag(begin..restarted, &all);
	report.row("connections without a handshake", format_args!("{opened} of {CONNECTIONS}"));
	report.row(format!("most of {STRANGERS} strangers at a time"), most.get());
	let what = "attempts of strangers until the restart, refused or dropped";
	report.row(what, format_args!("{attempts}, {refusals}"));
	report.spread("finality lag until the restart", lag);
	let slots = ledger.slots(&network.nodes[DIALED], height, last).await;
	report.row("missed slots until the restart", slots);
	report.time("from the restart until it knows all validators", met);
	report.time("from the restart until all finalize new blocks", recovered);
	report.row("heights at which all finalized the same", ledger.compared);
}

/// How many strangers the dialed validator has among its peers. It must have a slot for each, and know all other
/// validators still.
async fn strangers_let_in(
	network: &Network,
	names: &BTreeSet<String>,
	strangers: &Strangers,
) -> usize {
	let node = &network.nodes[DIALED];
	let peers = node.peers().await;
	let (let_in, slots) = (strangers.among(&peers), IN_PEERS + OUT_PEERS);
	assert!(let_in <= slots, "{let_in} strangers are in {slots} slots");
	let lost = names.iter().find(|&name| name != node.peer_id() && !peers.contains(name));
	assert!(lost.is_none(), "strangers drove {lost:?} away");
	let_in
}

/// Waits until each validator has all others among its peers.
async fn wait_for_acquaintance(network: &Network, names: &BTreeSet<String>) {
	wait_until("the validators to know each other", || async {
		for node in &network.nodes {
			if !knows_others(node, names).await {
				return None;
			}
		}
		Some(())
	})
	.await;
}

/// Whether the node has all validators among its peers but itself.
async fn knows_others(node: &Node, names: &BTreeSet<String>) -> bool {
	let peers = node.peers().await;
	names.iter().all(|name| name == node.peer_id() || peers.contains(name))
}

/// Opens connections of which half say nothing, half nonsense. Gives those that were taken.
async fn open_connections(node: &Node) -> Vec<TcpStream> {
	const NONSENSE: &[u8] = b"\x13/multistream/1.0.0\n and then nothing that makes sense\n";
	let mut taken = Vec::new();
	for number in 0..CONNECTIONS {
		let Ok(mut stream) = TcpStream::connect(node.peer_socket()).await else { continue };
		if number % 2 == 0 {
			let _ = stream.write_all(NONSENSE).await;
		}
		taken.push(stream);
	}
	taken
}
