//! What parties show.

use crate::rpc::{
	format::{ascii, Plancks},
	sides::party_name,
};
use aitbc_core::DocumentHash;
use aitbc_runtime::BlockNumber;
use pallet_disputes::types::{self as chain, EvidenceKind};
use serde::Serialize;

/// A piece of evidence. The document is off chain.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
	number: u32,
	by: &'static str,
	kind: &'static str,
	uri: String,
	hash: DocumentHash,
	at: BlockNumber,
	deposit: Plancks,
}

impl From<chain::EvidenceInfo> for Evidence {
	fn from(info: chain::EvidenceInfo) -> Self {
		let chain::EvidenceInfo { number, by, kind, uri, hash, at, deposit } = info;
		Self {
			number,
			by: party_name(by),
			kind: kind_name(kind),
			uri: ascii(uri),
			hash,
			at,
			deposit: Plancks(deposit),
		}
	}
}

fn kind_name(kind: EvidenceKind) -> &'static str {
	match kind {
		EvidenceKind::Statement => "statement",
		EvidenceKind::Terms => "terms",
		EvidenceKind::Deliverable => "deliverable",
		EvidenceKind::Record => "record",
		EvidenceKind::Correspondence => "correspondence",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::{Hash, Party};
	use serde_json::{json, to_value};

	#[test]
	fn evidence_should_keep_its_golden_form() {
		let info = chain::EvidenceInfo {
			number: 1,
			by: Party::Provider,
			kind: EvidenceKind::Record,
			uri: b"https://providers.example/log.txt".to_vec(),
			hash: DocumentHash(Hash::repeat_byte(1)),
			at: 12,
			deposit: 3,
		};

		assert_eq!(
			to_value(Evidence::from(info)).expect("evidence is JSON"),
			json!({
				"number": 1,
				"by": "provider",
				"kind": "record",
				"uri": "https://providers.example/log.txt",
				"hash": format!("0x{}", "01".repeat(32)),
				"at": 12,
				"deposit": "3",
			})
		);
	}

	#[test]
	fn names_of_kinds_should_keep_their_golden_form() {
		use EvidenceKind::*;
		assert_eq!(
			[Statement, Terms, Deliverable, Record, Correspondence].map(kind_name),
			["statement", "terms", "deliverable", "record", "correspondence"]
		);
	}
}
