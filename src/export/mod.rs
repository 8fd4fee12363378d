//! The archive in forms that need no software of ours; one file per form.
//! Main entry: [`plain()`]. It only reads the archive.

mod plain;

pub use plain::{MANIFEST, README, plain};
