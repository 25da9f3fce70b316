//! What providers sell: offers, and how much of them is in use.

use crate::*;
use aitbc_core::{AgentId, OfferId, TagId, TagUse};
use aitbc_traits::{AgentInspect, AgentStatus, TagInspect};
use frame_support::{defensive, ensure};
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::create_offer`].
	pub(crate) fn do_create_offer(caller: T::AccountId, terms: OfferTerms) -> DispatchResult {
		let agent = T::Agents::agent_of_wallet(&caller).ok_or(Error::<T>::NotAgentWallet)?;
		Self::ensure_active(agent)?;
		Self::ensure_capability(terms.capability)?;
		Self::ensure_terms(&terms)?;
		let offer = NextOfferId::<T>::get();
		let next = offer.next().ok_or(ArithmeticError::Overflow)?;
		let deposit = Self::offer_deposit();
		Self::hold(HoldReason::Deposit, &caller, deposit)?;

		NextOfferId::<T>::put(next);
		OffersByAgent::<T>::insert(agent, offer, ());
		OffersByTag::<T>::insert(terms.capability, offer, ());
		let record = Offer {
			agent,
			account: caller.clone(),
			terms: terms.clone(),
			in_use: 0,
			status: OfferStatus::Open,
			deposit,
		};
		Offers::<T>::insert(offer, record);
		Self::deposit_event(Event::OfferCreated { offer, agent, account: caller, terms, deposit });
		Ok(())
	}

	/// See [`Pallet::pause_offer`].
	pub(crate) fn do_pause_offer(caller: T::AccountId, offer: OfferId) -> DispatchResult {
		let record = Self::offer_of(&caller, offer)?;
		ensure!(record.status == OfferStatus::Open, Error::<T>::OfferNotOpen);

		Offers::<T>::insert(offer, Offer { status: OfferStatus::Paused, ..record });
		Self::deposit_event(Event::OfferPaused { offer });
		Ok(())
	}

	/// See [`Pallet::resume_offer`].
	pub(crate) fn do_resume_offer(caller: T::AccountId, offer: OfferId) -> DispatchResult {
		let record = Self::offer_of(&caller, offer)?;
		ensure!(record.status == OfferStatus::Paused, Error::<T>::OfferNotPaused);

		Offers::<T>::insert(offer, Offer { status: OfferStatus::Open, ..record });
		Self::deposit_event(Event::OfferResumed { offer });
		Ok(())
	}

	/// See [`Pallet::withdraw_offer`].
	pub(crate) fn do_withdraw_offer(caller: T::AccountId, offer: OfferId) -> DispatchResult {
		let record = Self::offer_record(offer)?;
		let may = caller == record.account || Self::is_abandoned(&record);
		ensure!(may, Error::<T>::NotOfferAccount);
		ensure!(record.in_use == 0, Error::<T>::OfferInUse);

		Offers::<T>::remove(offer);
		OffersByAgent::<T>::remove(record.agent, offer);
		OffersByTag::<T>::remove(record.terms.capability, offer);
		let Offer { account, deposit, .. } = record;
		Self::give_back(ClaimKind::Deposit, &account, deposit);
		Self::deposit_event(Event::OfferWithdrawn { offer, account, deposit });
		Ok(())
	}

	/// The offer with the id `offer`.
	pub(crate) fn offer_record(offer: OfferId) -> Result<OfferOf<T>, Error<T>> {
		Offers::<T>::get(offer).ok_or(Error::<T>::OfferNotFound)
	}

	/// Checks that `agent`, working under `account`, could take `units` more of its offer `offer` for
	/// `client` now.
	pub(crate) fn ensure_available(
		agent: AgentId,
		account: &T::AccountId,
		offer: OfferId,
		client: &T::AccountId,
		units: u64,
	) -> Result<(), Error<T>> {
		let record = Self::offer_record(offer)?;
		ensure!(T::Agents::wallet(agent).as_ref() == Some(account), Error::<T>::WalletChanged);
		Self::ensure_active(agent)?;
		let is_own = client == account || T::Agents::owner(agent).as_ref() == Some(client);
		ensure!(!is_own, Error::<T>::OwnJob);
		ensure!(record.status == OfferStatus::Open, Error::<T>::OfferNotOpen);
		ensure!(record.free_units() >= units, Error::<T>::OfferExhausted);
		Ok(())
	}

	/// Takes `units` of the offer's capacity, of which there must be enough.
	pub(crate) fn occupy(offer: OfferId, units: u64) -> DispatchResult {
		let mut record = Self::offer_record(offer)?;
		record.in_use = record.in_use.checked_add(units).ok_or(ArithmeticError::Overflow)?;
		ensure!(record.in_use <= record.terms.capacity, Error::<T>::OfferExhausted);
		Offers::<T>::insert(offer, record);
		Ok(())
	}

	/// Gives `units` of the offer's capacity back.
	pub(crate) fn vacate(offer: OfferId, units: u64) {
		Offers::<T>::mutate(offer, |record| {
			let left = record.as_ref().and_then(|record| record.in_use.checked_sub(units));
			match (record, left) {
				(Some(record), Some(left)) => record.in_use = left,
				_ => {
					defensive!("an offer stays while it is in use, and each lease is vacated once");
				},
			}
		});
	}

	/// Whether `record` is of an agent that is active under the wallet that made it.
	pub(crate) fn is_backed(record: &OfferOf<T>) -> bool {
		T::Agents::wallet(record.agent).as_ref() == Some(&record.account)
			&& T::Agents::status(record.agent) == Some(AgentStatus::Active)
	}

	/// Checks that new offers and jobs may be of `tag`.
	pub(crate) fn ensure_capability(tag: TagId) -> Result<(), Error<T>> {
		let rule = T::Tags::rule(tag).ok_or(Error::<T>::TagNotFound)?;
		ensure!(rule.purpose == TagUse::Capability, Error::<T>::NotACapability);
		ensure!(!rule.is_retired, Error::<T>::TagRetired);
		Ok(())
	}

	/// Checks that `agent` takes work.
	fn ensure_active(agent: AgentId) -> Result<(), Error<T>> {
		let is_active = T::Agents::status(agent) == Some(AgentStatus::Active);
		ensure!(is_active, Error::<T>::AgentNotActive);
		Ok(())
	}

	/// Whether nobody can work by the offer any more: its agent left, or works under another wallet.
	///
	/// An agent that is inactive or suspended comes back, and finds its offers as they were.
	fn is_abandoned(record: &OfferOf<T>) -> bool {
		let has_left = matches!(
			T::Agents::status(record.agent),
			None | Some(AgentStatus::Deregistering { .. })
		);
		has_left || T::Agents::wallet(record.agent).as_ref() != Some(&record.account)
	}

	/// The offer with the id `offer`, if `caller` made it.
	fn offer_of(caller: &T::AccountId, offer: OfferId) -> Result<OfferOf<T>, Error<T>> {
		let record = Self::offer_record(offer)?;
		ensure!(*caller == record.account, Error::<T>::NotOfferAccount);
		Ok(record)
	}

	/// Checks that what is offered makes sense.
	fn ensure_terms(terms: &OfferTerms) -> Result<(), Error<T>> {
		let Resource { gpu, models, region, .. } = &terms.resource;
		if let Some(gpu) = gpu {
			ensure!(gpu.count > 0, Error::<T>::NoGpus);
			ensure!(is_name(&gpu.model), Error::<T>::NameMalformed);
		}
		ensure!(models.iter().all(|model| is_name(model)), Error::<T>::NameMalformed);
		ensure!(is_printable(region), Error::<T>::NameMalformed);
		ensure!(terms.price > 0, Error::<T>::PriceZero);
		ensure!(terms.min_units > 0, Error::<T>::UnitsZero);
		let is_ordered = terms.min_units <= terms.max_units && terms.max_units <= terms.capacity;
		ensure!(is_ordered, Error::<T>::UnitsOutOfOrder);
		Ok(())
	}

	/// Checks that the names in `least` are names.
	pub(crate) fn ensure_minimum(least: &ResourceMinimum) -> Result<(), Error<T>> {
		let ResourceMinimum { gpu, models, region, .. } = least;
		if let Some(gpu) = gpu {
			ensure!(gpu.count > 0, Error::<T>::NoGpus);
			let is_named = gpu.model.as_ref().is_none_or(|model| is_name(model));
			ensure!(is_named, Error::<T>::NameMalformed);
		}
		ensure!(models.iter().all(|model| is_name(model)), Error::<T>::NameMalformed);
		ensure!(is_printable(region), Error::<T>::NameMalformed);
		Ok(())
	}
}

/// Whether `text` can be what people call something.
fn is_name(text: &[u8]) -> bool {
	!text.is_empty() && is_printable(text)
}

/// Whether `text` is ASCII without control characters.
fn is_printable(text: &[u8]) -> bool {
	text.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
}
