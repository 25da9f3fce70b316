//! Tests of a chain's first catalogue.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_core::KindId;
use frame_support::assert_ok;
use sp_runtime::BuildStorage;

/// Builds a chain that begins with these kinds and approvers, and looks at it.
fn begin_with(kinds: Vec<Kind>, approvers: Vec<AccountId>, look: impl FnOnce()) {
	let genesis = GenesisConfig::<Test> { kinds, approvers };
	let storage = genesis.build_storage().expect("it is built or panics");
	sp_io::TestExternalities::new(storage).execute_with(look);
}

/// A kind that the second one reverses.
fn reversible(by: u16) -> Kind {
	Kind { reversible_by: Some(KindId(by)), ..plain("scale") }
}

#[test]
fn genesis_should_list_the_kinds_in_their_order() {
	let kinds = vec![plain("restart"), reversible(1)];
	begin_with(kinds.clone(), vec![ANN, BEN], || {
		for (id, kind) in (1..).zip(kinds) {
			let version = u32::from(id);
			assert_eq!(KindNames::<Test>::get(&kind.name), Some(KindId(id)));
			assert_eq!(listed(KindId(id)), Listed { version, kind });
		}
		assert_eq!((Catalogue::<Test>::count(), CatalogueVersion::<Test>::get()), (2, 2));
		assert_eq!(Approvers::<Test>::get(), accounts([ANN, BEN]));
		// The audit log begins with the first block.
		assert_eq!((log(), events()), (vec![], vec![]));
		assert_ok!(Actions::do_try_state());
	});
}

#[test]
fn genesis_should_list_nothing_unless_it_says_so() {
	begin_with(Vec::new(), Vec::new(), || {
		assert_eq!((Catalogue::<Test>::count(), CatalogueVersion::<Test>::get()), (0, 0));
		assert_eq!(Approvers::<Test>::get(), accounts([]));
	});
}

#[test]
#[should_panic(expected = "invalid actions in genesis: UnsoundKind")]
fn genesis_should_fail_when_a_kind_does_not_hold_together() {
	begin_with(vec![Kind { lease: 0, ..plain("scale") }], Vec::new(), || {});
}

#[test]
#[should_panic(expected = "invalid actions in genesis: UnsoundReversal")]
fn genesis_should_fail_when_what_reverses_a_kind_comes_after_it() {
	begin_with(vec![reversible(2), plain("restart")], Vec::new(), || {});
}

#[test]
#[should_panic(expected = "invalid actions in genesis: NameTaken")]
fn genesis_should_fail_when_two_kinds_have_one_name() {
	begin_with(vec![plain("scale"), plain("scale")], Vec::new(), || {});
}

#[test]
#[should_panic(expected = "invalid actions in genesis: CatalogueFull")]
fn genesis_should_fail_when_there_are_too_many_kinds() {
	let kinds = (0..=MAX_KINDS).map(|number| plain(&format!("n{number}"))).collect();
	begin_with(kinds, Vec::new(), || {});
}

#[test]
#[should_panic(expected = "invalid actions in genesis: Twice")]
fn genesis_should_fail_when_an_approver_is_there_twice() {
	begin_with(Vec::new(), vec![ANN, BEN, ANN], || {});
}

#[test]
#[should_panic(expected = "invalid actions in genesis: CatalogueFull")]
fn genesis_should_fail_when_there_are_too_many_approvers() {
	begin_with(Vec::new(), vec![ANN; MAX_APPROVERS as usize + 1], || {});
}
