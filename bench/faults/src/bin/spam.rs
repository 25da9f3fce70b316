//! Fills a node's transaction pool: `aitbc-spam http://127.0.0.1:9944 --rate 50`.

use aitbc_fault_bench::{
	pace::Pace,
	spam::{address, remark, Node, SpamError},
};
use clap::Parser;
use ed25519_dalek::SigningKey;
use std::{process::ExitCode, time::Duration};
use ureq::http::Uri;

/// The account's seed, for everybody to know: its money is a test network's.
const SEED: [u8; 32] = *b"aitbc-spam, an account for tests";

/// How often transactions are submitted in a second.
const ROUNDS: u32 = 5;

/// Submits remarks to a node, signed by an account of its own, until it is killed.
#[derive(Parser)]
#[command(version)]
struct Arguments {
	/// The node's RPC.
	#[arg(required_unless_present = "address")]
	node: Option<Uri>,
	/// Prints the account's address, which needs money for fees, and ends.
	#[arg(long)]
	address: bool,
	/// How many transactions a second.
	#[arg(long, default_value_t = 50)]
	rate: u32,
	/// How long each remark is, in bytes.
	#[arg(long, default_value_t = 1_024)]
	bytes: usize,
}

fn spam(node: Node, key: SigningKey, rate: u32, bytes: usize) -> Result<(), SpamError> {
	let (chain, account, bytes) = (node.chain()?, address(&key), vec![b'.'; bytes]);
	let mut nonce = node.nonce(&account)?;
	let mut pace = Pace::new(Duration::from_secs(1) / ROUNDS);
	let (mut owed, mut was_taken) = (0, true);
	loop {
		pace.wait();
		owed += rate;
		let count = owed / ROUNDS;
		owed %= ROUNDS;
		let transactions: Vec<_> =
			(0..count).map(|i| remark(&key, &chain, nonce + i, &bytes)).collect();
		// A node that is full or late is what spam is for: go on where it says.
		let taken = node.submit(&transactions);
		let is_taken = taken.as_ref().is_ok_and(|taken| *taken == transactions.len());
		if is_taken {
			nonce += count;
		} else if let Ok(next) = node.nonce(&account) {
			nonce = next;
		}
		if was_taken && !is_taken {
			eprintln!("aitbc-spam: of {count} transactions the node took {taken:?}");
		}
		was_taken = is_taken;
	}
}

fn main() -> ExitCode {
	let Arguments { node, address: _, rate, bytes } = Arguments::parse();
	let key = SigningKey::from_bytes(&SEED);
	let Some(node) = node else {
		println!("{}", address(&key));
		return ExitCode::SUCCESS;
	};
	match spam(Node(node), key, rate, bytes) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("aitbc-spam: {error}");
			ExitCode::FAILURE
		},
	}
}
