//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{mock::*, *};
use aitbc_core::{AgentId, ContractId, ContractOutcome, JobId, MilestoneIndex, OfferId, Unit};
use codec::{Decode, DecodeAll, Encode, MaxEncodedLen};
use core::fmt::Debug;
use frame_support::{traits::ConstU32, BoundedVec};
use sp_core::{bytes::to_hex, H256};
use sp_runtime::Perbill;

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), golden.replace(' ', ""));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

/// `specification()`.
const SPECIFICATION: &str = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";
/// `evidence(1)`.
const EVIDENCE: &str = "0101010101010101010101010101010101010101010101010101010101010101";
/// 10,000 as 128 bits.
const PRICE_HEX: &str = "10270000000000000000000000000000";
/// 1,000 as 128 bits.
const BOND_HEX: &str = "e8030000000000000000000000000000";
/// 258 as 64 bits, an id of anything.
const ID: &str = "0201000000000000";
/// `wallet(PROVIDER)`.
const WALLET: &str = "6400000000000000";
/// `CLIENT`.
const CLIENT_HEX: &str = "0100000000000000";
/// 90 % in parts per billion.
const NINETY: &str = "00e9a435";

fn a_resource() -> Resource {
	Resource {
		gpu: Some(Gpu { model: name("H100"), count: 4, vram_mib: 258 }),
		cpu_cores: 3,
		memory_mib: 4,
		bandwidth_mbps: 5,
		models: vec![name("ab")].try_into().expect("few enough"),
		region: b"eu".to_vec().try_into().expect("short enough"),
		privacy: aitbc_core::PrivacyClass::Dedicated,
	}
}

const RESOURCE: &str = "01 1048313030 0400 02010000 0300 04000000 05000000 04 086162 086575 01";

fn a_minimum() -> ResourceMinimum {
	let Resource { cpu_cores, memory_mib, bandwidth_mbps, models, region, privacy, .. } =
		a_resource();
	let gpu = Some(GpuMinimum { model: Some(name("H100")), count: 4, vram_mib: 258 });
	ResourceMinimum { gpu, cpu_cores, memory_mib, bandwidth_mbps, models, region, privacy }
}

const MINIMUM: &str = "01 01 1048313030 0400 02010000 0300 04000000 05000000 04 086162 086575 01";

fn an_sla() -> Sla {
	Sla { latency_ms: 258, availability: percent(90) }
}

fn sla_hex() -> String {
	format!("02010000 {NINETY}")
}

fn some_terms() -> OfferTerms {
	OfferTerms {
		capability: OTHER_TAG,
		resource: a_resource(),
		unit: Unit::Hour,
		price: PRICE,
		min_units: 1,
		max_units: 2,
		sla: an_sla(),
		capacity: 3,
	}
}

fn terms_hex() -> String {
	let units = "0100000000000000 0200000000000000";
	let sla = sla_hex();
	format!("01000000 {RESOURCE} 04 {PRICE_HEX} {units} {sla} 0300000000000000")
}

#[test]
fn resources_and_slas_should_keep_their_encoding() {
	assert_golden(a_resource(), &format!("0x{RESOURCE}"));
	assert_golden(Resource::default(), "0x00 0000 00000000 00000000 00 00 00");
	assert_golden(a_minimum(), &format!("0x{MINIMUM}"));
	assert_golden(an_sla(), &format!("0x{}", sla_hex()));
	assert_golden(Sla::LAX, "0xffffffff 00000000");
	let requirements = Requirements {
		resource: a_minimum(),
		sla: an_sla(),
		min_lower_bound: Perbill::from_parts(7),
	};
	assert_golden(requirements, &format!("0x{MINIMUM} {} 07000000", sla_hex()));
}

#[test]
fn offers_should_keep_their_encoding() {
	assert_golden(some_terms(), &format!("0x{}", terms_hex()));
	let offer = Offer {
		agent: AgentId(258),
		account: wallet(PROVIDER),
		terms: some_terms(),
		in_use: 2,
		status: OfferStatus::Paused,
		deposit: 1_000,
	};
	let golden = format!("0x{ID} {WALLET} {} 0200000000000000 01 {BOND_HEX}", terms_hex());
	assert_golden(offer, &golden);
	assert_golden(OfferStatus::Open, "0x00");
}

