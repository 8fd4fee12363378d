//! The report of an audit: one file that a library would print and keep.
//! [`page`] puts it together; each other file writes one thing on it.

mod catalogue;
mod check;
mod compared;
mod frame;
mod graph;
mod held;
mod judged;
mod page;
mod place;
mod provenance;
mod told;
mod words;

#[cfg(test)]
mod tests;

pub(super) use page::body;
pub use page::report;
