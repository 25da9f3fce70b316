//! A state is anchored: block, payload, Bitcoin transaction, headers, proof, confirmed, final, paid.

use crate::network::{as_root, events, free, on_development_network, pass_blocks, submit};
use aitbc_audit::{RecordId, Subject, ENGINE_ID};
use aitbc_bitcoin::{
	merkle_root, Amount, BlockHash, Commitment, Header, InclusionProof, Input, MerkleProof,
	Network, OutPoint, Output, Transaction, Txid,
};
use aitbc_core::money::AIT;
use aitbc_runtime::{
	configs::{
		money::TreasuryAccount,
		parameters::{dynamic_params, AnchorPeriod, RuntimeParameters},
	},
	AuditLog, Balances, BitcoinAnchor, BlockNumber, Grandpa, Runtime, RuntimeEvent, System,
};
use frame_support::traits::fungible::{Inspect, InspectHold};
use pallet_bitcoin_anchor::{Event, HoldReason, KeySignature, PubkeyHash, Status};
use sp_core::{ecdsa, Pair};
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Eve};
use sp_runtime::DispatchError;

/// A time after all of regtest's headers here, in milliseconds since 1970. The scenarios' chain begins in 1970, when
/// there was no Bitcoin.
const PRESENT: u64 = 1_795_000_000_000;

/// Does something as if it were now, and sets the clock back.
fn at_present<R>(act: impl FnOnce() -> R) -> R {
	let then = pallet_timestamp::Now::<Runtime>::get();
	pallet_timestamp::Now::<Runtime>::put(PRESENT);
	let done = act();
	pallet_timestamp::Now::<Runtime>::put(then);
	done
}

/// A block of regtest after `parent` with these transactions.
fn mine(parent: &Header, transactions: &[Transaction]) -> Header {
	let ids: Vec<_> = transactions.iter().map(Transaction::txid).collect();
	let merkle_root = merkle_root(&ids).expect("there is a coinbase");
	let (previous, time) = (parent.hash(), parent.time + 600);
	let mut header = Header { version: 4, previous, merkle_root, time, ..*parent };
	while header.bits.check(header.hash(), Network::Regtest.limit()).is_err() {
		header.nonce += 1;
	}
	header
}

/// A transaction that spends an output and has these scripts.
fn transaction(previous: OutPoint, scripts: &[Vec<u8>]) -> Transaction {
	let output = |script: &Vec<u8>| Output { value: Amount(1_000), script: script.clone() };
	Transaction {
		version: 2,
		inputs: vec![Input { previous, script_sig: vec![7; 5], sequence: 0 }],
		outputs: scripts.iter().map(output).collect(),
		lock_time: 0,
	}
}

/// A coinbase. Different tags give different ones.
fn coinbase(tag: u8) -> Transaction {
	transaction(OutPoint::NULL, &[vec![tag; 30]])
}

/// Blocks without anything but a coinbase.
fn mine_empty(parent: &Header, tag: u8, count: usize) -> Vec<Header> {
	let mut headers: Vec<Header> = Vec::new();
	for _ in 0..count {
		headers.push(mine(headers.last().unwrap_or(parent), &[coinbase(tag)]));
	}
	headers
}

/// Submits headers, as `relayer`.
fn relay(relayer: Sr25519Keyring, headers: &[Header]) {
	let headers = headers.to_vec().try_into().expect("they fit");
	at_present(|| submit(relayer, pallet_bitcoin_light_client::Call::submit { headers }))
		.expect("the transaction is valid")
		.expect("the headers are right");
}

/// Proves an anchor of block `height`, as `prover`.
fn prove(
	prover: Sr25519Keyring,
	height: BlockNumber,
	block: BlockHash,
	proof: &InclusionProof,
) -> Result<(), DispatchError> {
	let call = pallet_bitcoin_anchor::Call::prove {
		height,
		block,
		proof: Box::new(proof.clone()),
		commitment: Commitment::OpReturn,
	};
	submit(prover, call).expect("the transaction is valid")
}

/// How far the task of a block has come.
fn status(height: BlockNumber) -> Status {
	BitcoinAnchor::task(height).expect("there is a task").task.status
}

/// The anchor's events of this block.
fn told() -> Vec<Event<Runtime>> {
	let ours = |event| match event {
		RuntimeEvent::BitcoinAnchor(event) => Some(event),
		_ => None,
	};
	events().into_iter().filter_map(ours).collect()
}