#[test]
fn names_should_not_decode_when_they_are_too_long() {
	let call = |length: usize| {
		let model = vec![b'a'; length];
		let mut bytes = [0u8, 0, 0, 0, 0, 1].to_vec();
		bytes.extend(model.encode());
		bytes.extend([1, 0]);
		bytes.extend(
			OfferTerms { resource: Resource::default(), ..some_terms() }.encode()[5..].to_vec(),
		);
		bytes
	};
	// The rest of the call is as `create_offer` has it, from the GPUs' memory on.
	let decodes = |length| {
		let mut bytes = call(length);
		let rest = bytes.split_off(6 + 1 + length + 2);
		bytes.extend([0; 4]);
		bytes.extend(rest);
		Call::<Test>::decode_all(&mut &bytes[..]).is_ok()
	};
	assert!(decodes(32));
	assert!(!decodes(33));
}

#[test]
fn lists_should_not_decode_when_they_are_too_long() {
	fn decodes<L: Decode>(items: impl Encode) -> bool {
		L::decode(&mut &items.encode()[..]).is_ok()
	}
	let models = |count: usize| decodes::<Names>(vec![b"a".to_vec(); count]);
	assert_eq!((models(8), models(9)), (true, false));
	let region = |length: usize| decodes::<Region>(vec![b'a'; length]);
	assert_eq!((region(8), region(9)), (true, false));
	let one = MilestonePlan { share: percent(1), due_after: 1 };
	let plan = |count: usize| decodes::<PaymentPlan<AccountId>>((0u8, vec![one; count]));
	assert_eq!((plan(10), plan(11)), (true, false));
}

fn some_places() -> Scope {
	Scope::Milestones(vec![PlanIndex(0), PlanIndex(2)].try_into().expect("few enough"))
}

#[test]
fn plans_and_scopes_should_keep_their_encoding() {
	type Plan = PaymentPlan<AccountId>;
	assert_golden(
		milestones(&[(90, 258), (10, 1)]),
		&format!("0x00 08 {NINETY} 02010000 00e1f505 01000000"),
	);
	assert_golden::<Plan>(PaymentPlan::Stream { blocks: 258 }, "0x01 02010000");
	assert_golden::<Plan>(
		PaymentPlan::Metered { blocks: 258, signer: CLIENT },
		&format!("0x02 02010000 {CLIENT_HEX}"),
	);
	assert_golden(some_places(), "0x00 08 00000000 02000000");
	assert_golden(Scope::Stream { blocks: 258 }, "0x01 02010000");
	assert_golden(Scope::Metered { units: 258 }, &format!("0x02 {ID}"));
	assert_golden(PlanIndex(258), "0x02010000");
}

fn some_bid_terms() -> BidTerms {
	BidTerms { offer: OfferId(258), price: PRICE, bond: 1_000 }
}

fn a_bid() -> BidOf<Test> {
	Bid {
		agent: AgentId(258),
		account: wallet(PROVIDER),
		terms: some_bid_terms(),
		stays_as_backup: true,
		at: 258,
	}
}

fn bid_hex() -> String {
	format!("{ID} {WALLET} {ID} {PRICE_HEX} {BOND_HEX} 01 02010000")
}

#[test]
fn bids_should_keep_their_encoding() {
	assert_golden(some_bid_terms(), &format!("0x{ID} {PRICE_HEX} {BOND_HEX}"));
	assert_golden(a_bid(), &format!("0x{}", bid_hex()));
	assert_golden(
		BidsOf::<Test>::try_from(vec![a_bid()]).expect("few enough"),
		&format!("0x04 {}", bid_hex()),
	);
}

fn some_work() -> WorkTerms<AccountId, Vec<u8>> {
	WorkTerms {
		specification: Specification { uri: b"a:b".to_vec(), hash: specification() },
		units: 258,
		payment: PaymentPlan::Stream { blocks: 258 },
		start_within: 3,
		review_period: 4,
	}
}

fn work_hex() -> String {
	format!("0c613a62 {SPECIFICATION} {ID} 01 02010000 03000000 04000000")
}

fn a_demand() -> Demand {
	Demand {
		capability: OTHER_TAG,
		unit: Unit::GpuSecond,
		requirements: Requirements::default(),
		price_limit: PRICE,
		max_backups: 2,
	}
}

