#![doc = include_str!("../README.md")]
//! Not part of any program: whatever goes wrong in here ends the test that asked for it.

mod chain;
mod clock;
mod flood;
mod genesis;
mod isolation;
mod network;
mod node;
mod program;
mod report;
mod staking;
mod strangers;
mod switch;
mod transactions;
mod watch;

pub use chain::{BlockLoad, Claim, Event, Ledger, SlotCount};
pub use flood::{Flood, Offers};
pub use genesis::{write_spec, Eras, Keys};
pub use isolation::{isolated, Isolation};
pub use network::{Network, NetworkBuilder};
pub use node::{Node, Role};
pub use report::{Report, Spread};
pub use staking::bonded;
pub use strangers::Strangers;
pub use switch::Conditions;
pub use transactions::{flood, send, send_tipped_transfer, transfers};
pub use watch::Watch;

use std::{
	future::Future,
	time::{Duration, Instant},
};

/// After how long a condition counts as never coming true. Ten nodes on two busy cores are slow.
pub const LIMIT: Duration = Duration::from_secs(300);

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_millis(200);

/// Asks `condition` until it gives something. `what` says in words what is waited for.
pub async fn wait_until<T, F: Future<Output = Option<T>>>(
	what: &str,
	mut condition: impl FnMut() -> F,
) -> T {
	let start = Instant::now();
	loop {
		if let Some(found) = condition().await {
			return found;
		}
		assert!(start.elapsed() < LIMIT, "waited {} s in vain for {what}", LIMIT.as_secs());
		tokio::time::sleep(PAUSE).await;
	}
}
