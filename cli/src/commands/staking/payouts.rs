//! What staking earned: shown, and paid out.
//!
//! The chain pays nothing by itself. Anybody may have a page of a validator's stakers paid, and pays
//! the fee for it; who is on that page gets the reward.

use super::{account, MaybeSent, StakingError};
use crate::{
	amount::Amount,
	chain::{
		staking::{
			self,
			eras::{self, EraClock, EraMoment},
			rewards::{self, EraReward, NominatorReward},
		},
		Block, Chain, LIFETIME,
	},
	commands::Context,
	error::{Error, Exit},
	keys::AccountName,
	output::{fields, table, Report},
	terminal,
	transaction::{Sender, Sent, TransactionArgs, Wait, Written},
};
use aitbc_core::time::SLOT_MILLIS;
use clap::Args;
use serde::Serialize;
use std::{fmt, time::Duration};
use subxt::utils::AccountId32;

/// How many pages one transaction pays: each may have 64 nominators.
const PAGES_AT_ONCE: usize = 8;

/// How long to wait before trying again after a failure that may pass, at first and at most.
const RETRY: [Duration; 2] = [Duration::from_secs(3), Duration::from_secs(300)];

/// How often the era is looked at while none has ended.
const MAX_SLEEP: Duration = Duration::from_secs(60);

/// Which eras.
#[derive(Clone, Copy, Debug, Args)]
pub struct Eras {
	/// How many of the last eras to look at
	#[arg(long, value_name = "COUNT", default_value_t = 84, value_parser = clap::value_parser!(u32).range(1..))]
	eras: u32,
}

/// Whose rewards, and whether they are to be paid.
#[derive(Debug, Args)]
pub struct RewardsArgs {
	/// The validator's stash: an address, a key's name, or a development key such as //Alice
	/// [default: you]
	validator: Option<AccountName>,

	#[command(flatten)]
	eras: Eras,

	/// Have what is not paid paid, to the validator and to all its nominators
	#[arg(long)]
	claim: bool,

	/// Have it paid now, and then era after era, until ended with Ctrl-C or SIGTERM
	#[arg(long, conflicts_with = "claim")]
	watch: bool,

	#[command(flatten)]
	sent: MaybeSent,
}

/// Whose rewards.
#[derive(Debug, Args)]
pub struct NominatorArgs {
	/// The nominator: an address, a key's name, or a development key such as //Alice [default: you]
	account: Option<AccountName>,

	#[command(flatten)]
	eras: Eras,

	#[command(flatten)]
	sent: MaybeSent,
}

/// Who has rewards paid to a nominator.
#[derive(Debug, Args)]
pub struct ClaimArgs {
	/// The nominator: an address, a key's name, or a development key such as //Alice [default: you]
	account: Option<AccountName>,

	#[command(flatten)]
	eras: Eras,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// A page of a validator's stakers that is not paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Unpaid {
	validator: AccountId32,
	era: u32,
	page: u32,
}

/// What a payout brings.
#[derive(Clone, Debug, Serialize)]
struct Payout {
	/// What it pays: to all stakers of a validator, or to the nominator that it is asked for.
	amount: Amount,
	/// The pages that it pays.
	pages: Vec<Unpaid>,
}

impl fmt::Display for Payout {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let pages = if self.pages.len() == 1 { "page" } else { "pages" };
		write!(f, "{} are paid, for {} {pages} of stakers", self.amount, self.pages.len())
	}
}

/// Shows what a validator earned, or has it paid.
pub async fn of_validator(args: RewardsArgs, context: &Context) -> Result<(), Error> {
	let validator = account(args.validator.as_ref(), &args.sent, context)?;
	if args.watch {
		return watch(validator, args.eras, args.sent.needed_for("--watch")?, context).await;
	}
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let clock = eras::clock(&block).await?;
	let rewards = earned(&block, validator, &clock, args.eras).await?;
	if !args.claim {
		let report = RewardsReport::new(validator, &block, clock, rewards).await?;
		return context.print(&report, Some(block.id));
	}
	let sender = context.sender(args.sent.needed_for("--claim")?)?;
	pay(&chain, &sender, unpaid(validator, &rewards), validator, context).await
}

