//! What accounts can do with calls: batches, multisigs and proxies with narrow rights.

use crate::{Balance, Balances, OriginCaller, Runtime, RuntimeCall, RuntimeEvent, System};
use aitbc_core::money::storage_deposit;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

parameter_types! {
	/// A multisig operation: one item of 88 bytes.
	pub const MultisigDepositBase: Balance = storage_deposit(1, 88);
	/// And 32 bytes for each signatory.
	pub const MultisigDepositFactor: Balance = storage_deposit(0, 32);
	/// An account's proxies: one item of 8 bytes.
	pub const ProxyDepositBase: Balance = storage_deposit(1, 8);
	/// And an account, a type and a delay of 37 bytes for each proxy.
	pub const ProxyDepositFactor: Balance = storage_deposit(0, 37);
	/// An account's announcements: one item of 16 bytes.
	pub const AnnouncementDepositBase: Balance = storage_deposit(1, 16);
	/// And an account, a hash and a height of 68 bytes for each announcement.
	pub const AnnouncementDepositFactor: Balance = storage_deposit(0, 68);
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
	type BlockNumberProvider = System;
}

/// What a proxy may do for the account that appointed it.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Everything that can't move the account's money to somebody else.
	#[codec(index = 1)]
	NonTransfer,
	/// To propose, to vote, to delegate votes, and to sit in the technical committee; but not to give the
	/// seat away. What is voted with is locked, and deposits can be lost to the treasury.
	#[codec(index = 2)]
	Governance,
	/// Staking, nominating and session keys.
	#[codec(index = 3)]
	Staking,
	/// An agent's daily life, and the operations that it carries out, but neither its registration nor
	/// its leaving, its sale, its wallet, nor the keys that its card is signed with.
	#[codec(index = 4)]
	AgentOps,
	/// A provider's side of jobs that the account itself took: to start, to submit, to settle, to give
	/// up and give back, to collect, to file evidence, to answer to feedback. Neither to spend nor to
	/// put more at risk.
	#[codec(index = 5)]
	Jobs,
	/// To tell the chain of Bitcoin: headers, proofs of anchors, and what those earn.
	#[codec(index = 6)]
	Anchoring,
	/// To reject announcements of other proxies.
	#[codec(index = 7)]
	CancelProxy,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			ProxyType::Any => true,
			// Calls within utility and proxy calls are filtered again, one by one.
			ProxyType::NonTransfer => {
				matches!(
					call,
					RuntimeCall::System(..)
						| RuntimeCall::Utility(..)
						| RuntimeCall::Proxy(..)
						| RuntimeCall::Session(..)
						| RuntimeCall::VoterList(..)
				) || is_governance(call)
					|| is_staking(call)
					|| is_operations(call)
					|| is_providers(call)
					|| is_agents(call)
					|| is_courts(call)
					|| is_relayers(call)
			},
			ProxyType::Governance => {
				is_governance(call) || matches!(call, RuntimeCall::Utility(..))
			},
			ProxyType::Staking => {
				is_staking(call)
					|| matches!(
						call,
						RuntimeCall::Session(..)
							| RuntimeCall::VoterList(..)
							| RuntimeCall::Utility(..)
					)
			},
			ProxyType::AgentOps => matches!(
				call,
				RuntimeCall::Agents(
					pallet_agents::Call::update { .. }
						| pallet_agents::Call::activate { .. }
						| pallet_agents::Call::deactivate { .. }
						| pallet_agents::Call::heartbeat { .. }
						| pallet_agents::Call::refresh { .. }
						| pallet_agents::Call::set_capability { .. }
						| pallet_agents::Call::remove_capability { .. }
						| pallet_agents::Call::set_metadata { .. }
						| pallet_agents::Call::remove_metadata { .. }
				) | RuntimeCall::Actions(
					pallet_actions::Call::simulate { .. }
						| pallet_actions::Call::claim { .. }
						| pallet_actions::Call::report { .. }
				) | RuntimeCall::Utility(..)
			),
			ProxyType::Jobs => is_providers(call) || matches!(call, RuntimeCall::Utility(..)),
			ProxyType::Anchoring => is_relayers(call) || matches!(call, RuntimeCall::Utility(..)),
			ProxyType::CancelProxy => {
				matches!(call, RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { .. }))
			},
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(ProxyType::Any, _) => true,
			(_, ProxyType::Any) => false,
			(ProxyType::NonTransfer, _) => true,
			(mine, other) => mine == other,
		}
	}
}

