//! Who wrote each word: runs of bytes with the revision and the edit that
//! first wrote them, carried from revision to revision.
//! Main types: [`Attribution`], [`Run`], [`Origin`], and [`Memory`] for texts
//! that come without edits. *Recorded* origins follow from stored edits and
//! are exact; *inferred* ones follow from comparison; the two are never mixed
//! up, and neither says who a person is.

mod inferred;
mod memory;
mod revision;
mod rope;
#[cfg(test)]
mod tests;
mod woven;

pub use memory::Memory;
pub use revision::{Attribution, AttributionError, Basis, Origin, Run};
pub use woven::{Move, Strand, Weaver};