/// What `validator` earned in the last eras.
async fn earned(
	block: &Block,
	validator: AccountId32,
	clock: &EraClock,
	Eras { eras }: Eras,
) -> Result<Vec<EraReward>, Error> {
	let eras = rewards::ended_eras(block, clock, eras)?;
	Ok(rewards::of_validator(block, validator, eras).await?)
}

/// The pages of `rewards` that are not paid, and how much each pays.
fn unpaid(validator: AccountId32, rewards: &[EraReward]) -> Vec<(Unpaid, Amount)> {
	let all = rewards.iter().flat_map(|reward| reward.unpaid().map(|page| (reward.era, page)));
	let all = all.map(|(era, page)| {
		let amount = page.validator.0.saturating_add(page.nominators.0);
		(Unpaid { validator, era, page: page.page }, Amount(amount))
	});
	all.filter(|(_, amount)| !amount.is_zero()).collect()
}

/// Has `pages` paid, several with each transaction.
async fn pay(
	chain: &Chain,
	sender: &Sender<'_>,
	pages: Vec<(Unpaid, Amount)>,
	whose: AccountId32,
	context: &Context,
) -> Result<(), Error> {
	if pages.is_empty() {
		return Err(StakingError::NothingToPay(whose).into());
	}
	let mut transactions = Vec::new();
	for pages in pages.chunks(PAGES_AT_ONCE) {
		let payout = Payout {
			amount: Amount(pages.iter().fold(0, |sum: u128, (_, one)| sum.saturating_add(one.0))),
			pages: pages.iter().map(|(page, _)| *page).collect(),
		};
		let calls =
			payout.pages.iter().map(|one| staking::payout(one.validator, one.era, one.page));
		let call = chain.best().await?.all_of(calls.collect())?;
		terminal::note(&payout);
		match sender.send_next(chain, &call).await? {
			// The rest would look the same, and the chain tries out one at a time.
			Sent::DryRun(dry_run) => return context.print_foreseen(dry_run, payout),
			Sent::Done { receipt, .. } => transactions.push(receipt),
		}
	}
	context.print(&Written { transactions, ..Written::default() }, None)
}

/// Has what `validator` earned paid, era after era.
async fn watch(
	validator: AccountId32,
	eras: Eras,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	if !args.yes && !args.dry_run {
		return Err(StakingError::WatchWithoutYes.into());
	}
	if args.wait == Wait::None {
		return Err(StakingError::WithoutWait.into());
	}
	let watch = Watch { validator, eras, sender: context.sender(args)?, context };
	if args.dry_run {
		return watch.step().await.map(|_| ());
	}
	tokio::select! {
		// First, since a payout that is on its way fails when it is interrupted.
		biased;
		ended = terminal::asked_to_end() => Ok(ended?),
		result = watch.run() => result,
	}
}

/// Has a validator paid as long as it runs.
struct Watch<'a> {
	validator: AccountId32,
	eras: Eras,
	sender: Sender<'a>,
	context: &'a Context,
}

