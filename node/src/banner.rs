//! What a development node says once it runs: where it listens, and whose money there is.

use crate::service::{address::Socket, FullClient};
use aitbc_core::{
	money::{AIT, DECIMALS, SYMBOL},
	Balance,
};
use aitbc_runtime::{Nonce, Runtime};
use codec::Decode;
use sc_client_api::StorageProvider;
use sc_network::{
	multiaddr::{Multiaddr, Protocol},
	NetworkStateInfo,
};
use sc_service::Configuration;
use sp_blockchain::HeaderBackend;
use sp_core::{crypto::Ss58Codec, storage::StorageKey};
use sp_keyring::Sr25519Keyring;
use sp_runtime::AccountId32;
use std::{fmt, net::SocketAddr, path::PathBuf};

/// An account as the runtime that this binary was built with stores it.
type AccountInfo = frame_system::AccountInfo<Nonce, <Runtime as frame_system::Config>::AccountData>;

/// The print of a development node's start.
pub struct Banner {
	chain: String,
	data: PathBuf,
	rpc: Vec<SocketAddr>,
	prometheus: Option<SocketAddr>,
	p2p: Option<Multiaddr>,
	accounts: Vec<FundedAccount>,
}

/// A well-known account with money on it.
struct FundedAccount {
	name: String,
	secret_uri: String,
	address: String,
	free: Balance,
}

impl Banner {
	/// Collects what is known before the node listens.
	pub fn new(config: &Configuration, client: &FullClient) -> sp_blockchain::Result<Self> {
		Ok(Self {
			chain: config.chain_spec.name().into(),
			data: config.data_path.clone(),
			rpc: Vec::new(),
			prometheus: config.prometheus_config.as_ref().map(|prometheus| prometheus.port),
			p2p: None,
			accounts: funded_accounts(client)?,
		})
	}

	/// Adds where the node listens.
	pub fn listening(mut self, rpc: &[Multiaddr], network: &dyn NetworkStateInfo) -> Self {
		self.rpc = rpc.iter().filter_map(Socket::of).map(|socket| socket.address).collect();
		self.p2p = nearest(&network.listen_addresses()).map(|address| {
			if address.iter().any(|protocol| matches!(protocol, Protocol::P2p(_))) {
				return address;
			}
			address.with(Protocol::P2p(network.local_peer_id().into()))
		});
		self
	}
}

/// The address by which another node on this machine would reach this one.
fn nearest(addresses: &[Multiaddr]) -> Option<Multiaddr> {
	let is_loopback = |address: &&Multiaddr| {
		Socket::of(address)
			.is_some_and(|socket| socket.address.is_ipv4() && socket.address.ip().is_loopback())
	};
	addresses.iter().find(is_loopback).or(addresses.first()).cloned()
}

/// The keyring's accounts that own something at the best block.
fn funded_accounts(client: &FullClient) -> sp_blockchain::Result<Vec<FundedAccount>> {
	let best = client.info().best_hash;
	let mut funded = Vec::new();
	for keyring in Sr25519Keyring::iter() {
		let account = keyring.to_account_id();
		let free = free_balance(client.storage(best, &account_key(&account))?);
		if free == 0 {
			continue;
		}
		let name = <&'static str>::from(keyring);
		funded.push(FundedAccount {
			name: name.replace("//", " "),
			secret_uri: format!("//{name}"),
			address: account.to_ss58check(),
			free,
		});
	}
	Ok(funded)
}

/// Where the state holds `account`.
fn account_key(account: &AccountId32) -> StorageKey {
	StorageKey(frame_system::Account::<Runtime>::hashed_key_for(account))
}

/// What the account may spend, in plancks: nothing if the chain's runtime stores accounts in a
/// way that this binary does not know.
fn free_balance(stored: Option<sp_core::storage::StorageData>) -> Balance {
	stored
		.and_then(|data| AccountInfo::decode(&mut &data.0[..]).ok())
		.map_or(0, |account| account.data.free)
}

