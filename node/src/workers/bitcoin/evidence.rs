//! Puts together what somebody takes along to prove a block, its state, or a record of the audit log.

use super::{
	archive::{Archive, ArchiveError},
	chain::{Chain, ChainError},
};
use crate::service::FullClient;
use aitbc_audit::RecordId;
use aitbc_bitcoin::{Network, Transaction};
use aitbc_evidence::{
	digest::audit_log, Anchor, BitcoinChain, Bundle, Claim, Header, SetChange, Start, StateError,
	StateProof, VerifyError, AUTHORITIES_KEY,
};
use aitbc_node_bitcoin::{proof, Core, CoreError};
use aitbc_runtime::BlockNumber;
use codec::Encode;
use pallet_audit_log::runtime_api::AuditApi;
use pallet_bitcoin_anchor::Inclusion;
use sc_client_api::ProofProvider;
use sp_api::ProvideRuntimeApi;
use sp_core::{storage::Storage, Blake2Hasher, H256};
use sp_runtime::traits::Header as _;
use sp_trie::{LayoutV1, MemoryDB, TrieDBMutBuilder, TrieMut};
use std::{
	sync::Arc,
	time::{SystemTime, UNIX_EPOCH},
};

/// How many blocks of Bitcoin a bundle has from that with the anchor on.
const CONFIRMATIONS: u32 = 100;

/// Why evidence can't be put together.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
	/// This chain.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// Bitcoin Core.
	#[error(transparent)]
	Core(#[from] CoreError),
	/// A proof of Bitcoin.
	#[error(transparent)]
	Proof(#[from] proof::ProofError),
	/// The archive.
	#[error(transparent)]
	Archive(#[from] ArchiveError),
	/// The chain specification's genesis is not the chain's.
	#[error("the chain specification does not make the genesis block that the database has")]
	OtherGenesis,
	/// The genesis can't be built.
	#[error("the chain specification has no usable genesis: {0}")]
	Genesis(String),
	/// A proof of the state.
	#[error("the state proves nothing: {0}")]
	State(#[from] StateError),
	/// There is no bundle.
	#[error(
		"this node has no bundle of block {0}: it makes one when an anchor becomes final while its Bitcoin worker \
		 runs. `aitbc anchor history` lists what is final; ask a node that ran then"
	)]
	NoBundle(BlockNumber),
	/// The set's history has a gap.
	#[error(
		"how the set of authorities {0} gave way to the next is not written down on this node"
	)]
	NoChange(u64),
	/// What should be final is not written down.
	#[error("what shows that block {0} is final is not written down on this node")]
	NoFinality(BlockNumber),
	/// The transaction does not say what it is taken for.
	#[error("the anchor's transaction commits to no payload of block {0}")]
	NotCommitted(BlockNumber),
	/// The record came later.
	#[error(
		"record {record} was written after block {height}, whose log has {count}: wait for a later anchor"
	)]
	RecordTooNew {
		/// The record.
		record: u64,
		/// The anchored block.
		height: BlockNumber,
		/// How many records its log has.
		count: u64,
	},
	/// There is no such record, or its body is gone.
	#[error("this node does not have the body of record {0}: ask an archive node, or prove it with its bytes")]
	NoRecord(u64),
	/// The state of the anchored block is gone.
	#[error(
		"this node no longer has the state of block {0}: ask a node that runs with `--state-pruning archive`"
	)]
	StatePruned(BlockNumber),
	/// What was put together does not hold.
	#[error("the bundle does not hold, so it is not given out: {0}")]
	DoesNotHold(#[from] VerifyError),
}

/// What a bundle is to show of its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
	/// That it is a block of this chain.
	Block,
	/// That the audit log had a record.
	Record(u64),
	/// What the state has under a key.
	Storage(Vec<u8>),
}

/// Takes the first authorities of the chain from `storage`, the state of the first block as its specification
/// describes it: in the database it is gone on most nodes.
pub fn start(storage: &Storage, header: Header) -> Result<Start, EvidenceError> {
	let (mut nodes, mut root) = (MemoryDB::<Blake2Hasher>::default(), H256::zero());
	{
		let mut trie =
			TrieDBMutBuilder::<LayoutV1<Blake2Hasher>>::new(&mut nodes, &mut root).build();
		for (key, value) in &storage.top {
			let inserted = trie.insert(key, value);
			inserted.map_err(|error| EvidenceError::Genesis(error.to_string()))?;
		}
	}
	if root != *header.state_root() {
		return Err(EvidenceError::OtherGenesis);
	}
	let nodes = nodes.drain().into_values().map(|(node, _)| node);
	let authorities = StateProof::new(&root, &AUTHORITIES_KEY, nodes)?;
	Ok(Start::Genesis { header, authorities })
}

/// Now, in seconds since 1970, for the rule that no header of Bitcoin is too far in the future.
fn now() -> u32 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	u32::try_from(since.as_secs()).unwrap_or(u32::MAX)
}

