//! What transactions cost and who gets it.

use crate::network::{events, free, on_development_network, submit};
use aitbc_core::money::{AIT, MILLI_AIT};
use aitbc_runtime::{configs::money::TreasuryAccount, Balances, RuntimeEvent};
use frame_support::traits::fungible::Inspect;
use sp_keyring::Sr25519Keyring::{Alice, AliceStash, Bob, Charlie};

#[test]
fn transfer_should_cost_about_a_thousandth_and_pay_treasury_and_author() {
	on_development_network(|| {
		let treasury = Balances::balance(&TreasuryAccount::get());
		let author = free(AliceStash);
		let (bob, charlie) = (free(Bob), free(Charlie));
		let issuance = Balances::total_issuance();

		let call = pallet_balances::Call::transfer_keep_alive {
			dest: Charlie.to_account_id().into(),
			value: AIT,
		};
		submit(Bob, call).expect("valid").expect("transferred");

		let fee = events()
			.into_iter()
			.find_map(|event| match event {
				RuntimeEvent::TransactionPayment(
					pallet_transaction_payment::Event::TransactionFeePaid {
						actual_fee, tip, ..
					},
				) => Some((actual_fee, tip)),
				_ => None,
			})
			.expect("the fee is told");
		assert_eq!(fee.1, 0);
		let fee = fee.0;
		assert!((MILLI_AIT / 2..2 * MILLI_AIT).contains(&fee), "a transfer costs {fee} plancks");

		let to_treasury = Balances::balance(&TreasuryAccount::get()) - treasury;
		let to_author = free(AliceStash) - author;
		assert_eq!(to_treasury + to_author, fee);
		assert_eq!(to_author, fee - fee * 80 / 100);
		assert_eq!(free(Bob), bob - AIT - fee);
		assert_eq!(free(Charlie), charlie + AIT);
		assert_eq!(Balances::total_issuance(), issuance);
		assert!(free(Alice) > 0);
	});
}
