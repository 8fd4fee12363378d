//! The only writer: an append-only, content-addressed archive in a bare git
//! repository, and the same layout as a plain folder, read-only. Main types:
//! [`Store`], [`Writer`], [`Batch`], [`Damage`].
//! Never knows what a record says: records and contents are bytes with names.

mod archive;
mod attached;
mod check;
mod commit;
mod compact;
mod config;
mod delta;
mod error;
mod find;
mod layout;
mod lock;
mod loose;
mod object;
mod pack;
mod packread;
mod plain;
mod private;
mod refs;
mod sync;
mod tree;
mod walk;
mod zlib;

pub use archive::{Head, InitConfig, Store};
pub use attached::read_attached;
pub use check::Damage;
pub use commit::{Batch, Committed, ContentFile};
pub use compact::Compaction;
pub use error::StoreError;
pub use layout::{
    ARCHIVE_TOML, CHECKPOINT, MAX_RECORD, SIGNERS, content_path, record_name, record_path,
    salt_path, sig_path,
};
pub use lock::Writer;
pub use plain::Visit;
pub use private::PrivateFile;
