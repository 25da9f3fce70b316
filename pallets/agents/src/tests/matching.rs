use crate::runtime_api::{MAX_CANDIDATES, MAX_MATCH_PAGES, MAX_PAGE};
use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AgentId, Decimal, ParametersHash, TagId};
use frame_support::{assert_ok, traits::Hooks};
use sp_core::H256;
use sp_io::TestExternalities;
use std::collections::{BTreeMap, BTreeSet};

/// How many rows a page has on the chain.
const ROWS: u32 = 64;

/// Somebody who takes anything.
fn anything() -> Requirements {
	Requirements {
		tag: INFERENCE,
		version: CapabilityVersion { major: 0, minor: 0 },
		parameters: None,
		performance: None,
		max_price: u128::MAX,
		capacity: 0,
		seed: H256::zero(),
		start: None,
	}
}

fn seed(number: u32) -> H256 {
	H256::from_low_u64_be(number.into())
}

fn version(major: u16, minor: u16) -> CapabilityVersion {
	CapabilityVersion { major, minor }
}

fn search(requirements: Requirements) -> MatchPage {
	Agents::match_agents(requirements, MAX_PAGE).expect("valid requirements")
}

/// The agents that meet `requirements`, best first.
fn found(requirements: Requirements) -> Vec<u64> {
	search(requirements).matches.iter().map(|found| found.row.agent.0).collect()
}

/// A row of [`INFERENCE`] as [`terms`] say, fully live.
fn some_row(agent: u64) -> CapabilityRow {
	let capability = Capability { terms: terms(), performance: percent(50), deposit: 0, row: None };
	let standing = Standing { live_until: Now::get() + PERIOD, ..Default::default() };
	capability.row_of(AgentId(agent), standing)
}

/// Puts `rows` into the index of [`INFERENCE`], without agents.
fn put_rows(rows: impl IntoIterator<Item = CapabilityRow>) {
	for row in rows {
		assert_ok!(Agents::append_row(INFERENCE, row));
	}
}

/// Puts `count` equal rows onto pages as large as the chain's.
fn put_crowd(count: u32) {
	RowsPerPage::set(ROWS);
	put_rows((0..u64::from(count)).map(some_row));
}

/// Runs `test` on a chain without agents, whose index it fills.
fn with_index(test: impl FnOnce()) {
	ExtBuilder.build().execute_with(test);
}

/// How well [`some_row`] fits `requirements` after `change`, if it does.
fn fit(requirements: Requirements, change: impl FnOnce(&mut CapabilityRow)) -> Option<AgentMatch> {
	ExtBuilder.build().execute_with(|| {
		let mut row = some_row(1);
		change(&mut row);
		put_rows([row]);
		search(requirements).matches.first().copied()
	})
}

#[test]
fn match_agents_should_score_by_the_formula() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		LowerBounds::set(&vec![(agent, percent(60))]);
		assert_ok!(Agents::heartbeat(signed(charlie()), agent));
		assert_ok!(Agents::set_capability(signed(alice()), agent, INFERENCE, terms()));
		Now::set(&(Now::get() + PERIOD / 4 * 3));
		let requirements = Requirements {
			version: version(0, 9),
			parameters: Some(ParametersHash(H256::repeat_byte(6))),
			performance: Some(Decimal::whole(375)),
			max_price: 40,
			capacity: 4,
			..anything()
		};

		let page = search(requirements);

		// A newer major version; other parameters; 125 of the 625 between 375 and 1000; 30 of 40
		// saved; twice the quarter of the period that is left.
		let fit = Fit {
			version: percent(50),
			parameters: percent(0),
			performance: percent(20),
			cost: percent(75),
			availability: percent(50),
		};
		// (50 + 0 + 20 + 75 + 50) / 5 = 39 %, times 0.7 + 0.3 x 0.6 = 0.88.
		let score = sp_runtime::Perbill::from_rational(39u32 * 88, 10_000u32);
		let row = row(agent, INFERENCE).expect("it is active");
		assert_eq!(page.matches, [AgentMatch { score, fit, row }]);
		assert_eq!((page.candidates, page.pages_read, page.pages), (1, 1, 1));
		assert_eq!(page.next, None);
	});
}

