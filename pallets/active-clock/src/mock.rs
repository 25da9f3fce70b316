//! A runtime with this pallet and a switch for the pause.

use crate as pallet_active_clock;
use aitbc_traits::PauseInspect;
use frame_support::{derive_impl, parameter_types, traits::Hooks, weights::Weight};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		ActiveClock: pallet_active_clock,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

parameter_types! {
	/// Whether the chain is paused.
	pub static Paused: bool = false;
}

/// Weight that the mock says asking for the pause takes.
pub const PAUSE_WEIGHT: Weight = Weight::from_parts(5, 7);

impl PauseInspect for Paused {
	fn is_paused() -> bool {
		Self::get()
	}

	fn weight() -> Weight {
		PAUSE_WEIGHT
	}
}

impl pallet_active_clock::Config for Test {
	type Pause = Paused;
	type WeightInfo = ();
}

/// Externalities of a chain that runs.
pub fn running_chain() -> sp_io::TestExternalities {
	Paused::set(false);
	sp_io::TestExternalities::new_empty()
}

/// Begins the next block, checks the pallet's invariants and gives the hook's weight.
pub fn next_block() -> Weight {
	let number = System::block_number() + 1;
	System::set_block_number(number);
	System::reset_events();
	let weight = ActiveClock::on_initialize(number);
	#[cfg(feature = "try-runtime")]
	frame_support::assert_ok!(ActiveClock::try_state(number));
	weight
}
