//! What most tests begin with: a bitcoind, a funded wallet and an anchorer.

use crate::bitcoind::Bitcoind;
use aitbc_bitcoin::{Network, Payload};
use aitbc_node_bitcoin::{
	Anchorer, Core, Credentials, FeePolicy, FeeRate, Journal, Report, Signer, Wallet,
};
use std::path::PathBuf;

pub type Machine = Anchorer<Core, Journal>;

/// After how many blocks a mined coin can be spent, and one for the coin.
const MATURE: u32 = 101;

/// A payload of the block at this height.
pub fn payload(height: u8) -> Payload {
	Payload {
		network: Network::Regtest,
		set_id: 3,
		height: height.into(),
		block_hash: [height; 32],
		audit_root: [7; 32],
	}
}

/// Regtest has no estimates, so this is what is paid.
pub fn paying(rate: u64) -> FeePolicy {
	FeePolicy { fallback: FeeRate::from_sat_per_vbyte(rate), ..FeePolicy::default() }
}

pub struct World {
	pub bitcoind: Bitcoind,
}

impl World {
	/// A wallet with one coin that can be spent.
	pub fn funded(options: &[&'static str]) -> Self {
		let world = Self { bitcoind: Bitcoind::start(options) };
		world.bitcoind.mine_to(1, &world.wallet().address());
		world.bitcoind.mine(MATURE - 1);
		world
	}

	pub fn core(&self) -> Core {
		let cookie = Credentials::Cookie(self.bitcoind.cookie());
		Core::new(&self.bitcoind.url(), cookie, Network::Regtest).unwrap()
	}

	pub fn wallet(&self) -> Wallet {
		let path = self.bitcoind.folder().join("wallet");
		Wallet::open_or_create(&path, Network::Regtest).unwrap()
	}

	pub fn journal(&self) -> PathBuf {
		self.bitcoind.folder().join("journal")
	}

	/// Starts the process on what the disk has.
	pub fn start(&self) -> Machine {
		self.start_paying(10)
	}

	pub fn start_paying(&self, rate: u64) -> Machine {
		let signer = Signer::Wallet(self.wallet());
		Anchorer::open(self.core(), &self.journal(), signer, paying(rate)).unwrap()
	}
}

/// A step while the chain is done with nothing.
pub fn step(machine: &mut Machine, height: u8) -> Report {
	machine.step(Some(payload(height)), |_| false).unwrap()
}
