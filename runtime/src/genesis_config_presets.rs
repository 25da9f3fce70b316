//! The development networks' genesis: one validator, or four.

use crate::{
	configs::{consensus::BABE_GENESIS_EPOCH_CONFIG, money::TreasuryAccount},
	AccountId, ActionsConfig, AgentsConfig, BabeConfig, Balance, BalancesConfig,
	BitcoinLightClientConfig, GenesisCommissionConfig, NetworkParametersConfig,
	RuntimeGenesisConfig, SessionConfig, SessionKeys, StakingConfig, SudoConfig,
	TechnicalMembershipConfig,
};
use aitbc_bitcoin::Network;
use aitbc_core::{
	money::{AIT, EXISTENTIAL_DEPOSIT},
	time::{HOURS, MINUTES},
	Decimal, KindId, RiskClass, TagUse, Word,
};
use alloc::{vec, vec::Vec};
use frame_support::{build_struct_json_patch, BoundedVec};
use pallet_actions::{
	Kind, ParameterBounds, ParameterRule, Performer, RateLimit, Targets, Verification,
};
use pallet_agents::GenesisTag;
use pallet_bitcoin_light_client::StatedCheckpoint;
use pallet_network_parameters::NetworkConstants;
use pallet_staking::StakerStatus;
use serde_json::Value;
use sp_genesis_builder::PresetId;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::Perbill;

/// One validator, Alice, whose network anybody throws away.
pub const DEVELOPMENT: &str = "development";

/// Four validators on one machine: Alice, Bob, Charlie and Dave.
pub const LOCAL: &str = "local";

/// What each named account owns.
const ENDOWMENT: Balance = 1_000_000 * AIT;

/// What each validator has bonded, out of its stash's endowment.
const VALIDATOR_BOND: Balance = 100_000 * AIT;

/// The least that a validator and a nominator may bond.
const MIN_VALIDATOR_BOND: Balance = 1_000 * AIT;
const MIN_NOMINATOR_BOND: Balance = 10 * AIT;

/// The least commission that a validator may take.
const MIN_COMMISSION: Perbill = Perbill::from_percent(5);

/// How many validators the networks want, in production's table of constants: four.
const WANTED_VALIDATORS: u32 = 4;

/// What development networks fix at genesis: epochs of a minute, eras of three, short bonding, and
/// periods shorter by 1440, so that a day takes a minute.
const NETWORK_CONSTANTS: NetworkConstants = NetworkConstants {
	epoch_length: 20,
	sessions_per_era: 3,
	bonding_eras: 3,
	slash_defer_eras: 1,
	time_scale_divisor: 1_440,
};

/// What agents offer from the start: the tag's name, and the unit that is sold. Performance lies on
/// a scale from 0 to 100.
const CAPABILITIES: [(&str, &str); 8] = [
	("inference.text", "token"),
	("inference.image", "request"),
	("training.gpu", "gpu_second"),
	("data.feed", "request"),
	("storage.blob", "megabyte"),
	("oracle.price", "request"),
	("validation.work", "request"),
	("operations.execute", "request"),
];

/// With what clients rate from the start: the tag's name, the unit of its values, what it counts as
/// and its greatest value; the least is 0.
const RATINGS: [(&str, &str, TagUse, i128); 6] = [
	("quality", "percent", TagUse::Quality, 100),
	("satisfaction", "percent", TagUse::Feedback, 100),
	("communication", "percent", TagUse::Feedback, 100),
	("reachable", "", TagUse::Feedback, 1),
	("uptime", "percent", TagUse::Feedback, 100),
	("success-rate", "percent", TagUse::Feedback, 100),
];

/// A development network's first validator: its stash and the keys it signs with.
struct Validator {
	stash: Sr25519Keyring,
	sr25519: Sr25519Keyring,
	ed25519: Ed25519Keyring,
}

impl Validator {
	const ALICE: Self = Self {
		stash: Sr25519Keyring::AliceStash,
		sr25519: Sr25519Keyring::Alice,
		ed25519: Ed25519Keyring::Alice,
	};
	const BOB: Self = Self {
		stash: Sr25519Keyring::BobStash,
		sr25519: Sr25519Keyring::Bob,
		ed25519: Ed25519Keyring::Bob,
	};
	const CHARLIE: Self = Self {
		stash: Sr25519Keyring::CharlieStash,
		sr25519: Sr25519Keyring::Charlie,
		ed25519: Ed25519Keyring::Charlie,
	};
	const DAVE: Self = Self {
		stash: Sr25519Keyring::DaveStash,
		sr25519: Sr25519Keyring::Dave,
		ed25519: Ed25519Keyring::Dave,
	};

	fn session_keys(&self) -> SessionKeys {
		SessionKeys {
			grandpa: self.ed25519.public().into(),
			babe: self.sr25519.public().into(),
			authority_discovery: self.sr25519.public().into(),
		}
	}
}

/// Gives the preset named `id` as a JSON patch of the default genesis.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_str() {
		DEVELOPMENT => genesis(&[Validator::ALICE]),
		LOCAL => genesis(&[Validator::ALICE, Validator::BOB, Validator::CHARLIE, Validator::DAVE]),
		_ => return None,
	};
	serde_json::to_string(&patch).ok().map(|json| json.into_bytes())
}

/// Names the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![DEVELOPMENT.into(), LOCAL.into()]
}

