//! Bytes as people give them.

use std::str::FromStr;

/// So many bytes as hexadecimal digits, with `0x` as this chain writes them or without as Bitcoin's tools do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes<const N: usize>(pub [u8; N]);

impl<const N: usize> FromStr for Bytes<N> {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let mut bytes = [0; N];
		hex::decode_to_slice(digits(text), &mut bytes)
			.map_err(|_| format!("`{text}` does not have {} hexadecimal digits", N * 2))?;
		Ok(Self(bytes))
	}
}

/// Any bytes as hexadecimal digits, with `0x` or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob(pub Vec<u8>);

impl FromStr for Blob {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let bytes = hex::decode(digits(text)).ok().filter(|bytes| !bytes.is_empty());
		bytes.map(Self).ok_or_else(|| format!("`{text}` is not made of hexadecimal digits"))
	}
}

fn digits(text: &str) -> &str {
	text.strip_prefix("0x").unwrap_or(text)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn bytes_should_be_read_with_and_without_their_prefix() {
		for text in ["0x00ff", "00ff", "00FF"] {
			assert_eq!(text.parse(), Ok(Bytes([0, 255])), "{text}");
			assert_eq!(text.parse(), Ok(Blob(vec![0, 255])), "{text}");
		}
	}

	#[test]
	fn bytes_should_be_refused_when_they_are_too_few_or_none() {
		for text in ["", "0x", "00", "00ff00", "0x00fg"] {
			let error = text.parse::<Bytes<2>>().expect_err("it is not two bytes");
			assert!(error.contains("4 hexadecimal digits"), "{error}");
		}
		for text in ["", "0x", "0", "xy"] {
			assert!(text.parse::<Blob>().is_err(), "{text}");
		}
	}
}
