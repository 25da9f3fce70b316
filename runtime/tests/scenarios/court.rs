//! A court: jurors, and cases from the dispute to the last payment.
//!
//! What a case moves is reckoned here, from what was claimed, voted and ruled alone.

use crate::{
	books::Books,
	deals::{
		a_provider, all_is_settled, assigned, barred, client, contract, deposits, did, endowed,
		fee, is_of_deal, part, pass, pass_to, release, stranger, submit, treasury, EscrowCall,
		Provider, BOND,
	},
	network::events,
	work::FIRST,
};
use aitbc_core::{
	money::AIT, CaseId, Choice, ContractId, JobId, MilestoneIndex, Party, Round, Salt, Tenths, Vote,
};
use aitbc_runtime::{
	AccountId, ActiveClock, Balance, BlockNumber, Disputes, Jurors, Runtime, RuntimeEvent, System,
};
use pallet_agents::HoldReason as AgentsHold;
use pallet_disputes::{CaseInfo, CaseState, HoldReason as CaseHold, JuryMember};
use pallet_jurors::HoldReason as JurorHold;
use pallet_market::HoldReason as MarketHold;
use sp_core::H256;

pub type DisputesCall = pallet_disputes::Call<Runtime>;
pub type DisputesError = pallet_disputes::Error<Runtime>;
pub type DisputesEvent = pallet_disputes::Event<Runtime>;
pub type JurorsCall = pallet_jurors::Call<Runtime>;
pub type JurorsError = pallet_jurors::Error<Runtime>;

/// What opening a case costs unless the parties settle, in plancks.
pub const FILING_FEE: Balance = AIT;
/// What each seat of a jury costs, in plancks.
pub const SEAT_FEE: Balance = 5 * AIT;
/// What the first jury costs, in plancks.
pub const COURT_FEE: Balance = 3 * SEAT_FEE;
/// What each seat puts at risk, in plancks.
pub const SEAT_STAKE: Balance = 100 * AIT;
/// What of it a wrong vote costs, in plancks.
pub const WRONG: Balance = 20 * AIT;
/// What of it silence costs, in plancks.
pub const SILENT: Balance = 50 * AIT;
/// What each juror of most scenarios has bonded, in plancks.
pub const JUROR_BOND: Balance = 2_000 * AIT;
/// What an agent has at risk, in plancks.
const AGENT_BOND: Balance = 100 * AIT;

/// How long an epoch is, in blocks.
const EPOCH: BlockNumber = 20;
/// How long a change of a weight takes at most, in blocks: it is applied in the second block of the
/// third epoch, since the one that begins an epoch is full.
pub const CHANGE: BlockNumber = 3 * EPOCH + 1;
/// How long parties may settle, in active blocks.
pub const SETTLEMENT: BlockNumber = 20;
/// How long governance may rule after the last instance, in active blocks.
pub const OVERSIGHT: BlockNumber = 140;
/// How long sides may stake for an appeal, in active blocks.
pub const APPEAL: BlockNumber = 40;

/// So many tenths.
pub fn tenths(number: u8) -> Tenths {
	Tenths::new(number).expect("ten at most")
}

/// The vote that so many tenths are the client's.
pub fn share(number: u8) -> Choice {
	Choice::ClientShare(tenths(number))
}

/// Lets `juror` bond `amount`, which somebody gives it.
pub fn a_juror(number: u64, amount: Balance) -> AccountId {
	let juror = endowed(0xd0, number, amount + AIT);
	did(&juror, JurorsCall::bond { amount });
	juror
}

/// So many jurors, who can be drawn.
pub fn jurors(count: u64) -> Vec<AccountId> {
	let jurors = (0..count).map(|number| a_juror(number, JUROR_BOND)).collect();
	pass(CHANGE);
	assert_eq!(Jurors::total_weight(), Balance::from(count) * JUROR_BOND / 2);
	jurors
}

/// What a juror said in a round, if anything that counts, and with how many seats.
#[derive(Clone, Debug)]
pub struct Said {
	pub juror: AccountId,
	pub seats: u32,
	pub choice: Option<Choice>,
	/// What of its stake went to who denounced it, in plancks.
	pub to_denouncer: Balance,
}

/// A case.
#[derive(Clone, Debug)]
pub struct Trial {
	pub case: CaseId,
	/// What eras that ended since it opened added to the treasury, in plancks.
	pub minted: Balance,
	/// What was said in each round, from the first on.
	pub said: Vec<Vec<Said>>,
}

