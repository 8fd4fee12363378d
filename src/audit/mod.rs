//! From what is said down to the bytes: whether every stored byte, link, seal
//! and log entry is what it should be, and whether a receipt holds. Main types:
//! [`Depth`], [`Fixity`], [`ReceiptCheck`]; and the way from a question to the
//! bytes that answer it ([`question`]), also as PROV-JSON ([`prov`]). It changes
//! nothing, and for fixity goes to the store itself, since the index is not the
//! truth.

mod first;
mod fixity;
mod history;
pub mod prov;
pub mod question;
mod receipt;
mod records;
mod report;
mod seals;
mod written;

pub use first::{FirstIndex, Found};
pub use fixity::{Depth, fixity, open_log};
pub use receipt::{KeyFrom, ReceiptCheck, ReceiptError, check_receipt, compare_with_log};
pub use report::{Fixity, Watch};
pub use written::written;
