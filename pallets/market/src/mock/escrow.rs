//! An escrow that behaves as `aitbc_traits::Escrow` says, and where that leaves it open as the real one
//! does. What the parties do on the real one by calls is a function here.
//!
//! It holds all money in the mock's balances. What an account can't be paid stays held and noted.

use super::{
	AccountId, Balances, ExistentialDeposit, Market, MaxDuration, MaxReviewPeriod, MinReviewPeriod,
	Now, RuntimeHoldReason, Test, Treasury,
};
use aitbc_core::{
	Agreement, Balance, BlockNumber, ClosedContract, ContractId, ContractOutcome, EvidenceHash,
	JobId, MeterTerms, MilestoneIndex, MilestoneTerms, PaymentTerms, StreamTerms,
};
use aitbc_traits::{ContractStanding, Escrow, OnContractClosed, Remainder};
use codec::{Decode, Encode};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, MutateHold},
		tokens::{Fortitude, Precision, Restriction},
	},
	weights::Weight,
};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult, Perbill, TokenError, TryRuntimeError};
use std::collections::BTreeMap;

pub use pallet::*;

#[frame_support::pallet(dev_mode)]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// Why the mock holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		#[codec(index = 0)]
		Deposit,
		#[codec(index = 1)]
		Money,
		#[codec(index = 2)]
		Bond,
	}

	/// The id of the next contract.
	#[pallet::storage]
	pub type NextContract<T: Config> = StorageValue<_, ContractId, ValueQuery>;

	/// Every contract that is not closed.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type Contracts<T: Config> = StorageMap<_, Twox64Concat, ContractId, Contract, OptionQuery>;

	/// What could not be paid: by whom, why it is held, to whom, how much.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type Unpaid<T: Config> =
		StorageValue<_, Vec<(AccountId, u8, AccountId, Balance)>, ValueQuery>;

	/// Providers with whom no contract can be opened.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type Refused<T: Config> = StorageValue<_, Vec<AccountId>, ValueQuery>;
}

/// The share that the protocol takes.
pub const FEE: Perbill = Perbill::from_parts(25_000_000);
/// What a contract's storage costs, in plancks.
pub const DEPOSIT: Balance = 100;

pub const ENGAGE_WEIGHT: Weight = Weight::from_parts(100_000, 1);
pub const START_WEIGHT: Weight = Weight::from_parts(200_000, 2);
pub const SUBMIT_WEIGHT: Weight = Weight::from_parts(300_000, 3);
pub const TERMINATE_WEIGHT: Weight = Weight::from_parts(400_000, 4);

/// How far a milestone has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Progress {
	Pending,
	Submitted { at: BlockNumber },
	Disputed,
	Concluded,
}

#[derive(Clone, Debug, Encode, Decode, TypeInfo)]
pub struct Milestone {
	pub terms: MilestoneTerms,
	pub progress: Progress,
}

#[derive(Clone, Debug, Encode, Decode, TypeInfo)]
pub enum Payment {
	Milestones(Vec<Milestone>),
	Stream { terms: StreamTerms, held: Balance, settled_at: BlockNumber },
	Meter { terms: MeterTerms<AccountId>, billed: u64, notice: Option<BlockNumber> },
}

/// What became of a contract's money.
#[derive(Clone, Debug, Default, Encode, Decode, TypeInfo)]
pub struct Sheet {
	pub disputed: bool,
	pub released: Balance,
	pub refunded: Balance,
	pub fee: Balance,
	pub on_time: Balance,
	pub missed: Balance,
	pub disputed_lost: Balance,
	pub slashed: Balance,
}

#[derive(Clone, Debug, Encode, Decode, TypeInfo)]
pub struct Contract {
	pub job: JobId,
	pub client: AccountId,
	pub provider: AccountId,
	pub bond: Balance,
	pub review_period: BlockNumber,
	pub started: Option<BlockNumber>,
	/// Whether what a stream or a meter holds waits for a ruling.
	pub is_disputed: bool,
	pub payment: Payment,
	pub sheet: Sheet,
}

impl Contract {
	/// What is held and not concluded, in plancks.
	pub fn held(&self) -> Balance {
		match &self.payment {
			Payment::Milestones(milestones) => milestones
				.iter()
				.filter(|one| one.progress != Progress::Concluded)
				.map(|one| one.terms.amount)
				.sum(),
			Payment::Stream { held, .. } => *held,
			Payment::Meter { terms, billed, .. } => {
				terms.unit_price * Balance::from(terms.units - billed)
			},
		}
	}

