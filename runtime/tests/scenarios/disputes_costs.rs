//! What transactions cost those who take part in a case, beside what the court itself costs.

use crate::{
	court::{share, tenths, DisputesCall, JurorsCall, Trial, CHANGE, JUROR_BOND},
	network::{events, on_development_network, pass_blocks, submit},
	work::{a_funded_contract_of, an_active_agent, submitted, CONTRACT, FIRST},
};
use aitbc_core::{
	money::{AIT, MICRO_AIT},
	CaseId, Choice, DocumentHash, Party,
};
use aitbc_runtime::{AccountId, ActiveClock, Balance, Disputes, RuntimeCall, RuntimeEvent};
use pallet_disputes::{CaseState, EvidenceKind};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{
	self, Bob, BobStash, CharlieStash, Dave, DaveStash, Eve, EveStash, Ferdie, FerdieStash,
};
use std::collections::BTreeMap;

/// Who is no party and owns no agent.
const JURORS: [Sr25519Keyring; 7] =
	[Eve, Ferdie, BobStash, CharlieStash, DaveStash, EveStash, FerdieStash];

/// What transactions cost, in plancks, by who sent them and in which round.
#[derive(Default)]
struct Bill(BTreeMap<(&'static str, &'static str), Vec<Balance>>);

impl Bill {
	/// Lets `who` send `call` in `round`, in the role `role`, and notes what it cost.
	fn send(
		&mut self,
		(round, role): (&'static str, &'static str),
		who: Sr25519Keyring,
		call: impl Into<RuntimeCall>,
	) {
		submit(who, call).expect("the transaction is valid").expect("the call succeeds");
		let fee = events().into_iter().rev().find_map(|event| match event {
			RuntimeEvent::TransactionPayment(
				pallet_transaction_payment::Event::TransactionFeePaid { actual_fee, .. },
			) => Some(actual_fee),
			_ => None,
		});
		self.0.entry((round, role)).or_default().push(fee.expect("the fee is told"));
	}

	/// What all that was done in the role `role` cost, in plancks.
	fn of(&self, role: &str) -> Balance {
		let of_role = self.0.iter().filter(|((_, one), _)| *one == role);
		of_role.flat_map(|(_, fees)| fees).sum()
	}

	/// A line for each round and role.
	fn print(&self) {
		println!("round, role: transactions, µAIT in all");
		for ((round, role), fees) in &self.0 {
			let sum: Balance = fees.iter().sum();
			println!("{round}, {role}: {}, {}", fees.len(), sum / MICRO_AIT);
		}
	}
}

const CASE: CaseId = CaseId(0);

/// The juror that `account` is.
fn known(account: &AccountId) -> Sr25519Keyring {
	Sr25519Keyring::from_account_id(account).expect("jurors are known")
}

/// Lets a jury be drawn and vote for so many tenths, and has the votes counted.
fn judge(bill: &mut Bill, round: &'static str, said: u8) {
	let trial = Trial { case: CASE, minted: 0, said: Vec::new() };
	while matches!(trial.state(), CaseState::Drawing { .. }) {
		pass_blocks(1);
	}
	let CaseState::Voting { evidence_until, .. } = trial.state() else { panic!("a jury sits") };
	pass_blocks((evidence_until + 1).saturating_sub(ActiveClock::now()));
	let jury: Vec<_> = trial.jury().into_iter().map(|member| member.juror).collect();
	let choice: Choice = share(said);
	for juror in &jury {
		bill.send((round, "jurors: commit"), known(juror), trial.commit(juror, choice));
	}
	for juror in &jury {
		bill.send((round, "jurors: reveal"), known(juror), trial.reveal(juror, choice));
	}
	bill.send((round, "anybody: progress"), Eve, DisputesCall::progress { case: CASE });
}

/// Waits until the next step is due, and takes it.
fn step(bill: &mut Bill, round: &'static str) {
	let next = Disputes::case(CASE).and_then(|info| info.next).expect("something comes next");
	pass_blocks(next.from.saturating_sub(ActiveClock::now()));
	bill.send((round, "anybody: progress"), Eve, DisputesCall::progress { case: CASE });
}

#[test]
fn case_should_cost_its_parties_and_jurors_little_beside_the_court() {
	on_development_network(|| {
		let mut bill = Bill::default();
		for juror in JURORS {
			let bond = JurorsCall::bond { amount: 5 * JUROR_BOND };
			bill.send(("before", "jurors: bond"), juror, bond);
		}
		pass_blocks(CHANGE);
		an_active_agent();
		a_funded_contract_of(Bob, CONTRACT, 400 * AIT);
		submit(Dave, submitted()).expect("valid").expect("submitted");
		let (milestone, claim) = (Some(FIRST), tenths(10));
		let dispute = pallet_escrow::Call::dispute { contract: CONTRACT, milestone, claim };
		bill.send(("0", "client: dispute"), Bob, dispute);
		let defend = DisputesCall::defend { case: CASE, claim: tenths(0) };
		bill.send(("0", "provider: defend"), Dave, defend);
		for (party, role) in [(Bob, "client: evidence"), (Dave, "provider: evidence")] {
			let evidence = DisputesCall::submit_evidence {
				case: CASE,
				kind: EvidenceKind::Statement,
				uri: b"ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi".to_vec(),
				hash: DocumentHash(H256::repeat_byte(1)),
			};
			bill.send(("0", role), party, evidence);
		}
		step(&mut bill, "0");
		judge(&mut bill, "0", 9);
		for (round, said) in [("1", 1), ("2", 9), ("3", 10)] {
			let of_client = ((Bob, "client: appeal"), Party::Client);
			let of_provider = ((Dave, "provider: appeal"), Party::Provider);
			let stakes =
				if round == "2" { [of_client, of_provider] } else { [of_provider, of_client] };
			for ((who, role), side) in stakes {
				bill.send((round, role), who, DisputesCall::appeal { case: CASE, side });
			}
			judge(&mut bill, round, said);
		}
		while Disputes::case(CASE).is_some() {
			step(&mut bill, "end");
		}

		bill.print();
		let parties = ["client", "provider"].map(|party| {
			["dispute", "defend", "evidence", "appeal"]
				.map(|call| bill.of(&format!("{party}: {call}")))
				.iter()
				.sum::<Balance>()
		});
		println!("client: {}, provider: {}", parties[0] / MICRO_AIT, parties[1] / MICRO_AIT);
		// A seat earns 5 AIT, and the court's first fee is 15.
		assert!(parties.iter().all(|fees| *fees < AIT / 10), "{parties:?}");
		// Four rounds are begun, counted and paid, and three juries are of seven jurors.
		let progress = bill.of("anybody: progress");
		assert!(progress < AIT / 2, "{progress}");
		let of_jurors = bill.of("jurors: commit") + bill.of("jurors: reveal");
		assert!(of_jurors < AIT / 2, "{of_jurors}");
	});
}
