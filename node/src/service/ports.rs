//! Refuses to start on ports that other processes hold.
//!
//! Left alone, the SDK would log a used Prometheus port as an aside, share a used p2p port with
//! its holder or not listen at all, and report a used RPC port without naming it.

use super::address::{Socket, Transport};
use sc_service::{Configuration, Error as ServiceError};
use std::{
	fmt, io,
	net::{SocketAddr, TcpListener, UdpSocket},
};

/// Why the node cannot listen where it was told to.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
	/// Another process listens there.
	#[error(
		"the {service} port is in use: something already listens on {address}, perhaps another \
		 node; stop it, or choose a free port with {flag}",
		flag = service.flag()
	)]
	InUse {
		/// What the port is for.
		service: Service,
		/// Where.
		address: SocketAddr,
	},
	/// The operating system forbids it.
	#[error(
		"not allowed to listen on {address} for {service}: ports under 1024 need privileges; \
		 choose a higher port with {flag}",
		flag = service.flag()
	)]
	NotAllowed {
		/// What the port is for.
		service: Service,
		/// Where.
		address: SocketAddr,
	},
}

impl From<Error> for ServiceError {
	fn from(error: Error) -> Self {
		Self::Application(Box::new(error))
	}
}

/// What a port is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
	/// JSON-RPC over HTTP and WebSocket.
	Rpc,
	/// Metrics.
	Prometheus,
	/// Other nodes.
	PeerToPeer,
}

impl Service {
	/// The option that chooses the port.
	const fn flag(self) -> &'static str {
		match self {
			Self::Rpc => "--rpc-port",
			Self::Prometheus => "--prometheus-port (or do without: --no-prometheus)",
			Self::PeerToPeer => "--port",
		}
	}
}

impl fmt::Display for Service {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Rpc => "RPC",
			Self::Prometheus => "Prometheus",
			Self::PeerToPeer => "p2p",
		})
	}
}

/// Checks every port that `config` wants.
///
/// A process that takes one between this check and its use is missed, and then gets the SDK's
/// treatment.
pub fn ensure_free(config: &Configuration) -> Result<(), Error> {
	for endpoint in config.rpc.addr.iter().flatten() {
		if !endpoint.is_optional && !endpoint.retry_random_port {
			probe(Service::Rpc, Socket::tcp(endpoint.listen_addr))?;
		}
	}
	if let Some(prometheus) = &config.prometheus_config {
		probe(Service::Prometheus, Socket::tcp(prometheus.port))?;
	}
	config
		.network
		.listen_addresses
		.iter()
		.filter_map(Socket::of)
		.try_for_each(|socket| probe(Service::PeerToPeer, socket))
}

/// Listens on `socket` for a moment.
fn probe(service: Service, socket: Socket) -> Result<(), Error> {
	let Socket { address, transport } = socket;
	let bound = match transport {
		Transport::Tcp => TcpListener::bind(address).map(drop),
		Transport::Udp => UdpSocket::bind(address).map(drop),
	};
	match bound.map_err(|error| error.kind()) {
		Err(io::ErrorKind::AddrInUse) => Err(Error::InUse { service, address }),
		Err(io::ErrorKind::PermissionDenied) => Err(Error::NotAllowed { service, address }),
		// Whatever else is wrong (no IPv6 on this machine) is for the SDK to judge.
		Ok(()) | Err(_) => Ok(()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ANY_PORT: (&str, u16) = ("127.0.0.1", 0);

	#[test]
	fn probe_should_name_the_flag_when_a_tcp_port_is_used() {
		let holder = TcpListener::bind(ANY_PORT).expect("some port is free");
		let address = holder.local_addr().expect("a bound socket has an address");

		let error = probe(Service::Rpc, Socket::tcp(address)).expect_err("the port is held");

		assert_eq!(error, Error::InUse { service: Service::Rpc, address });
		let message = error.to_string();
		assert!(message.contains(&address.to_string()), "{message}");
		assert!(message.contains("--rpc-port"), "{message}");
	}

	#[test]
	fn probe_should_fail_when_a_udp_port_is_used() {
		let holder = UdpSocket::bind(ANY_PORT).expect("some port is free");
		let address = holder.local_addr().expect("a bound socket has an address");
		let socket = Socket { address, transport: Transport::Udp };

		assert_eq!(
			probe(Service::PeerToPeer, socket),
			Err(Error::InUse { service: Service::PeerToPeer, address })
		);
	}

	#[test]
	fn probe_should_leave_the_port_free() {
		let holder = TcpListener::bind(ANY_PORT).expect("some port is free");
		let address = holder.local_addr().expect("a bound socket has an address");
		drop(holder);

		assert_eq!(probe(Service::Prometheus, Socket::tcp(address)), Ok(()));
		assert_eq!(probe(Service::Prometheus, Socket::tcp(address)), Ok(()));
	}
}
