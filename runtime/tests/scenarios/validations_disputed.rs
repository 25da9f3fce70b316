//! A validator's answer that somebody disputes: each tier decides, and the challenge period waits.

use crate::{
	books::Books,
	court::{
		court_is_closed, jurors, ruled, share, DisputesCall, DisputesError, DisputesEvent, Trial,
		COURT_FEE, FILING_FEE,
	},
	deals::{
		an_agent, barred, client, did, endowed, governed, names, pass, pass_to, stranger, treasury,
	},
	network::on_development_network,
};
use aitbc_core::{
	money::AIT, AgentId, AgentKind, CardHash, DocumentHash, Fact, Party, Ruling, Subject,
	ValidationId, WorkHash,
};
use aitbc_runtime::{AccountId, ActiveClock, Balance, BlockNumber, Runtime, Validations};
use pallet_agents::HoldReason as AgentsHold;
use pallet_disputes::{HoldReason as CaseHold, RulingCause};
use pallet_validations::{
	Bond, Document, Finality, HoldReason, Score, Summary, ValidationState, ValidatorRecord, Work,
};
use sp_core::H256;
use sp_runtime::Perbill;

type Call = pallet_validations::Call<Runtime>;
type Error = pallet_validations::Error<Runtime>;

/// What a hard answer puts at risk, in plancks.
const BOND: Balance = 100 * AIT;
/// How long it stays at risk, in active blocks.
const CHALLENGE: BlockNumber = 140;
/// What a ruling against the provider that is wholly wrong costs its agent, in plancks.
const OF_AGENT: Balance = 5 * AIT;

/// An answer that a validator gave for good.
struct Answered {
	validation: ValidationId,
	subject: AgentId,
	validator: AgentId,
	owner: AccountId,
	wallet: AccountId,
	/// What everybody owns since.
	begun: Books,
}

/// Registers a validator, gives it a wallet with 1,000 AIT, and activates it.
fn a_validator() -> (AgentId, AccountId, AccountId) {
	use pallet_agents::{Call, NextAgentId};
	let agent = NextAgentId::<Runtime>::get();
	let (owner, wallet) = (endowed(0xa1, 0, 200 * AIT), endowed(0xb1, 0, 1_000 * AIT));
	let uri = b"https://agents.example/validator.json".to_vec();
	let (kind, hash) = (AgentKind::Validator, CardHash::default());
	did(&owner, Call::<Runtime>::register { kind, uri, hash });
	let proof = None;
	did(&owner, Call::<Runtime>::set_wallet { agent, wallet: wallet.clone(), proof });
	did(&wallet, Call::<Runtime>::accept_wallet { agent });
	did(&owner, Call::<Runtime>::activate { agent });
	(agent, owner, wallet)
}

impl Answered {
	/// Bob asks a validator about an agent's work, and it says 80, with evidence of this hash.
	fn with(hash: DocumentHash) -> Self {
		let validation = pallet_validations::NextValidationId::<Runtime>::get();
		let subject = an_agent().agent;
		let (validator, owner, wallet) = a_validator();
		let uri = b"https://work.example/1".to_vec();
		let work = Work { uri: uri.clone(), hash: WorkHash(H256::repeat_byte(5)) };
		let (tag, fee, deadline) = (None, 3 * AIT, ActiveClock::now() + 10);
		did(&client(), Call::request { validator, subject, work, tag, fee, deadline });
		let (score, evidence) = (Score::new(80).expect("a score"), Document { uri, hash });
		did(&wallet, Call::answer { validation, score, finality: Finality::Hard, evidence });
		Self { validation, subject, validator, owner, wallet, begun: Books::now() }
	}

	/// The same, with evidence of some hash.
	fn new() -> Self {
		Self::with(DocumentHash(H256::repeat_byte(6)))
	}

	/// The call by which somebody disputes the answer.
	fn dispute(&self) -> Call {
		Call::dispute { validation: self.validation }
	}

	/// The call by which somebody has the bond released.
	fn release(&self) -> Call {
		Call::release_bond { validation: self.validation }
	}

	/// Lets `challenger` dispute the answer.
	fn challenge(&self, challenger: &AccountId) -> Trial {
		let case = pallet_disputes::NextCaseId::<Runtime>::get();
		let told = names(&did(challenger, self.dispute()));
		assert_eq!(told, ["Disputes.CaseOpened", "Validations.AnswerDisputed"]);
		Trial { case, minted: 0, said: Vec::new() }
	}

