//! What can be sent about stakes, alone or with others.

use super::Payee;
use crate::{
	amount::Amount,
	chain::{
		runtime::runtime_types::{
			aitbc_runtime::RuntimeCall,
			pallet_staking::{pallet::pallet::Call as Staking, ValidatorPrefs},
			sp_arithmetic::per_things::Perbill,
		},
		ChainCall,
	},
	decimal::Share,
};
use subxt::utils::{AccountId32, MultiAddress};

fn staking(call: Staking) -> ChainCall {
	RuntimeCall::Staking(call).into()
}

/// Makes the sender a staker, with `amount` at most.
pub fn bond(amount: Amount, payee: Payee) -> ChainCall {
	staking(Staking::bond { value: amount.0, payee: payee.into() })
}

/// Adds `amount` at most to the sender's bond.
pub fn bond_extra(amount: Amount) -> ChainCall {
	staking(Staking::bond_extra { max_additional: amount.0 })
}

/// Begins to take `amount` at most out of the sender's bond.
pub fn unbond(amount: Amount) -> ChainCall {
	staking(Staking::unbond { value: amount.0 })
}

/// Puts `amount` at most of what leaves back into the sender's bond.
pub fn rebond(amount: Amount) -> ChainCall {
	staking(Staking::rebond { value: amount.0 })
}

/// Gives back what has waited long enough. `slashing_spans` counts when it is the last of the bond.
pub fn withdraw_unbonded(slashing_spans: u32) -> ChainCall {
	staking(Staking::withdraw_unbonded { num_slashing_spans: slashing_spans })
}

/// Makes the sender a candidate for validating.
pub fn validate(commission: Share, blocked: bool) -> ChainCall {
	staking(Staking::validate {
		prefs: ValidatorPrefs { commission: Perbill(commission.0), blocked },
	})
}

/// Has the sender nominate `targets`, and nobody else.
pub fn nominate(targets: Vec<AccountId32>) -> ChainCall {
	staking(Staking::nominate { targets: targets.into_iter().map(MultiAddress::Id).collect() })
}

/// Lets the sender neither validate nor nominate in later eras.
pub fn chill() -> ChainCall {
	staking(Staking::chill)
}

/// Pays a page of the stakers of `validator` for `era`.
pub fn payout(validator: AccountId32, era: u32, page: u32) -> ChainCall {
	staking(Staking::payout_stakers_by_page { validator_stash: validator, era, page })
}
