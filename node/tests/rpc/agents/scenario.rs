//! A chain on which every method about agents has something to tell.
//!
//! Agent 0 renders images: Charlie owns it, Dave's account is its wallet. Agent 1 checks work: Eve
//! owns it, Ferdie's account is its wallet. Bob has two jobs done by agent 0, rates both, and asks
//! agent 1 to check two pieces of work.

use crate::{
	harness::{wait_until, Node},
	transactions::{bytes, send},
};
use aitbc_core::{
	money::AIT, AgentId, AgentKind, Agreement, Balance, BlockNumber, Bonds, CardHash, ContractId,
	Decimal, DocumentHash, EvidenceHash, FeedbackIndex, Hash, MilestoneIndex, MilestoneTerms,
	ParametersHash, PaymentTerms, TagId, TermsHash, ValidationId, WorkHash, WorkId,
};
use aitbc_runtime::RuntimeCall;
use pallet_agents::types::{CapabilityTerms, CapabilityVersion, CardKey, WalletProof};
use pallet_reputation::types::Rating;
use pallet_validations::types::{Document, Finality, Score, Work};
use serde_json::json;
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::MultiSignature;

/// Agent 0, and agent 1.
pub const RENDERER: AgentId = AgentId(0);
pub const CHECKER: AgentId = AgentId(1);

/// Tags of the development network's genesis.
pub const INFERENCE_IMAGE: TagId = TagId(1);
const VALIDATION_WORK: TagId = TagId(6);
const QUALITY: TagId = TagId(8);
const SATISFACTION: TagId = TagId(9);

/// An active block that is far enough for all deadlines, and near enough to be allowed.
const SOON: BlockNumber = 100;

/// What Bob pays for each job; its fee is above the least that counts as evidence.
const PRICE: Balance = 80 * AIT;

/// Plays it.
pub fn play(node: &Node) {
	register(node);
	work(node);
	judge(node);
}

/// Both agents come to life.
fn register(node: &Node) {
	send(
		node,
		Charlie,
		vec![
			registration(AgentKind::Provider, "https://agents.example/renderer.json"),
			offer(RENDERER, INFERENCE_IMAGE),
			metadata(b"region", b"eu-west"),
			metadata(b"logo", &[0x89, 0x50, 0x4e, 0x47]),
			pallet_agents::Call::add_card_key {
				agent: RENDERER,
				key: CardKey::Ed25519(Hash::repeat_byte(0xed).0),
			}
			.into(),
		],
	);
	send(
		node,
		Eve,
		vec![
			registration(AgentKind::Validator, "https://agents.example/checker.json"),
			offer(CHECKER, VALIDATION_WORK),
		],
	);
	for (owner, agent, wallet) in [(Charlie, RENDERER, Dave), (Eve, CHECKER, Ferdie)] {
		let proof = Some(consent(node, agent, wallet));
		let wallet = wallet.to_account_id();
		let set_wallet = pallet_agents::Call::set_wallet { agent, wallet, proof }.into();
		send(node, owner, vec![set_wallet, pallet_agents::Call::activate { agent }.into()]);
	}
}

/// Dave does two jobs for Bob, and is paid.
fn work(node: &Node) {
	let (contracts, milestone) = ([ContractId(0), ContractId(1)], MilestoneIndex(0));
	let open: RuntimeCall = pallet_escrow::Call::open {
		provider: Dave.to_account_id(),
		agreement: Agreement {
			terms: TermsHash(Hash::repeat_byte(1)),
			payment: PaymentTerms::Milestones(vec![MilestoneTerms { amount: PRICE, due: SOON }]),
			review_period: 20,
			approvers: None,
			bonds: Bonds::default(),
		},
	}
	.into();
	let fund = |contract| pallet_escrow::Call::fund { contract, expected: PRICE }.into();
	let evidence = EvidenceHash(Hash::repeat_byte(2));
	let submit = |contract| pallet_escrow::Call::submit { contract, milestone, evidence }.into();
	let release = |contract| pallet_escrow::Call::release { contract, milestone }.into();
	send(node, Bob, [vec![open.clone(), open], contracts.map(fund).into()].concat());
	send(node, Dave, contracts.map(submit).into());
	send(node, Bob, contracts.map(release).into());
}

