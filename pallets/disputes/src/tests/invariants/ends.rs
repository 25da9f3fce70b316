//! The ways in which all cases end by a stranger alone: without jurors, with jurors who stay silent,
//! and with jurors who vote.

use crate::{mock::*, *};
use aitbc_core::{Balance, CaseId};
use frame_support::assert_ok;

/// Ends every case: takes what is due when it is due, and lets `jury` serve where one is needed.
fn end_all(serve: impl Fn(CaseId, u32)) {
	for id in Cases::<Test>::iter_keys().collect::<Vec<_>>() {
		let mut steps = 0;
		while let Some(info) = Disputes::case(id) {
			match (info.next, info.round) {
				(Some(next), _) => {
					set_now(Now::get().max(next.from));
					progress(id);
				},
				(None, round) => serve(id, round.expect("a round waits for a jury").seats),
			}
			steps += 1;
			assert!(steps < 20, "{id:?} finds no end");
		}
	}
}

/// Draws a jury of one juror for as many of `seats` as it can stake for, or an empty one.
fn draw_one(id: CaseId, seats: u32) -> Option<AccountId> {
	let total = SEAT_STAKE * Balance::from(seats);
	let juror = JURORS.clone().find(|juror| is_eligible(id, *juror, total));
	draw(id, &juror.map(|juror| (juror, seats)).into_iter().collect::<Vec<_>>());
	juror
}

/// The pool finds nobody.
pub(super) fn nobody_judges() {
	end_all(|id, _| draw(id, &[]));
}

/// The pool finds a juror, who does nothing.
pub(super) fn seats_are_silent() {
	end_all(|id, seats| {
		draw_one(id, seats);
	});
}

/// The pool finds a juror, who votes.
pub(super) fn seats_vote() {
	end_all(|id, seats| {
		let Some(juror) = draw_one(id, seats) else { return };
		end_evidence(id);
		commit(id, juror, share(7));
		assert_ok!(Disputes::reveal(signed(juror), id, share(7), salt(juror)));
	});
}
