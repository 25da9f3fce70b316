//! Nodes that nobody knows. They shake hands as the chain's own nodes do, stay, and give nothing.

use crate::{node::number, Node};
use futures::StreamExt;
use litep2p::{
	config::ConfigBuilder,
	crypto::ed25519::{Keypair, SecretKey},
	protocol::notification::{
		Config as Protocol, ConfigBuilder as ProtocolBuilder, NotificationEvent,
		NotificationHandle, ValidationResult,
	},
	transport::tcp::config::Config as Tcp,
	types::multiaddr::Multiaddr,
	Litep2p, PeerId, ProtocolName,
};
use serde_json::Value;
use std::{
	collections::BTreeSet,
	slice,
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc,
	},
	time::Duration,
};
use tokio::task::JoinSet;

/// How long a stranger waits until it comes again.
const PAUSE: Duration = Duration::from_secs(1);

/// The most that an announcement may have, in bytes: as sc-network-sync 0.59 has it in `MAX_BLOCK_ANNOUNCE_SIZE`.
const ANNOUNCEMENT: usize = 1024 * 1024;

/// What fills the keys of strangers, but for their numbers. The keys of a network's nodes begin with zeros.
const FILLING: u8 = 0x5a;

/// Nodes that dial another one again and again for as long as this lives.
pub struct Strangers {
	names: BTreeSet<String>,
	tally: Arc<Tally>,
	/// Ends with the strangers.
	_tasks: JoinSet<()>,
}

/// What became of strangers' attempts.
#[derive(Default)]
struct Tally {
	attempts: AtomicU64,
	refusals: AtomicU64,
}

impl Strangers {
	/// Lets `count` of them dial `node`, each under a name of its own. They know its last finalized
	/// block, and have none that it lacks.
	pub async fn dial(node: &Node, count: u64) -> Self {
		let genesis = node.request("chain_getBlockHash", &[0.into()]).await;
		let name = format!("/{}/block-announces/1", hex::encode(bytes(&genesis)));
		let handshake = handshake(node, &genesis).await;
		let target: PeerId = node.peer_id().parse().expect("a node has a peer's name");
		let address: Multiaddr = node.peer_address().parse().expect("a node has an address");
		let tally = Arc::<Tally>::default();
		let (mut names, mut tasks) = (BTreeSet::new(), JoinSet::new());
		for number in 0..count {
			let (protocol, handle) = ProtocolBuilder::new(ProtocolName::from(name.clone()))
				.with_max_size(ANNOUNCEMENT)
				.with_handshake(handshake.clone())
				.with_auto_accept_inbound(true)
				.build();
			let mut stranger = stranger(number, protocol, target, address.clone());
			names.insert(stranger.local_peer_id().to_base58());
			// Nothing happens on its connections unless its events are taken.
			tasks.spawn(async move { while stranger.next_event().await.is_some() {} });
			tasks.spawn(knock(handle, target, tally.clone()));
		}
		Self { names, tally, _tasks: tasks }
	}

	/// How many of `peers` are among them.
	pub fn among(&self, peers: &BTreeSet<String>) -> usize {
		self.names.intersection(peers).count()
	}

	/// How often they dialed or asked again.
	pub fn attempts(&self) -> u64 {
		self.tally.attempts.load(Ordering::Relaxed)
	}

	/// How often they were refused, or dropped later.
	pub fn refusals(&self) -> u64 {
		self.tally.refusals.load(Ordering::Relaxed)
	}
}

/// The stranger with this number. It listens nowhere, so nobody can dial it.
fn stranger(number: u64, protocol: Protocol, target: PeerId, address: Multiaddr) -> Litep2p {
	let mut secret = [FILLING; 32];
	secret[..8].copy_from_slice(&number.to_le_bytes());
	let secret = SecretKey::try_from_bytes(secret).expect("any 32 bytes are a secret key");
	let config = ConfigBuilder::new()
		.with_keypair(Keypair::from(secret))
		.with_tcp(Tcp { listen_addresses: Vec::new(), reuse_port: false, ..Tcp::default() })
		.with_notification_protocol(protocol)
		.with_known_addresses([(target, vec![address])].into_iter())
		.build();
	Litep2p::new(config).expect("a node that listens nowhere can be made")
}

/// Asks `target` for its announcements, stays for as long as it is let, and asks again.
async fn knock(mut handle: NotificationHandle, target: PeerId, tally: Arc<Tally>) {
	loop {
		tally.attempts.fetch_add(1, Ordering::Relaxed);
		// It fails if the other one was faster, and then there is a stay all the same.
		let _ = handle.open_substream(target).await;
		if stay(&mut handle).await.is_none() {
			return;
		}
		tally.refusals.fetch_add(1, Ordering::Relaxed);
		tokio::time::sleep(PAUSE).await;
	}
}

/// Takes what comes until the stranger is refused or dropped; `None` if the stranger itself is gone.
async fn stay(handle: &mut NotificationHandle) -> Option<()> {
	loop {
		match handle.next().await? {
			NotificationEvent::NotificationStreamOpenFailure { .. }
			| NotificationEvent::NotificationStreamClosed { .. } => return Some(()),
			NotificationEvent::ValidateSubstream { peer, .. } => {
				handle.send_validation_result(peer, ValidationResult::Accept);
			},
			NotificationEvent::NotificationStreamOpened { .. }
			| NotificationEvent::NotificationReceived { .. } => {},
		}
	}
}

/// What a full node says when it asks for announcements, encoded as `BlockAnnouncesHandshake` of
/// sc-network-common 0.56: its role, its best block's number and hash, and the genesis.
async fn handshake(node: &Node, genesis: &Value) -> Vec<u8> {
	/// That it has all blocks and validates nothing: `Roles::FULL`.
	const FULL: u8 = 1;
	let best = node.request("chain_getFinalizedHead", &[]).await;
	let header = node.request("chain_getHeader", slice::from_ref(&best)).await;
	let number = u32::try_from(number(&header)).expect("blocks' numbers have 32 bits");
	let mut handshake = vec![FULL];
	handshake.extend(number.to_le_bytes());
	handshake.extend(bytes(&best));
	handshake.extend(bytes(genesis));
	handshake
}

/// A hash, which is answered in hexadecimal digits.
fn bytes(hash: &Value) -> Vec<u8> {
	let digits = hash.as_str().expect("a hash is text");
	hex::decode(digits.trim_start_matches("0x")).expect("a hash is hexadecimal")
}
