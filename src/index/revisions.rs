//! The revisions of a source: those with a record of their own, and those
//! inside histories.

use std::rc::Rc;

use super::inside::Inside;
use super::query::{self, Row};
use super::snapshot::{Held, Snapshot, SnapshotError};
use crate::digest::Id;
use crate::model::{History, Kind, Revision, Source};

impl Snapshot<'_> {
    /// How many revisions there are of all sources.
    ///
    /// # Errors
    /// When the index fails.
    pub fn revision_total(&self) -> Result<usize, SnapshotError> {
        Ok(query::revision_total(self.conn)?)
    }

    /// The ids of a source's revisions, in log order: the n-th is `M@n`.
    ///
    /// # Errors
    /// A finding when a history is missing or damaged.
    pub fn revisions(&self, source: &Id<Source>) -> Result<Vec<Id<Revision>>, SnapshotError> {
        let mut out = Vec::new();
        for (row, _, count) in query::revisions(self.conn, source.digest())? {
            if row.kind == Kind::Revision {
                out.push(row.id.cast());
            } else if count > 0 {
                let inside = self.inside(row.seq)?;
                out.extend((inside.record.first()..=inside.last()).map(|n| inside.id_of(n)));
            }
        }
        Ok(out)
    }

    /// The revisions of a source that have a record of their own, in log order,
    /// each with its number as in `M@n`.
    ///
    /// # Errors
    /// A finding when one is missing or damaged.
    pub fn recorded_revisions(
        &self,
        source: &Id<Source>,
    ) -> Result<Vec<(usize, Held<Revision>)>, SnapshotError> {
        let rows = query::revisions(self.conn, source.digest())?;
        let (rows, numbers): (Vec<Row>, Vec<usize>) = rows
            .into_iter()
            .filter(|(row, ..)| row.kind == Kind::Revision)
            .map(|(row, number, _)| (row, number))
            .unzip();
        Ok(numbers.into_iter().zip(self.load(&rows)?).collect())
    }

    /// The histories of a source, in log order, each with the number of its
    /// first revision.
    ///
    /// # Errors
    /// A finding when one is missing or damaged.
    pub fn histories_of(
        &self,
        source: &Id<Source>,
    ) -> Result<Vec<(usize, Rc<Inside>)>, SnapshotError> {
        let rows = query::revisions(self.conn, source.digest())?;
        let of = rows.into_iter().filter(|(row, _, n)| row.kind == Kind::History && *n > 0);
        of.map(|(row, number, _)| Ok((number, self.inside(row.seq)?))).collect()
    }

    /// The revisions of a source that no other was made from, each with its
    /// number as in `M@n`, in log order.
    ///
    /// # Errors
    /// When the index fails.
    pub fn heads(&self, source: &Id<Source>) -> Result<Vec<(usize, Id<Revision>)>, SnapshotError> {
        let mut out = Vec::new();
        for (number, row) in query::heads(self.conn, source.digest())? {
            let id = match row.kind {
                // Its edits need not be read for that.
                Kind::History => {
                    let id = row.id.cast::<History>();
                    History::revision_id(&id, self.get(&id)?.record.revisions)
                }
                _ => row.id.cast(),
            };
            if row.kind != Kind::History || !query::has_child(self.conn, id.digest())? {
                out.push((number as usize, id));
            }
        }
        Ok(out)
    }
}
