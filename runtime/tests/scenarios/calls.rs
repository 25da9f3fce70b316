//! One of each call of ours, and `docs/calls.md`, which says what each costs.

mod bitcoin;
pub mod operations;

use crate::network::{genesis, signed};
use aitbc_core::{
	money::{AIT, MILLI_AIT},
	AgentId, AgentKind, Agreement, Approvers, Bonds, CardHash, CaseId, Choice, ContractId, Decimal,
	DocumentHash, EvidenceHash, FeedbackIndex, JobId, MeterTerms, MilestoneIndex, MilestoneTerms,
	OfferId, ParametersHash, Party, PaymentTerms, PrivacyClass, Salt, StreamTerms, TagId, TagUse,
	Tenths, TermsHash, Unit, ValidationId, Voucher, WorkHash, WorkId,
};
use aitbc_runtime::{
	genesis_config_presets::DEVELOPMENT, AccountId, Agents, Balance, Disputes, Escrow, Market,
	Reputation, Runtime, RuntimeCall, TransactionPayment, Validations,
};
use bitcoin::{anchor_calls, light_client_calls};
use codec::Encode;
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{Get, GetCallMetadata, GetCallName},
};
use operations::{actions_calls, telemetry_calls};
use pallet_agents::{CapabilityTerms, CapabilityVersion, CardKey, WalletProof};
use pallet_disputes::EvidenceKind;
use pallet_escrow::ClaimKind;
use pallet_market::{
	BidTerms, BiddingWindow, Demand, Gpu, GpuMinimum, MilestonePlan, Name, OfferTerms, PaymentPlan,
	PlanIndex, Requirements, Resource, ResourceMinimum, Sla, Specification, WorkTerms,
};
use pallet_reputation::Rating;
use pallet_validations::{Document, Finality, Score, Work};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::Bob;
use sp_runtime::{MultiSignature, Perbill};
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
		Call::dispute { validation },
	]
}

/// A name of the greatest length.
fn name(byte: u8) -> Name {
	vec![byte; 32].try_into().expect("as long as a name may be")
}

/// Everything that a provider may have.
fn resource() -> Resource {
	Resource {
		gpu: Some(Gpu { model: name(b'g'), count: 8, vram_mib: 80_000 }),
		cpu_cores: 64,
		memory_mib: 256_000,
		bandwidth_mbps: 10_000,
		models: vec![name(b'm'); 8].try_into().expect("as many as may be"),
		region: vec![b'r'; 8].try_into().expect("as long as a region may be"),
		privacy: PrivacyClass::Confidential,
	}
}

/// Everything that a client may require.
fn requirements() -> Requirements {
	let Resource { cpu_cores, memory_mib, bandwidth_mbps, models, region, privacy, .. } =
		resource();
	let gpu = Some(GpuMinimum { model: Some(name(b'g')), count: 8, vram_mib: 80_000 });
	Requirements {
		resource: ResourceMinimum {
			gpu,
			cpu_cores,
			memory_mib,
			bandwidth_mbps,
			models,
			region,
			privacy,
		},
		sla: Sla { latency_ms: 100, availability: Perbill::from_percent(99) },
		min_lower_bound: Perbill::from_percent(50),
	}
}

/// Work that pays for so many milestones alike, specified at `uri`.
fn work(uri: Vec<u8>, milestones: u32) -> WorkTerms<AccountId, Vec<u8>> {
	let share = Perbill::from_percent(100 / milestones);
	let plan = vec![MilestonePlan { share, due_after: 30 }; milestones as usize];
	WorkTerms {
		specification: Specification { uri, hash: TermsHash(H256::zero()) },
		units: 1_000,
		payment: PaymentPlan::Milestones(plan.try_into().expect("as many as may be")),
		start_within: 10,
		review_period: 20,
	}
}

/// One of each call of market.
fn market_calls() -> Vec<pallet_market::Call<Runtime>> {
	use pallet_market::{Call, ClaimKind};
	let (offer, job) = (OfferId(0), JobId(0));
	let terms = OfferTerms {
		capability: TAG,
		resource: resource(),
		unit: Unit::Token,
		price: MILLI_AIT,
		min_units: 1,
		max_units: 1_000,
		sla: Sla { latency_ms: 100, availability: Perbill::from_percent(99) },
		capacity: 10_000,
	};
	let demand = Demand {
		capability: TAG,
		unit: Unit::Token,
		requirements: requirements(),
		price_limit: AIT,
		max_backups: 3,
	};
	let bid = BidTerms { offer, price: AIT, bond: AIT };
	vec![
		Call::create_offer { terms },
		Call::pause_offer { offer },
		Call::resume_offer { offer },
		Call::withdraw_offer { offer },
		Call::post {
			work: work(uri(), 10),
			demand,
			bidding: BiddingWindow { until: 10, assign_by: 20 },
		},
		Call::bid { job, terms: bid, stays_as_backup: true },
		Call::withdraw_bid { job },
		Call::assign { job, agent: AGENT, expected: bid },
		Call::hire { offer, work: work(uri(), 10), expected_price: AIT },
		Call::start { job },
		Call::submit { job, milestone: Some(PlanIndex(0)), evidence: EvidenceHash(H256::zero()) },
		Call::give_up { job },
		Call::report { job },
		Call::cancel { job },
		Call::expire { job },
		Call::forget { job },
		Call::collect { account: Bob.to_account_id(), kind: ClaimKind::Deposit },
	]
}

