//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{mock::*, *};
use aitbc_anomaly::Value;
use aitbc_core::{
	ActionId, AgentId, DocumentHash, EvidenceHash, KindId, Parameter, RiskClass, Target, Work,
};
use aitbc_telemetry::Series;
use aitbc_traits::Reading;
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt::Debug;
use sp_core::{bytes::to_hex, H256};
use sp_runtime::{Perbill, Percent};

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), format!("0x{}", golden.replace(' ', "")));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

/// Checks the encodings of all variants of an enum without fields, from index zero on.
#[track_caller]
fn assert_indices<V: Encode + Decode + PartialEq + Debug>(variants: impl IntoIterator<Item = V>) {
	for (index, variant) in (0u8..).zip(variants) {
		assert_golden(variant, &format!("{index:02x}"));
	}
}

/// So many times the byte.
fn bytes(byte: u8, count: usize) -> String {
	format!("{byte:02x}").repeat(count)
}

/// 1,000 as 128 bits.
const DEPOSIT_HEX: &str = "e8030000000000000000000000000000";
/// 2 as a value.
const TWO_HEX: &str = "80841e0000000000";
/// "node" as a word.
const NODE_HEX: &str = "10 6e6f6465";

#[test]
fn enums_without_fields_should_keep_their_encoding() {
	assert_indices([Targets::Network, Targets::Validators, Targets::Agents]);
	assert_indices([
		Outcome::Noted,
		Outcome::Vetoed,
		Outcome::Spam,
		Outcome::Expired,
		Outcome::Refuted,
		Outcome::Failed,
		Outcome::Unknown,
		Outcome::Helped,
		Outcome::NoEffect,
		Outcome::Worse,
		Outcome::Unjudged,
	]);
	assert_indices([Verdict::Succeeded, Verdict::Failed, Verdict::Unknown]);
}

#[test]
fn scopes_and_positions_should_keep_their_encoding() {
	let scopes = ["00", "01 00", "01 01", "01 02", "01 03"];
	for (scope, golden) in Scope::ALL.into_iter().zip(scopes) {
		assert_golden(scope, golden);
	}
	assert_golden(Position::Closed, "00");
	assert_golden(Position::Open { until: 258 }, "01 02010000");
	assert_golden(Position::HalfOpen { successes: 3 }, "02 03000000");
	assert_eq!(Position::default(), Position::Closed);
}

#[test]
fn breakers_should_keep_their_encoding() {
	let open =
		Breaker { position: Position::Open { until: 9 }, failures: 1, openings: 2, starts: (3, 4) };
	let golden = "01 09000000 01000000 02000000 03000000 04000000";
	assert_golden(open, golden);
	assert_eq!(Breaker::max_encoded_len(), 5 + 16);
	let closed = bytes(0, 17);
	assert_golden(Breaker::default(), &closed);
	let [all, info, low, medium, high] = [Breaker::default(); 5];
	let breakers = Breakers { all, info: open, low, medium, high };
	assert_golden(breakers, &format!("{closed} {golden} {}", closed.repeat(3)));
	let breakers = Breakers { all, info, low, medium, high: open };
	assert_golden(breakers, &format!("{} {golden}", closed.repeat(4)));
	assert_eq!(Breakers::max_encoded_len(), 5 * 21);
	let terms = BreakerTerms { failures: 1, starts: 2, period: 3, recoveries: 4 };
	assert_golden(terms, "01000000 02000000 03000000 04000000");
}

#[test]
fn bounds_should_keep_their_encoding() {
	let integer = ParameterBounds::Integer { least: -1, greatest: 60 };
	assert_golden(integer, "00 ffffffffffffffff 3c00000000000000");
	assert_golden(ParameterBounds::Flag, "01");
	let words = vec![word("node"), word("a")].try_into().expect("there are few");
	assert_golden(ParameterBounds::Word(words), &format!("02 08 {NODE_HEX} 04 61"));
	let rule = ParameterRule { name: word("node"), bounds: ParameterBounds::Flag };
	assert_golden(rule, &format!("{NODE_HEX} 01"));
}

