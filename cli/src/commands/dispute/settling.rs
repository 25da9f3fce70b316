//! `aitbc dispute offer`, `accept`, `defend`, `evidence` and `decide`: what the parties, and the chain
//! itself, can do without a jury.

use super::{found, DisputeError, EvidenceArgs, Target};
use crate::{
	amount::Amount,
	chain::{
		contracts::Party,
		disputes::{self, Case, State, Subject},
	},
	commands::Context,
	decimal::{Share, PARTS},
	error::Error,
	quantity::{Percent, Tenths},
	receipt::SignedReceipt,
	terminal,
	transaction::TransactionArgs,
};
use clap::Args;
use serde::Serialize;
use std::{fmt, path::Path};

/// Which offer to accept.
#[derive(Debug, Args)]
pub struct AcceptArgs {
	#[command(flatten)]
	target: Target,

	/// Refuse any other share of the client than this [default: the one that is on offer now]
	#[arg(long, value_name = "SHARE")]
	expected: Option<Percent>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Offers to settle.
pub async fn offer(
	id: u64,
	client: Percent,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let case = found(&chain.best().await?, id).await?;
	let division = Division::new(&case, client.0);
	let offered = Settlement { division, is_final: false };
	context.send_knowing(&chain, &sender, &disputes::offer(id, client.0), offered).await
}

/// Accepts exactly the offer that is shown.
pub async fn accept(args: AcceptArgs, context: &Context) -> Result<(), Error> {
	let id = args.target.case;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let case = found(&chain.best().await?, id).await?;
	let offered = match case.state {
		State::Settling { offer, .. } => offer.map(|offer| offer.client_share),
		_ => None,
	};
	let expected = args.expected.map(|Percent(share)| share);
	let share = expected.or(offered).ok_or(DisputeError::NoOffer(id))?;
	let settled = Settlement { division: Division::new(&case, share), is_final: true };
	context.send_knowing(&chain, &sender, &disputes::accept(id, share), settled).await
}

/// How what is at stake would be divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Division {
	/// The money of a contract.
	Money {
		/// The client's share.
		client_share: Share,
		/// What that is.
		client: Amount,
		/// What is left for the provider, the fee included.
		provider: Amount,
	},
	/// The bond behind an answer.
	Bond {
		/// The share of the client, who challenges the answer.
		client_share: Share,
		/// Whether that is more than a half, so that the answer is overturned.
		overturned: bool,
		/// What is taken of the bond.
		taken: Amount,
	},
}

impl Division {
	/// Of what is at stake in `case`.
	fn new(case: &Case, client_share: Share) -> Self {
		let value = case.value.0;
		match case.subject {
			Subject::Milestone { .. } | Subject::Contract { .. } => {
				// The chain rounds the provider's share down.
				let left = Share(PARTS.saturating_sub(client_share.0));
				let provider = left.floor_of(value);
				let client = Amount(value.saturating_sub(provider));
				Self::Money { client_share, client, provider: Amount(provider) }
			},
			Subject::Validation { .. } => {
				let overturned = client_share.0 > PARTS / 2;
				let taken = if overturned { client_share.floor_of(value) } else { 0 };
				Self::Bond { client_share, overturned, taken: Amount(taken) }
			},
		}
	}
}

impl fmt::Display for Division {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Money { client_share, client, provider } => write!(
				f,
				"{} for the client: {client} go to it, and {provider} to the provider, of which the fee is \
				 taken",
				Percent(*client_share)
			),
			Self::Bond { client_share, overturned: true, taken } => write!(
				f,
				"{} for who challenges the answer: it is overturned, {taken} of the bond are taken, of which \
				 the challenger gets a part, and the rest returns",
				Percent(*client_share)
			),
			Self::Bond { client_share, overturned: false, .. } => write!(
				f,
				"{} for who challenges the answer, which is no more than a half: it stands, nothing of the \
				 bond moves, and the challenge period goes on",
				Percent(*client_share)
			),
		}
	}
}

/// What settling does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Settlement {
	#[serde(flatten)]
	division: Division,
	/// Whether it is the last word.
	is_final: bool,
}

