//! Comparison of texts by their words, whatever their layout: changes, moved
//! passages with the changes inside them, and the typographic layer apart.
//! Main types: [`Diff`], [`Change`], and [`diff`] that makes them.
//! Never judges a difference: it says where the words differ, not what it means.

pub mod bilingual;
mod change;
mod count;
mod diff;
mod hard;
mod inline;
mod lexicon;
mod moves;
mod nway;
mod script;
#[cfg(test)]
mod tests;
mod tidy;
mod typographic;

pub use change::{Change, ChangeKind, Diff, Span, Stats, Typographic, TypographicKind};
pub use diff::{carried, diff};
pub use hard::histogram;
pub use inline::{Inline, InlineKind, inline};
pub use nway::{Collation, Likeness, Row, RowKind, TEXTS_MAX, collate, likeness};
