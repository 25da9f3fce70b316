//! Money that could not be paid yet.

use crate::rpc::{accounts::Accounts, format::Plancks};
use aitbc_runtime::AccountId;
use pallet_escrow::types::{self as chain, ClaimKind};
use serde::Serialize;

/// Money that is owed for good, and held on the payer until the payee's account can take it.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
	kind: &'static str,
	payer: String,
	payee: String,
	amount: Plancks,
}

impl Claim {
	/// Shows `claim`, its accounts as `accounts` writes them.
	pub fn new((kind, claim): (ClaimKind, chain::Claim<AccountId>), accounts: &Accounts) -> Self {
		let chain::Claim { payer, payee, amount } = claim;
		Self {
			kind: kind_name(kind),
			payer: accounts.show(&payer),
			payee: accounts.show(&payee),
			amount: Plancks(amount),
		}
	}
}

fn kind_name(kind: ClaimKind) -> &'static str {
	match kind {
		ClaimKind::Payment => "payment",
		ClaimKind::Refund => "refund",
		ClaimKind::Deposit => "deposit",
		ClaimKind::ProviderBond => "providerBond",
		ClaimKind::ClientBond => "clientBond",
		ClaimKind::Penalty => "penalty",
		ClaimKind::Compensation => "compensation",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	#[test]
	fn claims_should_keep_their_golden_form() {
		let (payer, payee) = (Alice.to_account_id(), Bob.to_account_id());
		let claim = (ClaimKind::Payment, chain::Claim { payer, payee, amount: 5 });

		assert_eq!(
			to_value(Claim::new(claim, &Accounts::with_prefix(42))).expect("a claim is JSON"),
			json!({
				"kind": "payment",
				"payer": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
				"payee": "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
				"amount": "5",
			})
		);
	}

	#[test]
	fn names_of_kinds_should_keep_their_golden_form() {
		use ClaimKind::*;
		assert_eq!(
			[Payment, Refund, Deposit, ProviderBond, ClientBond, Penalty, Compensation]
				.map(kind_name),
			[
				"payment",
				"refund",
				"deposit",
				"providerBond",
				"clientBond",
				"penalty",
				"compensation"
			]
		);
	}
}
