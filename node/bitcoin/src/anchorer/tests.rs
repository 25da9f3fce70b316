//! The state machine on a model of Bitcoin and of the disk.

mod cases;
mod model;
mod random;
mod world;