/// The key of an anchorer's script.
fn key() -> ecdsa::Pair {
	ecdsa::Pair::from_seed(&[9; 32])
}

fn key_hash() -> PubkeyHash {
	PubkeyHash::of_key(&key().public().0)
}

/// Registers the key's script for `account`.
fn register(account: Sr25519Keyring) {
	let message = BitcoinAnchor::registration_message(&account.to_account_id());
	let signature = KeySignature(key().sign_prehashed(&message).0);
	submit(account, pallet_bitcoin_anchor::Call::register { key_hash: key_hash(), signature })
		.expect("the transaction is valid")
		.expect("the key signed");
}

/// A transaction that funds, and the anchor of block `height` that spends it, in a block of its own; with the proof.
fn anchor(height: BlockNumber, parent: &Header) -> (Transaction, Header, InclusionProof) {
	let payload = BitcoinAnchor::task(height).expect("there is a task").task.payload;
	let previous = OutPoint { txid: Txid([3; 32]), index: 1 };
	let funding = transaction(previous, &[vec![1; 3], key_hash().script()]);
	let script = Commitment::OpReturn.script(&payload).expect("there is no key");
	let spent = OutPoint { txid: funding.txid(), index: 1 };
	let anchor = transaction(spent, &[script, key_hash().script()]);
	let transactions = [coinbase(1), anchor.clone()];
	let ids = transactions.each_ref().map(Transaction::txid);
	let proof = InclusionProof {
		transaction: anchor.to_bytes(),
		proof: MerkleProof::new(&ids, 1).expect("there are two"),
		coinbase: transactions[0].to_bytes(),
		coinbase_path: MerkleProof::new(&ids, 0).expect("there are two").path,
	};
	(funding, mine(parent, &transactions), proof)
}

#[test]
fn state_should_be_anchored_from_its_block_to_the_reward() {
	on_development_network(|| {
		register(Bob);
		let account = Bob.to_account_id();
		let deposit = Balances::balance_on_hold(&HoldReason::Deposit.into(), &account);
		assert!(deposit > 0);

		// Block 20 ends, and has its task in block 21.
		pass_blocks(20);
		let payload = BitcoinAnchor::due().expect("there is something to anchor");
		assert_eq!((payload.height, payload.network), (20, Network::Regtest));
		assert_eq!(payload.block_hash, System::block_hash(20).0);
		assert!(told().contains(&Event::TaskMade { payload }));
		// Block 21 begins a session, and has room for nothing else.
		pass_blocks(1);

		// Somebody else relays and proves; both cost nothing.
		let (funding, block, proof) = anchor(20, &Network::Regtest.genesis());
		let before = free(Charlie);
		relay(Charlie, &[block]);
		prove(Charlie, 20, block.hash(), &proof).expect("the proof holds");
		assert_eq!(free(Charlie), before);
		assert!(matches!(status(20), Status::Included(_)));
		assert_eq!(BitcoinAnchor::due(), None);

		let later = mine_empty(&block, 2, 99);
		relay(Eve, &later[..4]);
		pass_blocks(1);
		assert!(matches!(status(20), Status::Included(_)));
		relay(Eve, &later[4..5]);
		pass_blocks(1);
		assert!(matches!(status(20), Status::Confirmed(_)));
		assert!(told().contains(&Event::AnchorConfirmed { height: 20 }));
		relay(Eve, &later[5..98]);
		pass_blocks(1);
		assert!(matches!(status(20), Status::Confirmed(_)));
		relay(Eve, &later[98..]);
		pass_blocks(1);
		let Status::Final { inclusion, is_paid: false, .. } = status(20) else {
			panic!("it is final: {:?}", status(20));
		};
		let anchor = Transaction::from_bytes(&proof.transaction).expect("it is one");
		assert_eq!(inclusion.txid, anchor.txid());

		// It is written down for good.
		let record = AuditLog::record(RecordId(0)).expect("it is written down");
		assert_eq!(record.entry.event, aitbc_audit::Event::AnchorFinal);
		assert_eq!(record.entry.about().collect::<Vec<_>>(), [Subject::Anchor(20)]);
		assert_eq!(record.entry.hashes[0], Some(payload.block_hash));

		// Anybody claims, and who funded is paid, of what somebody gave to the treasury.
		let gift = pallet_balances::Call::transfer_keep_alive {
			dest: TreasuryAccount::get().into(),
			value: 20 * AIT,
		};
		submit(Eve, gift).expect("the transaction is valid").expect("Eve has as much");
		let (treasury, bobs) = (Balances::balance(&TreasuryAccount::get()), free(Bob));
		let funding = funding.to_bytes().try_into().expect("it fits");
		submit(Eve, pallet_bitcoin_anchor::Call::claim { height: 20, funding })
			.expect("the transaction is valid")
			.expect("the reward is paid");
		assert_eq!(free(Bob), bobs + 10 * AIT);
		assert_eq!(Balances::balance(&TreasuryAccount::get()), treasury - 10 * AIT);
		assert!(matches!(status(20), Status::Final { is_paid: true, .. }));

		submit(Bob, pallet_bitcoin_anchor::Call::deregister { key_hash: key_hash() })
			.expect("the transaction is valid")
			.expect("the deposit returns");
		assert_eq!(Balances::balance_on_hold(&HoldReason::Deposit.into(), &account), 0);
	});
}

