//! What settled work does to an agent's reputation, and what follows from it.

use crate::{
	network::{on_development_network, pass_blocks},
	work::{
		a_funded_contract, a_funded_contract_of, an_active_agent, done, held, refused, submitted,
		AGENT, CONTRACT, FIRST,
	},
};
use aitbc_core::{
	money::AIT, AgentId, AgentKind, CardHash, Decimal, DocumentHash, FeedbackIndex, ParametersHash,
	TagId, WorkId,
};
use aitbc_reputation::Component;
use aitbc_runtime::{Agents, Reputation, Runtime};
use aitbc_traits::ReputationInspect;
use pallet_agents::{CapabilityTerms, CapabilityVersion, Requirements};
use pallet_reputation::{Error, FeedbackFilter, Rating};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::Perbill;

const WORK: WorkId = WorkId::Contract(CONTRACT);

/// The id of the genesis tag named `name`.
fn tag(name: &str) -> TagId {
	Agents::tag_by_name(name.into()).expect("genesis has it").tag
}

/// A rating of so many percent under the tag named `name`.
fn rating(name: &str, percent: i128) -> Rating {
	Rating {
		tag: tag(name),
		about: None,
		value: Decimal::whole(percent),
		endpoint: Vec::new(),
		uri: Vec::new(),
		hash: DocumentHash::default(),
	}
}

fn rate(name: &str, percent: i128) -> pallet_reputation::Call<Runtime> {
	pallet_reputation::Call::rate { agent: AGENT, work: WORK, rating: rating(name, percent) }
}

/// Registers Charlie's agent and lets Bob pay it 40 AIT for its work.
fn a_paid_job() {
	an_active_agent();
	a_funded_contract();
	done(Dave, submitted());
	done(Bob, pallet_escrow::Call::release { contract: CONTRACT, milestone: FIRST });
}

/// Whether `mean` is 1, but for the rounding, which is never in the agent's favour.
fn is_flawless(mean: Option<Perbill>) -> bool {
	mean >= Some(Perbill::from_parts(999_999_998))
}

/// What the agent's component is worth, and on how much evidence.
fn component(component: Component) -> (Option<Perbill>, u128) {
	let score = Reputation::score(AGENT);
	let found = score.components.iter().find(|info| info.component == component);
	found.map(|info| (info.mean, info.evidence)).expect("every component is shown")
}

#[test]
fn closed_contract_should_give_evidence_when_its_payee_is_an_agents_wallet() {
	on_development_network(|| {
		assert_eq!(Reputation::score(AGENT).mean, None);

		a_paid_job();

		let score = Reputation::score(AGENT);
		assert!(is_flawless(score.mean));
		// A fee of 1 AIT counts as 25 x 1 / (25 + 1) AIT for one pair of owners.
		let counted = 961_538_461_538;
		for known in [Component::Completion, Component::Timeliness, Component::Disputes] {
			let (mean, evidence) = component(known);
			assert!(is_flawless(mean));
			assert_eq!(evidence, counted);
		}
		assert_eq!(component(Component::Quality), (None, 0));
		assert!(
			score.lower_bound > Perbill::zero() && score.lower_bound < Perbill::from_percent(2)
		);
		assert_eq!(Reputation::lower_bound(AGENT), score.lower_bound);
		assert_eq!((score.counters.completed, score.counters.released), (1, 40 * AIT));
		let settled = pallet_reputation::SettledWork::<Runtime>::get(WORK).expect("it counts");
		assert_eq!(settled.weight, counted);
	});
}

#[test]
fn closed_contract_should_give_none_when_its_payee_is_no_agent_or_it_was_refunded() {
	on_development_network(|| {
		an_active_agent();
		a_funded_contract();
		done(Dave, pallet_escrow::Call::refund { contract: CONTRACT, milestone: FIRST });
		assert_eq!(Reputation::evidence(AGENT), 0);
		assert_eq!(refused(Bob, rate("quality", 10)), Error::<Runtime>::WorkNotFound.into());

		done(Charlie, pallet_agents::Call::remove_wallet { agent: AGENT });
		let contract = aitbc_core::ContractId(1);
		a_funded_contract_of(Bob, contract, 40 * AIT);
		done(Dave, submission(contract));
		done(Bob, pallet_escrow::Call::release { contract, milestone: FIRST });
		assert_eq!(Reputation::evidence(AGENT), 0);
		assert_eq!(pallet_reputation::SettledWork::<Runtime>::iter().count(), 0);
	});
}

