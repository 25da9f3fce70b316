//! Signing agent cards with a key in a PEM file, as OpenSSL writes it.

use super::{
	json::Json,
	signature::{self, Algorithm, Signature},
	Card, CardKey, ParseError, SIGNATURES,
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use p256::{
	ecdsa::signature::Signer as _,
	pkcs8::{self, ObjectIdentifier, PrivateKeyInfo, SecretDocument},
};
use serde_json::{json, Value};

/// RFC 5280, section 4.1 with RFC 5480: keys of elliptic curves.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// RFC 5480, section 2.1.1.1.
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

/// SEC 2, section A.2.1.
const SECP256K1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.10");

/// RFC 8410, section 3.
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// Why a card could not be signed.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
	/// The card is none.
	#[error("the card is wrong: {0}")]
	Card(#[from] ParseError),
	/// The file has no key that is understood.
	#[error(
		"the key file is no unencrypted PKCS#8 in PEM ({0}); `openssl genpkey -algorithm ed25519 \
		 -out card-key.pem` makes one, and `openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW` \
		 converts others"
	)]
	KeyFile(pkcs8::Error),
	/// The key is of another kind.
	#[error("the key file's key is neither Ed25519 nor P-256 nor secp256k1; make one that is")]
	KeyKind,
}

/// A key that signs cards.
pub enum Signer {
	/// Signs with EdDSA.
	Ed25519(Box<ed25519_dalek::SigningKey>),
	/// Signs with ES256.
	P256(p256::ecdsa::SigningKey),
	/// Signs with ES256K.
	Secp256k1(k256::ecdsa::SigningKey),
}

/// A card with its new signature.
pub struct SignedCard {
	/// How it was signed.
	pub algorithm: Algorithm,
	/// The public key, as it is enrolled on chain.
	pub key: CardKey,
	/// What the signature calls the key.
	pub key_id: String,
	/// Whether A2A's libraries would canonicalize the card otherwise.
	pub has_empty_members: bool,
	/// The card with all its signatures.
	pub card: Value,
}

impl SignedCard {
	/// The card as people read it.
	pub fn to_json(&self) -> String {
		format!("{:#}", self.card)
	}
}

impl Signer {
	/// Reads an unencrypted PKCS#8 key in PEM (RFC 5958, RFC 7468).
	pub fn from_pem(pem: &str) -> Result<Self, SigningError> {
		let (_, document) =
			SecretDocument::from_pem(pem).map_err(|error| SigningError::KeyFile(error.into()))?;
		let info = PrivateKeyInfo::try_from(document.as_bytes()).map_err(SigningError::KeyFile)?;
		let curve = info.algorithm.parameters_oid().ok();
		let signer = match (info.algorithm.oid, curve) {
			// RFC 8410, section 7: an OCTET STRING within the OCTET STRING.
			(ED25519, None) => match info.private_key {
				[4, 32, secret @ ..] => secret.try_into().ok().map(Self::ed25519),
				_ => None,
			},
			(EC, Some(P256)) => ec_secret(info.private_key).and_then(Self::p256),
			(EC, Some(SECP256K1)) => ec_secret(info.private_key).and_then(Self::secp256k1),
			_ => None,
		};
		signer.ok_or(SigningError::KeyKind)
	}

	/// The key with this secret of RFC 8032.
	pub fn ed25519(secret: &[u8; 32]) -> Self {
		Self::Ed25519(Box::new(secret.into()))
	}

	/// The key with this secret number, unless it is out of range.
	pub fn p256(secret: &[u8; 32]) -> Option<Self> {
		p256::ecdsa::SigningKey::from_slice(secret).ok().map(Self::P256)
	}

	/// The key with this secret number, unless it is out of range.
	pub fn secp256k1(secret: &[u8; 32]) -> Option<Self> {
		k256::ecdsa::SigningKey::from_slice(secret).ok().map(Self::Secp256k1)
	}

	/// The public key.
	pub fn public(&self) -> CardKey {
		/// Copies a compressed point, which always has this length.
		fn point(bytes: &[u8]) -> [u8; 33] {
			bytes.try_into().unwrap_or([0; 33])
		}
		match self {
			Self::Ed25519(key) => CardKey::Ed25519(key.verifying_key().to_bytes()),
			Self::P256(key) => {
				CardKey::P256(point(key.verifying_key().to_encoded_point(true).as_bytes()))
			},
			Self::Secp256k1(key) => {
				CardKey::Secp256k1(point(key.verifying_key().to_encoded_point(true).as_bytes()))
			},
		}
	}

