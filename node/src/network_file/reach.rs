//! Which addresses lead to a boot node from elsewhere.

use sc_network::{multiaddr::Protocol, Multiaddr};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Of a machine itself.
const LOOPBACK: &str = "it is every machine's own";

/// Of no machine.
const NO_MACHINE: &str = "it is the address of no machine";

/// Of many machines.
const MANY: &str = "it is the address of many machines at once";

/// Of a machine on some network that is not the Internet.
const PRIVATE: &str = "it is an address of private networks, and means another machine on each";

/// Of a machine on the same cable.
const ON_LINK: &str = "it means a machine on the same link";

/// Of examples.
const DOCUMENTATION: &str = "it is an address for documentation, which nobody has";

/// Why nobody else reaches `address`, if that is so. On a network that `is_for_tests`, whose nodes may all be on one
/// private network, addresses of such lead somewhere.
pub fn obstacle(address: &Multiaddr, is_for_tests: bool) -> Option<&'static str> {
	let ip: IpAddr = match address.iter().next() {
		Some(Protocol::Ip4(ip)) => ip.into(),
		Some(Protocol::Ip6(ip)) => ip.to_canonical(),
		Some(
			Protocol::Dns(name)
			| Protocol::Dns4(name)
			| Protocol::Dns6(name)
			| Protocol::Dnsaddr(name),
		) => return is_localhost(&name).then_some(LOOPBACK),
		_ => return Some("it begins with neither an IP address nor a name"),
	};
	let anywhere = match ip {
		_ if ip.is_loopback() => Some(LOOPBACK),
		_ if ip.is_unspecified() => Some(NO_MACHINE),
		_ if ip.is_multicast() => Some(MANY),
		IpAddr::V4(ip) if ip.is_broadcast() => Some(MANY),
		_ => None,
	};
	if anywhere.is_some() || is_for_tests {
		return anywhere;
	}
	match ip {
		IpAddr::V4(ip) => on_the_internet_v4(ip),
		IpAddr::V6(ip) => on_the_internet_v6(ip),
	}
}

/// Why `ip` leads nowhere on the Internet, if that is so.
fn on_the_internet_v4(ip: Ipv4Addr) -> Option<&'static str> {
	match ip.octets() {
		_ if ip.is_private() => Some(PRIVATE),
		// Shared by the customers of a provider (RFC 6598).
		[100, 64..=127, ..] => Some(PRIVATE),
		_ if ip.is_link_local() => Some(ON_LINK),
		_ if ip.is_documentation() => Some(DOCUMENTATION),
		_ => None,
	}
}

/// Why `ip` leads nowhere on the Internet, if that is so.
fn on_the_internet_v6(ip: Ipv6Addr) -> Option<&'static str> {
	match ip.segments() {
		// RFC 4193.
		_ if ip.is_unique_local() => Some(PRIVATE),
		_ if ip.is_unicast_link_local() => Some(ON_LINK),
		// RFC 3849 and RFC 9637.
		[0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some(DOCUMENTATION),
		_ => None,
	}
}

/// Whether `name` means the machine itself (RFC 6761, 6.3).
fn is_localhost(name: &str) -> bool {
	let name = name.trim_end_matches('.').to_ascii_lowercase();
	name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
	use super::*;

	/// What is in the way to `address` on the Internet, and on a network for tests.
	fn obstacles(address: &str) -> [Option<&'static str>; 2] {
		let address: Multiaddr = address.parse().expect("the test's address is well formed");
		[false, true].map(|is_for_tests| obstacle(&address, is_for_tests))
	}

	#[test]
	fn obstacle_should_be_none_when_the_address_is_on_the_internet() {
		for address in [
			"/ip4/1.1.1.1/tcp/30333",
			"/ip4/172.32.0.1/tcp/30333",
			"/ip4/100.128.0.1/tcp/30333",
			"/ip6/2606:4700:4700::1111/tcp/30333",
			"/ip6/3fff:1000::1/tcp/30333",
			"/dns/boot.example.org/tcp/30333",
			"/dns4/boot.example.org/tcp/443/wss",
			"/dns6/localhost.example.org/tcp/30333",
		] {
			assert_eq!(obstacles(address), [None, None], "{address}");
		}
	}

	#[test]
	fn obstacle_should_be_there_on_every_network_when_no_other_machine_is_meant() {
		for (address, reason) in [
			("/ip4/127.0.0.1/tcp/30333", LOOPBACK),
			("/ip4/127.8.9.10/tcp/30333", LOOPBACK),
			("/ip6/::1/tcp/30333", LOOPBACK),
			("/ip6/::ffff:127.0.0.1/tcp/30333", LOOPBACK),
			("/dns4/localhost/tcp/30333", LOOPBACK),
			("/dns/boot.LOCALHOST./tcp/30333", LOOPBACK),
			("/ip4/0.0.0.0/tcp/30333", NO_MACHINE),
			("/ip6/::/tcp/30333", NO_MACHINE),
			("/ip4/224.0.0.1/tcp/30333", MANY),
			("/ip4/255.255.255.255/tcp/30333", MANY),
			("/ip6/ff02::1/tcp/30333", MANY),
		] {
			assert_eq!(obstacles(address), [Some(reason); 2], "{address}");
		}
		let [found, _] = obstacles("/tcp/30333");
		assert!(found.is_some_and(|reason| reason.contains("neither")), "{found:?}");
	}

	#[test]
	fn obstacle_should_be_there_on_the_internet_when_the_address_is_for_other_networks() {
		for (address, reason) in [
			("/ip4/10.0.0.1/tcp/30333", PRIVATE),
			("/ip4/172.16.0.1/tcp/30333", PRIVATE),
			("/ip4/192.168.1.1/tcp/30333", PRIVATE),
			("/ip4/100.64.0.1/tcp/30333", PRIVATE),
			("/ip6/fd00::1/tcp/30333", PRIVATE),
			("/ip6/::ffff:10.0.0.1/tcp/30333", PRIVATE),
			("/ip4/169.254.1.1/tcp/30333", ON_LINK),
			("/ip6/fe80::1/tcp/30333", ON_LINK),
			("/ip4/192.0.2.1/tcp/30333", DOCUMENTATION),
			("/ip4/198.51.100.1/tcp/30333", DOCUMENTATION),
			("/ip4/203.0.113.1/tcp/30333", DOCUMENTATION),
			("/ip6/2001:db8::1/tcp/30333", DOCUMENTATION),
			("/ip6/3fff:fff::1/tcp/30333", DOCUMENTATION),
		] {
			assert_eq!(obstacles(address), [Some(reason), None], "{address}");
		}
	}
}
