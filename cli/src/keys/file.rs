//! Encrypted key files, in the format that polkadot-js and the wallets around it export and import:
//! JSON with `encoding.version` 3.
//!
//! Reading is subxt-signer's; writing is here. The layout is that of `jsonEncryptFormat` and
//! `encodePair` in polkadot-js/common, packages util-crypto and keyring.

use super::{Error, KeyName, Password, Phrase};
use base64::{engine::general_purpose::STANDARD as BASE64, Engine};
use crypto_secretbox::{
	aead::{Aead, KeyInit},
	Key, Nonce, XSalsa20Poly1305,
};
use serde::{Deserialize, Serialize};
use sp_core::{crypto::Pair, sr25519};
use std::{path::Path, time::SystemTime};
use subxt::utils::AccountId32;
use subxt_signer::{polkadot_js_compat, sr25519::Keypair};
use zeroize::Zeroizing;

/// The scrypt cost: N = 2^17, which takes 128 MiB and about half a second, the strongest of those
/// that wallets accept and polkadot-js's default.
const SCRYPT_LOG_N: u8 = 17;
/// Scrypt's block size.
const SCRYPT_R: u32 = 8;
/// Scrypt's parallelism.
const SCRYPT_P: u32 = 1;

const SALT_LENGTH: usize = 32;
const NONCE_LENGTH: usize = 24;
const SECRET_LENGTH: usize = 64;
const SCALAR_LENGTH: usize = 32;

/// What stands before the secret key: the head of a PKCS #8 document.
const PKCS8_HEADER: [u8; 16] = [48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
/// What stands between the secret and the public key.
const PKCS8_DIVIDER: [u8; 5] = [161, 35, 3, 33, 0];

/// How many bytes `encoded` has: salt, three scrypt parameters, nonce, tag, and what is encrypted.
const ENCODED_LENGTH: usize = SALT_LENGTH + 3 * 4 + NONCE_LENGTH + 16 + PLAINTEXT_LENGTH;
/// How many bytes are encrypted: both keys with what polkadot-js puts around them.
const PLAINTEXT_LENGTH: usize = PKCS8_HEADER.len() + SECRET_LENGTH + PKCS8_DIVIDER.len() + 32;

/// A key before it is encrypted.
pub struct Secret {
	/// The sr25519 secret key, in the form of an expanded ed25519 key.
	secret: Zeroizing<[u8; SECRET_LENGTH]>,
	public: [u8; 32],
}

impl Secret {
	/// The key that `phrase` stands for.
	pub fn from_phrase(phrase: &Phrase) -> Result<Self, Error> {
		Ok(Self::from_pair(&phrase.to_pair()?))
	}

	/// The key `pair`.
	pub fn from_pair(pair: &sr25519::Pair) -> Self {
		let secret = Zeroizing::new(pair.as_ref().secret.to_ed25519_bytes());
		Self { secret, public: pair.public().0 }
	}

	/// The half of it that the public key is made from.
	pub fn scalar(&self) -> SecretScalar {
		let mut scalar = Zeroizing::new([0; SCALAR_LENGTH]);
		scalar.copy_from_slice(&self.secret[..SCALAR_LENGTH]);
		SecretScalar(scalar)
	}
}

/// The first half of a secret key, as key files have it: the scalar that the public key is made
/// from, times 8, in little endian.
///
/// Everybody who has a key has the same one. The other half differs between two derivations of one
/// key if their path is a soft one.
pub struct SecretScalar(Zeroizing<[u8; SCALAR_LENGTH]>);

impl SecretScalar {
	/// The bytes themselves.
	pub fn expose(&self) -> &[u8; SCALAR_LENGTH] {
		&self.0
	}
}

/// A key file's content.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyFile {
	encoded: String,
	encoding: Encoding,
	address: AccountId32,
	/// What wallets note about the key; ours is its name and when it was made.
	#[serde(default)]
	meta: serde_json::Value,
}

/// How the content is encrypted.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Encoding {
	content: Vec<String>,
	r#type: Vec<String>,
	version: String,
}

impl KeyFile {
	/// Encrypts `secret` with `password`.
	pub fn encrypt(name: &KeyName, secret: &Secret, password: &Password) -> Result<Self, Error> {
		let mut salt = [0; SALT_LENGTH];
		let mut nonce = Nonce::default();
		getrandom::fill(&mut salt).map_err(Error::Random)?;
		getrandom::fill(&mut nonce).map_err(Error::Random)?;

		let key = derive_key(password, &salt, SCRYPT_LOG_N, [SCRYPT_R, SCRYPT_P])?;
		let plaintext = Zeroizing::new(
			[&PKCS8_HEADER[..], &secret.secret[..], &PKCS8_DIVIDER, &secret.public].concat(),
		);
		let ciphertext = XSalsa20Poly1305::new(Key::from_slice(&*key))
			.encrypt(&nonce, plaintext.as_slice())
			.map_err(|reason| Error::Encrypt(reason.to_string()))?;

		let parameters = [1 << SCRYPT_LOG_N, SCRYPT_P, SCRYPT_R].map(u32::to_le_bytes).concat();
		let encoded = [&salt[..], &parameters, &nonce, &ciphertext].concat();
		Ok(Self {
			encoded: BASE64.encode(encoded),
			encoding: Encoding {
				content: vec!["pkcs8".into(), "sr25519".into()],
				r#type: vec!["scrypt".into(), "xsalsa20-poly1305".into()],
				version: "3".into(),
			},
			address: AccountId32(secret.public),
			meta: serde_json::json!({ "name": name, "whenCreated": milliseconds_since_1970() }),
		})
	}

