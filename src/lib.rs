#![doc = include_str!("README.md")]

pub mod anchor;
pub mod audit;
pub mod dates;
pub mod desk;
pub mod attribution;
pub mod collate;
pub mod digest;
pub mod import;
pub mod index;
pub mod model;
pub mod sign;
pub mod store;
pub mod text;
pub mod tlog;