fn demand_hex() -> String {
	let nothing = "00 0000 00000000 00000000 00 00 00 ffffffff 00000000 00000000";
	format!("01000000 00 {nothing} {PRICE_HEX} 02000000")
}

fn some_receipt() -> WorkReceipt {
	WorkReceipt {
		contract: ContractId(258),
		milestone: Some(MilestoneIndex(1)),
		evidence: evidence(1),
	}
}

fn receipt_hex() -> String {
	format!("{ID} 01 01000000 {EVIDENCE}")
}

fn a_lease() -> LeaseOf<Test> {
	Lease {
		agent: AgentId(258),
		account: wallet(PROVIDER),
		offer: OfferId(258),
		contract: ContractId(258),
		price: PRICE,
		scope: some_places(),
		units: 258,
		since: 258,
	}
}

fn lease_hex() -> String {
	format!("{ID} {WALLET} {ID} {ID} {PRICE_HEX} 00 08 00000000 02000000 {ID} 02010000")
}

fn past_lease() -> PastLease<AccountId> {
	PastLease {
		agent: AgentId(258),
		account: wallet(PROVIDER),
		contract: ContractId(258),
		outcome: ContractOutcome::Partial,
		released: PRICE,
		refunded: 1_000,
	}
}

fn past_hex() -> String {
	format!("{ID} {WALLET} {ID} 02 {PRICE_HEX} {BOND_HEX}")
}

#[test]
fn parts_of_jobs_should_keep_their_encoding() {
	assert_golden(some_work(), &format!("0x{}", work_hex()));
	assert_golden(a_demand(), &format!("0x{}", demand_hex()));
	assert_golden(BiddingWindow { until: 258, assign_by: 3 }, "0x02010000 03000000");
	assert_golden(JobDeposits { job: PRICE, record: 1_000 }, &format!("0x{PRICE_HEX} {BOND_HEX}"));
	assert_golden(a_lease(), &format!("0x{}", lease_hex()));
	assert_golden(past_lease(), &format!("0x{}", past_hex()));
	assert_golden(some_receipt(), &format!("0x{}", receipt_hex()));
	let none = WorkReceipt { milestone: None, ..some_receipt() };
	assert_golden(none, &format!("0x{ID} 00 {EVIDENCE}"));
}

#[test]
fn states_should_keep_their_encoding() {
	let bidding = BiddingWindow { until: 258, assign_by: 3 };
	assert_golden::<JobState<AccountId>>(JobState::Bidding(bidding), "0x00 02010000 03000000");
	assert_golden(
		JobState::Assigned { lease: a_lease(), start_by: 258 },
		&format!("0x01 {} 02010000", lease_hex()),
	);
	assert_golden(
		JobState::Reassigning { lease: a_lease(), cause: LeaseEnd::DueMissed },
		&format!("0x02 {} 03", lease_hex()),
	);
}

/// The job of the golden encodings, in the given state.
fn a_job(state: JobState<AccountId>) -> Job<AccountId, Vec<u8>> {
	Job {
		client: CLIENT,
		work: some_work(),
		demand: a_demand(),
		deposits: JobDeposits { job: PRICE, record: 1_000 },
		past: vec![past_lease()].try_into().expect("few enough"),
		receipts: vec![some_receipt()].try_into().expect("few enough"),
		state,
	}
}

/// The job of the golden encodings up to its state.
fn job_hex() -> String {
	let history = format!("04 {} 04 {}", past_hex(), receipt_hex());
	let (work, demand) = (work_hex(), demand_hex());
	format!("{CLIENT_HEX} {work} {demand} {PRICE_HEX} {BOND_HEX} {history}")
}

#[test]
fn jobs_should_keep_their_encoding() {
	let job = a_job(JobState::Assigned { lease: a_lease(), start_by: 258 });
	let golden = format!("0x{} 01 {} 02010000", job_hex(), lease_hex());
	assert_golden(job.clone(), &golden);
	// Stored and sent, it is the same.
	let stored: JobOf<Test> = job.map_uri(|uri| uri.try_into().expect("short enough"));
	assert_golden(stored, &golden);
}

fn a_settled_job() -> SettledJobOf<Test> {
	SettledJob {
		client: CLIENT,
		specification: specification(),
		leases: vec![past_lease()].try_into().expect("few enough"),
		receipts: vec![some_receipt()].try_into().expect("few enough"),
		outcome: JobOutcome::Refunded,
		settled_at: 258,
		deposit: 1_000,
	}
}

