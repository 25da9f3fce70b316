//! `aitbc anchor`: getting this chain's blocks into Bitcoin, and showing that they are there.

mod earning;
mod error;
mod exporting;
mod funding;
mod input;
mod looking;
mod proving;
mod wallet;

pub use error::Error as AnchorError;

use super::{Context, Limit};
use crate::error::Error;
use clap::Subcommand;

/// What can be done about anchors.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Show how far Bitcoin is followed, when blocks are anchored, and what this node does for it
	Status,

	/// Show the newest anchor that is final, and the newest of all
	Latest,

	/// List the blocks that are to be on Bitcoin and how far each has come, newest first
	History(Limit),

	/// Show one of them, with what is written into Bitcoin
	Show {
		/// The number of the block of this chain
		height: u32,
	},

	/// Show what your node pays for anchors with, and what is in its way
	///
	/// The node must be your own, and let you call unsafe methods: by default it does on its own machine.
	Wallet(wallet::WalletArgs),

	/// Become the anchorer of your node's key, so that you get the rewards of its anchors
	///
	/// You send it as the account that is to get them. It holds a deposit.
	Register(earning::RegisterArgs),

	/// Give a key's script back, with its deposit
	Deregister(earning::DeregisterArgs),

	/// Have the reward of a final anchor paid to who funded it, as anybody
	Claim(earning::ClaimArgs),

	/// Show the chain that Bitcoin has an anchor, as anybody
	///
	/// A node that broadcasts does so by itself. This is for anchors that were broadcast by hand. The proof is
	/// made by the node, whose Bitcoin worker must run.
	Submit(proving::SubmitArgs),

	/// Write a file that shows, to anybody and without a network, that a block is final and on Bitcoin
	Export(exporting::ExportArgs),
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Status => looking::status(context).await,
		Command::Latest => looking::latest(context).await,
		Command::History(Limit { limit }) => looking::history(limit, context).await,
		Command::Show { height } => looking::show(height, context).await,
		Command::Wallet(args) => wallet::run(args, context).await,
		Command::Register(args) => earning::register(args, context).await,
		Command::Deregister(args) => earning::deregister(args, context).await,
		Command::Claim(args) => earning::claim(args, context).await,
		Command::Submit(args) => proving::run(args, context).await,
		Command::Export(args) => exporting::run(args, context).await,
	}
}
