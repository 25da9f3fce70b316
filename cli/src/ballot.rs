//! A juror's vote: what it says, what it is about, and the salt that hides it until it is revealed.
//!
//! The salt is made from the juror's own secret, so that whoever has the key can reveal, and nothing
//! else has to be kept. It is the Blake2b-256 hash (RFC 7693) with the [`SecretScalar`] of the key as
//! its key, of these bytes:
//!
//! | bytes | |
//! |---|---|
//! | 21 | [`SALT_CONTEXT`] |
//! | 32 | hash of the chain's first block |
//! | 8 | the case's id, little endian |
//! | 1 | the round |
//! | 1 | 1 if the round's first jury stayed silent and this is its second, else 0 |
//! | 32 | the juror's account |
//!
//! A signature of sr25519 could not be the source, since it is another one each time. Two juries of
//! one round, and two jurors for whom one proxy votes, have salts of their own, because the salt of
//! one vote may be known before the other is secret no more.
//!
//! Where the key that commits is not the one that will reveal, a file keeps a random salt instead.

use crate::{
	digest::Hash,
	keys::{self, SecretScalar},
	quantity::Tenths,
};
use aitbc_core::CaseId;
use serde::{Deserialize, Serialize};
use std::{
	fmt,
	fs::{self, File},
	io::{self, Write},
	path::{Path, PathBuf},
	str::FromStr,
};
use subxt::utils::AccountId32;
use zeroize::Zeroizing;

/// The first bytes of what a salt is the hash of.
pub const SALT_CONTEXT: &[u8; 21] = b"aitbc/dispute/salt/01";

/// How long a salt is, in bytes.
const SALT_LENGTH: usize = 32;

/// What a juror says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
	/// This share is the client's.
	ClientTenths(Tenths),
	/// The case cannot be decided.
	Refuse,
}

impl Choice {
	/// Everything that a juror can say.
	pub fn every() -> impl Iterator<Item = Self> {
		Tenths::every().map(Self::ClientTenths).chain([Self::Refuse])
	}
}

impl fmt::Display for Choice {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::ClientTenths(tenths) => f.pad(&format!("{tenths} for the client")),
			Self::Refuse => f.pad("refuses to decide"),
		}
	}
}

impl From<Choice> for aitbc_core::Choice {
	fn from(choice: Choice) -> Self {
		match choice {
			Choice::ClientTenths(tenths) => {
				let share = aitbc_core::Tenths::new(tenths.get());
				Self::ClientShare(share.unwrap_or(aitbc_core::Tenths::ALL))
			},
			Choice::Refuse => Self::Refuse,
		}
	}
}

/// What hides a vote.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt(Zeroizing<[u8; SALT_LENGTH]>);

/// Why a text is no salt.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no salt: write `0x` and 64 hexadecimal digits")]
pub struct ParseSaltError;

impl Salt {
	/// The salt of the vote on `paper` by who has `secret`.
	pub fn derive(paper: &Paper, secret: &SecretScalar) -> Self {
		let hash = blake2b_simd::Params::new()
			.hash_length(SALT_LENGTH)
			.key(secret.expose())
			.to_state()
			.update(SALT_CONTEXT)
			.update(&paper.genesis.0)
			.update(&paper.case.to_le_bytes())
			.update(&[paper.round, u8::from(paper.redrawn)])
			.update(&paper.juror.0)
			.finalize();
		let mut salt = Zeroizing::new([0; SALT_LENGTH]);
		salt.copy_from_slice(hash.as_bytes());
		Self(salt)
	}

	/// A salt that nobody can know.
	pub fn random() -> Result<Self, Error> {
		let mut salt = Zeroizing::new([0; SALT_LENGTH]);
		getrandom::fill(&mut *salt).map_err(Error::Random)?;
		Ok(Self(salt))
	}

	/// The salt itself, for who shows the vote.
	pub fn expose(&self) -> [u8; SALT_LENGTH] {
		*self.0
	}

	fn to_hex(&self) -> Zeroizing<String> {
		Zeroizing::new(format!("0x{}", hex::encode(*self.0)))
	}
}

/// Salts are not shown.
impl fmt::Debug for Salt {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("Salt(..)")
	}
}

impl FromStr for Salt {
	type Err = ParseSaltError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let digits = text.strip_prefix("0x").ok_or(ParseSaltError)?;
		let mut salt = Zeroizing::new([0; SALT_LENGTH]);
		hex::decode_to_slice(digits, &mut *salt).map_err(|_| ParseSaltError)?;
		Ok(Self(salt))
	}
}

/// On what a juror votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
	/// The hash of the chain's first block.
	pub genesis: Hash,
	/// The case.
	pub case: u64,
	/// The round.
	pub round: u8,
	/// Whether the round's first jury stayed silent, so that this is its second.
	pub redrawn: bool,
	/// Who votes.
	pub juror: AccountId32,
}

