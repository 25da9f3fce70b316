//! One file per call, one on reading, one on encodings, and one on what always holds.

mod accept_wallet;
mod activate;
mod deactivate;
mod deregister;
mod encoding;
mod invariants;
mod query;
mod register;
mod release_bond;
mod remove_wallet;
mod set_wallet;
mod update;
