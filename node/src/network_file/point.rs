//! Which 32 bytes are public keys of which scheme.

use ed25519_dalek::VerifyingKey;
use sp_core::{crypto::Derive, sr25519};
use std::{fmt, iter};

/// The signature scheme of a session key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
	/// GRANDPA's.
	Ed25519,
	/// That of BABE and of authority discovery.
	Sr25519,
}

impl Scheme {
	/// Whether `key` is a point of the scheme, and none of the few for which everybody can sign.
	pub fn has(self, key: &[u8; 32]) -> bool {
		match self {
			Self::Ed25519 => VerifyingKey::from_bytes(key).is_ok_and(|key| !key.is_weak()),
			// sp-core reads the point before it derives from it, here nothing. The group's order is a prime, so only
			// its zero is weak.
			Self::Sr25519 => {
				*key != [0; 32] && sr25519::Public::from_raw(*key).derive(iter::empty()).is_some()
			},
		}
	}
}

impl fmt::Display for Scheme {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Ed25519 => "ed25519",
			Self::Sr25519 => "sr25519",
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{ed25519, Pair};

	/// What `digits` say.
	fn bytes(digits: &str) -> [u8; 32] {
		let mut bytes = [0; 32];
		hex::decode_to_slice(digits, &mut bytes).expect("they are 64 digits");
		bytes
	}

	#[test]
	fn scheme_should_have_the_keys_of_secrets() {
		for seed in 0..16 {
			let ed25519 = ed25519::Pair::from_seed(&[seed; 32]).public();
			let sr25519 = sr25519::Pair::from_seed(&[seed; 32]).public();
			assert!(Scheme::Ed25519.has(&ed25519.0) && Scheme::Sr25519.has(&sr25519.0), "{seed}");
		}
	}

	#[test]
	fn scheme_should_not_have_bytes_that_are_no_point() {
		// There is no point of the curve whose y is 2.
		let mut two = [0; 32];
		two[0] = 2;
		assert!(!Scheme::Ed25519.has(&two));
		// Ristretto encodes no odd number (RFC 9496, 4.3.1).
		let mut odd = sr25519::Pair::from_seed(&[7; 32]).public().0;
		odd[0] |= 1;
		assert!(!Scheme::Sr25519.has(&odd));
	}

	#[test]
	fn scheme_should_not_have_points_for_which_everybody_can_sign() {
		for small in [
			// The zero, one of order two, and one of order eight (EIGHT_TORSION of curve25519-dalek).
			"0100000000000000000000000000000000000000000000000000000000000000",
			"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
			"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		] {
			assert!(!Scheme::Ed25519.has(&bytes(small)), "{small}");
		}
		assert!(!Scheme::Sr25519.has(&[0; 32]));
	}
}
