//! Bundles that are kept in files, so that other programs can be compared, and bytes and rules never change
//! unnoticed.

use super::*;
use crate::verdict::Proven;
use aitbc_bitcoin::Commitment;
use std::{env, fs, path::PathBuf};

/// The bundles that are kept, by the names of their files.
pub const PLANS: [(&str, Plan); 4] = [
	(
		"record",
		Plan {
			trusted: None,
			changes: 1,
			later: 2,
			votes_ahead: false,
			checkpoint: 20,
			commitment: Commitment::OpReturn,
			wanted: Wanted::Record(3),
		},
	),
	(
		"storage",
		Plan {
			trusted: Some(7),
			changes: 0,
			later: 0,
			votes_ahead: false,
			checkpoint: 0,
			commitment: Commitment::OpReturn,
			wanted: Wanted::Storage(LONG),
		},
	),
	(
		"taproot",
		Plan {
			trusted: Some(7),
			changes: 1,
			later: 1,
			votes_ahead: true,
			checkpoint: 12,
			commitment: Commitment::Taproot { internal_key: INTERNAL_KEY },
			wanted: Wanted::Block,
		},
	),
	(
		"absent",
		Plan {
			trusted: None,
			changes: 0,
			later: 0,
			votes_ahead: false,
			checkpoint: 3,
			commitment: Commitment::OpReturn,
			wanted: Wanted::Storage(ABSENT),
		},
	),
];

/// The file of a bundle that is kept.
pub fn file(name: &str) -> PathBuf {
	let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../verifier/golden");
	folder.join(name).with_extension("bundle")
}

#[test]
fn bundles_should_be_as_ever() {
	for (name, plan) in PLANS {
		let bytes = plan.bundle().to_bytes();
		assert!(bytes.len() <= 16 << 10, "{name} has {} bytes", bytes.len());
		let file = file(name);
		if env::var_os("AITBC_WRITE_GOLDEN").is_some() {
			fs::write(&file, &bytes).unwrap();
		}
		let kept = fs::read(&file).unwrap_or_default();
		assert!(kept == bytes, "{name} is another bundle now: write it with AITBC_WRITE_GOLDEN=1");
		assert!(Bundle::from_bytes(&kept).unwrap().verify(NOW).is_ok(), "{name}");
	}
}

#[test]
fn bundle_of_a_running_network_should_hold() {
	let bytes = fs::read(file("recorded")).unwrap();
	let verdict = Bundle::from_bytes(&bytes).unwrap().verify(u32::MAX).unwrap();
	assert_eq!((verdict.block.block.number, verdict.anchor.confirmations), (160, 100));
	let Proven::Record { record, count: 1 } = verdict.claim else {
		panic!("it shows a record: {:?}", verdict.claim);
	};
	assert_eq!((record.id.0, record.entry.event), (0, aitbc_audit::Event::AnchorFinal));
}
