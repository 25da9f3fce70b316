//! Whether an action helped, and what follows.

use crate::*;
use aitbc_audit::Event as Logged;
use aitbc_core::ActionId;
use aitbc_telemetry::Series;
use aitbc_traits::{FeedInspect, Reading};

impl<T: Config> Pallet<T> {
	/// Judges an action whose time to be watched is over. What is worse is reversed.
	pub(crate) fn look_back(id: ActionId, action: ActionOf<T>, baseline: Baseline, window: u32) {
		let Baseline { series, reading: before } = baseline;
		let after = T::Feed::latest(series).filter(|reading| reading.window > window);
		let outcome = match (before, after) {
			(Some(before), Some(after)) => compare(series, &before, &after),
			_ => Outcome::Unjudged,
		};
		let event = match outcome {
			Outcome::Helped => Some(Logged::ActionHelped),
			Outcome::NoEffect => Some(Logged::ActionNoEffect),
			Outcome::Worse => Some(Logged::ActionWorse),
			_ => None,
		};
		// What is unjudged is written down where it ends.
		if let Some(event) = event {
			Self::log_by_chain(event, id, &action, &[]);
		}
		Self::end(id, action.clone(), outcome);
		if outcome == Outcome::Worse {
			Self::roll_back(id, &action);
		}
	}

	/// Puts the action on the chain that reverses `action`, as its recommendation said, which was approved
	/// with it.
	fn roll_back(id: ActionId, action: &ActionOf<T>) {
		let (Some(reversal), Some(work)) = (action.terms.reversible_by, &action.order.rollback)
		else {
			return;
		};
		let listed =
			Catalogue::<T>::get(reversal.kind).filter(|listed| listed.version == reversal.version);
		let (Some(Listed { version, kind }), Some(next)) =
			(listed, NextActionId::<T>::get().next())
		else {
			Self::log_by_chain(Logged::ActionBlocked, id, action, &[]);
			Self::deposit_event(Event::RollbackBlocked { action: id });
			return;
		};
		let rollback = NextActionId::<T>::get();
		NextActionId::<T>::put(next);
		let order = Order {
			kind: reversal.kind,
			version,
			target: action.order.target.clone(),
			work: work.clone(),
			rollback: None,
			series: action.order.series,
		};
		let reverse = Action {
			source: Source::Rollback(id),
			terms: Terms::of(&kind, None),
			idea: None,
			report: None,
			expires: Self::now().saturating_add(kind.time_to_live),
			simulation: Simulation::NotNeeded,
			approvals: Default::default(),
			is_forced: false,
			spam: Default::default(),
			state: State::Proposed,
			order,
		};
		Self::log_by_chain(Logged::ActionRecommended, rollback, &reverse, &[reverse.order.hash()]);
		Self::deposit_event(Event::ActionRecommended {
			action: rollback,
			hash: reverse.order.hash(),
			source: reverse.source.clone(),
			order: reverse.order.clone(),
			idea: None,
			report: None,
			expires: reverse.expires,
		});
		Self::log_by_chain(Logged::ActionVerified, rollback, &reverse, &[reverse.order.hash()]);
		Self::deposit_event(Event::ActionVerified { action: rollback });
		Self::enter(rollback, reverse, State::Verified);
	}
}

/// What became of a series of which less is better, between two readings.
///
/// What lies within its grain, or within what reporters differed by, is no difference.
pub(crate) fn compare(series: Series, before: &Reading, after: &Reading) -> Outcome {
	let grain = i64::try_from(series.grain().millionths()).unwrap_or(i64::MAX);
	let spreads = before.spread.millionths().max(after.spread.millionths());
	let noise = grain.max(spreads);
	let change = after.median.millionths().saturating_sub(before.median.millionths());
	if change < noise.saturating_neg() {
		Outcome::Helped
	} else if change > noise {
		Outcome::Worse
	} else {
		Outcome::NoEffect
	}
}
