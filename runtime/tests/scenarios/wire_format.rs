//! docs/wire-format.md, held to the code.

use aitbc_runtime::{
	configs::{accounts::ProxyType, governance::tracks::Tracks, money::TreasuryAccount},
	governance_origins::Origin,
	AllPalletsWithSystem, OriginCaller, RuntimeHoldReason, SessionKeys, TxExtension,
};
use codec::Encode;
use frame_support::traits::PalletsInfoAccess;
use frame_system::RawOrigin;
use pallet_referenda::TracksInfo;
use sp_core::crypto::Ss58Codec;
use sp_runtime::traits::{OpaqueKeys, TransactionExtension};

const WIRE_FORMAT: &str = include_str!("../../../docs/wire-format.md");

/// The rows of the table under the heading `title`, cell by cell.
pub fn table(title: &str) -> Vec<Vec<&'static str>> {
	let section = WIRE_FORMAT.split("\n## ").find(|section| section.starts_with(title));
	section
		.expect("the section exists")
		.lines()
		.filter(|line| line.starts_with('|'))
		.skip(2)
		.map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
		.collect()
}

#[test]
fn pallet_indices_should_be_the_documented_ones() {
	let documented: Vec<(usize, String)> = table("Pallet indices")
		.into_iter()
		.filter(|row| !row[2].starts_with("*reserved*"))
		.map(|row| (row[0].parse().expect("an index"), row[1].to_string()))
		.collect();
	let actual: Vec<(usize, String)> = AllPalletsWithSystem::infos()
		.into_iter()
		.map(|info| (info.index, info.name.to_string()))
		.collect();
	assert_eq!(actual, documented);
}

#[test]
fn proxy_types_should_have_the_documented_indices() {
	let documented: Vec<(u8, &str)> = table("Proxy types")
		.into_iter()
		.filter(|row| !row[2].starts_with("*reserved*"))
		.map(|row| (row[0].parse().expect("an index"), row[1]))
		.collect();
	let actual = [
		ProxyType::Any,
		ProxyType::NonTransfer,
		ProxyType::Governance,
		ProxyType::Staking,
		ProxyType::AgentOps,
		ProxyType::Jobs,
		ProxyType::Anchoring,
		ProxyType::CancelProxy,
	]
	.map(|proxy_type| (proxy_type.encode()[0], format!("{proxy_type:?}")));
	assert_eq!(actual.len(), documented.len());
	for ((index, name), (documented_index, documented_name)) in actual.iter().zip(&documented) {
		assert_eq!((index, name.as_str()), (documented_index, *documented_name));
	}
}

#[test]
fn hold_reasons_should_have_the_documented_encoding() {
	let reasons: [(RuntimeHoldReason, &str); 18] = [
		(pallet_preimage::HoldReason::Preimage.into(), "Preimage.Preimage"),
		(pallet_agents::HoldReason::Deposit.into(), "Agents.Deposit"),
		(pallet_agents::HoldReason::Bond.into(), "Agents.Bond"),
		(pallet_reputation::HoldReason::Deposit.into(), "Reputation.Deposit"),
		(pallet_market::HoldReason::Deposit.into(), "Market.Deposit"),
		(pallet_market::HoldReason::Bond.into(), "Market.Bond"),
		(pallet_escrow::HoldReason::Deposit.into(), "Escrow.Deposit"),
		(pallet_escrow::HoldReason::Escrow.into(), "Escrow.Escrow"),
		(pallet_escrow::HoldReason::Bond.into(), "Escrow.Bond"),
		(pallet_disputes::HoldReason::Deposit.into(), "Disputes.Deposit"),
		(pallet_disputes::HoldReason::Stake.into(), "Disputes.Stake"),
		(pallet_validations::HoldReason::Deposit.into(), "Validations.Deposit"),
		(pallet_validations::HoldReason::Fee.into(), "Validations.Fee"),
		(pallet_validations::HoldReason::Bond.into(), "Validations.Bond"),
		(pallet_jurors::HoldReason::Bond.into(), "Jurors.Bond"),
		(pallet_telemetry::HoldReason::Deposit.into(), "Telemetry.Deposit"),
		(pallet_actions::HoldReason::Deposit.into(), "Actions.Deposit"),
		(pallet_bitcoin_anchor::HoldReason::Deposit.into(), "BitcoinAnchor.Deposit"),
	];
	let rows = table("Hold reasons");
	assert_eq!(rows.len(), reasons.len());
	for ((reason, name), row) in reasons.iter().zip(rows) {
		let encoded = reason.encode().iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
		assert_eq!((encoded.as_str(), *name), (row[0], row[1]));
	}
}

#[test]
fn governance_origins_should_have_the_documented_encoding() {
	let origins = [
		Origin::WhitelistedCaller,
		Origin::Parameters,
		Origin::Slashing,
		Origin::Oversight,
		Origin::Operations,
		Origin::SmallSpender,
		Origin::BigSpender,
	];
	let rows = table("Governance's origins and tracks");
	assert_eq!(rows.len(), 1 + origins.len());
	let root = OriginCaller::system(RawOrigin::Root);
	let callers = [root].into_iter().chain(origins.map(OriginCaller::from));
	for (caller, row) in callers.zip(rows) {
		let encoded = caller.encode().iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
		let track = Tracks::track_for(&caller).expect("it has a track");
		let name = match caller {
			OriginCaller::Origins(origin) => format!("Origins.{origin:?}"),
			_ => "system.Root".into(),
		};
		let track = track.to_string();
		assert_eq!((encoded.as_str(), name.as_str(), track.as_str()), (row[0], row[1], row[2]));
	}
}

#[test]
fn session_keys_should_be_in_the_documented_order() {
	let names: Vec<_> = SessionKeys::key_ids().iter().map(|id| id.0).collect();
	assert_eq!(names, [*b"gran", *b"babe", *b"audi"]);
}

#[test]
fn transaction_extensions_should_be_in_the_documented_order() {
	let section = WIRE_FORMAT.split("\n## ").find(|text| text.starts_with("Transactions"));
	let section = section.expect("the section exists");
	let list = section.split("in this order:").nth(1).and_then(|text| text.split("\n\n").next());
	let documented: Vec<&str> = list
		.expect("the list exists")
		.trim()
		.trim_end_matches('.')
		.split(',')
		.map(str::trim)
		.collect();
	let actual: Vec<_> =
		TxExtension::metadata().into_iter().map(|extension| extension.identifier).collect();
	assert_eq!(actual, documented);
}

#[test]
fn treasury_should_have_the_documented_address() {
	let account = TreasuryAccount::get();
	assert!(account.encode().starts_with(b"modlpy/trsry\0"));
	assert!(WIRE_FORMAT.contains(&account.to_ss58check_with_version(42u16.into())));
}
