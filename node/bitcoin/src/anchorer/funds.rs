//! Which coins are there, and which ones an anchor spends.

use super::{AnchorerError, BitcoinNode, Problem};
use crate::{
	bitcoin_core::Tip,
	coin::{Coin, Satoshi},
	journal::Store,
	state::{State, MAX_RESERVE},
	transaction::MAX_INPUTS,
};
use std::{cmp::Reverse, collections::BTreeSet};

impl<N: BitcoinNode, S: Store> super::Anchorer<N, S> {
	/// Looks for coins, if that is wanted. Gives whether there is nothing left to look for.
	///
	/// What follows from the root stays, unless its coin is gone: then the largest other one is the root, and what was
	/// signed before stays bound to the former.
	pub(super) fn look_for_coins(&mut self, tip: Tip) -> Result<bool, AnchorerError> {
		if !self.wants_scan {
			return Ok(true);
		}
		let scan = self.node.scan(&self.state.script)?;
		if scan.tip != tip.block.hash {
			// A block came in the meantime, and may have one of our transactions.
			return Ok(false);
		}
		let mut coins = scan.coins;
		coins.sort_unstable_by_key(|coin| (Reverse(coin.value), coin.txid, coin.index));
		let mut next = self.state.clone();
		let expected = first_unmined(&next);
		let is_there = expected.is_some_and(|coin| coins.contains(&coin));
		if let Some(largest) = coins.first().filter(|_| !is_there) {
			next.root = Some(*largest);
		}
		let head = first_unmined(&next);
		coins.retain(|coin| Some(*coin) != head);
		coins.truncate(MAX_RESERVE);
		next.reserve = coins;
		self.commit(next)?;
		self.wants_scan = false;
		Ok(true)
	}

	/// Adds coins to `inputs` until they pay for the fee, and for a change that is more than dust. Gives them and the
	/// change. `None` if there are not enough, or if `fee`, of a number of virtual bytes, gives none.
	pub(super) fn fund(
		&self,
		mut inputs: Vec<Coin>,
		fee: impl Fn(u64) -> Option<Satoshi>,
	) -> Result<Option<(Vec<Coin>, Satoshi)>, AnchorerError> {
		let kind = self.signer.kind();
		let used = used(&self.state);
		let mut reserve = self.state.reserve.iter().filter(|coin| !used.contains(coin));
		loop {
			let Some(fee) = fee(kind.vsize(inputs.len())) else { return Ok(None) };
			let total = Satoshi::total(inputs.iter().map(|coin| coin.value));
			let change = total.minus(fee).filter(|change| *change >= kind.dust());
			if let Some(change) = change {
				return Ok(Some((inputs, change)));
			}
			let next = loop {
				let Some(coin) = reserve.next() else { return Ok(None) };
				let found = self.node.unspent(coin, true)?;
				if found.is_some_and(|found| found.value == coin.value) {
					break *coin;
				}
			};
			if inputs.len() >= MAX_INPUTS {
				return Ok(None);
			}
			inputs.push(next);
		}
	}

	/// What there is to pay with, when what waits is mined.
	pub(super) fn balance(&self) -> Satoshi {
		let path = self.state.path();
		let head = path.map(|path| {
			let pending = path.pending.and_then(|spend| spend.attempts.last());
			pending.map_or(path.coin.value, |attempt| attempt.change.value)
		});
		let used = used(&self.state);
		let reserve = self.state.reserve.iter().filter(|coin| !used.contains(coin));
		Satoshi::total(head.into_iter().chain(reserve.map(|coin| coin.value)))
	}

	pub(super) fn unfunded(&self) -> Problem {
		Problem::Unfunded { address: self.signer.address(), balance: self.balance() }
	}
}

/// The first coin on the way that no block has a transaction of ours for: it must be there, if nobody else spent it.
fn first_unmined(state: &State) -> Option<Coin> {
	let path = state.path()?;
	let mut passed = path.passed.iter();
	let fallen = passed.find(|(spend, _)| spend.mined.is_none());
	Some(fallen.map_or(path.coin, |(spend, _)| spend.coin))
}

/// The coins that are spent on the way, or will be.
fn used(state: &State) -> BTreeSet<Coin> {
	let Some(path) = state.path() else { return BTreeSet::new() };
	let passed = path.passed.iter().map(|(_, attempt)| *attempt);
	let pending = path.pending.and_then(|spend| spend.attempts.last());
	let inputs = passed.chain(pending).flat_map(|attempt| &attempt.inputs);
	inputs.chain([&path.coin]).copied().collect()
}
