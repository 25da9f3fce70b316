//! Reading, for the runtime API, the view functions and the runtime's adapters.

use crate::{runtime_api::MAX_PAGE, *};
use aitbc_core::{AgentId, Balance, JobId, OfferId, TagId};
use aitbc_traits::Escrow;
use alloc::vec::Vec;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// The offer with the id `offer`. Reads it and its agent.
	pub fn offer(offer: OfferId) -> Option<OfferInfo<T::AccountId>> {
		let record = Offers::<T>::get(offer)?;
		let is_backed = Self::is_backed(&record);
		Some(OfferInfo { offer, record, is_backed })
	}

	/// The offers of a capability, from the one after `after` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says.
	pub fn offers_by_tag(
		tag: TagId,
		after: Option<OfferId>,
		limit: u32,
	) -> OfferPage<T::AccountId> {
		match after {
			Some(after) => {
				let key = OffersByTag::<T>::hashed_key_for(tag, after);
				Self::offer_page(OffersByTag::<T>::iter_key_prefix_from(tag, key), limit)
			},
			None => Self::offer_page(OffersByTag::<T>::iter_key_prefix(tag), limit),
		}
	}

	/// The offers of an agent, from the one after `after` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says.
	pub fn offers_of(
		agent: AgentId,
		after: Option<OfferId>,
		limit: u32,
	) -> OfferPage<T::AccountId> {
		match after {
			Some(after) => {
				let key = OffersByAgent::<T>::hashed_key_for(agent, after);
				Self::offer_page(OffersByAgent::<T>::iter_key_prefix_from(agent, key), limit)
			},
			None => Self::offer_page(OffersByAgent::<T>::iter_key_prefix(agent), limit),
		}
	}

	/// The job with the id `job`, until it is forgotten. Reads it, its bids and its contract.
	pub fn job(job: JobId) -> Option<JobInfo<T::AccountId>> {
		let record = match Jobs::<T>::get(job) {
			Some(live) => Self::live_job(job, live),
			None => JobRecord::Settled(SettledJobs::<T>::get(job)?),
		};
		Some(JobInfo { job, record })
	}

	/// The jobs of which `account` is the client, or that went to it, from the one after `after` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says.
	pub fn jobs_of(
		account: &T::AccountId,
		after: Option<JobId>,
		limit: u32,
	) -> JobPage<T::AccountId> {
		match after {
			Some(after) => {
				let key = JobsByParty::<T>::hashed_key_for(account, after);
				Self::job_page(JobsByParty::<T>::iter_key_prefix_from(account, key), limit)
			},
			None => Self::job_page(JobsByParty::<T>::iter_key_prefix(account), limit),
		}
	}

	/// The jobs that wait for bids of a capability, from the one after `after` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says.
	pub fn open_jobs(tag: TagId, after: Option<JobId>, limit: u32) -> JobPage<T::AccountId> {
		match after {
			Some(after) => {
				let key = OpenJobs::<T>::hashed_key_for(tag, after);
				Self::job_page(OpenJobs::<T>::iter_key_prefix_from(tag, key), limit)
			},
			None => Self::job_page(OpenJobs::<T>::iter_key_prefix(tag), limit),
		}
	}

	/// The bids for a job, or its backups. One storage read.
	pub fn bids(job: JobId) -> Vec<BidOf<T>> {
		Bids::<T>::get(job).into_inner()
	}

	/// The receipts that were filed for a job, and who filed them. Two storage reads at most.
	pub fn receipts(id: JobId) -> Vec<ReceiptEntry<T::AccountId>> {
		let live = || {
			let job = Jobs::<T>::get(id)?;
			let present =
				job.lease().map(|lease| (lease.contract, lease.agent, lease.account.clone()));
			Some((job.client, job.receipts, job.past, present))
		};
		let settled = || {
			let settled = SettledJobs::<T>::get(id)?;
			Some((settled.client, settled.receipts, settled.leases, None))
		};
		let Some((client, receipts, past, present)) = live().or_else(settled) else {
			return Vec::new();
		};
		let past = past.into_iter().map(|lease| (lease.contract, lease.agent, lease.account));
		let leases: Vec<_> = past.chain(present).collect();
		let entry = |receipt: WorkReceipt| {
			let (_, agent, account) = leases.iter().find(|(of, ..)| *of == receipt.contract)?;
			let (agent, account, client) = (*agent, account.clone(), client.clone());
			Some(ReceiptEntry { receipt, agent, account, client })
		};
		receipts.into_iter().filter_map(entry).collect()
	}

	/// What it takes to hire by an offer now.
	pub fn quote(offer: OfferId, work: WorkTerms<T::AccountId, Vec<u8>>) -> Option<Quote> {
		let record = Offers::<T>::get(offer)?;
		let price = Self::hiring_price(&record.terms, &work)?;
		let total = work.payment.cost(&work.whole(), price)?;
		let deposits = Self::deposits_of(&work, 0);
		Some(Quote { price, total, bond: Self::least_bond(total), deposits })
	}

	/// What a bid of `price` for a job must have at risk at least, in plancks.
	pub fn bid_bond(job: JobId, price: Balance) -> Option<Balance> {
		let work = Jobs::<T>::get(job)?.work;
		work.payment.cost(&work.whole(), price).map(Self::least_bond)
	}

	/// What waits to be released to `account`, in plancks. At most one entry of each kind.
	pub fn claims(account: &T::AccountId) -> Vec<(ClaimKind, Balance)> {
		Claims::<T>::iter_prefix(account).collect()
	}

	/// A job that has not ended, with what the escrow knows of it.
	fn live_job(id: JobId, job: JobOf<T>) -> JobRecord<T::AccountId> {
		let bids = Bids::<T>::get(id).len().saturated_into();
		let standing = job.lease().and_then(|lease| T::Escrow::standing(lease.contract));
		let stage = match (&standing, &job.state) {
			(_, JobState::Bidding(_)) => JobStage::Bidding,
			(Some(standing), _) if standing.under_review => JobStage::UnderReview,
			(Some(standing), _) => match standing.started {
				Some(since) => JobStage::Running { since },
				None => JobStage::Assigned,
			},
			(None, _) => JobStage::Assigned,
		};
		let reportable = match (standing, &job.state) {
			(Some(standing), JobState::Assigned { lease, start_by }) if !standing.under_review => {
				Self::failure(lease, *start_by, &standing)
			},
			_ => None,
		};
		JobRecord::Live { job: job.map_uri(UriOf::<T>::into_inner), stage, reportable, bids }
	}

	/// The first offers among `ids`.
	fn offer_page(mut ids: impl Iterator<Item = OfferId>, limit: u32) -> OfferPage<T::AccountId> {
		let limit = limit.clamp(1, MAX_PAGE).saturated_into();
		let page: Vec<OfferId> = ids.by_ref().take(limit).collect();
		let next = ids.next().and(page.last().copied());
		OfferPage { offers: page.into_iter().filter_map(Self::offer).collect(), next }
	}

	/// The first jobs among `ids`.
	fn job_page(mut ids: impl Iterator<Item = JobId>, limit: u32) -> JobPage<T::AccountId> {
		let limit = limit.clamp(1, MAX_PAGE).saturated_into();
		let page: Vec<JobId> = ids.by_ref().take(limit).collect();
		let next = ids.next().and(page.last().copied());
		JobPage { jobs: page.into_iter().filter_map(Self::job).collect(), next }
	}
}
