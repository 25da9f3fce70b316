//! AITBC's runtime: the state transition function of every AITBC network.
//!
//! Which pallet stands at which index, and everything else that clients encode, is fixed in
//! `docs/wire-format.md`. What differs between networks is in genesis
//! ([`pallet_network_parameters`]), so that one Wasm serves them all.
//!
//! - [`configs`]: how each pallet is configured, one file per area;
//! - [`adapters`]: the one place that knows two pallets at once;
//! - [`apis`]: what the node and clients may ask;
//! - [`dry_run`]: what would become of a call, found out without sending it;
//! - [`governance`]: what a referendum still needs, and by when;
//! - [`genesis_config_presets`]: the development networks.

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]
// The runtime and parameter macros generate items without documentation.
#![allow(missing_docs)]

extern crate alloc;

pub mod adapters;
pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod configs;
pub mod dry_run;
pub mod genesis_commission;
pub mod genesis_config_presets;
pub mod governance;
pub mod governance_origins;
#[cfg(feature = "upgrade-test")]
mod upgrade_test;
pub mod weights;

pub use aitbc_core::{AccountId, Balance, BlockNumber, Hash, Moment, Nonce, Signature};
pub use apis::{RuntimeApi, VERSION};

use alloc::vec::Vec;
use sp_runtime::{generic, impl_opaque_keys, traits::BlakeTwo256};

/// The address of an account in a transaction.
pub type Address = sp_runtime::MultiAddress<AccountId, ()>;

/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;

/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

/// What a transaction proves and pays beyond its signature. The order is part of the wire format.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckMortality<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// A transaction as it travels.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;

/// What a transaction's sender signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Executes blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

impl_opaque_keys! {
	/// The keys that a validator signs with. The order is part of the wire format.
	pub struct SessionKeys {
		/// Finalizes.
		pub grandpa: Grandpa,
		/// Authors blocks.
		pub babe: Babe,
		/// Publishes the validator's addresses.
		pub authority_discovery: AuthorityDiscovery,
	}
}

#[frame_support::runtime]
mod runtime {
	/// AITBC.
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	// 0 to 9: the base. Genesis is built in this order, so what others read comes first.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type NetworkParameters = pallet_network_parameters;
	#[runtime::pallet_index(2)]
	pub type ActiveClock = pallet_active_clock;
	#[runtime::pallet_index(3)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(4)]
	pub type Parameters = pallet_parameters;
	#[runtime::pallet_index(5)]
	pub type Migrations = pallet_migrations;
	#[runtime::pallet_index(6)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(7)]
	pub type Scheduler = pallet_scheduler;

	// 10 to 19: money.
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(12)]
	pub type Treasury = pallet_treasury;

	// 20 to 39: consensus and validators. Staking comes before Session, which asks it for genesis.
	#[runtime::pallet_index(20)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(21)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(22)]
	pub type Staking = pallet_staking;
	#[runtime::pallet_index(23)]
	pub type VoterList = pallet_bags_list<Instance1>;
	#[runtime::pallet_index(24)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(25)]
	pub type Historical = pallet_session::historical;
	#[runtime::pallet_index(26)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(27)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(28)]
	pub type AuthorityDiscovery = pallet_authority_discovery;
	#[runtime::pallet_index(29)]
	pub type ValidatorPerformance = pallet_validator_performance;

	// 40 to 49: accounts and calls.
	#[runtime::pallet_index(40)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(41)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(42)]
	pub type Proxy = pallet_proxy;

	// 50 to 59: governance.
	#[runtime::pallet_index(50)]
	pub type Sudo = pallet_sudo;
	#[runtime::pallet_index(51)]
	pub type Referenda = pallet_referenda;
	#[runtime::pallet_index(52)]
	pub type ConvictionVoting = pallet_conviction_voting;
	#[runtime::pallet_index(53)]
	pub type Origins = governance_origins;
	#[runtime::pallet_index(54)]
	pub type Whitelist = pallet_whitelist;
	#[runtime::pallet_index(55)]
	pub type TechnicalCommittee = pallet_collective<Instance1>;
	#[runtime::pallet_index(56)]
	pub type TechnicalMembership = pallet_membership<Instance1>;

	// 60 to 69: brakes.
	#[runtime::pallet_index(60)]
	pub type SafeMode = pallet_safe_mode;
	#[runtime::pallet_index(61)]
	pub type TxPause = pallet_tx_pause;

	// 100 to 139: what AITBC is for.
	#[runtime::pallet_index(100)]
	pub type Agents = pallet_agents;
	#[runtime::pallet_index(101)]
	pub type Reputation = pallet_reputation;
	#[runtime::pallet_index(102)]
	pub type Market = pallet_market;
	#[runtime::pallet_index(103)]
	pub type Escrow = pallet_escrow;
	#[runtime::pallet_index(104)]
	pub type Disputes = pallet_disputes;
	#[runtime::pallet_index(105)]
	pub type Validations = pallet_validations;
	#[runtime::pallet_index(106)]
	pub type Jurors = pallet_jurors;
	#[runtime::pallet_index(110)]
	pub type Telemetry = pallet_telemetry;
	#[runtime::pallet_index(111)]
	pub type Actions = pallet_actions;
	#[runtime::pallet_index(112)]
	pub type AuditLog = pallet_audit_log;

	// Bitcoin.
	#[runtime::pallet_index(120)]
	pub type BitcoinLightClient = pallet_bitcoin_light_client;
	#[runtime::pallet_index(121)]
	pub type BitcoinAnchor = pallet_bitcoin_anchor;

	// The last index: genesis only, after staking's.
	#[runtime::pallet_index(255)]
	pub type GenesisCommission = genesis_commission;
}
