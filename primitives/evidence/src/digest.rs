//! What headers' digests say of the next authorities and of the audit log.

use crate::Header;
use aitbc_audit::{Commitment, ENGINE_ID};
use aitbc_core::BlockNumber;
use codec::{Decode, DecodeAll};
use sp_consensus_grandpa::{AuthorityList, ConsensusLog, GRANDPA_ENGINE_ID};
use sp_runtime::{traits::Header as _, ConsensusEngineId, DigestItem};

/// Why a header's digest is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DigestError {
	/// What it says for GRANDPA can't be read.
	#[error("its message to GRANDPA can't be read")]
	Grandpa,
	/// It replaces the authorities without their votes, which this chain never does.
	#[error("it forces a change of the authorities")]
	ForcedChange,
	/// It announces authorities for later than right after it, which this chain never does.
	#[error("it changes the authorities with a delay of {delay} instead of 0")]
	DelayedChange {
		/// How many blocks later.
		delay: BlockNumber,
	},
	/// It announces two sets.
	#[error("it announces more than one set of authorities")]
	SeveralChanges,
	/// What it says of the audit log can't be read.
	#[error("what it says of the audit log can't be read")]
	AuditLog,
	/// It speaks of the audit log twice.
	#[error("it has more than one root of the audit log")]
	SeveralAuditLogs,
}

/// The authorities that `header` announces, if it does. They take over right after it.
///
/// The client takes the first item that it can read, and a forced change before all others
/// (sc-consensus-grandpa `import.rs` `find_scheduled_change`, `find_forced_change`). Here there is one or none.
pub fn announced_change(header: &Header) -> Result<Option<AuthorityList>, DigestError> {
	let mut announced = None;
	for log in items::<ConsensusLog<BlockNumber>>(header, GRANDPA_ENGINE_ID) {
		match log.ok_or(DigestError::Grandpa)? {
			ConsensusLog::ForcedChange(..) => return Err(DigestError::ForcedChange),
			ConsensusLog::ScheduledChange(change) if change.delay != 0 => {
				return Err(DigestError::DelayedChange { delay: change.delay })
			},
			ConsensusLog::ScheduledChange(_) if announced.is_some() => {
				return Err(DigestError::SeveralChanges)
			},
			ConsensusLog::ScheduledChange(change) => announced = Some(change.next_authorities),
			// They change no set: the client does not look at them.
			ConsensusLog::OnDisabled(_) | ConsensusLog::Pause(_) | ConsensusLog::Resume(_) => {},
		}
	}
	Ok(announced)
}

/// What `header` says of the audit log as the block before left it, if it does.
pub fn audit_log(header: &Header) -> Result<Option<Commitment>, DigestError> {
	let mut logs = items(header, ENGINE_ID);
	let first = logs.next().map(|log| log.ok_or(DigestError::AuditLog)).transpose()?;
	match logs.next() {
		None => Ok(first),
		Some(_) => Err(DigestError::SeveralAuditLogs),
	}
}

/// The consensus items of one engine, each `None` if it can't be read.
fn items<T: Decode>(
	header: &Header,
	engine: ConsensusEngineId,
) -> impl Iterator<Item = Option<T>> + '_ {
	let items = header.digest().logs().iter().filter_map(DigestItem::as_consensus);
	items.filter(move |(of, _)| *of == engine).map(|(_, mut bytes)| T::decode_all(&mut bytes).ok())
}
