//! What storage costs, and what a bid must have at risk.

use crate::*;
use aitbc_core::{AgentId, Balance, JobId, OfferId, TagId};
use codec::{Compact, MaxEncodedLen};
use frame_support::traits::{Footprint, Get};
use sp_runtime::traits::{Convert, SaturatedConversion};

/// What an offer occupies: its record, and an entry for its agent and one for its tag.
const ITEMS_PER_OFFER: usize = 3;

/// What a job occupies until it ends: its record, the list of its bids, whose rows the bidders pay for,
/// and an entry while it waits for bids.
const ITEMS_PER_JOB: usize = 3;

impl<T: Config> Pallet<T> {
	/// The storage deposit of an offer, in plancks.
	pub fn offer_deposit() -> Balance {
		let record = <(OfferId, OfferOf<T>)>::max_encoded_len();
		let by_agent = <(AgentId, OfferId)>::max_encoded_len();
		let by_tag = <(TagId, OfferId)>::max_encoded_len();
		let bytes = record.saturating_add(by_agent).saturating_add(by_tag);
		T::StorageDeposit::convert(Footprint::from_parts(ITEMS_PER_OFFER, bytes))
	}

	/// The storage deposits of a job with a specification at a URI of `uri_length` bytes, a plan with
	/// so many milestones (none for a stream or a meter), and so many backups.
	///
	/// What exceeds its bound is priced as the bound.
	pub fn job_deposits(uri_length: u32, milestones: u32, max_backups: u32) -> JobDeposits {
		let leases = max_backups.min(MAX_BACKUPS).saturating_add(1);
		// Each milestone is submitted once, whoever does it; else each lease has one receipt.
		let receipts = if milestones == 0 { leases } else { milestones.min(MAX_MILESTONES) };
		JobDeposits {
			job: T::StorageDeposit::convert(Self::job_footprint(uri_length, leases, receipts)),
			record: T::StorageDeposit::convert(Self::record_footprint(leases, receipts)),
		}
	}

	/// What a bid that costs `total` in all has at risk at least, in plancks.
	///
	/// It pays for its row in the list as well: the money is held for as long as the row is there, and
	/// is at least what the deposit for the row would be.
	pub fn least_bond(total: Balance) -> Balance {
		let row = T::StorageDeposit::convert(Footprint::from_mel::<BidOf<T>>());
		T::BondRate::get().mul_ceil(total).max(T::MinBond::get()).max(row)
	}

	/// The most that a job occupies until it ends.
	fn job_footprint(uri_length: u32, leases: u32, receipts: u32) -> Footprint {
		let unused_uri = T::MaxUriLength::get().saturating_sub(uri_length).saturated_into();
		let record = <(JobId, JobOf<T>)>::max_encoded_len()
			.saturating_sub(unused_uri)
			.saturating_sub(Self::unused_history(leases, receipts));
		let bids = <(JobId, Compact<u32>)>::max_encoded_len();
		let open = <(TagId, JobId)>::max_encoded_len();
		let bytes = record.saturating_add(bids).saturating_add(open);
		Footprint::from_parts(ITEMS_PER_JOB, bytes)
	}

	/// The most that is kept of a job that ended, and that its parties' entries occupy from the
	/// start.
	fn record_footprint(leases: u32, receipts: u32) -> Footprint {
		let record = <(JobId, SettledJobOf<T>)>::max_encoded_len()
			.saturating_sub(Self::unused_history(leases, receipts));
		let parties: usize = leases.saturating_add(1).saturated_into();
		let entry = <(T::AccountId, JobId)>::max_encoded_len();
		let bytes = record.saturating_add(entry.saturating_mul(parties));
		Footprint::from_parts(parties.saturating_add(1), bytes)
	}

	/// How much shorter a record is when there can be only so many leases and receipts.
	fn unused_history(leases: u32, receipts: u32) -> usize {
		let leases: usize = MAX_LEASES.saturating_sub(leases).saturated_into();
		let receipts: usize = MAX_MILESTONES.saturating_sub(receipts).saturated_into();
		let lease = PastLease::<T::AccountId>::max_encoded_len();
		lease
			.saturating_mul(leases)
			.saturating_add(WorkReceipt::max_encoded_len().saturating_mul(receipts))
	}
}
