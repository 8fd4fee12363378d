//! `compare A B C…`: n texts word by word. [`collation`] aligns them; its
//! answer is written as JSON row by row, and as apparatus, page or TEI from
//! the [`Entry`]s and the texts.

mod answer;
mod entries;
mod json;

pub use answer::{CollationAnswer, CollationStats, Witness, collation};
pub use entries::{Entry, EntryReading};
pub use json::{CollationCell, CollationRow, CollationShape};
