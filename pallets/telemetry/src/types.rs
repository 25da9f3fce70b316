//! What the pallet stores, and what it tells its clients.

use aitbc_anomaly::Value;
use aitbc_core::Balance;
use aitbc_telemetry::{Alarm, FeedValue, Series};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::KeyTypeId;

/// The keystore's name for worker keys: "aitbc telemetry".
pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"aitm");

mod app {
	use super::KEY_TYPE;
	use sp_application_crypto::{app_crypto, sr25519};
	app_crypto!(sr25519, KEY_TYPE);
}

/// What a worker signs with. Its own, and not one of the session keys.
pub type WorkerKey = app::Public;

/// What a worker signs.
pub type WorkerSignature = app::Signature;

/// A number of a window: that of its first block, divided by the length of a window.
pub type Window = u32;

/// A number of an era of staking.
pub type EraIndex = u32;

/// How many series are shared.
pub const SHARED: usize = Series::SHARED.len();

/// The shared values of one digest, in the order of [`Series::SHARED`].
pub type SharedValues = [Option<Value>; SHARED];

/// What commits to a digest, for which see `aitbc_telemetry::commitment`.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Commitment(pub [u8; 32]);

/// A blake2b-256 hash of raw samples.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct RawHash(pub [u8; 32]);

/// The worker of a validator.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Worker {
	/// What it signs with.
	pub key: WorkerKey,
	/// What is held on the stash for it, in plancks.
	pub deposit: Balance,
	/// How many of its reports are open.
	pub open_reports: u32,
	/// In which window it reported last, and how often in that.
	pub reported: (Window, u32),
}

/// What the reporters of a window saw.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Feed {
	/// How many revealed a digest.
	pub reporters: u32,
	/// What stake they have together, in plancks.
	pub stake: Balance,
	/// Median and spread of each shared series, in the order of [`Series::SHARED`].
	pub values: [Option<FeedValue>; SHARED],
}

/// How well a reporter measures. Its counts only grow.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ReporterRecord {
	/// Digests that it committed to.
	pub committed: u64,
	/// Of these, those that it revealed in time.
	pub revealed: u64,
	/// Of these, those that it did not reveal in time.
	pub missed: u64,
	/// Of the revealed ones, those in the band of a feed that earns points.
	pub in_band: u64,
	/// Of the revealed ones, those out of the band of such a feed.
	pub out_of_band: u64,
	/// Reports that it made.
	pub reported: u64,
	/// Of these, those that were confirmed.
	pub confirmed: u64,
	/// Of these, those that were dismissed as spam.
	pub dismissed: u64,
	/// The window of the last report that was confirmed.
	pub last_confirmed: Option<Window>,
}

/// What the points of an era come to, and share.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct EraPay {
	/// The points of all reporters, the paid ones included.
	pub points: u64,
	/// What they share, in plancks. `None` while the era goes on.
	pub pot: Option<Balance>,
	/// What was paid of it, in plancks.
	pub paid: Balance,
}

impl EraPay {
	/// What is not paid of a closed era, in plancks.
	pub fn unpaid(&self) -> Balance {
		self.pot.unwrap_or_default().saturating_sub(self.paid)
	}
}

/// From the oldest era that is not expired to that in which points are counted.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Span {
	/// The oldest that is not expired.
	pub oldest: EraIndex,
	/// That in which points are counted.
	pub present: EraIndex,
}

/// The id of a report. Ids are given out from 0 on, and never again.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ReportId(pub u64);

impl ReportId {
	/// The id after this one.
	pub fn next(self) -> Self {
		// There are fewer than 2^64 reports.
		Self(self.0.saturating_add(1))
	}
}

/// Which reports are kept.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ReportSpan {
	/// The oldest that is kept, if there is any.
	pub first: ReportId,
	/// The id that the next report gets.
	pub next: ReportId,
}

/// Who confirmed a report.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Confirmation {
	/// Others, who reported the same series in the same window.
	#[codec(index = 0)]
	Corroboration,
	/// Governance.
	#[codec(index = 1)]
	Governance,
}