#[test]
fn kinds_should_keep_their_encoding() {
	assert_golden(Verification::Nobody, "00");
	assert_golden(Verification::Operator, "01");
	assert_golden(Verification::Approvers(3), "02 03000000");
	assert_golden(Verification::Governance, "03");
	assert_golden(Performer::Nobody, "00");
	let rule = ParameterRule { name: word("node"), bounds: ParameterBounds::Flag };
	assert_golden(commanded(vec![rule]), &format!("01 04 {NODE_HEX} 01"));
	assert_golden(Performer::Chain { pallet: 3, call: 2 }, "02 03 02");
	assert_golden(RateLimit { count: 2, period: 10 }, "02000000 0a000000");
	let kind = Kind {
		name: word("node"),
		class: RiskClass::High,
		performer: Performer::Chain { pallet: 3, call: 2 },
		targets: Targets::Network,
		verification: Verification::Approvers(3),
		rate_limit: RateLimit { count: 2, period: 10 },
		cooldown: 5,
		blast_radius: Perbill::from_percent(50),
		time_to_live: 6,
		lease: 7,
		watch: 8,
		needs_simulation: true,
		reversible_by: Some(KindId(258)),
	};
	let golden = format!(
		"{NODE_HEX} 03 02 03 02 00 02 03000000 02000000 0a000000 05000000 0065cd1d 06000000 \
		 07000000 08000000 01 01 0201"
	);
	assert_golden(kind.clone(), &golden);
	assert_golden(Listed { version: 4, kind: kind.clone() }, &format!("04000000 {golden}"));
	let info = KindInfo { id: KindId(1), version: 4, kind };
	assert_golden(info, &format!("0100 04000000 {golden}"));
}

#[test]
fn sources_should_keep_their_encoding() {
	let account = |agent| Source::Account { who: ALICE, agent, deposit: DEPOSIT };
	let agent = Some(Recommender { id: AgentId(2), owner: BOB });
	let golden = format!("00 {} 01 0200000000000000 {} {DEPOSIT_HEX}", bytes(1, 32), bytes(2, 32));
	assert_golden(account(agent), &golden);
	assert_golden(account(None), &format!("00 {} 00 {DEPOSIT_HEX}", bytes(1, 32)));
	assert_golden(Source::<AccountId>::Anomaly, "01");
	assert_golden(Source::<AccountId>::Rollback(ActionId(3)), "02 0300000000000000");
}

#[test]
fn simulations_should_keep_their_encoding() {
	assert_golden(Simulation::NotNeeded, "00");
	assert_golden(Simulation::Awaited, "01");
	let passed = Simulation::Passed(EvidenceHash(H256::repeat_byte(3)));
	assert_golden(passed, &format!("02 {}", bytes(3, 32)));
}

fn golden_baseline() -> (Baseline, String) {
	let (median, spread) = (Value::from_integer(2), Value::default());
	let reading = Reading { window: 4, median, spread };
	let baseline = Baseline { series: Series::FinalityLag, reading: Some(reading) };
	(baseline, format!("01 01 04000000 {TWO_HEX} {}", bytes(0, 8)))
}

fn golden_executor() -> (Executor<AccountId>, String) {
	let executor = Executor { agent: AgentId(2), wallet: ALICE };
	(executor, format!("0200000000000000 {}", bytes(1, 32)))
}

#[test]
fn states_should_keep_their_encoding() {
	type S = State<AccountId>;
	assert_golden(S::Proposed, "00");
	assert_golden(S::Verified, "01");
	let (baseline, baseline_hex) = golden_baseline();
	let (executor, executor_hex) = golden_executor();
	let running = |baseline| S::Running { executor: executor.clone(), until: 9, baseline };
	assert_golden(running(None), &format!("02 {executor_hex} 09000000 00"));
	let golden = format!("02 {executor_hex} 09000000 01 {baseline_hex}");
	assert_golden(running(Some(baseline)), &golden);
	let watching = S::Watching { until: 9, baseline, window: 5 };
	assert_golden(watching, &format!("03 09000000 {baseline_hex} 05000000"));
	let ended = S::Ended { outcome: Outcome::Worse, at: 8, until: 9 };
	assert_golden(ended, "04 09 08000000 09000000");
}

