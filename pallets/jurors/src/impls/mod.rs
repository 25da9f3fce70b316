//! What the calls and the hook do, by topic.

mod bonds;
mod draws;
mod holds;
mod query;
mod service;
mod slots;
mod stakes;
mod weighing;