	/// What became of the bond.
	fn bond(&self) -> Bond<AccountId> {
		let info = Validations::validation(self.validation).expect("it is not erased");
		match info.record.state {
			ValidationState::Hard { bond, .. } => bond,
			other => panic!("there is no hard answer: {other:?}"),
		}
	}

	/// From when on the answer may be disputed, and up to when.
	fn window(&self) -> (BlockNumber, BlockNumber) {
		match self.bond() {
			Bond::Held { amount: BOND, from, until } => (from, until),
			other => panic!("all of the bond is held: {other:?}"),
		}
	}

	/// What everybody owns when half of the bond went to `challenger`, and half to the treasury.
	fn overturned(&self, challenger: &AccountId) -> Books {
		self.begun.clone().pay(&self.wallet, challenger, HoldReason::Bond, BOND / 2).pay(
			&self.wallet,
			&treasury(),
			HoldReason::Bond,
			BOND / 2,
		)
	}

	/// Checks whether the answer counts, and what the validator's record says of it.
	fn counts(&self, stands: bool) {
		let summary = Validations::summary(self.subject, Some(self.validator), None);
		let standing = Summary { count: 1, sum: 80 };
		assert_eq!(summary, if stands { standing } else { Summary::default() });
		let record = ValidatorRecord { answered: 1, missed: 0, overturned: u64::from(!stands) };
		assert_eq!(Validations::validator_record(self.validator), record);
	}

	/// Erases the validation, and checks that nothing of it is held, and no case is open.
	fn is_over(&self) {
		did(&client(), Call::erase { validation: self.validation });
		let books = Books::now();
		for reason in [HoldReason::Deposit, HoldReason::Fee, HoldReason::Bond] {
			assert_eq!(books.held_for(reason), 0, "{reason:?}");
		}
		assert_eq!(Validations::open_validations_of(self.validator), 0);
		court_is_closed();
		did(&self.owner, pallet_agents::Call::deregister { agent: self.validator });
	}
}

/// The ruling that gives the challenger so many percent, and finds that so many percent of the client's
/// and of the provider's bonds are to be slashed.
fn ruling(client: u32, client_slash: u32, provider_slash: u32) -> Ruling {
	let percent = Perbill::from_percent;
	Ruling {
		client: percent(client),
		provider: percent(100 - client),
		client_slash: percent(client_slash),
		provider_slash: percent(provider_slash),
	}
}

/// What is told when the case about an answer is ruled.
fn case_ruled(
	trial: &Trial,
	answered: &Answered,
	cause: RulingCause,
	ruling: Ruling,
	loser: Option<Party>,
	agent_slashed: Balance,
) -> DisputesEvent {
	let subject = Subject::Validation(answered.validation);
	DisputesEvent::CaseRuled { case: trial.case, subject, cause, ruling, loser, agent_slashed }
}

/// Lets both parties of `trial` agree that so many percent of the bond are the challenger's.
fn settle(answered: &Answered, trial: &Trial, challenger: &AccountId, percent: u32) {
	let (case, client_share) = (trial.case, Perbill::from_percent(percent));
	did(&answered.wallet, DisputesCall::offer { case, client_share });
	did(challenger, DisputesCall::accept { case, client_share });
}

#[test]
fn challenger_should_pay_for_the_case_and_the_answer_stand_when_it_is_disputed() {
	on_development_network(|| {
		let answered = Answered::new();

		let trial = answered.challenge(&stranger());

		let case = trial.info().case;
		assert_eq!((case.value, case.agent), (BOND, Some(answered.validator)));
		assert!(case.court.is_some(), "a court costs a fifth of the bond at most");
		answered
			.begun
			.clone()
			.hold(&stranger(), CaseHold::Deposit, case.deposit + FILING_FEE)
			.hold(&stranger(), CaseHold::Stake, COURT_FEE)
			.check();
		answered.counts(true);
		barred(&stranger(), answered.release(), Error::UnderDispute);
		let leave = pallet_agents::Call::<Runtime>::deregister { agent: answered.validator };
		barred(&answered.owner, leave, pallet_agents::Error::<Runtime>::WorkOpen);
	});
}

#[test]
fn validator_should_lose_its_bond_when_it_concedes() {
	on_development_network(|| {
		let answered = Answered::new();
		let trial = answered.challenge(&stranger());

		let told = trial.defend(&answered.wallet, 10);

		assert_eq!(
			names(&told),
			[
				"Disputes.CaseDefended",
				"Validations.AnswerOverturned",
				"Disputes.CaseRuled",
				"Disputes.RoundPaid",
				"Disputes.CaseClosed"
			]
		);
		let (cause, ruling) = (RulingCause::Settlement, ruling(100, 0, 0));
		assert_eq!(ruled(&told), case_ruled(&trial, &answered, cause, ruling, None, 0));
		// Whoever concedes spares the challenger the filing fee, and itself the agent's bond.
		answered.overturned(&stranger()).check();
		answered.counts(false);
		answered.is_over();
	});
}