	/// What of it a stream has earned, in plancks.
	fn earned(&self) -> Balance {
		let Payment::Stream { terms, held, settled_at } = &self.payment else { return 0 };
		if self.started.is_none() || self.is_disputed {
			return 0;
		}
		let blocks = Now::get().min(terms.until).saturating_sub(*settled_at);
		(terms.rate * Balance::from(blocks)).min(*held)
	}

	/// The last active block of a stream, or at which a meter's vouchers are taken. `None` for
	/// milestones.
	pub fn end(&self) -> Option<BlockNumber> {
		match &self.payment {
			Payment::Milestones(_) => None,
			Payment::Stream { terms, .. } => Some(terms.until),
			Payment::Meter { terms, notice, .. } => {
				let latest = terms.until + self.review_period;
				Some(notice.map_or(latest, |since| latest.min(since + self.review_period)))
			},
		}
	}

	/// Whether the client gave notice to a meter.
	pub fn has_notice(&self) -> bool {
		matches!(self.payment, Payment::Meter { notice: Some(_), .. })
	}

	fn is_overdue(&self) -> bool {
		let now = Now::get();
		match &self.payment {
			Payment::Milestones(milestones) => milestones
				.iter()
				.any(|one| one.progress == Progress::Pending && now > one.terms.due),
			_ => !self.has_notice() && self.end().is_some_and(|end| now > end),
		}
	}

	/// Starts now, unless it did before.
	fn start(&mut self) {
		if self.started.is_none() {
			self.started = Some(Now::get());
			if let Payment::Stream { settled_at, .. } = &mut self.payment {
				*settled_at = Now::get();
			}
		}
	}

	/// Pays what a stream has earned.
	fn settle(&mut self) {
		let earned = self.earned();
		if earned > 0 {
			self.pay(earned, true);
		}
		if let Payment::Stream { terms, held, settled_at } = &mut self.payment {
			*held -= earned;
			*settled_at = Now::get().min(terms.until);
		}
	}

	/// Pays `share` of `amount`, and returns the rest.
	fn divide(&mut self, amount: Balance, share: Perbill) -> Balance {
		let pay = share.mul_floor(amount);
		self.pay(pay, true);
		self.refund(amount - pay);
		amount - pay
	}

	/// Pays `share` of `amount` by a ruling, and returns the rest.
	fn rule(&mut self, amount: Balance, share: Perbill) {
		self.sheet.disputed_lost += self.divide(amount, share);
		self.sheet.disputed = true;
	}

	/// Pays `amount` to the provider, less the fee.
	fn pay(&mut self, amount: Balance, on_time: bool) {
		let fee = FEE.mul_ceil(amount);
		let taken = credit(HoldReason::Money, self.client, Treasury::get(), fee).is_ok();
		let fee = if taken { fee } else { 0 };
		credit_or_note(HoldReason::Money, self.client, self.provider, amount - fee);
		self.sheet.released += amount;
		self.sheet.fee += fee;
		self.sheet.on_time += if on_time { amount } else { 0 };
	}

	/// Returns `amount` to the client.
	fn refund(&mut self, amount: Balance) {
		credit_or_note(HoldReason::Money, self.client, self.client, amount);
		self.sheet.refunded += amount;
	}

	/// Takes half of the bond's part for `amount` of `total`, for client and treasury.
	fn slash_missed(&mut self, amount: Balance, total: Balance) {
		let share = Perbill::from_rational(amount, total * 2);
		let slash = share.mul_floor(self.bond);
		let to_client = slash / 2;
		let paid = with_storage_layer(|| {
			credit(HoldReason::Bond, self.provider, self.client, to_client)?;
			credit(HoldReason::Bond, self.provider, Treasury::get(), slash - to_client)
		});
		if paid.is_ok() {
			self.bond -= slash;
			self.sheet.slashed += slash;
		}
	}

	fn into_closed(self, contract: ContractId) -> ClosedContract<AccountId, Balance> {
		let Sheet { disputed, released, refunded, fee, on_time, missed, disputed_lost, slashed } =
			self.sheet;
		let outcome = match (released, refunded) {
			(_, 0) => ContractOutcome::Completed,
			(0, _) => ContractOutcome::Refunded,
			_ => ContractOutcome::Partial,
		};
		ClosedContract {
			contract,
			job: Some(self.job),
			client: self.client,
			provider: self.provider,
			// The market has noted who does the job, and asks nobody else.
			agent: None,
			outcome,
			accepted: true,
			disputed,
			released,
			refunded,
			fee,
			on_time,
			missed,
			disputed_lost,
			slashed,
		}
	}
}

