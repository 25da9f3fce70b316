//! What can happen.

use super::{ledger::Ledger, ACTORS};
use crate::{mock::*, *};
use aitbc_core::{
	AgentId, Agreement, Approvers, Balance, BlockNumber, Bonds, CaseId, ContractId, MeterTerms,
	PaymentTerms, Ruling, StreamTerms, Subject, Voucher,
};
use aitbc_traits::Escrow as Controller;
use frame_support::traits::fungible::MutateFreeze;
use proptest::{collection::vec, prelude::*, sample::select};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::Dispatchable, Perbill};

/// Up to which number a step may name a contract; this one means the newest.
const NEWEST: u64 = 11;

/// From which number on a step means the milestone at that place, whether it fits or not.
const GREAT: u32 = 3;

/// Who makes a call.
#[derive(Clone, Debug)]
pub(super) enum Who {
	Client,
	Provider,
	/// The party that did not make the offer that comes first.
	Other,
	Anybody(AccountId),
}

/// What somebody does to a contract.
#[derive(Clone, Debug)]
pub(super) enum Act {
	Accept {
		error: Balance,
	},
	Fund {
		error: Balance,
	},
	Cancel,
	Start,
	Submit(u32),
	Release(u32),
	Settle(u32),
	Refund(u32),
	Approve(u32),
	SettleStream,
	TopUp(Balance),
	Stop,
	/// Units in percent of the cap, how far the sequence goes on, and who signs.
	Redeem {
		percent: u64,
		ahead: u64,
		signer: Key,
	},
	/// The share in percent of the amount.
	OfferSplit {
		milestone: u32,
		percent: Balance,
	},
	WithdrawSplit(u32),
	AcceptSplit {
		milestone: u32,
		error: Balance,
	},
	/// A milestone, of a contract that has some, unless this is odd.
	Dispute {
		milestone: u32,
		odd: bool,
	},
	Collect(ClaimKind),
}

/// What the controller does to a contract.
#[derive(Clone, Copy, Debug)]
pub(super) enum Control {
	Start,
	Submit(u32),
	Terminate,
}

/// What can happen. See [`Ledger::pick`] for which contract a number means.
#[derive(Clone, Debug)]
pub(super) enum Step {
	/// Dues and ends count from the time at which this happens.
	Open {
		client: AccountId,
		provider: AccountId,
		agreement: Agreement<AccountId>,
		engage: bool,
	},
	Do {
		who: Who,
		contract: u64,
		act: Act,
	},
	Control {
		contract: u64,
		control: Control,
	},
	Rule {
		contract: u64,
		ruling: Ruling,
	},
	Wait(BlockNumber),
	Freeze(AccountId),
	Thaw(AccountId),
	Drain(AccountId),
	Lend(AccountId),
	SetExistentialDeposit(Balance),
	SetRebate(u32),
	/// An agent takes another wallet.
	Link(AgentId, AccountId),
	/// An agent gives its wallet up.
	Unlink(AgentId),
}

impl Step {
	/// The provider accepts the newest contract.
	pub(super) fn accept() -> Self {
		Self::Do { who: Who::Provider, contract: NEWEST, act: Act::Accept { error: 0 } }
	}

	/// The client funds the newest contract.
	pub(super) fn fund() -> Self {
		Self::Do { who: Who::Client, contract: NEWEST, act: Act::Fund { error: 0 } }
	}
}

fn actor() -> impl Strategy<Value = AccountId> {
	select(&ACTORS[..])
}

/// Mostly who has a right to the call, sometimes anybody.
fn caller(entitled: Who) -> impl Strategy<Value = Who> {
	prop_oneof![8 => Just(entitled), 1 => actor().prop_map(Who::Anybody)]
}

/// A client and a provider, which are seldom the same.
fn parties() -> impl Strategy<Value = (AccountId, AccountId)> {
	(Just(ACTORS.to_vec()).prop_shuffle(), actor(), 0..10u32).prop_map(|(actors, anybody, dice)| {
		let provider = if dice == 0 { anybody } else { actors[1].clone() };
		(actors[0].clone(), provider)
	})
}

