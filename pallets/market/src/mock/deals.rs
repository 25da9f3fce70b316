//! Offers, jobs and bids as tests make them.

use super::*;
use aitbc_core::{ContractId, EvidenceHash, OfferId, PrivacyClass, TermsHash, Unit};
use frame_support::dispatch::DispatchResult;
use sp_core::H256;

/// How long a provider may take to start unless a test says otherwise, in active blocks.
pub const START_WITHIN: BlockNumber = 10;
/// The review period unless a test says otherwise, in active blocks.
pub const REVIEW: BlockNumber = 20;
/// The price of a job unless a test says otherwise, in plancks.
pub const PRICE: Balance = 10_000;
/// The most that a job may cost unless a test says otherwise, in plancks.
pub const LIMIT: Balance = 20_000;
/// What a unit costs by an offer unless a test says otherwise, in plancks.
pub const UNIT_PRICE: Balance = 10;
/// The units of a job unless a test says otherwise.
pub const UNITS: u64 = 1_000;
/// How many units of an offer may be in work unless a test says otherwise.
pub const CAPACITY: u64 = 2_500;
/// Where the specification of every test job can be read.
pub const SPECIFICATION_URI: &[u8] = b"https://work.example/1.json";

/// The first offer of a test.
pub const OFFER: OfferId = OfferId(0);
/// The first job of a test.
pub const JOB: JobId = JobId(0);

pub fn percent(percent: u32) -> Perbill {
	Perbill::from_percent(percent)
}

/// A name in its stored form.
pub fn name(text: &str) -> Name {
	text.as_bytes().to_vec().try_into().expect("short enough")
}

/// What the providers of tests work with.
pub fn resource() -> Resource {
	Resource {
		gpu: Some(Gpu { model: name("H100"), count: 4, vram_mib: 80_000 }),
		cpu_cores: 32,
		memory_mib: 256_000,
		bandwidth_mbps: 1_000,
		models: vec![name("llama-3"), name("qwen-2")].try_into().expect("few enough"),
		region: b"eu-1".to_vec().try_into().expect("short enough"),
		privacy: PrivacyClass::Dedicated,
	}
}

/// What the providers of tests offer.
pub fn offer_terms() -> OfferTerms {
	OfferTerms {
		capability: TAG,
		resource: resource(),
		unit: Unit::Token,
		price: UNIT_PRICE,
		min_units: 10,
		max_units: 2_000,
		sla: Sla { latency_ms: 500, availability: percent(90) },
		capacity: CAPACITY,
	}
}

/// Lets `agent` make an offer.
pub fn offer_with(agent: AgentId, terms: OfferTerms) -> OfferId {
	let offer = NextOfferId::<Test>::get();
	assert_ok!(Market::create_offer(by(agent), terms));
	offer
}

/// Lets `agent` make the usual offer.
pub fn offer(agent: AgentId) -> OfferId {
	offer_with(agent, offer_terms())
}

/// Milestones of so many percent of the price, each due so long after the latest start.
pub fn milestones(plan: &[(u32, BlockNumber)]) -> PaymentPlan<AccountId> {
	let plan = plan
		.iter()
		.map(|(share, due_after)| MilestonePlan { share: percent(*share), due_after: *due_after });
	PaymentPlan::Milestones(plan.collect::<Vec<_>>().try_into().expect("few enough"))
}

/// What is to be done by every test job, paid for by three milestones.
pub fn work() -> WorkTerms<AccountId, Vec<u8>> {
	WorkTerms {
		specification: Specification { uri: SPECIFICATION_URI.to_vec(), hash: specification() },
		units: UNITS,
		payment: milestones(&[(50, 20), (30, 40), (20, 60)]),
		start_within: START_WITHIN,
		review_period: REVIEW,
	}
}

/// The same work, paid for otherwise.
pub fn work_paid_by(payment: PaymentPlan<AccountId>) -> WorkTerms<AccountId, Vec<u8>> {
	WorkTerms { payment, ..work() }
}

/// Pay for 100 blocks.
pub const STREAM: PaymentPlan<AccountId> = PaymentPlan::Stream { blocks: 100 };

/// Pay for what the client signs for within 100 blocks.
pub const METER: PaymentPlan<AccountId> = PaymentPlan::Metered { blocks: 100, signer: CLIENT };

/// Whom every test job looks for.
pub fn demand() -> Demand {
	Demand {
		capability: TAG,
		unit: Unit::Token,
		requirements: Requirements::default(),
		price_limit: LIMIT,
		max_backups: 2,
	}
}

/// The hash of every test specification.
pub fn specification() -> TermsHash {
	TermsHash(H256::repeat_byte(0x5e))
}

/// A hash of evidence.
pub fn evidence(byte: u8) -> EvidenceHash {
	EvidenceHash(H256::repeat_byte(byte))
}

/// A job to be posted: as the functions above say unless told otherwise. Its bidding window counts
/// from the time at which it is posted.
#[derive(Clone, Debug)]
pub struct Posting {
	pub client: AccountId,
	pub work: WorkTerms<AccountId, Vec<u8>>,
	pub demand: Demand,
	pub until: BlockNumber,
	pub assign_by: BlockNumber,
}

