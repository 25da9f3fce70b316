//! The one place that knows two pallets at once: it answers the glue traits that pallets ask for.

use crate::{
	configs::parameters::{dynamic_params::escrow, MostRebate, ShareOf},
	AccountId, Agents, Balance, Market, Reputation, Runtime, RuntimeCall, SafeMode, TxPause,
	Validations,
};
use aitbc_core::{AgentId, CaseId, ClosedContract, JobId, Subject};
use aitbc_traits::{
	AgentInspect, Arbitration, OnContractClosed, OnJobSettled, PauseInspect, RebateInspect,
	ReputationInspect, WorkInspect,
};
use frame_support::{
	traits::{Get, InsideBoth},
	weights::Weight,
};
use sp_runtime::{DispatchError, Perbill};

/// The calls that work now: not stopped by safe mode and not paused.
pub type PauseFilter = InsideBoth<SafeMode, TxPause>;

/// Calls by which somebody meets a deadline and which can be paused, by pallet and name. While one
/// of them is paused, the active clock stands still.
const DEADLINE_CALLS: [(&str, &str); 9] = [
	("Agents", "set_wallet"),
	("Escrow", "accept"),
	("Escrow", "fund"),
	("Escrow", "start"),
	("Escrow", "dispute"),
	("Escrow", "top_up"),
	("Market", "bid"),
	("Market", "assign"),
	("Market", "start"),
];

/// Calls by which somebody gets out what is theirs, by pallet and name. Nothing stops them.
const WAYS_OUT: [(&str, &str); 27] = [
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

/// Tells agents what open business one of them has: the funded escrow contracts that will pay its
/// wallet, the wallet's bids, and the validations that it owes or answers for.
pub struct OpenWork;

impl WorkInspect<AccountId> for OpenWork {
	fn open_work(agent: AgentId, wallet: Option<&AccountId>) -> u32 {
		let of_wallet = wallet.map_or(0, |wallet| {
			crate::Escrow::open_work_of(wallet).saturating_add(Market::open_bids_of(wallet))
		});
		of_wallet.saturating_add(Validations::open_validations_of(agent))
	}

	fn weight() -> Weight {
		<Runtime as frame_system::Config>::DbWeight::get().reads(3)
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

/// There is no court yet: every case is refused, so nothing can enter a dispute.
pub struct NoCourt;

impl Arbitration<AccountId> for NoCourt {
	fn open_case(
		_: Subject,
		_: &AccountId,
		_: &AccountId,
		_: Balance,
	) -> Result<CaseId, DispatchError> {
		Err(pallet_escrow::Error::<Runtime>::ArbitrationUnavailable.into())
	}

	fn weight() -> Weight {
		Weight::zero()
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