impl From<HoldReason> for u8 {
	fn from(reason: HoldReason) -> Self {
		reason.encode()[0]
	}
}

/// Moves `amount` from a hold on `payer` to the free balance of `payee`, or changes nothing.
fn credit(
	reason: HoldReason,
	payer: AccountId,
	payee: AccountId,
	amount: Balance,
) -> DispatchResult {
	let reason = RuntimeHoldReason::from(reason);
	with_storage_layer(|| {
		let owned = Balances::total_balance(&payer);
		if amount == 0 {
			return Ok(());
		}
		if payer == payee {
			Balances::release(&reason, &payer, amount, Precision::Exact)?;
			ensure!(Balances::total_balance(&payer) == owned, TokenError::FundsUnavailable);
			return Ok(());
		}
		let (exact, free, force) = (Precision::Exact, Restriction::Free, Fortitude::Force);
		Balances::transfer_on_hold(&reason, &payer, &payee, amount, exact, free, force)?;
		Ok(())
	})
}

/// The same, or a note that it is still to be done.
fn credit_or_note(reason: HoldReason, payer: AccountId, payee: AccountId, amount: Balance) {
	if credit(reason, payer, payee, amount).is_err() {
		Unpaid::<Test>::append((payer, u8::from(reason), payee, amount));
	}
}

fn hold(reason: HoldReason, who: AccountId, amount: Balance) -> DispatchResult {
	let owned = Balances::total_balance(&who);
	Balances::hold(&reason.into(), &who, amount)?;
	ensure!(Balances::total_balance(&who) == owned, TokenError::FundsUnavailable);
	Ok(())
}

/// Checks terms as the real escrow does, and says what is to be put in.
fn checked(agreement: &Agreement<AccountId>) -> Result<(Payment, Balance), DispatchError> {
	let (now, minimum) = (Now::get(), ExistentialDeposit::get());
	let review = MinReviewPeriod::get()..=MaxReviewPeriod::get();
	ensure!(review.contains(&agreement.review_period), "review period");
	let time = |due| (due > now && due <= now + MaxDuration::get()).then_some(());
	let worth = |amount| (amount - FEE.mul_ceil(amount) >= minimum).then_some(amount);
	match agreement.payment.clone() {
		PaymentTerms::Milestones(terms) => {
			ensure!(!terms.is_empty() && terms.len() <= 10, "number of milestones");
			let mut total = 0;
			for MilestoneTerms { amount, due } in &terms {
				time(*due).ok_or("due")?;
				total += worth(*amount).ok_or("amount too small")?;
			}
			let pending = |terms| Milestone { terms, progress: Progress::Pending };
			Ok((Payment::Milestones(terms.into_iter().map(pending).collect()), total))
		},
		PaymentTerms::Stream(terms) => {
			time(terms.until).ok_or("until")?;
			worth(terms.amount).ok_or("amount too small")?;
			let total = terms.amount;
			Ok((Payment::Stream { terms, held: total, settled_at: now }, total))
		},
		PaymentTerms::Metered(terms) => {
			time(terms.until).ok_or("until")?;
			let total = terms.unit_price * Balance::from(terms.units);
			worth(total).ok_or("amount too small")?;
			Ok((Payment::Meter { terms, billed: 0, notice: None }, total))
		},
	}
}

impl Pallet<Test> {
	fn get(contract: ContractId) -> Result<Contract, DispatchError> {
		Contracts::<Test>::get(contract).ok_or(DispatchError::Other("no contract"))
	}

	/// The contract, if it is the one of `job`.
	fn of_job(job: JobId, contract: ContractId) -> Result<Contract, DispatchError> {
		let record = Self::get(contract)?;
		ensure!(record.job == job, "not the job's contract");
		Ok(record)
	}

	/// Keeps the contract, or closes it when nothing is held.
	fn put(contract: ContractId, record: Contract) {
		let is_over = match &record.payment {
			Payment::Milestones(_) => record.held() == 0,
			Payment::Stream { .. } => false,
			Payment::Meter { .. } => record.held() == 0,
		};
		if is_over {
			Self::close(contract, record);
		} else {
			Contracts::<Test>::insert(contract, record);
		}
	}

