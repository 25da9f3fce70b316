//! Reading, for the runtime API.

use super::nodes::StoredNodes;
use crate::{
	runtime_api::{MAX_PAGE, MAX_SCANNED},
	*,
};
use aitbc_audit::{Log, Record, RecordId};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::traits::Get;
use sp_runtime::traits::SaturatedConversion;

impl Query {
	/// The topic whose list is likely to be the shortest.
	fn topic(&self) -> Option<Topic> {
		self.subject
			.map(Topic::Subject)
			.or(self.actor.map(Topic::Actor))
			.or(self.event.map(Topic::Event))
	}

	/// Whether it wants this record.
	fn wants(&self, record: &Record) -> bool {
		let entry = &record.entry;
		self.subject.is_none_or(|subject| entry.about().any(|about| about == subject))
			&& self.actor.is_none_or(|actor| entry.actor == actor)
			&& self.event.is_none_or(|event| entry.event == event)
			&& self.since.is_none_or(|since| record.time >= since)
			&& self.until.is_none_or(|until| record.time <= until)
	}
}

/// A list of records, of a topic or of all, in the order in which they were written.
struct List<T> {
	topic: Option<Topic>,
	span: Span,
	config: PhantomData<T>,
}

impl<T: Config> List<T> {
	fn of(topic: Option<Topic>) -> Self {
		let span = match topic {
			Some(topic) => Lists::<T>::get(topic),
			None => Span { first: OldestKept::<T>::get().0, next: Committed::<T>::get().count },
		};
		Self { topic, span, config: PhantomData }
	}

	/// The record at this place.
	fn record(&self, place: u64) -> Option<Record> {
		let id = match self.topic {
			Some(topic) => Listed::<T>::get(topic, place)?,
			None => RecordId(place),
		};
		Records::<T>::get(id)
	}

	/// The first place whose record is not `before` something that comes later for later records.
	fn end_of(&self, is_before: impl Fn(&Record) -> bool) -> u64 {
		let Span { mut first, mut next } = self.span;
		while first < next {
			let middle = first.midpoint(next);
			match self.record(middle).is_some_and(|record| is_before(&record)) {
				true => first = middle.saturating_add(1),
				false => next = middle,
			}
		}
		next
	}
}

impl<T: Config> Pallet<T> {
	/// Where the log stands, and on which terms.
	pub fn audit_log() -> LogInfo {
		LogInfo {
			committed: Committed::<T>::get(),
			oldest_kept: OldestKept::<T>::get(),
			kept_blocks: T::KeptBlocks::get(),
			fee_per_byte: T::FeePerByte::get(),
		}
	}

	/// The record with this id, while its body is kept.
	pub fn record(id: RecordId) -> Option<Record> {
		Records::<T>::get(id)
	}

	/// The records that `query` wants, from the last one before `before` on, newest first.
	pub fn records(query: Query, before: Option<RecordId>, limit: u32) -> RecordPage {
		let list = List::<T>::of(query.topic());
		let is_before = |record: &Record| {
			before.is_none_or(|before| record.id < before)
				&& query.until.is_none_or(|until| record.time <= until)
		};
		let limit: usize = limit.clamp(1, MAX_PAGE).saturated_into();
		let mut records = Vec::new();
		let places = (list.span.first..list.end_of(is_before)).rev();
		for (record, scanned) in places.filter_map(|place| list.record(place)).zip(0u32..) {
			if query.since.is_some_and(|since| record.time < since) {
				break;
			}
			if records.len() >= limit || scanned >= MAX_SCANNED {
				let next = RecordId(record.id.0.saturating_add(1));
				return RecordPage { records, next: Some(next) };
			}
			if query.wants(&record) {
				records.push(record);
			}
		}
		RecordPage { records, next: None }
	}

	/// The record with this id, and the proof that the log of its first `count` records, or of all, has it.
	pub fn prove(id: RecordId, count: Option<u64>) -> Option<Proven> {
		let all = Committed::<T>::get().count;
		let count = count.unwrap_or(all);
		if count > all {
			return None;
		}
		let proof = Log::new(&mut StoredNodes::<T>::new(), count).prove(id).ok()?;
		Some(Proven { record: Records::<T>::get(id), proof })
	}
}
