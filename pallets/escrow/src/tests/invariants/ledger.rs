//! What the pallet's events say, checked against what accounts own and against what is told when a
//! contract closes.

use super::ACCOUNTS;
use crate::{mock::*, *};
use aitbc_core::{
	AgentId, Agreement, Balance, ClosedContract, ContractId, ContractOutcome, PaymentTerms,
};
use frame_support::{storage::with_storage_layer, traits::fungible::Inspect};
use sp_runtime::{traits::Dispatchable, DispatchError, Perbill};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a contract, closed or not.
#[derive(Clone)]
struct Known {
	client: AccountId,
	provider: AccountId,
	agent: Option<AgentId>,
	agreement: Agreement<AccountId>,
	fee_rate: Perbill,
	/// All that was put in, in plancks. `None` as long as it is not funded.
	put_in: Option<Balance>,
	/// What the events said was paid out, the fee included, in plancks.
	released: Balance,
	/// What the events said the protocol took, in plancks.
	fee: Balance,
	/// What the events said that rulings gave back to the client, in plancks, if there were any.
	lost_by_rulings: Option<Balance>,
	/// What the events said was slashed of the provider's bond, in plancks.
	slashed: Balance,
}

/// What is known of all contracts, from events alone.
#[derive(Clone, Default)]
pub(super) struct Ledger {
	contracts: BTreeMap<ContractId, Known>,
}

/// How much more, or less, each account owns.
type Changes = BTreeMap<AccountId, i128>;

impl Ledger {
	/// The contract that a step means: mostly one in storage, sometimes the newest, which may be
	/// closed or not have come to be.
	pub(super) fn pick(&self, contract: u64, newest: u64) -> ContractId {
		let mut live: Vec<_> = Contracts::<Test>::iter_keys().collect();
		live.sort();
		let place = contract as usize % live.len().max(1);
		match live.get(place) {
			Some(id) if contract < newest => *id,
			_ => self.contracts.keys().last().copied().unwrap_or_default(),
		}
	}

	/// Makes `call` as a transaction does, and says whether it succeeded.
	pub(super) fn dispatch(&mut self, who: AccountId, call: Call<Test>) -> bool {
		let may_make_dust = matches!(call, Call::collect { .. });
		self.watch(may_make_dust, || {
			let call = RuntimeCall::from(call.clone());
			call.dispatch(signed(who)).map(|_| ()).map_err(|failure| failure.error)
		})
	}

	/// Does something of the pallet's as a whole or not at all, says whether it succeeded, and
	/// checks that the accounts changed as its events say.
	///
	/// Nothing may turn money to dust, but where somebody is paid from the last hold on an account
	/// that is below the existential deposit: the payee's right goes first. That is so when a claim
	/// is paid, and when a bond is slashed.
	pub(super) fn watch(
		&mut self,
		may_make_dust: bool,
		change: impl FnOnce() -> Result<(), DispatchError>,
	) -> bool {
		let owned = || ACCOUNTS.map(|who| (who.clone(), Balances::total_balance(&who) as i128));
		let before = owned();
		reset_events();
		let succeeded = with_storage_layer(change).is_ok();
		let mut expected = Changes::new();
		let mut may_make_dust = may_make_dust;
		for event in events() {
			may_make_dust |= matches!(event, Event::BondSlashed { .. });
			self.note(&event, &mut expected);
		}
		for record in System::events() {
			if let RuntimeEvent::Balances(pallet_balances::Event::DustLost { account, amount }) =
				record.event
			{
				assert!(may_make_dust, "{account:?} lost dust");
				shift(&mut expected, &account, &TREASURY, amount);
			}
		}
		for ((who, before), (_, after)) in before.into_iter().zip(owned()) {
			let expected = expected.get(&who).copied().unwrap_or_default();
			assert_eq!(after - before, expected, "{who:?} owns something else than events say");
		}
		succeeded
	}

	/// What is known of a contract.
	fn known(&mut self, contract: ContractId) -> &mut Known {
		self.contracts.get_mut(&contract).expect("an event told that it opened")
	}

