//! The same by the `bitcoin` crate.

use super::*;
use bitcoin::{
	block::Header as OracleHeader,
	consensus::{deserialize, encode::serialize, Params},
	constants::genesis_block,
	hashes::Hash,
	key::Secp256k1,
	opcodes::all::OP_RETURN,
	pow::CompactTarget,
	script::PushBytesBuf,
	taproot::TaprootBuilder,
	ScriptBuf, XOnlyPublicKey,
};
use primitive_types::U256;
use proptest::prelude::*;

fn oracle(network: Network) -> bitcoin::Network {
	match network {
		Network::Mainnet => bitcoin::Network::Bitcoin,
		Network::Testnet4 => bitcoin::Network::Testnet4,
		Network::Signet => bitcoin::Network::Signet,
		Network::Regtest => bitcoin::Network::Regtest,
	}
}

/// A compact form's target as the product that it stands for, of as many bits as it takes.
fn target_by_multiplying(bits: u32) -> Result<Vec<u8>, BitsError> {
	let size = (bits >> 24) as usize;
	let mut mantissa = bits & 0x007f_ffff;
	if size <= 3 {
		mantissa >>= 8 * (3 - size);
	}
	let mut value = vec![0; size.saturating_sub(3)];
	value.extend(mantissa.to_le_bytes());
	while value.last() == Some(&0) {
		value.pop();
	}
	match (value.is_empty(), value.len() > 32, bits & 0x0080_0000 != 0) {
		(true, ..) => Err(BitsError::Zero),
		(_, true, _) => Err(BitsError::Overflow),
		(.., true) => Err(BitsError::Negative),
		_ => Ok(value),
	}
}

/// The oracle says 2^256 - 1 for the target 1, where Core has 2^255.
fn check_work(target: Target) {
	if target.value() != U256::one() {
		let oracle = bitcoin::Target::from_le_bytes(target.value().to_little_endian());
		assert_eq!(target.work().0.to_little_endian(), oracle.to_work().to_le_bytes());
	}
}

fn check_bits(bits: u32) {
	let found = Bits(bits).target();
	match target_by_multiplying(bits) {
		Err(error) => assert_eq!(found, Err(error), "{bits:08x}"),
		Ok(value) => {
			let target = found.unwrap();
			assert_eq!(target.value(), U256::from_little_endian(&value), "{bits:08x}");
			let oracle = bitcoin::Target::from_compact(CompactTarget::from_consensus(bits));
			assert_eq!(target.value().to_little_endian(), oracle.to_le_bytes(), "{bits:08x}");
			assert_eq!(target.to_bits().0, oracle.to_compact_lossy().to_consensus());
			check_work(target);
		},
	}
}

#[test]
fn bits_should_be_as_the_oracles_when_their_exponent_is_any() {
	let mantissas = [
		0, 1, 0x7f, 0x80, 0xff, 0x100, 0x1234, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x12_3456,
		0x7f_0000, 0x7f_ffff, 0x80_0000, 0x80_0001, 0x80_0100, 0x81_0000, 0xff_ffff,
	];
	for exponent in 0..=255u32 {
		mantissas.iter().for_each(|mantissa| check_bits(exponent << 24 | mantissa));
	}
}

#[test]
fn bits_should_be_as_in_the_tests_of_core() {
	// Core `src/test/arith_uint256_tests.cpp`, `bignum_SetCompact`: bits, and those of its target.
	for (bits, again) in [
		(0x0112_3456, 0x0112_0000),
		(0x0212_3456, 0x0212_3400),
		(0x0312_3456, 0x0312_3456),
		(0x0412_3456, 0x0412_3456),
		(0x0500_9234, 0x0500_9234),
		(0x2012_3456, 0x2012_3456),
	] {
		assert_eq!(Bits(bits).target().unwrap().to_bits(), Bits(again));
	}
	for bits in [0, 0x0012_3456, 0x0100_3456, 0x0200_0056, 0x0300_0000, 0x0400_0000] {
		assert_eq!(Bits(bits).target(), Err(BitsError::Zero));
	}
	assert_eq!(Bits(0x0080_3456).target(), Err(BitsError::Zero));
	assert_eq!(Bits(0x01fe_dcba).target(), Err(BitsError::Negative));
	assert_eq!(Bits(0x0492_3456).target(), Err(BitsError::Negative));
	assert_eq!(Bits(0xff12_3456).target(), Err(BitsError::Overflow));
}

