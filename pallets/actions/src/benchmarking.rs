//! Benchmarks of every call and of the hook, each in its dearest case, beside the calls that are actions.

use crate::*;
use aitbc_anomaly::Value;
use aitbc_core::{
	action::MAX_PARAMETERS, ActionId, AgentId, Balance, BlockNumber, DocumentHash, EvidenceHash,
	KindId, Parameter, RiskClass, Target, Word, Work,
};
use aitbc_telemetry::Series;
use aitbc_traits::{Anomaly, OnAnomaly, Reading, WholeHold};
use alloc::{boxed::Box, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Unbalanced},
		tokens::Precision,
		EnsureOrigin, Get,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_core::H256;
use sp_runtime::{traits::SaturatedConversion, Perbill, Percent};

/// Sets up what benchmarks need of the neighbours.
pub trait BenchmarkHelper<T: Config> {
	/// An active executor that works under `wallet`.
	fn executor(wallet: &T::AccountId) -> AgentId;

	/// Has `validator` validate.
	fn activate(validator: &T::AccountId);

	/// A report of `validator`.
	fn report(validator: &T::AccountId) -> u64;

	/// Makes the finality lag so many blocks in the feed, in a window before the present one.
	fn feed(lag: i64);

	/// A call that an action may be, and that works.
	fn call() -> RuntimeCallOf<T>;
}

/// The kind of a benchmark, what reverses it, and one for calls.
const KIND: KindId = KindId(1);
const REVERSAL: KindId = KindId(2);
const CALL: KindId = KindId(3);

/// The block in which a benchmark begins.
const PRESENT: BlockNumber = 1_000;

/// What an account owns beside its deposits, as a multiple of the existential deposit.
const WEALTH_FACTOR: Balance = 1_000_000;

fn word(number: u32) -> Word {
	let text = alloc::format!("a-word-that-is-as-long-as-can-{number:02}");
	Word::new(text.as_bytes()).unwrap_or_else(|| unreachable!("it is a word"))
}

/// As many of `items` as fit.
fn filled<X, S: Get<u32>>(items: impl Iterator<Item = X>) -> BoundedVec<X, S> {
	BoundedVec::truncate_from(items.take(S::get().saturated_into()).collect())
}

/// The dearest kind: each parameter is the last of many words.
fn kind(name: u32, reversible_by: Option<KindId>) -> Kind {
	let rule = |number| ParameterRule {
		name: word(number),
		bounds: ParameterBounds::Word(filled((0..MAX_WORDS).map(word))),
	};
	Kind {
		name: word(name),
		class: RiskClass::Medium,
		performer: Performer::Executor { parameters: filled((0..MAX_PARAMETERS).map(rule)) },
		targets: Targets::Validators,
		verification: Verification::Approvers(MAX_APPROVERS),
		rate_limit: RateLimit { count: MAX_KIND_STARTS, period: PRESENT },
		cooldown: 10,
		blast_radius: Perbill::one(),
		time_to_live: 100,
		lease: 10,
		watch: 10,
		needs_simulation: false,
		reversible_by,
	}
}

fn parameters() -> BoundedVec<Parameter, frame_support::traits::ConstU32<MAX_PARAMETERS>> {
	let last = word(MAX_WORDS.saturating_sub(1));
	filled((0..MAX_PARAMETERS).map(|_| Parameter::Word(last.clone())))
}

/// Gives `who` plenty of money.
fn endow<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let amount = T::Currency::minimum_balance()
		.saturating_add(T::Deposit::get())
		.saturating_mul(WEALTH_FACTOR);
	let minted = T::Currency::increase_balance(who, amount, Precision::Exact)?;
	T::Currency::set_total_issuance(T::Currency::total_issuance().saturating_add(minted));
	Ok(())
}

fn somebody<T: Config>(role: &'static str, number: u32) -> Result<T::AccountId, BenchmarkError> {
	let who = account(role, number, 0);
	endow::<T>(&who)?;
	Ok(who)
}

fn approvers<T: Config>() -> Result<AccountSet<T::AccountId>, BenchmarkError> {
	let approvers: Result<Vec<_>, _> =
		(0..MAX_APPROVERS).map(|number| somebody::<T>("approver", number)).collect();
	Ok(filled(approvers?.into_iter()))
}

