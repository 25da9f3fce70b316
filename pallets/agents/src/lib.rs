#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod impls;
#[cfg(test)]
mod mock;
pub mod runtime_api;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use aitbc_core::{AgentId, Balance, BlockNumber, CardHash};
	use aitbc_traits::{AgentInspect, AgentStatus, DeadlineClock, WorkInspect};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Mutate, MutateHold},
			Footprint,
		},
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::{Convert, IdentifyAccount, SaturatedConversion, Verify};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The runtime's reasons to hold money, this pallet's among them.
		type RuntimeHoldReason: From<HoldReason>;

		/// Holds deposits and bonds, and moves fees.
		type Currency: Mutate<Self::AccountId, Balance = Balance>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// Tells the time that deadlines count on.
		type Clock: DeadlineClock;

		/// Tells whether an agent still owes somebody something.
		type Work: WorkInspect<Self::AccountId>;

		/// Who gets registration fees. The account must exist, or be made by the first fee.
		type FeeReceiver: Get<Self::AccountId>;

		/// What a registration costs for good, in plancks.
		type RegistrationFee: Get<Balance>;

		/// What each agent has at risk, in plancks. A change is for agents registered after it.
		type AgentBond: Get<Balance>;

		/// How long the bond stays at risk after an agent left, in active blocks.
		type BondReleaseDelay: Get<BlockNumber>;

		/// The price of storage, in plancks. It should not fall as the footprint grows.
		type StorageDeposit: Convert<Footprint, Balance>;

		/// The most bytes of a card's URI.
		#[pallet::constant]
		type MaxUriLength: Get<u32>;

		/// The signatures that a wallet proves its consent with.
		type Signature: Parameter + Verify<Signer: IdentifyAccount<AccountId = Self::AccountId>>;

		/// What each call weighs.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds money on an owner's account.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Pays for the storage that a registered agent occupies.
		#[codec(index = 0)]
		Deposit,
		/// Is at risk for what an agent does, and for some time after it left.
		#[codec(index = 1)]
		Bond,
	}

	/// The id that the next agent gets.
	///
	/// Written by `register`; only ever grows, so no id is given out twice.
	#[pallet::storage]
	pub type NextAgentId<T: Config> = StorageValue<_, AgentId, ValueQuery>;

	/// Agent -> its record.
	///
	/// Written by `register`, removed by `deregister`, and changed by the calls in between. Its
	/// `deposit` and `bond` are on hold on its owner's account.
	#[pallet::storage]
	pub type Agents<T: Config> = StorageMap<_, Twox64Concat, AgentId, Agent<T>>;

	/// Owner and agent -> nothing: the index of who owns what.
	///
	/// Written and removed together with [`Agents`]; holds each agent exactly once.
	#[pallet::storage]
	pub type AgentsByOwner<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, AgentId, ()>;

	/// Agent -> the account that works and is paid for it, which is not its owner.
	///
	/// Written by `set_wallet` with a proof and by `accept_wallet`, removed by `remove_wallet` and
	/// `deregister`. Every active agent has one.
	#[pallet::storage]
	pub type Wallets<T: Config> = StorageMap<_, Twox64Concat, AgentId, T::AccountId>;

	/// Wallet -> the one agent that it works for: [`Wallets`] the other way around.
	#[pallet::storage]
	pub type AgentOfWallet<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, AgentId>;

	/// Agent -> the account that its owner proposed as wallet.
	///
	/// Written by `set_wallet` without a proof; removed by whatever sets or removes the wallet, and
	/// by `deregister`. It binds nobody: an account may be proposed for any number of agents.
	#[pallet::storage]
	pub type ProposedWallets<T: Config> = StorageMap<_, Twox64Concat, AgentId, T::AccountId>;

	/// Agent that left -> whose bond is at risk until when.
	///
	/// Written by `deregister`, removed by `release_bond`. Its `bond` is on hold on the owner's
	/// account.
	#[pallet::storage]
	pub type LeavingAgents<T: Config> =
		StorageMap<_, Twox64Concat, AgentId, LeavingAgent<T::AccountId>>;

	/// What happened, one event per call.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An agent came into the registry, with the status `Registered` and without a wallet.
		#[codec(index = 0)]
		AgentRegistered {
			/// Its id.
			agent: AgentId,
			/// Who registered it and has deposit and bond on hold.
			owner: T::AccountId,
			/// What it does for a living.
			kind: AgentKind,
			/// Its card.
			card: AgentCardOf<T>,
			/// What is held for storage, in plancks.
			deposit: Balance,
			/// What is held at risk, in plancks.
			bond: Balance,
			/// What the owner paid for good, in plancks.
			fee: Balance,
		},
		/// An agent's card was replaced.
		#[codec(index = 1)]
		CardUpdated {
			/// Whose card.
			agent: AgentId,
			/// The card from now on.
			card: AgentCardOf<T>,
			/// What is held for storage from now on, in plancks.
			deposit: Balance,
		},
		/// An owner proposed an account as wallet; the account has not consented yet. An earlier
		/// proposal for the agent is gone; its wallet, if any, stays.
		#[codec(index = 2)]
		WalletProposed {
			/// For which agent.
			agent: AgentId,
			/// Who may accept.
			wallet: T::AccountId,
		},
		/// An account that consented became an agent's wallet. A proposal for the agent is gone.
		#[codec(index = 3)]
		WalletSet {
			/// Whose wallet.
			agent: AgentId,
			/// The wallet from now on.
			wallet: T::AccountId,
			/// The wallet until now, if there was one.
			replaced: Option<T::AccountId>,
			/// What the next proof by a wallet must carry.
			nonce: WalletNonce,
		},
		/// An agent lost its wallet, a proposal for one, or both.
		#[codec(index = 4)]
		WalletRemoved {
			/// Whose wallet.
			agent: AgentId,
			/// The wallet until now, if there was one.
			wallet: Option<T::AccountId>,
			/// The proposal until now, if there was one.
			proposed: Option<T::AccountId>,
			/// The agent's status from now on: never `Active`, because it has no wallet.
			status: Lifecycle,
			/// What the next proof by a wallet must carry.
			nonce: WalletNonce,
		},
		/// An agent began to take work: its status is `Active`.
		#[codec(index = 5)]
		AgentActivated {
			/// Which one.
			agent: AgentId,
		},
		/// An agent stopped taking work: its status is `Inactive`.
		#[codec(index = 6)]
		AgentDeactivated {
			/// Which one.
			agent: AgentId,
		},
		/// An agent left the registry, and with it its card, its wallet and a proposal.
		#[codec(index = 7)]
		AgentDeregistered {
			/// Which one.
			agent: AgentId,
			/// Who owned it.
			owner: T::AccountId,
			/// What is no longer held for storage, in plancks.
			deposit: Balance,
			/// What stays held at risk, in plancks.
			bond: Balance,
			/// When the bond may be released, in active blocks.
			until: BlockNumber,
		},
		/// The bond of an agent that had left is no longer held. Nothing is left of the agent.
		#[codec(index = 8)]
		BondReleased {
			/// Which agent.
			agent: AgentId,
			/// Who owned it and has the bond back.
			owner: T::AccountId,
			/// How much, in plancks.
			bond: Balance,
		},
	}

	/// Why a call was refused. Nothing changed then.
	#[pallet::error]
	pub enum Error<T> {
		/// The card's URI is empty. Publish the card and give its address.
		#[codec(index = 0)]
		UriEmpty,
		/// The card's URI is longer than `MaxUriLength`. Publish the card at a shorter address.
		#[codec(index = 1)]
		UriTooLong,
		/// The card's URI is not absolute (`scheme:rest`), or has a character that RFC 3986 does
		/// not allow, such as a space or a letter outside ASCII. Percent-encode what needs it.
		#[codec(index = 2)]
		UriMalformed,
		/// No agent with this id is registered: it never was, or it left. Look up the id.
		#[codec(index = 3)]
		AgentNotFound,
		/// The caller does not own the agent. Send the call from the owner's account.
		#[codec(index = 4)]
		NotOwner,
		/// The wallet would be the owner's own account, but an agent works under a separate one, so
		/// that a stolen working key does not own the agent. Use another account.
		#[codec(index = 5)]
		WalletIsOwner,
		/// The account already is the wallet of an agent, this one or another, and an account works
		/// for one agent at most. Use another account, or remove it there first.
		#[codec(index = 6)]
		WalletInUse,
		/// The active clock has passed the proof's deadline. Let the wallet sign a later one.
		#[codec(index = 7)]
		ProofExpired,
		/// The proof is not the wallet's signature over what it has to sign now: another account
		/// signed, or it was made for another chain, agent, owner, wallet or deadline, or the
		/// agent's wallet has changed since. Ask for the payload anew and let the wallet sign it.
		#[codec(index = 8)]
		ProofInvalid,
		/// The caller is not the account that is proposed as the agent's wallet. Let the owner
		/// propose it with `set_wallet`.
		#[codec(index = 9)]
		NotProposed,
		/// The caller neither owns the agent nor is its wallet. Send the call from one of the two.
		#[codec(index = 10)]
		NotOwnerNorWallet,
		/// The agent has no wallet, so it cannot be paid and cannot be active, and there is nothing
		/// to remove. Set a wallet first.
		#[codec(index = 11)]
		NoWallet,
		/// The agent is active already. There is nothing to do.
		#[codec(index = 12)]
		AlreadyActive,
		/// The agent is not active. There is nothing to do.
		#[codec(index = 13)]
		NotActive,
		/// The agent has open business with others. Finish it first.
		#[codec(index = 14)]
		WorkOpen,
		/// No agent with this id has left with its bond still held: it is registered, or its bond
		/// was released, or there never was one. Look up the id.
		#[codec(index = 15)]
		AgentNotLeaving,
		/// The bond is at risk for longer. Wait until the active clock reaches the `until` of the
		/// agent's entry.
		#[codec(index = 16)]
		BondReleaseDelayNotElapsed,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxUriLength::get() > 0, "MaxUriLength must leave room for a URI");
			let (shortest, longest) =
				(Self::registration_cost(0), Self::registration_cost(T::MaxUriLength::get()));
			assert!(
				shortest.deposit <= longest.deposit,
				"StorageDeposit must not fall as the footprint grows"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Where an agent stands, leaving ones included, or `None` if there is no such agent.
		pub fn agent_status(agent: AgentId) -> Option<AgentStatus> {
			<Self as AgentInspect<T::AccountId>>::status(agent)
		}

		/// Whose bond is at risk until when, of an agent that left and has its bond still held.
		pub fn leaving_agent(agent: AgentId) -> Option<LeavingAgent<T::AccountId>> {
			LeavingAgents::<T>::get(agent)
		}
	}

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
		/// An active agent becomes `Inactive`, because it cannot be paid. Every proof made for it so
		/// far is void. As with [`Pallet::set_wallet`], open work does not stand in the way.
		///
		/// - Origin: signed by the owner or by the wallet.
		/// - Event: [`Event::WalletRemoved`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwnerNorWallet`], [`Error::NoWallet`].
		/// - Complexity: O(1).
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::remove_wallet())]
		pub fn remove_wallet(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_remove_wallet(who, agent)
		}

		/// Lets the agent take work.
		///
		/// It needs a wallet for that, so that whoever sees an active agent can pay it.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::AgentActivated`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::AlreadyActive`],
		///   [`Error::NoWallet`].
		/// - Complexity: O(1).
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::activate())]
		pub fn activate(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_activate(who, agent)
		}

		/// Lets the agent take no more work for now. Work under way goes on.
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::AgentDeactivated`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::NotActive`].
		/// - Complexity: O(1).
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::deactivate())]
		pub fn deactivate(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deactivate(who, agent)
		}

		/// Takes the agent out of the registry for good, whatever its status.
		///
		/// Frees its wallet, drops a proposal and gives back the storage deposit. The bond stays
		/// held for [`Config::BondReleaseDelay`] active blocks more: see [`Pallet::release_bond`].
		///
		/// - Origin: signed by the owner.
		/// - Event: [`Event::AgentDeregistered`].
		/// - Errors: [`Error::AgentNotFound`], [`Error::NotOwner`], [`Error::WorkOpen`].
		/// - Complexity: O(1) besides asking [`Config::Work`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::deregister().saturating_add(T::Work::weight()))]
		pub fn deregister(origin: OriginFor<T>, agent: AgentId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deregister(who, agent)
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
	}
}
