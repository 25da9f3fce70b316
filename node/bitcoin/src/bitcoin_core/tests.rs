//! What becomes of the answers of something that is not, or not always, Bitcoin Core.

use super::*;
use crate::file;
use std::{
	io::{Read, Write},
	net::TcpListener,
	thread,
};
use tempfile::TempDir;

fn credentials() -> (TempDir, Credentials) {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join(".cookie");
	file::create(&path, b"__cookie__:hunter2").unwrap();
	(folder, Credentials::Cookie(path))
}

/// What comes of asking for the tip, if this is the answer.
fn asked(status: &'static str, body: &str) -> Result<Tip, CoreError> {
	let (_folder, credentials) = credentials();
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("http://{}", listener.local_addr().unwrap());
	let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
	let server = thread::spawn(move || {
		let (mut stream, _) = listener.accept().unwrap();
		let mut request = Vec::new();
		let mut buffer = [0; 1_024];
		while !request.ends_with(b"}") {
			let read = stream.read(&mut buffer).unwrap();
			request.extend(&buffer[..read]);
		}
		stream.write_all(answer.as_bytes()).unwrap();
		String::from_utf8(request).unwrap()
	});
	let tip = Core::new(&url, credentials, Network::Regtest).unwrap().tip();
	let request = server.join().unwrap();
	assert!(request.starts_with("POST / HTTP/1.1\r\n"), "{request}");
	let header = "authorization: basic x19jb29rawvfxzpodw50zxiy";
	assert!(request.to_lowercase().contains(header), "{request}");
	tip
}

fn refused(status: &'static str, body: &str) -> CoreError {
	asked(status, body).unwrap_err()
}

/// Core's answer about a chain.
fn info(chain: &str, is_syncing: bool, pruned: &str) -> String {
	let hash = "00".repeat(32);
	format!(
		r#"{{"jsonrpc":"2.0","result":{{"chain":"{chain}","blocks":7,"headers":9,"bestblockhash":"{hash}",
		"initialblockdownload":{is_syncing}{pruned}}},"id":1}}"#
	)
}

#[test]
fn tip_should_be_known_when_core_answers() {
	let tip = asked("200 OK", &info("regtest", false, "")).unwrap();
	assert_eq!((tip.block.height, tip.first_kept), (7, 0));
	let tip = asked("200 OK", &info("regtest", false, r#","pruneheight":3"#)).unwrap();
	assert_eq!(tip.first_kept, 3);
}

#[test]
fn tip_should_be_refused_when_core_is_on_another_network_or_behind() {
	let error = refused("200 OK", &info("main", false, ""));
	assert!(matches!(&error, CoreError::WrongNetwork { .. }) && !error.is_transient(), "{error}");
	let error = refused("200 OK", &info("regtest", true, ""));
	let is_right = matches!(&error, CoreError::Syncing { blocks: 7, headers: 9, .. });
	assert!(is_right && error.is_transient(), "{error}");
}

#[test]
fn error_should_tell_what_is_wrong_when_there_is_no_answer() {
	let warming = r#"{"result":null,"error":{"code":-28,"message":"Loading block index…"},"id":1}"#;
	let error = refused("500 Internal Server Error", warming);
	assert!(matches!(&error, CoreError::WarmingUp { .. }) && error.is_transient(), "{error}");
	let error = refused("401 Unauthorized", "");
	assert!(matches!(&error, CoreError::Unauthorized { .. }) && !error.is_transient(), "{error}");
	let error = refused("403 Forbidden", "");
	assert!(matches!(&error, CoreError::Forbidden { .. }) && !error.is_transient(), "{error}");
	let error = refused("503 Service Unavailable", "Work queue depth exceeded");
	assert!(matches!(&error, CoreError::Busy { .. }) && error.is_transient(), "{error}");
	let unknown = r#"{"result":null,"error":{"code":-32601,"message":"Method not found"},"id":1}"#;
	let error = refused("404 Not Found", unknown);
	assert!(matches!(&error, CoreError::Refused { code: -32601, .. }), "{error}");
}

#[test]
fn answer_should_be_malformed_when_it_is_none_of_cores() {
	for (status, body) in [
		("200 OK", "hello"),
		("200 OK", "{}"),
		("200 OK", r#"{"result":null}"#),
		("200 OK", r#"{"result":{"chain":"regtest"}}"#),
		("200 OK", r#"{"result":7,"error":null}"#),
		("404 Not Found", "no such page"),
		("302 Found", ""),
		("418 I'm a teapot", ""),
	] {
		let error = refused(status, body);
		assert!(matches!(&error, CoreError::Malformed { .. }), "{body}: {error}");
		assert!(!error.is_transient());
	}
}

#[test]
fn address_should_be_refused_when_it_is_none_of_cores() {
	let (_folder, credentials) = credentials();
	let new = |url: &str| Core::new(url, credentials.clone(), Network::Testnet4);
	for url in ["", "127.0.0.1", "https://127.0.0.1:1", "ftp://a", "/a", "http://", "http://a?b"] {
		assert!(matches!(new(url), Err(CoreError::BadUrl)), "{url}");
	}
	let error = new("http://user:hunter2@127.0.0.1").unwrap_err();
	assert!(!format!("{error} {error:?}").contains("hunter2"));
	let core = new("http://127.0.0.1").unwrap();
	assert_eq!(core.transport.url, "http://127.0.0.1:48332/");
	assert!(!format!("{core:?}").contains("cookie"));
}

#[test]
fn reason_should_be_understood_when_core_rejects_a_transaction() {
	let is_conflict = |submission| matches!(submission, Submission::Conflicts { .. });
	let is_too_low = |submission| matches!(submission, Submission::FeeTooLow { .. });
	let of = |reason: &str| rejection(reason.into());
	assert_eq!(of("bad-txns-inputs-missingorspent"), Submission::MissingInputs);
	assert_eq!(of("missing-inputs"), Submission::MissingInputs);
	assert!(is_conflict(of("txn-mempool-conflict")));
	assert!(is_conflict(of("insufficient fee, rejecting replacement 00; new feerate 0.1 <= 0.2")));
	assert!(is_too_low(of("min relay fee not met, 1 < 20")));
	assert!(is_too_low(of("mempool min fee not met, 1 < 20")));
	let other = "mempool-script-verify-flag-failed (Signature must be zero)";
	assert_eq!(of(other), Submission::Rejected { reason: other.into() });
}

#[test]
fn amounts_should_be_exact_when_they_are_read() {
	for (text, expected) in [("0.00000294", 294), ("20999999.97690000", 2_099_999_997_690_000)] {
		let json = format!(r#"{{"base":{text}}}"#);
		let fees: EntryFees = serde_json::from_str(&json).unwrap();
		assert_eq!(fees.base, Satoshi(expected));
	}
	assert!(serde_json::from_str::<EntryFees>(r#"{"base":-1}"#).is_err());
	assert!(serde_json::from_str::<EntryFees>(r#"{"base":0.123456789}"#).is_err());
	let estimate = |json| serde_json::from_str::<Estimate>(json).unwrap().feerate;
	assert_eq!(estimate(r#"{"feerate":0.00001000,"blocks":6}"#), Some(FeeRate(1_000)));
	assert_eq!(estimate(r#"{"errors":["Insufficient data"],"blocks":6}"#), None);
}
