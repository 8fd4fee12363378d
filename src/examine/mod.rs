//! What a text says against itself, as coded findings with their places:
//! wrong weekdays, entries out of order, copies, quotations that differ,
//! references without target, sums that are none, names in several spellings,
//! letters of two scripts. Main types: [`Given`], [`Oddity`], [`OddityCode`],
//! and [`examine`] that finds them. Never judges who is right, never changes
//! anything, and rather says nothing than something wrong.

mod alike;
mod chronicle_entries;
mod chronicle_order;
mod corpus;
mod dates;
mod entry;
mod given;
mod impossible_range;
mod mixed_script;
mod name_shared;
mod name_variants;
mod near_copy;
mod numbered_heads;
mod oddity;
mod people;
mod prose;
mod quotation_differs;
mod quotation_marks;
mod quotation_pieces;
mod quoted;
mod reference_dangling;
mod reused;
mod spelling;
mod sum_mismatch;
mod sum_tables;
#[cfg(test)]
mod tests;
mod weekday_mismatch;
mod word_index;

pub use entry::examine;
pub use given::{Division, Given, Held};
pub use oddity::{Oddity, OddityCode, UnknownCode};
pub use quoted::{
    Attribution, Checked, CheckedQuotation, Known, QuotationVerdict, check as check_quotations,
};
pub use reused::{Again, Difference, Reused, Spot, reused};
