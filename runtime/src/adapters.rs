//! The one place that knows two pallets at once: it answers the glue traits that pallets ask for.

use crate::{
	configs::parameters::{dynamic_params::escrow, MostRebate, ShareOf},
	AccountId, Actions, Agents, AuditLog, Balance, BlockNumber, Disputes, Escrow, Market,
	Reputation, Runtime, RuntimeCall, SafeMode, Telemetry, TxPause, Validations,
};
use aitbc_audit::{Actor, Entry, Event};
use aitbc_core::{AgentId, CaseId, ClosedContract, Fact, JobId, Ruling, Subject};
use aitbc_traits::{
	AgentInspect, AuditLog as _, CaseFacts, ConflictInspect, OnContractClosed, OnJobSettled,
	OnRuling, PauseInspect, RebateInspect, ReporterInspect, ReputationInspect, WorkInspect,
};
use codec::Encode;
use frame_support::{
	defensive,
	traits::{Get, InsideBoth},
	weights::Weight,
};
use sp_io::hashing::blake2_256;
use sp_runtime::Perbill;

/// The calls that work now: not stopped by safe mode and not paused.
pub type PauseFilter = InsideBoth<SafeMode, TxPause>;

/// Calls by which somebody meets a deadline and which can be paused, by pallet and name. While one
/// of them is paused, the active clock stands still.
const DEADLINE_CALLS: [(&str, &str); 13] = [
	("Agents", "set_wallet"),
	("Escrow", "accept"),
	("Escrow", "fund"),
	("Escrow", "start"),
	("Escrow", "dispute"),
	("Escrow", "top_up"),
	("Market", "bid"),
	("Market", "assign"),
	("Market", "start"),
	("Validations", "dispute"),
	("Disputes", "offer"),
	("Disputes", "defend"),
	("Disputes", "appeal"),
];

/// Calls by which somebody gets out what is theirs, by pallet and name. Nothing stops them.
const WAYS_OUT: [(&str, &str); 49] = [
	("Preimage", "unnote_preimage"),
	("Treasury", "payout"),
	("Referenda", "refund_decision_deposit"),
	("Referenda", "refund_submission_deposit"),
	("ConvictionVoting", "undelegate"),
	("ConvictionVoting", "unlock"),
	("ConvictionVoting", "remove_vote"),
	("ConvictionVoting", "remove_other_vote"),
	("Agents", "deregister"),
	("Agents", "release_bond"),
	("Reputation", "erase"),
	("Escrow", "cancel"),
	("Escrow", "submit"),
	("Escrow", "release"),
	("Escrow", "settle"),
	("Escrow", "refund"),
	("Escrow", "collect"),
	("Escrow", "approve"),
	("Escrow", "settle_stream"),
	("Escrow", "stop"),
	("Escrow", "redeem"),
	("Escrow", "accept_split"),
	("Market", "withdraw_offer"),
	("Market", "withdraw_bid"),
	("Market", "submit"),
	("Market", "give_up"),
	("Market", "report"),
	("Market", "cancel"),
	("Market", "expire"),
	("Market", "forget"),
	("Market", "collect"),
	("Validations", "answer"),
	("Validations", "expire"),
	("Validations", "release_bond"),
	("Validations", "erase"),
	("Disputes", "accept"),
	("Disputes", "submit_evidence"),
	("Disputes", "rule_by_facts"),
	("Disputes", "commit"),
	("Disputes", "reveal"),
	("Disputes", "denounce"),
	("Disputes", "progress"),
	("Jurors", "unbond"),
	("Jurors", "withdraw"),
	("Telemetry", "remove_worker_key"),
	("Telemetry", "reveal"),
	("Telemetry", "claim"),
	("BitcoinAnchor", "claim"),
	("BitcoinAnchor", "deregister"),
];

/// Whether `call` is a way out of a hold.
pub fn is_way_out(call: &RuntimeCall) -> bool {
	use frame_support::traits::GetCallMetadata;
	let name = call.get_call_metadata();
	is_way_out_by_name(name.pallet_name.as_bytes(), name.function_name.as_bytes())
}

/// Whether the call named `call` of the pallet named `pallet` is a way out of a hold.
pub fn is_way_out_by_name(pallet: &[u8], call: &[u8]) -> bool {
	WAYS_OUT.iter().any(|(p, c)| (p.as_bytes(), c.as_bytes()) == (pallet, call))
}

