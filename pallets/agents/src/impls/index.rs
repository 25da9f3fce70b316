//! The index of capabilities: for each tag, pages of rows of the active agents that offer it.
//!
//! All pages of a tag are full but the last, so a row's place alone says where it stands. A row that
//! goes is replaced by the tag's last one, so each change writes two pages at most.

use crate::*;
use aitbc_core::{AgentId, TagId};
use alloc::vec::Vec;
use frame_support::{defensive, pallet_prelude::DispatchResult, traits::Get};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	/// Gives every capability of `agent`, which has no rows, a row that says `standing`.
	///
	/// At most [`Config::MaxCapabilities`] of them.
	pub(crate) fn list(agent: AgentId, standing: Standing) -> DispatchResult {
		let capabilities: Vec<_> = Capabilities::<T>::iter_prefix(agent).collect();
		for (tag, capability) in capabilities {
			let row = Some(Self::append_row(tag, capability.row_of(agent, standing))?);
			Capabilities::<T>::insert(agent, tag, Capability { row, ..capability });
		}
		Ok(())
	}

	/// Lets every row of `agent` say `standing`. At most [`Config::MaxCapabilities`] of them.
	pub(crate) fn restate(agent: AgentId, standing: Standing) -> DispatchResult {
		let rows = Capabilities::<T>::iter_prefix(agent);
		for (tag, place) in rows.filter_map(|(tag, capability)| Some((tag, capability.row?))) {
			Self::change_row(tag, place, |row| row.standing = standing)?;
		}
		Ok(())
	}

	/// Takes every row of `agent` away. At most [`Config::MaxCapabilities`] of them.
	pub(crate) fn unlist(agent: AgentId) {
		let capabilities: Vec<_> = Capabilities::<T>::iter_prefix(agent).collect();
		for (tag, capability) in capabilities {
			if let Some(place) = capability.row {
				Self::remove_row(tag, place);
				Capabilities::<T>::insert(agent, tag, Capability { row: None, ..capability });
			}
		}
	}

	/// Puts `row` behind the last row of `tag`, and says where it stands there.
	pub(crate) fn append_row(tag: TagId, row: CapabilityRow) -> Result<RowPlace, DispatchError> {
		let place = RowPlace(CapabilityCounts::<T>::get(tag));
		let count = place.0.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let (page, _) = Self::position(place).ok_or(DispatchError::Corruption)?;
		CapabilityPages::<T>::try_append(tag, page, row).map_err(|()| {
			defensive!("only the last page has room, and the count says how much");
			DispatchError::Corruption
		})?;
		CapabilityCounts::<T>::insert(tag, count);
		Ok(place)
	}

	/// Changes the row at `place` among those of `tag`.
	pub(crate) fn change_row(
		tag: TagId,
		place: RowPlace,
		change: impl FnOnce(&mut CapabilityRow),
	) -> DispatchResult {
		let (page, slot) = Self::position(place).ok_or(DispatchError::Corruption)?;
		CapabilityPages::<T>::try_mutate(tag, page, |rows| {
			let Some(row) = rows.get_mut(slot) else {
				defensive!("a capability knows where its row stands");
				return Err(DispatchError::Corruption);
			};
			change(row);
			Ok(())
		})
	}

	/// Takes the row at `place` away from those of `tag`, and moves the last one there.
	///
	/// It can't fail, because an agent must be able to leave whatever the index is like.
	pub(crate) fn remove_row(tag: TagId, place: RowPlace) {
		let last = CapabilityCounts::<T>::get(tag).checked_sub(1).map(RowPlace);
		let Some((last, moved)) = last.and_then(|last| Some((last, Self::pop_row(tag, last)?)))
		else {
			defensive!("a tag with a row has a last row, where the count says");
			return;
		};
		match last.0 {
			0 => CapabilityCounts::<T>::remove(tag),
			count => CapabilityCounts::<T>::insert(tag, count),
		}
		if place == last || Self::change_row(tag, place, |row| *row = moved).is_err() {
			return;
		}
		Capabilities::<T>::mutate(moved.agent, tag, |capability| match capability {
			Some(capability) => capability.row = Some(place),
			None => {
				defensive!("every row is of a capability");
			},
		});
	}

	/// Takes the row at `last`, which is the last of `tag`, off its page.
	fn pop_row(tag: TagId, last: RowPlace) -> Option<CapabilityRow> {
		let (page, _) = Self::position(last)?;
		let mut rows = CapabilityPages::<T>::get(tag, page);
		let row = rows.pop()?;
		if rows.is_empty() {
			CapabilityPages::<T>::remove(tag, page);
		} else {
			CapabilityPages::<T>::insert(tag, page, rows);
		}
		Some(row)
	}

	/// The page that a row at `place` stands on, and where on it.
	pub(crate) fn position(place: RowPlace) -> Option<(PageIndex, usize)> {
		let rows_per_page = T::RowsPerPage::get();
		let page = PageIndex(place.0.checked_div(rows_per_page)?);
		Some((page, place.0.checked_rem(rows_per_page)?.saturated_into()))
	}

	/// How many pages the rows of `tag` fill.
	pub(crate) fn page_count(tag: TagId) -> u32 {
		CapabilityCounts::<T>::get(tag).div_ceil(T::RowsPerPage::get().max(1))
	}
}