/// Writes `plancks` in whole and broken AIT, with the thousands apart.
fn in_ait(plancks: Balance) -> String {
	let whole = (plancks / AIT).to_string();
	let mut amount = String::new();
	for (index, digit) in whole.chars().enumerate() {
		if index > 0 && (whole.len() - index).is_multiple_of(3) {
			amount.push(',');
		}
		amount.push(digit);
	}
	let fraction = format!("{:0width$}", plancks % AIT, width = DECIMALS.into());
	let fraction = fraction.trim_end_matches('0');
	if !fraction.is_empty() {
		amount.push('.');
		amount.push_str(fraction);
	}
	format!("{amount} {SYMBOL}")
}

impl fmt::Display for Banner {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		writeln!(f, "{} is running\n", self.chain)?;
		for address in &self.rpc {
			writeln!(f, "  RPC         ws://{address}  http://{address}")?;
		}
		if let Some(address) = &self.prometheus {
			writeln!(f, "  Prometheus  http://{address}/metrics")?;
		}
		if let Some(address) = &self.p2p {
			writeln!(f, "  p2p         {address}")?;
		}
		writeln!(f, "  data        {}", self.data.display())?;
		if self.accounts.is_empty() {
			return Ok(());
		}
		writeln!(f, "\n  Accounts, for development only: everybody knows their secrets\n")?;
		for account in &self.accounts {
			writeln!(
				f,
				"  {:<14}{:<18}{}  {:>18}",
				account.name,
				account.secret_uri,
				account.address,
				in_ait(account.free)
			)?;
		}
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn address(text: &str) -> Multiaddr {
		text.parse().expect("the test's address is well formed")
	}

	#[test]
	fn amounts_should_show_thousands_and_only_needed_decimals() {
		assert_eq!(in_ait(0), "0 AIT");
		assert_eq!(in_ait(AIT / 100), "0.01 AIT");
		assert_eq!(in_ait(999 * AIT), "999 AIT");
		assert_eq!(in_ait(1_000_000 * AIT), "1,000,000 AIT");
		assert_eq!(in_ait(12_345 * AIT + 1), "12,345.000000000001 AIT");
	}

	#[test]
	fn nearest_should_prefer_loopback() {
		let listening = [
			address("/ip6/::1/tcp/30333"),
			address("/ip4/10.0.0.7/tcp/30333"),
			address("/ip4/127.0.0.1/tcp/30333"),
		];

		assert_eq!(nearest(&listening), Some(listening[2].clone()));
		assert_eq!(nearest(&listening[..2]), Some(listening[0].clone()));
		assert_eq!(nearest(&[]), None);
	}

	#[test]
	fn banner_should_show_endpoints_and_accounts() {
		let banner = Banner {
			chain: "AITBC Development".into(),
			data: "/tmp/data".into(),
			rpc: vec!["127.0.0.1:9944".parse().expect("well formed")],
			prometheus: None,
			p2p: Some(address("/ip4/127.0.0.1/tcp/30333")),
			accounts: vec![FundedAccount {
				name: "Alice".into(),
				secret_uri: "//Alice".into(),
				address: Sr25519Keyring::Alice.to_account_id().to_ss58check(),
				free: 1_000 * AIT,
			}],
		};

		let print = banner.to_string();

		for expected in [
			"ws://127.0.0.1:9944",
			"http://127.0.0.1:9944",
			"/ip4/127.0.0.1/tcp/30333",
			"//Alice",
			"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
			"1,000 AIT",
		] {
			assert!(print.contains(expected), "{expected} is missing in:\n{print}");
		}
		assert!(!print.contains("Prometheus"), "{print}");
	}

	#[test]
	fn free_balance_should_be_zero_when_the_account_is_unknown_or_unreadable() {
		assert_eq!(free_balance(None), 0);
		assert_eq!(free_balance(Some(sp_core::storage::StorageData(vec![1, 2, 3]))), 0);
	}
}
