//! What clients send with a question about the log, and how subjects and actors are written.

use crate::rpc::{
	accounts::{Accounts, Address},
	error::Error,
};
use pallet_audit_log::types as chain;
use serde::{Deserialize, Serialize};

/// What a record is about: `{ "type": "action", "action": 3 }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Subject {
	/// The network as a whole.
	Network {},
	/// A validator.
	Validator {
		/// Its stash.
		account: Address,
	},
	/// An agent.
	Agent {
		/// Its id.
		agent: u64,
	},
	/// An operations action.
	Action {
		/// Its id.
		action: u64,
	},
	/// A kind of action.
	ActionKind {
		/// Its id.
		kind: u16,
	},
	/// A dispute.
	Case {
		/// Its id.
		case: u64,
	},
	/// An anchor on Bitcoin.
	Anchor {
		/// Its id.
		anchor: u64,
	},
}

impl Subject {
	/// The same as clients get it.
	pub fn new(subject: aitbc_audit::Subject, accounts: &Accounts) -> Self {
		use aitbc_audit::Subject as S;
		match subject {
			S::Network => Self::Network {},
			S::Validator(account) => Self::Validator { account: accounts.address(&account.into()) },
			S::Agent(agent) => Self::Agent { agent },
			S::Action(action) => Self::Action { action },
			S::ActionKind(kind) => Self::ActionKind { kind },
			S::Case(case) => Self::Case { case },
			S::Anchor(anchor) => Self::Anchor { anchor },
		}
	}

	/// The same as the runtime has it.
	fn read(&self, accounts: &Accounts) -> Result<aitbc_audit::Subject, Error> {
		use aitbc_audit::Subject as S;
		Ok(match self {
			Self::Network {} => S::Network,
			Self::Validator { account } => S::Validator(accounts.read(account)?.into()),
			Self::Agent { agent } => S::Agent(*agent),
			Self::Action { action } => S::Action(*action),
			Self::ActionKind { kind } => S::ActionKind(*kind),
			Self::Case { case } => S::Case(*case),
			Self::Anchor { anchor } => S::Anchor(*anchor),
		})
	}
}

/// Who did something: `{ "type": "account", "account": "5…" }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Actor {
	/// The chain itself, by its rules.
	Chain {},
	/// Those who govern.
	Governance {},
	/// Whoever signed.
	Account {
		/// Who.
		account: Address,
	},
}

impl Actor {
	/// The same as clients get it.
	pub fn new(actor: aitbc_audit::Actor, accounts: &Accounts) -> Self {
		use aitbc_audit::Actor as A;
		match actor {
			A::Chain => Self::Chain {},
			A::Governance => Self::Governance {},
			A::Account(account) => Self::Account { account: accounts.address(&account.into()) },
		}
	}

	/// The same as the runtime has it.
	fn read(&self, accounts: &Accounts) -> Result<aitbc_audit::Actor, Error> {
		use aitbc_audit::Actor as A;
		Ok(match self {
			Self::Chain {} => A::Chain,
			Self::Governance {} => A::Governance,
			Self::Account { account } => A::Account(accounts.read(account)?.into()),
		})
	}
}

/// What happened, by its name, such as `"case-ruled"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Event(pub aitbc_audit::Event);

impl TryFrom<String> for Event {
	type Error = aitbc_audit::UnknownEvent;

	fn try_from(name: String) -> Result<Self, Self::Error> {
		name.parse().map(Self)
	}
}

impl From<Event> for String {
	fn from(Event(event): Event) -> Self {
		event.name().to_owned()
	}
}

/// Which records somebody wants to see. What is left out restricts nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Query {
	/// Those about it.
	pub subject: Option<Subject>,
	/// Those of what it did.
	pub actor: Option<Actor>,
	/// Those of such events.
	pub event: Option<Event>,
	/// Those from this time on, in milliseconds since the Unix epoch.
	pub since: Option<u64>,
	/// Those up to this time, in milliseconds since the Unix epoch.
	pub until: Option<u64>,
}

impl Query {
	/// The same as the runtime takes it.
	pub fn read(self, accounts: &Accounts) -> Result<chain::Query, Error> {
		Ok(chain::Query {
			subject: self.subject.map(|subject| subject.read(accounts)).transpose()?,
			actor: self.actor.map(|actor| actor.read(accounts)).transpose()?,
			event: self.event.map(|Event(event)| event),
			since: self.since,
			until: self.until,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json, to_value, Value};

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	fn read(query: Value) -> Result<chain::Query, String> {
		let query: Query = from_value(query).map_err(|error| error.to_string())?;
		query.read(&Accounts::with_prefix(42)).map_err(|error| error.to_string())
	}

	#[test]
	fn subjects_and_actors_should_come_back_as_they_were_sent() {
		let accounts = Accounts::with_prefix(42);
		for subject in [
			json!({ "type": "network" }),
			json!({ "type": "validator", "account": ALICE }),
			json!({ "type": "agent", "agent": 1 }),
			json!({ "type": "action", "action": 2 }),
			json!({ "type": "actionKind", "kind": 3 }),
			json!({ "type": "case", "case": 4 }),
			json!({ "type": "anchor", "anchor": 5 }),
		] {
			let sent: Subject = from_value(subject.clone()).expect("it is a subject");
			let read = sent.read(&accounts).expect("it is one of this chain");
			assert_eq!(to_value(Subject::new(read, &accounts)).expect("it is JSON"), subject);
		}
		for actor in [
			json!({ "type": "chain" }),
			json!({ "type": "governance" }),
			json!({ "type": "account", "account": ALICE }),
		] {
			let sent: Actor = from_value(actor.clone()).expect("it is an actor");
			let read = sent.read(&accounts).expect("it is one of this chain");
			assert_eq!(to_value(Actor::new(read, &accounts)).expect("it is JSON"), actor);
		}
	}

	#[test]
	fn query_should_be_read_when_it_says_something_or_nothing() {
		assert_eq!(read(json!({})), Ok(chain::Query::default()));
		let query = read(json!({ "event": "case-ruled", "since": 5, "until": 7 }));
		let expected = chain::Query {
			event: Some(aitbc_audit::Event::CaseRuled),
			since: Some(5),
			until: Some(7),
			..Default::default()
		};
		assert_eq!(query, Ok(expected));
	}

	#[test]
	fn query_should_be_refused_when_it_says_what_there_is_not() {
		for (query, words) in [
			(json!({ "event": "restarted" }), "no such event; there are action-recommended"),
			(json!({ "topic": 1 }), "unknown field `topic`"),
			(json!({ "subject": { "type": "nobody" } }), "unknown variant `nobody`"),
			(json!({ "actor": { "type": "account", "account": "Alice" } }), "this is no account"),
		] {
			let error = read(query.clone()).expect_err("it is none");
			assert!(error.contains(words), "{query}: {error}");
		}
	}
}
