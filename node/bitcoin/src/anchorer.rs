//! Gets one payload after another into Bitcoin, each once.
//!
//! [`Anchorer::step`] looks at where Bitcoin is, decides, makes what it signs durable, and only then sends it. All that
//! it knows is in the [`State`]; the rest it asks Bitcoin Core again in each step. So a crash between any two of these
//! loses nothing and repeats nothing but a question or the sending of the same bytes.

mod effects;
mod follow;
mod funds;
mod plan;
mod report;
#[cfg(test)]
mod tests;

pub use effects::BitcoinNode;
pub use report::{Action, AnchorerError, Mined, Problem, Report, Waiting};

use crate::{
	bitcoin_core::{Core, Submission, Tip},
	coin::{Coin, Satoshi},
	fees::{FeePolicy, Quote, RelayFees, Replacement},
	journal::{Journal, Store},
	signer::Signer,
	state::{Attempt, Spend, State, MAX_ATTEMPTS, MAX_SPENDS},
	transaction,
};
use aitbc_bitcoin::{Network, Payload};
use plan::Plan;
use std::path::Path;

/// What a step did, and what is in its way.
type Outcome = (Action, Option<Problem>);

/// The state machine. `N` is Bitcoin Core and `S` the journal, or models of them in tests.
#[derive(Debug)]
pub struct Anchorer<N, S> {
	node: N,
	store: S,
	signer: Signer,
	policy: FeePolicy,
	state: State,
	wants_scan: bool,
}

impl Anchorer<Core, Journal> {
	/// Goes on where the journal in `folder` ends.
	pub fn open(
		core: Core,
		folder: &Path,
		signer: Signer,
		policy: FeePolicy,
	) -> Result<Self, AnchorerError> {
		let (journal, state) = Journal::open(folder, core.network(), &signer.script())?;
		Ok(Self::new(core, journal, state, signer, policy))
	}
}

impl<N: BitcoinNode, S: Store> Anchorer<N, S> {
	/// Goes on from `state`, the last that `store` has.
	pub fn new(node: N, store: S, state: State, signer: Signer, policy: FeePolicy) -> Self {
		let wants_scan = state.root.is_none();
		Self { node, store, signer, policy, state, wants_scan }
	}

	/// Has the next step look for coins again, which takes Bitcoin Core minutes on mainnet.
	pub fn rescan(&mut self) {
		self.wants_scan = true;
	}

	/// What is durable.
	pub const fn state(&self) -> &State {
		&self.state
	}

	/// Bitcoin Core.
	pub const fn node(&self) -> &N {
		&self.node
	}

	/// Who signs.
	pub const fn signer(&self) -> &Signer {
		&self.signer
	}

	/// The network.
	pub const fn network(&self) -> Network {
		self.state.network
	}

	/// Does what there is to do now, which is bounded: a few requests, of which one may take minutes after
	/// [`Self::rescan`].
	///
	/// `due` is the newest payload that the chain wants anchored, of a block that this node has finalized. `settled`
	/// tells whether the chain is done with a payload: it is final, or not accepted any more, or not known at all.
	///
	/// If it fails, nothing is lost: the next step begins anew. Nothing is sent while Bitcoin Core is behind.
	pub fn step(
		&mut self,
		due: Option<Payload>,
		settled: impl Fn(&Payload) -> bool,
	) -> Result<Report, AnchorerError> {
		let network = self.network();
		if let Some(payload) = due.filter(|payload| payload.network != network) {
			return Err(AnchorerError::ForeignPayload {
				expected: network,
				found: payload.network,
			});
		}
		let tip = self.node.tip()?;
		let behind = self.follow(tip)?;
		if behind > 0 {
			return Ok(self.report(tip, behind, &settled, (Action::Followed, None)));
		}
		let mut next = self.state.clone();
		next.forget(tip.block.height, &settled);
		self.commit(next)?;
		let outcome = match self.look_for_coins(tip)? {
			true => self.act(tip, due, &settled)?,
			false => (Action::Followed, None),
		};
		Ok(self.report(tip, 0, &settled, outcome))
	}

