//! Signed decimal numbers, and scales that they are measured on.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::Perbill;

/// The most decimals that a [`Decimal`] can have.
pub const MAX_DECIMALS: u8 = 18;

/// A signed decimal number as ERC-8004 gives values: `value` / 10^`decimals`.
///
/// One number has many forms (5.0 is 5 with none or 50 with one decimal), so compare
/// [`Decimal::scaled`].
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Decimal {
	/// The digits.
	pub value: i128,
	/// How many of them stand behind the point, at most [`MAX_DECIMALS`].
	pub decimals: u8,
}

impl Decimal {
	/// A whole number.
	pub const fn whole(value: i128) -> Self {
		Self { value, decimals: 0 }
	}

	/// The number in units of 10^-18, or `None` when it has more decimals than [`MAX_DECIMALS`] or
	/// lies beyond about 1.7 x 10^20 on either side.
	pub fn scaled(self) -> Option<i128> {
		let missing = MAX_DECIMALS.checked_sub(self.decimals)?;
		self.value.checked_mul(10i128.checked_pow(missing.into())?)
	}
}

/// The least and the greatest value that a tag is measured with.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Scale {
	/// The least value, in units of 10^-18.
	min: i128,
	/// The greatest value, in units of 10^-18. It is above `min`.
	max: i128,
}

impl Scale {
	/// The scale from `min` to `max`, or `None` unless both are valid, `min` is below `max`, and
	/// their distance fits an `i128`.
	pub fn new(min: Decimal, max: Decimal) -> Option<Self> {
		let (min, max) = (min.scaled()?, max.scaled()?);
		max.checked_sub(min).filter(|length| *length > 0).map(|_| Self { min, max })
	}

	/// The least value.
	pub fn min(&self) -> Decimal {
		Decimal { value: self.min, decimals: MAX_DECIMALS }
	}

	/// The greatest value.
	pub fn max(&self) -> Decimal {
		Decimal { value: self.max, decimals: MAX_DECIMALS }
	}

	/// Where on the scale `value` lies: 0 at the least value, 1 at the greatest, rounded down to
	/// parts per billion. `None` when it is not a valid number or not on the scale.
	pub fn share_of(&self, value: Decimal) -> Option<Perbill> {
		let value = value.scaled().filter(|value| (self.min..=self.max).contains(value))?;
		let above = u128::try_from(value.checked_sub(self.min)?).ok()?;
		Some(Perbill::from_rational(above, self.length()))
	}

	/// The value that lies at `share` of the scale, rounded down to 10^-18.
	pub fn value_at(&self, share: Perbill) -> Decimal {
		let above = i128::try_from(share.mul_floor(self.length())).unwrap_or(i128::MAX);
		Decimal { value: self.min.saturating_add(above), decimals: MAX_DECIMALS }
	}

	/// How far the greatest value is from the least, in units of 10^-18.
	fn length(&self) -> u128 {
		self.max.abs_diff(self.min)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn percent() -> Scale {
		Scale::new(Decimal::whole(0), Decimal::whole(100)).expect("a valid scale")
	}

	#[test]
	fn scaled_should_be_the_same_for_all_forms_of_a_number() {
		let forms = [Decimal::whole(-5), Decimal { value: -50, decimals: 1 }];
		for form in forms {
			assert_eq!(form.scaled(), Some(-5_000_000_000_000_000_000));
		}
	}

	#[test]
	fn scaled_should_fail_when_a_number_is_too_long() {
		assert_eq!(Decimal { value: 1, decimals: 19 }.scaled(), None);
		assert_eq!(Decimal::whole(i128::MAX).scaled(), None);
		assert_eq!(Decimal { value: i128::MIN, decimals: 18 }.scaled(), Some(i128::MIN));
	}

	#[test]
	fn scales_should_need_their_ends_in_order() {
		let (zero, one) = (Decimal::whole(0), Decimal::whole(1));
		assert!(Scale::new(zero, one).is_some());
		assert!(Scale::new(one, zero).is_none());
		assert!(Scale::new(one, one).is_none());
		let (least, greatest) = (i128::MIN, i128::MAX);
		let end = |value| Decimal { value, decimals: MAX_DECIMALS };
		assert!(Scale::new(end(least), end(greatest)).is_none(), "their distance is too far");
	}

	#[test]
	fn share_should_place_a_value_on_its_scale() {
		for (value, decimals, parts) in
			[(0, 0, 0), (100, 0, 1_000_000_000), (9_977, 2, 997_700_000), (1, 18, 0)]
		{
			let share = percent().share_of(Decimal { value, decimals });
			assert_eq!(share, Some(Perbill::from_parts(parts)));
		}
		let signed = Scale::new(Decimal::whole(-1), Decimal::whole(1)).expect("a valid scale");
		assert_eq!(signed.share_of(Decimal::whole(0)), Some(Perbill::from_percent(50)));
	}

	#[test]
	fn share_should_fail_when_a_value_is_off_the_scale() {
		for off in [
			Decimal::whole(-1),
			Decimal::whole(101),
			Decimal { value: 100_000_000_001, decimals: 9 },
			Decimal { value: 1, decimals: 19 },
			Decimal::whole(i128::MAX),
		] {
			assert_eq!(percent().share_of(off), None, "{off:?}");
		}
	}

	#[test]
	fn value_should_lie_where_its_share_says() {
		let signed = Scale::new(Decimal::whole(-10), Decimal::whole(30)).expect("a valid scale");
		for (share, whole) in [(0, -10), (25, 0), (100, 30)] {
			let value = signed.value_at(Perbill::from_percent(share));
			assert_eq!(value.scaled(), Decimal::whole(whole).scaled());
		}
	}

	#[test]
	fn decimals_and_scales_should_keep_their_golden_encoding() {
		let value = Decimal { value: -2, decimals: 1 };
		let mut encoded = vec![0xff; 16];
		encoded[0] = 0xfe;
		encoded.push(1);
		assert_eq!(value.encode(), encoded);
		assert_eq!(percent().encode(), (0i128, 100_000_000_000_000_000_000i128).encode());
	}
}
