//! `aitbc node list|start|stop|restart`: nodes of this machine.

use crate::{
	commands::Context,
	error::Error,
	nodes::{self, await_answer, launch, plan, program, stop, Node, NodeFolder, Preset, State},
	output::{or_dash, table, Report},
	terminal::{self, Spinner},
	transaction::Timeout,
};
use clap::Args;
use serde::Serialize;
use std::{collections::BTreeSet, path::PathBuf};

/// Which nodes to start.
#[derive(Debug, Args)]
pub struct StartArgs {
	/// Nodes that were started before, by their names
	#[arg(value_name = "NAME")]
	names: Vec<String>,

	/// The network to start, unless nodes are named
	#[arg(long, value_name = "NETWORK", default_value = "dev", conflicts_with = "names")]
	network: Preset,

	/// Begin the network's chain anew: removes what its nodes have kept of it
	#[arg(long, conflicts_with = "names")]
	fresh: bool,

	/// The node's program [default: AITBC_NODE, or the `aitbc-node` beside this program or in PATH]
	#[arg(long, value_name = "FILE")]
	program: Option<PathBuf>,

	/// More arguments for each node of a network that is started for the first time or with --fresh
	#[arg(last = true, value_name = "ARGUMENT")]
	arguments: Vec<String>,
}

/// Some of the nodes that there are.
#[derive(Debug, Args)]
pub struct Which {
	/// Nodes, by their names
	#[arg(value_name = "NAME")]
	names: Vec<String>,

	/// All nodes of this network
	#[arg(long, value_name = "NETWORK", conflicts_with = "names")]
	network: Option<Preset>,

	/// All nodes that this program has started
	#[arg(long, conflicts_with_all = ["names", "network"])]
	all: bool,
}

/// Which nodes to stop, and how.
#[derive(Debug, Args)]
pub struct StopArgs {
	#[command(flatten)]
	which: Which,

	/// Kill what still runs when the time of --timeout is over
	#[arg(long)]
	force: bool,
}

impl Which {
	/// Those among `nodes` that are meant.
	fn among(&self, nodes: Vec<Node>) -> Result<Vec<Node>, nodes::Error> {
		if let Some(network) = self.network {
			let own: Vec<_> = nodes.into_iter().filter(|node| node.network == network).collect();
			let missing = nodes::Error::NoNetwork(network.name().to_owned());
			return (!own.is_empty()).then_some(own).ok_or(missing);
		}
		if self.names.is_empty() {
			return self.all.then_some(nodes).ok_or(nodes::Error::Unnamed);
		}
		named(&self.names, &nodes)
	}
}

/// The nodes with these names, each once.
pub fn named(names: &[String], nodes: &[Node]) -> Result<Vec<Node>, nodes::Error> {
	let find = |name: &String| {
		let found = nodes.iter().find(|node| node.name == *name);
		found.cloned().ok_or_else(|| nodes::Error::NotFound(name.clone()))
	};
	let mut found: Vec<Node> = names.iter().map(find).collect::<Result<_, _>>()?;
	let mut seen = BTreeSet::new();
	found.retain(|node| seen.insert(node.name.clone()));
	Ok(found)
}

/// Lists the nodes of this machine.
pub fn list(context: &Context) -> Result<(), Error> {
	let folder = NodeFolder::own()?;
	let nodes = folder.list()?;
	context.print(&Nodes::of(&folder, &nodes), None)
}

/// Starts those nodes that do not run, and waits until they answer.
pub async fn start(args: StartArgs, context: &Context) -> Result<(), Error> {
	let folder = NodeFolder::own()?;
	let lock = folder.lock()?;
	let mut nodes = wanted(&args, &folder).await?;
	if args.fresh {
		let running = nodes.iter().find(|node| node.state() == State::Running);
		if let Some(node) = running {
			return Err(nodes::Error::RunsAlready(node.name.clone()).into());
		}
		nodes.iter().try_for_each(|node| folder.forget_chain(&node.name))?;
	}
	run(&folder, &mut nodes, context.timeout()).await?;
	drop(lock);
	context.print(&Nodes::of(&folder, &nodes), None)
}

/// The nodes that are to be started, as they are to be run.
async fn wanted(args: &StartArgs, folder: &NodeFolder) -> Result<Vec<Node>, Error> {
	let known = folder.list()?;
	let network = || known.iter().filter(|node| node.network == args.network).cloned().collect();
	let mut nodes: Vec<Node> = match args.names.is_empty() {
		true => network(),
		false => named(&args.names, &known)?,
	};
	let is_known = !args.names.is_empty() || nodes.len() == args.network.size();
	if !is_known || args.fresh {
		let program = program(args.program.clone())?;
		return Ok(plan(folder, args.network, &program, &args.arguments).await?);
	}
	if let Some(node) = nodes.first().filter(|_| !args.arguments.is_empty()) {
		return Err(nodes::Error::HasArguments(node.name.clone()).into());
	}
	if args.program.is_some() {
		let program = program(args.program.clone())?;
		nodes.iter_mut().for_each(|node| node.program.clone_from(&program));
	}
	Ok(nodes)
}

