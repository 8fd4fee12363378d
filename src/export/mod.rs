//! The archive in forms that need no software of ours; one file per form.
//! Main entries: [`plain()`] of an archive, [`tei()`] of a collation. It only
//! reads the archive.

mod plain;
mod tei;
mod xml;

pub use plain::{MANIFEST, README, plain};
pub use tei::{TeiText, tei};
pub use xml::escape;