impl Paper {
	/// What a juror commits to that says `choice`.
	pub fn commitment(&self, choice: Choice, salt: &Salt) -> Hash {
		let vote = aitbc_core::Vote {
			genesis: self.genesis.0.into(),
			case: CaseId(self.case),
			round: aitbc_core::Round(self.round),
			juror: aitbc_core::AccountId::new(self.juror.0),
			choice: choice.into(),
			salt: aitbc_core::Salt(salt.expose()),
		};
		Hash(vote.commitment().0)
	}

	/// What was said by who committed to `commitment` with `salt`, if this salt is that one.
	pub fn open(&self, commitment: Hash, salt: &Salt) -> Option<Choice> {
		Choice::every().find(|choice| self.commitment(*choice, salt) == commitment)
	}
}

/// A salt in a file, and the vote that it is for.
#[derive(Serialize, Deserialize)]
struct SaltFile {
	genesis: Hash,
	case: u64,
	round: u8,
	redrawn: bool,
	juror: AccountId32,
	salt: Zeroizing<String>,
}

impl SaltFile {
	fn new(paper: Paper, salt: &Salt) -> Self {
		let Paper { genesis, case, round, redrawn, juror } = paper;
		Self { genesis, case, round, redrawn, juror, salt: salt.to_hex() }
	}

	fn paper(&self) -> Paper {
		let Self { genesis, case, round, redrawn, juror, .. } = *self;
		Paper { genesis, case, round, redrawn, juror }
	}
}

/// What can go wrong with a salt's file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// It cannot be read, or others can read it.
	#[error(transparent)]
	Keys(#[from] keys::Error),
	/// It cannot be written.
	#[error(
		"cannot write the salt to `{path}`: {source}; name a new file in a folder that you can write to",
		path = path.display()
	)]
	Unwritable {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// It has something else in it.
	#[error(
		"`{path}` holds no salt: {reason}; name the file that `aitbc dispute commit --salt-file` wrote",
		path = path.display()
	)]
	Malformed {
		/// Its path.
		path: PathBuf,
		/// What is wrong with it.
		reason: String,
	},
	/// It has the salt of another vote.
	#[error(
		"`{path}` holds the salt of another vote: of {juror} in round {round} of case {case}; name the \
		 file of this one",
		path = path.display()
	)]
	OfAnother {
		/// Its path.
		path: PathBuf,
		/// Who votes.
		juror: AccountId32,
		/// The round.
		round: u8,
		/// The case.
		case: u64,
	},
	/// The system gives no randomness.
	#[error("the system gives no random numbers: {0}; no salt was made")]
	Random(getrandom::Error),
}

impl Error {
	/// Whether it was the arguments, rather than the machine, that were at fault.
	pub fn is_usage(&self) -> bool {
		match self {
			Self::Keys(error) => error.is_usage(),
			Self::Unwritable { .. } | Self::Malformed { .. } | Self::OfAnother { .. } => true,
			Self::Random(_) => false,
		}
	}
}

/// Makes a salt for `paper` and writes it to a new file at `path`, for its owner's eyes only.
pub fn create_salt_file(path: &Path, paper: Paper) -> Result<Salt, Error> {
	let salt = Salt::random()?;
	let file = SaltFile::new(paper, &salt);
	let unwritable = |source| Error::Unwritable { path: path.to_owned(), source };
	let json = serde_json::to_string_pretty(&file).map_err(|error| unwritable(error.into()))?;
	write_new(path, Zeroizing::new(json).as_bytes()).map_err(unwritable)?;
	Ok(salt)
}

/// Reads the salt for `paper` from the file at `path`.
pub fn read_salt_file(path: &Path, paper: &Paper) -> Result<Salt, Error> {
	let malformed = |reason: String| Error::Malformed { path: path.to_owned(), reason };
	let text = keys::read_secret(path)?;
	let file: SaltFile =
		serde_json::from_str(&text).map_err(|reason| malformed(reason.to_string()))?;
	if file.paper() != *paper {
		let SaltFile { case, round, juror, .. } = file;
		return Err(Error::OfAnother { path: path.to_owned(), juror, round, case });
	}
	file.salt.parse().map_err(|reason: ParseSaltError| malformed(reason.to_string()))
}

/// Writes `content` to a file that only this user can read, and over none.
fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
	let mut options = File::options();
	options.write(true).create_new(true);
	#[cfg(unix)]
	std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
	let mut file = options.open(path)?;
	let written = file.write_all(content).and_then(|()| file.sync_all());
	let written = written.and_then(|()| sync_folder(path));
	if written.is_err() {
		// Half a file is of no use, and in the way of the next try.
		let _ = fs::remove_file(path);
	}
	written
}

