//! Metrics that the SDK lacks: what this node authors, and what it uses of its machine.

pub mod authoring;
mod machine;

use authoring::AuthoringMetrics;
use sc_service::{Configuration, Error as ServiceError};

/// Puts the metrics into the node's registry, if it has one.
///
/// To be called once the database's folder is there.
pub fn register(config: &Configuration) -> Result<AuthoringMetrics, ServiceError> {
	let registry = config.prometheus_registry();
	if let Some(registry) = registry {
		machine::register(registry, config.database.path())?;
	}
	Ok(AuthoringMetrics::register(registry)?)
}