impl Watch<'_> {
	async fn run(&self) -> Result<(), Error> {
		let [first, most] = RETRY;
		let mut pause = first;
		loop {
			let sleep = match self.step().await {
				Ok(sleep) => {
					pause = first;
					sleep
				},
				// What fails on the chain may have been paid by somebody else meanwhile: the next step looks.
				Err(error) if error.is_transient() || error.exit() == Exit::Dispatch => {
					terminal::warn(format!("{error}; trying again in {} s", pause.as_secs()));
					let sleep = pause;
					pause = pause.saturating_mul(2).min(most);
					sleep
				},
				Err(error) => return Err(error),
			};
			tokio::time::sleep(sleep).await;
		}
	}

	/// Pays what is not paid, and says how long to sleep.
	async fn step(&self) -> Result<Duration, Error> {
		// A new connection each time, so that the node may be restarted.
		let chain = self.context.connect().await?;
		// What was paid a moment ago may not be final, and is not to be paid twice.
		let block = chain.best().await?;
		let clock = eras::clock(&block).await?;
		let rewards = earned(&block, self.validator, &clock, self.eras).await?;
		let pages = unpaid(self.validator, &rewards);
		if !pages.is_empty() {
			pay(&chain, &self.sender, pages, self.validator, self.context).await?;
		}
		let next = clock.moment(clock.active.saturating_add(1));
		terminal::note(format!("nothing more is to be paid before {next}"));
		let blocks = next.blocks.clamp(1, LIFETIME);
		Ok(Duration::from_millis(u64::from(blocks).saturating_mul(SLOT_MILLIS)).min(MAX_SLEEP))
	}
}

/// What a validator earned.
#[derive(Serialize)]
struct RewardsReport {
	validator: AccountId32,
	/// Where its own rewards go.
	payee: Option<staking::Payee>,
	/// What is not paid to it.
	unpaid_validator: Amount,
	/// What is not paid to its nominators.
	unpaid_nominators: Amount,
	/// When the next rewards can be paid.
	next: EraMoment,
	eras: Vec<EraReward>,
}

impl RewardsReport {
	async fn new(
		validator: AccountId32,
		block: &Block,
		clock: EraClock,
		eras: Vec<EraReward>,
	) -> Result<Self, Error> {
		let staker = staking::staker(block, validator).await?;
		let next = clock.moment(clock.active.saturating_add(1));
		Ok(Self::of(validator, staker.map(|staker| staker.payee), next, eras))
	}

	fn of(
		validator: AccountId32,
		payee: Option<staking::Payee>,
		next: EraMoment,
		eras: Vec<EraReward>,
	) -> Self {
		let (mut own, mut others) = (0u128, 0u128);
		for page in eras.iter().flat_map(EraReward::unpaid) {
			own = own.saturating_add(page.validator.0);
			others = others.saturating_add(page.nominators.0);
		}
		let (unpaid_validator, unpaid_nominators) = (Amount(own), Amount(others));
		Self { validator, payee, unpaid_validator, unpaid_nominators, next, eras }
	}
}

impl Report for RewardsReport {
	const KIND: &'static str = "validator.rewards";

	fn text(&self) -> String {
		let mut head = vec![("validator", self.validator.to_string())];
		head.extend(self.payee.map(|payee| ("its rewards are", payee.to_string())));
		head.extend([
			("not paid to it", self.unpaid_validator.to_string()),
			("to its nominators", self.unpaid_nominators.to_string()),
			("more from", self.next.to_string()),
		]);
		let head = fields(head);
		if self.eras.is_empty() {
			return format!("{head}\n\nit has earned nothing in the eras that are kept");
		}
		let rows = self.eras.iter().map(|era| {
			let paid = era.pages.len().saturating_sub(era.unpaid().count());
			[
				era.era.to_string(),
				era.points.to_string(),
				era.validator.to_string(),
				era.nominators.to_string(),
				format!("{paid} of {}", era.pages.len()),
			]
		});
		format!(
			"{head}\n\n{}",
			table(["era", "points", "validator", "nominators", "pages paid"], rows)
		)
	}
}

/// Shows what a nominator earned.
pub async fn of_nominator(args: NominatorArgs, context: &Context) -> Result<(), Error> {
	let nominator = account(args.account.as_ref(), &args.sent, context)?;
	let block = context.connect().await?.best().await?;
	let clock = eras::clock(&block).await?;
	let eras = rewards::ended_eras(&block, &clock, args.eras.eras)?;
	let rewards = rewards::of_nominator(&block, nominator, eras).await?;
	let open = rewards.iter().filter(|reward| !reward.is_paid);
	let unpaid = Amount(open.fold(0, |sum: u128, reward| sum.saturating_add(reward.reward.0)));
	context.print(&NominatorReport { account: nominator, unpaid, rewards }, Some(block.id))
}