/// Tells the active clock whether the chain is paused.
pub struct BrakesPause;

impl PauseInspect for BrakesPause {
	fn is_paused() -> bool {
		SafeMode::is_entered()
			|| DEADLINE_CALLS
				.iter()
				.any(|(pallet, call)| TxPause::is_paused_unbound((*pallet).into(), (*call).into()))
	}

	fn weight() -> Weight {
		let reads = u64::try_from(DEADLINE_CALLS.len()).unwrap_or(u64::MAX).saturating_add(1);
		<Runtime as frame_system::Config>::DbWeight::get().reads(reads)
	}
}

/// Tells agents what open business one of them has: the funded escrow contracts and the cases for
/// which it answers, the validations that it owes or answers for, the actions that it carries out, and its
/// wallet's bids. A bid of a
/// wallet that it no longer has can't get a job.
pub struct OpenWork;

impl WorkInspect for OpenWork {
	fn open_work(agent: AgentId) -> u32 {
		let bids = Agents::wallet(agent).map_or(0, |wallet| Market::open_bids_of(&wallet));
		Escrow::open_work_of(agent)
			.saturating_add(Disputes::open_cases_of(agent))
			.saturating_add(Validations::open_validations_of(agent))
			.saturating_add(Actions::running_of(agent))
			.saturating_add(bids)
	}

	fn weight() -> Weight {
		// Contracts, cases, validations and actions of the agent, its wallet, and the wallet's bids.
		<Runtime as frame_system::Config>::DbWeight::get().reads(6)
	}
}

/// Tells whoever listens that an escrow contract closed: the market when the contract is a job's,
/// reputation when it stands alone.
pub struct ContractNews;

impl OnContractClosed<AccountId, Balance> for ContractNews {
	fn on_contract_closed(closed: &ClosedContract<AccountId, Balance>) {
		match closed.job {
			Some(_) => Market::on_contract_closed(closed),
			None => Reputation::on_contract_closed(closed),
		}
	}

	fn weight() -> Weight {
		<Market as OnContractClosed<AccountId, Balance>>::weight()
			.max(<Reputation as OnContractClosed<AccountId, Balance>>::weight())
	}
}

/// Tells reputation how a provider's part in a job ended.
pub struct JobNews;

impl OnJobSettled<AccountId, Balance> for JobNews {
	fn on_job_settled(_: JobId, closed: &ClosedContract<AccountId, Balance>) {
		Reputation::on_contract_closed(closed);
	}

	fn weight() -> Weight {
		<Reputation as OnContractClosed<AccountId, Balance>>::weight()
	}
}

/// The rebate on the protocol's fee: a provider's share of the most that governance allows is the
/// lower bound of its agent's score.
pub struct ReputationRebate;

impl RebateInspect<AccountId> for ReputationRebate {
	fn rebate(provider: &AccountId) -> Perbill {
		let Some(agent) = Agents::agent_of_wallet(provider) else { return Perbill::zero() };
		let most: Perbill = ShareOf::<escrow::MaxRebate, MostRebate>::get();
		most * Reputation::lower_bound(agent)
	}

	fn weight() -> Weight {
		let lookup = <Runtime as frame_system::Config>::DbWeight::get().reads(2);
		lookup.saturating_add(<Reputation as ReputationInspect>::weight())
	}
}

/// Tells which accounts are too close to judge each other: that they, or the owners of the agents that
/// work under them, are the same or in business.
pub struct Closeness;

impl Closeness {
	/// Who owns the agent that works under `account`, if one does.
	fn owner(account: &AccountId) -> Option<AccountId> {
		Agents::agent_of_wallet(account).and_then(Agents::owner)
	}
}

impl ConflictInspect<AccountId> for Closeness {
	fn are_close(one: &AccountId, other: &AccountId, before: BlockNumber) -> bool {
		let one_side = [Some(one.clone()), Self::owner(one)];
		let other_side = [Some(other.clone()), Self::owner(other)];
		one_side.iter().flatten().any(|one| {
			let is_close = |other| one == other || Escrow::in_business(one, other, before);
			other_side.iter().flatten().any(is_close)
		})
	}

	fn weight() -> Weight {
		// The agent under each of the two accounts and its owner; then two for each of the four pairs.
		<Runtime as frame_system::Config>::DbWeight::get().reads(2 * 2 + 4 * 2)
	}
}

