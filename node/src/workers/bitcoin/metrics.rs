//! What the worker tells of itself on the node's metrics page.

use substrate_prometheus_endpoint::{register, Counter, Gauge, PrometheusError, Registry, U64};

/// The metrics.
#[derive(Clone)]
pub struct Metrics {
	/// The height of Bitcoin Core's best chain.
	pub core_height: Gauge<U64>,
	/// The height of Bitcoin's best chain as this chain knows it. Less than `core_height` is the relay's lag.
	pub chain_height: Gauge<U64>,
	/// Batches of headers that were sent.
	pub header_batches: Counter<U64>,
	/// Proofs of anchors that were sent.
	pub proofs: Counter<U64>,
	/// The newest block of this chain whose anchor is final.
	pub last_final: Gauge<U64>,
	/// The newest block of this chain that this node has a bundle of.
	pub last_bundle: Gauge<U64>,
	/// What the anchor's key owns, in satoshi.
	pub balance: Gauge<U64>,
	/// The fee rate of the last anchor, in satoshi for 1,000 virtual bytes.
	pub fee_rate: Gauge<U64>,
	/// Rounds that ended with an error.
	pub failures: Counter<U64>,
}

impl Metrics {
	/// Puts them into `registry`.
	pub fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let gauge = |name: &str, help: &str| {
			register(Gauge::new(format!("aitbc_bitcoin_{name}"), help)?, registry)
		};
		let counter = |name: &str, help: &str| {
			register(Counter::new(format!("aitbc_bitcoin_{name}"), help)?, registry)
		};
		Ok(Self {
			core_height: gauge("core_height", "Height of Bitcoin Core's best chain")?,
			chain_height: gauge("chain_height", "Height of Bitcoin as this chain knows it")?,
			header_batches: counter("header_batches_total", "Batches of headers sent")?,
			proofs: counter("proofs_total", "Proofs of anchors sent")?,
			last_final: gauge("last_final", "Newest block whose anchor is final")?,
			last_bundle: gauge("last_bundle", "Newest block that there is a bundle of")?,
			balance: gauge("balance_satoshi", "What the anchor's key owns")?,
			fee_rate: gauge("fee_rate_satoshi_per_kvbyte", "Fee rate of the last anchor")?,
			failures: counter("failures_total", "Rounds of the worker that ended with an error")?,
		})
	}
}