/// A development network's genesis with `validators`.
fn genesis(validators: &[Validator]) -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		network_parameters: NetworkParametersConfig { constants: NETWORK_CONSTANTS },
		balances: BalancesConfig { balances: endowments() },
		babe: BabeConfig { epoch_config: BABE_GENESIS_EPOCH_CONFIG },
		staking: StakingConfig {
			validator_count: WANTED_VALIDATORS,
			minimum_validator_count: 1,
			min_validator_bond: MIN_VALIDATOR_BOND,
			min_nominator_bond: MIN_NOMINATOR_BOND,
			slash_reward_fraction: Perbill::from_percent(10),
			stakers: validators
				.iter()
				.map(|validator| {
					let stash = validator.stash.to_account_id();
					(stash.clone(), stash, VALIDATOR_BOND, StakerStatus::<AccountId>::Validator)
				})
				.collect::<Vec<_>>(),
		},
		session: SessionConfig {
			keys: validators
				.iter()
				.map(|validator| {
					let stash = validator.stash.to_account_id();
					(stash.clone(), stash, validator.session_keys())
				})
				.collect::<Vec<_>>(),
		},
		agents: AgentsConfig { tags: tags() },
		actions: ActionsConfig { kinds: catalogue(), approvers: trusted() },
		bitcoin_light_client: BitcoinLightClientConfig {
			checkpoint: Some(StatedCheckpoint::genesis(Network::Regtest)),
		},
		sudo: SudoConfig { key: Some(Sr25519Keyring::Alice.to_account_id()) },
		technical_membership: TechnicalMembershipConfig {
			members: BoundedVec::truncate_from(trusted()),
		},
		genesis_commission: GenesisCommissionConfig { minimum: MIN_COMMISSION },
	})
}

/// The first tags, capabilities before ratings.
fn tags() -> Vec<GenesisTag> {
	let tag = |name: &str, unit: &str, purpose, max| GenesisTag {
		name: name.into(),
		unit: unit.into(),
		purpose,
		min: Decimal::whole(0),
		max: Decimal::whole(max),
	};
	let capabilities =
		CAPABILITIES.iter().map(|(name, unit)| tag(name, unit, TagUse::Capability, 100));
	let ratings = RATINGS.iter().map(|(name, unit, purpose, max)| tag(name, unit, *purpose, *max));
	capabilities.chain(ratings).collect()
}

/// The named accounts with their endowment, and the treasury with what keeps it alive: fees below
/// the existential deposit would be burnt otherwise.
fn endowments() -> Vec<(AccountId, Balance)> {
	Sr25519Keyring::well_known()
		.map(|account| (account.to_account_id(), ENDOWMENT))
		.chain([(TreasuryAccount::get(), EXISTENTIAL_DEPOSIT)])
		.collect()
}

/// Two of whom approve an operation, or whitelist a call as the technical committee.
fn trusted() -> Vec<AccountId> {
	[Sr25519Keyring::Alice, Sr25519Keyring::Bob, Sr25519Keyring::Charlie]
		.map(|account| account.to_account_id())
		.to_vec()
}

/// A kind of action on a validator's node that one in a quarter of the validators at a time may be under,
/// and of which twelve may begin in an hour of development.
fn kind(name: &str, class: RiskClass, performer: Performer) -> Option<Kind> {
	Some(Kind {
		name: Word::new(name.as_bytes())?,
		class,
		performer,
		targets: Targets::Validators,
		verification: Verification::Approvers(2),
		rate_limit: RateLimit { count: 12, period: HOURS },
		cooldown: 2 * MINUTES,
		blast_radius: Perbill::from_percent(25),
		time_to_live: 20 * MINUTES,
		lease: 4 * MINUTES,
		watch: 3 * MINUTES,
		needs_simulation: false,
		reversible_by: None,
	})
}

/// What an executor's command is given: words of which each parameter is one.
fn words(parameters: &[(&str, &[&str])]) -> Performer {
	let word = |text: &&str| Word::new(text.as_bytes());
	let rule = |(name, words): &(&str, &[&str])| {
		let words: Vec<_> = words.iter().filter_map(word).collect();
		let bounds = ParameterBounds::Word(words.try_into().ok()?);
		Some(ParameterRule { name: word(name)?, bounds })
	};
	let parameters: Vec<_> = parameters.iter().filter_map(rule).collect();
	Performer::Executor { parameters: parameters.try_into().unwrap_or_default() }
}

/// The operations that there are from the start, none of which destroys anything. Their ids are their places,
/// from one on.
fn catalogue() -> Vec<Kind> {
	/// Where `tx-pause` and its calls stand: see docs/wire-format.md.
	const TX_PAUSE: u8 = 61;
	let call = |call| Performer::Chain { pallet: TX_PAUSE, call };
	let services = words(&[("service", &["node", "monitor"])]);
	let note = kind("raise-alert", RiskClass::Info, Performer::Nobody);
	let on_network = |kind: Option<Kind>, needed| {
		let verification = Verification::Approvers(needed);
		kind.map(|kind| Kind { targets: Targets::Network, verification, ..kind })
	};
	let reversed =
		|kind: Option<Kind>, by| kind.map(|kind| Kind { reversible_by: Some(KindId(by)), ..kind });
	let kinds = [
		note.map(|kind| Kind { verification: Verification::Nobody, ..kind }),
		kind("restart-service", RiskClass::Low, services),
		kind("rotate-peers", RiskClass::Low, words(&[])),
		kind("prune", RiskClass::Medium, words(&[])),
		kind("resume-rpc", RiskClass::Low, words(&[])),
		reversed(kind("pause-rpc", RiskClass::Medium, words(&[])), 5),
		on_network(kind("unpause-call", RiskClass::High, call(1)), 2),
		reversed(on_network(kind("pause-call", RiskClass::High, call(0)), 3), 7),
	];
	kinds.into_iter().flatten().collect()
}
