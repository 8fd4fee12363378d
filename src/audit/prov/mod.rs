//! The audit of questions as PROV-JSON (W3C Member Submission, 24 April 2013),
//! which provenance tools read. [`document`] is the format, [`names`] says how
//! things are named in it, [`told`] and [`recorded`] say what is said there.

mod document;
mod names;
mod recorded;
mod told;

#[cfg(test)]
mod tests;

pub use names::NAMESPACE;
pub use recorded::{LogHead, prov};
