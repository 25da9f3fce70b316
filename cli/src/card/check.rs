//! Whether a card is the one that its agent registered, and who signed it, step by step.

use super::{json::Json, signature::Signature, Card, CardKey};
use crate::digest::Hash;
use serde::Serialize;
use std::fmt;

/// What the chain knows of an agent's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
	/// What the card must hash to.
	pub hash: Hash,
	/// The keys that sign it.
	pub keys: Vec<CardKey>,
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepResult {
	/// It holds.
	Ok,
	/// It does not hold.
	Failed,
	/// There was nothing to check, or nothing to check it against.
	Skipped,
}

impl fmt::Display for StepResult {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Ok => "ok",
			Self::Failed => "failed",
			Self::Skipped => "skipped",
		})
	}
}

/// A step of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
	/// What was checked: `json`, `hash` or `signature`.
	pub step: &'static str,
	/// Which of the card's signatures, from zero.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub signature: Option<usize>,
	/// How it ended.
	pub result: StepResult,
	/// What was found, and what to do about it if it failed.
	pub detail: String,
	/// The key on chain that made the signature.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub key: Option<CardKey>,
}

impl Step {
	fn new(step: &'static str, result: StepResult, detail: impl Into<String>) -> Self {
		Self { step, signature: None, result, detail: detail.into(), key: None }
	}

	/// What was checked, in words.
	pub fn name(&self) -> String {
		match self.signature {
			Some(index) => format!("{} {index}", self.step),
			None => self.step.to_owned(),
		}
	}
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
	/// The card's hash, if it has one.
	pub hash: Option<Hash>,
	/// The steps in their order.
	pub steps: Vec<Step>,
}

impl Checked {
	/// The steps that failed.
	pub fn failed(&self) -> impl Iterator<Item = &Step> {
		self.steps.iter().filter(|step| step.result == StepResult::Failed)
	}

	/// Whether a key on chain made a signature of the card.
	pub fn is_signed(&self) -> bool {
		self.steps.iter().any(|step| step.key.is_some())
	}
}

/// Checks the card in `bytes`: that it has one meaning, that it is the registered one, and that
/// keys of its agent made all its signatures. Without `registered`, only its form is checked.
///
/// A card without signatures passes, because its hash on chain is the owner's word for it, unless
/// `must_be_signed`.
pub fn check(bytes: &[u8], registered: Option<&Registered>, must_be_signed: bool) -> Checked {
	let card = match Card::parse(bytes) {
		Ok(card) => card,
		Err(error) => {
			let unread = "the card could not be read";
			let steps = vec![
				Step::new("json", StepResult::Failed, error.to_string()),
				Step::new("hash", StepResult::Skipped, unread),
				Step::new("signature", StepResult::Skipped, unread),
			];
			return Checked { hash: None, steps };
		},
	};
	let (hash, payload) = (card.hash(), card.payload());
	let read = format!("{} bytes of canonical JSON without `signatures`", payload.len());
	let mut steps = vec![Step::new("json", StepResult::Ok, read), check_hash(hash, registered)];
	steps.extend(check_signatures(&card, registered, must_be_signed));
	Checked { hash: Some(hash), steps }
}

fn check_hash(hash: Hash, registered: Option<&Registered>) -> Step {
	match registered {
		None => Step::new("hash", StepResult::Skipped, format!("{hash}; compared with nothing")),
		Some(registered) if registered.hash == hash => {
			Step::new("hash", StepResult::Ok, format!("{hash}, as registered"))
		},
		Some(Registered { hash: expected, .. }) => {
			let advice = "this is another card, or another version of it: get the agent's, or let \
			              its owner register this one with `aitbc agent update`";
			let detail = format!("{hash}, and {expected} is registered; {advice}");
			Step::new("hash", StepResult::Failed, detail)
		},
	}
}

fn check_signatures(
	card: &Card,
	registered: Option<&Registered>,
	must_be_signed: bool,
) -> Vec<Step> {
	let entries = match &card.signatures {
		None => &[][..],
		Some(Json::List(entries)) => entries,
		Some(_) => {
			let detail =
				"the card's `signatures` is no list; write it as A2A does, or leave it out";
			return vec![Step::new("signature", StepResult::Failed, detail)];
		},
	};
	if entries.is_empty() {
		let (result, detail) = if must_be_signed {
			(StepResult::Failed, "not signed; its author can sign it with `aitbc agent sign-card`")
		} else {
			(StepResult::Skipped, "not signed")
		};
		return vec![Step::new("signature", result, detail)];
	}
	let payloads = [
		(card.payload(), ""),
		(card.payload_without_empty(), ", over the card without its empty members"),
	];
	let step = |(index, entry)| Step {
		signature: Some(index),
		..check_signature(entry, &payloads, registered)
	};
	entries.iter().enumerate().map(step).collect()
}

