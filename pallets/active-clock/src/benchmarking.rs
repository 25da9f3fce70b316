//! Benchmark of the hook.

use crate::*;
use frame_benchmarking::v2::*;

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The dearest tick is the one that resumes: it also removes the mark and tells so.
	#[benchmark]
	fn tick() {
		Now::<T>::put(7);
		Stopped::<T>::put(());

		#[block]
		{
			Pallet::<T>::advance();
		}

		assert_eq!(Now::<T>::get(), 8);
		assert!(!Stopped::<T>::exists());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::running_chain(), crate::mock::Test);
}
