//! What parties agree on, in the one form that clients send and get.

use crate::rpc::{
	accounts::{Accounts, Address},
	error::Error,
	format::{Plancks, Quantity},
};
use aitbc_runtime::{AccountId, BlockNumber};
use serde::{Deserialize, Serialize};

/// What the parties have at risk.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bonds {
	client: Plancks,
	provider: Plancks,
}

/// Accounts of which some together may release a milestone in the client's place.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approvers {
	accounts: Vec<Address>,
	threshold: u32,
}

/// A meter as agreed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MeterTerms {
	unit_price: Plancks,
	units: Quantity,
	until: BlockNumber,
	signer: Address,
}

impl From<aitbc_core::Bonds> for Bonds {
	fn from(bonds: aitbc_core::Bonds) -> Self {
		let aitbc_core::Bonds { client, provider } = bonds;
		Self { client: Plancks(client), provider: Plancks(provider) }
	}
}

impl From<Bonds> for aitbc_core::Bonds {
	fn from(bonds: Bonds) -> Self {
		let Bonds { client: Plancks(client), provider: Plancks(provider) } = bonds;
		Self { client, provider }
	}
}

impl Approvers {
	/// Shows `approvers` as `accounts` writes them.
	pub fn new(approvers: &aitbc_core::Approvers<AccountId>, accounts: &Accounts) -> Self {
		let aitbc_core::Approvers { accounts: approving, threshold } = approvers;
		let approving = approving.iter().map(|account| accounts.address(account));
		Self { accounts: approving.collect(), threshold: *threshold }
	}

	/// The same as the runtime takes them.
	pub fn read(self, accounts: &Accounts) -> Result<aitbc_core::Approvers<AccountId>, Error> {
		let Self { accounts: approving, threshold } = self;
		let approving = approving.iter().map(|address| accounts.read(address));
		Ok(aitbc_core::Approvers { accounts: approving.collect::<Result<_, _>>()?, threshold })
	}
}

impl MeterTerms {
	/// Shows `terms`, their account as `accounts` writes it.
	pub fn new(terms: aitbc_core::MeterTerms<AccountId>, accounts: &Accounts) -> Self {
		let aitbc_core::MeterTerms { unit_price, units, until, signer } = terms;
		Self {
			unit_price: Plancks(unit_price),
			units: Quantity(units),
			until,
			signer: accounts.address(&signer),
		}
	}

	/// The same as the runtime takes them.
	pub fn read(self, accounts: &Accounts) -> Result<aitbc_core::MeterTerms<AccountId>, Error> {
		let Self { unit_price: Plancks(unit_price), units: Quantity(units), until, signer } = self;
		Ok(aitbc_core::MeterTerms { unit_price, units, until, signer: accounts.read(&signer)? })
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json, to_value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

	#[test]
	fn bonds_should_keep_their_golden_form_both_ways() {
		let bonds = aitbc_core::Bonds { client: 1, provider: 2 };
		let json = json!({ "client": "1", "provider": "2" });

		assert_eq!(to_value(Bonds::from(bonds)).expect("bonds are JSON"), json);
		let read = from_value::<Bonds>(json).expect("they are bonds");
		assert_eq!(aitbc_core::Bonds::from(read), bonds);
	}

	#[test]
	fn approvers_should_keep_their_golden_form_both_ways() {
		let accounts = Accounts::with_prefix(42);
		let approving = vec![Alice.to_account_id(), Bob.to_account_id()];
		let approvers = aitbc_core::Approvers { accounts: approving, threshold: 2 };
		let json = json!({ "accounts": [ALICE, BOB], "threshold": 2 });

		let shown = to_value(Approvers::new(&approvers, &accounts)).expect("they are JSON");
		let read = from_value::<Approvers>(json.clone()).expect("they are approvers");

		assert_eq!(shown, json);
		assert_eq!(read.read(&accounts).expect("they are accounts"), approvers);
	}

	#[test]
	fn approvers_should_all_be_accounts() {
		let json = json!({ "accounts": [ALICE, "Bob"], "threshold": 2 });
		let approvers = from_value::<Approvers>(json).expect("accounts are text");

		let read = approvers.read(&Accounts::with_prefix(42));

		assert!(matches!(read, Err(Error::BadAccount(_))));
	}

	#[test]
	fn meter_terms_should_keep_their_golden_form_both_ways() {
		let accounts = Accounts::with_prefix(42);
		let signer = Alice.to_account_id();
		let terms = aitbc_core::MeterTerms { unit_price: 5, units: u64::MAX, until: 9, signer };
		let json = json!({
			"unitPrice": "5",
			"units": "18446744073709551615",
			"until": 9,
			"signer": ALICE,
		});

		let shown = to_value(MeterTerms::new(terms.clone(), &accounts)).expect("they are JSON");
		let read = from_value::<MeterTerms>(json.clone()).expect("they are terms");

		assert_eq!(shown, json);
		assert_eq!(read.read(&accounts).expect("the signer is an account"), terms);
	}
}
