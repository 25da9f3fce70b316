//! Benchmarks of every call, of rulings and of facts, each in its dearest case.
//!
//! `Arbitration` then runs as well and is weighed twice, since a call adds what it says it takes.

use crate::*;
use aitbc_core::{
	AgentId, AgentKind, Balance, BlockNumber, CaseId, Decimal, DocumentHash, Fact, Ruling, Scale,
	Subject, TagId, TagRule, TagUse, ValidationId, WorkHash,
};
use aitbc_traits::{CaseFacts, DeadlineClock, OnRuling, TagInspect};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Unbalanced},
		tokens::Precision,
		EnsureOrigin, Get,
	},
};
use frame_system::RawOrigin;
use sp_runtime::{traits::SaturatedConversion, PerThing, Perbill};

/// Makes agents in the registry that [`Config::Agents`] reads.
pub trait BenchmarkHelper<AccountId> {
	/// An active agent of this kind, which belongs to `owner` and works under `wallet`.
	fn active_agent(kind: AgentKind, owner: &AccountId, wallet: &AccountId) -> AgentId;
}

/// The time at which a benchmark begins, in active blocks.
const START: BlockNumber = 1_000;

/// The length of the shortest URI that the pallet takes.
const SHORTEST_URI: u32 = 3;

/// What a hard answer earns, as a multiple of the existential deposit.
const FEE_FACTOR: Balance = 1_000;

/// What an account owns beside a bond and a deposit, as a multiple of the existential deposit.
const WEALTH_FACTOR: Balance = 1_000_000;

/// The case of a disputed answer.
const CASE: CaseId = CaseId(0);

/// A valid URI of `length` bytes.
fn uri(length: u32) -> Vec<u8> {
	let mut uri = vec![b'a'; length.saturated_into()];
	if let Some(colon) = uri.get_mut(1) {
		*colon = b':';
	}
	uri
}

/// Gives `who` plenty of money.
fn endow<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let amount = T::Currency::minimum_balance()
		.saturating_mul(WEALTH_FACTOR)
		.saturating_add(T::Bond::get())
		.saturating_add(Pallet::<T>::request_deposit(T::MaxUriLength::get()));
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

/// Those who take part in a validation, and what it is for.
struct Parties<T: Config> {
	requester: T::AccountId,
	wallet: T::AccountId,
	validator: AgentId,
	subject: AgentId,
	tag: TagId,
}

/// Starts the clock, registers validator and subject, and endows who pays and is paid.
fn parties<T: Config>() -> Result<Parties<T>, BenchmarkError> {
	T::Clock::set_now(START);
	endow::<T>(&T::SlashReceiver::get())?;
	let wallet = endowed::<T>("validator wallet")?;
	let validator = T::BenchmarkHelper::active_agent(
		AgentKind::Validator,
		&endowed::<T>("validator owner")?,
		&wallet,
	);
	let subject = T::BenchmarkHelper::active_agent(
		AgentKind::AiModel,
		&endowed::<T>("subject owner")?,
		&endowed::<T>("subject wallet")?,
	);
	let scale = Scale::new(Decimal::whole(0), Decimal::whole(1))
		.ok_or(BenchmarkError::Stop("zero is below one"))?;
	let tag = T::Tags::create(TagRule { purpose: TagUse::Quality, scale, is_retired: false });
	Ok(Parties { requester: endowed::<T>("requester")?, wallet, validator, subject, tag })
}

/// The last active block at which a benchmark's validator may answer.
fn deadline<T: Config>() -> BlockNumber {
	START.saturating_add(T::MaxResponseTime::get())
}

/// What a hard answer earns, in plancks.
fn fee<T: Config>() -> Balance {
	T::Currency::minimum_balance().saturating_mul(FEE_FACTOR)
}

/// Work at a URI of `length` bytes.
fn work(length: u32) -> Work<Vec<u8>> {
	Work { uri: uri(length), hash: WorkHash::default() }
}

/// Evidence at a URI of `length` bytes.
fn evidence(length: u32) -> Document<Vec<u8>> {
	Document { uri: uri(length), hash: DocumentHash::default() }
}

/// The best score.
fn score() -> Result<Score, BenchmarkError> {
	Score::new(MAX_SCORE).ok_or(BenchmarkError::Stop("the best score is a score"))
}

/// Requests a validation, with the longest URI.
fn requested<T: Config>(parties: &Parties<T>) -> Result<ValidationId, BenchmarkError> {
	let validation = NextValidationId::<T>::get();
	Pallet::<T>::do_request(
		parties.requester.clone(),
		parties.validator,
		parties.subject,
		work(T::MaxUriLength::get()),
		Some(parties.tag),
		fee::<T>(),
		deadline::<T>(),
	)?;
	Ok(validation)
}

/// Requests a validation and answers it, both with the longest URI.
fn answered<T: Config>(
	parties: &Parties<T>,
	finality: Finality,
) -> Result<ValidationId, BenchmarkError> {
	let validation = requested::<T>(parties)?;
	let evidence = evidence(T::MaxUriLength::get());
	Pallet::<T>::do_answer(parties.wallet.clone(), validation, score()?, finality, evidence)?;
	Ok(validation)
}

/// The state of a validation in storage.
fn state<T: Config>(validation: ValidationId) -> Option<ValidationState<T::AccountId, UriOf<T>>> {
	Validations::<T>::get(validation).map(|record| record.state)
}