/// Makes sure that the folder of the file at `path` names it also after a loss of power.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
	let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
	File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Other systems have no such call.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::{Phrase, Secret};
	use subxt_signer::DEV_PHRASE;

	/// Alice's account: the public key of `//Alice`.
	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	fn paper() -> Paper {
		let juror = ALICE.parse().expect("it is an address");
		Paper { genesis: Hash([1; 32]), case: 258, round: 3, redrawn: false, juror }
	}

	fn secret(path: &str) -> SecretScalar {
		let phrase = Phrase::parse(&format!("{DEV_PHRASE}{path}")).expect("it is a phrase");
		Secret::from_phrase(&phrase).expect("the path is well formed").scalar()
	}

	#[test]
	fn salt_should_keep_its_golden_value() {
		// Made with `hashlib.blake2b(message, key=scalar, digest_size=32)` of Python.
		for (redrawn, salt) in [
			(false, "0xde1c3618de9a6f521ccd9a7c7fb9795c7d7a57c5955c9dcfbd89c298ce1424c8"),
			(true, "0x5021c0f1ecf889a46602ba368d3908f3ff9118008fe71930ad963d9c939141f0"),
		] {
			let paper = Paper { redrawn, ..paper() };
			assert_eq!(*Salt::derive(&paper, &secret("//Alice")).to_hex(), salt);
		}
	}

	#[test]
	fn salt_should_differ_when_the_key_or_anything_about_the_vote_does() {
		let own = Salt::derive(&paper(), &secret("//Alice"));
		assert_ne!(own, Salt::derive(&paper(), &secret("//Bob")));
		for other in [
			Paper { genesis: Hash([2; 32]), ..paper() },
			Paper { case: 259, ..paper() },
			Paper { round: 2, ..paper() },
			Paper { redrawn: true, ..paper() },
			Paper { juror: AccountId32([3; 32]), ..paper() },
		] {
			assert_ne!(own, Salt::derive(&other, &secret("//Alice")), "{other:?}");
		}
	}

	#[test]
	fn every_choice_should_be_found_by_its_commitment() {
		let salt = Salt::derive(&paper(), &secret("//Alice"));
		let choices: Vec<_> = Choice::every().collect();
		assert_eq!(choices.len(), 12);
		for choice in choices {
			assert_eq!(paper().open(paper().commitment(choice, &salt), &salt), Some(choice));
		}
	}

	#[test]
	fn commitments_should_stay_shut_with_another_salt_or_for_another_juror() {
		let salt = Salt::derive(&paper(), &secret("//Alice"));
		let commitment = paper().commitment(Choice::Refuse, &salt);
		assert_eq!(paper().open(commitment, &Salt::derive(&paper(), &secret("//Bob"))), None);
		let copied = Paper { juror: AccountId32([3; 32]), ..paper() };
		assert_eq!(copied.open(commitment, &salt), None);
	}

	#[test]
	fn salt_files_should_be_written_once_and_read_for_their_own_vote() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("salt.json");
		let salt = create_salt_file(&path, paper()).expect("the folder is writable");
		let again = create_salt_file(&path, paper());
		assert!(matches!(again, Err(Error::Unwritable { .. })), "{again:?}");
		assert_eq!(read_salt_file(&path, &paper()).expect("it is there"), salt);
		let other = read_salt_file(&path, &Paper { round: 2, ..paper() });
		let error = other.expect_err("it is of round 3").to_string();
		assert!(error.contains("in round 3 of case 258"), "{error}");
	}

	#[cfg(unix)]
	#[test]
	fn salt_files_should_be_readable_by_their_owner_only() {
		use std::os::unix::fs::PermissionsExt;
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("salt.json");
		create_salt_file(&path, paper()).expect("the folder is writable");
		let mode = fs::metadata(&path).expect("it is there").permissions().mode();
		assert_eq!(mode & 0o777, 0o600);
	}

	#[test]
	fn salt_files_should_be_named_when_they_are_none() {
		let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		let error = read_salt_file(file.path(), &paper()).expect_err("it is empty").to_string();
		assert!(error.contains(&file.path().display().to_string()), "{error}");
		let missing = read_salt_file(Path::new("/nowhere"), &paper());
		assert!(missing.is_err_and(|error| error.is_usage()));
	}

	#[test]
	fn salts_should_not_be_shown() {
		let salt = Salt::derive(&paper(), &secret("//Alice"));
		assert_eq!(format!("{salt:?}"), "Salt(..)");
		assert_eq!(salt.to_hex().parse(), Ok(salt));
		assert_eq!("0x01".parse::<Salt>(), Err(ParseSaltError));
	}
}