/// An agreement that pays by milestones, or otherwise.
fn agreement(payment: PaymentTerms<AccountId>, approvers: u8) -> Agreement<AccountId> {
	let accounts: Vec<_> = (1..=approvers).map(|byte| AccountId::new([byte; 32])).collect();
	Agreement {
		terms: TermsHash(H256::zero()),
		payment,
		review_period: 20,
		approvers: (approvers > 0).then_some(Approvers { accounts, threshold: 1 }),
		bonds: Bonds { client: AIT, provider: AIT },
	}
}

/// Pay for so many milestones.
fn milestones(count: usize) -> PaymentTerms<AccountId> {
	PaymentTerms::Milestones(vec![MilestoneTerms { amount: AIT, due: 30 }; count])
}

/// One of each call of escrow.
fn escrow_calls() -> Vec<pallet_escrow::Call<Runtime>> {
	use pallet_escrow::Call;
	let signature = MultiSignature::Sr25519(Default::default());
	let voucher = Voucher { contract: CONTRACT, units: 1, sequence: 1 };
	vec![
		Call::open { provider: Bob.to_account_id(), agreement: agreement(milestones(10), 8) },
		Call::fund { contract: CONTRACT, expected: 0 },
		Call::cancel { contract: CONTRACT },
		Call::submit { contract: CONTRACT, milestone: FIRST, evidence: EvidenceHash(H256::zero()) },
		Call::release { contract: CONTRACT, milestone: FIRST },
		Call::settle { contract: CONTRACT, milestone: FIRST },
		Call::refund { contract: CONTRACT, milestone: FIRST },
		Call::collect { contract: CONTRACT, kind: ClaimKind::Payment },
		Call::accept { contract: CONTRACT, bonds: Bonds::default(), total: AIT },
		Call::start { contract: CONTRACT },
		Call::approve { contract: CONTRACT, milestone: FIRST },
		Call::settle_stream { contract: CONTRACT },
		Call::top_up { contract: CONTRACT, amount: AIT },
		Call::stop { contract: CONTRACT },
		Call::redeem { contract: CONTRACT, voucher, signature },
		Call::offer_split { contract: CONTRACT, milestone: FIRST, provider_share: AIT },
		Call::withdraw_split { contract: CONTRACT, milestone: FIRST },
		Call::accept_split { contract: CONTRACT, milestone: FIRST, expected: AIT },
		Call::dispute { contract: CONTRACT, milestone: Some(FIRST), claim: Tenths::ALL },
	]
}

/// One of each call of disputes.
fn disputes_calls() -> Vec<pallet_disputes::Call<Runtime>> {
	use pallet_disputes::Call;
	let (case, choice, salt) = (CaseId(0), Choice::ClientShare(Tenths::ALL), Salt([7; 32]));
	let (client_share, hash) = (Perbill::one(), DocumentHash(H256::zero()));
	vec![
		Call::offer { case, client_share },
		Call::accept { case, client_share },
		Call::defend { case, claim: Tenths::NONE },
		Call::submit_evidence { case, kind: EvidenceKind::Statement, uri: uri(), hash },
		Call::rule_by_facts { case, document: vec![7; 1_024] },
		Call::commit { case, commitment: H256::zero() },
		Call::reveal { case, choice, salt },
		Call::denounce { case, juror: Bob.to_account_id(), choice, salt },
		Call::appeal { case, side: Party::Client },
		Call::progress { case },
		Call::force_rule { case, client_share },
	]
}

/// One of each call of jurors.
fn jurors_calls() -> Vec<pallet_jurors::Call<Runtime>> {
	use pallet_jurors::Call;
	let account = Bob.to_account_id();
	vec![
		Call::bond { amount: AIT },
		Call::unbond { amount: AIT },
		Call::withdraw { account: account.clone() },
		Call::refresh { account },
	]
}

fn slashes_calls() -> Vec<pallet_validator_performance::Call<Runtime>> {
	let validator = Bob.to_account_id();
	vec![pallet_validator_performance::Call::cancel_slash { validator, era: 1 }]
}