impl Trial {
	/// Lets `opener` dispute what `contract` holds for `milestone`, or all that it holds, and say that
	/// so many tenths are the client's.
	pub fn open(
		opener: &AccountId,
		contract: ContractId,
		milestone: Option<MilestoneIndex>,
		claim: u8,
	) -> Self {
		let case = pallet_disputes::NextCaseId::<Runtime>::get();
		did(opener, EscrowCall::dispute { contract, milestone, claim: tenths(claim) });
		Self { case, minted: 0, said: Vec::new() }
	}

	/// The case as clients see it.
	pub fn info(&self) -> CaseInfo<AccountId> {
		Disputes::case(self.case).expect("it is not closed")
	}

	/// How far it has come.
	pub fn state(&self) -> CaseState {
		self.info().case.state
	}

	/// The present round.
	pub fn round(&self) -> Round {
		self.info().case.round().expect("it is before a court")
	}

	/// The present jury.
	pub fn jury(&self) -> Vec<JuryMember<AccountId>> {
		self.info().round.expect("it is before a court").jury
	}

	/// Who of the present jury has the fewest seats: fewer than the others together.
	pub fn least(&self) -> AccountId {
		let jury = self.jury();
		assert!(jury.len() > 1, "one juror has all seats");
		let least = jury.into_iter().min_by_key(|member| member.seats);
		least.expect("a jury has members").juror
	}

	/// The present jury but for `one`.
	pub fn others(&self, one: &AccountId) -> Vec<AccountId> {
		let members = self.jury().into_iter().map(|member| member.juror);
		members.filter(|member| member != one).collect()
	}

	/// How many seats of the present jury `one` has.
	pub fn seats_of(&self, one: &AccountId) -> Balance {
		let jury = self.jury();
		let member = jury.iter().find(|member| member.juror == *one);
		member.expect("it is a member").seats.into()
	}

	/// Lets blocks pass until the active clock shows `at`.
	pub fn pass_to(&mut self, at: BlockNumber) {
		self.minted += pass_to(at);
	}

	/// Lets the respondent say that so many tenths are the client's.
	pub fn defend(&self, respondent: &AccountId, claim: u8) -> Vec<RuntimeEvent> {
		did(respondent, DisputesCall::defend { case: self.case, claim: tenths(claim) })
	}

	/// Lets `who` stake for `side`.
	pub fn appeal(&self, who: &AccountId, side: Party) -> Vec<RuntimeEvent> {
		did(who, DisputesCall::appeal { case: self.case, side })
	}

	/// Waits for the next step that needs nobody's word, and lets a stranger take it, no block sooner
	/// than it is due.
	pub fn step(&mut self) -> Vec<RuntimeEvent> {
		let next = self.info().next.expect("no jury is drawn");
		let progress = DisputesCall::progress { case: self.case };
		if next.from > ActiveClock::now() {
			self.pass_to(next.from - 1);
			barred(&stranger(), progress.clone(), DisputesError::NothingDue);
			self.pass_to(next.from);
		}
		did(&stranger(), progress)
	}

	/// Waits until the jury that was asked for is drawn, and gives what the block told in which it was.
	pub fn await_jury(&mut self) -> Vec<RuntimeEvent> {
		for _ in 0..=CHANGE {
			if !matches!(self.state(), CaseState::Drawing { .. }) {
				return events().into_iter().filter(is_of_deal).collect();
			}
			self.minted += pass(1);
		}
		panic!("a jury is drawn in the third epoch");
	}

	/// Waits until the jury may commit.
	pub fn open_votes(&mut self) {
		let CaseState::Voting { evidence_until, .. } = self.state() else {
			panic!("a jury sits");
		};
		self.pass_to((evidence_until + 1).max(ActiveClock::now()));
	}

	/// Waits until a jury was drawn and may commit.
	pub fn seat(&mut self) {
		self.await_jury();
		self.open_votes();
	}

	/// Waits until the time to settle is over, and a jury was drawn and may commit.
	pub fn go_to_court(&mut self) {
		self.step();
		self.seat();
	}

	/// What hides the vote of `juror`.
	pub fn salt(juror: &AccountId) -> Salt {
		Salt(juror.clone().into())
	}

	/// What `juror` commits to with `choice`.
	pub fn commitment(&self, juror: &AccountId, choice: Choice) -> H256 {
		let (genesis, case, round) = (System::block_hash(0), self.case, self.round());
		let (juror, salt) = (juror.clone(), Self::salt(juror));
		Vote { genesis, case, round, juror, choice, salt }.commitment()
	}

