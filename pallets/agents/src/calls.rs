//! The calls. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers an agent of `kind` whose card stands at `uri` and hashes to `hash`.
		///
		/// Holds the storage deposit and [`Config::AgentBond`] on the caller's account, takes
		/// [`Config::RegistrationFee`] from it for good, and gives out the next id. The agent starts
		/// as `Registered`, without a wallet.
		///
		/// - Origin: signed; the caller becomes the owner.
		/// - Event: [`Event::AgentRegistered`].
		/// - Errors: [`Error::UriEmpty`], [`Error::UriTooLong`], [`Error::UriMalformed`], and the
		///   currency's own when the free balance does not cover what
		///   [`Pallet::registration_cost`] says.
		/// - Complexity: O(length of `uri`).
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register(uri.len().saturated_into()))]
		pub fn register(
			origin: OriginFor<T>,
			kind: AgentKind,
			uri: Vec<u8>,
			hash: CardHash,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_register(owner, kind, uri, hash)
		}

		/// Replaces the agent's card by one that stands at `uri` and hashes to `hash`.
		///
		/// Prices the storage deposit anew at today's price, and holds or gives back the difference.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::CardUpdated`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::UriEmpty`],
		///   [`Error::UriTooLong`], [`Error::UriMalformed`], and the currency's own when the free
		///   balance does not cover a higher deposit.
		/// - Complexity: O(length of `uri`).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::update(uri.len().saturated_into()))]
		pub fn update(
			origin: OriginFor<T>,
			agent: AgentId,
			uri: Vec<u8>,
			hash: CardHash,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update(who, agent, uri, hash)
		}

		/// Makes `wallet` the account that works and is paid for the agent.
		///
		/// With a `proof` that the wallet consents, at once: it replaces the present wallet, drops a
		/// proposal, and voids every other proof made for the agent so far. Without, `wallet` is
		/// only proposed, in place of an earlier proposal, until it sends
		/// [`Pallet::accept_wallet`]; that is for accounts that cannot sign, such as a multisig.
		///
		/// The owner may replace the wallet at any time, even while work is open, because a stolen
		/// key cannot wait. The agent's bond answers for that work: it stays at risk for
		/// [`Config::BondReleaseDelay`] after the agent left.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::WalletSet`] with a proof, [`Event::WalletProposed`] without.
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::WalletIsOwner`],
		///   [`Error::WalletInUse`], [`Error::ProofExpired`], [`Error::ProofInvalid`].
		/// - Complexity: O(1); a proof is verified against two forms of the payload at most.
		#[pallet::call_index(2)]
		#[pallet::weight(match proof {
			Some(_) => T::WeightInfo::set_wallet_with_proof(),
			None => T::WeightInfo::set_wallet_without_proof(),
		})]
		pub fn set_wallet(
			origin: OriginFor<T>,
			agent: AgentId,
			wallet: T::AccountId,
			proof: Option<WalletProof<T::Signature>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_wallet(who, agent, wallet, proof)
		}

		/// Makes the caller, which the owner proposed, the account that works and is paid for the
		/// agent.
		///
		/// Replaces the present wallet and voids every proof made for the agent so far.
		///
		/// - Origin: signed by the proposed account.
		/// - Event: [`Event::WalletSet`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotProposed`], [`Error::WalletInUse`].
		/// - Complexity: O(1).
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::accept_wallet())]
		pub fn accept_wallet(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_wallet(who, agent)
		}

		/// Takes the wallet and a proposal for one from the agent.
		///
		/// An active agent becomes `Inactive`, because it cannot be paid, and loses its rows. Every
		/// proof made for it so far is void. As with [`Pallet::set_wallet`], open work does not
		/// stand in the way.
		///
		/// - Origin: signed by the owner or by the wallet.
		/// - Event: [`Event::WalletRemoved`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwnerNorWallet`], [`Error::NoWallet`].
		/// - Complexity: O(capabilities of an active agent), which are bounded.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::remove_wallet(T::MaxCapabilities::get()))]
		pub fn remove_wallet(origin: OriginFor<T>, agent: AgentId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let rows = Self::do_remove_wallet(who, agent)?;
			Ok(Some(T::WeightInfo::remove_wallet(rows)).into())
		}

		/// Lets the agent take work.
		///
		/// It needs a wallet for that, so that whoever sees an active agent can pay it. Each of its
		/// capabilities gets a row, and it is live as after a [heartbeat](Pallet::heartbeat).
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::AgentActivated`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::AlreadyActive`],
		///   [`Error::AgentSuspended`], [`Error::NoWallet`].
		/// - Complexity: O(capabilities), which are bounded, besides asking [`Config::Reputation`].
		#[pallet::call_index(5)]
		#[pallet::weight(
			T::WeightInfo::activate(T::MaxCapabilities::get())
				.saturating_add(T::Reputation::weight())
		)]
		pub fn activate(origin: OriginFor<T>, agent: AgentId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let rows = Self::do_activate(who, agent)?;
			let asking = T::Reputation::weight();
			Ok(Some(T::WeightInfo::activate(rows).saturating_add(asking)).into())
		}

		/// Lets the agent take no more work for now, and takes its rows away. Work under way goes
		/// on.
		///
		/// Anybody may do that to an agent that has been silent for a whole heartbeat period after it
		/// was last live, so that the index does not fill up with agents that are gone.
		///
		/// - Origin: signed by the owner, or by anybody once the agent is silent.
		/// - Event: [`Event::AgentDeactivated`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::NotActive`].
		/// - Complexity: O(capabilities), which are bounded.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::deactivate(T::MaxCapabilities::get()))]
		pub fn deactivate(origin: OriginFor<T>, agent: AgentId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let rows = Self::do_deactivate(who, agent)?;
			Ok(Some(T::WeightInfo::deactivate(rows)).into())
		}

		/// Takes the agent out of the registry for good, whatever its status.
		///
		/// Frees its wallet, drops proposal and offer, removes its capabilities, metadata and card
		/// keys, and gives back every deposit. The bond stays held for [`Config::BondReleaseDelay`]
		/// active blocks more: see [`Pallet::release_bond`].
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::AgentDeregistered`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::WorkOpen`].
		/// - Complexity: O(capabilities + metadata entries), which are bounded, besides asking
		///   [`Config::Work`].
		#[pallet::call_index(7)]
		#[pallet::weight(
			T::WeightInfo::deregister(T::MaxCapabilities::get(), T::MaxMetadataEntries::get())
				.saturating_add(T::Work::weight())
		)]
		pub fn deregister(origin: OriginFor<T>, agent: AgentId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let (capabilities, entries) = Self::do_deregister(who, agent)?;
			let weight = T::WeightInfo::deregister(capabilities, entries);
			Ok(Some(weight.saturating_add(T::Work::weight())).into())
		}

		/// Gives the bond of an agent that left back to who owned it.
		///
		/// Business that others opened against the agent meanwhile, such as a dispute, keeps the
		/// bond until it is closed.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::BondReleased`].
		/// - Errors: [`Error::AgentNotLeaving`], [`Error::BondReleaseDelayNotElapsed`],
		///   [`Error::WorkOpen`].
		/// - Complexity: O(1) besides asking [`Config::Work`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::release_bond().saturating_add(T::Work::weight()))]
		pub fn release_bond(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_release_bond(agent)
		}

		/// Shows that the agent is there: it is live for [`Config::HeartbeatPeriod`] from now on.
		///
		/// Its rows say so, and follow its reputation as of now. Whoever misses its heartbeat stays
		/// active and keeps its rows, which say that it is not live.
		///
		/// - Origin: signed by the owner or by the wallet.
		/// - Event: [`Event::HeartbeatReceived`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwnerNorWallet`], [`Error::NotActive`].
		/// - Complexity: O(capabilities), which are bounded, besides asking [`Config::Reputation`].
		#[pallet::call_index(9)]
		#[pallet::weight(
			T::WeightInfo::heartbeat(T::MaxCapabilities::get())
				.saturating_add(T::Reputation::weight())
		)]
		pub fn heartbeat(origin: OriginFor<T>, agent: AgentId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let rows = Self::do_heartbeat(who, agent)?;
			let asking = T::Reputation::weight();
			Ok(Some(T::WeightInfo::heartbeat(rows).saturating_add(asking)).into())
		}

		/// Lets the agent's rows follow its reputation as of now. It is live no longer than before.
		///
		/// Anybody may do so: a reputation that fell should not wait for the next heartbeat.
		///
		/// - Origin: signed by anybody.
		/// - Event: [`Event::AgentRefreshed`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotActive`].
		/// - Complexity: O(capabilities), which are bounded, besides asking [`Config::Reputation`].
		#[pallet::call_index(10)]
		#[pallet::weight(
			T::WeightInfo::refresh(T::MaxCapabilities::get())
				.saturating_add(T::Reputation::weight())
		)]
		pub fn refresh(origin: OriginFor<T>, agent: AgentId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let rows = Self::do_refresh(agent)?;
			let asking = T::Reputation::weight();
			Ok(Some(T::WeightInfo::refresh(rows).saturating_add(asking)).into())
		}

		/// Says that the agent offers `tag`, on these `terms` in place of earlier ones.
		///
		/// Prices the capability's deposit at today's price, and holds or gives back the difference.
		/// The row of an active agent changes at once. What uses a retired tag may still change.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::CapabilitySet`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::TagNotFound`],
		///   [`Error::TagNotCapability`], [`Error::CapacityZero`], [`Error::PerformanceOffScale`],
		///   [`Error::TagRetired`], [`Error::TooManyCapabilities`], and the currency's own when the
		///   free balance does not cover the deposit.
		/// - Complexity: O(1).
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::set_capability())]
		pub fn set_capability(
			origin: OriginFor<T>,
			agent: AgentId,
			tag: TagId,
			terms: CapabilityTerms,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_capability(who, agent, tag, terms)
		}

		/// Says that the agent no longer offers `tag`, and gives its deposit back.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::CapabilityRemoved`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::CapabilityNotFound`].
		/// - Complexity: O(1).
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::remove_capability())]
		pub fn remove_capability(
			origin: OriginFor<T>,
			agent: AgentId,
			tag: TagId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_remove_capability(who, agent, tag)
		}

		/// Lets the agent's metadata say `value` under `key`, in place of an earlier value.
		///
		/// Prices the entry's deposit at today's price, and holds or gives back the difference.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::MetadataSet`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`],
		///   [`Error::MetadataKeyMalformed`], [`Error::MetadataKeyReserved`],
		///   [`Error::MetadataValueTooLong`], [`Error::TooManyMetadataEntries`], and the currency's
		///   own when the free balance does not cover the deposit.
		/// - Complexity: O(length of `value`).
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::set_metadata(value.len().saturated_into()))]
		pub fn set_metadata(
			origin: OriginFor<T>,
			agent: AgentId,
			key: Vec<u8>,
			value: Vec<u8>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_metadata(who, agent, key, value)
		}

		/// Removes what the agent's metadata says under `key`, and gives its deposit back.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::MetadataRemoved`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::MetadataKeyMalformed`],
		///   [`Error::MetadataNotFound`].
		/// - Complexity: O(1).
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::remove_metadata())]
		pub fn remove_metadata(
			origin: OriginFor<T>,
			agent: AgentId,
			key: Vec<u8>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_remove_metadata(who, agent, key)
		}

		/// Says that `key` signs the agent's card, and holds a deposit for it.
		///
		/// Whoever reads the card can then check its signature against the chain. Nobody checks that
		/// the owner has the key: a key of somebody else's signs nothing for this agent.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::CardKeyAdded`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::CardKeyMalformed`],
		///   [`Error::CardKeyEnrolled`], [`Error::TooManyCardKeys`], and the currency's own when the
		///   free balance does not cover the deposit.
		/// - Complexity: O(card keys), which are bounded.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::add_card_key())]
		pub fn add_card_key(origin: OriginFor<T>, agent: AgentId, key: CardKey) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_add_card_key(who, agent, key)
		}

		/// Says that `key` no longer signs the agent's card, and gives its deposit back.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::CardKeyRemoved`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::CardKeyNotFound`].
		/// - Complexity: O(card keys), which are bounded.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::remove_card_key())]
		pub fn remove_card_key(
			origin: OriginFor<T>,
			agent: AgentId,
			key: CardKey,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_remove_card_key(who, agent, key)
		}

		/// Offers the agent to the account `to`, in place of an earlier offer, or with `None` takes
		/// the offer back.
		///
		/// Nothing else changes until `to` sends [`Pallet::accept_transfer`]. What the new owner
		/// pays for the agent is not the chain's business.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::TransferOffered`] or [`Event::TransferWithdrawn`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::NoOffer`],
		///   [`Error::AgentSuspended`], [`Error::RecipientIsOwner`].
		/// - Complexity: O(1).
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::offer_transfer())]
		pub fn offer_transfer(
			origin: OriginFor<T>,
			agent: AgentId,
			to: Option<T::AccountId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_offer_transfer(who, agent, to)
		}

		/// Makes the caller, to whom the agent is offered, its owner.
		///
		/// Deposits and bond go on hold on the caller's account and come off hold on the old
		/// owner's. The wallet, a proposal for one, every proof made for one and the card keys are
		/// gone, because the old owner knows them; the deposits of the keys go back to it and are
		/// not held anew. An active agent becomes `Inactive` and loses its rows. Card, capabilities
		/// and metadata stay.
		///
		/// - Origin: signed by whom the agent is offered to.
		/// - Event: [`Event::AgentTransferred`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotRecipient`], [`Error::AgentSuspended`],
		///   [`Error::WorkOpen`], and the currency's own when the free balance does not cover
		///   deposits and bond.
		/// - Complexity: O(capabilities of an active agent), which are bounded, besides asking
		///   [`Config::Work`] and telling [`Config::OnTransferred`].
		#[pallet::call_index(18)]
		#[pallet::weight(
			T::WeightInfo::accept_transfer(T::MaxCapabilities::get())
				.saturating_add(T::Work::weight())
				.saturating_add(T::OnTransferred::weight())
		)]
		pub fn accept_transfer(origin: OriginFor<T>, agent: AgentId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let rows = Self::do_accept_transfer(who, agent)?;
			let others = T::Work::weight().saturating_add(T::OnTransferred::weight());
			Ok(Some(T::WeightInfo::accept_transfer(rows).saturating_add(others)).into())
		}

		/// Takes the agent out of business, whatever its status, and takes its rows away.
		///
		/// Until it is reinstated it can be neither activated nor transferred. Its owner may still
		/// change what it says, and deregister it; the bond stays at risk as ever.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::AgentSuspended`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::AgentSuspended`].
		/// - Complexity: O(capabilities of an active agent), which are bounded.
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::suspend(T::MaxCapabilities::get()))]
		pub fn suspend(origin: OriginFor<T>, agent: AgentId) -> DispatchResultWithPostInfo {
			T::AdminOrigin::ensure_origin(origin)?;
			let rows = Self::do_suspend(agent)?;
			Ok(Some(T::WeightInfo::suspend(rows)).into())
		}

		/// Lets an agent that is suspended go back into business: it is `Inactive`.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::AgentReinstated`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotSuspended`].
		/// - Complexity: O(1).
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::reinstate())]
		pub fn reinstate(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_reinstate(agent)
		}

		/// Puts a tag into the tag registry: what it is called, what its values count, what it is
		/// for, and its least and greatest value.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::TagCreated`].
		/// - Errors: [`Error::TagNameMalformed`], [`Error::TagUnitMalformed`],
		///   [`Error::TagScaleInvalid`], [`Error::TagNameTaken`].
		/// - Complexity: O(1).
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::create_tag())]
		pub fn create_tag(
			origin: OriginFor<T>,
			name: Vec<u8>,
			unit: Vec<u8>,
			purpose: TagUse,
			min: Decimal,
			max: Decimal,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_create_tag(name, unit, purpose, min, max)
		}

		/// Retires a tag: what has it keeps it, nothing new gets it. Its name stays taken.
		///
		/// - Origin: [`Config::AdminOrigin`].
		/// - Event: [`Event::TagRetired`].
		/// - Errors: [`Error::TagNotFound`], [`Error::TagRetired`].
		/// - Complexity: O(1).
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::retire_tag())]
		pub fn retire_tag(origin: OriginFor<T>, tag: TagId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_retire_tag(tag)
		}
	}
}
