//! The one place that knows two pallets at once: it answers the glue traits that pallets ask for.

use crate::{AccountId, Runtime, RuntimeCall, SafeMode, TxPause, Validations};
use aitbc_core::AgentId;
use aitbc_traits::{PauseInspect, WorkInspect};
use frame_support::{traits::InsideBoth, weights::Weight};

/// The calls that work now: not stopped by safe mode and not paused.
pub type PauseFilter = InsideBoth<SafeMode, TxPause>;

/// Calls by which somebody meets a deadline and which can be paused, by pallet and name. While one
/// of them is paused, the active clock stands still.
const DEADLINE_CALLS: [(&str, &str); 2] = [("Agents", "set_wallet"), ("Escrow", "fund")];

/// Calls by which somebody gets out what is theirs, by pallet and name. Nothing stops them.
const WAYS_OUT: [(&str, &str); 13] = [
	("Agents", "deregister"),
	("Agents", "release_bond"),
	("Reputation", "erase"),
	("Escrow", "cancel"),
	("Escrow", "submit"),
	("Escrow", "release"),
	("Escrow", "settle"),
	("Escrow", "refund"),
	("Escrow", "collect"),
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
/// wallet, and the validations that it owes or answers for.
pub struct OpenWork;

impl WorkInspect<AccountId> for OpenWork {
	fn open_work(agent: AgentId, wallet: Option<&AccountId>) -> u32 {
		let contracts = wallet.map_or(0, crate::Escrow::open_work_of);
		contracts.saturating_add(Validations::open_validations_of(agent))
	}

	fn weight() -> Weight {
		<Runtime as frame_system::Config>::DbWeight::get().reads(2)
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
