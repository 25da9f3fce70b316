//! Bitcoin's networks, and what differs between their rules.
//!
//! All numbers are those of Core `src/kernel/chainparams.cpp`. Testnet3 is left out: BIP 94 says why nobody
//! should rely on it.

use crate::{
	hash::{BlockHash, MerkleNode},
	header::Header,
	target::{Bits, Target},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use primitive_types::U256;
use scale_info::TypeInfo;

/// How many blocks have one target: `DifficultyAdjustmentInterval` in Core `src/consensus/params.h`.
///
/// On regtest Core has 144. That makes no difference, because nothing changes there from one period to the next.
pub const PERIOD: u32 = 2016;

/// How long a period should take, in seconds: two weeks, `nPowTargetTimespan` in Core.
pub const PERIOD_SECONDS: u32 = 14 * 24 * 60 * 60;

/// How long a block should take, in seconds: `nPowTargetSpacing` in Core.
pub const SPACING_SECONDS: u32 = 600;

/// The root of the genesis block's tree on all networks but testnet4: the id of its only transaction.
const GENESIS_ROOT: MerkleNode = MerkleNode([
	0x3b, 0xa3, 0xed, 0xfd, 0x7a, 0x7b, 0x12, 0xb2, 0x7a, 0xc7, 0x2c, 0x3e, 0x67, 0x76, 0x8f, 0x61,
	0x7f, 0xc8, 0x1b, 0xc3, 0x88, 0x8a, 0x51, 0x32, 0x3a, 0x9f, 0xb8, 0xaa, 0x4b, 0x1e, 0x5e, 0x4a,
]);

/// The same on testnet4.
const TESTNET4_GENESIS_ROOT: MerkleNode = MerkleNode([
	0x4e, 0x7b, 0x2b, 0x91, 0x28, 0xfe, 0x02, 0x91, 0xdb, 0x06, 0x93, 0xaf, 0x2a, 0xe4, 0x18, 0xb7,
	0x67, 0xe6, 0x57, 0xcd, 0x40, 0x7e, 0x80, 0xcb, 0x14, 0x34, 0x22, 0x1e, 0xae, 0xa7, 0xa0, 0x7a,
]);

/// A Bitcoin network.
///
/// Its codec index is also the byte that names it in an anchor's payload.
#[derive(
	Clone,
	Copy,
	Debug,
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
pub enum Network {
	/// Bitcoin itself.
	#[codec(index = 0)]
	Mainnet,
	/// The public test network of BIP 94.
	#[codec(index = 1)]
	Testnet4,
	/// The public test network of BIP 325, whose blocks are signed.
	#[codec(index = 2)]
	Signet,
	/// A private network, for tests.
	#[codec(index = 3)]
	Regtest,
}

impl Network {
	/// All of them, in the order of their codec indices.
	pub const ALL: [Self; 4] = [Self::Mainnet, Self::Testnet4, Self::Signet, Self::Regtest];

	/// Its name, as Core writes it.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Mainnet => "main",
			Self::Testnet4 => "testnet4",
			Self::Signet => "signet",
			Self::Regtest => "regtest",
		}
	}

	/// The byte that names it in an anchor's payload.
	pub const fn id(self) -> u8 {
		match self {
			Self::Mainnet => 0,
			Self::Testnet4 => 1,
			Self::Signet => 2,
			Self::Regtest => 3,
		}
	}

	/// The network that a payload's byte names, if it names one.
	pub fn from_id(id: u8) -> Option<Self> {
		Self::ALL.into_iter().find(|network| network.id() == id)
	}

	/// Whether work alone does not make its chain, so that whoever relays its headers is trusted.
	///
	/// A signet block is valid by a signature that is not in its header (BIP 325), and anybody can mine any
	/// number of regtest blocks. Production must refuse both.
	pub const fn is_trusted_relayer(self) -> bool {
		matches!(self, Self::Signet | Self::Regtest)
	}

	/// The easiest target that a block may ever have: `powLimit` in Core.
	pub const fn limit(self) -> Target {
		const MAX: u64 = u64::MAX;
		Target::limit(match self {
			Self::Mainnet | Self::Testnet4 => U256([MAX, MAX, MAX, 0x0000_0000_ffff_ffff]),
			Self::Signet => U256([0, 0, 0, 0x0000_0377_ae00_0000]),
			Self::Regtest => U256([MAX, MAX, MAX, 0x7fff_ffff_ffff_ffff]),
		})
	}

	/// Whether the target changes with the time that a period took: `fPowNoRetargeting` is not set in Core.
	pub const fn retargets(self) -> bool {
		!matches!(self, Self::Regtest)
	}

	/// Whether a block may be as easy as [`Self::limit`] allows if it comes late: `fPowAllowMinDifficultyBlocks`
	/// in Core. On regtest no block is harder anyway.
	pub const fn allows_easy_blocks(self) -> bool {
		matches!(self, Self::Testnet4 | Self::Regtest)
	}

	/// Whether BIP 94 holds: `enforce_BIP94` in Core, which sets it on regtest only if asked to.
	pub const fn has_bip94(self) -> bool {
		matches!(self, Self::Testnet4)
	}

	/// The least version that a block at `height` may have: 2 since BIP 34, 3 since BIP 66, 4 since BIP 65
	/// (`BIP34Height`, `BIP66Height` and `BIP65Height` in Core). Any before.
	pub const fn least_version(self, height: u32) -> i32 {
		match (self, height) {
			(Self::Mainnet, 388_381..) => 4,
			(Self::Mainnet, 363_725..) => 3,
			(Self::Mainnet, 227_931..) => 2,
			(Self::Mainnet, _) | (_, 0) => i32::MIN,
			(Self::Testnet4 | Self::Signet | Self::Regtest, _) => 4,
		}
	}

	/// The header of its first block.
	pub const fn genesis(self) -> Header {
		let (merkle_root, time, bits, nonce) = match self {
			Self::Mainnet => (GENESIS_ROOT, 1_231_006_505, 0x1d00_ffff, 2_083_236_893),
			Self::Testnet4 => (TESTNET4_GENESIS_ROOT, 1_714_777_860, 0x1d00_ffff, 393_743_547),
			Self::Signet => (GENESIS_ROOT, 1_598_918_400, 0x1e03_77ae, 52_613_770),
			Self::Regtest => (GENESIS_ROOT, 1_296_688_602, 0x207f_ffff, 2),
		};
		let previous = BlockHash([0; 32]);
		Header { version: 1, previous, merkle_root, time, bits: Bits(bits), nonce }
	}
}

impl fmt::Display for Network {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(self.name())
	}
}
