//! `aitbc job match`: which offers fit a job, and why.

use super::{found, Target};
use crate::{
	amount::Amount,
	chain::market::{Live, Query},
	commands::{offer, Context, Limit},
	error::Error,
	terminal,
};
use clap::Args;

/// Which job to find offers for.
#[derive(Debug, Args)]
pub struct MatchArgs {
	#[command(flatten)]
	target: Target,

	/// Search on from this offer
	#[arg(long, value_name = "OFFER")]
	after: Option<u64>,

	#[command(flatten)]
	limit: Limit,
}

/// Ranks the offers that meet what a job asks for.
pub async fn run(args: MatchArgs, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let id = args.target.job;
	let live = found(&block, id).await?.live.ok_or(Error::JobSettled(id))?;
	let query = query(&live, args.after);
	let searched = offer::search(query, args.limit, &block, context).await?;
	if let Some(next) = searched.next {
		let seen = searched.seen;
		terminal::note(format!("looked at {seen} offers: search on with `--after {next}`"));
	}
	Ok(())
}

/// What is looked for among the offers when somebody shall do `job`. Its specification says where the
/// search starts, so that the same job gives the same answer.
fn query(job: &Live, after: Option<u64>) -> Query {
	let (work, demand) = (&job.work, &job.demand);
	let most = work.plan.cost(work.units, demand.price_limit);
	Query {
		capability: demand.capability,
		unit: demand.unit,
		units: work.units,
		max_price: Amount(most.0.checked_div(work.units.into()).unwrap_or(0)),
		requirements: demand.requirements.clone(),
		seed: work.specification_hash,
		after,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::market::{Plan, PlannedMilestone},
		decimal::{Share, PARTS},
	};
	use subxt::utils::AccountId32;

	/// What a unit may cost of ten by `plan`, at most at the price 30.
	fn most_for_a_unit(plan: Plan) -> u128 {
		query(&Live::of(plan), None).max_price.0
	}

	#[test]
	fn units_should_cost_at_most_their_part_of_the_limit() {
		let whole = PlannedMilestone { share: Share(PARTS), due_after: 5 };
		assert_eq!(most_for_a_unit(Plan::Milestones(vec![whole])), 3);
		assert_eq!(most_for_a_unit(Plan::Stream(5)), 15);
		let signer = AccountId32([1; 32]);
		assert_eq!(most_for_a_unit(Plan::Metered { blocks: 5, signer }), 30);
	}
}