#[test]
fn match_agents_should_give_full_marks_when_nothing_is_missing() {
	let found = fit(Requirements { version: version(1, 0), ..anything() }, |row| {
		row.performance = percent(100);
		row.price = 0;
		row.standing.lower_bound = percent(100);
	});
	assert_eq!(found.map(|found| found.score), Some(percent(100)));
}

#[test]
fn match_agents_should_give_seven_tenths_when_there_is_no_reputation() {
	let found = fit(Requirements { version: version(1, 0), ..anything() }, |row| {
		row.performance = percent(100);
		row.price = 0;
	});
	assert_eq!(found.map(|found| found.score), Some(percent(70)));
}

#[test]
fn match_agents_should_weigh_versions() {
	for (least, expected) in [
		(version(1, 3), Some(percent(100))),
		(version(1, 0), Some(percent(100))),
		(version(1, 4), None),
		(version(0, 9), Some(percent(50))),
		(version(2, 0), None),
	] {
		let requirements = Requirements { version: least, ..anything() };
		let found = fit(requirements, |row| row.version = version(1, 3));
		assert_eq!(found.map(|found| found.fit.version), expected, "{least:?}");
	}
}

#[test]
fn match_agents_should_weigh_parameters_without_refusing_others() {
	let hash = |byte| ParametersHash(H256::repeat_byte(byte));
	for (wanted, expected) in [(None, 100), (Some(hash(5)), 100), (Some(hash(6)), 0)] {
		let found = fit(Requirements { parameters: wanted, ..anything() }, |_| ());
		assert_eq!(found.map(|found| found.fit.parameters), Some(percent(expected)));
	}
}

#[test]
fn match_agents_should_weigh_performance() {
	for (least, offered, expected) in [
		(None, 0, Some(0)),
		(None, 70, Some(70)),
		(Some(0), 70, Some(70)),
		(Some(500), 50, Some(0)),
		(Some(500), 75, Some(50)),
		(Some(500), 100, Some(100)),
		(Some(500), 49, None),
		(Some(1_000), 100, Some(100)),
		(Some(1_000), 99, None),
	] {
		let performance = least.map(Decimal::whole);
		let found = fit(Requirements { performance, ..anything() }, |row| {
			row.performance = percent(offered);
		});
		let fits = found.map(|found| found.fit.performance);
		assert_eq!(fits, expected.map(percent), "{least:?}, {offered}");
	}
}

#[test]
fn match_agents_should_weigh_cost() {
	for (max_price, price, expected) in [
		(40, 0, Some(100)),
		(40, 10, Some(75)),
		(40, 40, Some(0)),
		(40, 41, None),
		(0, 0, Some(100)),
		(0, 1, None),
		(u128::MAX, 0, Some(100)),
		(u128::MAX, u128::MAX, Some(0)),
	] {
		let found = fit(Requirements { max_price, ..anything() }, |row| row.price = price);
		let fits = found.map(|found| found.fit.cost);
		assert_eq!(fits, expected.map(percent), "{max_price}, {price}");
	}
}

#[test]
fn match_agents_should_weigh_availability() {
	for (left, expected) in
		[(PERIOD, 100), (PERIOD / 2, 100), (PERIOD / 4, 50), (0, 0), (9 * PERIOD, 100)]
	{
		let found = fit(anything(), |row| row.standing.live_until = Now::get() + left);
		assert_eq!(found.map(|found| found.fit.availability), Some(percent(expected)), "{left}");
	}
}

#[test]
fn match_agents_should_leave_out_who_is_not_live() {
	assert_eq!(fit(anything(), |row| row.standing.live_until = Now::get() - 1), None);
}

#[test]
fn match_agents_should_leave_out_who_has_too_little_capacity() {
	for (wanted, is_found) in [(0, true), (4, true), (5, false)] {
		let found = fit(Requirements { capacity: wanted, ..anything() }, |_| ());
		assert_eq!(found.is_some(), is_found);
	}
}

