//! The methods, and what clients may ask with them.
//!
//! Every method takes the hash of a block as its last parameter, `at`, and asks about the best block
//! without. Parameters can be sent by position or by name. `docs/rpc/openrpc.json` describes the same
//! for clients; a test holds it to the node.

use super::{
	inputs::{Filter, Requirements},
	views,
};
use crate::rpc::{
	accounts::Address,
	answer::{Answer, Page},
	cursor::Cursor,
	error::Error,
	tags::Tag,
};
use aitbc_core::{AgentId, ValidationId};
use aitbc_runtime::{BlockNumber, Hash};
use jsonrpsee::proc_macros::rpc;

/// Reads agents, what they offer, and what others say about them.
///
/// `limit` is clamped to what the runtime API says, and is the most when left out.
#[rpc(server, namespace = "agents")]
pub trait AgentsRpc {
	/// The agent with this id, or null if there is none or it left.
	#[method(name = "info", blocking)]
	fn info(
		&self,
		agent: AgentId,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::registry::Agent>>, Error>;

	/// All agents in the order of their ids. A page may be short, or empty, and not be the last.
	#[method(name = "list", blocking)]
	fn list(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::registry::Agent>>, Error>;

	/// The agents of `owner`, in an order of the chain's own.
	#[method(name = "ofOwner", blocking)]
	fn of_owner(
		&self,
		owner: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::registry::Agent>>, Error>;

	/// The id of the agent that works under `wallet`, or null.
	#[method(name = "ofWallet", blocking)]
	fn of_wallet(
		&self,
		wallet: Address,
		at: Option<Hash>,
	) -> Result<Answer<Option<AgentId>>, Error>;

	/// What `agent` offers, active or not; nothing if there is no such agent.
	#[method(name = "capabilities", blocking)]
	fn capabilities(
		&self,
		agent: AgentId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::capability::Capability>>, Error>;

	/// The active agents that offer `tag`, those whose heartbeat ran out included, in an order of
	/// the chain's own.
	#[method(name = "byCapability", blocking)]
	fn by_capability(
		&self,
		tag: Tag,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::capability::Row>>, Error>;

	/// What `agent` says about itself; nothing if there is no such agent.
	#[method(name = "metadata", blocking)]
	fn metadata(
		&self,
		agent: AgentId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::registry::Metadata>>, Error>;

	/// All tags in the order of their ids, retired ones included.
	#[method(name = "tags", blocking)]
	fn tags(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::registry::Tag>>, Error>;

	/// The live agents that meet `requirements`, best first. A page is a search of its own through
	/// another part of the index, so a later page may have better agents than an earlier one.
	#[method(name = "match", blocking)]
	fn matches(
		&self,
		requirements: Requirements,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<views::capability::Search>, Error>;

	/// The score of `agent` and what it is made of; that of an agent without evidence if there is no
	/// such agent.
	#[method(name = "score", blocking)]
	fn score(
		&self,
		agent: AgentId,
		at: Option<Hash>,
	) -> Result<Answer<views::reputation::Score>, Error>;

	/// The ratings of `agent` with `tag`, about one capability or all.
	#[method(name = "summary", blocking)]
	fn summary(
		&self,
		agent: AgentId,
		tag: Tag,
		about: Option<Tag>,
		at: Option<Hash>,
	) -> Result<Answer<views::reputation::Summary>, Error>;

	/// The feedback on `agent` that `filter` takes. A page may be short, or empty, and not be the
	/// last.
	#[method(name = "feedback", blocking)]
	fn feedback(
		&self,
		agent: AgentId,
		filter: Option<Filter>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::reputation::Feedback>>, Error>;

	/// Who gave feedback on `agent`, be it erased by now.
	#[method(name = "clients", blocking)]
	fn clients(
		&self,
		agent: AgentId,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<String>>, Error>;

	/// The validation with this id, or null if it was never requested or is erased.
	#[method(name = "validation", blocking)]
	fn validation(
		&self,
		validation: ValidationId,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::validation::Validation>>, Error>;

	/// The validations of work of `agent`, with `tag` if one is given. A page may be short, or empty,
	/// and not be the last.
	#[method(name = "validations", blocking)]
	fn validations(
		&self,
		agent: AgentId,
		tag: Option<Tag>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::validation::Validation>>, Error>;

	/// The validations that the agent `validator` was ever asked for.
	#[method(name = "validationRequests", blocking)]
	fn validation_requests(
		&self,
		validator: AgentId,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::validation::Validation>>, Error>;

	/// What the hard answers about the work of `agent` come to: only those by `validator`, or with
	/// `tag`, if given.
	#[method(name = "validationSummary", blocking)]
	fn validation_summary(
		&self,
		agent: AgentId,
		validator: Option<AgentId>,
		tag: Option<Tag>,
		at: Option<Hash>,
	) -> Result<Answer<views::validation::Summary>, Error>;

	/// What the agent `validator` made of the requests that it took up.
	#[method(name = "validatorRecord", blocking)]
	fn validator_record(
		&self,
		validator: AgentId,
		at: Option<Hash>,
	) -> Result<Answer<views::validation::ValidatorRecord>, Error>;

	/// The bytes that `wallet` has to sign now to work for `agent`, or null if there is no such
	/// agent. The proof made of them can be used up to the active block `deadline`.
	#[method(name = "walletPayload", blocking)]
	fn wallet_payload(
		&self,
		agent: AgentId,
		wallet: Address,
		deadline: BlockNumber,
		at: Option<Hash>,
	) -> Result<Answer<Option<String>>, Error>;

	/// What registering costs with a card URI of `uriLength` bytes.
	#[method(name = "registrationCost", blocking)]
	fn registration_cost(
		&self,
		uri_length: u32,
		at: Option<Hash>,
	) -> Result<Answer<views::registry::RegistrationCost>, Error>;
}
