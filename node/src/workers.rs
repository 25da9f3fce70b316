//! The node's own off-chain workers: tasks that need what no runtime may have.
//!
//! None of them is essential: whatever becomes of one, blocks are made and finalized.

pub mod bitcoin;
