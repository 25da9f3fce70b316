//! Signatures of agent cards: JSON Web Signatures (RFC 7515) as A2A 1.0 has them in section 8.4.2,
//! checked against keys that are known beforehand. What a signature says about its key (`kid`,
//! `jku`, `jwk`) is shown or ignored, and never trusted.

use super::{
	json::{self, Json},
	CardKey,
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use ed25519_dalek::ed25519;
use p256::ecdsa::signature::Verifier;
use serde::Serialize;
use std::fmt;

/// How many bytes every signature has: R and S of RFC 8032, or of RFC 7518, section 3.4.
const LENGTH: usize = 64;

/// How a card is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Algorithm {
	/// Ed25519, RFC 8037. RFC 9864 calls it `Ed25519`, and both names are taken.
	EdDSA,
	/// ECDSA on P-256 with SHA-256, RFC 7518.
	ES256,
	/// ECDSA on secp256k1 with SHA-256, RFC 8812.
	ES256K,
}

impl Algorithm {
	fn parse(name: &str) -> Result<Self, Error> {
		match name {
			"EdDSA" | "Ed25519" => Ok(Self::EdDSA),
			"ES256" => Ok(Self::ES256),
			"ES256K" => Ok(Self::ES256K),
			_ => Err(Error::Algorithm(name.to_owned())),
		}
	}

	/// What kind of key signs with it, in the words of [`CardKey::kind`].
	fn key_kind(self) -> &'static str {
		match self {
			Self::EdDSA => "ed25519",
			Self::ES256 => "p256",
			Self::ES256K => "secp256k1",
		}
	}
}

impl fmt::Display for Algorithm {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::EdDSA => "EdDSA",
			Self::ES256 => "ES256",
			Self::ES256K => "ES256K",
		})
	}
}

/// Why a signature does not count.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
	/// A member is missing or of another type.
	#[error("its `{0}` is missing or no text; a signature has `protected` and `signature`")]
	Member(&'static str),
	/// A member is not encoded as it must be.
	#[error(
		"its `{member}` is no base64url without padding: {reason}; encode it as RFC 7515 asks"
	)]
	Encoding {
		/// The member.
		member: &'static str,
		/// What is wrong with it.
		reason: base64::DecodeError,
	},
	/// The protected header is no JSON.
	#[error("its protected header is wrong: {0}")]
	Header(json::Error),
	/// A header is no object.
	#[error("its {0} header is no object; write it as RFC 7515 asks")]
	NoObject(&'static str),
	/// The protected header does not say how it was made. What the other one says is not signed.
	#[error("its protected header names no algorithm as `alg`; sign again with one")]
	NoAlgorithm,
	/// Cards are not signed like that here.
	#[error("its algorithm is `{0}`, which no card key has; sign with EdDSA, ES256 or ES256K")]
	Algorithm(String),
	/// It asks for an extension to be understood. RFC 7515, section 4.1.11: then it is refused.
	#[error("it asks with `crit` for {0} to be understood, and it is not; sign without")]
	Critical(String),
	/// Both headers have the same member. RFC 7515, section 4: they must not.
	#[error("its two headers both have `{0}`; leave it in the protected one only")]
	Overlap(String),
	/// It has not the length of its algorithm's.
	#[error(
		"it has {found} bytes, and one of {algorithm} has {LENGTH}; encode R and S one after the \
		 other, not as DER"
	)]
	Length {
		/// The algorithm.
		algorithm: Algorithm,
		/// How many bytes there are.
		found: usize,
	},
	/// No key could have made it.
	#[error(
		"the agent has no {} key enrolled, which {algorithm} needs; its owner can add one with \
		 `aitbc agent card-key add`",
		algorithm.key_kind()
	)]
	NoKey {
		/// The algorithm.
		algorithm: Algorithm,
	},
	/// None of the keys made it for this card.
	#[error(
		"no enrolled {} key made it for this card: the card was changed since, or signed with \
		 another key; sign it again, or let the owner enroll that key",
		algorithm.key_kind()
	)]
	Mismatch {
		/// The algorithm.
		algorithm: Algorithm,
	},
}