	/// Makes `next` durable, and goes on from there.
	fn commit(&mut self, next: State) -> Result<(), AnchorerError> {
		if next != self.state {
			self.store.save(&next)?;
			self.state = next;
		}
		Ok(())
	}

	/// Sends, replaces or begins.
	fn act(
		&mut self,
		tip: Tip,
		due: Option<Payload>,
		settled: impl Fn(&Payload) -> bool,
	) -> Result<Outcome, AnchorerError> {
		if let Some(outcome) = self.send_again()? {
			return Ok(outcome);
		}
		match plan::plan(&self.state, due, settled) {
			Plan::Unfunded => Ok((Action::Nothing, Some(self.unfunded()))),
			Plan::Bound(payload) => Ok((Action::Nothing, Some(Problem::Bound { payload }))),
			Plan::Rest => {
				self.withdraw()?;
				Ok((Action::Nothing, None))
			},
			Plan::Begin { coin, payload } => self.begin(tip, coin, payload),
			Plan::Hold { spend, payload, may_raise } => self.hold(tip, spend, payload, may_raise),
		}
	}

	/// Sends what was mined and is not any more, because what was made since follows on it. Gives an outcome if that must
	/// be waited for.
	fn send_again(&mut self) -> Result<Option<Outcome>, AnchorerError> {
		let Some(path) = self.state.path() else { return Ok(None) };
		let fallen = path.passed.iter().filter(|(spend, _)| spend.mined.is_none());
		let fallen: Vec<Attempt> = fallen.map(|(_, attempt)| (*attempt).clone()).collect();
		for attempt in fallen {
			let (action, problem) = self.send(&attempt)?;
			let is_waiting = matches!(action, Action::Offered { .. });
			if problem.is_some() || is_waiting {
				return Ok(Some((action, problem)));
			}
		}
		Ok(None)
	}

	/// Spends a coin for the first time.
	fn begin(&mut self, tip: Tip, coin: Coin, payload: Payload) -> Result<Outcome, AnchorerError> {
		if self.state.spends.len() >= MAX_SPENDS {
			return Ok((Action::Nothing, Some(Problem::JournalFull)));
		}
		if self.node.unspent(&coin, true)?.is_none() {
			return Ok((Action::Nothing, Some(Problem::CoinMissing { coin })));
		}
		let (_, quote) = self.quote()?;
		let inputs = self.fund(vec![coin], |vsize| Some(quote.rate.fee(vsize)))?;
		let Some((inputs, change)) = inputs else {
			return Ok((Action::Nothing, Some(self.unfunded())));
		};
		let attempt = self.sign(tip, inputs, payload, change)?;
		let spend = Spend { coin, attempts: vec![attempt.clone()], mined: None };
		let mut next = self.state.clone();
		next.spends.push(spend);
		self.commit(next)?;
		let (action, problem) = self.send(&attempt)?;
		Ok((action, problem.or_else(|| capped(quote))))
	}

	/// Sends what is not mined yet, or replaces it by something that says `payload` or pays more.
	fn hold(
		&mut self,
		tip: Tip,
		spend: Spend,
		payload: Payload,
		may_raise: bool,
	) -> Result<Outcome, AnchorerError> {
		let Some(last) = spend.attempts.last() else {
			return Err(AnchorerError::Inconsistent { txid: spend.coin.txid });
		};
		let has_newer = payload != last.payload;
		// Whoever signs by hand is not asked again to pay more for what they have not signed.
		let is_unsigned = matches!(self.signer, Signer::External(_))
			&& !has_newer
			&& !self.node.is_in_mempool(last.txid)?;
		if is_unsigned || !(has_newer || may_raise) {
			return self.send(last);
		}
		let (relay, quote) = self.quote()?;
		let kind = self.signer.kind();
		let paid = last.paid(kind, tip.block.height);
		let replace = |vsize| self.policy.replace(paid, quote, relay, vsize, has_newer);
		let kept = |problem: Option<Problem>, this: &Self| {
			let (action, sending) = this.send(last)?;
			Ok((action, sending.or(problem)))
		};
		match replace(paid.vsize) {
			Replacement::Keep => return kept(None, self),
			Replacement::Capped => {
				return kept(Some(Problem::CapBinds { cap: self.policy.cap }), self);
			},
			Replacement::Pay(_) if spend.attempts.len() >= MAX_ATTEMPTS => {
				return kept(Some(Problem::TooManyAttempts { coin: spend.coin }), self);
			},
			Replacement::Pay(_) => {},
		}
		let funded = self.fund(last.inputs.clone(), |vsize| match replace(vsize) {
			Replacement::Pay(fee) => Some(fee),
			Replacement::Keep | Replacement::Capped => None,
		})?;
		let Some((inputs, change)) = funded else { return kept(Some(self.unfunded()), self) };
		let attempt = self.sign(tip, inputs, payload, change)?;
		let mut next = self.state.clone();
		let mut spends = next.spends.iter_mut();
		let known = spends.find(|known| known.coin == spend.coin);
		let known = known.ok_or(AnchorerError::Inconsistent { txid: last.txid })?;
		known.attempts.push(attempt.clone());
		self.commit(next)?;
		let former = last.txid;
		let (action, problem) = self.send(&attempt)?;
		let action = match action {
			Action::Sent { txid } => Action::Replaced { former, txid },
			other => other,
		};
		Ok((action, problem.or_else(|| capped(quote))))
	}

