//! One file per call, one on reading, one on matching, one on the index, one on genesis, one on
//! weights, one on encodings, and two on what always holds.

mod accept_transfer;
mod accept_wallet;
mod activate;
mod add_card_key;
mod create_tag;
mod deactivate;
mod deregister;
mod encoding;
mod genesis;
mod heartbeat;
mod index;
mod invariants;
mod matching;
mod offer_transfer;
mod query;
mod refresh;
mod register;
mod reinstate;
mod release_bond;
mod remove_capability;
mod remove_card_key;
mod remove_metadata;
mod remove_wallet;
mod retire_tag;
mod set_capability;
mod set_metadata;
mod set_wallet;
mod slash;
mod suspend;
mod try_state;
mod update;
mod weights;
