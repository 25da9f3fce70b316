//! The contracts of tests, and what they cost.

use super::*;
use aitbc_core::{MeterTerms, PaymentTerms, Signature, StreamTerms, Voucher};
use frame_support::dispatch::DispatchResult;
use sp_core::{sr25519, Pair};
use sp_keyring::Sr25519Keyring as Key;
use std::{cell::RefCell, collections::BTreeMap};

/// A contract to be opened: one milestone between [`CLIENT`] and [`PROVIDER`] unless told
/// otherwise.
#[derive(Clone)]
pub struct Deal {
	pub client: AccountId,
	pub provider: AccountId,
	pub agreement: Agreement<AccountId>,
}

impl Default for Deal {
	fn default() -> Self {
		Self::of(1)
	}
}

impl Deal {
	/// That pays so.
	pub fn with(payment: PaymentTerms<AccountId>) -> Self {
		let agreement = Agreement {
			terms: terms(),
			payment,
			review_period: REVIEW,
			approvers: None,
			bonds: Bonds::default(),
		};
		Self { client: CLIENT, provider: PROVIDER, agreement }
	}

	/// With `count` equal milestones.
	pub fn of(count: usize) -> Self {
		Self::with(PaymentTerms::Milestones(vec![
			MilestoneTerms { amount: AMOUNT, due: DUE };
			count
		]))
	}

	/// With one milestone for each amount.
	pub fn paying(amounts: &[Balance]) -> Self {
		let terms = |amount: &Balance| MilestoneTerms { amount: *amount, due: DUE };
		Self::with(PaymentTerms::Milestones(amounts.iter().map(terms).collect()))
	}

	/// With one milestone for each due block.
	pub fn due(dues: &[BlockNumber]) -> Self {
		let terms = |due: &BlockNumber| MilestoneTerms { amount: AMOUNT, due: *due };
		Self::with(PaymentTerms::Milestones(dues.iter().map(terms).collect()))
	}

	/// With a stream.
	pub fn stream() -> Self {
		Self::with(PaymentTerms::Stream(stream_terms()))
	}

	/// With a meter whose vouchers Alice signs.
	pub fn metered() -> Self {
		Self::with(PaymentTerms::Metered(meter_terms()))
	}

	/// With these parties.
	pub fn between(self, client: AccountId, provider: AccountId) -> Self {
		Self { client, provider, ..self }
	}

	/// With [`BONDS`].
	pub fn bonded(self) -> Self {
		let agreement = Agreement { bonds: BONDS, ..self.agreement };
		Self { agreement, ..self }
	}

	/// With [`APPROVERS`], of which it takes `threshold`.
	pub fn approved_by(self, threshold: u32) -> Self {
		let approvers = Some(Approvers { accounts: APPROVERS.to_vec(), threshold });
		let agreement = Agreement { approvers, ..self.agreement };
		Self { agreement, ..self }
	}

	/// With this review period.
	pub fn reviewed(self, review_period: BlockNumber) -> Self {
		let agreement = Agreement { review_period, ..self.agreement };
		Self { agreement, ..self }
	}

	/// What funding takes to pay out, in plancks.
	pub fn total(&self) -> Balance {
		match &self.agreement.payment {
			PaymentTerms::Milestones(milestones) => {
				milestones.iter().map(|terms| terms.amount).sum()
			},
			PaymentTerms::Stream(terms) => terms.amount,
			PaymentTerms::Metered(terms) => terms.unit_price * Balance::from(terms.units),
		}
	}

	/// Calls `open`.
	pub fn try_open(&self) -> DispatchResult {
		Escrow::open(signed(self.client.clone()), self.provider.clone(), self.agreement.clone())
	}

	/// Opens the contract.
	pub fn open(&self) -> ContractId {
		let contract = NextContractId::<Test>::get();
		assert_ok!(self.try_open());
		contract
	}

	/// Calls `accept` on a contract that is open.
	pub fn try_accept(&self, contract: ContractId) -> DispatchResult {
		let provider = signed(self.provider.clone());
		Escrow::accept(provider, contract, self.agreement.bonds, self.total())
	}

	/// Opens and funds the contract; accepts it in between if the provider has a bond.
	pub fn fund(&self) -> ContractId {
		let contract = self.open();
		if self.agreement.bonds.provider > 0 {
			assert_ok!(self.try_accept(contract));
		}
		assert_ok!(Escrow::fund(signed(self.client.clone()), contract, self.total()));
		contract
	}

