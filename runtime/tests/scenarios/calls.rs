//! One of each call of ours, and `docs/calls.md`, which says what each costs.

use crate::network::{genesis, signed};
use aitbc_core::{
	money::{AIT, MILLI_AIT},
	AgentId, AgentKind, CardHash, ContractId, Decimal, DocumentHash, EvidenceHash, FeedbackIndex,
	ParametersHash, TagId, TagUse, TermsHash, ValidationId, WorkHash, WorkId,
};
use aitbc_runtime::{
	genesis_config_presets::DEVELOPMENT, Agents, Balance, Escrow, Reputation, Runtime, RuntimeCall,
	TransactionPayment, Validations,
};
use codec::Encode;
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{Get, GetCallMetadata, GetCallName},
};
use pallet_agents::{CapabilityTerms, CapabilityVersion, CardKey, WalletProof};
use pallet_escrow::{ClaimKind, MilestoneIndex, MilestoneTerms};
use pallet_reputation::Rating;
use pallet_validations::{Document, Finality, Score, Work};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::Bob;
use sp_runtime::MultiSignature;
use std::{env, fmt::Write, fs, path::PathBuf};

const AGENT: AgentId = AgentId(0);
const CONTRACT: ContractId = ContractId(0);
const FIRST: MilestoneIndex = MilestoneIndex(0);
const TAG: TagId = TagId(0);

/// A card URI of the greatest length.
fn uri() -> Vec<u8> {
	b"ipfs:".iter().copied().chain([b'x'; 251]).collect()
}

/// One of each call of agents.
fn agents_calls() -> Vec<pallet_agents::Call<Runtime>> {
	use pallet_agents::Call;
	let hash = CardHash(H256::zero());
	let signature = MultiSignature::Sr25519(Default::default());
	let proof = WalletProof { signature, deadline: 1 };
	vec![
		Call::register { kind: AgentKind::Oracle, uri: uri(), hash },
		Call::update { agent: AGENT, uri: uri(), hash },
		Call::set_wallet { agent: AGENT, wallet: Bob.to_account_id(), proof: Some(proof) },
		Call::accept_wallet { agent: AGENT },
		Call::remove_wallet { agent: AGENT },
		Call::activate { agent: AGENT },
		Call::deactivate { agent: AGENT },
		Call::deregister { agent: AGENT },
		Call::release_bond { agent: AGENT },
		Call::heartbeat { agent: AGENT },
		Call::refresh { agent: AGENT },
		Call::set_capability { agent: AGENT, tag: TAG, terms: capability() },
		Call::remove_capability { agent: AGENT, tag: TAG },
		Call::set_metadata { agent: AGENT, key: vec![b'k'; 32], value: vec![b'v'; 1_024] },
		Call::remove_metadata { agent: AGENT, key: vec![b'k'; 32] },
		Call::add_card_key { agent: AGENT, key: CardKey::Ed25519([7; 32]) },
		Call::remove_card_key { agent: AGENT, key: CardKey::Ed25519([7; 32]) },
		Call::offer_transfer { agent: AGENT, to: Some(Bob.to_account_id()) },
		Call::accept_transfer { agent: AGENT },
		Call::suspend { agent: AGENT },
		Call::reinstate { agent: AGENT },
		Call::create_tag {
			name: vec![b't'; 32],
			unit: vec![b'u'; 16],
			purpose: TagUse::Capability,
			min: Decimal::whole(0),
			max: Decimal::whole(1),
		},
		Call::retire_tag { tag: TAG },
	]
}

/// What an agent offers.
fn capability() -> CapabilityTerms {
	CapabilityTerms {
		version: CapabilityVersion { major: 1, minor: 0 },
		performance: Decimal::whole(50),
		price: MILLI_AIT,
		capacity: 10,
		parameters: ParametersHash(H256::zero()),
	}
}

/// One of each call of reputation.
fn reputation_calls() -> Vec<pallet_reputation::Call<Runtime>> {
	use pallet_reputation::Call;
	let hash = DocumentHash(H256::zero());
	let (work, author, index) = (WorkId::Contract(CONTRACT), Bob.to_account_id(), FeedbackIndex(1));
	let rating = Rating {
		tag: TAG,
		about: Some(TAG),
		value: Decimal::whole(90),
		endpoint: uri(),
		uri: uri(),
		hash,
	};
	vec![
		Call::rate { agent: AGENT, work, rating },
		Call::revoke { agent: AGENT, index },
		Call::respond { agent: AGENT, author: author.clone(), index, uri: uri(), hash },
		Call::erase { agent: AGENT, author, index },
		Call::prune { work },
	]
}

/// One of each call of validations.
fn validations_calls() -> Vec<pallet_validations::Call<Runtime>> {
	use pallet_validations::Call;
	let validation = ValidationId(0);
	vec![
		Call::request {
			validator: AGENT,
			subject: AGENT,
			work: Work { uri: uri(), hash: WorkHash(H256::zero()) },
			tag: Some(TAG),
			fee: AIT,
			deadline: 100,
		},
		Call::answer {
			validation,
			score: Score::new(100).expect("a score"),
			finality: Finality::Hard,
			evidence: Document { uri: uri(), hash: DocumentHash(H256::zero()) },
		},
		Call::expire { validation },
		Call::release_bond { validation },
		Call::slash { validation },
		Call::erase { validation },
	]
}

