//! What is to be done and how it is paid for, as arguments.

use crate::{
	chain::{
		market::{Plan, PlannedMilestone, Work},
		network, Block,
	},
	decimal::{Share, PARTS},
	digest::HashOrFile,
	error::Error,
	keys::{AccountName, KeyFolder},
	quantity::{ParseQuantityError, Portion},
	time::{ParseTimeError, Period},
};
use aitbc_core::{
	market::MAX_MILESTONES,
	time::{DAYS, HOURS},
};
use clap::{ArgGroup, Args};
use std::str::FromStr;
use subxt::utils::AccountId32;

/// What is to be done, and how it is paid for.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("payment").required(true).args(["milestones", "stream", "meter"]))]
pub struct WorkArgs {
	/// Where providers read what is to be done
	#[arg(long, value_name = "URI")]
	uri: String,

	/// Hash of what is to be done, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	specification: HashOrFile,

	/// How much of it
	#[arg(long, value_name = "COUNT")]
	units: u64,

	/// A part of the price and when its work is due after the latest start, as "40%@2h" or
	/// "1/3@20", for each part
	#[arg(long = "milestone", value_name = "SHARE@TIME")]
	milestones: Vec<PlannedArg>,

	/// Pay for so much time, from the start on
	#[arg(long, value_name = "TIME")]
	stream: Option<Period>,

	/// Pay for units that you sign for, up to this time after the latest start
	#[arg(long, value_name = "TIME")]
	meter: Option<Period>,

	/// Whose signature makes a voucher [default: your own]
	#[arg(
		long,
		value_name = "ACCOUNT",
		requires = "meter",
		conflicts_with_all = ["milestones", "stream"]
	)]
	signer: Option<AccountName>,

	/// How long a provider may take to start [default: an hour, on development networks as much
	/// shorter as all their periods, and at least ten blocks]
	#[arg(long, value_name = "TIME")]
	start_within: Option<Period>,

	/// How long you may look at submitted work [default: a day, on development networks as much
	/// shorter as all their periods]
	#[arg(long, value_name = "TIME")]
	review: Option<Period>,
}

/// A part of the price, and when its work is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PlannedArg {
	share: Share,
	due_after: Period,
}

/// Why a text is no planned milestone.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum ParsePlannedError {
	#[error("`{0}` has no due: write a share and its due as `40%@2h`")]
	NoDue(String),
	#[error(transparent)]
	Share(#[from] ParseQuantityError),
	#[error(transparent)]
	Due(#[from] ParseTimeError),
}

impl FromStr for PlannedArg {
	type Err = ParsePlannedError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let (share, due) =
			text.split_once('@').ok_or_else(|| ParsePlannedError::NoDue(text.to_owned()))?;
		let Portion(share) = share.trim_end().parse()?;
		Ok(Self { share, due_after: due.trim().parse()? })
	}
}

/// How long a provider may take to start at least where nothing is said, in active blocks: it waits
/// for finality before.
const SHORTEST_START: u32 = 10;

impl WorkArgs {
	/// The work that `client` means.
	pub async fn work(
		self,
		block: &Block,
		client: AccountId32,
		folder: &KeyFolder,
	) -> Result<Work, Error> {
		let signer = self.signer.as_ref().map(|signer| signer.resolve(folder)).transpose()?;
		let plan = match (self.stream, self.meter) {
			(Some(Period(blocks)), _) => Plan::Stream(blocks),
			(None, Some(Period(blocks))) => {
				Plan::Metered { blocks, signer: signer.unwrap_or(client) }
			},
			(None, None) => Plan::Milestones(planned(&self.milestones)?),
		};
		let start_within = match self.start_within {
			Some(Period(blocks)) => blocks,
			None => network::scaled(block, HOURS).await?.max(SHORTEST_START),
		};
		let review_period = match self.review {
			Some(Period(blocks)) => blocks,
			None => network::scaled(block, DAYS).await?,
		};
		Ok(Work {
			specification: self.uri,
			specification_hash: self.specification.hash()?,
			units: self.units,
			plan,
			start_within,
			review_period,
		})
	}
}

/// The plan that is meant. What fractions lost by being rounded down goes to the last one.
fn planned(milestones: &[PlannedArg]) -> Result<Vec<PlannedMilestone>, Error> {
	if milestones.len() > MAX_MILESTONES as usize {
		return Err(Error::Usage(format!(
			"{} milestones are too many: a job has {MAX_MILESTONES} at most; merge some, or post another \
			 job",
			milestones.len()
		)));
	}
	let plan = milestones
		.iter()
		.map(|one| PlannedMilestone { share: one.share, due_after: one.due_after.0 });
	let mut plan: Vec<_> = plan.collect();
	let sum = plan.iter().fold(0u32, |sum, one| sum.saturating_add(one.share.0));
	let most = u32::try_from(plan.len()).unwrap_or(u32::MAX);
	let lost = PARTS.checked_sub(sum).filter(|lost| *lost < most);
	if let (Some(lost), Some(last)) = (lost, plan.last_mut()) {
		last.share = Share(last.share.0.saturating_add(lost));
	}
	Ok(plan)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn shares(texts: &[&str]) -> Vec<u32> {
		let milestones: Vec<_> =
			texts.iter().map(|text| text.parse().expect("it is well formed")).collect();
		let plan = planned(&milestones).expect("they are few enough");
		plan.iter().map(|one| one.share.0).collect()
	}

	#[test]
	fn milestones_should_be_a_share_and_a_due() {
		let milestone: PlannedArg = "40% @ 2h".parse().expect("it is well formed");
		assert_eq!(milestone, PlannedArg { share: Share(400_000_000), due_after: Period(2_400) });
		use ParsePlannedError as Error;
		assert!(matches!("40%".parse::<PlannedArg>(), Err(Error::NoDue(_))));
		assert!(matches!("40@2h".parse::<PlannedArg>(), Err(Error::Share(_))));
		assert!(matches!("40%@soon".parse::<PlannedArg>(), Err(Error::Due(_))));
	}

	#[test]
	fn fractions_should_make_a_whole_when_they_are_one() {
		assert_eq!(shares(&["1/3@1", "1/3@2", "1/3@3"]), [333_333_333, 333_333_333, 333_333_334]);
		assert_eq!(shares(&["40%@1", "60%@2"]), [400_000_000, 600_000_000]);
	}

	#[test]
	fn shares_should_stay_as_they_are_when_they_make_no_whole() {
		assert_eq!(shares(&["33.3%@1", "33.3%@2", "33.3%@3"]), [333_000_000; 3]);
		assert_eq!(shares(&["60%@1", "60%@2"]), [600_000_000; 2], "the chain refuses them");
		assert!(shares(&[]).is_empty());
	}

	#[test]
	fn plan_should_have_no_more_milestones_than_a_call_can_carry() {
		assert_eq!(shares(&["10%@1"; 10]).len(), 10);
		let milestone: PlannedArg = "9%@1".parse().expect("it is well formed");
		let many = planned(&[milestone; 11]).expect_err("a job has ten at most");
		assert!(many.to_string().starts_with("11 milestones are too many"), "{many}");
	}
}
