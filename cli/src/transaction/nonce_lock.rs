//! One command at a time uses an account's next nonce.
//!
//! A node counts the transactions in its pool, so that the next nonce is right once the pool has
//! taken the one before. Between asking for a nonce and that moment, a locked file keeps other
//! commands of this user from asking. A second machine is not kept: its transaction may be refused
//! as outdated, and can be sent again.

use super::{Error, Timeout};
use fs4::FileExt;
use std::{
	env,
	fs::{self, File},
	io,
	path::{Path, PathBuf},
	time::{Duration, Instant},
};
use subxt::{config::substrate::H256, utils::AccountId32};

/// How often a held lock is tried again.
const RETRY: Duration = Duration::from_millis(50);

/// The right to use an account's next nonce. Dropping it lets the next command go on, and so does
/// this process's end.
#[derive(Debug)]
pub struct NonceLock {
	/// An open file is what holds the lock.
	_file: File,
}

impl NonceLock {
	/// Waits for the right to use the next nonce of `account` on the chain of this genesis.
	pub async fn acquire(
		genesis: H256,
		account: &AccountId32,
		timeout: Timeout,
	) -> Result<Self, Error> {
		Self::acquire_in(&lock_folder(), genesis, account, timeout).await
	}

	async fn acquire_in(
		folder: &Path,
		genesis: H256,
		account: &AccountId32,
		timeout: Timeout,
	) -> Result<Self, Error> {
		let path = folder.join(format!("{}-{account}.lock", hex::encode(genesis)));
		let file = open(&path).map_err(|source| Error::Lock { path: path.clone(), source })?;
		let start = Instant::now();
		loop {
			match FileExt::try_lock(&file) {
				Ok(()) => return Ok(Self { _file: file }),
				Err(fs4::TryLockError::WouldBlock) if start.elapsed() < timeout.0 => {
					tokio::time::sleep(RETRY).await;
				},
				Err(fs4::TryLockError::WouldBlock) => return Err(Error::LockTimedOut(timeout)),
				Err(fs4::TryLockError::Error(source)) => return Err(Error::Lock { path, source }),
			}
		}
	}
}

/// Opens the lock's file, which is empty and stays.
fn open(path: &Path) -> io::Result<File> {
	if let Some(folder) = path.parent() {
		fs::create_dir_all(folder)?;
	}
	File::options().create(true).truncate(false).write(true).open(path)
}

/// Where this user's programs keep what need not be kept, as the XDG base directory specification
/// says, or the system's temporary folder.
fn lock_folder() -> PathBuf {
	let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
	absolute("XDG_STATE_HOME")
		.or_else(|| Some(absolute("HOME")?.join(".local").join("state")))
		.unwrap_or_else(env::temp_dir)
		.join("aitbc")
		.join("locks")
}

#[cfg(test)]
mod tests {
	use super::*;

	const ALICE: AccountId32 = AccountId32([1; 32]);
	const BOB: AccountId32 = AccountId32([2; 32]);

	async fn acquire(
		folder: &Path,
		account: &AccountId32,
		millis: u64,
	) -> Result<NonceLock, Error> {
		let timeout = Timeout(Duration::from_millis(millis));
		NonceLock::acquire_in(folder, H256::zero(), account, timeout).await
	}

	#[tokio::test]
	async fn lock_should_be_held_by_one_at_a_time() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let held = acquire(folder.path(), &ALICE, 0).await.expect("nobody holds it");

		let other = acquire(folder.path(), &ALICE, 10).await;
		assert!(matches!(other, Err(Error::LockTimedOut(_))), "{other:?}");
		acquire(folder.path(), &BOB, 0).await.expect("the other account's is free");

		let waiting = acquire(folder.path(), &ALICE, 10_000);
		let (waited, ()) = tokio::join!(waiting, async { drop(held) });
		waited.expect("it was let go");
	}

	#[tokio::test]
	async fn lock_should_name_its_file_when_it_cannot_be_made() {
		let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		let error = acquire(file.path(), &ALICE, 0).await.expect_err("a file is no folder");
		assert!(error.to_string().contains(".lock"), "{error}");
	}
}
