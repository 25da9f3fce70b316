//! Beginning at a checkpoint.

use crate::*;
use aitbc_bitcoin::{ChainedHeader, Network};
use alloc::{
	format,
	string::{String, ToString},
};
use frame_support::traits::Get;

impl<T: Config> Pallet<T> {
	/// Begins at a checkpoint. For genesis only: there must be no header yet.
	pub(crate) fn start(stated: &StatedCheckpoint) -> Result<(), String> {
		let checkpoint = stated.read()?;
		let network = checkpoint.network;
		if network != Network::Mainnet && !T::AllowsTestNetworks::get() {
			return Err(format!(
				"{network} proves nothing; only a network for tests may follow it"
			));
		}
		let (chained, times) =
			ChainedHeader::from_checkpoint(&checkpoint).map_err(|error| error.to_string())?;
		// `from_checkpoint` has seen that there is at least one.
		let last = checkpoint.headers.last().ok_or("there is no header")?;
		let header =
			StoredHeader { chained, times, previous: last.previous, merkle_root: last.merkle_root };
		Headers::<T>::insert(chained.hash(), header);
		Best::<T>::insert(chained.height(), chained.hash());
		Oldest::<T>::put(chained.height());
		Floor::<T>::put(chained.height());
		Tip::<T>::put(chained);
		Ok(())
	}
}
