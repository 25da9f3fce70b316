//! Showing the chain that Bitcoin has an anchor.

use super::{
	input::{Blob, Bytes},
	AnchorError,
};
use crate::{
	chain::anchor::{self, node},
	commands::Context,
	error::Error,
	transaction::TransactionArgs,
};
use aitbc_bitcoin::{
	commitment::read_op_return, BlockHash, Commitment, InclusionProof, InternalKey, Output,
	Transaction, Txid,
};
use clap::Args;
use codec::DecodeAll;

/// Which anchor.
#[derive(Debug, Args)]
pub struct SubmitArgs {
	/// The id of the transaction of Bitcoin that is the anchor
	txid: Txid,

	/// The hash of the block of Bitcoin that has it
	#[arg(long, value_name = "HASH")]
	block: BlockHash,

	/// The number of the block of this chain that is anchored [default: what the transaction says]
	#[arg(long, value_name = "HEIGHT")]
	height: Option<u32>,

	/// The internal key, if the transaction commits by Taproot and not in the open
	#[arg(long, value_name = "HEX", requires = "height")]
	internal_key: Option<Bytes<32>>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Has the node prove it, and sends that.
pub async fn run(args: SubmitArgs, context: &Context) -> Result<(), Error> {
	let SubmitArgs { txid, block, height, internal_key, transaction } = args;
	let sender = context.sender(&transaction)?;
	let chain = context.connect().await?;
	let proof = read(&node::proof(&chain, txid, block).await?, txid)?;
	let height = match height {
		Some(height) => height,
		None => anchored_height(&proof.outputs).ok_or(AnchorError::NoPayload(txid))?,
	};
	let commitment = match internal_key {
		None => Commitment::OpReturn,
		Some(Bytes(key)) => Commitment::Taproot { internal_key: InternalKey(key) },
	};
	let call = anchor::prove(height, block, proof.proof, commitment);
	context.send_to(&chain, &sender, &call).await
}

/// A proof, and what its transaction pays.
struct Proof {
	proof: InclusionProof,
	outputs: Vec<Output>,
}

/// Reads a node's proof of the transaction `txid`.
fn read(digits: &str, txid: Txid) -> Result<Proof, Error> {
	let bad = |what: &str| Error::BadAnswer(format!("its proof {what}"));
	let Blob(bytes) = digits.parse().map_err(Error::BadAnswer)?;
	let proof = InclusionProof::decode_all(&mut &*bytes).map_err(|_| bad("can't be read"))?;
	let transaction = Transaction::from_bytes(&proof.transaction)
		.map_err(|error| bad(&format!("has no transaction: {error}")))?;
	match transaction.txid() == txid {
		true => Ok(Proof { proof, outputs: transaction.outputs }),
		false => Err(bad("is of another transaction")),
	}
}

/// Which block of this chain outputs tell of, going by the first that has a payload in the open.
fn anchored_height(outputs: &[Output]) -> Option<u32> {
	let mut payloads = outputs.iter().filter_map(|output| read_op_return(&output.script)?.ok());
	payloads.next().map(|payload| payload.height)
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_bitcoin::{Amount, Input, MerkleProof, Network, OutPoint, Payload};
	use codec::Encode;

	fn output(script: Vec<u8>) -> Output {
		Output { value: Amount(0), script }
	}

	fn op_return(height: u32) -> Output {
		let payload = Payload::new(Network::Regtest, 1, height, [2; 32], [3; 32]);
		let payload = payload.expect("the set's number is small");
		output(Commitment::OpReturn.script(&payload).expect("it needs no key"))
	}

	fn proof() -> (InclusionProof, Txid) {
		let input = Input { previous: OutPoint::NULL, script_sig: Vec::new(), sequence: 0 };
		let outputs = vec![op_return(40)];
		let transaction = Transaction { version: 2, inputs: vec![input], outputs, lock_time: 0 };
		let proof = InclusionProof {
			transaction: transaction.to_bytes(),
			proof: MerkleProof { index: 1, path: Vec::new() },
			coinbase: Vec::new(),
			coinbase_path: Vec::new(),
		};
		(proof, transaction.txid())
	}

	#[test]
	fn height_should_be_that_of_the_first_payload() {
		let outputs = [output(vec![0x51]), op_return(40), op_return(60)];
		assert_eq!(anchored_height(&outputs), Some(40));
		assert_eq!(anchored_height(&outputs[..1]), None);
	}

	#[test]
	fn proof_should_be_read_when_it_is_of_the_transaction() {
		let (proof, txid) = proof();
		let digits = format!("0x{}", hex::encode(proof.encode()));
		let read = read(&digits, txid).expect("it is one");
		assert_eq!(read.proof, proof);
		assert_eq!(anchored_height(&read.outputs), Some(40));
	}

	#[test]
	fn proof_should_be_refused_when_it_is_none_or_of_something_else() {
		let (proof, txid) = proof();
		let digits = format!("0x{}", hex::encode(proof.encode()));
		for (digits, txid, words) in [
			(digits.clone(), Txid([1; 32]), "another transaction"),
			(format!("{digits}00"), txid, "can't be read"),
			("0xzz".into(), txid, "hexadecimal"),
		] {
			let Err(error) = read(&digits, txid) else { panic!("{digits} is refused") };
			assert!(error.to_string().contains(words), "{error}");
		}
	}
}