	/// Reads the content of the file at `path`.
	pub fn parse(path: &Path, json: &str) -> Result<Self, Error> {
		let malformed = |reason: String| Error::Malformed { path: path.to_owned(), reason };
		let file: Self =
			serde_json::from_str(json).map_err(|reason| malformed(reason.to_string()))?;
		let encoded =
			BASE64.decode(&file.encoded).map_err(|reason| malformed(reason.to_string()))?;
		if encoded.len() != ENCODED_LENGTH {
			let length = encoded.len();
			let reason =
				format!("it holds {length} bytes, not the {ENCODED_LENGTH} of an sr25519 key");
			return Err(malformed(reason));
		}
		Ok(file)
	}

	/// Decrypts the key; `path` is for errors.
	pub fn decrypt(&self, path: &Path, password: &Password) -> Result<Keypair, Error> {
		polkadot_js_compat::decrypt_json(&self.to_json(), password.expose())
			.map_err(|reason| Error::decrypt(path.to_owned(), reason))
	}

	/// Decrypts the secret key's own bytes, which no signature shows; `path` is for errors.
	pub fn decrypt_secret(&self, path: &Path, password: &Password) -> Result<Secret, Error> {
		let encoded = BASE64.decode(&self.encoded).unwrap_or_default();
		self.open(&encoded, password).ok_or_else(|| Error::Decrypt { path: path.to_owned() })
	}

	/// What `encoded`, of the length that was checked before, opens to. Nothing with another
	/// password, or under parameters that scrypt does not take.
	fn open(&self, encoded: &[u8], password: &Password) -> Option<Secret> {
		let (salt, rest) = encoded.split_at_checked(SALT_LENGTH)?;
		let (parameters, rest) = rest.split_at_checked(3 * 4)?;
		let (nonce, ciphertext) = rest.split_at_checked(NONCE_LENGTH)?;
		let number = |place: usize| {
			let bytes = parameters.get(place * 4..)?.first_chunk()?;
			Some(u32::from_le_bytes(*bytes))
		};
		let (cost, p, r) = (number(0)?, number(1)?, number(2)?);
		let log_n = u8::try_from(cost.checked_ilog2()?).ok()?;
		let key = derive_key(password, salt, log_n, [r, p]).ok()?;
		let plaintext = XSalsa20Poly1305::new(Key::from_slice(&*key))
			.decrypt(Nonce::from_slice(nonce), ciphertext)
			.map(Zeroizing::new)
			.ok()?;
		let (secret, public) = plaintext.get(PKCS8_HEADER.len()..)?.split_first_chunk()?;
		let public = public.get(PKCS8_DIVIDER.len()..)?.first_chunk()?;
		Some(Secret { secret: Zeroizing::new(*secret), public: *public })
	}

	/// The account that the key signs for.
	pub fn address(&self) -> AccountId32 {
		self.address
	}

	/// The content as a wallet imports it.
	pub fn to_json(&self) -> String {
		serde_json::json!(self).to_string()
	}
}

/// Stretches a password into the key that encrypts, by scrypt with N = 2^`log_n`.
fn derive_key(
	password: &Password,
	salt: &[u8],
	log_n: u8,
	[r, p]: [u32; 2],
) -> Result<Zeroizing<[u8; 32]>, Error> {
	let encrypt = |reason: &dyn std::fmt::Display| Error::Encrypt(reason.to_string());
	let mut key = Zeroizing::new([0; 32]);
	let parameters =
		scrypt::Params::new(log_n, r, p, key.len()).map_err(|reason| encrypt(&reason))?;
	scrypt::scrypt(password.expose().as_bytes(), salt, &parameters, &mut *key)
		.map_err(|reason| encrypt(&reason))?;
	Ok(key)
}

