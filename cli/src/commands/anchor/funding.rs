//! Transactions of Bitcoin as its tools print them, without what their ids leave out.

use super::{input::Blob, AnchorError};
use aitbc_bitcoin::Transaction;
use bitcoin::consensus::{deserialize, serialize};
use std::{convert::Infallible, fs, io::Read, path::PathBuf, str::FromStr};

/// The most bytes of a transaction's file: as digits, a transaction that fills a block with its witnesses, which
/// weigh 1 of the 4,000,000 that a block may (BIP 141).
const MAX_FILE: u64 = 2 * 4_000_000 + 16;

/// A transaction's digits, or the file that has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransactionSource {
	/// Its bytes.
	Bytes(Vec<u8>),
	/// The path of the file.
	File(PathBuf),
}

impl FromStr for TransactionSource {
	type Err = Infallible;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		Ok(text.parse().map_or_else(|_| Self::File(text.into()), |Blob(bytes)| Self::Bytes(bytes)))
	}
}

impl TransactionSource {
	/// The transaction, for which a file is read. Witnesses are left out.
	pub fn read(self) -> Result<Transaction, AnchorError> {
		let bytes = match self {
			Self::Bytes(bytes) => bytes,
			Self::File(path) => read_file(path)?,
		};
		without_witnesses(&bytes)
	}
}

/// The bytes whose digits are in a file.
fn read_file(path: PathBuf) -> Result<Vec<u8>, AnchorError> {
	let mut text = String::new();
	let read = fs::File::open(&path).and_then(|file| file.take(MAX_FILE).read_to_string(&mut text));
	if let Err(source) = read {
		return Err(AnchorError::Unreadable { path, source });
	}
	match text.trim().parse() {
		Ok(Blob(bytes)) => Ok(bytes),
		Err(_) => Err(AnchorError::NotHexadecimal(path)),
	}
}

/// A transaction without what its id leaves out (BIP 141).
fn without_witnesses(bytes: &[u8]) -> Result<Transaction, AnchorError> {
	let read = deserialize::<bitcoin::Transaction>(bytes);
	let mut whole = read.map_err(|error| AnchorError::BadTransaction(error.to_string()))?;
	whole.input.iter_mut().for_each(|input| input.witness.clear());
	Transaction::from_bytes(&serialize(&whole))
		.map_err(|error| AnchorError::BadTransaction(error.to_string()))
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io::Write;

	/// BIP 143, the native P2WPKH example: two inputs, of which the second has a witness.
	const SIGNED: &str =
		"01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f\
		00000000494830450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30be022040529b\
		194ba3f9281a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc89d182d279655c3a\
		a89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99\
		f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac\
		000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c451833\
		1561406f90300e8f3358f51928d43c212a8caed02de67eebee0121025476c2e83188368da1ff3e292e7acafcdb3566bb\
		0ad253f62fc70f07aeee635711000000";

	fn signed() -> Vec<u8> {
		hex::decode(SIGNED).expect("it is hexadecimal")
	}

	#[test]
	fn witnesses_should_be_left_out_when_there_are_some() {
		let transaction = TransactionSource::Bytes(signed()).read().expect("it is a transaction");
		assert_eq!((transaction.inputs.len(), transaction.outputs.len()), (2, 2));
		assert_eq!(transaction.lock_time, 17);
		// Marker and flag, an empty witness, and one of a signature and a key.
		let witnesses = 2 + 1 + (1 + 1 + 71 + 1 + 33);
		assert_eq!(transaction.to_bytes().len(), signed().len() - witnesses);
	}

	#[test]
	fn transaction_should_stay_as_it_is_when_it_has_no_witnesses() {
		let stripped = without_witnesses(&signed()).expect("it is a transaction");
		let again = without_witnesses(&stripped.to_bytes()).expect("it is one");
		assert_eq!(again, stripped);
	}

	#[test]
	fn bytes_should_be_refused_when_they_are_no_transaction() {
		let signed = signed();
		for end in 0..signed.len() {
			let cut = TransactionSource::Bytes(signed[..end].to_vec()).read();
			assert!(matches!(cut, Err(AnchorError::BadTransaction(_))), "{end}: {cut:?}");
		}
		let longer = TransactionSource::Bytes([&signed[..], &[0]].concat()).read();
		assert!(matches!(longer, Err(AnchorError::BadTransaction(_))), "{longer:?}");
	}

	#[test]
	fn transaction_should_be_read_from_a_file_when_digits_are_none() {
		let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		writeln!(file, "{SIGNED}").expect("a temporary file can be written");
		let source: TransactionSource =
			file.path().display().to_string().parse().expect("infallible");
		assert_eq!(source, TransactionSource::File(file.path().into()));
		assert_eq!(
			source.read().expect("it has one").txid(),
			TransactionSource::Bytes(signed()).read().expect("it is one").txid()
		);
		writeln!(file, "no digits").expect("a temporary file can be written");
		let error = TransactionSource::File(file.path().into()).read().expect_err("it has none");
		assert!(error.to_string().contains("bitcoin-cli getrawtransaction"), "{error}");
		let error =
			TransactionSource::File("/nowhere/tx".into()).read().expect_err("none is there");
		assert!(error.to_string().contains("`/nowhere/tx`"), "{error}");
	}
}
