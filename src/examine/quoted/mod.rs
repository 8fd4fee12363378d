//! The quotations of any text held against the texts at hand: whether the words
//! stand there, where, and what was done to them. Main types: [`Known`],
//! [`CheckedQuotation`], [`QuotationVerdict`], and [`check`] that gives them.
//! Says what the words show; whether a cut or a change matters is for a person.

mod blocks;
mod check;
mod cited;
mod stands;
mod tiles;
mod verdict;

pub use check::{Checked, CheckedQuotation, check};
pub use cited::{Attribution, Known};
pub use verdict::QuotationVerdict;
