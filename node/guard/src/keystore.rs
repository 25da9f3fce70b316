//! A keystore that asks the guard.
//!
//! It implements every method of the SDK's trait that exists without features. With `bandersnatch-experimental` or
//! `bls-experimental` this does not compile, so that somebody decides about those, too.

use crate::{guard::Guard, record::Key, refused::Refused};
use sp_application_crypto::key_types::{BABE, GRANDPA};
use sp_core::{
	crypto::{ByteArray, CryptoTypeId, KeyTypeId},
	ecdsa, ed25519, sr25519,
};
use sp_keystore::{Error, Keystore, KeystorePtr};

/// A keystore around another one, which does not sign with BABE and GRANDPA keys what the guard refuses.
///
/// | key type | scheme | signs |
/// |---|---|---|
/// | `babe` | sr25519 | one header for each permit, proofs of possession, VRFs |
/// | `gran` | ed25519 | votes that the guard allows, proofs of possession |
/// | both | any other | nothing |
/// | any other | any | whatever it is asked to |
///
/// VRFs are free: what they say of a slot follows from key and slot, two of them for one slot are no offence, and no
/// transcript of theirs is a header's.
pub(crate) struct GuardedKeystore {
	inner: KeystorePtr,
	guard: Guard,
	/// Whether keys that must not be used now are left out.
	hides: bool,
}

impl GuardedKeystore {
	/// A keystore around `inner`.
	pub(crate) fn new(inner: KeystorePtr, guard: Guard, hides: bool) -> Self {
		Self { inner, guard, hides }
	}

	/// Whether whoever uses this keystore may know that it has this key.
	fn shows(&self, key_type: KeyTypeId, public: &[u8]) -> bool {
		!self.hides || guarded_key(key_type, public).is_none_or(|key| self.guard.is_visible(&key))
	}

	/// Refuses a scheme in which consensus does not sign with keys of this type.
	fn ensure_scheme(&self, key_type: KeyTypeId, scheme: CryptoTypeId) -> Result<(), Error> {
		let is_wrong = match key_type {
			BABE => scheme != sr25519::CRYPTO_ID,
			GRANDPA => scheme != ed25519::CRYPTO_ID,
			_ => false,
		};
		match is_wrong {
			true => self.guard.refuse(Refused::WrongScheme).map_err(error),
			false => Ok(()),
		}
	}

	/// Notes a key that was made here.
	///
	/// From a seed the SDK makes those of `--alice` and the like only. Everybody has these, so it is no use to wait until
	/// nobody does; and networks of them are to start at once, one node after the other.
	fn note(&self, key_type: KeyTypeId, public: &[u8]) {
		if let Some(key) = guarded_key(key_type, public) {
			self.guard.generated(key);
		}
	}
}

/// The key that is guarded, if these are of one.
fn guarded_key(key_type: KeyTypeId, public: &[u8]) -> Option<Key> {
	match key_type {
		BABE => Some(Key::Babe(sr25519::Public::from_slice(public).ok()?.into())),
		GRANDPA => Some(Key::Grandpa(ed25519::Public::from_slice(public).ok()?.into())),
		_ => None,
	}
}

fn error(refused: Refused) -> Error {
	Error::Other(refused.to_string())
}

impl Keystore for GuardedKeystore {
	fn sr25519_public_keys(&self, key_type: KeyTypeId) -> Vec<sr25519::Public> {
		let mut keys = self.inner.sr25519_public_keys(key_type);
		keys.retain(|key| self.shows(key_type, key));
		keys
	}

	fn sr25519_generate_new(
		&self,
		key_type: KeyTypeId,
		seed: Option<&str>,
	) -> Result<sr25519::Public, Error> {
		let public = self.inner.sr25519_generate_new(key_type, seed)?;
		if key_type == BABE {
			self.note(key_type, &public);
		}
		Ok(public)
	}

	fn sr25519_sign(
		&self,
		key_type: KeyTypeId,
		public: &sr25519::Public,
		message: &[u8],
	) -> Result<Option<sr25519::Signature>, Error> {
		self.ensure_scheme(key_type, sr25519::CRYPTO_ID)?;
		if key_type == BABE {
			self.guard.check_seal(&(*public).into(), message).map_err(error)?;
		}
		self.inner.sr25519_sign(key_type, public, message)
	}

	fn sr25519_vrf_sign(
		&self,
		key_type: KeyTypeId,
		public: &sr25519::Public,
		data: &sr25519::vrf::VrfSignData,
	) -> Result<Option<sr25519::vrf::VrfSignature>, Error> {
		self.ensure_scheme(key_type, sr25519::CRYPTO_ID)?;
		// BABE's author asks for nothing else to see whether a slot is its own, and then leaves it.
		if !self.shows(key_type, public) {
			return Ok(None);
		}
		self.inner.sr25519_vrf_sign(key_type, public, data)
	}

