//! Which transactions blocks have: goes along the best chain, block by block.
//!
//! Asking for a change alone would not do: it may be spent already, by what follows. And asking for transactions by
//! their ids takes an index that Bitcoin Core does not have by default.

use super::{AnchorerError, BitcoinNode};
use crate::{
	bitcoin_core::{CoreError, Tip},
	coin::BlockId,
	journal::Store,
	state::{MinedAt, State, BURIED},
};
use aitbc_bitcoin::Txid;
use std::collections::BTreeSet;

/// How many blocks a step looks at. One takes Bitcoin Core some 0.1 s.
const MAX_BLOCKS: u32 = 20;

impl<N: BitcoinNode, S: Store> super::Anchorer<N, S> {
	/// Goes on to the tip, and writes down what was mined and what is not any more. Gives how many blocks are still
	/// to be looked at.
	pub(super) fn follow(&mut self, tip: Tip) -> Result<u32, AnchorerError> {
		if self.state.spends.is_empty() {
			// Nothing is looked for. It becomes durable with what will be.
			self.state.cursor = Some(tip.block);
			return Ok(0);
		}
		let mut next = self.state.clone();
		let mut budget = MAX_BLOCKS;
		let cursor = match next.cursor {
			Some(cursor) => self.retreat(&mut next, cursor, tip, &mut budget)?,
			None => self.restart(&mut next, tip)?,
		};
		let cursor = self.proceed(&mut next, cursor, tip, &mut budget)?;
		next.cursor = Some(cursor);
		self.commit(next)?;
		match cursor == tip.block {
			true => Ok(0),
			false => Ok(tip.block.height.saturating_sub(cursor.height).max(1)),
		}
	}

	/// Goes back to a block of the best chain.
	fn retreat(
		&self,
		next: &mut State,
		mut cursor: BlockId,
		tip: Tip,
		budget: &mut u32,
	) -> Result<BlockId, AnchorerError> {
		while *budget > 0 {
			let at = match self.node.header(cursor.hash) {
				Ok(at) => at,
				Err(CoreError::UnknownBlock(_)) => return self.restart(next, tip),
				Err(error) => return Err(error.into()),
			};
			if at.confirmations.is_some() {
				break;
			}
			next.spends.iter_mut().for_each(|spend| {
				spend.mined = spend.mined.filter(|mined| mined.block.hash != cursor.hash);
			});
			let height = cursor.height.saturating_sub(1);
			cursor = BlockId { hash: at.header.previous, height };
			*budget = budget.saturating_sub(1);
		}
		Ok(cursor)
	}

	/// Begins anew where nothing of ours can have been mined before. Bitcoin Core does not know the block that was
	/// looked at last: it was set up anew, or has lost what it had not written. What is known of blocks that it does
	/// know stays; they may be pruned.
	fn restart(&self, next: &mut State, tip: Tip) -> Result<BlockId, AnchorerError> {
		for spend in &mut next.spends {
			let Some(mined) = spend.mined else { continue };
			match self.node.header(mined.block.hash) {
				Ok(at) if at.confirmations.is_some() => {},
				Ok(_) | Err(CoreError::UnknownBlock(_)) => spend.mined = None,
				Err(error) => return Err(error.into()),
			}
		}
		let attempts = next.spends.iter().flat_map(|spend| &spend.attempts);
		let first = attempts.map(|attempt| attempt.since).min().unwrap_or(tip.block.height);
		let height = first.saturating_sub(BURIED).min(tip.block.height);
		self.block_at(height)
	}

	/// Goes on to the tip, as far as the budget reaches.
	fn proceed(
		&self,
		next: &mut State,
		mut cursor: BlockId,
		tip: Tip,
		budget: &mut u32,
	) -> Result<BlockId, AnchorerError> {
		while *budget > 0 && cursor.height < tip.block.height {
			if cursor.height.saturating_add(1) < tip.first_kept {
				cursor = self.skip(next, tip)?;
				break;
			}
			let block = self.block_at(cursor.height.saturating_add(1))?;
			let body = self.node.block(block.hash)?;
			if body.previous != cursor.hash {
				// The chain has changed since. The next step goes back.
				break;
			}
			see(next, block, body.txids.into_iter().collect());
			cursor = block;
			*budget = budget.saturating_sub(1);
		}
		Ok(cursor)
	}

	/// Goes on to the first block that Bitcoin Core still has. What the others had is told by the changes that are not
	/// spent, and by what follows. If its owner has spent one elsewhere, it is missing.
	fn skip(&self, next: &mut State, tip: Tip) -> Result<BlockId, AnchorerError> {
		let before = tip.first_kept.saturating_sub(1);
		for spend in next.spends.iter_mut().filter(|spend| spend.mined.is_none()) {
			for attempt in &spend.attempts {
				let Some(found) = self.node.unspent(&attempt.change, false)? else { continue };
				if found.tip != tip.block.hash {
					return Err(CoreError::UnknownBlock(tip.block.hash).into());
				}
				let since = tip.block.height.saturating_add(1);
				let height = since.saturating_sub(found.confirmations);
				if height <= before {
					let block = self.block_at(height)?;
					spend.mined = Some(MinedAt { txid: attempt.txid, block });
				}
			}
		}
		next.infer_mined();
		self.block_at(before)
	}

	/// The block of the best chain at a height that it has just had.
	fn block_at(&self, height: u32) -> Result<BlockId, AnchorerError> {
		match self.node.hash_at(height)? {
			Some(hash) => Ok(BlockId { hash, height }),
			None => Err(AnchorerError::ChainShrank { height }),
		}
	}
}

/// Writes down what a block has of ours.
fn see(next: &mut State, block: BlockId, txids: BTreeSet<Txid>) {
	for spend in &mut next.spends {
		let mut attempts = spend.attempts.iter();
		if let Some(attempt) = attempts.find(|attempt| txids.contains(&attempt.txid)) {
			spend.mined = Some(MinedAt { txid: attempt.txid, block });
		}
	}
}
