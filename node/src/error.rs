//! Puts the SDK's errors into words that say what to do next.
//!
//! Our own errors are good to read as they are; they reach the surface inside the SDK's types,
//! which is why all of them pass here.

use sc_cli::Error as CliError;
use sc_service::Error as ServiceError;

/// How the SDK begins its complaint about `--node-key`, which it does not name.
const BAD_NODE_KEY: &str = "Invalid node key: ";

/// Says what went wrong, for the person at the terminal.
pub fn explain(error: &CliError) -> String {
	match error {
		CliError::Input(reason) => explain_input(reason),
		CliError::Application(cause) | CliError::Service(ServiceError::Application(cause)) => {
			cause.to_string()
		},
		CliError::Service(ServiceError::Other(reason)) => reason.clone(),
		CliError::NetworkKeyNotFound(path) => format!(
			"a validator needs a lasting network key, and there is none at {}: generate one with \
			 `aitbc-node key generate-node-key` and the same --chain and --base-path, or pass \
			 --unsafe-force-node-key-generation on a network that will not miss this node",
			path.display()
		),
		CliError::KeyAlreadyExistsInPath(path) => {
			format!("{} already holds a network key, which was left as it is", path.display())
		},
		other => other.to_string(),
	}
}

fn explain_input(reason: &str) -> String {
	match reason.strip_prefix(BAD_NODE_KEY) {
		Some(cause) => format!(
			"--node-key is no network key: {cause}; pass 64 hexadecimal digits, as \
			 `aitbc-node key generate-node-key` prints them"
		),
		None => reason.into(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn explain_should_drop_the_wrapping_when_the_error_is_ours() {
		let ours = || Box::<dyn std::error::Error + Send + Sync>::from("port 1 is taken");

		assert_eq!(explain(&CliError::Input("no chain".into())), "no chain");
		assert_eq!(explain(&CliError::Application(ours())), "port 1 is taken");
		assert_eq!(
			explain(&CliError::Service(ServiceError::Application(ours()))),
			"port 1 is taken"
		);
	}

	#[test]
	fn explain_should_name_the_way_out_when_the_network_key_is_missing() {
		let message = explain(&CliError::NetworkKeyNotFound("/data/key".into()));

		assert!(message.contains("/data/key"), "{message}");
		assert!(message.contains("generate-node-key"), "{message}");
	}

	#[test]
	fn explain_should_name_the_option_when_the_network_key_is_malformed() {
		let message = explain(&CliError::Input(format!("{BAD_NODE_KEY}odd length")));

		assert!(message.contains("--node-key") && message.contains("odd length"), "{message}");
	}
}