fn milestones() -> impl Strategy<Value = PaymentTerms<AccountId>> {
	let terms =
		|amounts, dues| (amounts, dues).prop_map(|(amount, due)| MilestoneTerms { amount, due });
	let sound = terms(100..8_000u128, 10..120u32);
	let unsound = terms(0..30u128, 0..2_000u32);
	prop_oneof![
		12 => vec(sound.clone(), 1..=3),
		1 => vec(sound, 9..=11),
		1 => vec(unsound, 0..=2),
	]
	.prop_map(PaymentTerms::Milestones)
}

fn payment() -> impl Strategy<Value = PaymentTerms<AccountId>> {
	let stream = (0..300u128, 30..8_000u128, 0..120u32).prop_map(|(rate, amount, until)| {
		PaymentTerms::Stream(StreamTerms { rate, amount, until })
	});
	let meter = (0..50u128, 0..300u64, 0..120u32).prop_map(|(unit_price, units, until)| {
		let signer = Key::Alice.to_account_id();
		PaymentTerms::Metered(MeterTerms { unit_price, units, until, signer })
	});
	prop_oneof![4 => milestones(), 2 => stream, 2 => meter]
}

/// Nothing, or something.
fn bond() -> impl Strategy<Value = Balance> {
	prop_oneof![Just(0), 1..6_000u128]
}

pub(super) fn open() -> impl Strategy<Value = Step> {
	let approvers = prop::option::weighted(0.3, 1..=3u32);
	let engage = prop::bool::weighted(0.3);
	(parties(), payment(), 4..30u32, approvers, (bond(), bond()), engage).prop_map(
		|((client, provider), payment, review_period, approvers, bonds, engage)| {
			let has_milestones = matches!(payment, PaymentTerms::Milestones(_));
			let approvers = approvers
				.filter(|_| has_milestones)
				.map(|threshold| Approvers { accounts: APPROVERS.to_vec(), threshold });
			let bonds = Bonds { client: bonds.0, provider: bonds.1 };
			let terms = terms();
			let agreement = Agreement { terms, payment, review_period, approvers, bonds };
			Step::Open { client, provider, agreement, engage }
		},
	)
}

fn kind() -> impl Strategy<Value = ClaimKind> {
	select(
		&[
			ClaimKind::Payment,
			ClaimKind::Refund,
			ClaimKind::Deposit,
			ClaimKind::ProviderBond,
			ClaimKind::ClientBond,
			ClaimKind::Penalty,
			ClaimKind::Compensation,
		][..],
	)
}

/// Mostly a milestone that fits. See [`nth`] for which one a number means.
fn index() -> impl Strategy<Value = u32> {
	prop_oneof![15 => 0..GREAT, 1 => GREAT..11]
}

/// Mostly no error.
fn error() -> impl Strategy<Value = Balance> {
	prop_oneof![9 => Just(0), 1 => Just(1)]
}

/// What a client does.
fn by_client() -> impl Strategy<Value = Act> {
	prop_oneof![
		8 => error().prop_map(|error| Act::Fund { error }),
		1 => Just(Act::Cancel),
		3 => index().prop_map(Act::Release),
		2 => Just(Act::Stop),
		4 => dispute(),
	]
}

/// What a provider does.
fn by_provider() -> impl Strategy<Value = Act> {
	prop_oneof![
		5 => error().prop_map(|error| Act::Accept { error }),
		1 => Just(Act::Cancel),
		6 => Just(Act::Start),
		12 => index().prop_map(Act::Submit),
		1 => index().prop_map(Act::Refund),
		1 => Just(Act::Stop),
		5 => redeem(),
	]
}

fn redeem() -> impl Strategy<Value = Act> {
	let signer = prop_oneof![15 => Just(Key::Alice), 1 => Just(Key::Bob)];
	(prop_oneof![9 => 0..=100u64, 1 => 101..120u64], 0..4u64, signer)
		.prop_map(|(percent, ahead, signer)| Act::Redeem { percent, ahead, signer })
}

/// What either party does.
fn by_party() -> impl Strategy<Value = Act> {
	let share = prop_oneof![20 => 0..=100u128, 1 => Just(101u128)];
	prop_oneof![
		6 => (index(), share)
			.prop_map(|(milestone, percent)| Act::OfferSplit { milestone, percent }),
		1 => index().prop_map(Act::WithdrawSplit),
		1 => (index(), error())
			.prop_map(|(milestone, error)| Act::AcceptSplit { milestone, error }),
	]
}

