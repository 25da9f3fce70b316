//! The network changes itself: referenda from their proposal to what they enact.

mod brakes;
mod committee;
mod lifecycle;
mod powers;
mod slashing;
mod tracks;
mod treasury;

use crate::{
	network::{events, pass_blocks},
	work::done,
};
use aitbc_core::{money::AIT, Balance};
use aitbc_runtime::{Balances, OriginCaller, Runtime, RuntimeCall, RuntimeEvent};
use codec::Encode;
use frame_support::traits::{schedule::DispatchTime, Bounded};
use frame_system::RawOrigin;
use pallet_conviction_voting::{AccountVote, Conviction, Vote};
use pallet_referenda::{BoundedCallOf, ReferendumIndex};
use sp_io::hashing::blake2_256;
use sp_keyring::Sr25519Keyring::{
	self, Alice, Bob, BobStash, Charlie, CharlieStash, Dave, DaveStash, Eve, EveStash,
};
use sp_runtime::DispatchResult;

/// More than half of all that could vote, so that every track's referenda pass from their first block.
const VOTERS: [Sr25519Keyring; 7] =
	[Charlie, Dave, Eve, BobStash, CharlieStash, DaveStash, EveStash];

/// What each of them votes with.
const VOTE: Balance = 900_000 * AIT;

/// What a referendum is to dispatch.
type Proposal = BoundedCallOf<Runtime, ()>;

fn root() -> OriginCaller {
	OriginCaller::system(RawOrigin::Root)
}

/// A call that is short enough to need no preimage.
fn inline(call: impl Into<RuntimeCall>) -> Proposal {
	Bounded::Inline(call.into().encode().try_into().expect("it has at most 128 bytes"))
}

/// Alice proposes to dispatch `proposal` as `origin`, as soon as the track allows.
fn submit_proposal(origin: impl Into<OriginCaller>, proposal: Proposal) -> ReferendumIndex {
	let index = pallet_referenda::ReferendumCount::<Runtime>::get();
	let submit = pallet_referenda::Call::submit {
		proposal_origin: Box::new(origin.into()),
		proposal,
		enactment_moment: DispatchTime::After(0),
	};
	done(Alice, submit);
	index
}

/// Alice proposes it, and Bob deposits what its decision takes.
fn propose(origin: impl Into<OriginCaller>, proposal: Proposal) -> ReferendumIndex {
	let index = submit_proposal(origin, proposal);
	done(Bob, pallet_referenda::Call::place_decision_deposit { index });
	index
}

/// A vote with the whole of `balance`, locked for one period.
fn aye(balance: Balance) -> AccountVote<Balance> {
	let vote = Vote { aye: true, conviction: Conviction::Locked1x };
	AccountVote::Standard { vote, balance }
}

/// All voters vote for the referendum.
fn approve(index: ReferendumIndex) {
	for voter in VOTERS {
		done(voter, pallet_conviction_voting::Call::vote { poll_index: index, vote: aye(VOTE) });
	}
}

/// The name under which what a referendum decided is scheduled.
fn enactment(index: ReferendumIndex) -> [u8; 32] {
	(*b"assembly", "enactment", index).using_encoded(blake2_256)
}

/// Lets blocks pass until what the referendum decided was dispatched, and gives what became of it.
fn enacted(index: ReferendumIndex) -> DispatchResult {
	let name = enactment(index);
	for _ in 0..100 {
		pass_blocks(1);
		let dispatched = events().into_iter().find_map(|event| match event {
			RuntimeEvent::Scheduler(pallet_scheduler::Event::Dispatched {
				id: Some(id),
				result,
				..
			}) if id == name => Some(result),
			_ => None,
		});
		if let Some(result) = dispatched {
			return result;
		}
	}
	panic!("nothing came of referendum {index}");
}

/// What becomes of `call`, when voters decide to dispatch it as `origin`.
fn decided(origin: impl Into<OriginCaller>, call: impl Into<RuntimeCall>) -> DispatchResult {
	let index = propose(origin, inline(call));
	approve(index);
	enacted(index)
}

/// What is reserved of the account's money, without a name: the deposits of referenda.
fn reserved(account: Sr25519Keyring) -> Balance {
	Balances::reserved_balance(account.to_account_id())
}
