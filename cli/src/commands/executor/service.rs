//! Following the chain: claiming what is for this executor, carrying it out, and telling what came of it.
//!
//! Everything is read at finalized blocks. A claim that is finalized is never undone, so nothing runs
//! because of a fork that loses. What the journal has as begun and not reported is told first.

use super::order::{self, NoOrder};
use crate::{
	chain::{
		actions::{self, Action, Kind, Outcome as Told},
		audit, Chain,
	},
	commands::Context,
	digest::Hash,
	error::{Error, Exit},
	executor::{self, Config, Executor, Order, Standing, Step, Target, Verdict},
	output::{fields, Report},
	terminal,
	transaction::{Receipt, Sender, Sent},
};
use serde::Serialize;
use std::{collections::BTreeSet, time::Duration};
use tokio::sync::watch;

/// How often to look for a new finalized block.
const PAUSE: Duration = Duration::from_secs(1);

/// How long to wait before asking again after a failure that may pass, at first and at most.
const RETRY: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(60)];

/// The most open actions that are looked at for a target.
const MOST: usize = 1_000;

/// Carries out actions.
pub struct Service<'a> {
	executor: Executor,
	sender: Sender<'a>,
	context: &'a Context,
	/// What was said to be left alone, so that it is said once.
	left: BTreeSet<u64>,
}

/// What an executor did.
#[derive(Serialize)]
struct Done {
	step: &'static str,
	action: u64,
	kind: Option<String>,
	target: Option<String>,
	outcome: Option<&'static str>,
	digest: Option<Hash>,
	transaction: Option<Receipt>,
	reason: Option<String>,
}

impl Done {
	fn new(step: &'static str, action: u64) -> Self {
		let (kind, target, outcome, digest, transaction, reason) =
			(None, None, None, None, None, None);
		Self { step, action, kind, target, outcome, digest, transaction, reason }
	}
}

impl Report for Done {
	const KIND: &'static str = "executor.step";

	fn text(&self) -> String {
		let lines = [
			("step", Some(self.step.to_owned())),
			("action", Some(self.action.to_string())),
			("kind", self.kind.clone()),
			("target", self.target.clone()),
			("outcome", self.outcome.map(str::to_owned)),
			("digest", self.digest.map(|digest| digest.to_string())),
			("transaction", self.transaction.as_ref().map(|one| format!("{:?}", one.hash))),
			("reason", self.reason.clone()),
		];
		fields(lines.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))))
	}
}

/// What of the chain matters to an executor, at a finalized block.
struct View {
	at: Hash,
	kinds: Vec<Kind>,
	/// Of its targets.
	open: Vec<Action>,
}

impl View {
	/// Reads it at the last finalized block.
	async fn read(chain: &Chain, config: &Config) -> Result<Self, Error> {
		let at = audit::finalized(chain).await?;
		let kinds = actions::kinds_at(chain, at).await?.result;
		let mut targets: Vec<Target> = Vec::new();
		for command in config.commands() {
			if !targets.contains(&command.target) {
				targets.push(command.target);
			}
		}
		let mut open = Vec::new();
		for target in targets {
			let target = of_chain(target);
			if actions::target_at(chain, &target, at).await?.result.executor != Some(config.agent) {
				continue;
			}
			let found = actions::actions(chain, Some(&target), true, MOST, Some(at)).await?;
			open.extend(found.result);
		}
		// The oldest first.
		open.sort_by_key(|action| action.action);
		Ok(Self { at, kinds, open })
	}

	/// The order that `action` is.
	fn order(&self, action: &Action) -> Result<Order, NoOrder> {
		let kind = self.kinds.iter().find(|kind| kind.kind == action.kind);
		order::of(action, kind.ok_or(NoOrder::KindChanged)?)
	}
}

fn of_chain(target: Target) -> actions::Target {
	match target {
		Target::Network => actions::Target::Network,
		Target::Validator(account) => actions::Target::Validator(account.into()),
		Target::Agent(agent) => actions::Target::Agent(agent),
	}
}

impl<'a> Service<'a> {
	/// An executor that sends by `sender`.
	pub fn new(executor: Executor, sender: Sender<'a>, context: &'a Context) -> Self {
		Self { executor, sender, context, left: BTreeSet::new() }
	}

