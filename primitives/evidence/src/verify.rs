//! The verification, from the start to the claim.

use crate::{
	bundle::{Anchor, BitcoinChain, Bundle, Claim, Finality, Header, SetChange, Start},
	digest::{announced_change, audit_log, DigestError},
	error::VerifyError,
	justification::{self, Votes},
	set::AuthoritySet,
	verdict::{
		Anchored, AnchoredBlock, BitcoinBlock, Block, Finalized, HeaderChain, Proven, Trust,
		TrustedCheckpoint, TrustedStart, Verdict,
	},
	Justification,
};
use aitbc_audit::Commitment as AuditLog;
use aitbc_bitcoin::{ChainedHeader, Payload, Work};
use aitbc_core::{BlockNumber, Hash};
use sp_runtime::traits::Header as _;

impl Bundle {
	/// Checks everything.
	///
	/// `now` is the time in seconds since 1970 by the verifier's clock. It serves for one rule only: no header of
	/// Bitcoin may be more than two hours ahead of it. Offline there is no better time. A clock that is behind
	/// refuses what is right; one that is ahead takes a header that Bitcoin's nodes refuse until that time comes.
	pub fn verify(&self, now: u32) -> Result<Verdict, VerifyError> {
		let (start, first) = self.start.set()?;
		let (set, last_change) = follow(first, &self.changes)?;
		let anchored = self.finality.headers.first().ok_or(VerifyError::NoHeaders)?;
		let (target, votes) = self.finality.verify(&set, last_change)?;
		let log = audit_log(anchored).map_err(|error| in_digest(anchored, error))?;
		let audit_root = log.map(|log| Hash::from(log.root));
		let (block, state_root) = (Block::of(anchored), *anchored.state_root());

		let (checkpoint, bitcoin) = self.bitcoin.verify(now)?;
		let root = audit_root.unwrap_or_default();
		let payload = Payload::new(checkpoint.network, set.id, block.number, block.hash.0, root.0)
			.map_err(VerifyError::Payload)?;
		let anchor = self.anchor.verify(payload, &self.bitcoin, bitcoin.tip)?;
		let claim = self.claim.verify(anchored, log)?;
		let changes = self.changes.len();
		Ok(Verdict {
			claim,
			block: AnchoredBlock { block, state_root, audit_root },
			finality: Finalized { changes, set_id: set.id, target, votes },
			anchor,
			bitcoin,
			trust: Trust { start, checkpoint },
		})
	}
}

impl Start {
	/// What is trusted, and the set of authorities that follows from it.
	fn set(&self) -> Result<(TrustedStart, AuthoritySet), VerifyError> {
		match self {
			Self::Genesis { header, authorities } => {
				let set = AuthoritySet::of_genesis(header, authorities)?;
				Ok((TrustedStart::Genesis { hash: header.hash() }, set))
			},
			Self::Trusted(set) => {
				Ok((TrustedStart::Set { set_id: set.id, hash: set.hash() }, set.clone()))
			},
		}
	}
}

/// Goes from a set through its changes. Gives the last set, and the number of the block that announced it.
fn follow(
	first: AuthoritySet,
	changes: &[SetChange],
) -> Result<(AuthoritySet, Option<BlockNumber>), VerifyError> {
	let (mut set, mut last) = (first, None);
	for SetChange { header, justification } in changes {
		ensure_after(header, last)?;
		let next = set.next(header)?;
		justify(justification, header, &set)?;
		(set, last) = (next, Some(*header.number()));
	}
	Ok((set, last))
}

/// Checks that a block comes after the last one that changed the authorities.
fn ensure_after(header: &Header, last: Option<BlockNumber>) -> Result<(), VerifyError> {
	let number = *header.number();
	match last {
		Some(change) if number <= change => Err(VerifyError::NotAfterChange { change, number }),
		_ => Ok(()),
	}
}

/// Checks that `set` finalized exactly the block of `header`.
fn justify(
	justification: &Justification,
	header: &Header,
	set: &AuthoritySet,
) -> Result<Votes, VerifyError> {
	justification::verify(justification, header, set).map_err(|error| VerifyError::Justification {
		number: *header.number(),
		set: set.id,
		error,
	})
}

/// What is wrong with the digest of `header`.
fn in_digest(header: &Header, error: DigestError) -> VerifyError {
	VerifyError::Digest { number: *header.number(), error }
}