fn dispute() -> impl Strategy<Value = Act> {
	(index(), prop::bool::weighted(0.1))
		.prop_map(|(milestone, odd)| Act::Dispute { milestone, odd })
}

fn agent() -> impl Strategy<Value = AgentId> {
	select(&[AGENT, OTHER_AGENT][..])
}

/// What anybody does.
fn by_anybody() -> impl Strategy<Value = Act> {
	prop_oneof![
		5 => index().prop_map(Act::Settle),
		3 => index().prop_map(Act::Refund),
		4 => Just(Act::SettleStream),
		3 => (1..3_000u128).prop_map(Act::TopUp),
		1 => Just(Act::Stop),
		3 => kind().prop_map(Act::Collect),
	]
}

fn ruling() -> impl Strategy<Value = Ruling> {
	let share = || prop_oneof![Just(0), 0..=1_000_000_000u32, Just(1_000_000_000)];
	(share(), share(), share()).prop_map(|(provider, client_slash, provider_slash)| Ruling {
		client: Perbill::from_parts(1_000_000_000 - provider),
		provider: Perbill::from_parts(provider),
		client_slash: Perbill::from_parts(client_slash),
		provider_slash: Perbill::from_parts(provider_slash),
	})
}

pub(super) fn step() -> impl Strategy<Value = Step> {
	let act = |(who, contract, act)| Step::Do { who, contract, act };
	let approver = (select(&APPROVERS[..]).prop_map(Who::Anybody), 0..=NEWEST, index())
		.prop_map(|(who, contract, index)| Step::Do { who, contract, act: Act::Approve(index) });
	let party = prop_oneof![Just(Who::Client), Just(Who::Provider)];
	let accept = (0..=NEWEST, error()).prop_map(|(contract, error)| Step::Do {
		who: Who::Other,
		contract,
		act: Act::AcceptSplit { milestone: 0, error },
	});
	let control = prop_oneof![
		3 => Just(Control::Start),
		3 => index().prop_map(Control::Submit),
		1 => Just(Control::Terminate),
	];
	prop_oneof![
		4 => open(),
		18 => (caller(Who::Client), 0..=NEWEST, by_client()).prop_map(act),
		24 => (caller(Who::Provider), 0..=NEWEST, by_provider()).prop_map(act),
		10 => (party, 0..=NEWEST, by_party()).prop_map(act),
		5 => accept,
		16 => (actor().prop_map(Who::Anybody), 0..=NEWEST, by_anybody()).prop_map(act),
		8 => approver,
		5 => (0..=NEWEST, control)
			.prop_map(|(contract, control)| Step::Control { contract, control }),
		3 => (0..=NEWEST, ruling()).prop_map(|(contract, ruling)| Step::Rule { contract, ruling }),
		6 => (1..20u32).prop_map(Step::Wait),
		1 => actor().prop_map(Step::Freeze),
		1 => actor().prop_map(Step::Thaw),
		2 => actor().prop_map(Step::Drain),
		3 => actor().prop_map(Step::Lend),
		4 => select(&[ED, ED, ED, 200, 50_000][..]).prop_map(Step::SetExistentialDeposit),
		1 => (0..=100u32).prop_map(Step::SetRebate),
		2 => (agent(), actor()).prop_map(|(agent, wallet)| Step::Link(agent, wallet)),
		1 => agent().prop_map(Step::Unlink),
	]
}

