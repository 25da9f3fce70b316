//! The benchmarks, with what [`crate::sdk::Sdk`] sets up.

use super::mock::*;
use crate::benchmarking::benchmarks::failures;

#[test]
fn benchmarks_should_run_when_the_neighbours_are_the_sdks() {
	genesis().execute_with(|| {
		System::set_block_number(1);
		let failures: Vec<_> = failures::<Runtime>()
			.into_iter()
			.map(|(name, error)| format!("{name}: {error:?}"))
			.collect();
		assert_eq!(failures, Vec::<String>::new());
	});
}
