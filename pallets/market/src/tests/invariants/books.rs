//! What must hold after every step, and what was seen of a sequence.

use crate::{
	mock::{
		escrow::{Contracts, NextContract},
		*,
	},
	*,
};
use aitbc_core::Balance;
use codec::Encode;
use frame_support::{assert_ok, traits::GetCallName};
use sp_runtime::traits::Dispatchable;
use std::collections::{BTreeMap, BTreeSet};

/// What was seen of a sequence. The variants of enums are known by their codec indices.
#[derive(Debug, Default)]
pub(super) struct Seen {
	/// The calls that succeeded.
	pub(super) calls: BTreeSet<&'static str>,
	/// Why bids left their lists.
	pub(super) bid_ends: BTreeSet<u8>,
	/// Why leases ended.
	pub(super) lease_ends: BTreeSet<u8>,
	/// How jobs ended.
	pub(super) outcomes: BTreeSet<u8>,
	/// What became a claim.
	pub(super) claims: BTreeSet<u8>,
	/// The calls in which a backup took over.
	pub(super) taken_over: BTreeSet<&'static str>,
	/// The most leases that a job came to.
	pub(super) most_leases: usize,
}

/// What is known of a sequence that goes on.
pub(super) struct Books {
	/// What everybody together owns.
	issuance: Balance,
	/// What everybody owned when the last step was done, held money included.
	owned: BTreeMap<AccountId, Balance>,
	/// Whether something changed since the last check. A call that fails changes nothing.
	is_changed: bool,
	/// What was seen.
	pub(super) seen: Seen,
}

impl Seen {
	/// Adds what was seen of another sequence.
	pub(super) fn add(&mut self, other: Self) {
		self.calls.extend(other.calls);
		self.bid_ends.extend(other.bid_ends);
		self.lease_ends.extend(other.lease_ends);
		self.outcomes.extend(other.outcomes);
		self.claims.extend(other.claims);
		self.taken_over.extend(other.taken_over);
		self.most_leases = self.most_leases.max(other.most_leases);
	}

	/// Makes `call` as a transaction does, takes note of what happened, and says whether it succeeded.
	pub(super) fn dispatch(&mut self, who: AccountId, call: Call<Test>) -> bool {
		reset_events();
		let name = call.get_call_name();
		let may_hand_over = matches!(call, Call::give_up { .. } | Call::report { .. });
		if RuntimeCall::from(call).dispatch(signed(who)).is_err() {
			return false;
		}
		self.calls.insert(name);
		let is_assignment = |event: &Event<Test>| matches!(event, Event::JobAssigned { .. });
		if may_hand_over && events().iter().any(is_assignment) {
			self.taken_over.insert(name);
		}
		self.note_events();
		true
	}

	/// Takes note of the market's events since they were last reset.
	pub(super) fn note_events(&mut self) {
		let index = |variant: Vec<u8>| variant[0];
		for event in events() {
			match event {
				Event::BidReleased { cause, .. } => {
					self.bid_ends.insert(index(cause.encode()));
				},
				Event::LeaseEnded { cause, .. } => {
					self.lease_ends.insert(index(cause.encode()));
				},
				Event::JobSettled { job, outcome, .. } => {
					self.outcomes.insert(index(outcome.encode()));
					self.most_leases = self.most_leases.max(settled(job).leases.len());
				},
				Event::ClaimOpened { kind, .. } => {
					self.claims.insert(index(kind.encode()));
				},
				_ => (),
			}
		}
	}
}

impl Books {
	/// Opens the books on what everybody owns.
	pub(super) fn open() -> Self {
		let issuance = Balances::total_issuance();
		Self { issuance, owned: owned(), is_changed: false, seen: Seen::default() }
	}

	/// Makes `call` as a transaction does.
	///
	/// No call of the market moves what anybody owns, or turns money to dust, but for what the escrow
	/// pays and slashes among the parties when a provider fails.
	pub(super) fn dispatch(&mut self, who: AccountId, call: Call<Test>) {
		let parties = parties_paid_by(&call);
		if !self.seen.dispatch(who, call.clone()) {
			return;
		}
		self.is_changed = true;
		let before = std::mem::replace(&mut self.owned, owned());
		let others = |owned: &BTreeMap<AccountId, Balance>| -> Vec<(AccountId, Balance)> {
			let owned = owned.iter().map(|(who, amount)| (*who, *amount));
			owned.filter(|(who, _)| !parties.contains(who)).collect()
		};
		assert_eq!(others(&self.owned), others(&before), "{call:?} moved money");
		assert!(!parties.is_empty() || !made_dust(), "{call:?} made dust");
	}

