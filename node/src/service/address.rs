//! The sockets that multiaddresses name.

use sc_network::{multiaddr::Protocol, Multiaddr};
use std::net::{IpAddr, SocketAddr};

/// The transport protocol of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
	/// TCP.
	Tcp,
	/// UDP.
	Udp,
}

/// A place to listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Socket {
	/// The address and port.
	pub address: SocketAddr,
	/// The protocol.
	pub transport: Transport,
}

impl Socket {
	/// The TCP socket at `address`.
	pub const fn tcp(address: SocketAddr) -> Self {
		Self { address, transport: Transport::Tcp }
	}

	/// The socket that `address` begins with, unless it begins with a name or another protocol.
	pub fn of(address: &Multiaddr) -> Option<Self> {
		let mut protocols = address.iter();
		let ip: IpAddr = match protocols.next()? {
			Protocol::Ip4(ip) => ip.into(),
			Protocol::Ip6(ip) => ip.into(),
			_ => return None,
		};
		let (port, transport) = match protocols.next()? {
			Protocol::Tcp(port) => (port, Transport::Tcp),
			Protocol::Udp(port) => (port, Transport::Udp),
			_ => return None,
		};
		Some(Self { address: (ip, port).into(), transport })
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn socket_of(address: &str) -> Option<Socket> {
		Socket::of(&address.parse().expect("the test's address is well formed"))
	}

	#[test]
	fn socket_should_be_read_when_the_address_starts_with_ip_and_port() {
		let v4 = "127.0.0.1:30333".parse().expect("well formed");
		let v6 = "[::]:30333".parse().expect("well formed");

		assert_eq!(socket_of("/ip4/127.0.0.1/tcp/30333"), Some(Socket::tcp(v4)));
		assert_eq!(socket_of("/ip6/::/tcp/30333/ws"), Some(Socket::tcp(v6)));
		assert_eq!(
			socket_of("/ip4/127.0.0.1/udp/30333/webrtc-direct"),
			Some(Socket { address: v4, transport: Transport::Udp })
		);
	}

	#[test]
	fn socket_should_be_none_when_the_address_starts_with_a_name() {
		assert_eq!(socket_of("/dns/aitbc.example/tcp/30333"), None);
	}
}
