//! The tag registry: what capabilities and feedback are about.

use super::is_printable;
use crate::*;
use aitbc_core::{Decimal, Scale, TagId, TagRule, TagUse};
use alloc::vec::Vec;
use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_runtime::{ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	/// Does what [`Pallet::create_tag`] says.
	pub(crate) fn do_create_tag(
		name: Vec<u8>,
		unit: Vec<u8>,
		purpose: TagUse,
		min: Decimal,
		max: Decimal,
	) -> DispatchResult {
		let created = Self::checked_tag(name, unit, purpose, min, max)?;
		ensure!(!TagOfName::<T>::contains_key(&created.name), Error::<T>::TagNameTaken);

		let tag = Self::put_tag(created.clone())?;
		let Tag { name, unit, rule } = created;
		Self::deposit_event(Event::TagCreated { tag, name, unit, rule });
		Ok(())
	}

	/// Does what [`Pallet::retire_tag`] says.
	pub(crate) fn do_retire_tag(tag: TagId) -> DispatchResult {
		let mut retired = Tags::<T>::get(tag).ok_or(Error::<T>::TagNotFound)?;
		ensure!(!retired.rule.is_retired, Error::<T>::TagRetired);

		retired.rule.is_retired = true;
		Tags::<T>::insert(tag, retired);
		Self::deposit_event(Event::TagRetired { tag });
		Ok(())
	}

	/// Puts a tag that the chain starts with into the registry.
	pub(crate) fn create_genesis_tag(tag: &GenesisTag) -> Result<TagId, DispatchError> {
		let GenesisTag { name, unit, purpose, min, max } = tag.clone();
		let created = Self::checked_tag(name.into_bytes(), unit.into_bytes(), purpose, min, max)?;
		ensure!(!TagOfName::<T>::contains_key(&created.name), Error::<T>::TagNameTaken);
		Self::put_tag(created)
	}

	/// Puts `tag`, whose name is free, into the registry under the next id.
	pub(crate) fn put_tag(tag: Tag<T>) -> Result<TagId, DispatchError> {
		let id = NextTagId::<T>::get();
		let next = id.next().ok_or(ArithmeticError::Overflow)?;
		NextTagId::<T>::put(next);
		TagOfName::<T>::insert(&tag.name, id);
		Tags::<T>::insert(id, tag);
		Ok(id)
	}

	/// Makes a tag, or says what is wrong with it.
	fn checked_tag(
		name: Vec<u8>,
		unit: Vec<u8>,
		purpose: TagUse,
		min: Decimal,
		max: Decimal,
	) -> Result<Tag<T>, Error<T>> {
		let name = TagNameOf::<T>::try_from(name).map_err(|_| Error::<T>::TagNameMalformed)?;
		ensure!(is_tag_name(&name), Error::<T>::TagNameMalformed);
		let unit = UnitOf::<T>::try_from(unit).map_err(|_| Error::<T>::TagUnitMalformed)?;
		ensure!(is_printable(&unit), Error::<T>::TagUnitMalformed);
		let scale = Scale::new(min, max).ok_or(Error::<T>::TagScaleInvalid)?;
		Ok(Tag { name, unit, rule: TagRule { purpose, scale, is_retired: false } })
	}
}

/// Whether `name` is made of lower-case ASCII letters, digits, `.`, `-` and `_`, a letter first.
fn is_tag_name(name: &[u8]) -> bool {
	let is_follower =
		|byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(byte);
	name.first().is_some_and(u8::is_ascii_lowercase) && name.iter().all(is_follower)
}