	/// Goes on until somebody asks it to end. What runs then is waited for.
	pub async fn run(mut self) -> Result<(), Error> {
		let (tell, mut ended) = watch::channel(false);
		tokio::spawn(async move {
			// Who can't be asked to end is ended at once, as without this.
			if terminal::asked_to_end().await.is_ok() {
				let _ = tell.send(true);
			}
		});
		let [first, most] = RETRY;
		let (mut seen, mut pause) = (None, first);
		while !*ended.borrow() {
			let sleep = match self.step(&mut seen).await {
				Ok(()) => {
					pause = first;
					PAUSE
				},
				Err(_) if *ended.borrow() => break,
				Err(error) if error.is_transient() => {
					terminal::warn(format!("{error}; trying again in {} s", pause.as_secs()));
					let sleep = pause;
					pause = pause.saturating_mul(2).min(most);
					sleep
				},
				Err(error) => return Err(error),
			};
			tokio::select! {
				biased;
				_ = ended.wait_for(|ended| *ended) => {},
				() = tokio::time::sleep(sleep) => {},
			}
		}
		terminal::note("ended; what was begun is in the journal");
		Ok(())
	}

	/// Looks at the last finalized block, unless it was `seen`, and does one thing at a time.
	async fn step(&mut self, seen: &mut Option<Hash>) -> Result<(), Error> {
		// A new connection each time, so that the node may be restarted, by this executor too.
		let chain = self.context.connect().await?;
		let at = audit::finalized(&chain).await?;
		if *seen == Some(at) {
			return Ok(());
		}
		self.report_all(&chain).await?;
		let view = View::read(&chain, self.executor.config()).await?;
		let mut has_acted = false;
		for action in &view.open {
			has_acted |= self.consider(&chain, &view, action).await?;
		}
		// Whoever acted looks again at once.
		*seen = (!has_acted).then_some(view.at);
		Ok(())
	}

	/// Does what is next for an open action, if it is this executor's to do. Says whether it did.
	async fn consider(
		&mut self,
		chain: &Chain,
		view: &View,
		action: &Action,
	) -> Result<bool, Error> {
		let is_awaited = action.simulation["type"] == "awaited";
		let is_waiting = matches!(action.state["type"].as_str(), Some("proposed" | "verified"));
		let is_ready = action.state["type"] == "verified" || (is_awaited && is_waiting);
		if !is_ready || self.executor.journal().standing(action.action) != Standing::Unseen {
			return Ok(false);
		}
		let order = match view.order(action) {
			Ok(order) => order,
			Err(NoOrder::NotACommand) => return Ok(false),
			Err(reason) => return self.leave(action.action, &reason),
		};
		if let Err(refusal) = self.executor.config().command(&order) {
			return self.leave(action.action, &refusal);
		}
		if self.executor.is_stopped()? {
			return self.leave(action.action, &"the stop file exists");
		}
		if is_awaited {
			return self.simulate(chain, &order).await;
		}
		self.claim(chain, &order).await
	}

	/// Says once that an action is left alone.
	fn leave(&mut self, action: u64, reason: &impl ToString) -> Result<bool, Error> {
		if self.left.insert(action) {
			let done = Done { reason: Some(reason.to_string()), ..Done::new("left", action) };
			self.context.print(&done, None)?;
		}
		Ok(false)
	}

	/// Sends a call. Nothing is lost if somebody asks to end meanwhile: what was begun is in the journal.
	async fn send(
		&self,
		chain: &Chain,
		call: &impl crate::chain::Call,
	) -> Result<Option<Receipt>, Error> {
		match self.sender.send(chain, call).await? {
			Sent::Done { receipt, .. } => Ok(Some(receipt)),
			Sent::DryRun(_) => Ok(None),
		}
	}

	/// Tries an order without doing it, and tells the chain how that went.
	async fn simulate(&mut self, chain: &Chain, order: &Order) -> Result<bool, Error> {
		let outcome = match executor::simulate(self.executor.config(), order).await {
			Ok(outcome) => outcome,
			Err(reason @ executor::Error::NoSimulation { .. }) => {
				return self.leave(order.action, &reason);
			},
			Err(error) => return Err(error.into()),
		};
		let (has_passed, digest) = (outcome.succeeded(), outcome.digest());
		let call = actions::simulate(order.action, order.hash, has_passed, digest);
		let done = Done {
			kind: Some(order.kind.clone()),
			target: Some(order.target.to_string()),
			outcome: Some(if has_passed { "passed" } else { "failed" }),
			digest: Some(digest),
			transaction: self.send(chain, &call).await?,
			..Done::new("simulated", order.action)
		};
		self.context.print(&done, None)?;
		Ok(true)
	}