	/// Takes note of `event`, and of whose money it says was moved.
	fn note(&mut self, event: &Event<Test>, changes: &mut Changes) {
		match event.clone() {
			Event::ContractOpened {
				contract,
				client,
				provider,
				agent,
				agreement,
				fee_rate,
				..
			} => {
				let known = Known::new((client, provider), agent, agreement, fee_rate);
				assert!(self.contracts.insert(contract, known).is_none(), "opened twice");
			},
			Event::ContractFunded { contract, amount, .. } => {
				let put_in = &mut self.known(contract).put_in;
				assert_eq!(put_in.replace(amount), None, "funded twice");
			},
			Event::StreamToppedUp { contract, by, amount, .. } => {
				let known = self.known(contract);
				known.put_in = known.put_in.map(|sum| sum + amount);
				shift(changes, &by, &known.client, amount);
			},
			Event::MilestoneReleased { contract, amount, fee, .. }
			| Event::MilestoneSplit { contract, released: amount, fee, .. }
			| Event::StreamPaid { contract, amount, fee, .. }
			| Event::UnitsBilled { contract, amount, fee, .. } => {
				self.note_payment(contract, amount, fee, changes);
			},
			Event::RulingApplied { subject, released, fee, refunded, .. } => {
				let contract = match subject {
					aitbc_core::Subject::Milestone { contract, .. }
					| aitbc_core::Subject::Contract(contract) => contract,
					aitbc_core::Subject::Validation(_) => panic!("no contract is ruled by it"),
				};
				self.note_payment(contract, released, fee, changes);
				*self.known(contract).lost_by_rulings.get_or_insert(0) += refunded;
			},
			Event::BondSlashed { contract, party, to_other_party, to_treasury } => {
				let known = self.known(contract);
				let (payer, payee) = match party {
					Party::Client => (&known.client, &known.provider),
					Party::Provider => (&known.provider, &known.client),
				};
				shift(changes, payer, payee, to_other_party);
				shift(changes, payer, &TREASURY, to_treasury);
				if party == Party::Provider {
					known.slashed += to_other_party + to_treasury;
				}
			},
			Event::ClaimOpened { payer, payee, amount, .. } => {
				shift(changes, &payee, &payer, amount);
			},
			Event::ClaimCollected { contract, kind, payee, amount } => {
				let known = self.known(contract);
				let payer = match kind {
					ClaimKind::Payment | ClaimKind::Compensation => &known.client,
					ClaimKind::Penalty => &known.provider,
					_ => &payee,
				};
				shift(changes, payer, &payee, amount);
			},
			_ => (),
		}
	}

	/// Takes note that the client of `contract` paid `amount`, and the protocol took `fee` of it.
	fn note_payment(
		&mut self,
		contract: ContractId,
		amount: Balance,
		fee: Balance,
		changes: &mut Changes,
	) {
		let known = self.known(contract);
		shift(changes, &known.client, &known.provider, amount - fee);
		shift(changes, &known.client, &TREASURY, fee);
		known.released += amount;
		known.fee += fee;
	}

	/// Checks that each contract was told of once, with a balance sheet that adds up and that says
	/// what the events said.
	pub(super) fn check_heard(&self) {
		let heard = Heard::get();
		let ids: BTreeSet<_> = heard.iter().map(|closed| closed.contract).collect();
		assert_eq!(ids.len(), heard.len(), "told twice");
		assert!(ids.iter().eq(self.contracts.keys()), "not told");
		for closed in heard {
			self.contracts[&closed.contract].check(&closed);
		}
	}
}

impl Known {
	/// What is known of a contract that was just opened.
	fn new(
		(client, provider): (AccountId, AccountId),
		agent: Option<AgentId>,
		agreement: Agreement<AccountId>,
		fee_rate: Perbill,
	) -> Self {
		Self {
			client,
			provider,
			agent,
			agreement,
			fee_rate,
			put_in: None,
			released: 0,
			fee: 0,
			lost_by_rulings: None,
			slashed: 0,
		}
	}

	/// Checks that `closed` adds up.
	fn check(&self, closed: &ClosedContract<AccountId, Balance>) {
		assert_eq!(closed.client, self.client);
		assert_eq!(closed.provider, self.provider);
		assert_eq!(closed.agent, self.agent);
		assert_eq!(self.put_in.is_none(), closed.outcome == ContractOutcome::Cancelled);
		assert_eq!(closed.released + closed.refunded, self.put_in.unwrap_or(0));
		assert_eq!(closed.released, self.released);
		assert_eq!(closed.fee, self.fee);
		assert_eq!(closed.disputed, self.lost_by_rulings.is_some());
		assert_eq!(closed.disputed_lost, self.lost_by_rulings.unwrap_or(0));
		assert_eq!(closed.slashed, self.slashed);
		assert!(closed.fee <= closed.released);
		assert!(closed.on_time <= closed.released);
		assert!(closed.missed + closed.disputed_lost <= closed.refunded);
		assert!(closed.slashed <= self.agreement.bonds.provider);
		let fee = self.fee_rate.mul_ceil(closed.released);
		match &self.agreement.payment {
			// Rounded up for each.
			PaymentTerms::Milestones(milestones) => {
				assert!(closed.fee < fee + milestones.len() as Balance);
			},
			_ => assert_eq!(closed.fee, fee, "many parts cost more than one"),
		}
	}
}

/// Moves `amount` from one account to another.
fn shift(changes: &mut Changes, from: &AccountId, to: &AccountId, amount: Balance) {
	*changes.entry(from.clone()).or_default() -= amount as i128;
	*changes.entry(to.clone()).or_default() += amount as i128;
}
