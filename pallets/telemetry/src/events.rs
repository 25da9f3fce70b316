//! The events. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A validator named the key of its worker.
		#[codec(index = 0)]
		WorkerKeySet {
			/// The validator.
			reporter: T::AccountId,
			/// The key.
			key: WorkerKey,
			/// What is held for it now, in plancks.
			deposit: Balance,
		},
		/// A validator took the key of its worker back.
		#[codec(index = 1)]
		WorkerKeyRemoved {
			/// The validator.
			reporter: T::AccountId,
			/// What was returned, in plancks.
			deposit: Balance,
		},
		/// A worker committed to a digest.
		#[codec(index = 2)]
		DigestCommitted {
			/// Whose worker.
			reporter: T::AccountId,
			/// The digest's window.
			window: Window,
			/// To what.
			commitment: Commitment,
		},
		/// A digest was revealed.
		#[codec(index = 3)]
		DigestRevealed {
			/// Whose it is.
			reporter: T::AccountId,
			/// The digest, with its window.
			digest: Digest,
		},
		/// A digest was committed to and not revealed in time.
		#[codec(index = 4)]
		DigestMissed {
			/// Whose it is.
			reporter: T::AccountId,
			/// The digest's window.
			window: Window,
			/// What it cost, in plancks.
			penalty: Balance,
		},
		/// A window was settled.
		#[codec(index = 5)]
		FeedSettled {
			/// The window.
			window: Window,
			/// What its reporters saw.
			feed: Feed,
			/// How many of their digests earned a point.
			points: u32,
		},
		/// A worker reported an alarm.
		#[codec(index = 6)]
		AlarmReported {
			/// The new report.
			report: ReportId,
			/// Whose worker.
			reporter: T::AccountId,
			/// The present window.
			window: Window,
			/// Which series, when, and why.
			alarm: Alarm,
			/// The version of the detectors that said so.
			model: u16,
			/// The hash of the raw samples that they saw last.
			evidence: RawHash,
		},
		/// A report was right.
		#[codec(index = 7)]
		ReportConfirmed {
			/// The report.
			report: ReportId,
			/// Whose it is.
			reporter: T::AccountId,
			/// Who says so.
			by: Confirmation,
		},
		/// A report was spam.
		#[codec(index = 8)]
		ReportDismissed {
			/// The report.
			report: ReportId,
			/// Whose it is.
			reporter: T::AccountId,
			/// What it cost, in plancks.
			penalty: Balance,
		},
		/// An era is over, and its points share a pot.
		#[codec(index = 9)]
		EraClosed {
			/// The era.
			era: EraIndex,
			/// The points of all reporters.
			points: u64,
			/// What they share, in plancks.
			pot: Balance,
		},
		/// A reporter was paid its share of an era.
		#[codec(index = 10)]
		RewardPaid {
			/// The era.
			era: EraIndex,
			/// Who was paid.
			reporter: T::AccountId,
			/// For how many points.
			points: u32,
			/// How much, in plancks.
			amount: Balance,
		},
		/// Nobody can claim of an era any more.
		#[codec(index = 11)]
		EraExpired {
			/// The era.
			era: EraIndex,
			/// What was not claimed, in plancks. It is the pot's again.
			unclaimed: Balance,
		},
	}
}
