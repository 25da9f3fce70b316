//! `aitbc transaction submit`: what was signed elsewhere, handed in.

use crate::{
	commands::Context,
	error::Error,
	transaction::{
		self,
		offline::{submit, Paper, Signed, Submission},
		Wait,
	},
};
use clap::Args;
use std::path::PathBuf;

/// What to hand in, and how carefully.
#[derive(Debug, Args)]
pub struct SubmitArgs {
	/// The file that `aitbc transaction sign` wrote
	file: PathBuf,

	/// Show the decoded call, its fee and whether it would succeed, and send nothing
	#[arg(long)]
	dry_run: bool,

	/// Send without asking
	#[arg(long, short)]
	yes: bool,

	/// How far to follow the transaction
	#[arg(long, value_name = "HOW_FAR", default_value = "finalized")]
	wait: Wait,
}

/// Hands a signed transaction in.
pub async fn run(args: SubmitArgs, context: &Context) -> Result<(), Error> {
	let SubmitArgs { file, dry_run, yes, wait } = args;
	let signed = Signed::read(&file).map_err(transaction::Error::from)?;
	let chain = context.connect().await?;
	let how = Submission { path: &file, yes, dry_run, wait, timeout: context.timeout() };
	context.print_sent(submit(&chain, &signed, how).await?)
}