impl fmt::Display for Settlement {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { division, is_final } = self;
		match is_final {
			true => write!(
				f,
				"this settles the case for good, with {division}; the filing fee and what was staked return"
			),
			false => {
				write!(f, "this offers {division}; it binds you as soon as the other party accepts")
			},
		}
	}
}

/// Files the respondent's claim.
pub async fn defend(
	id: u64,
	claim: Tenths,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let case = found(&block, id).await?;
	let seats = disputes::court(&block).await?.seats_of(0).unwrap_or_default();
	let defence = Defence::new(&case, claim, seats);
	context.send_knowing(&chain, &sender, &disputes::defend(id, claim), defence).await
}

/// What defending takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Defence {
	/// What the sender says is the client's.
	claim: Tenths,
	/// Whether that gives the opener what it asks for, or more, so that the case is settled at once.
	concedes: bool,
	/// What is held as its stake in the court's fee; nothing, if there is no court or it concedes.
	stake: Amount,
	/// The client's share if nobody decides, or when it concedes.
	default_share: Share,
}

impl Defence {
	/// With `claim` in `case`, whose first jury would have `seats`.
	fn new(case: &Case, claim: Tenths, seats: u32) -> Self {
		let asked = case.claim(case.opener);
		let concedes = match case.opener {
			Party::Client => claim.get() >= asked.get(),
			Party::Provider => claim.get() <= asked.get(),
		};
		let court = case.court.filter(|_| !concedes);
		let stake = court.map_or(Amount(0), |terms| terms.fee(seats));
		Self { claim, concedes, stake, default_share: asked.middle(claim) }
	}
}

impl fmt::Display for Defence {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { claim, concedes, stake, default_share } = self;
		let default_share = Percent(*default_share);
		write!(f, "this claims {claim} for the client, which cannot be changed; ")?;
		if *concedes {
			return write!(
				f,
				"it gives the other party what it asks for, so that it settles the case at once and for \
				 good, with {default_share} for the client; nothing is staked or slashed, and the filing fee \
				 and what was staked return"
			);
		}
		if stake.is_zero() {
			return write!(
				f,
				"the case is too small for a court: if you do not settle, {default_share} are the client's"
			);
		}
		write!(
			f,
			"it holds {stake} as your stake in the court's fee: who is further from the ruling pays it, \
			 and a part of its bond, if it has one; if neither is nearer, each side pays a half; if nobody \
			 judges, {default_share} are the client's"
		)
	}
}

/// Files evidence.
pub async fn evidence(args: EvidenceArgs, context: &Context) -> Result<(), Error> {
	let (id, hash) = (args.target.case, args.document.hash()?);
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let filing = Filing { deposit: disputes::evidence_deposit(&args.uri) };
	let call = disputes::submit_evidence(id, args.kind, &args.uri, hash);
	context.send_knowing(&chain, &sender, &call, filing).await
}

/// What filing evidence takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Filing {
	/// What is held for storage.
	deposit: Amount,
}

impl fmt::Display for Filing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { deposit } = self;
		write!(
			f,
			"this holds {deposit} for storage until the case closes; keep the document where the jurors \
			 can read it"
		)
	}
}