/// One of each call of ours that somebody signs, or governance makes.
pub fn our_calls() -> Vec<RuntimeCall> {
	let agents = agents_calls().into_iter().map(RuntimeCall::from);
	let reputation = reputation_calls().into_iter().map(RuntimeCall::from);
	let market = market_calls().into_iter().map(RuntimeCall::from);
	let escrow = escrow_calls().into_iter().map(RuntimeCall::from);
	let disputes = disputes_calls().into_iter().map(RuntimeCall::from);
	let validations = validations_calls().into_iter().map(RuntimeCall::from);
	let jurors = jurors_calls().into_iter().map(RuntimeCall::from);
	let telemetry = telemetry_calls().into_iter().map(RuntimeCall::from);
	let actions = actions_calls(uri()).into_iter().map(RuntimeCall::from);
	let light_client = light_client_calls().into_iter().map(RuntimeCall::from);
	let anchor = anchor_calls().into_iter().map(RuntimeCall::from);
	let slashes = slashes_calls().into_iter().map(RuntimeCall::from);
	let deals = agents.chain(reputation).chain(market).chain(escrow);
	let court = disputes.chain(validations).chain(jurors);
	let operations = telemetry.chain(actions);
	let bitcoin = light_client.chain(anchor);
	deals.chain(court).chain(operations).chain(bitcoin).chain(slashes).collect()
}

#[test]
fn lists_should_have_every_call_of_ours() {
	let names: Vec<_> = agents_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_agents::Call::<Runtime>::get_call_names());
	let names: Vec<_> = escrow_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_escrow::Call::<Runtime>::get_call_names());
	let names: Vec<_> = disputes_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_disputes::Call::<Runtime>::get_call_names());
	let names: Vec<_> = jurors_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_jurors::Call::<Runtime>::get_call_names());
	let names: Vec<_> = market_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_market::Call::<Runtime>::get_call_names());
	let names: Vec<_> = reputation_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_reputation::Call::<Runtime>::get_call_names());
	let names: Vec<_> = light_client_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_bitcoin_light_client::Call::<Runtime>::get_call_names());
	let names: Vec<_> = anchor_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_bitcoin_anchor::Call::<Runtime>::get_call_names());
	let names: Vec<_> = slashes_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_validator_performance::Call::<Runtime>::get_call_names());
	let names: Vec<_> = validations_calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_validations::Call::<Runtime>::get_call_names());
	let names: Vec<_> = actions_calls(uri()).iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, pallet_actions::Call::<Runtime>::get_call_names());
	let workers = ["commit", "reveal", "report"];
	let names: Vec<_> = telemetry_calls().iter().map(GetCallName::get_call_name).collect();
	let signed = pallet_telemetry::Call::<Runtime>::get_call_names().iter();
	assert_eq!(names, signed.filter(|name| !workers.contains(name)).copied().collect::<Vec<_>>());
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
	let (one, ten) = (agreement(milestones(1), 0), agreement(milestones(10), 0));
	let approved = agreement(milestones(10), 8);
	let stream = StreamTerms { rate: MILLI_AIT, amount: AIT, until: 30 };
	let meter =
		MeterTerms { unit_price: MILLI_AIT, units: 1_000, until: 30, signer: Bob.to_account_id() };
	let escrow = Escrow::storage_deposit;
	let (simple, great) = (Market::job_deposits(30, 1, 0), Market::job_deposits(256, 10, 3));
	let court = Disputes::court();
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
		("market.create_offer: deposit", Market::offer_deposit()),
		("market.post, URI of 30 bytes, 1 milestone, no backup: deposit for the job", simple.job),
		("the same, for what is kept of it when it ended", simple.record),
		("market.post, URI of 256 bytes, 10 milestones, 3 backups: deposit for the job", great.job),
		("the same, for what is kept of it when it ended", great.record),
		("market.bid: bond at least", Market::least_bond(0)),
		("escrow.open, 1 milestone: deposit", escrow(&one)),
		("escrow.open, 10 milestones: deposit", escrow(&ten)),
		("escrow.open, 10 milestones, 8 approvers: deposit", escrow(&approved)),
		("escrow.open, a stream: deposit", escrow(&agreement(PaymentTerms::Stream(stream), 0))),
		("escrow.open, a meter: deposit", escrow(&agreement(PaymentTerms::Metered(meter), 0))),
		("escrow.dispute, validations.dispute, a case that has a court: deposit", court.deposit),
		("the same: filing fee, which returns if the parties settle", court.filing_fee),
		("the same, and disputes.defend: stake, which the side that loses pays", court.court_fee),
		(
			"bitcoin_anchor.register: deposit",
			<Runtime as pallet_bitcoin_anchor::Config>::Deposit::get(),
		),
		("jurors.bond: bond at least", <Runtime as pallet_jurors::Config>::MinBond::get()),
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
URI of 256 bytes, a wallet with its proof, ten milestones, the last one of a contract, a document of
1,024 bytes, the largest jury, a full batch of headers. Transactions of Bitcoin have 200 and 300 bytes, and a
block 4,096 of them. `encoded` is the call's first two bytes: its pallet's index
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
