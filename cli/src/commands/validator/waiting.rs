//! Waiting until something counts that was sent, for sessions or eras.

use crate::{
	chain::{
		session::{self, Keys},
		staking::eras,
		Block,
	},
	commands::{staking::StakingError, Context},
	error::Error,
	terminal::{self, Spinner},
};
use aitbc_core::time::SLOT_MILLIS;
use std::{fmt, future::Future, time::Duration};
use subxt::utils::AccountId32;

/// Waits until `validator` validates, for which it stands from `era` on. Fails when that era begins
/// without it.
pub async fn until_active(
	validator: AccountId32,
	era: u32,
	context: &Context,
) -> Result<(), Error> {
	let what = format!("{validator} waits to validate");
	until(what, context, |block| async move {
		if session::is_active(&block, validator).await? {
			return Ok(Some(()));
		}
		if eras::clock(&block).await?.active > era {
			return Err(StakingError::NotElected { validator, era }.into());
		}
		Ok(None)
	})
	.await
}

/// Waits until validators sign with `keys`.
pub async fn until_used(keys: Keys, context: &Context) -> Result<(), Error> {
	let what = "the new keys wait to be used";
	until(what, context, |block| async move {
		Ok(session::are_used(&block, &keys).await?.then_some(()))
	})
	.await
}

/// Asks `condition` of one block after another until it gives something, or somebody ends the program.
/// A node that does not answer for a time may come back.
async fn until<T, F: Future<Output = Result<Option<T>, Error>>>(
	what: impl fmt::Display,
	context: &Context,
	condition: impl Fn(Block) -> F,
) -> Result<T, Error> {
	let _spinner = Spinner::start(&what);
	let wait = async {
		loop {
			let asked = async { condition(context.connect().await?.best().await?).await };
			match asked.await {
				Ok(Some(found)) => return Ok(found),
				Err(error) if !error.is_transient() => return Err(error),
				Err(error) => terminal::warn(format!("{error}; asking again")),
				Ok(None) => (),
			}
			tokio::time::sleep(Duration::from_millis(SLOT_MILLIS)).await;
		}
	};
	let interrupted = || Err(StakingError::WaitInterrupted(what.to_string()).into());
	terminal::unless_ended(wait).await.unwrap_or_else(interrupted)
}
