//! `aitbc contract voucher` and `redeem`: what a client signs so that its provider can bill units.

use super::found;
use crate::{
	chain::{
		contracts::{self, Meter, Payment, Voucher},
		BlockId,
	},
	check::{Checked, Outcome, Step},
	commands::{network_of, payout::Payout, Context},
	digest::Hash,
	error::Error,
	keys::{PasswordArgs, SignerName},
	output::{fields, Report},
	transaction::TransactionArgs,
	voucher::{self, SignedVoucher},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;
use subxt::utils::AccountId32;

/// What can be done with vouchers.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Sign for all units that the provider has delivered since the start, and write the voucher
	///
	/// Needs the key that the contract names, and no node when `--genesis` is given. Nothing is sent:
	/// give the voucher to the provider. Only the latest counts.
	Sign(SignArgs),

	/// Check a voucher's form and signature, and whether its contract would take it now
	///
	/// Needs no key, and with `--offline` no node. Ends with exit code 7 if it does not pass.
	Verify(VerifyArgs),
}

/// What to sign for.
#[derive(Debug, Args)]
pub struct SignArgs {
	/// Id of the contract
	contract: u64,

	/// All units since the start, not only those since the voucher before
	#[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
	units: u64,

	/// Greater than that of every voucher before [default: the units, which only grow]
	#[arg(long, value_name = "NUMBER")]
	sequence: Option<u64>,

	/// Key that signs: the client's, or the one that the contract names
	#[arg(long, env = "AITBC_FROM", value_name = "KEY")]
	from: SignerName,

	#[command(flatten)]
	password: PasswordArgs,

	/// The hash of the network's first block, so that no node is asked; `aitbc network status`
	/// shows it
	#[arg(long, value_name = "HASH")]
	genesis: Option<Hash>,
}

/// Which voucher to check.
#[derive(Debug, Args)]
pub struct VerifyArgs {
	/// The voucher's file
	file: PathBuf,

	/// Check the form and the signature alone, without a node
	#[arg(long)]
	offline: bool,
}

/// Which voucher to bring in.
#[derive(Debug, Args)]
pub struct RedeemArgs {
	/// The voucher's file
	file: PathBuf,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Sign(args) => sign(args, context).await,
		Command::Verify(args) => verify(args, context).await,
	}
}

async fn sign(args: SignArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let signer = args.from.resolve(&folder)?;
	let voucher = Voucher {
		contract: args.contract,
		units: args.units,
		sequence: args.sequence.unwrap_or(args.units),
	};
	let genesis = match args.genesis {
		Some(genesis) => genesis,
		None => {
			let chain = context.connect().await?;
			let contract = found(&chain.best().await?, args.contract).await?;
			let Payment::Metered(meter) = &contract.payment else {
				return Err(Error::NoMeter(args.contract));
			};
			ensure_taken(&voucher, signer, meter)?;
			Hash(chain.genesis_hash().0)
		},
	};
	let key = args.from.unlock(&folder, &args.password)?;
	let signed = SignedVoucher::sign(voucher, genesis, &key);
	context.print(&SignReport { signed }, None)
}

async fn verify(args: VerifyArgs, context: &Context) -> Result<(), Error> {
	let voucher = match SignedVoucher::read_file(&args.file) {
		Ok(voucher) => voucher,
		Err(error @ voucher::Error::Unreadable { .. }) => return Err(error.into()),
		Err(error) => {
			let steps = vec![
				Step::failed("form", error.to_string()),
				Step::skipped("signature", "the voucher could not be read"),
			];
			return conclude(None, Checked::new(steps), None, context);
		},
	};
	let mut steps = vec![Step::ok("form", format!("{} units in all", voucher.units))];
	steps.push(match voucher.is_signed() {
		true => Step::ok("signature", format!("by {}", voucher.signer)),
		false => Step::failed(
			"signature",
			format!("not by {}, or over something else; let the client sign anew", voucher.signer),
		),
	});
	if args.offline {
		return conclude(Some(voucher), Checked::new(steps), None, context);
	}
	let chain = context.connect().await?;
	let block = chain.best().await?;
	steps.push(network_of(&chain, voucher.genesis));
	match contracts::contract(&block, voucher.contract).await?.map(|one| one.payment) {
		Some(Payment::Metered(meter)) => {
			steps.extend(against(&voucher.voucher(), voucher.signer, &meter));
		},
		Some(_) => steps.push(Step::failed(
			"contract",
			format!("contract {} does not pay for units", voucher.contract),
		)),
		None => steps.push(Step::failed(
			"contract",
			format!("contract {} closed, or was never opened", voucher.contract),
		)),
	}
	conclude(Some(voucher), Checked::new(steps), Some(block.id), context)
}

