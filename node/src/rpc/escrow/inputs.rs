//! What clients send with a question about escrow.

use super::terms::{Approvers, Bonds, MeterTerms};
use crate::rpc::{
	accounts::Accounts,
	error::Error,
	format::{Plancks, Quantity},
	variant::Variant,
};
use aitbc_core::{ContractId, PaymentTerms, TermsHash};
use aitbc_runtime::{AccountId, BlockNumber};
use serde::{Deserialize, Deserializer};

/// What the parties of a contract would agree on.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Agreement {
	terms: TermsHash,
	payment: Payment,
	review_period: BlockNumber,
	approvers: Option<Approvers>,
	#[serde(default)]
	bonds: Bonds,
}

/// How a contract would pay; `type` says which of these it is.
#[derive(Clone, Debug)]
enum Payment {
	/// For parts of the work.
	Milestones(Milestones),
	/// For time.
	Stream(StreamTerms),
	/// For units that the client has signed for.
	Metered(MeterTerms),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Milestones {
	milestones: Vec<MilestoneTerms>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MilestoneTerms {
	amount: Plancks,
	due: BlockNumber,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StreamTerms {
	rate: Plancks,
	amount: Plancks,
	until: BlockNumber,
}

/// A client's word on how many units its provider has delivered in all.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voucher {
	contract: ContractId,
	units: Quantity,
	sequence: Quantity,
}

impl Agreement {
	/// The same as the runtime takes it.
	pub fn read(self, accounts: &Accounts) -> Result<aitbc_core::Agreement<AccountId>, Error> {
		let Self { terms, payment, review_period, approvers, bonds } = self;
		Ok(aitbc_core::Agreement {
			terms,
			payment: payment.read(accounts)?,
			review_period,
			approvers: approvers.map(|approvers| approvers.read(accounts)).transpose()?,
			bonds: bonds.into(),
		})
	}
}

impl Payment {
	fn read(self, accounts: &Accounts) -> Result<PaymentTerms<AccountId>, Error> {
		Ok(match self {
			Self::Milestones(Milestones { milestones }) => {
				PaymentTerms::Milestones(milestones.into_iter().map(Into::into).collect())
			},
			Self::Stream(terms) => PaymentTerms::Stream(terms.into()),
			Self::Metered(terms) => PaymentTerms::Metered(terms.read(accounts)?),
		})
	}
}

impl<'de> Deserialize<'de> for Payment {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let payment = Variant::read(deserializer)?;
		match payment.kind() {
			"milestones" => payment.members().map(Self::Milestones),
			"stream" => payment.members().map(Self::Stream),
			"metered" => payment.members().map(Self::Metered),
			_ => Err(payment.unknown(&["milestones", "stream", "metered"])),
		}
	}
}

impl From<MilestoneTerms> for aitbc_core::MilestoneTerms {
	fn from(terms: MilestoneTerms) -> Self {
		let MilestoneTerms { amount: Plancks(amount), due } = terms;
		Self { amount, due }
	}
}

impl From<StreamTerms> for aitbc_core::StreamTerms {
	fn from(terms: StreamTerms) -> Self {
		let StreamTerms { rate: Plancks(rate), amount: Plancks(amount), until } = terms;
		Self { rate, amount, until }
	}
}

impl From<Voucher> for aitbc_core::Voucher {
	fn from(voucher: Voucher) -> Self {
		let Voucher { contract, units: Quantity(units), sequence: Quantity(sequence) } = voucher;
		Self { contract, units, sequence }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::Hash;
	use serde_json::{from_value, json, Value};
	use sp_keyring::Sr25519Keyring::Alice;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	/// An agreement that pays so.
	fn agreement(payment: Value) -> Value {
		json!({
			"terms": format!("0x{}", "01".repeat(32)),
			"payment": payment,
			"reviewPeriod": 20,
		})
	}

	fn read(json: Value) -> aitbc_core::Agreement<AccountId> {
		let agreement = from_value::<Agreement>(json).expect("it is an agreement");
		agreement.read(&Accounts::with_prefix(42)).expect("its accounts are some")
	}

	#[test]
	fn payments_should_reach_the_runtime_unchanged() {
		let signer = Alice.to_account_id();
		for (json, payment) in [
			(
				json!({ "type": "milestones", "milestones": [{ "amount": "5", "due": 9 }] }),
				PaymentTerms::Milestones(vec![aitbc_core::MilestoneTerms { amount: 5, due: 9 }]),
			),
			(
				json!({ "type": "stream", "rate": "2", "amount": "8", "until": 9 }),
				PaymentTerms::Stream(aitbc_core::StreamTerms { rate: 2, amount: 8, until: 9 }),
			),
			(
				json!({
					"type": "metered",
					"unitPrice": "3",
					"units": "7",
					"until": 9,
					"signer": ALICE,
				}),
				PaymentTerms::Metered(aitbc_core::MeterTerms {
					unit_price: 3,
					units: 7,
					until: 9,
					signer,
				}),
			),
		] {
			assert_eq!(read(agreement(json)).payment, payment);
		}
	}

	#[test]
	fn agreements_should_reach_the_runtime_unchanged() {
		let mut json = agreement(json!({ "type": "milestones", "milestones": [] }));
		json["approvers"] = json!({ "accounts": [ALICE], "threshold": 1 });
		json["bonds"] = json!({ "client": "1", "provider": "2" });

		let read = read(json);

		assert_eq!(
			read,
			aitbc_core::Agreement {
				terms: TermsHash(Hash::repeat_byte(1)),
				payment: PaymentTerms::Milestones(Vec::new()),
				review_period: 20,
				approvers: Some(aitbc_core::Approvers {
					accounts: vec![Alice.to_account_id()],
					threshold: 1,
				}),
				bonds: aitbc_core::Bonds { client: 1, provider: 2 },
			}
		);
	}

	#[test]
	fn agreements_should_have_neither_approvers_nor_bonds_when_none_are_named() {
		let read = read(agreement(json!({ "type": "milestones", "milestones": [] })));

		assert_eq!((read.approvers, read.bonds), (None, aitbc_core::Bonds::default()));
	}

	#[test]
	fn agreements_should_refuse_what_they_do_not_know() {
		let mut more = agreement(json!({ "type": "milestones", "milestones": [] }));
		more["client"] = json!(ALICE);
		for json in [
			more,
			agreement(json!({ "milestones": [] })),
			agreement(json!({ "type": "gift" })),
			agreement(json!({ "type": "milestones", "milestones": [{ "amount": 5, "due": 9 }] })),
			agreement(json!({ "type": "stream", "rate": "2", "until": 9 })),
		] {
			assert!(from_value::<Agreement>(json.clone()).is_err(), "{json}");
		}
	}

	#[test]
	fn vouchers_should_reach_the_runtime_unchanged() {
		let json = json!({ "contract": 7, "units": "258", "sequence": "18446744073709551615" });
		let voucher = from_value::<Voucher>(json).expect("it is a voucher");

		assert_eq!(
			aitbc_core::Voucher::from(voucher),
			aitbc_core::Voucher { contract: ContractId(7), units: 258, sequence: u64::MAX }
		);
		assert!(from_value::<Voucher>(json!({ "contract": 7, "units": 1, "sequence": 1 })).is_err());
	}
}