/// What became of a report.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ReportState {
	/// Nobody has said yet whether it is right.
	#[codec(index = 0)]
	Open,
	/// It was right.
	#[codec(index = 1)]
	Confirmed(Confirmation),
	/// It was spam.
	#[codec(index = 2)]
	Dismissed,
}

/// An alarm on chain.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Report<AccountId> {
	/// Whose worker made it.
	pub reporter: AccountId,
	/// In which window it was made.
	pub window: Window,
	/// Which series, when, and why.
	pub alarm: Alarm,
	/// The version of the detectors that said so.
	pub model: u16,
	/// The hash of the raw samples that they saw last, which the reporter can show.
	pub evidence: RawHash,
	/// What became of it.
	pub state: ReportState,
}

/// A [`Report`] as it is stored.
pub type ReportOf<T> = Report<<T as frame_system::Config>::AccountId>;

/// What a worker signs, in the context of its chain: see [`Statement::bytes`].
#[derive(Clone, Debug, Encode)]
pub enum Statement<'a, AccountId> {
	/// That it works for this validator.
	#[codec(index = 0)]
	WorksFor(&'a AccountId),
	/// What it commits to.
	#[codec(index = 1)]
	Commits(Window, &'a Commitment),
	/// What it reports.
	#[codec(index = 2)]
	Reports(Window, &'a Alarm, u16, &'a RawHash),
}

impl<AccountId: Encode> Statement<'_, AccountId> {
	/// The bytes that are signed on the chain with this genesis: "aitbc-telemetry", the genesis hash,
	/// and the statement, each SCALE encoded.
	pub fn bytes(&self, genesis: &impl Encode) -> Vec<u8> {
		(b"aitbc-telemetry", genesis, self).encode()
	}
}

/// A reporter as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ReporterInfo<AccountId> {
	/// The validator.
	pub reporter: AccountId,
	/// Its worker, unless it took the key back.
	pub worker: Option<Worker>,
	/// How well it measures.
	pub record: ReporterRecord,
	/// What backs it in this era, in plancks. Zero if it does not validate.
	pub stake: Balance,
	/// Its points in this era.
	pub points: u32,
	/// Whether its deposit covers the next penalty. Without that it can't send.
	pub is_covered: bool,
}

/// One page of reporters.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ReporterPage<AccountId> {
	/// Those of this page, in the order of storage.
	pub reporters: Vec<ReporterInfo<AccountId>>,
	/// Where the next page begins: pass it as `after`. `None` on the last page.
	pub next: Option<AccountId>,
}

/// A feed as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FeedInfo {
	/// The window.
	pub window: Window,
	/// Its first block.
	pub first_block: u32,
	/// What its reporters saw.
	pub feed: Feed,
}

/// A report as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ReportInfo<AccountId> {
	/// Its id.
	pub id: ReportId,
	/// What the chain knows of it.
	pub report: Report<AccountId>,
}

/// One page of reports.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ReportPage<AccountId> {
	/// Those of this page, newest first.
	pub reports: Vec<ReportInfo<AccountId>>,
	/// Where the next page begins: pass it as `before`. `None` on the last page.
	pub next: Option<ReportId>,
}

/// Where telemetry stands, and on which terms.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TelemetryInfo {
	/// The present window.
	pub window: Window,
	/// How long a window is, in blocks.
	pub window_length: u32,
	/// The present era.
	pub era: EraIndex,
	/// What a worker key holds, in plancks.
	pub deposit: Balance,
	/// What a missed digest costs, in plancks.
	pub miss_penalty: Balance,
	/// What a dismissed report costs, in plancks.
	pub spam_penalty: Balance,
	/// The most that an era's points share, in plancks.
	pub era_pot: Balance,
	/// What the pot has that is not set aside, in plancks.
	pub pot: Balance,
	/// Fewer digests than that earn no points.
	pub min_reporters: u32,
	/// The points of this era, of all reporters.
	pub points: u64,
}

/// What a reporter can claim of an era.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Claimable {
	/// The era.
	pub era: EraIndex,
	/// The reporter's points.
	pub points: u32,
	/// What they are worth, in plancks. `None` while the era goes on.
	pub amount: Option<Balance>,
}
