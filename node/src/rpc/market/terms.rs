//! What is sold and what is asked for, in the one form that clients send and get.

pub mod resource;
pub mod work;
