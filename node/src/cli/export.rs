//! The sub-command that writes chain specifications.

use crate::{chain_spec, chain_spec::Operated, file::naming};
use sc_cli::{ExportChainSpecCmd, Result, SubstrateCli};
use std::path::PathBuf;

/// Writes a chain's specification: of a chain that the node knows or of a file, or of an operator's network.
#[derive(Debug, clap::Args)]
pub struct ExportCommand {
	#[clap(flatten)]
	sdk: ExportChainSpecCmd,

	/// The parameters of a network of your own, with your keys and balances from --from
	///
	/// What makes a network unsafe is refused: keys that everybody knows, a sudo key in production, a
	/// Bitcoin that proves nothing, and so on. The file's form is in chain-specs/README.md.
	#[arg(long, value_enum, requires = "from", conflicts_with = "chain")]
	preset: Option<Operated>,

	/// The file (TOML) of your network's keys and balances
	#[arg(long, value_name = "FILE", requires = "preset")]
	from: Option<PathBuf>,

	/// The Wasm that your network begins with, as scripts/release-wasm builds it
	///
	/// Without, it is this binary's own, whose hash depends on the folders that it was built in.
	#[arg(long, value_name = "FILE", requires = "preset")]
	code: Option<PathBuf>,
}

impl ExportCommand {
	/// Does it.
	pub fn run(&self, cli: &impl SubstrateCli) -> Result<()> {
		let spec = match (self.preset, &self.from) {
			(Some(preset), Some(file)) => {
				let (spec, code) = chain_spec::operated(preset, file, self.code.as_deref())
					.map_err(|error| sc_cli::Error::Application(Box::new(error)))?;
				// Whoever starts it can compare: docs/release.md.
				eprintln!("The network begins with the code {code:?} (BLAKE2b-256).");
				Box::new(spec)
			},
			_ => cli.load_spec(&self.sdk.chain)?,
		};
		self.sdk.run(spec).map_err(naming(
			"write the chain specification to",
			self.sdk.output.as_deref(),
			"pass an --output that you may write",
		))
	}
}

#[cfg(test)]
mod tests {
	use crate::cli::Cli;
	use clap::Parser;

	/// What the command line says to these arguments of `export-chain-spec`.
	fn error_of(arguments: &[&str]) -> Option<String> {
		let line = [&["aitbc-node", "export-chain-spec"], arguments].concat();
		Cli::try_parse_from(line).err().map(|error| error.to_string())
	}

	#[test]
	fn preset_should_need_a_file_and_take_the_place_of_a_chain() {
		assert_eq!(error_of(&["--preset", "production", "--from", "network.toml"]), None);
		for (arguments, words) in [
			(&["--preset", "production"][..], "--from <FILE>"),
			(&["--from", "network.toml"], "--preset <PRESET>"),
			(&["--chain", "dev", "--code", "runtime.wasm"], "--preset <PRESET>"),
			(&["--preset", "staging", "--from", "f", "--chain", "dev"], "cannot be used with"),
			(&["--preset", "development", "--from", "f"], "[possible values: staging, production]"),
		] {
			let error = error_of(arguments).expect("it makes no sense");
			assert!(error.contains(words), "{arguments:?}: {error}");
		}
	}
}