/// One of each call of escrow.
fn escrow_calls() -> Vec<pallet_escrow::Call<Runtime>> {
	use pallet_escrow::Call;
	vec![
		Call::open {
			provider: Bob.to_account_id(),
			terms: TermsHash(H256::zero()),
			milestones: vec![MilestoneTerms { amount: AIT, due: 30 }; 10],
			review_period: 20,
		},
		Call::fund { contract: CONTRACT, expected: 0 },
		Call::cancel { contract: CONTRACT },
		Call::submit { contract: CONTRACT, milestone: FIRST, evidence: EvidenceHash(H256::zero()) },
		Call::release { contract: CONTRACT, milestone: FIRST },
		Call::settle { contract: CONTRACT, milestone: FIRST },
		Call::refund { contract: CONTRACT, milestone: FIRST },
		Call::collect { contract: CONTRACT, kind: ClaimKind::Payment },
	]
}

/// One of each call of ours.
pub fn our_calls() -> Vec<RuntimeCall> {
	let agents = agents_calls().into_iter().map(RuntimeCall::from);
	let reputation = reputation_calls().into_iter().map(RuntimeCall::from);
	let escrow = escrow_calls().into_iter().map(RuntimeCall::from);
	let validations = validations_calls().into_iter().map(RuntimeCall::from);
	agents.chain(reputation).chain(escrow).chain(validations).collect()
}

#[test]
fn lists_should_have_every_call_of_ours() {
	let names: Vec<_> = agents_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_agents::Call::<Runtime>::get_call_names());
	let names: Vec<_> = escrow_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_escrow::Call::<Runtime>::get_call_names());
	let names: Vec<_> = reputation_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_reputation::Call::<Runtime>::get_call_names());
	let names: Vec<_> = validations_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_validations::Call::<Runtime>::get_call_names());
}

/// An amount in thousandths of an AIT.
fn milli(amount: Balance) -> String {
	format!("{}.{:03}", amount / MILLI_AIT, amount % MILLI_AIT / (MILLI_AIT / 1_000))
}

/// A row for each call: its place on the wire, its weight and its fee.
fn call_table() -> String {
	let mut table = String::from(
		"| call | encoded | bytes | weight, µs | fee, mAIT |\n|---|---|---|---|---|\n",
	);
	for call in our_calls() {
		let name = call.get_call_metadata();
		let index = call.encode()[..2].to_vec();
		let transaction = signed(Bob, call.clone());
		let length = u32::try_from(transaction.encoded_size()).expect("transactions are small");
		let micros = call.get_dispatch_info().call_weight.ref_time() / 1_000_000;
		let fee = TransactionPayment::query_info(transaction, length).partial_fee;
		writeln!(
			table,
			"| {}.{} | {}, {} | {length} | {micros} | {} |",
			name.pallet_name,
			name.function_name,
			index[0],
			index[1],
			milli(fee),
		)
		.expect("text can be written");
	}
	table
}

/// A row for each thing that takes a deposit or the like.
fn deposit_table() -> String {
	let short = Agents::registration_cost(30);
	let long = Agents::registration_cost(256);
	let rows = [
		("agents.register, card URI of 30 bytes: deposit", short.deposit),
		("agents.register, card URI of 256 bytes: deposit", long.deposit),
		("agents.register: bond", short.bond),
		("agents.register: fee, which does not come back", short.fee),
		("agents.set_capability: deposit", Agents::capability_deposit()),
		(
			"agents.set_metadata, key of 10 bytes, value of 20: deposit",
			Agents::metadata_deposit(10, 20),
		),
		(
			"agents.set_metadata, key of 32 bytes, value of 1,024: deposit",
			Agents::metadata_deposit(32, 1_024),
		),
		("agents.add_card_key: deposit", Agents::card_key_deposit()),
		("reputation.rate, no endpoint, no URI: deposit", Reputation::feedback_deposit(0, 0)),
		(
			"reputation.rate, endpoint and URI of 256 bytes: deposit",
			Reputation::feedback_deposit(256, 256),
		),
		("reputation.respond, URI of 30 bytes: deposit", Reputation::response_deposit(30)),
		("validations.request, URI of 30 bytes: deposit", Validations::request_deposit(30)),
		("validations.answer, hard: bond", <Runtime as pallet_validations::Config>::Bond::get()),
		("escrow.open, 1 milestone: deposit", Escrow::deposit_for(1)),
		("escrow.open, 10 milestones: deposit", Escrow::deposit_for(10)),
	];
	let mut table = String::from("| what | mAIT |\n|---|---|\n");
	for (what, amount) in rows {
		writeln!(table, "| {what} | {} |", milli(amount)).expect("text can be written");
	}
	table
}

/// What `docs/calls.md` should say.
fn document() -> String {
	let (calls, deposits) = genesis(DEVELOPMENT).execute_with(|| (call_table(), deposit_table()));
	format!(
		"# Calls of ours, and what they cost

Written by the test `calls` of `runtime/tests/scenarios`, which fails when this page is stale; to
write it again, run that test with `AITBC_WRITE_CALLS=1`.

A weight is the declared one, the most that the call itself can take. The fee is that of a signed
transaction of this many bytes, its extensions' weight included, without tip, at a fee multiplier of
one. Calls are shown in their dearest form: a card
URI of 256 bytes, a wallet with its proof, ten milestones, the last one of a contract. `encoded` is the call's first two bytes: its pallet's index
and its own.

{calls}
Deposits come back to who paid them when the storage is freed; a bond comes back after an agent left;
amounts in thousandths of an AIT.

{deposits}"
	)
}

#[test]
fn docs_should_say_what_calls_cost() {
	let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/calls.md");
	let document = document();
	if env::var_os("AITBC_WRITE_CALLS").is_some() {
		fs::write(&path, &document).expect("the file can be written");
	}
	let committed = fs::read_to_string(&path).unwrap_or_default();
	assert!(
		committed == document,
		"docs/calls.md is stale; run this test with AITBC_WRITE_CALLS=1"
	);
}