	/// Opens, funds and starts the contract.
	pub fn start(&self) -> ContractId {
		let contract = self.fund();
		assert_ok!(Escrow::start(signed(self.provider.clone()), contract));
		contract
	}

	/// Opens and funds the contract, and submits all of its milestones.
	pub fn submit(&self) -> ContractId {
		let contract = self.fund();
		let PaymentTerms::Milestones(milestones) = &self.agreement.payment else {
			panic!("only milestones are submitted");
		};
		for index in 0..milestones.len() as u32 {
			let provider = signed(self.provider.clone());
			assert_ok!(Escrow::submit(provider, contract, MilestoneIndex(index), evidence()));
		}
		contract
	}

	/// Opens and funds the contract, submits all of its milestones, and disputes the first; or
	/// starts its stream or meter, and disputes that.
	pub fn dispute(&self) -> ContractId {
		let (contract, milestone) = match self.agreement.payment {
			PaymentTerms::Milestones(_) => (self.submit(), Some(M0)),
			_ => (self.start(), None),
		};
		assert_ok!(Escrow::dispute(signed(self.client.clone()), contract, milestone, CLAIM));
		contract
	}

	/// Has the controller engage the contract, as [`JOB`].
	pub fn try_engage(&self) -> Result<ContractId, DispatchError> {
		let Self { client, provider, agreement } = self;
		<Escrow as aitbc_traits::Escrow<_>>::engage(JOB, client, provider, agreement.clone())
	}

	/// Has the controller engage the contract, as [`JOB`].
	pub fn engage(&self) -> ContractId {
		self.try_engage().expect("the agreement is sound")
	}
}

/// The stream of every test.
pub fn stream_terms() -> StreamTerms {
	StreamTerms { rate: RATE, amount: POT, until: DUE }
}

/// The meter of every test.
pub fn meter_terms() -> MeterTerms<AccountId> {
	let signer = Key::Alice.to_account_id();
	MeterTerms { unit_price: PRICE, units: UNITS, until: DUE, signer }
}

/// What `key` signs to let the provider bill.
pub fn signature(voucher: Voucher, key: Key) -> Signature {
	// Deriving a pair from its phrase takes longer than all the rest of a call.
	thread_local! {
		static PAIRS: RefCell<BTreeMap<u8, sr25519::Pair>> = RefCell::default();
	}
	PAIRS.with_borrow_mut(|pairs| {
		let pair = pairs.entry(key as u8).or_insert_with(|| key.pair());
		pair.sign(&Escrow::voucher_payload(voucher)).into()
	})
}

/// The provider bills `units` with the voucher `sequence`.
pub fn redeem(contract: ContractId, units: u64, sequence: u64) -> DispatchResult {
	let voucher = Voucher { contract, units, sequence };
	Escrow::redeem(signed(PROVIDER), contract, voucher, signature(voucher, Key::Alice))
}

/// What the storage deposit of a contract must be that takes so many bytes for what is paid for. See
/// the type of each field. Counted by hand, so that a change of the layout is noticed.
fn deposit_with(progress: Balance) -> Balance {
	let parties = 32 + 32 + 9;
	let fixed = 9 + 32 + 4 + 1 + 32 + 4 + 16;
	let state = 1 + 4 + 5 + 32 + 1;
	let index = 2 * (32 + 8);
	let business = 2 * 32 + 4 + 4;
	4 * 10 + parties + fixed + state + progress + index + business
}

/// The storage deposit of a contract with `count` milestones.
pub fn deposit_of(count: Balance) -> Balance {
	let offer = 1 + 1 + 16;
	let submitted = 1 + 4 + 32 + 4 + offer;
	deposit_with(1 + count * (16 + 4 + submitted))
}

/// What [`APPROVERS`] add to the storage deposit.
pub const APPROVERS_DEPOSIT: Balance = 1 + 3 * 32 + 4;

/// The storage deposit of a contract with a stream.
pub fn stream_deposit() -> Balance {
	let dispute = 8 + 4;
	deposit_with(16 + 4 + 16 + 16 + 16 + 5 + 1 + dispute)
}

/// The storage deposit of a contract with a meter.
pub fn meter_deposit() -> Balance {
	let (terms, dispute) = (16 + 8 + 4 + 32, 8 + 4);
	deposit_with(terms + 8 + 8 + 16 + 1 + dispute)
}
