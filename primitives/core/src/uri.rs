//! What the chain checks of a URI: its form. It never sees what the URI names.

/// Whether `uri` reads `scheme:rest` in the characters that RFC 3986 allows.
///
/// That shuts out relative references, spaces, control characters, and lookalikes in other scripts.
/// The finer grammar (percent triplets, hosts, ports) is left to whoever resolves the URI.
pub fn is_absolute(uri: &[u8]) -> bool {
	let mut parts = uri.splitn(2, |byte| *byte == b':');
	let (Some(scheme), Some(rest)) = (parts.next(), parts.next()) else { return false };
	is_scheme(scheme) && !rest.is_empty() && rest.iter().all(is_character)
}

/// Whether `scheme` is one: RFC 3986, section 3.1.
fn is_scheme(scheme: &[u8]) -> bool {
	let Some((first, rest)) = scheme.split_first() else { return false };
	let is_follower = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
	first.is_ascii_alphabetic() && rest.iter().all(is_follower)
}

/// Whether `byte` is unreserved, reserved or the percent sign: RFC 3986, sections 2.1 to 2.3.
fn is_character(byte: &u8) -> bool {
	byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(byte)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn absolute_uris_should_pass() {
		for uri in ["https://a.example/work.json?x=%20#1", "ipfs://bafy", "ar:1", "x+y-z.1:a"] {
			assert!(is_absolute(uri.as_bytes()), "{uri}");
		}
	}

	#[test]
	fn anything_else_should_not_pass() {
		for uri in
			["", ":", "https:", ":rest", "/work.json", "1a:b", "a b:c", "a:b c", "a:\n", "a:ä"]
		{
			assert!(!is_absolute(uri.as_bytes()), "{uri}");
		}
	}
}