/// A catalogue, and everybody who may approve.
fn set_up<T: Config>() -> Result<(), BenchmarkError> {
	frame_system::Pallet::<T>::set_block_number(PRESENT.saturated_into());
	Pallet::<T>::do_set_kind(REVERSAL, kind(50, None))?;
	Pallet::<T>::do_set_kind(KIND, kind(51, Some(REVERSAL)))?;
	Approvers::<T>::put(approvers::<T>()?);
	endow::<T>(&T::SpamReceiver::get())?;
	T::BenchmarkHelper::feed(1);
	Ok(())
}

/// A target with an executor, whose wallet is the second.
fn target<T: Config>(number: u32) -> Result<(Target<T::AccountId>, T::AccountId), BenchmarkError> {
	let stash = somebody::<T>("validator", number)?;
	T::BenchmarkHelper::activate(&stash);
	let wallet = somebody::<T>("executor", number)?;
	let agent = T::BenchmarkHelper::executor(&wallet);
	let target = Target::Validator(stash);
	Executors::<T>::insert(&target, agent);
	Ok((target, wallet))
}

fn uri() -> Vec<u8> {
	let mut uri = b"https://".to_vec();
	uri.resize(MAX_URI.saturated_into(), b'a');
	uri
}

fn model() -> Model {
	Model { name: word(9), version: 1 }
}

fn rationale<U>(uri: U) -> Rationale<U> {
	Rationale { uri, hash: DocumentHash(H256::repeat_byte(1)) }
}

/// Puts an action of the dearest kind on the chain, as proposed, that has `approvals` approvals and all but one of the
/// accusations.
fn put<T: Config>(
	target: Target<T::AccountId>,
	approvals: u32,
) -> Result<(ActionId, [u8; 32]), BenchmarkError> {
	let Listed { version, kind } =
		Catalogue::<T>::get(KIND).ok_or(BenchmarkError::Stop("the kind is there"))?;
	let reversal = Catalogue::<T>::get(REVERSAL)
		.map(|listed| Reversal { kind: REVERSAL, version: listed.version });
	// Each has another recommender, so that each is read.
	let id = NextActionId::<T>::get();
	let who = somebody::<T>("recommender", id.0.saturated_into())?;
	let agent = Recommender { id: T::BenchmarkHelper::executor(&who), owner: who.clone() };
	let deposit = T::Deposit::get();
	T::Currency::hold_whole(&HoldReason::Deposit.into(), &who, deposit)?;
	OpenCount::<T>::mutate(&who, |count| *count = count.saturating_add(1));
	let all = Approvers::<T>::get();
	let many = |count: u32| filled(all.iter().take(count.saturated_into()).cloned());
	let order = Order {
		kind: KIND,
		version,
		target,
		work: Work::Command(parameters()),
		rollback: Some(Work::Command(parameters())),
		series: Some(Series::FinalityLag),
	};
	let hash = order.hash();
	let action = Action {
		source: Source::Account { who, agent: Some(agent), deposit },
		order,
		terms: Terms::of(&kind, reversal),
		idea: Some(Idea {
			rationale: rationale(filled(uri().into_iter())),
			model: model(),
			confidence: Percent::one(),
		}),
		report: Some(0),
		expires: PRESENT.saturating_add(50),
		simulation: Simulation::NotNeeded,
		approvals: many(approvals),
		is_forced: false,
		spam: many(MAX_APPROVERS.saturating_sub(1)),
		state: State::Proposed,
	};
	NextActionId::<T>::put(id.next().ok_or(BenchmarkError::Stop("there is a next id"))?);
	// What becomes verified without an approval more leaves a record more when it is claimed.
	Pallet::<T>::enter(id, action, State::Proposed);
	Ok((id, hash))
}

/// The same that runs.
fn put_running<T: Config>(number: u32) -> Result<(ActionId, T::AccountId), BenchmarkError> {
	let (target, wallet) = target::<T>(number)?;
	let (id, hash) = put::<T>(target, MAX_APPROVERS)?;
	Pallet::<T>::do_claim(wallet.clone(), id, hash)?;
	Ok((id, wallet))
}

