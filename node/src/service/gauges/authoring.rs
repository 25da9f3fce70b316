//! Counts the slots that this node claims, and the blocks that it makes of them.

use futures::{future::BoxFuture, FutureExt, TryFutureExt};
use sp_consensus::{Environment, Proposal, ProposeArgs, Proposer};
use sp_runtime::traits::Block as BlockT;
use substrate_prometheus_endpoint::{register, Counter, PrometheusError, Registry, U64};

/// What became of the node's turns to author, since it started.
///
/// Claimed less authored is what the node began and did not finish: the proposer failed, or took
/// longer than its share of the slot, or the inherents did. While a block is being built, the
/// difference is one for a moment.
///
/// What no counter here sees:
/// - slots that the worker skips before it begins: no time was left of the slot, the node was
///   offline or behind, finality lagged so that authoring backed off, or the node did not run;
/// - what comes after the proposal: a seal or an import that failed, and a block that another fork
///   overtook.
#[derive(Clone)]
pub struct AuthoringMetrics {
	/// Slots that one of the keystore's BABE keys won, and for which the node began a block.
	claimed: Counter<U64>,
	/// Blocks that were complete before their time was over.
	authored: Counter<U64>,
}

impl AuthoringMetrics {
	/// Makes the counters, and puts them into `registry` if there is one.
	pub fn register(registry: Option<&Registry>) -> Result<Self, PrometheusError> {
		let counter = |name, help| {
			let counter = Counter::new(name, help)?;
			match registry {
				Some(registry) => register(counter, registry),
				None => Ok(counter),
			}
		};
		Ok(Self {
			claimed: counter(
				"aitbc_slots_claimed_total",
				"Slots of this node for which it began a block, since it started",
			)?,
			authored: counter(
				"aitbc_blocks_authored_total",
				"Blocks that this node built in its slots, since it started",
			)?,
		})
	}

	/// Counts what `environment` is asked for, and what it delivers.
	pub fn count<E>(self, environment: E) -> Counted<E> {
		Counted { environment, metrics: self }
	}
}

/// An environment of block proposals that is counted.
///
/// The slot worker asks it for a proposer in each slot that it has claimed, and for nothing else.
pub struct Counted<E> {
	environment: E,
	metrics: AuthoringMetrics,
}

impl<B: BlockT, E: Environment<B>> Environment<B> for Counted<E> {
	type Proposer = CountedProposer<E::Proposer>;
	type CreateProposer = BoxFuture<'static, Result<Self::Proposer, Self::Error>>;
	type Error = E::Error;

	fn init(&mut self, parent: &B::Header) -> Self::CreateProposer {
		self.metrics.claimed.inc();
		let authored = self.metrics.authored.clone();
		self.environment
			.init(parent)
			.map_ok(|proposer| CountedProposer { proposer, authored })
			.boxed()
	}
}

/// A proposer whose block is counted, if it makes one.
pub struct CountedProposer<P> {
	proposer: P,
	authored: Counter<U64>,
}

impl<B: BlockT, P: Proposer<B>> Proposer<B> for CountedProposer<P> {
	type Error = P::Error;
	type Proposal = BoxFuture<'static, Result<Proposal<B>, Self::Error>>;