	/// The call by which `juror` commits to `choice`.
	pub fn commit(&self, juror: &AccountId, choice: Choice) -> DisputesCall {
		let commitment = self.commitment(juror, choice);
		DisputesCall::commit { case: self.case, commitment }
	}

	/// The call by which `juror` shows that it committed to `choice`.
	pub fn reveal(&self, juror: &AccountId, choice: Choice) -> DisputesCall {
		DisputesCall::reveal { case: self.case, choice, salt: Self::salt(juror) }
	}

	/// The call by which somebody else shows that.
	pub fn denounce(&self, juror: &AccountId, choice: Choice) -> DisputesCall {
		let (juror, salt) = (juror.clone(), Self::salt(juror));
		DisputesCall::denounce { case: self.case, juror, choice, salt }
	}

	/// Lets jurors commit to `choice`.
	pub fn commit_all(&self, jurors: &[AccountId], choice: Choice) {
		for juror in jurors {
			did(juror, self.commit(juror, choice));
		}
	}

	/// Lets jurors show that they committed to `choice`.
	pub fn reveal_all(&self, jurors: &[AccountId], choice: Choice) {
		for juror in jurors {
			did(juror, self.reveal(juror, choice));
		}
	}

	/// Takes note of what each member of the present jury says in this round.
	pub fn note(&mut self, choice: impl Fn(&AccountId) -> Option<Choice>) {
		let said = self.jury().into_iter().map(|JuryMember { juror, seats, .. }| {
			let choice = choice(&juror);
			Said { juror, seats, choice, to_denouncer: 0 }
		});
		self.said.push(said.collect());
	}

	/// Lets the jury vote as `choice` says, those for whom it says nothing stay silent, and counts the
	/// votes.
	pub fn vote(&mut self, choice: impl Fn(&AccountId) -> Option<Choice>) -> Vec<RuntimeEvent> {
		self.note(choice);
		let said = self.said.last().cloned().expect("it was noted");
		let CaseState::Voting { commit_until, .. } = self.state() else {
			panic!("a jury sits");
		};
		let votes = || said.iter().filter_map(|one| Some((&one.juror, one.choice?)));
		for (juror, choice) in votes() {
			did(juror, self.commit(juror, choice));
		}
		if votes().count() < said.len() {
			self.pass_to(commit_until + 1);
		}
		for (juror, choice) in votes() {
			did(juror, self.reveal(juror, choice));
		}
		self.step()
	}

	/// Lets all of the jury vote so.
	pub fn vote_all(&mut self, choice: Choice) -> Vec<RuntimeEvent> {
		self.vote(|_| Some(choice))
	}

	/// Has every round paid, and the case closed.
	pub fn pay(&mut self) -> Vec<RuntimeEvent> {
		let mut told = Vec::new();
		while Disputes::case(self.case).is_some() {
			told.extend(self.step());
		}
		told
	}
}

/// What the last `CaseRuled` of `told` says.
pub fn ruled(told: &[RuntimeEvent]) -> DisputesEvent {
	let found = told.iter().rev().find_map(|event| match event {
		RuntimeEvent::Disputes(event @ DisputesEvent::CaseRuled { .. }) => Some(event.clone()),
		_ => None,
	});
	found.expect("a case was ruled")
}

/// Bob's job of which everything was submitted, and the first milestone is under dispute, while the
/// others are paid.
#[derive(Clone, Debug)]
pub struct Deal {
	pub provider: Provider,
	pub job: JobId,
	pub contract: ContractId,
	/// What everybody owned before the job.
	pub begun: Books,
}

/// What the first milestone pays, in plancks.
pub fn at_stake() -> Balance {
	part(40)
}

impl Deal {
	/// Bob, for whom it is, disputes the first milestone, and says that so many tenths are his.
	pub fn disputed(claim: u8) -> (Self, Trial) {
		let provider = a_provider();
		let begun = Books::now();
		let job = assigned(&provider, &[]);
		let contract = contract(job);
		for place in 0..3 {
			submit(job, place);
		}
		let trial = Trial::open(&client(), contract, Some(FIRST), claim);
		for place in 1..3 {
			did(&client(), release(contract, place));
		}
		(Self { provider, job, contract, begun }, trial)
	}