/// Checks a signature, which counts if it covers one of `payloads`.
fn check_signature(
	entry: &Json,
	payloads: &[(String, &str)],
	registered: Option<&Registered>,
) -> Step {
	let failed =
		|error: &dyn fmt::Display| Step::new("signature", StepResult::Failed, error.to_string());
	let signature = match Signature::read(entry) {
		Ok(signature) => signature,
		Err(error) => return failed(&error),
	};
	let algorithm = signature.algorithm;
	let by = signature.key_id.as_ref().map(|id| format!(" by `{id}`")).unwrap_or_default();
	let Some(registered) = registered else {
		let detail = format!("{algorithm}{by}, well formed; checked against no key");
		return Step::new("signature", StepResult::Skipped, detail);
	};
	let mut found = Vec::new();
	for (payload, form) in payloads {
		match signature.verify(payload.as_bytes(), &registered.keys) {
			Ok(key) => {
				let by = if signature.key_id == Some(key.to_string()) { "" } else { &by };
				let detail = format!("{algorithm}{by}, made with {key}{form}");
				return Step { key: Some(key), ..Step::new("signature", StepResult::Ok, detail) };
			},
			Err(error) => found.push(error),
		}
	}
	found.first().map_or_else(|| failed(&"it covers nothing"), |error| failed(error))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::card::Signer;
	use StepResult::*;

	const CARD: &str = r#"{"name":"a","skills":[{"id":1}]}"#;

	/// A key of P-256 and one of Ed25519; their secrets are nothing but these bytes.
	fn signers() -> [Signer; 2] {
		[Signer::p256(&[7; 32]).expect("it is in the field"), Signer::ed25519(&[8; 32])]
	}

	fn registered(card: &str, keys: &[&Signer]) -> Registered {
		let hash = Card::parse(card.as_bytes()).expect("it is a card").hash();
		Registered { hash, keys: keys.iter().map(|signer| signer.public()).collect() }
	}

	fn signed(card: &str, signers: &[&Signer]) -> String {
		let mut card = card.to_owned();
		for signer in signers {
			card = signer.sign(card.as_bytes(), None, None).expect("it is a card").to_json();
		}
		card
	}

	fn results(checked: &Checked) -> Vec<(String, StepResult)> {
		checked.steps.iter().map(|step| (step.name(), step.result)).collect()
	}

	/// How a check of `card` ends, as the results of its steps.
	fn ends(card: &str, registered: &Registered) -> Vec<StepResult> {
		let checked = check(card.as_bytes(), Some(registered), false);
		checked.steps.iter().map(|step| step.result).collect()
	}

	#[test]
	fn card_should_pass_when_it_is_registered_and_signed_by_enrolled_keys() {
		let [one, other] = &signers();
		let card = signed(CARD, &[one, other]);

		let checked = check(card.as_bytes(), Some(&registered(CARD, &[one, other])), true);

		let expected = [("json", Ok), ("hash", Ok), ("signature 0", Ok), ("signature 1", Ok)];
		assert_eq!(results(&checked), expected.map(|(name, result)| (name.to_owned(), result)));
		assert!(checked.is_signed() && checked.failed().next().is_none());
		assert_eq!(checked.steps.last().and_then(|step| step.key), Some(other.public()));
		assert_eq!(checked.hash, Some(registered(CARD, &[]).hash));
	}

	#[test]
	fn card_should_fail_when_it_was_tampered_with() {
		let [one, _] = &signers();
		let tampered = signed(CARD, &[one]).replace("\"a\"", "\"b\"");
		assert_eq!(ends(&tampered, &registered(CARD, &[one])), [Ok, Failed, Failed]);
	}

	#[test]
	fn card_should_fail_when_it_is_signed_but_another_is_registered() {
		let [one, _] = &signers();
		let other = r#"{"name":"old"}"#;
		let checked =
			check(signed(CARD, &[one]).as_bytes(), Some(&registered(other, &[one])), false);
		let failed: Vec<_> = checked.failed().map(Step::name).collect();
		assert_eq!(failed, ["hash"]);
		assert!(checked.is_signed(), "it is the agent's, though not the registered one");
	}

	#[test]
	fn card_should_fail_when_any_signature_does() {
		let [one, other] = &signers();
		let card = signed(CARD, &[one, other]);
		assert_eq!(ends(&card, &registered(CARD, &[one])), [Ok, Ok, Ok, Failed]);
		assert_eq!(ends(&card, &registered(CARD, &[])), [Ok, Ok, Failed, Failed]);
	}

	#[test]
	fn card_should_pass_unsigned_unless_a_signature_is_required() {
		let registered = registered(CARD, &[]);
		for card in [CARD, r#"{"name":"a","skills":[{"id":1}],"signatures":[]}"#] {
			let checked = |must| check(card.as_bytes(), Some(&registered), must);
			let last = |must| checked(must).steps.pop().expect("there are steps");
			assert_eq!((last(false).result, last(false).detail.as_str()), (Skipped, "not signed"));
			assert_eq!(last(true).result, Failed);
			assert!(last(true).detail.contains("aitbc agent sign-card"));
			assert!(!checked(false).is_signed());
		}
	}

	#[test]
	fn card_should_fail_when_its_signatures_are_no_list_of_signatures() {
		for signatures in ["{}", "null", "[null]", "[{}]", r#"[{"protected":"e30"}]"#] {
			let card = format!(r#"{{"name":"a","skills":[{{"id":1}}],"signatures":{signatures}}}"#);
			assert_eq!(ends(&card, &registered(CARD, &[])), [Ok, Ok, Failed], "{signatures}");
		}
	}

	#[test]
	fn card_should_fail_at_the_first_step_when_it_is_no_json() {
		let checked = check(br#"{"a":1,"a":2}"#, Some(&registered(CARD, &[])), false);
		assert_eq!(checked.hash, None);
		let failed: Vec<_> = checked.failed().map(|step| step.detail.as_str()).collect();
		assert_eq!(failed, ["line 1, column 8: a second member is called `a`; remove one of them"]);
		assert_eq!(checked.steps.len(), 3);
	}

	#[test]
	fn form_alone_should_be_checked_when_no_agent_is_given() {
		let [one, _] = &signers();
		let checked = check(signed(CARD, &[one]).as_bytes(), None, false);
		let results: Vec<_> = checked.steps.iter().map(|step| step.result).collect();
		assert_eq!(results, [Ok, Skipped, Skipped]);
		assert!(!checked.is_signed());
		let malformed = r#"{"signatures":[{"protected":"e30","signature":""}]}"#;
		assert_eq!(check(malformed.as_bytes(), None, false).failed().count(), 1);
	}

	/// Signed by a2a-sdk 1.3.0 for Python with two keys that `openssl genpkey` made. The empty members
	/// were added afterwards, as it signs nothing but the others.
	const OF_A2A_SDK: &str = concat!(
		r#"{"name":"Géo 😀","description":"","supportedInterfaces":[{"url":"https://a.example/a2a","#,
		r#""protocolBinding":"JSONRPC","protocolVersion":"1.0"}],"provider":{"url":"#,
		r#""https://a.example","organization":"Example"},"version":"1.2.0","capabilities":"#,
		r#"{"streaming":false,"pushNotifications":true},"defaultInputModes":["application/json"],"#,
		r#""defaultOutputModes":["text/plain"],"skills":[{"id":"r","name":"Route","description":"#,
		r#""Plans.","tags":["maps"],"examples":[]}],"signatures":[{"protected":"#,
		r#""eyJhbGciOiJFUzI1NiIsImprdSI6bnVsbCwia2lkIjoia2V5LTEiLCJ0eXAiOiJKT1NFIn0","signature":"#,
		r#""tISm8lurNoaj17yFzcVoHeXy4s8b5h3ISpU7TsBe8GmJQVcVNfU4iVWgYqlOn7mO0pdfgR7DGQPwD1d809HoTQ"},"#,
		r#"{"protected":"eyJhbGciOiJFZERTQSIsImprdSI6bnVsbCwia2lkIjoia2V5LTIiLCJ0eXAiOiJKT1NFIn0","#,
		r#""signature":"#,
		r#""OpSN5N23B4gRWoSXngR7STbMUPGuIdJvKsIor-I4cWyixEtUqgA8yELIVoaIrj-uKLfqt_FxljDlfFvoZCQ3Dg"}]}"#,
	);

	const KEYS_OF_A2A_SDK: [&str; 2] = [
		"p256:0x02b6ea7db5e65006a2bf909ab6c0f84663453eff621c694aa944389c75ac2855c5",
		"ed25519:0xc42a45f57e221aadfd449d20b4f9c508fdf4e9113979483581ab215917ae6e77",
	];

	#[test]
	fn card_should_pass_when_the_library_of_a2a_signed_it() {
		let mut registered = registered(OF_A2A_SDK, &[]);
		registered.keys = KEYS_OF_A2A_SDK.map(|key| key.parse().expect("it is a key")).into();
		assert_eq!(ends(OF_A2A_SDK, &registered), [Ok, Ok, Ok, Ok]);
		let tampered = OF_A2A_SDK.replace("Plans.", "Harms.");
		assert_eq!(ends(&tampered, &registered), [Ok, Failed, Failed, Failed]);
	}

	/// As A2A's libraries sign: see [`Card::payload_without_empty`].
	#[test]
	fn signature_should_count_when_it_covers_the_card_without_its_empty_members() {
		let [one, _] = &signers();
		let full = r#"{"name":"a","skills":[],"description":""}"#;
		let signatures = signed(r#"{"name":"a"}"#, &[one]);
		let signatures = Card::parse(signatures.as_bytes()).expect("it is a card").signatures;
		let signatures = signatures.expect("it was signed").canonical();
		let card = full.replace('}', &format!(r#","signatures":{signatures}}}"#));

		let checked = check(card.as_bytes(), Some(&registered(full, &[one])), true);

		assert_eq!(checked.failed().count(), 0);
		let last = checked.steps.last().expect("there are steps");
		assert!(last.detail.ends_with("over the card without its empty members"), "{last:?}");
	}
}