fn settled_hex() -> String {
	let history = format!("04 {} 04 {}", past_hex(), receipt_hex());
	format!("{CLIENT_HEX} {SPECIFICATION} {history} 02 02010000 {BOND_HEX}")
}

#[test]
fn settled_jobs_should_keep_their_encoding() {
	assert_golden(a_settled_job(), &format!("0x{}", settled_hex()));
}

#[test]
fn enums_should_keep_their_indices() {
	let ends = [
		BidEnd::Withdrawn,
		BidEnd::Replaced,
		BidEnd::Evicted,
		BidEnd::Lost,
		BidEnd::Skipped,
		BidEnd::JobEnded,
	];
	assert_eq!(ends.encode(), [0, 1, 2, 3, 4, 5]);
	let ends = [LeaseEnd::Closed, LeaseEnd::GivenUp, LeaseEnd::StartMissed, LeaseEnd::DueMissed];
	assert_eq!(ends.encode(), [0, 1, 2, 3]);
	let outcomes = [JobOutcome::Completed, JobOutcome::Partial, JobOutcome::Refunded];
	assert_eq!(outcomes.encode(), [0, 1, 2]);
	assert_eq!([ClaimKind::Deposit, ClaimKind::Bond].encode(), [0, 1]);
}

#[test]
fn counters_should_keep_their_encoding() {
	let counters = Counters {
		posted: 1,
		assigned: 2,
		completed: 3,
		partial: 4,
		refunded: 5,
		reassigned: 6,
		disputed: 7,
		expired: 8,
		cancelled: 9,
		value_settled: PRICE,
	};
	let numbers: String = (1..=9).map(|number| format!("0{number}00000000000000")).collect();
	assert_golden(EraCounters { era: 258, counters }, &format!("0x02010000 {numbers} {PRICE_HEX}"));
}

#[test]
fn what_clients_get_should_keep_its_encoding() {
	let receipt = ReceiptEntry {
		receipt: some_receipt(),
		agent: AgentId(258),
		account: wallet(PROVIDER),
		client: CLIENT,
	};
	assert_golden(receipt, &format!("0x{} {ID} {WALLET} {CLIENT_HEX}", receipt_hex()));
	let record = JobRecord::Settled(a_settled_job());
	let settled = JobInfo { job: JobId(258), record };
	let golden = format!("{ID} 01 {}", settled_hex());
	assert_golden(settled.clone(), &format!("0x{golden}"));
	assert_golden(
		JobPage { jobs: vec![settled], next: Some(JobId(258)) },
		&format!("0x04 {golden} 01 {ID}"),
	);
	let live = JobRecord::Live {
		job: a_job(JobState::Bidding(BiddingWindow { until: 1, assign_by: 2 })),
		stage: JobStage::Running { since: 258 },
		reportable: Some(LeaseEnd::StartMissed),
		bids: 3,
	};
	let golden = format!("0x00 {} 00 01000000 02000000 02 02010000 01 02 03000000", job_hex());
	assert_golden(live, &golden);
	let stages = [JobStage::Bidding, JobStage::Assigned, JobStage::UnderReview];
	assert_eq!(stages.encode(), [0, 1, 3]);
	let deposits = JobDeposits { job: PRICE, record: 1_000 };
	let quote = Quote { price: PRICE, total: PRICE, bond: 1_000, deposits };
	let golden = format!("0x{PRICE_HEX} {PRICE_HEX} {BOND_HEX} {PRICE_HEX} {BOND_HEX}");
	assert_golden(quote, &golden);
}

