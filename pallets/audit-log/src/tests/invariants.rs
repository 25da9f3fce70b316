//! What holds after any sequence of writing and forgetting.
//!
//! A failure prints the smallest sequence that fails and its seed, which proptest keeps in
//! `proptest-regressions/` and replays in every run of
//! `cargo test --release -p pallet-audit-log invariants`.

use crate::{
	mock::{AuditLog, *},
	*,
};
use aitbc_audit::{Actor, Entry, Event as E, RecordId, Subject};
use aitbc_traits::AuditLog as _;
use frame_support::{assert_ok, weights::Weight};
use proptest::{collection::vec, option, prelude::*, sample::select};

#[derive(Clone, Debug)]
enum Step {
	Write(Box<Entry>, bool),
	Pass(u64),
	Forget(u64),
	Keep(u32),
}

fn subject() -> impl Strategy<Value = Subject> {
	prop_oneof![
		Just(Subject::Network),
		(0..4u8).prop_map(|one| Subject::Validator([one; 32])),
		(0..4u64).prop_map(Subject::Action),
		(0..4u64).prop_map(Subject::Case),
	]
}

fn actor() -> impl Strategy<Value = Actor> {
	prop_oneof![
		Just(Actor::Chain),
		Just(Actor::Governance),
		(0..3u8).prop_map(|one| Actor::Account([one; 32]))
	]
}

fn step() -> impl Strategy<Value = Step> {
	let entry =
		(select(E::ALL.to_vec()), actor(), vec(subject(), 0..4), vec(any::<[u8; 32]>(), 0..4))
			.prop_map(|(event, actor, about, hashes)| {
				Entry::new(event, actor, &about).with_hashes(&hashes)
			});
	prop_oneof![
		6 => (entry, any::<bool>()).prop_map(|(entry, pays)| Step::Write(Box::new(entry), pays)),
		2 => (1..6u64).prop_map(Step::Pass),
		2 => (0..100u64).prop_map(Step::Forget),
		1 => (1..20u32).prop_map(Step::Keep),
	]
}

proptest! {
	#[test]
	fn log_should_be_whole_and_money_conserved(
		steps in vec(step(), 1..80),
		subject in option::of(subject()),
		event in option::of(select(E::ALL.to_vec())),
	) {
		new_test_ext().execute_with(|| {
			let (issued, mut written) = (Balances::total_issuance(), Vec::new());
			for step in steps {
				match step {
					Step::Write(entry, pays) => {
						let id = AuditLog::append(*entry, pays.then_some(&PAYER)).unwrap();
						assert_eq!(id.0, written.len() as u64);
						written.push(Records::<Test>::get(id).unwrap());
					},
					Step::Pass(blocks) => begin(System::block_number() + blocks),
					Step::Forget(room) => {
						let room = Weight::from_parts(room, u64::MAX);
						assert!(idle(room).all_lte(room));
					},
					Step::Keep(blocks) => KeptBlocks::set(&blocks),
				}
				assert_ok!(AuditLog::do_try_state());
			}
			assert_eq!(Balances::total_issuance(), issued);
			let oldest = OldestKept::<Test>::get();
			let query = Query { subject, event, ..Default::default() };
			let wanted = written.iter().rev().filter(|record| {
				record.id >= oldest
					&& subject.is_none_or(|subject| record.entry.subjects.contains(&Some(subject)))
					&& event.is_none_or(|event| record.entry.event == event)
			});
			let page = AuditLog::records(query, None, 100);
			assert!(page.records.iter().eq(wanted));
			for record in &written {
				let proven = AuditLog::prove(record.id, None).unwrap();
				let root = Committed::<Test>::get().root;
				assert_eq!(proven.proof.verify(&codec::Encode::encode(record), &root), Ok(*record));
			}
			assert_eq!(Committed::<Test>::get().count, written.len() as u64);
			assert_eq!(Records::<Test>::get(RecordId(written.len() as u64)), None);
		});
	}
}
