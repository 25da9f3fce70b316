//! The namespace `validators_*`: how validators do their slots, and what they were slashed for.
//!
//! It only translates: what is answered is what the runtime API of their performance answers.

mod api;
mod views;

use super::{
	accounts::{Accounts, Address},
	answer::{Answer, Api, Chain, Page, RequiredApi},
	cursor::{limit_or_most, Cursor, List},
	error::Error,
};
use crate::service::{Block, FullClient};
use aitbc_runtime::{AccountId, Hash};
use api::ValidatorsRpcServer;
use jsonrpsee::Methods;
use pallet_telemetry::runtime_api::TelemetryApi;
use pallet_validator_performance::runtime_api::{ValidatorPerformanceApi, MAX_PAGE};
use sc_service::ChainSpec;
use std::sync::Arc;
use views::{performance::Performance, slash::Slash};

/// Answers questions about validators.
struct Validators {
	chain: Chain,
	accounts: Accounts,
}

/// The methods, on the chain of `client` that `spec` describes.
pub fn module(client: Arc<FullClient>, spec: &dyn ChainSpec) -> Methods {
	let apis = vec![
		RequiredApi::of::<dyn ValidatorPerformanceApi<Block, AccountId>>("ValidatorPerformanceApi"),
		RequiredApi::of::<dyn TelemetryApi<Block, AccountId>>("TelemetryApi"),
	];
	Validators { chain: Chain::new(client, apis), accounts: Accounts::of(spec) }.into_rpc().into()
}

/// The era that was asked for, or else the active one.
///
/// Telemetry tells the latter: it pays by the same eras, and the API of the performance does not name it.
fn era_or_active(api: &Api, at: Hash, era: Option<u32>) -> Result<u32, Error> {
	match era {
		Some(era) => Ok(era),
		None => Ok(api.telemetry(at)?.era),
	}
}

/// The page of `all` from the place `first` on, and the place of the next one. `limit` is clamped as the runtime APIs
/// do it.
fn page<T>(all: Vec<T>, first: Option<u32>, limit: Option<u32>) -> (Vec<T>, Option<u32>) {
	let first = first.unwrap_or_default();
	let end = first.saturating_add(limit_or_most(limit).clamp(1, MAX_PAGE));
	let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
	let placed = (0..).zip(all).filter(|(place, _)| (first..end).contains(place));
	(placed.map(|(_, entry)| entry).collect(), (end < count).then_some(end))
}

impl ValidatorsRpcServer for Validators {
	fn performance(
		&self,
		stash: Address,
		era: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<Option<Performance>>, Error> {
		let stash = self.accounts.read(&stash)?;
		self.chain.answer(at, |api, at| {
			let era = era_or_active(api, at, era)?;
			let show = |info| Performance::new(info, &self.accounts);
			Ok(api.performance(at, stash, era)?.map(show))
		})
	}

	fn list(
		&self,
		era: Option<u32>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<Performance>>, Error> {
		let list = List::new("validators_list", era);
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let era = era_or_active(api, at, era)?;
			let page = api.performances(at, era, after, limit_or_most(limit))?;
			let show = |info| Performance::new(info, &self.accounts);
			Ok((page.performances.into_iter().map(show).collect(), list.cursor(page.next)))
		})
	}

	fn slashes(
		&self,
		stash: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<Slash>>, Error> {
		let stash = self.accounts.read(&stash)?;
		let list = List::new("validators_slashes", &stash);
		let first = list.place(after)?;
		self.chain.page(at, |api, at| {
			let (records, next) = page(api.slash_history(at, stash)?, first, limit);
			let show = |record| Slash::new(record, &self.accounts);
			Ok((records.into_iter().map(show).collect(), list.cursor(next)))
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn pages_should_join_to_the_whole_list() {
		for (limit, lengths) in [
			(Some(0), &[1_usize; 5][..]),
			(Some(1), &[1; 5]),
			(Some(2), &[2, 2, 1]),
			(Some(4), &[4, 1]),
			(Some(5), &[5]),
			(Some(u32::MAX), &[5]),
			(None, &[5]),
		] {
			let (mut joined, mut found, mut next) = (Vec::new(), Vec::new(), None);
			loop {
				let (entries, end) = page((0..5).collect(), next, limit);
				found.push(entries.len());
				joined.extend(entries);
				next = end;
				if next.is_none() {
					break;
				}
			}
			assert_eq!(joined, [0, 1, 2, 3, 4], "{limit:?}");
			assert_eq!(found, lengths, "{limit:?}");
		}
	}

	#[test]
	fn page_should_be_empty_when_there_is_nothing() {
		assert_eq!(page(Vec::<u8>::new(), None, None), (Vec::new(), None));
		// The oldest entries may be gone since the place was given out.
		for first in [3, u32::MAX] {
			assert_eq!(page(vec![7, 8, 9], Some(first), Some(1)), (Vec::new(), None));
		}
	}

	#[test]
	fn page_should_be_short_when_more_is_asked_for() {
		let (entries, next) = page((0..=MAX_PAGE).collect(), None, Some(u32::MAX));

		assert_eq!(entries, (0..MAX_PAGE).collect::<Vec<_>>());
		assert_eq!(next, Some(MAX_PAGE));
	}
}
