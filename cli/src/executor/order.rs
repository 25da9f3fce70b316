//! What the chain asks an executor to do, in words that need no chain.

use crate::{digest::Hash, keys::AccountName};
use std::{fmt, str::FromStr};
use subxt::utils::AccountId32;

/// An action that the chain verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
	/// The action's id on the chain.
	pub action: u64,
	/// What is to be done: a kind of the chain's catalogue, such as `restart-service`.
	pub kind: String,
	/// What it is to be done to.
	pub target: Target,
	/// How, as names and values.
	pub parameters: Vec<(String, Parameter)>,
	/// The hash of all of it, as the chain computes it.
	pub hash: Hash,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
	/// A number.
	Integer(i64),
	/// Yes or no.
	Flag(bool),
	/// One of some names.
	Word(String),
}

impl fmt::Display for Parameter {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Integer(value) => value.fmt(f),
			Self::Flag(value) => value.fmt(f),
			Self::Word(word) => f.pad(word),
		}
	}
}

/// What an action is about. It is written as `network`, `validator:ADDRESS` or `agent:7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
	/// The whole network.
	Network,
	/// A validator of blocks, by its account.
	Validator([u8; 32]),
	/// An agent, by its id.
	Agent(u64),
}

/// Why a text is no target.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no target: {reason}")]
pub struct ParseTargetError {
	text: String,
	reason: String,
}

impl FromStr for Target {
	type Err = ParseTargetError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let malformed =
			|reason: &str| ParseTargetError { text: text.to_owned(), reason: reason.to_owned() };
		match text.split_once(':') {
			None if text == "network" => Ok(Self::Network),
			Some(("validator", account)) => {
				parse_account(account).map(Self::Validator).map_err(|reason| malformed(&reason))
			},
			Some(("agent", id)) => id
				.parse()
				.map(Self::Agent)
				.map_err(|_| malformed("write the agent's id as in `agent:7`")),
			_ => Err(malformed("write `network`, `validator:ADDRESS` or `agent:7`")),
		}
	}
}

impl fmt::Display for Target {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Network => f.pad("network"),
			Self::Validator(account) => write!(f, "validator:{}", AccountId32(*account)),
			Self::Agent(id) => write!(f, "agent:{id}"),
		}
	}
}

/// Reads an account as an address of this chain, or as `0x` and 64 hexadecimal digits.
fn parse_account(text: &str) -> Result<[u8; 32], String> {
	if let Some(digits) = text.strip_prefix("0x") {
		let mut account = [0; 32];
		return hex::decode_to_slice(digits, &mut account)
			.map(|()| account)
			.map_err(|_| "after `0x`, an account has 64 hexadecimal digits".to_owned());
	}
	match text.parse() {
		Ok(AccountName::Address(account)) => Ok(account.0),
		Ok(AccountName::Key { reason, .. }) => Err(reason),
		Ok(AccountName::Development(_)) => Err("write the account's address".to_owned()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const ALICE_HEX: &str = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

	fn parse(text: &str) -> Result<Target, ParseTargetError> {
		text.parse()
	}

	#[test]
	fn targets_should_survive_being_shown_and_read() {
		for text in ["network", "agent:7", &format!("validator:{ALICE}")] {
			assert_eq!(parse(text).map(|target| target.to_string()), Ok(text.to_owned()));
		}
	}

	#[test]
	fn validators_should_be_the_same_by_address_and_by_digits() {
		let address = parse(&format!("validator:{ALICE}"));
		assert!(matches!(address, Ok(Target::Validator(_))), "{address:?}");
		assert_eq!(parse(&format!("validator:{ALICE_HEX}")), address);
	}

	#[test]
	fn targets_should_fail_to_parse_when_malformed() {
		for text in [
			"",
			"Network",
			"network:",
			"agent",
			"agent:",
			"agent:-1",
			"agent:18446744073709551616",
			"validator",
			"validator:",
			"validator://Alice",
			"validator:0xd435",
			"node:7",
			&format!("validator:{}", ALICE.replace("Qp", "Pp")),
		] {
			let error = parse(text).expect_err(text).to_string();
			assert!(error.starts_with(&format!("`{text}` is no target: ")), "{error}");
		}
	}

	#[test]
	fn parameters_should_be_shown_as_they_are_written() {
		for (parameter, text) in [
			(Parameter::Integer(-5), "-5"),
			(Parameter::Flag(true), "true"),
			(Parameter::Word("node".into()), "node"),
		] {
			assert_eq!(parameter.to_string(), text);
		}
	}
}
