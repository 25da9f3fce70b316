//! The ways in which all contracts end: by the client alone, by the provider alone, and by a
//! stranger alone. What is disputed ends by its ruling first, as arbitration promises.

use super::{
	ledger::Ledger,
	steps::{disputes, rule_on},
	ACCOUNTS,
};
use crate::{mock::*, *};
use aitbc_core::ContractId;
use aitbc_traits::Escrow as Controller;
use frame_support::assert_ok;

/// What can be done to a contract that is not closed.
struct Handle<'a> {
	contract: ContractId,
	record: Contract<Test>,
	ledger: &'a mut Ledger,
}

impl Handle<'_> {
	/// Makes `call`, which must succeed.
	fn call(&mut self, who: AccountId, call: Call<Test>) {
		assert!(self.ledger.dispatch(who.clone(), call.clone()), "{who} could not {call:?}");
	}

	/// Makes `call` on each milestone whose state is `matching`.
	fn for_each(
		&mut self,
		who: AccountId,
		matching: impl Fn(&MilestoneState) -> bool,
		call: impl Fn(MilestoneIndex) -> Call<Test>,
	) {
		let Some(Funded { progress: Progress::Milestones(milestones), .. }) =
			self.record.state.funded().cloned()
		else {
			return;
		};
		for (index, milestone) in (0..).map(MilestoneIndex).zip(milestones) {
			if matching(&milestone.state) {
				self.call(who.clone(), call(index));
			}
		}
	}

	/// Whether it pays by milestones and is funded.
	fn has_milestones(&self) -> bool {
		let funded = self.record.state.funded();
		funded.is_some_and(|funded| matches!(funded.progress, Progress::Milestones(_)))
	}

	/// Has a stranger settle all that was submitted and can be.
	fn settle_all(&mut self) {
		let contract = self.contract;
		self.for_each(BANK, MilestoneState::is_under_review, |milestone| Call::settle {
			contract,
			milestone,
		});
	}

	/// Has the controller end the contract, if it is not closed by now.
	fn terminate(&mut self) {
		let (contract, job) = (self.contract, self.record.job.expect("it has a controller"));
		if Contracts::<Test>::contains_key(contract) {
			let ended = self.ledger.watch(false, || {
				<Escrow as Controller<AccountId>>::terminate(job, contract).map(|_| ())
			});
			assert!(ended, "the controller could not end {contract:?}");
		}
	}
}

/// Does `end` to every contract that is not closed.
fn for_all(ledger: &mut Ledger, end: impl Fn(&mut Handle)) {
	for contract in Contracts::<Test>::iter_keys().collect::<Vec<_>>() {
		let record = record(contract);
		end(&mut Handle { contract, record, ledger });
	}
}

/// The court rules on all that is disputed.
fn rule_on_all(ledger: &mut Ledger) {
	for contract in Contracts::<Test>::iter_keys().collect::<Vec<_>>() {
		rule_on(contract, ruling(50, 30, 30), ledger);
		assert!(disputes(contract).is_empty());
	}
}

/// Checks that nothing is left.
fn assert_all_closed() {
	assert_eq!(Contracts::<Test>::iter().count(), 0);
	assert_eq!(ContractsByParty::<Test>::iter().count(), 0);
	assert_eq!(OpenWork::<Test>::iter().count(), 0);
	assert_eq!(Business::<Test>::iter().count(), 0);
}

/// The client alone ends every contract: all at once, but for meters, whose provider has a notice.
pub(super) fn client_ends_all(ledger: &mut Ledger) {
	rule_on_all(ledger);
	for_all(ledger, |handle| {
		let (contract, client) = (handle.contract, handle.record.client.clone());
		if handle.record.state.funded().is_none() {
			handle.call(client, Call::cancel { contract });
		} else if handle.has_milestones() {
			handle.for_each(client, MilestoneState::is_outstanding, |milestone| Call::release {
				contract,
				milestone,
			});
		} else if !is_stopping(&handle.record) {
			handle.call(client, Call::stop { contract });
		}
	});
	set_now(Now::get() + MaxReviewPeriod::get() + 1);
	for_all(ledger, |handle| {
		let (contract, client) = (handle.contract, handle.record.client.clone());
		handle.call(client, Call::stop { contract });
	});
	assert_all_closed();
}

/// Whether the client gave notice to a meter, and it is not over yet.
fn is_stopping(record: &Contract<Test>) -> bool {
	match record.state.funded().map(|funded| &funded.progress) {
		Some(Progress::Metered(meter)) => {
			let until = meter.vouchers_until(record.review_period).expect("it is not disputed");
			meter.phase != MeterPhase::Running && Now::get() <= until
		},
		_ => false,
	}
}

/// The provider alone ends every contract: at once, or through the controller where there is one,
/// once what it submitted is reviewed.
pub(super) fn provider_ends_all(ledger: &mut Ledger) {
	rule_on_all(ledger);
	for_all(ledger, |handle| {
		let (contract, provider) = (handle.contract, handle.record.provider.clone());
		if handle.record.job.is_some() {
			return;
		}
		if handle.record.state.funded().is_none() {
			handle.call(provider, Call::cancel { contract });
		} else if handle.has_milestones() {
			handle.for_each(provider, MilestoneState::is_outstanding, |milestone| Call::refund {
				contract,
				milestone,
			});
		} else {
			handle.call(provider, Call::stop { contract });
		}
	});
	set_now(Now::get() + MaxReviewPeriod::get());
	for_all(ledger, |handle| {
		handle.settle_all();
		handle.terminate();
	});
	assert_all_closed();
}

/// A stranger ends every contract after all periods, through the controller where there is one.
pub(super) fn stranger_ends_all(ledger: &mut Ledger) {
	rule_on_all(ledger);
	set_now(Now::get() + MaxDuration::get() + MaxReviewPeriod::get() + 1);
	for_all(ledger, |handle| {
		let contract = handle.contract;
		if handle.record.state.funded().is_none() {
			handle.call(BANK, Call::cancel { contract });
		} else if !handle.has_milestones() {
			handle.call(BANK, Call::stop { contract });
		} else {
			handle.settle_all();
			if handle.record.job.is_some() {
				handle.terminate();
			} else {
				handle.for_each(BANK, MilestoneState::is_pending, |milestone| Call::refund {
					contract,
					milestone,
				});
			}
		}
	});
	assert_all_closed();
}

/// Brings every account above the existential deposit, and has a stranger collect all claims.
pub(super) fn collect_all(ledger: &mut Ledger) {
	ExistentialDeposit::set(&ED);
	for (contract, kind, claim) in Claims::<Test>::iter().collect::<Vec<_>>() {
		assert_ok!(Balances::transfer_allow_death(signed(BANK), claim.payee.clone(), ED));
		let is_paid = ledger.dispatch(BANK, Call::collect { contract, kind });
		assert!(is_paid, "{claim:?} is stuck");
	}
	for who in ACCOUNTS {
		for reason in [HoldReason::Escrow, HoldReason::Deposit, HoldReason::Bond] {
			assert_eq!(held(reason, who.clone()), 0);
		}
	}
}