fn golden_idea() -> (Idea, String) {
	let uri = b"a:b".to_vec().try_into().expect("it is short");
	let idea = Idea {
		rationale: Rationale { uri, hash: DocumentHash(H256::repeat_byte(2)) },
		model: Model { name: word("node"), version: 3 },
		confidence: Percent::from_percent(80),
	};
	(idea, format!("0c 613a62 {} {NODE_HEX} 03000000 50", bytes(2, 32)))
}

fn golden_terms() -> (Terms, String) {
	let reversal = Reversal { kind: KindId(5), version: 6 };
	let terms = Terms {
		class: RiskClass::Medium,
		cooldown: 1,
		lease: 2,
		watch: 3,
		reversible_by: Some(reversal),
	};
	(terms, "02 01000000 02000000 03000000 01 0500 06000000".into())
}

fn golden_action() -> (ActionOf<Test>, String) {
	let (idea, idea_hex) = golden_idea();
	let (terms, terms_hex) = golden_terms();
	let parameters = vec![Parameter::Flag(true)].try_into().expect("there are few");
	let action = Action {
		source: Source::Account {
			who: ALICE,
			agent: Some(Recommender { id: AgentId(2), owner: BOB }),
			deposit: DEPOSIT,
		},
		order: Order {
			kind: KindId(4),
			version: 7,
			target: Target::Validator(BOB),
			work: Work::Command(parameters),
			rollback: Some(Work::Note),
			series: Some(Series::BlockTime),
		},
		terms,
		idea: Some(idea),
		report: Some(9),
		expires: 10,
		simulation: Simulation::Awaited,
		approvals: accounts([ALICE, BOB]),
		is_forced: true,
		spam: accounts([CAROL]),
		state: State::Proposed,
	};
	let golden = format!(
		"00 {one} 01 0200000000000000 {two} {DEPOSIT_HEX} 0400 07000000 01 {two} 01 04 01 01 01 00 01 02 \
		 {terms_hex} 01 {idea_hex} 01 0900000000000000 0a000000 01 08 {one} {two} 01 04 {three} 00",
		one = bytes(1, 32),
		two = bytes(2, 32),
		three = bytes(3, 32),
	);
	(action, golden)
}

#[test]
fn actions_should_keep_their_encoding() {
	let (executor, golden) = golden_executor();
	assert_golden(executor, &golden);
	let (baseline, golden) = golden_baseline();
	assert_golden(baseline, &golden);
	let (idea, golden) = golden_idea();
	assert_golden(idea, &golden);
	let (terms, golden) = golden_terms();
	assert_golden(terms, &golden);
	let (action, golden) = golden_action();
	assert_golden(action.clone(), &golden);
	let least = Action {
		source: Source::Anomaly,
		terms: Terms { reversible_by: None, ..action.terms },
		idea: None,
		report: None,
		simulation: Simulation::NotNeeded,
		approvals: Default::default(),
		is_forced: false,
		spam: Default::default(),
		state: State::Verified,
		order: Order {
			target: Target::Network,
			work: Work::Note,
			rollback: None,
			series: None,
			..action.order
		},
		expires: 10,
	};
	let golden = "01 0400 07000000 00 00 00 00 02 01000000 02000000 03000000 00 00 00 0a000000 00 \
	              00 00 00 01";
	assert_golden(least, golden);
}

#[test]
fn reflexes_and_records_should_keep_their_encoding() {
	let parameters = vec![Parameter::Integer(1)].try_into().expect("there are few");
	let reflex = Reflex { kind: KindId(3), parameters };
	assert_golden(reflex, "0300 04 00 0100000000000000");
	let record =
		TrackRecord { helped: 1, no_effect: 2, worse: 3, unjudged: 4, failed: 5, unknown: 6 };
	let golden = "01000000 02000000 03000000 04000000 05000000 06000000";
	assert_golden(record, golden);
	let model = Model { name: word("node"), version: 3 };
	let (agent, place) = (AgentId(2), format!("0200000000000000 {NODE_HEX} 03000000"));
	let info = TrackRecordInfo { kind: KindId(3), agent, model: model.clone(), record };
	let golden = format!("0300 {place} {golden}");
	assert_golden(info.clone(), &golden);
	let page = TrackRecordPage { records: vec![info], next: Some((agent, model)) };
	assert_golden(page, &format!("04 {golden} 01 {place}"));
	assert_golden(TrackRecordPage { records: vec![], next: None }, "00 00");
}

