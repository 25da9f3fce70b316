//! Reading, for the runtime API, the view functions and the runtime's adapters.

use crate::{
	runtime_api::{MAX_PAGE, MAX_SCAN},
	*,
};
use aitbc_core::{AgentId, Balance, TagId, ValidationId, WorkHash};
use alloc::vec::Vec;
use codec::MaxEncodedLen;
use frame_support::traits::{Footprint, Get};
use sp_runtime::traits::{Convert, SaturatedConversion};

/// What a validation occupies: its record, an index entry for its subject and one for its validator,
/// and one as open request.
const ITEMS_PER_VALIDATION: usize = 4;

impl<T: Config> Pallet<T> {
	/// How many validations `validator` took up that have not come to their end: answered softly,
	/// or with a bond at risk. One storage read.
	///
	/// Requests that it has not answered do not count, because anybody can send those.
	pub fn open_validations_of(validator: AgentId) -> u32 {
		OpenValidations::<T>::get(validator)
	}

	/// The validation with the id `validation`, unless it is erased.
	pub fn validation(validation: ValidationId) -> Option<ValidationInfo<T::AccountId>> {
		let record = Validations::<T>::get(validation)?.map_uris(UriOf::<T>::into_inner);
		Some(ValidationInfo { validation, record })
	}

	/// The validations of work of `subject`, with `tag` if one is given, from the one after `after`
	/// on.
	///
	/// See [`runtime_api::ValidationsApi::validations_of`]. Reads two entries for each validation
	/// that it looks at.
	pub fn validations_of(
		subject: AgentId,
		tag: Option<TagId>,
		after: Option<ValidationId>,
		limit: u32,
	) -> ValidationPage<T::AccountId> {
		let is_wanted = |record: &Validation<_, _>| tag.is_none_or(|tag| record.tag == Some(tag));
		match after {
			Some(after) => {
				let key = ValidationsBySubject::<T>::hashed_key_for(subject, after);
				let ids = ValidationsBySubject::<T>::iter_key_prefix_from(subject, key);
				Self::page(ids, limit, is_wanted)
			},
			None => {
				Self::page(ValidationsBySubject::<T>::iter_key_prefix(subject), limit, is_wanted)
			},
		}
	}

	/// The validations that `validator` was asked for, from the one after `after` on.
	///
	/// See [`runtime_api::ValidationsApi::requests_to`]. Reads two entries for each validation that
	/// it looks at.
	pub fn requests_to(
		validator: AgentId,
		after: Option<ValidationId>,
		limit: u32,
	) -> ValidationPage<T::AccountId> {
		match after {
			Some(after) => {
				let key = ValidationsByValidator::<T>::hashed_key_for(validator, after);
				let ids = ValidationsByValidator::<T>::iter_key_prefix_from(validator, key);
				Self::page(ids, limit, |_| true)
			},
			None => {
				Self::page(ValidationsByValidator::<T>::iter_key_prefix(validator), limit, |_| true)
			},
		}
	}

	/// What the hard answers about `subject` come to, only those by `validator` if one is given,
	/// only those with `tag` if one is given. One storage read.
	pub fn summary(subject: AgentId, validator: Option<AgentId>, tag: Option<TagId>) -> Summary {
		Summaries::<T>::get(subject, SummaryScope { validator, tag })
	}

	/// What `agent` made of the requests that it took up. One storage read.
	pub fn validator_record(agent: AgentId) -> ValidatorRecord {
		ValidatorRecords::<T>::get(agent)
	}

	/// The deposit that a request takes for work at a URI of `uri_length` bytes, in plancks.
	///
	/// A length beyond [`Config::MaxUriLength`] is priced as that length.
	pub fn request_deposit(uri_length: u32) -> Balance {
		T::StorageDeposit::convert(Self::footprint(uri_length))
	}

	/// The most that a validation of work at a URI of `uri_length` bytes occupies in storage.
	///
	/// It grows when it is answered, so the longest answer counts from the start. An entry counts
	/// the values in its key as well, because an index is all key.
	fn footprint(uri_length: u32) -> Footprint {
		let unused = T::MaxUriLength::get().saturating_sub(uri_length).saturated_into();
		let record = <(ValidationId, ValidationOf<T>)>::max_encoded_len().saturating_sub(unused);
		let indexed = <(AgentId, ValidationId)>::max_encoded_len();
		let open = <(T::AccountId, AgentId, WorkHash, ValidationId)>::max_encoded_len();
		let bytes = record.saturating_add(indexed.saturating_mul(2)).saturating_add(open);
		Footprint::from_parts(ITEMS_PER_VALIDATION, bytes)
	}

	/// The first validations among `ids` that are wanted.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says, out of [`MAX_SCAN`] at most.
	fn page(
		mut ids: impl Iterator<Item = ValidationId>,
		limit: u32,
		is_wanted: impl Fn(&Validation<T::AccountId, Vec<u8>>) -> bool,
	) -> ValidationPage<T::AccountId> {
		let limit: usize = limit.clamp(1, MAX_PAGE).saturated_into();
		let mut validations = Vec::new();
		let mut last = None;
		for id in ids.by_ref().take(MAX_SCAN.saturated_into()) {
			validations.extend(Self::validation(id).filter(|info| is_wanted(&info.record)));
			last = Some(id);
			if validations.len() >= limit {
				break;
			}
		}
		ValidationPage { validations, next: ids.next().and(last) }
	}
}
