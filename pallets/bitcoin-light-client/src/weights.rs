//! Weights of `pallet_bitcoin_light_client`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_bitcoin_light_client.rs`.

use frame_support::weights::Weight;

/// What the pallet's work weighs.
pub trait WeightInfo {
	/// Submitting `h` headers to the best chain, each of which lets two old ones and a full list of stale ones go.
	fn submit(h: u32) -> Weight;
	/// Moving `m` headers into the best chain or out of it, each at a height whose list of stale ones is full.
	fn reorganize(m: u32) -> Weight;
	/// Verifying that a block has a transaction, with a proof of `b` bytes in all.
	fn verify_inclusion(b: u32) -> Weight;
	/// Finding a block in the best chain.
	fn find() -> Weight;
}

/// For tests.
impl WeightInfo for () {
	fn submit(h: u32) -> Weight {
		Weight::from_parts(100, 100)
			.saturating_add(Weight::from_parts(10, 10).saturating_mul(h.into()))
	}

	fn reorganize(m: u32) -> Weight {
		Weight::from_parts(5, 5).saturating_mul(m.into())
	}

	fn verify_inclusion(b: u32) -> Weight {
		Weight::from_parts(50, 50).saturating_add(Weight::from_parts(1, 0).saturating_mul(b.into()))
	}

	fn find() -> Weight {
		Weight::from_parts(3, 3)
	}
}