	fn sr25519_vrf_pre_output(
		&self,
		key_type: KeyTypeId,
		public: &sr25519::Public,
		input: &sr25519::vrf::VrfInput,
	) -> Result<Option<sr25519::vrf::VrfPreOutput>, Error> {
		self.ensure_scheme(key_type, sr25519::CRYPTO_ID)?;
		if !self.shows(key_type, public) {
			return Ok(None);
		}
		self.inner.sr25519_vrf_pre_output(key_type, public, input)
	}

	fn ed25519_public_keys(&self, key_type: KeyTypeId) -> Vec<ed25519::Public> {
		let mut keys = self.inner.ed25519_public_keys(key_type);
		keys.retain(|key| self.shows(key_type, key));
		keys
	}

	fn ed25519_generate_new(
		&self,
		key_type: KeyTypeId,
		seed: Option<&str>,
	) -> Result<ed25519::Public, Error> {
		let public = self.inner.ed25519_generate_new(key_type, seed)?;
		if key_type == GRANDPA {
			self.note(key_type, &public);
		}
		Ok(public)
	}

	fn ed25519_sign(
		&self,
		key_type: KeyTypeId,
		public: &ed25519::Public,
		message: &[u8],
	) -> Result<Option<ed25519::Signature>, Error> {
		self.ensure_scheme(key_type, ed25519::CRYPTO_ID)?;
		if key_type == GRANDPA {
			self.guard.check_vote(&(*public).into(), message).map_err(error)?;
		}
		self.inner.ed25519_sign(key_type, public, message)
	}

	fn ecdsa_public_keys(&self, key_type: KeyTypeId) -> Vec<ecdsa::Public> {
		self.inner.ecdsa_public_keys(key_type)
	}

	fn ecdsa_generate_new(
		&self,
		key_type: KeyTypeId,
		seed: Option<&str>,
	) -> Result<ecdsa::Public, Error> {
		self.inner.ecdsa_generate_new(key_type, seed)
	}

	fn ecdsa_sign(
		&self,
		key_type: KeyTypeId,
		public: &ecdsa::Public,
		message: &[u8],
	) -> Result<Option<ecdsa::Signature>, Error> {
		self.ensure_scheme(key_type, ecdsa::CRYPTO_ID)?;
		self.inner.ecdsa_sign(key_type, public, message)
	}

	fn ecdsa_sign_prehashed(
		&self,
		key_type: KeyTypeId,
		public: &ecdsa::Public,
		message: &[u8; 32],
	) -> Result<Option<ecdsa::Signature>, Error> {
		self.ensure_scheme(key_type, ecdsa::CRYPTO_ID)?;
		self.inner.ecdsa_sign_prehashed(key_type, public, message)
	}

	/// The key may be in use elsewhere, so it waits like one that was there at the start.
	fn insert(&self, key_type: KeyTypeId, suri: &str, public: &[u8]) -> Result<(), ()> {
		self.inner.insert(key_type, suri, public)
	}

	fn keys(&self, key_type: KeyTypeId) -> Result<Vec<Vec<u8>>, Error> {
		let mut keys = self.inner.keys(key_type)?;
		keys.retain(|key| self.shows(key_type, key));
		Ok(keys)
	}

	fn has_keys(&self, public_keys: &[(Vec<u8>, KeyTypeId)]) -> bool {
		public_keys.iter().all(|(public, key_type)| self.shows(*key_type, public))
			&& self.inner.has_keys(public_keys)
	}

	/// Schemes that the trait does not know by a method of their own reach the inner keystore for other key types only.
	fn sign_with(
		&self,
		key_type: KeyTypeId,
		scheme: CryptoTypeId,
		public: &[u8],
		message: &[u8],
	) -> Result<Option<Vec<u8>>, Error> {
		self.ensure_scheme(key_type, scheme)?;
		let malformed = |()| Error::ValidationError("the public key has another length".into());
		match key_type {
			BABE => {
				let public = sr25519::Public::from_slice(public).map_err(malformed)?;
				let signature = self.sr25519_sign(key_type, &public, message)?;
				Ok(signature.map(|signature| signature.to_raw_vec()))
			},
			GRANDPA => {
				let public = ed25519::Public::from_slice(public).map_err(malformed)?;
				let signature = self.ed25519_sign(key_type, &public, message)?;
				Ok(signature.map(|signature| signature.to_raw_vec()))
			},
			_ => self.inner.sign_with(key_type, scheme, public, message),
		}
	}
}

#[cfg(test)]
mod tests;
