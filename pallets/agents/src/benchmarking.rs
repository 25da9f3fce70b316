//! Benchmarks of every call, in its worst case.

use super::*;
use aitbc_core::{
	AgentId, AgentKind, Balance, CardHash, Decimal, ParametersHash, Scale, TagId, TagRule, TagUse,
};
use aitbc_traits::{AgentBondSlash, DeadlineClock, TagInspect};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::{fungible::Mutate, EnsureOrigin, Get};
use frame_system::RawOrigin;
use sp_core::{crypto::KeyTypeId, sr25519};
use sp_runtime::{traits::SaturatedConversion, Perbill};

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

/// Gives `who` enough for any deposits, bond and fee.
fn fund<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let RegistrationCost { fee, bond, deposit } =
		Pallet::<T>::registration_cost(T::MaxUriLength::get());
	let times = |deposit: Balance, count: u32| deposit.saturating_mul(count.into());
	let cost = [
		fee,
		bond,
		deposit,
		times(Pallet::<T>::capability_deposit(), T::MaxCapabilities::get()),
		times(Pallet::<T>::card_key_deposit(), T::MaxCardKeys::get()),
		times(Pallet::<T>::metadata_deposit(u32::MAX, u32::MAX), T::MaxMetadataEntries::get()),
	]
	.into_iter()
	.fold(Balance::default(), Balance::saturating_add);
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

/// Terms that the scale of [`capability_tag`] has room for.
fn terms() -> CapabilityTerms {
	CapabilityTerms {
		version: CapabilityVersion { major: 1, minor: 1 },
		performance: Decimal::whole(1),
		price: 1,
		capacity: 1,
		parameters: ParametersHash::default(),
	}
}

/// A new tag for capabilities.
fn capability_tag<T: Config>() -> Result<TagId, BenchmarkError> {
	let scale = Scale::new(Decimal::whole(0), Decimal::whole(2))
		.ok_or(BenchmarkError::Stop("the scale is valid"))?;
	let rule = TagRule { purpose: TagUse::Capability, scale, is_retired: false };
	Ok(<Pallet<T> as TagInspect>::create(rule))
}

/// Lets `agent` offer `tag`.
fn offer<T: Config>(
	owner: &T::AccountId,
	agent: AgentId,
	tag: TagId,
) -> Result<(), BenchmarkError> {
	let origin = RawOrigin::Signed(owner.clone()).into();
	Ok(Pallet::<T>::set_capability(origin, agent, tag, terms())?)
}

/// Lets `count` agents that exist nowhere else have a row for `tag`, behind the rows that it has.
/// The last one has the capability as well, which changes when its row moves.
fn crowd<T: Config>(tag: TagId, count: u32) -> Result<(), BenchmarkError> {
	let mut capability =
		Capability { terms: terms(), performance: Default::default(), deposit: 0, row: None };
	let mut agent = AgentId(u64::MAX);
	for number in 0..count {
		agent = AgentId(u64::MAX.saturating_sub(number.into()));
		let row = capability.row_of(agent, Standing::default());
		capability.row = Some(Pallet::<T>::append_row(tag, row)?);
	}
	Capabilities::<T>::insert(agent, tag, capability);
	Ok(())
}

/// An active agent as [`occupied`], with `capabilities` whose rows go hard: each stands on a first
/// page that is full, and the row that takes its place comes from a second one that is full.
fn listed<T: Config>(capabilities: u32) -> Result<(T::AccountId, AgentId), BenchmarkError> {
	let (owner, agent) = occupied::<T>()?;
	for _ in 0..capabilities {
		let tag = capability_tag::<T>()?;
		offer::<T>(&owner, agent, tag)?;
		crowd::<T>(tag, T::RowsPerPage::get().saturating_mul(2).saturating_sub(1))?;
	}
	Ok((owner, agent))
}

/// An inactive agent as [`occupied`], with `capabilities` whose rows come hard: each onto a page
/// that it fills.
fn unlisted<T: Config>(capabilities: u32) -> Result<(T::AccountId, AgentId), BenchmarkError> {
	let (owner, agent) = occupied::<T>()?;
	Pallet::<T>::deactivate(RawOrigin::Signed(owner.clone()).into(), agent)?;
	for _ in 0..capabilities {
		let tag = capability_tag::<T>()?;
		crowd::<T>(tag, T::RowsPerPage::get().saturating_sub(1))?;
		offer::<T>(&owner, agent, tag)?;
	}
	Ok((owner, agent))
}

/// The longest metadata key, another for each `number`.
fn metadata_key<T: Config>(number: u32) -> Vec<u8> {
	let mut key = alloc::format!("{number}-").into_bytes();
	key.resize(T::MaxMetadataKeyLength::get().saturated_into(), b'k');
	key
}

/// The longest metadata value.
fn metadata_value<T: Config>() -> Vec<u8> {
	vec![b'v'; T::MaxMetadataValueLength::get().saturated_into()]
}