fn submission(contract: aitbc_core::ContractId) -> pallet_escrow::Call<Runtime> {
	let evidence = aitbc_core::EvidenceHash(H256::repeat_byte(3));
	pallet_escrow::Call::submit { contract, milestone: FIRST, evidence }
}

#[test]
fn client_should_rate_once_and_revoke_and_the_agent_should_respond() {
	on_development_network(|| {
		a_paid_job();
		let index = FeedbackIndex(1);

		done(Bob, rate("quality", 60));
		assert_eq!(component(Component::Quality).0, Some(Perbill::from_percent(60)));
		assert!(!is_flawless(Reputation::score(AGENT).mean));
		let summary = Reputation::summary(AGENT, tag("quality"), None);
		assert_eq!(summary.count, 1);
		assert_eq!(summary.mean.and_then(Decimal::scaled), Decimal::whole(60).scaled());
		assert!(held(Bob, pallet_reputation::HoldReason::Deposit) > 0);

		let author = Bob.to_account_id();
		let (uri, hash) = (b"https://agents.example/answer".to_vec(), DocumentHash::default());
		done(
			Dave,
			pallet_reputation::Call::respond {
				agent: AGENT,
				author: author.clone(),
				index,
				uri,
				hash,
			},
		);
		assert_eq!(refused(Bob, rate("quality", 100)), Error::<Runtime>::AlreadyRated.into());

		done(Bob, pallet_reputation::Call::revoke { agent: AGENT, index });
		assert_eq!(component(Component::Quality), (None, 0));
		assert!(is_flawless(Reputation::score(AGENT).mean));
		let filter = FeedbackFilter {
			author: None,
			tag: Some(tag("quality")),
			about: None,
			include_revoked: true,
		};
		assert_eq!(Reputation::feedback(AGENT, filter, None, 10).feedback.len(), 1);

		done(Bob, pallet_reputation::Call::erase { agent: AGENT, author, index });
		assert_eq!(held(Bob, pallet_reputation::HoldReason::Deposit), 0);
		assert_eq!(held(Dave, pallet_reputation::HoldReason::Deposit), 0);
	});
}

#[test]
fn feedback_should_be_refused_when_it_is_a_strangers_or_about_oneself_or_off_the_scale() {
	on_development_network(|| {
		a_paid_job();
		assert_eq!(refused(Eve, rate("quality", 0)), Error::<Runtime>::NotParty.into());
		assert_eq!(refused(Dave, rate("quality", 100)), Error::<Runtime>::WrongAgent.into());
		assert_eq!(refused(Bob, rate("quality", 101)), Error::<Runtime>::ValueOutOfRange.into());
		let capability = rate("inference.text", 50);
		assert_eq!(refused(Bob, capability), Error::<Runtime>::TagNotForRating.into());
		let mut unknown = rating("quality", 50);
		unknown.tag = TagId(1_000);
		let unknown = pallet_reputation::Call::rate { agent: AGENT, work: WORK, rating: unknown };
		assert_eq!(refused(Bob, unknown), Error::<Runtime>::UnknownTag.into());
	});
}

#[test]
fn owner_should_earn_nothing_when_it_hires_its_own_agent() {
	on_development_network(|| {
		an_active_agent();
		a_funded_contract_of(Charlie, CONTRACT, 400 * AIT);
		done(Dave, submitted());
		done(Charlie, pallet_escrow::Call::release { contract: CONTRACT, milestone: FIRST });
		assert_eq!(Reputation::score(AGENT).mean, None);
	});
}

