//! What is to be done, and how it is paid for.

use crate::rpc::{
	accounts::{Accounts, Address},
	bounded::Few,
	error::Error,
	format::{ascii, Quantity, Share},
	variant::Variant,
};
use aitbc_core::TermsHash;
use aitbc_runtime::{AccountId, BlockNumber};
use pallet_market::types::{self as chain, MAX_MILESTONES};
use serde::{Deserialize, Deserializer, Serialize};

/// What is to be done, and how it is paid for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Work {
	specification: Specification,
	units: Quantity,
	payment: Plan,
	start_within: BlockNumber,
	review_period: BlockNumber,
}

/// Where it says what is to be done, and what that must hash to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Specification {
	uri: String,
	hash: TermsHash,
}

/// How a job pays, without saying how much; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Plan {
	/// For parts of the work.
	Milestones(MilestonesPlan),
	/// For time.
	Stream(StreamPlan),
	/// For units that the client has signed for.
	Metered(MeterPlan),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MilestonesPlan {
	milestones: Few<MilestonePlan, MAX_MILESTONES>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MilestonePlan {
	share: Share,
	due_after: BlockNumber,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StreamPlan {
	blocks: BlockNumber,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeterPlan {
	blocks: BlockNumber,
	signer: Address,
}

impl Work {
	/// Shows `work`, its accounts as `accounts` writes them.
	pub fn new(work: chain::WorkTerms<AccountId, Vec<u8>>, accounts: &Accounts) -> Self {
		let chain::WorkTerms { specification, units, payment, start_within, review_period } = work;
		let chain::Specification { uri, hash } = specification;
		Self {
			specification: Specification { uri: ascii(uri), hash },
			units: Quantity(units),
			payment: Plan::new(payment, accounts),
			start_within,
			review_period,
		}
	}

	/// The same as the runtime takes it.
	pub fn read(self, accounts: &Accounts) -> Result<chain::WorkTerms<AccountId, Vec<u8>>, Error> {
		let Self { specification, units, payment, start_within, review_period } = self;
		let Specification { uri, hash } = specification;
		Ok(chain::WorkTerms {
			specification: chain::Specification { uri: uri.into_bytes(), hash },
			units: units.0,
			payment: payment.read(accounts)?,
			start_within,
			review_period,
		})
	}
}

impl Plan {
	fn new(plan: chain::PaymentPlan<AccountId>, accounts: &Accounts) -> Self {
		match plan {
			chain::PaymentPlan::Milestones(milestones) => {
				let milestones = Few::show(milestones, MilestonePlan::from);
				Self::Milestones(MilestonesPlan { milestones })
			},
			chain::PaymentPlan::Stream { blocks } => Self::Stream(StreamPlan { blocks }),
			chain::PaymentPlan::Metered { blocks, signer } => {
				Self::Metered(MeterPlan { blocks, signer: accounts.address(&signer) })
			},
		}
	}

	fn read(self, accounts: &Accounts) -> Result<chain::PaymentPlan<AccountId>, Error> {
		Ok(match self {
			Self::Milestones(MilestonesPlan { milestones }) => {
				chain::PaymentPlan::Milestones(milestones.keep(Into::into))
			},
			Self::Stream(StreamPlan { blocks }) => chain::PaymentPlan::Stream { blocks },
			Self::Metered(MeterPlan { blocks, signer }) => {
				chain::PaymentPlan::Metered { blocks, signer: accounts.read(&signer)? }
			},
		})
	}
}

impl<'de> Deserialize<'de> for Plan {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let plan = Variant::read(deserializer)?;
		match plan.kind() {
			"milestones" => plan.members().map(Self::Milestones),
			"stream" => plan.members().map(Self::Stream),
			"metered" => plan.members().map(Self::Metered),
			_ => Err(plan.unknown(&["milestones", "stream", "metered"])),
		}
	}
}

impl From<chain::MilestonePlan> for MilestonePlan {
	fn from(plan: chain::MilestonePlan) -> Self {
		let chain::MilestonePlan { share, due_after } = plan;
		Self { share: Share(share), due_after }
	}
}

impl From<MilestonePlan> for chain::MilestonePlan {
	fn from(plan: MilestonePlan) -> Self {
		let MilestonePlan { share: Share(share), due_after } = plan;
		Self { share, due_after }
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use aitbc_core::Hash;
	use serde_json::{from_value, json, to_value, Value};
	use sp_keyring::Sr25519Keyring::Alice;
	use sp_runtime::{BoundedVec, Perbill};

	/// Work that is paid by `payment`.
	pub fn work(payment: chain::PaymentPlan<AccountId>) -> chain::WorkTerms<AccountId, Vec<u8>> {
		chain::WorkTerms {
			specification: chain::Specification {
				uri: b"ipfs://work".to_vec(),
				hash: TermsHash(Hash::repeat_byte(1)),
			},
			units: 10,
			payment,
			start_within: 20,
			review_period: 30,
		}
	}

	/// The same as JSON.
	pub fn work_json(payment: Value) -> Value {
		json!({
			"specification": { "uri": "ipfs://work", "hash": format!("0x{}", "01".repeat(32)) },
			"units": "10",
			"payment": payment,
			"startWithin": 20,
			"reviewPeriod": 30,
		})
	}

	fn plans() -> [(chain::PaymentPlan<AccountId>, Value); 3] {
		let half = |due_after| chain::MilestonePlan { share: Perbill::from_percent(50), due_after };
		[
			(
				chain::PaymentPlan::Milestones(BoundedVec::truncate_from(vec![half(40), half(50)])),
				json!({
					"type": "milestones",
					"milestones": [
						{ "share": "0.500000000", "dueAfter": 40 },
						{ "share": "0.500000000", "dueAfter": 50 },
					],
				}),
			),
			(chain::PaymentPlan::Stream { blocks: 60 }, json!({ "type": "stream", "blocks": 60 })),
			(
				chain::PaymentPlan::Metered { blocks: 70, signer: Alice.to_account_id() },
				json!({
					"type": "metered",
					"blocks": 70,
					"signer": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
				}),
			),
		]
	}

	#[test]
	fn work_should_keep_its_golden_form_both_ways() {
		let accounts = Accounts::with_prefix(42);
		for (plan, json) in plans() {
			let (chain, json) = (work(plan), work_json(json));

			let shown = to_value(Work::new(chain.clone(), &accounts)).expect("work is JSON");
			let read = from_value::<Work>(json.clone()).expect("it is work");

			assert_eq!(shown, json);
			assert_eq!(read.read(&accounts).expect("its accounts are some"), chain);
		}
	}

	#[test]
	fn work_should_refuse_what_it_does_not_know() {
		let milestone = json!({ "share": "0.1", "dueAfter": 1 });
		for payment in [
			json!({ "type": "gift" }),
			json!({ "blocks": 60 }),
			json!({ "type": "stream" }),
			json!({ "type": "stream", "blocks": "60" }),
			json!({ "type": "stream", "blocks": 60, "rate": "1" }),
			json!({ "type": "metered", "blocks": 60 }),
			json!({ "type": "milestones", "milestones": vec![milestone; 11] }),
			json!({ "type": "milestones", "milestones": [{ "amount": "1", "dueAfter": 1 }] }),
		] {
			assert!(from_value::<Work>(work_json(payment.clone())).is_err(), "{payment}");
		}
		let mut number = work_json(json!({ "type": "stream", "blocks": 60 }));
		number["units"] = json!(10);
		assert!(from_value::<Work>(number).is_err());
	}

	#[test]
	fn work_should_refuse_a_signer_that_is_no_account() {
		let json = work_json(json!({ "type": "metered", "blocks": 60, "signer": "Alice" }));
		let work = from_value::<Work>(json).expect("the signer is text");

		assert!(matches!(work.read(&Accounts::with_prefix(42)), Err(Error::BadAccount(_))));
	}
}