/// As many starts as there can be, of which all are over but one that is not.
fn fill_starts<T: Config>(kind: KindId) {
	let old = (1..MAX_KIND_STARTS).map(|_| 0);
	Starts::<T>::insert(kind, filled::<_, frame_support::traits::ConstU32<MAX_KIND_STARTS>>(old));
}

/// Has nobody agree to actions of `kind`, so that they are verified at once, which is one record more.
fn free<T: Config>(id: KindId, kind: Kind) -> Result<(), BenchmarkError> {
	let free = Kind { class: RiskClass::Info, verification: Verification::Nobody, ..kind };
	Ok(Pallet::<T>::do_set_kind(id, free)?)
}

/// An action whose simulation is awaited and is all that it lacks, its hash, and its executor's wallet.
fn put_to_simulate<T: Config>() -> Result<(ActionId, [u8; 32], T::AccountId), BenchmarkError> {
	let (target, wallet) = target::<T>(0)?;
	let (id, hash) = put::<T>(target, MAX_APPROVERS)?;
	Actions::<T>::mutate(id, |action| {
		if let Some(action) = action {
			action.simulation = Simulation::Awaited;
		}
	});
	Ok((id, hash, wallet))
}

/// Breakers that the next failure opens.
fn strain<T: Config>() {
	AllBreakers::<T>::mutate(|breakers| {
		for scope in Scope::ALL {
			breakers.of_mut(scope).failures = T::MaxFailures::get().saturating_mul(2);
		}
	});
}

fn last<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	Approvers::<T>::get().last().cloned().ok_or(BenchmarkError::Stop("there are approvers"))
}