/// Tells who keeps the subject of a case how it is ruled, escrow or validations, and writes it down.
pub struct Rulings;

impl OnRuling for Rulings {
	fn on_ruling(subject: Subject, case: CaseId, ruling: &Ruling) {
		match subject {
			Subject::Milestone { .. } | Subject::Contract(_) => {
				Escrow::on_ruling(subject, case, ruling);
			},
			Subject::Validation(_) => Validations::on_ruling(subject, case, ruling),
		}
		let about = [aitbc_audit::Subject::Case(case.0)];
		let entry = Entry::new(Event::CaseRuled, Actor::Chain, &about)
			.with_hashes(&[blake2_256(&ruling.encode())]);
		// A ruling stands whether it is written down or not: nobody pays, so only a log that is full or
		// broken refuses.
		if AuditLog::append(entry, None).is_err() {
			defensive!("the audit log takes no ruling");
		}
	}

	fn weight() -> Weight {
		let told = <Escrow as OnRuling>::weight().max(<Validations as OnRuling>::weight());
		told.saturating_add(AuditLog::append_weight())
	}
}

/// Asks who keeps the subject of a case what the chain itself can say about it: escrow or validations.
pub struct SubjectFacts;

impl CaseFacts for SubjectFacts {
	fn fact(subject: Subject, document: &[u8]) -> Option<Fact> {
		match subject {
			Subject::Milestone { .. } | Subject::Contract(_) => Escrow::fact(subject, document),
			Subject::Validation(_) => Validations::fact(subject, document),
		}
	}

	fn weight(bytes: u32) -> Weight {
		<Escrow as CaseFacts>::weight(bytes).max(<Validations as CaseFacts>::weight(bytes))
	}
}

/// Tells telemetry who validates, by what staking elected for the present era.
pub struct ElectedValidators;

impl ReporterInspect<AccountId> for ElectedValidators {
	fn stake(account: &AccountId) -> Balance {
		pallet_staking::ErasStakersOverview::<Runtime>::get(Self::era(), account)
			.map_or(0, |exposure| exposure.total)
	}

	fn validators() -> u32 {
		let validators = pallet_session::Validators::<Runtime>::decode_len().unwrap_or_default();
		validators.try_into().unwrap_or(u32::MAX)
	}

	fn era() -> u32 {
		pallet_staking::ActiveEra::<Runtime>::get().map_or(0, |era| era.index)
	}

	fn weight() -> Weight {
		<Runtime as frame_system::Config>::DbWeight::get().reads(2)
	}
}

/// Tells actions what was reported.
pub type TelemetryReports = Telemetry;

/// Tells actions what validators measure together.
pub type TelemetryFeed = Telemetry;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_telemetry::BenchmarkHelper<AccountId> for ElectedValidators {
	fn activate(validator: &AccountId, stake: Balance, era: u32) {
		let exposure = sp_staking::PagedExposureMetadata {
			total: stake,
			own: stake,
			nominator_count: 0,
			page_count: 0,
		};
		pallet_staking::ErasStakersOverview::<Runtime>::insert(era, validator, exposure);
		let info = pallet_staking::ActiveEraInfo { index: era, start: None };
		pallet_staking::ActiveEra::<Runtime>::put(info);
	}
}