#[test]
fn match_agents_should_put_the_best_first() {
	with_index(|| {
		let rows = (1..=5).map(|agent| {
			let mut row = some_row(agent);
			row.standing.lower_bound = percent([10, 90, 0, 50, 70][agent as usize - 1]);
			row
		});
		put_rows(rows);

		assert_eq!(found(anything()), [2, 5, 4, 1, 3]);
		let best = Agents::match_agents(anything(), 2).expect("valid requirements");
		assert_eq!(best.matches.len(), 2);
		assert_eq!((best.candidates, best.next), (5, None));
	});
}

#[test]
fn match_agents_should_break_ties_by_the_seed() {
	with_index(|| {
		put_rows((0..3).map(some_row));
		let mut firsts = BTreeMap::<u64, u32>::new();
		for number in 0..300 {
			let requirements = Requirements { seed: seed(number), ..anything() };
			let order = found(requirements);
			assert_eq!(found(requirements), order, "the order is the same for everybody");
			*firsts.entry(order[0]).or_default() += 1;
		}
		assert_eq!(firsts.len(), 3);
		assert!(firsts.values().all(|times| (70..130).contains(times)), "{firsts:?}");
	});
}

#[test]
fn match_agents_should_start_where_the_seed_says() {
	with_index(|| {
		put_crowd(20 * ROWS);
		let mut starts = BTreeMap::<u64, u32>::new();
		let mut seen = BTreeSet::new();
		for number in 0..400 {
			let page = search(Requirements { seed: seed(number), ..anything() });
			// Four pages of candidates fill the search, so the page before `next` was the fourth.
			assert_eq!((page.pages_read, page.pages), (4, 20));
			let next = page.next.expect("there are more").0;
			*starts.entry(u64::from((next + 16) % 20)).or_default() += 1;
			seen.extend(page.matches.iter().map(|found| found.row.agent));
		}
		assert_eq!(starts.len(), 20, "every page is where somebody starts");
		assert!(starts.values().all(|times| (5..40).contains(times)), "{starts:?}");
		assert_eq!(seen.len(), 20 * ROWS as usize, "every agent is seen by somebody");
	});
}

#[test]
fn match_agents_should_rank_so_many_candidates_at_most() {
	with_index(|| {
		put_crowd(5 * ROWS);

		let page = search(anything());

		assert_eq!(page.candidates as usize, MAX_CANDIDATES);
		assert_eq!(page.matches.len() as u32, MAX_PAGE);
		assert_eq!((page.pages_read, page.pages), (4, 5));
	});
}

#[test]
fn match_agents_should_rank_all_candidates_when_there_are_just_so_many() {
	with_index(|| {
		put_crowd(4 * ROWS);

		let page = search(anything());

		assert_eq!(page.candidates as usize, MAX_CANDIDATES);
		assert_eq!((page.pages_read, page.pages, page.next), (4, 4, None));
	});
}

#[test]
fn match_agents_should_read_so_many_pages_at_most_when_few_rows_fit() {
	with_index(|| {
		RowsPerPage::set(ROWS);
		let rows = (0..u64::from(40 * ROWS)).map(|agent| CapabilityRow {
			// One candidate on each page.
			price: if agent % u64::from(ROWS) == 0 { 1 } else { 1_000 },
			..some_row(agent)
		});
		put_rows(rows);

		let page = search(Requirements { max_price: 10, start: Some(PageIndex(30)), ..anything() });

		assert_eq!((page.candidates, page.pages_read, page.pages), (16, MAX_MATCH_PAGES, 40));
		assert_eq!(page.next, Some(PageIndex(6)));
		let agents: BTreeSet<u64> = page.matches.iter().map(|found| found.row.agent.0).collect();
		let expected = (30..40).chain(0..6).map(|page| page * u64::from(ROWS)).collect();
		assert_eq!(agents, expected);
	});
}

#[test]
fn match_agents_should_go_round_all_pages_when_searched_on() {
	with_index(|| {
		put_crowd(10 * ROWS + 7);
		let (mut visited, mut pages_read, mut start) = (vec![], 0, Some(PageIndex(9)));
		while pages_read < 11 {
			visited.extend(start);
			let page = search(Requirements { start, ..anything() });
			assert_eq!(page.pages, 11);
			pages_read += page.pages_read;
			start = page.next;
		}
		assert_eq!(visited, [9, 2, 6].map(PageIndex));
		assert_eq!(pages_read, 12, "the last search sees one page again");
	});
}

