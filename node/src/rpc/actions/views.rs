//! What clients get to see: the runtime's answers as JSON.
//!
//! A view names everything that the runtime's type holds and adds nothing but an order's hash.

mod action;
mod kind;
mod status;

pub use action::Action;
pub use kind::Kind;
pub use status::{Standing, Status, TrackRecord};

use aitbc_core::RiskClass;
use serde::{Serialize, Serializer};

/// A class by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(pub RiskClass);

impl Serialize for Class {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(self.0.name())
	}
}

/// Bytes as `0x` and hexadecimal.
pub fn hexadecimal(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}