	/// The same, and the provider says that so many tenths are Bob's.
	pub fn defended(claim: u8, other: u8) -> (Self, Trial) {
		let (deal, trial) = Self::disputed(claim);
		trial.defend(&deal.provider.wallet, other);
		(deal, trial)
	}

	/// What everybody owns when so many tenths of the milestone were ruled to be Bob's, and so was the
	/// provider to be wrong by so many; but for what the rounds of `trial` cost.
	pub fn after(&self, trial: &Trial, ruled: u8, wrong: u8) -> Books {
		let (client, wallet) = (client(), &self.provider.wallet);
		let released = at_stake() * Balance::from(10 - ruled) / 10;
		let fees = fee(released) + 2 * fee(part(30));
		// Of the bond, the part of the disputed milestone, which pays 40 % of the budget.
		let slashed = BOND * 4 / 10 / 2 * Balance::from(wrong) / 10;
		let of_agent = AGENT_BOND / 20 * Balance::from(wrong) / 10;
		self.begun
			.clone()
			.mint(trial.minted)
			.give(&client, &treasury(), FILING_FEE)
			.give(&client, wallet, released + part(60) - fees)
			.give(&client, &treasury(), fees)
			.give(wallet, &client, slashed / 2)
			.give(wallet, &treasury(), slashed - slashed / 2)
			.pay(&self.provider.owner, &treasury(), AgentsHold::Bond, of_agent)
			.hold(&client, MarketHold::Deposit, deposits(0).record)
	}
}

impl Books {
	/// Seats of `said` are measured by `measure`, and what `payers` pay and the others lose is shared
	/// by the coherent.
	pub fn judged(self, payers: &[(&AccountId, Balance)], said: &[Said], measure: Choice) -> Self {
		let is_coherent = |one: &&Said| match (one.choice, measure) {
			(Some(Choice::ClientShare(said)), Choice::ClientShare(right)) => {
				said.get().abs_diff(right.get()) <= 1
			},
			(said, right) => said == Some(right),
		};
		let losses = said.iter().filter(|one| !is_coherent(one)).map(|one| {
			let loss = if one.choice.is_some() { WRONG } else { SILENT };
			(&one.juror, loss * Balance::from(one.seats) - one.to_denouncer)
		});
		let losses: Vec<_> = losses.collect();
		let paid = payers.iter().chain(&losses).map(|(_, amount)| amount);
		let total: Balance = paid.sum();
		let coherent: u32 = said.iter().filter(is_coherent).map(|one| one.seats).sum();
		let part = total.checked_div(coherent.into()).unwrap_or(0);

		let books = payers
			.iter()
			.fold(self, |books, (payer, amount)| books.give(payer, &treasury(), *amount));
		let books = losses.iter().fold(books, |books, (juror, loss)| {
			books.pay(juror, &treasury(), JurorHold::Bond, *loss)
		});
		said.iter().filter(is_coherent).fold(books, |books, one| {
			books.give(&treasury(), &one.juror, part * Balance::from(one.seats))
		})
	}

	/// All seats of `jury` were silent, and it was let go.
	pub fn dismissed(self, jury: &[JuryMember<AccountId>]) -> Self {
		jury.iter().fold(self, |books, member| {
			let loss = SILENT * Balance::from(member.seats);
			books.pay(&member.juror, &treasury(), JurorHold::Bond, loss)
		})
	}
}

/// Checks that no case is open, nobody has anything at stake, and no deal is open.
pub fn court_is_closed() {
	use pallet_disputes as disputes;
	assert_eq!(disputes::Cases::<Runtime>::iter_keys().count(), 0, "a case is open");
	assert_eq!(disputes::Rounds::<Runtime>::iter_keys().count(), 0, "a round is not paid");
	assert_eq!(disputes::Evidence::<Runtime>::iter_keys().count(), 0, "evidence is kept");
	assert_eq!(disputes::CasesByAccount::<Runtime>::iter_keys().count(), 0, "a case is listed");
	use pallet_jurors as pool;
	assert_eq!(pool::Requests::<Runtime>::iter_keys().count(), 0, "a jury is awaited");
	let locked: Balance = pool::Jurors::<Runtime>::iter_values().map(|juror| juror.locked).sum();
	assert_eq!(locked, 0, "a juror has something at stake");
	let books = Books::now();
	for reason in [CaseHold::Deposit, CaseHold::Stake] {
		assert_eq!(books.held_for(reason), 0, "{reason:?}");
	}
	all_is_settled();
}