#[test]
fn what_is_ranked_should_keep_its_encoding() {
	let parts = Perbill::from_parts;
	let fit = Fit {
		resource: parts(1),
		performance: parts(2),
		cost: parts(3),
		availability: parts(4),
		bond: parts(5),
	};
	let fit_hex = "01000000 02000000 03000000 04000000 05000000";
	assert_golden(fit, &format!("0x{fit_hex}"));
	let bid =
		RankedBid { score: parts(6), fit, lower_bound: parts(7), is_available: true, bid: a_bid() };
	assert_golden(bid, &format!("0x06000000 {fit_hex} 07000000 01 {}", bid_hex()));
	let record = Offer {
		agent: AgentId(258),
		account: wallet(PROVIDER),
		terms: some_terms(),
		in_use: 2,
		status: OfferStatus::Open,
		deposit: 1_000,
	};
	let info = OfferInfo { offer: OfferId(258), record, is_backed: true };
	let info_hex = format!("{ID} {ID} {WALLET} {} 0200000000000000 00 {BOND_HEX} 01", terms_hex());
	let page = OfferPage { offers: vec![info.clone()], next: None };
	assert_golden(page, &format!("0x04 {info_hex} 00"));
	let ranked = RankedOffer { score: parts(6), fit, lower_bound: parts(7), offer: info };
	let ranked_hex = format!("06000000 {fit_hex} 07000000 {info_hex}");
	let ranking =
		OfferRanking { offers: vec![ranked], candidates: 2, seen: 3, next: Some(OfferId(258)) };
	assert_golden(ranking, &format!("0x04 {ranked_hex} 02000000 03000000 01 {ID}"));
	let query = OfferQuery {
		capability: OTHER_TAG,
		unit: Unit::Hour,
		units: 258,
		max_price: PRICE,
		requirements: a_demand().requirements,
		seed: H256::repeat_byte(1),
		after: Some(OfferId(258)),
	};
	let nothing = "00 0000 00000000 00000000 00 00 00 ffffffff 00000000 00000000";
	assert_golden(query, &format!("0x01000000 04 {ID} {PRICE_HEX} {nothing} {EVIDENCE} 01 {ID}"));
}

#[test]
fn calls_should_keep_their_encoding() {
	let terms_hex = format!("{ID} {PRICE_HEX} {BOND_HEX}");
	let (job, agent, expected) = (JobId(258), AgentId(258), some_bid_terms());
	let bidding = BiddingWindow { until: 1, assign_by: 2 };
	let golden: [(Call<Test>, String); 8] = [
		(Call::create_offer { terms: some_terms() }, format!("0x00 {}", self::terms_hex())),
		(
			Call::post { work: some_work(), demand: a_demand(), bidding },
			format!("0x04 {} {} 01000000 02000000", work_hex(), demand_hex()),
		),
		(
			Call::bid { job, terms: expected, stays_as_backup: true },
			format!("0x05 {ID} {terms_hex} 01"),
		),
		(Call::assign { job, agent, expected }, format!("0x07 {ID} {ID} {terms_hex}")),
		(
			Call::hire { offer: OfferId(258), work: some_work(), expected_price: PRICE },
			format!("0x08 {ID} {} {PRICE_HEX}", work_hex()),
		),
		(
			Call::submit { job, milestone: Some(PlanIndex(1)), evidence: evidence(1) },
			format!("0x0a {ID} 01 01000000 {EVIDENCE}"),
		),
		(Call::report { job }, format!("0x0c {ID}")),
		(Call::collect { account: CLIENT, kind: ClaimKind::Bond }, format!("0x10 {CLIENT_HEX} 01")),
	];
	for (call, golden) in golden {
		assert_golden(call, &golden);
	}
}

/// The README says how much storage a job takes on the chain, whose accounts have 32 bytes and whose
/// URIs at most 256.
#[test]
fn bytes_in_storage_should_be_those_of_the_readme() {
	type Account = aitbc_core::AccountId;
	type Uri = BoundedVec<u8, ConstU32<256>>;
	let (job, settled) =
		(Job::<Account, Uri>::max_encoded_len(), SettledJob::<Account>::max_encoded_len());
	let (past, receipt) = (PastLease::<Account>::max_encoded_len(), WorkReceipt::max_encoded_len());
	assert_eq!((job, settled, past, receipt), (1_722, 861, 81, 45));
	assert_eq!(Bid::<Account>::max_encoded_len(), 85);
	assert_eq!(8 + Offer::<Account>::max_encoded_len() + (8 + 8) + (4 + 8), 479);
	// With a URI of 40 bytes, three milestones and two backups, in three and five entries.
	let unused = past + 7 * receipt;
	assert_eq!(8 + job - (256 - 40) - unused + (8 + 5) + (4 + 8), 1_143);
	assert_eq!(8 + settled - unused + 4 * (32 + 8), 633);
	// As large as can be, in three and six entries.
	assert_eq!(8 + job + (8 + 5) + (4 + 8), 1_755);
	assert_eq!(8 + settled + 5 * (32 + 8), 1_069);
}
