//! Writes down what shows that blocks are final, while the node has it.

use super::{
	archive::{Archive, ArchiveError},
	chain::{Chain, ChainError},
};
use crate::service::{Block, FullClient};
use aitbc_evidence::{digest::announced_change, Finality, Header, Justification, SetChange};
use aitbc_runtime::BlockNumber;
use codec::DecodeAll;
use sc_client_api::BlockBackend;
use sc_consensus_grandpa::GrandpaJustification;
use sp_consensus_grandpa::GRANDPA_ENGINE_ID;
use sp_runtime::traits::Header as _;
use std::{
	collections::{BTreeMap, BTreeSet, VecDeque},
	sync::Arc,
};

/// How many justifications are kept in memory until the blocks are known that they are needed for.
const RECENT: usize = 256;

/// How many blocks are looked at in one round.
const BLOCKS_PER_ROUND: u32 = 2_000;

/// The most headers between an anchored block and one with a justification: a day of production has 28,800 blocks, of
/// which the last one ends a set.
const MAX_HEADERS: u32 = 40_000;

/// Why something could not be written down.
#[derive(Debug, thiserror::Error)]
pub enum FinalityError {
	/// This chain could not be read.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// The archive.
	#[error(transparent)]
	Archive(#[from] ArchiveError),
	/// A header says something of its authorities that can't be followed.
	#[error("block {0} announces a change of authorities that evidence can't follow")]
	Digest(BlockNumber),
	/// The node has no justification of a block that changes the set.
	#[error(
		"block {0} changes the set of authorities, and this node has no justification of it (as after \
		 warp sync); evidence from the genesis block on takes a node that has imported all blocks"
	)]
	NoJustification(BlockNumber),
}

/// Collects justifications.
pub struct Witness {
	client: Arc<FullClient>,
	chain: Chain,
	archive: Archive,
	/// The last justifications, the oldest first.
	recent: VecDeque<Justification>,
}

impl Witness {
	/// Writes into `archive`.
	pub fn new(client: Arc<FullClient>, archive: Archive) -> Self {
		let mut recent = VecDeque::new();
		// The last one of before this start.
		if let Ok(Some(last)) = sc_consensus_grandpa::best_justification::<_, Block>(&*client) {
			recent.push_back(without_equivocations(last.justification));
		}
		Self { chain: Chain::new(client.clone()), client, archive, recent }
	}

	/// Hears of a justification.
	pub fn hear(&mut self, justification: GrandpaJustification<Block>) {
		if self.recent.len() >= RECENT {
			self.recent.pop_front();
		}
		self.recent.push_back(without_equivocations(justification.justification));
	}

	/// Writes down changes of the set that became final, as far as one round gets.
	pub fn follow_changes(&self) -> Result<(), FinalityError> {
		let first = self.archive.cursor()?;
		let last = self.chain.finalized().min(first.saturating_add(BLOCKS_PER_ROUND));
		let mut set_id = self.archive.changes()?;
		let mut next = first;
		for height in first..=last {
			let header = self.chain.header(height)?;
			let change = announced_change(&header).map_err(|_| FinalityError::Digest(height))?;
			if change.is_some() {
				let justification = self
					.justification_of(&header)?
					.ok_or(FinalityError::NoJustification(height))?;
				let known =
					set_id.checked_sub(1).map(|last| self.archive.change(last)).transpose()?;
				// A crash may have come between the file and the cursor.
				if known.flatten().is_none_or(|known| known.header != header) {
					self.archive.put_change(set_id, &SetChange { header, justification })?;
					set_id = set_id.saturating_add(1);
				}
				self.archive.set_cursor(height.saturating_add(1))?;
			}
			next = height.saturating_add(1);
		}
		if next > first {
			self.archive.set_cursor(next)?;
		}
		Ok(())
	}

	/// Writes down what shows that the block `height` is final, once there is something. Says whether it is there.
	pub fn capture(&self, height: BlockNumber) -> Result<bool, FinalityError> {
		if self.archive.has_finality(height) {
			return Ok(true);
		}
		let Some(last) = self.first_justified(height)? else { return Ok(false) };
		let mut headers = Vec::new();
		for number in height..=last {
			let header = self.chain.header(number)?;
			let is_last_of_set =
				announced_change(&header).map_err(|_| FinalityError::Digest(number))?.is_some();
			headers.push(header);
			if number == last || is_last_of_set {
				// No later justification is by the set that finalizes the block.
				let Some(header) = headers.last() else { return Ok(false) };
				let justification = self.justification_of(header)?;
				let justification = justification.ok_or(FinalityError::NoJustification(number))?;
				self.archive.put_finality(height, &Finality { headers, justification })?;
				return Ok(true);
			}
		}
		Ok(false)
	}

