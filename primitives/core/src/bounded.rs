//! A number that decodes only within its bounds.

use codec::{Decode, DecodeWithMemTracking, Encode, Error, Input, MaxEncodedLen};
use core::marker::PhantomData;
use scale_info::{Type, TypeInfo};
use sp_runtime::traits::Get;

/// A number of type `N` from `Min` to `Max`, both included.
///
/// pallet-parameters checks who sets a value and never the value itself, so the bounds are part of
/// the type: an extrinsic that carries a number outside does not decode. A reader that must hold
/// even against a migration's mistake uses [`BoundedNumber::get`], which clamps.
///
/// It encodes as the bare number.
pub struct BoundedNumber<N, Min, Max>(N, PhantomData<(Min, Max)>);

impl<N: Ord + Copy, Min: Get<N>, Max: Get<N>> BoundedNumber<N, Min, Max> {
	/// Takes `number` if it lies within the bounds.
	pub fn new(number: N) -> Option<Self> {
		(Min::get() <= number && number <= Max::get()).then_some(Self(number, PhantomData))
	}

	/// Takes the number within the bounds that is nearest to `number`.
	pub fn clamped(number: N) -> Self {
		Self(number.clamp(Min::get(), Max::get()), PhantomData)
	}

	/// The number, clamped to the bounds.
	pub fn get(&self) -> N {
		self.0.clamp(Min::get(), Max::get())
	}
}

impl<N: Clone, Min, Max> Clone for BoundedNumber<N, Min, Max> {
	fn clone(&self) -> Self {
		Self(self.0.clone(), PhantomData)
	}
}

impl<N: PartialEq, Min, Max> PartialEq for BoundedNumber<N, Min, Max> {
	fn eq(&self, other: &Self) -> bool {
		self.0 == other.0
	}
}

impl<N: Eq, Min, Max> Eq for BoundedNumber<N, Min, Max> {}

impl<N: core::fmt::Debug, Min, Max> core::fmt::Debug for BoundedNumber<N, Min, Max> {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		self.0.fmt(f)
	}
}

impl<N: Encode, Min, Max> Encode for BoundedNumber<N, Min, Max> {
	fn size_hint(&self) -> usize {
		self.0.size_hint()
	}

	fn using_encoded<R, F: FnOnce(&[u8]) -> R>(&self, f: F) -> R {
		self.0.using_encoded(f)
	}
}

impl<N: Encode, Min, Max> codec::EncodeLike for BoundedNumber<N, Min, Max> {}

impl<N: Decode + Ord + Copy, Min: Get<N>, Max: Get<N>> Decode for BoundedNumber<N, Min, Max> {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		Self::new(N::decode(input)?).ok_or_else(|| "number outside its bounds".into())
	}
}

impl<N, Min, Max> DecodeWithMemTracking for BoundedNumber<N, Min, Max>
where
	N: DecodeWithMemTracking + Ord + Copy,
	Min: Get<N>,
	Max: Get<N>,
{
}

impl<N: MaxEncodedLen, Min, Max> MaxEncodedLen for BoundedNumber<N, Min, Max> {
	fn max_encoded_len() -> usize {
		N::max_encoded_len()
	}
}

impl<N: TypeInfo + 'static, Min: 'static, Max: 'static> TypeInfo for BoundedNumber<N, Min, Max> {
	type Identity = N::Identity;

	fn type_info() -> Type {
		N::type_info()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::traits::ConstU32;

	type Small = BoundedNumber<u32, ConstU32<3>, ConstU32<9>>;

	#[test]
	fn decode_should_fail_outside_the_bounds() {
		for inside in [3u32, 5, 9] {
			let number = Small::decode(&mut &inside.encode()[..]).expect("within the bounds");
			assert_eq!(number.get(), inside);
			assert_eq!(number.encode(), inside.encode());
		}
		for outside in [0u32, 2, 10, u32::MAX] {
			assert!(Small::decode(&mut &outside.encode()[..]).is_err(), "{outside}");
			assert!(Small::new(outside).is_none(), "{outside}");
		}
	}

	#[test]
	fn clamped_should_take_the_nearest_bound() {
		assert_eq!(Small::clamped(0).get(), 3);
		assert_eq!(Small::clamped(4).get(), 4);
		assert_eq!(Small::clamped(100).get(), 9);
	}
}