impl Finality {
	/// Checks that the headers follow each other, that `set` finalized the last, and that no authorities changed
	/// between. Gives the last one and its votes.
	fn verify(
		&self,
		set: &AuthoritySet,
		last_change: Option<BlockNumber>,
	) -> Result<(Block, Votes), VerifyError> {
		let (Some(first), Some(target)) = (self.headers.first(), self.headers.last()) else {
			return Err(VerifyError::NoHeaders);
		};
		ensure_after(first, last_change)?;
		for (parent, child) in self.headers.iter().zip(self.headers.iter().skip(1)) {
			let Block { number, hash } = Block::of(child);
			let is_next = parent.number().checked_add(1) == Some(number);
			if *child.parent_hash() != parent.hash() || !is_next {
				return Err(VerifyError::NotConnected { number, hash });
			}
			let change = announced_change(parent).map_err(|error| in_digest(parent, error))?;
			if change.is_some() {
				return Err(VerifyError::ChangeBetween { number: *parent.number() });
			}
		}
		let votes = justify(&self.justification, target, set)?;
		Ok((Block::of(target), votes))
	}
}

impl BitcoinChain {
	/// Checks the checkpoint, and each header after it by all rules of headers. Gives what is trusted and where
	/// they lead.
	fn verify(&self, now: u32) -> Result<(TrustedCheckpoint, HeaderChain), VerifyError> {
		let (first, mut times) =
			ChainedHeader::from_checkpoint(&self.checkpoint).map_err(VerifyError::Checkpoint)?;
		let mut tip = first;
		for header in &self.headers {
			tip = tip.next(header, times.median(), now).map_err(|error| {
				VerifyError::BitcoinHeader { height: tip.height().saturating_add(1), error }
			})?;
			times.push(header.time);
		}
		let checkpoint = TrustedCheckpoint {
			network: first.network(),
			block: BitcoinBlock::of(&first),
			period_start: self.checkpoint.period_start.hash(),
			work: first.work(),
		};
		// Work only grows.
		let since = Work(tip.work().0.saturating_sub(first.work().0));
		let chain = HeaderChain {
			tip: BitcoinBlock::of(&tip),
			work: tip.work(),
			work_since_checkpoint: since,
		};
		Ok((checkpoint, chain))
	}

	/// The header at a height after the checkpoint.
	fn header(&self, height: u32) -> Option<&aitbc_bitcoin::Header> {
		let index = height.checked_sub(self.checkpoint.height)?.checked_sub(1)?;
		self.headers.get(usize::try_from(index).ok()?)
	}
}

impl Anchor {
	/// Checks that a block of `chain`, whose headers hold up to `tip`, has a transaction whose output commits to
	/// `payload`.
	fn verify(
		&self,
		payload: Payload,
		chain: &BitcoinChain,
		tip: BitcoinBlock,
	) -> Result<Anchored, VerifyError> {
		let Self { height, inclusion, commitment, output } = self;
		let (height, output) = (*height, *output);
		let header = chain.header(height).ok_or(VerifyError::NoBitcoinHeader { height })?;
		let included = inclusion
			.verify(header.merkle_root)
			.map_err(|error| VerifyError::Inclusion { height, error })?;
		let outputs = included.transaction.outputs;
		let found = usize::try_from(output).ok().and_then(|output| outputs.get(output));
		let found = found.ok_or(VerifyError::NoOutput { output, outputs: outputs.len() })?;
		let script = commitment.script(&payload).map_err(VerifyError::Commitment)?;
		if found.script != script {
			return Err(VerifyError::WrongScript { output });
		}
		Ok(Anchored {
			payload,
			commitment: *commitment,
			txid: included.txid,
			output,
			block: BitcoinBlock { height, hash: header.hash() },
			time: header.time,
			confirmations: tip.height.saturating_sub(height).saturating_add(1),
		})
	}
}

impl Claim {
	/// Checks what is claimed of the block of `header`, whose digest says `log` of the audit log.
	fn verify(&self, header: &Header, log: Option<AuditLog>) -> Result<Proven, VerifyError> {
		let number = *header.number();
		match self {
			Self::Block => Ok(Proven::Block),
			Self::Record { record, proof } => {
				let log = log.ok_or(VerifyError::NoAuditLog { number })?;
				let record = proof.verify(record, &log.root).map_err(VerifyError::Record)?;
				Ok(Proven::Record { record, count: proof.count })
			},
			Self::Storage { key, proof } => {
				let value = proof.read(header.state_root(), key);
				let value = value.map_err(|error| VerifyError::State { number, error })?;
				Ok(Proven::Storage { key: key.clone(), value })
			},
		}
	}
}
