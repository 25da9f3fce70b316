//! Money for units that the client has signed for: redeem.

use crate::{
	types::{Money, Sheet},
	*,
};
use aitbc_core::{ContractId, Voucher};
use aitbc_traits::DeadlineClock;
use alloc::vec::Vec;
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{Verify, Zero},
	DispatchResult,
};

/// What browser extensions put before bytes that they sign, so that nobody signs a transaction in
/// disguise: `u8aWrapBytes` in packages/util/src/u8a/wrap.ts of polkadot-js/common.
const WRAP_PREFIX: &[u8] = b"<Bytes>";

/// What the same function puts after them.
const WRAP_SUFFIX: &[u8] = b"</Bytes>";

impl<T: Config> Pallet<T> {
	/// See [`Pallet::redeem`].
	pub(crate) fn do_redeem(
		caller: T::AccountId,
		contract: ContractId,
		voucher: Voucher,
		signature: T::Signature,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		ensure!(caller == record.provider, Error::<T>::NotProvider);
		let Money { client, provider, fee_rate, review_period, funded } = record.money()?;
		let meter = funded.meter_mut()?;
		let until = meter.vouchers_until(review_period).ok_or(Error::<T>::UnderDispute)?;
		ensure!(voucher.contract == contract, Error::<T>::ForeignVoucher);
		ensure!(T::Clock::now() <= until, Error::<T>::VoucherTooLate);
		ensure!(voucher.sequence > meter.sequence, Error::<T>::VoucherOutdated);
		ensure!(voucher.units >= meter.billed, Error::<T>::UnitsDecreased);
		ensure!(voucher.units > meter.billed, Error::<T>::NothingEarned);
		ensure!(voucher.units <= meter.terms.units, Error::<T>::UnitsAboveCap);
		Self::ensure_signed_for(&voucher, &meter.terms.signer, &signature)?;

		let (amount, fee) = meter.bill(voucher.units, fee_rate);
		meter.sequence = voucher.sequence;
		let fee = Self::pay_for_work(contract, client, provider, amount, fee);
		// What is taken is a part of what is paid, so their sums don't saturate.
		meter.fee = meter.fee.saturating_add(fee);
		let (left, paid, fees) = (meter.unbilled(), meter.paid(), meter.fee);
		Self::note_start(contract, record.money()?)?;
		Self::deposit_event(Event::UnitsBilled {
			contract,
			units: voucher.units,
			sequence: voucher.sequence,
			amount,
			fee,
		});
		if left == 0 {
			let sheet = Sheet { released: paid, fee: fees, on_time: paid, ..Sheet::default() };
			Self::close(contract, record, sheet);
		} else {
			Contracts::<T>::insert(contract, record);
		}
		Ok(())
	}

	/// The bytes that make `voucher` good when its contract's signer signs them.
	pub fn voucher_payload(voucher: Voucher) -> Vec<u8> {
		// Block 0's hash is the one that frame_system never prunes.
		voucher.payload(frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()))
	}

	/// Checks that `signer` signed `voucher`, for this chain.
	fn ensure_signed_for(
		voucher: &Voucher,
		signer: &T::AccountId,
		signature: &T::Signature,
	) -> Result<(), Error<T>> {
		let payload = Self::voucher_payload(*voucher);
		let wrapped = [WRAP_PREFIX, &payload, WRAP_SUFFIX].concat();
		let is_signed = |bytes: &[u8]| signature.verify(bytes, signer);
		ensure!(is_signed(&payload) || is_signed(&wrapped), Error::<T>::VoucherInvalid);
		Ok(())
	}
}
