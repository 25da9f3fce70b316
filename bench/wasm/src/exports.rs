//! What the host calls, one series at a time.

#![allow(unsafe_code, reason = "exports, an allocator, and state between calls take it")]

use crate::{Answer, Watch};
use core::{
	alloc::{GlobalAlloc, Layout},
	cell::RefCell,
	ptr,
};

/// Gives nothing, so that code which allocates traps: a point must take no memory.
struct NoMemory;

// SAFETY: null says that there is no memory, and nothing is given that could come back.
unsafe impl GlobalAlloc for NoMemory {
	unsafe fn alloc(&self, _: Layout) -> *mut u8 {
		ptr::null_mut()
	}

	unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: NoMemory = NoMemory;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
	core::arch::wasm32::unreachable()
}

/// What stays between calls.
struct Kept<T>(RefCell<T>);

// SAFETY: an instance without shared memory has one thread.
unsafe impl<T> Sync for Kept<T> {}

static WATCH: Kept<Option<Watch>> = Kept(RefCell::new(None));
static ANSWER: Kept<Answer> = Kept(RefCell::new(Answer::empty()));

/// Runs something on the series; traps before the first [`begin`].
fn with_watch<T>(run: impl FnOnce(&mut Watch) -> T) -> T {
	run(WATCH.0.borrow_mut().as_mut().expect("begin is called first"))
}

/// Writes an answer, and gives its length.
fn answered(write: impl FnOnce(&Watch, &mut Answer)) -> u32 {
	let mut answer = ANSWER.0.borrow_mut();
	with_watch(|watch| write(watch, &mut answer));
	answer.as_bytes().len() as u32
}

/// Begins a series.
#[no_mangle]
extern "C" fn begin() {
	WATCH.0.replace(Some(Watch::default()));
}

/// The next point's score and evidence. A time that `is_timed` denies is not looked at.
#[no_mangle]
extern "C" fn observe(millionths: i64, is_timed: u32, at: u64) -> u64 {
	with_watch(|watch| watch.observe(millionths, (is_timed != 0).then_some(at)))
}

/// Takes a sample into the trend.
#[no_mangle]
extern "C" fn sample(millionths: i64, at: u64) {
	with_watch(|watch| watch.sample(millionths, at));
}

/// Answers with the whole verdict on the last point.
#[no_mangle]
extern "C" fn explain() -> u32 {
	answered(|watch, answer| watch.explain(answer))
}

/// Answers with when the trend meets a limit above, and one below.
#[no_mangle]
extern "C" fn forecast(at_least: i64, at_most: i64) -> u32 {
	answered(|watch, answer| watch.forecast(at_least, at_most, answer))
}

/// Answers with all that is remembered of the series.
#[no_mangle]
extern "C" fn state() -> u32 {
	answered(|watch, answer| watch.state(answer))
}

/// Where answers are.
#[no_mangle]
extern "C" fn answer() -> *const u8 {
	ANSWER.0.borrow().as_bytes().as_ptr()
}

/// Bytes of memory that a monitor takes.
#[no_mangle]
extern "C" fn monitor_size() -> u32 {
	size_of::<aitbc_anomaly::Monitor>() as u32
}