	/// Signs the card in `bytes`. The new signature replaces those with the same key id, which is
	/// `key_id`, or else the key's name on chain.
	pub fn sign(
		&self,
		bytes: &[u8],
		key_id: Option<&str>,
		key_set_url: Option<&str>,
	) -> Result<SignedCard, SigningError> {
		let card = Card::parse(bytes)?;
		let (algorithm, key) = (self.algorithm(), self.public());
		let key_id = key_id.map_or_else(|| key.to_string(), str::to_owned);
		let mut header = json!({ "alg": algorithm, "typ": "JOSE", "kid": key_id });
		if let (Some(members), Some(url)) = (header.as_object_mut(), key_set_url) {
			members.insert("jku".into(), url.into());
		}
		let protected = URL_SAFE_NO_PAD.encode(header.to_string());
		let payload = card.payload();
		let message = signature::signing_input(&protected, payload.as_bytes());
		let signature = URL_SAFE_NO_PAD.encode(self.sign_bytes(message.as_bytes()));
		let mut signatures = others(&card, &key_id);
		signatures.push(json!({ "protected": protected, "signature": signature }));
		let mut signed = card.content.to_value();
		if let Some(members) = signed.as_object_mut() {
			members.insert(SIGNATURES.into(), signatures.into());
		}
		let has_empty_members = payload != card.payload_without_empty();
		Ok(SignedCard { algorithm, key, key_id, has_empty_members, card: signed })
	}

	fn algorithm(&self) -> Algorithm {
		match self {
			Self::Ed25519(_) => Algorithm::EdDSA,
			Self::P256(_) => Algorithm::ES256,
			Self::Secp256k1(_) => Algorithm::ES256K,
		}
	}

	/// Needs no random numbers: RFC 8032, RFC 6979.
	fn sign_bytes(&self, message: &[u8]) -> Vec<u8> {
		match self {
			Self::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
			Self::P256(key) => {
				let signature: p256::ecdsa::Signature = key.sign(message);
				signature.to_bytes().to_vec()
			},
			Self::Secp256k1(key) => {
				let signature: k256::ecdsa::Signature = key.sign(message);
				signature.to_bytes().to_vec()
			},
		}
	}
}

/// RFC 5915, section 3: the secret number of a key in DER.
fn ec_secret(der: &[u8]) -> Option<&[u8; 32]> {
	match der {
		// A SEQUENCE of the INTEGER 1, an OCTET STRING, and what does not matter.
		[0x30, _, 2, 1, 1, 4, 32, rest @ ..] => rest.first_chunk(),
		_ => None,
	}
}

