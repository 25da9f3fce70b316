//! The transaction of an anchor: what it spends, what it says, and the change.

use crate::coin::{from_bitcoin, Coin, Satoshi};
use aitbc_bitcoin::{commitment::op_return_script, Network, Payload, Txid};
use bitcoin::{
	absolute::LockTime,
	consensus::{deserialize, serialize},
	transaction::{predict_weight, InputWeightPrediction, Version},
	Amount, Script, ScriptBuf, Sequence, Transaction, TxIn, TxOut, Witness,
};

/// Which output is the change. The first one has the payload.
pub const CHANGE: u32 = 1;

/// The most coins that an anchor spends. One is enough as long as the change pays for the next.
pub const MAX_INPUTS: usize = 16;

/// A network in the form of the `bitcoin` crate.
pub(crate) const fn network(network: Network) -> bitcoin::Network {
	match network {
		Network::Mainnet => bitcoin::Network::Bitcoin,
		Network::Testnet4 => bitcoin::Network::Testnet4,
		Network::Signet => bitcoin::Network::Signet,
		Network::Regtest => bitcoin::Network::Regtest,
	}
}

/// The scripts whose coins an anchor can spend. What their witnesses weigh is known beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptKind {
	/// A key's hash: BIP 141.
	P2wpkh,
	/// A Taproot key: BIP 341.
	P2trKey,
}

impl ScriptKind {
	/// What a script is. `None` if it is another one.
	pub fn of(script: &[u8]) -> Option<Self> {
		let script = Script::from_bytes(script);
		match (script.is_p2wpkh(), script.is_p2tr()) {
			(true, _) => Some(Self::P2wpkh),
			(_, true) => Some(Self::P2trKey),
			_ => None,
		}
	}

	/// The most virtual bytes that an anchor has with this many inputs.
	pub fn vsize(self, inputs: usize) -> u64 {
		let (input, change) = match self {
			Self::P2wpkh => (InputWeightPrediction::P2WPKH_MAX, 22),
			Self::P2trKey => (InputWeightPrediction::P2TR_KEY_NON_DEFAULT_SIGHASH, 34),
		};
		let commitment = aitbc_bitcoin::commitment::OP_RETURN_LENGTH;
		let inputs = std::iter::repeat_n(input, inputs);
		predict_weight(inputs, [commitment, change]).to_vbytes_ceil()
	}

	/// The least that the change holds: Core does not relay less (`src/policy/policy.cpp` `GetDustThreshold`).
	pub const fn dust(self) -> Satoshi {
		match self {
			Self::P2wpkh => Satoshi(294),
			Self::P2trKey => Satoshi(330),
		}
	}
}

/// Makes the transaction that spends `coins` to say `payload`, without signatures. Its first input is the first coin.
pub fn unsigned(coins: &[Coin], payload: &Payload, script: &[u8], change: Satoshi) -> Transaction {
	let input = |coin: &Coin| TxIn {
		previous_output: coin.outpoint(),
		script_sig: ScriptBuf::new(),
		// It may be replaced: BIP 125, rule 1.
		sequence: Sequence::ENABLE_RBF_NO_LOCKTIME,
		witness: Witness::new(),
	};
	let commitment = ScriptBuf::from_bytes(op_return_script(payload).to_vec());
	let change = TxOut {
		value: Amount::from_sat(change.0),
		script_pubkey: ScriptBuf::from_bytes(script.to_vec()),
	};
	Transaction {
		version: Version::TWO,
		lock_time: LockTime::ZERO,
		input: coins.iter().map(input).collect(),
		output: vec![TxOut { value: Amount::ZERO, script_pubkey: commitment }, change],
	}
}

/// A transaction's bytes, with its witnesses if it has some.
pub fn to_bytes(transaction: &Transaction) -> Vec<u8> {
	serialize(transaction)
}

/// Reads a transaction from exactly its bytes. `None` if they are none.
pub fn from_bytes(bytes: &[u8]) -> Option<Transaction> {
	deserialize(bytes).ok()
}

/// The bytes that a transaction's id is the hash of. `None` if `bytes` are no transaction.
pub fn without_witnesses(bytes: &[u8]) -> Option<Vec<u8>> {
	let mut transaction = from_bytes(bytes)?;
	transaction.input.iter_mut().for_each(|input| input.witness.clear());
	Some(serialize(&transaction))
}

/// A transaction's id.
pub fn txid(transaction: &Transaction) -> Txid {
	from_bitcoin(transaction.compute_txid())
}

#[cfg(test)]
mod tests {
	use super::*;
	use bitcoin::FeeRate;

	#[test]
	fn dust_should_be_that_of_core_whatever_the_script() {
		let hash = [7; 32];
		for (kind, script) in [
			(ScriptKind::P2wpkh, [&[0, 20][..], &hash[..20]].concat()),
			(ScriptKind::P2trKey, [&[0x51, 32][..], &hash].concat()),
		] {
			assert_eq!(ScriptKind::of(&script), Some(kind));
			let dust = Script::from_bytes(&script).minimal_non_dust_custom(FeeRate::DUST);
			assert_eq!(kind.dust(), Satoshi(dust.to_sat()));
		}
		assert_eq!(ScriptKind::of(&[0x6a]), None);
	}

	#[test]
	fn commitment_should_be_read_by_the_chain_when_its_transaction_is_stripped() {
		let payload = Payload {
			network: Network::Regtest,
			set_id: 1,
			height: 20,
			block_hash: [2; 32],
			audit_root: [3; 32],
		};
		let coin = Coin { txid: Txid([4; 32]), index: 5, value: Satoshi(10_000) };
		let script = [&[0, 20][..], &[6; 20]].concat();
		let mut made = unsigned(&[coin], &payload, &script, Satoshi(9_000));
		made.input[0].witness.push([1; 71]);

		let stripped = without_witnesses(&to_bytes(&made)).unwrap();
		let read = aitbc_bitcoin::Transaction::from_bytes(&stripped).unwrap();

		assert_eq!(read.txid(), txid(&made));
		let way = aitbc_bitcoin::Commitment::find(&payload, &read.outputs, &[]);
		assert_eq!(way, Some(aitbc_bitcoin::Commitment::OpReturn));
		assert_eq!(read.outputs[1].script, script);
		assert_eq!(from_bytes(&[&stripped[..], &[0]].concat()), None);
	}
}
