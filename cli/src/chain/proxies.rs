//! Accounts that may act for others, within limits.

use super::{
	runtime, runtime::runtime_types::aitbc_runtime::configs::accounts::ProxyType, Block, Call,
	Error,
};
use crate::amount::Amount;
use serde::Serialize;
use std::fmt;
use subxt::utils::{AccountId32, MultiAddress};

/// What a proxy may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Rights {
	/// Everything
	Any,
	/// Everything that cannot move money to somebody else
	NonTransfer,
	/// Propose, vote and delegate votes
	Governance,
	/// Stake, nominate, set session keys
	Staking,
	/// An agent's daily life: its card, its capabilities, its heartbeat
	AgentOps,
	/// A provider's side of contracts
	Jobs,
	/// Tell the chain of Bitcoin: headers, proofs of anchors, and what those earn
	Anchoring,
	/// Reject announcements of other proxies
	CancelProxy,
}

impl fmt::Display for Rights {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Any => "any",
			Self::NonTransfer => "non-transfer",
			Self::Governance => "governance",
			Self::Staking => "staking",
			Self::AgentOps => "agent-ops",
			Self::Jobs => "jobs",
			Self::Anchoring => "anchoring",
			Self::CancelProxy => "cancel-proxy",
		})
	}
}

impl From<Rights> for ProxyType {
	fn from(rights: Rights) -> Self {
		match rights {
			Rights::Any => Self::Any,
			Rights::NonTransfer => Self::NonTransfer,
			Rights::Governance => Self::Governance,
			Rights::Staking => Self::Staking,
			Rights::AgentOps => Self::AgentOps,
			Rights::Jobs => Self::Jobs,
			Rights::Anchoring => Self::Anchoring,
			Rights::CancelProxy => Self::CancelProxy,
		}
	}
}

impl From<ProxyType> for Rights {
	fn from(rights: ProxyType) -> Self {
		match rights {
			ProxyType::Any => Self::Any,
			ProxyType::NonTransfer => Self::NonTransfer,
			ProxyType::Governance => Self::Governance,
			ProxyType::Staking => Self::Staking,
			ProxyType::AgentOps => Self::AgentOps,
			ProxyType::Jobs => Self::Jobs,
			ProxyType::Anchoring => Self::Anchoring,
			ProxyType::CancelProxy => Self::CancelProxy,
		}
	}
}

/// Who may act for an account.
#[derive(Clone, Debug, Serialize)]
pub struct Proxy {
	/// Who may.
	pub delegate: AccountId32,
	/// What.
	pub rights: Rights,
	/// How many blocks it must announce a call beforehand.
	pub delay: u32,
}

/// The proxies of an account.
#[derive(Clone, Debug, Serialize)]
pub struct Proxies {
	/// Each of them.
	pub proxies: Vec<Proxy>,
	/// What is held for them.
	pub deposit: Amount,
}

/// Reads who may act for `account`.
pub async fn proxies(block: &Block, account: &AccountId32) -> Result<Proxies, Error> {
	let (proxies, deposit) = block.value(runtime::storage().proxy().proxies(), (*account,)).await?;
	let proxies = proxies.0.into_iter().map(|proxy| Proxy {
		delegate: proxy.delegate,
		rights: proxy.proxy_type.into(),
		delay: proxy.delay,
	});
	Ok(Proxies { proxies: proxies.collect(), deposit: Amount(deposit) })
}

/// What is held for the proxies of `account` when it has one more.
pub async fn deposit_with_another(block: &Block, account: &AccountId32) -> Result<Amount, Error> {
	let constants = || runtime::constants().proxy();
	let base = block.constant(constants().proxy_deposit_base())?;
	let each = block.constant(constants().proxy_deposit_factor())?;
	let count = proxies(block, account).await?.proxies.len().saturating_add(1);
	let count = u128::try_from(count).unwrap_or(u128::MAX);
	Ok(Amount(each.saturating_mul(count).saturating_add(base)))
}

/// Lets `delegate` act for the sender, at once.
pub fn add(delegate: AccountId32, rights: Rights) -> impl Call {
	let delegate = MultiAddress::Id(delegate);
	runtime::transactions().proxy().add_proxy(delegate, rights.into(), 0)
}

/// Lets `delegate`, which may act at once, no longer act for the sender.
pub fn remove(delegate: AccountId32, rights: Rights) -> impl Call {
	let delegate = MultiAddress::Id(delegate);
	runtime::transactions().proxy().remove_proxy(delegate, rights.into(), 0)
}
