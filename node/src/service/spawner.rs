//! Spawns the transaction pool's tasks, so that a clean stop of the node does not look like a crash.

use futures::{channel::oneshot, future::BoxFuture};
use sc_service::{SpawnEssentialTaskHandle, SpawnTaskHandle, TaskManager};
use sp_core::traits::SpawnEssentialNamed;

/// Spawns essential tasks, also those that block their thread until what feeds them is gone.
///
/// The fork-aware pool has such a task (`sync_bridge_task`). It never sees that the node stops; it
/// ends when the pool is dropped, and the SDK then takes its end for a failure and logs that it
/// shuts down the service, in the middle of every clean stop. So a blocking task is not essential
/// here. Its end is what an essential task waits for, which does see that the node stops.
#[derive(Clone)]
pub struct Spawner {
	essential: SpawnEssentialTaskHandle,
	plain: SpawnTaskHandle,
}

impl Spawner {
	/// Spawns with `task_manager`.
	pub fn new(task_manager: &TaskManager) -> Self {
		Self {
			essential: task_manager.spawn_essential_handle(),
			plain: task_manager.spawn_handle(),
		}
	}
}

impl SpawnEssentialNamed for Spawner {
	fn spawn_essential_blocking(
		&self,
		name: &'static str,
		group: Option<&'static str>,
		future: BoxFuture<'static, ()>,
	) {
		let (running, ended) = oneshot::channel::<()>();
		self.plain.spawn_blocking(name, group, async move {
			// Dropped when the future ends, and also when it panics.
			let _running = running;
			future.await;
		});
		self.essential.spawn(name, group, async move {
			let _ = ended.await;
		});
	}

	fn spawn_essential(
		&self,
		name: &'static str,
		group: Option<&'static str>,
		future: BoxFuture<'static, ()>,
	) {
		self.essential.spawn(name, group, future);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::FutureExt;
	use std::sync::mpsc;

	#[test]
	fn node_should_end_when_a_blocking_task_ends_by_itself() {
		let runtime = sc_cli::build_runtime().expect("threads can be had");
		let mut task_manager =
			TaskManager::new(runtime.handle().clone(), None).expect("there are no metrics");

		Spawner::new(&task_manager).spawn_essential_blocking("test", None, async {}.boxed());

		assert!(runtime.block_on(task_manager.future()).is_err());
	}

	#[test]
	fn node_should_end_when_a_blocking_task_panics() {
		let runtime = sc_cli::build_runtime().expect("threads can be had");
		let mut task_manager =
			TaskManager::new(runtime.handle().clone(), None).expect("there are no metrics");

		let panics = async { panic!("as this test wants it") }.boxed();
		Spawner::new(&task_manager).spawn_essential_blocking("test", None, panics);

		assert!(runtime.block_on(task_manager.future()).is_err());
	}

	#[test]
	fn node_should_go_on_when_a_blocking_task_blocks() {
		let runtime = sc_cli::build_runtime().expect("threads can be had");
		let mut task_manager =
			TaskManager::new(runtime.handle().clone(), None).expect("there are no metrics");
		let (feed, fed) = mpsc::channel::<()>();
		let (starts, started) = mpsc::channel();

		let blocks = async move {
			starts.send(()).expect("the test waits for it");
			fed.into_iter().for_each(drop);
		};
		Spawner::new(&task_manager).spawn_essential_blocking("test", None, blocks.boxed());

		started.recv().expect("the task starts");
		assert!(task_manager.future().now_or_never().is_none());
		drop(feed);
		assert!(runtime.block_on(task_manager.future()).is_err());
	}
}
