//! Benchmarks of every call, each in its dearest case, and of what others ask of the pallet.
//!
//! Contracts are as large as they may be, with approvers and both bonds; a milestone is released,
//! settled, refunded or divided as the last one, so that closing is part of the weight.
//! `OnContractClosed`, `Arbitration` and `Rebate` then run as well and are weighed twice, since the
//! calls add their own weight: an overestimate, never an underestimate.

use crate::*;
use aitbc_core::{
	Agreement, Approvers, Balance, BlockNumber, Bonds, CaseId, ContractId, EvidenceHash, JobId,
	MeterTerms, PaymentTerms, Ruling, StreamTerms, Subject, TermsHash, Voucher,
};
use aitbc_traits::{DeadlineClock, Escrow as Controller, OnRuling};
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, MutateHold, Unbalanced},
		tokens::Precision,
		Get,
	},
};
use frame_system::RawOrigin;
use sp_core::{crypto::KeyTypeId, sr25519};
use sp_runtime::{DispatchError, Perbill};

/// The time at which a benchmark begins, in active blocks.
const START: BlockNumber = 1_000;

/// What a milestone pays, as a multiple of the existential deposit.
const AMOUNT_FACTOR: Balance = 1_000;

/// What an account owns, as a multiple of the existential deposit: enough for a full contract.
const WEALTH_FACTOR: Balance = 1_000_000;

/// The units of a meter.
const UNITS: u64 = 1_000;

/// The job of a contract with a controller.
const JOB: JobId = JobId(0);

/// Where the keys that sign vouchers are kept.
const KEYS: KeyTypeId = KeyTypeId(*b"escr");

/// Gives `who` plenty of money.
fn endow<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let amount = T::Currency::minimum_balance().saturating_mul(WEALTH_FACTOR);
	let minted = T::Currency::increase_balance(who, amount, Precision::Exact)?;
	T::Currency::set_total_issuance(T::Currency::total_issuance().saturating_add(minted));
	Ok(())
}

/// The account with this name, endowed.
fn endowed<T: Config>(name: &'static str) -> Result<T::AccountId, BenchmarkError> {
	let who = account(name, 0, 0);
	endow::<T>(&who)?;
	Ok(who)
}

/// What each milestone pays, in plancks.
fn amount<T: Config>() -> Balance {
	T::Currency::minimum_balance().saturating_mul(AMOUNT_FACTOR)
}

/// When each milestone is due, or a stream or a meter ends, in active blocks.
fn due<T: Config>() -> BlockNumber {
	START.saturating_add(T::MaxDuration::get())
}

/// The approver with this number.
fn approver<T: Config>(number: u32) -> T::AccountId {
	account("approver", number, 0)
}

/// An agreement that pays so, with bonds, and with all approvers if there can be some.
fn agreement<T: Config>(payment: PaymentTerms<T::AccountId>) -> Agreement<T::AccountId> {
	let count = T::MaxApprovers::get();
	let has_approvers = matches!(payment, PaymentTerms::Milestones(_)) && count > 0;
	let approvers = has_approvers
		.then(|| Approvers { accounts: (0..count).map(approver::<T>).collect(), threshold: count });
	Agreement {
		terms: TermsHash::default(),
		payment,
		review_period: T::MaxReviewPeriod::get(),
		approvers,
		bonds: Bonds { client: amount::<T>(), provider: amount::<T>() },
	}
}

/// An agreement with `count` equal milestones.
fn milestones<T: Config>(count: u32) -> Agreement<T::AccountId> {
	let terms = MilestoneTerms { amount: amount::<T>(), due: due::<T>() };
	agreement::<T>(PaymentTerms::Milestones((0..count).map(|_| terms).collect()))
}

/// An agreement with as many milestones as there may be.
fn full<T: Config>() -> Agreement<T::AccountId> {
	milestones::<T>(T::MaxMilestones::get())
}

/// An agreement with a stream that lasts ten blocks with its first money.
fn stream<T: Config>() -> Agreement<T::AccountId> {
	let rate = T::Currency::minimum_balance().saturating_mul(100);
	agreement::<T>(PaymentTerms::Stream(StreamTerms {
		rate,
		amount: rate.saturating_mul(10),
		until: due::<T>(),
	}))
}

