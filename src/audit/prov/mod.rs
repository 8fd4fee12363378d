//! The audit of questions as PROV-JSON (W3C Member Submission, 24 April 2013),
//! which provenance tools read. Main entry: [`prov()`]; [`LogHead`] is the log
//! that it was read from, [`NAMESPACE`] that of our own terms. It only spells
//! what an audit found: `document` is the format, `names` says how things are
//! named in it, `told` and `recorded` what is said there.

mod document;
mod names;
mod recorded;
mod told;

#[cfg(test)]
mod tests;

pub use names::NAMESPACE;
pub use recorded::{LogHead, prov};
