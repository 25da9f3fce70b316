//! Metrics that the SDK lacks: what this node authors, what its signing guard does, and what it uses of its machine.

pub mod authoring;
mod guard;
mod machine;

use aitbc_node_guard::Guard;
use authoring::AuthoringMetrics;
use sc_service::{Configuration, Error as ServiceError};

/// Puts the metrics into the node's registry, if it has one.
///
/// To be called once the database's folder is there.
pub fn register(
	config: &Configuration,
	guard: Option<&Guard>,
) -> Result<AuthoringMetrics, ServiceError> {
	let registry = config.prometheus_registry();
	if let Some(registry) = registry {
		machine::register(registry, config.database.path())?;
		if let Some(guard) = guard {
			guard::register(registry, guard)?;
		}
	}
	Ok(AuthoringMetrics::register(registry)?)
}