/// Registers agents for the benchmarks of pallets that only know how to look them up.
#[cfg(feature = "runtime-benchmarks")]
pub struct BenchmarkAgents;

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkAgents {
	/// An active agent of `owner` that works under `wallet`.
	#[allow(clippy::expect_used, reason = "a benchmark that can't be set up must stop")]
	fn active(kind: aitbc_core::AgentKind, owner: &AccountId, wallet: &AccountId) -> AgentId {
		Self::try_active(kind, owner, wallet).expect("a funded owner can have an active agent")
	}

	fn try_active(
		kind: aitbc_core::AgentKind,
		owner: &AccountId,
		wallet: &AccountId,
	) -> Result<AgentId, sp_runtime::DispatchError> {
		use crate::{Agents, Balances};
		use frame_support::traits::fungible::Mutate;
		let signed = |who: &AccountId| frame_system::RawOrigin::Signed(who.clone()).into();
		let agent = pallet_agents::NextAgentId::<Runtime>::get();
		Balances::mint_into(owner, aitbc_core::money::AIT.saturating_mul(1_000))?;
		Agents::register(signed(owner), kind, b"a:b".to_vec(), Default::default())?;
		Agents::set_wallet(signed(owner), agent, wallet.clone(), None)?;
		Agents::accept_wallet(signed(wallet), agent)?;
		Agents::activate(signed(owner), agent).map_err(|failure| failure.error)?;
		Ok(agent)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_reputation::BenchmarkHelper<AccountId> for BenchmarkAgents {
	fn create_agent(owner: &AccountId, wallet: &AccountId) -> AgentId {
		Self::active(aitbc_core::AgentKind::AiModel, owner, wallet)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_validations::BenchmarkHelper<AccountId> for BenchmarkAgents {
	fn active_agent(kind: aitbc_core::AgentKind, owner: &AccountId, wallet: &AccountId) -> AgentId {
		Self::active(kind, owner, wallet)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_market::BenchmarkHelper<AccountId> for BenchmarkAgents {
	fn active_agent(kind: aitbc_core::AgentKind, owner: &AccountId, wallet: &AccountId) -> AgentId {
		Self::active(kind, owner, wallet)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_escrow::BenchmarkHelper<AccountId> for BenchmarkAgents {
	fn agent_under(wallet: &AccountId) -> AgentId {
		let owner = frame_benchmarking::v2::account("owner of a provider's agent", 0, 0);
		Self::active(aitbc_core::AgentKind::AiModel, &owner, wallet)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_jurors::BenchmarkHelper<AccountId> for BenchmarkAgents {
	fn set_epoch(epoch: pallet_jurors::Epoch) {
		let index = epoch.0.try_into().unwrap_or(u32::MAX);
		pallet_session::CurrentIndex::<Runtime>::put(index);
	}

	fn agent_under(wallet: &AccountId) {
		let owner = frame_benchmarking::v2::account("owner of a juror's agent", 0, 0);
		Self::active(aitbc_core::AgentKind::AiModel, &owner, wallet);
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_actions::BenchmarkHelper<Runtime> for BenchmarkAgents {
	fn executor(wallet: &AccountId) -> AgentId {
		let next = pallet_agents::NextAgentId::<Runtime>::get();
		let number = u32::try_from(next.0).unwrap_or(u32::MAX);
		let owner = frame_benchmarking::v2::account("owner of an executor", number, 0);
		Self::active(aitbc_core::AgentKind::Executor, &owner, wallet)
	}

	fn activate(validator: &AccountId) {
		use pallet_telemetry::BenchmarkHelper as _;
		let era = ElectedValidators::era();
		ElectedValidators::activate(validator, aitbc_core::money::AIT, era);
		pallet_session::Validators::<Runtime>::put(alloc::vec![validator.clone(); 500]);
	}

	fn report(validator: &AccountId) -> u64 {
		use aitbc_anomaly::{Feature, Score, Value};
		use aitbc_telemetry::{Alarm, Cause, Series};
		let value = Value::default();
		let cause = Cause::Anomaly {
			score: Score::ALARM,
			feature: Feature::Value,
			expected: value,
			seen: value,
		};
		let report = pallet_telemetry::Report {
			reporter: validator.clone(),
			window: 0,
			alarm: Alarm { series: Series::FinalityLag, at: 0, cause },
			model: 1,
			evidence: pallet_telemetry::RawHash([1; 32]),
			state: pallet_telemetry::ReportState::Open,
		};
		pallet_telemetry::Reports::<Runtime>::insert(pallet_telemetry::ReportId(0), report);
		0
	}

	fn feed(lag: i64) {
		use aitbc_anomaly::Value;
		use aitbc_telemetry::{FeedValue, Series};
		let value = FeedValue {
			median: Value::from_integer(lag),
			spread: Value::default(),
			reporters: 500,
		};
		let values = Series::SHARED.map(|_| Some(value));
		let feed = pallet_telemetry::Feed { reporters: 500, stake: 1, values };
		// The last of those that are looked at.
		pallet_telemetry::NextToSettle::<Runtime>::put(9);
		pallet_telemetry::Feeds::<Runtime>::insert(1, feed);
	}

	fn call() -> RuntimeCall {
		let name = |text: &str| text.as_bytes().to_vec().try_into().unwrap_or_default();
		let full_name = (name("Agents"), name("set_wallet"));
		pallet_tx_pause::Call::pause { full_name }.into()
	}
}