#[test]
fn anchor_should_be_due_again_when_bitcoin_reorganizes() {
	on_development_network(|| {
		// Block 21 begins a session, and has room for nothing else.
		pass_blocks(21);
		let genesis = Network::Regtest.genesis();
		let (_, block, proof) = anchor(20, &genesis);
		relay(Eve, &[block]);
		prove(Eve, 20, block.hash(), &proof).expect("the proof holds");

		let other = mine_empty(&genesis, 5, 3);
		relay(Eve, &other[..2]);
		pass_blocks(1);
		assert!(matches!(status(20), Status::Due { .. }));
		let refused = prove(Eve, 20, block.hash(), &proof);
		let expected = pallet_bitcoin_light_client::Error::<Runtime>::NotInBestChain;
		assert_eq!(refused, Err(expected.into()));

		// The same transaction in another block.
		let (_, again, proof) = anchor(20, &other[1]);
		relay(Eve, &[again]);
		prove(Eve, 20, again.hash(), &proof).expect("the proof holds");
		assert!(matches!(status(20), Status::Included(_)));
	});
}

#[test]
fn payload_should_name_the_set_that_finalizes_its_block() {
	on_development_network(|| {
		// Anchored blocks shall fall on ends of sessions as well as between.
		use dynamic_params::bitcoin::{AnchorPeriod as Key, Parameters};
		let value = Some(AnchorPeriod::clamped(21));
		let key_value = RuntimeParameters::Bitcoin(Parameters::AnchorPeriod(Key, value));
		as_root(pallet_parameters::Call::set_parameter { key_value });
		let mut sets = vec![Grandpa::current_set_id(); 2];
		for _ in 0..260 {
			// Each session has another set, and not only the first of an era.
			pallet_session::QueuedChanged::<Runtime>::put(true);
			pass_blocks(1);
			sets.push(Grandpa::current_set_id());
		}
		let tasks = BitcoinAnchor::tasks(None, 100).tasks;
		assert!(tasks.len() >= 10);
		let mut changing = 0;
		for task in tasks {
			let payload = task.task.payload;
			let height = payload.height as usize;
			// What the state of the block before says: a block that changes the set is finalized by the old one.
			assert_eq!(u64::from(payload.set_id), sets[height - 1], "block {height}");
			changing += u32::from(sets[height] != sets[height - 1]);
		}
		assert!(changing > 0, "no anchored block changes the set");
	});
}

#[test]
fn payload_should_have_the_audit_root_of_its_blocks_digest() {
	on_development_network(|| {
		pass_blocks(18);
		let committed = AuditLog::audit_log().committed;
		pass_blocks(1);
		let digest = System::digest();
		let item = digest
			.logs
			.iter()
			.find_map(|item| item.consensus_try_to::<aitbc_audit::Commitment>(&ENGINE_ID));
		pass_blocks(1);
		let payload = BitcoinAnchor::due().expect("block 20 is to be anchored");
		assert_eq!(item, Some(committed));
		assert_eq!(payload.audit_root, item.expect("there is one").root);
	});
}

#[test]
fn production_should_follow_no_network_whose_headers_prove_nothing() {
	use frame_support::traits::Get;
	type Allows = <Runtime as pallet_bitcoin_light_client::Config>::AllowsTestNetworks;
	sp_io::TestExternalities::new_empty().execute_with(|| assert!(!Allows::get()));
	on_development_network(|| assert!(Allows::get()));
}