/// Whether `call` is a voter's, a proposer's or a committee member's, and leaves the seat where it is.
fn is_governance(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Preimage(..)
			| RuntimeCall::Treasury(..)
			| RuntimeCall::Referenda(..)
			| RuntimeCall::ConvictionVoting(..)
			| RuntimeCall::Whitelist(..)
			| RuntimeCall::TechnicalCommittee(..)
	)
}

/// Whether `call` is about operations, and puts no deposit at risk.
fn is_operations(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::Actions(..))
		&& !matches!(call, RuntimeCall::Actions(pallet_actions::Call::recommend { .. }))
}

/// Whether `call` is staking's and can't send rewards to somebody else.
fn is_staking(call: &RuntimeCall) -> bool {
	use pallet_staking::{Call, RewardDestination};
	match call {
		RuntimeCall::Staking(Call::set_payee { .. } | Call::update_payee { .. }) => false,
		RuntimeCall::Staking(Call::bond { payee: RewardDestination::Account(_), .. }) => false,
		RuntimeCall::Staking(..) => true,
		_ => false,
	}
}

/// Whether `call` is agents' and can send neither an agent nor its pay to somebody else, nor takes
/// one over with its bond.
fn is_agents(call: &RuntimeCall) -> bool {
	use pallet_agents::Call;
	let is_handover = matches!(
		call,
		RuntimeCall::Agents(
			Call::set_wallet { .. } | Call::offer_transfer { .. } | Call::accept_transfer { .. }
		)
	);
	!is_handover && matches!(call, RuntimeCall::Agents(..))
}

/// Whether `call` is a provider's side of a job, a contract or a validation, which can neither spend
/// the sender's money nor put more of it at risk. A bid and an offer can: a client that is in league
/// with the proxy would get a part of the bond.
fn is_providers(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Market(
			pallet_market::Call::pause_offer { .. }
				| pallet_market::Call::withdraw_bid { .. }
				| pallet_market::Call::start { .. }
				| pallet_market::Call::submit { .. }
				| pallet_market::Call::give_up { .. }
				| pallet_market::Call::report { .. }
				| pallet_market::Call::expire { .. }
				| pallet_market::Call::forget { .. }
				| pallet_market::Call::collect { .. }
		) | RuntimeCall::Escrow(
			pallet_escrow::Call::start { .. }
				| pallet_escrow::Call::submit { .. }
				| pallet_escrow::Call::settle { .. }
				| pallet_escrow::Call::refund { .. }
				| pallet_escrow::Call::settle_stream { .. }
				| pallet_escrow::Call::redeem { .. }
				| pallet_escrow::Call::stop { .. }
				| pallet_escrow::Call::collect { .. }
		) | RuntimeCall::Disputes(
			pallet_disputes::Call::submit_evidence { .. } | pallet_disputes::Call::progress { .. }
		) | RuntimeCall::Reputation(pallet_reputation::Call::respond { .. })
			| RuntimeCall::Validations(
				pallet_validations::Call::answer { .. }
					| pallet_validations::Call::expire { .. }
					| pallet_validations::Call::release_bond { .. }
			)
	)
}

/// Whether `call` is about a case or a juror's bond, and can't move the sender's money to somebody
/// else: what anybody may do for anybody, evidence, a vote that is shown, and a bond that returns.
///
/// A settlement gives money away, and a defence or an appeal stakes it. A vote that is not the juror's
/// own loses money to other jurors, and whoever made it knows what denounces it; so it is for the juror
/// to commit to one, and to become a juror in the first place.
fn is_courts(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Disputes(
			pallet_disputes::Call::submit_evidence { .. }
				| pallet_disputes::Call::rule_by_facts { .. }
				| pallet_disputes::Call::reveal { .. }
				| pallet_disputes::Call::denounce { .. }
				| pallet_disputes::Call::progress { .. }
		) | RuntimeCall::Jurors(
			pallet_jurors::Call::unbond { .. }
				| pallet_jurors::Call::withdraw { .. }
				| pallet_jurors::Call::refresh { .. }
		)
	)
}

/// Whether `call` tells the chain of Bitcoin, or pays what an anchor earned: what anybody may do for anybody.
fn is_relayers(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::BitcoinLightClient(pallet_bitcoin_light_client::Call::submit { .. })
			| RuntimeCall::BitcoinAnchor(
				pallet_bitcoin_anchor::Call::prove { .. }
					| pallet_bitcoin_anchor::Call::claim { .. }
			)
	)
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<32>;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
}
