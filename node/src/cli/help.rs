//! What `--help` says: the SDK's texts, put right where they are wrong for this binary, and its
//! many options, sorted.

use clap::{Arg, Command};

/// The options that most operators pass, in the order in which they are shown, before all others.
const COMMON: [&str; 11] = [
	"dev",
	"chain",
	"base_path",
	"name",
	"validator",
	"bootnodes",
	"sync",
	"port",
	"rpc_port",
	"prometheus_port",
	"log",
];

/// The headings of the other options, and how their ids begin. The first match counts.
const TOPICS: [(&str, &str); 10] = [
	(
		"Validators",
		"no_grandpa force_authoring sealing keystore_ password unsafe_disable_signing_guard",
	),
	("Named accounts' validators", "alice bob charlie dave eve ferdie one two"),
	("JSON-RPC", "rpc_ unsafe_rpc_ experimental_rpc_"),
	(
		"Database",
		"tmp threshold polling_period database state_pruning blocks_pruning trie_cache_ warm_up_",
	),
	("Transaction pool", "pool_ tx_"),
	("Runtime", "wasm max_runtime_ runtime_cache_ enabled indexing_enabled"),
	("Log", "detailed_log_ disable_log_ enable_log_ tracing_"),
	("Bitcoin", "bitcoin_ anchor_"),
	("Metrics and telemetry", "prometheus_ no_prometheus telemetry_ no_telemetry"),
	(
		"Network",
		"reserved_ public_addr listen_addr force_enable_webrtc no_private_ip allow_private_ip \
		 out_peers in_peers no_mdns discover_local max_parallel_ max_blocks_ node_key \
		 unsafe_force_node_key_ kademlia_ ipfs_ network_backend",
	),
];

/// Options that the SDK still takes, and that do nothing.
const IDLE: &str = "execution";

/// What is said of an argument instead of the SDK's text.
struct Text {
	/// The argument's id, in whatever command.
	id: &'static str,
	/// The first line, which `-h` shows, too.
	short: &'static str,
	/// What follows it in `--help`.
	more: &'static str,
}

/// The texts of the SDK that are wrong here, or that say too little.
const TEXTS: [Text; 9] = [
	Text {
		id: "chain",
		short: "The chain: `dev`, `local`, or the path of a chain specification",
		more: "`dev` has one validator, `local` has four. A chain specification is a JSON file, \
		       such as `export-chain-spec` writes. There is no default for a node.",
	},
	Text {
		id: "dev",
		short: "The chain `dev`, on which Alice alone makes blocks",
		more: "Means --chain=dev --alice --force-authoring --rpc-cors=all, and --tmp unless there \
		       is a --base-path, and does not look for nodes on the local network. Of these, what \
		       is given explicitly counts.",
	},
	Text {
		id: "base_path",
		short: "The folder for databases, keystores and network keys",
		more: "Each chain has a folder in it. Without it, --dev takes a temporary one, and other \
		       chains one of the user, on Linux ~/.local/share/aitbc-node.",
	},
	Text {
		id: "bootnodes",
		short: "Nodes to begin with, such as /ip4/192.0.2.1/tcp/30333/p2p/PEER_ID",
		more: "They must be of the same chain. Those of the chain specification are asked, too.",
	},
	Text {
		id: "reserved_only",
		short: "Synchronize the chain with reserved nodes only",
		more: "No other nodes are looked for. Validators may still connect to other validators.",
	},
	Text {
		id: "force_enable_webrtc",
		short: "Listen on WebRTC addresses even as a validator",
		more: "Only without --listen-addr, and only with litep2p.",
	},
	Text {
		id: "node_key_type",
		short: "The kind of the network key",
		more: "The key gives the node its peer id. It is what --node-key says, or else what the \
		       file of --node-key-file holds, or else the file in the chain's folder under \
		       --base-path, which a node that is no validator makes when it is missing.",
	},
	Text {
		id: "network_backend",
		short: "The network's implementation",
		more: "litep2p needs less of the processor; libp2p is the older one. Nodes with one talk \
		       to nodes with the other.",
	},
	Text {
		id: "key_type",
		short: "Which session key: `gran` (ed25519), `babe` or `audi` (both sr25519)",
		more: "They finalize blocks, author them, and let other validators find this one.",
	},
];

