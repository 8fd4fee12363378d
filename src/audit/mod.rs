//! From what is said down to the bytes: whether every stored byte, link, seal
//! and log entry is what it should be, and whether a receipt holds. Main types:
//! [`Depth`], [`Fixity`], [`ReceiptCheck`]. It changes nothing, and goes to the
//! store itself, since the index is not the truth.

mod fixity;
mod receipt;
mod records;
mod report;
mod seals;

pub use fixity::{Depth, Watch, fixity, open_log};
pub use receipt::{KeyFrom, ReceiptCheck, ReceiptError, check_receipt, compare_with_log};
pub use report::Fixity;
