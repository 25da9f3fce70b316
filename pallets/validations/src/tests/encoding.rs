//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_core::CaseId;
use codec::{Decode, DecodeAll, Encode, MaxEncodedLen};
use core::fmt::Debug;
use frame_support::assert_ok;
use sp_core::bytes::to_hex;

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), golden.replace(' ', ""));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

/// `work_hash(1)`.
const WORK_HASH: &str = "0101010101010101010101010101010101010101010101010101010101010101";
/// The hash of `evidence()`.
const EVIDENCE_HASH: &str = "edededededededededededededededededededededededededededededededed";
/// 1,001 as 128 bits.
const FEE_HEX: &str = "e9030000000000000000000000000000";
/// 5,000 as 128 bits.
const BOND_HEX: &str = "88130000000000000000000000000000";

/// Evidence at the URI `a:b`.
fn short_evidence() -> Document<UriOf<Test>> {
	Document { uri: stored_uri(b"a:b"), hash: evidence().hash }
}

/// An answer with that evidence.
fn short_answer() -> Answer<UriOf<Test>> {
	Answer { score: score(50), evidence: short_evidence(), at: 258 }
}

fn evidence_hex() -> String {
	format!("0c613a62 {EVIDENCE_HASH}")
}

fn answer_hex() -> String {
	format!("32 {} 02010000", evidence_hex())
}

#[test]
fn scores_should_keep_their_encoding() {
	assert_golden(score(0), "0x00");
	assert_golden(score(100), "0x64");
}

#[test]
fn scores_should_not_be_made_when_they_are_above_the_best() {
	for number in [101, 200, u8::MAX] {
		assert_eq!(Score::new(number), None);
		assert!(Score::decode(&mut &[number][..]).is_err());
	}
}

#[test]
fn answer_should_not_decode_when_the_score_is_above_the_best() {
	let call = Call::<Test>::answer {
		validation: FIRST,
		score: score(100),
		finality: Finality::Hard,
		evidence: evidence(),
	};
	let mut bytes = call.encode();
	assert_ok!(Call::<Test>::decode_all(&mut &bytes[..]));
	// After the call's index and the validation's id.
	assert_eq!(bytes[9], 100);
	bytes[9] = 101;
	assert!(Call::<Test>::decode_all(&mut &bytes[..]).is_err());
}

#[test]
fn finalities_should_keep_their_encoding() {
	assert_golden(Finality::Soft, "0x00");
	assert_golden(Finality::Hard, "0x01");
}

#[test]
fn work_and_evidence_should_keep_their_encoding() {
	let work = Work { uri: stored_uri(b"a:b"), hash: work_hash(1) };
	assert_golden(work, &format!("0x0c613a62 {WORK_HASH}"));
	assert_golden(short_evidence(), &format!("0x{}", evidence_hex()));
}

#[test]
fn answers_should_keep_their_encoding() {
	assert_golden(short_answer(), &format!("0x{}", answer_hex()));
}

#[test]
fn bonds_should_keep_their_encoding() {
	assert_golden(
		BondOf::<Test>::Held { amount: BOND, from: 257, until: 258 },
		&format!("0x00 {BOND_HEX} 01010000 02010000"),
	);
	assert_golden(BondOf::<Test>::Released, "0x01");
	assert_golden(BondOf::<Test>::Slashed, "0x02");
	assert_golden(
		Bond::Disputed { amount: BOND, challenger: STRANGER, case: CaseId(9), left: 258 },
		&format!("0x03 {BOND_HEX} 0600000000000000 0900000000000000 02010000"),
	);
}

type State = ValidationState<AccountId, UriOf<Test>>;

#[test]
fn states_should_keep_their_encoding() {
	let answer = answer_hex();
	assert_golden(State::Requested, "0x00");
	assert_golden(State::Soft { answer: short_answer() }, &format!("0x01 {answer}"));
	assert_golden(
		State::Hard { answer: short_answer(), wallet: WALLET, bond: Bond::Slashed },
		&format!("0x02 {answer} 0300000000000000 02"),
	);
	assert_golden(State::Expired { soft: None }, "0x03 00");
	assert_golden(State::Expired { soft: Some(short_answer()) }, &format!("0x03 01 {answer}"));
}

/// A validation in the given state, of work at the given URI.
fn validation(uri: UriOf<Test>, state: State) -> ValidationOf<Test> {
	Validation {
		requester: REQUESTER,
		validator: VALIDATOR,
		subject: SUBJECT,
		work: Work { uri, hash: work_hash(1) },
		tag: Some(OTHER_TAG),
		fee: FEE,
		deadline: DEADLINE,
		deposit: BOND,
		state,
	}
}

/// A validation of work at `a:b` up to its state.
fn head() -> String {
	format!(
		"0100000000000000 0000000000000000 0100000000000000 0c613a62 {WORK_HASH} 01 01000000 \
		 {FEE_HEX} 32000000 {BOND_HEX}"
	)
}

#[test]
fn validations_should_keep_their_encoding() {
	assert_golden(validation(stored_uri(b"a:b"), State::Requested), &format!("0x{} 00", head()));
}

#[test]
fn validations_should_fit_their_bound_when_they_are_as_large_as_can_be() {
	let uri = stored_uri(&uri_of(MAX_URI));
	let evidence = Document { uri: uri.clone(), hash: evidence().hash };
	let answer = Answer { score: score(100), evidence, at: START };
	let bond = Bond::Disputed { amount: BOND, challenger: STRANGER, case: CASE, left: CHALLENGE };
	let largest = validation(uri, State::Hard { answer, wallet: WALLET, bond });
	assert_eq!(largest.encoded_size(), ValidationOf::<Test>::max_encoded_len());
}

#[test]
fn aggregates_should_keep_their_encoding() {
	assert_golden(
		Summary { count: 2, sum: 150 },
		"0x0200000000000000 96000000000000000000000000000000",
	);
	assert_golden(SummaryScope::default(), "0x00 00");
	assert_golden(
		SummaryScope { validator: Some(SUBJECT), tag: Some(OTHER_TAG) },
		"0x01 0100000000000000 01 01000000",
	);
	assert_golden(
		ValidatorRecord { answered: 3, missed: 2, overturned: 1 },
		"0x0300000000000000 0200000000000000 0100000000000000",
	);
}

#[test]
fn what_clients_get_should_keep_its_encoding() {
	let record = validation(stored_uri(b"a:b"), State::Soft { answer: short_answer() })
		.map_uris(UriOf::<Test>::into_inner);
	let info = ValidationInfo { validation: FIRST, record };
	let golden = format!("0000000000000000 {} 01 {}", head(), answer_hex());
	assert_golden(info.clone(), &format!("0x{golden}"));
	assert_golden(
		ValidationPage { validations: vec![info], next: Some(FIRST) },
		&format!("0x04 {golden} 01 0000000000000000"),
	);
}

#[test]
fn validations_should_encode_alike_when_stored_and_when_sent() {
	new_test_ext().execute_with(|| {
		let validation = Request::default().hard(50);
		let stored = crate::Validations::<Test>::get(validation).expect("it is in storage");
		let sent = Validations::validation(validation).expect("it is in storage");
		assert_eq!(sent.record.encode(), stored.encode());
	});
}
