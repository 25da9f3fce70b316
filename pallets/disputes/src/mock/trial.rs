//! Cases at every point of their way.

use super::*;
use frame_support::dispatch::DispatchResultWithPostInfo;
use sp_runtime::DispatchError;

/// A case to be opened, and what both sides claim.
#[derive(Clone, Debug)]
pub struct Trial {
	pub opener: Party,
	/// In tenths.
	pub claims: Sides<u8>,
	/// In plancks.
	pub value: Balance,
	/// The agent that answers for the provider.
	pub agent: Option<AgentId>,
	pub subject: Subject,
}

impl Default for Trial {
	fn default() -> Self {
		Self {
			opener: Party::Client,
			claims: Sides { client: 10, provider: 0 },
			value: LEAST_VALUE,
			agent: Some(AGENT),
			subject: Subject::Contract(ContractId(7)),
		}
	}
}

/// The parties of every test case.
pub fn parties() -> Sides<AccountId> {
	Sides { client: CLIENT, provider: PROVIDER }
}

impl Trial {
	/// The client claims so many tenths for itself, the provider leaves it so many.
	pub fn claiming(client: u8, provider: u8) -> Self {
		Self { claims: Sides { client, provider }, ..Self::default() }
	}

	/// A case that is not worth a court.
	pub fn small() -> Self {
		Self { value: LEAST_VALUE - 1, ..Self::default() }
	}

	/// Opened by this party.
	pub fn by(self, opener: Party) -> Self {
		Self { opener, ..self }
	}

	/// Opens the case.
	pub fn try_open(&self) -> Result<CaseId, DispatchError> {
		Disputes::open_case(Complaint {
			subject: self.subject,
			parties: parties(),
			agent: self.agent,
			opener: self.opener,
			claim: tenths(*self.claims.of(self.opener)),
			value: self.value,
		})
	}

	/// Opens the case.
	#[track_caller]
	pub fn open(&self) -> CaseId {
		self.try_open().expect("the case opens")
	}

	/// Opens the case, and the other party defends.
	#[track_caller]
	pub fn defend(&self) -> CaseId {
		let id = self.open();
		let respondent = self.opener.other();
		let claim = tenths(*self.claims.of(respondent));
		assert_ok!(Disputes::defend(signed(*parties().of(respondent)), id, claim));
		id
	}

	/// Opens and defends the case, and lets the time to settle end.
	#[track_caller]
	pub fn draw(&self) -> CaseId {
		let id = self.defend();
		wait(SETTLEMENT + 1);
		progress(id);
		id
	}

	/// Brings the case before Ann, Ben and Cat, each with a seat, when they can commit.
	#[track_caller]
	pub fn sit(&self) -> CaseId {
		let id = self.draw();
		seat(id, SEATS);
		id
	}

	/// Brings the case before Ann, Ben and Cat, who vote so.
	#[track_caller]
	pub fn judge(&self, choices: [Choice; 3]) -> CaseId {
		let id = self.sit();
		judge(id, &choices);
		id
	}
}

/// Calls `progress`.
pub fn try_progress(id: CaseId) -> DispatchResultWithPostInfo {
	Disputes::progress(signed(STRANGER), id)
}

/// Takes the step that is due.
#[track_caller]
pub fn progress(id: CaseId) {
	assert_ok!(try_progress(id));
}

/// The first so many jurors take a seat each, and evidence closes.
#[track_caller]
pub fn seat(id: CaseId, seats: u32) {
	let jury: Vec<_> = JURORS.take(seats as usize).map(|juror| (juror, 1)).collect();
	draw(id, &jury);
	end_evidence(id);
}

/// Waits until jurors can commit.
#[track_caller]
pub fn end_evidence(id: CaseId) {
	let CaseState::Voting { evidence_until, .. } = state(id) else { panic!("no jury sits") };
	set_now(Now::get().max(evidence_until + 1));
}

/// Has a juror commit to a vote.
#[track_caller]
pub fn commit(id: CaseId, juror: AccountId, choice: Choice) {
	let round = case(id).round().expect("there is a round");
	let commitment = commitment(id, round, juror, choice);
	assert_ok!(Disputes::commit(signed(juror), id, commitment));
}

/// Has a juror reveal its vote.
#[track_caller]
pub fn reveal(id: CaseId, juror: AccountId, choice: Choice) {
	assert_ok!(Disputes::reveal(signed(juror), id, choice, salt(juror)));
}

