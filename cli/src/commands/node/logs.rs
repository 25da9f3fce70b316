//! `aitbc node logs`: what a node of this machine writes.

use super::running::named;
use crate::{
	commands::Context,
	error::Error,
	nodes::{self, Node, NodeFolder, Tail},
	output::Report,
	terminal,
};
use clap::Args;
use serde::Serialize;
use std::time::Duration;

/// How often a log is looked at that is followed.
const PAUSE: Duration = Duration::from_millis(250);

/// Whose log, and how much of it.
#[derive(Debug, Args)]
pub struct LogsArgs {
	/// The node's name, if there are several
	name: Option<String>,

	/// How many of the last lines
	#[arg(long, short = 'n', value_name = "COUNT", default_value_t = 50)]
	lines: usize,

	/// Go on with what the node writes from now on, until Ctrl-C
	#[arg(long, short)]
	follow: bool,
}

/// Shows the end of a node's log, and what comes after it.
pub async fn run(args: LogsArgs, context: &Context) -> Result<(), Error> {
	let folder = NodeFolder::own()?;
	let node = one(args.name.as_ref(), folder.list()?)?;
	let (mut tail, lines) = Tail::of(folder.log(&node.name), args.lines)?;
	print(&node, lines, context)?;
	if !args.follow {
		return Ok(());
	}
	tokio::select! {
		ended = terminal::asked_to_end() => Ok(ended?),
		result = follow(&node, &mut tail, context) => result,
	}
}

/// The node that is meant: the only one, if none is named.
fn one(name: Option<&String>, nodes: Vec<Node>) -> Result<Node, nodes::Error> {
	let found = match name {
		Some(name) => named(std::slice::from_ref(name), &nodes)?,
		None if nodes.len() > 1 => {
			let names: Vec<_> = nodes.into_iter().map(|node| node.name).collect();
			return Err(nodes::Error::Ambiguous(names.join(", ")));
		},
		None => nodes,
	};
	found.into_iter().next().ok_or(nodes::Error::NoNodes)
}

async fn follow(node: &Node, tail: &mut Tail, context: &Context) -> Result<(), Error> {
	let mut pauses = tokio::time::interval(PAUSE);
	loop {
		pauses.tick().await;
		if let Some(lines) = tail.more()? {
			print(node, lines, context)?;
		}
	}
}

fn print(node: &Node, lines: String, context: &Context) -> Result<(), Error> {
	let lines = lines.lines().map(str::to_owned).collect();
	context.print(&Log { node: node.name.clone(), lines }, None)
}

/// Some lines of a node's log.
#[derive(Serialize)]
struct Log {
	node: String,
	lines: Vec<String>,
}

impl Report for Log {
	const KIND: &'static str = "node.logs";

	fn text(&self) -> String {
		self.lines.join("\n")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::nodes::{tests::node, Preset};

	#[test]
	fn node_should_be_the_only_one_unless_it_is_named() {
		let (dev, alice) = (node("dev", Preset::Dev), node("local-alice", Preset::Local));
		assert_eq!(one(None, vec![dev.clone()]).expect("there is one"), dev);
		assert!(matches!(one(None, Vec::new()), Err(nodes::Error::NoNodes)));
		let error = one(None, vec![dev.clone(), alice.clone()]).expect_err("there are two");
		assert!(error.to_string().contains("dev, local-alice"), "{error}");
		assert_eq!(one(Some(&"dev".to_owned()), vec![dev.clone(), alice]).expect("it exists"), dev);
	}
}