#[test]
fn validator_should_lose_its_bond_when_it_is_silent() {
	on_development_network(|| {
		let answered = Answered::new();
		let mut trial = answered.challenge(&stranger());

		let told = trial.step();

		let cause = RulingCause::Silence { of: Party::Provider };
		let (ruling, loser) = (ruling(100, 0, 50), Some(Party::Provider));
		assert_eq!(ruled(&told), case_ruled(&trial, &answered, cause, ruling, loser, OF_AGENT));
		answered
			.overturned(&stranger())
			.mint(trial.minted)
			.give(&stranger(), &treasury(), FILING_FEE)
			.pay(&answered.owner, &treasury(), AgentsHold::Bond, OF_AGENT)
			.check();
		answered.counts(false);
		answered.is_over();
	});
}

#[test]
fn validator_should_lose_its_bond_at_once_when_it_shows_nothing() {
	on_development_network(|| {
		let answered = Answered::with(DocumentHash::default());
		let trial = answered.challenge(&stranger());
		let document = Vec::new();
		let rule = DisputesCall::rule_by_facts { case: trial.case, document };

		let told = did(&client(), rule);

		let cause = RulingCause::Fact(Fact::NothingShown);
		let (ruling, loser) = (ruling(100, 0, 50), Some(Party::Provider));
		assert_eq!(ruled(&told), case_ruled(&trial, &answered, cause, ruling, loser, OF_AGENT));
		answered
			.overturned(&stranger())
			.give(&stranger(), &treasury(), FILING_FEE)
			.pay(&answered.owner, &treasury(), AgentsHold::Bond, OF_AGENT)
			.check();
		answered.is_over();
	});
}

#[test]
fn chain_should_know_nothing_when_there_is_evidence() {
	on_development_network(|| {
		let answered = Answered::new();
		let trial = answered.challenge(&stranger());
		let document = b"https://work.example/1".to_vec();
		let rule = DisputesCall::rule_by_facts { case: trial.case, document };
		barred(&client(), rule, DisputesError::NoFact);
	});
}

#[test]
fn jury_should_overturn_an_answer_and_take_the_part_of_the_bond_that_it_names() {
	on_development_network(|| {
		jurors(20);
		let answered = Answered::new();
		let mut trial = answered.challenge(&stranger());
		trial.defend(&answered.wallet, 0);
		trial.go_to_court();
		trial.vote_all(share(6));

		let told = trial.step();
		trial.pay();

		let (cause, of_agent) = (RulingCause::Jury, OF_AGENT * 6 / 10);
		let (ruling, loser) = (ruling(60, 0, 30), Some(Party::Provider));
		assert_eq!(ruled(&told), case_ruled(&trial, &answered, cause, ruling, loser, of_agent));
		let taken = BOND * 6 / 10;
		let (wallet, challenger) = (&answered.wallet, &stranger());
		answered
			.begun
			.clone()
			.mint(trial.minted)
			.give(challenger, &treasury(), FILING_FEE)
			.pay(wallet, challenger, HoldReason::Bond, taken / 2)
			.pay(wallet, &treasury(), HoldReason::Bond, taken / 2)
			.release(wallet, HoldReason::Bond, BOND - taken)
			.pay(&answered.owner, &treasury(), AgentsHold::Bond, of_agent)
			.judged(&[(wallet, COURT_FEE)], &trial.said[0], share(6))
			.check();
		answered.counts(false);
		answered.is_over();
	});
}

#[test]
fn challenge_period_should_go_on_when_a_jury_upholds_the_answer() {
	on_development_network(|| {
		jurors(20);
		let answered = Answered::new();
		let (_, until) = answered.window();
		pass(100);
		let begun = Books::now();
		let left = until - ActiveClock::now();
		let mut trial = answered.challenge(&stranger());
		trial.defend(&answered.wallet, 0);
		trial.go_to_court();
		trial.vote_all(share(0));

		let told = trial.step();
		let ruled_at = ActiveClock::now();
		trial.pay();

		// No contract's bond stands behind the challenger's claim, so its slash takes nothing.
		let (ruling, loser) = (ruling(0, 50, 0), Some(Party::Client));
		let expected = case_ruled(&trial, &answered, RulingCause::Jury, ruling, loser, 0);
		assert_eq!(ruled(&told), expected);
		begun
			.mint(trial.minted)
			.give(&stranger(), &treasury(), FILING_FEE)
			.judged(&[(&stranger(), COURT_FEE)], &trial.said[0], share(0))
			.check();
		answered.counts(true);
		assert_eq!(answered.window(), (ruled_at + 1, ruled_at + 1 + left));
		pass_to(ruled_at + left);
		barred(&stranger(), answered.release(), Error::ChallengePeriodNotElapsed);
		pass(1);
		did(&stranger(), answered.release());
		answered.is_over();
	});
}

