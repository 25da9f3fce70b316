//! Recovery phrases: the words that a key is made from.

use super::Error;
use serde::{Serialize, Serializer};
use sp_core::{crypto::Pair, sr25519};
use subxt_signer::bip39::Mnemonic;
use zeroize::Zeroizing;

/// How many words a new recovery phrase has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum WordCount {
	/// 128 bits of randomness
	#[value(name = "12")]
	Twelve,
	/// 256 bits of randomness
	#[value(name = "24")]
	TwentyFour,
}

impl WordCount {
	fn entropy_bytes(self) -> usize {
		match self {
			Self::Twelve => 16,
			Self::TwentyFour => 32,
		}
	}
}

/// A recovery phrase: BIP-39 words, with an optional derivation path as in `word ... word//path`.
/// Whoever has it has the key.
pub struct Phrase(Zeroizing<String>);

impl Phrase {
	/// A new phrase from the system's randomness.
	pub fn generate(words: WordCount) -> Result<Self, Error> {
		let mut entropy = Zeroizing::new(vec![0; words.entropy_bytes()]);
		getrandom::fill(&mut entropy).map_err(Error::Random)?;
		let mnemonic = Mnemonic::from_entropy(&entropy)
			.map_err(|reason| Error::Phrase(reason.to_string().to_lowercase()))?;
		Ok(Self(Zeroizing::new(mnemonic.to_string())))
	}

	/// Takes a phrase that somebody wrote down. Space around it is ignored.
	pub fn parse(text: &str) -> Result<Self, Error> {
		let text = text.trim();
		let words = text.split('/').next().unwrap_or_default();
		Mnemonic::parse(words)
			.map_err(|reason| Error::Phrase(reason.to_string().to_lowercase()))?;
		Ok(Self(Zeroizing::new(text.to_owned())))
	}

	/// The key that the phrase stands for.
	pub fn to_pair(&self) -> Result<sr25519::Pair, Error> {
		sr25519::Pair::from_string(&self.0, None)
			.map_err(|reason| Error::Phrase(reason.to_string().to_lowercase()))
	}

	/// The phrase itself, for those who asked to see it.
	pub fn expose(&self) -> &str {
		&self.0
	}
}

impl Serialize for Phrase {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(self.expose())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::name::development_key;
	use subxt_signer::DEV_PHRASE;

	#[test]
	fn new_phrases_should_have_as_many_words_as_asked_and_differ() {
		for (count, words) in [(WordCount::Twelve, 12), (WordCount::TwentyFour, 24)] {
			let [one, other] =
				[(); 2].map(|()| Phrase::generate(count).expect("the system gives randomness"));
			assert_eq!(one.expose().split(' ').count(), words);
			assert_ne!(one.expose(), other.expose());
			assert!(Phrase::parse(one.expose()).is_ok());
		}
	}

	#[test]
	fn phrases_should_derive_the_keys_that_other_wallets_derive() {
		let phrase = Phrase::parse(&format!(" {DEV_PHRASE}//Alice\n")).expect("it is a phrase");
		let pair = phrase.to_pair().expect("the path is well formed");
		let alice = development_key("//Alice").expect("it is a development key");
		assert_eq!(pair.public().0, alice.public_key().0);
	}

	#[test]
	fn phrases_should_be_refused_when_they_are_none() {
		let misspelt = DEV_PHRASE.replace("walk", "wallk");
		let unchecked = DEV_PHRASE.replace("walk", "obey");
		for text in ["", "//Alice", "one two three", &misspelt, &unchecked] {
			assert!(matches!(Phrase::parse(text), Err(Error::Phrase(_))), "{text}");
		}
	}
}