	fn close(contract: ContractId, record: Contract) {
		Contracts::<Test>::remove(contract);
		credit_or_note(HoldReason::Bond, record.provider, record.provider, record.bond);
		credit_or_note(HoldReason::Deposit, record.client, record.client, DEPOSIT);
		Market::on_contract_closed(&record.into_closed(contract));
	}

	/// Changes a milestone that is not concluded.
	fn change(
		contract: ContractId,
		milestone: MilestoneIndex,
		change: impl FnOnce(&mut Contract, MilestoneTerms, Progress) -> Result<Progress, DispatchError>,
	) -> DispatchResult {
		let mut record = Self::get(contract)?;
		let place = milestone.0 as usize;
		let Payment::Milestones(milestones) = &record.payment else {
			return Err("no milestones".into());
		};
		let Milestone { terms, progress } = milestones.get(place).ok_or("no milestone")?.clone();
		ensure!(progress != Progress::Concluded, "concluded");
		let progress = change(&mut record, terms, progress)?;
		if let Payment::Milestones(milestones) = &mut record.payment {
			milestones[place].progress = progress;
		}
		Self::put(contract, record);
		Ok(())
	}

	/// The client releases a milestone.
	pub fn release(contract: ContractId, milestone: u32) -> DispatchResult {
		Self::change(contract, MilestoneIndex(milestone), |record, terms, progress| {
			ensure!(progress != Progress::Disputed, "under dispute");
			let on_time = progress != Progress::Pending || Now::get() <= terms.due;
			record.pay(terms.amount, on_time);
			Ok(Progress::Concluded)
		})
	}

	/// Anybody settles a milestone after the review period.
	pub fn settle(contract: ContractId, milestone: u32) -> DispatchResult {
		Self::change(contract, MilestoneIndex(milestone), |record, terms, progress| {
			let Progress::Submitted { at } = progress else { return Err("not submitted".into()) };
			ensure!(Now::get() >= at + record.review_period, "in review");
			record.pay(terms.amount, true);
			Ok(Progress::Concluded)
		})
	}

	/// The parties agree to divide a milestone.
	pub fn split(contract: ContractId, milestone: u32, share: Perbill) -> DispatchResult {
		Self::change(contract, MilestoneIndex(milestone), |record, terms, progress| {
			ensure!(progress != Progress::Disputed, "under dispute");
			record.divide(terms.amount, share);
			Ok(Progress::Concluded)
		})
	}

	/// A party disputes a submitted milestone.
	pub fn dispute(contract: ContractId, milestone: u32) -> DispatchResult {
		Self::change(contract, MilestoneIndex(milestone), |_, _, progress| {
			ensure!(matches!(progress, Progress::Submitted { .. }), "not submitted");
			Ok(Progress::Disputed)
		})
	}

	/// The court rules how much of a disputed milestone the provider gets.
	pub fn rule(contract: ContractId, milestone: u32, share: Perbill) -> DispatchResult {
		Self::change(contract, MilestoneIndex(milestone), |record, terms, progress| {
			ensure!(progress == Progress::Disputed, "not disputed");
			record.rule(terms.amount, share);
			Ok(Progress::Concluded)
		})
	}

	/// A party disputes what a stream or a meter holds.
	pub fn dispute_rest(contract: ContractId) -> DispatchResult {
		let mut record = Self::timed(contract)?;
		ensure!(record.started.is_some() && record.held() > 0, "nothing to dispute");
		record.is_disputed = true;
		Self::put(contract, record);
		Ok(())
	}

	/// The court rules how much the provider gets of what a stream or a meter holds.
	pub fn rule_rest(contract: ContractId, share: Perbill) -> DispatchResult {
		let mut record = Self::get(contract)?;
		ensure!(record.is_disputed, "not disputed");
		record.rule(record.held(), share);
		Self::close(contract, record);
		Ok(())
	}

	/// Anybody has what a stream has earned paid.
	pub fn settle_stream(contract: ContractId) -> DispatchResult {
		let mut record = Self::timed(contract)?;
		ensure!(record.earned() > 0, "nothing earned");
		record.settle();
		Self::put(contract, record);
		Ok(())
	}

	/// Anybody puts more money of the client's into a stream.
	pub fn top_up(contract: ContractId, amount: Balance) -> DispatchResult {
		let mut record = Self::timed(contract)?;
		record.settle();
		let client = record.client;
		let Payment::Stream { held, .. } = &mut record.payment else {
			return Err("no stream".into());
		};
		hold(HoldReason::Money, client, amount)?;
		*held += amount;
		Self::put(contract, record);
		Ok(())
	}