/// A signature that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
	/// How it was made.
	pub algorithm: Algorithm,
	/// What its signer calls the key.
	pub key_id: Option<String>,
	/// The protected header as it was signed, in base64url.
	protected: String,
	/// R and S.
	bytes: [u8; LENGTH],
}

impl Signature {
	/// Reads an element of a card's `signatures`.
	pub fn read(entry: &Json) -> Result<Self, Error> {
		let protected = member(entry, "protected")?;
		let header = decode("protected", protected)?;
		let header = Json::parse(&header).map_err(Error::Header)?;
		check_headers(&header, entry.member("header"))?;
		let algorithm = header.member("alg").and_then(Json::as_text).ok_or(Error::NoAlgorithm)?;
		let algorithm = Algorithm::parse(algorithm)?;
		// The other members say where a key might be found. That is known here, and a library of A2A
		// writes `null` where it has nothing to say.
		let key_id = header.member("kid").and_then(Json::as_text).map(str::to_owned);
		let bytes = decode("signature", member(entry, "signature")?)?;
		let found = bytes.len();
		let bytes = bytes.try_into().map_err(|_| Error::Length { algorithm, found })?;
		Ok(Self { algorithm, key_id, protected: protected.to_owned(), bytes })
	}

	/// The first of `keys` that made it for `payload`.
	pub fn verify(&self, payload: &[u8], keys: &[CardKey]) -> Result<CardKey, Error> {
		let algorithm = self.algorithm;
		let message = signing_input(&self.protected, payload);
		let mut fitting = keys.iter().filter(|key| key.kind() == algorithm.key_kind()).peekable();
		if fitting.peek().is_none() {
			return Err(Error::NoKey { algorithm });
		}
		let maker = fitting.find(|key| self.is_by(key, message.as_bytes()));
		maker.copied().ok_or(Error::Mismatch { algorithm })
	}

	/// Whether `key` made it for `message`.
	fn is_by(&self, key: &CardKey, message: &[u8]) -> bool {
		match key {
			CardKey::Ed25519(key) => self.is_by_ed25519(key, message),
			CardKey::P256(key) => self.is_by_p256(key, message).is_ok(),
			CardKey::Secp256k1(key) => self.is_by_secp256k1(key, message).is_ok(),
		}
	}

	/// Strictly, so that no key of small order fits every message.
	fn is_by_ed25519(&self, key: &[u8; 32], message: &[u8]) -> bool {
		let signature = ed25519::Signature::from_bytes(&self.bytes);
		ed25519_dalek::VerifyingKey::from_bytes(key)
			.is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
	}

	fn is_by_p256(&self, key: &[u8], message: &[u8]) -> Result<(), p256::ecdsa::Error> {
		let signature = p256::ecdsa::Signature::from_slice(&self.bytes)?;
		p256::ecdsa::VerifyingKey::from_sec1_bytes(key)?.verify(message, &signature)
	}

	/// RFC 8812 leaves both signs of S valid, and k256 verifies the smaller one only.
	fn is_by_secp256k1(&self, key: &[u8], message: &[u8]) -> Result<(), k256::ecdsa::Error> {
		let signature = k256::ecdsa::Signature::from_slice(&self.bytes)?;
		let signature = signature.normalize_s().unwrap_or(signature);
		k256::ecdsa::VerifyingKey::from_sec1_bytes(key)?.verify(message, &signature)
	}
}

/// RFC 7515, section 5.1: what is signed. `protected` is encoded already.
pub fn signing_input(protected: &str, payload: &[u8]) -> String {
	format!("{protected}.{}", URL_SAFE_NO_PAD.encode(payload))
}

