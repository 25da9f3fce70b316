//! Holds back the votes of a voter that runs already.

use std::{
	collections::BTreeMap,
	future::Future,
	pin::Pin,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
	task::{Context, Poll, Waker},
};

/// Whether votes may be cast. A voting rule of GRANDPA waits here before each prevote, and without a prevote there is
/// no precommit.
///
/// The key can't be hidden instead: the SDK asks for it once, when a round begins. If all validators started with
/// hidden keys, as after a power cut, nobody would vote in the round that they start in, it would never end, and no
/// other would begin.
#[derive(Clone, Debug, Default)]
pub struct Gate(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
	is_open: bool,
	/// Whom to wake when it opens, by the number of the future that waits.
	waiting: BTreeMap<u64, Waker>,
	/// The number of the next future that waits.
	next: u64,
}

impl Gate {
	/// Waits until votes may be cast.
	pub fn opened(&self) -> Opened {
		let mut state = self.lock();
		let number = state.next;
		state.next = number.wrapping_add(1);
		Opened { gate: self.clone(), number }
	}

	/// Opens or closes it.
	pub(crate) fn set(&self, is_open: bool) {
		let mut state = self.lock();
		state.is_open = is_open;
		let woken = if is_open { std::mem::take(&mut state.waiting) } else { BTreeMap::new() };
		drop(state);
		woken.into_values().for_each(Waker::wake);
	}

	/// A panic can't leave the state half changed: nothing that panics is called while it is locked.
	fn lock(&self) -> MutexGuard<'_, State> {
		self.0.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

/// Ends when votes may be cast. See [`Gate::opened`].
#[derive(Debug)]
pub struct Opened {
	gate: Gate,
	number: u64,
}

impl Future for Opened {
	type Output = ();

	fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
		let mut state = self.gate.lock();
		if state.is_open {
			return Poll::Ready(());
		}
		state.waiting.insert(self.number, context.waker().clone());
		Poll::Pending
	}
}

impl Drop for Opened {
	fn drop(&mut self) {
		self.gate.lock().waiting.remove(&self.number);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::{executor::LocalPool, task::LocalSpawnExt, FutureExt};

	#[test]
	fn opened_should_end_at_once_when_the_gate_is_open() {
		let gate = Gate::default();
		gate.set(true);
		assert_eq!(gate.opened().now_or_never(), Some(()));
	}

	#[test]
	fn opened_should_wait_when_the_gate_was_closed_again() {
		let gate = Gate::default();
		gate.set(true);
		gate.set(false);
		assert_eq!(gate.opened().now_or_never(), None);
	}

	#[test]
	fn all_that_wait_should_be_woken_when_the_gate_opens() {
		let gate = Gate::default();
		let mut pool = LocalPool::new();
		let waits: Vec<_> = (0..3)
			.map(|_| pool.spawner().spawn_local_with_handle(gate.opened()).unwrap())
			.collect();
		pool.run_until_stalled();
		assert_eq!(gate.lock().waiting.len(), 3);

		gate.set(true);
		pool.run_until_stalled();

		assert!(waits.into_iter().all(|wait| wait.now_or_never() == Some(())));
		assert!(gate.lock().waiting.is_empty());
	}

	#[test]
	fn gate_should_forget_who_waits_no_longer() {
		let gate = Gate::default();
		let mut opened = gate.opened();
		assert_eq!((&mut opened).now_or_never(), None);

		drop(opened);

		assert!(gate.lock().waiting.is_empty());
	}
}
