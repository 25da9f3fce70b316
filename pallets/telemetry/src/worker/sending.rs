//! What the worker sends: commitments, digests, reports.
//!
//! It looks at the chain each time and sends what is missing, so nothing has to be remembered of what
//! was sent, and nothing is lost with a restart or a fork.

use super::local::{self, KeptAlarm, Key, Sender, Status};
use crate::{
	impls::{COMMIT_LAG, REVEAL_LAG},
	Alarms, Call, Commitments, Config, Pallet, Reports, Revealed, Statement, Window, WorkerKey,
	Workers, LOG_TARGET,
};
use aitbc_telemetry::{Alarm, Digest, MODEL};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::traits::{Contains, Get};
use frame_system::offchain::SubmitTransaction;
use sp_application_crypto::RuntimeAppPublic;
use sp_io::hashing::blake2_256;
use sp_runtime::traits::{One, Saturating};

/// How long an alarm that could not be reported is worth reporting, in milliseconds.
const NEWS_MILLIS: u64 = 10 * 60 * 1_000;

/// What a worker signs and sends as.
struct Identity<AccountId> {
	key: WorkerKey,
	reporter: AccountId,
}

/// Sends what is missing on chain.
pub fn send<T: Config>(now: u64, status: &mut Status) {
	match identity::<T>() {
		Err(reason) => status.sender = reason,
		Ok(identity) => {
			status.sender = Sender::Sending;
			// What is sent now is in the next block at the earliest.
			let block = frame_system::Pallet::<T>::block_number().saturating_add(One::one());
			let window = Pallet::<T>::window_of(block);
			commit::<T>(&identity, window);
			reveal::<T>(&identity, window);
			report::<T>(&identity, window, now);
		},
	}
}

/// The key to sign with: one in the keystore that an active validator has named.
fn identity<T: Config>() -> Result<Identity<T::AccountId>, Sender> {
	let keys = WorkerKey::all();
	if keys.is_empty() {
		return Err(Sender::NoKey);
	}
	let mut reason = Sender::NotNamed;
	for key in keys {
		match Pallet::<T>::sender(&key) {
			Ok((reporter, _)) => return Ok(Identity { key, reporter }),
			Err(crate::Error::UnknownKey) => (),
			Err(_) => reason = Sender::NotAdmitted,
		}
	}
	Err(reason)
}

/// Commits to the digest of the window before `window`.
fn commit<T: Config>(identity: &Identity<T::AccountId>, window: Window) {
	let Identity { key, reporter } = identity;
	let Some(due) = window.checked_sub(COMMIT_LAG) else { return };
	if Commitments::<T>::contains_key(due, reporter) {
		return;
	}
	let Some(digest) = local::read::<Digest>(&Key::Digest(due)) else { return };
	let commitment = Pallet::<T>::commitment_of(reporter, &digest, &salt(due));
	let Some(signature) = sign::<T>(key, &Statement::Commits(due, &commitment)) else { return };
	submit::<T>(Call::commit { key: key.clone(), window: due, commitment, signature });
}

/// Reveals the digest of the window two before `window`.
fn reveal<T: Config>(identity: &Identity<T::AccountId>, window: Window) {
	let Identity { reporter, .. } = identity;
	let Some(due) = window.checked_sub(REVEAL_LAG) else { return };
	let Some(committed) = Commitments::<T>::get(due, reporter) else { return };
	if Revealed::<T>::contains_key(due, reporter) {
		return;
	}
	let Some(digest) = local::read::<Digest>(&Key::Digest(due)) else { return };
	let salt = salt(due);
	if Pallet::<T>::commitment_of(reporter, &digest, &salt) != committed {
		log::warn!(
			target: LOG_TARGET,
			"another node has committed to the digest of window {due} for {reporter:?}: run one worker \
			 for each validator"
		);
		return;
	}
	submit::<T>(Call::reveal { reporter: reporter.clone(), digest, salt });
}

/// Reports alarms that are news and not on chain.
fn report<T: Config>(identity: &Identity<T::AccountId>, window: Window, now: u64) {
	let Some(mut alarms) = local::read::<Vec<KeptAlarm>>(&Key::Alarms) else { return };
	let Identity { key, reporter } = identity;
	let mut room = Workers::<T>::get(reporter).map_or(0, |worker| {
		let (last, made) = worker.reported;
		let made = if last == window { made } else { 0 };
		T::MaxReports::get().saturating_sub(made)
	});
	let mut has_changed = false;
	let mut sent = Vec::new();
	for kept in alarms.iter_mut().filter(|kept| kept.reported.is_none()) {
		let alarm = kept.alarm;
		if let Some(window) = seen_in::<T>(reporter, &alarm, window) {
			kept.reported = Some(window);
			has_changed = true;
			continue;
		}
		let is_news = now.saturating_sub(alarm.at) <= NEWS_MILLIS;
		// One of each series is all that a window takes.
		if !is_news || room == 0 || sent.contains(&alarm.series) {
			continue;
		}
		let evidence = kept.evidence;
		let statement = Statement::Reports(window, &alarm, MODEL, &evidence);
		let Some(signature) = sign::<T>(key, &statement) else { continue };
		let key = key.clone();
		submit::<T>(Call::report { key, window, alarm, model: MODEL, evidence, signature });
		room = room.saturating_sub(1);
		sent.push(alarm.series);
	}
	if has_changed {
		local::write(&Key::Alarms, &alarms);
	}
}

/// In which window `alarm` is on chain. In `window` any report of its series stands for it; of the windows
/// before, which a report may have made while this one began, only its own does.
fn seen_in<T: Config>(reporter: &T::AccountId, alarm: &Alarm, window: Window) -> Option<Window> {
	if Alarms::<T>::contains_key((window, alarm.series, reporter)) {
		return Some(window);
	}
	let before = (1..=REVEAL_LAG).filter_map(|lag| window.checked_sub(lag));
	before.into_iter().find(|before| {
		let id = Alarms::<T>::get((*before, alarm.series, reporter));
		let report = id.and_then(Reports::<T>::get);
		report.is_some_and(|report| report.alarm == *alarm)
	})
}

/// The signature of `key` over `statement`, if the keystore gives it.
fn sign<T: Config>(
	key: &WorkerKey,
	statement: &Statement<T::AccountId>,
) -> Option<crate::WorkerSignature> {
	let signature = key.sign(&statement.bytes(&Pallet::<T>::genesis()));
	if signature.is_none() {
		log::warn!(target: LOG_TARGET, "the keystore does not sign with {key:?}");
	}
	signature
}

/// The salt of the digest of `window`: the hash of a secret of this node and the window.
fn salt(window: Window) -> [u8; 32] {
	let secret = local::read::<[u8; 32]>(&Key::Secret).unwrap_or_else(|| {
		let secret = sp_io::offchain::random_seed();
		local::write(&Key::Secret, &secret);
		secret
	});
	blake2_256(&(secret, window).encode())
}

/// Gives a transaction with this call to the pool.
fn submit<T: Config>(call: Call<T>) {
	if !T::BaseCallFilter::contains(&call.clone().into()) {
		// It would fail in its block. The next run looks again.
		log::debug!(target: LOG_TARGET, "safe mode or a pause stops what the worker would send");
		return;
	}
	let transaction = T::create_authorized_transaction(call.into());
	if SubmitTransaction::<T, Call<T>>::submit_transaction(transaction).is_err() {
		// It waits in the pool already, or another block has come meanwhile. The next run looks again.
		log::debug!(target: LOG_TARGET, "the pool did not take a transaction of the worker");
	}
}