#[test]
fn work_should_be_a_power_of_two_divided_when_targets_are_the_least_and_the_greatest() {
	// 2^256 / (target + 1), rounded down.
	for (target, work) in [
		(U256::one(), U256::one() << 255),
		(U256::from(2), U256::MAX / 3),
		(U256::from(3), U256::one() << 254),
		(U256::MAX >> 1, U256::from(2)),
		((U256::MAX >> 1) + 1, U256::one()),
		(U256::MAX - 1, U256::one()),
		(U256::MAX, U256::one()),
	] {
		assert_eq!(Target::new(target).map(Target::work), Some(Work(work)), "{target}");
	}
	assert_eq!(Target::new(U256::zero()), None);
}

#[test]
fn network_should_have_the_oracles_parameters() {
	for network in Network::ALL {
		let params = Params::new(oracle(network));
		let genesis = genesis_block(&params);
		assert_eq!(network.genesis().to_bytes().to_vec(), serialize(&genesis.header));
		assert_eq!(params.allow_min_difficulty_blocks, network.allows_easy_blocks());
		assert_eq!(params.no_pow_retargeting, !network.retargets());
		if network != Network::Regtest {
			assert_eq!(params.pow_target_timespan, u64::from(network::PERIOD_SECONDS));
		}
		assert_eq!(params.pow_target_spacing, u64::from(network::SPACING_SECONDS));
		let limit = network.limit().value().to_little_endian();
		assert_eq!(params.max_attainable_target.to_compact_lossy().to_consensus(), {
			Target::new(U256::from_little_endian(&limit)).unwrap().to_bits().0
		});
	}
}

