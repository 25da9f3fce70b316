//! A chain on which every method about the market has something to tell.
//!
//! Dave and Ferdie, the wallets of agents 0 and 1, offer to render images. Bob has them bid for two
//! jobs, hires by an offer four times, and posts one job for which nobody bids:
//!
//! | job | what becomes of it | contract |
//! |---|---|---|
//! | 0 | Dave gets it, does it in two milestones, and is paid | 6 |
//! | 1 | waits, with a bid of each | |
//! | 2 | a stream that runs | 2 |
//! | 3 | a meter that runs, of which five units are billed | 3 |
//! | 4 | is under review | 4 |
//! | 5 | Dave gave it up: refunded | 5 |
//! | 6 | waits, without bids | |

use crate::{
	agents::scenario::{heartbeat, CHECKER, INFERENCE_IMAGE, RENDERER},
	harness::Node,
	transactions::{bytes, send, send_together},
};
use aitbc_core::{
	money::AIT, Balance, BlockNumber, ContractId, EvidenceHash, Hash, JobId, MilestoneIndex,
	OfferId, PrivacyClass, TermsHash, Unit, Voucher,
};
use aitbc_runtime::{AccountId, RuntimeCall};
use pallet_market::types::{
	BidTerms, BiddingWindow, Demand, Gpu, MilestonePlan, OfferTerms, PaymentPlan, PlanIndex,
	Requirements, Resource, ResourceMinimum, Sla, Specification, WorkTerms,
};
use serde_json::json;
use sp_keyring::Sr25519Keyring::{Bob, Dave, Ferdie};
use sp_runtime::{BoundedVec, MultiSignature, Perbill};

/// Dave's offers by requests and by hours, and Ferdie's.
const BY_REQUEST: OfferId = OfferId(0);
const BY_HOUR: OfferId = OfferId(1);
const FERDIES: OfferId = OfferId(2);

/// What a request costs by Dave's offer, and an hour.
const REQUEST: Balance = AIT / 2;
const HOUR: Balance = 5 * AIT;

/// How long the stream goes on, in active blocks.
const STREAM: BlockNumber = 50;

/// The contract of each job that is assigned.
const CONTRACT_0: ContractId = ContractId(6);
const CONTRACT_2: ContractId = ContractId(2);
const CONTRACT_3: ContractId = ContractId(3);

/// What Dave bids for job 0.
const WINNING: BidTerms = BidTerms { offer: BY_REQUEST, price: 16 * AIT, bond: 4 * AIT };

/// Plays it.
pub fn play(node: &Node) {
	send(node, Dave, vec![create_offer(by_request()), create_offer(by_hour())]);
	send(node, Ferdie, vec![create_offer(ferdies()), heartbeat(CHECKER)]);
	ask(node);
	answer(node);
	let assign = pallet_market::Call::assign { job: JobId(0), agent: RENDERER, expected: WINNING };
	send(node, Bob, vec![assign.into()]);
	deliver(node);
	let release = |milestone| {
		let milestone = MilestoneIndex(milestone);
		pallet_escrow::Call::release { contract: CONTRACT_0, milestone }.into()
	};
	send(node, Bob, vec![release(0), release(1)]);
}

/// Bob posts jobs, and hires Dave.
fn ask(node: &Node) {
	let halves = [milestone(50, 40), milestone(50, 80)];
	send(
		node,
		Bob,
		vec![
			post(work(10, milestones(halves)), 20 * AIT, 1),
			post(work(10, PaymentPlan::Stream { blocks: STREAM }), AIT / 5, 0),
			hire(
				BY_HOUR,
				work(5, PaymentPlan::Stream { blocks: STREAM }),
				5 * HOUR / Balance::from(STREAM),
			),
			hire(BY_REQUEST, work(20, metered()), REQUEST),
			hire(BY_REQUEST, work(10, milestones([milestone(100, 60)])), 10 * REQUEST),
			hire(BY_REQUEST, work(4, milestones([milestone(100, 60)])), 4 * REQUEST),
			post(work(20, metered()), AIT, 0),
		],
	);
}

/// Both bid, and Dave begins what he was hired for.
fn answer(node: &Node) {
	let [stream, meter, reviewed, given_up] = [2, 3, 4, 5].map(JobId);
	let dave = vec![
		bid(JobId(0), WINNING, false),
		bid(JobId(1), BidTerms { offer: BY_REQUEST, price: AIT / 10, bond: 2 * AIT }, false),
		start(stream),
		start(meter),
		start(reviewed),
		submit(reviewed, 0),
		pallet_market::Call::give_up { job: given_up }.into(),
	];
	let ferdie = vec![
		bid(JobId(0), BidTerms { offer: FERDIES, price: 18 * AIT, bond: 2 * AIT }, true),
		bid(JobId(1), BidTerms { offer: FERDIES, price: AIT * 2 / 25, bond: AIT }, true),
	];
	send_together(node, [(Dave, dave), (Ferdie, ferdie)]);
}