/// Checks `voucher`, which `signer` signed, against its contract.
fn against(voucher: &Voucher, signer: AccountId32, meter: &Meter) -> Vec<Step> {
	let step = |name, holds: bool, detail: String| match holds {
		true => Step::ok(name, detail),
		false => Step::failed(name, detail),
	};
	let Voucher { units, sequence, .. } = *voucher;
	vec![
		step("signer", signer == meter.signer, format!("the contract names {}", meter.signer)),
		step(
			"units",
			(meter.billed.saturating_add(1)..=meter.units).contains(&units),
			format!("{units} units, with {} billed of at most {}", meter.billed, meter.units),
		),
		step(
			"sequence",
			sequence > meter.sequence,
			format!("sequence {sequence}, after {} was taken last", meter.sequence),
		),
	]
}

/// Checks that the contract can take `voucher`, which `signer` is to sign: what it would not take now,
/// it never will.
fn ensure_taken(voucher: &Voucher, signer: AccountId32, meter: &Meter) -> Result<(), Error> {
	let steps = against(voucher, signer, meter);
	let failed = steps.into_iter().filter(|step| step.outcome == Outcome::Failed);
	let reasons: Vec<_> = failed.map(|step| step.detail).collect();
	if reasons.is_empty() {
		return Ok(());
	}
	Err(Error::VoucherUseless { contract: voucher.contract, reasons: reasons.join("; ") })
}

/// Writes what was checked, and fails if a step did.
fn conclude(
	voucher: Option<SignedVoucher>,
	checked: Checked,
	block: Option<BlockId>,
	context: &Context,
) -> Result<(), Error> {
	let failed = checked.failed();
	context.print(&VerifyReport { voucher, passed: failed.is_none(), checked }, block)?;
	failed.map_or(Ok(()), |failed| Err(Error::VoucherNotVerified { failed }))
}

/// Brings a voucher in.
pub async fn redeem(args: RedeemArgs, context: &Context) -> Result<(), Error> {
	let signed = SignedVoucher::read_file(&args.file)?;
	let call = contracts::redeem(signed.voucher(), signed.signature.0);
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let genesis = Hash(chain.genesis_hash().0);
	if signed.genesis != genesis {
		return Err(Error::VoucherElsewhere { genesis: signed.genesis, own: genesis });
	}
	let contract = contracts::contract(&chain.best().await?, signed.contract).await?;
	match contract.and_then(|contract| Payout::of_units(&contract, signed.units)) {
		Some(payout) => context.send_knowing(&chain, &sender, &call, payout).await,
		// The chain says what is wrong.
		None => context.send_to(&chain, &sender, &call).await,
	}
}

#[derive(Serialize)]
struct SignReport {
	#[serde(flatten)]
	signed: SignedVoucher,
}

/// The voucher itself, so that it can be written to a file.
impl Report for SignReport {
	const KIND: &'static str = "contract.voucher";

	fn text(&self) -> String {
		self.signed.to_json()
	}
}

#[derive(Serialize)]
struct VerifyReport {
	voucher: Option<SignedVoucher>,
	passed: bool,
	#[serde(flatten)]
	checked: Checked,
}

impl Report for VerifyReport {
	const KIND: &'static str = "contract.voucher-check";

	fn text(&self) -> String {
		let verdict = if self.passed { "the voucher passes" } else { "the voucher does not pass" };
		let mut rows = vec![("verdict", verdict.to_owned())];
		if let Some(voucher) = &self.voucher {
			rows.extend([
				("contract", voucher.contract.to_string()),
				("units", voucher.units.to_string()),
				("sequence", voucher.sequence.to_string()),
			]);
		}
		format!("{}\n\n{}", fields(rows), self.checked.text())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{amount::Amount, chain::contracts::Phase};

	const SIGNER: AccountId32 = AccountId32([1; 32]);

	/// Of a hundred units, ten of which are billed by the voucher with the sequence 3.
	fn meter() -> Meter {
		Meter {
			unit_price: Amount(10),
			units: 100,
			until: 9,
			signer: SIGNER,
			held: Amount(900),
			billed: 10,
			paid: Amount(100),
			fee: Amount(3),
			sequence: 3,
			phase: Phase::Running,
			vouchers_until: Some(29),
		}
	}

	/// Why the contract never takes a voucher that `signer` signs.
	fn refused(units: u64, sequence: u64, signer: AccountId32) -> Option<String> {
		let voucher = Voucher { contract: 7, units, sequence };
		ensure_taken(&voucher, signer, &meter()).err().map(|error| error.to_string())
	}

	#[test]
	fn vouchers_should_be_signed_when_the_contract_takes_them() {
		assert_eq!(refused(11, 4, SIGNER), None);
		assert_eq!(refused(100, u64::MAX, SIGNER), None);
	}

	#[test]
	fn vouchers_should_not_be_signed_when_the_contract_never_takes_them() {
		for (units, sequence, signer, reason) in [
			(101, 4, SIGNER, "101 units, with 10 billed of at most 100"),
			(10, 4, SIGNER, "10 units, with 10 billed of at most 100"),
			(11, 3, SIGNER, "sequence 3, after 3 was taken last"),
			(11, 4, AccountId32([2; 32]), "the contract names "),
		] {
			let refused = refused(units, sequence, signer).expect("no contract takes it");
			assert!(refused.starts_with("nothing was signed"), "{refused}");
			assert!(refused.contains(reason), "{refused}");
		}
	}
}