fn governance<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn set_kind() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let origin = governance::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, KIND, kind(52, Some(REVERSAL)));
		assert_eq!(KindNames::<T>::get(word(52)), Some(KIND));
		Ok(())
	}

	#[benchmark]
	fn remove_kind() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let origin = governance::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, KIND);
		assert!(Catalogue::<T>::get(KIND).is_none());
		Ok(())
	}

	#[benchmark]
	fn set_approvers() -> Result<(), BenchmarkError> {
		let approvers = approvers::<T>()?;
		let origin = governance::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, approvers.clone());
		assert_eq!(Approvers::<T>::get(), approvers);
		Ok(())
	}

	#[benchmark]
	fn set_recommender() -> Result<(), BenchmarkError> {
		let agents = (0..MAX_RECOMMENDERS).map(|number| AgentId(number.into()));
		Recommenders::<T>::put(BoundedVec::truncate_from(agents.collect::<Vec<_>>()));
		let gone = AgentId(MAX_RECOMMENDERS.saturating_sub(1).into());
		let origin = governance::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, gone, false);
		assert!(!Recommenders::<T>::get().contains(&gone));
		Ok(())
	}

	#[benchmark]
	fn set_reflex() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let reflex = Reflex { kind: REVERSAL, parameters: parameters() };
		let origin = governance::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Series::Cpu, Some(reflex.clone()));
		assert_eq!(Reflexes::<T>::get(Series::Cpu), Some(reflex));
		Ok(())
	}

	#[benchmark]
	fn set_kill_switch() -> Result<(), BenchmarkError> {
		let origin = governance::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, true);
		assert!(KillSwitch::<T>::get());
		Ok(())
	}

	#[benchmark]
	fn open_by_half() -> Result<(), BenchmarkError> {
		AllBreakers::<T>::mutate(|breakers| {
			breakers.all.position = Position::Open { until: u32::MAX };
		});
		let origin = governance::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Scope::All);
		let position = AllBreakers::<T>::get().all.position;
		assert_eq!(position, Position::HalfOpen { successes: 0 });
		Ok(())
	}

	#[benchmark]
	fn bind_executor() -> Result<(), BenchmarkError> {
		let (target, _) = target::<T>(0)?;
		let Target::Validator(stash) = target.clone() else {
			return Err(BenchmarkError::Stop("it is a validator"));
		};
		let agent = Executors::<T>::take(&target);
		#[extrinsic_call]
		_(RawOrigin::Signed(stash), target.clone(), agent);
		assert_eq!(Executors::<T>::get(&target), agent);
		Ok(())
	}

	#[benchmark]
	fn set_brake() -> Result<(), BenchmarkError> {
		let (target, _) = target::<T>(0)?;
		let Target::Validator(stash) = target.clone() else {
			return Err(BenchmarkError::Stop("it is a validator"));
		};
		#[extrinsic_call]
		_(RawOrigin::Signed(stash), target.clone(), true);
		assert!(Brakes::<T>::contains_key(&target));
		Ok(())
	}

	#[benchmark]
	fn recommend() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		free::<T>(KIND, kind(51, Some(REVERSAL)))?;
		fill_starts::<T>(KIND);
		let (target, wallet) = target::<T>(0)?;
		let agent = Executors::<T>::get(&target).unwrap_or_default();
		let others = (0..MAX_RECOMMENDERS.saturating_sub(1)).map(|_| AgentId(u64::MAX));
		let admitted: Vec<_> = others.chain([agent]).collect();
		Recommenders::<T>::put(BoundedVec::truncate_from(admitted));
		let Target::Validator(stash) = &target else {
			return Err(BenchmarkError::Stop("it is a validator"));
		};
		let recommendation = Recommendation {
			kind: KIND,
			report: Some(T::BenchmarkHelper::report(stash)),
			target,
			proposal: Proposal::Command(parameters()),
			rollback: Some(Proposal::Command(parameters())),
			rationale: rationale(uri()),
			model: model(),
			confidence: Percent::one(),
			series: Some(Series::FinalityLag),
			expires: PRESENT.saturating_add(50),
		};
		#[extrinsic_call]
		_(RawOrigin::Signed(wallet), Box::new(recommendation));
		assert_eq!(NextActionId::<T>::get(), ActionId(1));
		Ok(())
	}

	#[benchmark]
	fn approve() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let (target, _) = target::<T>(0)?;
		let (id, hash) = put::<T>(target, MAX_APPROVERS.saturating_sub(1))?;
		let approver = last::<T>()?;
		#[extrinsic_call]
		_(RawOrigin::Signed(approver), id, hash);
		assert_eq!(Actions::<T>::get(id).map(|one| one.state), Some(State::Verified));
		Ok(())
	}

	#[benchmark]
	fn force_approve() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let (target, _) = target::<T>(0)?;
		let (id, hash) = put::<T>(target, MAX_APPROVERS.saturating_sub(1))?;
		let origin = governance::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, hash);
		assert_eq!(Actions::<T>::get(id).map(|one| one.state), Some(State::Verified));
		Ok(())
	}

	#[benchmark]
	fn veto() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let (target, _) = target::<T>(0)?;
		let (id, _) = put::<T>(target, MAX_APPROVERS.saturating_sub(1))?;
		let approver = last::<T>()?;
		#[extrinsic_call]
		_(RawOrigin::Signed(approver), id, DocumentHash(H256::repeat_byte(1)));
		assert!(OpenCount::<T>::iter_keys().next().is_none());
		Ok(())
	}

	#[benchmark]
	fn declare_spam() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let (target, _) = target::<T>(0)?;
		let (id, _) = put::<T>(target, MAX_APPROVERS.saturating_sub(1))?;
		let approver = last::<T>()?;
		#[extrinsic_call]
		_(RawOrigin::Signed(approver), id);
		assert!(OpenCount::<T>::iter_keys().next().is_none());
		Ok(())
	}

	#[benchmark]
	fn simulate_passed() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let (id, hash, wallet) = put_to_simulate::<T>()?;
		let evidence = EvidenceHash(H256::repeat_byte(1));
		#[extrinsic_call]
		simulate(RawOrigin::Signed(wallet), id, hash, true, evidence);
		assert_eq!(Actions::<T>::get(id).map(|one| one.state), Some(State::Verified));
		Ok(())
	}

	#[benchmark]
	fn simulate_refuted() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let (id, hash, wallet) = put_to_simulate::<T>()?;
		let evidence = EvidenceHash(H256::repeat_byte(1));
		#[extrinsic_call]
		simulate(RawOrigin::Signed(wallet), id, hash, false, evidence);
		assert!(OpenCount::<T>::iter_keys().next().is_none());
		Ok(())
	}

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		fill_starts::<T>(KIND);
		let (target, wallet) = target::<T>(0)?;
		let (id, hash) = put::<T>(target.clone(), MAX_APPROVERS)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(wallet), id, hash);
		assert_eq!(UnderAction::<T>::get(target), Some(id));
		Ok(())
	}

	#[benchmark]
	fn report() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let (id, wallet) = put_running::<T>(0)?;
		strain::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(wallet), id, Verdict::Failed, EvidenceHash(H256::repeat_byte(1)));
		assert!(UnderAction::<T>::iter_keys().next().is_none());
		let position = AllBreakers::<T>::get().all.position;
		assert!(matches!(position, Position::Open { .. }));
		Ok(())
	}

	#[benchmark]
	fn perform() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		let call = T::BenchmarkHelper::call();
		let bytes = call.encode();
		let (pallet, index) = match bytes.as_slice() {
			[pallet, index, ..] => (*pallet, *index),
			_ => return Err(BenchmarkError::Stop("a call has two indices")),
		};
		let of_calls = Kind {
			performer: Performer::Chain { pallet, call: index },
			targets: Targets::Network,
			..kind(53, None)
		};
		Pallet::<T>::do_set_kind(CALL, of_calls)?;
		fill_starts::<T>(CALL);
		let version = Catalogue::<T>::get(CALL).map(|listed| listed.version).unwrap_or_default();
		let (id, _) = put::<T>(Target::Network, MAX_APPROVERS)?;
		Actions::<T>::mutate(id, |action| {
			if let Some(action) = action {
				action.order.kind = CALL;
				action.order.version = version;
				action.order.work = Work::Call(filled(bytes.into_iter()));
			}
		});
		let caller = somebody::<T>("caller", 0)?;
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, Box::new(call));
		assert_eq!(UnderAction::<T>::get(Target::Network), Some(id));
		Ok(())
	}

	#[benchmark]
	fn on_anomaly() -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		free::<T>(REVERSAL, kind(50, None))?;
		fill_starts::<T>(REVERSAL);
		let (target, _) = target::<T>(0)?;
		let Target::Validator(reporter) = target else {
			return Err(BenchmarkError::Stop("it is a validator"));
		};
		let reflex = Reflex { kind: REVERSAL, parameters: parameters() };
		Pallet::<T>::do_set_reflex(Series::FinalityLag, Some(reflex))?;
		let anomaly =
			Anomaly { report: 0, reporter, series: Series::FinalityLag, evidence: [1; 32] };
		#[block]
		{
			<Pallet<T> as OnAnomaly<T::AccountId>>::on_anomaly(&anomaly);
		}
		assert_eq!(NextActionId::<T>::get(), ActionId(1));
		Ok(())
	}

	#[benchmark]
	fn pass_time(n: Linear<0, MAX_DUE>) -> Result<(), BenchmarkError> {
		set_up::<T>()?;
		for number in 0..n {
			let (id, _) = put_running::<T>(number)?;
			let action = Actions::<T>::get(id).ok_or(BenchmarkError::Stop("it is there"))?;
			let reading =
				Reading { window: 0, median: Value::from_integer(1), spread: Value::default() };
			let baseline = Baseline { series: Series::FinalityLag, reading: Some(reading) };
			Pallet::<T>::free_executor(&action);
			let until = PRESENT.saturating_add(1);
			Pallet::<T>::enter(id, action, State::Watching { until, baseline, window: 0 });
		}
		T::BenchmarkHelper::feed(1_000);
		strain::<T>();
		// As many blocks are behind as are looked at in one.
		AgendaFrom::<T>::put(PRESENT.saturating_add(1).saturating_sub(MAX_DUE));
		frame_system::Pallet::<T>::set_block_number(PRESENT.saturating_add(1).saturated_into());
		let moved;
		#[block]
		{
			moved = Pallet::<T>::pass_time();
		}
		assert_eq!(moved, n);
		assert_eq!(NextActionId::<T>::get(), ActionId(n.saturating_mul(2).into()));
		assert!(UnderAction::<T>::iter_keys().next().is_none());
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
