//! Somebody else signs: Bitcoin Core itself, with a key that this node does not have.

use crate::{
	bitcoind::Bitcoind,
	world::{paying, payload, step, Machine, World},
};
use aitbc_bitcoin::Network;
use aitbc_node_bitcoin::{Action, Anchorer, External, Signer};
use serde_json::json;
use std::{fs, os::unix::fs::PermissionsExt, path::Path};

/// The private key 1.
const KEY: &str = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA";

pub fn anchor_should_be_mined_when_somebody_else_signs_with_a_key_s_hash() {
	sign_elsewhere("wpkh");
}

pub fn anchor_should_be_mined_when_somebody_else_signs_with_a_taproot_key() {
	sign_elsewhere("tr");
}

fn sign_elsewhere(kind: &str) {
	let world = World { bitcoind: Bitcoind::start(&[]) };
	let bitcoind = &world.bitcoind;
	let descriptor = format!("{kind}({KEY})");
	let info = bitcoind.json("getdescriptorinfo", &[&descriptor]);
	let public = info["descriptor"].as_str().unwrap();
	let addresses = bitcoind.json("deriveaddresses", &[public]);
	let address = addresses[0].as_str().unwrap();
	bitcoind.mine_to(1, address);
	bitcoind.mine(100);
	let path = bitcoind.folder().join("anchor.psbt");
	let external = External::new(address, Network::Regtest, &path).unwrap();
	let signer = Signer::External(external);
	let mut machine: Machine =
		Anchorer::open(world.core(), &world.journal(), signer, paying(10)).unwrap();

	let first = offered(&mut machine, 1, &path);
	let second = offered(&mut machine, 2, &path);
	assert_ne!(first, second);
	assert!(bitcoind.mempool().is_empty());
	let mode = fs::metadata(&path).unwrap().permissions().mode();
	assert_eq!(mode & 0o777, 0o600);

	let txid = sign_and_send(bitcoind, &second, &descriptor);
	let report = step(&mut machine, 2);
	assert_eq!((&report.action, path.exists()), (&Action::Nothing, false));
	let entry = world.core().mempool_entry(txid.parse().unwrap()).unwrap().unwrap();
	let promised = report.waiting.unwrap().rate;
	assert!(aitbc_node_bitcoin::FeeRate::of(entry.fee, entry.vsize) >= promised);
	bitcoind.mine(1);
	let report = step(&mut machine, 2);
	let [mined] = report.mined[..] else { panic!("{report:?}") };
	assert_eq!((mined.payload, mined.txid.to_string()), (payload(2), txid));

	// The first one, which is signed too late, spends the same coin.
	assert!(complete(bitcoind, &first, &descriptor).is_some_and(|hex| {
		let refused = bitcoind.json("testmempoolaccept", &[&json!([hex]).to_string()]);
		refused[0]["allowed"] == false
	}));
	let third = offered(&mut machine, 3, &path);
	sign_and_send(bitcoind, &third, &descriptor);
	bitcoind.mine(1);
	assert_eq!(step(&mut machine, 3).mined.len(), 2);
}

/// What the file has after a step.
fn offered(machine: &mut Machine, height: u8, path: &Path) -> String {
	let report = step(machine, height);
	assert!(matches!(report.action, Action::Offered { .. }), "{report:?}");
	fs::read_to_string(path).unwrap().trim_end().into()
}

/// The bytes of what becomes of a PSBT that is signed, as digits.
fn complete(bitcoind: &Bitcoind, psbt: &str, descriptor: &str) -> Option<String> {
	let descriptors = json!([descriptor]).to_string();
	let signed = bitcoind.json("descriptorprocesspsbt", &[psbt, &descriptors]);
	assert_eq!(signed["complete"], true, "{signed}");
	let result = bitcoind.json("finalizepsbt", &[signed["psbt"].as_str()?]);
	result["hex"].as_str().map(str::to_owned)
}

fn sign_and_send(bitcoind: &Bitcoind, psbt: &str, descriptor: &str) -> String {
	let bytes = complete(bitcoind, psbt, descriptor).unwrap();
	bitcoind.ask("sendrawtransaction", &[&bytes])
}
