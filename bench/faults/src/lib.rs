#![doc = include_str!("../README.md")]

pub mod docs;
pub mod http;
pub mod judge;
pub mod labels;
pub mod pace;
pub mod record;
pub mod report;
pub mod rows;
pub mod spam;
pub mod watch;