/// An agreement with a meter whose vouchers `signer` signs.
fn metered<T: Config>(signer: T::AccountId) -> Agreement<T::AccountId> {
	agreement::<T>(PaymentTerms::Metered(MeterTerms {
		unit_price: T::Currency::minimum_balance(),
		units: UNITS,
		until: due::<T>(),
		signer,
	}))
}

/// The last milestone of a full contract.
fn last<T: Config>() -> MilestoneIndex {
	MilestoneIndex(T::MaxMilestones::get().saturating_sub(1))
}

/// The parties of a contract.
struct Parties<T: Config> {
	client: T::AccountId,
	provider: T::AccountId,
}

impl<T: Config> Parties<T> {
	/// Starts the clock and endows the parties and the treasury.
	fn new() -> Result<Self, BenchmarkError> {
		T::Clock::set_now(START);
		endow::<T>(&T::FeeReceiver::get())?;
		Ok(Self { client: endowed::<T>("client")?, provider: endowed::<T>("provider")? })
	}

	/// Opens a contract.
	fn open(&self, agreement: &Agreement<T::AccountId>) -> Result<ContractId, DispatchError> {
		let contract = NextContractId::<T>::get();
		let (client, provider) = (self.client.clone(), self.provider.clone());
		Pallet::<T>::do_open(client, provider, agreement.clone())?;
		Ok(contract)
	}

	/// Opens and accepts a contract.
	fn accept(&self, agreement: &Agreement<T::AccountId>) -> Result<ContractId, DispatchError> {
		let contract = self.open(agreement)?;
		let total = total::<T>(agreement)?;
		Pallet::<T>::do_accept(self.provider.clone(), contract, agreement.bonds, total)?;
		Ok(contract)
	}

	/// Opens, accepts and funds a contract.
	fn fund(&self, agreement: &Agreement<T::AccountId>) -> Result<ContractId, DispatchError> {
		let contract = self.accept(agreement)?;
		Pallet::<T>::do_fund(self.client.clone(), contract, total::<T>(agreement)?)?;
		Ok(contract)
	}

	/// Opens, accepts, funds and starts a contract.
	fn start(&self, agreement: &Agreement<T::AccountId>) -> Result<ContractId, DispatchError> {
		let contract = self.fund(agreement)?;
		Pallet::<T>::do_start(self.provider.clone(), contract)?;
		Ok(contract)
	}

	/// Sets up a full contract of which only the last milestone is outstanding, and is submitted.
	fn submitted(&self) -> Result<ContractId, DispatchError> {
		let contract = self.start(&full::<T>())?;
		self.release_all_but_last(contract)?;
		let evidence = EvidenceHash::default();
		Pallet::<T>::do_submit(self.provider.clone(), contract, last::<T>(), evidence)?;
		Ok(contract)
	}

	/// Releases all milestones of a full contract but the last.
	fn release_all_but_last(&self, contract: ContractId) -> Result<(), DispatchError> {
		for index in 0..last::<T>().0 {
			Pallet::<T>::do_release(self.client.clone(), contract, MilestoneIndex(index))?;
		}
		Ok(())
	}
}

/// What a contract with this agreement takes to fund, in plancks.
fn total<T: Config>(agreement: &Agreement<T::AccountId>) -> Result<Balance, DispatchError> {
	let payment = Pallet::<T>::checked_payment(agreement.payment.clone())?;
	Ok(Pallet::<T>::total(&payment)?)
}

/// Checks that the contract is closed.
fn ensure_closed<T: Config>(contract: ContractId) -> Result<(), BenchmarkError> {
	ensure!(!Contracts::<T>::contains_key(contract), "the contract is closed");
	Ok(())
}