/// The signatures of `card` that do not call their key `key_id`.
fn others(card: &Card, key_id: &str) -> Vec<Value> {
	let Some(Json::List(entries)) = &card.signatures else { return Vec::new() };
	let is_ours = |entry: &Json| {
		Signature::read(entry).is_ok_and(|signature| signature.key_id.as_deref() == Some(key_id))
	};
	entries.iter().filter(|entry| !is_ours(entry)).map(Json::to_value).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::card::{check, check::StepResult, Registered};

	/// RFC 8410, section 10.3: the first example of a private key.
	const ED25519_PEM: &str = "-----BEGIN PRIVATE KEY-----\n\
		MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
		-----END PRIVATE KEY-----\n";

	/// RFC 8410, section 10.1: the public key that belongs to it.
	const ED25519_PUBLIC: &str =
		"ed25519:0x19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

	/// Made with `openssl genpkey -algorithm EC`; the public keys with `openssl ec -pubout`.
	const EC_PEMS: [(&str, &str); 2] = [
		(
			"-----BEGIN PRIVATE KEY-----\n\
			MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZti8UrDP68T8BLMd\n\
			JcGQAaq1Gm0JQt41OJvt/vUqKmChRANCAAS3r9wc1gA9sUseQyBZl4SN03ZzrjsF\n\
			6BglUiPx6yhHItI6uLCeOHBxdqgzMhAxIT2w5InfXF7Kg1oExIiwsMet\n\
			-----END PRIVATE KEY-----\n",
			"p256:0x03b7afdc1cd6003db14b1e43205997848dd37673ae3b05e818255223f1eb284722",
		),
		(
			"-----BEGIN PRIVATE KEY-----\n\
			MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgPWVDXP/XsDX0/0yAyQDj\n\
			DanJnp5H9CLPB/uQdX0K1cWhRANCAASV3XOquC4ay9yVI8nx30vHmhwe8x5/jBmD\n\
			23M/K2O9YJ/sa1bSkBg0quJmSsJvUtUAYeClPxrBhDeNRxvD0Uir\n\
			-----END PRIVATE KEY-----\n",
			"secp256k1:0x0395dd73aab82e1acbdc9523c9f1df4bc79a1c1ef31e7f8c1983db733f2b63bd60",
		),
	];

	const CARD: &str = r#"{ "name": "a", "pi": 3.10, "skills": [ { "id": 1 } ] }"#;

	fn is_good(card: &Value, signers: &[&Signer]) -> bool {
		let card = card.to_string();
		let hash = Card::parse(CARD.as_bytes()).expect("it is a card").hash();
		let keys = signers.iter().map(|signer| signer.public()).collect();
		let checked = check(card.as_bytes(), Some(&Registered { hash, keys }), true);
		checked.steps.iter().all(|step| step.result == StepResult::Ok)
	}

	#[test]
	fn keys_should_be_read_from_pem() {
		for (pem, public) in [(ED25519_PEM, ED25519_PUBLIC)].into_iter().chain(EC_PEMS) {
			let signer = Signer::from_pem(pem).expect("it is a key");
			assert_eq!(signer.public().to_string(), public);
		}
	}

	#[test]
	fn keys_should_be_refused_when_they_are_none() {
		let empty = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
		for pem in ["", "card", ED25519_PUBLIC, empty] {
			assert!(matches!(Signer::from_pem(pem), Err(SigningError::KeyFile(_))), "{pem}");
		}
		// An X25519 key, 1.3.101.110, is no signing key.
		let other = ED25519_PEM.replace("MC4CAQAwBQYDK2Vw", "MC4CAQAwBQYDK2Vu");
		assert!(matches!(Signer::from_pem(&other), Err(SigningError::KeyKind)));
	}

	#[test]
	fn signed_cards_should_pass_the_check() {
		let signers = [
			Signer::ed25519(&[7; 32]),
			Signer::p256(&[7; 32]).expect("it is in the field"),
			Signer::secp256k1(&[7; 32]).expect("it is in the field"),
		];
		let mut card = CARD.to_owned();
		for signer in &signers {
			let signed = signer.sign(card.as_bytes(), None, None).expect("it is a card");
			assert!(!signed.has_empty_members);
			assert_eq!(signed.key_id, signer.public().to_string());
			card = signed.to_json();
		}
		let card = serde_json::from_str(&card).expect("it is JSON");
		assert!(is_good(&card, &signers.iter().collect::<Vec<_>>()), "{card:#}");
	}

	#[test]
	fn signature_should_replace_the_one_with_the_same_key_id() {
		let [old, new] = [Signer::ed25519(&[1; 32]), Signer::ed25519(&[2; 32])];
		let sign = |signer: &Signer, card: &Value| {
			let card = card.to_string();
			signer.sign(card.as_bytes(), Some("main"), None).expect("it is a card").card
		};
		let card = serde_json::from_str(CARD).expect("it is JSON");
		let card = sign(&new, &sign(&old, &card));
		assert_eq!(card[SIGNATURES].as_array().map(Vec::len), Some(1));
		assert!(is_good(&card, &[&new]), "{card:#}");
	}

	#[test]
	fn protected_header_should_be_what_a2a_asks_for() {
		let signer = Signer::p256(&[7; 32]).expect("it is in the field");
		let url = "https://a.example/jwks.json";
		let signed = signer.sign(b"{\"a\":[]}", Some("key-1"), Some(url)).expect("it is a card");
		assert!(signed.has_empty_members);
		let protected = signed.card[SIGNATURES][0]["protected"].as_str().expect("it is text");
		let header = URL_SAFE_NO_PAD.decode(protected).expect("it is base64url");
		let header: Value = serde_json::from_slice(&header).expect("it is JSON");
		assert_eq!(header, json!({ "alg": "ES256", "typ": "JOSE", "kid": "key-1", "jku": url }));
	}
}
