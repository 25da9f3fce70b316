//! AIT's units and the prices that all networks share.

use crate::Balance;

/// One AIT, the chain's token, in plancks.
pub const AIT: Balance = 1_000_000_000_000;

/// A thousandth of an AIT, in plancks.
pub const MILLI_AIT: Balance = AIT / 1_000;

/// A millionth of an AIT, in plancks.
pub const MICRO_AIT: Balance = AIT / 1_000_000;

/// How many decimals a wallet shows.
pub const DECIMALS: u8 = 12;

/// The token's symbol.
pub const SYMBOL: &str = "AIT";

/// The least that an account must own to exist, in plancks: 0.01 AIT.
pub const EXISTENTIAL_DEPOSIT: Balance = 10 * MILLI_AIT;

/// The storage deposit for `items` entries of `bytes` encoded bytes in all, in plancks:
/// 0.1 AIT per item and 0.001 AIT per byte.
pub const fn storage_deposit(items: u32, bytes: u32) -> Balance {
	// Both counts are 32 bits wide, so the sum stays far below 2^128 and cannot saturate.
	(items as Balance)
		.saturating_mul(100 * MILLI_AIT)
		.saturating_add((bytes as Balance).saturating_mul(MILLI_AIT))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn units_should_relate_as_named() {
		assert_eq!(AIT, 10u128.pow(DECIMALS.into()));
		assert_eq!(AIT, 1_000 * MILLI_AIT);
		assert_eq!(MILLI_AIT, 1_000 * MICRO_AIT);
		assert_eq!(EXISTENTIAL_DEPOSIT, AIT / 100);
	}

	#[test]
	fn storage_deposit_should_price_items_and_bytes() {
		assert_eq!(storage_deposit(0, 0), 0);
		assert_eq!(storage_deposit(2, 0), AIT / 5);
		assert_eq!(storage_deposit(1, 50), 150 * MILLI_AIT);
		assert!(storage_deposit(u32::MAX, u32::MAX) < Balance::MAX / 1_000_000);
	}
}
