//! Contracts.

use super::payment::Payment;
use crate::rpc::{
	accounts::Accounts,
	escrow::terms::{Approvers, Bonds},
	format::{Plancks, Share},
};
use aitbc_core::{AgentId, ContractId, JobId, TermsHash};
use aitbc_runtime::{AccountId, BlockNumber};
use pallet_escrow::types as chain;
use serde::Serialize;

/// A contract between a client and a provider.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contract {
	contract: ContractId,
	/// Null unless it was opened for a job.
	job: Option<JobId>,
	client: String,
	provider: String,
	/// Null unless an agent answers for it.
	agent: Option<AgentId>,
	terms: TermsHash,
	review_period: BlockNumber,
	approvers: Option<Approvers>,
	bonds: Bonds,
	bonds_held: Bonds,
	fee_rate: Share,
	deposit: Plancks,
	funded_since: Option<BlockNumber>,
	accepted: bool,
	started: Option<BlockNumber>,
	payment: Payment,
}

impl Contract {
	/// Shows `info`, its accounts as `accounts` writes them.
	pub fn new(info: chain::ContractInfo<AccountId>, accounts: &Accounts) -> Self {
		let approving = info.approvers.as_ref().map_or(&[][..], |approvers| &approvers.accounts);
		Self {
			payment: Payment::new(info.payment, approving, accounts),
			contract: info.contract,
			job: info.job,
			client: accounts.show(&info.client),
			provider: accounts.show(&info.provider),
			agent: info.agent,
			terms: info.terms,
			review_period: info.review_period,
			approvers: info.approvers.as_ref().map(|approvers| Approvers::new(approvers, accounts)),
			bonds: info.bonds.into(),
			bonds_held: info.bonds_held.into(),
			fee_rate: Share(info.fee_rate),
			deposit: Plancks(info.deposit),
			funded_since: info.funded_since,
			accepted: info.accepted,
			started: info.started,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::{EvidenceHash, Hash};
	use chain::{Approvals, ContractInfo, Milestone, MilestoneState, PaymentInfo};
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
	use sp_runtime::Perbill;

	const CHARLIE: &str = "5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y";
	const DAVE: &str = "5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy";

	fn json_of(info: ContractInfo<AccountId>) -> Value {
		to_value(Contract::new(info, &Accounts::with_prefix(42))).expect("a contract is JSON")
	}

	fn info() -> ContractInfo<AccountId> {
		ContractInfo {
			contract: ContractId(7),
			job: Some(JobId(5)),
			client: Alice.to_account_id(),
			provider: Bob.to_account_id(),
			agent: Some(AgentId(3)),
			terms: TermsHash(Hash::repeat_byte(1)),
			review_period: 20,
			approvers: None,
			bonds: aitbc_core::Bonds { client: 1, provider: 2 },
			bonds_held: aitbc_core::Bonds { client: 0, provider: 2 },
			fee_rate: Perbill::from_parts(25_000_000),
			deposit: 3,
			funded_since: Some(11),
			accepted: true,
			started: None,
			payment: PaymentInfo::Milestones(Vec::new()),
		}
	}

	#[test]
	fn contracts_should_keep_their_golden_form() {
		assert_eq!(
			json_of(info()),
			json!({
				"contract": 7,
				"job": 5,
				"client": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
				"provider": "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
				"agent": 3,
				"terms": format!("0x{}", "01".repeat(32)),
				"reviewPeriod": 20,
				"approvers": null,
				"bonds": { "client": "1", "provider": "2" },
				"bondsHeld": { "client": "0", "provider": "2" },
				"feeRate": "0.025000000",
				"deposit": "3",
				"fundedSince": 11,
				"accepted": true,
				"started": null,
				"payment": { "type": "milestones", "milestones": [] },
			})
		);
	}

	#[test]
	fn approvals_should_be_those_of_the_contracts_approvers() {
		let accounts = vec![Charlie.to_account_id(), Dave.to_account_id()];
		let state = MilestoneState::Submitted {
			at: 12,
			evidence: EvidenceHash(Hash::repeat_byte(2)),
			approvals: Approvals(0b10),
			offer: None,
		};
		let info = ContractInfo {
			approvers: Some(aitbc_core::Approvers { accounts, threshold: 2 }),
			payment: PaymentInfo::Milestones(vec![Milestone { amount: 100, due: 40, state }]),
			..info()
		};

		let json = json_of(info);

		assert_eq!(json["approvers"], json!({ "accounts": [CHARLIE, DAVE], "threshold": 2 }));
		assert_eq!(json["payment"]["milestones"][0]["state"]["approvals"], json!([DAVE]));
	}
}
