//! Benchmarks of every call, each in its dearest case, and of what others ask of the pallet.
//!
//! Contracts are as large as they may be, with approvers and both bonds; a milestone is released,
//! settled, refunded or divided as the last one, so that closing is part of the weight.
//! `OnContractClosed`, `Arbitration` and `Rebate` then run as well and are weighed twice, since the
//! calls add their own weight: an overestimate, never an underestimate. The provider's account is an
//! agent's wallet.

use crate::*;
use aitbc_core::{
	receipt::{Attestation, AttestationKind, MAX_ATTESTATIONS},
	AccountId, AgentId, Agreement, Approvers, Balance, BlockNumber, Bonds, CaseId, ContractId,
	DocumentHash, EvidenceHash, Fact, JobId, MeterTerms, PaymentTerms, Receipt, ReceiptV1, Ruling,
	StreamTerms, Subject, Tenths, TermsHash, Unit, Voucher, WorkHash,
};
use aitbc_traits::{CaseFacts, DeadlineClock, Escrow as Controller, OnRuling};
use alloc::vec;
use codec::Encode;
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

/// Sets up what benchmarks need of the neighbours.
pub trait BenchmarkHelper<AccountId> {
	/// Lets an agent work under `wallet`, and gives it.
	fn agent_under(wallet: &AccountId) -> AgentId;
}

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

/// The case of a disputed milestone.
const CASE: CaseId = CaseId(0);

/// Where the keys that sign vouchers are kept.
const KEYS: KeyTypeId = KeyTypeId(*b"escr");

/// Puts the last milestone of `contract`, submitted with `evidence`, before a court.
fn put_under_dispute<T: Config>(contract: ContractId, evidence: EvidenceHash) {
	let dispute = Dispute { case: CASE, since: START };
	Contracts::<T>::mutate(contract, |record| {
		let money = record.as_mut().and_then(|record| record.money().ok());
		let milestones = money.and_then(|money| money.funded.milestones_mut().ok());
		if let Some(milestone) = milestones.and_then(|all| all.iter_mut().last()) {
			milestone.state = MilestoneState::Disputed { at: START, evidence, dispute };
		}
	});
}

/// The longest receipt for a milestone.
fn receipt(contract: ContractId, milestone: MilestoneIndex) -> Receipt {
	let attestation = Attestation { kind: AttestationKind::Other, hash: DocumentHash::default() };
	Receipt::V1(ReceiptV1 {
		genesis: Default::default(),
		job: JOB,
		contract,
		milestone: Some(milestone),
		provider: AgentId(0),
		wallet: AccountId::new([0; 32]),
		client: AccountId::new([0; 32]),
		unit: Unit::Hour,
		units: 1,
		unit_price: 1,
		price: 1,
		result: WorkHash::default(),
		started: START,
		finished: START,
		attestations: vec![attestation; MAX_ATTESTATIONS],
	})
}

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

/// The parties of a contract, and the agent under the provider's account.
struct Parties<T: Config> {
	client: T::AccountId,
	provider: T::AccountId,
	agent: AgentId,
}

impl<T: Config> Parties<T> {
	/// Starts the clock and endows the parties and the treasury.
	fn new() -> Result<Self, BenchmarkError> {
		T::Clock::set_now(START);
		endow::<T>(&T::FeeReceiver::get())?;
		let (client, provider) = (endowed::<T>("client")?, endowed::<T>("provider")?);
		let agent = T::BenchmarkHelper::agent_under(&provider);
		Ok(Self { client, provider, agent })
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

	/// Opens and funds a contract to which the provider has not consented, without a bond of its own.
	fn impose(&self, agreement: &Agreement<T::AccountId>) -> Result<ContractId, DispatchError> {
		let bonds = Bonds { provider: 0, ..agreement.bonds };
		let agreement = Agreement { bonds, ..agreement.clone() };
		let contract = self.open(&agreement)?;
		Pallet::<T>::do_fund(self.client.clone(), contract, total::<T>(&agreement)?)?;
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
		let Parties { client, provider, .. } = Parties::<T>::new()?;
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

		ensure!(OpenWork::<T>::get(parties.agent) == 1, "the contract is funded");
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

	/// With the start the parties are in business, since the provider had not consented before.
	#[benchmark]
	fn submit() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.impose(&full::<T>())?;

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
		let Parties { client, provider, .. } = Parties::<T>::new()?;
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

	/// With the start the parties are in business, since the provider had not consented before.
	#[benchmark]
	fn start() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.impose(&full::<T>())?;

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

	#[benchmark]
	fn dispute() -> Result<(), BenchmarkError> {
		let parties = Parties::<T>::new()?;
		let contract = parties.submitted()?;

		#[block]
		{
			let claim = Tenths::ALL;
			Pallet::<T>::do_dispute(parties.client, contract, Some(last::<T>()), claim)?;
		}

		ensure!(Contracts::<T>::contains_key(contract), "the contract goes on");
		Ok(())
	}

	#[benchmark]
	fn on_ruling() -> Result<(), BenchmarkError> {
		let contract = Parties::<T>::new()?.submitted()?;
		put_under_dispute::<T>(contract, EvidenceHash::default());
		let half = Perbill::from_percent(50);
		let ruling =
			Ruling { client: half, provider: half, client_slash: half, provider_slash: half };
		let subject = Subject::Milestone { contract, milestone: last::<T>() };

		#[block]
		{
			<Pallet<T> as OnRuling>::on_ruling(subject, CASE, &ruling);
		}

		ensure_closed::<T>(contract)
	}

	#[benchmark]
	fn engage() -> Result<(), BenchmarkError> {
		let Parties { client, provider, .. } = Parties::<T>::new()?;
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
		let Parties { client, provider, .. } = Parties::<T>::new()?;
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

	#[benchmark]
	fn fact() -> Result<(), BenchmarkError> {
		let Parties { client, provider, .. } = Parties::<T>::new()?;
		let contract = <Pallet<T> as Controller<_>>::engage(JOB, &client, &provider, full::<T>())?;
		let milestone = last::<T>();
		let receipt = receipt(contract, milestone);
		let evidence = receipt.evidence();
		<Pallet<T> as Controller<T::AccountId>>::submit(JOB, contract, milestone, evidence)?;
		put_under_dispute::<T>(contract, evidence);
		let document = receipt.encode();
		let found;

		#[block]
		{
			found = <Pallet<T> as CaseFacts>::fact(
				Subject::Milestone { contract, milestone },
				&document,
			);
		}

		// It is for another wallet: a benchmark's accounts are not those of the receipt.
		ensure!(found == Some(Fact::ForeignReceipt), "the receipt is found");
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
