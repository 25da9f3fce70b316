//! The validators of the session.

use crate::{
	chain::network::{self, Validator},
	commands::Context,
	error::Error,
	output::{table, Report},
};
use serde::Serialize;

/// Lists the validators of the session.
pub async fn run(context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let era = network::active_era(&block).await?;
	let session = network::session(&block).await?;
	let validators = network::validators_in_era(&block, era.unwrap_or_default()).await?;
	context.print(&ListReport { era, session, validators }, Some(block.id))
}

#[derive(Serialize)]
struct ListReport {
	era: Option<u32>,
	session: u32,
	validators: Vec<Validator>,
}

impl Report for ListReport {
	const KIND: &'static str = "validator.list";

	fn text(&self) -> String {
		let rows = self.validators.iter().map(|validator| {
			[
				validator.stash.to_string(),
				validator.commission.clone(),
				validator.own_stake.to_string(),
				validator.total_stake.to_string(),
				validator.nominators.to_string(),
				validator.era_points.to_string(),
			]
		});
		table(["stash", "commission", "own stake", "total stake", "nominators", "era points"], rows)
	}
}
