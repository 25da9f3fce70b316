//! What a party has at risk, and loses.

use crate::*;
use aitbc_core::{Balance, ContractId};
use frame_support::traits::{DefensiveSaturating, Get};
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

impl<T: Config> Pallet<T> {
	/// What missing milestones of these amounts costs the provider of `record`, in plancks: of what
	/// each has at risk [`Config::MissedSlash`], rounded down.
	pub(crate) fn penalty_for_missing(
		record: &Contract<T>,
		amounts: impl IntoIterator<Item = Balance>,
	) -> Balance {
		let at_risk = |amount| Self::bond_for(record, record.bonds.provider, amount);
		let slash = |amount| T::MissedSlash::get().mul_floor(at_risk(amount));
		amounts.into_iter().map(slash).fold(0, Balance::saturating_add)
	}

	/// What of `bond` is at risk for one milestone of `amount`, in plancks: the share that it has in
	/// the sum of all milestones of `record`, rounded down. All milestones together never have more
	/// than the bond.
	pub(crate) fn bond_for(record: &Contract<T>, bond: Balance, amount: Balance) -> Balance {
		let Some(Funded { progress: Progress::Milestones(milestones), .. }) = record.state.funded()
		else {
			return 0;
		};
		let total = milestones.iter().fold(0, |sum: Balance, one| sum.saturating_add(one.amount));
		multiply_by_rational_with_rounding(bond, amount, total, Rounding::Down).unwrap_or(0)
	}

	/// Takes `amount`, or what is left, of the bond of `party`: [`Config::SlashToOtherParty`] of it
	/// for the other party, and the rest for the treasury. The caller stores the contract.
	///
	/// What the treasury can't take stays in the bond, and so returns to its owner.
	pub(crate) fn slash(
		contract: ContractId,
		record: &mut Contract<T>,
		party: Party,
		amount: Balance,
	) {
		let (payer, payee) = (record.account(party).clone(), record.account(party.other()).clone());
		let ContractState::Funded(Funded { bonds, .. }) = &mut record.state else { return };
		let (bond, kind) = match party {
			Party::Client => (&mut bonds.client, ClaimKind::Compensation),
			Party::Provider => (&mut bonds.provider, ClaimKind::Penalty),
		};
		let amount = amount.min(*bond);
		if amount == 0 {
			return;
		}
		let to_other_party = T::SlashToOtherParty::get().mul_floor(amount);
		let rest = amount.saturating_sub(to_other_party);
		Self::pay(contract, kind, &payer, &payee, to_other_party);
		let to_treasury = Self::pay_treasury(contract, HoldReason::Bond, &payer, rest);
		// Both are parts of the amount, which is at most the bond.
		*bond = bond.defensive_saturating_sub(to_other_party.saturating_add(to_treasury));
		Self::deposit_event(Event::BondSlashed { contract, party, to_other_party, to_treasury });
	}
}
