//! A piece of work that a validator agent checks, and what it has at risk for its answer.

use crate::{
	network::{as_root, free, on_development_network, pass_blocks},
	work::{an_active_agent, done, held, refused, AGENT},
};
use aitbc_core::{money::AIT, AgentId, AgentKind, CardHash, DocumentHash, ValidationId, WorkHash};
use aitbc_runtime::{configs::money::TreasuryAccount, ActiveClock, Balances, Runtime, Validations};
use frame_support::traits::fungible::Inspect;
use pallet_validations::{Call, Document, Error, Finality, HoldReason, Score, Work};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Bob, Eve, Ferdie};

const VALIDATOR: AgentId = AgentId(1);
const VALIDATION: ValidationId = ValidationId(0);

/// Registers a validator agent of Eve's that works under Ferdie's account.
fn a_validator() {
	done(
		Eve,
		pallet_agents::Call::register {
			kind: AgentKind::Validator,
			uri: b"https://agents.example/eve.json".to_vec(),
			hash: CardHash::default(),
		},
	);
	let wallet = Ferdie.to_account_id();
	done(Eve, pallet_agents::Call::set_wallet { agent: VALIDATOR, wallet, proof: None });
	done(Ferdie, pallet_agents::Call::accept_wallet { agent: VALIDATOR });
	done(Eve, pallet_agents::Call::activate { agent: VALIDATOR });
}

/// Bob asks the validator to check work of Charlie's agent within ten blocks, for 3 AIT.
fn a_request() {
	an_active_agent();
	a_validator();
	done(
		Bob,
		Call::request {
			validator: VALIDATOR,
			subject: AGENT,
			work: Work {
				uri: b"https://work.example/1".to_vec(),
				hash: WorkHash(H256::repeat_byte(5)),
			},
			tag: None,
			fee: 3 * AIT,
			deadline: ActiveClock::now() + 10,
		},
	);
}

fn answer(number: u8, finality: Finality) -> Call<Runtime> {
	let evidence = Document {
		uri: b"https://work.example/1/report".to_vec(),
		hash: DocumentHash(H256::repeat_byte(6)),
	};
	let score = Score::new(number).expect("a score");
	Call::answer { validation: VALIDATION, score, finality, evidence }
}

#[test]
fn validator_should_be_paid_and_stay_at_risk_when_it_answers_for_good() {
	on_development_network(|| {
		a_request();
		assert_eq!(held(Bob, HoldReason::Fee), 3 * AIT);
		done(Ferdie, answer(40, Finality::Soft));
		let before = free(Ferdie);

		done(Ferdie, answer(80, Finality::Hard));

		assert_eq!(held(Bob, HoldReason::Fee), 0);
		assert_eq!(held(Ferdie, HoldReason::Bond), 100 * AIT);
		// It got 3 AIT, has 100 on hold, and paid a transaction fee below a hundredth.
		assert!(before - free(Ferdie) - 97 * AIT < AIT / 100);
		let leave = pallet_agents::Call::deregister { agent: VALIDATOR };
		assert_eq!(refused(Eve, leave.clone()), pallet_agents::Error::<Runtime>::WorkOpen.into());

		// Seven days are 140 blocks here.
		pass_blocks(141);
		done(Bob, Call::release_bond { validation: VALIDATION });
		assert_eq!(held(Ferdie, HoldReason::Bond), 0);
		done(Bob, Call::erase { validation: VALIDATION });
		assert_eq!(held(Bob, HoldReason::Deposit), 0);
		done(Eve, leave);
	});
}

#[test]
fn fee_should_return_when_the_validator_is_late() {
	on_development_network(|| {
		a_request();
		pass_blocks(11);
		assert_eq!(
			refused(Ferdie, answer(80, Finality::Hard)),
			Error::<Runtime>::DeadlinePassed.into()
		);
		done(Eve, Call::expire { validation: VALIDATION });
		assert_eq!(held(Bob, HoldReason::Fee), 0);
		assert_eq!(Validations::open_validations_of(VALIDATOR), 0);
	});
}

#[test]
fn governance_should_take_the_bond_and_overturn_the_answer() {
	on_development_network(|| {
		a_request();
		done(Ferdie, answer(80, Finality::Hard));
		let treasury = Balances::balance(&TreasuryAccount::get());

		as_root(Call::slash { validation: VALIDATION });

		assert_eq!(held(Ferdie, HoldReason::Bond), 0);
		let gained = Balances::balance(&TreasuryAccount::get()) - treasury;
		assert!((100 * AIT..100 * AIT + AIT / 10).contains(&gained), "{gained}");
		assert_eq!(
			refused(Eve, Call::release_bond { validation: VALIDATION }),
			Error::<Runtime>::BondNotHeld.into()
		);
	});
}
