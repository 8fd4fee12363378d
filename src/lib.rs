#![doc = include_str!("README.md")]

pub mod digest;
pub mod sign;
pub mod store;
pub mod tlog;
pub mod text;
