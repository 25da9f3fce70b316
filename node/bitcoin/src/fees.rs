//! What an anchor pays, and when it is worth to pay more.

use crate::coin::Satoshi;
use std::fmt;

/// How much more than before a fee must be worth to pay it, in percent: estimates go up and down all the time,
/// and each replacement costs.
const RISE_PERCENT: u64 = 25;

/// A fee for each byte of a transaction, in satoshi for 1,000 virtual bytes, as Core counts it
/// (`src/policy/feerate.h` `CFeeRate`). 1,000 of them are 1 sat/vB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeeRate(pub u64);

impl FeeRate {
	/// This many satoshi for each virtual byte.
	pub const fn from_sat_per_vbyte(rate: u64) -> Self {
		Self(rate.saturating_mul(1_000))
	}

	/// What this many virtual bytes cost, rounded up as Core does.
	pub fn fee(self, vsize: u64) -> Satoshi {
		let product = u128::from(self.0).saturating_mul(u128::from(vsize));
		Satoshi(u64::try_from(product.div_ceil(1_000)).unwrap_or(u64::MAX))
	}

	/// The rate of what pays `fee` for this many virtual bytes, rounded down.
	pub fn of(fee: Satoshi, vsize: u64) -> Self {
		Self(fee.0.saturating_mul(1_000).checked_div(vsize).unwrap_or_default())
	}

	/// The rate that is worth to replace this one.
	fn risen(self) -> Self {
		Self(self.0.saturating_mul(100_u64.saturating_add(RISE_PERCENT)).div_ceil(100))
	}
}

impl fmt::Display for FeeRate {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (whole, thousandths) = (self.0.checked_div(1_000), self.0.checked_rem(1_000));
		write!(f, "{}.{:03} sat/vB", whole.unwrap_or_default(), thousandths.unwrap_or_default())
	}
}

/// What Core's mempool asks for: `getmempoolinfo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelayFees {
	/// Below this it takes no transaction now. Rises while it is full.
	pub minimum: FeeRate,
	/// What a replacement must pay for its own bytes, on top of what it replaces: BIP 125, rule 4.
	pub incremental: FeeRate,
}

/// What the operator wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeePolicy {
	/// What to pay while Core can't estimate.
	pub fallback: FeeRate,
	/// What is never exceeded.
	pub cap: FeeRate,
	/// In how many blocks an anchor should be mined.
	pub target: u16,
	/// After how many blocks more is paid for an anchor that is not mined.
	pub patience: u32,
}

impl Default for FeePolicy {
	/// About an hour to be mined, two hours of patience.
	fn default() -> Self {
		Self {
			fallback: FeeRate::from_sat_per_vbyte(5),
			cap: FeeRate::from_sat_per_vbyte(100),
			target: 6,
			patience: 12,
		}
	}
}

/// A rate, and whether it is less than it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
	/// The rate to pay.
	pub rate: FeeRate,
	/// Whether the cap is below what an anchor would need.
	pub is_capped: bool,
}

/// A transaction that pays, and has not been mined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
	/// Its fee.
	pub fee: Satoshi,
	/// Its virtual bytes.
	pub vsize: u64,
	/// How many blocks have been mined since.
	pub waited: u32,
}

/// What to do about a transaction that has not been mined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replacement {
	/// Leave it.
	Keep,
	/// Replace it by one that pays this.
	Pay(Satoshi),
	/// It should be replaced, but that would cost more than the cap allows.
	Capped,
}

impl FeePolicy {
	/// What to pay now: the estimate, or else the fallback, at least what Core's mempool takes, and at most the cap.
	pub fn quote(&self, estimate: Option<FeeRate>, relay: RelayFees) -> Quote {
		let wanted = estimate.unwrap_or(self.fallback).max(relay.minimum);
		Quote { rate: wanted.min(self.cap), is_capped: wanted > self.cap }
	}

