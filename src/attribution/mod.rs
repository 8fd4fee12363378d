//! Who wrote each word: runs of bytes with the revision and the edit that
//! first wrote them, carried from revision to revision.
//! Main types: [`Attribution`], [`Run`], [`Origin`]; [`History`] for a line of
//! full texts, [`Memory`] for one step of it, [`Phrases`] for where words were
//! first seen. *Recorded* origins follow from stored edits and are exact;
//! *inferred* ones follow from comparison; the two are never mixed up, and
//! neither says who a person is.

mod gap;
mod history;
#[cfg(test)]
mod history_tests;
mod inferred;
mod leb;
mod memory;
mod phrases;
mod postings;
mod revision;
mod rope;
#[cfg(test)]
mod tests;
mod units;
mod windows;
mod woven;

pub use history::History;
pub use leb::{put_number, take_number};
pub use memory::Memory;
pub use phrases::{First, Phrases};
pub use postings::Postings;
pub use revision::{Attribution, AttributionError, Basis, Origin, Run};
pub use windows::{Needle, Seen, Windows};
pub use woven::{Move, Strand, Weaver, Writing};
