//! Tests of the worker: nodes with a clock, an off-chain database, a keystore, a pool, and an endpoint
//! that does what a test wants, on the chain of the mock.

mod alarms;
mod endpoint;
mod machine;
mod node;
mod sending;
mod watching;
