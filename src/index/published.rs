//! A snapshot for people who may read only what is published: a private text is
//! then as one that is not supplied, so that whatever handles the one handles
//! the other.

use super::snapshot::{Snapshot, SnapshotError};
use crate::digest::{Digest, Id};
use crate::model::Revision;

impl Snapshot<'_> {
    /// The same for people who may read only what is published: a private text
    /// is then as one that is not supplied.
    #[must_use]
    pub fn published(mut self, only: bool) -> Self {
        self.published = only;
        self
    }

    /// Whether a revision is private and this is for people who may not read it.
    ///
    /// # Errors
    /// A finding when its record is missing or damaged.
    pub fn hides(&self, id: &Id<Revision>) -> Result<Option<Digest>, SnapshotError> {
        match self.published {
            true => Ok(self.get(id)?.record.text.commitment),
            false => Ok(None),
        }
    }
}