#[test]
fn match_agents_should_clamp_its_limit() {
	with_index(|| {
		put_crowd(2 * ROWS);
		let count = |limit| {
			let page = Agents::match_agents(anything(), limit).expect("valid requirements");
			page.matches.len() as u32
		};

		assert_eq!((count(0), count(7), count(u32::MAX)), (1, 7, MAX_PAGE));
	});
}

#[test]
fn match_agents_should_be_empty_when_nobody_offers_the_tag() {
	with_index(|| {
		for tag in [INFERENCE, ACCURACY] {
			let start = Some(PageIndex(9));
			let page = search(Requirements { tag, start, ..anything() });
			let nothing =
				MatchPage { matches: vec![], candidates: 0, pages_read: 0, pages: 0, next: None };
			assert_eq!(page, nothing);
		}
	});
}

#[test]
fn match_agents_should_find_users_of_a_retired_tag() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);
		assert_ok!(Agents::retire_tag(RuntimeOrigin::root(), INFERENCE));

		assert_eq!(found(anything()), [agent.0]);
	});
}

#[test]
fn match_agents_should_fail_when_there_is_no_such_tag() {
	with_index(|| {
		let requirements = Requirements { tag: TagId(9), ..anything() };
		assert_eq!(Agents::match_agents(requirements, 1), Err(MatchError::TagNotFound));
	});
}

#[test]
fn match_agents_should_fail_when_the_performance_is_off_the_scale() {
	with_index(|| {
		for off in [Decimal::whole(-1), Decimal::whole(1_001), Decimal { value: 1, decimals: 19 }] {
			let requirements = Requirements { performance: Some(off), ..anything() };
			let refused = Err(MatchError::PerformanceOffScale);
			assert_eq!(Agents::match_agents(requirements, 1), refused);
		}
	});
}

/// How many trie nodes, and how many of them with a page of rows, a search reads where the index has
/// so many `pages`, each with so many candidates.
fn reads(pages: u32, candidates_on_page: u64) -> (usize, usize) {
	let mut ext: TestExternalities = ExtBuilder.build();
	ext.execute_with(|| {
		RowsPerPage::set(ROWS);
		let rows = (0..u64::from(pages * ROWS)).map(|agent| CapabilityRow {
			price: if agent % u64::from(ROWS) < candidates_on_page { 1 } else { 1_000 },
			..some_row(agent)
		});
		put_rows(rows);
	});
	ext.commit_all().expect("no transaction is open");
	let requirements = Requirements { max_price: 10, ..anything() };
	let (page, proof) = ext.execute_and_prove(|| search(requirements));
	let is_page = |node: &&Vec<u8>| node.len() > ROWS as usize * 76;
	let pages_in_proof = proof.iter_nodes().filter(is_page).count();
	assert_eq!(pages_in_proof as u32, page.pages_read);
	(proof.iter_nodes().count(), pages_in_proof)
}

#[test]
fn match_agents_should_read_no_more_storage_however_many_agents_there_are() {
	for (candidates_on_page, most_pages) in [(0, 16), (1, 16), (64, 4)] {
		let (nodes, pages) = reads(40, candidates_on_page);
		let (nodes_of_many, pages_of_many) = reads(200, candidates_on_page);

		assert_eq!((pages, pages_of_many), (most_pages, most_pages));
		// The nodes on the way to five times the pages are a few more, those read are not.
		assert!(nodes_of_many < nodes + 2 * most_pages, "{nodes_of_many} nodes after {nodes}");
	}
}

#[test]
#[should_panic(expected = "a search must be able to rank a whole page")]
fn integrity_test_should_panic_when_a_page_has_more_rows_than_a_search_ranks() {
	with_index(|| {
		RowsPerPage::set(257);
		<Agents as Hooks<u64>>::integrity_test();
	});
}