/// Gives `agent` the longest metadata there is, `entries` times.
fn describe<T: Config>(
	owner: &T::AccountId,
	agent: AgentId,
	entries: u32,
) -> Result<(), BenchmarkError> {
	for number in 0..entries {
		let origin = RawOrigin::Signed(owner.clone()).into();
		let (key, value) = (metadata_key::<T>(number), metadata_value::<T>());
		Pallet::<T>::set_metadata(origin, agent, key, value)?;
	}
	Ok(())
}

/// A card key, another for each `number`.
fn card_key(number: u32) -> CardKey {
	let mut key = [0; 33];
	let [a, b, c, d] = number.to_le_bytes();
	let [prefix, e, f, g, h, ..] = &mut key;
	(*prefix, *e, *f, *g, *h) = (2, a, b, c, d);
	CardKey::Secp256k1(key)
}

/// Gives `agent` card keys, `count` of them.
fn enrol<T: Config>(
	owner: &T::AccountId,
	agent: AgentId,
	count: u32,
) -> Result<(), BenchmarkError> {
	for number in 0..count {
		let origin = RawOrigin::Signed(owner.clone()).into();
		Pallet::<T>::add_card_key(origin, agent, card_key(number))?;
	}
	Ok(())
}

/// Somebody to whom `agent` is offered and who can take it over.
fn recipient<T: Config>(
	owner: &T::AccountId,
	agent: AgentId,
) -> Result<T::AccountId, BenchmarkError> {
	let to: T::AccountId = account("recipient", 0, 0);
	fund::<T>(&to)?;
	let origin = RawOrigin::Signed(owner.clone()).into();
	Pallet::<T>::offer_transfer(origin, agent, Some(to.clone()))?;
	Ok(to)
}