/// Lets `step` happen. It may fail, as it may in life.
pub(super) fn take(step: &Step, ledger: &mut Ledger) {
	match step.clone() {
		Step::Open { client, provider, mut agreement, engage } => {
			match &mut agreement.payment {
				PaymentTerms::Milestones(milestones) => {
					milestones.iter_mut().for_each(|one| one.due += Now::get());
				},
				PaymentTerms::Stream(StreamTerms { until, .. })
				| PaymentTerms::Metered(MeterTerms { until, .. }) => *until += Now::get(),
			}
			if engage {
				ledger.watch(false, || {
					<Escrow as Controller<_>>::engage(JOB, &client, &provider, agreement)
						.map(|_| ())
				});
			} else {
				ledger.dispatch(client, Call::open { provider, agreement });
			}
		},
		Step::Do { who, contract, act } => {
			let contract = ledger.pick(contract, NEWEST);
			let record = Contracts::<Test>::get(contract);
			let who = match (who, &record) {
				(Who::Anybody(account), _) => account,
				(Who::Client, Some(record)) => record.client.clone(),
				(Who::Provider, Some(record)) => record.provider.clone(),
				(Who::Other, Some(found)) => {
					let (_, one) = nth(&record, 0, |state| state.offer().is_some());
					let offer = one.and_then(|one| one.state.offer());
					found.account(offer.map_or(Party::Client, |offer| offer.by.other())).clone()
				},
				(_, None) => STRANGER,
			};
			ledger.dispatch(who, act.on(contract, record));
		},
		Step::Control { contract, control } => {
			let contract = ledger.pick(contract, NEWEST);
			ledger.watch(false, || control.on(contract));
		},
		Step::Rule { contract, ruling } => rule_on(ledger.pick(contract, NEWEST), ruling, ledger),
		other => disturb(other),
	}
}

impl Act {
	/// The call by which this is done to `contract`.
	fn on(self, contract: ContractId, record: Option<Contract<Test>>) -> Call<Test> {
		let submitted = |index| nth(&record, index, MilestoneState::is_under_review);
		let outstanding = |index| nth(&record, index, MilestoneState::is_outstanding);
		let offered = |index| nth(&record, index, |state| state.offer().is_some());
		match self {
			Self::Accept { error } => {
				let bonds = record.as_ref().map_or(Bonds::default(), |record| record.bonds);
				Call::accept { contract, bonds, total: total(record) + error }
			},
			Self::Fund { error } => Call::fund { contract, expected: total(record) + error },
			Self::Cancel => Call::cancel { contract },
			Self::Start => Call::start { contract },
			Self::Submit(index) => {
				let (milestone, _) = nth(&record, index, MilestoneState::is_pending);
				Call::submit { contract, milestone, evidence: evidence() }
			},
			Self::Release(index) => Call::release { contract, milestone: outstanding(index).0 },
			Self::Settle(index) => Call::settle { contract, milestone: submitted(index).0 },
			Self::Refund(index) => Call::refund { contract, milestone: outstanding(index).0 },
			Self::Approve(index) => Call::approve { contract, milestone: submitted(index).0 },
			Self::SettleStream => Call::settle_stream { contract },
			Self::TopUp(amount) => Call::top_up { contract, amount },
			Self::Stop => Call::stop { contract },
			Self::Redeem { percent, ahead, signer } => {
				let (units, sequence) = match progress(&record) {
					Some(Progress::Metered(meter)) => (meter.terms.units, meter.sequence),
					_ => (0, 0),
				};
				let (units, sequence) = (units * percent / 100, sequence + ahead);
				let voucher = Voucher { contract, units, sequence };
				Call::redeem { contract, voucher, signature: signature(voucher, signer) }
			},
			Self::OfferSplit { milestone, percent } => {
				let (milestone, found) = outstanding(milestone);
				let provider_share = (found.map_or(0, |one| one.amount) * percent).div_ceil(100);
				Call::offer_split { contract, milestone, provider_share }
			},
			Self::WithdrawSplit(index) => {
				Call::withdraw_split { contract, milestone: offered(index).0 }
			},
			Self::AcceptSplit { milestone, error } => {
				let (milestone, found) = offered(milestone);
				let offer = found.and_then(|one| one.state.offer());
				let expected = offer.map_or(0, |offer| offer.provider_share) + error;
				Call::accept_split { contract, milestone, expected }
			},
			Self::Dispute { milestone, odd } => {
				let has_milestones = matches!(progress(&record), Some(Progress::Milestones(_)));
				let milestone = (has_milestones != odd).then_some(submitted(milestone).0);
				Call::dispute { contract, milestone, claim: CLAIM }
			},
			Self::Collect(kind) => Call::collect { contract, kind },
		}
	}
}

impl Control {
	/// Does this to `contract`, for its own job.
	fn on(self, contract: ContractId) -> Result<(), sp_runtime::DispatchError> {
		let job = Contracts::<Test>::get(contract).and_then(|record| record.job).unwrap_or(JOB);
		match self {
			Self::Start => <Escrow as Controller<AccountId>>::start(job, contract),
			Self::Submit(index) => <Escrow as Controller<AccountId>>::submit(
				job,
				contract,
				MilestoneIndex(index),
				evidence(),
			),
			Self::Terminate => {
				<Escrow as Controller<AccountId>>::terminate(job, contract).map(|_| ())
			},
		}
	}
}