/// The members of the jury that sits.
pub fn members(id: CaseId) -> Vec<AccountId> {
	let of = case(id).round().expect("there is a round");
	round(id, of).jury.iter().map(|member| member.juror).collect()
}

/// Has the jury that sits commit to and reveal these votes, in the order of its members, and be
/// counted.
#[track_caller]
pub fn judge(id: CaseId, choices: &[Choice]) {
	let votes: Vec<_> = members(id).into_iter().zip(choices).collect();
	assert_eq!(votes.len(), choices.len());
	for (juror, choice) in &votes {
		commit(id, *juror, **choice);
	}
	for (juror, choice) in &votes {
		reveal(id, *juror, **choice);
	}
	progress(id);
}

/// Stakes for a side of the next round.
#[track_caller]
pub fn stake(id: CaseId, who: AccountId, side: Party) {
	assert_ok!(Disputes::appeal(signed(who), id, side));
}

/// Has both parties stake for the next round: first `side`, which appeals.
#[track_caller]
pub fn appeal(id: CaseId, side: Party) {
	stake(id, *parties().of(side), side);
	stake(id, *parties().of(side.other()), side.other());
}

/// Appeals for `side` up to the last instance, and has each jury vote so unanimously.
#[track_caller]
pub fn appeal_to_the_end(id: CaseId, side: Party, choice: Choice) {
	for seats in [7, 15] {
		appeal(id, side);
		seat(id, seats);
		judge(id, &vec![choice; seats as usize]);
	}
}

/// Waits for the end of the time to appeal, or of that of governance, and has the case ruled.
#[track_caller]
pub fn end_appeal(id: CaseId) {
	let (CaseState::Appealable { until, .. } | CaseState::Overseen { until, .. }) = state(id)
	else {
		panic!("nothing to appeal")
	};
	set_now(until + 1);
	progress(id);
}

/// Has a ruled case paid and closed.
#[track_caller]
pub fn pay_all(id: CaseId) {
	while Cases::<Test>::contains_key(id) {
		progress(id);
	}
}

/// Checks that nothing is left of any case, neither in storage nor on hold.
#[track_caller]
pub fn assert_nothing_left() {
	assert_eq!(Cases::<Test>::iter().count(), 0);
	assert_eq!(Rounds::<Test>::iter().count(), 0);
	assert_eq!(Evidence::<Test>::iter().count(), 0);
	assert_eq!(CasesByAccount::<Test>::iter().count(), 0);
	for who in [CLIENT, PROVIDER, STRANGER, BACKER].into_iter().chain(JURORS) {
		assert_eq!(held(HoldReason::Stake, who), 0, "a stake of {who}");
		assert_eq!(held(HoldReason::Deposit, who), 0, "a deposit of {who}");
		assert_eq!(at_stake(who), 0, "juror {who} is locked");
	}
}

/// The ruling that was told last.
pub fn last_ruling() -> Ruling {
	Rulings::get().pop().expect("a case was ruled").2
}

/// Why the case that was ruled last was ruled so, of those that events tell of.
#[track_caller]
pub fn last_cause() -> RulingCause {
	let causes = events().into_iter().rev().find_map(|event| match event {
		Event::CaseRuled { cause, .. } => Some(cause),
		_ => None,
	});
	causes.expect("a case was ruled")
}

/// Checks that `events` are those of a ruling that closes the case, which has a court if `has_court`, and
/// gives the first.
#[track_caller]
pub fn ruled_and_closed(id: CaseId, has_court: bool) -> Event<Test> {
	let mut events = events();
	assert_eq!(events.pop(), Some(Event::CaseClosed { case: id }));
	if has_court {
		let (case, round) = (id, R0);
		let (fee, forfeited, rewarded, compensated) = (0, 0, 0, 0);
		let paid = Event::RoundPaid { case, round, fee, forfeited, rewarded, compensated };
		assert_eq!(events.pop(), Some(paid));
	}
	let ruled = events.pop().expect("the case was ruled");
	assert!(matches!(ruled, Event::CaseRuled { case, .. } if case == id), "{ruled:?}");
	ruled
}

/// A case that is ruled by a jury, and whose round is not paid.
#[track_caller]
pub fn ruled() -> CaseId {
	let id = Trial::default().judge([share(10); 3]);
	end_appeal(id);
	id
}

/// A ruling of so many percent for the client, that slashes nobody.
pub fn ruling(percent: u32) -> Ruling {
	Ruling {
		client: Perbill::from_percent(percent),
		provider: Perbill::from_percent(100 - percent),
		client_slash: Perbill::zero(),
		provider_slash: Perbill::zero(),
	}
}
