//! Real nodes and the real command line, for tests.
//!
//! A [`Node`] listens on free loopback ports, keeps its data in a temporary folder, and is gone
//! when it is dropped; when the test has failed, its log is printed first. Nothing here waits for
//! a time to pass: [`wait_until`] asks again until a condition holds, and fails after a limit that
//! is generous for a loaded machine.
//!
//! Not every test uses everything.
#![allow(dead_code, unused_imports)]

mod cli;
mod node;
mod schema;

pub use cli::{plancks, Cli, Run, Started};
pub use node::{program, Node, NodeBuilder};
pub use schema::schema;

use std::{
	future::Future,
	time::{Duration, Instant},
};

/// After how long a condition counts as never coming true.
const LIMIT: Duration = Duration::from_secs(180);

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