#[test]
fn answer_should_stand_when_nobody_decides() {
	on_development_network(|| {
		let answered = Answered::new();
		let mut trial = answered.challenge(&stranger());
		trial.defend(&answered.wallet, 0);
		trial.step();
		// There are no jurors.
		let told = trial.await_jury();
		trial.pay();

		let ruling = ruling(50, 0, 0);
		let expected = case_ruled(&trial, &answered, RulingCause::Undecided, ruling, None, 0);
		assert_eq!(ruled(&told), expected);
		answered
			.begun
			.clone()
			.mint(trial.minted)
			.give(&stranger(), &treasury(), FILING_FEE)
			.check();
		answered.counts(true);
		pass_to(answered.window().1);
		did(&stranger(), answered.release());
		answered.is_over();
	});
}

#[test]
fn settlement_should_leave_the_answer_as_it_is_up_to_a_half() {
	on_development_network(|| {
		let answered = Answered::new();
		let trial = answered.challenge(&stranger());
		settle(&answered, &trial, &stranger(), 50);
		answered.begun.clone().check();
		answered.counts(true);
		pass(1);

		let trial = answered.challenge(&stranger());
		settle(&answered, &trial, &stranger(), 51);

		let taken = BOND * 51 / 100;
		assert_eq!(answered.bond(), Bond::Slashed);
		let books = Books::now();
		assert_eq!(books.of(&stranger()).free, answered.begun.of(&stranger()).free + taken / 2);
		answered.counts(false);
		answered.is_over();
	});
}

#[test]
fn challenge_of_a_friend_should_not_use_up_the_challenge_period() {
	on_development_network(|| {
		let answered = Answered::new();
		let (_, until) = answered.window();
		let friend = endowed(0xf1, 0, 1_000 * AIT);
		let mut left = until - ActiveClock::now();
		for round in 0..10 {
			let trial = answered.challenge(&friend);
			pass(20);
			settle(&answered, &trial, &friend, 0);
			// It is not the friend's again before others could be next.
			barred(&friend, answered.dispute(), Error::ChallengeTooEarly);
			pass(1);
			let (from, until) = answered.window();
			assert_eq!((from, until), (ActiveClock::now(), ActiveClock::now() + left));
			if round % 2 == 0 {
				pass(1);
				left -= 1;
			}
		}
		assert!(ActiveClock::now() > until, "the period would have elapsed");

		let trial = answered.challenge(&stranger());
		trial.defend(&answered.wallet, 10);

		assert_eq!(answered.bond(), Bond::Slashed);
		answered.counts(false);
		answered.is_over();
	});
}

#[test]
fn answer_should_be_disputed_in_the_last_block_of_the_challenge_period_and_not_later() {
	for late in [false, true] {
		on_development_network(|| {
			let answered = Answered::new();
			let (from, until) = answered.window();
			assert_eq!((from, until), (ActiveClock::now(), ActiveClock::now() + CHALLENGE));
			pass_to(if late { until } else { until - 1 });
			if late {
				barred(&stranger(), answered.dispute(), Error::ChallengeTooLate);
				did(&stranger(), answered.release());
				return answered.is_over();
			}
			barred(&stranger(), answered.release(), Error::ChallengePeriodNotElapsed);

			let trial = answered.challenge(&stranger());
			settle(&answered, &trial, &stranger(), 0);

			// There was one block left, and so there is.
			let now = ActiveClock::now();
			assert_eq!(answered.window(), (now + 1, now + 2));
			pass(1);
			let trial = answered.challenge(&client());
			trial.defend(&answered.wallet, 10);
			answered.counts(false);
			answered.is_over();
		});
	}
}

#[test]
fn challenge_period_should_stand_still_while_nobody_can_dispute() {
	on_development_network(|| {
		let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
		let full_name = (name("Validations"), name("dispute"));
		let before = ActiveClock::now();
		governed(pallet_tx_pause::Call::<Runtime>::pause { full_name });
		pass(10);
		assert!(ActiveClock::now() <= before + 1);
	});
}
