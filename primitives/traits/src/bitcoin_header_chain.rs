//! What Bitcoin's blocks have.

use aitbc_bitcoin::{BlockHash, Included, InclusionProof, Network};
use frame_support::weights::Weight;
use sp_runtime::DispatchError;

/// Where a block of Bitcoin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BitcoinBlock {
	/// Its height.
	pub height: u32,
	/// How many blocks of the best chain there are from it on, itself counted: the tip has 1.
	pub confirmations: u32,
}

/// Follows Bitcoin's headers, and verifies what their blocks have.
///
/// Asked by bitcoin-anchor; answered by bitcoin-light-client. Of chains of headers whose rules all hold the best is
/// the one with the most work. Reading changes nothing.
pub trait BitcoinHeaderChain {
	/// The network that is followed, if any is. Genesis decides, and nothing changes it.
	fn network() -> Option<Network>;

	/// The last block of the best chain. What [`Self::find`] gives changes only when this does.
	fn tip() -> Option<BlockHash>;

	/// Where `block` is, if it is in the best chain and not so old that it was forgotten.
	fn find(block: BlockHash) -> Option<BitcoinBlock>;

	/// How many confirmations cannot be undone any more: a block with as many stays in the best chain, whatever
	/// headers come.
	fn irreversible() -> u32;

	/// Checks that `block` has a transaction, and that it is in the best chain. How deep [`Self::find`] says.
	fn verify_inclusion(
		block: BlockHash,
		proof: &InclusionProof,
	) -> Result<Included, DispatchError>;

	/// The most that [`Self::verify_inclusion`] can weigh, of a proof with so many bytes in all.
	fn verify_inclusion_weight(bytes: u32) -> Weight;

	/// The most that [`Self::tip`] or [`Self::find`] can weigh.
	fn find_weight() -> Weight;

	/// Makes a block of the best chain that has these transactions, the coinbase first, with so many
	/// confirmations.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_block(
		transactions: &[aitbc_bitcoin::Transaction],
		confirmations: u32,
	) -> BlockHash;
}
