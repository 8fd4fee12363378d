//! Alignment of n texts word by word, without a base: [`collate`] gives a
//! [`Collation`], rows of readings with the kind of their difference.
//! The order in which the texts are given never matters.

mod broken;
mod columns;
mod gap;
mod hands;
mod kinship;
mod likeness;
mod links;
mod pattern;
mod readings;
mod rows;
mod settle;
#[cfg(test)]
mod tests;
mod weave;
mod whole;

pub use likeness::{Likeness, likeness};
pub use rows::{Collation, Row, RowKind};
pub use whole::{TEXTS_MAX, collate};