#[test]
fn evidence_should_be_quartered_when_the_agent_is_sold() {
	on_development_network(|| {
		a_paid_job();
		let before = Reputation::evidence(AGENT);
		let bond = held(Charlie, pallet_agents::HoldReason::Bond);
		let to = Some(Ferdie.to_account_id());
		done(Charlie, pallet_agents::Call::offer_transfer { agent: AGENT, to });

		done(Ferdie, pallet_agents::Call::accept_transfer { agent: AGENT });

		let after = Reputation::evidence(AGENT);
		assert!(after <= before / 4 + 1 && after > 0, "{after} is not a quarter of {before}");
		assert!(is_flawless(Reputation::score(AGENT).mean));
		assert_eq!(held(Charlie, pallet_agents::HoldReason::Bond), 0);
		assert_eq!(held(Charlie, pallet_agents::HoldReason::Deposit), 0);
		assert_eq!(held(Ferdie, pallet_agents::HoldReason::Bond), bond);
		let info = Agents::agent(AGENT).expect("it stays registered");
		assert_eq!((info.owner, info.wallet), (Ferdie.to_account_id(), None));
	});
}

#[test]
fn evidence_should_halve_in_a_half_life_when_nothing_happens() {
	on_development_network(|| {
		a_paid_job();
		let (before, bound) = (Reputation::evidence(AGENT), Reputation::lower_bound(AGENT));
		// 30 days of production, in blocks of a development network.
		pass_blocks(600);
		let after = Reputation::evidence(AGENT);
		assert!(after.abs_diff(before / 2) < before / 100, "{after} is not half of {before}");
		assert!(is_flawless(Reputation::mean(AGENT)));
		assert!(Reputation::lower_bound(AGENT) < bound);
	});
}

/// Offers text inference for `agent` of `owner`.
fn offer(owner: Sr25519Keyring, agent: AgentId) {
	let terms = CapabilityTerms {
		version: CapabilityVersion { major: 1, minor: 0 },
		performance: Decimal::whole(50),
		price: AIT / 1_000,
		capacity: 10,
		parameters: ParametersHash::default(),
	};
	let tag = tag("inference.text");
	done(owner, pallet_agents::Call::set_capability { agent, tag, terms });
}

fn best_match() -> Vec<(AgentId, Perbill)> {
	let requirements = Requirements {
		tag: tag("inference.text"),
		version: CapabilityVersion { major: 1, minor: 0 },
		parameters: None,
		performance: None,
		max_price: AIT,
		capacity: 1,
		seed: H256::repeat_byte(9),
		start: None,
	};
	let page = Agents::match_agents(requirements, 10).expect("the tag exists");
	page.matches.iter().map(|found| (found.row.agent, found.row.standing.lower_bound)).collect()
}

#[test]
fn agent_with_evidence_should_rank_first_when_the_offers_are_equal() {
	on_development_network(|| {
		a_paid_job();
		offer(Charlie, AGENT);
		let other = AgentId(1);
		done(
			Alice,
			pallet_agents::Call::register {
				kind: AgentKind::Provider,
				uri: b"https://agents.example/alice.json".to_vec(),
				hash: CardHash::default(),
			},
		);
		let wallet = Eve.to_account_id();
		done(Alice, pallet_agents::Call::set_wallet { agent: other, wallet, proof: None });
		done(Eve, pallet_agents::Call::accept_wallet { agent: other });
		done(Alice, pallet_agents::Call::activate { agent: other });
		offer(Alice, other);
		done(Dave, pallet_agents::Call::heartbeat { agent: AGENT });

		let ranked = best_match();

		assert_eq!(ranked.len(), 2);
		assert_eq!(ranked[0], (AGENT, Reputation::lower_bound(AGENT)));
		assert_eq!(ranked[1], (other, Perbill::zero()));

		// Without a heartbeat nobody is live after a day, which is 20 blocks here.
		pass_blocks(21);
		assert_eq!(best_match(), []);
		done(Dave, pallet_agents::Call::heartbeat { agent: AGENT });
		assert_eq!(best_match().len(), 1);
	});
}

#[test]
fn reputation_should_stay_when_a_lost_key_is_replaced() {
	on_development_network(|| {
		a_paid_job();
		let before = Reputation::evidence(AGENT);
		let wallet = Eve.to_account_id();
		done(Charlie, pallet_agents::Call::set_wallet { agent: AGENT, wallet, proof: None });
		done(Eve, pallet_agents::Call::accept_wallet { agent: AGENT });
		assert_eq!(Reputation::evidence(AGENT), before);
		assert!(matches!(
			refused(Dave, pallet_agents::Call::heartbeat { agent: AGENT }),
			sp_runtime::DispatchError::Module(_)
		));
		done(Eve, pallet_agents::Call::heartbeat { agent: AGENT });
	});
}