/// Bob says what he thinks of it and asks for a second opinion; the others answer.
fn judge(node: &Node) {
	send(
		node,
		Bob,
		vec![
			rate(ContractId(0), QUALITY, Decimal { value: 9_750, decimals: 2 }),
			rate(ContractId(1), SATISFACTION, Decimal::whole(80)),
			request(1, AIT),
			request(2, 2 * AIT),
		],
	);
	let evidence = Document {
		uri: b"https://agents.example/report.json".to_vec(),
		hash: DocumentHash(Hash::repeat_byte(5)),
	};
	let score = Score::new(93).expect("a valid score");
	let (validation, finality) = (ValidationId(0), Finality::Hard);
	let answer = pallet_validations::Call::answer { validation, score, finality, evidence };
	send(node, Ferdie, vec![answer.into(), heartbeat(CHECKER)]);
	let response = pallet_reputation::Call::respond {
		agent: RENDERER,
		author: Bob.to_account_id(),
		index: FeedbackIndex(2),
		uri: b"https://agents.example/response.json".to_vec(),
		hash: DocumentHash(Hash::repeat_byte(6)),
	};
	send(node, Dave, vec![response.into(), heartbeat(RENDERER)]);
}

fn registration(kind: AgentKind, uri: &str) -> RuntimeCall {
	let hash = CardHash(Hash::repeat_byte(0xca));
	pallet_agents::Call::register { kind, uri: uri.into(), hash }.into()
}

fn offer(agent: AgentId, tag: TagId) -> RuntimeCall {
	let terms = CapabilityTerms {
		version: CapabilityVersion { major: 1, minor: 2 },
		performance: Decimal { value: 9_950, decimals: 2 },
		price: 250_000_000,
		capacity: 8,
		parameters: ParametersHash(Hash::repeat_byte(3)),
	};
	pallet_agents::Call::set_capability { agent, tag, terms }.into()
}

fn metadata(key: &[u8], value: &[u8]) -> RuntimeCall {
	let (key, value) = (key.to_vec(), value.to_vec());
	pallet_agents::Call::set_metadata { agent: RENDERER, key, value }.into()
}

/// That `agent` is there.
pub fn heartbeat(agent: AgentId) -> RuntimeCall {
	pallet_agents::Call::heartbeat { agent }.into()
}

/// The consent of `wallet` to work for `agent`: its signature over what `agents_walletPayload` says.
fn consent(node: &Node, agent: AgentId, wallet: Sr25519Keyring) -> WalletProof<MultiSignature> {
	let params = json!([agent, wallet.to_account_id().to_string(), SOON]);
	// The registration may be in a block that this node takes for the best one only now.
	let payload = wait_until("the agent to be registered", || {
		let payload = node.get("agents_walletPayload", params.clone())["result"].take();
		Some(payload).filter(|payload| !payload.is_null())
	});
	let signature = MultiSignature::Sr25519(wallet.sign(&bytes(&payload)));
	WalletProof { signature, deadline: SOON }
}

fn rate(contract: ContractId, tag: TagId, value: Decimal) -> RuntimeCall {
	let rating = Rating {
		tag,
		about: Some(INFERENCE_IMAGE),
		value,
		endpoint: b"https://agents.example/renderer".to_vec(),
		uri: b"https://clients.example/review.json".to_vec(),
		hash: DocumentHash(Hash::repeat_byte(4)),
	};
	let work = WorkId::Contract(contract);
	pallet_reputation::Call::rate { agent: RENDERER, work, rating }.into()
}

fn request(number: u8, fee: Balance) -> RuntimeCall {
	pallet_validations::Call::request {
		validator: CHECKER,
		subject: RENDERER,
		work: Work {
			uri: format!("https://clients.example/work-{number}.png").into_bytes(),
			hash: WorkHash(Hash::repeat_byte(number)),
		},
		tag: Some(QUALITY),
		fee,
		deadline: SOON,
	}
	.into()
}