/// What is paid for in a funded contract.
fn progress(record: &Option<Contract<Test>>) -> Option<Progress<Test>> {
	record.as_ref()?.state.funded().map(|funded| funded.progress.clone())
}

/// The milestone that a step means: one of those that are `matching`, unless there is none or the
/// number is great; then the one at that place, if there is one.
fn nth(
	record: &Option<Contract<Test>>,
	index: u32,
	matching: impl Fn(&MilestoneState) -> bool,
) -> (MilestoneIndex, Option<Milestone>) {
	let all: Vec<_> = match progress(record) {
		Some(Progress::Milestones(milestones)) => (0..).zip(milestones).collect(),
		_ => Vec::new(),
	};
	let fitting: Vec<_> = all.iter().filter(|(_, one)| matching(&one.state)).collect();
	let found = match fitting.len() {
		0 => all.get(index as usize),
		_ if index >= GREAT => all.get(index as usize),
		count => Some(fitting[index as usize % count]),
	};
	match found {
		Some((place, one)) => (MilestoneIndex(*place), Some(*one)),
		None => (MilestoneIndex(index), None),
	}
}

/// What an open contract takes to fund.
fn total(record: Option<Contract<Test>>) -> Balance {
	match record.map(|record| record.state) {
		Some(ContractState::Open { payment, .. }) => payment.total().expect("it was checked"),
		_ => 0,
	}
}

/// What of `contract` is under dispute, and the cases that decide.
pub(super) fn disputes(contract: ContractId) -> Vec<(Subject, CaseId)> {
	let rest = |case| vec![(Subject::Contract(contract), case)];
	match progress(&Contracts::<Test>::get(contract)) {
		Some(Progress::Milestones(milestones)) => (0..)
			.map(MilestoneIndex)
			.zip(milestones)
			.filter_map(|(milestone, one)| match one.state {
				MilestoneState::Disputed { dispute, .. } => {
					Some((Subject::Milestone { contract, milestone }, dispute.case))
				},
				_ => None,
			})
			.collect(),
		Some(Progress::Stream(Stream { dispute: Some(dispute), .. })) => rest(dispute.case),
		Some(Progress::Metered(meter)) => {
			meter.dispute().map_or(Vec::new(), |dispute| rest(dispute.case))
		},
		_ => Vec::new(),
	}
}

/// The court rules on all that is disputed of `contract`; a second time nothing happens.
pub(super) fn rule_on(contract: ContractId, ruling: Ruling, ledger: &mut Ledger) {
	for (subject, case) in disputes(contract) {
		ledger.watch(false, || {
			rule_in(subject, case, ruling);
			Ok(())
		});
		assert!(!events().is_empty(), "the ruling did nothing");
		reset_events();
		rule_in(subject, case, ruling);
		assert!(events().is_empty(), "the ruling was applied twice");
	}
}

/// Lets something happen that is not of the pallet.
fn disturb(step: Step) {
	let (who, call) = match step {
		Step::Wait(blocks) => return set_now(Now::get() + blocks),
		Step::SetExistentialDeposit(minimum) => return ExistentialDeposit::set(&minimum),
		Step::SetRebate(percent) => return Rebate::set(&Perbill::from_percent(percent)),
		Step::Link(agent, wallet) => return link(agent, wallet),
		Step::Unlink(agent) => return unlink(agent),
		Step::Freeze(who) => {
			let _ = Balances::set_freeze(&(), &who, Balance::MAX);
			return;
		},
		Step::Thaw(who) => {
			let _ = Balances::thaw(&(), &who);
			return;
		},
		Step::Drain(who) => {
			let call = pallet_balances::Call::transfer_all { dest: BANK, keep_alive: false };
			(who, call)
		},
		Step::Lend(who) => {
			let call = pallet_balances::Call::transfer_allow_death { dest: who, value: 100_000 };
			(BANK, call)
		},
		_ => return,
	};
	let _ = RuntimeCall::from(call).dispatch(signed(who));
}
