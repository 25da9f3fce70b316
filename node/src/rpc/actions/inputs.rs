//! What clients send with a question about actions, and how targets are written.

use crate::rpc::{
	accounts::{Accounts, Address},
	error::Error,
};
use aitbc_core::{AccountId, AgentId};
use pallet_actions::types as chain;
use serde::{Deserialize, Serialize};

/// What an action is done to: `{ "type": "validator", "account": "5…" }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Target {
	/// The network as a whole.
	Network {},
	/// The node of a validator.
	Validator {
		/// Its stash.
		account: Address,
	},
	/// What an agent runs.
	Agent {
		/// Its id.
		agent: u64,
	},
}

impl Target {
	/// The same as clients get it.
	pub fn new(target: aitbc_core::Target<AccountId>, accounts: &Accounts) -> Self {
		use aitbc_core::Target as T;
		match target {
			T::Network => Self::Network {},
			T::Validator(account) => Self::Validator { account: accounts.address(&account) },
			T::Agent(agent) => Self::Agent { agent: agent.0 },
		}
	}

	/// The same as the runtime has it.
	pub fn read(&self, accounts: &Accounts) -> Result<aitbc_core::Target<AccountId>, Error> {
		use aitbc_core::Target as T;
		Ok(match self {
			Self::Network {} => T::Network,
			Self::Validator { account } => T::Validator(accounts.read(account)?),
			Self::Agent { agent } => T::Agent(AgentId(*agent)),
		})
	}
}

/// Which actions somebody wants to see. What is left out restricts nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Filter {
	/// Those on it.
	pub target: Option<Target>,
	/// Only those that have not ended.
	pub is_open: bool,
}

impl Filter {
	/// The same as the runtime takes it.
	pub fn read(self, accounts: &Accounts) -> Result<chain::ActionFilter<AccountId>, Error> {
		Ok(chain::ActionFilter {
			target: self.target.map(|target| target.read(accounts)).transpose()?,
			is_open: self.is_open,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json, to_value, Value};

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	fn read(filter: Value) -> Result<chain::ActionFilter<AccountId>, String> {
		let filter: Filter = from_value(filter).map_err(|error| error.to_string())?;
		filter.read(&Accounts::with_prefix(42)).map_err(|error| error.to_string())
	}

	#[test]
	fn targets_should_come_back_as_they_were_sent() {
		let accounts = Accounts::with_prefix(42);
		for target in [
			json!({ "type": "network" }),
			json!({ "type": "validator", "account": ALICE }),
			json!({ "type": "agent", "agent": 1 }),
		] {
			let sent: Target = from_value(target.clone()).expect("it is a target");
			let read = sent.read(&accounts).expect("it is one of this chain");
			assert_eq!(to_value(Target::new(read, &accounts)).expect("it is JSON"), target);
		}
	}

	#[test]
	fn filter_should_be_read_when_it_says_something_or_nothing() {
		let none = chain::ActionFilter { target: None, is_open: false };
		assert_eq!(read(json!({})), Ok(none));
		let filter = read(json!({ "target": { "type": "agent", "agent": 7 }, "isOpen": true }));
		let target = Some(aitbc_core::Target::Agent(AgentId(7)));
		assert_eq!(filter, Ok(chain::ActionFilter { target, is_open: true }));
	}

	#[test]
	fn filter_should_be_refused_when_it_says_what_there_is_not() {
		for (filter, words) in [
			(json!({ "target": { "type": "machine" } }), "unknown variant `machine`"),
			(
				json!({ "target": { "type": "validator", "account": "Alice" } }),
				"this is no account",
			),
			(json!({ "state": "open" }), "unknown field `state`"),
		] {
			let error = read(filter.clone()).expect_err("it is none");
			assert!(error.contains(words), "{filter}: {error}");
		}
	}
}
