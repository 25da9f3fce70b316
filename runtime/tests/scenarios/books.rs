//! All money on the chain, account by account: a test says what moved, and that nothing else did.

use aitbc_runtime::{
	configs::money::TreasuryAccount, AccountId, Balance, Balances, Runtime, RuntimeHoldReason,
};
use sp_keyring::Sr25519Keyring;
use std::collections::BTreeMap;

/// What an account owns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purse {
	/// What is not held, in plancks.
	pub free: Balance,
	/// What is held, in plancks, by the reason's name. Nothing is left out, and nothing is zero.
	pub held: BTreeMap<String, Balance>,
}

impl Purse {
	/// Free and held together, in plancks.
	pub fn total(&self) -> Balance {
		self.free + self.held.values().sum::<Balance>()
	}

	fn hold(&mut self, reason: String, amount: Balance) {
		*self.held.entry(reason).or_default() += amount;
		self.held.retain(|_, held| *held > 0);
	}

	fn unhold(&mut self, reason: String, amount: Balance) {
		let held = self.held.entry(reason).or_default();
		*held = held.checked_sub(amount).expect("the books have so much on hold");
		self.held.retain(|_, held| *held > 0);
	}
}

/// What everybody owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Books {
	issuance: Balance,
	purses: BTreeMap<AccountId, Purse>,
}

impl Books {
	/// As the chain has them.
	pub fn now() -> Self {
		let purse = |(account, info): (AccountId, frame_system::AccountInfo<_, _>)| {
			let data: pallet_balances::AccountData<Balance> = info.data;
			let holds = pallet_balances::Holds::<Runtime>::get(&account);
			let mut purse = Purse { free: data.free, held: BTreeMap::new() };
			for hold in &holds {
				purse.hold(name(hold.id), hold.amount);
			}
			assert_eq!(purse.total(), data.free + data.reserved, "something is reserved unseen");
			(account, purse)
		};
		let purses = frame_system::Account::<Runtime>::iter().map(purse);
		let purses = purses.filter(|(_, purse)| purse.total() > 0).collect();
		Self { issuance: Balances::total_issuance(), purses }
	}

	/// What `who` owns.
	pub fn of(&self, who: &AccountId) -> Purse {
		self.purses.get(who).cloned().unwrap_or_default()
	}

	/// What is held for `reason`, on all accounts together.
	pub fn held_for(&self, reason: impl Into<RuntimeHoldReason>) -> Balance {
		let name = name(reason.into());
		self.purses.values().filter_map(|purse| purse.held.get(&name)).sum()
	}

	/// `amount` of what `who` has free is held.
	pub fn hold(
		mut self,
		who: &AccountId,
		reason: impl Into<RuntimeHoldReason>,
		amount: Balance,
	) -> Self {
		let purse = self.purse(who);
		purse.free = purse.free.checked_sub(amount).expect("the books have so much free");
		purse.hold(name(reason.into()), amount);
		self
	}

	/// `amount` of what is held on `who` is free.
	pub fn release(
		self,
		who: &AccountId,
		reason: impl Into<RuntimeHoldReason>,
		amount: Balance,
	) -> Self {
		self.pay(who, who, reason, amount)
	}

	/// `amount` of what is held on `from` is free on `to`.
	pub fn pay(
		mut self,
		from: &AccountId,
		to: &AccountId,
		reason: impl Into<RuntimeHoldReason>,
		amount: Balance,
	) -> Self {
		self.purse(from).unhold(name(reason.into()), amount);
		self.purse(to).free += amount;
		self
	}

	/// `amount` goes from `from` to `to`.
	pub fn give(mut self, from: &AccountId, to: &AccountId, amount: Balance) -> Self {
		let purse = self.purse(from);
		purse.free = purse.free.checked_sub(amount).expect("the books have so much free");
		self.purse(to).free += amount;
		self
	}

	/// Eras ended, which added `amount` to the treasury.
	pub fn mint(mut self, amount: Balance) -> Self {
		self.issuance += amount;
		self.purse(&TreasuryAccount::get()).free += amount;
		self
	}

	/// Checks that the chain has these books, to the planck and on every account.
	pub fn check(mut self) {
		let now = Self::now();
		self.purses.retain(|_, purse| purse.total() > 0);
		for account in self.purses.keys().chain(now.purses.keys()) {
			let (expected, actual) = (self.of(account), now.of(account));
			assert!(
				expected == actual,
				"{} should own\n{expected:#?}\nand owns\n{actual:#?}",
				called(account)
			);
		}
		assert_eq!(now.issuance, self.issuance, "the total issuance");
	}

	fn purse(&mut self, who: &AccountId) -> &mut Purse {
		self.purses.entry(who.clone()).or_default()
	}
}

/// What people call a reason.
fn name(reason: RuntimeHoldReason) -> String {
	format!("{reason:?}")
}

/// What people call an account.
fn called(account: &AccountId) -> String {
	if *account == TreasuryAccount::get() {
		return "the treasury".into();
	}
	match Sr25519Keyring::from_account_id(account) {
		Some(known) => format!("{known:?}"),
		None => format!("{account:?}"),
	}
}
