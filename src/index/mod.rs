//! The records of one checkpoint folded into what stands beside what: an
//! SQLite file beside the archive, grown entry by entry from the log, or the
//! same in memory. Main types: [`Index`], its read face [`Snapshot`], and
//! [`Bytes`], where a snapshot gets the bytes it answers with. It is never the
//! truth: deleting it loses nothing, and it writes nothing but itself.

mod archived;
mod derived;
mod grow;
mod inner;
mod inside;
mod line;
mod newest;
mod published;
mod query;
mod revisions;
mod same;
mod schema;
mod snapshot;
mod texts;
mod way;

pub use grow::Index;
pub use inside::{Inside, Place};
pub use line::{Back, Step};
pub use newest::{ChangeTold, WordStory};
pub use query::{Around, Row};
pub use schema::IndexError;
pub use snapshot::{Bytes, Held, RevisionText, Snapshot, SnapshotError};
pub use way::{Followed, Traced, Way};
