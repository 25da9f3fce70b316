//! Validators that filled no slot.

use crate::{
	offence::{slash_fraction, Silence},
	*,
};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use core::cmp::Reverse;
use frame_support::defensive;
use sp_io::hashing::blake2_256;
use sp_runtime::traits::Convert;
use sp_staking::{offence::ReportOffence, EraIndex};

impl<T: Config> Pallet<T> {
	/// Chills silent validators, as many as the network can spare, and reports them if they are too many for chance.
	pub(crate) fn punish_silence(
		era: EraIndex,
		validators: u32,
		performances: &mut BTreeMap<T::AccountId, Performance>,
	) {
		let silent = Self::silent_in_order(performances);
		let count = silent.len().try_into().unwrap_or(u32::MAX);
		if count == 0 {
			return;
		}
		let mut left = Self::most_chills(validators, count);
		for validator in &silent {
			let chilled = left > 0 && T::Chill::chill(validator);
			left = left.saturating_sub(chilled.into());
			let Some(performance) = performances.get_mut(validator) else { continue };
			performance.consequence = Consequence::Silent { chilled };
			Self::deposit_event(Event::Silent {
				validator: validator.clone(),
				era,
				missed: performance.judged().missed,
				chilled,
			});
		}
		Self::report_silence(era, validators, silent);
	}

	/// The silent validators, in the order in which they are chilled: who missed more slots is before who missed less.
	///
	/// Lots decide between equals. The epoch's randomness was fixed before any of them could know that it would be
	/// among them, so nobody can choose an account, or a time, that comes last.
	fn silent_in_order(performances: &BTreeMap<T::AccountId, Performance>) -> Vec<T::AccountId> {
		let randomness = T::Slots::epoch().randomness;
		let mut silent: Vec<_> = performances
			.iter()
			.filter(|(_, performance)| performance.is_silent())
			.map(|(validator, performance)| {
				let lot = (randomness, validator).using_encoded(blake2_256);
				(Reverse(performance.judged().missed), lot, validator.clone())
			})
			.collect();
		silent.sort();
		silent.into_iter().map(|(_, _, validator)| validator).collect()
	}

	/// How many of `silent` validators may be chilled, of `validators`.
	///
	/// None if more than a third are silent: then it is the network, and without them it could not come back. At most
	/// as many as may be byzantine, and so many that an election still finds enough.
	fn most_chills(validators: u32, silent: u32) -> u32 {
		if silent.saturating_mul(3) > validators {
			return 0;
		}
		let spare = T::Validators::candidates().saturating_sub(T::Validators::minimum());
		spare.min(validators.saturating_sub(1) / 3)
	}

	/// Reports an offence of all of them, if they are too many for chance.
	///
	/// Also beyond a third: the slash is deferred, and governance can cancel it when the network was to blame.
	fn report_silence(era: EraIndex, validators: u32, silent: Vec<T::AccountId>) {
		let count = silent.len().try_into().unwrap_or(u32::MAX);
		let fraction = slash_fraction(count, validators);
		if fraction.is_zero() {
			return;
		}
		let offenders = silent.into_iter().map(T::OffenderOf::convert).collect();
		let session = T::Validators::session();
		let silence = Silence { era, session, validators, offenders };
		if T::ReportSilence::report_offence(Vec::new(), silence).is_err() {
			defensive!("an era is closed once, so its silence was not reported before");
			return;
		}
		Self::deposit_event(Event::SilenceReported { era, silent: count, validators, fraction });
	}
}