	fn propose(self, args: ProposeArgs<B>) -> Self::Proposal {
		let Self { proposer, authored } = self;
		// A proposal that comes too late is dropped by the slot worker, and so not counted.
		proposer.propose(args).inspect_ok(move |_| authored.inc()).boxed()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::service::Block;
	use aitbc_runtime::Header;
	use futures::{executor::block_on, future};
	use sp_consensus::Error;
	use sp_runtime::traits::Header as _;

	/// What the inner environment does.
	#[derive(Clone, Copy)]
	enum Fake {
		/// Makes an empty block.
		Works,
		/// Makes no proposer.
		FailsAtInit,
		/// Makes a proposer that makes no block.
		FailsAtPropose,
		/// Makes a proposer that is never done.
		Hangs,
	}

	impl Environment<Block> for Fake {
		type Proposer = Self;
		type CreateProposer = future::Ready<Result<Self, Error>>;
		type Error = Error;

		fn init(&mut self, _: &Header) -> Self::CreateProposer {
			future::ready(match self {
				Self::FailsAtInit => Err(Error::StateUnavailable("the test's".into())),
				_ => Ok(*self),
			})
		}
	}

	impl Proposer<Block> for Fake {
		type Error = Error;
		type Proposal = BoxFuture<'static, Result<Proposal<Block>, Error>>;

		fn propose(self, _: ProposeArgs<Block>) -> Self::Proposal {
			match self {
				Self::Works => {
					let block = Block::new(parent(), Vec::new());
					future::ok(Proposal { block, storage_changes: Default::default() }).boxed()
				},
				Self::Hangs => future::pending().boxed(),
				_ => future::err(Error::CannotSign("the test's".into())).boxed(),
			}
		}
	}

	fn parent() -> Header {
		Header::new(
			0,
			Default::default(),
			Default::default(),
			Default::default(),
			Default::default(),
		)
	}

	fn metrics() -> AuthoringMetrics {
		AuthoringMetrics::register(None).expect("the counters are well formed")
	}

	/// What `metrics` say: slots claimed, blocks authored.
	fn counts(metrics: &AuthoringMetrics) -> (u64, u64) {
		(metrics.claimed.get(), metrics.authored.get())
	}

	/// Asks `environment` for a block, as the slot worker does in a slot that it has claimed.
	fn author(environment: &mut Counted<Fake>) -> Result<Proposal<Block>, Error> {
		let proposer = block_on(environment.init(&parent()))?;
		block_on(proposer.propose(ProposeArgs::default()))
	}

	#[test]
	fn counters_should_count_slot_and_block_when_a_block_is_made() {
		let metrics = metrics();
		let mut environment = metrics.clone().count(Fake::Works);

		let first = author(&mut environment).expect("it works");
		author(&mut environment).expect("it works");

		assert_eq!(first.block, Block::new(parent(), Vec::new()));
		assert_eq!(counts(&metrics), (2, 2));
	}

	#[test]
	fn counters_should_count_the_slot_alone_when_there_is_no_proposer() {
		let metrics = metrics();

		let result = author(&mut metrics.clone().count(Fake::FailsAtInit));

		assert!(matches!(result, Err(Error::StateUnavailable(_))));
		assert_eq!(counts(&metrics), (1, 0));
	}

	#[test]
	fn counters_should_count_the_slot_alone_when_the_proposer_fails() {
		let metrics = metrics();

		let result = author(&mut metrics.clone().count(Fake::FailsAtPropose));

		assert!(matches!(result, Err(Error::CannotSign(_))));
		assert_eq!(counts(&metrics), (1, 0));
	}

	#[test]
	fn counters_should_count_the_slot_alone_when_the_proposal_is_dropped() {
		let metrics = metrics();
		let mut environment = metrics.clone().count(Fake::Hangs);

		let proposer = block_on(environment.init(&parent())).expect("there is one");
		let proposal = proposer.propose(ProposeArgs::default());
		assert!(proposal.now_or_never().is_none());

		assert_eq!(counts(&metrics), (1, 0));
	}

	#[test]
	fn counters_should_be_in_the_registry_when_there_is_one() {
		let registry = Registry::new();

		AuthoringMetrics::register(Some(&registry)).expect("the registry is empty");

		let families = registry.gather();
		let names: Vec<_> = families.iter().map(|family| family.get_name()).collect();
		assert_eq!(names, ["aitbc_blocks_authored_total", "aitbc_slots_claimed_total"]);
	}

	#[test]
	fn register_should_fail_when_the_registry_has_the_counters() {
		let registry = Registry::new();
		AuthoringMetrics::register(Some(&registry)).expect("the registry is empty");

		assert!(AuthoringMetrics::register(Some(&registry)).is_err());
	}
}
