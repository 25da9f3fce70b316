//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{mock::*, *};
use aitbc_core::{Choice, Fact, Party, Sides};
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt::Debug;
use sp_core::{bytes::to_hex, H256};
use sp_runtime::Perbill;

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), golden.replace(' ', ""));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

/// 30 % in billionths.
const SHARE: Perbill = Perbill::from_percent(30);
/// The same.
const SHARE_HEX: &str = "00a3e111";

/// A small number as 64 bits.
fn long(number: u8) -> String {
	format!("{number:02x}{}", "0".repeat(14))
}

/// A small number as 128 bits.
fn wide(number: u8) -> String {
	format!("{number:02x}{}", "0".repeat(30))
}

#[test]
fn causes_should_keep_their_encoding() {
	assert_golden(RulingCause::Fact(Fact::NothingShown), "0x00 00");
	assert_golden(RulingCause::Fact(Fact::ForeignReceipt), "0x00 01");
	assert_golden(RulingCause::Settlement, "0x01");
	assert_golden(RulingCause::Silence { of: Party::Provider }, "0x02 01");
	assert_golden(RulingCause::Undecided, "0x03");
	assert_golden(RulingCause::Jury, "0x04");
	assert_golden(RulingCause::Governance, "0x05");
}

#[test]
fn outcomes_should_keep_their_encoding() {
	assert_golden(Outcome::ClientShare(SHARE), &format!("0x00 {SHARE_HEX}"));
	assert_golden(Outcome::Refused, "0x01");
}

#[test]
fn states_should_keep_their_encoding() {
	assert_golden(CaseState::Settling { until: 258, offer: None }, "0x00 02010000 00");
	let offer = Some(SettlementOffer { by: Party::Client, client_share: SHARE });
	assert_golden(
		CaseState::Settling { until: 258, offer },
		&format!("0x00 02010000 01 00 {SHARE_HEX}"),
	);
	assert_golden(
		CaseState::Drawing { round: R1, redrawn: true, evidence_until: 258 },
		"0x01 01 01 02010000",
	);
	assert_golden(
		CaseState::Voting {
			round: R2,
			redrawn: false,
			evidence_until: 1,
			commit_until: 2,
			reveal_until: 3,
		},
		"0x02 02 00 01000000 02000000 03000000",
	);
	assert_golden(
		CaseState::Appealable {
			round: R0,
			outcome: Outcome::Refused,
			loser: None,
			appeal_until: 1,
			until: 2,
			appellant: Some(Party::Client),
		},
		"0x03 00 01 00 01000000 02000000 01 00",
	);
	assert_golden(
		CaseState::Overseen { round: R2, outcome: Some(Outcome::Refused), until: 258 },
		"0x04 02 01 01 02010000",
	);
	assert_golden(
		CaseState::Ruled {
			client_share: SHARE,
			cause: RulingCause::Jury,
			loser: Some(Party::Provider),
			measure: Some(Outcome::Refused),
			next: R1,
			last: Some(R2),
		},
		&format!("0x05 {SHARE_HEX} 04 01 01 01 01 01 01 02"),
	);
}

#[test]
fn cases_should_keep_their_encoding() {
	build_and_execute(|| {
		let expected = case(Trial { value: 100, ..Trial::claiming(10, 0) }.open());
		let court = CourtTerms { seat_fee: 5, seat_stake: 6 };
		let claims = Sides { client: Some(tenths(10)), provider: Some(tenths(0)) };
		let case = Case { court: Some(court), deposit: 9, claims, ..expected };
		let case = Case { evidence: Sides { client: 1, provider: 2 }, ..case };
		let (subject, parties) = (format!("01 {}", long(7)), format!("{}{}", long(1), long(2)));
		assert_golden(
			case,
			&format!(
				"0x {subject} {parties} 00 01 {} 0a000000 {} 010a 0100 01 {} {} {} {} 01000000 \
				 02000000 00 1e000000 00",
				long(77),
				wide(100),
				wide(5),
				wide(6),
				wide(9),
				wide(50),
			),
		);
	});
}

#[test]
fn ballots_should_keep_their_encoding() {
	assert_golden(Ballot::Awaited, "0x00");
	let hash = H256::repeat_byte(0xab);
	assert_golden(Ballot::Committed(hash), &format!("0x01 {}", "ab".repeat(32)));
	assert_golden(Ballot::Revealed(share(7)), "0x02 00 07");
	assert_golden(Ballot::Revealed(Choice::Refuse), "0x02 01");
	assert_golden(Ballot::Denounced { reward: 3 }, &format!("0x03 {}", wide(3)));
}

#[test]
fn rounds_should_keep_their_encoding() {
	new_test_ext().execute_with(|| {
		let mut round: RoundOf<Test> = RoundRecord::new(7);
		round.stake(Party::Provider, Stake { payer: BACKER, amount: 8, deposit: 9 });
		let member = JuryMember::new((ANN, 3));
		round.jury.try_push(member).expect("within the bound");
		round.outcome = Some(Outcome::Refused);
		assert_golden(
			round,
			&format!(
				"0x 07000000 00 01 {} {} {} 04 {} 03000000 00 01 01",
				long(4),
				wide(8),
				wide(9),
				long(21),
			),
		);
	});
}

#[test]
fn evidence_should_keep_its_encoding() {
	for (kind, byte) in [
		(EvidenceKind::Statement, "00"),
		(EvidenceKind::Terms, "01"),
		(EvidenceKind::Deliverable, "02"),
		(EvidenceKind::Record, "03"),
		(EvidenceKind::Correspondence, "04"),
	] {
		let item: EvidenceOf<Test> = EvidenceItem {
			by: Party::Provider,
			kind,
			uri: b"a:b".to_vec().try_into().expect("within the bound"),
			hash: document(),
			at: 258,
			deposit: 9,
		};
		let hash = "ed".repeat(32);
		assert_golden(item, &format!("0x 01 {byte} 0c 613a62 {hash} 02010000 {}", wide(9)));
	}
}

#[test]
fn steps_should_keep_their_encoding() {
	assert_golden(NextStep { step: Step::EndSettlement, from: 258 }, "0x00 02010000");
	assert_golden(Step::CountVotes, "0x01");
	assert_golden(Step::EndAppeal, "0x02");
	assert_golden(Step::PayRound(R2), "0x03 02");
	assert_golden(Step::EndOversight, "0x04");
	assert_golden(Role::Party(Party::Provider), "0x00 01");
	let ballot = Ballot::Awaited;
	assert_golden(Role::Juror { round: R1, seats: 5, ballot }, "0x01 01 05000000 00");
}

#[test]
fn bounds_should_cover_the_longest_encoding() {
	new_test_ext().execute_with(|| {
		let stake = || Some(Stake { payer: AccountId::MAX, amount: u128::MAX, deposit: u128::MAX });
		let mut round: RoundOf<Test> = RoundRecord::new(u32::MAX);
		round.stakes = Sides { client: stake(), provider: stake() };
		round.outcome = Some(Outcome::ClientShare(Perbill::one()));
		for juror in JURORS {
			let ballot = Ballot::Committed(H256::default());
			let member = JuryMember { juror, seats: u32::MAX, ballot };
			round.jury.try_push(member).expect("within the bound");
		}
		assert_eq!(round.encoded_size(), RoundOf::<Test>::max_encoded_len());
	});
}
