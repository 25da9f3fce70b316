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
mod calls;
mod impls;
mod matching;
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

use frame_support::pallet_macros::import_section;

/// Under which target this pallet logs.
const LOG_TARGET: &str = "runtime::agents";

#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use aitbc_core::{
		AgentId, AgentKind, Balance, BlockNumber, CardHash, Decimal, TagId, TagRule, TagUse,
	};
	use aitbc_traits::{
		AgentInspect, AgentStatus, DeadlineClock, OnAgentTransferred, ReputationInspect,
		WorkInspect,
	};
	use alloc::vec::Vec;
	use core::marker::PhantomData;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Mutate, MutateHold},
			Footprint,
		},
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{
		traits::{Convert, IdentifyAccount, SaturatedConversion, Verify},
		Perbill,
	};

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
		type Work: WorkInspect;

		/// Tells what an agent's reputation is at least.
		type Reputation: ReputationInspect;

		/// Hears of every agent that changes its owner.
		type OnTransferred: OnAgentTransferred<Self::AccountId>;

		/// Who may create and retire tags, and suspend and reinstate agents.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who gets registration fees. The account must exist, or be made by the first fee.
		type FeeReceiver: Get<Self::AccountId>;

		/// What a registration costs for good, in plancks.
		type RegistrationFee: Get<Balance>;

		/// What each agent has at risk, in plancks. A change is for agents registered after it.
		type AgentBond: Get<Balance>;

		/// How long the bond stays at risk after an agent left, in active blocks.
		type BondReleaseDelay: Get<BlockNumber>;

		/// How long a heartbeat keeps an agent live, in active blocks. Not zero.
		type HeartbeatPeriod: Get<BlockNumber>;

		/// The price of storage, in plancks. It should not fall as the footprint grows.
		type StorageDeposit: Convert<Footprint, Balance>;

		/// The most bytes of a card's URI.
		#[pallet::constant]
		type MaxUriLength: Get<u32>;

		/// The most bytes of a tag's name.
		#[pallet::constant]
		type MaxTagNameLength: Get<u32>;

		/// The most bytes of a tag's unit.
		#[pallet::constant]
		type MaxUnitLength: Get<u32>;

		/// The most capabilities of an agent.
		#[pallet::constant]
		type MaxCapabilities: Get<u32>;

		/// How many rows a page of the index of capabilities has, at most
		/// [`MAX_CANDIDATES`](runtime_api::MAX_CANDIDATES). A change needs a migration, because a
		/// row's place says where it stands.
		#[pallet::constant]
		type RowsPerPage: Get<u32>;

		/// The most card keys of an agent.
		#[pallet::constant]
		type MaxCardKeys: Get<u32>;

		/// The most metadata entries of an agent.
		#[pallet::constant]
		type MaxMetadataEntries: Get<u32>;

		/// The most bytes of a metadata entry's key.
		#[pallet::constant]
		type MaxMetadataKeyLength: Get<u32>;

		/// The most bytes of a metadata entry's value.
		#[pallet::constant]
		type MaxMetadataValueLength: Get<u32>;

		/// The signatures that a wallet proves its consent with.
		type Signature: Parameter + Verify<Signer: IdentifyAccount<AccountId = Self::AccountId>>;

		/// What each call weighs.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds money on an owner's account.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Pays for the storage that a registered agent occupies with all that is attached to it.
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
	/// `deposit`, `attachments` and `bond` are on hold on its owner's account.
	#[pallet::storage]
	pub type Agents<T: Config> = StorageMap<_, Twox64Concat, AgentId, Agent<T>>;

	/// Owner and agent -> nothing: the index of who owns what.
	///
	/// Written and removed together with [`Agents`], and moved by `accept_transfer`; holds each
	/// agent exactly once.
	#[pallet::storage]
	pub type AgentsByOwner<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, AgentId, ()>;

	/// Agent -> the account that works and is paid for it, which is not its owner.
	///
	/// Written by `set_wallet` with a proof and by `accept_wallet`, removed by `remove_wallet`,
	/// `accept_transfer` and `deregister`. Every active agent has one.
	#[pallet::storage]
	pub type Wallets<T: Config> = StorageMap<_, Twox64Concat, AgentId, T::AccountId>;

	/// Wallet -> the one agent that it works for: [`Wallets`] the other way around.
	#[pallet::storage]
	pub type AgentOfWallet<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, AgentId>;

	/// Agent -> the account that its owner proposed as wallet.
	///
	/// Written by `set_wallet` without a proof; removed by whatever sets or removes the wallet. It
	/// binds nobody: an account may be proposed for any number of agents.
	#[pallet::storage]
	pub type ProposedWallets<T: Config> = StorageMap<_, Twox64Concat, AgentId, T::AccountId>;

	/// Agent that left -> whose bond is at risk until when.
	///
	/// Written by `deregister`, removed by `release_bond`. Its `bond` is on hold on the owner's
	/// account.
	#[pallet::storage]
	pub type LeavingAgents<T: Config> =
		StorageMap<_, Twox64Concat, AgentId, LeavingAgent<T::AccountId>>;

	/// The id that the next tag gets.
	///
	/// Written by `create_tag` and genesis; only ever grows, so no id is given out twice.
	#[pallet::storage]
	pub type NextTagId<T: Config> = StorageValue<_, TagId, ValueQuery>;

	/// Tag -> what it is.
	///
	/// Written by `create_tag` and genesis, changed by `retire_tag`, never removed: what uses a
	/// retired tag keeps its meaning.
	#[pallet::storage]
	pub type Tags<T: Config> = StorageMap<_, Twox64Concat, TagId, Tag<T>>;

	/// Name -> tag: [`Tags`] by name, retired ones included, so that no name gets another meaning.
	#[pallet::storage]
	pub type TagOfName<T: Config> = StorageMap<_, Blake2_128Concat, TagNameOf<T>, TagId>;

	/// Agent, tag -> on what terms the agent offers it. At most `MaxCapabilities` for each agent.
	///
	/// Written by `set_capability`, removed by `remove_capability` and `deregister`. Its `row` is
	/// kept by whatever changes [`CapabilityPages`].
	#[pallet::storage]
	pub type Capabilities<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AgentId, Twox64Concat, TagId, Capability>;

	/// Tag, page -> rows: the index of the active agents that offer the tag.
	///
	/// Rows come with `activate` and `set_capability`, change with `set_capability`, `heartbeat` and
	/// `refresh`, and go when the capability goes or its agent is no longer active; the tag's last
	/// row then fills the gap. All pages are full but the last, and none is empty.
	#[pallet::storage]
	pub type CapabilityPages<T: Config> =
		StorageDoubleMap<_, Twox64Concat, TagId, Twox64Concat, PageIndex, RowsOf<T>, ValueQuery>;

	/// Tag -> how many rows it has in [`CapabilityPages`]. An absent entry is zero.
	#[pallet::storage]
	pub type CapabilityCounts<T: Config> = StorageMap<_, Twox64Concat, TagId, u32, ValueQuery>;

	/// Agent -> the keys that sign its card, in the order in which they were added.
	///
	/// Written by `add_card_key`, removed by `remove_card_key`, `accept_transfer` and `deregister`.
	#[pallet::storage]
	pub type CardKeys<T: Config> =
		StorageMap<_, Twox64Concat, AgentId, BoundedVec<EnrolledKey, T::MaxCardKeys>, ValueQuery>;

	/// Agent, key -> whatever its owner says. At most `MaxMetadataEntries` for each agent.
	///
	/// Written by `set_metadata`, removed by `remove_metadata` and `deregister`.
	#[pallet::storage]
	pub type Metadata<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AgentId,
		Blake2_128Concat,
		MetadataKeyOf<T>,
		MetadataEntry<T>,
	>;

	/// Agent -> the account that its owner offered it to.
	///
	/// Written and removed by `offer_transfer`, removed by `accept_transfer` and `deregister`. It
	/// binds nobody: an account may be offered any number of agents.
	#[pallet::storage]
	pub type OfferedTransfers<T: Config> = StorageMap<_, Twox64Concat, AgentId, T::AccountId>;

	/// What a chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The first tags, in the order of their ids.
		pub tags: Vec<GenesisTag>,
		#[serde(skip)]
		#[allow(missing_docs)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		#[allow(clippy::panic, reason = "no chain may start from an invalid genesis")]
		fn build(&self) {
			for tag in &self.tags {
				if let Err(reason) = Pallet::<T>::create_genesis_tag(tag) {
					panic!("invalid tag `{}` in genesis: {reason:?}", tag.name);
				}
			}
		}
	}

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
		/// An agent began to take work: its status is `Active`, and its capabilities have rows.
		#[codec(index = 5)]
		AgentActivated {
			/// Which one.
			agent: AgentId,
			/// What its rows say.
			standing: Standing,
		},
		/// An agent stopped taking work: its status is `Inactive`, and its rows are gone.
		#[codec(index = 6)]
		AgentDeactivated {
			/// Which one.
			agent: AgentId,
		},
		/// An agent left the registry, and with it all that belonged to it.
		#[codec(index = 7)]
		AgentDeregistered {
			/// Which one.
			agent: AgentId,
			/// Who owned it.
			owner: T::AccountId,
			/// What is no longer held for storage, attachments included, in plancks.
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
		/// An agent showed that it is there.
		#[codec(index = 9)]
		HeartbeatReceived {
			/// Which one.
			agent: AgentId,
			/// What its rows say from now on.
			standing: Standing,
		},
		/// An agent's rows follow its reputation again.
		#[codec(index = 10)]
		AgentRefreshed {
			/// Which one's.
			agent: AgentId,
			/// Its reputation's lower bound, as its rows say from now on.
			lower_bound: Perbill,
		},
		/// An agent offers a capability, or offers it on other terms.
		#[codec(index = 11)]
		CapabilitySet {
			/// Which one.
			agent: AgentId,
			/// What it offers.
			tag: TagId,
			/// On what terms from now on.
			terms: CapabilityTerms,
			/// What is held for it from now on, in plancks.
			deposit: Balance,
		},
		/// An agent no longer offers a capability.
		#[codec(index = 12)]
		CapabilityRemoved {
			/// Which one.
			agent: AgentId,
			/// What it offered.
			tag: TagId,
		},
		/// A metadata entry came, or has another value.
		#[codec(index = 13)]
		MetadataSet {
			/// Whose metadata.
			agent: AgentId,
			/// Under which key.
			key: MetadataKeyOf<T>,
			/// What it says from now on.
			value: MetadataValueOf<T>,
			/// What is held for it from now on, in plancks.
			deposit: Balance,
		},
		/// A metadata entry went.
		#[codec(index = 14)]
		MetadataRemoved {
			/// Whose metadata.
			agent: AgentId,
			/// Under which key.
			key: MetadataKeyOf<T>,
		},
		/// A key signs an agent's card from now on.
		#[codec(index = 15)]
		CardKeyAdded {
			/// Whose card.
			agent: AgentId,
			/// The key.
			key: CardKey,
			/// What is held for it, in plancks.
			deposit: Balance,
		},
		/// A key no longer signs an agent's card.
		#[codec(index = 16)]
		CardKeyRemoved {
			/// Whose card.
			agent: AgentId,
			/// The key.
			key: CardKey,
		},
		/// An owner offered an agent to an account, which has not accepted yet. An earlier offer of
		/// the agent is gone.
		#[codec(index = 17)]
		TransferOffered {
			/// Which agent.
			agent: AgentId,
			/// Who may accept.
			to: T::AccountId,
		},
		/// An owner took an offer back.
		#[codec(index = 18)]
		TransferWithdrawn {
			/// Which agent.
			agent: AgentId,
			/// Who might have accepted.
			to: T::AccountId,
		},
		/// An agent changed its owner. It has no wallet, no proposal, no card key and no offer now.
		#[codec(index = 19)]
		AgentTransferred {
			/// Which one.
			agent: AgentId,
			/// Who owned it and has deposit and bond back.
			from: T::AccountId,
			/// Who owns it and has deposit and bond on hold.
			to: T::AccountId,
			/// Its status from now on: never `Active`, because it has no wallet.
			status: Lifecycle,
			/// What is held for storage from now on, attachments included, in plancks.
			deposit: Balance,
			/// What is held at risk, in plancks.
			bond: Balance,
			/// What the next proof by a wallet must carry.
			nonce: WalletNonce,
		},
		/// An agent was taken out of business: its status is `Suspended`.
		#[codec(index = 20)]
		AgentSuspended {
			/// Which one.
			agent: AgentId,
		},
		/// An agent may go back into business: its status is `Inactive`.
		#[codec(index = 21)]
		AgentReinstated {
			/// Which one.
			agent: AgentId,
		},
		/// A tag came into the tag registry.
		#[codec(index = 22)]
		TagCreated {
			/// Its id.
			tag: TagId,
			/// What people call it.
			name: TagNameOf<T>,
			/// What its values count.
			unit: UnitOf<T>,
			/// What it is for, and what its values lie on.
			rule: TagRule,
		},
		/// A tag was retired: what has it keeps it, nothing new gets it.
		#[codec(index = 23)]
		TagRetired {
			/// Which one.
			tag: TagId,
		},
		/// A ruling took a part of an agent's bond.
		#[codec(index = 24)]
		AgentSlashed {
			/// Which one.
			agent: AgentId,
			/// Whose money it was.
			owner: T::AccountId,
			/// How much was taken, in plancks.
			amount: Balance,
			/// What is left at risk, in plancks.
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
		/// The caller does not own the agent. Send the call from the owner's account; anybody may
		/// deactivate an agent, but only a whole heartbeat period after it was last live.
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
		/// The agent is not active, so it can be neither live nor made inactive. Activate it first
		/// if it is to be live.
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
		/// No tag has this id. Look it up in the tag registry.
		#[codec(index = 17)]
		TagNotFound,
		/// The tag's name is empty or longer than `MaxTagNameLength`, does not begin with a
		/// lower-case ASCII letter, or has something else than those, digits, `.`, `-` and `_`. Use
		/// another name.
		#[codec(index = 18)]
		TagNameMalformed,
		/// A tag has this name, if only a retired one: names keep their meaning. Use another name.
		#[codec(index = 19)]
		TagNameTaken,
		/// The tag's unit is longer than `MaxUnitLength`, or not printable ASCII. Abbreviate it.
		#[codec(index = 20)]
		TagUnitMalformed,
		/// The tag's least value is not below its greatest, or one has more than 18 decimals or is
		/// beyond about 1.7 x 10^20. Use another unit.
		#[codec(index = 21)]
		TagScaleInvalid,
		/// The tag is retired, so it can be neither used anew nor retired again. Use another tag.
		#[codec(index = 22)]
		TagRetired,
		/// The tag is not for capabilities. Look up one whose purpose is `Capability`.
		#[codec(index = 23)]
		TagNotCapability,
		/// The performance is not on the tag's scale, or has more than 18 decimals. Look up the
		/// scale.
		#[codec(index = 24)]
		PerformanceOffScale,
		/// The capacity is zero, so nobody could use the capability. Offer one unit, or remove it.
		#[codec(index = 25)]
		CapacityZero,
		/// The agent has `MaxCapabilities`. Remove one first.
		#[codec(index = 26)]
		TooManyCapabilities,
		/// The agent does not offer this tag. There is nothing to remove.
		#[codec(index = 27)]
		CapabilityNotFound,
		/// The compressed key does not begin with 2 or 3. Compress it as SEC 1, section 2.3.3, says.
		#[codec(index = 28)]
		CardKeyMalformed,
		/// The agent has this card key already. There is nothing to do.
		#[codec(index = 29)]
		CardKeyEnrolled,
		/// The agent has `MaxCardKeys`. Remove one first.
		#[codec(index = 30)]
		TooManyCardKeys,
		/// The agent does not have this card key. There is nothing to remove.
		#[codec(index = 31)]
		CardKeyNotFound,
		/// The metadata key is empty, longer than `MaxMetadataKeyLength`, or not printable ASCII.
		/// Use another key.
		#[codec(index = 32)]
		MetadataKeyMalformed,
		/// The metadata key `agentWallet` is reserved. Use `set_wallet`.
		#[codec(index = 33)]
		MetadataKeyReserved,
		/// The metadata value is longer than `MaxMetadataValueLength`. Publish it, and set its
		/// address.
		#[codec(index = 34)]
		MetadataValueTooLong,
		/// The agent has `MaxMetadataEntries`. Remove one first.
		#[codec(index = 35)]
		TooManyMetadataEntries,
		/// The agent's metadata has no such key. There is nothing to remove.
		#[codec(index = 36)]
		MetadataNotFound,
		/// The agent would be offered to its own owner. Name another account.
		#[codec(index = 37)]
		RecipientIsOwner,
		/// The agent is offered to nobody. There is nothing to take back.
		#[codec(index = 38)]
		NoOffer,
		/// The agent is not offered to the caller. Let the owner offer it with `offer_transfer`.
		#[codec(index = 39)]
		NotRecipient,
		/// The agent is suspended, so it can neither be activated, nor change its owner, nor be
		/// suspended again. Ask governance to reinstate it, or deregister it.
		#[codec(index = 40)]
		AgentSuspended,
		/// The agent is not suspended. There is nothing to do.
		#[codec(index = 41)]
		NotSuspended,
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
			assert!(T::HeartbeatPeriod::get() > 0, "HeartbeatPeriod must leave time to be live");
			assert!(T::MaxTagNameLength::get() > 0, "MaxTagNameLength must leave room for a name");
			assert!(T::MaxMetadataKeyLength::get() > 0, "MaxMetadataKeyLength must leave room");
			let rows_per_page: usize = T::RowsPerPage::get().saturated_into();
			assert!(
				(1..=runtime_api::MAX_CANDIDATES).contains(&rows_per_page),
				"a search must be able to rank a whole page, and a page must have a row"
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

		/// Whether an agent is active and its last heartbeat has not run out.
		pub fn is_live(agent: AgentId) -> bool {
			<Self as AgentInspect<T::AccountId>>::is_live(agent)
		}

		/// A tag, retired ones included.
		pub fn tag(tag: TagId) -> Option<TagInfo> {
			Self::tag_info(tag)
		}
	}
}