/// RFC 7515, sections 4 and 4.1.11: what holds for the headers together.
fn check_headers(protected: &Json, unprotected: Option<&Json>) -> Result<(), Error> {
	let Json::Object(members) = protected else { return Err(Error::NoObject("protected")) };
	let others = match unprotected {
		None => &[][..],
		Some(Json::Object(others)) => others,
		Some(_) => return Err(Error::NoObject("unprotected")),
	};
	// Nothing that `crit` can name is understood here, whatever it names and wherever it stands.
	if let Some((_, critical)) = members.iter().chain(others).find(|(name, _)| name == "crit") {
		return Err(Error::Critical(critical.canonical()));
	}
	match members.iter().find(|(name, _)| others.iter().any(|(other, _)| other == name)) {
		Some((name, _)) => Err(Error::Overlap(name.clone())),
		None => Ok(()),
	}
}

fn member<'a>(entry: &'a Json, name: &'static str) -> Result<&'a str, Error> {
	entry.member(name).and_then(Json::as_text).ok_or(Error::Member(name))
}

fn decode(member: &'static str, text: &str) -> Result<Vec<u8>, Error> {
	URL_SAFE_NO_PAD.decode(text).map_err(|reason| Error::Encoding { member, reason })
}

#[cfg(test)]
mod tests {
	use super::*;
	use p256::ecdsa::signature::Signer;

	/// RFC 7515, appendix A.3.1: header, payload and signature of the ES256 example.
	const ES256: [&str; 3] = [
		"eyJhbGciOiJFUzI1NiJ9",
		"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0\
		 cnVlfQ",
		"DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
	];

	/// RFC 7515, appendix A.3.1: x and y of its key.
	const ES256_KEY: [&str; 2] = [
		"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
		"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
	];

	/// RFC 8037, appendix A.4: header, payload and signature.
	const EDDSA: [&str; 3] = [
		"eyJhbGciOiJFZERTQSJ9",
		"RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
		"hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
	];

	/// RFC 8037, appendix A.2: the public key.
	const EDDSA_KEY: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

	fn bytes(base64: &str) -> Vec<u8> {
		URL_SAFE_NO_PAD.decode(base64).expect("the vector is base64url")
	}

