//! How validators do their slots, and what they were slashed for.

use super::{
	network, runtime,
	runtime::runtime_types::{
		aitbc_runtime::RuntimeCall,
		pallet_validator_performance::{
			pallet::Call as Performance,
			types::{
				info as generated,
				performance::Consequence as GeneratedConsequence,
				slashes::{CancelledBy, OffenceKind, SlashRecord, SlashState},
				slots::SlotCount,
			},
		},
	},
	Block, ChainCall, Error,
};
use crate::{amount::Amount, decimal::Share};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// Slots that a validator had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Slots {
	/// Those that it had to fill.
	pub assigned: u32,
	/// Those of them that nobody filled.
	pub missed: u32,
}

/// What followed from a validator's slots, beside its reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consequence {
	/// It had too few slots to be judged: they count again in the next era.
	CarriedOver,
	/// It filled slots.
	Nothing,
	/// It filled none, and lost the reward.
	Silent,
	/// The same, and it is no candidate any more.
	Chilled,
}

impl fmt::Display for Consequence {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::CarriedOver => "too few slots to judge",
			Self::Nothing => "-",
			Self::Silent => "silent: no reward",
			Self::Chilled => "silent: no reward, chilled",
		})
	}
}

/// How a validator did its slots of an era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EraPerformance {
	/// The era.
	pub era: u32,
	/// The era's slots.
	#[serde(flatten)]
	pub slots: Slots,
	/// Those of eras before that count with them.
	pub carried: Slots,
	/// The share of its slots that it filled.
	pub uptime: Share,
	/// The part of what its slots were worth that it is paid.
	pub factor: Share,
	/// What followed. None if the era goes on.
	pub consequence: Option<Consequence>,
}

/// What became of a slash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Fate {
	/// It takes nothing.
	NotTaken,
	/// It waits.
	Deferred {
		/// The era at whose beginning it is applied.
		until: u32,
	},
	/// It was applied.
	Applied {
		/// At the beginning of which era.
		at: u32,
		/// What the validator had bonded before.
		before: Amount,
		/// What it had after.
		after: Amount,
	},
	/// It was cancelled.
	Cancelled {
		/// When it would have been applied.
		until: u32,
		/// In which era that was seen.
		at: u32,
		/// By whom: `root`, `staking`, or a track.
		by: String,
	},
}

/// An offence, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slash {
	/// What the validator did.
	pub offence: String,
	/// In which era.
	pub era: u32,
	/// The share that it takes.
	pub fraction: Share,
	/// What it takes of the validator's stake.
	pub own: Amount,
	/// What it takes of its nominators'.
	pub nominators: Amount,
	/// Who reported it. None for what the chain saw itself.
	pub reporter: Option<AccountId32>,
	/// What became of it.
	pub fate: Fate,
}

impl From<SlotCount> for Slots {
	fn from(slots: SlotCount) -> Self {
		Self { assigned: slots.assigned, missed: slots.missed }
	}
}

impl From<generated::PerformanceInfo<AccountId32>> for EraPerformance {
	fn from(info: generated::PerformanceInfo<AccountId32>) -> Self {
		Self {
			era: info.era,
			slots: info.slots.into(),
			carried: info.carried.into(),
			uptime: Share(info.uptime.0),
			factor: Share(info.factor.0),
			consequence: info.consequence.map(|consequence| match consequence {
				GeneratedConsequence::CarriedOver => Consequence::CarriedOver,
				GeneratedConsequence::Nothing => Consequence::Nothing,
				GeneratedConsequence::Silent { chilled: false } => Consequence::Silent,
				GeneratedConsequence::Silent { chilled: true } => Consequence::Chilled,
			}),
		}
	}
}

impl From<SlashRecord<AccountId32>> for Slash {
	fn from(record: SlashRecord<AccountId32>) -> Self {
		Self {
			offence: match record.offence {
				OffenceKind::BabeEquivocation => "two blocks in one slot".to_owned(),
				OffenceKind::GrandpaEquivocation => "two votes in one round".to_owned(),
				OffenceKind::Silence => "silent together with others".to_owned(),
				OffenceKind::Other(kind) => String::from_utf8_lossy(&kind).into_owned(),
				OffenceKind::Unknown => "not told".to_owned(),
			},
			era: record.era,
			fraction: Share(record.fraction.0),
			own: Amount(record.amount.own),
			nominators: Amount(record.amount.nominators),
			reporter: record.reporter,
			fate: record.state.into(),
		}
	}
}

impl From<SlashState> for Fate {
	fn from(state: SlashState) -> Self {
		match state {
			SlashState::NotTaken => Self::NotTaken,
			SlashState::Deferred { until } => Self::Deferred { until },
			SlashState::Applied { at, before, after } => {
				Self::Applied { at, before: Amount(before), after: Amount(after) }
			},
			SlashState::Cancelled { until, at, by } => {
				let by = match by {
					CancelledBy::Root => "root".to_owned(),
					CancelledBy::Track(name) => String::from_utf8_lossy(&name.0 .0).into_owned(),
					CancelledBy::StakingAdmin => "staking".to_owned(),
				};
				Self::Cancelled { until, at, by }
			},
		}
	}
}

/// Reads how `validator` did its slots of `era`, or does them.
pub async fn of_era(
	block: &Block,
	validator: AccountId32,
	era: u32,
) -> Result<Option<EraPerformance>, Error> {
	let api = runtime::runtime_apis().validator_performance_api();
	Ok(block.call(api.performance(validator, era)).await?.map(EraPerformance::from))
}

/// Reads the offences of `validator` that are remembered, the oldest first.
pub async fn slashes(block: &Block, validator: AccountId32) -> Result<Vec<Slash>, Error> {
	let api = runtime::runtime_apis().validator_performance_api();
	let history = block.call(api.slash_history(validator)).await?;
	Ok(history.into_iter().map(Slash::from).collect())
}

/// A slash that staking has waiting: also one that voters ordered, which the history does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
	/// The era at whose beginning it is applied.
	pub applied_in: u32,
	/// What it takes of the validator's stake.
	pub own: Amount,
	/// What it takes of its nominators'.
	pub nominators: Amount,
}

/// Reads the slashes of `validator` that wait, in the order in which they are applied.
pub async fn waiting(block: &Block, validator: AccountId32) -> Result<Vec<Waiting>, Error> {
	let active = network::active_era(block).await?.unwrap_or_default();
	let all = block.entries(runtime::storage().staking().unapplied_slashes()).await?;
	let mut waiting = Vec::new();
	for ((applied_in,), slashes) in all {
		for slash in slashes {
			// What was reported after its era had begun is never applied.
			if slash.validator == validator && applied_in > active {
				let nominators = slash.others.iter().map(|(_, amount)| *amount);
				let nominators = Amount(nominators.fold(0, u128::saturating_add));
				let own = Amount(slash.own);
				waiting.push(Waiting { applied_in, own, nominators });
			}
		}
	}
	waiting.sort_by_key(|one| one.applied_in);
	Ok(waiting)
}

/// Cancels the slashes of `validator` that wait for offences of `era`.
pub fn cancel_slash(validator: AccountId32, era: u32) -> ChainCall {
	RuntimeCall::ValidatorPerformance(Performance::cancel_slash { validator, era }).into()
}
