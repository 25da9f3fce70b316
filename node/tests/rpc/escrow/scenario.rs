//! A chain on which every method about escrow has something to tell, the market's contracts aside.
//!
//! Bob opens three contracts:
//!
//! | contract | what becomes of it |
//! |---|---|
//! | 7 | Dave submitted the first of two milestones, and Charlie, one of two approvers, agrees |
//! | 8 | is closed, and owes its provider what that one's account can't take |
//! | 9 | is not funded |

use crate::{
	agents::scenario::{heartbeat, CHECKER, RENDERER},
	harness::{wait_until, Node},
	transactions::{send, send_together, submit},
};
use aitbc_core::{
	money::AIT, Agreement, Approvers, Balance, BlockNumber, Bonds, ContractId, EvidenceHash, Hash,
	MilestoneIndex, MilestoneTerms, PaymentTerms, StreamTerms, TermsHash,
};
use aitbc_runtime::{AccountId, RuntimeCall};
use serde_json::json;
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave, Eve, Ferdie, One};

/// The contracts.
const APPROVED: ContractId = ContractId(7);
const CLAIMED: ContractId = ContractId(8);

/// What the parties of the first one have at risk, and what it pays.
const BONDS: Bonds = Bonds { client: AIT, provider: 2 * AIT };
const TOTAL: Balance = 30 * AIT;

/// What the second one pays, and what its parties settle for: less than an account can be made of.
const PRICE: Balance = 10 * AIT;
const SHARE: Balance = 1_000;

/// An active block that is far enough for all dues, and near enough to be allowed.
const DUE: BlockNumber = 500;

/// The only milestone, or the first one.
const FIRST: MilestoneIndex = MilestoneIndex(0);

/// Plays it.
pub fn play(node: &Node) {
	open(node);
	let accept = pallet_escrow::Call::accept { contract: APPROVED, bonds: BONDS, total: TOTAL };
	send(node, Dave, vec![accept.into()]);
	vanish(node);
	let divide =
		pallet_escrow::Call::accept_split { contract: CLAIMED, milestone: FIRST, expected: SHARE };
	send(node, Bob, vec![fund(APPROVED, TOTAL), divide.into()]);
	let evidence = EvidenceHash(Hash::repeat_byte(0xe1));
	let submit =
		pallet_escrow::Call::submit { contract: APPROVED, milestone: FIRST, evidence }.into();
	send(node, Dave, vec![submit, heartbeat(RENDERER)]);
	let approve = pallet_escrow::Call::approve { contract: APPROVED, milestone: FIRST }.into();
	let live = heartbeat(CHECKER);
	send_together(node, [(Charlie, vec![approve]), (Ferdie, vec![live])]);
}

/// Bob opens all three, and gives the provider of the second one what it needs for a transaction.
fn open(node: &Node) {
	let approvers =
		Approvers { accounts: vec![Charlie.to_account_id(), Eve.to_account_id()], threshold: 2 };
	let give =
		pallet_balances::Call::transfer_keep_alive { dest: One.to_account_id().into(), value: AIT };
	let stream = StreamTerms { rate: AIT / 10, amount: 5 * AIT, until: DUE };
	send(
		node,
		Bob,
		vec![
			open_with(
				Dave,
				Agreement {
					approvers: Some(approvers),
					bonds: BONDS,
					..agreement(milestones([TOTAL / 3, TOTAL - TOTAL / 3]))
				},
			),
			give.into(),
			open_with(One, agreement(milestones([PRICE]))),
			fund(CLAIMED, PRICE),
			open_with(Ferdie, agreement(PaymentTerms::Stream(stream))),
		],
	);
}

/// The provider of the second contract offers to settle for next to nothing, and gives away all that
/// it has. Its account is gone with its nonce, so the contract tells when that has happened.
fn vanish(node: &Node) {
	let offer = pallet_escrow::Call::offer_split {
		contract: CLAIMED,
		milestone: FIRST,
		provider_share: SHARE,
	};
	let leave =
		pallet_balances::Call::transfer_all { dest: Bob.to_account_id().into(), keep_alive: false };
	submit(node, One, vec![offer.into(), leave.into()]);
	wait_until("the offer to be made", || {
		let answer = node.get("escrow_contract", json!([CLAIMED]));
		let milestone = &answer["result"]["payment"]["milestones"][0];
		milestone["state"]["offer"].is_object().then_some(())
	});
}

fn agreement(payment: PaymentTerms<AccountId>) -> Agreement<AccountId> {
	Agreement {
		terms: TermsHash(Hash::repeat_byte(9)),
		payment,
		review_period: 20,
		approvers: None,
		bonds: Bonds::default(),
	}
}

fn milestones<const COUNT: usize>(amounts: [Balance; COUNT]) -> PaymentTerms<AccountId> {
	PaymentTerms::Milestones(amounts.map(|amount| MilestoneTerms { amount, due: DUE }).into())
}

fn open_with(provider: Sr25519Keyring, agreement: Agreement<AccountId>) -> RuntimeCall {
	pallet_escrow::Call::open { provider: provider.to_account_id(), agreement }.into()
}

fn fund(contract: ContractId, expected: Balance) -> RuntimeCall {
	pallet_escrow::Call::fund { contract, expected }.into()
}
