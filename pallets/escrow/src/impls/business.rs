//! What is counted of funded contracts: the work of agents, and who is in business with whom.

use crate::*;
use aitbc_core::{AgentId, BlockNumber};
use frame_support::defensive;
use sp_runtime::ArithmeticError;

impl<T: Config> Pallet<T> {
	/// Counts `record`, which is funded `now` and to which the provider is committed so far.
	pub(crate) fn begin_work(
		record: &Contract<T>,
		commitment: Commitment,
		now: BlockNumber,
	) -> Result<(), ArithmeticError> {
		if let Some(agent) = record.agent {
			let work = OpenWork::<T>::get(agent).checked_add(1).ok_or(ArithmeticError::Overflow)?;
			OpenWork::<T>::insert(agent, work);
		}
		if commitment == Commitment::None {
			return Ok(());
		}
		Self::begin_business(&record.provider, &record.client, now)
	}

	/// Counts a contract to which both have consented from `now` on.
	pub(crate) fn begin_business(
		provider: &T::AccountId,
		client: &T::AccountId,
		now: BlockNumber,
	) -> Result<(), ArithmeticError> {
		let before = Business::<T>::get(provider, client);
		let OpenBusiness { contracts, since } =
			before.unwrap_or(OpenBusiness { contracts: 0, since: now });
		let contracts = contracts.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		Business::<T>::insert(provider, client, OpenBusiness { contracts, since });
		Ok(())
	}

	/// Counts `record`, which was funded and closes, no longer.
	pub(crate) fn end_work(record: &Contract<T>) {
		if let Some(agent) = record.agent {
			Self::count_work_down(agent);
		}
		if record.state.is_accepted() {
			Self::end_business(&record.provider, &record.client);
		}
	}

	/// For how many funded contracts that are not closed yet `agent` answers. One storage read.
	pub fn open_work_of(agent: AgentId) -> u32 {
		OpenWork::<T>::get(agent)
	}

	/// Whether one of two accounts works for the other by a contract to which both have consented, and
	/// they have been in business since before the active block `before`. Two storage reads.
	pub fn in_business(one: &T::AccountId, other: &T::AccountId, before: BlockNumber) -> bool {
		let works_for = |provider: &T::AccountId, client: &T::AccountId| {
			Business::<T>::get(provider, client).is_some_and(|open| open.since < before)
		};
		works_for(one, other) || works_for(other, one)
	}

	/// Counts one funded contract less for `agent`.
	fn count_work_down(agent: AgentId) {
		match OpenWork::<T>::get(agent).checked_sub(1) {
			Some(0) => OpenWork::<T>::remove(agent),
			Some(left) => OpenWork::<T>::insert(agent, left),
			None => {
				defensive!("funding counts each contract up, and it closes once");
			},
		}
	}

	/// Counts one contract less to which both have consented.
	fn end_business(provider: &T::AccountId, client: &T::AccountId) {
		let open = Business::<T>::get(provider, client);
		let left = open.and_then(|open| Some((open.contracts.checked_sub(1)?, open.since)));
		match left {
			Some((0, _)) => Business::<T>::remove(provider, client),
			Some((contracts, since)) => {
				Business::<T>::insert(provider, client, OpenBusiness { contracts, since });
			},
			None => {
				defensive!("consent counts each contract up, and it closes once");
			},
		}
	}
}
