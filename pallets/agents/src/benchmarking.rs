//! Benchmarks of every call, in its worst case.

use super::*;
use aitbc_core::{AgentId, Balance, CardHash};
use aitbc_traits::DeadlineClock;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::{fungible::Mutate, Get};
use frame_system::RawOrigin;
use sp_core::{crypto::KeyTypeId, sr25519};
use sp_runtime::traits::SaturatedConversion;

/// The length of the shortest URI that the pallet takes.
const SHORTEST_URI: u32 = 3;

/// Where the keys that sign wallet proofs are kept.
const KEYS: KeyTypeId = KeyTypeId(*b"agnt");

/// A valid URI of `length` bytes.
fn uri(length: u32) -> Vec<u8> {
	let mut uri = vec![b'a'; length.saturated_into()];
	if let Some(colon) = uri.get_mut(1) {
		*colon = b':';
	}
	uri
}

/// Gives `who` enough for any deposit, bond and fee.
fn fund<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let RegistrationCost { fee, bond, deposit } =
		Pallet::<T>::registration_cost(T::MaxUriLength::get());
	let cost = [fee, bond, deposit].into_iter().fold(Balance::default(), Balance::saturating_add);
	T::Currency::mint_into(who, cost.saturating_mul(10))?;
	Ok(())
}

/// An agent of a funded owner, with a card URI of `length` bytes.
fn registered<T: Config>(length: u32) -> Result<(T::AccountId, AgentId), BenchmarkError> {
	let owner: T::AccountId = whitelisted_caller();
	fund::<T>(&owner)?;
	fund::<T>(&T::FeeReceiver::get())?;
	let agent = NextAgentId::<T>::get();
	let origin = RawOrigin::Signed(owner.clone()).into();
	Pallet::<T>::register(origin, AgentKind::Executor, uri(length), CardHash::default())?;
	Ok((owner, agent))
}

/// An active agent with the longest URI, a wallet, and a proposal for another.
fn occupied<T: Config>() -> Result<(T::AccountId, AgentId), BenchmarkError> {
	let (owner, agent) = registered::<T>(T::MaxUriLength::get())?;
	let wallet: T::AccountId = account("wallet", 0, 0);
	propose::<T>(&owner, agent, &wallet)?;
	Pallet::<T>::accept_wallet(RawOrigin::Signed(wallet).into(), agent)?;
	propose::<T>(&owner, agent, &account("wallet", 1, 0))?;
	Pallet::<T>::activate(RawOrigin::Signed(owner.clone()).into(), agent)?;
	Ok((owner, agent))
}

/// Proposes `wallet` for `agent`.
fn propose<T: Config>(
	owner: &T::AccountId,
	agent: AgentId,
	wallet: &T::AccountId,
) -> Result<(), BenchmarkError> {
	let origin = RawOrigin::Signed(owner.clone()).into();
	Ok(Pallet::<T>::set_wallet(origin, agent, wallet.clone(), None)?)
}

#[benchmarks(where T::Signature: From<sr25519::Signature>, T::AccountId: From<sr25519::Public>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register(u: Linear<SHORTEST_URI, { T::MaxUriLength::get() }>) -> Result<(), BenchmarkError> {
		let owner: T::AccountId = whitelisted_caller();
		fund::<T>(&owner)?;
		fund::<T>(&T::FeeReceiver::get())?;
		let agent = NextAgentId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), AgentKind::Executor, uri(u), CardHash::default());

		assert!(Agents::<T>::contains_key(agent));
		Ok(())
	}

	/// From the shortest URI, so that more is put on hold.
	#[benchmark]
	fn update(u: Linear<SHORTEST_URI, { T::MaxUriLength::get() }>) -> Result<(), BenchmarkError> {
		let (owner, agent) = registered::<T>(SHORTEST_URI)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent, uri(u), CardHash::default());

		assert_eq!(Agents::<T>::get(agent).map(|record| record.card.uri_length()), Some(u));
		Ok(())
	}

	/// Replaces a wallet, drops a proposal, and verifies twice: the signature is over the wrapped
	/// payload, which is tried second.
	#[benchmark]
	fn set_wallet_with_proof() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		let key = sp_io::crypto::sr25519_generate(KEYS, None);
		let wallet = T::AccountId::from(key);
		let deadline = T::Clock::now();
		let payload = Pallet::<T>::wallet_payload(agent, &wallet, deadline)
			.ok_or(BenchmarkError::Stop("the agent is registered"))?;
		let wrapped = [b"<Bytes>".as_slice(), &payload, b"</Bytes>"].concat();
		let signature = sp_io::crypto::sr25519_sign(KEYS, &key, &wrapped)
			.ok_or(BenchmarkError::Stop("the key was just made"))?;
		let proof = WalletProof { signature: signature.into(), deadline };

		#[extrinsic_call]
		set_wallet(RawOrigin::Signed(owner), agent, wallet.clone(), Some(proof));

		assert_eq!(Wallets::<T>::get(agent), Some(wallet));
		Ok(())
	}

	#[benchmark]
	fn set_wallet_without_proof() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		let wallet: T::AccountId = account("wallet", 2, 0);

		#[extrinsic_call]
		set_wallet(RawOrigin::Signed(owner), agent, wallet.clone(), None);

		assert_eq!(ProposedWallets::<T>::get(agent), Some(wallet));
		Ok(())
	}

	/// Replaces a wallet.
	#[benchmark]
	fn accept_wallet() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		let wallet: T::AccountId = account("wallet", 2, 0);
		propose::<T>(&owner, agent, &wallet)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(wallet.clone()), agent);

		assert_eq!(Wallets::<T>::get(agent), Some(wallet));
		Ok(())
	}

	#[benchmark]
	fn remove_wallet() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent);

		assert!(!Wallets::<T>::contains_key(agent));
		Ok(())
	}

	#[benchmark]
	fn activate() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		Pallet::<T>::deactivate(RawOrigin::Signed(owner.clone()).into(), agent)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent);

		assert_eq!(Agents::<T>::get(agent).map(|record| record.status), Some(Lifecycle::Active));
		Ok(())
	}

	#[benchmark]
	fn deactivate() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent);

		assert_eq!(Agents::<T>::get(agent).map(|record| record.status), Some(Lifecycle::Inactive));
		Ok(())
	}

	/// Asks [`Config::Work`] as well, whose weight the call adds: it is counted twice.
	#[benchmark]
	fn deregister() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent);

		assert!(LeavingAgents::<T>::contains_key(agent));
		Ok(())
	}

	/// Asks [`Config::Work`] as well, whose weight the call adds: it is counted twice.
	#[benchmark]
	fn release_bond() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		Pallet::<T>::deregister(RawOrigin::Signed(owner).into(), agent)?;
		let leaving = LeavingAgents::<T>::get(agent)
			.ok_or(BenchmarkError::Stop("the agent has just left"))?;
		T::Clock::set_now(leaving.until);
		let anybody: T::AccountId = account("anybody", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(anybody), agent);

		assert!(!LeavingAgents::<T>::contains_key(agent));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder.build(), crate::mock::Test);
}