	/// What an anchor pays now.
	fn quote(&self) -> Result<(RelayFees, Quote), AnchorerError> {
		let relay = self.node.relay_fees()?;
		let estimate = self.node.estimate(self.policy.target)?;
		Ok((relay, self.policy.quote(estimate, relay)))
	}

	fn sign(
		&self,
		tip: Tip,
		inputs: Vec<Coin>,
		payload: Payload,
		change: Satoshi,
	) -> Result<Attempt, AnchorerError> {
		let script = &self.state.script;
		let unsigned = transaction::unsigned(&inputs, &payload, script, change);
		let signed = self.signer.sign(unsigned, &inputs)?;
		let txid = transaction::txid(&signed);
		let attempt = Attempt::new(payload, inputs, &signed, script, tip.block.height);
		attempt.ok_or(AnchorerError::Inconsistent { txid })
	}

	/// Sees that Bitcoin's network or the signer has an attempt, which is durable already.
	fn send(&self, attempt: &Attempt) -> Result<Outcome, AnchorerError> {
		let txid = attempt.txid;
		let external = match &self.signer {
			Signer::Wallet(_) => {
				let submission = self.node.submit(txid, &attempt.transaction)?;
				return Ok(outcome(attempt, submission));
			},
			Signer::External(external) => external,
		};
		if self.node.is_in_mempool(txid)? {
			external.withdraw()?;
			return Ok((Action::Nothing, None));
		}
		let unsigned = transaction::from_bytes(&attempt.transaction);
		let unsigned = unsigned.ok_or(AnchorerError::Inconsistent { txid })?;
		external.offer(unsigned, &attempt.inputs)?;
		Ok((Action::Offered { txid, path: external.path().into() }, None))
	}

	/// There is nothing to sign.
	fn withdraw(&self) -> Result<(), AnchorerError> {
		match &self.signer {
			Signer::External(external) => external.withdraw().map_err(Into::into),
			Signer::Wallet(_) => Ok(()),
		}
	}
}

/// What a step did, if this is what Bitcoin Core said.
fn outcome(attempt: &Attempt, submission: Submission) -> Outcome {
	let txid = attempt.txid;
	match submission {
		Submission::Accepted => (Action::Sent { txid }, None),
		// That a block has it, the next step sees.
		Submission::AlreadyInMempool | Submission::AlreadyMined => (Action::Nothing, None),
		Submission::MissingInputs => {
			let problem = attempt.inputs.first().map(|coin| Problem::CoinMissing { coin: *coin });
			(Action::Nothing, problem)
		},
		Submission::Conflicts { reason }
		| Submission::FeeTooLow { reason }
		| Submission::Rejected { reason } => (Action::Nothing, Some(Problem::Rejected { txid, reason })),
	}
}

/// Says so if the cap is less than an anchor should pay.
fn capped(quote: Quote) -> Option<Problem> {
	quote.is_capped.then_some(Problem::CapBinds { cap: quote.rate })
}
