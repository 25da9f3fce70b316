//! Measures `AgentsApi_match_agents` in the runtime's Wasm, over a registry of many agents that all
//! offer the same thing. `scripts/measure-matching` runs it.
//!
//! Prints what a search read and found, and how long calls took: median, least and greatest. Does not
//! show what a node's database adds: the state is in memory.

use aitbc_core::{money::AIT, AgentId, AgentKind, CardHash, Decimal, Hash, ParametersHash};
use aitbc_node_wasm::WASM_BINARY;
use aitbc_runtime::{genesis_config_presets, AccountId, Agents, Balances, RuntimeOrigin};
use codec::{Decode, Encode};
use pallet_agents::{
	AgentMatch, CapabilityTerms, CapabilityVersion, MatchError, MatchPage, Requirements,
};
use sc_chain_spec::GenesisConfigBuilderRuntimeCaller;
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode};
use sp_io::{SubstrateHostFunctions, TestExternalities};
use std::{
	error::Error,
	time::{Duration, Instant},
};

/// How many agents are registered.
const AGENTS: u32 = 10_000;

/// How many searches are timed, each with a seed of its own.
const SEARCHES: u32 = 50;

/// How many matches a search asks for.
const LIMIT: u32 = 100;

fn main() -> Result<(), Box<dyn Error>> {
	let code = WASM_BINARY.ok_or("build without SKIP_WASM_BUILD: the Wasm is what is measured")?;
	let mut registry = registry(code)?;
	let executor: WasmExecutor<SubstrateHostFunctions> = WasmExecutor::builder().build();
	let fetcher = WrappedRuntimeCode(code.into());
	let hash = sp_io::hashing::blake2_256(code).to_vec();
	let runtime = RuntimeCode { code_fetcher: &fetcher, heap_pages: None, hash };

	let mut search = |seed: u32| -> Result<(MatchPage, Duration), Box<dyn Error>> {
		let input = (requirements(seed), LIMIT).encode();
		let mut externalities = registry.ext();
		let began = Instant::now();
		let (answer, _) = executor.call(
			&mut externalities,
			&runtime,
			"AgentsApi_match_agents",
			&input,
			CallContext::Offchain,
		);
		let took = began.elapsed();
		let page = Result::<MatchPage, MatchError>::decode(&mut &answer?[..])?;
		Ok((page.map_err(|reason| format!("{reason:?}"))?, took))
	};

	// The first call compiles the Wasm, which a node does once, at its start.
	let (page, compiling) = search(0)?;
	let mut times = (1..=SEARCHES)
		.map(|seed| search(seed).map(|(_, took)| took))
		.collect::<Result<Vec<_>, _>>()?;
	times.sort();
	let (least, median, greatest) = (times.first(), times.get(times.len() / 2), times.last());

	let best = page.matches.first().map(|best: &AgentMatch| best.score);
	println!("agents registered, all with one capability: {AGENTS}");
	println!("pages of the index: {}, read: {}", page.pages, page.pages_read);
	println!(
		"candidates: {}, given out: {}, best score: {best:?}",
		page.candidates,
		page.matches.len()
	);
	println!("first call, which compiles the Wasm: {compiling:.1?}");
	println!("searches timed: {SEARCHES}; median {median:.2?}, least {least:.2?}, greatest {greatest:.2?}");
	Ok(())
}

/// What the searches ask for: what every agent offers.
fn requirements(seed: u32) -> Requirements {
	Requirements {
		tag: aitbc_core::TagId(0),
		version: CapabilityVersion { major: 1, minor: 0 },
		parameters: None,
		performance: Some(Decimal::whole(10)),
		max_price: AIT,
		capacity: 1,
		seed: Hash::from_low_u64_be(seed.into()),
		start: None,
	}
}

/// A development network with its agents registered, active and live.
fn registry(code: &[u8]) -> Result<TestExternalities, Box<dyn Error>> {
	let caller = GenesisConfigBuilderRuntimeCaller::<SubstrateHostFunctions>::new(code);
	let preset = genesis_config_presets::DEVELOPMENT.to_string();
	let mut state = TestExternalities::new(caller.get_storage_for_named_preset(Some(&preset))?);
	state.execute_with(|| (0..AGENTS).for_each(register));
	state.commit_all()?;
	Ok(state)
}

/// Registers an agent, makes it active, and lets it offer the first tag.
fn register(number: u32) {
	let account = |kind: u8| AccountId::new(sp_io::hashing::blake2_256(&(kind, number).encode()));
	let (owner, wallet) = (account(0), account(1));
	let signed = |who: &AccountId| RuntimeOrigin::signed(who.clone());
	let agent = AgentId(number.into());
	Balances::force_set_balance(RuntimeOrigin::root(), owner.clone().into(), 1_000 * AIT)
		.expect("root endows");
	let registered =
		Agents::register(signed(&owner), AgentKind::AiModel, b"a:b".to_vec(), CardHash::default());
	registered.expect("the owner can pay");
	Agents::set_wallet(signed(&owner), agent, wallet.clone(), None).expect("the wallet is free");
	Agents::accept_wallet(signed(&wallet), agent).expect("the wallet is proposed");
	Agents::activate(signed(&owner), agent).expect("the agent has a wallet");
	let terms = CapabilityTerms {
		version: CapabilityVersion { major: 1, minor: 0 },
		performance: Decimal::whole((10 + number % 90).into()),
		price: AIT / u128::from(2 + number % 1_000),
		capacity: 1 + number % 100,
		parameters: ParametersHash::default(),
	};
	Agents::set_capability(signed(&owner), agent, aitbc_core::TagId(0), terms)
		.expect("the tag is a capability");
}