/// Has what a nominator earned paid, and with it what all earned that are on its pages.
pub async fn claim(args: ClaimArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let nominator = match &args.account {
		Some(name) => name.resolve(&context.keys()?)?,
		None => sender.acts_for(),
	};
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let clock = eras::clock(&block).await?;
	let eras = rewards::ended_eras(&block, &clock, args.eras.eras)?;
	let rewards = rewards::of_nominator(&block, nominator, eras).await?;
	let open = rewards.into_iter().filter(|one| !one.is_paid && !one.reward.is_zero());
	let pages = open
		.map(|one| (Unpaid { validator: one.validator, era: one.era, page: one.page }, one.reward));
	pay(&chain, &sender, pages.collect(), nominator, context).await
}

/// What a nominator earned.
#[derive(Serialize)]
struct NominatorReport {
	account: AccountId32,
	/// What is not paid.
	unpaid: Amount,
	rewards: Vec<NominatorReward>,
}

impl Report for NominatorReport {
	const KIND: &'static str = "economics.rewards";

	fn text(&self) -> String {
		let account = self.account.to_string();
		let head = fields([("nominator", account), ("not paid", self.unpaid.to_string())]);
		if self.rewards.is_empty() {
			return format!(
				"{head}\n\nit has earned nothing as a nominator in the eras that are kept; a \
				 validator's own rewards are with `aitbc validator rewards`"
			);
		}
		let rows = self.rewards.iter().map(|reward| {
			[
				reward.era.to_string(),
				reward.validator.to_string(),
				reward.stake.to_string(),
				reward.reward.to_string(),
				if reward.is_paid { "yes" } else { "no" }.to_owned(),
			]
		});
		format!("{head}\n\n{}", table(["era", "validator", "stake", "reward", "paid"], rows))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::staking::{rewards::PageReward, Payee};
	use aitbc_core::money::AIT;

	const VALIDATOR: AccountId32 = AccountId32([1; 32]);

	fn page(page: u32, is_paid: bool, ait: u128) -> PageReward {
		let amount = Amount(ait * AIT);
		PageReward { page, is_paid, validator: amount, nominators: amount }
	}

	fn rewards() -> Vec<EraReward> {
		let era = |era, pages: Vec<PageReward>| EraReward {
			era,
			points: 20,
			validator: Amount(AIT),
			nominators: Amount(AIT),
			pages,
		};
		vec![
			era(3, vec![page(0, true, 5), page(1, false, 2)]),
			era(4, vec![page(0, false, 0)]),
			era(5, vec![page(0, false, 3)]),
		]
	}

	#[test]
	fn pages_should_be_paid_that_are_not_paid_and_worth_something() {
		let unpaid = unpaid(VALIDATOR, &rewards());
		let unpaid: Vec<_> =
			unpaid.into_iter().map(|(one, amount)| (one.era, one.page, amount)).collect();
		assert_eq!(unpaid, [(3, 1, Amount(4 * AIT)), (5, 0, Amount(6 * AIT))]);
	}

	#[test]
	fn rewards_should_be_shown_with_what_is_not_paid() {
		let next = EraMoment { era: 6, blocks: 30 };
		let text = RewardsReport::of(VALIDATOR, Some(Payee::Stash), next, rewards()).text();
		for words in ["5 AIT", "to the stash, free", "era 6, in about 1 min 30 s", "1 of 2"] {
			assert!(text.contains(words), "{words}: {text}");
		}
		let none = RewardsReport::of(VALIDATOR, None, next, Vec::new()).text();
		assert!(none.contains("earned nothing"), "{none}");
	}

	#[test]
	fn payout_should_say_how_much_it_pays() {
		let page = Unpaid { validator: VALIDATOR, era: 3, page: 0 };
		let payout = Payout { amount: Amount(AIT), pages: vec![page] };
		assert_eq!(payout.to_string(), "1 AIT are paid, for 1 page of stakers");
	}
}
