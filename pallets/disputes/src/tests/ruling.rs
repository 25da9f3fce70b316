//! Tests of what a ruling slashes.

use crate::{mock::*, *};
use aitbc_core::{Party, Ruling};
use frame_support::assert_ok;
use sp_runtime::Perbill;

#[test]
fn ruling_should_slash_the_loser_by_how_wrong_its_claim_was() {
	// Claims, the outcome in tenths, and how much of which bond is slashed, in percent.
	for (claims, said, client_slash, provider_slash) in [
		((10, 0), 10, 0, 50),
		((10, 0), 9, 0, 45),
		((10, 0), 5, 0, 0),
		((10, 0), 2, 40, 0),
		((10, 0), 0, 50, 0),
		((8, 5), 8, 0, 15),
		((8, 5), 0, 40, 0),
	] {
		build_and_execute(|| {
			let id = Trial::claiming(claims.0, claims.1).judge([share(said); 3]);
			end_appeal(id);
			let expected = Ruling {
				client_slash: Perbill::from_percent(client_slash),
				provider_slash: Perbill::from_percent(provider_slash),
				..ruling(10 * u32::from(said))
			};
			assert_eq!(last_ruling(), expected, "{claims:?} and {said}");
			// Of the agent's bond a tenth of the same.
			let slashed = Perbill::from_percent(provider_slash / 5);
			let slashes = Slashes::get();
			match provider_slash {
				0 => assert_eq!(slashes, []),
				_ => assert_eq!(slashes, [(AGENT, slashed)]),
			}
		});
	}
}

#[test]
fn ruling_should_say_what_the_agent_lost_when_its_bond_is_slashed() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(9); 3]);
		reset_events();
		end_appeal(id);
		let ruled = Event::CaseRuled {
			case: id,
			subject: case(id).subject,
			cause: RulingCause::Jury,
			ruling: Ruling { provider_slash: Perbill::from_percent(45), ..ruling(90) },
			loser: Some(Party::Provider),
			agent_slashed: AGENT_BOND * 9 / 100,
		};
		assert_eq!(events(), [ruled]);
	});
}

#[test]
fn ruling_should_be_executed_once_when_a_case_is_paid() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(9); 3]);
		appeal(id, Party::Provider);
		draw(id, &[]);
		assert_eq!(Rulings::get().len(), 1);
		pay_all(id);
		assert_eq!(Rulings::get().len(), 1);
	});
}

#[test]
fn ruling_should_slash_nothing_when_the_parties_agree_or_nobody_decides() {
	build_and_execute(|| {
		let share = Perbill::from_percent(70);
		let agreed = Trial::default().open();
		assert_ok!(Disputes::offer(signed(CLIENT), agreed, share));
		assert_ok!(Disputes::accept(signed(PROVIDER), agreed, share));
		let undecided = Trial::small().defend();
		wait(SETTLEMENT + 1);
		progress(undecided);
		let told: Vec<_> = Rulings::get().into_iter().map(|(_, _, ruling)| ruling).collect();
		assert_eq!(told, [ruling(70), ruling(50)]);
		assert_eq!(Slashes::get(), []);
	});
}

#[test]
fn ruling_should_slash_who_was_silent_as_if_it_claimed_everything() {
	build_and_execute(|| {
		let id = Trial::claiming(6, 0).open();
		wait(SETTLEMENT + 1);
		progress(id);
		let provider_slash = Perbill::from_percent(30);
		assert_eq!(last_ruling(), Ruling { provider_slash, ..ruling(60) });
		assert_eq!(Slashes::get(), [(AGENT, Perbill::from_percent(6))]);
	});
}