	/// The first block from `height` on that a justification is known of, if it is near enough.
	fn first_justified(&self, height: BlockNumber) -> Result<Option<BlockNumber>, FinalityError> {
		let heard = self.recent.iter().map(|heard| heard.commit.target_number);
		let mut first = heard.filter(|number| *number >= height).min();
		// What ended a set has one for good.
		for set in (0..self.archive.changes()?).rev() {
			let Some(change) = self.archive.change(set)? else { break };
			let number = *change.header.number();
			if number < height {
				break;
			}
			first = Some(first.map_or(number, |first| first.min(number)));
		}
		let reach = height.saturating_add(MAX_HEADERS).min(self.chain.finalized());
		Ok(first.filter(|first| *first <= reach))
	}

	/// One that was heard lately and finalizes exactly this block.
	fn recent_of(&self, header: &Header) -> Option<Justification> {
		let hash = header.hash();
		self.recent.iter().find(|heard| heard.commit.target_hash == hash).cloned()
	}

	/// The justification of this block, which the node keeps for those that change the set.
	fn justification_of(&self, header: &Header) -> Result<Option<Justification>, FinalityError> {
		if let Some(recent) = self.recent_of(header) {
			return Ok(Some(recent));
		}
		let stored = self.client.justifications(header.hash()).map_err(ChainError::Database)?;
		let encoded = stored.and_then(|stored| stored.into_justification(GRANDPA_ENGINE_ID));
		let decoded = encoded.and_then(|bytes| Justification::decode_all(&mut &*bytes).ok());
		Ok(decoded.map(without_equivocations))
	}
}

/// Leaves one vote of each voter, one for the finalized block or for one after it, and the headers that these need. GRANDPA
/// counts a voter that voted twice as one that votes for whatever is asked; evidence has one vote of each.
fn without_equivocations(mut justification: Justification) -> Justification {
	let target = justification.commit.target_hash;
	let headers = justification.votes_ancestries.iter().map(|header| (header.hash(), header));
	let headers: BTreeMap<_, _> = headers.collect();
	// The way from a vote back to the finalized block; none if it does not lead there.
	let way = |mut hash| {
		let mut passed = Vec::new();
		while hash != target {
			let header = headers.get(&hash)?;
			if passed.len() > headers.len() {
				return None;
			}
			passed.push(hash);
			hash = *header.parent_hash();
		}
		Some(passed)
	};
	let (mut voters, mut needed) = (BTreeSet::new(), BTreeSet::new());
	let votes = std::mem::take(&mut justification.commit.precommits);
	for vote in votes {
		let Some(passed) = way(vote.precommit.target_hash) else { continue };
		if voters.insert(vote.id.clone()) {
			needed.extend(passed);
			justification.commit.precommits.push(vote);
		}
	}
	let kept = |header: &Header| needed.contains(&header.hash());
	let ancestries = justification.votes_ancestries.iter().filter(|header| kept(header));
	justification.votes_ancestries = ancestries.cloned().collect();
	justification
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_runtime::Hash;
	use finality_grandpa::{Commit, Precommit, SignedPrecommit};
	use sp_keyring::Ed25519Keyring::{self, Alice, Bob, Charlie};

	fn header(number: BlockNumber, parent: Hash) -> Header {
		Header::new(number, Hash::zero(), Hash::zero(), parent, Default::default())
	}

	/// A vote. Its signature is not looked at here.
	fn vote(
		voter: Ed25519Keyring,
		header: &Header,
	) -> SignedPrecommit<
		Hash,
		BlockNumber,
		sp_consensus_grandpa::AuthoritySignature,
		sp_consensus_grandpa::AuthorityId,
	> {
		SignedPrecommit {
			precommit: Precommit { target_hash: header.hash(), target_number: *header.number() },
			signature: voter.sign(b"").into(),
			id: voter.public().into(),
		}
	}

	#[test]
	fn one_vote_should_be_left_when_a_voter_voted_twice() {
		let target = header(5, Hash::zero());
		let (six, other) = (header(6, target.hash()), header(6, Hash::repeat_byte(1)));
		let seven = header(7, six.hash());
		let justification = |precommits, votes_ancestries| Justification {
			round: 1,
			commit: Commit { target_hash: target.hash(), target_number: 5, precommits },
			votes_ancestries,
		};
		let honest = vec![vote(Alice, &target), vote(Bob, &six)];
		let twice = vec![vote(Charlie, &other), vote(Charlie, &six), vote(Charlie, &seven)];

		let cleaned = without_equivocations(justification(
			[honest.clone(), twice].concat(),
			vec![six.clone(), seven],
		));
		let expected = [honest, vec![vote(Charlie, &six)]].concat();
		assert_eq!(cleaned, justification(expected, vec![six.clone()]));
		// Nothing else is touched.
		assert_eq!(without_equivocations(cleaned.clone()), cleaned);
	}
}