/// Whoever administers the registry.
fn admin<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
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
	fn remove_wallet(c: Linear<0, { T::MaxCapabilities::get() }>) -> Result<(), BenchmarkError> {
		let (owner, agent) = listed::<T>(c)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent);

		assert!(!Wallets::<T>::contains_key(agent));
		Ok(())
	}

	/// Asks [`Config::Reputation`] as well, whose weight the call adds: it is counted twice.
	#[benchmark]
	fn activate(c: Linear<0, { T::MaxCapabilities::get() }>) -> Result<(), BenchmarkError> {
		let (owner, agent) = unlisted::<T>(c)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent);

		assert_eq!(Agents::<T>::get(agent).map(|record| record.status), Some(Lifecycle::Active));
		Ok(())
	}

	#[benchmark]
	fn deactivate(c: Linear<0, { T::MaxCapabilities::get() }>) -> Result<(), BenchmarkError> {
		let (owner, agent) = listed::<T>(c)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent);

		assert_eq!(Agents::<T>::get(agent).map(|record| record.status), Some(Lifecycle::Inactive));
		Ok(())
	}

	/// Asks [`Config::Work`] as well, whose weight the call adds: it is counted twice.
	#[benchmark]
	fn deregister(
		c: Linear<0, { T::MaxCapabilities::get() }>,
		m: Linear<0, { T::MaxMetadataEntries::get() }>,
	) -> Result<(), BenchmarkError> {
		let (owner, agent) = listed::<T>(c)?;
		describe::<T>(&owner, agent, m)?;
		enrol::<T>(&owner, agent, T::MaxCardKeys::get())?;
		recipient::<T>(&owner, agent)?;

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

	/// Asks [`Config::Reputation`] as well, whose weight the call adds: it is counted twice.
	#[benchmark]
	fn heartbeat(c: Linear<0, { T::MaxCapabilities::get() }>) -> Result<(), BenchmarkError> {
		let (_, agent) = listed::<T>(c)?;
		let wallet =
			Wallets::<T>::get(agent).ok_or(BenchmarkError::Stop("an active agent has a wallet"))?;
		T::Clock::set_now(T::Clock::now().saturating_add(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(wallet), agent);

		let until = T::Clock::now().saturating_add(T::HeartbeatPeriod::get());
		let standing = Agents::<T>::get(agent).map(|record| record.standing);
		assert_eq!(standing.map(|standing| standing.live_until), Some(until));
		Ok(())
	}

	/// Asks [`Config::Reputation`] as well, whose weight the call adds: it is counted twice.
	#[benchmark]
	fn refresh(c: Linear<0, { T::MaxCapabilities::get() }>) -> Result<(), BenchmarkError> {
		let (_, agent) = listed::<T>(c)?;
		let anybody: T::AccountId = account("anybody", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(anybody), agent);

		assert!(Agents::<T>::contains_key(agent));
		Ok(())
	}

	/// A new one of an active agent, whose row fills a page.
	#[benchmark]
	fn set_capability() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		let tag = capability_tag::<T>()?;
		crowd::<T>(tag, T::RowsPerPage::get().saturating_sub(1))?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent, tag, terms());

		assert!(Capabilities::<T>::contains_key(agent, tag));
		Ok(())
	}

	/// With a row that another one from the next page replaces.
	#[benchmark]
	fn remove_capability() -> Result<(), BenchmarkError> {
		let (owner, agent) = listed::<T>(1)?;
		let tag = Capabilities::<T>::iter_prefix(agent)
			.next()
			.ok_or(BenchmarkError::Stop("the agent has just got one"))?
			.0;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent, tag);

		assert!(!Capabilities::<T>::contains_key(agent, tag));
		Ok(())
	}

	/// In place of the longest value.
	#[benchmark]
	fn set_metadata(
		v: Linear<0, { T::MaxMetadataValueLength::get() }>,
	) -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		describe::<T>(&owner, agent, 1)?;
		let (key, value) = (metadata_key::<T>(0), vec![b'w'; v.saturated_into()]);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent, key.clone(), value.clone());

		assert_eq!(Pallet::<T>::metadata_value(agent, key), Some(value));
		Ok(())
	}

	#[benchmark]
	fn remove_metadata() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		describe::<T>(&owner, agent, 1)?;
		let key = metadata_key::<T>(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent, key.clone());

		assert_eq!(Pallet::<T>::metadata_value(agent, key), None);
		Ok(())
	}

	#[benchmark]
	fn add_card_key() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		let others = T::MaxCardKeys::get().saturating_sub(1);
		enrol::<T>(&owner, agent, others)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent, card_key(others));

		assert!(CardKeys::<T>::get(agent).iter().any(|it| it.key == card_key(others)));
		Ok(())
	}

	#[benchmark]
	fn remove_card_key() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		enrol::<T>(&owner, agent, T::MaxCardKeys::get())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent, card_key(0));

		assert!(CardKeys::<T>::get(agent).iter().all(|it| it.key != card_key(0)));
		Ok(())
	}

	/// In place of an earlier offer.
	#[benchmark]
	fn offer_transfer() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		recipient::<T>(&owner, agent)?;
		let to: T::AccountId = account("recipient", 1, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), agent, Some(to.clone()));

		assert_eq!(OfferedTransfers::<T>::get(agent), Some(to));
		Ok(())
	}

	/// Asks [`Config::Work`] and tells [`Config::OnTransferred`] as well, whose weights the call
	/// adds: they are counted twice.
	#[benchmark]
	fn accept_transfer(c: Linear<0, { T::MaxCapabilities::get() }>) -> Result<(), BenchmarkError> {
		let (owner, agent) = listed::<T>(c)?;
		enrol::<T>(&owner, agent, T::MaxCardKeys::get())?;
		let to = recipient::<T>(&owner, agent)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(to.clone()), agent);

		assert_eq!(Agents::<T>::get(agent).map(|record| record.owner), Some(to));
		Ok(())
	}

	#[benchmark]
	fn suspend(c: Linear<0, { T::MaxCapabilities::get() }>) -> Result<(), BenchmarkError> {
		let (_, agent) = listed::<T>(c)?;
		let origin = admin::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, agent);

		let status = Agents::<T>::get(agent).map(|record| record.status);
		assert_eq!(status, Some(Lifecycle::Suspended));
		Ok(())
	}

	#[benchmark]
	fn reinstate() -> Result<(), BenchmarkError> {
		let (_, agent) = occupied::<T>()?;
		let origin = admin::<T>()?;
		Pallet::<T>::suspend(origin.clone(), agent)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, agent);

		assert_eq!(Agents::<T>::get(agent).map(|record| record.status), Some(Lifecycle::Inactive));
		Ok(())
	}

	#[benchmark]
	fn create_tag() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let tag = NextTagId::<T>::get();
		let name = vec![b'n'; T::MaxTagNameLength::get().saturated_into()];
		let unit = vec![b'u'; T::MaxUnitLength::get().saturated_into()];
		let (min, max) = (Decimal::whole(0), Decimal::whole(1));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, name, unit, TagUse::Capability, min, max);

		assert!(Tags::<T>::contains_key(tag));
		Ok(())
	}

	#[benchmark]
	fn retire_tag() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let tag = capability_tag::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, tag);

		assert_eq!(Pallet::<T>::rule(tag).map(|rule| rule.is_retired), Some(true));
		Ok(())
	}

	/// Of an agent that is leaving, which is looked for among the registered ones first.
	#[benchmark]
	fn slash() -> Result<(), BenchmarkError> {
		let (owner, agent) = occupied::<T>()?;
		Pallet::<T>::deregister(RawOrigin::Signed(owner).into(), agent)?;
		let amount;

		#[block]
		{
			amount = <Pallet<T> as AgentBondSlash>::slash(agent, Perbill::from_percent(50));
		}

		assert!(amount > 0);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder.build(), crate::mock::Test);
}
