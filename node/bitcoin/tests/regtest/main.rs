//! The worker against a real Bitcoin Core, on a regtest of its own for each test.
//!
//! Without a Bitcoin Core all of them count as ignored, and say so.

mod anchors;
mod bitcoind;
mod core;
mod runner;
mod signers;
mod world;

use runner::test;

fn main() {
	runner::run(&[
		test!(core::chain_should_be_refused_when_it_is_not_the_one_to_follow),
		test!(core::answer_should_be_missing_when_core_does_not_let_us_in),
		test!(core::proofs_should_hold_when_blocks_have_any_number_of_transactions),
		test!(core::checkpoint_should_be_the_chain_s_own_when_its_rules_hold),
		test!(core::submission_should_say_what_came_of_it_when_core_judges),
		test!(anchors::anchor_should_be_mined_and_proven_when_all_goes_well),
		test!(anchors::anchor_should_wait_again_when_a_reorganization_drops_it),
		test!(anchors::same_bytes_should_be_sent_again_when_bitcoind_restarts_without_its_mempool),
		test!(anchors::anchor_should_be_mined_once_when_bitcoind_is_killed_and_loses_its_block),
		test!(anchors::nothing_should_be_lost_when_bitcoind_is_down),
		test!(anchors::fee_should_be_raised_when_fees_rise),
		test!(anchors::payload_should_be_spent_once_when_the_node_ends_before_or_after_sending),
		test!(anchors::newer_payload_should_replace_when_the_former_waits),
		test!(anchors::replaced_anchor_should_count_when_a_miner_has_kept_it),
		test!(anchors::coins_should_be_found_when_somebody_pays_and_asks_for_it),
		test!(anchors::anchor_should_be_found_when_its_block_was_pruned),
		test!(signers::anchor_should_be_mined_when_somebody_else_signs_with_a_key_s_hash),
		test!(signers::anchor_should_be_mined_when_somebody_else_signs_with_a_taproot_key),
	]);
}