	/// Claims an order and, once the claim is finalized, carries it out and tells what came of it.
	async fn claim(&mut self, chain: &Chain, order: &Order) -> Result<bool, Error> {
		let sent = self.send(chain, &actions::claim(order.action, order.hash)).await;
		let transaction = match sent {
			Ok(transaction) => transaction,
			// A guardrail: what holds may change, so it is asked again at a later block.
			Err(error) if error.exit() == Exit::Dispatch => {
				return self.leave(order.action, &error);
			},
			Err(error) => return Err(error),
		};
		let done = Done {
			kind: Some(order.kind.clone()),
			target: Some(order.target.to_string()),
			transaction,
			..Done::new("claimed", order.action)
		};
		self.context.print(&done, None)?;
		self.carry_out(chain, order).await?;
		Ok(true)
	}

	/// Carries out an order that a finalized block has as claimed by the sender.
	async fn carry_out(&mut self, chain: &Chain, order: &Order) -> Result<(), Error> {
		let at = audit::finalized(chain).await?;
		let action = actions::action(chain, order.action, Some(at)).await?.result;
		let is_ours =
			action.is_some_and(|action| action.hash == order.hash && self.is_claimant(&action));
		if !is_ours {
			self.leave(order.action, &"the claim is in no finalized block")?;
			return Ok(());
		}
		match self.executor.carry_out(order).await? {
			Step::Stopped => {
				self.leave(order.action, &"the stop file exists; its lease runs out")?;
				return Ok(());
			},
			Step::Lost(reason) => terminal::warn(format!(
				"action {} was begun, and nobody knows how it ended: {reason}",
				order.action
			)),
			Step::Finished { outcome, digest } => {
				let ending = if outcome.succeeded() { "succeeded" } else { "failed" };
				let done = Done {
					kind: Some(order.kind.clone()),
					target: Some(order.target.to_string()),
					outcome: Some(ending),
					digest: Some(digest),
					..Done::new("carried-out", order.action)
				};
				self.context.print(&done, None)?;
			},
		}
		Ok(())
	}

	/// Whether a running action is the sender's.
	fn is_claimant(&self, action: &Action) -> bool {
		let wallet = action.state["wallet"].as_str().map(str::parse);
		action.state["type"] == "running" && wallet == Some(Ok(self.sender.acts_for()))
	}

	/// Tells the chain of everything that was begun and that it was not told of.
	async fn report_all(&mut self, chain: &Chain) -> Result<(), Error> {
		for (id, standing) in self.executor.journal().unreported() {
			let Some(verdict) = standing.verdict() else { continue };
			let at = audit::finalized(chain).await?;
			let action = actions::action(chain, id, Some(at)).await?.result;
			if !action.is_some_and(|action| self.is_claimant(&action)) {
				// Its lease ran out, or it was told before: the chain takes no other word.
				self.executor.reported(id)?;
				continue;
			}
			let newest = actions::action(chain, id, None).await?.result;
			if !newest.is_some_and(|action| self.is_claimant(&action)) {
				// It is told, in a block that may still be replaced: then it is told again.
				continue;
			}
			match self.report(chain, id, &standing, verdict).await {
				// What holds may change, so it is told again at a later block.
				Err(error) if error.exit() == Exit::Dispatch => {
					self.leave(id, &error)?;
				},
				other => other?,
			}
		}
		Ok(())
	}

	async fn report(
		&mut self,
		chain: &Chain,
		id: u64,
		standing: &Standing,
		verdict: Verdict,
	) -> Result<(), Error> {
		let (told, word) = match verdict {
			Verdict::Succeeded => (Told::Succeeded, "succeeded"),
			Verdict::Failed => (Told::Failed, "failed"),
			Verdict::Unknown => (Told::Unknown, "unknown"),
		};
		let digest = match standing {
			Standing::Finished { digest, .. } => *digest,
			_ => Hash([0; 32]),
		};
		let transaction = self.send(chain, &actions::report(id, told, digest)).await?;
		self.executor.reported(id)?;
		let done = Done {
			outcome: Some(word),
			digest: Some(digest),
			transaction,
			..Done::new("reported", id)
		};
		self.context.print(&done, None)
	}
}

/// Says what would be run now. Sends nothing, and starts nothing.
pub async fn dry_run(config: &Config, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let view = View::read(&chain, config).await?;
	for action in &view.open {
		let prepared = match view.order(action) {
			Ok(order) => executor::dry_run(config, &order).map_err(|error| error.to_string()),
			Err(reason) => Err(reason.to_string()),
		};
		let done = match prepared {
			Ok(prepared) => {
				Done { reason: Some(prepared.to_string()), ..Done::new("would-run", action.action) }
			},
			Err(reason) => Done { reason: Some(reason), ..Done::new("would-leave", action.action) },
		};
		context.print(&done, None)?;
	}
	Ok(())
}
