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

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// Under which target this pallet logs.
const LOG_TARGET: &str = "runtime::validations";

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use aitbc_core::{AgentId, Balance, BlockNumber, CaseId, TagId, ValidationId, WorkHash};
	use aitbc_traits::{AgentInspect, Arbitration, DeadlineClock, TagInspect};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible::MutateHold, Footprint},
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{
		traits::{Convert, SaturatedConversion},
		Perbill,
	};

	/// The version of the storage that this code reads and writes.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// The chain's money.
		type Currency: MutateHold<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// The clock on which deadlines and challenge periods count.
		type Clock: DeadlineClock;

		/// Knows who validators and subjects are.
		type Agents: AgentInspect<Self::AccountId>;

		/// Knows which tags there are.
		type Tags: TagInspect;

		/// Decides about answers that are disputed.
		type Arbitration: Arbitration<Self::AccountId>;

		/// Who may take a bond and overturn its answer without a ruling: governance.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who gets the bonds that are taken, but for what the challenger gets: the treasury. Should own
		/// at least the existential deposit, else what is below it can't be taken.
		type SlashReceiver: Get<Self::AccountId>;

		/// How much of what a ruling takes of a bond goes to the challenger. It should leave the treasury
		/// a part: else a validator whose lie is found out has a friend challenge it, and keeps its
		/// bond. Applies to rulings from now on.
		type ChallengerShare: Get<Perbill>;

		/// What a wallet has at risk for each hard answer, in plancks. At least the existential
		/// deposit. Applies to answers given from now on.
		type Bond: Get<Balance>;

		/// How long the bond stays at risk after a hard answer, in active blocks. Applies to answers
		/// given from now on.
		type ChallengePeriod: Get<BlockNumber>;

		/// How far ahead a request's deadline may be, in active blocks, so that a silent validator
		/// can't lock a requester's money for ever.
		type MaxResponseTime: Get<BlockNumber>;

		/// The deposit for what a validation occupies in storage, in plancks. It should not fall as
		/// the footprint grows.
		type StorageDeposit: Convert<Footprint, Balance>;

		/// The most bytes of a URI, of work and of evidence. Reducing it makes validations with
		/// longer ones undecodable.
		#[pallet::constant]
		type MaxUriLength: Get<u32>;

		/// Makes agents for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;

		/// Weights of this pallet's calls.
		type WeightInfo: WeightInfo;
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// On a requester: the storage deposit of its validations.
		#[codec(index = 0)]
		Deposit,
		/// On a requester: the fees of its validations that await a hard answer.
		#[codec(index = 1)]
		Fee,
		/// On a validator's wallet: what it has at risk for its hard answers.
		#[codec(index = 2)]
		Bond,
	}

	/// The id that the next validation gets. Written by [`Pallet::request`], never goes back.
	#[pallet::storage]
	pub type NextValidationId<T: Config> = StorageValue<_, ValidationId, ValueQuery>;

	/// Validation id -> validation.
	///
	/// Written by [`Pallet::request`] and every call that moves the validation; removed by
	/// [`Pallet::erase`].
	#[pallet::storage]
	pub type Validations<T: Config> =
		StorageMap<_, Twox64Concat, ValidationId, ValidationOf<T>, OptionQuery>;

	/// Subject, validation id -> nothing: the validations of an agent's work.
	///
	/// Written and removed together with [`Validations`]: one entry for each validation.
	#[pallet::storage]
	pub type ValidationsBySubject<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AgentId, Twox64Concat, ValidationId, (), OptionQuery>;

	/// Validator, validation id -> nothing: the validations that an agent was asked for.
	///
	/// Written and removed together with [`Validations`]: one entry for each validation.
	#[pallet::storage]
	pub type ValidationsByValidator<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AgentId, Twox64Concat, ValidationId, (), OptionQuery>;

	/// Requester, validator, hash of the work -> the validation that awaits its hard answer.
	///
	/// Written by [`Pallet::request`], removed by the hard answer or by [`Pallet::expire`].
	#[pallet::storage]
	pub type OpenRequests<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, AgentId>,
			NMapKey<Blake2_128Concat, WorkHash>,
		),
		ValidationId,
		OptionQuery,
	>;

	/// Validator -> how many validations it took up that have not come to their end: answered
	/// softly, or with a bond at risk. An absent entry is zero.
	///
	/// Counted up by the first answer; down by [`Pallet::expire`], [`Pallet::release_bond`],
	/// [`Pallet::slash`] and a ruling that overturns the answer; removed at zero.
	#[pallet::storage]
	pub type OpenValidations<T: Config> = StorageMap<_, Twox64Concat, AgentId, u32, ValueQuery>;

	/// Subject, scope -> what the hard answers in that scope come to. An absent entry is of none.
	///
	/// Written by the hard answer, by [`Pallet::slash`] and by a ruling that overturns the answer,
	/// removed when it counts none. Outlives the validations that it counts.
	#[pallet::storage]
	pub type Summaries<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AgentId, Twox64Concat, SummaryScope, Summary, ValueQuery>;

	/// Validator -> what it made of the requests that it took up. An absent entry is all zeros.
	///
	/// Written by the hard answer, by [`Pallet::expire`], by [`Pallet::slash`] and by a ruling that
	/// overturns the answer; never removed, so that a validator can't shed its past.
	#[pallet::storage]
	pub type ValidatorRecords<T: Config> =
		StorageMap<_, Twox64Concat, AgentId, ValidatorRecord, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody asked a validator to check a piece of an agent's work.
		#[codec(index = 0)]
		ValidationRequested {
			/// The new validation.
			validation: ValidationId,
			/// Who asked, and has deposit and fee on hold.
			requester: T::AccountId,
			/// The agent that is asked.
			validator: AgentId,
			/// The agent whose work it is, as the requester says.
			subject: AgentId,
			/// What is to be checked.
			work: Work<UriOf<T>>,
			/// What it is checked for.
			tag: Option<TagId>,
			/// What a hard answer earns, in plancks.
			fee: Balance,
			/// The last active block at which the validator may answer.
			deadline: BlockNumber,
			/// What is held for storage, in plancks.
			deposit: Balance,
		},
		/// A validator gave an answer that it may still replace. An earlier one is gone.
		#[codec(index = 1)]
		SoftAnswerGiven {
			/// The validation.
			validation: ValidationId,
			/// What the validator said.
			answer: Answer<UriOf<T>>,
		},
		/// A validator gave its final answer: the fee is paid, and the subject's summaries count it.
		#[codec(index = 2)]
		HardAnswerGiven {
			/// The validation.
			validation: ValidationId,
			/// What the validator said.
			answer: Answer<UriOf<T>>,
			/// The account that said so, was paid and has the bond on hold.
			wallet: T::AccountId,
			/// What it was paid, in plancks.
			fee: Balance,
			/// What it has at risk, in plancks.
			bond: Balance,
			/// From when on the bond may be released, unless somebody disputes the answer before, in
			/// active blocks.
			until: BlockNumber,
		},
		/// The deadline passed without a hard answer.
		#[codec(index = 3)]
		ValidationExpired {
			/// The validation.
			validation: ValidationId,
			/// Who got the fee back.
			requester: T::AccountId,
			/// How much, in plancks.
			fee: Balance,
			/// Whether the validator had answered softly, which its record now counts as missed.
			is_missed: bool,
		},
		/// The bond behind a hard answer went back: the answer stands for good.
		#[codec(index = 4)]
		BondReleased {
			/// The validation.
			validation: ValidationId,
			/// Who has the bond back.
			wallet: T::AccountId,
			/// How much, in plancks.
			bond: Balance,
		},
		/// The bond behind a hard answer was taken, or a part of it: the subject's summaries count the
		/// answer no more.
		#[codec(index = 5)]
		AnswerOverturned {
			/// The validation.
			validation: ValidationId,
			/// The case that decided; none when governance did.
			case: Option<CaseId>,
			/// Who lost the bond.
			wallet: T::AccountId,
			/// How much was taken, in plancks.
			bond: Balance,
			/// How much of that the challenger got, in plancks. The rest is the treasury's.
			rewarded: Balance,
			/// How much of the bond the wallet has back, in plancks.
			returned: Balance,
		},
		/// A validation left storage. Summaries and the validator's record stay as they are.
		#[codec(index = 6)]
		ValidationErased {
			/// The validation.
			validation: ValidationId,
			/// Who got the deposit back.
			requester: T::AccountId,
			/// How much, in plancks.
			deposit: Balance,
		},
		/// Somebody disputes a hard answer. It stands until the ruling, and its challenge period stands
		/// still.
		#[codec(index = 7)]
		AnswerDisputed {
			/// The validation.
			validation: ValidationId,
			/// The case that decides.
			case: CaseId,
			/// Who disputes the answer.
			challenger: T::AccountId,
			/// What is at stake, in plancks.
			bond: Balance,
		},
		/// A ruling left a hard answer as it is: its challenge period goes on.
		#[codec(index = 8)]
		AnswerUpheld {
			/// The validation.
			validation: ValidationId,
			/// The case that decided.
			case: CaseId,
			/// From when on the answer may be disputed again, in active blocks.
			from: BlockNumber,
			/// From when on the bond may be released, unless somebody disputes the answer before, in
			/// active blocks.
			until: BlockNumber,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No validation has this id: it was never requested, or it is erased. Look the id up in
		/// `ValidationRequested`.
		#[codec(index = 0)]
		ValidationNotFound,
		/// The agent to be asked is not registered: it never was, or it left. Look up its id.
		#[codec(index = 1)]
		ValidatorNotFound,
		/// The agent to be asked is not of the kind `Validator`. Ask one that is.
		#[codec(index = 2)]
		NotAValidator,
		/// The validator takes no work now. Ask another, or wait until it is active.
		#[codec(index = 3)]
		ValidatorNotActive,
		/// The agent whose work it is is not registered: it never was, or it left. Look up its id.
		#[codec(index = 4)]
		SubjectNotFound,
		/// Owner or wallet of the validator is owner or wallet of the subject, or is the requester, or
		/// disputes what the validator said: nobody judges its own work, orders its own judgement, or
		/// challenges itself. Ask another validator, or leave the challenge to somebody else.
		#[codec(index = 5)]
		ConflictOfInterest,
		/// The URI is empty. Publish the work or the evidence and give its address.
		#[codec(index = 6)]
		UriEmpty,
		/// The URI is longer than `MaxUriLength`. Publish what it names at a shorter address.
		#[codec(index = 7)]
		UriTooLong,
		/// The URI is not absolute (`scheme:rest`), or has a character that RFC 3986 does not allow,
		/// such as a space or a letter outside ASCII. Percent-encode what needs it.
		#[codec(index = 8)]
		UriMalformed,
		/// There is no such tag. Look up its id in the tag registry.
		#[codec(index = 9)]
		TagNotFound,
		/// Governance retired the tag. Use another, or none.
		#[codec(index = 10)]
		TagRetired,
		/// The fee is below the existential deposit, so an account might not take it. Raise it, or
		/// offer none.
		#[codec(index = 11)]
		FeeTooSmall,
		/// The deadline is now or earlier. Name a later active block.
		#[codec(index = 12)]
		DeadlineNotInFuture,
		/// The deadline is later than `MaxResponseTime` from now. Name an earlier active block.
		#[codec(index = 13)]
		DeadlineTooFar,
		/// The requester asked this validator for this work before, and a hard answer is still
		/// awaited. Wait for it, or for the deadline.
		#[codec(index = 14)]
		AlreadyRequested,
		/// The caller is not the wallet of the validator that was asked. Send it from that account.
		#[codec(index = 15)]
		NotValidator,
		/// The validator is suspended, and what it says has no weight. The validation expires,
		/// unless the validator is back before the deadline.
		#[codec(index = 16)]
		ValidatorSuspended,
		/// The deadline has passed, or the validation expired already. The fee goes back to the
		/// requester.
		#[codec(index = 17)]
		DeadlinePassed,
		/// The hard answer is given and final.
		#[codec(index = 18)]
		AlreadyAnswered,
		/// The validation expired before. There is nothing to do.
		#[codec(index = 19)]
		AlreadyExpired,
		/// The validator still has time to answer. Wait until the deadline has passed.
		#[codec(index = 20)]
		DeadlineNotPassed,
		/// There is no hard answer, so there is no bond.
		#[codec(index = 21)]
		NotAnswered,
		/// The bond was released or taken before.
		#[codec(index = 22)]
		BondNotHeld,
		/// The bond is at risk for longer. Wait until the active clock reaches its `until`.
		#[codec(index = 23)]
		ChallengePeriodNotElapsed,
		/// Only who requested the validation may erase it. Send it from that account.
		#[codec(index = 24)]
		NotRequester,
		/// The validation awaits an answer, or a bond is at risk for one. Let it expire, or release
		/// the bond, when the time has come.
		#[codec(index = 25)]
		NotConcluded,
		/// The account that the money goes to would stay below the existential deposit, so it can't
		/// take it. Nothing changed; send that account the existential deposit first.
		#[codec(index = 26)]
		PayeeNotCreditable,
		/// A ruling upheld the answer in this active block. Dispute it from the next one on.
		#[codec(index = 27)]
		ChallengeTooEarly,
		/// The challenge period has elapsed. The answer stands.
		#[codec(index = 28)]
		ChallengeTooLate,
		/// The answer is disputed, and the ruling decides about the bond. Wait for it.
		#[codec(index = 29)]
		UnderDispute,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			use frame_support::traits::fungible::Inspect;
			assert!(T::MaxUriLength::get() > 0, "MaxUriLength must leave room for a URI");
			assert!(T::MaxResponseTime::get() > 0, "a deadline must be in the future");
			assert!(T::ChallengePeriod::get() > 0, "nobody could challenge an answer");
			assert!(
				T::Bond::get() >= T::Currency::minimum_balance(),
				"a bond must be worth something, and creditable"
			);
			assert!(
				Self::request_deposit(0) <= Self::request_deposit(T::MaxUriLength::get()),
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
		/// How many validations `validator` took up that have not come to their end.
		pub fn open_validations(validator: AgentId) -> u32 {
			Self::open_validations_of(validator)
		}

		/// The deposit that a request takes for work at a URI of `uri_length` bytes, in plancks.
		pub fn deposit_for(uri_length: u32) -> Balance {
			Self::request_deposit(uri_length)
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Asks `validator` to check a piece of work of `subject`, up to the active block
		/// `deadline`, and holds the storage deposit and `fee` on the caller.
		///
		/// The fee may be zero. Whose work it is, and that the work has to do with `tag`, is what
		/// the requester says; the validator finds out.
		///
		/// Origin: signed; the caller becomes the requester. Emits [`Event::ValidationRequested`].
		///
		/// Fails with [`Error::ValidatorNotFound`], [`Error::NotAValidator`],
		/// [`Error::ValidatorNotActive`], [`Error::SubjectNotFound`],
		/// [`Error::ConflictOfInterest`], [`Error::UriEmpty`], [`Error::UriTooLong`],
		/// [`Error::UriMalformed`], [`Error::TagNotFound`], [`Error::TagRetired`],
		/// [`Error::FeeTooSmall`], [`Error::DeadlineNotInFuture`], [`Error::DeadlineTooFar`],
		/// [`Error::AlreadyRequested`], or when deposit or fee can't be held.
		///
		/// Complexity: linear in the length of the URI.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::request(work.uri.len().saturated_into()))]
		pub fn request(
			origin: OriginFor<T>,
			validator: AgentId,
			subject: AgentId,
			work: Work<Vec<u8>>,
			tag: Option<TagId>,
			fee: Balance,
			deadline: BlockNumber,
		) -> DispatchResult {
			let requester = ensure_signed(origin)?;
			Self::do_request(requester, validator, subject, work, tag, fee, deadline)
		}

		/// Answers a request: how good the work is, from 0 to [`MAX_SCORE`], and the evidence.
		///
		/// A soft answer takes the request up and may be replaced by another answer. The hard one is
		/// final: the fee goes to the caller, [`Config::Bond`] is held on it for
		/// [`Config::ChallengePeriod`], and the subject's summaries count the score.
		///
		/// Origin: signed by the wallet of the validator that was asked. Emits
		/// [`Event::SoftAnswerGiven`] or [`Event::HardAnswerGiven`].
		///
		/// Fails with [`Error::ValidationNotFound`], [`Error::NotValidator`],
		/// [`Error::AlreadyAnswered`], [`Error::DeadlinePassed`], [`Error::ValidatorSuspended`],
		/// [`Error::ConflictOfInterest`] when one came up since the request, [`Error::UriEmpty`],
		/// [`Error::UriTooLong`], [`Error::UriMalformed`]; a hard answer also with
		/// [`Error::PayeeNotCreditable`], or when the bond can't be held.
		///
		/// Complexity: linear in the length of the URI.
		#[pallet::call_index(1)]
		#[pallet::weight(match finality {
			Finality::Soft => T::WeightInfo::answer_soft(evidence.uri.len().saturated_into()),
			Finality::Hard => T::WeightInfo::answer_hard(evidence.uri.len().saturated_into()),
		})]
		pub fn answer(
			origin: OriginFor<T>,
			validation: ValidationId,
			score: Score,
			finality: Finality,
			evidence: Document<Vec<u8>>,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_answer(caller, validation, score, finality, evidence)
		}

		/// Ends a validation whose deadline passed without a hard answer: the fee goes back.
		///
		/// A soft answer stays on record as soft, and counts as missed in the validator's record.
		///
		/// Origin: signed by anybody. Emits [`Event::ValidationExpired`].
		///
		/// Fails with [`Error::ValidationNotFound`], [`Error::AlreadyAnswered`],
		/// [`Error::AlreadyExpired`], [`Error::DeadlineNotPassed`], [`Error::PayeeNotCreditable`].
		///
		/// Complexity: constant.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::expire())]
		pub fn expire(origin: OriginFor<T>, validation: ValidationId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_expire(validation)
		}

		/// Gives the bond behind a hard answer back when the challenge period has elapsed.
		///
		/// Origin: signed by anybody. Emits [`Event::BondReleased`].
		///
		/// Fails with [`Error::ValidationNotFound`], [`Error::NotAnswered`],
		/// [`Error::BondNotHeld`], [`Error::UnderDispute`], [`Error::ChallengePeriodNotElapsed`],
		/// [`Error::PayeeNotCreditable`].
		///
		/// Complexity: constant.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::release_bond())]
		pub fn release_bond(origin: OriginFor<T>, validation: ValidationId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_release_bond(validation)
		}

		/// Takes the bond behind a hard answer, and overturns the answer.
		///
		/// The bond goes to [`Config::SlashReceiver`], and the subject's summaries count the answer
		/// no more. Possible until the bond is released, also when it could have been, but not while the
		/// answer is disputed.
		///
		/// Origin: [`Config::AdminOrigin`]. Emits [`Event::AnswerOverturned`].
		///
		/// Fails with [`Error::ValidationNotFound`], [`Error::NotAnswered`],
		/// [`Error::BondNotHeld`], [`Error::UnderDispute`], [`Error::PayeeNotCreditable`].
		///
		/// Complexity: constant.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::slash())]
		pub fn slash(origin: OriginFor<T>, validation: ValidationId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_slash(validation)
		}

		/// Removes a concluded validation, and gives its deposit back.
		///
		/// Concluded means: expired, or answered hard with the bond released or taken. Summaries and
		/// the validator's record go on counting it.
		///
		/// Origin: signed by the requester. Emits [`Event::ValidationErased`].
		///
		/// Fails with [`Error::ValidationNotFound`], [`Error::NotRequester`],
		/// [`Error::NotConcluded`], [`Error::PayeeNotCreditable`].
		///
		/// Complexity: constant.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::erase())]
		pub fn erase(origin: OriginFor<T>, validation: ValidationId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_erase(caller, validation)
		}

		/// Disputes a hard answer: whether it stands is for the court to decide.
		///
		/// From here on nothing but the ruling moves the bond, and the challenge period stands still. The
		/// caller pays what the court asks of who opens a case. If the ruling gives it more than a half,
		/// the answer is overturned, that share of the bond is taken, and
		/// [`Config::ChallengerShare`] of what is taken goes to the caller; else the answer stands, and
		/// the challenge period goes on.
		///
		/// Origin: signed by anybody but the validator's owner and wallet and the wallet that answered.
		/// Emits [`Event::AnswerDisputed`].
		///
		/// Fails with [`Error::ValidationNotFound`], [`Error::NotAnswered`], [`Error::BondNotHeld`],
		/// [`Error::UnderDispute`], [`Error::ChallengeTooEarly`], [`Error::ChallengeTooLate`],
		/// [`Error::ConflictOfInterest`], and the court's own.
		///
		/// Complexity: constant.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::dispute().saturating_add(T::Arbitration::weight()))]
		pub fn dispute(origin: OriginFor<T>, validation: ValidationId) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_dispute(caller, validation)
		}
	}
}