	fn es256_key() -> CardKey {
		let [x, y] = ES256_KEY.map(bytes);
		let point = [&[4], &x[..], &y[..]].concat();
		let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).expect("it is a point");
		let compressed = key.to_encoded_point(true);
		CardKey::P256(compressed.as_bytes().try_into().expect("it is compressed"))
	}

	fn eddsa_key() -> CardKey {
		CardKey::Ed25519(bytes(EDDSA_KEY).try_into().expect("it has 32 bytes"))
	}

	fn text(value: impl Into<String>) -> Json {
		Json::Text(value.into())
	}

	/// A signature of these three parts; the second, its payload, is for the verification.
	fn entry([protected, _, signature]: [&str; 3]) -> Json {
		Json::Object(vec![
			("protected".into(), text(protected)),
			("signature".into(), text(signature)),
		])
	}

	fn verify(parts: [&str; 3], keys: &[CardKey]) -> Result<CardKey, Error> {
		Signature::read(&entry(parts))?.verify(&bytes(parts[1]), keys)
	}

	/// What reading a signature with this protected header comes to.
	fn read_with(header: &str) -> Result<Signature, Error> {
		Signature::read(&entry([&URL_SAFE_NO_PAD.encode(header), "", EDDSA[2]]))
	}

	#[test]
	fn signature_should_verify_when_it_is_the_es256_example_of_rfc_7515() {
		assert_eq!(verify(ES256, &[es256_key()]), Ok(es256_key()));
	}

	#[test]
	fn signature_should_verify_when_it_is_the_ed25519_example_of_rfc_8037() {
		assert_eq!(verify(EDDSA, &[es256_key(), eddsa_key()]), Ok(eddsa_key()));
	}

	/// RFC 8812 has no example, so this signature is made here, by the crate that checks it.
	#[test]
	fn signature_should_verify_with_either_sign_of_s() {
		let payload = b"{}";
		let protected = URL_SAFE_NO_PAD.encode(r#"{"alg":"ES256K"}"#);
		let message = signing_input(&protected, payload);
		let signer = k256::ecdsa::SigningKey::from_slice(&[7; 32]).expect("it is in the field");
		let point = signer.verifying_key().to_encoded_point(true);
		let key = CardKey::Secp256k1(point.as_bytes().try_into().expect("it is compressed"));
		let low: k256::ecdsa::Signature = signer.sign(message.as_bytes());
		let (r, s) = low.split_scalars();
		let high = k256::ecdsa::Signature::from_scalars(r, -s).expect("it is no zero");
		assert!(low.normalize_s().is_none() && high.normalize_s().is_some());

		for signature in [low, high] {
			let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
			let payload = URL_SAFE_NO_PAD.encode(payload);
			assert_eq!(verify([&protected, &payload, &signature], &[key]), Ok(key));
		}

		let [protected, payload, signature] = ES256;
		let signature = p256::ecdsa::Signature::from_slice(&bytes(signature)).expect("it is one");
		let (r, s) = signature.split_scalars();
		let other = p256::ecdsa::Signature::from_scalars(r, -s).expect("it is no zero");
		let other = URL_SAFE_NO_PAD.encode(other.to_bytes());
		assert_eq!(verify([protected, payload, &other], &[es256_key()]), Ok(es256_key()));
	}

	#[test]
	fn signature_should_fail_when_payload_header_or_signature_was_changed() {
		for (algorithm, example, key) in
			[(Algorithm::ES256, ES256, es256_key()), (Algorithm::EdDSA, EDDSA, eddsa_key())]
		{
			let [protected, payload, signature] = example;
			let spaced = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg": "{algorithm}"}}"#));
			let flipped = format!("A{}", signature.get(1..).expect("it is longer"));
			let empty = "A".repeat(86);
			for changed in [
				[protected, "e30", signature],
				[&spaced, payload, signature],
				[protected, payload, &flipped],
				[protected, payload, &empty],
			] {
				assert_eq!(verify(changed, &[key]), Err(Error::Mismatch { algorithm }));
			}
		}
	}

	#[test]
	fn signature_should_fail_when_no_key_of_its_kind_made_it() {
		assert_eq!(
			verify(ES256, &[eddsa_key()]),
			Err(Error::NoKey { algorithm: Algorithm::ES256 })
		);
		assert_eq!(verify(ES256, &[]), Err(Error::NoKey { algorithm: Algorithm::ES256 }));
		let other = p256::ecdsa::SigningKey::from_slice(&[7; 32]).expect("it is in the field");
		let other = other.verifying_key().to_encoded_point(true);
		let other = CardKey::P256(other.as_bytes().try_into().expect("it is compressed"));
		assert_eq!(verify(ES256, &[other]), Err(Error::Mismatch { algorithm: Algorithm::ES256 }));
		// The same bytes as a key of another curve, and bytes that are no point.
		let CardKey::P256(point) = es256_key() else { panic!("it is of P-256") };
		for wrong in [CardKey::Secp256k1(point), CardKey::P256([0; 33])] {
			assert!(verify(ES256, &[wrong]).is_err());
		}
		// Of several keys, the one that made it is found.
		assert_eq!(verify(ES256, &[other, eddsa_key(), es256_key()]), Ok(es256_key()));
	}

	#[test]
	fn signature_should_fail_when_a_key_of_small_order_would_fit_it() {
		// R and A are the neutral element and S is zero: 0 B = R + k A for every message.
		let mut neutral = [0; 32];
		neutral[0] = 1;
		let signature = URL_SAFE_NO_PAD.encode([neutral, [0; 32]].concat());
		let forged = [EDDSA[0], EDDSA[1], &signature];
		assert!(verify(forged, &[CardKey::Ed25519(neutral)]).is_err());
	}

	#[test]
	fn algorithms_should_be_refused_by_name() {
		for name in ["none", "HS256", "RS256", "ES384", "ES512", "PS256", "es256", "Ed448", ""] {
			let header = format!(r#"{{"alg":"{name}"}}"#);
			assert_eq!(read_with(&header), Err(Error::Algorithm(name.into())), "{name}");
		}
		assert_eq!(read_with("{}"), Err(Error::NoAlgorithm));
		assert_eq!(read_with(r#"{"alg":1}"#), Err(Error::NoAlgorithm));
		for name in ["EdDSA", "Ed25519"] {
			let signature = read_with(&format!(r#"{{"alg":"{name}","typ":"JOSE","kid":"one"}}"#));
			let signature = signature.expect("it is well formed");
			assert_eq!(signature.algorithm, Algorithm::EdDSA);
			assert_eq!(signature.key_id.as_deref(), Some("one"));
		}
	}

	#[test]
	fn headers_should_be_refused_when_malformed() {
		assert!(matches!(read_with("{"), Err(Error::Header(_))));
		assert!(matches!(read_with(r#"{"alg":"ES256","alg":"none"}"#), Err(Error::Header(_))));
		assert_eq!(read_with("[]"), Err(Error::NoObject("protected")));
	}

	/// RFC 7515, section 4.1.11, and for `b64` RFC 7797.
	#[test]
	fn critical_extensions_should_be_refused() {
		let header = r#"{"alg":"EdDSA","crit":["b64"],"b64":false}"#;
		assert_eq!(read_with(header), Err(Error::Critical(r#"["b64"]"#.into())));
		assert_eq!(
			read_with(r#"{"alg":"EdDSA","crit":[]}"#),
			Err(Error::Critical("[]".into())),
			"an empty list is not allowed either"
		);
	}

	#[test]
	fn unprotected_headers_should_add_nothing_that_counts() {
		let read_beside = |unprotected: Json| {
			let Json::Object(mut members) = entry(EDDSA) else { panic!("it is an object") };
			members.push(("header".into(), unprotected));
			Signature::read(&Json::Object(members))
		};
		let object = |name: &str, value| Json::Object(vec![(name.into(), value)]);

		let signature = read_beside(object("kid", text("mine"))).expect("it is well formed");
		assert_eq!(signature.key_id, None, "it is not signed");
		assert_eq!(read_beside(object("alg", text("none"))), Err(Error::Overlap("alg".into())));
		let critical = Json::List(vec![text("exp")]);
		assert!(matches!(read_beside(object("crit", critical)), Err(Error::Critical(_))));
		assert_eq!(read_beside(text("")), Err(Error::NoObject("unprotected")));

		let protected = URL_SAFE_NO_PAD.encode("{}");
		let outside = Json::Object(vec![
			("protected".into(), text(protected)),
			("signature".into(), text(EDDSA[2])),
			("header".into(), object("alg", text("EdDSA"))),
		]);
		assert_eq!(Signature::read(&outside), Err(Error::NoAlgorithm));
	}

	#[test]
	fn signatures_should_be_refused_when_malformed() {
		let [protected, payload, signature] = EDDSA;
		assert_eq!(Signature::read(&Json::Null), Err(Error::Member("protected")));
		let half = Json::Object(vec![("protected".into(), text(protected))]);
		assert_eq!(Signature::read(&half), Err(Error::Member("signature")));

		let padded = format!("{signature}==");
		let standard = signature.replace('-', "+").replace('_', "/");
		let spaced = format!(" {signature}");
		// The last character's low bits are no part of the signature, and must be zero.
		let trailing = format!("{}h", signature.get(..85).expect("it is longer"));
		for malformed in [&padded, &standard, &spaced, &trailing] {
			let error = verify([protected, payload, malformed], &[eddsa_key()]);
			assert!(
				matches!(error, Err(Error::Encoding { member: "signature", .. })),
				"{malformed}: {error:?}"
			);
		}
		let error = verify(["{}", payload, signature], &[eddsa_key()]);
		assert!(matches!(error, Err(Error::Encoding { member: "protected", .. })));

		// ECDSA signatures are often given in DER elsewhere.
		let der = p256::ecdsa::Signature::from_slice(&bytes(ES256[2])).expect("it is one").to_der();
		let der = URL_SAFE_NO_PAD.encode(der.as_bytes());
		let error = verify([ES256[0], ES256[1], &der], &[es256_key()]);
		assert!(matches!(error, Err(Error::Length { algorithm: Algorithm::ES256, .. })));
	}
}