impl Default for Posting {
	fn default() -> Self {
		Self { client: CLIENT, work: work(), demand: demand(), until: 30, assign_by: 50 }
	}
}

impl Posting {
	/// Paid for in another way.
	pub fn paid_by(payment: PaymentPlan<AccountId>) -> Self {
		Self { work: work_paid_by(payment), ..Self::default() }
	}

	/// With so many backups.
	pub fn with_backups(max_backups: u32) -> Self {
		Self { demand: Demand { max_backups, ..demand() }, ..Self::default() }
	}

	/// With requirements.
	pub fn requiring(requirements: Requirements) -> Self {
		Self { demand: Demand { requirements, ..demand() }, ..Self::default() }
	}

	/// How long it takes bids, from now on.
	pub fn bidding(&self) -> BiddingWindow {
		let now = Now::get();
		BiddingWindow { until: now + self.until, assign_by: now + self.assign_by }
	}

	/// Calls `post`.
	pub fn try_post(&self) -> DispatchResult {
		let Self { client, work, demand, .. } = self.clone();
		Market::post(signed(client), work, demand, self.bidding())
	}

	/// Posts the job.
	pub fn post(&self) -> JobId {
		let job = NextJobId::<Test>::get();
		assert_ok!(self.try_post());
		job
	}

	/// Posts the job, and assigns it to [`PROVIDER`] at `price`, with a bid of each of `backups`.
	pub fn assign(&self, price: Balance, backups: &[(AgentId, Balance)]) -> JobId {
		let job = self.post();
		place(job, PROVIDER, price);
		for (agent, price) in backups {
			place(job, *agent, *price);
		}
		award(job, PROVIDER);
		job
	}
}

/// What `agent` asks for the job with the least bond, by its newest offer, which it makes if it has
/// none.
pub fn terms_for(job: JobId, agent: AgentId, price: Balance) -> BidTerms {
	let newest = OffersByAgent::<Test>::iter_key_prefix(agent).max();
	let offer = newest.unwrap_or_else(|| offer(agent));
	BidTerms { offer, price, bond: Market::bid_bond(job, price).expect("the job is live") }
}

/// Lets `agent` bid, with the least bond, by its newest offer, to stay as a backup.
pub fn place(job: JobId, agent: AgentId, price: Balance) -> BidTerms {
	let terms = terms_for(job, agent, price);
	assert_ok!(Market::bid(by(agent), job, terms, true));
	terms
}

/// Lets the client assign the job to `agent`, as it bid.
pub fn award(job: JobId, agent: AgentId) {
	let client = live(job).client;
	let terms = bid_of(job, agent).expect("it bid").terms;
	assert_ok!(Market::assign(signed(client), job, agent, terms));
}

/// The bid of `agent` for the job, if it has one.
pub fn bid_of(job: JobId, agent: AgentId) -> Option<BidOf<Test>> {
	Market::bids(job).into_iter().find(|bid| bid.agent == agent)
}

/// The agents that bid for the job, in the order of the list.
pub fn bidders(job: JobId) -> Vec<AgentId> {
	Market::bids(job).into_iter().map(|bid| bid.agent).collect()
}

/// A job that has not ended.
pub fn live(job: JobId) -> JobOf<Test> {
	Jobs::<Test>::get(job).expect("the job is live")
}

/// A job that ended.
pub fn settled(job: JobId) -> SettledJobOf<Test> {
	SettledJobs::<Test>::get(job).expect("the job is settled")
}

/// Who does the job now.
pub fn lease(job: JobId) -> LeaseOf<Test> {
	live(job).lease().expect("the job is assigned").clone()
}

/// The contract of the job now.
pub fn contract(job: JobId) -> ContractId {
	lease(job).contract
}

/// An offer in storage.
pub fn offer_record(offer: OfferId) -> OfferOf<Test> {
	Offers::<Test>::get(offer).expect("the offer is in storage")
}

/// How many units of the newest offer of `agent` are in use.
pub fn in_use(agent: AgentId) -> u64 {
	let newest = OffersByAgent::<Test>::iter_key_prefix(agent).max();
	offer_record(newest.expect("it has an offer")).in_use
}

/// Lets [`PROVIDER`] start.
pub fn start(job: JobId) {
	assert_ok!(Market::start(signed(lease(job).account), job));
}

/// Lets whoever has the job submit a milestone of the plan.
pub fn submit(job: JobId, place: u32) {
	let account = lease(job).account;
	assert_ok!(Market::submit(signed(account), job, Some(PlanIndex(place)), evidence(place as u8)));
}

/// Lets whoever has the job give it up.
pub fn give_up(job: JobId) {
	assert_ok!(Market::give_up(signed(lease(job).account), job));
}

/// The deposits of a job with the usual URI, three milestones, and so many backups.
pub fn deposits(max_backups: u32) -> JobDeposits {
	Market::job_deposits(SPECIFICATION_URI.len() as u32, 3, max_backups)
}

/// A valid URI of `length` bytes.
pub fn uri_of(length: u32) -> Vec<u8> {
	let mut uri = b"x:".to_vec();
	uri.resize(length as usize, b'y');
	uri
}