/// Puts the texts of `command` and its sub-commands right, and sorts its options.
pub fn put_right(command: Command) -> Command {
	correct(command).mut_args(sort)
}

fn correct(command: Command) -> Command {
	command.mut_args(describe).mut_subcommands(correct)
}

fn describe(argument: Arg) -> Arg {
	match TEXTS.iter().find(|text| argument.get_id() == text.id) {
		Some(text) => {
			argument.help(text.short).long_help(format!("{}.\n\n{}", text.short, text.more))
		},
		None => argument,
	}
}

fn sort(argument: Arg) -> Arg {
	let id = argument.get_id().as_str();
	if let Some(place) = COMMON.iter().position(|common| *common == id) {
		return argument.display_order(place);
	}
	if id.starts_with(IDLE) {
		return argument.hide(true);
	}
	match topic(id) {
		Some(heading) => argument.help_heading(heading),
		None => argument,
	}
}

/// The heading under which the option `id` is found.
fn topic(id: &str) -> Option<&'static str> {
	TOPICS
		.iter()
		.find(|(_, beginnings)| beginnings.split(' ').any(|beginning| id.starts_with(beginning)))
		.map(|(heading, _)| *heading)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::cli::Cli;

	/// Everything that `command` and its sub-commands say.
	fn all_help(mut command: Command) -> Vec<String> {
		let own = command.render_long_help().to_string();
		let others = command.get_subcommands().cloned().flat_map(all_help);
		std::iter::once(own).chain(others.collect::<Vec<_>>()).collect()
	}

	#[test]
	fn help_should_not_speak_of_other_chains_binaries_and_commands() {
		for help in all_help(Cli::command_line()) {
			for foreign in [
				"or staging",
				"kusama",
				"omni-node",
				"build-spec",
				"base-dir",
				"relaychain",
				"imon",
			] {
				assert!(!help.contains(foreign), "{foreign} in:\n{help}");
			}
		}
	}

	#[test]
	fn help_should_list_the_chains_wherever_a_chain_is_chosen() {
		let mut asked = 0;
		for help in all_help(Cli::command_line()) {
			if help.contains("--chain <") {
				assert!(help.contains("The chain: `dev`, `local`, or the path"), "{help}");
				asked += 1;
			}
		}
		assert!(asked > 5, "only {asked} commands take a chain");
	}

	#[test]
	fn help_should_show_the_common_options_first() {
		let help = Cli::command_line().render_help().to_string();
		let place = |text: &str| help.find(text).unwrap_or_else(|| panic!("no {text} in:\n{help}"));

		let places =
			["--dev", "--chain", "--base-path", "--name", "--validator", "JSON-RPC:"].map(place);

		assert!(places.is_sorted(), "{help}");
	}

	#[test]
	fn options_should_be_common_or_have_a_topic() {
		let command = Cli::command_line();
		for argument in command.get_arguments() {
			let id = argument.get_id().as_str();
			let is_sorted = COMMON.contains(&id) || id.starts_with(IDLE) || topic(id).is_some();
			assert!(is_sorted, "{id} has no topic");
		}
	}

	#[test]
	fn texts_and_topics_should_be_of_arguments_that_exist() {
		let mut ids = Vec::new();
		let mut commands = vec![Cli::command_line()];
		while let Some(command) = commands.pop() {
			ids.extend(command.get_arguments().map(|argument| argument.get_id().to_string()));
			commands.extend(command.get_subcommands().cloned());
		}
		for text in &TEXTS {
			assert!(ids.iter().any(|id| id == text.id), "{}", text.id);
		}
		for beginning in TOPICS.iter().flat_map(|(_, beginnings)| beginnings.split(' ')) {
			assert!(ids.iter().any(|id| id.starts_with(beginning)), "{beginning}");
		}
	}
}
