//! `aitbc dispute resolve`: takes every step that is due and needs nobody's word.

use super::{found, DisputeError};
use crate::{
	chain::{
		disputes::{self, Case, DueStep},
		network, Chain,
	},
	commands::Context,
	error::Error,
	terminal,
	transaction::{self, Receipt, Sent, TransactionArgs, Wait, Written},
};

/// Takes the steps of the case with the id `id`.
pub async fn run(id: u64, args: &TransactionArgs, context: &Context) -> Result<(), Error> {
	if args.wait == Wait::None && !args.dry_run {
		return Err(DisputeError::ResolveWithoutWait.into());
	}
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let case = found(&chain.best().await?, id).await?;
	let mut transactions = Vec::new();
	let mut next = Some(due(&chain, &case).await?);
	while let Some(step) = next {
		terminal::note(format!("next: {step}"));
		match sender.send(&chain, &disputes::progress(id)).await {
			Ok(Sent::DryRun(dry_run)) => return context.print(&dry_run, None),
			Ok(Sent::Done { receipt, .. }) => transactions.push(receipt),
			// Somebody else was faster.
			Err(error) if !transactions.is_empty() && is_done(&error) => (),
			Err(error) => {
				if !transactions.is_empty() {
					print(id, transactions, context)?;
				}
				return Err(error.into());
			},
		}
		next = match following(&chain, id).await {
			Ok(next) => next,
			Err(error) => {
				print(id, transactions, context)?;
				return Err(error);
			},
		};
	}
	print(id, transactions, context)
}

/// The step of the case that is due after another, if there is one.
async fn following(chain: &Chain, id: u64) -> Result<Option<DueStep>, Error> {
	let Some(case) = disputes::case(&chain.best().await?, id).await? else {
		terminal::note(format!("case {id} is closed"));
		return Ok(None);
	};
	match due(chain, &case).await {
		Err(Error::Dispute(DisputeError::NothingDue { .. })) => Ok(None),
		step => step.map(Some),
	}
}

fn print(case: u64, transactions: Vec<Receipt>, context: &Context) -> Result<(), Error> {
	context.print(&Written { case: Some(case), transactions, ..Written::default() }, None)
}

/// The step of `case` that is due now.
async fn due(chain: &Chain, case: &Case) -> Result<DueStep, Error> {
	let now = network::active_clock(&chain.best().await?).await?.now;
	case.due_at(now).ok_or_else(|| nothing_due(case).into())
}

/// Says what `case` waits for.
fn nothing_due(case: &Case) -> DisputeError {
	let until = match case.due {
		Some(due) => format!("to {} is possible from active block {} on", due.step, due.from),
		None => "its jury is still to be drawn, which happens by itself".to_owned(),
	};
	DisputeError::NothingDue { case: case.case, until }
}

/// Whether a step fails because it was taken.
fn is_done(error: &transaction::Error) -> bool {
	let name = error.dispatch_error();
	name.is_some_and(|name| matches!(name, "Disputes::NothingDue" | "Disputes::CaseNotFound"))
}