#[test]
fn recommendations_should_keep_their_encoding() {
	let flag = vec![Parameter::Flag(true)];
	let mut recommended = Recommendation {
		kind: KindId(4),
		target: Target::<AccountId>::Agent(AgentId(2)),
		proposal: command(flag),
		rollback: Some(Proposal::Note),
		rationale: Rationale { uri: b"a:b".to_vec(), hash: DocumentHash(H256::repeat_byte(2)) },
		model: Model { name: word("node"), version: 3 },
		confidence: Percent::from_percent(80),
		report: Some(9),
		series: Some(Series::BlockTime),
		expires: 10,
	};
	let tail = format!(
		"0c 613a62 {} {NODE_HEX} 03000000 50 01 0900000000000000 01 02 0a000000",
		bytes(2, 32)
	);
	let golden = format!("0400 02 0200000000000000 01 04 01 01 01 00 {tail}");
	assert_golden(recommended.clone(), &golden);
	recommended.proposal = Proposal::Call(Box::new(set_level_call(7)));
	recommended.rollback = None;
	let golden = format!("0400 02 0200000000000000 02 03 00 07000000 00 {tail}");
	assert_golden(recommended, &golden);
}

#[test]
fn what_clients_get_should_keep_its_encoding() {
	let (action, golden) = golden_action();
	let info = ActionInfo { id: ActionId(1), hash: [7; 32], action };
	let golden = format!("0100000000000000 {} {golden}", bytes(7, 32));
	assert_golden(info.clone(), &golden);
	let page = ActionPage { actions: vec![info], next: Some(ActionId(1)) };
	assert_golden(page, &format!("04 {golden} 01 0100000000000000"));
	let filter = ActionFilter { target: Some(Target::Validator(ALICE)), is_open: true };
	assert_golden(filter, &format!("01 01 {} 01", bytes(1, 32)));
	let target = TargetInfo {
		is_there: true,
		operator: Some(ALICE),
		executor: Some(AgentId(2)),
		is_braked: true,
		under_action: Some(ActionId(1)),
	};
	let golden = format!("01 01 {} 01 0200000000000000 01 01 0100000000000000", bytes(1, 32));
	assert_golden(target, &golden);
	let info = ActionsInfo {
		is_killed: true,
		breakers: Breakers::default(),
		breaker_terms: BreakerTerms { failures: 1, starts: 2, period: 3, recoveries: 4 },
		approvers: vec![ALICE],
		recommenders: vec![AgentId(2)],
		validators: 5,
		under_action: 6,
		deposit: DEPOSIT,
		max_open: 7,
		kept_blocks: 8,
		count: 9,
	};
	let golden = format!(
		"01 {} 01000000 02000000 03000000 04000000 04 {} 04 0200000000000000 05000000 06000000 \
		 {DEPOSIT_HEX} 07000000 08000000 0900000000000000",
		bytes(0, 5 * 17),
		bytes(1, 32),
	);
	assert_golden(info, &golden);
}

#[test]
fn origins_should_keep_their_encoding() {
	assert_golden(Origin::Verified(KindId(258)), "00 0201");
}

#[test]
fn stored_types_should_keep_their_longest_encoding() {
	// A word is of up to 33 bytes, and each list begins with a byte that says how long it is.
	let words = 1 + 1 + 8 * 33;
	let rules = 1 + 1 + 8 * (33 + words);
	let kind = 33 + 1 + rules + 1 + 5 + 8 + 4 * 5 + 1 + 3;
	assert_eq!(Kind::max_encoded_len(), kind);
	assert_eq!(Listed::max_encoded_len(), 4 + kind);
	assert_eq!(TrackRecord::max_encoded_len(), 6 * 4);
	assert_eq!(Terms::max_encoded_len(), 1 + 3 * 4 + 1 + 6);
	assert_eq!(Origin::max_encoded_len(), 1 + 2);
}
