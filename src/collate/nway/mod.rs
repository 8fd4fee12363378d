//! Alignment of n texts word by word, without a base: [`collate`] gives a
//! [`Collation`], rows of readings with the kind of their difference.
//! The order in which the texts are given never matters.

mod broken;
mod gap;
mod hands;
mod kind;
mod kinship;
mod likeness;
mod links;
mod pattern;
mod readings;
mod rows;
mod settle;
mod strand;
#[cfg(test)]
mod tests;
mod units;
mod weave;
mod whole;

pub use kind::RowKind;
pub use likeness::{Likeness, likeness};
pub use rows::{Collation, Row};
pub use units::TEXTS_MAX;
pub use whole::collate;