/// The bond of a validation in storage.
fn bond<T: Config>(validation: ValidationId) -> Option<BondOf<T>> {
	match state::<T>(validation) {
		Some(ValidationState::Hard { bond, .. }) => Some(bond),
		_ => None,
	}
}

/// Puts the hard answer of `validation` before a court, on behalf of `challenger`.
fn put_under_dispute<T: Config>(validation: ValidationId, challenger: T::AccountId) {
	Validations::<T>::mutate(validation, |record| {
		let state = record.as_mut().map(|record| &mut record.state);
		if let Some(ValidationState::Hard { bond, .. }) = state {
			let amount = bond.amount_held().unwrap_or_default();
			*bond = Bond::Disputed { amount, challenger, case: CASE, left: 1 };
		}
	});
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn request(u: Linear<SHORTEST_URI, { T::MaxUriLength::get() }>) -> Result<(), BenchmarkError> {
		let Parties { requester, validator, subject, tag, .. } = parties::<T>()?;
		let validation = NextValidationId::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(requester),
			validator,
			subject,
			work(u),
			Some(tag),
			fee::<T>(),
			deadline::<T>(),
		);

		let is_requested = state::<T>(validation) == Some(ValidationState::Requested);
		ensure!(is_requested, "the request is stored");
		Ok(())
	}

	#[benchmark]
	fn answer_soft(
		u: Linear<SHORTEST_URI, { T::MaxUriLength::get() }>,
	) -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let validation = requested::<T>(&parties)?;
		let (caller, score) = (RawOrigin::Signed(parties.wallet), score()?);

		#[extrinsic_call]
		answer(caller, validation, score, Finality::Soft, evidence(u));

		let is_soft = matches!(state::<T>(validation), Some(ValidationState::Soft { .. }));
		ensure!(is_soft, "the answer is stored");
		Ok(())
	}

	#[benchmark]
	fn answer_hard(
		u: Linear<SHORTEST_URI, { T::MaxUriLength::get() }>,
	) -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let validation = requested::<T>(&parties)?;
		let (caller, score) = (RawOrigin::Signed(parties.wallet), score()?);

		#[extrinsic_call]
		answer(caller, validation, score, Finality::Hard, evidence(u));

		ensure!(bond::<T>(validation).is_some(), "the answer is stored");
		Ok(())
	}

	#[benchmark]
	fn expire() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let validation = answered::<T>(&parties, Finality::Soft)?;
		let stranger = endowed::<T>("stranger")?;
		T::Clock::set_now(deadline::<T>().saturating_add(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), validation);

		let is_expired = matches!(state::<T>(validation), Some(ValidationState::Expired { .. }));
		ensure!(is_expired, "the validation expired");
		Ok(())
	}

	#[benchmark]
	fn release_bond() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let validation = answered::<T>(&parties, Finality::Hard)?;
		let stranger = endowed::<T>("stranger")?;
		T::Clock::set_now(START.saturating_add(T::ChallengePeriod::get()));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), validation);

		ensure!(bond::<T>(validation) == Some(Bond::Released), "the bond is released");
		Ok(())
	}

	/// Dearest when other answers remain, so that the summaries are written and not removed.
	#[benchmark]
	fn slash() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		answered::<T>(&parties, Finality::Hard)?;
		endow::<T>(&parties.wallet)?;
		endow::<T>(&parties.requester)?;
		let validation = answered::<T>(&parties, Finality::Hard)?;
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, validation);

		ensure!(bond::<T>(validation) == Some(Bond::Slashed), "the bond is taken");
		Ok(())
	}

	#[benchmark]
	fn erase() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let validation = answered::<T>(&parties, Finality::Hard)?;
		Pallet::<T>::do_slash(validation)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.requester), validation);

		ensure!(state::<T>(validation).is_none(), "the validation is erased");
		Ok(())
	}

	#[benchmark]
	fn dispute() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let validation = answered::<T>(&parties, Finality::Hard)?;
		let challenger = endowed::<T>("challenger")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(challenger), validation);

		let is_disputed = matches!(bond::<T>(validation), Some(Bond::Disputed { .. }));
		ensure!(is_disputed, "the answer is disputed");
		Ok(())
	}

	/// Dearest when the answer is overturned, everybody gets a part, and other answers remain.
	#[benchmark]
	fn on_ruling() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		answered::<T>(&parties, Finality::Hard)?;
		endow::<T>(&parties.wallet)?;
		endow::<T>(&parties.requester)?;
		let validation = answered::<T>(&parties, Finality::Hard)?;
		put_under_dispute::<T>(validation, endowed::<T>("challenger")?);
		let client = Perbill::from_percent(75);
		let provider = client.left_from_one();
		let ruling = Ruling { client, provider, client_slash: client, provider_slash: client };

		#[block]
		{
			<Pallet<T> as OnRuling>::on_ruling(Subject::Validation(validation), CASE, &ruling);
		}

		ensure!(bond::<T>(validation) == Some(Bond::Slashed), "the bond is taken");
		Ok(())
	}

	#[benchmark]
	fn fact() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let validation = answered::<T>(&parties, Finality::Hard)?;
		put_under_dispute::<T>(validation, endowed::<T>("challenger")?);
		let found;

		#[block]
		{
			found = <Pallet<T> as CaseFacts>::fact(Subject::Validation(validation), &[]);
		}

		ensure!(found == Some(Fact::NothingShown), "the evidence is zero");
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
