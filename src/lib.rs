#![doc = include_str!("README.md")]

pub mod anchor;
pub mod attribution;
pub mod audit;
pub mod cli;
pub mod collate;
pub mod dates;
pub mod desk;
pub mod digest;
pub mod export;
pub mod import;
pub mod index;
pub mod model;
pub mod sign;
pub mod store;
pub mod text;
pub mod tlog;