proptest! {
	#[test]
	fn bits_should_be_as_the_oracles_when_they_are_any(bits: u32) {
		check_bits(bits);
	}

	#[test]
	fn compact_form_should_be_as_the_oracles_when_the_target_is_any(
		bytes: [u8; 32], zeros in 0usize..32,
	) {
		let mut bytes = bytes;
		bytes[32 - zeros..].fill(0);
		let oracle = bitcoin::Target::from_le_bytes(bytes);
		if let Some(target) = Target::new(U256::from_little_endian(&bytes)) {
			prop_assert_eq!(target.to_bits().0, oracle.to_compact_lossy().to_consensus());
			check_work(target);
			prop_assert!(target.is_met_by(BlockHash(bytes)));
		}
	}

	#[test]
	fn header_should_be_as_the_oracles_when_its_bytes_are_any(
		left: [u8; 32], right: [u8; 32], rest: [u8; 16],
	) {
		let bytes: [u8; 80] = [&left[..], &right, &rest].concat().try_into().unwrap();
		let header = Header::from_bytes(&bytes);
		let oracle: OracleHeader = deserialize(&bytes).unwrap();
		prop_assert_eq!(header.to_bytes(), bytes);
		prop_assert_eq!(header.hash().to_string(), oracle.block_hash().to_string());
		prop_assert_eq!(header.hash().0, oracle.block_hash().to_byte_array());
		prop_assert_eq!(header.hash().to_string().parse(), Ok(header.hash()));
		prop_assert_eq!(header.version, oracle.version.to_consensus());
		prop_assert_eq!(header.previous.0, oracle.prev_blockhash.to_byte_array());
		prop_assert_eq!(header.merkle_root.0, oracle.merkle_root.to_byte_array());
		prop_assert_eq!(header.merkle_root.to_string(), oracle.merkle_root.to_string());
		prop_assert_eq!(header.time, oracle.time);
		prop_assert_eq!(header.bits.0, oracle.bits.to_consensus());
		prop_assert_eq!(header.nonce, oracle.nonce);
	}

	#[test]
	fn retarget_should_be_as_the_oracles_when_a_period_took_any_time(
		mantissa in 0x8000u32..0x80_0000, exponent in 0x0fu32..0x1d, elapsed: u32, shift in 0u32..16,
	) {
		let bits = Bits(exponent << 24 | mantissa);
		let elapsed = elapsed >> shift;
		for network in [Network::Mainnet, Network::Testnet4] {
			let chained = ChainedHeader {
				height: 4031,
				period: Period { time: 0, bits },
				time: elapsed,
				..ChainedHeader::genesis(network)
			};
			let oracle = CompactTarget::from_next_work_required(
				CompactTarget::from_consensus(bits.0),
				elapsed.into(),
				oracle(network),
			);
			prop_assert_eq!(chained.next_bits(elapsed).0, oracle.to_consensus());
		}
	}

	#[test]
	fn transaction_should_be_as_the_oracles_when_it_is_any(
		version: i32, lock_time: u32,
		inputs in prop::collection::vec(
			(any::<[u8; 32]>(), any::<u32>(), prop::collection::vec(any::<u8>(), 0..300), any::<u32>()),
			1..5,
		),
		outputs in prop::collection::vec(
			(any::<u64>(), prop::collection::vec(any::<u8>(), 0..300)), 1..5,
		),
	) {
		let inputs = inputs.into_iter().map(|(txid, index, script_sig, sequence)| Input {
			previous: OutPoint { txid: Txid(txid), index }, script_sig, sequence,
		});
		let outputs = outputs
			.into_iter()
			.map(|(value, script)| Output { value: Amount(value), script });
		let (inputs, outputs) = (inputs.collect(), outputs.collect());
		let transaction = Transaction { version, inputs, outputs, lock_time };
		let bytes = transaction.to_bytes();
		let oracle: bitcoin::Transaction = deserialize(&bytes).unwrap();
		prop_assert_eq!(&serialize(&oracle), &bytes);
		prop_assert_eq!(transaction.txid().0, oracle.compute_txid().to_byte_array());
		prop_assert_eq!(transaction.txid().to_string(), oracle.compute_txid().to_string());
		prop_assert_eq!(transaction.is_coinbase(), oracle.is_coinbase());
		if bytes.len() != 64 {
			prop_assert_eq!(Transaction::from_bytes(&bytes), Ok(transaction));
		}
	}

	#[test]
	fn transaction_should_be_read_only_when_the_oracle_reads_the_same(
		bytes in prop::collection::vec(any::<u8>(), 0..200), flip in any::<prop::sample::Index>(),
	) {
		let mut near = spend(3).to_bytes();
		let bit = flip.index(near.len() * 8);
		near[bit / 8] ^= 1 << (bit % 8);
		for bytes in [bytes, near] {
			let oracle: Result<bitcoin::Transaction, _> = deserialize(&bytes);
			if let Ok(transaction) = Transaction::from_bytes(&bytes) {
				prop_assert_eq!(&transaction.to_bytes(), &bytes);
				prop_assert_eq!(oracle.unwrap().compute_txid().to_byte_array(), transaction.txid().0);
			}
		}
	}

	#[test]
	fn merkle_proof_should_be_as_the_oracles_when_the_tree_is_any(
		txids in prop::collection::btree_set(any::<[u8; 32]>(), 1..80),
		place in any::<prop::sample::Index>(),
	) {
		let txids: Vec<_> = txids.into_iter().map(Txid).collect();
		let index = place.index(txids.len());
		let root = root(&txids);
		let proof = MerkleProof::new(&txids, index as u32).unwrap();
		prop_assert_eq!(proof.verify(txids[index], root), Ok(()));
		// The oracle's proof has the same nodes on the way.
		let leaves: Vec<_> =
			txids.iter().map(|txid| bitcoin::Txid::from_byte_array(txid.0)).collect();
		let matched: Vec<_> = (0..txids.len()).map(|place| place == index).collect();
		let tree = bitcoin::merkle_tree::PartialMerkleTree::from_txids(&leaves, &matched);
		let (mut found, mut indices) = (vec![], vec![]);
		let oracle = tree.extract_matches(&mut found, &mut indices).unwrap();
		prop_assert_eq!(oracle.to_byte_array(), root.0);
		prop_assert_eq!((found, indices), (vec![leaves[index]], vec![index as u32]));
		let nodes: Vec<_> = tree.hashes().iter().map(|node| node.to_byte_array()).collect();
		let mut node = MerkleNode::from(txids[index]);
		for (level, neighbour) in proof.path.iter().enumerate() {
			prop_assert!(nodes.contains(&neighbour.0) || *neighbour == node);
			let pair = if index >> level & 1 == 1 { [neighbour.0, node.0] } else { [node.0, neighbour.0] };
			node = MerkleNode(bitcoin::hashes::sha256d::Hash::hash(&pair.concat()).to_byte_array());
		}
	}

	#[test]
	fn commitment_should_be_as_the_oracles_when_key_and_payload_are_any(
		key: [u8; 32], set_id: u32, height: u32, block_hash: [u8; 32], audit_root: [u8; 32],
	) {
		let network = Network::Mainnet;
		let payload = Payload { network, set_id, height, block_hash, audit_root };
		let pushed = PushBytesBuf::try_from(payload.to_bytes().to_vec()).unwrap();
		let script =
			ScriptBuf::builder().push_opcode(OP_RETURN).push_slice(pushed).into_script();
		prop_assert_eq!(Commitment::OpReturn.script(&payload).unwrap(), script.to_bytes());
		let taproot = Commitment::Taproot { internal_key: InternalKey(key) }.script(&payload);
		match XOnlyPublicKey::from_slice(&key) {
			Err(_) => prop_assert_eq!(taproot, Err(CommitmentError::InvalidInternalKey)),
			Ok(internal) => {
				let secp = Secp256k1::verification_only();
				let builder = TaprootBuilder::new().add_leaf(0, script).unwrap();
				let spend = builder.finalize(&secp, internal).unwrap();
				let expected = ScriptBuf::new_p2tr_tweaked(spend.output_key());
				prop_assert_eq!(taproot.unwrap(), expected.to_bytes());
			},
		}
	}
}
