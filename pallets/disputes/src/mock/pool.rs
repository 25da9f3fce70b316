//! A pool of jurors that really holds what they have at stake. Tests choose whom it draws.

use super::*;
use frame_support::traits::{
	fungible::MutateHold,
	tokens::{Fortitude, Precision, Restriction},
};
use sp_runtime::{DispatchError, DispatchResult};

pub use pallet::HoldReason as PoolHoldReason;

/// The pallet whose reason to hold money the mock's pool takes.
#[frame_support::pallet]
pub mod pallet {
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// What a juror has at stake.
		#[codec(index = 0)]
		Jury,
	}
}

impl pallet::Config for Test {}

/// The juries that the pool was asked for and has not drawn: how many seats, and the stake of each.
pub type Request = (u32, Balance);

parameter_types! {
	/// The juries that the pool has to draw.
	pub storage Requests: BTreeMap<(CaseId, Round), Request> = BTreeMap::new();
	/// Whether the pool was told to unlock more than was at stake.
	pub storage IsOverdrawn: bool = false;
	/// Whether the pool takes requests.
	pub storage PoolIsOpen: bool = true;
}

/// What the pool says that its answers weigh.
pub const REQUEST_WEIGHT: Weight = Weight::from_parts(3, 1);
/// See [`REQUEST_WEIGHT`].
pub const FORFEIT_WEIGHT: Weight = Weight::from_parts(5, 1);
/// See [`REQUEST_WEIGHT`].
pub const UNLOCK_WEIGHT: Weight = Weight::from_parts(7, 1);
/// What the pool says when it takes no requests.
pub const POOL_CLOSED: DispatchError = DispatchError::Other("the pool is closed");

impl JurorPool<AccountId> for Requests {
	fn request_jury(case: CaseId, round: Round, seats: u32, stake: Balance) -> DispatchResult {
		let mut requests = Self::get();
		if !PoolIsOpen::get() || requests.insert((case, round), (seats, stake)).is_some() {
			return Err(POOL_CLOSED);
		}
		Self::set(&requests);
		Ok(())
	}

	fn forfeit(juror: &AccountId, amount: Balance, to: &AccountId) -> DispatchResult {
		let reason = PoolHoldReason::Jury.into();
		let (precision, force) = (Precision::Exact, Fortitude::Force);
		with_storage_layer(|| {
			Balances::transfer_on_hold(
				&reason,
				juror,
				to,
				amount,
				precision,
				Restriction::Free,
				force,
			)
		})
		.map(|_| ())
	}

	fn unlock(juror: &AccountId, amount: Balance) {
		let reason = PoolHoldReason::Jury.into();
		let released = Balances::release(&reason, juror, amount, Precision::BestEffort);
		IsOverdrawn::set(&(IsOverdrawn::get() || released != Ok(amount)));
	}

	fn request_weight() -> Weight {
		REQUEST_WEIGHT
	}

	fn forfeit_weight() -> Weight {
		FORFEIT_WEIGHT
	}

	fn unlock_weight() -> Weight {
		UNLOCK_WEIGHT
	}
}

/// What `juror` has at stake, in plancks.
pub fn at_stake(juror: AccountId) -> Balance {
	Balances::balance_on_hold(&PoolHoldReason::Jury.into(), &juror)
}

/// Whether the pool could seat `juror` in a case for so much, in plancks.
pub fn is_eligible(case: CaseId, juror: AccountId, stake: Balance) -> bool {
	let reason = PoolHoldReason::Jury.into();
	!<Disputes as OnJuryDrawn<_>>::is_excluded(case, &juror)
		&& Balances::can_hold(&reason, &juror, stake)
}

/// The pool draws this jury for the round of `case` that waits for one.
#[track_caller]
pub fn draw(case: CaseId, jury: &[Seated<AccountId>]) {
	let CaseState::Drawing { round, .. } = state(case) else {
		panic!("{case:?} waits for no jury")
	};
	let mut requests = Requests::get();
	let (_, stake) = requests.remove(&(case, round)).expect("a jury was asked for");
	Requests::set(&requests);
	for (juror, seats) in jury {
		let total = stake * Balance::from(*seats);
		assert!(is_eligible(case, *juror, total), "{juror} can't judge");
		assert_ok!(Balances::hold(&PoolHoldReason::Jury.into(), juror, total));
	}
	assert_ok!(<Disputes as OnJuryDrawn<_>>::on_jury_drawn(case, round, jury.to_vec()));
}