/// Puts together the bundle of a block whose anchor is final, checks that it holds, and writes it down.
pub fn complete(
	core: &Core,
	archive: &Archive,
	start: &Start,
	height: BlockNumber,
	inclusion: &Inclusion,
	network: Network,
) -> Result<(), EvidenceError> {
	let finality = archive.finality(height)?.ok_or(EvidenceError::NoFinality(height))?;
	let set_id = finality_set(archive, &finality)?;
	let proven = proof::inclusion(core, inclusion.txid, inclusion.block)?;
	let found = core.header(inclusion.block)?;
	let checkpoint = proof::checkpoint(core, found.height.saturating_sub(1))?;
	let tip = core.tip()?.block.height;
	let last = tip.min(found.height.saturating_add(CONFIRMATIONS.saturating_sub(1)));
	let headers = proof::headers(core, found.height, last)?;
	let payload = payload_of(&finality.headers, set_id, height, network)?;
	let transaction = Transaction::from_bytes(&proven.transaction)
		.map_err(|_| EvidenceError::NotCommitted(height))?;
	let output = inclusion
		.commitment
		.verify(&payload, &transaction.outputs)
		.map_err(|_| EvidenceError::NotCommitted(height))?;
	let mut bundle = Bundle {
		start: start.clone(),
		changes: changes(archive, set_id)?,
		finality,
		bitcoin: BitcoinChain { checkpoint, headers },
		anchor: Anchor {
			height: found.height,
			inclusion: proven,
			commitment: inclusion.commitment,
			output,
		},
		claim: Claim::Block,
	};
	bundle.verify(now())?;
	bundle.changes.clear();
	archive.put_bundle(height, &bundle)?;
	Ok(())
}

/// How the first set came to be the one with this number.
fn changes(archive: &Archive, set_id: u64) -> Result<Vec<SetChange>, EvidenceError> {
	(0..set_id).map(|set| archive.change(set)?.ok_or(EvidenceError::NoChange(set))).collect()
}

/// The payload that an anchor of the first of these headers has.
fn payload_of(
	headers: &[Header],
	set_id: u64,
	height: BlockNumber,
	network: Network,
) -> Result<aitbc_bitcoin::Payload, EvidenceError> {
	let not_committed = EvidenceError::NotCommitted(height);
	let Some(header) = headers.first() else { return Err(not_committed) };
	let Ok(committed) = audit_log(header) else { return Err(not_committed) };
	let root = committed.map_or([0; 32], |committed| committed.root);
	let hash = header.hash().into();
	aitbc_bitcoin::Payload::new(network, set_id, height, hash, root).map_err(|_| not_committed)
}

/// The set that finalized a block: as many as gave way before it.
fn finality_set(
	archive: &Archive,
	finality: &aitbc_evidence::Finality,
) -> Result<u64, EvidenceError> {
	let last = finality.headers.last().map(|header| *header.number()).unwrap_or_default();
	let mut set = 0;
	while let Some(change) = archive.change(set)? {
		if *change.header.number() >= last {
			break;
		}
		set = set.saturating_add(1);
	}
	Ok(set)
}

/// Gives the bundle of an anchored block with what is wanted of it.
pub fn export(
	client: &Arc<FullClient>,
	archive: &Archive,
	height: BlockNumber,
	wanted: Wanted,
) -> Result<Bundle, EvidenceError> {
	let mut bundle = archive.bundle(height)?.ok_or(EvidenceError::NoBundle(height))?;
	let header = bundle.finality.headers.first().cloned();
	let header = header.ok_or(EvidenceError::NoFinality(height))?;
	bundle.changes = changes(archive, finality_set(archive, &bundle.finality)?)?;
	bundle.claim = match wanted {
		Wanted::Block => Claim::Block,
		Wanted::Record(record) => prove_record(client, &header, record)?,
		Wanted::Storage(key) => prove_storage(client, &header, key)?,
	};
	bundle.verify(now())?;
	Ok(bundle)
}

fn prove_record(
	client: &Arc<FullClient>,
	header: &Header,
	record: u64,
) -> Result<Claim, EvidenceError> {
	let height = *header.number();
	let committed = audit_log(header).ok().flatten();
	let count = committed.map_or(0, |committed| committed.count);
	if record >= count {
		return Err(EvidenceError::RecordTooNew { record, height, count });
	}
	let (best, _) = Chain::new(client.clone()).best();
	let proven = client.runtime_api().prove(best, RecordId(record), Some(count));
	let proven = proven.map_err(ChainError::Runtime)?.ok_or(EvidenceError::NoRecord(record))?;
	let body = proven.record.ok_or(EvidenceError::NoRecord(record))?;
	Ok(Claim::Record { record: body.encode(), proof: proven.proof })
}

fn prove_storage(
	client: &Arc<FullClient>,
	header: &Header,
	key: Vec<u8>,
) -> Result<Claim, EvidenceError> {
	let mut keys = std::iter::once(&key[..]);
	let read = client.read_proof(header.hash(), &mut keys);
	let nodes = read.map_err(|_| EvidenceError::StatePruned(*header.number()))?;
	let proof = StateProof::new(header.state_root(), &key, nodes.into_iter_nodes())?;
	Ok(Claim::Storage { key, proof })
}