	/// The client has signed for so many units, and the provider bills them.
	pub fn bill(contract: ContractId, units: u64) -> DispatchResult {
		let mut record = Self::timed(contract)?;
		ensure!(record.end().is_some_and(|end| Now::get() <= end), "too late");
		let Payment::Meter { terms, billed, .. } = &mut record.payment else {
			return Err("no meter".into());
		};
		ensure!(*billed + units <= terms.units, "above the cap");
		*billed += units;
		let amount = terms.unit_price * Balance::from(units);
		record.start();
		record.pay(amount, true);
		Self::put(contract, record);
		Ok(())
	}

	/// The client stops a stream, or gives notice to a meter.
	pub fn stop(contract: ContractId) -> DispatchResult {
		let mut record = Self::timed(contract)?;
		match &mut record.payment {
			Payment::Meter { notice: Some(_), .. } => return Self::stop_late(contract),
			Payment::Meter { notice, .. } => {
				*notice = Some(Now::get());
				Self::put(contract, record);
			},
			_ => Self::end(contract, record),
		}
		Ok(())
	}

	/// Anybody stops a stream or a meter whose time, or whose notice, is over.
	pub fn stop_late(contract: ContractId) -> DispatchResult {
		let record = Self::timed(contract)?;
		ensure!(record.end().is_some_and(|end| Now::get() > end), "not over");
		Self::end(contract, record);
		Ok(())
	}

	/// The contract, if it is a stream or a meter that is not under dispute.
	fn timed(contract: ContractId) -> Result<Contract, DispatchError> {
		let record = Self::get(contract)?;
		ensure!(record.end().is_some(), "milestones");
		ensure!(!record.is_disputed, "under dispute");
		Ok(record)
	}

	/// Pays what a stream earned, returns what it or a meter still holds, and closes the contract.
	fn end(contract: ContractId, mut record: Contract) {
		record.settle();
		record.refund(record.held());
		Self::close(contract, record);
	}

	/// Closes a contract without telling anybody, as no escrow does. The client gets its money back.
	pub fn vanish(contract: ContractId) {
		let record = Contracts::<Test>::take(contract).expect("there is such a contract");
		credit_or_note(HoldReason::Money, record.client, record.client, record.held());
		credit_or_note(HoldReason::Bond, record.provider, record.provider, record.bond);
		credit_or_note(HoldReason::Deposit, record.client, record.client, DEPOSIT);
	}

	/// Refuses every further contract with this provider.
	pub fn refuse(provider: AccountId) {
		Refused::<Test>::append(provider);
	}

	/// Tries again to pay what could not be paid.
	pub fn collect_all() {
		for (payer, reason, payee, amount) in Unpaid::<Test>::take() {
			let reason = HoldReason::decode(&mut &[reason][..]).expect("it was encoded");
			credit_or_note(reason, payer, payee, amount);
		}
	}

	/// What is on hold is what contracts and notes say.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<(AccountId, u8), Balance>::new();
		let mut expect = |who, reason: u8, amount| {
			*expected.entry((who, reason)).or_default() += amount;
		};
		for record in Contracts::<Test>::iter_values() {
			expect(record.client, HoldReason::Deposit.into(), DEPOSIT);
			expect(record.client, HoldReason::Money.into(), record.held());
			expect(record.provider, HoldReason::Bond.into(), record.bond);
		}
		for (payer, reason, _, amount) in Unpaid::<Test>::get() {
			expect(payer, reason, amount);
		}
		expected.retain(|_, amount| *amount > 0);
		let mut held = BTreeMap::<(AccountId, u8), Balance>::new();
		for (who, holds) in pallet_balances::Holds::<Test>::iter() {
			for hold in holds {
				if let RuntimeHoldReason::MockEscrow(reason) = hold.id {
					held.insert((who, reason.into()), hold.amount);
				}
			}
		}
		ensure!(held == expected, "the mock's holds differ from its contracts");
		Ok(())
	}
}

