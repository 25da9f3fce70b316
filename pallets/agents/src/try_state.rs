//! What always holds of the registry, one function per invariant.

use crate::*;
use aitbc_core::{AgentId, Balance, TagId, TagUse};
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads the whole registry.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::ids_are_below_next()?;
		Self::registered_and_leaving_are_disjoint()?;
		Self::owner_index_matches_registry()?;
		Self::wallets_match_both_ways()?;
		Self::wallets_differ_from_owners()?;
		Self::active_agents_have_wallets()?;
		Self::proposals_are_for_registered_agents()?;
		Self::offers_are_to_others()?;
		Self::deposits_are_held()?;
		Self::bonds_are_held()?;
		Self::tags_match_their_names()?;
		Self::attachments_are_counted()?;
		Self::capabilities_follow_their_tags()?;
		Self::metadata_is_well_formed()?;
		Self::card_keys_are_well_formed()?;
		Self::pages_have_no_holes()?;
		Self::rows_match_active_agents()
	}

	/// No id is in use that has not been given out yet.
	fn ids_are_below_next() -> Result<(), TryRuntimeError> {
		let next = NextAgentId::<T>::get();
		let mut ids = Agents::<T>::iter_keys().chain(LeavingAgents::<T>::iter_keys());
		ensure!(ids.all(|agent| agent < next), "an agent's id is not below the next id");
		Ok(())
	}

	/// An agent is registered or leaving, never both.
	fn registered_and_leaving_are_disjoint() -> Result<(), TryRuntimeError> {
		let is_leaving = |agent: AgentId| LeavingAgents::<T>::contains_key(agent);
		ensure!(!Agents::<T>::iter_keys().any(is_leaving), "an agent is registered and leaving");
		Ok(())
	}

	/// The index of owners holds each registered agent under its owner, and nothing else.
	fn owner_index_matches_registry() -> Result<(), TryRuntimeError> {
		for (agent, record) in Agents::<T>::iter() {
			let is_indexed = AgentsByOwner::<T>::contains_key(&record.owner, agent);
			ensure!(is_indexed, "an agent is missing in its owner's index");
		}
		let indexed = AgentsByOwner::<T>::iter_keys().count();
		ensure!(indexed == Agents::<T>::iter_keys().count(), "an owner's index has a stale agent");
		Ok(())
	}

	/// Wallets belong to registered agents, one to one.
	fn wallets_match_both_ways() -> Result<(), TryRuntimeError> {
		for (agent, wallet) in Wallets::<T>::iter() {
			ensure!(Agents::<T>::contains_key(agent), "a wallet is of no registered agent");
			let is_linked = AgentOfWallet::<T>::get(&wallet) == Some(agent);
			ensure!(is_linked, "a wallet does not lead back to its agent");
		}
		let linked = AgentOfWallet::<T>::iter_keys().count();
		ensure!(linked == Wallets::<T>::iter_keys().count(), "an account leads to a stale agent");
		Ok(())
	}

	/// No agent has or is offered its owner's account as wallet.
	fn wallets_differ_from_owners() -> Result<(), TryRuntimeError> {
		for (agent, record) in Agents::<T>::iter() {
			let owner = Some(record.owner);
			let is_separate =
				Wallets::<T>::get(agent) != owner && ProposedWallets::<T>::get(agent) != owner;
			ensure!(is_separate, "an agent's wallet is its owner");
		}
		Ok(())
	}

	/// Whoever is active has a wallet.
	fn active_agents_have_wallets() -> Result<(), TryRuntimeError> {
		for (agent, record) in Agents::<T>::iter() {
			let is_payable =
				record.status != Lifecycle::Active || Wallets::<T>::contains_key(agent);
			ensure!(is_payable, "an active agent has no wallet");
		}
		Ok(())
	}

	/// Proposals are for registered agents only.
	fn proposals_are_for_registered_agents() -> Result<(), TryRuntimeError> {
		let mut agents = ProposedWallets::<T>::iter_keys();
		let are_registered = agents.all(Agents::<T>::contains_key);
		ensure!(are_registered, "a wallet is proposed for no registered agent");
		Ok(())
	}

	/// Offers are of registered agents only, and to somebody else than their owners.
	fn offers_are_to_others() -> Result<(), TryRuntimeError> {
		for (agent, to) in OfferedTransfers::<T>::iter() {
			let is_to_another = Agents::<T>::get(agent).is_some_and(|record| record.owner != to);
			ensure!(is_to_another, "an agent is offered to its owner, or not registered");
		}
		Ok(())
	}

	/// What each owner has on hold as deposit is the sum over its registered agents, with all that
	/// is attached to them.
	fn deposits_are_held() -> Result<(), TryRuntimeError> {
		let deposits = Agents::<T>::iter_values().flat_map(|record| {
			[(record.owner.clone(), record.deposit), (record.owner, record.attachments)]
		});
		let message = "the deposit on hold differs from the sum over the owner's agents";
		Self::ensure_held(HoldReason::Deposit, deposits, message)
	}

	/// What each owner has on hold as bond is the sum over its agents, leaving ones included.
	fn bonds_are_held() -> Result<(), TryRuntimeError> {
		let registered = Agents::<T>::iter_values().map(|record| (record.owner, record.bond));
		let leaving =
			LeavingAgents::<T>::iter_values().map(|leaving| (leaving.owner, leaving.bond));
		let message = "the bond on hold differs from the sum over the owner's agents";
		Self::ensure_held(HoldReason::Bond, registered.chain(leaving), message)
	}

	/// Each tag is found by its name, and by nothing else, and has an id that was given out.
	fn tags_match_their_names() -> Result<(), TryRuntimeError> {
		let next = NextTagId::<T>::get();
		for (id, tag) in Tags::<T>::iter() {
			ensure!(id < next, "a tag's id is not below the next id");
			let is_found = TagOfName::<T>::get(&tag.name) == Some(id);
			ensure!(is_found, "a tag is not found by its name");
		}
		let names = TagOfName::<T>::iter_keys().count();
		ensure!(names == Tags::<T>::iter_keys().count(), "a name leads to a stale tag");
		Ok(())
	}

	/// Each agent's record says how much is attached to it, which is within the bounds.
	fn attachments_are_counted() -> Result<(), TryRuntimeError> {
		let mut found = BTreeMap::<AgentId, (u32, u32, Balance)>::new();
		for (agent, _, capability) in Capabilities::<T>::iter() {
			let (capabilities, _, deposits) = found.entry(agent).or_default();
			*capabilities = capabilities.saturating_add(1);
			*deposits = deposits.saturating_add(capability.deposit);
		}
		for (agent, _, entry) in Metadata::<T>::iter() {
			let (_, entries, deposits) = found.entry(agent).or_default();
			*entries = entries.saturating_add(1);
			*deposits = deposits.saturating_add(entry.deposit);
		}
		for (agent, keys) in CardKeys::<T>::iter() {
			let (_, _, deposits) = found.entry(agent).or_default();
			for enrolled in keys {
				*deposits = deposits.saturating_add(enrolled.deposit);
			}
		}
		for (agent, record) in Agents::<T>::iter() {
			let counted = (record.capabilities, record.metadata_entries, record.attachments);
			let attached = found.remove(&agent).unwrap_or_default();
			ensure!(attached == counted, "an agent's record miscounts what is attached to it");
			let is_bounded = record.capabilities <= T::MaxCapabilities::get()
				&& record.metadata_entries <= T::MaxMetadataEntries::get();
			ensure!(is_bounded, "an agent has more attached to it than it may");
		}
		ensure!(found.is_empty(), "something is attached to no registered agent");
		Ok(())
	}

	/// Capabilities are of tags for them, with a performance on the tag's scale and a capacity.
	fn capabilities_follow_their_tags() -> Result<(), TryRuntimeError> {
		for (_, tag, capability) in Capabilities::<T>::iter() {
			let rule = Tags::<T>::get(tag).ok_or("a capability's tag is not in the registry")?.rule;
			let is_for_it = rule.purpose == TagUse::Capability;
			ensure!(is_for_it, "a capability's tag is for something else");
			let share = rule.scale.share_of(capability.terms.performance);
			let is_on_scale = share == Some(capability.performance);
			ensure!(is_on_scale, "a capability's performance is not where its tag's scale says");
			ensure!(capability.terms.capacity > 0, "a capability has no capacity");
		}
		Ok(())
	}

	/// No metadata stands under an empty or a reserved key.
	fn metadata_is_well_formed() -> Result<(), TryRuntimeError> {
		for (_, key, _) in Metadata::<T>::iter() {
			let is_free = !key.is_empty() && key.as_slice() != RESERVED_METADATA_KEY;
			ensure!(is_free, "metadata stands under a key that nobody can set");
		}
		Ok(())
	}

	/// Card keys are well formed, and an agent has none twice.
	fn card_keys_are_well_formed() -> Result<(), TryRuntimeError> {
		for keys in CardKeys::<T>::iter_values() {
			ensure!(!keys.is_empty(), "an empty list of card keys is stored");
			for (place, EnrolledKey { key, .. }) in keys.iter().enumerate() {
				ensure!(key.is_well_formed(), "a card key is malformed");
				let first = keys.iter().position(|other| other.key == *key);
				ensure!(first == Some(place), "an agent has a card key twice");
			}
		}
		Ok(())
	}

	/// All pages of a tag are full but the last, none is empty, and together they have as many rows
	/// as the tag's count says.
	fn pages_have_no_holes() -> Result<(), TryRuntimeError> {
		let rows_per_page = T::RowsPerPage::get();
		let mut counts = BTreeMap::<TagId, u32>::new();
		for (tag, page, rows) in CapabilityPages::<T>::iter() {
			let count = CapabilityCounts::<T>::get(tag);
			let rows: u32 = rows.len().saturated_into();
			let rest = count.saturating_sub(page.0.saturating_mul(rows_per_page));
			let is_filled = rows > 0 && rows == rest.min(rows_per_page);
			ensure!(is_filled, "a page has a hole, or rows that its tag does not count");
			let sum = counts.entry(tag).or_default();
			*sum = sum.saturating_add(rows);
		}
		let counted: BTreeMap<_, _> = CapabilityCounts::<T>::iter().collect();
		let is_counted = counted == counts;
		ensure!(is_counted, "a tag counts rows that it does not have");
		Ok(())
	}

	/// Capabilities of active agents have a row each, which says what record and capability say.
	/// There is no other row.
	fn rows_match_active_agents() -> Result<(), TryRuntimeError> {
		let mut rows_due: u32 = 0;
		for (agent, tag, capability) in Capabilities::<T>::iter() {
			let record = Agents::<T>::get(agent).filter(|it| it.status == Lifecycle::Active);
			ensure!(
				record.is_some() == capability.row.is_some(),
				"a capability has a row but for an active agent, or none for one"
			);
			let Some((record, place)) = record.zip(capability.row) else { continue };
			let (page, slot) = Self::position(place).ok_or("pages have no rows")?;
			let row = CapabilityPages::<T>::get(tag, page).get(slot).copied();
			let is_current = row == Some(capability.row_of(agent, record.standing));
			ensure!(is_current, "a row differs from its agent's capability");
			rows_due = rows_due.saturating_add(1);
		}
		let rows = CapabilityCounts::<T>::iter_values().fold(0, u32::saturating_add);
		ensure!(rows == rows_due, "a row is of no capability");
		Ok(())
	}

	/// Checks that every owner named in `amounts` has their sum on hold for `reason`.
	fn ensure_held(
		reason: HoldReason,
		amounts: impl Iterator<Item = (T::AccountId, Balance)>,
		message: &'static str,
	) -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<T::AccountId, Balance>::new();
		for (owner, amount) in amounts {
			let sum = sums.entry(owner).or_default();
			*sum = sum.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		}
		let reason = reason.into();
		let are_held =
			sums.iter().all(|(owner, sum)| T::Currency::balance_on_hold(&reason, owner) == *sum);
		ensure!(are_held, message);
		Ok(())
	}
}