	/// Lets something happen that is no call of the market, and may move money.
	pub(super) fn happen(&mut self, something: impl FnOnce()) {
		reset_events();
		something();
		self.seen.note_events();
		self.is_changed = true;
		self.owned = owned();
	}

	/// Lets all jobs end.
	pub(super) fn end_by(&mut self, end: fn(&mut Seen)) {
		end(&mut self.seen);
		self.is_changed = true;
		self.owned = owned();
	}

	/// Checks what must hold after every step.
	pub(super) fn check(&mut self) {
		if !std::mem::take(&mut self.is_changed) {
			return;
		}
		assert_ok!(Market::do_try_state());
		assert_ok!(MockEscrow::do_try_state());
		assert_eq!(Balances::total_issuance(), self.issuance, "issuance changed");
		let sum: Balance = self.owned.values().sum();
		assert_eq!(sum, self.issuance, "money is where no account is");
		check_heard();
		check_counted();
	}
}

/// Whom the escrow may pay, and of whom it may take, in `call`.
fn parties_paid_by(call: &Call<Test>) -> Vec<AccountId> {
	let (Call::give_up { job } | Call::report { job }) = call else { return vec![] };
	let Some(job) = Jobs::<Test>::get(job) else { return vec![] };
	let provider = job.lease().map(|lease| lease.account);
	[job.client, TREASURY].into_iter().chain(provider).collect()
}

/// Whether money was turned to dust since events were last reset.
fn made_dust() -> bool {
	System::events().iter().any(|record| {
		matches!(record.event, RuntimeEvent::Balances(pallet_balances::Event::DustLost { .. }))
	})
}

/// What everybody owns, held money included.
pub(super) fn owned() -> BTreeMap<AccountId, Balance> {
	let accounts = frame_system::Account::<Test>::iter();
	let owned = accounts.map(|(who, info)| (who, info.data.free + info.data.reserved));
	owned.filter(|(_, amount)| *amount > 0).collect()
}

/// Each provider that a job went to is heard of once, when its contract closes, and no other.
fn check_heard() {
	let heard: Vec<_> = Heard::get().into_iter().map(|(_, closed)| closed.contract).collect();
	let once: BTreeSet<_> = heard.iter().copied().collect();
	assert_eq!(once.len(), heard.len(), "heard of a contract twice");
	let open: BTreeSet<_> = Contracts::<Test>::iter_keys().collect();
	assert!(once.is_disjoint(&open), "heard of a contract that is open");
	let engaged = NextContract::<Test>::get().0 as usize;
	assert_eq!(once.len() + open.len(), engaged, "not heard of a contract");
}

/// Each job was counted when it was posted, and once more when it ended.
fn check_counted() {
	let eras = Market::counters(HISTORY);
	let sum = |of: fn(&Counters) -> u64| eras.iter().map(|era| of(&era.counters)).sum::<u64>();
	let live = Jobs::<Test>::iter_keys().count() as u64;
	let unassigned = OpenJobs::<Test>::iter_keys().count() as u64;
	let settled = sum(|it| it.completed + it.partial + it.refunded);
	let gone = sum(|it| it.expired + it.cancelled);
	assert_eq!(sum(|it| it.posted), NextJobId::<Test>::get().0);
	assert_eq!(sum(|it| it.posted), live + settled + gone);
	assert_eq!(sum(|it| it.assigned), live - unassigned + settled);
	assert_eq!(sum(|it| it.assigned + it.reassigned), NextContract::<Test>::get().0);
	let heard = Heard::get();
	let value: Balance = eras.iter().map(|era| era.counters.value_settled).sum();
	assert_eq!(value, heard.iter().map(|(_, closed)| closed.released).sum::<Balance>());
	let disputed = heard.iter().filter(|(_, closed)| closed.disputed).count() as u64;
	assert_eq!(sum(|it| it.disputed), disputed);
}