#[benchmarks(where T::Signature: From<sr25519::Signature>, T::AccountId: From<sr25519::Public>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open(m: Linear<1, { T::MaxMilestones::get() }>) -> Result<(), BenchmarkError> {
		let Parties { client, provider } = Parties::<T>::new()?;
		let agreement = milestones::<T>(m);
		let contract = NextContractId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(client), provider, agreement);

		ensure!(Contracts::<T>::contains_key(contract), "the contract is stored");
		Ok(())
	}

	#[benchmark]
	fn fund() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.accept(&full::<T>())?;
		let total = total::<T>(&full::<T>())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.client), contract, total);

		ensure!(OpenWork::<T>::get(&parties.provider) == 1, "the contract is funded");
		Ok(())
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.fund(&full::<T>())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), contract);

		ensure_closed::<T>(contract)
	}

	#[benchmark]
	fn submit() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.fund(&full::<T>())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), contract, last::<T>(), EvidenceHash::default());

		ensure!(Contracts::<T>::contains_key(contract), "the contract goes on");
		Ok(())
	}

	#[benchmark]
	fn release() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.submitted()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.client), contract, last::<T>());

		ensure_closed::<T>(contract)
	}

	#[benchmark]
	fn settle() -> Result<(), BenchmarkError> {
		let contract = Parties::<T>::new()?.submitted()?;
		let stranger = endowed::<T>("stranger")?;
		T::Clock::set_now(START.saturating_add(T::MaxReviewPeriod::get()));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), contract, last::<T>());

		ensure_closed::<T>(contract)
	}

	#[benchmark]
	fn refund() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.start(&full::<T>())?;
		parties.release_all_but_last(contract)?;
		let stranger = endowed::<T>("stranger")?;
		T::Clock::set_now(due::<T>().saturating_add(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), contract, last::<T>());

		ensure_closed::<T>(contract)
	}

	#[benchmark]
	fn collect() -> Result<(), BenchmarkError> {
		let Parties { client, provider } = Parties::<T>::new()?;
		let stranger = endowed::<T>("stranger")?;
		let (contract, kind) = (ContractId(0), ClaimKind::Payment);
		let amount = amount::<T>();
		T::Currency::hold(&kind.hold_reason().into(), &client, amount)?;
		NextContractId::<T>::put(ContractId(1));
		Claims::<T>::insert(contract, kind, Claim { payer: client, payee: provider, amount });

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), contract, kind);

		ensure!(!Claims::<T>::contains_key(contract, kind), "the claim is paid");
		Ok(())
	}

	#[benchmark]
	fn accept() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let agreement = full::<T>();
		let contract = parties.open(&agreement)?;
		let total = total::<T>(&agreement)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), contract, agreement.bonds, total);

		let record = Contracts::<T>::get(contract);
		ensure!(record.is_some_and(|one| one.state.is_accepted()), "the contract is accepted");
		Ok(())
	}

	#[benchmark]
	fn start() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.fund(&full::<T>())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), contract);

		let standing = <Pallet<T> as Controller<_>>::standing(contract);
		ensure!(standing.is_some_and(|one| one.started.is_some()), "the contract started");
		Ok(())
	}

	#[benchmark]
	fn approve() -> Result<(), BenchmarkError> {
		let contract = Parties::<T>::new()?.submitted()?;
		let latest = T::MaxApprovers::get().saturating_sub(1);
		for number in 0..latest {
			Pallet::<T>::do_approve(approver::<T>(number), contract, last::<T>())?;
		}

		#[extrinsic_call]
		_(RawOrigin::Signed(approver::<T>(latest)), contract, last::<T>());

		ensure_closed::<T>(contract)
	}

	#[benchmark]
	fn settle_stream() -> Result<(), BenchmarkError> {
		let contract = Parties::<T>::new()?.start(&stream::<T>())?;
		let stranger = endowed::<T>("stranger")?;
		T::Clock::set_now(START.saturating_add(11));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), contract);

		ensure!(Contracts::<T>::contains_key(contract), "the contract goes on");
		Ok(())
	}

	#[benchmark]
	fn top_up() -> Result<(), BenchmarkError> {
		let contract = Parties::<T>::new()?.start(&stream::<T>())?;
		let stranger = endowed::<T>("stranger")?;
		let now = START.saturating_add(11);
		T::Clock::set_now(now);
		let more = T::Currency::minimum_balance();

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), contract, more);

		let standing = <Pallet<T> as Controller<_>>::standing(contract);
		ensure!(standing.is_some_and(|one| one.outstanding == more), "the money is held");
		Ok(())
	}

	#[benchmark]
	fn stop() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.start(&stream::<T>())?;
		T::Clock::set_now(START.saturating_add(5));

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.client), contract);

		ensure_closed::<T>(contract)
	}

	/// Verifies twice: the signature is over the wrapped payload, which is tried second.
	#[benchmark]
	fn redeem() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let key = sp_io::crypto::sr25519_generate(KEYS, None);
		let contract = parties.fund(&metered::<T>(T::AccountId::from(key)))?;
		let voucher = Voucher { contract, units: UNITS, sequence: 1 };
		let payload = Pallet::<T>::voucher_payload(voucher);
		let wrapped = [b"<Bytes>".as_slice(), &payload, b"</Bytes>"].concat();
		let signature = sp_io::crypto::sr25519_sign(KEYS, &key, &wrapped)
			.ok_or(BenchmarkError::Stop("the key was just made"))?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), contract, voucher, signature.into());

		ensure_closed::<T>(contract)
	}

	#[benchmark]
	fn offer_split() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.submitted()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.client), contract, last::<T>(), amount::<T>());

		ensure!(Contracts::<T>::contains_key(contract), "the contract goes on");
		Ok(())
	}

	#[benchmark]
	fn withdraw_split() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.submitted()?;
		let client = parties.client;
		Pallet::<T>::do_offer_split(client.clone(), contract, last::<T>(), amount::<T>())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(client), contract, last::<T>());

		ensure!(Contracts::<T>::contains_key(contract), "the contract goes on");
		Ok(())
	}

	#[benchmark]
	fn accept_split() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.submitted()?;
		let share = Perbill::from_percent(50).mul_floor(amount::<T>());
		Pallet::<T>::do_offer_split(parties.client, contract, last::<T>(), share)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), contract, last::<T>(), share);

		ensure_closed::<T>(contract)
	}

	/// Where no case can be opened, what is measured ends with the refusal.
	#[benchmark]
	fn dispute() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.submitted()?;

		#[block]
		{
			let _ = Pallet::<T>::do_dispute(parties.client, contract, Some(last::<T>()));
		}

		ensure!(Contracts::<T>::contains_key(contract), "the contract goes on");
		Ok(())
	}

	#[benchmark]
	fn on_ruling() -> Result<(), BenchmarkError> {
		let contract = Parties::<T>::new()?.submitted()?;
		let case = CaseId(0);
		let disputed = MilestoneState::Disputed {
			at: START,
			evidence: EvidenceHash::default(),
			dispute: Dispute { case, by: Party::Client, since: START },
		};
		Contracts::<T>::mutate(contract, |record| {
			let money = record.as_mut().and_then(|record| record.money().ok());
			let milestones = money.and_then(|money| money.funded.milestones_mut().ok());
			if let Some(milestone) = milestones.and_then(|all| all.iter_mut().last()) {
				milestone.state = disputed;
			}
		});
		let half = Perbill::from_percent(50);
		let ruling =
			Ruling { client: half, provider: half, client_slash: half, provider_slash: half };
		let subject = Subject::Milestone { contract, milestone: last::<T>() };

		#[block]
		{
			<Pallet<T> as OnRuling>::on_ruling(subject, case, &ruling);
		}

		ensure_closed::<T>(contract)
	}

	#[benchmark]
	fn engage() -> Result<(), BenchmarkError> {
		let Parties { client, provider } = Parties::<T>::new()?;
		let agreement = full::<T>();
		let engaged;

		#[block]
		{
			engaged = <Pallet<T> as Controller<_>>::engage(JOB, &client, &provider, agreement);
		}

		ensure!(Contracts::<T>::contains_key(engaged?), "the contract is engaged");
		Ok(())
	}

	#[benchmark]
	fn terminate() -> Result<(), BenchmarkError> {
		let Parties { client, provider } = Parties::<T>::new()?;
		let contract = <Pallet<T> as Controller<_>>::engage(JOB, &client, &provider, full::<T>())?;
		<Pallet<T> as Controller<T::AccountId>>::start(JOB, contract)?;
		T::Clock::set_now(due::<T>().saturating_add(1));
		let remainder;

		#[block]
		{
			remainder = <Pallet<T> as Controller<T::AccountId>>::terminate(JOB, contract);
		}

		ensure!(remainder?.slashed > 0, "the bond is slashed");
		ensure_closed::<T>(contract)
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
