//! A text as exact bytes and as it is read: lines, passages with their table
//! and root, words, reading text, and what counts as equal to a quotation.
//! Main types: [`View`], [`PassageTable`], [`Lines`].
//! Never changes a byte of what it was given, and never does I/O.

pub mod align;
pub mod atoms;
mod cut;
pub mod edits;
mod exact;
mod fit;
mod folio;
mod hyphens;
mod key;
mod keytable;
mod layout;
pub mod letters;
mod lines;
mod matched;
mod near;
mod passages;
mod printed;
mod reading;
mod rising;
mod scan;
mod sentences;
mod squeeze;
mod table;
mod view;
mod vocabulary;
mod word;
mod words;

pub use fit::{Fit, PLACES_MAX, Pattern};
pub use folio::{FlatDigest, Folio, Sheets, flat_digests};
pub use keytable::{KeyTable, Packed};
pub use lines::Lines;
pub use passages::passages;
pub use printed::{PageSign, PageStart, Pages};
pub use reading::{ReadWord, Reading};
pub use rising::longest_order;
pub use squeeze::{Squeezed, squeeze};
pub use table::{PassageEntry, PassageTable, TableError};
pub use view::View;
pub use vocabulary::Vocabulary;
pub use word::Word;
