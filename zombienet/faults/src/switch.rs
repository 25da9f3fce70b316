//! The network between nodes: every packet passes through this process.
//!
//! A node's only way out is a TUN device in its network namespace, whose other end is here. So links
//! can be slow, lossy or cut on any kernel that has TUN devices, whether or not it has `netem`. The
//! test itself has such a device too; what it sends and gets is never touched.

use crate::isolation::execute;
use std::{
	net::Ipv4Addr,
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc, Mutex, MutexGuard, PoisonError,
	},
	time::Duration,
};
use tokio::{
	sync::mpsc::{unbounded_channel, UnboundedReceiver, UnboundedSender},
	time::Instant,
};
use tokio_tun::Tun;

/// Where the test itself is among the ports.
const CONTROL: usize = 0;

/// The first three numbers of all addresses.
const NETWORK: [u8; 3] = [10, 77, 0];

/// The last number of the address of port 0. The others follow.
const FIRST_HOST: u8 = 10;

/// Where an IPv4 packet has its destination's last number, in bytes.
const LAST_OF_DESTINATION: usize = 19;

/// More than a TUN device's packet has, in bytes.
const PACKET: usize = 2_048;

/// Where packets' fates begin. Which packets are lost is the same in each run.
const SEED: u64 = 0x41_49_54_42_43;

/// What happens to packets between nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
	/// How long each packet is under way.
	pub delay: Duration,
	/// How many of 100 packets are lost.
	pub loss_percent: u64,
}

/// A network that connects nodes.
#[derive(Clone)]
pub(crate) struct Switch(Arc<Shared>);

struct Shared {
	state: Mutex<State>,
	/// How many packets had their fate decided.
	fates: AtomicU64,
}

#[derive(Default)]
struct State {
	conditions: Conditions,
	ports: Vec<Port>,
}

/// One end of a wire.
struct Port {
	device: Arc<Tun>,
	/// Nodes hear of each other on the same side only.
	side: usize,
}

/// A packet on its way.
struct Flight {
	arrival: Instant,
	to: Arc<Tun>,
	packet: Vec<u8>,
}

impl Switch {
	/// A network with nobody but the test on it.
	pub fn new() -> Self {
		let switch =
			Self(Arc::new(Shared { state: Mutex::default(), fates: AtomicU64::new(SEED) }));
		let name = "control";
		switch.connect(name);
		let address = format!("{}/24", Self::address(CONTROL));
		execute("ip", &["address", "add", &address, "dev", name]);
		execute("ip", &["link", "set", name, "up"]);
		switch
	}

	/// Adds a namespace for the next node. Gives its port, and the namespace's name.
	pub fn add_node(&self) -> (usize, String) {
		let port = self.state().ports.len();
		let name = format!("node{port}");
		execute("ip", &["netns", "add", &name]);
		self.connect(&name);
		execute("ip", &["link", "set", &name, "netns", &name]);
		let address = format!("{}/24", Self::address(port));
		let inside = |arguments: &[&str]| execute("ip", &[&["-n", &name], arguments].concat());
		inside(&["address", "add", &address, "dev", &name]);
		inside(&["link", "set", &name, "up"]);
		inside(&["link", "set", "lo", "up"]);
		(port, name)
	}

	/// The address of the node at this port.
	pub fn address(port: usize) -> Ipv4Addr {
		let [a, b, c] = NETWORK;
		let port = u8::try_from(port).expect("no test has so many nodes");
		Ipv4Addr::new(a, b, c, FIRST_HOST.checked_add(port).expect("no test has so many nodes"))
	}

	/// Changes what happens to packets from now on.
	pub fn set_conditions(&self, conditions: Conditions) {
		self.state().conditions = conditions;
	}

	/// Moves the node at `port` to `side`.
	pub fn move_to(&self, port: usize, side: usize) {
		self.state().ports[port].side = side;
	}

	/// Makes the device `name`, and carries what comes out of it.
	fn connect(&self, name: &str) {
		let mut devices = Tun::builder().name(name).build().expect("a TUN device can be made");
		let device = Arc::new(devices.remove(0));
		let port = {
			let mut state = self.state();
			state.ports.push(Port { device: device.clone(), side: 0 });
			state.ports.len() - 1
		};
		let (sender, receiver) = unbounded_channel();
		tokio::spawn(self.clone().send_off(port, device, sender));
		tokio::spawn(land(receiver));
	}

	/// Decides on each packet that comes from `port`.
	async fn send_off(self, port: usize, device: Arc<Tun>, flights: UnboundedSender<Flight>) {
		let mut buffer = [0; PACKET];
		// The device goes when the test ends.
		while let Ok(length) = device.recv(&mut buffer).await {
			let Some(flight) = self.flight(port, &buffer[..length]) else { continue };
			// What is not delayed must not queue behind what is: the test's own questions among it.
			if flight.arrival <= Instant::now() {
				flight.land().await;
			} else if flights.send(flight).is_err() {
				return;
			}
		}
	}

	/// Where `packet` from `port` goes, and when it is there; `None` if it never is.
	fn flight(&self, port: usize, packet: &[u8]) -> Option<Flight> {
		const VERSION_4: u8 = 4;
		let last = *packet.get(LAST_OF_DESTINATION)?;
		let target = usize::from(last.checked_sub(FIRST_HOST)?);
		let is_ipv4 = packet[0] >> 4 == VERSION_4;
		let state = self.state();
		let (from, to) = (state.ports.get(port)?, state.ports.get(target)?);
		let is_control = port == CONTROL || target == CONTROL;
		let Conditions { delay, loss_percent } =
			if is_control { Conditions::default() } else { state.conditions };
		let is_cut = !is_control && from.side != to.side;
		if !is_ipv4 || is_cut || (loss_percent > 0 && self.draw() < loss_percent) {
			return None;
		}
		Some(Flight {
			arrival: Instant::now() + delay,
			to: to.device.clone(),
			packet: packet.to_vec(),
		})
	}

	/// The next number under 100, by the SplitMix64 generator.
	fn draw(&self) -> u64 {
		const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
		let mut mixed = self.0.fates.fetch_add(GAMMA, Ordering::Relaxed);
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		(mixed ^ (mixed >> 31)) % 100
	}

	fn state(&self) -> MutexGuard<'_, State> {
		self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

impl Flight {
	/// Delivers the packet.
	async fn land(self) {
		// A device that is down takes nothing, as a machine that is off.
		let _ = self.to.send(&self.packet).await;
	}
}

/// Delivers delayed packets of one sender in their order.
async fn land(mut flights: UnboundedReceiver<Flight>) {
	while let Some(flight) = flights.recv().await {
		tokio::time::sleep_until(flight.arrival).await;
		flight.land().await;
	}
}
