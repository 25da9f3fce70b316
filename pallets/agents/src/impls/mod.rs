//! What the calls do, by topic.

mod capabilities;
mod card;
mod card_keys;
mod deposits;
mod index;
mod lifecycle;
mod matching;
mod metadata;
mod query;
mod registration;
mod slash;
mod tags;
mod traits;
mod transfer;
mod wallet;

/// Whether `text` is ASCII without control characters.
fn is_printable(text: &[u8]) -> bool {
	text.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
}
