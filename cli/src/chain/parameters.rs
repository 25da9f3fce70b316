//! The governed parameters that say what a call will put at risk, and for how long, and those that
//! errors name.
//!
//! The chain stores those that governance has set. The rest follow the runtime's defaults, which no
//! metadata tells: they are in docs/wire-format.md, and periods shrink with the network's time scale.

use super::{
	network, runtime,
	runtime::runtime_types::aitbc_runtime::configs::parameters::{
		dynamic_params::{agents, disputes, escrow, market, validations},
		RuntimeParametersKey as Key, RuntimeParametersValue as Value,
	},
	Block, Error,
};
use crate::{amount::Amount, decimal::Share};
use aitbc_core::{money::AIT, time::DAYS, Balance, BlockNumber};

/// How long a bond stays at risk after its agent left, in production.
const BOND_RELEASE_DELAY: BlockNumber = 30 * DAYS;
/// What is at risk for each hard answer of a validator.
const VALIDATION_BOND: Balance = 100 * AIT;
/// How much of what a ruling takes of that bond goes to who challenged the answer.
const CHALLENGER_SHARE: Share = Share(500_000_000);
/// How long that bond stays at risk, in production.
const CHALLENGE_PERIOD: BlockNumber = 7 * DAYS;
/// How long what is kept of a settled job stays, in production.
const RETENTION_PERIOD: BlockNumber = 30 * DAYS;
/// How far ahead the client of a job may decide, in production.
const MAX_BIDDING_PERIOD: BlockNumber = 30 * DAYS;
/// How long a client may have at least to look at submitted work, in production.
const MIN_REVIEW_PERIOD: BlockNumber = DAYS;
/// How long it may have at most, in production.
const MAX_REVIEW_PERIOD: BlockNumber = 90 * DAYS;
/// How long work may take, in production.
const MAX_DURATION: BlockNumber = 2 * 365 * DAYS;
/// How much of a provider's bond a missed due costs, of the bond's part for that milestone.
const MISSED_SLASH: Share = Share(500_000_000);
/// How much of what a denounced seat loses goes to who denounced it.
const DENOUNCE_REWARD: Share = Share(500_000_000);

/// How long a bond stays at risk after its agent left, in active blocks.
pub async fn bond_release_delay(block: &Block) -> Result<u32, Error> {
	let key = agents::ParametersKey::BondReleaseDelay(agents::BondReleaseDelay);
	match governed(block, Key::Agents(key)).await? {
		Some(Value::Agents(agents::ParametersValue::BondReleaseDelay(blocks))) => Ok(blocks),
		_ => network::scaled(block, BOND_RELEASE_DELAY).await,
	}
}

/// What a hard answer puts at risk now.
pub async fn validation_bond(block: &Block) -> Result<Amount, Error> {
	let key = validations::ParametersKey::Bond(validations::Bond);
	Ok(match governed(block, Key::Validations(key)).await? {
		Some(Value::Validations(validations::ParametersValue::Bond(bond))) => Amount(bond),
		_ => Amount(VALIDATION_BOND),
	})
}

/// How long that stays at risk, in active blocks.
pub async fn challenge_period(block: &Block) -> Result<u32, Error> {
	let key = validations::ParametersKey::ChallengePeriod(validations::ChallengePeriod);
	match governed(block, Key::Validations(key)).await? {
		Some(Value::Validations(validations::ParametersValue::ChallengePeriod(blocks))) => {
			Ok(blocks)
		},
		_ => network::scaled(block, CHALLENGE_PERIOD).await,
	}
}

/// How much of what a ruling takes of it goes to who challenged the answer.
pub async fn challenger_share(block: &Block) -> Result<Share, Error> {
	let key = validations::ParametersKey::ChallengerShare(validations::ChallengerShare);
	Ok(match governed(block, Key::Validations(key)).await? {
		Some(Value::Validations(validations::ParametersValue::ChallengerShare(parts))) => {
			Share(parts)
		},
		_ => CHALLENGER_SHARE,
	})
}

/// How long what is kept of a settled job stays at least, in active blocks.
pub async fn retention_period(block: &Block) -> Result<u32, Error> {
	let key = market::ParametersKey::RetentionPeriod(market::RetentionPeriod);
	match governed(block, Key::Market(key)).await? {
		Some(Value::Market(market::ParametersValue::RetentionPeriod(blocks))) => Ok(blocks),
		_ => network::scaled(block, RETENTION_PERIOD).await,
	}
}

/// How much of its bond's part for a milestone a provider loses that missed its due.
pub async fn missed_slash(block: &Block) -> Result<Share, Error> {
	let key = escrow::ParametersKey::MissedSlash(escrow::MissedSlash);
	Ok(match governed(block, Key::Escrow(key)).await? {
		Some(Value::Escrow(escrow::ParametersValue::MissedSlash(parts))) => Share(parts),
		_ => MISSED_SLASH,
	})
}

/// How much of what a denounced seat loses goes to who denounced it.
pub async fn denounce_reward(block: &Block) -> Result<Share, Error> {
	let key = disputes::ParametersKey::DenounceReward(disputes::DenounceReward);
	Ok(match governed(block, Key::Disputes(key)).await? {
		Some(Value::Disputes(disputes::ParametersValue::DenounceReward(parts))) => Share(parts),
		_ => DENOUNCE_REWARD,
	})
}

/// The limits that `text` names in backquotes, a sentence each.
pub async fn limits_named_in(block: &Block, text: &str) -> Result<String, Error> {
	let mut sentences = String::new();
	for name in text.split('`').skip(1).step_by(2) {
		if let Some(blocks) = limit(block, name).await? {
			sentences.push_str(&format!(" {name} is {blocks} active blocks."));
		}
	}
	Ok(sentences)
}

/// The limit of market and escrow that is called `name`, in active blocks, if there is one.
async fn limit(block: &Block, name: &str) -> Result<Option<u32>, Error> {
	use {escrow::ParametersValue as OfEscrow, market::ParametersValue as OfMarket};
	let (key, production) = match name {
		"MinReviewPeriod" => {
			let key = escrow::ParametersKey::MinReviewPeriod(escrow::MinReviewPeriod);
			(Key::Escrow(key), MIN_REVIEW_PERIOD)
		},
		"MaxReviewPeriod" => {
			let key = escrow::ParametersKey::MaxReviewPeriod(escrow::MaxReviewPeriod);
			(Key::Escrow(key), MAX_REVIEW_PERIOD)
		},
		"MaxDuration" => {
			let key = escrow::ParametersKey::MaxDuration(escrow::MaxDuration);
			(Key::Escrow(key), MAX_DURATION)
		},
		"MaxBiddingPeriod" => {
			let key = market::ParametersKey::MaxBiddingPeriod(market::MaxBiddingPeriod);
			(Key::Market(key), MAX_BIDDING_PERIOD)
		},
		_ => return Ok(None),
	};
	let blocks = match governed(block, key).await? {
		Some(
			Value::Escrow(
				OfEscrow::MinReviewPeriod(blocks)
				| OfEscrow::MaxReviewPeriod(blocks)
				| OfEscrow::MaxDuration(blocks),
			)
			| Value::Market(OfMarket::MaxBiddingPeriod(blocks)),
		) => blocks,
		_ => network::scaled(block, production).await?,
	};
	Ok(Some(blocks))
}

/// The parameter `key`, if governance has set it.
async fn governed(block: &Block, key: Key) -> Result<Option<Value>, Error> {
	block.option(runtime::storage().parameters().parameters(), (key,)).await
}