impl Escrow<AccountId> for Pallet<Test> {
	fn engage(
		job: JobId,
		client: &AccountId,
		provider: &AccountId,
		agreement: Agreement<AccountId>,
	) -> Result<ContractId, DispatchError> {
		with_storage_layer(|| {
			ensure!(client != provider, "client is provider");
			ensure!(!Refused::<Test>::get().contains(provider), "refused");
			let (payment, total) = checked(&agreement)?;
			hold(HoldReason::Bond, *provider, agreement.bonds.provider)?;
			hold(HoldReason::Deposit, *client, DEPOSIT)?;
			hold(HoldReason::Money, *client, total)?;
			let contract = NextContract::<Test>::get();
			NextContract::<Test>::put(contract.next().expect("there are enough"));
			let record = Contract {
				job,
				client: *client,
				provider: *provider,
				bond: agreement.bonds.provider,
				review_period: agreement.review_period,
				started: None,
				is_disputed: false,
				payment,
				sheet: Sheet::default(),
			};
			Contracts::<Test>::insert(contract, record);
			Ok(contract)
		})
	}

	fn start(job: JobId, contract: ContractId) -> DispatchResult {
		let mut record = Self::of_job(job, contract)?;
		ensure!(record.started.is_none(), "started before");
		let now = Now::get();
		let has_time = match &record.payment {
			Payment::Milestones(milestones) => milestones
				.iter()
				.any(|one| one.progress == Progress::Pending && now <= one.terms.due),
			Payment::Stream { terms, .. } => now < terms.until,
			Payment::Meter { terms, .. } => now <= terms.until,
		};
		ensure!(has_time, "too late");
		record.start();
		Contracts::<Test>::insert(contract, record);
		Ok(())
	}

	fn submit(
		job: JobId,
		contract: ContractId,
		milestone: MilestoneIndex,
		_: EvidenceHash,
	) -> DispatchResult {
		Self::of_job(job, contract)?;
		Self::change(contract, milestone, |record, terms, progress| {
			ensure!(progress == Progress::Pending, "submitted before");
			ensure!(Now::get() <= terms.due, "too late");
			record.start();
			Ok(Progress::Submitted { at: Now::get() })
		})
	}

	fn standing(contract: ContractId) -> Option<ContractStanding> {
		let record = Contracts::<Test>::get(contract)?;
		let milestones = match &record.payment {
			Payment::Milestones(milestones) => milestones.clone(),
			_ => Vec::new(),
		};
		let with = |is: &dyn Fn(Progress) -> bool| {
			let all = (0..).map(MilestoneIndex).zip(&milestones);
			all.filter(|(_, one)| is(one.progress)).map(|(index, _)| index).collect::<Vec<_>>()
		};
		let is_in_review = |one| matches!(one, Progress::Submitted { .. } | Progress::Disputed);
		Some(ContractStanding {
			started: record.started,
			under_review: record.is_disputed || !with(&is_in_review).is_empty(),
			overdue: record.is_overdue(),
			under_notice: record.has_notice() && !record.is_disputed,
			outstanding: record.held() - record.earned(),
			pending: with(&|one| one == Progress::Pending),
		})
	}

	fn terminate(job: JobId, contract: ContractId) -> Result<Remainder, DispatchError> {
		let mut record = Self::of_job(job, contract)?;
		let standing = Self::standing(contract).ok_or("no contract")?;
		ensure!(!standing.under_review, "under review");
		let mut remainder = Remainder::default();
		match record.payment.clone() {
			Payment::Milestones(milestones) => {
				let total = milestones.iter().map(|one| one.terms.amount).sum();
				let pending = (0..).map(MilestoneIndex).zip(milestones);
				for (index, Milestone { terms, progress }) in pending {
					if progress != Progress::Pending {
						continue;
					}
					let is_answerable = record.started.is_some_and(|at| at <= terms.due);
					let missed = is_answerable && Now::get() > terms.due;
					record.refund(terms.amount);
					remainder.amount += terms.amount;
					remainder.milestones.push(index);
					if missed {
						record.sheet.missed += terms.amount;
						record.slash_missed(terms.amount, total);
					}
				}
				remainder.slashed = record.sheet.slashed;
				Self::close(contract, record);
			},
			Payment::Stream { held, .. } => {
				remainder.amount = held - record.earned();
				Self::end(contract, record);
			},
			Payment::Meter { terms, billed, .. } => {
				remainder.amount = record.held();
				remainder.units = terms.units - billed;
				Self::end(contract, record);
			},
		}
		Ok(remainder)
	}

	fn engage_weight() -> Weight {
		ENGAGE_WEIGHT
	}

	fn start_weight() -> Weight {
		START_WEIGHT
	}

	fn submit_weight() -> Weight {
		SUBMIT_WEIGHT
	}

	fn terminate_weight() -> Weight {
		TERMINATE_WEIGHT
	}
}