/// For information only: a clock before 1970 counts as 1970.
fn milliseconds_since_1970() -> u64 {
	let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
	elapsed.as_millis().try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
	use super::*;
	use subxt_signer::DEV_PHRASE;

	/// From subxt-signer's tests: Alice as polkadot-js exported her, under the password `whoisalice`.
	const ALICE: &str = r#"{
		"encoded": "DumgApKCTqoCty1OZW/8WS+sgo6RdpHhCwAkA2IoDBMAgAAAAQAAAAgAAAB6IG/q24EeVf0JqWqcBd5m2tKq5BlyY84IQ8oamLn9DZe9Ouhgunr7i36J1XxUnTI801axqL/ym1gil0U8440Qvj0lFVKwGuxq38zuifgoj0B3Yru0CI6QKEvQPU5xxj4MpyxdSxP+2PnTzYao0HDH0fulaGvlAYXfqtU89xrx2/z9z7IjSwS3oDFPXRQ9kAdDebtyCVreZ9Otw9v3",
		"encoding": {
			"content": ["pkcs8", "sr25519"],
			"type": ["scrypt", "xsalsa20-poly1305"],
			"version": "3"
		},
		"address": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
		"meta": { "genesisHash": "", "name": "Alice", "whenCreated": 1718265838755 }
	}"#;

	fn password(text: &str) -> Password {
		Password::new(text.to_owned().into()).expect("it is not empty")
	}

	#[test]
	fn keys_should_survive_encryption() {
		for path in ["", "//hard", "//hard/soft"] {
			let phrase = Phrase::parse(&format!("{DEV_PHRASE}{path}")).expect("it is a phrase");
			let secret = Secret::from_phrase(&phrase).expect("the path is well formed");
			let name = "agent".parse().expect("it is a name");
			let file = KeyFile::encrypt(&name, &secret, &password("ünlock")).expect("it encrypts");

			let read = KeyFile::parse(Path::new("agent.json"), &file.to_json()).expect("it parses");
			let key = read.decrypt(Path::new("agent.json"), &password("ünlock"));

			let expected = phrase.to_pair().expect("the path is well formed").public().0;
			assert_eq!(key.expect("it decrypts").public_key().0, expected, "{path}");
			assert_eq!(read.address(), AccountId32(expected));
		}
	}

	#[test]
	fn files_of_other_wallets_should_decrypt() {
		let path = Path::new("alice.json");
		let file = KeyFile::parse(path, ALICE).expect("polkadot-js wrote it");
		let key = file.decrypt(path, &password("whoisalice")).expect("the password is right");
		assert_eq!(key.public_key().to_account_id(), file.address());
	}

	/// The first half of the SHA-512 of Alice's seed, which begins with 0xe5be9a50, with bits set and
	/// cleared as in RFC 8032, section 5.1.5.
	const ALICE_SCALAR: &str = "98319d4ff8a9508c4bb0cf0b5a78d760a0b2082c02775e6e82370816fedfff48";

	#[test]
	fn secrets_should_be_the_same_in_a_wallets_file_and_behind_a_phrase() {
		let path = Path::new("alice.json");
		let file = KeyFile::parse(path, ALICE).expect("polkadot-js wrote it");
		let from_file = file.decrypt_secret(path, &password("whoisalice"));
		let from_file = from_file.expect("the password is right");
		assert_eq!(hex::encode(from_file.scalar().expose()), ALICE_SCALAR);
		assert_eq!(AccountId32(from_file.public), file.address());

		let phrase = Phrase::parse(&format!("{DEV_PHRASE}//Alice")).expect("it is a phrase");
		let from_phrase = Secret::from_phrase(&phrase).expect("the path is well formed");
		assert_eq!(hex::encode(from_phrase.scalar().expose()), ALICE_SCALAR);
		let wrong = file.decrypt_secret(path, &password("whoisbob"));
		assert!(matches!(wrong, Err(Error::Decrypt { .. })));
	}

	#[test]
	fn scalars_should_be_the_same_however_often_a_soft_path_is_derived() {
		let phrase = Phrase::parse(&format!("{DEV_PHRASE}//Alice/soft")).expect("it is a phrase");
		let [one, other] =
			[(); 2].map(|()| Secret::from_phrase(&phrase).expect("the path is well formed"));
		assert_eq!(one.scalar().expose(), other.scalar().expose());
		assert_ne!(one.secret[SCALAR_LENGTH..], other.secret[SCALAR_LENGTH..], "it is random");
	}

	#[test]
	fn files_should_stay_shut_when_the_password_is_wrong() {
		let path = Path::new("alice.json");
		let file = KeyFile::parse(path, ALICE).expect("polkadot-js wrote it");
		assert!(matches!(file.decrypt(path, &password("whoisbob")), Err(Error::Decrypt { .. })));
	}

	#[test]
	fn files_should_be_refused_when_damaged() {
		let short = ALICE.replace("DumgApKCTqoCty1OZW/8WS+sgo6RdpHhCwAkA2Io", "");
		let no_base64 = ALICE.replace("Dumg", "####");
		for json in ["", "{}", &short, &no_base64] {
			let file = KeyFile::parse(Path::new("alice.json"), json);
			assert!(matches!(file, Err(Error::Malformed { .. })), "{json}");
		}
	}
}