/// Starts those of `nodes` that do not run, all before the first is waited for.
async fn run(
	folder: &NodeFolder,
	nodes: &mut [Node],
	timeout: Timeout,
) -> Result<(), nodes::Error> {
	let mut started = Vec::new();
	for node in nodes {
		if node.state() == State::Running {
			terminal::note(format!("{} runs already", node.name));
			continue;
		}
		let child = launch(folder, node)?;
		started.push((node, child));
	}
	for (node, mut child) in started {
		let _spinner = Spinner::start(format!("{} starts", node.name));
		await_answer(folder, node, &mut child, timeout).await?;
	}
	Ok(())
}

/// Asks nodes to end, and waits until they have.
pub async fn end(args: StopArgs, context: &Context) -> Result<(), Error> {
	let folder = NodeFolder::own()?;
	let lock = folder.lock()?;
	let mut nodes = args.which.among(folder.list()?)?;
	stop_all(&folder, &mut nodes, args.force, context).await?;
	drop(lock);
	context.print(&Nodes::of(&folder, &nodes), None)
}

/// Stops nodes and starts them again, on what they have kept and with the arguments that they had.
pub async fn restart(args: StopArgs, context: &Context) -> Result<(), Error> {
	let folder = NodeFolder::own()?;
	let lock = folder.lock()?;
	let mut nodes = args.which.among(folder.list()?)?;
	stop_all(&folder, &mut nodes, args.force, context).await?;
	run(&folder, &mut nodes, context.timeout()).await?;
	drop(lock);
	context.print(&Nodes::of(&folder, &nodes), None)
}

async fn stop_all(
	folder: &NodeFolder,
	nodes: &mut [Node],
	force: bool,
	context: &Context,
) -> Result<(), nodes::Error> {
	let _spinner = Spinner::start(format!("{} nodes end", nodes.len()));
	stop(folder, nodes, context.timeout(), force).await
}

/// Nodes of this machine.
#[derive(Serialize)]
struct Nodes {
	nodes: Vec<Listed>,
}

/// A node of this machine.
#[derive(Serialize)]
struct Listed {
	name: String,
	network: Preset,
	state: State,
	url: String,
	metrics: String,
	peer: String,
	/// The id of its process, if it runs.
	process: Option<u32>,
	folder: PathBuf,
	log: PathBuf,
	program: PathBuf,
	arguments: Vec<String>,
}

impl Nodes {
	fn of(folder: &NodeFolder, nodes: &[Node]) -> Self {
		let listed = nodes.iter().map(|node| {
			let state = node.state();
			let process = node.process.as_ref().filter(|_| state == State::Running);
			Listed {
				name: node.name.clone(),
				network: node.network,
				state,
				url: node.url(),
				metrics: format!("http://127.0.0.1:{}/metrics", node.metrics_port),
				peer: node.peer_address(),
				process: process.map(|process| process.id),
				folder: folder.of(&node.name),
				log: folder.log(&node.name),
				program: node.program.clone(),
				arguments: node.arguments.clone(),
			}
		});
		Self { nodes: listed.collect() }
	}
}

impl Report for Nodes {
	const KIND: &'static str = "node.list";

	fn text(&self) -> String {
		if self.nodes.is_empty() {
			return "this program has started no node; see `aitbc node start --help`".into();
		}
		let rows = self.nodes.iter().map(|node| {
			[
				node.name.clone(),
				node.network.name().to_owned(),
				node.state.name().to_owned(),
				node.url.clone(),
				or_dash(node.process),
				node.log.display().to_string(),
			]
		});
		table(["node", "network", "state", "url", "process", "log"], rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::nodes::tests::node;

	fn which(
		names: &[&str],
		network: Option<Preset>,
		all: bool,
	) -> Result<Vec<String>, nodes::Error> {
		let nodes = vec![
			node("dev", Preset::Dev),
			node("local-alice", Preset::Local),
			node("local-bob", Preset::Local),
		];
		let names = names.iter().map(|name| (*name).to_owned()).collect();
		let found = Which { names, network, all }.among(nodes)?;
		Ok(found.into_iter().map(|node| node.name).collect())
	}

	#[test]
	fn nodes_should_be_chosen_by_name_by_network_or_all() {
		let chosen = |names: &[&str], network, all| which(names, network, all).expect("they exist");
		assert_eq!(chosen(&["local-bob", "dev"], None, false), ["local-bob", "dev"]);
		assert_eq!(chosen(&["dev", "local-bob", "dev"], None, false), ["dev", "local-bob"]);
		assert_eq!(chosen(&[], Some(Preset::Local), false), ["local-alice", "local-bob"]);
		assert_eq!(chosen(&[], None, true).len(), 3);
	}

	#[test]
	fn nodes_should_be_refused_when_nobody_said_which_or_there_is_none() {
		assert!(matches!(which(&[], None, false), Err(nodes::Error::Unnamed)));
		let missing = which(&["dev", "eve"], None, false);
		assert!(matches!(missing, Err(nodes::Error::NotFound(name)) if name == "eve"));
	}
}