/// Has the chain rule by what it knows.
pub async fn decide(
	id: u64,
	receipt: Option<&Path>,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let document = match receipt {
		Some(path) => SignedReceipt::read_file(path)?.document(),
		None => Vec::new(),
	};
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	terminal::note(
		"if the chain knows what decides, it rules at once and for good, and the provider is slashed",
	);
	context.send_to(&chain, &sender, &disputes::rule_by_facts(id, document)).await
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::disputes::{CourtTerms, Sides};
	use subxt::utils::AccountId32;

	/// A case with a court that `opener` opened with the claim `asked`.
	fn case(opener: Party, asked: Tenths) -> Case {
		let claims = match opener {
			Party::Client => Sides { client: Some(asked), provider: None },
			Party::Provider => Sides { client: None, provider: Some(asked) },
		};
		Case {
			case: 7,
			subject: Subject::Milestone { contract: 3, milestone: 0 },
			client: AccountId32([1; 32]),
			provider: AccountId32([2; 32]),
			opener,
			agent: None,
			since: 1,
			value: Amount(100),
			claims,
			court: Some(CourtTerms { seat_fee: Amount(5), seat_stake: Amount(100) }),
			deposit: Amount(1),
			filing_fee: Amount(1),
			filed: Sides::default(),
			state: State::Settling { until: 100, offer: None },
			rounds: Vec::new(),
			due: None,
		}
	}

	/// How 100 plancks are divided, of a contract or of a bond.
	fn division(subject: Subject, client_share: Share) -> Division {
		let case = Case { subject, ..case(Party::Client, Tenths::ALL) };
		Division::new(&case, client_share)
	}

	const MILESTONE: Subject = Subject::Milestone { contract: 3, milestone: 0 };
	const ANSWER: Subject = Subject::Validation { validation: 3 };

	#[test]
	fn division_should_leave_no_planck_over() {
		for (share, client, provider) in [(333_333_333, 34, 66), (PARTS, 100, 0)] {
			let client_share = Share(share);
			let (client, provider) = (Amount(client), Amount(provider));
			let money = Division::Money { client_share, client, provider };
			assert_eq!(division(MILESTONE, client_share), money);
		}
	}

	#[test]
	fn division_should_overturn_an_answer_when_more_than_a_half_is_the_challengers() {
		for (share, overturned, taken) in
			[(0, false, 0), (PARTS / 2, false, 0), (PARTS / 2 + 1, true, 50), (PARTS, true, 100)]
		{
			let (client_share, taken) = (Share(share), Amount(taken));
			let bond = Division::Bond { client_share, overturned, taken };
			assert_eq!(division(ANSWER, client_share), bond);
			assert_eq!(bond.to_string().contains("it is overturned"), overturned);
			assert_eq!(bond.to_string().contains("it stands"), !overturned);
		}
	}

	#[test]
	fn settlement_should_say_whether_it_is_the_last_word() {
		let division = division(MILESTONE, Share(300_000_000));
		let text = |is_final| Settlement { division, is_final }.to_string();
		assert!(
			text(true).contains("for good, with 30 % for the client: 30 planck"),
			"{}",
			text(true)
		);
		assert!(text(false).contains("as soon as the other party accepts"), "{}", text(false));
	}

	#[test]
	fn defence_should_say_what_is_at_stake() {
		let (claim, default_share) = (Tenths::NONE, Share(500_000_000));
		let concedes = false;
		let text =
			|stake| Defence { claim, concedes, stake: Amount(stake), default_share }.to_string();
		assert!(
			text(15).contains("holds 15 planck as your stake in the court's fee"),
			"{}",
			text(15)
		);
		assert!(
			text(0).contains("too small for a court: if you do not settle, 50 %"),
			"{}",
			text(0)
		);
		assert!(text(15).contains("if neither is nearer, each side pays a half"), "{}", text(15));
	}

	#[test]
	fn defence_should_settle_when_it_concedes_what_is_asked_for_or_more() {
		let tenths = |tenths| Tenths::new(tenths).expect("it is no more than all");
		for (opener, asked, claim, concedes) in [
			(Party::Client, 6, 5, false),
			(Party::Client, 6, 6, true),
			(Party::Client, 6, 8, true),
			(Party::Provider, 4, 5, false),
			(Party::Provider, 4, 4, true),
			(Party::Provider, 4, 2, true),
		] {
			let case = case(opener, tenths(asked));
			let defence = Defence::new(&case, tenths(claim), 3);
			assert_eq!((defence.concedes, defence.stake.is_zero()), (concedes, concedes));
			let text = defence.to_string();
			assert_eq!(text.contains("settles the case at once"), concedes, "{text}");
		}
		let crossed = Defence::new(&case(Party::Client, tenths(6)), tenths(8), 3);
		assert_eq!(crossed.default_share, Share(700_000_000));
	}
}