/// Dave does job 0, and takes what stream and meter have earned.
fn deliver(node: &Node) {
	let voucher = Voucher { contract: CONTRACT_3, units: 5, sequence: 1 };
	let params = json!([{ "contract": CONTRACT_3, "units": "5", "sequence": "1" }]);
	let payload = bytes(&node.get("escrow_voucherPayload", params)["result"]);
	let signature = MultiSignature::Sr25519(Bob.sign(&payload));
	send(
		node,
		Dave,
		vec![
			start(JobId(0)),
			submit(JobId(0), 0),
			submit(JobId(0), 1),
			pallet_escrow::Call::settle_stream { contract: CONTRACT_2 }.into(),
			pallet_escrow::Call::redeem { contract: CONTRACT_3, voucher, signature }.into(),
			heartbeat(RENDERER),
		],
	);
}

fn by_request() -> OfferTerms {
	let resource = Resource {
		gpu: Some(Gpu { model: text("H100"), count: 2, vram_mib: 81_920 }),
		cpu_cores: 16,
		memory_mib: 131_072,
		bandwidth_mbps: 1_000,
		models: BoundedVec::truncate_from(vec![text("sdxl"), text("flux.1")]),
		region: text("eu-west"),
		privacy: PrivacyClass::Dedicated,
	};
	OfferTerms {
		capability: INFERENCE_IMAGE,
		resource,
		unit: Unit::Request,
		price: REQUEST,
		min_units: 1,
		max_units: 100,
		sla: Sla { latency_ms: 2_000, availability: Perbill::from_percent(99) },
		capacity: 200,
	}
}

fn by_hour() -> OfferTerms {
	OfferTerms { unit: Unit::Hour, price: HOUR, capacity: 1_000, ..by_request() }
}

fn ferdies() -> OfferTerms {
	let resource = Resource { cpu_cores: 64, memory_mib: 262_144, ..Resource::default() };
	let sla = Sla { latency_ms: 5_000, availability: Perbill::from_percent(95) };
	OfferTerms { resource, price: REQUEST * 4 / 5, sla, ..by_request() }
}

/// What Bob asks of bidders.
fn requirements() -> Requirements {
	Requirements {
		resource: ResourceMinimum { cpu_cores: 8, memory_mib: 65_536, ..Default::default() },
		sla: Sla { latency_ms: 10_000, availability: Perbill::from_percent(90) },
		min_lower_bound: Perbill::zero(),
	}
}

fn work(units: u64, payment: PaymentPlan<AccountId>) -> WorkTerms<AccountId, Vec<u8>> {
	WorkTerms {
		specification: Specification {
			uri: b"https://clients.example/scenes.json".to_vec(),
			hash: TermsHash(Hash::repeat_byte(8)),
		},
		units,
		payment,
		start_within: 20,
		review_period: 20,
	}
}

fn milestone(percent: u32, due_after: BlockNumber) -> MilestonePlan {
	MilestonePlan { share: Perbill::from_percent(percent), due_after }
}

fn milestones<const COUNT: usize>(plan: [MilestonePlan; COUNT]) -> PaymentPlan<AccountId> {
	PaymentPlan::Milestones(BoundedVec::truncate_from(plan.into()))
}

fn metered() -> PaymentPlan<AccountId> {
	PaymentPlan::Metered { blocks: 200, signer: Bob.to_account_id() }
}

fn create_offer(terms: OfferTerms) -> RuntimeCall {
	pallet_market::Call::create_offer { terms }.into()
}

fn post(
	work: WorkTerms<AccountId, Vec<u8>>,
	price_limit: Balance,
	max_backups: u32,
) -> RuntimeCall {
	let demand = Demand {
		capability: INFERENCE_IMAGE,
		unit: Unit::Request,
		requirements: requirements(),
		price_limit,
		max_backups,
	};
	let bidding = BiddingWindow { until: 200, assign_by: 400 };
	pallet_market::Call::post { work, demand, bidding }.into()
}

fn hire(
	offer: OfferId,
	work: WorkTerms<AccountId, Vec<u8>>,
	expected_price: Balance,
) -> RuntimeCall {
	pallet_market::Call::hire { offer, work, expected_price }.into()
}

fn bid(job: JobId, terms: BidTerms, stays_as_backup: bool) -> RuntimeCall {
	pallet_market::Call::bid { job, terms, stays_as_backup }.into()
}

fn start(job: JobId) -> RuntimeCall {
	pallet_market::Call::start { job }.into()
}

fn submit(job: JobId, milestone: u32) -> RuntimeCall {
	let evidence = EvidenceHash(Hash::from_low_u64_be(u64::from(milestone) + 1));
	let milestone = Some(PlanIndex(milestone));
	pallet_market::Call::submit { job, milestone, evidence }.into()
}

/// Text in the bounds of a name or a region.
fn text<Bound: sp_core::Get<u32>>(text: &str) -> BoundedVec<u8, Bound> {
	BoundedVec::truncate_from(text.into())
}
