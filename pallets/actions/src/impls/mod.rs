//! What the calls and the hook do.

mod aftermath;
mod agenda;
mod anomalies;
mod brakes;
mod breakers;
mod catalogue;
mod ending;
mod executing;
mod guards;
mod logging;
mod query;
mod recommending;
mod verifying;
