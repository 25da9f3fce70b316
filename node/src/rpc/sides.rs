//! How the two sides of a contract, and of a case about it, are written.

use aitbc_core::Party;
use serde::Serialize;

/// Something that both sides have one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sides<T> {
	client: T,
	provider: T,
}

impl<T> Sides<T> {
	/// Shows both of `sides` as `show` does.
	pub fn show<Kept>(sides: aitbc_core::Sides<Kept>, show: impl Fn(Kept) -> T) -> Self {
		let aitbc_core::Sides { client, provider } = sides;
		Self { client: show(client), provider: show(provider) }
	}
}

/// What a side is called.
pub fn party_name(party: Party) -> &'static str {
	match party {
		Party::Client => "client",
		Party::Provider => "provider",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value};

	#[test]
	fn sides_should_be_named_after_the_parties() {
		let sides = Sides::show(aitbc_core::Sides { client: 1, provider: 2 }, |kept| kept * 10);

		assert_eq!(
			to_value(sides).expect("both sides are JSON"),
			json!({ party_name(Party::Client): 10, party_name(Party::Provider): 20 })
		);
	}
}
