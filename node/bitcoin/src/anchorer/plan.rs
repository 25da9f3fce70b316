//! What to do, as far as the state and the chain's wish tell.

use crate::{
	coin::Coin,
	state::{Path, Spend, State},
};
use aitbc_bitcoin::Payload;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Plan {
	/// Nothing.
	Rest,
	/// There is something to do and no coin.
	Unfunded,
	/// Nothing: what says this payload may be mined, and does not follow from the root.
	Bound(Payload),
	/// Spend a coin that was not spent yet.
	Begin {
		/// The coin.
		coin: Coin,
		/// What to say.
		payload: Payload,
	},
	/// See that what waits is mined, or replace it.
	Hold {
		/// What waits.
		spend: Spend,
		/// What to say: what it says, or something newer.
		payload: Payload,
		/// Whether it is worth to pay more.
		may_raise: bool,
	},
}

/// Decides. What was mined, or was and may be again, says its payload for good. What waits is replaced by what is
/// newer, and left alone when nobody needs it any more.
pub(super) fn plan(
	state: &State,
	due: Option<Payload>,
	settled: impl Fn(&Payload) -> bool,
) -> Plan {
	let due = due.filter(|payload| !settled(payload));
	let Some(path) = state.path() else {
		return due.map_or(Plan::Rest, |_| Plan::Unfunded);
	};
	let unsaid = due.filter(|payload| !is_said(&path, payload, &settled));
	let wanted = unsaid.filter(|payload| !state.is_bound_elsewhere(payload));
	let rest = match (unsaid, wanted) {
		(Some(payload), None) => Plan::Bound(payload),
		_ => Plan::Rest,
	};
	let waiting = path.pending.and_then(|spend| Some((spend, spend.attempts.last()?)));
	let Some((spend, last)) = waiting else {
		let coin = path.coin;
		return wanted.map_or(rest, |payload| Plan::Begin { coin, payload });
	};
	let is_needed = !settled(&last.payload);
	let spend = spend.clone();
	match wanted {
		Some(payload) if !is_needed || payload.height >= last.payload.height => {
			Plan::Hold { spend, payload, may_raise: true }
		},
		_ if is_needed => Plan::Hold { spend, payload: last.payload, may_raise: wanted.is_some() },
		_ => rest,
	}
}

/// Whether the way to the coin that is spent next says `payload`, or something newer that the chain is not done with:
/// the newer block commits to the older by its ancestors.
fn is_said(path: &Path<'_>, payload: &Payload, settled: impl Fn(&Payload) -> bool) -> bool {
	path.passed.iter().any(|(_, attempt)| {
		let said = &attempt.payload;
		said == payload || (said.height > payload.height && !settled(said))
	})
}
