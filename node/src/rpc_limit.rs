//! How much clients from elsewhere may ask of a node.

use sc_service::config::RpcEndpoint;
use std::num::NonZeroU32;

/// How many calls per minute one connection from elsewhere may make, unless the operator says otherwise: so many
/// at once, and 20 a second in the long run. A wallet that opens a page makes a few hundred.
const PUBLIC_CALLS: Option<NonZeroU32> = NonZeroU32::new(1_200);

/// Limits the endpoints that others than this machine can reach, as far as the operator has set no limit.
///
/// The SDK has no limit by default. It counts per WebSocket connection; of HTTP, each request counts for
/// itself, so there it limits batches.
pub fn limit_public(endpoints: &mut [RpcEndpoint]) {
	for endpoint in endpoints {
		if !endpoint.listen_addr.ip().is_loopback() {
			endpoint.rate_limit = endpoint.rate_limit.or(PUBLIC_CALLS);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::cli::Cli;
	use clap::Parser;
	use sc_cli::CliConfiguration;

	/// The limits of a node with these arguments, on its endpoints in turn.
	fn limits(arguments: &[&str]) -> Vec<Option<u32>> {
		let cli = Cli::parse_from([&["aitbc-node", "--chain", "local"], arguments].concat());
		let endpoints = cli.run.rpc_addr(9_944).expect("they are valid");
		let endpoints = endpoints.unwrap_or_default().into_iter().map(Into::into);
		let mut endpoints: Vec<RpcEndpoint> = endpoints.collect();
		limit_public(&mut endpoints);
		endpoints.iter().map(|endpoint| endpoint.rate_limit.map(NonZeroU32::get)).collect()
	}

	#[test]
	fn limit_should_be_on_when_others_can_reach_the_node() {
		for public in ["--rpc-external", "--unsafe-rpc-external"] {
			assert_eq!(limits(&[public]), [Some(1_200), Some(1_200)]);
		}
		let endpoints = [
			"--experimental-rpc-endpoint",
			"listen-addr=127.0.0.1:9944",
			"listen-addr=192.0.2.1:9944",
			"listen-addr=[::]:9944,rate-limit=7",
		];
		assert_eq!(limits(&endpoints), [None, Some(1_200), Some(7)]);
	}

	#[test]
	fn limit_should_be_off_when_only_this_machine_can_reach_the_node() {
		assert_eq!(limits(&[]), [None, None]);
	}

	#[test]
	fn limit_should_be_the_operators_when_there_is_one() {
		assert_eq!(limits(&["--rpc-external", "--rpc-rate-limit", "60"]), [Some(60), Some(60)]);
		assert_eq!(limits(&["--rpc-rate-limit", "60"]), [Some(60), Some(60)]);
	}
}