	/// Whether to replace what is paid by a transaction of `vsize` virtual bytes.
	///
	/// Worth it is a newer payload, a rate that has risen by a quarter, one that Core's mempool takes again, or
	/// [`Self::patience`] that is over. The fee is at least what BIP 125 asks for, by rules 3 and 4 and by Core's
	/// demand for a higher rate (`src/policy/rbf.cpp` `PaysForRBF`, `src/validation.cpp`).
	pub fn replace(
		&self,
		paid: Paid,
		quote: Quote,
		relay: RelayFees,
		vsize: u64,
		has_newer: bool,
	) -> Replacement {
		let before = FeeRate::of(paid.fee, paid.vsize);
		let is_late = paid.waited >= self.patience;
		let has_risen = quote.rate >= before.risen() || before < relay.minimum.min(quote.rate);
		if !has_newer && !is_late && !has_risen {
			return Replacement::Keep;
		}
		let rate = match is_late {
			true => quote.rate.max(before.risen()).min(self.cap),
			false => quote.rate,
		};
		let least = paid.fee.plus(relay.incremental.fee(vsize).max(Satoshi(1)));
		// The rate must be higher too, if the replacement has fewer bytes or more.
		let least = least.max(FeeRate(before.0.saturating_add(1)).fee(vsize));
		match least > self.cap.fee(vsize) {
			true => Replacement::Capped,
			false => Replacement::Pay(rate.fee(vsize).max(least)),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const RELAY: RelayFees = RelayFees { minimum: FeeRate(1_000), incremental: FeeRate(1_000) };

	fn rate(rate: u64) -> FeeRate {
		FeeRate::from_sat_per_vbyte(rate)
	}

	/// What to do about 200 bytes that pay `fee` for `waited` blocks.
	fn decide(fee: u64, waited: u32, estimate: u64, has_newer: bool) -> Replacement {
		let policy = FeePolicy::default();
		let quote = policy.quote(Some(rate(estimate)), RELAY);
		let paid = Paid { fee: Satoshi(fee), vsize: 200, waited };
		policy.replace(paid, quote, RELAY, 200, has_newer)
	}

	#[test]
	fn fee_should_be_rounded_up_when_it_is_not_whole() {
		assert_eq!(FeeRate(1_001).fee(200), Satoshi(201));
		assert_eq!(FeeRate(1_000).fee(200), Satoshi(200));
		assert_eq!(FeeRate(u64::MAX).fee(u64::MAX), Satoshi(u64::MAX));
		assert_eq!(FeeRate::of(Satoshi(201), 200), FeeRate(1_005));
		assert_eq!(FeeRate(1_005).to_string(), "1.005 sat/vB");
	}

	#[test]
	fn quote_should_be_the_fallback_when_there_is_no_estimate() {
		let policy = FeePolicy::default();
		assert_eq!(policy.quote(None, RELAY), Quote { rate: rate(5), is_capped: false });
		let estimate = Some(rate(7));
		assert_eq!(policy.quote(estimate, RELAY), Quote { rate: rate(7), is_capped: false });
	}

	#[test]
	fn quote_should_be_the_minimum_when_the_estimate_is_below() {
		let full = RelayFees { minimum: rate(30), ..RELAY };
		let quote = FeePolicy::default().quote(Some(rate(7)), full);
		assert_eq!(quote, Quote { rate: rate(30), is_capped: false });
	}

	#[test]
	fn quote_should_say_so_when_the_cap_binds() {
		let policy = FeePolicy::default();
		assert_eq!(
			policy.quote(Some(rate(100)), RELAY),
			Quote { rate: rate(100), is_capped: false }
		);
		assert_eq!(
			policy.quote(Some(rate(101)), RELAY),
			Quote { rate: rate(100), is_capped: true }
		);
	}

	#[test]
	fn replacement_should_not_happen_when_nothing_is_worth_it() {
		assert_eq!(decide(2_000, 0, 12, false), Replacement::Keep);
		assert_eq!(decide(2_000, 11, 1, false), Replacement::Keep);
	}

	#[test]
	fn replacement_should_pay_the_estimate_when_that_has_risen() {
		assert_eq!(decide(2_000, 0, 13, false), Replacement::Pay(Satoshi(2_600)));
	}

	#[test]
	fn replacement_should_pay_a_quarter_more_when_patience_is_over() {
		assert_eq!(decide(2_000, 12, 1, false), Replacement::Pay(Satoshi(2_500)));
		assert_eq!(decide(2_000, 12, 50, false), Replacement::Pay(Satoshi(10_000)));
	}

	#[test]
	fn replacement_should_pay_the_least_when_only_the_payload_is_newer() {
		// What was paid, and 1 sat/vB for the 200 bytes.
		assert_eq!(decide(2_000, 0, 10, true), Replacement::Pay(Satoshi(2_200)));
	}

	#[test]
	fn replacement_should_be_refused_when_the_cap_does_not_allow_the_least() {
		assert_eq!(decide(19_800, 0, 10, true), Replacement::Pay(Satoshi(20_000)));
		assert_eq!(decide(19_801, 0, 10, true), Replacement::Capped);
	}

	proptest! {
		#[test]
		fn replacement_should_obey_bip125_and_the_cap_whatever_is_paid(
			fee in 0_u64..100_000,
			vsize in 100_u64..2_000,
			new_vsize in 100_u64..2_000,
			waited in 0_u32..20,
			estimate in proptest::option::of(0_u64..300_000),
			minimum in 0_u64..300_000,
			incremental in 0_u64..5_000,
			has_newer: bool,
		) {
			let policy = FeePolicy::default();
			let incremental = FeeRate(incremental);
			let relay = RelayFees { minimum: FeeRate(minimum), incremental };
			let quote = policy.quote(estimate.map(FeeRate), relay);
			prop_assert!(quote.rate <= policy.cap);
			let paid = Paid { fee: Satoshi(fee), vsize, waited };
			if let Replacement::Pay(new) = policy.replace(paid, quote, relay, new_vsize, has_newer) {
				prop_assert!(new <= policy.cap.fee(new_vsize));
				prop_assert!(new >= paid.fee.plus(incremental.fee(new_vsize)));
				prop_assert!(new > paid.fee);
				prop_assert!(FeeRate::of(new, new_vsize) > FeeRate::of(paid.fee, vsize));
			}
		}
	}
}
