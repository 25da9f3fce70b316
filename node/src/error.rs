//! Puts the SDK's errors into words that say what to do next.
//!
//! Our own errors are good to read as they are; they reach the surface inside the SDK's types,
//! which is why all of them pass here.

use sc_cli::Error as CliError;
use sc_service::Error as ServiceError;

/// How ParityDB begins its message when another process holds the database's lock.
const DATABASE_IN_USE: &str = "Database file is in use";

/// Says what went wrong, for the person at the terminal.
pub fn explain(error: &CliError) -> String {
	match error {
		CliError::Input(reason) => reason.clone(),
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
		CliError::Client(cause) | CliError::Service(ServiceError::Client(cause)) => {
			explain_client(cause)
		},
		other => other.to_string(),
	}
}

fn explain_client(error: &sp_blockchain::Error) -> String {
	let message = error.to_string();
	if message.contains(DATABASE_IN_USE) {
		return format!(
			"another process uses this database: stop the other node, or pass another \
			 --base-path ({message})"
		);
	}
	message
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
	fn explain_should_blame_another_process_when_the_database_is_locked() {
		let locked = sp_blockchain::Error::Backend(format!("{DATABASE_IN_USE}. (os error 11)"));

		let message = explain(&CliError::Service(ServiceError::Client(locked)));

		assert!(message.starts_with("another process uses this database"), "{message}");
	}
}
